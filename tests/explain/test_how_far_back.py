"""To which year the ledger must reach is told wherever it is asked for: in both languages, and as data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from incentives import (
    Decision,
    Evaluator,
    Explanation,
    Interview,
    PolicySet,
    json_schema,
    next_question,
    open_facts,
)
from incentives.advice.question import fact_asked
from incentives.explain.guidance import Why
from incentives.explain.guidance_text import render_why
from incentives.explain.interviews import question_lines
from incentives.explain.terminal import render_check
from incentives.report.formats import render_report
from incentives.texts import Lang
from tests.cli.run import run
from tests.conformance.cases import CASES, read_case
from tests.report.read_back import flat, page

ON = date(2026, 7, 1)
SINCE = [
    ("since-the-policy", "zh", "须列全2020年以来的。"),
    ("since-the-policy", "en", "All since 2020 are needed."),
    ("since-the-founding", "zh", "须列全2023年以来的。"),
    ("undated", "zh", "各年的都要列全，从企业成立起。"),
    ("undated", "en", "Those of every year are needed, from the founding of the company on."),
    ("ledger-short", "zh", "须追溯到2023年。"),
    ("ledger-short", "en", "It must reach back to 2023."),
    ("undated-ledger", "zh", "须追溯到企业成立的那一年。"),
    ("undated-ledger", "en", "It must reach back to the year in which the company was founded."),
]


def case_of(name: str) -> tuple[Evaluator, Any]:
    if name == "undated-ledger":
        case = read_case(CASES / "ledger-back-to" / "undated")
        return Evaluator(case.policy_set(), "native"), {"grants": []}
    case = read_case(CASES / "ledger-back-to" / name)
    return Evaluator(case.policy_set(), "native"), case.read_profile()


@pytest.mark.parametrize(("name", "lang", "text"), SINCE)
def test_where_it_is_missing(name: str, lang: Lang, text: str) -> None:
    evaluator, profile = case_of(name)
    explanation = Explanation.of(evaluator, profile, ON)
    assert flat(text) in flat(render_check(explanation, lang, date_given=True))
    assert flat(text) in flat(page(render_report(explanation, ".html", lang)).text)


@pytest.mark.parametrize(("name", "lang", "text"), SINCE)
def test_where_one_clause_is_explained(name: str, lang: Lang, text: str) -> None:
    evaluator, profile = case_of(name)
    whys = Why.of(evaluator, profile, ON, "ledger-back-to", "once")
    assert flat(text) in flat(render_why(whys, lang))


@pytest.mark.parametrize(("name", "lang", "text"), SINCE)
def test_where_it_is_asked(name: str, lang: Lang, text: str) -> None:
    evaluator, profile = case_of(name)
    question = Interview(evaluator, profile, ON).question
    assert question is not None
    assert question == next_question(evaluator, profile, ON)
    fact = fact_asked(question, evaluator.policies.vocabulary)
    assert f"   {text}" in question_lines(question, fact, 1, None, lang)


def test_a_question_of_something_else_reaches_nowhere(shipped: PolicySet) -> None:
    question = next_question(Evaluator(shipped, "native"), {}, ON)
    assert question is not None
    assert question.entity != "grant"
    assert question.back_to is None


@pytest.mark.parametrize(("name", "told"), [("since-the-founding", 2023), ("undated", "every_year")])
def test_it_is_part_of_what_programs_are_given(name: str, told: object) -> None:
    evaluator, profile = case_of(name)
    decision = evaluator.check(profile, ON)
    question = next_question(evaluator, profile, ON)
    assert question is not None
    assert question.to_dict()["back_to"] == told
    assert [one.to_dict()["back_to"] for one in open_facts(decision)] == [told]
    for given, schema in (
        (decision.to_dict(), "decision"),
        (question.to_dict(), "question"),
        (open_facts(decision)[0].to_dict(), "open-fact"),
    ):
        assert list(Draft202012Validator(json.loads(json_schema(schema))).iter_errors(given)) == []
    assert decision.to_dict()["policies"][0]["missing"][0]["back_to"] == told
    assert TypeAdapter(Decision).validate_json(decision.to_json()) == decision


def test_the_command_asks_to_which_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # what is not saved lands in the folder at hand
    policy = CASES.parents[1] / "policies" / "fuqing-headquarters-2022"
    known = (policy / "examples" / "cap-and-ledger.yaml").read_text(encoding="utf-8")
    start = tmp_path / "start.yaml"
    kept = [line for line in known.splitlines() if not line.startswith(("grants", "ledger_from", "  - {name: 2025"))]
    start.write_text("\n".join(kept), encoding="utf-8")
    fixed = (str(start), "--policy", policy.name, "--as-of", "2025-06-01")
    asked = run("ask", *fixed, "--lang", "zh", stdin="")
    assert "1. 兑现台账中有哪些已经兑现的奖补？\n   须列全2025年以来的。\n" in asked.stdout
    asked = run("ask", *fixed, "--lang", "en", stdin="无\n")
    assert "   It must reach back to 2025.\n" in asked.stdout
    checked = run("check", *fixed, "--lang", "en")
    assert "    All since 2025 are needed.\n" in checked.stdout
