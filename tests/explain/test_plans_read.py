"""What an officer reads in a plan: amounts by what moves, words where no figure is, ends that are worked out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from incentives import GapPlan, Why
from incentives.explain.guidance_text import render_plan, render_why
from incentives.explain.phrases import becomes
from incentives.texts import Lang
from incentives.values import NOT_BOUNDED, Interval, Possible
from tests.advice.policies import ON, clause, evaluator, large, nearly, policy


def flat(text: str) -> str:
    return "".join(text.split())


def wan(low: int, high: int | None) -> Interval:
    most: Possible = NOT_BOUNDED if high is None else Decimal(high) * 10000
    return Interval(Decimal(low) * 10000, most)


@pytest.mark.parametrize(
    ("before", "after", "zh", "en"),
    [
        (wan(0, 0), wan(10, 10), "0元 → 10万元", "0 yuan → 100,000 yuan"),
        (wan(0, 0), wan(0, 10), "0元 → 最高 10万元", "0 yuan → up to 100,000 yuan"),
        (wan(0, 5), wan(0, 10), "最高 5万元 → 10万元", "up to 50,000 yuan → 100,000 yuan"),
        (
            wan(3, 5),
            wan(3, 10),
            "可确定 3万元，最高 5万元 → 10万元",
            "certain 30,000 yuan, up to 50,000 yuan → 100,000 yuan",
        ),
        (wan(0, 5), wan(3, 10), "可确定 0元 → 3万元，最高 5万元 → 10万元", None),
        (wan(3, 5), wan(4, 5), "可确定 3万元 → 4万元，最高 5万元", None),
        (wan(0, 5), wan(0, None), "最高 5万元 → 尚不能确定", "up to 50,000 yuan → not known"),
        (wan(3, None), wan(20, None), "可确定 3万元 → 20万元，最高金额尚不能确定", None),
        (wan(0, 5), wan(10, 10), "最高 5万元 → 10万元", "up to 50,000 yuan → 100,000 yuan"),
    ],
)
def test_an_amount_is_told_by_what_of_it_moves(before: Interval, after: Interval, zh: str, en: str | None) -> None:
    assert becomes(before, after, "zh") == zh
    assert en is None or becomes(before, after, "en") == en


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_person_decides_is_told_in_the_words_of_the_paper(lang: Lang) -> None:
    plan = GapPlan.of(evaluator(policy("own", [large("revenue", "discretionary: 一事一议")])), nearly("revenue"), ON)
    said = {"zh": "1. 奖revenue 奖补 一事一议", "en": "1. 奖revenue award 一事一议"}
    assert flat(said[lang]) in flat(render_plan(plan, lang))


def test_another_award_that_is_not_yet_sure_is_told_as_such() -> None:
    sure = clause("sure", "{fact: investment, at_least: 1亿元}", for_each="project")
    unsure = clause("unsure", "{fact: newly_completed, is: true}", for_each="project")
    plan = GapPlan.of(evaluator(policy("own", [sure, unsure])), {"name": "乙", "projects": []}, ON)
    told = flat(render_plan(plan, "zh"))
    assert flat("新增的这一个是否也符合以下条款，还不能确定（缺数据）：奖unsure") in told
    assert "同时" not in told


def test_an_end_that_is_worked_out_stands_behind_what_it_is_to_it() -> None:
    title = clause("title", "{has_title: 质量奖, within_last: 3年, valid: true}")
    [refused] = Why.of(evaluator(policy("own", [title])), {"name": "乙", "titles": []}, ON, "own")
    told = flat(render_why([refused], "zh"))
    assert flat("认定日期 晚于申报日前3年，不晚于申报日") in told
    assert flat("有效期截止日 不早于申报日") in told


def test_none_of_a_list_is_told_where_some_must_not_be() -> None:
    banned = clause("clean", "{not: {some: title, where: {fact: title_kind, is: 质量奖}}}")
    company = {"name": "乙", "titles": [{"name": "甲", "title_kind": "质量奖"}]}
    [refused] = Why.of(evaluator(policy("own", [banned])), company, ON, "own")
    assert flat("条件：没有一个（资质名称 质量奖）") in flat(render_why([refused], "zh"))
