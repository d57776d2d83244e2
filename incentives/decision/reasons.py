"""Why a row came out as it did: which conditions failed, are missing, wait for a person. Imports rows and results.

All of it is read off the states that an engine found, so that every engine gives the same reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, assert_never

from incentives.decision.result import ItemName, MissingFact, Reason
from incentives.engines.atoms import Presence, Subject, value_of
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
    found = _open(row.clause.condition, row.states, State.JUDGEMENT)
    return tuple([replace(reason(node), **awaited_judgement(node, row.subject)._asdict()) for node in found])


class AwaitedJudgement(NamedTuple):
    """What a person is asked: what the condition says is to be judged, or whether an open list covers the value."""

    judgement: str | None
    open_list: str | None


def awaited_judgement(node: Condition, subject: Subject) -> AwaitedJudgement:
    """What a condition that is open by judgement waits for."""
    match node.form:
        case OneOf() | IncludesAny() as test if value_of(test, subject) is not None:
            return AwaitedJudgement(None, test.open)
        case Within() | Equals() | OneOf() | IncludesAny() as test:
            return AwaitedJudgement(test.judgement, None)
        case _:
            return AwaitedJudgement(None, None)


def rests_on_assumption(row: Row) -> bool:
    """Whether a clause that fails would not fail if the encoder's assumptions were open questions."""
    return not _fails_for_certain(row.clause.condition, row.states)


def refusing_assumptions(row: Row) -> tuple[Reason, ...]:
    """The encoder's conditions that a refusal comes from, the outermost of each branch."""
    return tuple([reason(node) for node in _assumed_against(row.clause.condition, row.states, State.FAILS)])


def reason(node: Condition) -> Reason:
    match node.form:
        case Within() | Equals() | OneOf() | IncludesAny() as test:
            return Reason(node.id, test.fact.id, test.fact.title, node.says, node.assumption, None, None)
        case ItemExists(entity):
            return Reason(node.id, None, entity.title, node.says, node.assumption, None, None)
        case Not(Condition(form=Within() | Equals() | OneOf() | IncludesAny() as test)):
            return Reason(node.id, test.fact.id, test.fact.title, node.says, node.assumption, None, None)
        case All() | AnyOf() | Not():
            return Reason(node.id, None, None, node.says, node.assumption, None, None)
        case _:
            assert_never(node.form)


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


def _assumed_against(node: Condition, states: States, decisive: State) -> Iterator[Condition]:
    """The assumed nodes by which `node` has come to its decisive state, the outermost of each branch."""
    if states[node.id] is not decisive:
        return
    if node.assumption is not None:
        yield node
        return
    opposite = State.HOLDS if decisive is State.FAILS else State.FAILS
    for part in children(node):
        yield from _assumed_against(part, states, opposite if isinstance(node.form, Not) else decisive)


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
