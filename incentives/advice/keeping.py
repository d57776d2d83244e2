"""Why an outcome is what it is: few facts that keep it whatever all others are. Imports trials, places and reads.

A set of facts keeps an outcome when a profile that says nothing else comes to the same one. What is known only
narrows (law 9), so taking facts away one by one until no more can go ends in a set of which every one is needed.
"""

from __future__ import annotations

from incentives.advice.trial import NOTHING_SUPPOSED, Supposed, Trial
from incentives.facts.places import Place, given, only
from incentives.facts.vocabulary import COMPANY
from incentives.language.reads import reads_of


def places_read(trial: Trial) -> tuple[Place, ...]:
    """What the profile says of all that the clause looks at here, in the order of the paper; lists come last."""
    reads = reads_of(trial.clause)
    order = {fact: number for number, fact in enumerate(reads.facts)}
    found: list[Place] = []
    lists: list[Place] = []
    for place in given(trial.profile):
        if place.fact is None:
            lists += [place] if place.entity in reads.lists else []
        elif (place.entity, place.fact) in order and (
            place.entity == COMPANY or place.entity in reads.lists or place.item == trial.item
        ):
            found.append(place)
    found.sort(key=lambda place: (order[place.entity, place.fact or ""], place.item or "", -(place.year or 0)))
    return (*found, *sorted(lists))


def keeping(trial: Trial, supposed: Supposed = NOTHING_SUPPOSED) -> tuple[Place, ...] | None:
    """A minimal set of facts that keeps the outcome of a clause that is met or refused; None where it is open.

    That the item at hand is there is taken for granted; that there is none is a fact like others. Of several such
    sets the one that stands first in the paper. What is `supposed` is so throughout, and none of them.
    """
    outcome = trial.state(supposed)
    if outcome is None or outcome.unknown:
        return None
    own = [place for place in given(trial.profile) if place == _own_list(trial)]
    granted = own if trial.item is not None else []
    kept = [*(place for place in places_read(trial) if place not in own), *(own if not granted else ())]
    for place in reversed(kept):
        fewer = [one for one in kept if one != place]
        if trial._replace(profile=only(trial.profile, [*granted, *fewer])).state(supposed) is outcome:
            kept = fewer
    return tuple(kept)


def _own_list(trial: Trial) -> Place | None:
    entity = trial.clause.for_each
    return None if entity is None else Place(entity.id, None, None)
