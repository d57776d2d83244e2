"""Profiles in which a list has more items than it has: nothing is known of those but that they are there.

Imports profiles and places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from incentives.facts.places import Place, with_list
from incentives.facts.profile import Item, Profile


class Added(NamedTuple):
    """Items that are added to a list, all alike; `keys` are theirs, and what is said of the first is said of each."""

    entity: str
    keys: tuple[str, ...]

    def has(self, place: Place) -> bool:
        return place.entity == self.entity and place.item in self.keys


def new_keys(profile: Profile, entity: str, count: int) -> tuple[str, ...]:
    """The keys of the next items that are added to a list: each one that no item has."""
    taken = {item.key for item in profile.lists[entity]}
    keys: list[str] = []
    key = "+"
    while len(keys) < count:
        if key not in taken:
            keys.append(key)
        key += "+"
    return tuple(keys)


def with_added(profile: Profile, adds: Sequence[Added]) -> Profile:
    """The profile with items of these keys; those that are there already are not added again."""
    for added in adds:
        there = {item.key for item in profile.lists[added.entity]}
        fresh = [Item(key, key, {}) for key in added.keys if key not in there]
        profile = with_list(profile, added.entity, (*profile.lists[added.entity], *fresh))
    return profile


def without_added(profile: Profile, added: Added) -> Profile:
    """The profile without items that were added."""
    return with_list(
        profile, added.entity, tuple(item for item in profile.lists[added.entity] if item.key not in added.keys)
    )


def grown(profile: Profile, entity: str, count: int = 1) -> Profile:
    """The profile with so many more items in a list."""
    added = [Item(key, key, {}) for key in new_keys(profile, entity, count)]
    return with_list(profile, entity, (*profile.lists[entity], *added))
