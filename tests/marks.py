"""Marks for tests that need something not every environment has."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from incentives import engines_present

needs_durable = pytest.mark.skipif(
    "durable" not in engines_present(), reason="durable-rules is not installed here: the native engine decides"
)

needs_docx = pytest.mark.skipif(
    find_spec("docx") is None, reason="the extra `report` is not installed here: no Word file can be written"
)
