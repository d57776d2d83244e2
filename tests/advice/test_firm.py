"""Where nothing would change a refusal, what it rests on is named: facts that cannot change, or the day."""

from __future__ import annotations

from typing import Any

import pytest

from incentives import Outcome, Why
from incentives.explain.guidance_text import render_why
from tests.advice.policies import ON, clause, evaluator, policy

APRIL = "{fact: application_day, at_least: 2026-04-01, at_most: 2026-04-30}"
RESEARCH = "{fact: rd_expense, year: last_year, at_least: 500万元, says: 上年研发}"
BY_DAY = "这一天申报，不在规定的日期之内"
WHATEVER_DAY = "不论哪一天申报"


def told(when: str, facts: dict[str, Any]) -> tuple[Why, str]:
    """Why a clause with these conditions is refused for good, and how that reads on one line."""
    [why] = Why.of(evaluator(policy("firm", [clause("one", when)])), {"name": "甲", **facts}, ON, "firm")
    assert why.outcome is Outcome.NOT_QUALIFIED
    assert not why.ways
    return why, "".join(render_why([why], "zh").split())


@pytest.mark.parametrize(
    ("condition", "facts", "named"),
    [
        (RESEARCH, {"rd_expense": {2025: "400万元"}}, "rd_expense"),
        ("{fact: legal_person, is: true}", {"legal_person": False}, "legal_person"),
        ("{fact: founded, at_least: 2024-01-01}", {"founded": "2023-08-15"}, "founded"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_day_that_would_come_is_no_reason_where_a_fact_cannot_change(
    condition: str, facts: dict[str, Any], named: str, first: bool
) -> None:
    parts = [condition, APRIL] if first else [APRIL, condition]
    why, text = told(f"{{all: [{', '.join(parts)}]}}", facts)
    assert why.firm is not None
    assert [view.fact for view in why.firm] == [named]
    assert BY_DAY not in text
    assert (WHATEVER_DAY in text) is (why.firm != why.because)


def test_what_cannot_change_is_named_with_what_it_is_asked_for() -> None:
    _, text = told(f"{{all: [{APRIL}, {RESEARCH}]}}", {"rd_expense": {2025: "400万元"}})
    behind = text.partition(WHATEVER_DAY)[2]
    assert "400万元" in behind
    assert "差100万元" in behind
    assert "“上年研发”" in behind


@pytest.mark.parametrize("until", ["2026-02-15", "2025-12-31"])
def test_a_day_that_is_over_is_the_reason(until: str) -> None:
    late = f"{{fact: application_day, at_most: {until}}}"
    why, text = told(f"{{all: [{late}, {RESEARCH}]}}", {"rd_expense": {2025: "400万元"}})
    assert why.firm == ()
    assert BY_DAY in text


def test_a_window_of_next_year_is_the_reason_this_year() -> None:
    why, text = told("{fact: application_day, at_least: 2027-01-01}", {})
    assert why.firm == ()
    assert BY_DAY in text
