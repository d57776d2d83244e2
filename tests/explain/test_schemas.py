"""What programs are given is what the published schemas say."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

import incentives
from incentives.cli.browse import SchemaName
from incentives.decision.json import to_data
from incentives.diagnostics import Span
from incentives.explain.guidance import GapPlan, Why, why_json
from incentives.explain.schemas import SCHEMAS

POLICIES = incentives.load_policies()
EVALUATOR = incentives.Evaluator(POLICIES, "native")
ON = date(2026, 3, 1)
WUHOU = "wuhou-microwave-rf-2023"
OVER = incentives.Place("company", None, "paid_in_capital")
EXAMPLES = sorted((Path(__file__).parents[2] / "policies" / WUHOU / "examples").glob("*.yaml"))
REFUSALS = [
    incentives.Refusal.of("-", incentives.ProfileRefused([incentives.Diagnostic(code, place)]))
    for code, place in (
        (incentives.Code.FILE_MISSING, Span("-")),
        (incentives.Code.FILE_EMPTY, Span("-", 1, 2, 1, 3)),
    )
]

ANSWERS: dict[str, Callable[[Path], object]] = {
    "curve": lambda path: incentives.Curve.of(EVALUATOR, path, ON, OVER),
    "decision": lambda path: EVALUATOR.check(path, ON),
    "explanation": lambda path: incentives.Explanation.of(EVALUATOR, path, ON, with_receipt=True),
    "explanations": lambda path: [incentives.Explanation.of(EVALUATOR, path, ON, WUHOU), *REFUSALS],
    "open-fact": lambda path: incentives.open_facts(EVALUATOR.check(path, ON))[0],
    "plan": lambda path: GapPlan.of(EVALUATOR, path, ON, WUHOU),
    "question": lambda path: incentives.next_question(EVALUATOR, path, ON),
    "why": lambda path: list(Why.of(EVALUATOR, path, ON, WUHOU)),
}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.stem))
def test_an_answer_is_as_its_schema_says(name: str, path: Path) -> None:
    schema = json.loads(incentives.json_schema(name))
    Draft202012Validator.check_schema(schema)
    given: Any = ANSWERS[name](path)
    answer = json.loads(why_json(given)) if name == "why" else to_data(SCHEMAS[name], given)
    if isinstance(given, incentives.Question | incentives.OpenFact):
        assert given.to_dict() == answer
    assert list(Draft202012Validator(schema).iter_errors(answer)) == []
    one = answer[0] if isinstance(answer, list) else answer
    broken = {key: value for key, value in one.items() if key not in ("on", "policy", "question")}
    assert list(Draft202012Validator(schema).iter_errors([broken] if isinstance(answer, list) else broken))


@pytest.mark.parametrize("name", sorted(SCHEMAS))
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.stem))
def test_an_answer_read_back_is_the_same(name: str, path: Path) -> None:
    given, kept = ANSWERS[name](path), TypeAdapter(SCHEMAS[name])
    assert kept.validate_json(kept.dump_json(given)) == given


def test_every_schema_can_be_asked_for_on_the_command_line() -> None:
    assert {name.value for name in SchemaName} == set(SCHEMAS) == set(ANSWERS)
