"""What a report says of what could be done: the first entries, and how many there are beside them."""

from __future__ import annotations

import pytest

from incentives import Explanation, GapPlan, render_report
from incentives.explain.guidance_sentences import SHOWN
from incentives.texts import Lang
from tests.advice.policies import MANY, ON, evaluator, large, nearly, policy

KNOWN = evaluator(policy("many", map(large, MANY)))


@pytest.mark.parametrize(("lang", "said"), [("zh", "另有 {} 项没有列出"), ("en", "{} more not listed")])
@pytest.mark.parametrize("left", [0, 1, 3])
def test_a_report_says_how_many_entries_of_the_plan_it_leaves_out(lang: Lang, said: str, left: int) -> None:
    company = {**nearly(*MANY[: SHOWN + left]), **{fact: {2026: "2亿元"} for fact in MANY[SHOWN + left :]}}
    plan = GapPlan.of(KNOWN, company, ON)
    assert len(plan.gains) == SHOWN + left
    text = render_report(Explanation.of(KNOWN, company, ON), ".md", lang, plan=plan).decode()
    assert (said.format(left) in text) is (left > 0)
