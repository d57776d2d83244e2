"""Near misses: every one ends its refusal by one small change, and those meant for the company's like go first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from incentives import Evaluator, Outcome, load_policies
from incentives.advice.changeable import Changeable
from incentives.advice.nearest import NearMiss, near_misses
from incentives.advice.ways import after_way
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import whole_case

ON = date(2026, 3, 1)
PROJECT = {"name": "一期", "sector": "微波射频", "newly_completed": True, "newly_attracted": True}


SHIPPED = Evaluator(load_policies(), "native")


def found(raw: dict[str, Any], policy: str | None = None) -> tuple[NearMiss, ...]:
    profile = SHIPPED.profile(raw)
    decided = SHIPPED.check(profile, ON, policy).determinations
    return near_misses(SHIPPED, profile, decided, ON, Changeable(SHIPPED.policies.vocabulary, ON))


def company(**facts: Any) -> dict[str, Any]:
    return {"name": "甲", "entity_type": "企业法人", "industry_fields": ["微波射频"], **facts}


def test_one_fen_below_is_a_near_miss_with_what_it_would_bring() -> None:
    [miss] = found(company(registered_district="510107", projects=[{**PROJECT, "investment": "99999999.99元"}]))
    assert (miss.policy, miss.clause, miss.item is not None and miss.item.name) == (
        "wuhou-microwave-rf-2023",
        "new-project",
        "一期",
    )
    [change] = miss.way.changes
    assert str(change.after) == "100000000.00"
    assert miss.apart == Fraction(1, 10**10)
    assert str(miss.award.possible) == "10000000.00"
    assert miss.for_its_like
    assert not miss.is_over


@given(st.integers(60_000_000_00, 120_000_000_00).map(lambda fen: Decimal(fen) / 100))
@example(Decimal("80000000"))
@example(Decimal("79999999.99"))
@example(Decimal("100000000"))
def test_a_figure_is_near_from_a_fifth_below_up_to_what_would_do(invested: Decimal) -> None:
    raw = company(registered_district="510107", projects=[{**PROJECT, "investment": f"{invested}元"}])
    assert len(found(raw, "wuhou-microwave-rf-2023")) == (Decimal(80_000_000) <= invested < Decimal(100_000_000))


def test_another_district_is_no_near_miss_however_near_the_figure() -> None:
    near = {**PROJECT, "investment": "99999999.99元"}
    assert not found(company(registered_district="110108", projects=[near]))


def test_a_figure_of_a_year_that_is_over_is_told_as_such() -> None:
    grown = {2023: "5000万元", 2024: "7000万元", 2025: "9000万元", "earlier_highest": "4000万元"}
    raw = company(registered_district="510116", industry_code="C3973", revenue=grown)
    misses = found(raw, "shuangliu-liyuan-2025")
    assert misses
    assert {(miss.is_over, miss.way.changes[0].place.year) for miss in misses} == {(True, 2025)}


def test_every_near_miss_is_one_small_change_that_ends_a_refusal() -> None:
    seen = 0
    for seed in range(200):
        case = whole_case(seed)
        evaluator = Evaluator(policy_set(VOCABULARY, case.policy_text), "reference")
        for raw in (case.profile, case.full):
            profile = profile_of_raw(raw, VOCABULARY)
            decided = evaluator.check(profile, case.on).determinations
            refused = {(one.clause, one.item): one for one in decided if one.outcome is Outcome.NOT_QUALIFIED}
            misses = near_misses(evaluator, profile, decided, case.on, Changeable(VOCABULARY, case.on))
            assert len({(miss.clause, miss.item) for miss in misses}) == len(misses)
            for miss in misses:
                seen += 1
                assert (miss.clause, miss.item) in refused
                on = miss.way.apply_on or case.on
                after = evaluator.check(after_way(profile, miss.way), on).determinations
                [then] = [one for one in after if (one.clause, one.item) == (miss.clause, miss.item)]
                assert then.outcome in (Outcome.QUALIFIED, Outcome.NEEDS_REVIEW)
                assert then.award.interval == miss.award
                assert len(miss.way.changes) + (miss.way.apply_on is not None) == 1
    assert seen > 3
