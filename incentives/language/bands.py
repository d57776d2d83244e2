"""Whether the rows of a table leave anything for a later one. Imports the nodes and facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from incentives.facts.types import Value
from incentives.language.nodes import Bound, Row


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
