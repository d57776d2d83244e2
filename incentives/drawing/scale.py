"""Where numbers lie on an axis, and the round ones that are written beside it. Imports curves and values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from incentives.explain.curve_views import CurvePiece, Number
from incentives.explain.curves import Curve
from incentives.records import NamedTuple
from incentives.values import Interval, NotBounded

_ROUND = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


class Axis(NamedTuple):
    """From `low` to `high`, with the round numbers to write in between."""

    low: Fraction
    high: Fraction
    ticks: tuple[Decimal, ...]

    def share(self, number: Number | Fraction) -> float:
        """How far along the axis a number lies, from 0 to 1."""
        if self.high == self.low:
            return 0.0
        return float((Fraction(number) - self.low) / (self.high - self.low))


class Height(NamedTuple):
    """What is certain and possible at a number, in yuan; None where it is not bounded."""

    certain: Fraction
    possible: Fraction | None


def across(curve: Curve, most: int) -> Axis:
    """The axis of the fact, from end to end."""
    low, high = Fraction(curve.start), Fraction(curve.end)
    step = _step(high - low, most, whole=isinstance(curve.end, int))
    return Axis(low, high, _ticks(low, high, step))


def upright(curve: Curve, most: int) -> Axis:
    """The axis of the money: from nothing to a round number that nothing exceeds."""
    highest = max(
        (_highest(end) for piece in curve.total for end in (piece.at_start, piece.at_end)), default=Decimal(0)
    )
    step = _step(Fraction(highest) or Fraction(10000), most, whole=False)
    high = max(ceil(Fraction(highest) / step), 1) * step
    return Axis(Fraction(0), high, _ticks(Fraction(0), high, step))


def height(pieces: Sequence[CurvePiece], at: Fraction) -> Height | None:
    """How high the lines lie at a number; None between two pieces."""
    for piece in pieces:
        if Fraction(piece.start) <= at <= Fraction(piece.end):
            run = Fraction(piece.end) - Fraction(piece.start)
            share = (at - Fraction(piece.start)) / run if run else Fraction(0)
            one, other = piece.at_start, piece.at_end
            certain = _between(one.guaranteed, other.guaranteed, share)
            if isinstance(one.possible, NotBounded) or isinstance(other.possible, NotBounded):
                return Height(certain, None)
            return Height(certain, _between(one.possible, other.possible, share))
    return None


def _between(one: Decimal, other: Decimal, share: Fraction) -> Fraction:
    return Fraction(one) + share * (Fraction(other) - Fraction(one))


def _highest(interval: Interval) -> Decimal:
    return interval.guaranteed if isinstance(interval.possible, NotBounded) else interval.possible


def _step(length: Fraction, most: int, *, whole: bool) -> Fraction:
    """The least round step that goes into a length no more than `most` times."""
    unit = Fraction(1, 10**6)
    while True:
        for factor in _ROUND:
            step = factor * unit
            if step * most >= length and not (whole and step.denominator != 1):
                return step
        unit *= 10


def _ticks(low: Fraction, high: Fraction, step: Fraction) -> tuple[Decimal, ...]:
    numbers = (step * number for number in range(ceil(low / step), floor(high / step) + 1))
    return tuple(Decimal(number.numerator) / Decimal(number.denominator) for number in numbers)
