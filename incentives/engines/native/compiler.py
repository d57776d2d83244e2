"""A tree of conditions compiled, each node in the three ways it is asked. Imports the nodes and values."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never, cast

from incentives.amounts.ranges import settled
from incentives.engines.native.conditions import ALL_ORDER, ANY_ORDER, compile_atom, counted, joined, opposite
from incentives.engines.native.place import Check, Place, Sized, Worth, remembered
from incentives.engines.native.recalled import Recalling
from incentives.engines.native.terms import compile_term
from incentives.engines.ranges_of_facts import Found
from incentives.engines.rows import Awaiting
from incentives.facts.vocabulary import COMPANY
from incentives.language.nodes import (
    All,
    AnyOf,
    ApplicationDay,
    AtLeast,
    Condition,
    Equals,
    FactValue,
    Holds,
    IncludesAny,
    ItemExists,
    Items,
    Literal,
    Measured,
    Not,
    OneOf,
    StartsWith,
    Term,
    Unstated,
    Within,
)
from incentives.records import NamedTuple
from incentives.values import State

States = dict[str, State]


class Node(NamedTuple):
    """A condition compiled.

    `state` settles it. `waits`, for one that is open by missing data, adds what it waits for to the place's
    `awaited`. `record` settles it and writes down the state of every node, for explanations.
    """

    state: Check
    waits: Callable[[Place], None]
    record: Callable[[Place, States], State]


class Compiler:
    """Compiles what one policy is made of. What several clauses share is compiled once."""

    def __init__(self) -> None:
        # By identity: a definition is one and the same object wherever it is named.
        self._nodes: dict[int, Node] = {}
        self._terms: dict[int, Worth] = {}
        self._slots = 0

    def term(self, term: Term) -> Worth:
        found = self._terms.get(id(term))
        if found is None:
            found = compile_term(term, self)
            if not isinstance(term, _PLAIN):
                found = _waiting_while_open(found)
            self._terms[id(term)] = found
        return found

    def number(self, term: Term) -> Sized:
        # The checker has seen to it that the term is a number.
        return cast(Sized, self.term(term))

    def check(self, condition: Condition) -> Check:
        return _asked_while_open(self.node(condition))

    def slot(self) -> int:
        self._slots += 1
        return self._slots

    def shared(self, condition: Condition) -> Node:
        """A condition that every clause asks of the company: settled once for all of them."""
        node = self.node(condition)
        node = self._nodes[id(condition)] = node._replace(state=self._once(node.state, condition))
        return node

    def node(self, condition: Condition) -> Node:
        found = self._nodes.get(id(condition))
        if found is None:
            found = self._nodes[id(condition)] = self._compiled(condition)
        return found

    def _compiled(self, condition: Condition) -> Node:
        form = condition.form
        match form:
            case All(of) | AnyOf(of):
                parts = tuple([self.node(part) for part in of])
                order = ALL_ORDER if isinstance(form, All) else ANY_ORDER
                join = joined(tuple([part.state for part in parts]), order)
                return Node(join, _waits_for(parts), _recording_join(condition.id, parts, order))
            case AtLeast(of, number):
                parts = tuple([self.node(part) for part in of])
                state = counted(tuple([part.state for part in parts]), number)
                return Node(state, _waits_for(parts), _recording(condition.id, state, *parts))
            case Not(of):
                part = self.node(of)
                state = opposite(part.state)
                return Node(state, part.waits, _recording(condition.id, state, part))
            case Holds(_, of):
                part = self.node(of)
                state = self._once(part.state, of)
                waits = _waiting_once(part.waits, self.slot(), of)
                return Node(state, waits, _recording(condition.id, state, part))
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
                atom = compile_atom(condition, form, self)
                return Node(atom, _asking(atom), _recording(condition.id, atom))
            case _:
                assert_never(form)

    def _once(self, state: Check, condition: Condition) -> Check:
        """Settled once at each place; once for all of them where the condition is about the company."""
        return cast(Check, remembered(state, self.slot(), everywhere=condition.entity == COMPANY, of=condition))


_PLAIN = (Literal, FactValue, ApplicationDay)
"""Terms that are open where they wait for anything."""


def _waiting_while_open(worth: Worth) -> Worth:
    """The same, which waits for nothing once it is settled, whatever of it is open."""

    def found_at(place: Place) -> Found:
        awaited = place.awaited
        if awaited is None:
            return worth(place)
        own: dict[Awaiting, None] = {}
        place.awaited = own
        found = worth(place)
        place.awaited = awaited
        if not settled(found):
            awaited.update(own)
        return found

    return found_at


def _asked_while_open(node: Node) -> Check:
    """The state of a condition inside a term or an atom, which waits for something only while it is open."""
    settle, waits = node.state, node.waits

    def state(place: Place) -> State:
        awaited = place.awaited
        if awaited is None:
            return settle(place)
        place.awaited = None
        found = settle(place)
        place.awaited = awaited
        if found is State.MISSING:
            waits(place)
        return found

    return state


def _asking(atom: Check) -> Callable[[Place], None]:
    def waits(place: Place) -> None:
        atom(place)

    return waits


def _waits_for(parts: tuple[Node, ...]) -> Callable[[Place], None]:
    """What the open parts wait for; a part that is settled waits for nothing."""

    def waits(place: Place) -> None:
        awaited = place.awaited
        for part in parts:
            place.awaited = None
            state = part.state(place)
            place.awaited = awaited
            if state is State.MISSING:
                part.waits(place)

    return waits


def _waiting_once(waits: Callable[[Place], None], slot: int, of: Condition) -> Callable[[Place], None]:
    """The same, gone through once at each place, or once for all places, however often it is asked."""
    everywhere = of.entity == COMPANY
    recalling = Recalling(of, everywhere=everywhere)

    def asked(place: Place) -> dict[Awaiting, None]:
        own: dict[Awaiting, None] = {}
        awaited, place.awaited = place.awaited, own
        waits(place)
        place.awaited = awaited
        return own

    def again(place: Place) -> None:
        memo = place.company_memo if everywhere else place.memo
        own = memo.get(slot)
        if own is None:
            own = memo[slot] = recalling.at(place, 2, asked)
        if place.awaited is not None:
            place.awaited.update(cast("dict[Awaiting, None]", own))

    return again


def _recording(node_id: str, state: Check, *below: Node) -> Callable[[Place, States], State]:
    def record(place: Place, states: States) -> State:
        found = states.get(node_id)
        if found is None:
            for part in below:
                part.record(place, states)
            found = states[node_id] = state(place)
        return found

    return record


def _recording_join(
    node_id: str, parts: tuple[Node, ...], order: tuple[State, ...]
) -> Callable[[Place, States], State]:
    def record(place: Place, states: States) -> State:
        found = states.get(node_id)
        if found is None:
            of_parts = {part.record(place, states) for part in parts}
            found = states[node_id] = next(state for state in order if state in of_parts or state is order[-1])
        return found

    return record
