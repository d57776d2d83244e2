"""The vocabulary: which facts there are, what they mean, what to ask, who can supply them.

Imports the source package, values and fact types.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple, assert_never

from pydantic import Field

from incentives.diagnostics import Code, Diagnostic, PolicyRefused, Span
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    DateType,
    FactType,
    ManyType,
    MoneyType,
    QuantityType,
    RateType,
    SingleType,
    TextType,
    UsccType,
)
from incentives.source.loader import Loaded, load_file
from incentives.source.record import Record, read_record
from incentives.source.tree import Mapping as MappingNode
from incentives.source.tree import Path, Plain, key_span_at, plain
from incentives.values import Bilingual

COMPANY = "company"
"""The entity a profile is about; every other entity is a list of its items."""

ITEM_KEYS = ("id", "name")
"""Keys every item of a list may carry: what tells it from the others, and what people call it."""


class Fact(NamedTuple):
    """A declared, typed input.

    `supplier` is the authority that holds it, or None where the company itself asserts it. A `judgement`
    is a fact that only a person can settle, such as the vote of a review panel.
    """

    entity: str
    id: str
    title: Bilingual
    type: FactType
    question: Bilingual
    supplier: Bilingual | None
    judgement: bool
    span: Span


class Entity(NamedTuple):
    """What facts belong to: the company, or one kind of item in its lists. `list_key` is the profile's key."""

    id: str
    title: Bilingual
    list_key: str | None
    list_question: Bilingual | None
    facts: Mapping[str, Fact]
    span: Span


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


class _Words(Record):
    zh: str
    en: str

    def both(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


class _FactRecord(Record):
    title: _Words
    type: Literal["boolean", "money", "rate", "count", "quantity", "date", "text", "choice", "code", "uscc"]
    many: bool = False
    unit: str | None = None
    choices: Annotated[list[str], Field(min_length=1)] | None = None
    system: str | None = None
    digits: int | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    may_be_negative: bool = False
    judgement: bool = False
    question: _Words
    supplied_by: Literal["company"] | _Words


class _EntityRecord(Record):
    title: _Words
    list_key: str | None = Field(default=None, alias="list")
    question: _Words | None = None
    facts: dict[str, _FactRecord]


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
    problems = list(loaded.diagnostics)
    entities: dict[str, Entity] = {}
    if loaded.root is not None:
        reading = read_record(_VocabularyRecord, loaded.root, _cuttable, {})
        problems += reading.problems
        record = reading.record
        if record is not None:
            entities = {key: _entity(key, entity, loaded.root, problems) for key, entity in record.entities.items()}
            problems += _misplaced_keys(record, loaded.root)
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
        span = key_span_at(root, ("entities", key, "facts", fact_id))
        fact_type = _type(fact, span, problems)
        facts[fact_id] = Fact(
            entity=key,
            id=fact_id,
            title=fact.title.both(),
            type=fact_type,
            question=fact.question.both(),
            supplier=None if fact.supplied_by == "company" else fact.supplied_by.both(),
            judgement=fact.judgement,
            span=span,
        )
    question = record.question.both() if record.question else None
    span = key_span_at(root, ("entities", key))
    return Entity(key, record.title.both(), record.list_key, question, MappingProxyType(facts), span)


def _type(record: _FactRecord, span: Span, problems: list[Diagnostic]) -> FactType:
    def needed(value: object, key: str) -> None:
        if value is None:
            problems.append(Diagnostic(Code.MISSING_KEY, span, {"key": key}))

    single: SingleType
    match record.type:
        case "boolean":
            single = BooleanType()
        case "money":
            single = MoneyType(record.may_be_negative)
        case "rate":
            single = RateType(record.may_be_negative)
        case "count":
            needed(record.unit, "unit")
            single = CountType(record.unit or "")
        case "quantity":
            needed(record.unit, "unit")
            single = QuantityType(record.unit or "")
        case "date":
            single = DateType()
        case "text":
            single = TextType()
        case "choice":
            needed(record.choices, "choices")
            single = ChoiceType(tuple(record.choices or ()))
        case "code":
            needed(record.system, "system")
            needed(record.digits, "digits")
            if record.digits is not None and not 1 <= record.digits <= 32:
                problems.append(Diagnostic(Code.NOT_ALLOWED_HERE, span, {"expected": "`digits` 1–32"}))
            single = CodeType(record.system or "", record.digits or 0, tuple(sorted(record.labels.items())))
        case "uscc":
            single = UsccType()
        case _:
            assert_never(record.type)
    if not record.many:
        return single
    if isinstance(single, TextType | ChoiceType | CodeType):
        return ManyType(single)
    words = {
        "key": "many",
        "advice_zh": "只用于 text、choice 和 code",
        "advice_en": "it is for text, choice and code",
    }
    problems.append(Diagnostic(Code.KEY_MISPLACED, span, words))
    return single


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
