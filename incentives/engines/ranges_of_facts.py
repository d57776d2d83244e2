"""What facts and terms come to while something is open: ranges, hulls and comparisons. Imports the nodes and amounts.

Shared by the engines that settle conditions; none of it looks at a profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from typing import assert_never

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount, Number, Open
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CountType,
    FactType,
    MoneyType,
    QuantityType,
    RateType,
    Series,
    Value,
)
from incentives.language.nodes import Bound, How, RoundingMode, Row
from incentives.values import ZERO, State

Found = Value | Number | Open
"""A value, exactly; or what is open, with its range."""

MODES = {
    RoundingMode.DOWN: ROUND_DOWN,
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.UP: ROUND_UP,
}


def unknown(of: FactType, judgement: bool = False) -> Open:
    """What a fact can be that nobody has given: anything of its type."""
    state = State.JUDGEMENT if judgement else State.MISSING
    match of:
        case MoneyType(negative):
            return Open(state) if negative else Open(state, ZERO)
        case RateType(negative, upper):
            low, high = (-INFINITE if negative else ZERO), (INFINITE if upper is None else upper)
            return Open(state, low, high)
        case CountType(_, upper):
            return Open(state, 0, INFINITE if upper is None else upper)
        case QuantityType():
            return Open(state, ZERO)
        case ChoiceType(choices):
            return Open(state, among=frozenset(choices))
        case BooleanType():
            return Open(state, among=frozenset({True, False}))
        case _:
            return Open(state)


def number(found: Found) -> Amount:
    """What was found, where the checker has seen to it that it is a number."""
    if isinstance(found, Open | int | Decimal) or not isinstance(found, date | str | frozenset | Series):
        return found
    raise TypeError(f"not a number: {found!r}")


def how_many(several: Found, among: Sequence[str] | None) -> Amount:
    """How many values a fact of several has, of `among` alone where that is given."""
    if isinstance(several, Open):
        return Open(several.state, 0, INFINITE if among is None else len(among))
    assert isinstance(several, frozenset), "only facts of several values are counted"
    return len(several if among is None else several & frozenset(among))


def combined(how: How, values: Sequence[Amount]) -> Amount:
    match how:
        case How.SUM:
            return ranges.add(values)
        case How.MEAN:
            mean = ranges.divide(ranges.add(values), len(values))
            assert mean is not None, "there is at least one"
            return mean
        case How.LARGEST:
            return ranges.largest(values)
        case How.SMALLEST:
            return ranges.smallest(values)
        case _:
            assert_never(how)


def any_number_of(how: How, values: Sequence[Amount], more: Open) -> Open:
    """What some values come to with any number of others like `more`; with one at least where there are no values."""
    low, high = ranges.ends(combined(how, values or [more]))
    match how:
        case How.SUM:
            low, high = (-INFINITE if more.low < 0 else low), (INFINITE if more.high > 0 else high)
        case How.MEAN:
            low, high = min(low, more.low), max(high, more.high)
        case How.LARGEST:
            high = max(high, more.high)
        case How.SMALLEST:
            low = min(low, more.low)
        case _:
            assert_never(how)
    return Open(ranges.waiting((*values, more)), low, high)


def over_some(how: How, certain: Sequence[Amount], perhaps: Sequence[tuple[State, Amount]]) -> Found:
    """What several values come to, of which some only perhaps count. Of none but the sum nothing is defined."""
    if how is How.SUM:
        return ranges.add([*certain, *(_with_nothing(state, value) for state, value in perhaps)])
    if not perhaps:
        return combined(how, certain) if certain else Open(State.JUDGEMENT)
    values = [value for _, value in perhaps]
    state = ranges.waiting([*certain, *(Open(state) for state, _ in perhaps), *values])
    if not certain:
        return Open(state)
    low, high = ranges.ends(combined(how, certain))
    lows, highs = [ranges.ends(value)[0] for value in values], [ranges.ends(value)[1] for value in values]
    match how:
        case How.MEAN:
            low = _mean_with(low, len(certain), sorted(lows), upward=False)
            high = _mean_with(high, len(certain), sorted(highs, reverse=True), upward=True)
        case How.LARGEST:
            high = max(high, *highs)
        case How.SMALLEST:
            low = min(low, *lows)
        case _:
            assert_never(how)
    return Open(state, low, high)


def _mean_with(mean: Number, count: int, values: Sequence[Number], *, upward: bool) -> Number:
    """The mean of `count` values and of those others that move it up, or down; the furthest of them come first."""
    total = ranges.times(mean, count)
    for value in values:
        if (value <= mean) if upward else (value >= mean):
            break
        total, count = ranges.plus(total, value), count + 1
        mean = ranges.over(total, count)
    return mean


def _with_nothing(state: State, value: Amount) -> Open:
    """A value that may not count."""
    low, high = ranges.ends(value)
    return Open(ranges.waiting((Open(state), value)), min(low, 0), max(high, 0))


def row_fits(row: Row, key: Found) -> bool | None:
    """Whether a key fits a row; None where it may."""
    if row.values is not None:
        if isinstance(key, Open):
            return among(key, row.values)
        return key in row.values
    return inside(key, row.low, row.high)


def covered(rows: Sequence[Row], key: Found) -> bool:
    """Whether some row fits whatever an open key turns out to be, so that nothing falls past the rows."""
    if not isinstance(key, Open):
        return False
    if key.among is not None:
        return key.among <= {value for row in rows for value in row.values or ()}
    point, after = key.low, False
    while True:
        ends = [_end_from(row, point, after) for row in rows if row.values is None and _holds(row, point, after)]
        if not ends:
            return False
        point, after = max(ends)
        if point > key.high or (point == key.high and (after or point == INFINITE)):
            return True


def _holds(row: Row, point: Number, after: bool) -> bool:
    """Whether a row holds a point, or what comes right after it."""
    if row.low is not None:
        low = _ordinal(row.low.value)
        if low > point or (low == point and not row.low.inclusive and not after):
            return False
    if row.high is None:
        return True
    high = _ordinal(row.high.value)
    return high > point or (high == point and row.high.inclusive and not after)


def _end_from(row: Row, point: Number, after: bool) -> tuple[Number, bool]:
    """Up to where a row goes that holds a point; whether that end is its own."""
    if row.high is None:
        return INFINITE, True
    high = _ordinal(row.high.value)
    return (high, row.high.inclusive) if high > point or not after else (point, after)


def _ordinal(value: Value) -> Number:
    """Where an end stands among numbers: the ends of a day that is not known are infinite, and no days."""
    if isinstance(value, date):
        return value.toordinal()
    assert isinstance(value, int | Decimal), "only numbers and days have an order"
    return value


def inside(key: Found, low: Bound | None, high: Bound | None) -> bool | None:
    """Whether a number or a day lies between two ends; None where it may."""
    lowest, highest = (key.low, key.high) if isinstance(key, Open) else (key, key)
    above = (True, True) if low is None else (_not_under(lowest, low), _not_under(highest, low))
    below = (True, True) if high is None else (_not_over(highest, high), _not_over(lowest, high))
    if above[0] and below[0]:
        return True
    return None if above[1] and below[1] else False


def among(key: Open, values: Sequence[Value]) -> bool | None:
    """Whether what is open is one of some values; None where it may be."""
    if key.among is not None:
        if key.among <= frozenset(values):
            return True
        return None if key.among & frozenset(values) else False
    if key.low == key.high and key.low in values:
        return True
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    if len(numbers) == len(values) and not any(key.low <= value <= key.high for value in numbers):
        return False
    return None


# The checker holds only values of one ordered type against each other.
def _not_under(value: Found, low: Bound) -> bool:
    end = low.value if isinstance(value, date) else _ordinal(low.value)
    return bool(value >= end if low.inclusive else value > end)  # type: ignore[operator]


def _not_over(value: Found, high: Bound) -> bool:
    end = high.value if isinstance(value, date) else _ordinal(high.value)
    return bool(value <= end if high.inclusive else value < end)  # type: ignore[operator]


def hull(given: Sequence[Found], state: State | None) -> Found:
    """One value where there is only one; else everything it can be, open for the sake of `state`."""
    if len(given) == 1:
        return given[0]
    if all(not isinstance(value, Open) and value == given[0] for value in given):
        return given[0]
    waits = ranges.waiting([*given, Open(state)])
    if any(isinstance(value, str) or (isinstance(value, Open) and value.among is not None) for value in given):
        if any(isinstance(value, Open) and value.among is None for value in given):
            return Open(waits)  # any word at all
        words = [value.among if isinstance(value, Open) else {value} for value in given]
        return Open(waits, among=frozenset().union(*(some for some in words if some is not None)))
    if any(isinstance(value, date | frozenset | Series) for value in given):
        return Open(waits)
    ends = [ranges.ends(number(value)) for value in given]
    return Open(waits, min(low for low, _ in ends), max(high for _, high in ends))


def beyond(greater: Found, smaller: Found, inclusive: bool) -> bool | None:
    """Whether one is not below the other, or above it where the end is outside; None where it may be."""
    if isinstance(greater, Open) != isinstance(smaller, Open):
        greater, smaller = (one.toordinal() if isinstance(one, date) else one for one in (greater, smaller))
    greater_low, greater_high = (greater.low, greater.high) if isinstance(greater, Open) else (greater, greater)
    smaller_low, smaller_high = (smaller.low, smaller.high) if isinstance(smaller, Open) else (smaller, smaller)
    if _is_number(greater_low) != _is_number(smaller_low):
        return None  # a word that is not known has no range
    # The checker holds only values of one ordered type against each other.
    if greater_low > smaller_high or (inclusive and greater_low == smaller_high):  # type: ignore[operator]
        return True
    if greater_high < smaller_low or (not inclusive and greater_high == smaller_low):  # type: ignore[operator]
        return False
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal | Fraction)
