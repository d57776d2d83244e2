"""Profiles in which a list has more items than it has: nothing is known of those but that they are there.

Imports profiles and places.
"""

from __future__ import annotations

from incentives.facts.places import with_list
from incentives.facts.profile import Item, Profile


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


def new_key(profile: Profile, entity: str) -> str:
    """The key of the next item that is added to a list."""
    return new_keys(profile, entity, 1)[0]


def grown(profile: Profile, entity: str, count: int = 1) -> Profile:
    """The profile with so many more items in a list."""
    added = [Item(key, key, {}) for key in new_keys(profile, entity, count)]
    return with_list(profile, entity, (*profile.lists[entity], *added))
