"""Exact arithmetic on numbers of which some are known and of some only a range. Imports values only.

A number is an `int`, a `Decimal`, or a `Fraction` where a division does not come out even; nothing is ever
rounded here. What is not known is `Open`: the closed range it must lie in, and why it is not known. Each
operation gives the hull of what its operands can come to, so a range is never too narrow; it is exact where
no operand enters twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, Inexact
from fractions import Fraction
from typing import Final

from incentives.records import NamedTuple
from incentives.values import EXACT, State

Number = int | Decimal | Fraction

INFINITE: Final = Decimal("Infinity")


class Open(NamedTuple):
    """What is not known, in the range it must lie in, both ends included; the ends of no range are infinite.

    `state` says what it waits for: `MISSING` a fact, `JUDGEMENT` a person; None where an authority sets it.
    `among` are the words it can be, where it is not a number and they are known to be few.
    """

    state: State | None
    low: Number = -INFINITE
    high: Number = INFINITE
    among: frozenset[object] | None = None


Amount = Number | Open


def ends(value: Amount) -> tuple[Number, Number]:
    return (value.low, value.high) if isinstance(value, Open) else (value, value)


def settled(found: object) -> bool:
    """Whether nothing that is not known could change what was found."""
    return not isinstance(found, Open) or (found.low == found.high and found.among is None)


def waiting(values: Iterable[object]) -> State | None:
    """What several values together wait for: a missing fact before a judgement before an authority's decision."""
    states = {value.state for value in values if isinstance(value, Open)}
    if State.MISSING in states:
        return State.MISSING
    return State.JUDGEMENT if State.JUDGEMENT in states else None


def between(low: Number, high: Number, operands: Sequence[object]) -> Amount:
    """The range that `operands` come to; a number where they are all known."""
    if any(isinstance(value, Open) for value in operands):
        return Open(waiting(operands), low, high)
    return low


def add(values: Sequence[Amount]) -> Amount:
    low: Number = 0
    high: Number = 0
    for value in values:
        lowest, highest = ends(value)
        low, high = plus(low, lowest), plus(high, highest)
    return between(low, high, values)


def subtract(left: Amount, right: Amount) -> Amount:
    (left_low, left_high), (right_low, right_high) = ends(left), ends(right)
    return between(minus(left_low, right_high), minus(left_high, right_low), (left, right))


def multiply(left: Amount, right: Amount) -> Amount:
    if not isinstance(left, Open) and not isinstance(right, Open):
        return times(left, right)
    corners = [times(a, b) for a in ends(left) for b in ends(right)]
    return Open(waiting((left, right)), min(corners), max(corners))


def divide(left: Amount, right: Amount) -> Amount | None:
    """None where the divisor is known to be nothing. A divisor that can be nothing gives no limit on that side."""
    if not isinstance(right, Open):
        if right == 0:
            return None
        low, high = ends(left)
        first, second = over(low, right), over(high, right)
        return between(min(first, second), max(first, second), (left,))
    low, high = right.low, right.high
    if low < 0 < high or low == high == 0:
        return Open(waiting((left, right)))
    # At a divisor of nothing the ratio is undefined, not infinite: the range says where the defined ones lie.
    corners: list[Number] = []
    for end in ends(left):
        for divisor, side in ((low, 1), (high, -1)):
            if divisor == 0:
                corners.append(times(INFINITE if end > 0 else -INFINITE if end < 0 else 0, side))
            else:
                corners.append(over(end, divisor))
    return Open(waiting((left, right)), min(corners), max(corners))


def largest(values: Sequence[Amount]) -> Amount:
    return between(max(ends(value)[0] for value in values), max(ends(value)[1] for value in values), values)


def smallest(values: Sequence[Amount]) -> Amount:
    return between(min(ends(value)[0] for value in values), min(ends(value)[1] for value in values), values)


def plus(left: Number, right: Number) -> Number:
    if isinstance(left, Fraction) or isinstance(right, Fraction):
        infinite = _infinite(left, right)
        return infinite if infinite is not None else Fraction(left) + Fraction(right)
    try:
        return EXACT.add(left, right)
    except Inexact:
        return Fraction(left) + Fraction(right)


def minus(left: Number, right: Number) -> Number:
    return plus(left, negative(right))


def negative(number: Number) -> Number:
    return EXACT.minus(number) if isinstance(number, Decimal) else -number


def times(left: Number, right: Number) -> Number:
    if left == 0 or right == 0:
        return 0  # nothing of a number without limit is nothing
    if isinstance(left, Fraction) or isinstance(right, Fraction):
        if _infinite(left, right) is not None:
            return INFINITE if (left > 0) == (right > 0) else -INFINITE
        return Fraction(left) * Fraction(right)
    try:
        return EXACT.multiply(left, right)
    except Inexact:  # more digits than any figure of a policy has: exact all the same
        return Fraction(left) * Fraction(right)


def over(left: Number, right: Number) -> Number:
    """`left` / `right`, exactly; `right` is not nothing."""
    if right in (INFINITE, -INFINITE):
        return 0
    if left in (INFINITE, -INFINITE):
        return left if right > 0 else negative(left)
    return Fraction(left) / Fraction(right)


def rounded(number: Number, to: Decimal, rounding: str) -> Number:
    """The number in whole multiples of `to`: down (towards nothing), up (away from it) or half up."""
    if number in (INFINITE, -INFINITE):
        return number
    share = Fraction(number) / Fraction(to)
    whole = Decimal(int(share))  # towards nothing
    rest = abs(share - int(share))
    more = {ROUND_DOWN: False, ROUND_UP: rest > 0, ROUND_HALF_UP: rest >= Fraction(1, 2)}[rounding]
    if more:
        whole = EXACT.add(whole, 1 if share > 0 else -1)
    return EXACT.multiply(whole, to)


def whole_times(number: Number, unit: Number) -> Number:
    """How many whole times `unit` goes into `number`; never less than nothing."""
    if number == INFINITE:
        return INFINITE
    return max(int(Fraction(number) / Fraction(unit)), 0) if number > 0 else 0


def _infinite(left: Number, right: Number) -> Number | None:
    for number in (left, right):
        if number in (INFINITE, -INFINITE):
            return number
    return None
