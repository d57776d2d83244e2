"""Single tests settled against a profile, exactly. Imports the model, facts and values.

Every engine shares these; combining them is what the engines do each in its own way.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, assert_never

from incentives.facts.profile import Item, Profile
from incentives.facts.types import Value
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import (
    All,
    AnyOf,
    Clause,
    Condition,
    Equals,
    IncludesAny,
    ItemExists,
    Not,
    OneOf,
    Test,
    Within,
)
from incentives.values import State


class Presence(Enum):
    """Whether there is an item to look at, there is known to be none, or nobody gave the list."""

    PRESENT = "present"
    EMPTY_LIST = "empty_list"
    ABSENT_LIST = "absent_list"


class Subject(NamedTuple):
    """What a clause is held against: the company, one item, or the place of the items that are not there."""

    company: Item
    entity: str
    item: Item | None
    presence: Presence


def subjects(clause: Clause, profile: Profile) -> tuple[Subject, ...]:
    """One subject for each item of the clause's list; one as well where the list is empty or absent."""
    if clause.for_each is None:
        return (company_subject(profile),)
    entity = clause.for_each.id
    items = profile.lists.get(entity)
    if items is None:
        return (Subject(profile.company, entity, None, Presence.ABSENT_LIST),)
    if not items:
        return (Subject(profile.company, entity, None, Presence.EMPTY_LIST),)
    return tuple([Subject(profile.company, entity, item, Presence.PRESENT) for item in items])


def company_subject(profile: Profile) -> Subject:
    return Subject(profile.company, COMPANY, None, Presence.PRESENT)


def settle(atom: Condition, subject: Subject) -> State:
    """The state of one atom.

    On an absent list every test of an item waits for the list; on an empty one there is nothing it could
    hold of.
    """
    form = atom.form
    if isinstance(form, All | AnyOf | Not):
        raise TypeError(f"{atom.id} is no atom")
    if isinstance(form, ItemExists) or atom.entity != COMPANY:
        match subject.presence:
            case Presence.ABSENT_LIST:
                return State.MISSING
            case Presence.EMPTY_LIST:
                return State.FAILS
            case Presence.PRESENT:
                pass
            case _:
                assert_never(subject.presence)
    if isinstance(form, ItemExists):
        return State.HOLDS
    value = value_of(form, subject)
    if value is None:
        return State.JUDGEMENT if form.judgement is not None else State.MISSING
    return _test(form, value)


def value_of(test: Test, subject: Subject) -> Value | None:
    """What is known of the fact that a test looks at."""
    holder = subject.company if test.fact.entity == COMPANY else subject.item
    return holder.values.get(test.fact.id) if holder is not None else None


def _test(test: Test, value: Value) -> State:
    match test:
        case Within():
            return _state(_above(test, value) and _below(test, value))
        case Equals():
            return _state(value == test.value)
        case OneOf():
            if value in test.values:
                return State.HOLDS
            return State.JUDGEMENT if test.open is not None else State.FAILS
        case IncludesAny():
            if not isinstance(value, frozenset) or not value:
                return State.FAILS
            if not value.isdisjoint(test.values):
                return State.HOLDS
            return State.JUDGEMENT if test.open is not None else State.FAILS
        case _:
            assert_never(test)


# The checker lets a bound stand only on types with an order, and reads both sides as the same type.
def _above(test: Within, value: Value) -> bool:
    low = test.low
    if low is None:
        return True
    return bool(value >= low.value if low.inclusive else value > low.value)  # type: ignore[operator]


def _below(test: Within, value: Value) -> bool:
    high = test.high
    if high is None:
        return True
    return bool(value <= high.value if high.inclusive else value < high.value)  # type: ignore[operator]


def _state(holds: bool) -> State:
    return State.HOLDS if holds else State.FAILS
