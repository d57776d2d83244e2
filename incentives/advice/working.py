"""Which numbers a condition works with at once, where more of one could do for less of another. Imports reads.

What a table is entered with is worked out by itself: between two such numbers there are only its steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from incentives.advice.reads import Spot, reads_of_terms
from incentives.language.nodes import (
    Condition,
    CountItems,
    Defined,
    FactValue,
    Growth,
    GrowthSlices,
    Increase,
    Measured,
    OverItems,
    OverYears,
    Table,
    Term,
    YearValue,
)
from incentives.language.reads import everything_in
from incentives.language.walks import inner


class Working(NamedTuple):
    """Facts that are worked with at once; `of_several` where that is done for all items of a list together."""

    spots: frozenset[Spot]
    of_several: bool


def working(condition: Condition, on: date) -> Iterator[Working]:
    """What each test of a condition works with at once, on a day."""
    for part in everything_in(condition):
        if isinstance(part, Condition) and isinstance(part.form, Measured):
            ends = (end.of for end in (part.form.low, part.form.high) if end is not None)
            yield from _at_once((part.form.term, *ends), on)


def _at_once(terms: Iterable[Term], on: date) -> Iterator[Working]:
    apart: list[Iterable[Term]] = [terms]
    seen: set[int] = set()
    while apart:
        waiting, read, of_several = [*apart.pop()], list[Term](), False
        while waiting:
            term = waiting.pop()
            match term:
                case Defined(_, _, of) if id(of) in seen:
                    continue
                case Defined(_, _, of):
                    seen.add(id(of))
                case Table(_, by):
                    apart.append([by])
                    waiting += [part for part in inner(term) if part is not by]
                    continue
                case OverItems(_, _, of):
                    of_several = True
                    waiting.append(of)
                case CountItems():
                    continue
                case FactValue() | YearValue() | OverYears() | Growth() | Increase() | GrowthSlices():
                    read.append(term)
                case _:
                    pass
            waiting += inner(term)
        yield Working(frozenset(reads_of_terms(read, on)), of_several)
