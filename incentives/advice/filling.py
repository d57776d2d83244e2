"""What facts that are not known would have to be for a clause not to be refused. Imports trials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from incentives.advice.changeable import Changeable
from incentives.advice.grid import Days, Line
from incentives.advice.remembered import Remembered
from incentives.advice.thresholds import first_from, last_until
from incentives.advice.trial import Supposed, Trial
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import DateType, PlainValue, Value
from incentives.values import State

Filled = dict[Place, tuple[PlainValue, tuple[PlainValue, ...]]]
"""What each fact would be, with the choices that do as well."""


def filled(trial: Trial, places: Sequence[Place], changeable: Changeable, alike: Sequence[str] = ()) -> Filled | None:
    """What facts would have to be, one after the other and again, until nothing narrows those that are left.

    Of a number the least that will do, or the greatest where only that end is bounded; of a choice the first one.
    `alike` are the keys of new items, all of which are as the one that the places are of: their days are still to
    come, and a day that is needed is the first of them where any will do. None where nothing will do.
    """
    to_come = changeable.of_new_items(places[0].entity, alike) if places and alike else {}
    filling = _Filling(trial, changeable, alike, to_come)
    if not filling.may_hold({}):
        return None
    left = list(places)
    while narrowed := [place for place in left if filling.narrow(place)]:
        left = [place for place in left if place not in narrowed]
    filling.settle_days(left)
    return {place: filling.found[place] for place in places if place in filling.found}


class _Filling:
    def __init__(self, trial: Trial, changeable: Changeable, alike: Sequence[str], to_come: Supposed) -> None:
        self._clause = trial.clause
        self._remembered = Remembered(trial)
        self._changeable = changeable
        self._alike = alike
        self._to_come = to_come
        self.found: Filled = {}

    def may_hold(self, more: Mapping[Place, Value | Open]) -> bool:
        """Whether the clause may be met where facts are what was found, and some more are so."""
        return self._state(more, days_to_come=True) is not State.FAILS

    def narrow(self, place: Place) -> bool:
        """Find what a fact has to be; whether it has to be anything."""
        line = self._line(place)
        taken = self._choice(place) if line is None else self._along(place, line)
        if taken is not None:
            self.found[place] = taken
        return taken is not None

    def settle_days(self, left: Sequence[Place]) -> None:
        """Take the first of the days to come, where the clause waits for a day and any of them will do."""
        days = [place for place in left if place.item in self._alike and isinstance(self._line(place), Days)]
        for place in days:
            self.found[place] = (self._changeable.since, ())
        if self._state({}) is State.MISSING:  # it waits for more than days
            for place in days:
                del self.found[place]
            return
        for place in days:
            taken = self.found.pop(place)
            if self._state({}) is State.MISSING:
                self.found[place] = taken

    def _line(self, place: Place) -> Line | None:
        if isinstance(self._changeable.type_of(place), DateType) and place.item in self._alike:
            return Days(self._changeable.since.toordinal(), date.max.toordinal())
        return self._changeable.grid(place)

    def _along(self, place: Place, line: Line) -> tuple[PlainValue, tuple[PlainValue, ...]] | None:
        def asked(value: Value | Open) -> bool:
            return self.may_hold({place: value})

        least = first_from(line, line.low, asked)
        if least is not None and least > line.low:
            return line.at(least), ()
        greatest = None if asked(line.at(line.high)) else last_until(line, line.high, asked)
        return None if greatest is None else (line.at(greatest), ())

    def _choice(self, place: Place) -> tuple[PlainValue, tuple[PlainValue, ...]] | None:
        choices = self._changeable.choices(place, None, self._clause)
        will_do = [value for value in choices if self.may_hold({place: value})]
        if will_do and (len(will_do) < len(choices) or not self._changeable.choices_are_all(place)):
            return will_do[0], tuple(will_do[1:])
        return None

    def _state(self, more: Mapping[Place, Value | Open], *, days_to_come: bool = False) -> State:
        supposed: dict[Place, Value | Open] = {**self._to_come} if days_to_come else {}
        for place, value in {**{place: value for place, (value, _) in self.found.items()}, **more}.items():
            items = self._alike if place.item in self._alike else (place.item,)
            supposed |= {place._replace(item=item): value for item in items}
        return self._remembered.state(supposed)
