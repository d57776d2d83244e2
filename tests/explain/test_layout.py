"""Every screen, laid out for a terminal: no two words of English become one at the end of a line."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from incentives import Evaluator, Explanation, GapPlan, Why, load_policies
from incentives.explain import layout
from incentives.explain.glance import Glance
from incentives.explain.guidance_text import render_plan, render_why
from incentives.explain.terminal import render_check, render_clauses, render_overview, render_reasons

ON = date(2026, 3, 1)
POLICIES = Path(__file__).parents[2] / "policies"
EVALUATOR = Evaluator(load_policies(), "native")


def of_every(profile: str) -> Iterator[str]:
    """All policies at once."""
    found = Explanation.of(EVALUATOR, profile, ON)
    glance = Glance.of(EVALUATOR, EVALUATOR.profile(profile), found)
    yield render_overview(found, glance, "en", date_given=True, screen=1000)
    yield render_reasons(found, glance, "en", screen=1000)
    yield render_clauses(found, "en", date_given=True)
    yield render_check(found, "en", date_given=True)


def of_one(profile: str) -> Iterator[str]:
    """The policy of the profile alone."""
    policy = Path(profile).parents[1].name
    yield render_why(Why.of(EVALUATOR, profile, ON, policy), "en")
    yield render_plan(GapPlan.of(EVALUATOR, profile, ON, policy), "en", show_all=True)


def words(text: str) -> set[str]:
    """The words of Latin letters; a name that is cut may be cut within one."""
    return set(re.findall(r"[A-Za-z]+(?!…)\b", text))


@pytest.mark.parametrize("profile", ["changxing-industry/edges", "chengdu-ic-2023/one-fen-below"])
@pytest.mark.parametrize("screens", [of_every, of_one])
def test_no_words_are_joined_where_a_line_ends(
    screens: Callable[[str], Iterator[str]], profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy, name = profile.split("/")
    given = str(POLICIES / policy / "examples" / f"{name}.yaml")
    narrow = list(screens(given))
    ours = [module for name, module in list(sys.modules.items()) if name.startswith("incentives.")]
    for module in [one for one in ours if getattr(one, "WIDTH", None) == layout.WIDTH]:
        monkeypatch.setattr(module, "WIDTH", 10_000)
    for screen, wide in zip(narrow, screens(given), strict=True):
        assert words(screen) <= words(wide)
