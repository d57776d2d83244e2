"""What the awards of a policy come to together. Imports rows, amounts, terms and the model.

Candidates and the rules that bind between them go into one exact optimum, shared by every engine. Of awards
that no rule names, a policy says whether they may be held together, or it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple, assert_never

from incentives.amounts.candidates import Candidate, Conflict, Group
from incentives.amounts.candidates import Cap as CapOver
from incentives.amounts.candidates import Quota as QuotaOver
from incentives.amounts.combine import Choice, Combination, Loss, combine
from incentives.amounts.ranges import settled
from incentives.amounts.yuan import yuan_between
from incentives.decision.result import Combined, Determination, Lost
from incentives.decision.unstated import paid_together
from incentives.engines.atoms import passes
from incentives.engines.clashes import Clash, scope_of
from incentives.engines.ranges_of_facts import number
from incentives.engines.subjects import Subject
from incentives.engines.terms.evaluate import evaluate
from incentives.language.model import (
    Cap,
    Choosing,
    Exclusion,
    HigherOf,
    Policy,
    PolicyExclusion,
    Quota,
    Stacking,
)
from incentives.values import ZERO, Interval, NotBounded, total_when_combinable, total_when_unstated


class Claim(NamedTuple):
    """One determination that could be paid: its clause, the key of its item or "", and what it comes to."""

    clause: str
    item: str
    interval: Interval

    @property
    def id(self) -> str:
        return f"{self.clause}/{self.item}" if self.item else self.clause


def claim_of(found: Determination) -> Claim:
    return Claim(found.clause, found.item.key if found.item is not None else "", found.award.interval)


def together(
    policy: Policy, claims: Sequence[Claim], company: Subject, clashes: frozenset[Clash]
) -> tuple[Interval, Combined | None]:
    """The total of some awards as an interval; and how it was chosen, where rules had anything to choose."""
    if not policy.rules:
        clauses: dict[str, list[Interval]] = {}
        for claim in claims:
            clauses.setdefault(claim.clause, []).append(claim.interval)
        sums = [total_when_combinable(intervals) for intervals in clauses.values()]
        return _unruled(policy.stacking, sums), None
    payable = [claim for claim in claims if claim.interval.possible != 0]
    best = _best(policy, payable, company, clashes)
    total = best.total
    if policy.stacking is Stacking.NOT_PUBLISHED:
        # Of two clauses that no rule names together nobody knows whether they exclude each other.
        sides = [
            {claim.clause for claim in payable if (claim.clause in policy.to_others) is to} for to in (False, True)
        ]
        known = product(*(paid_together(policy.rules, side) or (frozenset(),) for side in sides))
        apart = [[claim for claim in payable if claim.clause in {*own, *others}] for own, others in known]
        alone = [_best(policy, own, company, clashes) for own in apart]
        certain = max(alone, key=lambda one: one.total.guaranteed, default=best)
        best = best._replace(guaranteed=certain.guaranteed)
        total = Interval(certain.total.guaranteed, total.possible)
    says = {rule.id: rule.says for rule in policy.rules}
    return total, Combined(
        chosen=best.guaranteed.chosen,
        chosen_possible=best.possible.chosen,
        equal=best.guaranteed.equal,
        equal_possible=best.possible.equal,
        proved=best.guaranteed.proved and best.possible.proved,
        lost=_lost(best.guaranteed, says),
        lost_possible=_lost(best.possible, says),
    )


def _unruled(stacking: Stacking, sums: Sequence[Interval]) -> Interval:
    match stacking:
        case Stacking.CUMULATIVE:
            return total_when_combinable(sums)
        case Stacking.NOT_PUBLISHED:
            return total_when_unstated(sums)
        case _:
            assert_never(stacking)


def _best(policy: Policy, claims: Sequence[Claim], company: Subject, clashes: frozenset[Clash]) -> Combination:
    """The best combination of claims.

    Ties go by amount, the larger first, then by clause and item: so claims go in under ranks, which sort that way.
    """
    ranked = sorted(claims, key=_rank)
    ranks = {claim.id: f"{place:06}" for place, claim in enumerate(ranked)}
    groups: list[Group] = []
    conflicts: list[Conflict] = []
    quotas: list[QuotaOver] = []
    caps: list[CapOver] = []
    for rule in policy.rules:
        match rule:
            case HigherOf():
                groups += _groups(rule, ranked, ranks, clashes)
            case Exclusion():
                conflicts += _conflicts(rule, ranked, ranks, clashes)
            case Quota(at_most=at_most):
                for scope in where_it_binds(rule, ranked, clashes):
                    over = tuple(ranks[claim.id] for claim in scope if claim.clause in rule.over)
                    quotas.append(QuotaOver(rule.id, at_most, over))
            case Cap():
                over = tuple(ranks[claim.id] for claim in ranked if claim.clause in rule.over)
                if over:
                    limit = yuan_between(number(evaluate(rule.at, company, passes)))
                    caps.append(CapOver(rule.id, limit, over))
            case _:
                assert_never(rule)
    candidates = [Candidate(ranks[claim.id], claim.clause, claim.interval) for claim in ranked]
    best = combine(candidates, conflicts, caps, groups=groups, quotas=quotas)
    names = {rank: name for name, rank in ranks.items()}
    return best._replace(guaranteed=_named(best.guaranteed, names), possible=_named(best.possible, names))


def open_limits(policy: Policy, claims: Sequence[Claim], company: Subject) -> Iterator[Cap]:
    """The limits on several awards that are not known well enough to say what they cut."""
    for rule in policy.rules:
        if not isinstance(rule, Cap):
            continue
        at = number(evaluate(rule.at, company, passes))
        over = total_when_combinable([claim.interval for claim in claims if claim.clause in rule.over]).possible
        least = yuan_between(at).guaranteed
        if not settled(at) and (isinstance(over, NotBounded) or over > least):
            yield rule


def _rank(claim: Claim) -> tuple[bool, Decimal, Decimal, str, str]:
    possible = claim.interval.possible
    bounded = not isinstance(possible, NotBounded)
    highest = ZERO if isinstance(possible, NotBounded) else possible
    return bounded, -highest, -claim.interval.guaranteed, claim.clause, claim.item


def _named(choice: Choice, names: Mapping[str, str]) -> Choice:
    """A choice by the ids of claims in place of their ranks."""

    def named(ranks: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names[rank] for rank in ranks))

    losses = [loss._replace(candidate=names[loss.candidate], to=named(loss.to)) for loss in choice.losses]
    return choice._replace(
        chosen=named(choice.chosen),
        equal=tuple(sorted(named(one) for one in choice.equal)),
        losses=tuple(sorted(losses, key=lambda loss: (loss.candidate, loss.rule, loss.to))),
    )


def _groups(
    rule: HigherOf, claims: Sequence[Claim], ranks: Mapping[str, str], clashes: frozenset[Clash]
) -> list[Group]:
    """Sets of which one is paid, at each place where the rule binds."""
    groups: list[Group] = []
    for scope in where_it_binds(rule, claims, clashes):
        sets = [tuple(ranks[claim.id] for claim in scope if claim.clause in one) for one in rule.sets]
        filled = tuple(one for one in sets if one)
        if len(filled) > 1:
            groups.append(Group(rule.id, filled))
    return groups


def _conflicts(
    rule: Exclusion, claims: Sequence[Claim], ranks: Mapping[str, str], clashes: frozenset[Clash]
) -> list[Conflict]:
    return [
        Conflict(rule.id, ranks[one.id], ranks[other.id])
        for scope in where_it_binds(rule, claims, clashes)
        for one in scope
        if one.clause == rule.clause
        for other in scope
        if other.clause in rule.others
    ]


def where_it_binds(rule: Choosing, claims: Sequence[Claim], clashes: frozenset[Clash]) -> list[list[Claim]]:
    """The claims at each place where the engine found that the rule binds."""
    scopes: dict[str, list[Claim]] = {}
    for claim in claims:
        scope = scope_of(rule, claim.item)
        if Clash(rule.id, scope) in clashes:
            scopes.setdefault(scope, []).append(claim)
    return list(scopes.values())


def _lost(choice: Choice, says: Mapping[str, str | None]) -> tuple[Lost, ...]:
    return tuple(_loss(loss, says) for loss in choice.losses)


def _loss(loss: Loss, says: Mapping[str, str | None]) -> Lost:
    return Lost(loss.candidate, loss.rule, says.get(loss.rule), loss.to, loss.amount)


class Together(NamedTuple):
    """What several policies come to; and what of the possible total is lost where one excludes another by name."""

    total: Interval
    lost: tuple[Lost, ...]


def policies_together(totals: Mapping[str, Interval], beside: Mapping[str, Sequence[PolicyExclusion]]) -> Together:
    """The total of several policies: nobody publishes how most combine; some exclude others by name."""
    unstated = total_when_unstated(totals.values())
    says = {
        Conflict(f"{one}/{rule.id}", one, rule.policy): rule.says
        for one, rules in beside.items()
        for rule in rules
        if one in totals and rule.policy in totals and rule.policy != one
    }
    if not says:
        return Together(unstated, ())
    candidates = [Candidate(policy, policy, interval) for policy, interval in totals.items()]
    best = combine(candidates, list(says), ()).possible
    total = Interval(unstated.guaranteed, unstated.possible if isinstance(best.total, NotBounded) else best.total)
    return Together(total, _lost(best, {conflict.rule: words for conflict, words in says.items()}))
