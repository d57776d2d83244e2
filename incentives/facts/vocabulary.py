"""The vocabulary: which facts there are, what they mean, what to ask, who can supply them.

Imports the source package, values and fact types.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Literal, NamedTuple

from pydantic import Field

from incentives.diagnostics import Code, Diagnostic, PolicyRefused, Span
from incentives.facts.declared import FactRecord, Words, declared_type
from incentives.facts.types import FactType
from incentives.source.loader import Loaded, load_file
from incentives.source.record import Record, read_record
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping as MappingNode
from incentives.source.tree import Path, Plain, key_span_at, plain, span_at
from incentives.values import Bilingual

COMPANY = "company"
"""The entity a profile is about; every other entity is a list of its items."""

ITEM_KEYS = ("id", "name")
"""Keys every item of a list may carry: what tells it from the others, and what people call it."""


class Fact(NamedTuple):
    """A declared, typed input.

    `supplier` is the authority that holds it, or None where the company itself asserts it. A `judgement`
    is a fact that only a person can settle, such as the vote of a review panel. `basis` is how it is counted
    (口径), such as at the end of the year or as the mean of its months: what is counted otherwise is another fact.
    """

    entity: str
    id: str
    title: Bilingual
    type: FactType
    question: Bilingual
    supplier: Bilingual | None
    judgement: bool
    span: Span
    basis: Bilingual | None = None


class Entity(NamedTuple):
    """What facts belong to: the company, or one kind of item in its lists. `list_key` is the profile's key.

    `can_change` are the facts that a company can still do something about; all others are history, or what it is.
    With `can_add` there can be more items than there are. `spent` are sums of money that cost as much as they rise.
    """

    id: str
    title: Bilingual
    list_key: str | None
    list_question: Bilingual | None
    facts: Mapping[str, Fact]
    span: Span
    can_change: frozenset[str] = frozenset()
    can_add: bool = False
    spent: frozenset[str] = frozenset()


class Vocabulary(NamedTuple):
    entities: Mapping[str, Entity]
    content: Plain
    """The file as plain data, for receipts."""

    @property
    def company(self) -> Entity:
        return self.entities[COMPANY]

    def lists(self) -> dict[str, Entity]:
        """The entities that are lists, by the key they have in a profile."""
        return {entity.list_key: entity for entity in self.entities.values() if entity.list_key}


class _EntityRecord(Record):
    title: Words
    list_key: str | None = Field(default=None, alias="list")
    question: Words | None = None
    can_change: list[str] = Field(default_factory=list)
    can_add: bool = False
    spent: list[str] = Field(default_factory=list)
    facts: dict[str, FactRecord]


class _VocabularyRecord(Record):
    vocabulary: Literal[1]
    entities: dict[str, _EntityRecord]


def load_vocabulary(path: FilePath, name: str | None = None) -> Vocabulary:
    """The vocabulary in the file at `path`.

    Raises `PolicyRefused` with every problem found.
    """
    return read_vocabulary(load_file(path, name))


def read_vocabulary(loaded: Loaded) -> Vocabulary:
    """The vocabulary in a text already read. Raises `PolicyRefused`."""
    problems: list[Diagnostic] = []
    entities: dict[str, Entity] = {}
    if loaded.root is not None:
        reading = read_record(_VocabularyRecord, loaded.root, _cuttable, {})
        problems += reading.problems
        record = reading.record
        if record is not None:
            entities = {key: _entity(key, entity, loaded.root, problems) for key, entity in record.entities.items()}
            problems += _misplaced_keys(record, loaded.root)
    already = {finding.span for finding in loaded.diagnostics}
    problems = [*loaded.diagnostics, *(finding for finding in problems if finding.span not in already)]
    if problems or loaded.root is None:
        raise PolicyRefused(problems, {loaded.name: loaded.text})
    return Vocabulary(MappingProxyType(entities), plain(loaded.root))


def _cuttable(path: Path) -> Path | None:
    if len(path) >= 4 and path[0] == "entities" and path[2] == "facts":
        return path[:4]
    return path[:2] if len(path) >= 2 and path[0] == "entities" else None


def _entity(key: str, record: _EntityRecord, root: MappingNode, problems: list[Diagnostic]) -> Entity:
    facts: dict[str, Fact] = {}
    for fact_id, fact in record.facts.items():
        path = ("entities", key, "facts", fact_id)
        declared = declared_type(fact, root, path)
        problems += declared.problems
        facts[fact_id] = Fact(
            entity=key,
            id=fact_id,
            title=fact.title.both(),
            type=declared.type,
            question=fact.question.both(),
            supplier=None if fact.supplied_by == "company" else fact.supplied_by.both(),
            judgement=fact.judgement,
            span=key_span_at(root, path),
            basis=fact.basis.both() if fact.basis is not None else None,
        )
    question = record.question.both() if record.question else None
    for list_key, names in (("can_change", record.can_change), ("spent", record.spent)):
        for place, name in enumerate(names):
            if name not in facts:
                span = span_at(root, ("entities", key, list_key, place))
                words = {"written": name, "nearest": nearest(name, facts) or ""}
                problems.append(Diagnostic(Code.UNKNOWN_FACT, span, words))
    return Entity(
        id=key,
        title=record.title.both(),
        list_key=record.list_key,
        list_question=question,
        facts=MappingProxyType(facts),
        span=key_span_at(root, ("entities", key)),
        can_change=frozenset(record.can_change),
        can_add=record.can_add,
        spent=frozenset(record.spent),
    )


def _misplaced_keys(record: _VocabularyRecord, root: MappingNode) -> list[Diagnostic]:
    """A company without a list, every other entity with its own; no key of a profile with two meanings."""
    problems: list[Diagnostic] = []
    taken: dict[str, str] = dict.fromkeys(ITEM_KEYS, COMPANY)
    if COMPANY not in record.entities:
        problems.append(Diagnostic(Code.MISSING_KEY, key_span_at(root, ("entities",)), {"key": COMPANY}))
    for key, entity in record.entities.items():
        path = ("entities", key)
        if (key == COMPANY) == (entity.list_key is not None):
            code = Code.UNKNOWN_KEY if key == COMPANY else Code.MISSING_KEY
            words = {"key": "list", "nearest": "", "known": "title, facts"}
            problems.append(Diagnostic(code, key_span_at(root, path), words))
        if entity.list_key is not None and entity.question is None:
            problems.append(Diagnostic(Code.MISSING_KEY, key_span_at(root, path), {"key": "question"}))
        own = list(entity.facts) if key == COMPANY else [entity.list_key or ""]
        for name in own:
            if name in taken:
                words = {"key": name, "line": str(key_span_at(root, ("entities", taken[name])).line)}
                problems.append(Diagnostic(Code.DUPLICATE_KEY, key_span_at(root, path), words))
            taken[name] = key
        for name in ITEM_KEYS:
            if name in entity.facts:
                words = {"key": name, "line": str(key_span_at(root, path).line)}
                problems.append(Diagnostic(Code.DUPLICATE_KEY, key_span_at(root, (*path, "facts", name)), words))
    return problems
