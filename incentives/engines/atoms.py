"""Single tests settled against a profile, exactly. Imports the nodes, terms, subjects and values.

The interpreting engines share these; combining them is what the engines do each in its own way. What an atom
looks at inside, such as the filter of a sum, is part of the atom and settled here.
"""

from __future__ import annotations

from typing import assert_never

from incentives.amounts.ranges import Open
from incentives.engines.ranges_of_facts import Found, among, beyond, inside
from incentives.engines.subjects import (
    Awaited,
    Collected,
    Judged,
    Presence,
    Subject,
    Waiting,
    at_item,
    await_fact,
    await_list,
    collect,
    known,
    once,
)
from incentives.engines.terms.evaluate import evaluate
from incentives.engines.terms.lists import items_of
from incentives.facts.types import Value
from incentives.facts.vocabulary import COMPANY
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Equals,
    Holds,
    IncludesAny,
    ItemExists,
    Items,
    Measured,
    Not,
    OneOf,
    Quantity,
    StartsWith,
    Test,
    Unstated,
    Within,
)
from incentives.language.walks import children
from incentives.values import State


def settle(atom: Condition, subject: Subject) -> State:
    """The state of one atom.

    On an absent list every test of an item waits for the list; on an empty one there is nothing it could
    hold of.
    """
    form = atom.form
    if isinstance(form, ItemExists) or atom.entity != COMPANY:
        match subject.presence:
            case Presence.ABSENT_LIST:
                await_list(None, subject)
                return State.MISSING
            case Presence.EMPTY_LIST:
                return State.FAILS
            case Presence.PRESENT:
                pass
            case _:
                assert_never(subject.presence)
    match form:
        case ItemExists():
            return State.HOLDS
        case Measured():
            return measure(form, subject)
        case Unstated():
            return State.JUDGEMENT
        case Items(quantity, entity, where):
            items = items_of(entity, subject)
            if items is None:
                await_list(entity, subject)
                return State.MISSING
            return count(quantity, [passes(where, at_item(subject, entity.id, item)) for item in items])
        case Within() | Equals() | OneOf() | IncludesAny() | StartsWith():
            value = known(form.fact, subject)
            if value is None:
                return State.JUDGEMENT if form.judgement is not None else State.MISSING
            state = tested(form, value) if not isinstance(value, Open) else _tested_range(form, value)
            if state is State.MISSING:
                await_fact(form.fact, subject)
            return state
        case All() | AnyOf() | AtLeast() | Not() | Holds():
            raise TypeError(f"{atom.id} is no atom")
        case _:
            assert_never(form)


def passes(condition: Condition, subject: Subject) -> State:
    """The state of a condition inside an atom: a filter of items, or a case of a table.

    One that is settled waits for nothing; one that is open, for what its open parts wait for.
    """
    if subject.awaited is None:
        return _passes(condition, subject)
    own: Collected = {}
    state = _passes(condition, subject._replace(awaited=own))
    asked: list[Waiting] = list(own.values())
    if not children(condition):
        # What a person judges is the test itself, whatever is missing or undefined in it.
        judged = state is State.JUDGEMENT
        asked = [Judged(condition, subject)] if judged else [one for one in asked if isinstance(one, Awaited)]
    if state.unknown:
        collect(subject.awaited, asked)
    return state


def _passes(condition: Condition, subject: Subject) -> State:
    match condition.form:
        case All(of):
            return all_of([passes(part, subject) for part in of])
        case AnyOf(of):
            return any_of([passes(part, subject) for part in of])
        case AtLeast(of, number):
            return at_least(number, [passes(part, subject) for part in of])
        case Not(of):
            return opposite(passes(of, subject))
        case Holds(_, of):
            return once(of, of.entity, subject, lambda place: passes(of, place))
        case (
            Within()
            | Equals()
            | OneOf()
            | IncludesAny()
            | StartsWith()
            | Measured()
            | Unstated()
            | Items()
            | ItemExists()
        ):
            return settle(condition, subject)
        case _:
            assert_never(condition.form)


def all_of(states: list[State]) -> State:
    """Fails when any part fails; open while any part is open, by missing data before judgement."""
    for decisive in (State.FAILS, State.MISSING, State.JUDGEMENT):
        if decisive in states:
            return decisive
    return State.HOLDS


def any_of(states: list[State]) -> State:
    """Holds when any part holds; open while any part is open, by missing data before judgement."""
    for decisive in (State.HOLDS, State.MISSING, State.JUDGEMENT):
        if decisive in states:
            return decisive
    return State.FAILS


def at_least(number: int, states: list[State]) -> State:
    """Holds when so many parts hold, fails when too few can; else open, by missing data before judgement."""
    if states.count(State.HOLDS) >= number:
        return State.HOLDS
    if len(states) - states.count(State.FAILS) < number:
        return State.FAILS
    return State.MISSING if State.MISSING in states else State.JUDGEMENT


def opposite(state: State) -> State:
    match state:
        case State.HOLDS:
            return State.FAILS
        case State.FAILS:
            return State.HOLDS
        case State.MISSING | State.JUDGEMENT:
            return state
        case _:
            assert_never(state)


def count(quantity: Quantity, states: list[State]) -> State:
    """What some, every or none of the items come to."""
    match quantity:
        case Quantity.SOME:
            return any_of(states)
        case Quantity.EVERY:
            return all_of(states)
        case Quantity.NONE:
            return opposite(any_of(states))
        case _:
            assert_never(quantity)


def measure(form: Measured, subject: Subject) -> State:
    """A term held against its ends or its values; open where what is not known could go both ways."""
    value = evaluate(form.term, subject, passes)
    holds: bool | None
    found: list[Found] = [value]
    if form.values is not None:
        holds = among(value, form.values) if isinstance(value, Open) else value in form.values
    else:
        holds = True
        for end, upward in ((form.low, True), (form.high, False)):
            if end is None:
                continue
            limit = evaluate(end.of, subject, passes)
            found.append(limit)
            side = beyond(value, limit, end.inclusive) if upward else beyond(limit, value, end.inclusive)
            holds = False if side is False or holds is False else None if side is None or holds is None else True
    if holds is not None:
        return State.HOLDS if holds else State.FAILS
    # What is judged is the value; an end that is not known is a fact that somebody can give.
    data = found if form.judgement is None else found[1:]
    missing = any(isinstance(one, Open) and one.state is State.MISSING for one in data)
    return State.MISSING if missing else State.JUDGEMENT


def tested(test: Test, value: Value) -> State:
    """The state of a test of one fact whose value is known."""
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
        case StartsWith():
            code = str(value)
            if code.startswith(test.prefixes):
                return State.HOLDS
            if any(prefix.startswith(code) for prefix in test.prefixes):
                return State.MISSING  # the code in full can still be one of them
            return State.JUDGEMENT if test.open is not None else State.FAILS
        case _:
            assert_never(test)


def _tested_range(test: Test, value: Open) -> State:
    """The state of a test of one fact of which only a range is known."""
    match test:
        case Within():
            holds = inside(value, test.low, test.high)
        case Equals():
            holds = among(value, (test.value,))
        case OneOf() if test.open is None:
            holds = among(value, test.values)
        case OneOf() | IncludesAny() | StartsWith():
            holds = None
        case _:
            assert_never(test)
    if holds is None:
        return State.MISSING
    return _state(holds)


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
