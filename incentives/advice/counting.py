"""How many new items of each list are tried, and when more of them can be of no use. Imports the model and reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import assert_never

from incentives.language.model import Clause
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    CountItems,
    Holds,
    Items,
    Literal,
    Measured,
    Not,
    Quantity,
    Ratio,
)
from incentives.language.reads import reads_in
from incentives.language.walks import children, walk

MOST_MORE = 2
"""Items that are added beyond as many as are needed at least."""

ANY_NUMBER = 1000
"""Items of which more than any number could be of use: one that is none of those counted makes up for another."""

More = tuple[int, ...]
"""Of each list so many items more than are needed at least."""


class Counting:
    """The new items that are tried of lists of which a clause needs `least`."""

    def __init__(self, clause: Clause, least: Mapping[str, int]) -> None:
        self._least = least
        self._useful = tuple(_most_useful(clause, entity) - count for entity, count in least.items())
        self._enough = {entity: [_told_apart(test) for test in _tests_of(clause, entity)] for entity in least}
        self._ended: list[More] = []

    def tried(self) -> Iterator[More]:
        """The fewest first; nothing where fewer were of no use already."""
        return (more for more in self._each(MOST_MORE) if not self._is_ended(more))

    def counts(self, more: More) -> dict[str, int]:
        """How many items of each list that are."""
        return {entity: count + add for (entity, count), add in zip(self._least.items(), more, strict=True)}

    def is_useful(self, more: More) -> bool:
        """Whether each of so many items can be what a test looks for, so that with fewer of them less might do."""
        return all(add <= useful for add, useful in zip(more, self._useful, strict=True) if add)

    def end(self, more: More) -> None:
        """Take it that nothing at all would do with so many items.

        Then nothing would with more of them, where the tests do not tell those apart from so many.
        """
        counts = self.counts(more)
        if all(enough is not None and enough <= counts[of] for of, some in self._enough.items() for enough in some):
            self._ended.append(more)

    def leaves_out(self) -> bool:
        """Whether more items than are tried might be of use."""
        return any(
            self.is_useful(more) and not self._is_ended(more)
            for more in self._each(MOST_MORE + 1)
            if sum(more) > MOST_MORE
        )

    def _each(self, most: int) -> Iterator[More]:
        every = product(range(most + 1), repeat=len(self._least))
        return iter(sorted((more for more in every if sum(more) <= most), key=lambda more: (sum(more), more)))

    def _is_ended(self, more: More) -> bool:
        return any(all(map(int.__ge__, more, one)) for one in self._ended)


def _most_useful(clause: Clause, entity: str) -> int:
    """How many items of a list can each be what makes a clause's condition hold, and the one it is held against."""
    own = clause.for_each is not None and clause.for_each.id == entity
    return own + _needed(clause.condition, entity, fulfilled=True)


def _needed(condition: Condition, entity: str, *, fulfilled: bool) -> int:
    """How many items of a list a condition takes to hold, or where it is not to be `fulfilled` to fail."""
    match condition.form:
        case Not(of):
            return _needed(of, entity, fulfilled=not fulfilled)
        case Holds(_, of):
            return _needed(of, entity, fulfilled=fulfilled)
        case All(of) | AnyOf(of) | AtLeast(of) as joined:
            each = sorted((_needed(part, entity, fulfilled=fulfilled) for part in of), reverse=True)
            return sum(each[: _together(joined, fulfilled)])
        case _ if entity not in reads_in(condition).lists:
            return 0
        case Items(quantity):
            return int((quantity is Quantity.SOME) is fulfilled)
        case Measured(CountItems(), _, _, low, high):
            end = low if fulfilled else high
            number = end.of.value if end is not None and isinstance(end.of, Literal) else None
            return max(number + (not fulfilled), 1) if isinstance(number, int) else 1
        case Measured(Ratio(CountItems()) | Ratio(_, CountItems())):
            return ANY_NUMBER
        case _:
            return 1


def _together(joined: All | AnyOf | AtLeast, fulfilled: bool) -> int:
    """How many parts of a condition make it hold, or where it is not to be `fulfilled` fail."""
    match joined:
        case All(of):
            return len(of) if fulfilled else 1
        case AnyOf(of):
            return 1 if fulfilled else len(of)
        case AtLeast(_, number):
            return number if fulfilled else joined.failures
        case _:
            assert_never(joined)


def _tests_of(clause: Clause, entity: str) -> list[Condition]:
    """The tests of a clause that look at a list."""
    tests = {node.id: node for node in walk(clause.condition) if not children(node)}
    return [test for test in tests.values() if entity in reads_in(test).lists]


def _told_apart(test: Condition) -> int | None:
    """The number of items from which on a test does not tell more of them apart, of which nothing is known."""
    match test.form:
        case Items():
            return 1
        case Measured(CountItems(), _, _, low, high, None):
            ends = [end.of for end in (low, high) if end is not None]
            numbers = [end.value for end in ends if isinstance(end, Literal) and isinstance(end.value, int)]
            return max(numbers) + 1 if len(numbers) == len(ends) else None
        case _:
            return None
