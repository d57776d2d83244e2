"""Why a clause came out as it did on an item, and what would change that. Imports everything advice finds.

The facts that keep an outcome, and every way that changes a refusal, are found on the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from incentives.advice.additions import additions, with_new_items
from incentives.advice.changeable import Changeable
from incentives.advice.findings import Findings
from incentives.advice.grown import Added, new_keys
from incentives.advice.keeping import keeping, places_read
from incentives.advice.trial import DAY, Trial
from incentives.advice.ways import Way, Ways, ways
from incentives.amounts.days import days_between
from incentives.facts.places import Place, given, only
from incentives.facts.profile import Profile
from incentives.language.model import Clause, Policy
from incentives.values import State

YEARS_AHEAD: Final = 10
"""Years that are looked ahead: further than any company plans an application."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """`because` are few facts that keep the outcome whatever all others are; None where the outcome is open.

    `ways` are how a refusal would not be one; none where what it rests on cannot be changed. Then `firm` is what
    cannot be, where that alone keeps it, and `later_years` says whether it might be none in a later year.
    """

    because: tuple[Place, ...] | None
    ways: Ways
    firm: Firm | None = None
    later_years: bool = False


class Firm(NamedTuple):
    """Few facts that cannot change and refuse a clause whatever all others are, on each day that is left of the year.

    None of them where the rules do so by themselves. The clause is held against what `trial` says: one more item,
    where its list has none yet.
    """

    trial: Trial
    places: tuple[Place, ...]


def grounds(
    policy: Policy, clause: Clause, profile: Profile, on: date, item: str | None, changeable: Changeable
) -> Grounds:
    """The grounds of one clause on one item, by the item's key; None for the company, or where no item is."""
    trial = Trial(clause, profile, on, item, Findings(profile))
    found = ways_out(trial, policy, changeable)
    if trial.state() is not State.FAILS:
        return Grounds(keeping(trial), found)
    found = beside_each_other(found, with_one_more(trial, policy, changeable))
    if found.told:
        return Grounds(keeping(trial), found)
    return Grounds(keeping(trial), found, firm(trial, policy, changeable), later_may_help(trial, policy, changeable))


def firm(trial: Trial, policy: Policy, changeable: Changeable) -> Firm | None:
    """What refuses a clause that cannot change; None where what could change might still have a say."""
    on = next(_on_one_more(trial, changeable), trial) if trial.item is None else trial
    last = min(date(on.on.year, 12, 31), _last_day(policy))
    days = days_between(State.MISSING, on.on, max(on.on, last))
    kept = _lasting(on, changeable)
    if kept.state({DAY: days}) is not State.FAILS:
        return None
    places = keeping(kept, {DAY: days})
    assert places is not None, "it is refused"
    return Firm(on, places)


def later_may_help(trial: Trial, policy: Policy, changeable: Changeable) -> bool:
    """Whether an application in a later year might not be refused, as long as the policy is in force.

    What may still change is taken to be anything, and so is one more item; what cannot change stays as it is. Where
    this is false the clause is refused on every day of those years, whatever is done.
    """
    last = _last_day(policy)
    for one in (trial, *_on_one_more(trial, changeable)):
        kept = _lasting(one, changeable)
        for year in range(trial.on.year + 1, min(trial.on.year + YEARS_AHEAD, last.year) + 1):
            first, end = date(year, 1, 1), min(date(year, 12, 31), last)
            days = days_between(State.MISSING, first, end)
            if kept._replace(on=first).state({DAY: days}) is not State.FAILS:
                return True
    return False


def _on_one_more(trial: Trial, changeable: Changeable) -> Iterator[Trial]:
    """The clause on another item of its list, where there can be one more."""
    own = trial.clause.for_each
    if own is not None and own.id in trial.profile.lists and changeable.can_add(own.id):
        yield with_new_items(trial, (Added(own.id, new_keys(trial.profile, own.id, 1)),))


def _lasting(trial: Trial, changeable: Changeable) -> Trial:
    """The clause where nothing is known but what cannot change."""
    lasting = [place for place in given(trial.profile) if not can_move(place, trial, changeable)]
    return trial._replace(profile=only(trial.profile, lasting))


def _last_day(policy: Policy) -> date:
    """The last day on which a policy is in force, as far as one was set."""
    return policy.period.end if policy.period.end is not None else date.max


def ways_out(trial: Trial, policy: Policy, changeable: Changeable) -> Ways:
    """Every way out of a refusal by changes of facts, more items in other lists, a later day of application."""
    if trial.state() is not State.FAILS:
        return Ways((), left_out=False)
    places = [place for place in places_read(trial) if can_move(place, trial, changeable)]
    return ways(trial, [*places, DAY], changeable, _last_day(policy))


def with_one_more(trial: Trial, policy: Policy, changeable: Changeable) -> Ways:
    """The ways in which more items, most often one of the list that a clause goes through would not be refused.

    They are the same for every item that is there.
    """
    places = [
        place
        for place in places_read(trial)
        if (
            changeable.allows(place) and not is_to_come(place, trial.on)
            if place.fact is not None
            else changeable.can_add(place.entity)
        )
    ]
    return additions(trial, [*places, DAY], changeable, _last_day(policy))


def beside_each_other(found: Ways, more: Ways) -> Ways:
    """Ways out for an item and ways in for one more: not those of which a part is enough for the item itself."""
    apart = [
        way
        for way in more.told
        if not any(set(one.changes) <= set(way.changes) and _no_later(one, way) for one in found.told)
    ]
    return Ways((*found.told, *apart), found.left_out or more.left_out)


def _no_later(one: Way, way: Way) -> bool:
    """Whether one way takes no later day of application than another."""
    return one.apply_on is None or (way.apply_on is not None and one.apply_on <= way.apply_on)


def can_move(place: Place, trial: Trial, changeable: Changeable) -> bool:
    """Whether a fact may be something else, or a list longer; the clause's own list is gone through, not counted."""
    if place.fact is not None:
        return changeable.allows(place) and not is_to_come(place, trial.on)
    own = trial.clause.for_each
    return changeable.can_add(place.entity) and (own is None or own.id != place.entity)


def is_to_come(place: Place, on: date) -> bool:
    """Whether a fact is of a year that has not begun by the end of that in which an application is made."""
    return place.year is not None and place.year > on.year
