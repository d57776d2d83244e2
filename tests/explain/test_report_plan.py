"""What a report says of what could be done: the first entries, and how many there are beside them."""

from __future__ import annotations

from datetime import date

import pytest

from incentives import Evaluator, Explanation, GapPlan, load_policies, render_report
from incentives.explain.guidance_text import SHOWN
from incentives.texts import Lang

ON = date(2026, 3, 1)
EXAMPLE = "policies/chengdu-hitech-18-2018/examples/three-incubators.yaml"
KNOWN = Evaluator(load_policies(), "native")


@pytest.mark.parametrize(("lang", "said"), [("zh", "项没有列出"), ("en", " more not listed")])
def test_a_report_says_how_many_entries_of_the_plan_it_leaves_out(lang: Lang, said: str) -> None:
    every = GapPlan.of(KNOWN, EXAMPLE, ON)
    left = len(every.gains) - SHOWN
    assert left > 0
    found = Explanation.of(KNOWN, EXAMPLE, ON)
    assert f"{left} {said.strip()}" in render_report(found, ".md", lang, plan=every).decode()
    few = GapPlan.of(KNOWN, EXAMPLE, ON, "wuhou-microwave-rf-2023")
    assert 0 < len(few.gains) <= SHOWN
    assert said not in render_report(found, ".md", lang, plan=few).decode()
