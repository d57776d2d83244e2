"""How a refusal can be changed: each smallest set of changes, with what each fact would have to be.

Imports openings, thresholds and trials. Every way is tried on the reference evaluator before it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.openings import openings
from incentives.advice.thresholds import Asked, first_from, last_until
from incentives.advice.trial import Trial
from incentives.amounts.ranges import Open
from incentives.engines.ranges_of_facts import unknown
from incentives.engines.rows import OUTCOMES
from incentives.facts.places import Place, value_at, with_value
from incentives.facts.profile import Profile
from incentives.facts.types import PlainValue, Value
from incentives.values import Outcome, State

MOST_WAYS = 12
"""Ways that are told of one clause on one item; the first of them change the fewest facts."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that would be something else. `or_else` are other choices that do as well."""

    place: Place
    before: PlainValue | None
    after: PlainValue
    or_else: tuple[PlainValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that together take a clause away from being refused, and of which none can be left out.

    With `adds` there is one more item of that entity, whose facts are among the changes. `apply_on` is a later day
    of application. `outcome` is what the clause then comes to: facts that nobody has given, or a person, may still
    have a say.
    """

    changes: tuple[Change, ...]
    outcome: Outcome
    adds: str | None = None
    apply_on: date | None = None


class Ways(NamedTuple):
    """Ways out of a refusal, the fewest changes first; `left_out` where there are or may be others."""

    told: tuple[Way, ...]
    left_out: bool


def ways(trial: Trial, places: Sequence[Place], changeable: Changeable) -> Ways:
    """How a clause that is refused would not be, by changing some of `places`; nothing where it is not refused.

    Of a number it is told the nearest one that does it, upwards and downwards.
    """
    if trial.state() is not State.FAILS:
        return Ways((), left_out=False)
    found: list[Way] = []
    opened = openings(trial, places, changeable)
    for opening in opened.sets:
        ordered = [place for place in places if place in opening]
        found += _tried(trial, ordered, changeable)
        if len(found) > MOST_WAYS:
            break
    return Ways(tuple(found[:MOST_WAYS]), opened.left_out or len(found) > MOST_WAYS)


def changed(profile: Profile, changes: Sequence[Change]) -> Profile:
    """The profile after some changes."""
    for change in changes:
        profile = with_value(profile, change.place, change.after)
    return profile


def _tried(trial: Trial, places: Sequence[Place], changeable: Changeable) -> Iterator[Way]:
    """The ways of one set of facts, each tried on the changed profile."""
    for values in _values(trial, places, {}, changeable):
        changes = tuple(
            Change(place, value_at(trial.profile, place), value, _or_else(trial, place, values, changeable))
            for place, value in values.items()
        )
        after = trial._replace(profile=changed(trial.profile, changes)).state()
        if after is not None and after is not State.FAILS:
            yield Way(changes, OUTCOMES[after])


def _values(
    trial: Trial, places: Sequence[Place], taken: Mapping[Place, PlainValue], changeable: Changeable
) -> Iterator[dict[Place, PlainValue]]:
    """What each of some facts could be, one after the other, those that come later open for the time being."""
    if not places:
        yield dict(taken)
        return
    place, *later = places
    opened = {one: unknown(changeable.type_of(one)) for one in later}

    def may_hold(value: Value | Open) -> bool:
        return trial.state({**taken, **opened, place: value}) is not State.FAILS

    current = value_at(trial.profile, place)
    for value in _nearest(place, current, trial, changeable, may_hold):
        found = list(_values(trial, later, {**taken, place: value}, changeable))
        yield from found
        if found and changeable.grid(place) is None:
            return  # other choices that do as well are told beside this one


def _nearest(
    place: Place, current: PlainValue | None, trial: Trial, changeable: Changeable, may_hold: Asked
) -> Iterator[PlainValue]:
    """Values that may do: of a number the nearest above and below, of anything else every choice."""
    grid = changeable.grid(place)
    if grid is None:
        yield from (value for value in changeable.choices(place, current, trial.clause) if may_hold(value))
        return
    assert isinstance(current, int | Decimal), "what is refused for a number has one"
    at = grid.below(current)
    more = first_from(grid, at + 1, may_hold)
    if more is not None:
        yield grid.at(more)
    lower = at - 1 if grid.at(at) == current else at
    less = last_until(grid, lower, may_hold) if changeable.can_fall(place) else None
    if less is not None:
        yield grid.at(less)


def _or_else(
    trial: Trial, place: Place, values: Mapping[Place, PlainValue], changeable: Changeable
) -> tuple[PlainValue, ...]:
    """The other choices of a fact that do as well, all else being as in `values`."""
    if changeable.grid(place) is not None:
        return ()
    choices = changeable.choices(place, value_at(trial.profile, place), trial.clause)
    others = [value for value in choices if value != values[place]]
    return tuple([value for value in others if trial.state({**values, place: value}) is not State.FAILS])
