"""What is told of an award is the same wherever it is told, also of one that is not paid beside another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from incentives import Evaluator, Explanation, PolicySet, Why, open_facts
from incentives.explain.guidance_text import render_why
from incentives.explain.interviews import result_lines
from incentives.explain.terminal import render_check, render_clauses
from incentives.facts.vocabulary_files import load_vocabulary
from incentives.language.store import shipped_policies
from incentives.texts import Lang
from tests.generators import write
from tests.verdicts import policy_set

ON = date(2026, 3, 1)
CAPPED = {
    "per_unit": "1万元/人",
    "of": {"last_year": "employees_average"},
    "cap": {"at": "60万元", "per": ["company", "year"]},
}
RIVALS = [{"higher_of": ["one", "two"], "says": "就高不重复"}]


def policies(two: dict[str, Any], rules: list[dict[str, Any]]) -> PolicySet:
    """A policy of two clauses that are both open: one of 80万元, and the other."""
    awards: list[tuple[str, str, dict[str, Any]]] = [
        ("one", "甲增长奖", {"exact": "80万元"}),
        ("two", "甲用工奖", two),
    ]
    clauses: dict[str, dict[str, Any]] = {
        name: {
            "title": title,
            "when": [{"fact": "own_brand", "is": True}],
            "award": {"kind": "奖励", "paid_to": "企业", **award},
            "source": {"article": "第一条", "says": "原文"},
        }
        for name, title, award in awards
    }
    written = {
        "incentives": 2,
        "policy": "rivals",
        "title": "甲办法",
        "issuer": "某区",
        "document": {
            "kind": "official_text",
            "title": "甲办法",
            "number": "1号",
            "publisher": "某区",
            "published_on": "2024-01-01",
        },
        "in_force": {"from": "2024-01-01", "until": "none"},
        "stacking": {"otherwise": "cumulative", "rules": rules} if rules else "cumulative",
        "clauses": clauses,
    }
    return policy_set(load_vocabulary(shipped_policies() / "vocabulary.yaml"), write(written))


def told(evaluator: Evaluator, profile: dict[str, Any], lang: Lang) -> list[str]:
    """What check, check of every clause, explain and the end of an interview say, without what lays it out."""
    found = Explanation.of(evaluator, profile, ON)
    texts = [
        render_check(found, lang, date_given=True),
        render_clauses(found, lang, date_given=True),
        render_why(Why.of(evaluator, profile, ON, "rivals"), lang),
        "\n".join(result_lines(found, lang)),
    ]
    return ["".join(text.split()) for text in texts]


@pytest.mark.parametrize(
    ("two", "rules", "zh", "en"),
    [
        (CAPPED, [], "若符合合计最高60万元（封顶）", "ifqualifiedinallupto600,000yuan(capped)"),
        (
            CAPPED,
            RIVALS,
            "若符合合计最高60万元（封顶，按叠加规则不计）",
            "ifqualifiedinallupto600,000yuan(capped;notpaidunderthestackingrules)",
        ),
        (
            {"per_unit": "1万元/人", "of": {"last_year": "employees_average"}},
            [{"higher_of": ["one", "two"]}, {"cap": {"at": "60万元", "per": "company"}, "over": ["one", "two"]}],
            "若符合合计最高60万元（封顶）",
            "ifqualifiedinallupto600,000yuan(capped)",
        ),
    ],
    ids=["alone", "beside a rival", "under a limit of both"],
)
def test_an_award_without_an_end_is_told_by_its_limits(
    two: dict[str, Any], rules: list[dict[str, Any]], zh: str, en: str
) -> None:
    evaluator = Evaluator(policies(two, rules), "native")
    in_both: dict[Lang, str] = {"zh": zh, "en": en}
    for lang, text in in_both.items():
        for report in told(evaluator, {"name": "某公司", "grants": [], "ledger_from": 2024}, lang):
            assert text in report
            assert "最高0元" not in report
            assert "upto0yuan" not in report


def test_an_award_that_nothing_bounds_is_not_told_as_limited() -> None:
    per_unit = {"per_unit": "1万元/人", "of": {"last_year": "employees_average"}}
    evaluator = Evaluator(policies(per_unit, RIVALS), "native")
    for report in told(evaluator, {"name": "某公司"}, "zh"):
        assert "若符合最高金额尚不能确定" in report
        assert "封顶" not in report


def test_no_more_hangs_on_a_fact_than_the_limits_of_an_award_let_be_paid() -> None:
    evaluator = Evaluator(policies(CAPPED, RIVALS), "native")
    decided = evaluator.check({"name": "某公司"}, ON)
    hanging = {award.clause: award.at_stake for one in open_facts(decided) for award in one.awards}
    assert hanging == {"one": 800_000, "two": 600_000}
