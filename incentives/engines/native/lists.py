"""Terms over the items of a list compiled. Imports nodes and amounts."""

from __future__ import annotations

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount, Open
from incentives.engines.native.place import Check, Compiling, Place, Sized, Worth
from incentives.engines.ranges_of_facts import Found, over_some
from incentives.facts.profile import Item
from incentives.language.nodes import CountItems, How, OverItems
from incentives.values import State


def compile_over_items(term: OverItems, making: Compiling) -> Worth:
    where = making.check(term.where) if term.where is not None else None
    return _over_items(term.how, term.entity.id, making.number(term.of), where)


def compile_count(term: CountItems, making: Compiling) -> Worth:
    where = making.check(term.where) if term.where is not None else None
    return _over_items(How.SUM, term.entity.id, lambda _: 1, where)


_BLANK = Item("", "", {})


def _over_items(how: How, entity: str, of: Sized, where: Check | None) -> Worth:
    def worth(place: Place) -> Found:
        places = place.items_of(entity)
        if places is None:
            return absent(place)
        if where is None:
            return over_some(how, [of(item) for item in places], ())
        certain: list[Amount] = []
        perhaps: list[tuple[State, Amount]] = []
        awaited = place.awaited
        for item in places:
            item.awaited = awaited  # another that goes through the same list may have asked otherwise
            state = where(item)
            if state is State.HOLDS:
                certain.append(of(item))
            elif state is not State.FAILS:
                perhaps.append((state, of(item)))
        return over_some(how, certain, perhaps)

    def absent(place: Place) -> Open:
        """A sum over any number of items; of none nothing else is defined."""
        if how is not How.SUM:
            return Open(State.MISSING)
        low, high = ranges.ends(of(place.at_item(_BLANK)))
        return Open(State.MISSING, -INFINITE if low < 0 else 0, INFINITE if high > 0 else 0)

    return worth
