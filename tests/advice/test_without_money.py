"""Plans for what is granted and is no money: a title, a relief, something in kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from incentives import Explanation, GapPlan, render_report
from incentives.explain.guidance_text import render_plan
from incentives.texts import Lang
from incentives.values import NOTHING, Outcome
from tests.advice.policies import ON, clause, evaluator, large, nearly, policy

AWARDS = {
    "recognition": ("recognition: 甲级企业", "奖励 甲级企业（不涉及金额）"),
    "relief": ("relief: 免收三年房租", "奖励 免收三年房租（减免，金额不在本条计算）"),
    "in_kind": ("in_kind: 提供办公用房", "奖励 提供办公用房（实物或服务，不折算金额）"),
}
TITLE = "recognition: 甲级企业"


def flat(text: str) -> str:
    return "".join(text.split())


def planned(text: str, company: dict[str, Any], clause: str | None = None) -> GapPlan:
    return GapPlan.of(evaluator(text), company, ON, clause=clause, policy="own" if clause is not None else None)


@pytest.mark.parametrize(("award", "said"), AWARDS.values(), ids=AWARDS)
@pytest.mark.parametrize("target", [None, "revenue"])
def test_what_is_no_money_stands_in_the_plan_and_no_sum_of_nothing_with_it(
    award: str, said: str, target: str | None
) -> None:
    plan = planned(policy("own", [large("revenue", award)]), nearly("revenue"), target)
    [gain] = plan.gains
    assert (gain.pays, gain.award, gain.way.outcome) == (False, NOTHING, Outcome.QUALIFIED)
    text = flat(render_plan(plan, "zh"))
    assert f"1.奖revenue{flat(said)}" in text
    assert "没有找到" not in text
    assert flat(" 0元") not in text.replace("0000元", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_tells_it_too(lang: Lang) -> None:
    known, company = evaluator(policy("own", [large("revenue", TITLE)])), nearly("revenue")
    plan = GapPlan.of(known, company, ON)
    text = render_report(Explanation.of(known, company, ON), ".md", lang, plan=plan).decode()
    said = {
        "zh": "奖revenue 奖励 甲级企业（不涉及金额）",
        "en": "奖revenue 奖励 甲级企业 (no money is involved)",
    }
    assert flat(said[lang]) in flat(text)


def test_what_pays_goes_first_however_far_it_is() -> None:
    near = clause("near", "{fact: revenue, year: this_year, at_least: 9100万元}", TITLE)
    plan = planned(policy("own", [near, large("revenue")]), nearly("revenue"))
    assert [(gain.clause, gain.pays) for gain in plan.gains] == [("revenue", True), ("near", False)]


def test_one_change_that_brings_both_is_one_entry_that_names_the_title() -> None:
    title = clause("title", "{fact: revenue, year: this_year, at_least: 1亿元}", TITLE)
    [gain] = planned(policy("own", [large("revenue"), title]), nearly("revenue")).gains
    assert (gain.clause, gain.pays) == ("revenue", True)
    assert [one.clause for one in gain.other_awards] == ["title"]
    assert "同时奖title" in flat(
        render_plan(planned(policy("own", [large("revenue"), title]), nearly("revenue")), "zh")
    )


def test_a_title_is_not_outdone_by_money_that_a_smaller_change_brings() -> None:
    title = clause("title", "{fact: revenue, year: this_year, at_least: 3亿元}", TITLE)
    plan = planned(policy("own", [large("revenue"), title]), nearly("revenue"))
    assert [gain.clause for gain in plan.gains] == ["revenue", "title"]


def test_a_title_met_on_the_way_to_another_is_told_once() -> None:
    titles = [
        clause("first", "{fact: revenue, year: this_year, at_least: 1亿元}", TITLE),
        clause("second", "{fact: revenue, year: this_year, at_least: 2亿元}", "recognition: 乙级企业"),
    ]
    plan = planned(policy("own", titles), nearly("revenue"))
    assert [gain.clause for gain in plan.gains] == ["first", "second"]
    assert [one.clause for one in plan.gains[1].other_awards] == ["first"]


SWAP = [
    clause("large", "{fact: revenue, year: this_year, at_least: 1亿元}", TITLE),
    clause("small", "{fact: revenue, year: this_year, less_than: 1亿元}", "recognition: 小企业"),
]


def test_a_title_that_takes_another_is_told_only_where_it_was_asked_for() -> None:
    assert not planned(policy("own", SWAP), nearly("revenue")).gains
    plan = planned(policy("own", SWAP), nearly("revenue"), "large")
    assert [gain.clause for gain in plan.gains] == ["large"]
    assert flat("同时 奖small（第二条）：符合 → 不符合") in flat(render_plan(plan, "zh"))


def test_a_title_for_which_money_would_be_lost_is_told_only_where_it_was_asked_for() -> None:
    paid = clause("paid", "{fact: revenue, year: this_year, less_than: 1亿元}")
    text = policy("own", [SWAP[0], paid])
    assert not planned(text, nearly("revenue")).gains
    assert flat("本政策合计：10万元 → 0元") in flat(render_plan(planned(text, nearly("revenue"), "large"), "zh"))


def test_a_title_with_money_is_named_beside_the_sum() -> None:
    both = large("revenue", "exact: 10万元, recognition: 甲级企业")
    assert flat("1. 奖revenue  奖补 10万元，并给予认定：甲级企业") in flat(
        render_plan(planned(policy("own", [both]), nearly("revenue")), "zh")
    )


def test_nothing_was_found_is_said_where_it_is_so() -> None:
    met = {"name": "乙", "revenue": {2026: "2亿元"}}
    plan = planned(policy("own", [large("revenue", TITLE)]), met)
    assert not plan.gains
    assert flat("没有找到能让申报主体得到更多奖补、资格认定或减免的改变") in flat(render_plan(plan, "zh"))


def test_what_is_missing_is_not_said_to_bring_nothing() -> None:
    over = clause("over", "{fact: revenue, year: last_year, at_least: 1亿元}", TITLE)
    plan = planned(policy("own", [over]), {"name": "乙"})
    assert plan.missing
    assert not plan.gains
    assert flat("除补齐所缺的事实以外，没有找到") in flat(render_plan(plan, "zh"))


RELIEF = [
    clause(
        "relief", "{fact: investment, at_least: {per_unit: 300万元/亩, of: land_area}}", "relief: 减免差额", "project"
    ),
    clause("paid", "{fact: equipment_investment, at_least: 500万元}", "exact: 100万元", "project"),
]
LINE = {"name": "线", "investment": "6000万元", "land_area": "25亩", "equipment_investment": "450万元"}


def test_a_relief_is_no_money_for_what_the_new_item_may_be_paid_too() -> None:
    company = {"name": "乙", "projects": [LINE]}
    plan = GapPlan.of(evaluator(policy("own", RELIEF)), company, ON, reach=Decimal(1_500_000))
    new = [gain for gain in plan.gains if gain.item is None and gain.clause == "relief"]
    assert [gain.pays for gain in new] == [False]
    assert new[0].before.possible != new[0].after.possible, "it may be paid too"
    counted = {place for one in plan.reaching for place in one.gains}
    assert counted, "two projects with the equipment are worth more"
    assert all(plan.gains[place].pays for place in counted)
