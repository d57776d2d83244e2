"""What items that are added would have to be for a clause not to be refused, and what has to change with them.

Imports describing and moves. A few new items of one list are looked at each on its own, and those that come to be
alike are told as such; of more of them all but a few are alike. Where so many will not do, there are one or two more
of them; also where as many as are needed could do in another way with more of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from incentives.advice.alike import Description, Is, changes_as_little, spread, values_of, within
from incentives.advice.changeable import Changeable
from incentives.advice.counting import Counting
from incentives.advice.describing import Describing, Found
from incentives.advice.filling import Filled
from incentives.advice.grown import Added, new_keys, with_added
from incentives.advice.moves import Changed, Moves
from incentives.advice.opposing import Opposing
from incentives.advice.telling import Telling
from incentives.advice.trial import DAY, Trial
from incentives.decision.reasons import missing
from incentives.engines.rows import Row
from incentives.facts.places import Place, with_value
from incentives.facts.profile import Profile
from incentives.values import State

MOST_APART = 2
"""New items of one list that are looked at each on its own; all others of the list are alike."""

MOST_ASKED = 4000
"""Times that it is asked for one refusal whether the clause is refused."""

MOST_DESCRIBED = 12
"""Descriptions that are told of one set of items, the shortest first."""


class Made(NamedTuple):
    """The items that are added, what they would be and what changes beside them, and what the clause then comes to.

    With `trades` some of the figures stand for many: more of one of them does for less of another. With `shares` a
    figure can be shared by several items: with more of another one, less of it does.
    """

    adds: tuple[Added, ...]
    filled: Filled
    state: State
    trades: bool
    shares: bool


class Making(NamedTuple):
    """Items that would do, each in another way; `left_out` where there are or may be others."""

    made: tuple[Made, ...]
    left_out: bool


def making(
    trial: Trial,
    before: Profile,
    starts: Sequence[Changed],
    places: Sequence[Place],
    changeable: Changeable,
    last: date,
    done: Sequence[Description] = (),
) -> Making:
    """Items to add to lists of `before`, and what of `places` changes with them, up to the day of application `last`.

    The clause is held against an item that may be the first that is added. `starts` are the smallest sets of changes
    with which it may come out otherwise, with at least so many more items; `done` those with which it does, without
    any. Nothing is made where none of those tried would do.
    """
    search = _Making(trial, before, places, changeable, last)
    search.found += [Found((), said, spread(said, (), None)) for said in done]
    none = {place.entity: 0 for place in places if place.fact is None and place != DAY}
    by_counts: dict[tuple[tuple[str, int], ...], list[Changed]] = {}
    for start in starts:
        by_counts.setdefault(tuple(sorted((none | _counts(start)).items())), []).append(start)
    for counts, some in sorted(by_counts.items(), key=lambda one: sum(count for _, count in one[0])):
        search.of_at_least(dict(counts), some)
    return Making(tuple(search.made()), search.left_out)


def _counts(changed: Changed) -> dict[str, int]:
    """How many items a set of changes adds, of each list."""
    return {
        place.entity: value
        for place, value in changed.items()
        if place.fact is None and place != DAY and isinstance(value, int)
    }


@dataclass(frozen=True, slots=True)
class _Tried:
    """What was found of some new items, which the profile of the trial has, and what tells it."""

    trial: Trial
    adds: tuple[Added, ...]
    found: list[Found]
    describing: Describing
    opposing: Opposing
    moves: Moves


class _Making:
    def __init__(
        self, trial: Trial, before: Profile, places: Sequence[Place], changeable: Changeable, last: date
    ) -> None:
        self._trial = trial
        self._before = before
        self._places = [place for place in places if place.fact is not None or place == DAY]
        self._changeable = changeable
        self._last = last
        self._tried: list[_Tried] = []
        self.found: list[Found] = []
        self.left_out = False

    def of_at_least(self, least: Mapping[str, int], starts: Sequence[Changed]) -> None:
        """Look for what so many new items of each list would be, and more of them; where none do, all alike."""
        counting = Counting(self._trial.clause, least)
        found = False
        for more in counting.tried():
            if not found or counting.is_useful(more):
                tried = self._of(counting.counts(more), starts, alike=False)
                found |= bool(tried.found)
                if tried.describing.ended_at_once:
                    counting.end(more)
        for more in counting.tried():
            if not found and max(counting.counts(more).values()) > 1:
                found |= bool(self._of(counting.counts(more), starts, alike=True).found)
        self.left_out |= counting.leaves_out()

    def _of(self, counts: Mapping[str, int], starts: Sequence[Changed], *, alike: bool) -> _Tried:
        """What so many new items of each list would be, where they are `alike` or need not be."""
        apart = 0 if alike else MOST_APART
        adds = tuple(one for entity, count in counts.items() for one in _groups(self._before, entity, count, apart))
        trial = self._trial._replace(profile=with_added(self._before, adds))
        alike_but_for_items = self._tried[-1].moves if self._tried else None
        moves = Moves(trial, self._places, self._changeable, self._last, adds, alike_but_for_items)
        opposing = Opposing(trial, self._changeable, adds, moves.last if DAY in moves.places else trial.on)
        most = MOST_ASKED - sum(tried.opposing.asked for tried in self._tried)
        describing = Describing(opposing, moves, adds, trial.item, self.found, most)
        found = describing.smallest(said_of(moves, one) for one in starts)
        self.left_out |= describing.left_out
        self.found += found
        self._tried.append(_Tried(trial, adds, found, describing, opposing, moves))
        return self._tried[-1]

    def made(self) -> Iterator[Made]:
        """The items of every description of which none says less, the fewest items first."""
        for tried in self._tried:
            left = [one for one in tried.found if self._is_told(tried, one)]
            for one, filled in self._descriptions(tried, left):
                yield from self._made(tried, one, filled)

    def _is_told(self, tried: _Tried, one: Found) -> bool:
        """Whether nothing else says less, nor stands for it: more of a number in it does for less of another.

        Of what does so in as many ways as there are numbers one example is told, with the fewest numbers; none in
        which a new item is to have little of one.
        """
        if self._says_more(one):
            return False
        if tried.describing.telling.trades(one.said):
            before = self.found[: self.found.index(one)]
            if any(
                changes_as_little(other.spread, one.spread)
                for other in self.found
                if other is not one and (other in before or not changes_as_little(one.spread, other.spread))
            ):
                return False
            if any(is_.upward is False and tried.opposing.is_of_new(place) for place, is_ in one.said.items()):
                self.left_out = True
                return False
        return self._needs_every_item(tried, one)

    def _says_more(self, one: Found) -> bool:
        """Whether a description says more than another one."""
        return any(other is not one and within(other.spread, one.spread) for other in self.found)

    def _needs_every_item(self, tried: _Tried, found: Found) -> bool:
        """Whether a description would not do without one of the new items of which it says nothing.

        An item of which nothing is said but that its figures could be anything is no way to end a refusal, where
        fewer items would do that can be described.
        """
        for added in tried.adds:
            if tried.trial.item not in added.keys and not any(added.has(place) for place in found.said):
                if any(map(added.has, tried.opposing.weighed)) and any(
                    len(one.adds) < len(tried.adds) for one in self.found
                ):
                    self.left_out = True
                    return False
                fewer = [one if one != added else Added(one.entity, one.keys[1:]) for one in tried.adds]
                adds = [one for one in fewer if one.keys]
                trial = tried.trial._replace(profile=with_added(self._before, adds))
                if Opposing(trial, self._changeable, adds, self._last).will_do(values_of(found.said)):
                    self.left_out = True
                    return False
        return True

    def _descriptions(self, tried: _Tried, left: Sequence[Found]) -> Iterator[tuple[Found, Filled]]:
        """What is told of one set of items, each description with the choices that do as well."""
        telling = tried.describing.telling
        others = [one.spread for one in self.found]
        told: list[tuple[Found, Filled]] = []
        before: list[Filled] = []
        for one in left:
            if not any(telling.is_told(one.spread, other) for other in before):
                taken = telling.told(one.said, others, before)
                before.append({place: taken[place] for place in one.said})
                told.append((one, telling.with_all_choices(taken)))
        self.left_out |= len(told) > MOST_DESCRIBED
        order = {place: number for number, place in enumerate((*tried.moves.places, *tried.opposing.places))}
        for one, filled in told[:MOST_DESCRIBED]:
            in_order = sorted(filled, key=order.__getitem__)
            yield one, {place: filled[place] for place in in_order}

    def _made(self, tried: _Tried, found: Found, filled: Filled) -> Iterator[Made]:
        """The items, where the clause is not refused with them and waits for nothing that is over."""
        adds = tried.adds
        then = tried.trial._replace(profile=with_filled(tried.trial.profile, filled, adds))
        day = filled.get(DAY)
        if day is not None and isinstance(day.value, date):
            then = then._replace(on=day.value)
        state = then.state()
        if state is not None and state is not State.FAILS and not _waits_for_the_past(then, adds):
            trades = tried.describing.telling.trades(found.said)
            yield Made(*_told_once(adds, filled), state, trades, not trades and self._shares(tried, found))

    def _shares(self, tried: _Tried, found: Found) -> bool:
        """Whether a figure could be less with another one of a new item, or of one more."""
        for entity in sorted(tried.describing.telling.added_up(found.said)):
            if self._changeable.can_add(entity):
                [key] = new_keys(tried.trial.profile, entity, 1)
                more = Added(entity, (key,))
                trial = tried.trial._replace(profile=with_added(tried.trial.profile, [more]))
                opposing = Opposing(trial, self._changeable, (*tried.adds, more), self._last)
                if Telling(opposing, tried.moves, tried.adds, trial.item).shares(found.said, more):
                    return True
        return False


def said_of(moves: Moves, changed: Changed) -> Description:
    """What a set of changes says of what is there and of the day of application."""
    return {
        place: Is(value, None if moves.line(place) is None else value > moves.now[place])  # type: ignore[operator]
        for place, value in changed.items()
        if place.fact is not None or place == DAY
    }


def with_filled(profile: Profile, found: Filled, adds: Sequence[Added]) -> Profile:
    """The profile in which facts are what was found, of new items for all that are alike."""
    for place, taken in found.items():
        if place != DAY:
            added = next((one for one in adds if one.has(place)), None)
            for key in added.keys if added is not None else (place.item,):
                profile = with_value(profile, place._replace(item=key), taken.value)
    return profile


def _groups(before: Profile, entity: str, count: int, apart: int) -> Iterator[Added]:
    """So many new items of a list: the first of them each on its own, so many `apart`; all others alike."""
    keys = new_keys(before, entity, count)
    yield from (Added(entity, (key,)) for key in keys[:apart])
    if keys[apart:]:
        yield Added(entity, keys[apart:])


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
