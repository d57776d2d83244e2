"""Each figure of a plan and of a curve stands with the bound it comes from: of a condition or of the award."""

from __future__ import annotations

from typing import Any

import pytest

from incentives import Curve, GapPlan, Why
from incentives.explain.curve_sentences import threshold
from incentives.explain.guidance_text import render_plan, render_why
from incentives.facts.places import Place
from incentives.texts import Lang
from tests.advice.policies import ON, clause, evaluator, policy

EVER = "{fact: revenue, year: this_year, at_least: 0元}"
TURNOVER = Place("company", None, "revenue", 2026)


def flat(text: str) -> str:
    return "".join(text.split())


def of(award: str, when: str = EVER) -> str:
    """A policy with one clause, its award written over several lines."""
    lines = "\n".join(f"      {line}" for line in ("kind: 奖励", *award.split("\n"), "paid_to: 企业"))
    head, _, rest = clause("one", when).partition("    award:")
    return policy("own", [f"{head}    award:\n{lines}\n    source:{rest.partition('source:')[2]}"])


TIERS = """by: {this_year: revenue}
tiers:
  - {at_least: 1亿元, less_than: 2亿元, exact: 10万元}
  - {at_least: 2亿元, exact: 30万元}"""
CASES = """tier_cases:
  - {when: {fact: revenue, year: this_year, at_least: 2亿元}, exact: 30万元}
  - {when: {fact: revenue, year: this_year, at_least: 1亿元}, exact: 10万元}"""
STEPS = """first_time_reaching: revenue
year: this_year
before: {largest_of: revenue, years: {last: 2, through: last_year}}
steps: {2亿元: 10万元, 3亿元: 30万元}
then_every: {1亿元: 5万元}
pays: every_step"""
FURTHER = """exact: 10万元
plus: {for_every: 1亿元, of: {this_year: revenue}, gives: 5万元}"""
SLICES = """slices_of: {this_year: revenue}
slices:
  - {less_than: 1亿元, rate: 1%}
  - {at_least: 1亿元, rate: 2%}"""
GROWTH = """slices_of_increase: revenue
year: this_year
slices:
  - {less_than: 50%, rate: 1%}
  - {at_least: 50%, rate: 2%}"""
CAPPED = """share: 1%
of: {this_year: revenue}
cap: 200万元"""
FLOORED = """share: 1%
of: {this_year: revenue}
floor: 50万元"""


LEAST = """share: 1%
of: {this_year: revenue}
nothing_below: 100万元"""
COMPANY: dict[str, Any] = {"name": "乙", "revenue": {2025: "1亿元", 2026: "1亿元"}, "founded": "2020-01-01"}


def bounds(text: str, lang: Lang = "zh", company: dict[str, Any] = COMPANY, over: Place = TURNOVER) -> list[str]:
    """What is told of the bounds of the award at each threshold of a curve."""
    curve = Curve.of(evaluator(text), company, ON, over)
    key = {"zh": "奖补标准：", "en": "bound of the award: "}[lang]
    lines = [line for one in curve.thresholds for _, line in threshold(curve, one, lang)]
    return [line.partition(key)[2] for line in lines if key in line]


@pytest.mark.parametrize(
    ("award", "told"),
    [
        (TIERS, ["本年营业收入 2亿元（含）以上"]),
        (STEPS, ["本年营业收入 首次达到3亿元", "本年营业收入 首次达到4亿元"]),
        (FURTHER, [f"本年营业收入 {number}亿元（含）以上" for number in (1, 2)]),
        (SLICES, ["本年营业收入：超过1亿元的部分按2%"]),
        (GROWTH, ["本年营业收入同比增速：50%以内的部分按1%", "本年营业收入同比增速：超过50%的部分按2%"]),
        (CAPPED, ["最高 200万元"]),
        (LEAST, ["本年营业收入的1% 100万元（含）以上"]),
    ],
    ids=["tiers", "steps", "further", "slices", "growth", "cap", "least"],
)
def test_a_curve_names_the_bound_of_the_award(award: str, told: list[str]) -> None:
    assert bounds(of(award))[: len(told)] == told


def test_the_bound_is_told_in_english_too() -> None:
    assert bounds(of(TIERS), "en") == ["this year's operating revenue at least 200,000,000 yuan"]


def test_what_counts_of_a_list_is_told_where_an_item_comes_to_count() -> None:
    award = """share: 10%
of:
  sum_of: contract.contract_amount
  where: {fact: contract_amount, at_least: 100万元}"""
    company = {**COMPANY, "contracts": [{"name": "合同一", "contract_amount": "50万元"}]}
    over = Place("contract", "合同一", "contract_amount")
    assert bounds(of(award), company=company, over=over) == ["合同 合同实际发生费用 100万元（含）以上"]


@pytest.mark.parametrize(
    ("award", "reached"),
    [
        (TIERS, "2亿元（含）以上"),
        (FURTHER, "2亿元（含）以上"),
        (CASES, "本年营业收入 2亿元（含）以上"),
    ],
    ids=["tiers", "further", "cases"],
)
def test_a_step_up_within_an_award_is_told_with_the_bound_that_it_reaches(award: str, reached: str) -> None:
    plan = GapPlan.of(evaluator(of(award)), COMPANY, ON)
    [change] = plan.gains[0].way.changes
    assert [(asked.of_award, asked.needed.zh) for asked in change.asked] == [(True, reached)]
    told = flat(render_plan(plan, "zh"))
    assert flat("营业收入（2026年） 1亿元 → 2亿元（多 1亿元） 奖补标准：本年营业收入 2亿元（含）以上") in told


def test_another_award_that_a_change_raises_is_told_with_its_bound() -> None:
    reached = clause("two", "{fact: revenue, year: this_year, at_least: 2亿元}", "exact: 50万元")
    [gain] = GapPlan.of(evaluator(of(TIERS) + reached), COMPANY, ON).gains
    assert gain.clause == "two"
    [other] = gain.other_awards
    assert [(asked.of_award, asked.needed.zh) for asked in other.asked] == [(True, "2亿元（含）以上")]


@pytest.mark.parametrize(
    ("when", "needed"),
    [
        ("not: {fact: revenue, year: this_year, at_least: 1亿元}", "不满1亿元"),
        ("not: {fact: revenue, year: this_year, more_than: 9000万元}", "9000万元（含）以下"),
        (
            "not: {fact: revenue, year: this_year, at_least: 1亿元, at_most: 2亿元}",
            "非（1亿元（含）以上，2亿元（含）以下）",
        ),
        ("not: {fact: in_chemical_park, is: true}", "否"),
        (
            "in_case: {fact: in_chemical_park, is: true}, must: {fact: revenue, year: this_year, at_least: 2亿元}",
            "否",
        ),
    ],
)
def test_what_must_not_hold_is_told_by_the_other_side_of_its_bound(when: str, needed: str) -> None:
    known = evaluator(policy("own", [clause("one", f"{{{when}}}")]))
    [refused] = Why.of(known, {**COMPANY, "in_chemical_park": True}, ON, "own")
    assert needed in [asked.needed.zh for fact in refused.because or () for asked in fact.asked]


def test_the_words_of_a_group_are_told_with_what_stands_in_it_without_words_of_its_own() -> None:
    group = (
        "{any: [{fact: revenue, year: this_year, at_least: 2亿元}, {fact: revenue, year: this_year,"
        " at_least: 3亿元}], says: 营业收入两亿元以上}"
    )
    [refused] = Why.of(evaluator(policy("own", [clause("one", group)])), COMPANY, ON, "own")
    assert [asked.says for way in refused.ways for change in way.changes for asked in change.asked] == [
        "营业收入两亿元以上"
    ]


def test_a_figure_of_a_new_item_stands_with_the_words_of_the_paper() -> None:
    new = clause("one", "{fact: investment, at_least: 1亿元, says: 投资1亿元以上}", for_each="project")
    [refused] = Why.of(evaluator(policy("own", [new])), {**COMPANY, "projects": []}, ON, "own")
    assert flat("项目投资额 1亿元（含）以上 “投资1亿元以上”") in flat(render_why([refused], "zh"))
