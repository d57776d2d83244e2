"""What one more item would have to be for a clause that goes through a list. Imports ways and filling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incentives.advice.changeable import Changeable
from incentives.advice.filling import filled
from incentives.advice.grown import grown, new_key
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, Way, changes_of, waits_for_the_past, ways, with_changes
from incentives.engines.rows import OUTCOMES
from incentives.facts.places import Place
from incentives.values import State


def additions(trial: Trial, places: Sequence[Place], changeable: Changeable) -> Iterator[Way]:
    """One more item of the list that a clause goes through, with what its facts would have to be.

    `places` are facts of the company that may be changed beside it: each way of doing that which is needed makes
    another one. Facts that nothing narrows are left open. None where the list is not known, cannot grow, or no new
    item would do.
    """
    entity = trial.clause.for_each
    if entity is None or entity.id not in trial.profile.lists or not changeable.can_add(entity.id):
        return
    added = with_new_item(trial, entity.id)
    if added.state() is not State.FAILS:
        yield from _with(added, (), changeable)
        return
    for way in ways(added, [place for place in places if place.entity != entity.id], changeable).told:
        yield from _with(added, way.changes, changeable)


def with_new_item(trial: Trial, entity: str, count: int = 1) -> Trial:
    """The clause after so many more items, of which nothing is known but that they are there.

    On the first of them, where it goes through that list.
    """
    each = trial.clause.for_each
    item = new_key(trial.profile, entity) if each is not None and each.id == entity else trial.item
    return trial._replace(profile=grown(trial.profile, entity, count), item=item)


def _with(added: Trial, beside: tuple[Change, ...], changeable: Changeable) -> Iterator[Way]:
    entity, key = added.clause.for_each, added.item
    assert entity is not None, "a clause that goes through a list"
    assert key is not None, "it is looked at on its new item"
    then = added._replace(profile=with_changes(added.profile, beside))
    places = tuple(changeable.places_of_new(added.clause, added.on, entity.id, key))
    made = filled(then, places, changeable, (key,))
    if made is None:
        return
    changes = changes_of(made)
    then = then._replace(profile=with_changes(then.profile, changes))
    state = then.state()
    if state is not None and state is not State.FAILS and not waits_for_the_past(then, entity.id, changeable):
        yield Way((*beside, *changes), OUTCOMES[state], adds=entity.id)
