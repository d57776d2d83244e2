"""What is worked out, such as a score or a growth, is told down to the facts that an officer finds in the file."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from incentives import Evaluator, Explanation, load_policies
from incentives.explain.evidence import ConditionView
from incentives.explain.figures import FigureView
from incentives.explain.terminal import render_check
from incentives.report.compose import report_on
from incentives.report.markdown import markdown
from tests.explain.samples import HEAD
from tests.verdicts import policy_set

VOCABULARY = load_policies().vocabulary
ON = date(2026, 3, 1)
SCORE = """\
this_year: year_of_application
definitions:
  score: {title: 评价得分, sum_of: [size_score, rd_score, kind_score]}
  size_score:
    title: 规模得分
    by: {this_year: revenue}
    rows: [{less_than: 1000万元, gives: 0分}, {at_least: 1000万元, gives: 20分}]
  rd_score:
    title: 研发得分
    by: {ratio_of: rd_expense, to: revenue, year: this_year}
    rows: [{less_than: 3%, gives: 0分}, {at_least: 3%, gives: 20分}]
  kind_score:
    title: 类型得分
    cases:
      - {when: {fact: employees_average, year: this_year, at_least: 20人}, gives: 10分}
    otherwise: 0分
"""
KNOWN = {
    "name": "甲公司",
    "revenue": {2025: "4000万元", 2026: "5000万元"},
    "rd_expense": {2024: "120万元", 2025: "150万元", 2026: "172万元"},
    "employees_average": {2026: 19},
    "projects": [{"name": "一线", "fixed_asset_investment": "2500万元", "land_area": "30亩"}],
}


def clause(when: str, name: str = "one", for_each: str = "") -> str:
    return (
        f"  {name}:\n    title: {name}\n{for_each}    when: {when}\n"
        "    award: {kind: 奖励, exact: 1万元, paid_to: 企业}\n    source: {article: 第一条, says: 原文}\n"
    )


def explained(*clauses: str, known: dict[str, Any] = KNOWN) -> Explanation:
    policies = policy_set(VOCABULARY, f"{HEAD}{SCORE}clauses:\n{''.join(clauses)}")
    return Explanation.of(Evaluator(policies, "reference"), known, ON)


def condition(when: str, known: dict[str, Any] = KNOWN, for_each: str = "") -> ConditionView:
    [view] = explained(clause(when, for_each=for_each), known=known).policies[0].clauses[0].items[0].conditions
    return view


def lines(figures: tuple[FigureView, ...]) -> list[tuple[int, str, str | None]]:
    return [(one.depth, one.title.zh, one.actual.zh if one.actual is not None else None) for one in figures]


def test_a_score_is_told_from_its_parts_and_these_from_the_facts() -> None:
    found = condition("{fact: score, at_least: 60分}")
    assert found.actual is not None
    assert found.actual.zh == "40分"
    assert lines(found.worked_from) == [
        (0, "规模得分", "20分"),
        (1, "本年营业收入", "5000万元"),
        (0, "研发得分", "20分"),
        (1, "本年研究开发费用总额占本年营业收入的比例", "3.44%"),
        (2, "本年研究开发费用总额", "172万元"),
        (2, "本年营业收入", "5000万元"),
        (0, "类型得分", "0分"),
        (1, "本年全年平均人员数", "19人"),
    ]


def test_who_vouches_stands_at_the_facts_and_nobody_declares_a_score() -> None:
    found = condition("{fact: score, at_least: 60分}")
    assert (found.self_declared, found.suppliers) == (False, ())
    by_title = {one.title.zh: one for one in found.worked_from}
    for title in ("规模得分", "研发得分", "本年研究开发费用总额占本年营业收入的比例", "类型得分"):
        assert (by_title[title].self_declared, by_title[title].suppliers) == (False, ())
    assert by_title["本年营业收入"].self_declared
    staff = VOCABULARY.company.facts["employees_average"]
    assert staff.supplier is not None
    assert by_title["本年全年平均人员数"].suppliers == (staff.supplier,)
    assert not by_title["本年全年平均人员数"].self_declared


@pytest.mark.parametrize(
    ("when", "behind"),
    [
        (
            "{growth_of: rd_expense, year: this_year, at_least: 15%}",
            [(0, "研究开发费用总额", "2025年 150万元、2026年 172万元")],
        ),
        (
            "{average_growth_of: rd_expense, years: 2, year: this_year, at_least: 15%}",
            [(0, "研究开发费用总额", "2024年 120万元、2026年 172万元")],
        ),
        (
            "{increase_of: rd_expense, year: this_year, at_least: 15万元}",
            [(0, "研究开发费用总额", "2025年 150万元、2026年 172万元")],
        ),
        (
            "{ratio_of: rd_expense, to: revenue, year: this_year, at_least: 3%}",
            [(0, "本年研究开发费用总额", "172万元"), (0, "本年营业收入", "5000万元")],
        ),
        (
            "{sum_of: rd_expense, years: {last: 3, through: this_year}, at_least: 500万元}",
            [(0, "研究开发费用总额", "2024年 120万元、2025年 150万元、2026年 172万元")],
        ),
        (
            "{sum_of: [{by: {this_year: revenue}, rows: [{at_least: 1000万元, gives: 20分}], otherwise: 0分}, 5分], "
            "at_least: 30分}",
            [(0, "本年营业收入", "20分"), (1, "本年营业收入", "5000万元")],
        ),
        ("{fact: rd_expense, year: this_year, at_least: 100万元}", []),
    ],
)
def test_figures_of_years_and_both_sides_of_a_ratio(when: str, behind: list[tuple[int, str, str]]) -> None:
    assert lines(condition(when).worked_from) == behind


def test_a_step_that_is_reached_tells_itself_what_it_compares() -> None:
    first = (
        "first_time_reaching: revenue, year: this_year, steps: {5000万元: 1万元, 1亿元: 2万元}, pays: highest_step"
    )
    written = clause("{}").replace("    when: {}\n", "").replace("exact: 1万元", first)
    known = {**KNOWN, "revenue": {"earlier_highest": "3000万元", 2025: "4000万元", 2026: "5000万元"}}
    [item] = explained(written, known=known).policies[0].clauses[0].items
    [found] = item.conditions
    assert found.actual is not None
    assert found.actual.zh == "5000万元，此前最高4000万元"
    assert (found.worked_from, found.self_declared) == ((), True)


def test_an_end_that_is_worked_out_is_told_beside_a_fact_that_is_declared() -> None:
    when = "{fact: fixed_asset_investment, at_least: {per_unit: 100万元/亩, of: land_area}}"
    found = condition(when, for_each="    for_each: project\n")
    assert lines(found.worked_from) == [(0, "项目用地面积", "30亩")]
    assert found.self_declared


def test_of_what_is_open_the_known_parts_are_told_and_the_others_said_to_be_missing() -> None:
    found = condition(
        "{fact: score, at_least: 60分}", {**KNOWN, "rd_expense": {2025: "150万元"}, "employees_average": {2026: 20}}
    )
    assert found.actual is None
    told = {title: actual for _, title, actual in lines(found.worked_from)}
    assert told["规模得分"] == "20分"
    assert told["研发得分"] is None
    assert told["本年研究开发费用总额"] is None
    missing = [one for one in found.worked_from if one.actual is None]
    assert not any(one.self_declared or one.suppliers for one in missing)


def test_a_screen_and_a_report_tell_it_once() -> None:
    found = explained(
        clause("{fact: score, at_least: 60分}"), clause("{fact: score, at_least: 80分}", "two"), known=KNOWN
    )
    screen = render_check(found, "zh", date_given=True)
    assert screen.count("本年研究开发费用总额占本年营业收入的比例") == 1
    assert screen.count("规模得分") == 1
    assert [line.split() for line in screen.splitlines() if "评价得分" in line and "40分" in line] == [
        ["✗", "评价得分", "60分（含）以上", "40分（差", "20分）"],
        ["✗", "评价得分", "80分（含）以上", "40分（差", "40分）"],
    ]
    report = markdown(report_on(found, "zh", date_given=True, show_all=True))
    assert report.count("规模得分") == 1
    [row] = [line for line in report.splitlines() if "评价得分" in line and "60分" in line]
    assert "企业自报" not in row
    for line in report.splitlines():
        if "本年营业收入 |" in line:
            assert "企业自报" in line


def test_a_program_is_given_the_same() -> None:
    answer = json.loads(explained(clause("{fact: score, at_least: 60分}")).to_json())
    [one] = answer["policies"][0]["clauses"][0]["items"][0]["conditions"]
    assert [part["depth"] for part in one["worked_from"]] == [0, 1, 0, 1, 2, 2, 0, 1]
    assert one["worked_from"][0]["actual"] == {"zh": "20分", "en": "20 points"}
