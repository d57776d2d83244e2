"""How a vocabulary declares a fact, and the type that makes. Imports the source package, values and fact types."""

from __future__ import annotations

import re
import warnings
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple, assert_never

from pydantic import Field

from incentives.diagnostics import Code, Diagnostic
from incentives.facts.reading import read_value
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    DateType,
    FactType,
    ManyType,
    MoneyType,
    PlainValue,
    QuantityType,
    RateType,
    SingleType,
    TextType,
    UsccType,
    YearlyType,
)
from incentives.source.record import Record
from incentives.source.tree import Mapping, Path, key_span_at, node_at, span_at
from incentives.values import Bilingual

FactKind = Literal["boolean", "money", "rate", "count", "quantity", "date", "text", "choice", "code", "uscc"]

_FOR: dict[str, tuple[FactKind, ...]] = {
    "many": ("text", "choice", "code"),
    "yearly": ("money", "rate", "count", "quantity", "boolean", "choice"),
    "unit": ("count", "quantity"),
    "choices": ("choice",),
    "ordered": ("choice",),
    "system": ("code",),
    "digits": ("code",),
    "pattern": ("code",),
    "example": ("code",),
    "labels": ("code",),
    "may_be_negative": ("money", "rate"),
    "upper": ("rate", "count"),
}
"""The keys that not every type of fact has, with the types that have them."""

_PATTERN_SIGNS = r"[A-Za-z0-9\[\](){},|?*+.-]{1,200}\Z"
"""What a pattern is made of: no escapes and no anchors, so that it reads as what it matches."""


class Words(Record):
    zh: str
    en: str

    def both(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


class FactRecord(Record):
    title: Words
    type: FactKind
    basis: Words | None = None
    many: bool = False
    yearly: bool = False
    unit: str | None = None
    choices: Annotated[list[str], Field(min_length=1)] | None = None
    ordered: bool = False
    system: str | None = None
    digits: int | None = None
    pattern: str | None = None
    example: str | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    may_be_negative: bool = False
    upper: int | str | None = None
    judgement: bool = False
    question: Words
    supplied_by: Literal["company"] | Words


class Declared(NamedTuple):
    type: FactType
    problems: list[Diagnostic]


def declared_type(record: FactRecord, root: Mapping, path: Path) -> Declared:
    """The type of the fact declared at `path` of a vocabulary, with what is wrong about its declaration."""
    reader = _Reader(record, root, path)
    return Declared(reader.type(), reader.problems)


class _Reader:
    def __init__(self, record: FactRecord, root: Mapping, path: Path) -> None:
        self._record = record
        self._root = root
        self._path = path
        self.problems: list[Diagnostic] = []

    def type(self) -> FactType:
        record = self._record
        for key, kinds in _FOR.items():
            if key in record.model_fields_set and record.type not in kinds:
                self._misplaced(key, f"只用于 {'、'.join(kinds)}", f"it is for {', '.join(kinds)}")
        single = self._single()
        if record.many and isinstance(single, TextType | ChoiceType | CodeType):
            if record.yearly:
                self._misplaced("yearly", "不与 `many` 同用", "not beside `many`")
            return ManyType(single)
        return YearlyType(single) if record.yearly else single

    def _single(self) -> SingleType:
        record = self._record
        match record.type:
            case "boolean":
                return BooleanType()
            case "money":
                return MoneyType(record.may_be_negative)
            case "rate":
                upper = self._upper(rate := RateType(record.may_be_negative))
                return rate._replace(upper=upper) if isinstance(upper, Decimal) else rate
            case "count":
                self._needed("unit")
                upper = self._upper(count := CountType(record.unit or ""))
                return count._replace(upper=upper) if isinstance(upper, int) else count
            case "quantity":
                self._needed("unit")
                return QuantityType(record.unit or "")
            case "date":
                return DateType()
            case "text":
                return TextType()
            case "choice":
                self._needed("choices")
                return self._choice()
            case "code":
                self._needed("system")
                return self._code()
            case "uscc":
                return UsccType()
            case _:
                assert_never(record.type)

    def _upper(self, of: RateType | CountType) -> PlainValue | None:
        node = node_at(self._root, (*self._path, "upper"))
        if node is None:
            return None
        upper = read_value(of, node)
        if isinstance(upper, tuple):
            self.problems += upper
            return None
        return upper

    def _choice(self) -> ChoiceType:
        choices = tuple(self._record.choices or ())
        for index, choice in enumerate(choices):
            if choice in choices[:index]:
                words = {"key": choice, "advice_zh": "前面已经列过", "advice_en": "it is listed before"}
                span = span_at(self._root, (*self._path, "choices", index))
                self.problems.append(Diagnostic(Code.KEY_MISPLACED, span, words))
        return ChoiceType(choices, self._record.ordered)

    def _code(self) -> CodeType:
        record = self._record
        labels = tuple(sorted(record.labels.items()))
        if record.pattern is not None:
            if record.digits is not None:
                self._misplaced("pattern", "`digits` 和 `pattern` 只写一个", "write either `digits` or `pattern`")
            self._needed("example")
        else:
            self._needed("digits")
            if record.digits is not None and not 1 <= record.digits <= 32:
                self._report(Code.NOT_ALLOWED_HERE, (), {"expected": "`digits` 1–32"})
            if record.example is not None:
                self._misplaced("example", "与 `pattern` 同用", "it goes with `pattern`")
        code = CodeType(record.system or "", record.digits or 0, labels)
        if record.pattern is None:
            return code
        if not _is_plain_pattern(record.pattern):
            self._report(Code.BAD_PATTERN, ("pattern",), {"written": record.pattern})
            return code
        code = code._replace(digits=None, pattern=record.pattern, example=record.example)
        example = node_at(self._root, (*self._path, "example"))
        if example is not None and isinstance(found := read_value(code._replace(example=None), example), tuple):
            self.problems += found
        return code

    def _needed(self, key: str) -> None:
        if getattr(self._record, key) is None:
            self._report(Code.MISSING_KEY, (), {"key": key})

    def _misplaced(self, key: str, zh: str, en: str) -> None:
        span = key_span_at(self._root, (*self._path, key))
        words = {"key": key, "advice_zh": zh, "advice_en": en}
        self.problems.append(Diagnostic(Code.KEY_MISPLACED, span, words))

    def _report(self, code: Code, below: Path, words: dict[str, str]) -> None:
        path = (*self._path, *below)
        span = span_at(self._root, path) if below else key_span_at(self._root, path)
        self.problems.append(Diagnostic(code, span, words))


def _is_plain_pattern(pattern: str) -> bool:
    """Whether it is a regular expression of plain parts that does not match the empty text.

    A group repeated without end is none: how long a match takes could then double with every sign.
    """
    if any(part in pattern for part in ("(?", ")*", ")+")) or not re.match(_PATTERN_SIGNS, pattern):
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return re.fullmatch(pattern, "", re.ASCII) is None
    except (re.error, OverflowError, RecursionError, Warning):
        return False
