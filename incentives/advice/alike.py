"""What is said of new items, and where one description says no more than another. Imports filling and grown lists.

New items of one list can stand for one another: what is said of them says the same in whichever order they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import permutations, product
from typing import NamedTuple

from incentives.advice.filling import Filled
from incentives.advice.grown import Added
from incentives.facts.places import Place
from incentives.facts.types import PlainValue


class Is(NamedTuple):
    """What is said of a fact. Of a number or a day, whether it was reached from below or from above."""

    value: PlainValue
    upward: bool | None = None


Description = Mapping[Place, Is]


def values_of(said: Description) -> dict[Place, PlainValue]:
    """What is said, without how it was reached."""
    return {place: one.value for place, one in said.items()}


class Alike(NamedTuple):
    """The orders of new items, each by the item that stands where another one stood."""

    orders: tuple[Mapping[tuple[str, str | None], str], ...]

    @staticmethod
    def of(adds: Sequence[Added], own: str | None) -> Alike:
        """Every order of items of one list; the one of the key `own`, which the clause is held against, stays."""
        kinds: dict[tuple[str, bool, int], list[Added]] = {}
        for added in adds:
            kinds.setdefault((added.entity, own in added.keys, len(added.keys)), []).append(added)
        return Alike(
            tuple(
                {
                    (one.entity, one.keys[0]): other.keys[0]
                    for group, order in zip(kinds.values(), orders, strict=True)
                    for one, other in zip(group, order, strict=True)
                }
                for orders in product(*map(permutations, kinds.values()))
            )
        )

    def items_of(self, said: Description) -> object:
        """What is said of each item, in whichever order they are."""
        return min(tuple(sorted((str(place), repr(one)) for place, one in some.items())) for some in self._each(said))

    def within(self, one: Description, other: Description) -> bool:
        """Whether all that a description says is said in another one, or more, in some order of the items."""
        return len(one) <= len(other) and any(_within(some, other) for some in self._each(one))

    def is_told(self, said: Description, told: Filled) -> bool:
        """Whether all is said that a description tells, with choices told there, in some order of the items."""
        return any(
            all(
                place in some and some[place].value in (taken.value, *taken.or_else)
                for place, taken in told.items()
                if not isinstance(taken.value, date) or place in some
            )
            for some in self._each(said)
        )

    def _each(self, said: Description) -> Iterator[Description]:
        for order in self.orders:
            yield {place._replace(item=order[place.entity, place.item]): one for place, one in said.items()}


def _within(one: Description, other: Description) -> bool:
    return all(place in other and _no_further(one[place], other[place]) for place in one)


def _no_further(one: Is, other: Is) -> bool:
    if one.value == other.value:
        return True
    if one.upward is None or one.upward is not other.upward:
        return False
    nearer = one.value < other.value  # type: ignore[operator]
    return bool(nearer) is one.upward
