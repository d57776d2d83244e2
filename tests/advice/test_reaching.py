"""Which entries reach a sum: what is not bounded does, many small ones do together; what was not tried is said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from incentives import GapPlan
from incentives.advice.changeable import Changeable
from incentives.advice.plan import Planner
from incentives.advice.ways import after_way
from incentives.explain.guidance_text import render_plan
from incentives.facts.profile import Profile
from incentives.values import NOT_BOUNDED, NotBounded
from tests.advice.policies import FIGURES, ON, clause, evaluator, large, nearly, policy

FIVE = evaluator(policy("five", map(large, FIGURES)))
ONE_BY_A_PERSON = evaluator(policy("judged", [large("revenue"), large("main_revenue", "discretionary: 一事一议")]))


def flat(text: str) -> str:
    return "".join(text.split())


def test_what_nothing_bounds_reaches_every_sum_as_far_as_is_known() -> None:
    found = GapPlan.of(ONE_BY_A_PERSON, nearly(*FIGURES), ON, reach=Decimal(10**9))
    [one] = found.reaching
    assert [found.gains[place].clause for place in one.gains] == ["main-revenue"]
    assert one.total.possible == NOT_BOUNDED
    assert "目前不知道有没有上限，达得到达不到要看由人认定" in flat(render_plan(found, "zh"))
    assert "nothing is known to limit it" in " ".join(render_plan(found, "en").split())


def test_a_total_that_nothing_bounds_may_be_enough_already() -> None:
    found = GapPlan.of(ONE_BY_A_PERSON, {"name": "丙"}, ON, reach=Decimal(10**9))
    assert isinstance(found.total.possible, NotBounded)
    assert "不排除已不低于" in flat(render_plan(found, "zh"))


@pytest.mark.parametrize("count", [4, 5])
def test_more_than_three_entries_reach_together_what_fewer_do_not(count: int) -> None:
    found = GapPlan.of(FIVE, nearly(*FIGURES), ON, reach=Decimal(100_000 * count))
    [one] = found.reaching
    assert len(one.gains) == count
    assert one.total.possible == 100_000 * count


def test_of_all_entries_together_none_is_kept_that_is_not_needed() -> None:
    many = [large(fact, f"exact: {size}万元") for fact, size in zip(FIGURES, (10, 10, 10, 9, 1), strict=True)]
    known = evaluator(policy("many", many))
    raw = nearly(*FIGURES)
    found = GapPlan.of(known, raw, ON, reach=Decimal(390_000))
    [one] = found.reaching
    assert sorted(found.gains[place].award.guaranteed for place in one.gains) == [90_000, 100_000, 100_000, 100_000]


def test_each_item_that_is_added_is_another_one() -> None:
    new = "{fact: investment, at_least: 1亿元, says: 以上}"
    foreign = "{fact: investment, at_least: 2亿元, says: 以上}"
    two = evaluator(
        policy("two", [clause("one", new, for_each="project"), clause("other", foreign, for_each="project")])
    )
    found = GapPlan.of(two, {"name": "乙", "projects": []}, ON, reach=Decimal(300_000))
    [one] = found.reaching
    assert len(one.gains) == 2
    assert one.total.possible == 300_000


def test_it_is_said_which_sets_were_tried_where_not_all_were() -> None:
    out_of_reach = Decimal(10**9)
    found = GapPlan.of(FIVE, nearly(*FIGURES), ON, reach=out_of_reach)
    assert not found.reaching
    assert "其余组合没有试" in flat(render_plan(found, "zh"))
    assert "no other sets" in " ".join(render_plan(found, "en").split())
    three = evaluator(policy("three", map(large, FIGURES[:3])))
    few = GapPlan.of(three, nearly(*FIGURES[:3]), ON, reach=out_of_reach)
    assert "找到的各项合在一起，最高金额也达不到" in flat(render_plan(few, "zh"))


def test_ways_gone_one_after_the_other_add_one_item_each() -> None:
    project = evaluator(
        policy("one", [clause("one", "{fact: investment, at_least: 1亿元, says: 以上}", for_each="project")])
    )
    profile: Profile = project.profile({"name": "乙", "projects": [{"name": "+", "investment": "1元"}]})
    plan = Planner(project, profile, ON, Changeable(project.policies.vocabulary, ON), {}).plan()
    [way] = [gain.way for gain in plan.gains if gain.way.adds]
    after = after_way(after_way(profile, way), way)
    assert [len({item.key for item in items}) for items in after.lists.values()] == [3]
    assert project.check(after, ON).total.possible == 200_000
