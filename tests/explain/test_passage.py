"""Ways out of a refusal: each condition stands where it is met, with what a score comes to and what is still open."""

from __future__ import annotations

from typing import Any

import pytest

from incentives import Why
from incentives.explain.guidance_text import render_why
from incentives.texts import Lang
from tests.advice.policies import ON, clause, policy
from tests.advice.policies import evaluator as evaluator_of

SCORES = """definitions:
  of-size: {title: 规模分, by: {this_year: revenue}, rows: [{at_least: 1亿元, gives: 20分}], otherwise: 0分}
  of-staff: {title: 人员分, by: {this_year: employees_average}, rows: [{at_least: 20人, gives: 10分}], otherwise: 5分}
  of-area:
    title: 面积分
    by: {sum_of: premise.self_used_area}
    rows: [{at_least: 500平方米, gives: 10分}]
    otherwise: 0分
  score: {title: 总分, sum_of: [of-size, of-staff, of-area]}
  of-titles:
    title: 荣誉分
    by: {count_of: title, where: {fact: title_kind, is: 质量奖}}
    rows: [{at_least: 1项, gives: 20分}]
    otherwise: 0分
  renown: {title: 总荣誉, sum_of: [of-titles]}
clauses:"""
TWO_DAYS = """{all: [
        {count_of: contract, where: [{fact: settled_on, within_last: 30天}], at_least: 2项, says: 两份},
        {count_of: contract, where: [{fact: settled_on, at_least: 2026-04-01}], at_least: 1项, says: 四月}]}"""
TWO_TITLES = """{all: [
        {some: title, says: 四月奖, where: [{fact: title_kind, is: 质量奖},
          {fact: granted_on, at_least: 2026-04-01, at_most: 2026-04-30}]},
        {some: title, says: 六月奖, where: [{fact: title_kind, is: 科技奖励},
          {fact: granted_on, at_least: 2026-06-01, at_most: 2026-06-30}]}]}"""
RELATION = "{ratio_of: self_used_area, to: floor_area, at_least: 80%, says: 自用}"


def told(condition: str, facts: dict[str, Any], lang: Lang = "zh", **of: Any) -> list[str]:
    """The lines below each way, what stands in one of them without the spaces between."""
    text = policy("passage", [clause("one", condition, **of)]).replace("clauses:", SCORES)
    found = Why.of(evaluator_of(text), {"name": "甲", **facts}, ON, "passage")
    lines = [line for why in found for line in render_why([why], lang).splitlines()]
    return [line.strip() for line in lines]


def blocks(lines: list[str], head: str) -> list[str]:
    """What stands from each line with these words up to the next of them, or to the end."""
    starts = [number for number, line in enumerate(lines) if head in line]
    ends = [*starts[1:], len(lines)][: len(starts)]
    return ["\n".join(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def test_each_of_two_new_items_has_the_words_of_the_condition_it_is_for() -> None:
    contract = {"name": "一", "settled_on": "2026-02-10"}
    either = blocks(told(TWO_DAYS, {"contracts": [contract]}), "新增")
    assert [("“两份”" in one, "“四月”" in one) for one in either] == [(True, False), (True, True)]


def test_a_new_title_has_no_words_that_another_one_meets() -> None:
    either = blocks(told(TWO_TITLES, {"titles": []}), "新增")
    words = {one.split("资质名称")[1].split()[0]: ("“四月奖”" in one, "“六月奖”" in one) for one in either}
    assert words == {"质量奖": (True, False), "科技奖励": (False, True)}


def test_two_sums_over_one_list_are_told_apart_and_each_stands_at_what_it_adds_up() -> None:
    kinds = (("购买IP", "200万元", "二百"), ("代工流片", "100万元", "一百"))
    sums = [
        f"{{sum_of: contract.contract_amount, where: {{fact: contract_kind, is: {kind}}}, at_least: {least},"
        f" says: {said}}}"
        for kind, least, said in kinds
    ]
    there = [
        {"name": name, "contract_kind": kind, "contract_amount": "50万元"}
        for name, (kind, _, _) in zip("一二", kinds, strict=True)
    ]
    lines = told(f"all: [{', '.join(sums)}]", {"contracts": there})
    for kind, least, _ in kinds:
        assert f"合同（合同类别 {kind}）实际发生费用合计 {least}（含）以上" in "".join(lines)
    found: dict[str, set[str]] = {}
    at = ""
    for line in lines[next(number for number, line in enumerate(lines) if "怎样才能符合" in line) :]:
        at = next((name for name in ("一 · ", "二 · ", "新增") if name in line), at)
        found.setdefault(at, set()).update(said for _, _, said in kinds if f"“{said}”" in line)
    assert (found["一 · "], found["二 · "]) == ({"二百"}, {"一百"})
    new = [block for block in blocks(lines, "新增") if "合同类别" in block.split("之后")[0]]
    assert {("购买IP" in one, "“二百”" in one, "“一百”" in one) for one in new} == {
        (True, True, False),
        (False, False, True),
    }


def test_english_sets_apart_what_is_no_bound() -> None:
    some = "{some: premise, where: {fact: self_used_area, at_least: 500平方米}}"
    lines = told(some, {"premises": [{"name": "楼", "self_used_area": "300平方米"}]}, "en")
    asked = "condition: business property: at least one (floor area used by itself: at least 500 m²)"
    assert asked in " ".join(lines)


def test_a_count_says_what_it_counts() -> None:
    counted = "{count_of: contract, where: {fact: contract_kind, is: 购买IP}, at_least: 2项}"
    assert "条件：合同数（合同类别 购买IP） 2项（含）以上（实际 0项，差 2项）" in told(counted, {"contracts": []})


@pytest.mark.parametrize(("lang", "said"), [("zh", "（实际 5分 → 30分）"), ("en", "(actual 5 points → 30 points)")])
def test_a_score_is_told_before_and_after_once(lang: Lang, said: str) -> None:
    facts = {"revenue": {2026: "9000万元"}, "employees_average": {2026: "15人"}, "premises": []}
    ways = blocks(told("{fact: score, at_least: 30分}", facts, lang), "1. ")
    assert len(ways) == 1
    assert ways[0].partition("2. ")[0].count(said) == 1


def test_a_score_tells_its_parts_and_which_row_each_would_reach() -> None:
    facts = {"revenue": {2026: "9000万元"}, "employees_average": {2026: "15人"}, "premises": []}
    lines = told("{fact: score, at_least: 30分}", facts)
    assert "其中：规模分 0分、人员分 5分、面积分 0分" in lines
    staff, area = "".join(lines).split("怎样才能符合")[1].split("之后：符合")[:2]
    large = "其中：规模分 0分 → 20分（本年营业收入 1亿元（含）以上）；"
    assert f"{large}人员分 5分 →10分（本年全年平均人员数 20人（含）以上）" in staff
    assert f"{large}面积分 0分 →10分（经营用房自用建筑面积合计 500平方米（含）以上）" in area
    assert [one.count("规模分") for one in (staff, area)] == [1, 1]


def test_a_score_that_words_of_a_new_item_raise_is_told_below_it() -> None:
    [new] = blocks(told("{fact: renown, at_least: 20分}", {"titles": []}), "新增")
    assert new.splitlines()[:3] == [
        "1. 新增一个资质荣誉",
        "资质名称  质量奖",
        "条件：总荣誉 20分（含）以上（实际 0分 → 20分）",
    ]
    assert new.splitlines()[3].startswith("其中：荣誉分 0分 → 20分（资质荣誉数（资质名称 质量奖） 1项（含）以上）")


def test_parts_of_a_score_that_are_not_known_are_told_to_be_so() -> None:
    lines = told("{fact: score, at_least: 40分}", {"revenue": {2026: "9000万元"}})
    assert "其中：规模分 0分、人员分 尚不能确定、面积分 尚不能确定" in lines


def test_a_new_item_alone_tells_what_the_score_comes_to() -> None:
    facts = {"revenue": {2026: "1亿元"}, "employees_average": {2026: "15人"}, "premises": []}
    fixed = "{all: [{fact: score, at_least: 35分}, {fact: employees_average, year: this_year, less_than: 20人}]}"
    new = blocks(told(fixed, facts), "新增")
    assert any("（实际 25分 → 35分）" in one for one in new)


def test_what_a_condition_measures_is_not_told_twice_where_it_is_the_fact_itself() -> None:
    lines = told("{fact: revenue, year: this_year, at_least: 1亿元}", {"revenue": {2026: "9000万元"}})
    assert sum("→ 1亿元" in line for line in lines) == 1


def test_facts_that_a_new_item_still_needs_stand_with_the_condition_that_they_have_to_meet() -> None:
    premise = {"name": "楼", "floor_area": "1000平方米", "self_used_area": "500平方米"}
    new = blocks(told(RELATION, {"premises": [premise]}, for_each="premise"), "新增")
    assert len(new) == 1
    waits, _, asked = new[0].partition("之后还须补：")
    assert asked, waits
    assert "80%（含）以上" in asked.split("出处")[0]
    assert "“自用”" in asked
