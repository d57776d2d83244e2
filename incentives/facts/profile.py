"""A company's profile: the facts known of it and of the items in its lists. Imports fact types and diagnostics."""

from __future__ import annotations

from collections.abc import Mapping

from incentives.diagnostics import Diagnostic
from incentives.facts.types import Value
from incentives.records import NamedTuple


class Item(NamedTuple):
    """One thing facts belong to. A fact that is not in `values` is unknown.

    `key` is its `id`, or its `name` where it has no id: unique in its list. `name` is what people call it.
    """

    key: str
    name: str
    values: Mapping[str, Value]


class Profile(NamedTuple):
    """One company's facts, typed. `lists` holds the lists that were given, by entity; an absent one is unknown."""

    company: Item
    lists: Mapping[str, tuple[Item, ...]]
    warnings: tuple[Diagnostic, ...] = ()
