"""Every scenario of every feature, once for each engine that is present."""

from __future__ import annotations

import pytest
from pytest_bdd import scenarios

scenarios(".")


@pytest.fixture(autouse=True)
def _every_engine(deciding_engine: str) -> None:
    """Asked for here, so that every scenario is repeated for each engine."""
