"""What an award comes to on a subject, given the outcome. Imports the model, terms and atoms.

Shared by every engine that does not work amounts out in its own way.
"""

from __future__ import annotations

from typing import assert_never

from incentives.amounts.ranges import Amount
from incentives.amounts.yuan import yuan_between
from incentives.engines.atoms import passes
from incentives.engines.ranges_of_facts import number
from incentives.engines.subjects import Presence, Subject, at_item
from incentives.engines.terms.evaluate import evaluate
from incentives.facts.profile import Item
from incentives.language.model import Award
from incentives.values import NOT_BOUNDED, NOTHING, ZERO, Interval, Outcome


def worth(award: Award, outcome: Outcome, subject: Subject) -> Interval:
    """What of an award is certain and what is possible.

    Nothing is certain while the outcome is open. Nobody knows how many items an absent list would hold, so
    what it could bring has no limit, where each could bring something.
    """
    match outcome:
        case Outcome.QUALIFIED:
            return yuan_between(amount_of(award, subject))
        case Outcome.NOT_QUALIFIED:
            return NOTHING
        case Outcome.UNDETERMINED | Outcome.NEEDS_REVIEW:
            if subject.presence is Presence.ABSENT_LIST:
                return Interval(ZERO, NOT_BOUNDED) if _can_pay(award, subject) else NOTHING
            return Interval(ZERO, yuan_between(amount_of(award, subject)).possible)
        case _:
            assert_never(outcome)


def _can_pay(award: Award, subject: Subject) -> bool:
    """Whether an item of the list could bring anything: a recognition brings no money to however many."""
    item = at_item(subject._replace(awaited=None), subject.entity, Item("", "", {}))
    return yuan_between(amount_of(award, item)).possible != 0


def amount_of(award: Award, subject: Subject) -> Amount:
    """The award's arithmetic on a subject."""
    return number(evaluate(award.amount, subject, passes))
