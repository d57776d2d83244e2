"""Of a clause that is still open it is told what it comes to once it is met: a sum, a range, or an upper end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from incentives import Evaluator, Explanation, Interval, Why
from incentives.explain.guidance_text import render_why
from incentives.explain.interviews import result_lines
from incentives.explain.terminal import render_check
from incentives.texts import Lang
from tests.explain.test_formulas import read

ON = date(2026, 3, 1)
OPEN = {"fact": "own_brand", "is": True}
PROJECTS = {"projects": [{"name": "一期", "investment": "1000万元"}]}
SHARE = {"share": "10%", "of": "investment"}


def _flat(text: str) -> str:
    return "".join(text.split())


def lines(award: dict[str, Any], facts: dict[str, Any], lang: Lang = "zh", **clause: Any) -> list[str]:
    """What check, explain and the end of an interview say of one clause, which must be the same."""
    policies = read(award, clause=clause)
    evaluator, profile = Evaluator(policies, "native"), {"name": "某公司", **facts}
    checked = render_check(Explanation.of(evaluator, profile, ON), lang, date_given=True)
    explained = render_why(Why.of(evaluator, profile, ON, "formulas"), lang)
    asked = "\n".join(result_lines(Explanation.of(evaluator, profile, ON), lang))
    return [_flat(text) for text in (checked, explained, asked)]


@pytest.mark.parametrize(
    ("award", "facts", "zh", "en"),
    [
        ({"exact": "1万元"}, {}, "若符合1万元", "ifqualified10,000yuan"),
        ({"up_to": "1万元"}, {}, "若符合最高1万元", "ifqualifiedupto10,000yuan"),
        ({"not_below": "1万元"}, {}, "若符合不低于1万元", "ifqualifiednotbelow10,000yuan"),
        ({"between": ["10万元", "20万元"]}, {}, "若符合10万元至20万元", "ifqualified100,000yuanto200,000yuan"),
        (
            {"share": "10%", "of": {"last_year": "revenue"}},
            {"revenue": {2025: "1000万元"}},
            "若符合100万元",
            "ifqualified1,000,000yuan",
        ),
        (
            {"share": "10%", "of": {"last_year": "revenue"}, "cap": "20万元"},
            {},
            "若符合最高20万元",
            "ifqualifiedupto200,000yuan",
        ),
        (
            {"share": "10%", "of": {"last_year": "revenue"}, "floor": "20万元"},
            {},
            "若符合至少20万元",
            "ifqualifiedatleast200,000yuan",
        ),
        (
            {"share": "10%", "of": {"last_year": "revenue"}},
            {},
            "若符合最高金额尚不能确定",
            "ifqualifiedupperlimitnotknown",
        ),
        (
            {
                "by": {"last_year": "revenue"},
                "tiers": [
                    {"at_least": "1亿元", "exact": "20万元"},
                    {"at_least": "5000万元", "less_than": "1亿元", "exact": "10万元"},
                ],
            },
            {},
            "若符合10万元至20万元",
            "ifqualified100,000yuanto200,000yuan",
        ),
        (
            {"not_published": "分档未列", "floor": "20万元", "cap": "500万元"},
            {},
            "若符合至少20万元、最高500万元（分档未列）",
            "ifqualifiedatleast200,000yuan,upto5,000,000yuan(分档未列)",
        ),
        ({"not_published": "分档未列"}, {}, "若符合分档未列", "ifqualified分档未列"),
    ],
)
def test_an_open_clause_says_what_it_comes_to_once_it_is_met(
    award: dict[str, Any], facts: dict[str, Any], zh: str, en: str
) -> None:
    for text in lines(award, facts, when=OPEN):
        assert zh in text
    for text in lines(award, facts, "en", when=OPEN):
        assert en in text


@pytest.mark.parametrize(
    ("award", "entity", "text"),
    [
        ({**SHARE, "cap": "20万元"}, "project", "若符合每个建设项目最高20万元"),
        (SHARE, "project", "若符合每个建设项目最高金额尚不能确定"),
        ({"exact": "1万元"}, "project", "若符合每个建设项目1万元"),
        (
            {"by": "title_level", "tiers": [{"is": "国家级", "exact": "20万元"}, {"is": "省级", "exact": "10万元"}]},
            "title",
            "若符合每个资质荣誉10万元至20万元",
        ),
    ],
)
def test_of_a_list_that_nobody_gave_it_is_told_for_each_item(award: dict[str, Any], entity: str, text: str) -> None:
    assert [text in told for told in lines(award, {}, for_each=entity)] == [True] * 3


def test_the_sum_of_an_item_is_told_as_the_sum_it_is() -> None:
    for text in lines(SHARE, PROJECTS, for_each="project", when={"fact": "newly_completed", "is": True}):
        assert "若符合100万元" in text


def test_what_is_met_within_limits_says_them() -> None:
    """The total counts 20万元 as certain: the line that the company reads says so too."""
    award = {"not_published": "分档未列", "floor": "20万元", "cap": "500万元"}
    for text in lines(award, {}):
        assert "✓符合甲至少20万元、最高500万元（分档未列）" in text
    [checked, *_] = lines(award, {}, "en")
    assert "✓qualified甲atleast200,000yuan,upto5,000,000yuan(分档未列)" in checked


def test_a_refused_clause_comes_to_nothing() -> None:
    evaluator = Evaluator(read({"exact": "1万元"}, clause={"when": OPEN}), "native")
    refused, _ = evaluator.check({"name": "某公司", "own_brand": False}, ON).determinations
    met, _ = evaluator.check({"name": "某公司", "own_brand": True}, ON).determinations
    assert refused.award.if_met == refused.award.interval == Interval(Decimal(0), Decimal(0))
    assert met.award.if_met == met.award.interval == Interval(Decimal(10_000), Decimal(10_000))
