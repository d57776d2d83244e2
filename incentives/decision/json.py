"""Results as JSON, by pydantic. Imported only where JSON is asked for, because building a schema takes time."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter

Result = TypeVar("Result")


def to_data(kind: type[Result], value: Result) -> dict[str, Any]:
    data: dict[str, Any] = TypeAdapter(kind).dump_python(value, mode="json")
    return data


def to_text(kind: type[Result], value: Result) -> str:
    return TypeAdapter(kind).dump_json(value, indent=2).decode()


def schema_text(kind: Any) -> str:
    """The JSON Schema of what `to_text` writes of that kind."""
    schema = TypeAdapter(kind).json_schema(mode="serialization")
    return json.dumps(schema, ensure_ascii=False, indent=2)
