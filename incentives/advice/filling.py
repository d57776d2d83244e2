"""What facts that are not known would have to be for a clause not to be refused. Imports trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.grid import Days, Line
from incentives.advice.grown import Added
from incentives.advice.remembered import Remembered
from incentives.advice.thresholds import TooLong, search
from incentives.advice.trial import Supposed, Trial
from incentives.amounts.days import days_between
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import DateType, ManyType, PlainValue, Value
from incentives.values import State

MOST_ASKED = 250
"""Ranges of one fact that are asked about; it is left open where that is not enough."""

MOST_TRIED = 200
"""Choices that are tried for items of one list that are not alike."""


class Taken(NamedTuple):
    """What a fact would be, with the choices that do as well; of a day the last up to which all of them do."""

    value: PlainValue
    or_else: tuple[PlainValue, ...] = ()
    until: date | None = None


Filled = dict[Place, Taken]
"""What each fact would be."""


def filled(
    trial: Trial, places: Sequence[Place], changeable: Changeable, adds: Sequence[Added] = ()
) -> Filled | None:
    """What facts would have to be, one after the other and again, until nothing narrows those that are left.

    Of a number the least that will do, or the greatest where only that end is bounded; of a choice the first one.
    `adds` are new items, of which the places are of the first of each group: their days are still to come, and a day
    that is needed is the first of them that will do. None where nothing will do.
    """
    filling = _Filling(trial, changeable, adds)
    if not filling.may_hold({}):
        return None
    apart = len({added.entity for added in adds}) < len(adds)
    if apart:
        filling.tell_apart(places)
    left = filling.narrow_all([place for place in places if place not in filling.found])
    if filling.is_impossible:
        return None
    if apart:
        filling.keep_needed()
    filling.settle_days(left)
    filling.tell_days_alike()
    return {place: filling.found[place] for place in places if place in filling.found}


class _Filling:
    def __init__(self, trial: Trial, changeable: Changeable, adds: Sequence[Added]) -> None:
        self._clause = trial.clause
        self._remembered = Remembered(trial)
        self._changeable = changeable
        self._adds = adds
        self._applied_on = trial.on
        self._to_come: Supposed = {
            place: day
            for added in adds
            for place, day in changeable.of_new_items(added.entity, added.keys, trial.on).items()
        }
        self._tried = 0
        self.found: Filled = {}
        self.is_impossible = False
        """Whether some fact of a new item could be nothing at all."""

    def may_hold(self, more: Mapping[Place, Value | Open]) -> bool:
        """Whether the clause may be met where facts are what was found, and some more are so."""
        return self._state(more, days_to_come=True) is not State.FAILS

    def narrow_all(self, places: Sequence[Place]) -> list[Place]:
        """Find what facts have to be, until nothing narrows those that are left, or one can be nothing."""
        left = list(places)
        while not self.is_impossible:
            narrowed = [place for place in left if not self.is_impossible and self._narrow(place)]
            if not narrowed:
                break
            left = [place for place in left if place not in narrowed]
        return left

    def tell_apart(self, places: Sequence[Place]) -> None:
        """Take choices for facts of items of one list that are not alike, so that all of them together will do."""
        choices = [place for place in places if self._line(place) is None]
        if not self._taken_together(choices):
            self.is_impossible = True

    def keep_needed(self) -> None:
        """Leave out choices that nothing needs, and say of the others what would do as well."""
        chosen = [place for place in self.found if self._line(place) is None]
        if self._state({}, days_to_come=True) is not State.MISSING:
            for place in reversed(chosen):
                kept = self.found.pop(place)
                if self._state({}, days_to_come=True) is State.MISSING:
                    self.found[place] = kept
        for place, (value, *_) in self.found.items():
            if self._line(place) is None:
                self.found[place] = Taken(value, tuple(other for other in self._will_do(place) if other != value))

    def _taken_together(self, places: Sequence[Place]) -> bool:
        """Whether choices were found for all these facts, or for as many of them as are needed."""
        if self._state({}, days_to_come=True) is not State.MISSING or not places:
            return True
        place, *others = places
        will_do = self._will_do(place)
        for value in sorted(will_do, key=lambda one: -self._met({place: one})):
            self._tried += 1
            self.found[place] = Taken(value)
            if self._tried <= MOST_TRIED and self._taken_together(others):
                return True
            del self.found[place]
        may_stay = not will_do and self._may_be_another(place, self._changeable.choices(place, None, self._clause))
        return may_stay and self._taken_together(others)

    def _met(self, more: Mapping[Place, Value | Open]) -> int:
        """How many tests are met where facts are what was found, and some more are so."""
        supposed = self._supposed(more, days_to_come=True)
        return sum(self._remembered.state_of(test, supposed) is State.HOLDS for test in self._remembered.tests)

    def _narrow(self, place: Place) -> bool:
        """Find what a fact has to be; whether it has to be anything."""
        line = self._line(place)
        taken = self._choice(place) if line is None else self._along(place, line)
        if taken is not None:
            self.found[place] = taken
        return taken is not None

    def settle_days(self, left: Sequence[Place]) -> None:
        """Take the first of the days to come, where the clause waits for a day and any of them will do."""
        days = [place for place in left if self._is_new(place) and isinstance(self._line(place), Days)]
        for place in days:
            self.found[place] = Taken(self._changeable.since)
        if self._state({}) is State.MISSING:  # it waits for more than days
            for place in days:
                del self.found[place]
            return
        for place in days:
            taken = self.found.pop(place)
            if self._state({}) is State.MISSING:
                self.found[place] = taken

    def tell_days_alike(self) -> None:
        """Say of each day of a new item up to which one all of them do, where nothing else is open any more."""
        days = [place for place in self.found if isinstance(self._line(place), Days)]
        if days and not self._state({}).unknown:
            for place in days:
                self.found[place] = self.found[place]._replace(until=self._last_alike(place))

    def _last_alike(self, place: Place) -> date:
        """The last day up to which every one from the first on will do."""
        first, line = self.found[place].value, self._line(place)
        assert isinstance(first, date), "a day"
        assert isinstance(line, Days), "among days"
        near, far = first.toordinal(), line.high
        last = far
        while near < far:
            if self._state({place: days_between(State.MISSING, first, date.fromordinal(last))}).unknown:
                far = last - 1
            else:
                near = last
            last = (near + far + 1) // 2
        return date.fromordinal(near)

    def _line(self, place: Place) -> Line | None:
        if isinstance(self._changeable.type_of(place), DateType) and self._is_new(place):
            return self._changeable.days_of_new(self._changeable.fact(place), self._applied_on)
        return self._changeable.grid(place)

    def _along(self, place: Place, line: Line) -> Taken | None:
        def asked(value: Value | Open) -> bool:
            return self.may_hold({place: value})

        try:
            if not asked(line.at(line.low)):
                least = search(line, (line.low + 1, line.high), asked, upward=True, most=MOST_ASKED)
                self.is_impossible |= least is None and self._is_new(place)
                return None if least is None else Taken(line.at(least))
            # Of what has happened, no day after the application is meant; that it is none of those may be needed.
            if asked(date.max if isinstance(line, Days) else line.at(line.high)):
                return None
            if isinstance(line, Days):
                return Taken(line.at(line.low))
            greatest = search(line, (line.low, line.high - 1), asked, upward=False, most=MOST_ASKED)
        except TooLong:
            return None
        return None if greatest is None else Taken(line.at(greatest))

    def _choice(self, place: Place) -> Taken | None:
        choices = self._changeable.choices(place, None, self._clause)
        will_do = self._will_do(place)
        if will_do and (len(will_do) < len(choices) or not self._changeable.choices_are_all(place)):
            return Taken(will_do[0], tuple(will_do[1:]))
        self.is_impossible |= not will_do and self._is_new(place) and not self._may_be_another(place, choices)
        return None

    def _will_do(self, place: Place) -> list[PlainValue]:
        return [
            value for value in self._changeable.choices(place, None, self._clause) if self.may_hold({place: value})
        ]

    def _may_be_another(self, place: Place, choices: Sequence[PlainValue]) -> bool:
        """Whether something may do that is none of the choices: a word that nobody names, several words or none."""
        if isinstance(self._changeable.type_of(place), ManyType):
            several = frozenset[str]().union(*[value for value in choices if isinstance(value, frozenset)])
            return any(self.may_hold({place: value}) for value in (frozenset[str](), several))
        return not self._changeable.choices_are_all(place) and self.may_hold({place: ""})

    def _is_new(self, place: Place) -> bool:
        return any(added.has(place) for added in self._adds)

    def _state(self, more: Mapping[Place, Value | Open], *, days_to_come: bool = False) -> State:
        return self._remembered.state(self._supposed(more, days_to_come=days_to_come))

    def _supposed(self, more: Mapping[Place, Value | Open], *, days_to_come: bool) -> Supposed:
        supposed: dict[Place, Value | Open] = {**self._to_come} if days_to_come else {}
        for place, value in {**{place: taken.value for place, taken in self.found.items()}, **more}.items():
            added = next((one for one in self._adds if one.has(place)), None)
            items = added.keys if added is not None else (place.item,)
            supposed |= {place._replace(item=item): value for item in items}
        return supposed
