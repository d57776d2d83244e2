"""What an award comes to on a subject, given the outcome. Imports the model, terms and atoms.

Shared by every engine that does not work amounts out in its own way.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import assert_never

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount, Number
from incentives.engines.atoms import passes
from incentives.engines.subjects import Presence, Subject
from incentives.engines.terms import evaluate, number
from incentives.language.model import Award
from incentives.values import FEN, LARGEST_YUAN, NOT_BOUNDED, NOTHING, ZERO, Interval, Outcome, Possible


def worth(award: Award, outcome: Outcome, subject: Subject) -> Interval:
    """What of an award is certain and what is possible.

    Nothing is certain while the outcome is open. Nobody knows how many items an absent list would hold, so
    what it could bring has no limit.
    """
    match outcome:
        case Outcome.QUALIFIED:
            return yuan_between(amount_of(award, subject))
        case Outcome.NOT_QUALIFIED:
            return NOTHING
        case Outcome.UNDETERMINED | Outcome.NEEDS_REVIEW:
            if subject.presence is Presence.ABSENT_LIST:
                return Interval(ZERO, NOT_BOUNDED)
            return Interval(ZERO, yuan_between(amount_of(award, subject)).possible)
        case _:
            assert_never(outcome)


def amount_of(award: Award, subject: Subject) -> Amount:
    """The award's arithmetic on a subject."""
    return number(evaluate(award.amount, subject, passes))


def yuan_between(amount: Amount) -> Interval:
    """A range of yuan that can be paid: never below nothing, whole fen, what is smaller than a fen left away."""
    low, high = ranges.ends(amount)
    possible: Possible = NOT_BOUNDED if high == INFINITE else _payable(high)
    return Interval(_payable(low), possible)


def _payable(number: Number) -> Decimal:
    if number <= 0:
        return ZERO
    if isinstance(number, Decimal) and number <= LARGEST_YUAN and number.as_tuple().exponent == -2:
        return number
    payable = ranges.rounded(number, FEN, ROUND_DOWN)
    assert isinstance(payable, Decimal), "whole fen"
    return payable
