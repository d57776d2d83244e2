"""A profile's awards and totals while one fact runs through a range, and the numbers at which something changes.

Imports courses, totals and the model. Only clauses that look at the fact are decided again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from incentives.advice.course import AwardAlong, Point, Stretch
from incentives.advice.grid import Grid
from incentives.advice.straight import EXACTLY, Proofs, Unmoved, supposing_that, views
from incentives.advice.totals import Part, Total
from incentives.advice.written import written
from incentives.decision.assemble import status_on
from incentives.decision.claims import Claim
from incentives.decision.payees import combined, totals_without
from incentives.decision.result import Combined, PolicyStatus
from incentives.decision.total import policies_together
from incentives.engines.clashes import Candidate, choosing, plain_clashes
from incentives.engines.kinds import kinds_of, with_kinds
from incentives.engines.subjects import company_subject, subjects
from incentives.facts.places import Place, value_at, with_value
from incentives.facts.profile import Profile
from incentives.language import nodes
from incentives.language.model import Cap, Clause, Policy, terms_of
from incentives.language.nodes import Condition
from incentives.language.reads import everything_in
from incentives.values import Interval, Outcome


class AwardCourse(NamedTuple):
    """One clause on one item; `item` is the item's key, None where there is none."""

    policy: Policy
    clause: Clause
    item: str | None
    name: str | None
    along: AwardAlong
    stretches: tuple[Stretch, ...]


class PolicyCourse(NamedTuple):
    policy: Policy
    awards: tuple[AwardCourse, ...]
    total: Total
    stretches: tuple[Stretch, ...]


class Courses(NamedTuple):
    """Everything from `first` to `last`, as numbers of the fact's grid."""

    first: int
    last: int
    policies: tuple[PolicyCourse, ...]
    total: Total
    stretches: tuple[Stretch, ...]


class Break(NamedTuple):
    """Where something changes: between two neighbouring numbers, or at a kink, where both are the same.

    Each of what changes stands with its stretches on either side.
    """

    before: int
    after: int
    awards: tuple[tuple[AwardCourse, Stretch, Stretch], ...]
    policies: tuple[tuple[PolicyCourse, Stretch, Stretch], ...]


def courses(
    policies: Sequence[Policy], profile: Profile, on: date, place: Place, grid: Grid, first: int, last: int
) -> Courses:
    """What every award and total comes to from `first` to `last`, whatever the profile says of the fact itself.

    The item of the place must be there.
    """
    if value_at(profile, place) is None:
        profile = with_value(profile, place, grid.at(first))
    found = [
        _policy_course(policy, profile, on, place, grid, first, last)
        for policy in policies
        if status_on(policy, on) is PolicyStatus.IN_FORCE
    ]
    names = [one.policy.id for one in found]
    beside = {one.policy.id: one.policy.beside for one in found}

    company = company_subject(profile, on)
    known = {one.policy.id: one for one in found}

    def together(number: int, points: Sequence[Point]) -> tuple[Interval, Combined | None]:
        def without(policy: str, gone: frozenset[str]) -> Interval:
            there = supposing_that(company, {place: grid.at(number)})
            paid = [(award, award.along.point(number).paid) for award in known[policy].awards]
            claims = [Claim(award.clause.id, award.item or "", interval) for award, interval in paid]
            return totals_without(known[policy].policy, claims, gone, there).own

        totals = dict(zip(names, (point.paid for point in points), strict=True))
        return policies_together(totals, beside, without).total, None

    bent = any(rule.clause is not None for rules in beside.values() for rule in rules)
    total = Total([Part(one.stretches, one.total.point) for one in found], together, bent_both_ways=bent)
    whole = total.course(()) if found else ()
    return Courses(first, last, tuple(found), total, whole)


def breaks(found: Courses) -> tuple[Break, ...]:
    """Every number at which an award or a total changes its line, from the lowest up."""
    awards: dict[tuple[int, int], list[tuple[AwardCourse, Stretch, Stretch]]] = {}
    totals: dict[tuple[int, int], list[tuple[PolicyCourse, Stretch, Stretch]]] = {}
    for policy in found.policies:
        for award in policy.awards:
            for one, other in pairwise(award.stretches):
                awards.setdefault((one.last, other.first), []).append((award, one, other))
        for one, other in pairwise(policy.stretches):
            totals.setdefault((one.last, other.first), []).append((policy, one, other))
    return tuple(
        Break(before, after, tuple(awards.get((before, after), ())), tuple(totals.get((before, after), ())))
        for before, after in sorted({*awards, *totals})
    )


def _policy_course(
    policy: Policy, profile: Profile, on: date, place: Place, grid: Grid, first: int, last: int
) -> PolicyCourse:
    proofs = Proofs(place)
    company = company_subject(profile, on)._replace(worked_out=Unmoved(proofs))
    awards: list[AwardCourse] = []
    for clause in policy.clauses:
        for subject in subjects(clause, company):
            along = AwardAlong(clause, subject, place, grid, proofs)
            likely = written(clause, place, grid, profile) if along.moves else ()
            item = subject.item
            key, name = (item.key, item.name) if item is not None else (None, None)
            awards.append(AwardCourse(policy, clause, key, name, along, along.course(first, last, likely)))

    def together(number: int, points: Sequence[Point]) -> tuple[Interval, Combined | None]:
        claims = [
            Claim(award.clause.id, award.item or "", point.paid) for award, point in zip(awards, points, strict=True)
        ]
        candidates = [
            Candidate(claim.clause, claim.item)
            for claim, point in zip(claims, points, strict=True)
            if point.outcome is not Outcome.NOT_QUALIFIED
        ]
        there = supposing_that(company, {place: grid.at(number)})
        found = with_kinds(candidates, kinds_of(policy, there))
        totals = combined(policy, claims, there, plain_clashes(policy, found))
        return totals.own, totals.combined

    caps = [rule for rule in policy.rules if isinstance(rule, Cap)]
    moving = [term for rule in policy.rules for term in terms_of(rule) if proofs.touches(term)]

    def limits(low: int, high: int) -> Fraction | None:
        at = views(company, place, grid, low, high)
        slacks = [proofs.slack(limit, at) for limit in moving]
        return None if any(slack != EXACTLY for slack in slacks) else EXACTLY

    parts = [Part(award.stretches, award.along.point) for award in awards]
    bent = bool(policy.rules and policy.to_others) or bool(caps and choosing(policy))
    bent = bent or any(cap.tier is not None for cap in caps)
    total = Total(parts, together, bent_both_ways=bent)
    ends = sorted({number for award in awards for one in award.stretches for number in (one.first, one.last)})
    stretches = total.course(ends, limits if moving else None)
    return PolicyCourse(policy, tuple(awards), total, stretches)


def year_read(policies: Sequence[Policy], place: Place, on: date) -> int | None:
    """The year of a fact that most clauses look at, the latest of several; None where none looks at one."""
    years: Counter[int] = Counter()
    for policy in policies:
        for clause in policy.clauses:
            for part in (*everything_in(clause.condition), *everything_in(clause.award.amount)):
                match part.form if isinstance(part, Condition) else part:
                    case (
                        nodes.YearValue(fact, year)
                        | nodes.Growth(fact, year)
                        | nodes.Increase(fact, year)
                        | nodes.GrowthSlices(fact, year)
                        | nodes.OverYears(_, fact, _, year)
                    ) if (fact.entity, fact.id) == (place.entity, place.fact):
                        years[year.at(on.year)] += 1
                    case _:
                        pass
    return max(years, key=lambda one: (years[one], one), default=None)
