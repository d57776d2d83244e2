"""What one more item would have to be for a clause that goes through a list. Imports ways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from incentives.advice.changeable import Changeable
from incentives.advice.grown import Added, new_keys, with_added
from incentives.advice.trial import Trial
from incentives.advice.ways import Ways, completed, ways
from incentives.facts.places import Place
from incentives.language.reads import reads_in
from incentives.language.walks import walk
from incentives.values import State

MOST_OF_ITS_OWN = 4
"""Items that are added to the list that a clause goes through, where it also looks at all of that."""


def additions(trial: Trial, places: Sequence[Place], changeable: Changeable, until: date | None = None) -> Ways:
    """One more item of the list that a clause goes through, with what its facts would have to be.

    More than one where the clause asks for them. `places` are facts of the company and other lists that may be
    changed beside it, or `DAY` for a later application up to the day `until`: each way of doing that which is needed
    makes another one. Facts that nothing narrows are left open. None where the list is not known, cannot grow, or no
    new item would do.
    """
    entity = trial.clause.for_each
    if entity is None or entity.id not in trial.profile.lists or not changeable.can_add(entity.id):
        return Ways((), left_out=False)
    beside = [place for place in places if place.entity != entity.id]
    found = Ways((), left_out=False)
    for count in range(1, _most(trial, Place(entity.id, None, None)) + 1):
        begun = Added(entity.id, new_keys(trial.profile, entity.id, count))
        added = with_new_items(trial, (begun,))
        if added.state(changeable.of_new_items(entity.id, begun.keys, trial.on)) is State.FAILS:
            found = ways(added, beside, changeable, until, begun=begun)
        else:
            found = completed(added, (), {}, changeable, begun)
        if found.told:
            return found
    return found


def _most(trial: Trial, own: Place) -> int:
    """How many items are added to a list at most: more than one only where the clause looks at all of them."""
    return MOST_OF_ITS_OWN if any(own.entity in reads_in(test).lists for test in walk(trial.clause.condition)) else 1


def with_new_items(trial: Trial, adds: Sequence[Added]) -> Trial:
    """The clause after more items, of which nothing is known but that they are there.

    On the first of them, where it goes through their list.
    """
    each = trial.clause.for_each
    item = next((one.keys[0] for one in adds if each is not None and one.entity == each.id), trial.item)
    return trial._replace(profile=with_added(trial.profile, adds), item=item)
