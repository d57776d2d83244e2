"""The numbers at which what a test adds up changes, all else being as supposed. Imports what is remembered.

A score changes only where one of its tables or cases gives something else. Each of these is asked on its own, and
once for all that it does not look at; the whole test is then asked at few numbers in place of many ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from incentives.advice.grid import Line
from incentives.advice.remembered import Remembered
from incentives.advice.thresholds import TooLong, search
from incentives.advice.trial import Supposed
from incentives.amounts.ranges import Open, settled
from incentives.engines.ranges_of_facts import Found
from incentives.facts.places import Place
from incentives.facts.types import Value
from incentives.language.nodes import Cases, Combined, Condition, Defined, Difference, Measured, Product, Table, Term
from incentives.language.reads import below

MOST_STEPS = 16
"""Numbers at which a table or cases change in one direction; of what changes at more of them none is told."""

MOST_ASKED = 1000
"""Ranges that are asked about for one of them."""

Supposing = Callable[[Value | Open], Supposed]
"""What is supposed where a place has a value, or one out of a range."""


class Summands:
    """The tables and cases that the tests of a trial add up.

    Those of the same clause and profile, but for items that are in its lists, may have been asked `before`.
    """

    def __init__(self, remembered: Remembered, before: Summands | None = None) -> None:
        self._remembered = remembered
        self._parts: dict[tuple[str, Place], tuple[Term, ...]] = {}
        self._found: dict[tuple[object, ...], tuple[int, ...] | None] = {} if before is None else before._found

    def turns(
        self,
        test: Condition,
        place: Place,
        line: Line,
        supposing: Supposing,
        ends: tuple[int, int],
        *,
        upward: bool,
    ) -> Sequence[int] | None:
        """Between two ends every number at which a test may turn out otherwise than before, the nearest end first.

        None where it goes by more than tables and cases, or by one that is open or changes with every number.
        """
        key = (test.id, place)
        if key not in self._parts:
            self._parts[key] = self._divided(test, place) or ()
        if not self._parts[key]:
            return None
        found: set[int] = set()
        for part in self._parts[key]:
            steps = self._steps(part, place, line, supposing, ends, upward=upward)
            if steps is None:
                return None
            found.update(steps)
        return sorted(found, reverse=not upward)

    def _divided(self, of: Condition | Term, place: Place) -> tuple[Term, ...] | None:
        """The tables and cases that are added up, of those that look at a place."""
        match of:
            case Condition(form=Measured()) | Combined() | Difference() | Product():
                found: list[Term] = []
                for part in below(of):
                    if not self._remembered.sight(part).has(place):
                        continue
                    if not isinstance(of, Condition) and not isinstance(part, Condition) and _is_of_rows(part):
                        found.append(part)
                        continue
                    parts = self._divided(part, place)
                    if parts is None:
                        return None
                    found += parts
                return tuple(found)
            case Defined(of=defined):
                return self._divided(defined, place)
            case _:
                return None

    def _steps(
        self, part: Term, place: Place, line: Line, supposing: Supposing, ends: tuple[int, int], *, upward: bool
    ) -> tuple[int, ...] | None:
        beside = {one: value for one, value in supposing(line.at(ends[0])).items() if one != place}
        key = (id(part), place, ends, self._remembered.seen(part, beside), self._items(part))
        if key not in self._found:
            try:
                self._found[key] = tuple(self._changing(part, line, supposing, ends, upward=upward))
            except TooLong:
                self._found[key] = None
        return self._found[key]

    def _items(self, part: Term) -> frozenset[tuple[str, str]]:
        """The items of the lists that a part looks at."""
        lists = self._remembered.trial.profile.lists
        return frozenset(
            (entity, item.key) for entity in self._remembered.sight(part).lists for item in lists.get(entity, ())
        )

    def _changing(
        self, part: Term, line: Line, supposing: Supposing, ends: tuple[int, int], *, upward: bool
    ) -> Iterator[int]:
        """The first number of each stretch on which a part comes to the same. Raises `TooLong` where it is open."""

        def found(value: Value | Open) -> Found:
            return self._remembered.found(part, supposing(value))

        def another(value: Value | Open, than: Found) -> bool:
            return found(value) != than

        first, last = ends
        here = found(line.at(first if upward else last))
        yield first if upward else last
        for _ in range(MOST_STEPS):
            if first < last and not settled(here):
                raise TooLong
            number = search(line, (first, last), partial(another, than=here), upward=upward, most=MOST_ASKED)
            if number is None:
                return
            yield number
            first, last = (number + 1, last) if upward else (first, number - 1)
            here = found(line.at(number))
        raise TooLong


def _is_of_rows(of: Term | Condition) -> bool:
    """Whether something gives one of a few things."""
    return isinstance(of, Table | Cases) or (isinstance(of, Defined) and _is_of_rows(of.of))
