"""From a number to what is paid: yuan between two ends, in whole fen. Imports ranges and values."""

from __future__ import annotations

from decimal import ROUND_DOWN, Context, Decimal, InvalidOperation
from typing import Final

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount, Number
from incentives.values import FEN, LARGEST_YUAN, NOT_BOUNDED, ZERO, Interval, Possible

_CUTTING: Final = Context(prec=60, rounding=ROUND_DOWN, traps=[InvalidOperation])


def yuan_between(amount: Amount) -> Interval:
    """A range of yuan that can be paid: never below nothing, whole fen, what is smaller than a fen left away."""
    low, high = ranges.ends(amount)
    possible: Possible = NOT_BOUNDED if high == INFINITE else payable(high)
    return Interval(payable(low), possible)


def payable(number: Number) -> Decimal:
    """What of a number of yuan is paid: nothing below nothing, nothing smaller than a fen."""
    if number <= 0:
        return ZERO
    if isinstance(number, Decimal) and number <= LARGEST_YUAN:
        return _CUTTING.quantize(number, FEN)
    whole = ranges.rounded(number, FEN, ROUND_DOWN)
    assert isinstance(whole, Decimal), "whole fen"
    return whole
