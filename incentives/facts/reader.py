"""Profiles read from files, streams and Python data. Imports the source package and facts.

A fact that is left out, or given as `null`, is unknown; so is a year of a fact given by years. An empty list is
known to be empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import IO

from incentives.diagnostics import Code, Diagnostic, ProfileRefused
from incentives.facts.ledger import FOUNDED, LEDGER, LEDGER_FROM, LEDGER_YEAR
from incentives.facts.profile import Item, Profile
from incentives.facts.reading import uscc_check_digit_fits
from incentives.facts.series import read_fact
from incentives.facts.types import UsccType, Value
from incentives.facts.vocabulary import COMPANY, ITEM_KEYS, Entity, Fact, Vocabulary
from incentives.source.loader import Loaded, load_file, load_stream
from incentives.source.python_data import load_python
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence


def load_profile(path: Path, vocabulary: Vocabulary, name: str | None = None, *, on: date | None = None) -> Profile:
    """The profile in a YAML or JSON file. Raises `ProfileRefused` with every problem found.

    Here and below, `on` is the day of application, where it is known: what does not fit it is among the warnings.
    """
    return read_profile(load_file(path, name), vocabulary, on)


def load_profile_stream(stream: IO[bytes], vocabulary: Vocabulary, name: str, *, on: date | None = None) -> Profile:
    """The profile in an open binary stream. Raises `ProfileRefused` with every problem found."""
    return read_profile(load_stream(stream, name), vocabulary, on)


def profile_of(data: AnyMapping[str, object], vocabulary: Vocabulary, on: date | None = None) -> Profile:
    """The profile in Python data, keyed as in a file. Raises `ProfileRefused` with every problem found."""
    return read_profile(load_python(data), vocabulary, on)


def read_profile(loaded: Loaded, vocabulary: Vocabulary, on: date | None = None) -> Profile:
    """The profile in a text already read. Raises `ProfileRefused`."""
    reader = _Reader(vocabulary, on)
    profile = reader.profile(loaded.root) if loaded.root is not None else None
    already = {finding.span for finding in loaded.diagnostics}
    problems = [
        *loaded.diagnostics,
        *(finding for finding in reader.found if finding.is_error and finding.span not in already),
    ]
    if problems or profile is None:
        raise ProfileRefused(problems, {loaded.name: loaded.text})
    return profile


def _comes_after(fact: Fact, value: Value, on: date) -> bool:
    """Whether it says that something happened after the day of application: on a later day, or in a later year."""
    if isinstance(value, date):
        return value > on and not fact.may_lie_ahead
    in_ledger = (fact.entity, fact.id) in ((COMPANY, LEDGER_FROM), (LEDGER, LEDGER_YEAR))
    return in_ledger and isinstance(value, int) and value > on.year


_OF_A_POLICY = {"policy", "clauses"}
"""The keys that tell a policy, unless the vocabulary has facts of these names."""


class _Reader:
    def __init__(self, vocabulary: Vocabulary, on: date | None) -> None:
        self._vocabulary = vocabulary
        self._on = on
        self.found: list[Diagnostic] = []

    def profile(self, root: Mapping) -> Profile | None:
        """The profile; None where it is nothing of the kind."""
        lists = self._vocabulary.lists()
        if root.by_key.keys() - self._vocabulary.company.facts.keys() >= _OF_A_POLICY:
            self._report(Code.NOT_A_PROFILE, root, {})
            return None
        own: list[tuple[Scalar, Node]] = []
        items: dict[str, tuple[Item, ...]] = {}
        for key, node in root.entries:
            if key.text not in lists:
                own.append((key, node))
            elif not _is_null(node):
                items[lists[key.text].id] = self._list(lists[key.text], node)
        company = self._vocabulary.company
        values = self._values(company, own, lists)
        name = self._name(root, "name") or ""
        warnings = tuple(finding for finding in self.found if not finding.is_error)
        return Profile(Item(COMPANY, name, values), MappingProxyType(items), warnings)

    def _list(self, entity: Entity, node: Node) -> tuple[Item, ...]:
        if not isinstance(node, Sequence):
            self._report(Code.NOT_A_LIST, node, {"written": entity.list_key or "", "item": "- name: …"})
            return ()
        items: dict[str, Item] = {}
        for member in node.items:
            if not isinstance(member, Mapping):
                self._report(Code.ITEM_NOT_A_MAPPING, member, {"list": entity.list_key or ""})
                continue
            values = self._values(entity, member.entries, {})
            name = self._name(member, "name")
            key = self._name(member, "id") or name
            if key is None:
                if all(_is_empty(member.get(name_key)) for name_key in ITEM_KEYS):
                    self._report(Code.ITEM_WITHOUT_NAME, member, {"list": entity.list_key or ""})
            elif key in items:
                self._report(Code.DUPLICATE_ITEM, member, {"name": key, "list": entity.list_key or ""})
            else:
                items[key] = Item(key, name or key, values)
        return tuple(items.values())

    def _values(
        self, entity: Entity, entries: Iterable[tuple[Scalar, Node]], lists: AnyMapping[str, Entity]
    ) -> AnyMapping[str, Value]:
        values: dict[str, Value] = {}
        for key, node in entries:
            fact = entity.facts.get(key.text)
            if fact is None:
                if key.text not in ITEM_KEYS or (entity.id == COMPANY and key.text == "id"):
                    self._unknown(entity, key, lists)
                continue
            value, problems = read_fact(fact.id, fact.type, node)
            self.found += problems
            if value is None:
                continue
            values[fact.id] = value
            if isinstance(fact.type, UsccType) and not uscc_check_digit_fits(str(value)):
                self._report(Code.USCC_CHECK_DIGIT, node, {"written": str(value)})
            if self._on is not None and _comes_after(fact, value, self._on):
                self._report_later(fact, str(value), self._on, node)
        return MappingProxyType(values)

    def _report_later(self, fact: Fact, written: str, on: date, node: Node) -> None:
        """Something that has happened only after the day of application."""
        words = {"written": written, "on": str(on)}
        if (fact.entity, fact.id) == (COMPANY, FOUNDED):
            self._report(Code.FOUNDED_LATER, node, words)
        else:
            self._report(Code.DAY_LATER, node, {**words, "name_zh": fact.title.zh, "name_en": fact.title.en})

    def _name(self, mapping: Mapping, key: str) -> str | None:
        node = mapping.get(key)
        if node is None or _is_empty(node):
            return None
        if not isinstance(node, Scalar):
            self._report(Code.NOT_ONE_VALUE, node, {"written": "[…]" if isinstance(node, Sequence) else "{…}"})
            return None
        if isinstance(node.value, bool):
            self._report(Code.NOT_TEXT, node, {"written": node.text, "quoted": node.text})
            return None
        return " ".join(node.text.split())

    def _unknown(self, entity: Entity, key: Scalar, lists: AnyMapping[str, Entity]) -> None:
        named = (key.text, key.text.strip().lower())
        owners = [
            (other, fact)
            for other in self._vocabulary.entities.values()
            for fact in other.facts.values()
            if other is not entity and (key.text == fact.id or fact.title.zh in named or fact.title.en in named)
        ]
        if owners:
            owner, meant = owners[0]
            words = {"key": key.text, "list": owner.list_key or "", "meant": meant.id}
            words |= {"entity_zh": owner.title.zh, "entity_en": owner.title.en}
            self._report(Code.FACT_ELSEWHERE, key, words)
            return
        titles = {fact.title.zh: fact.id for fact in entity.facts.values()}
        titles |= {fact.title.en: fact.id for fact in entity.facts.values()}
        titles |= {other.title.zh: list_key for list_key, other in lists.items()}
        known = [*entity.facts, *lists, "name", *titles]
        close = nearest(key.text, known)
        words = {"key": key.text or '""', "nearest": titles.get(close, close) if close else ""}
        self._report(Code.UNKNOWN_PROFILE_FACT, key, words)

    def _report(self, code: Code, node: Node, words: dict[str, str]) -> None:
        self.found.append(Diagnostic(code, node.span, words))


def _is_empty(node: Node | None) -> bool:
    """Nothing given, as null or as a text of no signs."""
    return node is None or _is_null(node) or (isinstance(node, Scalar) and not node.text.strip())


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None
