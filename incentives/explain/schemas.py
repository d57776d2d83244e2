"""The JSON Schemas of what programs are given, by name. Imports all that has a `to_json` or `to_dict`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from incentives.advice.missing import OpenFact
from incentives.advice.question import Question
from incentives.decision.json import schema_text
from incentives.decision.result import Decision
from incentives.diagnostics.refusal import Refusal
from incentives.explain.curves import Curve
from incentives.explain.guidance import GapPlan, Why
from incentives.explain.view import Explanation

SCHEMAS: Mapping[str, Any] = MappingProxyType(
    {
        "curve": Curve,
        "decision": Decision,
        "explanation": Explanation,
        "explanations": list[Explanation | Refusal],
        "open-fact": OpenFact,
        "plan": GapPlan,
        "question": Question,
        "why": list[Why],
    }
)
"""What each schema describes: `check --json` is an explanation, of several profiles a list
of explanations, and of refusals in their places;
`explain --json` a list of whys; a question is what `next_question` and an interview give, an open fact one of those
that `open_facts` gives."""


def json_schema(name: str) -> str:
    """The JSON Schema of that name, as text. Raises `KeyError` where there is none."""
    return schema_text(SCHEMAS[name])
