"""Screening: verdicts and totals of policies without explanations. Imports engines and model.

An engine that decides without a trace is asked for verdicts; of another, the decision is cut down to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, getcontext, setcontext
from operator import attrgetter
from typing import assert_never, cast

from incentives.decision.assemble import policy_decision, status_on
from incentives.decision.claims import Claim
from incentives.decision.payees import Totals, combined, totals_without
from incentives.decision.result import Determination, PolicyStatus
from incentives.decision.total import policies_together
from incentives.engines.clashes import Candidate
from incentives.engines.kinds import kinds_of, with_kinds
from incentives.engines.rows import Awaiting, Engine, ScreeningEngine, Verdict, candidates, in_order
from incentives.engines.subjects import company_subject
from incentives.facts.profile import Profile
from incentives.language.model import Policy, Stacking
from incentives.records import NamedTuple
from incentives.values import EXACT, NOT_BOUNDED, NOTHING, ZERO, Interval, NotBounded, Outcome

_BY_ID = attrgetter("id")


class PolicyScreening(NamedTuple):
    """One policy on the day: its verdicts by clause and item, none where it is not in force; and their total."""

    policy: str
    version: str
    status: PolicyStatus
    verdicts: tuple[Verdict, ...]
    total: Interval
    paid_to_others: Interval


class Screening(NamedTuple):
    """What a company can expect on a day: the outcomes, missing facts and amounts of a decision, and no reasons."""

    on: date
    company: str
    policies: tuple[PolicyScreening, ...]
    total: Interval
    paid_to_others: Interval


def screening(policies: Iterable[Policy], engine: Engine, profile: Profile, on: date) -> Screening:
    """What the engine finds of all policies, each as of the day."""
    ordered = sorted(policies, key=_BY_ID)
    found = tuple([_of_policy(policy, engine, profile, on) for policy in ordered])
    if len(found) == 1:
        [one] = found
        return Screening(on, profile.company.name, found, one.total, one.paid_to_others)
    totals = {one.policy: one.total for one in found}
    beside = {policy.id: policy.beside for policy in ordered}
    others = {one.policy: one.paid_to_others for one in found}
    named = {policy.id: (policy, one) for policy, one in zip(ordered, found, strict=True)}
    company = company_subject(profile, on)

    def without(policy: str, gone: frozenset[str]) -> Totals:
        written, one = named[policy]
        return totals_without(written, claims_of(one.verdicts), gone, company)

    own = policies_together(totals, beside, lambda *given: without(*given).own).total
    to_others = policies_together(others, beside, lambda *given: without(*given).others).total
    return Screening(on, profile.company.name, found, own, to_others)


def _of_policy(policy: Policy, engine: Engine, profile: Profile, on: date) -> PolicyScreening:
    status = status_on(policy, on)
    if status is not PolicyStatus.IN_FORCE:
        return PolicyScreening(policy.id, policy.version, status, (), NOTHING, NOTHING)
    if hasattr(engine, "verdicts"):
        verdicts = cast(ScreeningEngine, engine).verdicts(policy, profile, on)
        totals = _totals(policy, engine, verdicts, profile, on)
        return PolicyScreening(policy.id, policy.version, status, verdicts, *totals)
    rows = engine.rows(policy, profile, on)
    company = company_subject(profile, on)
    found = with_kinds(candidates(rows), kinds_of(policy, company))
    clashes = engine.clashes(policy, found) if policy.rules else frozenset()
    decided = policy_decision(policy, status, rows, company, clashes)
    verdicts = tuple(map(verdict_of, decided.determinations))
    return PolicyScreening(policy.id, policy.version, status, verdicts, decided.total, decided.paid_to_others)


def claims_of(verdicts: Sequence[Verdict]) -> list[Claim]:
    """What could be paid, by verdicts."""
    return [Claim(one.clause, one.item or "", one.award) for one in verdicts]


def verdict_of(found: Determination) -> Verdict:
    """A determination without its explanation."""
    return Verdict(
        found.clause,
        found.item.key if found.item is not None else None,
        found.presence,
        found.outcome,
        in_order([Awaiting(fact.entity, fact.item.key if fact.item else None, fact.fact) for fact in found.missing]),
        found.award.interval,
    )


def _totals(
    policy: Policy, engine: Engine, verdicts: Sequence[Verdict], profile: Profile, on: date
) -> tuple[Interval, Interval]:
    """What the company is paid, and what others are."""
    if not policy.rules:
        if not policy.to_others:
            return total_without_rules(policy.stacking, verdicts), NOTHING
        own = [one for one in verdicts if one.clause not in policy.to_others]
        others = [one for one in verdicts if one.clause in policy.to_others]
        return total_without_rules(policy.stacking, own), total_without_rules(policy.stacking, others)
    asked = [one for one in verdicts if one.outcome != Outcome.NOT_QUALIFIED]
    company = company_subject(profile, on)
    open_ones = with_kinds([Candidate(one.clause, one.item or "") for one in asked], kinds_of(policy, company))
    claims = claims_of(verdicts)
    totals = combined(policy, claims, company, engine.clashes(policy, open_ones))
    return totals.own, totals.others


def total_without_rules(stacking: Stacking, verdicts: Sequence[Verdict]) -> Interval:
    """What verdicts, by clause, come to where no stacking rule is written: what `combined` says, in one pass."""
    paying = [verdict for verdict in verdicts if verdict.award is not NOTHING]
    if not paying:
        return NOTHING
    ends = [verdict.award.possible for verdict in paying]
    callers = getcontext()
    setcontext(EXACT)  # so that plain sums are exact
    try:
        match stacking:
            case Stacking.CUMULATIVE:
                guaranteed = sum([verdict.award.guaranteed for verdict in paying], ZERO)
            case Stacking.NOT_PUBLISHED:
                # They may exclude each other: only one clause is certain.
                of_clause: dict[str, Decimal] = {}
                for verdict in paying:
                    of_clause[verdict.clause] = of_clause.get(verdict.clause, ZERO) + verdict.award.guaranteed
                guaranteed = max(of_clause.values())
            case _:
                assert_never(stacking)
        bounded = [end for end in ends if not isinstance(end, NotBounded)]
        possible = sum(bounded, ZERO) if len(bounded) == len(ends) else NOT_BOUNDED
    finally:
        setcontext(callers)
    return Interval(guaranteed, possible)
