"""Where compiled conditions and terms look: a profile on a day, from the company or one item. Imports facts and rows.

Places are made for one check and dropped with it. They are plain and mutable because making them is most of
what a small check costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol, cast

from incentives.amounts.ranges import Amount, Open
from incentives.engines.native.recalled import Recalled, Recalling
from incentives.engines.ranges_of_facts import Found
from incentives.engines.rows import Awaiting
from incentives.engines.subjects import Presence
from incentives.facts.profile import Item, Profile
from incentives.facts.types import Value
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.nodes import Condition, Term
from incentives.values import State

Get = Callable[[str], Value | None]

Where = tuple[str, str | None, str, int | None]
"""A fact by its entity, the key of its item, its id, and the year where it is yearly."""

Narrowed = Mapping[Where, Open]

_NOWHERE: Narrowed = {}


class Place:
    """One place in a profile.

    `company` and `own` give the facts of the company and of the item, `names` are what the item is called. `gone` is
    what every test of an item comes to where there is none. `awaited`, where it is not None, collects what was asked
    for and is missing; nothing may be cut short then. `memo` keeps what definitions come to here, `company_memo` what
    is the same everywhere. `narrowed` are the ranges in which facts that are not known lie here, and `beside` the
    same place with others. `recalled`, where it is not None, keeps what definitions come to on other profiles too.
    """

    __slots__ = (
        "awaited",
        "beside",
        "company",
        "company_memo",
        "gone",
        "items",
        "key",
        "list_entity",
        "lists",
        "memo",
        "names",
        "narrowed",
        "on",
        "own",
        "recalled",
        "year",
    )

    def __init__(self, profile: Profile, on: date, recalled: Recalled | None = None) -> None:
        self.company: Get = profile.company.values.get
        self.own: Get = _nothing
        self.on = on
        self.year = on.year
        self.lists: Mapping[str, tuple[Item, ...]] = profile.lists
        self.key: str | None = None
        self.names: tuple[str, ...] = ()
        self.list_entity: str | None = None
        self.gone: State | None = None
        self.awaited: dict[Awaiting, None] | None = None
        self.memo: dict[int, object] = {}
        self.company_memo = self.memo
        self.items: dict[str, list[Place]] = {}
        self.narrowed: Narrowed = _NOWHERE
        self.beside: dict[frozenset[tuple[Where, Open]], Place] | None = None
        self.recalled = recalled

    def at_item(self, item: Item) -> Place:
        """The same profile seen from an item."""
        place = self._beside()
        place.own = item.values.get
        place.key = item.key
        place.names = (item.key, item.name)
        return place

    def without_item(self, entity: str, presence: Presence) -> Place:
        """The place of items that are not there."""
        place = self._beside()
        place.list_entity = entity
        place.gone = State.MISSING if presence is Presence.ABSENT_LIST else State.FAILS
        return place

    def items_of(self, entity: str) -> list[Place] | None:
        """Every item of a list; None where the list is not known."""
        places = self.items.get(entity)
        if places is None:
            given = self.lists.get(entity)
            if given is None:
                if self.awaited is not None:
                    self.awaited[Awaiting(entity, None, None)] = None
                return None
            places = self.items[entity] = [self.at_item(item) for item in given]
        awaited = self.awaited
        for place in places:
            place.awaited = awaited
        return places

    def await_fact(self, fact: Fact) -> None:
        """Note that a fact is missing, or the whole list where there is no item to carry it."""
        if self.awaited is None:
            return
        if fact.entity == COMPANY:
            one = Awaiting(COMPANY, None, fact.id)
        elif self.key is None:
            self.await_list()
            return
        else:
            one = Awaiting(fact.entity, self.key, fact.id)
        if not fact.judgement:
            self.awaited[one] = None

    def await_list(self) -> None:
        """Note that the list is missing which this place stands for."""
        if self.awaited is not None:
            assert self.list_entity is not None, "only a list can be missing without a fact"
            self.awaited[Awaiting(self.list_entity, None, None)] = None

    def narrow(self, fact: Fact, year: int | None, within: Open) -> Place:
        """The same place where a fact that is not known lies in a range; always the same for the same ranges."""
        narrowed = {**self.narrowed, self._where(fact, year): within}
        mark = frozenset(narrowed.items())
        if self.beside is None:
            self.beside = {}
        place = self.beside.get(mark)
        if place is None:
            place = self.beside[mark] = self._beside()
            place.own, place.key, place.names = self.own, self.key, self.names
            place.list_entity, place.gone = self.list_entity, self.gone
            place.company_memo = place.memo if self.memo is self.company_memo else {}
            place.items, place.narrowed, place.beside = {}, narrowed, self.beside
        place.awaited = self.awaited
        return place

    def range_of(self, fact: Fact, year: int | None, otherwise: Open) -> Open:
        """The range in which a fact that is not known lies here."""
        return self.narrowed.get(self._where(fact, year), otherwise) if self.narrowed else otherwise

    def _where(self, fact: Fact, year: int | None) -> Where:
        return fact.entity, None if fact.entity == COMPANY else self.key, fact.id, year

    def _beside(self) -> Place:
        place = Place.__new__(Place)
        place.company = self.company
        place.own = _nothing
        place.on = self.on
        place.year = self.year
        place.lists = self.lists
        place.key = None
        place.names = ()
        place.list_entity = None
        place.gone = None
        place.awaited = None
        place.memo = {}
        place.company_memo = self.company_memo
        place.items = self.items
        place.narrowed = self.narrowed
        place.beside = None
        place.recalled = self.recalled
        return place


def _nothing(_: str) -> None:
    return None


Check = Callable[[Place], State]
Worth = Callable[[Place], Found]
Sized = Callable[[Place], Amount]


def remembered(
    worth: Callable[[Place], object], slot: int, *, everywhere: bool, of: Condition | Term
) -> Callable[[Place], object]:
    """The same, worked out once at each place, or once for all places, with what it looked for in vain.

    `of` is what it works out, so that it can be recalled.
    """
    recalling = Recalling(of, everywhere=everywhere)

    def with_awaited(place: Place) -> tuple[object, dict[Awaiting, None]]:
        awaited = place.awaited
        own: dict[Awaiting, None] = {}
        place.awaited = own
        found = worth(place)
        place.awaited = awaited
        return found, own

    def recall(place: Place) -> object:
        memo = place.company_memo if everywhere else place.memo
        awaited = place.awaited
        if awaited is None:
            found = memo.get(slot)
            if found is None:
                found = memo[slot] = recalling.at(place, 0, worth)
            return found
        asked = memo.get(-slot)
        if asked is None:
            asked = memo[-slot] = recalling.at(place, 1, with_awaited)
        found, own = cast("tuple[object, dict[Awaiting, None]]", asked)
        awaited.update(own)
        return found

    return recall


class Compiling(Protocol):
    """What compiled terms and conditions are made with, each of the other."""

    def term(self, term: Term) -> Worth:
        """What works a term out."""
        ...

    def number(self, term: Term) -> Sized:
        """What works out a term that the checker knows to be a number."""
        ...

    def check(self, condition: Condition) -> Check:
        """What settles a condition inside a term or an atom."""
        ...

    def slot(self) -> int:
        """A key of its own in the memos of places."""
        ...
