"""Why a clause came out as it did on an item, and what would change that. Imports everything advice finds.

The facts that keep an outcome, and every way that changes a refusal, are found on the reference evaluator.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from incentives.advice.additions import additions
from incentives.advice.changeable import Changeable
from incentives.advice.keeping import keeping, places_read
from incentives.advice.trial import DAY, Trial
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
    found = ways_out(trial, policy, changeable)
    if trial.state() is State.FAILS:
        found = beside_each_other(found, with_one_more(trial, changeable))
    return Grounds(keeping(trial), found)


def ways_out(trial: Trial, policy: Policy, changeable: Changeable) -> Ways:
    """Every way out of a refusal by changes of facts, more items in other lists, a later day of application."""
    if trial.state() is not State.FAILS:
        return Ways((), left_out=False)
    places = [place for place in places_read(trial) if can_move(place, trial, changeable)]
    until = policy.period.end if policy.period.end is not None else date.max
    return ways(trial, [*places, DAY], changeable, until)


def with_one_more(trial: Trial, changeable: Changeable) -> Ways:
    """The ways in which more items, most often one of the list that a clause goes through would not be refused.

    They are the same for every item that is there.
    """
    places = [
        place
        for place in places_read(trial)
        if (changeable.allows(place) if place.fact is not None else changeable.can_add(place.entity))
    ]
    return additions(trial, places, changeable)


def beside_each_other(found: Ways, more: Ways) -> Ways:
    """Ways out for an item and ways in for one more: not those of which a part is enough for the item itself."""
    apart = [
        way
        for way in more.told
        if not any(set(one.changes) <= set(way.changes) and one.apply_on is None for one in found.told)
    ]
    return Ways((*found.told, *apart), found.left_out or more.left_out)


def can_move(place: Place, trial: Trial, changeable: Changeable) -> bool:
    """Whether a fact may be something else, or a list longer; the clause's own list is gone through, not counted."""
    if place.fact is not None:
        return changeable.allows(place)
    own = trial.clause.for_each
    return changeable.can_add(place.entity) and (own is None or own.id != place.entity)
