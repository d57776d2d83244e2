"""What one more item would have to be for a clause that goes through a list. Imports ways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from incentives.advice.changeable import Changeable
from incentives.advice.grown import Added, new_keys, with_added
from incentives.advice.trial import Trial
from incentives.advice.ways import Ways, ways
from incentives.facts.places import Place
from incentives.language.reads import reads_in

MOST_OF_ITS_OWN = 4
"""Items that are added to the list that a clause goes through, where it also looks at all of that."""


def additions(trial: Trial, places: Sequence[Place], changeable: Changeable, until: date | None = None) -> Ways:
    """One more item of the list that a clause goes through, with what its facts would have to be.

    More than one where the clause asks for them. `places` are facts and lists that may be changed beside it, or `DAY`
    for a later application up to the day `until`: each way of doing that which is needed makes another one. Facts
    that nothing narrows are left open. None where the list is not known, cannot grow, or no new item would do.
    """
    entity = trial.clause.for_each
    if entity is None or entity.id not in trial.profile.lists or not changeable.can_add(entity.id):
        return Ways((), left_out=False)
    looked_at = reads_in(trial.clause.condition).lists
    as_a_whole = entity.id in looked_at
    beside = [place for place in places if place.entity != entity.id or (as_a_whole and place.fact is not None)]
    found = Ways((), left_out=False)
    for count in range(1, MOST_OF_ITS_OWN + 1 if as_a_whole else 2):
        begun = Added(entity.id, new_keys(trial.profile, entity.id, count))
        found = ways(with_new_items(trial, (begun,)), beside, changeable, until, begun=begun)
        if found.told:
            break
    return found


def with_new_items(trial: Trial, adds: Sequence[Added]) -> Trial:
    """The clause after more items, of which nothing is known but that they are there.

    On the first of them, where it goes through their list.
    """
    each = trial.clause.for_each
    item = next((one.keys[0] for one in adds if each is not None and one.entity == each.id), trial.item)
    return trial._replace(profile=with_added(trial.profile, adds), item=item)
