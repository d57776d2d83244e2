"""The reference evaluator: what a policy means. Imports the model, atoms and rows.

Strong Kleene logic over four states; the trace it records is the state of every node.
"""

from __future__ import annotations

from typing import assert_never

from incentives.engines.atoms import Subject, company_subject, settle, subjects
from incentives.engines.rows import Row
from incentives.facts.profile import Profile
from incentives.language.model import (
    All,
    AnyOf,
    Condition,
    Equals,
    IncludesAny,
    ItemExists,
    Not,
    OneOf,
    Policy,
    Within,
)
from incentives.values import State

Trace = dict[str, State]


class ReferenceEngine:
    """Interprets the model node by node."""

    name = "reference"

    def rows(self, policy: Policy, profile: Profile) -> tuple[Row, ...]:
        shared: Trace = {}
        if policy.common is not None:
            evaluate(policy.common, company_subject(profile), shared)
        rows: list[Row] = []
        for clause in policy.clauses:
            for subject in subjects(clause, profile):
                trace = shared.copy()
                evaluate(clause.condition, subject, trace)
                rows.append(Row(clause, subject, trace))
        return tuple(rows)


def evaluate(condition: Condition, subject: Subject, trace: Trace) -> State:
    """The state of `condition`, recorded in `trace` with that of every node below it.

    Nothing is cut short: an explanation needs the state of every part.
    """
    known = trace.get(condition.id)
    if known is not None:
        return known
    match condition.form:
        case All(of):
            state = _all([evaluate(part, subject, trace) for part in of])
        case AnyOf(of):
            state = _any([evaluate(part, subject, trace) for part in of])
        case Not(of):
            state = _not(evaluate(of, subject, trace))
        case Within() | Equals() | OneOf() | IncludesAny() | ItemExists():
            state = settle(condition, subject)
        case _:
            assert_never(condition.form)
    trace[condition.id] = state
    return state


def _all(states: list[State]) -> State:
    """Fails when any part fails; open while any part is open, by missing data before judgement."""
    for decisive in (State.FAILS, State.MISSING, State.JUDGEMENT):
        if decisive in states:
            return decisive
    return State.HOLDS


def _any(states: list[State]) -> State:
    """Holds when any part holds; open while any part is open, by missing data before judgement."""
    for decisive in (State.HOLDS, State.MISSING, State.JUDGEMENT):
        if decisive in states:
            return decisive
    return State.FAILS


def _not(state: State) -> State:
    match state:
        case State.HOLDS:
            return State.FAILS
        case State.FAILS:
            return State.HOLDS
        case State.MISSING | State.JUDGEMENT:
            return state
        case _:
            assert_never(state)
