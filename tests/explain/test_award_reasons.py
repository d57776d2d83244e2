"""What a report says of an amount that waits: for a person, and for the ledger under a limit on several awards."""

from __future__ import annotations

from datetime import date

import pytest

from incentives import Evaluator, Explanation, load_policies
from incentives.explain.terminal import render_check
from incentives.texts import Lang, in_language
from tests.conformance.cases import CASES, read_case


def _report(name: str, lang: Lang) -> str:
    case = read_case(CASES / "award-reasons" / name)
    explained = Explanation.of(Evaluator(case.policy_set(), "reference"), case.read_profile(), case.on)
    return render_check(explained, lang, date_given=True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "\n  金额待人工认定：比值无定义（除数为零）\n"),
        ("en", "\n  the amount is for a person to decide: the ratio is undefined (it divides by\n  nothing)\n"),
    ],
)
def test_a_ratio_over_nothing_is_told(lang: Lang, text: str) -> None:
    assert text in _report("ratio-over-nothing", lang)
    assert text not in _report("ledger-unknown", lang)


def test_what_is_judged_in_an_amount_is_told() -> None:
    text = _report("waits-for-a-person", "zh")
    assert "\n  金额待人工认定：数字化水平、是否为强由专家评定\n" in text
    assert "\n  金额待人工认定：评审核定比例、评审核定比例？\n" in text


def test_the_ledger_that_a_total_waits_for_is_asked() -> None:
    assert "还缺这些事实" in _report("ledger-unknown", "zh")
    assert "还缺这些事实" not in _report("ratio-over-nothing", "zh")


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "500万元，此前没有年度"), ("en", "5,000,000 yuan, no year before")]
)
def test_a_company_in_its_first_year_is_told_that_there_is_no_year_before(lang: Lang, said: str) -> None:
    evaluator = Evaluator(load_policies(), "native")
    profile = {"name": "甲", "founded": "2025-02-01", "revenue": {2025: "500万元"}}
    explained = Explanation.of(evaluator, profile, date(2026, 3, 1), "shuangliu-liyuan-2025")
    actual = [
        in_language(condition.actual, lang)
        for policy in explained.policies
        for clause in policy.clauses
        for item in clause.items
        for condition in item.conditions
        if condition.actual is not None
    ]
    assert said in actual
