"""What profiles say of some facts, so that it can be looked up. Imports facts.

A value that a profile has in common with another is told by being the very same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from incentives.advice.reads import Spot
from incentives.facts.profile import Item, Profile
from incentives.facts.types import Series, Value
from incentives.facts.vocabulary import COMPANY


class Looking(NamedTuple):
    """Facts of the company, and lists, that something looks at."""

    facts: tuple[str, ...]
    lists: tuple[str, ...]

    @staticmethod
    def at(spots: Iterable[Spot]) -> Looking:
        """What is looked at where facts are read."""
        found = set(spots)
        facts = {spot.fact for spot in found if spot.entity == COMPANY and spot.fact is not None}
        return Looking(tuple(sorted(facts)), tuple(sorted({spot.entity for spot in found if spot.entity != COMPANY})))

    def sees_no_change(self, one: Profile, other: Profile) -> bool:
        """Whether two profiles have the very same values there."""
        facts, others = one.company.values, other.company.values
        return all(facts.get(fact) is others.get(fact) for fact in self.facts) and all(
            one.lists.get(entity) is other.lists.get(entity) for entity in self.lists
        )

    def contents(self, profile: Profile, base: Profile | None = None) -> tuple[object, ...]:
        """What a profile says there; with a base, what it says otherwise than that."""
        found: list[object] = []
        for fact in self.facts:
            value = profile.company.values.get(fact)
            if value is not (None if base is None else base.company.values.get(fact)):
                found.append((fact, _of_value(value)))
        for entity in self.lists:
            items = profile.lists.get(entity)
            if items is not (None if base is None else base.lists.get(entity)):
                found.append((entity, None if items is None else tuple(map(_of_item, items))))
        return tuple(found)


def _of_value(value: Value | None) -> object:
    return (tuple(value.years.items()), value.earlier_highest) if isinstance(value, Series) else value


def _of_item(item: Item) -> tuple[object, ...]:
    return item.key, *[(fact, _of_value(value)) for fact, value in item.values.items()]
