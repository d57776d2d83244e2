"""The reference evaluator: what a policy means. Imports the model, atoms and rows.

Strong Kleene logic over four states; the trace it records is the state of every node.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from incentives.engines.atoms import all_of, any_of, at_least, opposite, settle
from incentives.engines.clashes import Candidate, Clash, plain_clashes
from incentives.engines.rows import Row
from incentives.engines.subjects import Subject, company_subject, subjects
from incentives.facts.profile import Profile
from incentives.language.model import (
    Policy,
)
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
    StartsWith,
    Unstated,
    Within,
)
from incentives.values import State

Trace = dict[str, State]


class ReferenceEngine:
    """Interprets the model node by node."""

    name = "reference"

    def rows(self, policy: Policy, profile: Profile, on: date) -> tuple[Row, ...]:
        company = company_subject(profile, on)
        shared: Trace = {}
        if policy.common is not None:
            evaluate(policy.common, company, shared)
        rows: list[Row] = []
        for clause in policy.clauses:
            for subject in subjects(clause, company):
                trace = shared.copy()
                evaluate(clause.condition, subject, trace)
                rows.append(Row(clause, subject, trace))
        return tuple(rows)

    def clashes(self, policy: Policy, found: Sequence[Candidate]) -> frozenset[Clash]:
        return plain_clashes(policy, found)


def evaluate(condition: Condition, subject: Subject, trace: Trace) -> State:
    """The state of `condition`, recorded in `trace` with that of every node below it.

    Nothing is cut short: an explanation needs the state of every part.
    """
    known = trace.get(condition.id)
    if known is not None:
        return known
    match condition.form:
        case All(of):
            state = all_of([evaluate(part, subject, trace) for part in of])
        case AnyOf(of):
            state = any_of([evaluate(part, subject, trace) for part in of])
        case AtLeast(of, number):
            state = at_least(number, [evaluate(part, subject, trace) for part in of])
        case Not(of):
            state = opposite(evaluate(of, subject, trace))
        case Holds(_, of):
            state = evaluate(of, subject, trace)
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
            state = settle(condition, subject)
        case _:
            assert_never(condition.form)
    trace[condition.id] = state
    return state
