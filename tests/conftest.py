"""What all tests share: each engine present in turn, the shipped policies, how thoroughly to search.

Examples are the same on every run. `INCENTIVES_SEARCH=long` looks at many more, new ones each time.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from incentives import PolicySet, engines_present, load_policies

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

settings.register_profile(
    "short", max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW
)
settings.register_profile("long", max_examples=10_000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("INCENTIVES_SEARCH", "short"))


@pytest.fixture(params=engines_present())
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine that can run here, so that every case runs on every engine."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def shipped() -> PolicySet:
    """The policies that come with the package."""
    return load_policies()
