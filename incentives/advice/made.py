"""What items that are added would have to be for a clause not to be refused any more. Imports describing and trials.

A few of one list are looked at each on its own, and those that come to be alike are told as such; more of them are
all alike. Where that will not do, there are one or two more of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.describing import descriptions
from incentives.advice.filling import Filled
from incentives.advice.grown import Added, new_keys, with_added
from incentives.advice.trial import Trial
from incentives.decision.reasons import missing
from incentives.engines.rows import Row
from incentives.facts.places import Place, with_value
from incentives.facts.profile import Profile
from incentives.values import State

MOST_APART = 3
"""Items of one list that are looked at each on its own."""

MOST_MORE = 2
"""Items that are added beyond as many as are counted, where so many cannot be what they would have to be."""


class Made(NamedTuple):
    """The items that are added, what they would be, and what the clause then comes to.

    With `trades` some of their figures stand for many: more of one of them does for less of another.
    """

    adds: tuple[Added, ...]
    filled: Filled
    state: State
    trades: bool


class Making(NamedTuple):
    """Items that would do, each in another way; `left_out` where there are or may be others."""

    made: tuple[Made, ...]
    left_out: bool


def making(trial: Trial, before: Profile, counts: Mapping[str, int], changeable: Changeable) -> Making:
    """Items to add to lists of `before`, at least so many of each; none where none of those tried would do.

    `trial` is the clause after everything else that changes, on an item that may be the first that is added.
    """
    left_out = False
    for adds in _groups(before, counts):
        then = trial._replace(profile=with_added(trial.profile, adds))
        found = descriptions(then, changeable, adds)
        left_out |= found.left_out
        every = [one for filled in found.told for one in _made(then, filled, adds, found.weighed)]
        if every:
            return Making(tuple(every), left_out)
    return Making((), left_out)


def _made(trial: Trial, filled: Filled, adds: tuple[Added, ...], weighed: frozenset[Place]) -> Iterator[Made]:
    """The items of a description, where the clause is not refused with them and waits for nothing that is over."""
    then = trial._replace(profile=with_filled(trial.profile, filled, adds))
    state = then.state()
    if state is not None and state is not State.FAILS and not _waits_for_the_past(then, adds):
        yield Made(*_told_once(adds, filled), state, len(weighed & filled.keys()) > 1)


def with_filled(profile: Profile, found: Filled, adds: Sequence[Added]) -> Profile:
    """The profile in which facts are what was found, of new items for all that are alike."""
    for place, taken in found.items():
        added = next((one for one in adds if one.has(place)), None)
        for key in added.keys if added is not None else (place.item,):
            profile = with_value(profile, place._replace(item=key), taken.value)
    return profile


def _groups(before: Profile, counts: Mapping[str, int]) -> Iterator[tuple[Added, ...]]:
    """So many new items of each list, each on its own and then all alike; then the same with more of them."""
    for extra in sorted(product(range(MOST_MORE + 1), repeat=len(counts)), key=lambda some: (sum(some), some)):
        if sum(extra) > MOST_MORE:
            return
        lists = [
            (entity, new_keys(before, entity, count + more))
            for (entity, count), more in zip(counts.items(), extra, strict=True)
        ]
        ways = [(True, False) if 1 < len(keys) <= MOST_APART else (False,) for _, keys in lists]
        for apart in product(*ways):
            yield tuple(
                added
                for (entity, keys), each in zip(lists, apart, strict=True)
                for added in ([Added(entity, (key,)) for key in keys] if each else [Added(entity, keys)])
            )


def _told_once(adds: Sequence[Added], found: Filled) -> tuple[tuple[Added, ...], Filled]:
    """The same items with those in one group that have come to be alike."""
    alike: dict[tuple[str, frozenset[object]], list[Added]] = {}
    for added in adds:
        of = frozenset((place._replace(item=None), taken) for place, taken in found.items() if added.has(place))
        alike.setdefault((added.entity, of), []).append(added)
    groups = [Added(some[0].entity, tuple(key for one in some for key in one.keys)) for some in alike.values()]
    firsts = {(group.entity, group.keys[0]) for group in groups}
    return tuple(groups), {
        place: taken
        for place, taken in found.items()
        if (place.entity, place.item) in firsts or not any(added.has(place) for added in adds)
    }


def _waits_for_the_past(trial: Trial, adds: Sequence[Added]) -> bool:
    """Whether a clause waits for what new items were in all the years before one, of which nothing can be said."""
    subject = trial.subject()
    assert subject is not None, "a trial of a way has its item"
    row = Row(trial.clause, subject, trial.states(trial.clause.condition))
    new = {(added.entity, key) for added in adds for key in added.keys}
    return any(one.earlier and one.item is not None and (one.entity, one.item.key) in new for one in missing(row))
