"""Rows put together into a decision. Imports rows, reasons, results and the model.

Awards are read off the outcome; totals add up as far as the policy says how awards combine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from incentives.decision.claims import Claim, claim_of
from incentives.decision.kinds import in_kinds
from incentives.decision.limits import open_rules
from incentives.decision.payees import Totals, combined, totals_without
from incentives.decision.reasons import (
    award_waits,
    failed,
    item_name,
    judgements,
    missing,
    missing_for_limit,
    reason,
    refusing_assumptions,
    rests_on_assumption,
)
from incentives.decision.result import (
    AwardResult,
    CountedAmong,
    Decision,
    Determination,
    MissingFact,
    PolicyDecision,
    PolicyStatus,
    merged,
    merged_missing,
)
from incentives.decision.shared import read_twice
from incentives.decision.tiers import in_tiers, open_tiers
from incentives.decision.total import Together, cutting, limits_of, policies_together
from incentives.engines.awards import names_of_tiers, words_of_tiers, worth, worth_if_met
from incentives.engines.clashes import Clash
from incentives.engines.rows import Row, outcome_of
from incentives.engines.subjects import Collected, Subject
from incentives.language.model import Policy
from incentives.values import NOTHING, Outcome


def status_on(policy: Policy, on: date) -> PolicyStatus:
    if policy.period.contains(on):
        return PolicyStatus.IN_FORCE
    return PolicyStatus.NOT_YET_IN_FORCE if on < policy.period.start else PolicyStatus.NO_LONGER_IN_FORCE


def policy_decision(
    policy: Policy, status: PolicyStatus, rows: Sequence[Row], company: Subject, clashes: frozenset[Clash]
) -> PolicyDecision:
    """The determinations of one policy and what they come to."""
    found = [(row, _determination(policy, row)) for row in rows]
    found.sort(key=lambda pair: (pair[1].clause, pair[1].item.key if pair[1].item else ""))
    determinations = [determination for _, determination in found]
    claims = in_kinds(policy, in_tiers(policy, [claim_of(found) for found in determinations], company), company)
    totals = combined(policy, claims, company, clashes)
    open_ = any(side.guaranteed != side.possible for side in (totals.own, totals.others))
    # Of totals that are settled to the fen there is nothing to learn, whichever awards they are made of.
    limits = limits_wait_for(policy, claims, company) if open_ else ()
    missing = merged([*merged_missing(determinations), *limits])
    return PolicyDecision(
        policy=policy.id,
        version=policy.version,
        title=policy.title,
        status=status,
        period=policy.period,
        document=policy.document,
        stacking=policy.stacking,
        determinations=tuple(determinations),
        total=totals.own,
        paid_to_others=totals.others,
        combined=totals.combined,
        limits=limits_of(policy, company),
        missing=missing,
        shared=read_twice(policy, found, open_rules(policy, claims, company), missing, company),
    )


def limits_wait_for(policy: Policy, claims: Sequence[Claim], company: Subject) -> tuple[MissingFact, ...]:
    """The facts that limits on several awards wait for; also to know which awards are in the tier they limit."""
    claims = in_kinds(policy, in_tiers(policy, claims, company), company)
    limits: list[MissingFact] = []
    for one in open_rules(policy, claims, company):
        limits += missing_for_limit(one.rule, one.term, one.place)
    binding = {rule.id for rule, _ in cutting(policy, claims, company) if rule.tier is not None}
    waiting = open_tiers(policy, claims, company) if binding else ()
    for rule, tiers, place in sorted(waiting, key=lambda one: one[0].id):
        limits += missing_for_limit(rule.id, tiers.which, place) if rule.id in binding else ()
    return merged(limits)


def decision(on: date, company: Subject, policies: Iterable[tuple[Policy, PolicyDecision]]) -> Decision:
    """All policies together."""
    ordered = sorted(policies, key=lambda pair: pair[1].policy)
    totals = {found.policy: found.total for _, found in ordered}
    beside = {policy.id: policy.beside for policy, _ in ordered}
    others = {found.policy: found.paid_to_others for _, found in ordered}
    known = {policy.id: (policy, [claim_of(one) for one in found.determinations]) for policy, found in ordered}

    def without(policy: str, gone: frozenset[str]) -> Totals:
        return totals_without(*known[policy], gone, company)

    own = policies_together(totals, beside, lambda *named: without(*named).own)
    to_others = policies_together(others, beside, lambda *named: without(*named).others)
    found = tuple([one for _, one in ordered])
    among = tuple([one for policy in found if (one := _counted_among(policy, own, without)) is not None])
    return Decision(on, company.company.name, found, own.total, to_others.total, own.lost, among)


def _counted_among(
    found: PolicyDecision, together: Together, without: Callable[[str, frozenset[str]], Totals]
) -> CountedAmong | None:
    """What all policies count of one; None where that is what counts in it by itself."""
    own = [one for one in found.determinations if not one.award.to_other]
    paying = {one.clause for one in own if one.award.interval.possible != 0}
    if found.policy in together.out:
        return CountedAmong(found.policy, tuple(sorted(paying)), NOTHING, None)
    gone = together.gone.get(found.policy, frozenset())
    left = without(found.policy, gone) if gone else None
    if left is None or (not gone & paying and left.own == found.total):
        return None
    by_itself = found.combined.chosen_possible if found.combined is not None else None
    if left.combined is not None and left.combined.chosen_possible == by_itself:
        return None
    return CountedAmong(found.policy, tuple(sorted(gone & paying)), left.own, left.combined)


def _determination(policy: Policy, row: Row) -> Determination:
    clause = row.clause
    outcome = outcome_of(row)
    refused = outcome is Outcome.NOT_QUALIFIED
    on_assumption = refused and rests_on_assumption(row)
    is_open = outcome in (Outcome.UNDETERMINED, Outcome.NEEDS_REVIEW)
    award = clause.award
    gone: Collected = {}
    interval = worth(award, outcome, row.subject._replace(awaited=gone))
    waits = award_waits(row, gone)
    return Determination(
        policy=policy.id,
        clause=clause.id,
        title=clause.title,
        item=item_name(row.subject),
        presence=row.subject.presence,
        outcome=outcome,
        award=AwardResult(
            award.kind,
            award.basis,
            award.stated,
            award.words,
            award.paid_to,
            interval,
            worth_if_met(award, row.subject) if is_open and interval.possible != 0 else interval,
            award.instalments,
            award.obligations,
            award.claw_back,
            award.to_other,
            award.or_in_kind,
            award.source,
            award.budgets,
            award.recognises,
            award.in_kind,
            () if refused else words_of_tiers(award, row.subject),
            () if refused else names_of_tiers(award, row.subject),
        ),
        failed=failed(row) if refused else (),
        missing=merged([*(missing(row) if is_open else ()), *waits.missing]),
        judgements=(*(judgements(row) if is_open else ()), *waits.judgements),
        assumptions=tuple([reason(node) for node in clause.assumed]),
        rests_on_assumption=on_assumption,
        refusing_assumptions=refusing_assumptions(row) if on_assumption else (),
        sources=clause.sources,
    )
