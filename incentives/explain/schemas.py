"""The JSON Schemas of what programs are given, by name. Imports everything that has a `to_json`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from incentives.decision.json import schema_text
from incentives.decision.result import Decision
from incentives.explain.curves import Curve
from incentives.explain.guidance import GapPlan, Why
from incentives.explain.view import Explanation

SCHEMAS: Mapping[str, type[object]] = MappingProxyType(
    {"curve": Curve, "decision": Decision, "explanation": Explanation, "plan": GapPlan, "why": Why}
)
"""What each schema describes: `check --json` is an explanation, `explain --json` a list of whys."""


def json_schema(name: str) -> str:
    """The JSON Schema of that name, as text. Raises `KeyError` where there is none."""
    return schema_text(SCHEMAS[name])
