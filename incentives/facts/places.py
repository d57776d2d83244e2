"""Where a fact stands in a profile, and profiles with something more, something else or less known. Imports profiles.

A profile is never changed: each of these gives another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from incentives.facts.profile import Item, Profile
from incentives.facts.types import PlainValue, Series, Value
from incentives.facts.vocabulary import COMPANY
from incentives.records import NamedTuple


class Place(NamedTuple):
    """One thing a profile can say: a fact of the company (`item` is None) or of an item, by the item's key.

    `fact` is None where the list itself is meant: that it is given, and complete. `year` is one year of a yearly
    fact, `EARLIER` the highest of the years before the first one given, None for a fact that has no years.
    """

    entity: str
    item: str | None
    fact: str | None
    year: int | None = None


EARLIER = 0
"""Stands for all the years before the first one that a series gives."""


def given(profile: Profile) -> Iterator[Place]:
    """Everything a profile says, in its own order."""
    yield from _given_of(COMPANY, None, profile.company)
    for entity, items in profile.lists.items():
        yield Place(entity, None, None)
        for item in items:
            yield from _given_of(entity, item.key, item)


def value_at(profile: Profile, place: Place) -> PlainValue | None:
    """What a profile says of a fact, in the year of the place where it is yearly; None where it says nothing."""
    item = _holder(profile, place)
    value = item.values.get(place.fact) if item is not None and place.fact is not None else None
    if isinstance(value, Series):
        return value.earlier_highest if place.year == EARLIER else value.years.get(place.year or EARLIER)
    return value


def year_before(profile: Profile, place: Place) -> Place | None:
    """The last year before the one of a place of which the profile says what the fact was; None where none is."""
    item = _holder(profile, place)
    series = item.values.get(place.fact) if item is not None and place.fact is not None else None
    if not place.year or not isinstance(series, Series):
        return None
    year = max((year for year in series.years if year < place.year), default=None)
    return place._replace(year=year) if year is not None else None


def with_value(profile: Profile, place: Place, value: PlainValue) -> Profile:
    """The profile in which a fact is `value`. The item must be there; see `with_list` for lists."""
    assert place.fact is not None, "a list has no value"
    item = _holder(profile, place)
    assert item is not None, f"there is no item {place.item!r}"
    if place.year is None:
        return _with_item(profile, place, _put(item, place.fact, value))
    series = item.values.get(place.fact)
    years = dict(series.years) if isinstance(series, Series) else {}
    earlier = series.earlier_highest if isinstance(series, Series) else None
    if place.year == EARLIER:
        earlier = value
    else:
        if years and place.year < min(years):
            earlier = None  # it spoke of other years
        years[place.year] = value
    return _with_item(profile, place, _put(item, place.fact, _series(years, earlier)))


def with_list(profile: Profile, entity: str, items: tuple[Item, ...]) -> Profile:
    """The profile in which these are all the items of a list."""
    return profile._replace(lists=MappingProxyType({**profile.lists, entity: items}))


def without(profile: Profile, places: Collection[Place]) -> Profile:
    """The profile in which nothing is known of these places; where a list goes, its items go with it."""
    gone = frozenset(places)
    company = _kept(profile.company, COMPANY, None, gone)
    lists = {
        entity: tuple(_kept(item, entity, item.key, gone) for item in items)
        for entity, items in profile.lists.items()
        if Place(entity, None, None) not in gone
    }
    return profile._replace(company=company, lists=MappingProxyType(lists))


def only(profile: Profile, places: Collection[Place]) -> Profile:
    """The profile in which nothing is known but these places. An item is known to be there where its list is."""
    kept = frozenset(places)
    return without(profile, [place for place in given(profile) if place not in kept])


def _given_of(entity: str, key: str | None, item: Item) -> Iterator[Place]:
    for fact, value in item.values.items():
        if isinstance(value, Series):
            if value.earlier_highest is not None:
                yield Place(entity, key, fact, EARLIER)
            yield from (Place(entity, key, fact, year) for year in value.years)
        else:
            yield Place(entity, key, fact)


def _kept(item: Item, entity: str, key: str | None, gone: frozenset[Place]) -> Item:
    values: dict[str, Value] = {}
    for fact, value in item.values.items():
        if isinstance(value, Series):
            years = {year: one for year, one in value.years.items() if Place(entity, key, fact, year) not in gone}
            earlier = None if Place(entity, key, fact, EARLIER) in gone else value.earlier_highest
            if min(years, default=None) != min(value.years):
                earlier = None  # it speaks of the years before the first one given
            if years:
                values[fact] = _series(years, earlier)
        elif Place(entity, key, fact) not in gone:
            values[fact] = value
    return item._replace(values=MappingProxyType(values))


def _holder(profile: Profile, place: Place) -> Item | None:
    if place.entity == COMPANY:
        return profile.company
    return next((item for item in profile.lists.get(place.entity, ()) if item.key == place.item), None)


def _with_item(profile: Profile, place: Place, changed: Item) -> Profile:
    if place.entity == COMPANY:
        return profile._replace(company=changed)
    items = tuple(changed if item.key == place.item else item for item in profile.lists[place.entity])
    return with_list(profile, place.entity, items)


def _put(item: Item, fact: str, value: Value) -> Item:
    return item._replace(values=MappingProxyType({**item.values, fact: value}))


def _series(years: Mapping[int, PlainValue], earlier: PlainValue | None) -> Series:
    return Series(MappingProxyType(dict(sorted(years.items()))), earlier)
