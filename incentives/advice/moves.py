"""What may be changed about one clause on one item, and to what: facts, lists, the day.

Imports trials, thresholds and stepping.

A number is moved to where some test of the clause turns out otherwise: only there can it be needed. Which numbers
those are is asked of the evaluator, with all else as it then is and with all else open; of a test that adds up parts
which each go by a number of their own, part by part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import chain

from incentives.advice.changeable import Changeable
from incentives.advice.grid import Days, Grid, Line
from incentives.advice.grown import Added, new_keys
from incentives.advice.remembered import Remembered
from incentives.advice.stepping import Movable, Stepping
from incentives.advice.summands import Summands
from incentives.advice.thresholds import TooLong, search
from incentives.advice.trial import DAY, Supposed, Trial
from incentives.advice.words import become, several
from incentives.amounts.days import day_ends
from incentives.amounts.ranges import Open
from incentives.engines.ranges_of_facts import unknown
from incentives.facts.places import Place, value_at
from incentives.facts.types import PlainValue, Value
from incentives.language.nodes import (
    Condition,
    CountItems,
    Equals,
    OneOf,
    OverItems,
    StartsWith,
    Within,
)
from incentives.language.reads import everything_in
from incentives.values import State

Changed = Mapping[Place, PlainValue]
"""Facts and what they would be; of a list how many more items, of `DAY` which day."""

Supposing = Callable[[Value | Open], Supposed]
"""What is supposed where a place has a value, or one out of a range."""

MOST_ADDED = 12
"""Items that are added to one list at most."""

MANY_MORE = 100
"""Items that are added to see whether a test asks for more of them than `MOST_ADDED`."""

MOST_TURNS = 16
"""Numbers at which one test turns out otherwise, of which no more are looked at in one direction."""


class Moves:
    """The places that may be changed for a trial, in the order of the paper; `until` the last day of application.

    `begun` are new items that are in the profile already, of which nothing is known but what is supposed. `before`
    are moves of the same clause and profile, but for other new items.
    """

    def __init__(
        self,
        trial: Trial,
        places: Sequence[Place],
        changeable: Changeable,
        until: date,
        begun: Sequence[Added] = (),
        before: Moves | None = None,
    ) -> None:
        self._trial = trial
        self._changeable = changeable
        self._begun = begun
        self._last = Days(trial.on.toordinal(), max(until, trial.on).toordinal())
        self._remembered = Remembered(trial)
        self._given_up: set[tuple[Place, str]] = set()
        read = {place: self._remembered.looking_at(place) for place in places}
        growing = [place.entity for place in read if _is_list(place)] + [added.entity for added in begun]
        self._by_day = {entity: self._of_event_days(entity) for entity in growing}
        """The tests that look at when something happened to an item: by the day of application, to a new one."""
        day_is_needed = DAY in read and any(self._by_day.values())
        self.tests: dict[Place, tuple[Condition, ...]] = {
            place: tests for place, tests in read.items() if tests or (place == DAY and day_is_needed)
        }
        """The tests that look at each place, at which alone it can be needed."""
        self._ids = {place: frozenset(test.id for test in tests) for place, tests in self.tests.items()}
        self.now: dict[Place, PlainValue] = {place: self._now(place) for place in self.tests}
        lines = {place: line for place in self.tests if (line := self.line(place)) is not None}
        dated = frozenset(entity for entity, tests in self._by_day.items() if tests)
        falling = frozenset(place for place in lines if self.can_fall(place))
        self._stepping = Stepping(self._remembered, Movable(self.now, lines, falling, self.supposed, dated))
        self._numbers = {test.id: self._numbers_of(test, lines) for test in self._remembered.tests}
        """Of each test that is worked out from several numbers, which those are."""
        self._new: dict[tuple[str, tuple[str, ...], date], dict[Place, Open]] = {}
        self._summands: Summands = Summands(self._remembered, before._summands if before is not None else None)
        self._turned: dict[tuple[Place, str, frozenset[object]], tuple[int, ...]] = {}
        self._straight: set[tuple[Place, str]] = set()
        """Of what was asked about, the numbers that a test weighs, with that test."""
        self._counted = frozenset(place for place in self.tests if _is_list(place) and self._counts(place))
        """The lists of which some test counts or adds up the items."""
        self._asks_for_more: dict[tuple[Place, frozenset[object]], bool] = {}
        """Of what was asked about, whether a test asks for more items, or words, than are added."""

    def _of_event_days(self, entity: str) -> tuple[Condition, ...]:
        seen = {
            test.id
            for day in self._changeable.event_days(entity)
            for test in self._remembered.looking_at(Place(entity, None, day))
        }
        return tuple(test for test in self._remembered.tests if test.id in seen)

    @property
    def last(self) -> date:
        """The last day of application."""
        return self._last.at(self._last.high)

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(self.tests)

    def line(self, place: Place) -> Line | None:
        """What the place moves along; None where it is one thing or another."""
        if place == DAY:
            return self._last
        if place.fact is None:
            return Grid(0, MOST_ADDED, None)
        return self._changeable.grid(place)

    def anything(self, place: Place) -> Value | Open:
        """Everything that a place can be, as it is or changed."""
        line = self.line(place)
        if line is not None and not self.can_fall(place):
            return line.between(line.below(self.now[place]), line.high)
        return unknown(self._changeable.type_of(place))

    def can_fall(self, place: Place) -> bool:
        return place.fact is not None and self._changeable.can_fall(place)

    def supposed(self, changed: Supposed, opened: Sequence[Place] = ()) -> dict[Place, Value | Open]:
        """What is supposed after some changes while other places can be anything; new items have no past."""
        found: dict[Place, Value | Open] = {**changed, **{place: self.anything(place) for place in opened}}
        return self._of_new_items(changed, found.get(DAY, self._trial.on)) | found

    def _of_new_items(self, changed: Supposed, applied_on: Value | Open) -> dict[Place, Value | Open]:
        """What is known of items that are added; of what has happened, for the last of some days of application."""
        assert isinstance(applied_on, date | Open), "an application is made on a day"
        by = day_ends(applied_on)[1] or date.max
        found: dict[Place, Value | Open] = {}
        for added in self._begun:
            found |= self._known_of_new(added.entity, added.keys, by)
        for place, count in changed.items():
            if _is_list(place) and isinstance(count, int):
                keys = new_keys(self._trial.profile, place.entity, count)
                found |= self._known_of_new(place.entity, keys, by)
        return found

    def _known_of_new(self, entity: str, keys: tuple[str, ...], by: date) -> dict[Place, Open]:
        key = (entity, keys, by)
        if key not in self._new:
            self._new[key] = self._changeable.of_new_items(*key)
        return self._new[key]

    def state(self, changed: Changed, opened: Sequence[Place] = ()) -> State:
        return self._remembered.state(self.supposed(changed, opened))

    def refused(self, changed: Changed, opened: Mapping[Place, Value | Open]) -> bool:
        """Whether a clause is refused after some changes, whatever else some places are out of a range."""
        return self._remembered.state(self._within(changed, opened)) is State.FAILS

    def met(self, changed: Changed, opened: Mapping[Place, Value | Open]) -> bool:
        """Whether a clause is met after some changes, whatever else some places are out of a range."""
        return self._remembered.state(self._within(changed, opened)) is State.HOLDS

    def is_idle(self, place: Place, changed: Changed, opened: Mapping[Place, Value | Open]) -> bool:
        """Whether a place need not be changed: whatever ends the refusal does so too with the place as it is."""
        there = self._within(changed, opened)
        changed = {one: value for one, value in changed.items() if one != place}
        here = self._within(changed, {one: value for one, value in opened.items() if one != place})
        for test in self._turned_by(place):
            state = self._remembered.state_of(test, here)
            if state is self._remembered.best.get(test.id):
                continue
            if state.unknown or self._remembered.state_of(test, there) is not state:
                return False
        return True

    def _within(self, changed: Changed, opened: Mapping[Place, Value | Open]) -> Supposed:
        """What is supposed after some changes, where some places are something out of a range."""
        applied_on = opened.get(DAY, changed.get(DAY, self._trial.on))
        return {**self._of_new_items(changed, applied_on), **changed, **opened}

    def no_further(self, place: Place, one: PlainValue, other: PlainValue) -> bool:
        """Whether `one` is the other change of a place, or a smaller one of the same kind."""
        if one == other:
            return True
        line = self.line(place)
        if line is not None:
            now, near, far = (line.below(value) for value in (self.now[place], one, other))
            return now < near < far or now >= near > far
        words = self.now[place]
        return isinstance(words, frozenset) and _words_in(one) ^ words < _words_in(other) ^ words

    def choices(self, place: Place) -> tuple[PlainValue, ...]:
        """Everything else that a place can be that moves along no line."""
        return self._changeable.instead(place, self.now[place], self._trial.clause)

    def in_place_of(self, place: Place, value: PlainValue) -> tuple[PlainValue, ...]:
        """These choices; of several words also one of those that came exchanged for another one."""
        choices, now = self.choices(place), self.now[place]
        if not isinstance(now, frozenset) or not isinstance(value, frozenset):
            return choices
        more = frozenset[str]().union(*(_words_in(one) - now for one in choices)) - value
        return (*choices, *(value - {word} | {other} for word in sorted(value - now) for other in sorted(more)))

    def words(self, place: Place) -> tuple[PlainValue, ...]:
        """These choices, and of several words also some of them together."""
        choices, now = self.choices(place), self.now[place]
        return (*choices, *(several(now, choices, self.tests[place]) if isinstance(now, frozenset) else ()))

    def weighs(self) -> bool:
        """Whether a test weighs two numbers, of what was asked about: more of one can do for less of the other."""
        straight = {place for place, _ in self._straight}
        return any(
            other in straight for place, test in self._straight for other in self._numbers[test] if other != place
        )

    def beside(self, place: Place, changed: Changed) -> Iterator[Place]:
        """What decides where a number is needed: what a test looks at together with it and is none.

        Of what a test weighs, also the numbers that it goes by in steps.
        """
        if self.line(place) is None:
            return
        for other, tests in self.tests.items():
            if self.line(other) is None and any(test.id in self._ids[place] for test in tests):
                yield other
        for test in self._turned_by(place):
            if self._is_weighed(place, test, changed):
                yield from (other for other in self._in_order(test) if not self.is_weighed(other, changed))

    def is_weighed(self, place: Place, changed: Changed) -> bool:
        """Whether some test weighs a number: it goes by several, after some changes not in steps of this one."""
        return any(self._is_weighed(place, test, changed) for test in self._turned_by(place))

    def _turned_by(self, place: Place) -> tuple[Condition, ...]:
        """The tests that look at a place; at that of the day also those of new items, in whose days it has a say."""
        if place != DAY:
            return self.tests[place]
        return tuple({test.id: test for test in chain(self.tests[DAY], *self._by_day.values())}.values())

    def _is_weighed(self, place: Place, test: Condition, changed: Changed) -> bool:
        if place not in self._numbers[test.id] or self._stepping.steps(test, place, changed) is not None:
            return False
        self._straight.add((place, test.id))
        return True

    def _in_order(self, test: Condition) -> Iterator[Place]:
        return (place for place in self.tests if place in self._numbers[test.id])

    def _numbers_of(self, test: Condition, lines: Mapping[Place, Line]) -> frozenset[Place]:
        if sum(any(one is test for one in self._turned_by(place)) for place in lines) < 2:
            return frozenset()
        numbers = self._stepping.numbers_of(test)
        return numbers if len(numbers) > 1 else frozenset()

    @property
    def spent(self) -> int:
        """What asking has cost so far, in about two microseconds each; the same wherever the same is asked."""
        return self._remembered.spent

    @property
    def gave_up(self) -> bool:
        """Whether there may be options that were not found: it took too long, or asks for more than is added."""
        return bool(self._given_up) or any(self._asks_for_more.values())

    def options(self, place: Place, changed: Changed, opened: Sequence[Place]) -> list[PlainValue]:
        """What a place could be after some changes, all that is still `opened` being as it is or anything."""
        line = self.line(place)
        if line is None:
            words, now = self._words(place, changed), self.now[place]
            if isinstance(now, frozenset):
                every = now.union(*map(_words_in, self.choices(place)))
                self._look_beyond(place, changed, words, every)
            return words
        if place in self._counted:
            self._look_beyond(place, changed, [MOST_ADDED], MANY_MORE)
        found: dict[PlainValue, None] = {}
        for test, then in self._turning(place, changed, opened):
            if (place, test.id) in self._given_up:
                continue
            if place in self._numbers[test.id]:
                steps = self._stepping.steps(test, place, then)
                own = self._stepping.own_steps(test, place, then) if steps is None else steps
                found |= {line.at(number): None for number in own}
                if steps is not None:
                    continue
            together = [one for one in opened if one != place and test.id in self._ids[one] and one not in then]
            for some in ([], together) if together else ([],):
                supposing = partial(self._supposing, place, then, self.supposed(then, some))
                found |= {line.at(number): None for number in self._turns(place, line, test, supposing)}
                if (place, test.id) in self._given_up:
                    break
        return sorted(found, key=partial(self.apart, place))

    def _counts(self, place: Place) -> bool:
        return any(
            isinstance(part, CountItems | OverItems) and part.entity.id == place.entity
            for test in self.tests[place]
            for part in everything_in(test)
        )

    def _look_beyond(self, place: Place, changed: Changed, tried: Sequence[PlainValue], beyond: PlainValue) -> None:
        """Note whether some test turns out otherwise with far more than is tried, so that it may help."""
        key = (place, frozenset[object](changed.items()))
        if key not in self._asks_for_more:
            some = [self.supposed({**changed, place: one}) for one in (self.now[place], *tried)]
            then = self.supposed({**changed, place: beyond})
            self._asks_for_more[key] = any(self._helps_alone(test, then, some) for test in self.tests[place])

    def _helps_alone(self, test: Condition, then: Supposed, others: Sequence[Supposed]) -> bool:
        """Whether a test may help where something is supposed, and comes to that under no other supposition."""
        state, best = self._remembered.state_of(test, then), self._remembered.best.get(test.id)
        if best is not None and state is not best and not state.unknown:
            return False
        return all(self._remembered.state_of(test, other) not in (state, best) for other in others)

    def apart(self, place: Place, value: PlainValue) -> Fraction:
        """How far a change is: of a number, what part of the larger one it is; of a day, what part of a year."""
        now = self.now[place]
        if self.line(place) is None:
            return Fraction(1)
        if isinstance(value, date) and isinstance(now, date):
            return Fraction(abs((value - now).days), 365)
        one, other = Fraction(now), Fraction(value)  # type: ignore[arg-type]
        return other if _is_list(place) else abs(other - one) / max(abs(one), abs(other))

    def _turning(
        self, place: Place, changed: Changed, opened: Sequence[Place]
    ) -> Iterator[tuple[Condition, Changed]]:
        """The tests that can turn out otherwise where a place is something else, and what is changed by then.

        A later day of application lets more items be there that are of a later day themselves.
        """
        yield from ((test, changed) for test in self.tests[place])
        if place == DAY:
            for added in self._begun:
                yield from ((test, changed) for test in self._by_day[added.entity])
            for grown in filter(_is_list, (*changed, *opened)):
                for count in (changed[grown],) if grown in changed else (1, MOST_ADDED):
                    yield from ((test, {**changed, grown: count}) for test in self._by_day[grown.entity])

    def _supposing(self, place: Place, changed: Changed, background: Supposed, value: Value | Open) -> Supposed:
        """What is supposed where after some changes a place is a value, or anything out of a range."""
        of_new = self._of_new_items(changed, value) if place == DAY else {}
        return {**background, **of_new, **changed, place: value}

    def _turns(self, place: Place, line: Line, test: Condition, supposing: Supposing) -> Sequence[int]:
        """The numbers at which a test turns out otherwise; those found until then where there are too many."""
        key = (place, test.id, self._remembered.seen(test, supposing(self.now[place])))
        if place == DAY or key not in self._turned:  # of new items more is supposed by the day
            found: dict[int, None] = {}
            try:
                for number in self._turns_either_way(place, line, test, supposing):
                    found[number] = None
            except TooLong:
                self._given_up.add((place, test.id))
            self._turned[key] = tuple(found)
        return self._turned[key]

    def _turns_either_way(self, place: Place, line: Line, test: Condition, supposing: Supposing) -> Iterator[int]:
        now = self.now[place]
        at = line.below(now)
        yield from self._turns_from(place, line, test, supposing, (at + 1, line.high))
        if self.can_fall(place):
            lower = at - 1 if line.at(at) == now else at
            yield from self._turns_from(place, line, test, supposing, (line.low, lower))

    def _turns_from(
        self, place: Place, line: Line, test: Condition, supposing: Supposing, ends: tuple[int, int]
    ) -> Iterator[int]:
        """The first number of each stretch between two ends on which a test is settled alike, going away from now.

        Not where it no longer helps but did before: nothing is moved that far for that.
        """
        upward = ends[1] == line.high

        def state(value: Value | Open) -> State:
            return self._remembered.state_of(test, supposing(value))

        def another(value: Value | Open, than: State) -> bool:
            return state(value) is not than

        here = state(self.now[place])
        if here.unknown or ends[0] > ends[1] or not another(line.between(*ends), here):
            return
        few = None if place == DAY else self._summands.turns(test, place, line, supposing, ends, upward=upward)
        for _ in range(MOST_TURNS):
            if here.unknown:
                return
            if few is not None:
                found = next((one for one in few if another(line.at(one), here)), None)
                few = few[few.index(found) + 1 :] if found is not None else ()
            else:
                found = search(line, ends, partial(another, than=here), upward=upward)
            if found is None:
                return
            if here is not self._remembered.best.get(test.id):
                yield found
            ends = (found + 1, ends[1]) if upward else (ends[0], found - 1)
            here = state(line.at(found))
        raise TooLong

    def _words(self, place: Place, changed: Changed) -> list[PlainValue]:
        """Of what is no number each choice that the tests tell apart; of several words also those taken together."""
        now, tests, choices = self.now[place], self.tests[place], self.choices(place)
        if isinstance(now, frozenset):
            more = [word for value in choices for word in sorted(_words_in(value) - now)]
            singly = become(place, now, more, tests)
            return [*singly, *several(now, singly, tests)]
        if all(isinstance(test.form, Within | Equals | OneOf | StartsWith) for test in tests):
            alike: dict[tuple[State, ...], PlainValue] = {}
            for value in (now, *choices):
                states = tuple([self._remembered.state_of(test, {**changed, place: value}) for test in tests])
                alike.setdefault(states, value)
            choices = tuple(value for value in alike.values() if value != now)
        return [*choices]

    def _now(self, place: Place) -> PlainValue:
        if place == DAY:
            return self._trial.on
        if place.fact is None:
            return 0
        value = value_at(self._trial.profile, place)
        assert value is not None, "what may be changed is known"
        return value


def _is_list(place: Place) -> bool:
    """Whether a place stands for more items in a list."""
    return place.fact is None and place != DAY


def _words_in(value: PlainValue) -> frozenset[str]:
    assert isinstance(value, frozenset), "several words become several words"
    return value
