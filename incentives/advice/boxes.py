"""Whether anything within some ranges ends a refusal: exactly, by taking them apart. Imports moves.

Whatever the evaluator settles for a range it settles alike for all of it, so a range that is refused is left whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from incentives.advice.moves import Changed, Moves
from incentives.advice.thresholds import TooLong
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import PlainValue, Value

MOST_ASKED = 1500
"""Ranges that are asked about in one search."""


class Stretch(NamedTuple):
    """Numbers of a line, the first of them nearest to what the place is."""

    low: int
    high: int
    upward: bool


Cell = PlainValue | Stretch | None
"""What a place can be; None where it stays as it is."""


class Axis(NamedTuple):
    place: Place
    whole: Value | Open
    cells: tuple[Cell, ...]


class Asking:
    """Looks for changes along some axes, those first that leave the first axes as they are or near to it."""

    def __init__(self, moves: Moves, axes: Sequence[Axis]) -> None:
        self._moves = moves
        self._axes = axes
        self._asked = 0

    def first(self, decided: Changed | None = None, number: int = 0) -> Changed | None:
        """The first set of changes that ends the refusal; None where none does. Raises `TooLong`."""
        decided = decided if decided is not None else {}
        rest = {axis.place: axis.whole for axis in self._axes[number:]}
        if self._refused(decided, rest):
            return None
        if number == len(self._axes):
            return decided
        axis = self._axes[number]
        later = {one.place: one.whole for one in self._axes[number + 1 :]}
        for cell in axis.cells:
            for value in self._values(axis.place, cell, decided, later):
                found = self.first(decided if value is None else {**decided, axis.place: value}, number + 1)
                if found is not None:
                    return found
        return None

    def _values(
        self, place: Place, cell: Cell, decided: Changed, later: dict[Place, Value | Open]
    ) -> Iterator[PlainValue | None]:
        """The single values of a cell at which the refusal may end, the nearest first."""
        if not isinstance(cell, Stretch):
            yield cell
            return
        line = self._moves.line(place)
        assert line is not None, "a stretch is one of a line"
        waiting = [(cell.low, cell.high)] if cell.low <= cell.high else []
        while waiting:
            low, high = waiting.pop()
            if self._refused(decided, {place: line.between(low, high), **later}):
                continue
            if low == high:
                yield line.at(low)
                continue
            middle = (low + high) // 2
            halves = [(low, middle), (middle + 1, high)]
            waiting += reversed(halves) if cell.upward else halves

    def _refused(self, decided: Changed, opened: dict[Place, Value | Open]) -> bool:
        self._asked += 1
        if self._asked > MOST_ASKED:
            raise TooLong
        return self._moves.refused(decided, opened)
