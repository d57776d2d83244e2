"""The numbers at which what a test works out changes by a step: in a score the ends of its rows, and nothing else.

Where a test adds up what tables, cases and comparisons give, each by a number of its own, a number can only be needed
where one of these parts changes, whatever the others are. Those numbers are asked of the evaluator, part by part, in
ranges that are taken apart for as long as it does not settle a part alike for all of them.

Imports what is remembered, reads and thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from incentives.advice.grid import Line
from incentives.advice.reads import Spot, is_among, reads_of_condition, reads_of_terms
from incentives.advice.remembered import At, Remembered
from incentives.advice.thresholds import TooLong, search
from incentives.advice.trial import DAY, Supposed
from incentives.amounts.ranges import Open, settled
from incentives.engines.ranges_of_facts import Found
from incentives.facts.places import Place
from incentives.facts.types import PlainValue, Value
from incentives.facts.vocabulary import Fact
from incentives.language.nodes import (
    ApplicationDay,
    Condition,
    CountItems,
    Elapsed,
    FactValue,
    Items,
    OverItems,
    Term,
    YearValue,
)
from incentives.language.reads import below, everything_in, read_by
from incentives.values import State

MOST_STEPS = 16
"""Numbers at which a part changes in one direction; what changes at more of them is taken to change with each."""

MOST_ASKED = 1000
"""Ranges that are asked about for one of them."""

Supposing = Callable[[Supposed], Supposed]
"""What is supposed after some changes, of new items as well."""


class Movable(NamedTuple):
    """What may be changed, as it is now; of numbers the lines along which they move, and which can become less.

    `supposing` says what is supposed after some changes. `dated` are the lists of which a new item is of a day that
    the day of application has a say in.
    """

    now: Mapping[Place, PlainValue]
    lines: Mapping[Place, Line]
    falling: frozenset[Place]
    supposing: Supposing
    dated: frozenset[str]


class Part(NamedTuple):
    """A part of a test, with the numbers it goes by; `others` are what else may be changed that it reads.

    Of several numbers, more of one may do for less of another; but not where they are a list, by its length, and the
    day of application: then `grown` is that list.
    """

    of: Condition | Term
    at: At
    numbers: frozenset[Place]
    others: frozenset[Place]
    grown: Place | None = None


class Stepping:
    """The parts of a trial's tests that each go by one number."""

    def __init__(self, remembered: Remembered, movable: Movable) -> None:
        self._remembered = remembered
        self._trial = trial = remembered.trial
        self._movable = movable
        own = trial.clause.for_each
        self._own_item: At = ((own.id, trial.item),) if own is not None and trial.item is not None else ()
        self._parts: dict[str, tuple[Part, ...]] = {}
        self._found: dict[tuple[object, ...], tuple[int, ...] | None] = {}
        self._own: dict[tuple[object, ...], tuple[int, ...]] = {}

    def numbers_of(self, test: Condition) -> frozenset[Place]:
        """The numbers that a test is worked out from."""
        return frozenset[Place]().union(*(part.numbers for part in self._parts_of(test)))

    def steps(self, test: Condition, place: Place, changed: Supposed) -> tuple[int, ...] | None:
        """Where on its line a part of a test changes as a place moves away from what it is now.

        What is no number is as in `changed`. None where some part changes with every number, or may do so.
        """
        return self._steps_in(self._parts_of(test), place, changed)

    def own_steps(self, test: Condition, place: Place, changed: Supposed) -> tuple[int, ...]:
        """The same of those parts alone that go by no other number, in each direction as far as they go in steps."""
        key = (test.id, place, frozenset(changed.items()))
        if key not in self._own:
            alone = [part for part in self._parts_of(test) if part.numbers == {place} and part.grown is None]
            self._own[key] = tuple(number for part in alone for number in self._own_steps_of(part, place, changed))
        return self._own[key]

    def _own_steps_of(self, part: Part, place: Place, changed: Supposed) -> Iterator[int]:
        if not isinstance(part.of, FactValue | YearValue):
            then = {one: changed[one] for one in part.others if one in changed}
            for ends, upward in self._directions(place):
                yield from self._towards(part, place, then, ends, upward=upward) or ()

    def _parts_of(self, test: Condition) -> tuple[Part, ...]:
        if test.id not in self._parts:
            self._parts[test.id] = tuple(self._divided(test, self._own_item, set()))
        return self._parts[test.id]

    def _divided(self, of: Condition | Term, at: At, seen: set[tuple[int, At]]) -> Iterator[Part]:
        """The largest parts of something that each go by one number, and what goes by several of itself."""
        if (id(of), at) in seen:
            return
        seen.add((id(of), at))
        read = self._read(of, at)
        numbers = read & self._movable.lines.keys()
        if len(numbers) == 1:
            yield Part(of, at, numbers, read - numbers)
        elif numbers:
            yield from self._of_itself(of, at, numbers, read - numbers)
            for part, there in self._below(of, at):
                yield from self._divided(part, there, seen)

    def _of_itself(
        self, of: Condition | Term, at: At, numbers: frozenset[Place], others: frozenset[Place]
    ) -> Iterator[Part]:
        """What something reads itself, not through what it is made of."""
        entity = _list_in(of)
        if entity is not None:
            grown = Place(entity, None, None)
            if grown in numbers:
                beside = {DAY} & numbers if grown.entity in self._movable.dated else set()
                yield Part(of, at, frozenset({grown, *beside}), others, grown)
            return
        facts = {(one.entity, one.id) for one in read_by(of) if isinstance(one, Fact)}
        read = {one for one in numbers if (one.entity, one.fact) in facts or (one == DAY and _is_of_day(of))}
        if read:
            yield Part(of, at, frozenset(read), others)

    def _below(self, of: Condition | Term, at: At) -> Iterator[tuple[Condition | Term, At]]:
        """What something is made of, at each item of a list that it goes through."""
        entity = _list_in(of)
        for part in below(of):
            if entity is None:
                yield part, at
                continue
            for item in self._trial.profile.lists.get(entity, ()):
                yield part, (*(one for one in at if one[0] != entity), (entity, item.key))

    def _read(self, of: Condition | Term, at: At) -> frozenset[Place]:
        """What may be changed of all that something is worked out from."""
        on, items = self._trial.on, dict(at)
        spots = reads_of_condition(of, on) if isinstance(of, Condition) else reads_of_terms((of,), on)
        read = {
            place
            for place in self._movable.now
            if is_among(place, spots)
            and (place.item in (None, items.get(place.entity)) or Spot(place.entity, None) in spots)
        }
        grown = {place.entity for place in read if place.fact is None}
        if DAY in self._movable.now and (grown & self._movable.dated or any(map(_is_of_day, everything_in(of)))):
            read.add(DAY)
        return frozenset(read)

    def _steps_in(self, parts: Iterable[Part], place: Place, changed: Supposed) -> tuple[int, ...] | None:
        found: dict[int, None] = {}
        for part in parts:
            if place not in part.numbers:
                continue
            then = {one: changed[one] for one in part.others if one in changed}
            key = (id(part.of), part.at, place, frozenset(then.items()))
            if key not in self._found:
                self._found[key] = self._steps_of(part, place, then)
            some = self._found[key]
            if some is None:
                return None
            found |= dict.fromkeys(some)
        return tuple(found)

    def _steps_of(self, part: Part, place: Place, changed: Supposed) -> tuple[int, ...] | None:
        line = self._movable.lines[place]
        if part.grown is not None:
            if place == part.grown:
                return (1,) if isinstance(part.of, Condition) else tuple(range(1, line.high + 1))
            changed = {**changed, part.grown: 1}
        elif len(part.numbers) > 1:
            return None
        found: list[int] = []
        for ends, upward in self._directions(place):
            if ends[1] - ends[0] > MOST_STEPS and isinstance(part.of, FactValue | YearValue):
                return None
            some = self._towards(part, place, changed, ends, upward=upward)
            if some is None:
                return None
            found += some
        return tuple(found)

    def _directions(self, place: Place) -> Iterator[tuple[tuple[int, int], bool]]:
        """The numbers beyond what a place is now, upwards and, where it can become less, downwards."""
        line, now = self._movable.lines[place], self._movable.now[place]
        at = line.below(now)
        yield (at + 1, line.high), True
        if place in self._movable.falling:
            yield (line.low, at - (line.at(at) == now)), False

    def _towards(
        self, part: Part, place: Place, changed: Supposed, ends: tuple[int, int], *, upward: bool
    ) -> tuple[int, ...] | None:
        line = self._movable.lines[place]
        of_new_items = part.grown is not None or (place.fact is None and place != DAY)
        found: list[int] = []

        def another(value: Value | Open, than: Found | State) -> bool:
            return self._found_at(part, place, changed, value) != than

        here = self._found_at(part, place, changed, self._movable.now[place])
        while len(found) <= MOST_STEPS:
            if isinstance(here, State) and here.unknown and of_new_items:
                return tuple(found)  # it may be anything already
            if not of_new_items and (not settled(here) or (isinstance(here, State) and here.unknown)):
                return self._of_what_is_open(part, place, changed)
            try:
                number = search(line, ends, partial(another, than=here), upward=upward, most=MOST_ASKED)
            except TooLong:
                return None
            if number is None:
                return tuple(found)
            found.append(number)
            ends = (number + 1, ends[1]) if upward else (ends[0], number - 1)
            here = self._found_at(part, place, changed, line.at(number))
        return None

    def _of_what_is_open(self, part: Part, place: Place, changed: Supposed) -> tuple[int, ...] | None:
        """The steps of what a part is made of, where its own cannot be told: something of it is not known."""
        below = [
            one
            for of, at in self._below(part.of, part.at)
            for one in self._divided(of, at, set())
            if place in one.numbers
        ]
        return self._steps_in(below, place, changed) if below else None

    def _found_at(self, part: Part, place: Place, changed: Supposed, value: Value | Open) -> Found | State:
        """What a part comes to where a place is a value, or lies in a range."""
        return self._remembered.found_at(part.of, part.at, self._movable.supposing({**changed, place: value}))


def _list_in(of: Condition | Term) -> str | None:
    """The list that something goes through itself."""
    match of.form if isinstance(of, Condition) else of:
        case Items(_, entity) | OverItems(_, entity) | CountItems(entity):
            return entity.id
        case _:
            return None


def _is_of_day(of: Condition | Term) -> bool:
    """Whether something looks at the day of application itself."""
    return isinstance(of, ApplicationDay) or (isinstance(of, Elapsed) and of.until is None)
