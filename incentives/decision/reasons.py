"""Why a row came out as it did: which conditions failed, are missing, wait for a person. Imports rows and results.

All of it is read off the states that an engine found, so that every engine gives the same reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from incentives.decision.result import ItemName, MissingFact, Reason
from incentives.engines.atoms import Presence, Subject
from incentives.engines.rows import Row
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import (
    All,
    AnyOf,
    Condition,
    Equals,
    IncludesAny,
    ItemExists,
    Not,
    OneOf,
    Test,
    Within,
    children,
)
from incentives.values import State

States = Mapping[str, State]


def item_name(subject: Subject) -> ItemName | None:
    item = subject.item
    return ItemName(subject.entity, item.key, item.name) if item is not None else None


def failed(row: Row) -> tuple[Reason, ...]:
    """The conditions whose failing makes the clause fail. Of an empty list nothing is said but that it is empty."""
    found = [
        node
        for node in _failing(row.clause.condition, row.states)
        if row.subject.presence is not Presence.EMPTY_LIST
        or node.entity == COMPANY
        or isinstance(node.form, ItemExists)
    ]
    return tuple([reason(node) for node in found])


def missing(row: Row) -> tuple[MissingFact, ...]:
    """The facts the outcome waits for, each once. Where a list is absent it is the list that is missing."""
    waiting: dict[str, list[Condition]] = {}
    for node in _open(row.clause.condition, row.states, State.MISSING):
        waiting.setdefault(_awaited(node, row.subject), []).append(node)
    return tuple([_missing_fact(nodes, row) for nodes in waiting.values()])


def judgements(row: Row) -> tuple[Reason, ...]:
    """The conditions that wait for a person."""
    return tuple([reason(node) for node in _open(row.clause.condition, row.states, State.JUDGEMENT)])


def rests_on_assumption(row: Row) -> bool:
    """Whether a clause that fails would not fail if the encoder's assumptions were open questions."""
    return not _fails_for_certain(row.clause.condition, row.states)


def reason(node: Condition) -> Reason:
    match node.form:
        case Within() | Equals() | OneOf() | IncludesAny() as test:
            return Reason(node.id, test.fact.id, test.fact.title, node.says, node.assumption, _judgement(test))
        case ItemExists(entity):
            return Reason(node.id, None, entity.title, node.says, node.assumption, None)
        case Not(Condition(form=Within() | Equals() | OneOf() | IncludesAny() as test)):
            return Reason(node.id, test.fact.id, test.fact.title, node.says, node.assumption, None)
        case All() | AnyOf() | Not():
            return Reason(node.id, None, None, node.says, node.assumption, None)
        case _:
            assert_never(node.form)


def _judgement(test: Test) -> str | None:
    if test.judgement is not None:
        return test.judgement
    return test.open if isinstance(test, OneOf | IncludesAny) else None


def _failing(node: Condition, states: States) -> Iterator[Condition]:
    if states[node.id] is not State.FAILS:
        return
    match node.form:
        case All(of) | AnyOf(of):
            for part in of:
                yield from _failing(part, states)
        case Not() | Within() | Equals() | OneOf() | IncludesAny() | ItemExists():
            yield node
        case _:
            assert_never(node.form)


def _open(node: Condition, states: States, kind: State) -> Iterator[Condition]:
    """The atoms of that kind reached through open nodes alone."""
    if not states[node.id].unknown:
        return
    below = children(node)
    if not below and states[node.id] is kind:
        yield node
    for part in below:
        yield from _open(part, states, kind)


def _awaited(node: Condition, subject: Subject) -> str:
    """What an open atom waits for: a fact by its entity and id, or a list by its entity."""
    if node.entity != COMPANY and subject.item is None:
        return node.entity
    return f"{node.entity}.{node.form.fact.id}" if isinstance(node.form, Test) else node.entity


def _missing_fact(nodes: list[Condition], row: Row) -> MissingFact:
    first, ids = nodes[0], tuple([node.id for node in nodes])
    if isinstance(first.form, Test) and (first.entity == COMPANY or row.subject.item is not None):
        fact = first.form.fact
        item = None if first.entity == COMPANY else item_name(row.subject)
        return MissingFact(fact.entity, item, fact.id, fact.title, fact.question, fact.supplier, ids)
    entity = row.clause.for_each
    assert entity is not None, "only a clause for each item of a list can wait for the list"
    return MissingFact(entity.id, None, None, entity.title, entity.list_question or entity.title, None, ids)


def _fails_for_certain(node: Condition, states: States) -> bool:
    """Whether `node` fails even with every assumed condition left open."""
    if node.assumption is not None:
        return False
    match node.form:
        case All(of):
            return any(_fails_for_certain(part, states) for part in of)
        case AnyOf(of):
            return all(_fails_for_certain(part, states) for part in of)
        case Not(of):
            return _holds_for_certain(of, states)
        case Within() | Equals() | OneOf() | IncludesAny() | ItemExists():
            return states[node.id] is State.FAILS
        case _:
            assert_never(node.form)


def _holds_for_certain(node: Condition, states: States) -> bool:
    if node.assumption is not None:
        return False
    match node.form:
        case All(of):
            return all(_holds_for_certain(part, states) for part in of)
        case AnyOf(of):
            return any(_holds_for_certain(part, states) for part in of)
        case Not(of):
            return _fails_for_certain(of, states)
        case Within() | Equals() | OneOf() | IncludesAny() | ItemExists():
            return states[node.id] is State.HOLDS
        case _:
            assert_never(node.form)
