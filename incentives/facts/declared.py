"""How a vocabulary declares a fact, and the type that makes. Imports the source package, values and fact types."""

from __future__ import annotations

import re
import warnings
from decimal import Decimal
from typing import Literal, assert_never, get_args

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
from incentives.records import NamedTuple
from incentives.source.shapes import Entries, Flag, Keys, ListOf, Named, OneOf, Single, Text, Whole
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence
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
    "may_lie_ahead": ("date",),
    "upper": ("rate", "count"),
}
"""The keys that not every type of fact has, with the types that have them."""

_PATTERN_SIGNS = r"[A-Za-z0-9\[\](){},|?*+.-]{1,200}\Z"
"""What a pattern is made of: no escapes and no anchors, so that it reads as what it matches."""


class Words(NamedTuple):
    at: Entries
    zh: str
    en: str

    def both(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


class FactRecord(NamedTuple):
    """A fact as a vocabulary declares it. `at` is where each of its keys was written."""

    at: Entries
    title: Words
    type: FactKind
    question: Words
    supplied_by: Literal["company"] | Words
    basis: Words | None = None
    many: bool = False
    yearly: bool = False
    unit: str | None = None
    choices: tuple[str, ...] = ()
    ordered: bool = False
    system: str | None = None
    digits: int | None = None
    pattern: str | None = None
    example: str | None = None
    labels: dict[str, str] = {}  # noqa: RUF012 (never changed: records are frozen)
    may_be_negative: bool = False
    may_lie_ahead: bool = False
    upper: Scalar | None = None
    judgement: bool = False


class MoreRecord(NamedTuple):
    """Options that a file adds to a fact which is there already."""

    at: Entries
    more_choices: tuple[str, ...]


class InWords:
    """Words in both languages or in the one they have: `{zh: 名称, en: name}`, `名称`; or `instead` one set word."""

    def __init__(self, instead: str | None = None) -> None:
        self._instead = instead

    def read(self, node: Node, under: Node, found: list[Diagnostic]) -> Words | str | None:
        if isinstance(node, Mapping):
            return BOTH.read(node, under, found)
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.text.strip():
            if node.text == self._instead:
                return node.text
            if self._instead is None or nearest(node.text, (self._instead,)) is None:
                return Words({}, node.value, node.value)
        expected = "words" if self._instead is None else "supplier"
        found.append(Diagnostic(Code.NOT_ALLOWED_HERE, node.span, {"expected": expected}))
        return None


_ANY_TEXT = Text(empty=True)
_FLAG = Flag()
BOTH = Keys(Words, {"zh": _ANY_TEXT, "en": _ANY_TEXT})
WORDS = InWords()
MORE = Keys(MoreRecord, {"more_choices": ListOf(_ANY_TEXT, whole=True)})
FACT = Keys(
    FactRecord,
    {
        "title": WORDS,
        "type": OneOf[str](*get_args(FactKind)),
        "basis": WORDS,
        "many": _FLAG,
        "yearly": _FLAG,
        "unit": _ANY_TEXT,
        "choices": ListOf(_ANY_TEXT, whole=True),
        "ordered": _FLAG,
        "system": _ANY_TEXT,
        "digits": Whole(),
        "pattern": _ANY_TEXT,
        "example": _ANY_TEXT,
        "labels": Named(_ANY_TEXT, whole=True),
        "may_be_negative": _FLAG,
        "may_lie_ahead": _FLAG,
        "upper": Single(),
        "judgement": _FLAG,
        "question": WORDS,
        "supplied_by": InWords(instead="company"),
    },
)


class Declared(NamedTuple):
    type: FactType
    problems: list[Diagnostic]


def declared_type(record: FactRecord, key: Scalar) -> Declared:
    """The type of the fact declared at `key` of a vocabulary, with what is wrong about its declaration."""
    reader = _Reader(record, key)
    return Declared(reader.type(), reader.problems)


class Widened(NamedTuple):
    type: FactType
    choices: tuple[str, ...]
    problems: list[Diagnostic]


def with_choices(of: FactType, record: MoreRecord, key: Scalar) -> Widened:
    """A choice with the options added to the fact at `key`; one that is there already changes nothing.

    Where they are ordered, all of them are listed from the lowest to the highest, so that each has its place.
    """
    single = of.of if isinstance(of, ManyType | YearlyType) else of
    if not isinstance(single, ChoiceType):
        words = {"key": "more_choices", "advice_zh": "只用于 choice", "advice_en": "it is for choice"}
        return Widened(of, (), [Diagnostic(Code.KEY_MISPLACED, record.at["more_choices"][0].span, words)])
    problems = _repeated(record.more_choices, record.at["more_choices"][1])
    new = tuple(choice for choice in record.more_choices if choice not in single.choices)
    if single.ordered and new:
        if tuple(choice for choice in record.more_choices if choice in single.choices) != single.choices:
            words = {"written": key.text, "choices": ", ".join(single.choices)}
            problems.append(Diagnostic(Code.CHOICES_WITHOUT_ORDER, record.at["more_choices"][1].span, words))
        choices = record.more_choices
    else:
        choices = (*single.choices, *new)
    wide = single._replace(choices=choices)
    return Widened(of._replace(of=wide) if isinstance(of, ManyType | YearlyType) else wide, choices, problems)


def _repeated(choices: tuple[str, ...], written: Node) -> list[Diagnostic]:
    """Options that are listed twice."""
    words = {"advice_zh": "前面已经列过", "advice_en": "it is listed before"}
    return [
        Diagnostic(Code.KEY_MISPLACED, written.items[index].span, {"key": choice, **words})
        for index, choice in enumerate(choices)
        if choice in choices[:index] and isinstance(written, Sequence)
    ]


class _Reader:
    def __init__(self, record: FactRecord, key: Scalar) -> None:
        self._record = record
        self._key = key
        self.problems: list[Diagnostic] = []

    def type(self) -> FactType:
        record = self._record
        for key in record.at:
            if (kinds := _FOR.get(key)) is not None and record.type not in kinds:
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
        if self._record.upper is None:
            return None
        upper = read_value(of, self._record.upper)
        if isinstance(upper, tuple):
            self.problems += upper
            return None
        return upper

    def _choice(self) -> ChoiceType:
        choices = self._record.choices
        if choices:
            self.problems += _repeated(choices, self._record.at["choices"][1])
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
                self._report(Code.NOT_ALLOWED_HERE, self._key, {"expected": "`digits` 1–32"})
            if record.example is not None:
                self._misplaced("example", "与 `pattern` 同用", "it goes with `pattern`")
        code = CodeType(record.system or "", record.digits or 0, labels)
        if record.pattern is None:
            return code
        if not _is_plain_pattern(record.pattern):
            self._report(Code.BAD_PATTERN, record.at["pattern"][1], {"written": record.pattern})
            return code
        code = code._replace(digits=None, pattern=record.pattern, example=record.example)
        example = record.at.get("example")
        if example is not None and isinstance(found := read_value(code._replace(example=None), example[1]), tuple):
            self.problems += found
        return code

    def _needed(self, key: str) -> None:
        if key not in self._record.at:
            self._report(Code.MISSING_KEY, self._key, {"key": key})

    def _misplaced(self, key: str, zh: str, en: str) -> None:
        self._report(Code.KEY_MISPLACED, self._record.at[key][0], {"key": key, "advice_zh": zh, "advice_en": en})

    def _report(self, code: Code, node: Node, words: dict[str, str]) -> None:
        self.problems.append(Diagnostic(code, node.span, words))


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
