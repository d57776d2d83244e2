"""What facts that are not known would have to be for a clause not to be refused. Imports remembered trials."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.grid import Grid
from incentives.advice.remembered import Remembered
from incentives.advice.thresholds import TooLong, search
from incentives.advice.trial import Trial
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import PlainValue, Value
from incentives.values import State

MOST_ASKED = 250
"""Ranges of one fact that are asked about; it is left open where that is not enough."""


class Taken(NamedTuple):
    """What a fact would be, with the choices that do as well; of a day the last up to which all of them do.

    `again` is the first day after that on which it would do once more.

    Of a number `or_more` where all above do as well, not where all below do, None where neither is known.
    """

    value: PlainValue
    or_else: tuple[PlainValue, ...] = ()
    until: date | None = None
    or_more: bool | None = None
    again: date | None = None


Filled = dict[Place, Taken]
"""What each fact would be."""


def filled(trial: Trial, places: Sequence[Place], changeable: Changeable) -> Filled:
    """What open facts have to be, one after the other and again, until nothing narrows those that are left.

    Of a number the least that will do, or the greatest where only that end is bounded; of a choice the first one.
    """
    filling = _Filling(trial, changeable)
    left = list(places)
    while True:
        narrowed = [place for place in left if filling.narrow(place)]
        if not narrowed:
            return {place: filling.found[place] for place in places if place in filling.found}
        left = [place for place in left if place not in narrowed]


class _Filling:
    def __init__(self, trial: Trial, changeable: Changeable) -> None:
        self._clause = trial.clause
        self._remembered = Remembered(trial)
        self._changeable = changeable
        self.found: Filled = {}

    def narrow(self, place: Place) -> bool:
        """Find what a fact has to be; whether it has to be anything."""
        grid = self._changeable.grid(place)
        taken = self._choice(place) if grid is None else self._along(place, grid)
        if taken is not None:
            self.found[place] = taken
        return taken is not None

    def _may_hold(self, place: Place, value: Value | Open) -> bool:
        """Whether the clause may be met where facts are what was found, and one more is so."""
        supposed: dict[Place, Value | Open] = {one: taken.value for one, taken in self.found.items()}
        return self._remembered.state({**supposed, place: value}) is not State.FAILS

    def _along(self, place: Place, grid: Grid) -> Taken | None:
        def asked(value: Value | Open) -> bool:
            return self._may_hold(place, value)

        try:
            if not asked(grid.at(grid.low)):
                least = search(grid, (grid.low + 1, grid.high), asked, upward=True, most=MOST_ASKED)
                return None if least is None else Taken(grid.at(least))
            if asked(grid.at(grid.high)):
                return None
            greatest = search(grid, (grid.low, grid.high - 1), asked, upward=False, most=MOST_ASKED)
        except TooLong:
            return None
        return None if greatest is None else Taken(grid.at(greatest))

    def _choice(self, place: Place) -> Taken | None:
        choices = self._changeable.choices(place, None, self._clause)
        will_do = [value for value in choices if self._may_hold(place, value)]
        if will_do and (len(will_do) < len(choices) or not self._changeable.choices_are_all(place)):
            return Taken(will_do[0], tuple(will_do[1:]))
        return None
