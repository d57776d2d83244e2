"""The vocabulary: which facts there are, what they mean, what to ask, who can supply them.

Imports the source package, values and fact types.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import NamedTuple

from incentives.diagnostics import Code, Diagnostic, PolicyRefused, Span
from incentives.facts.declared import FACT, WORDS, FactRecord, Words, declared_type
from incentives.facts.types import FactType
from incentives.source.loader import Loaded, load_file
from incentives.source.shapes import Entries, Flag, Keys, ListOf, Named, OneOf, Text
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping as MappingNode
from incentives.source.tree import Plain, Scalar, Sequence, plain
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


class _EntityRecord(NamedTuple):
    at: Entries
    title: Words
    facts: dict[str, FactRecord]
    list_key: str | None = None
    question: Words | None = None
    can_change: tuple[str, ...] = ()
    can_add: bool = False
    spent: tuple[str, ...] = ()


class _VocabularyRecord(NamedTuple):
    at: Entries
    vocabulary: int
    entities: dict[str, _EntityRecord]


_TEXT = Text(empty=True)
_FACT_IDS = ListOf(_TEXT, empty=True, whole=True)
_ENTITY = Keys(
    _EntityRecord,
    {
        "title": WORDS,
        "list": _TEXT,
        "question": WORDS,
        "facts": Named(FACT),
        "can_change": _FACT_IDS,
        "can_add": Flag(),
        "spent": _FACT_IDS,
    },
    names={"list": "list_key"},
)
_VOCABULARY = Keys(_VocabularyRecord, {"vocabulary": OneOf[int](1), "entities": Named(_ENTITY)})


def load_vocabulary(path: FilePath, name: str | None = None) -> Vocabulary:
    """The vocabulary in the file at `path`.

    Raises `PolicyRefused` with every problem found.
    """
    return read_vocabulary(load_file(path, name))


def read_vocabulary(loaded: Loaded) -> Vocabulary:
    """The vocabulary in a text already read. Raises `PolicyRefused`."""
    problems: list[Diagnostic] = []
    entities: dict[str, Entity] = {}
    root = loaded.root
    if root is not None:
        record = _VOCABULARY.read(root, root.entries[0][0] if root.entries else root, problems)
        if record is not None:
            written = _entries(record.at, "entities")
            entities = {key: _entity(written[key][0], one, problems) for key, one in record.entities.items()}
            problems += _misplaced_keys(record)
    already = {finding.span for finding in loaded.diagnostics}
    problems = [*loaded.diagnostics, *(finding for finding in problems if finding.span not in already)]
    if problems or root is None:
        raise PolicyRefused(problems, {loaded.name: loaded.text})
    return Vocabulary(MappingProxyType(entities), plain(root))


def _entries(at: Entries, key: str) -> Entries:
    """The entries of the mapping at a key."""
    node = at[key][1]
    assert isinstance(node, MappingNode), "read as one"
    return node.by_key


def _entity(key: Scalar, record: _EntityRecord, problems: list[Diagnostic]) -> Entity:
    facts: dict[str, Fact] = {}
    written = _entries(record.at, "facts")
    for fact_id, fact in record.facts.items():
        fact_key = written[fact_id][0]
        declared = declared_type(fact, fact_key)
        problems += declared.problems
        facts[fact_id] = Fact(
            entity=key.text,
            id=fact_id,
            title=fact.title.both(),
            type=declared.type,
            question=fact.question.both(),
            supplier=None if fact.supplied_by == "company" else fact.supplied_by.both(),
            judgement=fact.judgement,
            span=fact_key.span,
            basis=fact.basis.both() if fact.basis is not None else None,
        )
    question = record.question.both() if record.question else None
    listed = record.at["facts"][1] if "facts" in record.at else None
    named = {one.text for one, _ in listed.entries} if isinstance(listed, MappingNode) else set[str]()
    for list_key, names in (("can_change", record.can_change), ("spent", record.spent)):
        at = record.at.get(list_key)
        items = at[1].items if at is not None and isinstance(at[1], Sequence) else ()
        for name, item in zip(names, items, strict=True):
            if name not in named:  # one that was refused is told of where it stands
                words = {"written": name, "nearest": nearest(name, named) or ""}
                problems.append(Diagnostic(Code.UNKNOWN_FACT, item.span, words))
    return Entity(
        id=key.text,
        title=record.title.both(),
        list_key=record.list_key,
        list_question=question,
        facts=MappingProxyType(facts),
        span=key.span,
        can_change=frozenset(record.can_change),
        can_add=record.can_add,
        spent=frozenset(record.spent),
    )


def _misplaced_keys(record: _VocabularyRecord) -> list[Diagnostic]:
    """A company without a list, every other entity with its own; no key of a profile with two meanings."""
    problems: list[Diagnostic] = []
    taken: dict[str, str] = dict.fromkeys(ITEM_KEYS, COMPANY)
    written = _entries(record.at, "entities")
    if COMPANY not in record.entities:
        problems.append(Diagnostic(Code.MISSING_KEY, record.at["entities"][0].span, {"key": COMPANY}))
    for key, entity in record.entities.items():
        span = written[key][0].span
        if (key == COMPANY) == (entity.list_key is not None):
            code = Code.UNKNOWN_KEY if key == COMPANY else Code.MISSING_KEY
            problems.append(Diagnostic(code, span, {"key": "list", "nearest": "", "known": "title, facts"}))
        if entity.list_key is not None and entity.question is None:
            problems.append(Diagnostic(Code.MISSING_KEY, span, {"key": "question"}))
        own = list(entity.facts) if key == COMPANY else [entity.list_key or ""]
        for name in own:
            if name in taken:
                holder = written[taken[name]][0] if taken[name] in written else record.at["entities"][0]
                words = {"key": name, "line": str(holder.span.line)}
                problems.append(Diagnostic(Code.DUPLICATE_KEY, span, words))
            taken[name] = key
        for name in ITEM_KEYS:
            if name in entity.facts:
                place = _entries(entity.at, "facts")[name][0].span
                problems.append(Diagnostic(Code.DUPLICATE_KEY, place, {"key": name, "line": str(span.line)}))
    return problems
