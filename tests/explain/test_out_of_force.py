"""Of a policy that is not in force on the day it is said that it is not, wherever somebody asks for it by name."""

from __future__ import annotations

from datetime import date

import pytest

from incentives import Curve, Explanation, GapPlan, Place, Why
from incentives.drawing.terminal import render_curve
from incentives.explain.guidance_text import render_plan, render_why
from incentives.explain.in_force import out_of_force
from incentives.explain.interviews import result_lines
from incentives.texts import Lang
from tests.advice.policies import evaluator, large, nearly, policy
from tests.cli.run import run

OWN = evaluator(policy("own", [large("revenue")]))
OVER, BEFORE = date(2027, 3, 1), date(2025, 3, 1)
SAID: dict[tuple[Lang, date], str] = {
    ("zh", OVER): "own办法：该日政策已失效（至 2026-12-31 止），不作认定。",
    ("zh", BEFORE): "own办法：该日政策尚未施行（自 2026-01-01 起），不作认定。",
    ("en", OVER): "own办法: No longer in force on that day (until 2026-12-31); nothing is determined.",
}


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("lang", "on"), SAID)
def test_it_is_told_by_a_plan_an_explanation_a_curve_and_an_interview(lang: Lang, on: date) -> None:
    company, said = nearly("revenue"), flat(SAID[lang, on])
    plan = render_plan(GapPlan.of(OWN, company, on, "own"), lang)
    assert said in flat(plan)
    assert "没有找到" not in plan
    assert "No change" not in plan
    assert said in flat(render_why(Why.of(OWN, company, on, "own"), lang, not_in_force=out_of_force(OWN, on, "own")))
    curve = Curve.of(OWN, company, on, Place("company", None, "revenue", 2026), policy="own")
    assert flat(render_curve(curve, lang, on.isoformat())) == said
    asked = flat("\n".join(result_lines(Explanation.of(OWN, company, on, "own"), lang)))
    assert said.replace("：", "").replace(":", "", 1) in asked.replace("：", "").replace(":", "", 1)


def test_of_all_policies_it_is_not_told_of_each() -> None:
    assert not GapPlan.of(OWN, nearly("revenue"), OVER).not_in_force


def test_a_later_day_on_which_it_is_over_is_told_once() -> None:
    text = render_plan(GapPlan.of(OWN, nearly("revenue"), date(2026, 3, 1), "own", by=OVER), "zh")
    assert text.count("own办法") == 1


def test_the_command_line_says_so_of_a_clause() -> None:
    example = "policies/ezhou-negative-list-2018/examples/clean.yaml"
    found = run("explain", example, "可以安排政策性财政资金", "--as-of", "2026-03-01", "--lang", "zh")
    assert "该日政策已失效（至 2018-12-31 止）" in found.stdout
