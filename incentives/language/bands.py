"""The bands of values that rows of a table ask for: what they hold together, what they leave. Imports the nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from incentives.facts.types import Value
from incentives.language.nodes import Bound, Row
from incentives.records import NamedTuple


class _Edge(NamedTuple):
    """A place between values: right before one, or right after it."""

    at: Decimal
    after: bool


_BELOW_ALL, _ABOVE_ALL = _Edge(Decimal("-Infinity"), after=False), _Edge(Decimal("Infinity"), after=True)


def taken_before(row: Row, earlier: Sequence[Row]) -> bool:
    """Whether everything that fits a row fits one of the earlier rows as well."""
    if row.values is not None:
        return bool(row.values) and all(any(_takes(other, value) for other in earlier) for value in row.values)
    begin, end = _low(row.low), _high(row.high)
    if begin >= end:
        return False  # the row itself holds nothing, and is refused for that
    bands = [(_low(other.low), _high(other.high)) for other in earlier if other.values is None]
    while begin < end:
        reached = max((high for low, high in bands if low <= begin < high), default=begin)
        if reached == begin:
            return False
        begin = reached
    return True


class Band(NamedTuple):
    """The values between two ends; None where there is no end."""

    low: Bound | None
    high: Bound | None


def within(band: Band, other: Band) -> bool:
    """Whether everything in a band lies in another."""
    return _low(other.low) <= _low(band.low) and _high(band.high) <= _high(other.high)


def joined(rows: Sequence[Row]) -> tuple[Band, ...]:
    """The bands of several rows, those that meet as one, from low to high."""
    found: list[Band] = []
    bounded = [Band(row.low, row.high) for row in rows if row.values is None]
    for band in sorted(bounded, key=lambda band: _low(band.low)):
        if found and _low(band.low) <= _high(found[-1].high):
            higher = max(found[-1].high, band.high, key=_high)
            found[-1] = Band(found[-1].low, higher)
        else:
            found.append(band)
    return tuple(found)


def _takes(row: Row, value: Value) -> bool:
    if row.values is not None:
        return value in row.values
    if not isinstance(value, int | Decimal | date):
        return False
    return _low(row.low) <= _Edge(_number(value), after=False) < _high(row.high)


def _low(end: Bound | None) -> _Edge:
    return _BELOW_ALL if end is None else _Edge(_number(end.value), after=not end.inclusive)


def _high(end: Bound | None) -> _Edge:
    return _ABOVE_ALL if end is None else _Edge(_number(end.value), after=end.inclusive)


def _number(value: Value) -> Decimal:
    if isinstance(value, date):
        return Decimal(value.toordinal())
    assert isinstance(value, int | Decimal), "only numbers and days have ends"
    return Decimal(value)


def apart(rows: Sequence[Row], step: Decimal | None) -> Iterator[tuple[Row, Row]]:
    """Rows next to each other with something between them that fits neither, nor any other row: the lower one first.

    `step` is by how much values differ at least, None where they can lie as close as they like.
    """
    bands = joined(rows)
    for lower, upper in pairwise(bands):
        if lower.high is None or upper.low is None or not _between(lower.high, upper.low, step):
            continue
        below = next(row for row in rows if row.high == lower.high)
        above = next(row for row in rows if row.low == upper.low)
        yield below, above


def _between(high: Bound, low: Bound, step: Decimal | None) -> bool:
    """Whether a value lies past one end and before another one that does not touch it."""
    if step is None:
        return True
    first = _number(high.value) + (step if high.inclusive else 0)
    return first <= _number(low.value) - (step if low.inclusive else 0)
