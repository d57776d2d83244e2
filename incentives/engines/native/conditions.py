"""Conditions compiled: tests of facts and of the items of a list, what joins them. Imports nodes and values.

A compiled condition stops as soon as it is settled, unless the missing facts are asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from incentives.engines.native.measured import compile_measured
from incentives.engines.native.place import Check, Compiling, Place
from incentives.engines.native.tables import key_fits
from incentives.facts.types import Value
from incentives.facts.vocabulary import COMPANY
from incentives.language.nodes import (
    Atom,
    Condition,
    Equals,
    IncludesAny,
    ItemExists,
    Items,
    Measured,
    OneOf,
    Quantity,
    StartsWith,
    Test,
    Unstated,
    Within,
)
from incentives.records import NamedTuple
from incentives.values import State

HOLDS, FAILS, MISSING, JUDGEMENT = State.HOLDS, State.FAILS, State.MISSING, State.JUDGEMENT


class Single(NamedTuple):
    """A test of one fact that only holds or fails once the fact is known, and is missing until then."""

    fact: str
    own: bool
    holds: Callable[[Value], bool]


def single(form: Test) -> Single | None:
    """The test as one that is only true or false; None where a person may have to say."""
    if form.judgement is not None or isinstance(form, StartsWith):
        return None  # a code that is too short leaves its prefix open
    if isinstance(form, OneOf | IncludesAny) and form.open is not None:
        return None
    return Single(form.fact.id, form.fact.entity != COMPANY, holds_of(form))


def holds_of(form: Test) -> Callable[[Value], bool]:
    """Whether the test holds of a known value."""
    match form:
        case Within(low=low, high=high):
            return key_fits(low, high, None)
        case Equals(value=value):
            return lambda given: given == value
        case OneOf(values=values):
            return frozenset(values).__contains__
        case IncludesAny(values=values):
            listed = frozenset(values)
            return lambda given: isinstance(given, frozenset) and not given.isdisjoint(listed)
        case StartsWith(prefixes=prefixes):
            return lambda given: str(given).startswith(prefixes)
        case _:
            assert_never(form)


def compile_atom(condition: Condition, form: Atom, making: Compiling) -> Check:
    """What settles an atom. Where there is no item, every test of one comes to the same."""
    match form:
        case ItemExists():
            return _of_items_place(lambda _: HOLDS)
        case Measured():
            check = compile_measured(form, making)
        case Unstated():
            check = _left_out
        case Items(quantity, entity, where):
            check = _items(quantity, entity.id, making.check(where))
        case Within() | Equals() | OneOf() | IncludesAny() | StartsWith():
            check = _test(form)
        case _:
            assert_never(form)
    return check if condition.entity == COMPANY else _of_items_place(check)


def _left_out(_: Place) -> State:
    return JUDGEMENT


def _of_items_place(check: Check) -> Check:
    def state(place: Place) -> State:
        if place.gone is None:
            return check(place)
        if place.gone is MISSING:
            place.await_list()
        return place.gone

    return state


def _test(form: Test) -> Check:
    fact, holds, refused = form.fact, holds_of(form), _refused(form)
    fact_id, of_company = fact.id, fact.entity == COMPANY
    gap = MISSING if form.judgement is None else JUDGEMENT

    def state(place: Place) -> State:
        value = place.company(fact_id) if of_company else place.own(fact_id)
        if value is None:
            place.await_fact(fact)
            return gap
        if holds(value):
            return HOLDS
        found = refused(value)
        if found is MISSING:
            place.await_fact(fact)
        return found

    return state


def _refused(form: Test) -> Callable[[Value], State]:
    """What a value comes to that does not hold: a person's to judge where the source leaves its list open."""
    match form:
        case IncludesAny(open=words) if words is not None:
            return lambda given: JUDGEMENT if given else FAILS  # of no values there is nothing to judge
        case StartsWith(prefixes=prefixes, open=words):
            rest = FAILS if words is None else JUDGEMENT
            return lambda given: MISSING if any(prefix.startswith(str(given)) for prefix in prefixes) else rest
        case OneOf(open=words) if words is not None:
            return lambda _: JUDGEMENT
        case _:
            return lambda _: FAILS


def _items(quantity: Quantity, entity: str, where: Check) -> Check:
    decisive, settled, otherwise = {
        Quantity.SOME: (HOLDS, HOLDS, FAILS),
        Quantity.EVERY: (FAILS, FAILS, HOLDS),
        Quantity.NONE: (HOLDS, FAILS, HOLDS),
    }[quantity]

    def state(place: Place) -> State:
        items = place.items_of(entity)
        if items is None:
            return MISSING
        found, awaited = otherwise, place.awaited
        for item in items:
            item.awaited = awaited  # another that goes through the same list may have asked otherwise
            one = where(item)
            if one is decisive:
                if place.awaited is None:
                    return settled
                found = settled
            elif (one is MISSING or one is JUDGEMENT) and found is not settled and found is not MISSING:
                found = one
        return found

    return state


ALL_ORDER = (FAILS, MISSING, JUDGEMENT, HOLDS)
ANY_ORDER = (HOLDS, MISSING, JUDGEMENT, FAILS)
"""What `all` and `any` come to: the first of these that one of their parts does; the last of them for no parts."""


def joined(parts: tuple[Check, ...], order: tuple[State, ...]) -> Check:
    """Settled by the first decisive part; open while a part is open, by missing data before judgement."""
    decisive, _, _, otherwise = order

    def state(place: Place) -> State:
        found = otherwise
        for part in parts:
            one = part(place)
            if one is otherwise:
                continue
            if one is decisive:
                if place.awaited is None:
                    return decisive
                found = decisive
            elif found is not decisive and found is not MISSING:
                found = one
        return found

    return state


def counted(parts: tuple[Check, ...], number: int) -> Check:
    """Settled by so many parts that hold, or that fail; else open, by missing data before judgement."""
    failures = len(parts) - number + 1

    def state(place: Place) -> State:
        holding = failing = 0
        found = JUDGEMENT
        for part in parts:
            one = part(place)
            if one is HOLDS:
                holding += 1
            elif one is FAILS:
                failing += 1
            elif one is MISSING:
                found = MISSING
            if place.awaited is None and (holding == number or failing == failures):
                break
        return HOLDS if holding >= number else FAILS if failing >= failures else found

    return state


def opposite(check: Check) -> Check:
    def state(place: Place) -> State:
        one = check(place)
        return FAILS if one is HOLDS else HOLDS if one is FAILS else one

    return state
