"""What is said of changes and new items, and where that says no more than something else. Imports filling and grown.

New items of one list can stand for one another: what is said of them says the same in whichever order they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple, TypeVar

from incentives.advice.filling import Filled, Taken
from incentives.advice.grown import Added
from incentives.facts.places import Place
from incentives.facts.types import PlainValue


class Is(NamedTuple):
    """What is said of a fact. Of a number or a day, whether it was reached from below or from above."""

    value: PlainValue
    upward: bool | None = None


Description = Mapping[Place, Is]
"""What is said of what is there already, of the day of application, and of new items.

Of several new items that are alike, of the first.
"""

_A = TypeVar("_A")
_B = TypeVar("_B")

_Facts = frozenset[tuple[Place, Is]]
"""What is said of one item; the places name no item."""


def values_of(said: Description) -> dict[Place, PlainValue]:
    """What is said, without how it was reached."""
    return {place: one.value for place, one in said.items()}


_Said = Iterable[tuple[Place, Is]]


class Spread(NamedTuple):
    """A description item by item: two of them are equal where they say the same, in some order of the items.

    `items` are by their list, the one apart that the clause is held against.
    """

    beside: frozenset[tuple[Place, Is]]
    items: tuple[tuple[tuple[str, bool], tuple[_Facts, ...]], ...]

    @property
    def size(self) -> int:
        """How much is said, of every item on its own."""
        return len(self.beside) + sum(len(facts) for _, some in self.items for facts in some)


def spread(said: Description, adds: Sequence[Added], own: str | None) -> Spread:
    """A description item by item; `own` is the key of the item that the clause is held against."""
    of_item = {(one.entity, key): one.keys[0] for one in adds for key in one.keys}
    items: dict[tuple[str, bool], list[_Facts]] = {}
    for (entity, key), first in of_item.items():
        facts = frozenset(
            (place._replace(item=None), one)
            for place, one in said.items()
            if (place.entity, place.item) == (entity, first)
        )
        items.setdefault((entity, key == own), []).append(facts)
    return Spread(
        frozenset((place, one) for place, one in said.items() if (place.entity, place.item) not in of_item),
        tuple((kind, tuple(sorted(some, key=_order))) for kind, some in sorted(items.items())),
    )


def within(one: Spread, other: Spread) -> bool:
    """Whether all that a description says is said in another one, or goes further there, in some order of the items.

    It needs no more items of any list.
    """
    more = dict(other.items)
    return _all_said(one.beside, other.beside) and all(
        _each_finds_its_own(facts, more.get(kind, ()), _all_said) for kind, facts in one.items
    )


def changes_as_little(one: Spread, other: Spread) -> bool:
    """Whether all that a description says is said in another one, or of a number that it goes the same way."""
    more = dict(other.items)
    return _all_said(one.beside, other.beside, _same_way) and all(
        _each_finds_its_own(facts, more.get(kind, ()), partial(_all_said, fits=_same_way))
        for kind, facts in one.items
    )


def is_told(said: Spread, told: Filled, adds: Sequence[Added], own: str | None) -> bool:
    """Whether all is said that a description of the same items tells, with choices told there, in some order."""
    groups = {(one.entity, key): one.keys[0] for one in adds for key in one.keys}
    by_kind: dict[tuple[str, bool], list[list[tuple[Place, Taken]]]] = {}
    for (entity, key), first in groups.items():
        of_it = [
            (place._replace(item=None), taken)
            for place, taken in told.items()
            if (place.entity, place.item) == (entity, first)
        ]
        by_kind.setdefault((entity, key == own), []).append(of_it)
    beside = [(place, taken) for place, taken in told.items() if (place.entity, place.item) not in groups]
    every = dict(said.items)
    return _all_told(beside, said.beside) and all(
        len(every.get(kind, ())) == len(some) and _each_finds_its_own(some, every[kind], _all_told)
        for kind, some in by_kind.items()
    )


def _each_finds_its_own(some: Sequence[_A], others: Sequence[_B], fits: Callable[[_A, _B], bool]) -> bool:
    """Whether each of some can be given one of the others that fits it, no two of them the same."""
    given: dict[int, int] = {}

    def find(number: int, tried: set[int]) -> bool:
        for place, other in enumerate(others):
            if place not in tried and fits(some[number], other):
                tried.add(place)
                if place not in given or find(given[place], tried):
                    given[place] = number
                    return True
        return False

    return len(some) <= len(others) and all(find(number, set()) for number in range(len(some)))


def _all_said(one: _Said, other: _Said, fits: Callable[[Is, Is], bool] | None = None) -> bool:
    more, fits = dict(other), fits or no_further
    return all(place in more and fits(is_, more[place]) for place, is_ in one)


def _same_way(one: Is, other: Is) -> bool:
    return one.value == other.value or (one.upward is not None and one.upward is other.upward)


def _all_told(told: Iterable[tuple[Place, Taken]], said: Iterable[tuple[Place, Is]]) -> bool:
    by_place = dict(said)
    return all(place in by_place and by_place[place].value in (one.value, *one.or_else) for place, one in told)


def no_further(one: Is, other: Is) -> bool:
    """Whether what is said of a fact is what is said of it elsewhere, or less of the same kind."""
    if one.value == other.value:
        return True
    if isinstance(one.value, frozenset) and isinstance(other.value, frozenset):
        return bool(one.value) and one.value < other.value
    if isinstance(one.value, date) and isinstance(other.value, date):
        return one.value < other.value
    if one.upward is None or one.upward is not other.upward:
        return False
    nearer = one.value < other.value  # type: ignore[operator]
    return bool(nearer) is one.upward


def _order(facts: _Facts) -> list[str]:
    return sorted(f"{place} {one!r}" for place, one in facts)
