"""The numbers that a fact can be, as whole numbers of its smallest part. Imports fact types, ranges and values.

Money has fen, a rate hundredths of a percent, a measured number hundredths of its unit, a count whole ones. Every
threshold is then found exactly: the first of these numbers that reaches it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final, NamedTuple

from incentives.amounts.ranges import Open
from incentives.facts.types import (
    CountType,
    FactType,
    MoneyType,
    PlainValue,
    QuantityType,
    RateType,
    Value,
    YearlyType,
)
from incentives.values import EXACT, FEN, LARGEST_YUAN, State

_BASIS_POINT: Final = Decimal("0.0001")
_HUNDREDTH: Final = Decimal("0.01")
_HIGHEST_RATE: Final = Decimal(1000)
"""A hundred thousand percent: no growth that a policy asks for comes near it."""
_MOST: Final = 10**12
"""Of anything that is counted or measured."""


class Grid(NamedTuple):
    """The whole numbers from `low` to `high`, each standing for so many times `unit`; a count where it is None."""

    low: int
    high: int
    unit: Decimal | None

    def at(self, number: int) -> int | Decimal:
        return number if self.unit is None else EXACT.multiply(number, self.unit)

    def below(self, value: PlainValue) -> int:
        """The last number that stands for no more than `value`."""
        assert isinstance(value, int | Decimal), "a number among numbers"
        return floor(Fraction(value) / Fraction(1 if self.unit is None else self.unit))

    def between(self, first: int, last: int) -> Value | Open:
        """What a fact is of which only this much is known."""
        if first == last:
            return self.at(first)
        return Open(State.MISSING, self.at(first), self.at(last))


class Days(NamedTuple):
    """The days from `low` to `high`, by their ordinals."""

    low: int
    high: int

    @property
    def is_endless(self) -> bool:
        return self.high == date.max.toordinal()

    def at(self, number: int) -> date:
        return date.fromordinal(number)

    def below(self, value: PlainValue) -> int:
        assert isinstance(value, date), "a day among days"
        return value.toordinal()

    def between(self, first: int, last: int) -> Value | Open:
        """A day of which only this much is known."""
        return self.at(first) if first == last else Open(State.MISSING, first, last)


Line = Grid | Days
"""What a value moves along, one step after the other."""


def grid_of(of: FactType) -> Grid | None:
    """The numbers of a type; None where it is not a number."""
    match of.of if isinstance(of, YearlyType) else of:
        case MoneyType(negative):
            high = int(LARGEST_YUAN / FEN)
            return Grid(-high if negative else 0, high, FEN)
        case RateType(negative, upper):
            high = int((_HIGHEST_RATE if upper is None else upper) / _BASIS_POINT)
            return Grid(-high if negative else 0, high, _BASIS_POINT)
        case CountType(_, upper):
            return Grid(0, _MOST if upper is None else upper, None)
        case QuantityType():
            return Grid(0, _MOST, _HUNDREDTH)
        case _:
            return None
