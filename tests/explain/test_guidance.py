"""What explanations and plans say: each thing asked for once, what it comes to, what was last known, what lapses."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from incentives import Evaluator, GapPlan, Why, load_policies
from incentives.explain.guidance_text import render_plan, render_why
from incentives.texts import Lang
from tests.advice import policies as small
from tests.cli.columns import width

EVALUATOR = Evaluator(load_policies(), "native")
EXAMPLES = "policies/{policy}/examples/{name}.yaml"
GROWN = {
    "name": "甲",
    "registered_district": "510116",
    "industry_code": "C3973",
    "revenue": {2024: "8000万元", 2025: "1亿元"},
}


def why(policy: str, name: str, on: date, clause: str | None = None) -> str:
    return render_why(Why.of(EVALUATOR, EXAMPLES.format(policy=policy, name=name), on, policy, clause), "zh")


def plan(raw: dict[str, Any], policy: str | None, by: date, lang: str = "zh") -> str:
    found = GapPlan.of(EVALUATOR, raw, date(2026, 3, 1), policy, by=by)
    return render_plan(found, "zh" if lang == "zh" else "en", show_all=True)


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


# Why ----------------------------------------------------------------------------------------------


def test_what_several_facts_are_asked_for_together_is_said_once_with_what_it_comes_to() -> None:
    text = why("fuqing-headquarters-2022", "cap-and-ledger", date(2025, 6, 1), "contribution-growth")
    facts = [line.split()[1] for line in text.splitlines() if line.startswith("    - ")]
    assert facts[-2:] == ["地方经济贡献额（2024年）", "地方经济贡献额（2023年）"]
    assert flat(text).count("条件：上年地方经济贡献额同比增速10%（含）以上（实际100%）") == 1


def test_a_score_is_told_once_below_the_facts_it_is_the_sum_of() -> None:
    on = date(2026, 3, 1)
    found = Why.of(
        EVALUATOR,
        EXAMPLES.format(policy="high-tech-enterprise-2016", name="score-70"),
        on,
        "high-tech-enterprise-2016",
    )
    told = [asked.node for one in found for fact in one.because or () for asked in fact.asked]
    shown = flat(render_why(found, "zh"))
    assert shown.count("条件：") == len(set(told))


def test_a_refusal_says_how_far_what_was_worked_out_is_from_what_would_do() -> None:
    text = flat(why("fuqing-headquarters-2022", "just-below-10-percent", date(2025, 6, 1), "contribution-growth"))
    assert "10%（含）以上（实际约9.9999%，差不到0.0001个百分点）" in text
    text = flat(why("wuhou-microwave-rf-2023", "one-fen-below", date(2026, 3, 1), "new-project"))
    assert "条件：1亿元（含）以上（差0.01元）" in text


@pytest.mark.parametrize(
    ("lang", "met", "unmet"), [("zh", "1亿元（含）以上", "2亿元"), ("en", "at least 100,000,000", "200,000,000")]
)
def test_a_change_is_told_with_the_conditions_that_it_meets_and_no_others(lang: Lang, met: str, unmet: str) -> None:
    company = EXAMPLES.format(policy="xian-real-economy-2018", name="one-day-late")
    found = Why.of(EVALUATOR, company, date(2019, 3, 1), "xian-real-economy-2018", "attracted-project")
    [refused] = [one for one in found if one.item is not None and one.item.name == "粉末"]
    assert [asked.needed.zh for fact in refused.because or () for asked in fact.asked] == [
        "1亿元（含）以上",
        "2亿元（含）以上",
    ]
    [change] = refused.ways[0].changes
    assert [asked.needed.zh for asked in change.asked] == ["1亿元（含）以上"]
    [way] = flat(render_why([refused], lang)).split("1.")[1:2]
    assert flat(met) in way
    assert unmet not in way.split("2.")[0]


def test_another_award_that_a_change_brings_is_told_with_what_the_change_meets_of_it() -> None:
    when = (
        "any: [{fact: revenue, year: this_year, at_least: 1亿元}, {fact: revenue, year: this_year, at_least: 2亿元}]"
    )
    known = small.evaluator(small.policy("two", [small.large("revenue"), small.clause("either", when)]))
    [gain] = GapPlan.of(known, small.nearly("revenue"), small.ON).gains
    assert [(one.clause, [asked.needed.zh for asked in one.asked]) for one in gain.awards] == [
        ("either", ["1亿元（含）以上"]),
        ("revenue", ["1亿元（含）以上"]),
    ]


def test_what_could_be_added_is_told_in_full_of_the_first_item_alone() -> None:
    company = EXAMPLES.format(policy="binjiang-ic-2020", name="all-capped")
    found = Why.of(EVALUATOR, company, date(2026, 3, 1), "binjiang-ic-2020", "first-application")
    assert len(found) == 4
    chinese, english = flat(render_why(found, "zh")), flat(render_why(found, "en"))
    assert chinese.count("合同类别应用采购") == english.count("contract应用采购") == 1
    assert chinese.count("1.新增一个合同：同“区内EDA”的第1种") == 3
    assert english.count("1.onemorecontract:asnumber1of“区内EDA”") == 3
    assert flat(render_why(found[1:2], "zh")).count("合同类别应用采购") == 1, "alone it is told itself"


def test_what_is_told_of_another_item_is_named_by_its_number_there() -> None:
    known = small.evaluator(
        small.policy(
            "two",
            [
                small.clause(name, "{fact: investment, at_least: 1亿元}", for_each="project")
                for name in ("one", "two")
            ],
        )
    )
    company = {
        "name": "乙",
        "projects": [{"name": "一期", "investment": "1元"}, {"name": "二期", "investment": "2元"}],
    }
    text = flat(render_why(Why.of(known, company, small.ON, "two"), "zh"))
    assert text.count("2.新增一个建设项目项目投资额1亿元") == 2, "of each clause once"
    assert text.count("2.新增一个建设项目：同“一期”的第2种") == 2


def test_conditions_that_read_alike_are_told_once_below_a_fact() -> None:
    either = [
        f"{{all: [{{fact: legal_person, is: true}}, {{fact: revenue, year: this_year, at_least: {at}}}]}}"
        for at in ("1亿元", "2亿元")
    ]
    known = small.evaluator(small.policy("own", [small.clause("one", f"any: [{', '.join(either)}]")]))
    [met] = Why.of(known, {"name": "乙", "legal_person": True, "revenue": {2026: "3亿元"}}, small.ON, "own")
    [legal_person] = [fact for fact in met.because or () if fact.fact == "legal_person"]
    assert len({asked.node for asked in legal_person.asked}) == 2
    assert flat(render_why([met], "zh")).count("条件：是") == 1
    assert flat(render_why([met], "en")).count("condition:yes") == 1


def test_what_fails_in_a_group_that_may_still_hold_is_no_ground_of_a_refusal() -> None:
    when = (
        "all: [{fact: revenue, year: this_year, at_least: 1亿元},"
        " {any: [{fact: revenue, year: this_year, at_least: 5亿元}, {fact: legal_person, is: true}]}]"
    )
    known = small.evaluator(small.policy("own", [small.clause("one", when)]))
    [refused] = Why.of(known, small.nearly("revenue"), small.ON, "own")
    assert [asked.needed.zh for fact in refused.because or () for asked in fact.asked] == ["1亿元（含）以上"]


def test_a_new_item_that_nobody_named_yet_has_no_name() -> None:
    text = why("fuqing-headquarters-2022", "cap-and-ledger", date(2025, 6, 1), "office-rent")
    assert "+" not in text
    assert "取得方式租用用途总部办公申报租金月数18个月（含）以内“一次性给予18个月”之后：符合" in flat(text)


# Plans --------------------------------------------------------------------------------------------


def test_what_is_nearest_goes_before_what_brings_most() -> None:
    company = EXAMPLES.format(policy="shuangliu-liyuan-2025", name="second-band")
    found = GapPlan.of(EVALUATOR, company, date(2026, 3, 1), "shuangliu-liyuan-2025", by=date(2027, 3, 1))
    asked = [change.after.zh for gain in found.gains for change in gain.way.changes if change.fact == "revenue"]
    assert asked == ["1.2亿元", "10亿元", "200亿元"]
    assert max(found.gains, key=lambda gain: gain.award.guaranteed).title == "百亿台阶奖励"


def test_of_two_known_costs_the_lower_goes_first_wherever_the_others_stand() -> None:
    project = {"sector": "微波射频", "newly_completed": True}
    raw = {
        "name": "甲",
        "industry_fields": ["微波射频"],
        "entity_type": "企业法人",
        "registered_district": "510107",
        "platforms": [],
        "development_projects": [],
        "projects": [
            {"name": "一期", **project, "investment": "7000万元"},
            {"name": "二期", **project, "investment": "9000万元"},
        ],
    }
    found = GapPlan.of(EVALUATOR, raw, date(2026, 3, 1), "wuhou-microwave-rf-2023", fixed=("platform",))
    costs = [gain.cost for gain in found.gains if not gain.way.adds]
    assert costs == sorted(costs) == [Decimal(10_000_000), Decimal(30_000_000)]


def test_a_year_still_to_come_is_told_with_the_last_year_that_is_known() -> None:
    text = flat(plan(GROWN, "shuangliu-liyuan-2025", date(2027, 3, 1)))
    assert "营业收入（2026年）1.2亿元（2025年1亿元）条件：" in text


@pytest.mark.parametrize(
    ("policy", "by", "said"),
    [
        (
            "wuhou-microwave-rf-2023",
            date(2027, 3, 1),
            "有效期未公布，到2027-03-01是否还有效请先向主管部门核实：武侯区",
        ),
        ("mianyang-manufacturing-fund-2021", date(2027, 3, 1), None),
    ],
)
def test_a_plan_for_a_later_day_says_where_nobody_published_how_long_a_policy_lasts(
    policy: str, by: date, said: str | None
) -> None:
    text = flat(plan(GROWN, policy, by))
    assert (said in text) if said is not None else ("有效期未公布" not in text)
    assert "有效期未公布" not in flat(plan(GROWN, policy, date(2026, 3, 1)))


def test_a_policy_that_lapses_before_the_day_is_named_with_its_last_day() -> None:
    found = GapPlan.of(EVALUATOR, GROWN, date(2018, 8, 1), "ezhou-negative-list-2018", by=date(2019, 3, 1))
    assert [(one.policy, one.period.end) for one in found.lapsed] == [
        ("ezhou-negative-list-2018", date(2018, 12, 31))
    ]
    assert "到2019-03-01已经失效，不在计划之内：鄂州市2018年工业发展负面清单（至2018-12-31止）" in flat(
        render_plan(found, "zh")
    )
    assert not GapPlan.of(EVALUATOR, GROWN, date(2018, 8, 1), "ezhou-negative-list-2018").lapsed


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_stacking_takes_from_a_new_item_is_told_without_a_name_for_it(lang: Lang) -> None:
    company = EXAMPLES.format(policy="chengdu-ic-2023", name="two-tape-outs")
    found = GapPlan.of(EVALUATOR, company, date(2026, 3, 1), "chengdu-ic-2023")
    [gain] = [gain for gain in found.gains if gain.lost]
    assert [(loss.award, loss.to) for loss in gain.lost] == [("重大项目支持", ("特别重大项目支持",))]
    assert "+" not in render_plan(found, lang, show_all=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_of_a_plan_is_wider_than_a_terminal(lang: str) -> None:
    text = plan(GROWN, None, date(2027, 3, 1), lang)
    assert max(width(line) for line in text.splitlines()) <= 80


def test_a_refusal_by_the_day_alone_is_told_with_the_days_that_are_set() -> None:
    profile = "policies/shenzhen-ic-2022/examples/one-short.yaml"
    evaluator = Evaluator(load_policies(), "native")
    found = [one for one in Why.of(evaluator, profile, date(2026, 3, 1), "shenzhen-ic-2022") if one.by_day]
    assert found
    said = "".join(render_why(found, "zh").split())
    assert "申报日在2023年" in said
    assert "晚791天" in said
    assert "不在规定的日期之内" in said
    assert "不取决于任何事实" not in said
    assert "plan--by" not in said


@pytest.mark.parametrize("fact", ["total_liabilities", "revenue"])
def test_a_refusal_by_a_figure_of_this_year_is_not_told_as_one_by_what_is_over(fact: str) -> None:
    when = f"{{fact: {fact}, year: this_year, at_most: 3500万元}}"
    facts = {"name": "甲", fact: {small.ON.year: "4000万元"}}
    policies = small.evaluator(small.policy("own", [small.clause("one", when)]))
    said = flat(render_why(Why.of(policies, facts, small.ON, "own", fixed=["revenue"]), "zh"))
    assert "没有列为可以改变" in said
    assert "用--fix指定不变" in said
