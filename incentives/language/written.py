"""Parts of a policy read straight from the tree: fields, words, names. Imports diagnostics, facts and the tree.

Conditions, amounts and rules are open to many forms, each with its own keys. A reader asks for the keys it
knows; what is unknown is reported with the nearest known key and read as that, so that one slip hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.facts.reading import read_value
from incentives.facts.types import FactType, Value
from incentives.facts.vocabulary import COMPANY, IDENTIFIER, Entity, Fact, Vocabulary
from incentives.language.model import Definition
from incentives.language.nodes import Unit, Year
from incentives.records import NamedTuple
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping as MappingNode
from incentives.source.tree import Node, Scalar, Sequence

NAME = re.compile(rf"{IDENTIFIER}(\.{IDENTIFIER})?\Z")
"""How a fact or a definition is named, where need be with what it belongs to."""

Fields = dict[str, Node]

_FOR_WORDS = {
    "advice_zh": "原文的话写在条款的 `source`，或条件、整个奖补、叠加规则的 `says`",
    "advice_en": "the paper's words go into the clause's `source`, or `says` of a condition, a whole award or a rule",
}
"""Where words can be quoted, for whoever quotes them at a place that has none."""

_NO_SUMS = {"元/": "per_unit", "%": "share", "‰": "share"}
"""What stands in place of a sum, by a sign of it, and the key of an award that it belongs to."""


class Scope(NamedTuple):
    """What can be named at a place: facts of the company and of the item at hand; and the year that counts there.

    A yearly fact that names no year of its own is taken in `year`, or summed over `years`.
    """

    item: Entity
    year: Year | None = None
    years: Years | None = None


class Years(NamedTuple):
    """The years from `first` (None: as far back as there are any) to `last`."""

    first: Year | None
    last: Year
    since: Fact | None


class Names:
    """Every name a policy can use, and what it stands for. Definitions are added while they are read."""

    def __init__(self, vocabulary: Vocabulary, this_year: int = 0) -> None:
        self.vocabulary = vocabulary
        self.this_year = this_year
        self.definitions: dict[str, Definition] = {}
        self.unreadable: set[str] = set()
        """Names that are there and were refused where they stand: who uses them is not told again."""

    def define(self, name: str) -> Definition | None:
        """The definition of that name, worked out now if need be."""
        return self.definitions.get(name)

    def defined(self) -> dict[str, str]:
        """What can be written for each definition, by what it may be looked for under."""
        return {name: name for name in self.definitions}


class Reader:
    """What every reader of a part needs."""

    def __init__(self, names: Names, problems: list[Diagnostic]) -> None:
        self.names = names
        self.problems = problems

    def report(self, code: Code, span: Span, words: Mapping[str, str] | None = None) -> None:
        self.problems.append(Diagnostic(code, span, dict(words or {})))

    def fields(self, node: MappingNode, known: Iterable[str]) -> Fields:
        """What stands at each known key. A key that nothing follows is reported elsewhere and left out here."""
        keys = tuple(known)
        found: Fields = {}
        slips: list[tuple[Scalar, Node]] = []
        for key, value in node.entries:
            if key.text not in keys:
                slips.append((key, value))
            elif not (isinstance(value, Scalar) and value.value is None):
                found[key.text] = value
        for key, value in slips:
            meant = nearest(key.text, keys)
            words = {"key": key.text, "nearest": meant or "", "known": ", ".join(sorted(keys))}
            words |= _FOR_WORDS if key.text == "says" else {}
            self.report(Code.UNKNOWN_KEY, key.span, words)
            if meant is not None and node.get(meant) is None:
                found.setdefault(meant, value)
        return found

    def mapping(self, node: Node) -> MappingNode | None:
        if isinstance(node, MappingNode):
            return node
        self.report(Code.WRONG_SHAPE, node.span, {"expected": "mapping", "quoted": ""})
        return None

    def items(self, node: Node | None, key: str) -> tuple[Node, ...]:
        """The entries of a list that must hold at least one."""
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.report(Code.WRONG_SHAPE, node.span, {"expected": "list", "quoted": ""})
            return ()
        if not node.items:
            self.report(Code.EMPTY_LIST, node.span, {"key": key, "written": ""})
        return node.items

    def text(self, node: Node | None) -> str | None:
        """Words as written; None where there are none, reported where something else stands there."""
        if node is None:
            return None
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            quoted = node.text if isinstance(node, Scalar) else ""
            self.report(Code.WRONG_SHAPE, node.span, {"expected": "text", "quoted": quoted})
            return None
        if not node.text.strip():
            self.report(Code.NOT_TEXT, node.span, {"written": '""', "quoted": ""})
            return None
        return node.value

    def one_of(self, node: Node | None, choices: Iterable[str]) -> str | None:
        """One of a few words."""
        if node is None:
            return None
        allowed = tuple(choices)
        if isinstance(node, Scalar) and node.text in allowed:
            return node.text
        self.report(Code.NOT_ALLOWED_HERE, node.span, {"expected": ", ".join(f"`{word}`" for word in allowed)})
        return None

    def value(self, of: FactType, node: Node | None) -> Value | None:
        """A single value written out, read as that type."""
        if node is None:
            return None
        reading = read_value(of, node)
        if isinstance(reading, tuple):
            self.problems += (self._with_cure(finding, of) for finding in reading)
            return None
        return reading

    def _with_cure(self, finding: Diagnostic, of: FactType) -> Diagnostic:
        """With the key of an award for what is no sum, or what a vocabulary lacks for an option of a fact."""
        if finding.code is Code.MONEY_UNREADABLE:
            written = finding.words["written"]
            kind = next((key for sign, key in _NO_SUMS.items() if sign in written), "written")
            return finding._replace(words={**finding.words, kind: written})
        if finding.code is not Code.NOT_A_CHOICE:
            return finding
        facts = (fact for entity in self.names.vocabulary.entities.values() for fact in entity.facts.values())
        for fact in facts:
            if of is fact.type or of is getattr(fact.type, "of", None):
                words = {"entity": fact.entity, "fact": fact.id, "more": finding.words["written"]}
                return finding._replace(words={**finding.words, **words})
        return finding

    def entity(self, node: Node | None) -> Entity | None:
        """A kind of item, by its id."""
        name = self.text(node)
        if name is None or node is None:
            return None
        entity = self.names.vocabulary.entities.get(name)
        if entity is None and (place := self.names.vocabulary.unseen.get(name)) is not None:
            self.report(Code.FACT_OF_ANOTHER, node.span, {"written": name, "place": f"{place.file}:{place.line}"})
            return None
        if entity is None or entity.id == COMPANY:
            lists = [known for known in self.names.vocabulary.entities if known != COMPANY]
            close, new = nearest(name, lists) or "", name if re.fullmatch(IDENTIFIER, name) and entity is None else ""
            words = {"written": name, "nearest": close, "known": ", ".join(lists), "new": new}
            self.report(Code.UNKNOWN_ENTITY, node.span, words)
            return None
        return entity

    def named(self, node: Node, scope: Scope) -> Fact | Definition | None:
        """What a name means at this place: a definition, a fact of the item or of the company.

        `entity.fact` names one of two facts that share an id outright.
        """
        name = self.text(node)
        if name is None:
            return None
        definition = self.names.define(name)
        if definition is not None:
            if definition.entity in (COMPANY, scope.item.id):
                return definition
            self.report(Code.FACT_OUT_OF_REACH, node.span, {"written": name, "entity": definition.entity})
            return None
        if {name, name.partition(".")[0]} & self.names.unreadable:
            return None
        return self.fact(name, node.span, scope)

    def fact(self, name: str, span: Span, scope: Scope) -> Fact | None:
        """The fact a name means here. Reports where it means none or several."""
        vocabulary = self.names.vocabulary
        reach = {scope.item.id: scope.item, COMPANY: vocabulary.company}
        entity_id, dot, fact_id = name.rpartition(".")
        if dot:
            entity = reach.get(entity_id)
            if entity is not None and fact_id in entity.facts:
                return entity.facts[fact_id]
        else:
            found = [entity.facts[name] for entity in reach.values() if name in entity.facts]
            if len(found) > 1:
                choices = ", ".join(f"{fact.entity}.{name}" for fact in found)
                self.report(Code.AMBIGUOUS_FACT, span, {"written": name, "choices": choices})
                return None
            if found:
                return found[0]
        owners = [entity for entity in vocabulary.entities.values() if fact_id in entity.facts]
        if owners and not (dot and entity_id in reach):
            self.report(Code.FACT_OUT_OF_REACH, span, {"written": name, "entity": owners[0].id})
            return None
        if (place := vocabulary.unseen.get(fact_id)) is not None:
            self.report(Code.FACT_OF_ANOTHER, span, {"written": name, "place": f"{place.file}:{place.line}"})
            return None
        known = {
            word: fact.id for entity in reach.values() for fact in entity.facts.values() for word in _words(fact)
        }
        known |= self.names.defined()
        close = nearest(fact_id, known)
        words = {"written": name, "nearest": known[close] if close is not None else ""}
        owner = entity_id if dot else scope.item.id
        if re.fullmatch(IDENTIFIER, fact_id) and owner in vocabulary.entities:
            words |= {"entity": owner, "fact": fact_id}
        self.report(Code.UNKNOWN_FACT, span, words)
        return None


def _words(fact: Fact) -> tuple[str, ...]:
    """What a fact may have been called by someone who looked for it."""
    return fact.id, fact.title.zh, fact.title.en


def is_name(node: Node) -> bool:
    """Whether a name stands here rather than a value."""
    return isinstance(node, Scalar) and isinstance(node.value, str) and NAME.match(node.text) is not None


ELAPSED_UNITS = {Unit.YEARS: "年", Unit.MONTHS: "个月", Unit.DAYS: "天"}
"""How a length of time is written: `2年`, `18个月`, `365天`."""


_CALENDAR_YEAR = re.compile(r"([1-9][0-9]{3}) ?年")


def read_calendar_year(node: Node) -> Year | None:
    """`2020年`: that year of the calendar; None where something else is written."""
    found = _CALENDAR_YEAR.fullmatch(node.text.strip()) if isinstance(node, Scalar) else None
    return None if found is None else Year(int(found[1]), fixed=True)


def read_duration(text: str) -> tuple[Unit, int] | None:
    """A length of time; None where none is written."""
    plain = text.replace(" ", "")
    for unit, word in ELAPSED_UNITS.items():
        digits = plain.removesuffix(word)
        if digits != plain and digits.isascii() and digits.isdigit() and len(digits) <= 5:
            return unit, int(digits)
    return None
