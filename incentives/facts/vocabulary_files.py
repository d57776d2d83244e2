"""Vocabularies read from files: one that stands alone, and one that adds to another.

Imports the vocabulary, the source package, values and fact types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

from incentives.diagnostics import Code, Diagnostic, PolicyRefused, Span
from incentives.facts.declared import BOTH, FACT, MORE, WORDS, FactRecord, Words, declared_type, with_choices
from incentives.facts.types import CodeType, FactType, ManyType
from incentives.facts.vocabulary import COMPANY, IDENTIFIER, ITEM_KEYS, Entity, Fact, Vocabulary
from incentives.records import NamedTuple
from incentives.source.loader import Loaded, load_file
from incentives.source.shapes import Entries, Flag, Keys, ListOf, Named, OneOf, Shape, Text, Written
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Plain, Scalar, Sequence, plain

NOTHING = "nothing"
"""What a vocabulary `extends` that stands alone."""


class _EntityRecord(NamedTuple):
    at: Entries
    title: Words | None = None
    facts: dict[str, Node] = {}  # noqa: RUF012 (never changed: records are frozen)
    list_key: str | None = None
    question: Words | None = None
    can_change: tuple[str, ...] = ()
    can_add: bool = False
    spent: tuple[str, ...] = ()


class _VocabularyRecord(NamedTuple):
    at: Entries
    vocabulary: int
    entities: dict[str, Node]
    extends: str = "shipped"


_TEXT = Text(empty=True)
_FACT_IDS = ListOf(_TEXT, empty=True, whole=True)
_OF_COMPANY: dict[str, Shape[Any]] = {
    "title": WORDS,
    "facts": Named(Written()),
    "can_change": _FACT_IDS,
    "spent": _FACT_IDS,
}
_OF_LIST: dict[str, Shape[Any]] = {**_OF_COMPANY, "list": _TEXT, "question": WORDS, "can_add": Flag()}
_NAMES = {"list": "list_key"}
_COMPANY = Keys(_EntityRecord, _OF_COMPANY, needs=("title", "facts"))
_LIST = Keys(_EntityRecord, _OF_LIST, names=_NAMES, needs=("title", "list", "question", "facts"))
_MORE_OF_ONE = Keys(_EntityRecord, _OF_LIST, names=_NAMES)
_VOCABULARY = Keys(
    _VocabularyRecord,
    {"vocabulary": OneOf[int](1), "extends": OneOf[str]("shipped", NOTHING), "entities": Named(Written())},
)
KEYS = frozenset[str]().union(*(shape.keys for shape in (_VOCABULARY, _LIST, FACT, MORE, BOTH)))
"""Every key that a vocabulary can hold."""


def load_vocabulary(path: Path, name: str | None = None) -> Vocabulary:
    """The vocabulary in the file at `path`, which stands alone.

    Raises `PolicyRefused` with every problem found.
    """
    return read_vocabulary(load_file(path, name))


def read_vocabulary(loaded: Loaded, base: Vocabulary | None = None) -> Vocabulary:
    """The vocabulary in a text already read; with a `base`, that with what the text adds to it.

    Raises `PolicyRefused`: also for what means something else than it does in the base.
    """
    root, problems = loaded.root, list[Diagnostic]()
    found: Vocabulary | None = None
    if root is not None:
        record = _VOCABULARY.read(root, root.entries[0][0] if root.entries else root, problems)
        if record is not None:
            reader = _Reader(base if record.extends != NOTHING else None)
            found = reader.vocabulary(record)
            problems += reader.problems
    already = {finding.span for finding in loaded.diagnostics}
    problems = [*loaded.diagnostics, *(finding for finding in problems if finding.span not in already)]
    if problems or found is None:
        raise PolicyRefused(problems, {loaded.name: loaded.text})
    return found


class _Reader:
    """Reads one file; `base` is what it adds to, None where it stands alone."""

    def __init__(self, base: Vocabulary | None) -> None:
        self._entities: dict[str, Entity] = dict(base.entities) if base is not None else {}
        self._content: dict[str, Plain] = dict(_content(_content(base.content)["entities"])) if base else {}
        self._taken: dict[str, Span] = {}
        """The names of a profile that are taken, by where they are declared in this file."""
        self.problems: list[Diagnostic] = []

    def vocabulary(self, record: _VocabularyRecord) -> Vocabulary:
        keys = {key.text: key for key, _ in _mapping(record.at["entities"][1]).entries}
        if COMPANY not in keys and COMPANY not in self._entities:
            self._report(Code.MISSING_KEY, record.at["entities"][0], {"key": COMPANY})
        self._taken = dict.fromkeys(ITEM_KEYS, keys.get(COMPANY, record.at["entities"][0]).span)
        for entity_id, node in record.entities.items():
            self._check_name(keys[entity_id])
            base = self._entities.get(entity_id)
            shape = _MORE_OF_ONE if base is not None else _COMPANY if entity_id == COMPANY else _LIST
            one = shape.read(node, keys[entity_id], self.problems)
            if one is None:
                continue
            if base is not None:
                self._compare(keys[entity_id], one, base)
            self._entity(keys[entity_id], one, base)
        content: Plain = {"vocabulary": record.vocabulary, "entities": self._content}
        return Vocabulary(MappingProxyType(_with_labels(self._entities)), content)

    def _entity(self, key: Scalar, record: _EntityRecord, base: Entity | None) -> None:
        facts: dict[str, Fact] = dict(base.facts) if base is not None else {}
        before = _content(self._content.get(key.text))
        content = {**_content(before.get("facts"))}
        listed = _mapping(record.at["facts"][1]).by_key if "facts" in record.at else {}
        for fact_id, node in record.facts.items():
            fact_key = listed[fact_id][0]
            self._check_name(fact_key)
            fact = self._fact(key, fact_key, node, facts, content)
            if fact is not None:
                facts[fact_id] = fact
        self._check_profile_keys(key, record, base, listed)
        can_change, spent = (self._named(record, name, listed, base) for name in ("can_change", "spent"))
        if base is None and record.title is not None:
            base = Entity(
                id=key.text,
                title=record.title.both(),
                list_key=record.list_key,
                list_question=record.question.both() if record.question is not None else None,
                facts={},
                span=key.span,
                can_add=record.can_add,
            )
            before = {name: plain(node) for name, (_, node) in record.at.items()}
        assert base is not None, "what is new has a title"
        self._entities[key.text] = base._replace(
            facts=MappingProxyType(facts), can_change=base.can_change | can_change, spent=base.spent | spent
        )
        changed: dict[str, Plain] = {
            "can_change": [*sorted(base.can_change | can_change)],
            "spent": [*sorted(base.spent | spent)],
        }
        self._content[key.text] = {**before, **changed, "facts": content}

    def _fact(
        self, entity: Scalar, key: Scalar, node: Node, known: AnyMapping[str, Fact], content: dict[str, Plain]
    ) -> Fact | None:
        """The fact declared there, or the one known with what is added to it; `content` then holds it too."""
        base = known.get(key.text)
        if _adds_choices(node):
            return self._with_more_choices(key, node, base, known, content)
        if base is not None:
            if plain(node) != content[key.text]:
                self._report_redefined(key, base.span, node, _content(content[key.text]))
            return base
        record = FACT.read(node, key, self.problems)
        if record is None:
            return None
        declared = declared_type(record, key)
        self.problems += declared.problems
        content[key.text] = plain(node)
        return _fact(entity.text, key, record, declared.type)

    def _with_more_choices(
        self, key: Scalar, node: Mapping, base: Fact | None, known: AnyMapping[str, Fact], content: dict[str, Plain]
    ) -> Fact | None:
        if base is None:
            self._report(Code.UNKNOWN_FACT, key, {"written": key.text, "nearest": nearest(key.text, known) or ""})
            return None
        record = MORE.read(node, key, self.problems)
        if record is None:
            return base
        widened = with_choices(base.type, record, key)
        self.problems += widened.problems
        declared = _content(content[key.text])
        content[key.text] = {**declared, "choices": [*widened.choices]}
        return base._replace(type=widened.type)

    def _compare(self, key: Scalar, record: _EntityRecord, base: Entity) -> None:
        """What a file says of a kind of item that is there already must be what it is."""
        known = _content(self._content[key.text])
        for name in ("title", "list", "question", "can_add"):
            if name in record.at and plain(record.at[name][1]) != known.get(name):
                self._report_otherwise(record.at[name][0], key.text, base.span, name)
        whole = "title" in record.at and "can_add" not in record.at
        if whole and base.can_add:
            self._report_otherwise(key, key.text, base.span, "can_add")

    def _report_redefined(self, key: Scalar, at: Span, node: Node, known: AnyMapping[str, Plain]) -> None:
        written = _content(plain(node))
        differing = [name for name in written if known.get(name) != written[name]] or sorted(known.keys() - written)
        words = {"written": key.text, "place": _place(at), "keys": ", ".join(differing)}
        had, given = known.get("choices"), written.get("choices")
        if isinstance(had, list) and isinstance(given, list):
            words["more"] = ", ".join(str(choice) for choice in given if choice not in had)
        self._report(Code.DECLARED_OTHERWISE, key, words)

    def _named(self, record: _EntityRecord, name: str, listed: Entries, base: Entity | None) -> frozenset[str]:
        """The facts of this file that `can_change` or `spent` names; a refused one is told of where it stands."""
        before = frozenset[str]()
        if base is not None:
            before = base.can_change if name == "can_change" else base.spent
        nodes = _items(record.at[name][1]) if name in record.at else []
        for fact_id in before.intersection(listed) - {node.text for node in nodes}:
            key, declared = listed[fact_id]
            told = any(finding.span == key.span for finding in self.problems)
            if base is not None and not told and not _adds_choices(declared):
                self._report_otherwise(key, fact_id, base.facts[fact_id].span, name)
        found: set[str] = set()
        for node in nodes:
            if node.text in before:
                continue
            if base is not None and node.text in base.facts:
                self._report_otherwise(node, node.text, base.facts[node.text].span, name)
            elif node.text not in listed:
                words = {"written": node.text, "nearest": nearest(node.text, listed) or ""}
                self._report(Code.UNKNOWN_FACT, node, words)
            found.add(node.text)
        return frozenset(found)

    def _check_profile_keys(self, key: Scalar, record: _EntityRecord, base: Entity | None, listed: Entries) -> None:
        """No key of a profile has two meanings: neither a fact of the company nor a list."""
        if key.text == COMPANY:
            own = [listed[fact][0] for fact in record.facts if base is None or fact not in base.facts]
            others = {entity.list_key for entity in self._entities.values()}
        else:
            own = [key._replace(text=record.list_key)] if base is None and record.list_key is not None else []
            lists = (entity.list_key for entity in self._entities.values())
            others = {*lists, *(self._entities[COMPANY].facts if COMPANY in self._entities else ())}
        for name in own:
            if name.text in self._taken:
                words = {"key": name.text, "line": str(self._taken[name.text].line)}
                self._report(Code.DUPLICATE_KEY, key, words)
            elif name.text in others:
                self._report(Code.NAME_TAKEN, name, {"written": name.text})
            self._taken[name.text] = key.span
        for fact in record.facts:
            if fact in ITEM_KEYS:
                self._report(Code.DUPLICATE_KEY, listed[fact][0], {"key": fact, "line": str(key.span.line)})

    def _check_name(self, key: Scalar) -> None:
        if not re.fullmatch(IDENTIFIER, key.text):
            self._report(Code.BAD_NAME, key, {"written": key.text})

    def _report_otherwise(self, node: Node, name: str, at: Span, keys: str) -> None:
        words = {"written": name, "place": _place(at), "keys": keys}
        self._report(Code.DECLARED_OTHERWISE, node, words)

    def _report(self, code: Code, node: Node, words: dict[str, str]) -> None:
        self.problems.append(Diagnostic(code, node.span, words))


def _fact(entity: str, key: Scalar, record: FactRecord, of: FactType) -> Fact:
    return Fact(
        entity=entity,
        id=key.text,
        title=record.title.both(),
        type=of,
        question=record.question.both(),
        supplier=None if record.supplied_by == "company" else record.supplied_by.both(),
        judgement=record.judgement,
        span=key.span,
        basis=record.basis.both() if record.basis is not None else None,
        may_lie_ahead=record.may_lie_ahead,
    )


def _with_labels(entities: AnyMapping[str, Entity]) -> dict[str, Entity]:
    """The same facts, each with all that is said of the codes of its system: what a code means is no fact's alone."""
    labels: dict[str, dict[str, str]] = {}
    for entity in entities.values():
        for fact in entity.facts.values():
            code = _code_of(fact.type)
            if code is not None:
                labels[code.system] = {**dict(code.labels), **labels.get(code.system, {})}
    return {
        name: entity._replace(
            facts=MappingProxyType({id_: _labelled(fact, labels) for id_, fact in entity.facts.items()})
        )
        for name, entity in entities.items()
    }


def _labelled(fact: Fact, labels: AnyMapping[str, AnyMapping[str, str]]) -> Fact:
    """The fact with the labels of its system; of a code that it names itself, its own."""
    code = _code_of(fact.type)
    if code is None:
        return fact
    known = code._replace(labels=tuple(sorted({**labels[code.system], **dict(code.labels)}.items())))
    return fact._replace(type=ManyType(known) if isinstance(fact.type, ManyType) else known)


def _code_of(of: FactType) -> CodeType | None:
    one = of.of if isinstance(of, ManyType) else of
    return one if isinstance(one, CodeType) else None


def _adds_choices(declared: Node) -> TypeGuard[Mapping]:
    """Whether no fact is declared there, but options are added to one."""
    return isinstance(declared, Mapping) and declared.get("more_choices") is not None


def _mapping(node: Node) -> Mapping:
    assert isinstance(node, Mapping), "read as one"
    return node


def _items(node: Node) -> list[Scalar]:
    return [item for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []


def _content(of: Plain) -> AnyMapping[str, Plain]:
    return of if isinstance(of, dict) else {}


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}"
