"""The course of awards and totals along a fact: what it says of any number is what a check of that number says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from incentives import Decision, Evaluator, Interval, Outcome, PolicySet, Profile, load_policies
from incentives.advice.along import Courses, courses
from incentives.advice.course import Amounts, Stretch
from incentives.advice.grid import Grid, grid_of
from incentives.amounts.ranges import INFINITE
from incentives.facts.ledger import LEDGER
from incentives.facts.places import EARLIER, Place, given, value_at, with_value
from incentives.facts.types import CountType, FactType, YearlyType
from incentives.language.reads import reads_of
from incentives.language.store import shipped_policies
from incentives.values import FEN, NotBounded
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_of, profile_of_raw
from tests.whole.profiles import ON, whole_case

SEEDS = 16


class Run(NamedTuple):
    """One fact of a generated case, and everything along it."""

    evaluator: Evaluator
    profile: Profile
    place: Place
    grid: Grid
    found: Courses

    def decision(self, number: int) -> Decision:
        changed = with_value(self.profile, self.place, self.grid.at(number))
        return self.evaluator.check(changed, ON)


def type_of(place: Place) -> FactType:
    assert place.fact is not None
    of = VOCABULARY.entities[place.entity].facts[place.fact].type
    return of.of if isinstance(of, YearlyType) else of


def runs(count: int, first: int = 0, *, only_counts: bool = False) -> Iterator[Run]:
    for seed in range(first, first + count):
        case = whole_case(seed)
        policy = policy_of(case.policy_text, VOCABULARY)
        evaluator = Evaluator(PolicySet(VOCABULARY, (policy,)), "reference")
        read = {fact for clause in policy.clauses for fact in reads_of(clause).facts}
        for raw in (case.profile, case.full):
            profile = profile_of_raw(raw, VOCABULARY)
            for place in given(profile):
                grid = grid_of(type_of(place)) if place.fact is not None else None
                if grid is None or place.entity == LEDGER or place.year == EARLIER:
                    continue
                if (place.entity, place.fact) not in read:
                    continue
                if only_counts and not isinstance(type_of(place), CountType):
                    continue
                value = value_at(profile, place)
                assert value is not None
                assert not isinstance(value, str | frozenset)
                last = min(grid.high, 60 if only_counts else grid.below(value) * 3 + 10**9)
                found = courses((policy,), profile, ON, place, grid, max(grid.low, 0), last)
                yield Run(evaluator, profile, place, grid, found)


def covering(stretches: Sequence[Stretch], number: int) -> Stretch:
    return next(one for one in stretches if one.first <= number <= one.last)


def assert_near(amounts: Amounts, paid: Interval, within: Fraction, place: object) -> None:
    assert abs(Fraction(amounts.low) - Fraction(paid.guaranteed)) <= within, place
    if isinstance(paid.possible, NotBounded):
        assert amounts.high == INFINITE, place
    else:
        assert amounts.high != INFINITE, place
        assert abs(Fraction(amounts.high) - Fraction(paid.possible)) <= within, place


def assert_told(run: Run, number: int, seen: Counter[str]) -> None:
    """What is told of a number is what a check of it says."""
    if any(not one.exact and one.first < number < one.last for one in run.found.stretches):
        seen["inexact"] += 1
        return
    decision = run.decision(number)
    [policy] = run.found.policies
    checked = {(one.clause, one.item.key if one.item else None): one for one in decision.determinations}
    for award in policy.awards:
        one = covering(award.stretches, number)
        determination = checked[award.clause.id, award.item]
        if one.exact or one.outcome is not None:  # past the work limit the two ends of a stretch can differ
            assert one.outcome is determination.outcome, (number, award.clause.id, award.item)
        assert_near(
            one.at(number), determination.award.interval, one.slack + Fraction(FEN), (number, award.clause.id)
        )
        assert award.along.point(number).paid == determination.award.interval
        seen[determination.outcome.value] += 1
    total = covering(policy.stretches, number)
    within = total.slack + Fraction(FEN) * len(policy.awards)
    assert_near(total.at(number), decision.policies[0].total, within, (number, "policy"))
    assert policy.total.paid(number) == (decision.policies[0].total, decision.policies[0].combined)
    assert_near(covering(run.found.stretches, number).at(number), decision.total, within, (number, "total"))


def test_what_is_told_of_any_number_is_what_a_check_of_it_says() -> None:
    rng = random.Random(3)
    seen: Counter[str] = Counter()
    for run in runs(SEEDS):
        stretches = run.found.policies[0].stretches
        numbers = {rng.randint(run.found.first, run.found.last) for _ in range(4)}
        for one in rng.sample(stretches, min(3, len(stretches))):
            numbers |= {one.first, one.last, (one.first + one.last) // 2, rng.randint(one.first, one.last)}
        for number in numbers:
            assert_told(run, number, seen)
    assert seen["qualified"] > 100
    assert seen["undetermined"] > 40
    assert seen["not_qualified"] > 100
    told = seen["qualified"] + seen["undetermined"] + seen["not_qualified"]
    assert seen["inexact"] < told / 2, "where the work limit is reached nothing is told"


def test_stretches_follow_on_one_another_without_a_gap() -> None:
    for run in runs(SEEDS):
        for course in (run.found.stretches, *(award.stretches for award in run.found.policies[0].awards)):
            assert course[0].first == run.found.first
            assert course[-1].last == run.found.last
            for one, other in pairwise(course):
                assert other.first in (one.last, one.last + 1)


def test_no_number_of_a_small_fact_changes_anything_that_is_not_told() -> None:
    seen: Counter[str] = Counter()
    for run in runs(SEEDS, first=500, only_counts=True):
        for number in range(run.found.first, run.found.last + 1):
            assert_told(run, number, seen)
    assert sum(seen.values()) > 1000
    assert seen["inexact"] == 0


def test_where_a_clause_asks_for_a_word_that_cases_and_tables_give_all_of_it_is_told_exactly() -> None:
    evaluator = Evaluator(load_policies(), "native")
    example = shipped_policies() / "sme-classification-2011" / "examples" / "at-the-bounds.yaml"
    profile, on = evaluator.profile(example), date(2026, 3, 1)
    place = Place("company", None, "employees_end_of_year", 2025)
    policies = evaluator.applicable(on, "sme-classification-2011")
    found = courses(policies, profile, on, place, Grid(0, 10**6, None), 0, 10**6)
    seen: set[Outcome | None] = set()
    for award in found.policies[0].awards:
        assert all(one.exact for one in award.stretches), award.clause.id
        for number in sorted(
            {end + beside for one in award.stretches for end in (one.first, one.last) for beside in (-1, 0, 1)}
        ):
            if 0 <= number <= 1500:
                changed = with_value(profile, place, number)
                [now] = [
                    one.outcome
                    for one in evaluator.check(changed, on, "sme-classification-2011").determinations
                    if one.clause == award.clause.id
                ]
                assert covering(award.stretches, number).outcome is now, (award.clause.id, number)
                seen.add(now)
    assert {Outcome.QUALIFIED, Outcome.NOT_QUALIFIED} <= seen
