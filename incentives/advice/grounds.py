"""Why a clause came out as it did on an item, and what would change that. Imports everything advice finds.

The facts that keep an outcome, and every way that changes a refusal, are found on the reference evaluator.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from incentives.advice.additions import addition
from incentives.advice.changeable import Changeable
from incentives.advice.keeping import keeping, places_read
from incentives.advice.trial import Trial
from incentives.advice.waiting import waiting
from incentives.advice.ways import Ways, ways
from incentives.facts.places import Place
from incentives.facts.profile import Profile
from incentives.language.model import Clause, Policy
from incentives.values import State


@dataclass(frozen=True, slots=True)
class Grounds:
    """`because` are few facts that keep the outcome whatever all others are; None where the outcome is open.

    `ways` are how a refusal would not be one; none where what it rests on cannot be changed.
    """

    because: tuple[Place, ...] | None
    ways: Ways


def grounds(
    policy: Policy, clause: Clause, profile: Profile, on: date, item: str | None, changeable: Changeable
) -> Grounds:
    """The grounds of one clause on one item, by the item's key; None for the company, or where no item is."""
    trial = Trial(clause, profile, on, item)
    return Grounds(keeping(trial), ways_out(trial, policy, changeable))


def ways_out(trial: Trial, policy: Policy, changeable: Changeable) -> Ways:
    """Every way out of a refusal: changes of facts, one more item, a later day of application."""
    if trial.state() is not State.FAILS:
        return Ways((), left_out=False)
    places = [place for place in places_read(trial) if changeable.allows(place)]
    found, left_out = ways(trial, places, changeable)
    one_more = addition(trial, places, changeable)
    if one_more is not None and any(set(way.changes) <= set(one_more.changes) for way in found):
        one_more = None  # what has to change beside the new item is enough without it
    end = policy.period.end if policy.period.end is not None else date.max
    later = waiting(trial, end)
    more = [way for way in (one_more, later) if way is not None]
    return Ways((*found, *more), left_out)
