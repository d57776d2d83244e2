"""Whatever a policy and a profile say, every screen and document of them can be printed, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

import incentives
from incentives.explain.catalogue import render_policy
from incentives.explain.glance import Glance
from incentives.explain.guidance import GapPlan, Why, why_json
from incentives.explain.guidance_text import render_plan, render_why
from incentives.explain.terminal import render_check, render_clauses, render_overview, render_reasons
from incentives.explain.view import Explanation
from incentives.texts import Lang
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import WholeCase, whole_case

CASES = (*range(50), 427, 469, 611, 643)
"""The last ones have steps that a company without an earlier year stands before."""
LANGS: tuple[Lang, ...] = ("zh", "en")


def founded_last_year(case: WholeCase) -> dict[str, Any]:
    """The company as one that has no figures of any earlier year."""
    first = case.on.year - 1
    return {"founded": f"{first}-03-01"} | {
        fact: {year: one for year, one in value.items() if isinstance(year, int) and year >= first}
        if isinstance(value, dict)
        else value
        for fact, value in case.full.items()
        if fact != "founded"
    }


@pytest.mark.parametrize("seed", CASES)
def test_every_screen_of_a_generated_case_can_be_printed(seed: int) -> None:
    case = whole_case(seed)
    policies = policy_set(VOCABULARY, case.policy_text)
    evaluator = incentives.Evaluator(policies, "native")
    [policy] = evaluator.applicable(case.on)
    for raw in (case.profile, case.full, {"name": "甲"}, founded_last_year(case)):
        profile = profile_of_raw(raw, VOCABULARY)
        explained = Explanation.of(evaluator, profile, case.on)
        glance = Glance.of(evaluator, profile, explained)
        whys = Why.of(evaluator, profile, case.on, policy.id)
        plan = GapPlan.of(evaluator, profile, case.on)
        printed = [explained.to_json(), why_json(whys), plan.to_json()]
        for lang in LANGS:
            printed += [
                render_policy(policy, lang),
                render_check(explained, lang, date_given=True),
                render_clauses(explained, lang, date_given=True),
                render_overview(explained, glance, lang, date_given=True),
                render_reasons(explained, glance, lang),
                render_why(whys, lang),
                render_plan(plan, lang),
            ]
        assert all(printed)
        assert not [text for text in printed[3:] if "None" in text or "Infinity" in text]
