"""Every block of both READMEs does what it says. What installs is run by `.ci/run`, exactly as written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from incentives import engines_present
from tests.generators import read_raw
from tests.readme.blocks import READMES, ROOT, Block, agrees, blocks, marked

CASES = [pytest.param(block, id=f"{readme}-{block.name}") for readme in READMES for block in blocks(readme)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the READMEs' commands look at, with this environment in the place of theirs."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("policies", "features", "tests", "incentives"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    commands = root / ".venv" / "bin"
    commands.mkdir(parents=True)
    for command, module in (("incentives", "incentives"), ("pytest", "pytest")):
        script = commands / command
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    for readme in READMES:
        for block in blocks(readme):
            if block.mark == "file" and block.value is not None:
                (root / block.value).write_text(block.body, encoding="utf-8")
    return root


def reader_environment(**also: str) -> dict[str, str]:
    """What a reader's terminal gives: 80 columns, and nothing of how these tests themselves are run."""
    return {
        name: value for name, value in os.environ.items() if name not in ("CI", "BUILD_NUMBER", "PYTEST_ADDOPTS")
    } | {
        "COLUMNS": "80",
        **also,
    }


@pytest.mark.parametrize("block", CASES)
def test_a_block_does_what_the_readme_says(block: Block, checkout: Path) -> None:
    if block.mark == "run":
        script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
        same = [
            other
            for other in READMES
            for known in blocks(other)
            if (known.value, known.body) == (block.value, block.body)
        ]
        assert any(f"tests.readme.run {other} {block.value}" in script for other in same), (
            "`.ci/run` runs what installs"
        )
        return
    if block.kind == "yaml" and block.mark == "part":
        assert_is_part(read_raw(block.body), read_raw((ROOT / str(block.value)).read_text(encoding="utf-8")))
        return
    if block.kind == "yaml":
        assert block.mark == "file", "a YAML block is a file that a command uses, or a part of one"
        return
    command = ["bash", "-e", "-c", block.body] if block.kind == "sh" else [sys.executable, "-c", block.body]
    environment = reader_environment(PYTHONPATH=str(checkout), PYTHONIOENCODING="utf-8", INCENTIVES_README="1")
    ran = subprocess.run(
        command,
        cwd=checkout,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    expected_exit = int(block.value or 0) if block.mark == "exit" else 0
    assert ran.returncode == expected_exit, ran.stdout
    assert block.output is not None, "a command in the README shows what it prints"
    printed = ran.stdout
    if "durable" not in engines_present():
        printed = printed.replace("engine native", "engine durable").replace("引擎 native", "引擎 durable")
    assert agrees(printed, block.output), printed


def assert_is_part(shown: Any, policy: Any) -> None:
    """What a README shows of a clause stands in the policy: its title, its award, and each condition it shows."""
    for clause, parts in shown.items():
        written = policy["clauses"][clause]
        assert (parts["title"], parts["award"]) == (written["title"], written["award"])
        assert all(condition in written["when"] for condition in parts["when"])


def test_both_readmes_hold_the_same_commands_and_files() -> None:
    english, chinese = ([block for block in blocks(readme) if block.mark in ("run", "file")] for readme in READMES)
    assert [(block.mark, block.value) for block in english] == [(block.mark, block.value) for block in chinese]
    assert [block.body for block in english if block.mark == "file"] == [
        block.body for block in chinese if block.mark == "file"
    ]


def test_a_block_that_prints_something_else_is_noticed() -> None:
    output = marked("README.md", "setup").output
    assert output is not None
    assert not agrees(output.replace("qualified", "refused"), output)
    assert agrees("first\nmany\nmore\nlast\n", "first\n…\nlast\n")
    assert not agrees("first\nmany\nmore\n", "first\n…\nlast\n")
