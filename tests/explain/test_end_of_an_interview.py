"""The end of an interview tells what is refused as `check` does, under one policy and under several."""

from __future__ import annotations

import pytest

from incentives import Explanation
from incentives.explain.interviews import result_lines
from incentives.explain.terminal import render_check
from incentives.texts import Lang
from tests.advice.policies import ON, clause, evaluator, large, nearly, policy

MET = clause("met", "{fact: revenue, year: this_year, at_least: 1000万元}")
OF_ITEMS = clause("each", "{fact: investment, at_least: 1亿元}", for_each="project")
COMPANY = {**nearly("revenue"), "projects": []}


def told(text: str, lang: Lang, *others: str) -> tuple[list[str], list[str]]:
    """What the end of an interview, and `check`, say of what is not met."""
    found = Explanation.of(evaluator(text, *others), COMPANY, ON)
    both = list(result_lines(found, lang)), render_check(found, lang, date_given=True).splitlines()
    return tuple([line.strip() for line in lines if "✗" in line and "  奖" in line] for lines in both)  # type: ignore[return-value]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("clauses", [[MET, large("revenue"), OF_ITEMS], [large("revenue"), OF_ITEMS]])
def test_what_is_refused_is_told_as_in_a_check(clauses: list[str], lang: Lang) -> None:
    asked, checked = told(policy("own", clauses), lang)
    assert len(asked) == 2
    assert asked == checked


def test_of_several_policies_those_that_bring_nothing_are_counted() -> None:
    found = Explanation.of(
        evaluator(policy("own", [MET, large("revenue")]), policy("other", [large("revenue")])), COMPANY, ON
    )
    lines = [line.strip() for line in result_lines(found, "zh")]
    assert "✗ 不符合  奖revenue" in lines
    assert "符合或待定 1 项政策，不符合 1 项" in lines


def test_of_one_policy_among_several_a_few_are_told_and_the_others_counted() -> None:
    many = [clause(f"no-{number}", "{fact: revenue, year: this_year, at_least: 1亿元}") for number in range(8)]
    found = Explanation.of(evaluator(policy("own", [MET, *many]), policy("other", [MET])), COMPANY, ON)
    lines = [line.strip() for line in result_lines(found, "zh")]
    assert sum(line.startswith("✗ 不符合  奖no-") for line in lines) == 5
    assert "……另有 3 条不符合" in lines
