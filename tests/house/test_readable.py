"""What an officer reads beside the paper: policies that ship and the guide hold no braces three deep."""

from __future__ import annotations

from pathlib import Path

import pytest

from incentives.language.store import shipped_policies
from tests.house.guide import GUIDES, blocks

SHIPPED = sorted(path for path in shipped_policies().glob("*/*.yaml"))
DEEPEST = 2


def depth(line: str) -> int:
    """How deep braces stand within one another on a line, apart from those of words and comments."""
    deepest = now = 0
    for sign in line.partition(" #")[0]:
        now += {"{": 1, "}": -1}.get(sign, 0)
        deepest = max(deepest, now)
    return deepest


def test_depth_is_counted() -> None:
    assert [depth(line) for line in ("a: 1", "{a: {b: 1}, c: {d: 2}}", "{a: [{b: {c: 1}}]}")] == [0, 2, 3]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_braces_stand_three_deep_in_a_policy(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [f"{place}: {line}" for place, line in enumerate(lines, 1) if depth(line) > DEEPEST] == []


@pytest.mark.parametrize("lang", GUIDES)
def test_no_braces_stand_three_deep_in_the_guide(lang: str) -> None:
    written = [line for block in blocks(GUIDES[lang]) for line in str(block).splitlines() if not line.startswith("#")]
    assert len(written) > 100
    assert [line for line in written if depth(line) > DEEPEST] == []
