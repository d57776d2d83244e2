"""Marks for tests that need something not every environment has."""

from __future__ import annotations

import pytest

from incentives import engines_present

needs_durable = pytest.mark.skipif(
    "durable" not in engines_present(), reason="durable-rules is not installed here: the native engine decides"
)
