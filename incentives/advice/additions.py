"""What one more item would have to be for a clause that goes through a list. Imports ways, places and thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from incentives.advice.changeable import Changeable
from incentives.advice.thresholds import first_from
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, Way, changed, ways
from incentives.amounts.ranges import Open
from incentives.engines.rows import OUTCOMES
from incentives.facts.places import Place, with_list
from incentives.facts.profile import Item, Profile
from incentives.facts.types import PlainValue, Value
from incentives.language.reads import reads_in
from incentives.values import State


def addition(trial: Trial, places: Sequence[Place], changeable: Changeable) -> Way | None:
    """One more item of the list that a clause goes through, with what its facts would have to be.

    `places` are facts of the company that may be changed beside it. Facts that nothing narrows are left open. None
    where the list is not known, cannot grow, or no new item would do.
    """
    entity = trial.clause.for_each
    if entity is None or entity.id not in trial.profile.lists or not changeable.can_add(entity.id):
        return None
    added = with_new_item(trial, entity.id)
    beside: tuple[Change, ...] = ()
    if added.state() is State.FAILS:
        found = ways(added, [place for place in places if place.entity != entity.id], changeable).told
        if not found:
            return None
        beside = found[0].changes
        added = added._replace(profile=changed(added.profile, beside))
    own = [Place(of, added.item, fact) for of, fact in reads_in(trial.clause.condition).facts if of == entity.id]
    changes = filled(added, [place for place in own if not changeable.fact(place).judgement], changeable)
    state = added._replace(profile=changed(added.profile, changes)).state()
    if state is None or state is State.FAILS:
        return None
    return Way((*beside, *changes), OUTCOMES[state], adds=entity.id)


def new_key(profile: Profile, entity: str) -> str:
    """The key of the next item that is added to a list: one that none of its items has."""
    taken, key = {item.key for item in profile.lists[entity]}, "+"
    while key in taken:
        key += "+"
    return key


def with_new_item(trial: Trial, entity: str) -> Trial:
    """The clause on one more item of which nothing is known but that it is there."""
    return trial._replace(profile=_grown(trial.profile, entity), item=new_key(trial.profile, entity))


def after_way(profile: Profile, way: Way) -> Profile:
    """The profile after everything a way says was done; what it says of a new item is of one that was not there."""
    if way.adds is None:
        return changed(profile, way.changes)
    key = new_key(profile, way.adds)
    own = [
        replace(one, place=one.place._replace(item=key)) if one.place.entity == way.adds else one
        for one in way.changes
    ]
    return changed(_grown(profile, way.adds), own)


def _grown(profile: Profile, entity: str) -> Profile:
    key = new_key(profile, entity)
    return with_list(profile, entity, (*profile.lists[entity], Item(key, key, {})))


def filled(trial: Trial, places: Sequence[Place], changeable: Changeable) -> tuple[Change, ...]:
    """What facts that are not known would have to be, one after the other; those that nothing narrows are left open.

    Of a number the least that may do, of a choice the first; the choices that do as well are named beside it.
    """
    taken: dict[Place, PlainValue] = {}
    changes: list[Change] = []
    for place in places:

        def may_hold(value: Value | Open, place: Place = place) -> bool:
            return trial.state({**taken, place: value}) is not State.FAILS

        grid = changeable.grid(place)
        if grid is not None:
            least = first_from(grid, grid.low, may_hold)
            if least is not None and least > grid.low:
                taken[place] = grid.at(least)
                changes.append(Change(place, None, taken[place]))
            continue
        choices = changeable.choices(place, None, trial.clause)
        will_do = [value for value in choices if may_hold(value)]
        if will_do and (len(will_do) < len(choices) or not changeable.choices_are_all(place)):
            taken[place] = will_do[0]
            changes.append(Change(place, None, will_do[0], tuple(will_do[1:])))
    return tuple(changes)
