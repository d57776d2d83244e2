"""The closed set of types a fact can have. Imports nothing of this project.

A value is held as plain data: `bool`, `int` for counts, `Decimal` for money (yuan), rates (1 is 100%) and
quantities, `date`, `str` for text, choices and codes, `frozenset[str]` for facts with many values.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

Value = bool | int | Decimal | date | str | frozenset[str]


class BooleanType:
    """True or false."""


class MoneyType(NamedTuple):
    negative: bool = False


class RateType(NamedTuple):
    negative: bool = False


class CountType(NamedTuple):
    """A whole number of something, with the unit people say after it."""

    unit: str


class QuantityType(NamedTuple):
    """A measured number; always written with its unit."""

    unit: str


class DateType:
    """A calendar day."""


class TextType:
    """Any words."""


class ChoiceType(NamedTuple):
    """One of a closed list of words."""

    choices: tuple[str, ...]


class CodeType(NamedTuple):
    """A code of a published system, for example 510107 of GB/T 2260. `digits` is its length."""

    system: str
    digits: int
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, code: str) -> str | None:
        return dict(self.labels).get(code)


class UsccType:
    """统一社会信用代码, GB 32100-2015."""


SingleType = (
    BooleanType
    | MoneyType
    | RateType
    | CountType
    | QuantityType
    | DateType
    | TextType
    | ChoiceType
    | CodeType
    | UsccType
)


class ManyType(NamedTuple):
    """A set of words or codes; complete as given."""

    of: TextType | ChoiceType | CodeType


FactType = SingleType | ManyType

ORDERED = (MoneyType, RateType, CountType, QuantityType, DateType)
"""The types whose values have an order, so that a bound can be put on them."""
