"""Rows put together into a decision. Imports rows, reasons, results and the model.

Awards are read off the outcome; totals add up as far as the policy says how awards combine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import assert_never

from incentives.decision.reasons import (
    failed,
    item_name,
    judgements,
    missing,
    reason,
    refusing_assumptions,
    rests_on_assumption,
)
from incentives.decision.result import (
    AwardResult,
    Decision,
    Determination,
    PolicyDecision,
    PolicyStatus,
    merged_missing,
)
from incentives.engines.atoms import Presence
from incentives.engines.rows import Row
from incentives.language.model import Award, Policy, Stacking
from incentives.values import (
    NOT_BOUNDED,
    NOTHING,
    ZERO,
    Interval,
    Outcome,
    State,
    total_when_combinable,
    total_when_unstated,
)

_OUTCOMES = {
    State.HOLDS: Outcome.QUALIFIED,
    State.FAILS: Outcome.NOT_QUALIFIED,
    State.MISSING: Outcome.UNDETERMINED,
    State.JUDGEMENT: Outcome.NEEDS_REVIEW,
}


def status_on(policy: Policy, on: date) -> PolicyStatus:
    if policy.period.contains(on):
        return PolicyStatus.IN_FORCE
    return PolicyStatus.NOT_YET_IN_FORCE if on < policy.period.start else PolicyStatus.NO_LONGER_IN_FORCE


def policy_decision(policy: Policy, status: PolicyStatus, rows: Sequence[Row]) -> PolicyDecision:
    """The determinations of one policy and what they come to."""
    determinations = [_determination(policy, row) for row in rows]
    determinations.sort(key=lambda found: (found.clause, found.item.key if found.item else ""))
    return PolicyDecision(
        policy=policy.id,
        version=policy.version,
        title=policy.title,
        status=status,
        period=policy.period,
        document=policy.document,
        stacking=policy.stacking,
        determinations=tuple(determinations),
        total=_total(policy.stacking, determinations),
        shared=tuple(
            [fact for fact in merged_missing(determinations) if fact.fact is not None and len(fact.nodes) > 1]
        ),
    )


def decision(on: date, company: str, policies: Iterable[PolicyDecision]) -> Decision:
    """All policies together. Nobody publishes how awards of different policies combine."""
    ordered = tuple(sorted(policies, key=lambda found: found.policy))
    return Decision(on, company, ordered, total_when_unstated(found.total for found in ordered))


def _determination(policy: Policy, row: Row) -> Determination:
    clause = row.clause
    outcome = _OUTCOMES[row.states[clause.condition.id]]
    refused = outcome is Outcome.NOT_QUALIFIED
    on_assumption = refused and rests_on_assumption(row)
    is_open = outcome in (Outcome.UNDETERMINED, Outcome.NEEDS_REVIEW)
    return Determination(
        policy=policy.id,
        clause=clause.id,
        title=clause.title,
        item=item_name(row.subject),
        presence=row.subject.presence,
        outcome=outcome,
        award=_award(clause.award, outcome, row.subject.presence),
        failed=failed(row) if refused else (),
        missing=missing(row) if is_open else (),
        judgements=judgements(row) if is_open else (),
        assumptions=tuple([reason(node) for node in clause.assumed]),
        rests_on_assumption=on_assumption,
        refusing_assumptions=refusing_assumptions(row) if on_assumption else (),
        source=clause.source,
    )


def _award(award: Award, outcome: Outcome, presence: Presence) -> AwardResult:
    return AwardResult(
        award.kind,
        award.basis,
        award.amount,
        award.discretion,
        award.paid_to,
        _interval(award, outcome, presence),
    )


def _interval(award: Award, outcome: Outcome, presence: Presence) -> Interval:
    match outcome:
        case Outcome.QUALIFIED:
            return award.when_qualified
        case Outcome.NOT_QUALIFIED:
            return NOTHING
        case Outcome.UNDETERMINED | Outcome.NEEDS_REVIEW:
            # Nobody knows how many items an absent list would hold.
            absent = presence is Presence.ABSENT_LIST
            return Interval(ZERO, NOT_BOUNDED) if absent else award.when_open
        case _:
            assert_never(outcome)


def _total(stacking: Stacking, determinations: Sequence[Determination]) -> Interval:
    """Items of one clause add up, since the ceiling holds for each; clauses as the policy says."""
    clauses: dict[str, list[Interval]] = {}
    for found in determinations:
        clauses.setdefault(found.clause, []).append(found.award.interval)
    sums = [total_when_combinable(intervals) for intervals in clauses.values()]
    match stacking:
        case Stacking.CUMULATIVE:
            return total_when_combinable(sums)
        case Stacking.NOT_PUBLISHED:
            return total_when_unstated(sums)
        case _:
            assert_never(stacking)
