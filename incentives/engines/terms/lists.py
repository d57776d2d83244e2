"""What the items of a list come to together. Imports the nodes, subjects and amounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount, Open
from incentives.engines.ranges_of_facts import Found, over_some
from incentives.engines.subjects import Subject, Undefined, at_item, await_list, leave_undefined
from incentives.facts.profile import Item
from incentives.facts.vocabulary import Entity
from incentives.language.nodes import How
from incentives.values import State


def items_of(entity: Entity, subject: Subject) -> Sequence[Item] | None:
    """The items of a list, None where it is absent; by their keys where it counts what is asked of them first."""
    items = subject.profile.lists.get(entity.id)
    return items if items is None or subject.awaited is None else sorted(items, key=lambda item: item.key)


def over_items(
    how: How, entity: Entity, subject: Subject, of: Callable[[Subject], Amount], where: Callable[[Subject], State]
) -> Found:
    """What `of` comes to over the items of a list that pass `where`, each asked at the item's place."""
    items = items_of(entity, subject)
    if items is None:
        await_list(entity, subject)
        if how is not How.SUM:
            return Open(State.MISSING)  # of an empty list nothing is defined
        blank = at_item(subject._replace(awaited=None), entity.id, Item("", "", {}))
        low, high = ranges.ends(of(blank))
        return Open(State.MISSING, -INFINITE if low < 0 else 0, INFINITE if high > 0 else 0)
    certain: list[Amount] = []
    perhaps: list[tuple[State, Amount]] = []
    for item in items:
        place = at_item(subject, entity.id, item)
        state = where(place)
        if state is not State.FAILS:
            value = of(place)
            if state is State.HOLDS:
                certain.append(value)
            else:
                perhaps.append((state, value))
    if how is not How.SUM and not certain and not perhaps:
        leave_undefined(Undefined.OF_NONE, subject)
    return over_some(how, certain, perhaps)
