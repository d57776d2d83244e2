"""Fixtures and hooks of the scenarios: a world for each, once per engine; failures say which step it was."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path

import pytest
from pytest_bdd.parser import Feature, Scenario, Step

from incentives import engines_present

from .given_when import *  # noqa: F403
from .template import TABLE_FOLLOWS, nearest_step
from .then import *  # noqa: F403
from .world import World


@pytest.fixture(params=engines_present())
def deciding_engine(request: pytest.FixtureRequest) -> str:
    """Each engine that is present, in turn."""
    return str(request.param)


@pytest.fixture
def world(deciding_engine: str) -> World:
    return World(deciding_engine)


def pytest_bdd_before_step_call(step: Step, step_func: Callable[..., object]) -> None:
    """A table that a step would not read, or one that is announced and absent, is a mistake."""
    takes_table = "datatable" in signature(step_func).parameters
    if step.docstring is not None:
        raise AssertionError("步骤下面不能写文本段")
    if step.datatable is not None and not takes_table:
        raise AssertionError("这个步骤不带表格")
    if step.name.endswith(TABLE_FOLLOWS) != (step.datatable is not None):
        raise AssertionError("有表格的步骤以“：”结尾，没有表格的不以“：”结尾")


def pytest_bdd_step_error(feature: Feature, scenario: Scenario, step: Step, exception: Exception) -> None:
    exception.add_note(_place(feature, scenario, step))


def pytest_bdd_step_func_lookup_error(feature: Feature, scenario: Scenario, step: Step, exception: Exception) -> None:
    close = nearest_step(step.name)
    hint = f"；最接近的写法是：{close}" if close else ""
    exception.add_note(f"没有这个步骤{hint}；全部步骤见 features/README.md\n{_place(feature, scenario, step)}")


def _place(feature: Feature, scenario: Scenario, step: Step) -> str:
    return (
        f"功能：{feature.name}\n场景：{scenario.name}\n"
        f"步骤：{step.name}（{Path(feature.filename).name} 第{step.line_number}行）"
    )
