"""The first number, upwards or downwards, at which something may hold: exactly, by halving. Imports grids.

What is asked answers for a range as well as for a number. A range of which it says no is left out whole, because the
evaluator is sound: what it settles for a range, every number in it settles alike. So nothing is sampled and nothing
is missed, however often the answer changes.
"""

from __future__ import annotations

from collections.abc import Callable

from incentives.advice.grid import Line
from incentives.amounts.ranges import Open
from incentives.facts.types import Value

Asked = Callable[[Value | Open], bool]
"""Whether something can hold for a number, or for any number of a range."""

MOST_ASKED = 4000
"""Questions put in one search; a threshold takes about a hundred."""


class TooLong(Exception):
    """A search was given up: what it looks for may be there."""


def first_from(grid: Line, start: int, asked: Asked) -> int | None:
    """The least number from `start` up for which `asked` says yes; None where there is none, or it takes too long."""
    try:
        return search(grid, (start, grid.high), asked, upward=True)
    except TooLong:
        return None


def last_until(grid: Line, end: int, asked: Asked) -> int | None:
    """The greatest number up to `end` for which `asked` says yes."""
    try:
        return search(grid, (grid.low, end), asked, upward=False)
    except TooLong:
        return None


def search(grid: Line, ends: tuple[int, int], asked: Asked, *, upward: bool, most: int = MOST_ASKED) -> int | None:
    """The first number between two ends, both included, for which `asked` says yes; None where there is none.

    Raises `TooLong` after `most` questions.
    """
    open_ranges = [ends] if ends[0] <= ends[1] else []
    for _ in range(most):
        if not open_ranges:
            return None
        first, last = open_ranges.pop()
        if not asked(grid.between(first, last)):
            continue
        if first == last:
            return first
        middle = (first + last) // 2
        halves = [(first, middle), (middle + 1, last)]
        open_ranges += reversed(halves) if upward else halves
    raise TooLong
