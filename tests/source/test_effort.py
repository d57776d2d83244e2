"""Twice as much to read takes twice the steps: lines of this package that run are counted, not time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

import incentives
from incentives.source.loader import load_text
from incentives.source.python_data import load_python
from incentives.source.shapes import Entries, Keys, ListOf, Named, Text, Whole
from incentives.source.spelling import nearest
from incentives.source.tree import key_span_at, node_at, span_at

PACKAGE = str(Path(incentives.__file__).parent)


class _Clause(NamedTuple):
    at: Entries
    title: str
    when: tuple[int, ...]


class _Policy(NamedTuple):
    at: Entries
    clauses: dict[str, _Clause]


_POLICY = Keys(_Policy, {"clauses": Named(Keys(_Clause, {"title": Text(), "when": ListOf(Whole())}))})


def steps(call: Callable[[], object]) -> int:
    """Lines of the package that run during the call."""
    count = 0

    def line(_frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def enter(frame: FrameType, *_: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def _written(number: int, clause: str) -> str:
    return "clauses:\n" + "".join(f"  c{i}:\n{clause.format(i=i)}" for i in range(number))


def _read(number: int, clause: str) -> None:
    root = load_text(_written(number, clause), "policy.yaml").root
    assert root is not None
    _POLICY.read(root, root, [])
    for i in range(number):
        path = ("clauses", f"c{i}", "title")
        assert node_at(root, path[:2]) is not None
        assert key_span_at(root, path[:2]).line == span_at(root, path[:2]).line - 1


CLAUSES = {
    "sound": "    title: 奖励{i}\n    when: [1, 2]\n",
    "slip": "    tilte: 奖励{i}\n    when: [1, 2]\n",
    "slips": "    tilte{i}: 奖励\n    when: [1, 2]\n",
    "unlike anything": "    title: 奖励\n    when: [1, 2]\n    zzz{i}: 1\n",
    "without a value": "    title:\n    when: [1, 2]\n",
    "wrong shape": "    title: [1]\n    when: [一]\n",
    "twice": "    title: 奖励\n    title: 奖励\n    when: [1, 2]\n",
    "cut by a comma": "    title: {{a: 1,000万元}}\n    when: [1, 2]\n",
}


@pytest.mark.parametrize("clause", CLAUSES.values(), ids=CLAUSES)
def test_twice_the_clauses_take_twice_the_steps(clause: str) -> None:
    _read(1, clause)  # what is made once
    once, twice = (steps(lambda n=number: _read(n, clause)) for number in (100, 200))  # type: ignore[misc]
    assert once > 1000
    assert twice < 2.1 * once


def test_keys_that_begin_with_three_digits_are_not_looked_through() -> None:
    once, twice = (
        steps(lambda n=number: load_text("".join(f"{i}-:\n" for i in range(100, 100 + n)), "x.yaml"))  # type: ignore[misc]
        for number in (200, 400)
    )
    assert twice < 2.1 * once


def test_twice_the_data_take_twice_the_steps() -> None:
    once, twice = (
        steps(lambda n=number: load_python({"projects": [{"name": str(i)} for i in range(n)]}))  # type: ignore[misc]
        for number in (200, 400)
    )
    assert twice < 2.1 * once


def test_a_slip_made_again_is_not_looked_up_again() -> None:
    known = [f"fact_{i}" for i in range(1000)]
    first = steps(lambda: nearest("fact_1000x", known))
    assert steps(lambda: nearest("fact_1000x", known)) < first / 100
