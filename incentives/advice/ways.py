"""How a refusal can be changed: every smallest set of changes, with what each fact would have to be.

Imports the smallest sets, moves and what new items are made to be. Every way is tried on the reference evaluator
before it is given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.filling import Filled
from incentives.advice.grid import Days
from incentives.advice.grown import Added, new_keys, with_added, without_added
from incentives.advice.made import Made, making, said_of
from incentives.advice.moves import Changed, Moves
from incentives.advice.smallest import smallest
from incentives.advice.thresholds import first_from
from incentives.advice.trial import DAY, Trial
from incentives.amounts.ranges import Open
from incentives.engines.rows import OUTCOMES
from incentives.facts.places import Place, with_value
from incentives.facts.profile import Profile
from incentives.facts.types import PlainValue, Value
from incentives.facts.vocabulary import Entity
from incentives.values import Outcome, State

MOST_WAYS = 12
"""Ways that are told of one clause on one item; the first of them change the fewest facts."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that would be something else. `or_else` are other choices that do as well.

    Of a day `until` is the last one up to which all of them do, the first of which it is given as, and `again` the
    first after that which does once more. Of a number of a new item `or_more` is whether all above do as well, or all
    below; None where neither is known.
    """

    place: Place
    before: PlainValue | None
    after: PlainValue
    or_else: tuple[PlainValue, ...] = ()
    until: date | None = None
    or_more: bool | None = None
    again: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Changes that together take a clause away from being refused, and of which none can be left out or be less.

    With `trades` they stand for many: the first number among them changes as little as it can with anything of the
    others, the second as little as it can with that, and more of one does for less of another.
    With `shares` a figure can be shared by several items: with more of another one, less of it does.
    With `adds` there are more items, of each group all alike; the facts of its first are among the changes.
    `apply_on` is a later day of application, up to `apply_until` every day of which will do, and `apply_again` the
    first after that on which one will once more. `outcome` is what the clause then comes to: facts that nobody has
    given, or a person, may still have a say.
    """

    changes: tuple[Change, ...]
    outcome: Outcome
    adds: tuple[Added, ...] = ()
    apply_on: date | None = None
    apply_until: date | None = None
    apply_again: date | None = None
    trades: bool = False
    shares: bool = False

    def is_of_new(self, change: Change) -> bool:
        """Whether a change says what a new item would be."""
        return any(added.has(change.place) for added in self.adds)

    def times(self, change: Change) -> int:
        """How many items a change is made to: what is said of a new one is said of all that are like it."""
        return next((len(added.keys) for added in self.adds if added.has(change.place)), 1)

    def new_of(self, entity: Entity | None) -> str | None:
        """The key of the first new item of an entity; None where there is none."""
        return next((one.keys[0] for one in self.adds if entity is not None and one.entity == entity.id), None)


class Ways(NamedTuple):
    """Ways out of a refusal, the fewest changes first; `left_out` where there are or may be others."""

    told: tuple[Way, ...]
    left_out: bool


def ways(
    trial: Trial,
    places: Sequence[Place],
    changeable: Changeable,
    until: date | None = None,
    *,
    weighing: bool = True,
    begun: Added | None = None,
) -> Ways:
    """How a clause that is refused would not be, by changing some of `places`; nothing where it is not refused.

    A place without a fact stands for more items in that list, `DAY` for a later day of the same year up to `until`.
    See `smallest` for which ways there are, and for `weighing`. `begun` is what is added to the profile already, of
    which it has still to be said what it would be.
    """
    last = min(until or trial.on, date(trial.on.year, 12, 31))
    moves = Moves(trial, places, changeable, last, (begun,) if begun is not None else ())
    if moves.state({}) is State.FAILS:
        found, trades, left_out = smallest(moves, weighing=weighing)
    elif begun is not None:
        found, trades, left_out = ({},), (), False
    else:
        return Ways((), left_out=False)
    adding = [one for one in found if begun is not None or any(map(_is_list, one))]
    changing = [one for one in found if one not in adding]
    told = [*_changing(trial, moves, changing, found, trades)]
    if adding:
        before = trial.profile if begun is None else without_added(trial.profile, begun)
        starts = adding if begun is None else [_with_begun(one, begun) for one in adding]
        several = making(trial, before, starts, places, changeable, last, [said_of(moves, one) for one in changing])
        told += [_way_of(one, moves) for one in several.made]
        left_out |= several.left_out
    told = [_with_last_day(trial, way, begun, moves.last) for way in told]
    told.sort(key=lambda way: _order(way, moves))
    return Ways(tuple(told[:MOST_WAYS]), left_out or len(told) > MOST_WAYS)


def with_changes(profile: Profile, changes: Iterable[Change]) -> Profile:
    """The profile after some changes."""
    for change in changes:
        profile = with_value(profile, change.place, change.after)
    return profile


def after_way(profile: Profile, way: Way) -> Profile:
    """The profile after everything a way says was done; what it says of a new item is of ones that were not there."""
    fresh = {
        (entity, key): other
        for entity in {added.entity for added in way.adds}
        for keys in ([key for added in way.adds if added.entity == entity for key in added.keys],)
        for key, other in zip(keys, new_keys(profile, entity, len(keys)), strict=True)
    }
    adds = [Added(one.entity, tuple(fresh[one.entity, key] for key in one.keys)) for one in way.adds]
    profile = with_added(profile, adds)
    for change in way.changes:
        place = change.place
        own = next((new for old, new in zip(way.adds, adds, strict=True) if old.has(place)), None)
        for key in own.keys if own is not None else (place.item,):
            profile = with_value(profile, place._replace(item=key), change.after)
    return profile


def same(way: Way) -> object:
    """What two ways have in common that are one change."""
    return frozenset((change.place, change.after) for change in way.changes), way.adds, way.apply_on


def same_in_any_order(way: Way) -> object:
    """The same, whichever of the new items is which."""
    of_new = Counter((added.entity, len(added.keys), frozenset(_said_of_new(way, added))) for added in way.adds)
    beside = frozenset((change.place, change.after) for change in way.changes if not way.is_of_new(change))
    return beside, frozenset(of_new.items()), way.apply_on


def _said_of_new(way: Way, added: Added) -> Iterator[tuple[Place, PlainValue]]:
    return ((one.place._replace(item=None), one.after) for one in way.changes if added.has(one.place))


def changes_of(found: Filled) -> tuple[Change, ...]:
    """What was found of facts that nobody has given."""
    return tuple(Change(place, None, *taken) for place, taken in found.items())


def _is_list(place: Place) -> bool:
    """Whether a place stands for more items in a list."""
    return place.fact is None and place != DAY


def _with_begun(changed: Changed, begun: Added) -> Changed:
    """A set of changes with the items that are added already."""
    own = Place(begun.entity, None, None)
    more = changed.get(own, 0)
    assert isinstance(more, int), "so many more items"
    return {**changed, own: more + len(begun.keys)}


def _order(way: Way, moves: Moves) -> tuple[object, ...]:
    """What only changes facts first, then what adds, then what waits; of each the fewest changes."""
    order = {place: number for number, place in enumerate(moves.places)}
    items = sum(len(added.keys) for added in way.adds)
    places = [order.get(change.place, len(order)) for change in way.changes]
    return way.apply_on is not None, items > 0, len(way.changes) + items, sorted(places)


def _changing(
    trial: Trial, moves: Moves, found: Sequence[Changed], every: Sequence[Changed], trades: Sequence[Changed]
) -> Iterator[Way]:
    """The ways that change what is there, and when an application is made; `every` are all sets that do or may do."""
    seen: list[tuple[Changed, Way]] = []
    order = {place: number for number, place in enumerate(moves.places)}
    for changed in sorted(found, key=lambda one: (DAY in one, len(one), sorted(order[place] for place in one))):
        if any(_told_beside(changed, one, way) for one, way in seen):
            continue
        changes = tuple(
            Change(place, moves.now[place], changed[place], _or_else(moves, changed, place, every))
            for place in sorted(changed, key=order.__getitem__)
            if place != DAY
        )
        day = changed.get(DAY)
        apply_on = day if isinstance(day, date) else None
        then = trial._replace(profile=with_changes(trial.profile, changes), on=apply_on or trial.on)
        state = then.state()
        if state is not None and state is not State.FAILS:
            seen.append((changed, Way(changes, OUTCOMES[state], (), apply_on, trades=changed in trades)))
            yield seen[-1][1]


def _with_last_day(trial: Trial, way: Way, begun: Added | None, last: date) -> Way:
    """A way with the last day up to which an application on every day comes to the same, and the next that does."""
    if way.apply_on is None:
        return way
    before = trial.profile if begun is None else without_added(trial.profile, begun)
    item = trial.item if begun is None else way.new_of(trial.clause.for_each)
    then = trial._replace(profile=after_way(before, way), on=way.apply_on, item=item)
    same = then.state()

    def another(day: Value | Open) -> bool:
        state = then.state({DAY: day})
        return state is not same or (state is State.MISSING and isinstance(day, Open))

    def once_more(day: Value | Open) -> bool:
        state = then.state({DAY: day})
        return state is same or (isinstance(day, Open) and state is not None and state.unknown)

    line = Days(way.apply_on.toordinal(), last.toordinal())
    other = first_from(line, line.low + 1, another)
    if other is None:
        return replace(way, apply_until=last)
    again = first_from(line, other + 1, once_more)
    return replace(way, apply_until=line.at(other - 1), apply_again=None if again is None else line.at(again))


def _way_of(made: Made, moves: Moves) -> Way:
    """What is made as a way."""
    day = made.filled.get(DAY)
    changes = tuple(
        Change(place, moves.now.get(place), *taken) for place, taken in made.filled.items() if place != DAY
    )
    apply_on = day.value if day is not None and isinstance(day.value, date) else None
    return Way(changes, OUTCOMES[made.state], made.adds, apply_on, trades=made.trades, shares=made.shares)


def _or_else(moves: Moves, found: Changed, place: Place, every: Sequence[Changed]) -> tuple[PlainValue, ...]:
    """The other choices of a fact that do as well, all else being as in `found`; none with which less would do.

    `every` are all the smallest sets.
    """
    if moves.line(place) is not None:
        return ()
    others: list[PlainValue] = []
    for value in dict.fromkeys(moves.in_place_of(place, found[place])):
        one = {**found, place: value}
        if value == found[place] or moves.state(one) is not moves.state(found):
            continue
        alike = [{**other, place: value} for other in every if place in other and other[place] != value]
        less = [*every, *(other for other in alike if moves.state(other) is not State.FAILS)]
        if not any(_is_less(moves, other, one) for other in less):
            others.append(value)
    return tuple(others)


def _is_less(moves: Moves, one: Changed, other: Changed) -> bool:
    """Whether a set of changes is a part of another one, or one of its changes is smaller."""
    return one != other and all(
        place in other and moves.no_further(place, value, other[place]) for place, value in one.items()
    )


def _told_beside(one: Changed, other: Changed, way: Way) -> bool:
    """Whether a set is told already, as another one with other choices of it that do as well."""
    if set(one) != set(other):
        return False
    or_else = {change.place: change.or_else for change in way.changes}
    return all(value == other[place] or value in or_else.get(place, ()) for place, value in one.items())
