"""Functions that policies are made of, over ranges: growth, slices, steps, rounding. Imports ranges and values.

Each says how it grows with its operands, so that the ends of a range give the ends of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from incentives.amounts.ranges import (
    INFINITE,
    Amount,
    Number,
    Open,
    divide,
    ends,
    minus,
    over,
    plus,
    subtract,
    times,
    waiting,
    whole_times,
)
from incentives.amounts.ranges import rounded as round_number
from incentives.values import ZERO, State

SliceRow = tuple[Decimal, Decimal | None, Decimal]
"""Where a slice begins, where it ends (None: nowhere), and its rate."""


def growth(this: Amount, before: Amount) -> Amount | None:
    """(this − before) / before, as this / before − 1, in which each enters once.

    None where before is nothing or a loss: over those there is no growth.
    """
    if not isinstance(before, Open) and before < 0:
        return None
    if isinstance(before, Open) and before.low < 0:
        before = before._replace(low=0, high=max(before.high, 0))
    ratio = divide(this, before)
    return None if ratio is None else subtract(ratio, 1)


def slices(of: Amount, rows: Sequence[SliceRow]) -> Amount:
    """分段累进: the part of `of` in each slice at the slice's rate. Never falls as `of` grows."""
    return rising(of, lambda number: _sliced(number, rows))


def growth_slices(this: Amount, before: Amount, rows: Sequence[SliceRow]) -> Amount:
    """The part of the increase over `before` that lies in each slice of growth, at the slice's rate.

    It never falls as `this` grows. In `before` it is made of straight pieces, so its ends lie at an end of the range,
    at nothing, or where the growth is the end of a slice. Over nothing there is no growth: what that pays, a person
    says, and no more than over next to nothing.
    """
    if not isinstance(this, Open) and not isinstance(before, Open):
        sliced = _growth_sliced(this, before, rows)
        return Open(State.JUDGEMENT, ZERO, sliced) if before == 0 else sliced
    (this_low, this_high), (before_low, before_high) = ends(this), ends(before)
    bounds = [bound for low, high, _ in rows for bound in (low, high) if bound is not None and bound > -1]

    def paid(number: Number) -> list[Number]:
        inside = [ZERO, *(_base_at(number, bound) for bound in bounds if number != INFINITE)]
        places = [before_low, before_high, *(place for place in inside if before_low < place < before_high)]
        return [_growth_sliced(number, place, rows) for place in places]

    if this_high == before_high == INFINITE and any(rate for _, _, rate in rows):
        most: Number = INFINITE
    else:
        most = max(paid(this_high))
    return Open(waiting((this, before)), min(paid(this_low)) if before_low > 0 else ZERO, most)


def steps(
    reached: Amount,
    earlier: Amount,
    rows: Sequence[tuple[Decimal, Decimal]],
    every_step: bool,
    then_every: tuple[Decimal, Decimal] | None,
) -> Amount:
    """What the steps newly reached give. Rises with `reached`, falls with `earlier`."""

    def paid(now: Number, before: Number) -> Number:
        new = [gives for at, gives in rows if before < at <= now]
        total: Number = sum(new, ZERO) if every_step else max(new, default=ZERO)
        if then_every is not None and rows:
            last = rows[-1][0]
            more = minus(
                whole_times(minus(now, last), then_every[0]), whole_times(minus(before, last), then_every[0])
            )
            total = plus(total, times(max(more, 0), then_every[1]))
        return total

    (low, high), (earlier_low, earlier_high) = ends(reached), ends(earlier)
    if not isinstance(reached, Open) and not isinstance(earlier, Open):
        return paid(reached, earlier)
    return Open(waiting((reached, earlier)), paid(low, earlier_high), paid(high, earlier_low))


def further(of: Amount, above: Decimal, every: Decimal, gives: Decimal) -> Amount:
    """So much for each whole `every` by which `of` exceeds `above`."""
    return rising(of, lambda number: times(whole_times(minus(number, above), every), gives))


def whole_units(of: Amount, each: Decimal, rest: Decimal | None, inclusive: bool) -> Amount:
    """How many whole times `each`; once more where what is left is above `rest`, or that itself."""

    def counted(number: Number) -> Number:
        whole = whole_times(number, each)
        if rest is None or whole == INFINITE or number <= 0:
            return whole
        left = minus(number, times(whole, each))
        return whole + 1 if left > rest or (inclusive and left == rest) else whole

    return rising(of, counted)


def rounded(of: Amount, to: Decimal, mode: str) -> Amount:
    return rising(of, lambda number: round_number(number, to, mode))


def nothing_below(of: Amount, at: Decimal) -> Amount:
    """Nothing where it is smaller than `at`."""
    return rising(of, lambda number: number if number >= at else ZERO)


def not_negative(of: Amount) -> Amount:
    return rising(of, lambda number: number if number > 0 else ZERO)


def rising(of: Amount, curve: Callable[[Number], Number]) -> Amount:
    """A function that never falls, over a range: its ends come from the range's ends."""
    if not isinstance(of, Open):
        return curve(of)
    return Open(of.state, curve(of.low), curve(of.high))


def _sliced(number: Number, rows: Sequence[SliceRow]) -> Number:
    total: Number = 0
    for low, high, rate in rows:
        top = number if high is None or number < high else high
        if top > low:
            total = plus(total, times(minus(top, low), rate))
    return total


def _growth_sliced(this: Number, before: Number, rows: Sequence[SliceRow]) -> Number:
    """The increase between before × (1 + low) and before × (1 + high), at the rate of each slice."""
    if before == INFINITE:
        return ZERO
    total: Number = 0
    for low, high, rate in rows:
        bottom = plus(before, times(before, low))
        top = this if high is None else min(this, plus(before, times(before, high)))
        if top > bottom and before >= 0:
            total = plus(total, times(minus(top, bottom), rate))
    return total


def _base_at(this: Number, bound: Decimal) -> Number:
    """The earlier amount over which `this` has grown by `bound`."""
    return over(this, plus(1, bound))
