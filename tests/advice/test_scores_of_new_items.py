"""A score of the company's figures and of what its items add up to, held against trying every height of each."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.trial import Trial
from incentives.advice.ways import Way
from incentives.facts.places import Place
from incentives.language.model import Policy
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy
from tests.advice.trials import refusals

REVENUE, STAFF = (Place("company", None, fact, 2026) for fact in ("revenue", "employees_average"))
RISING = {"revenue", "employees_average", "premise", "self_used_area"}
FIXED = frozenset(
    name for entity in VOCABULARY.entities.values() for name in (entity.id, *entity.facts) if name not in RISING
)
CHANGEABLE = Changeable(VOCABULARY, ON, FIXED)

Rows = tuple[tuple[int, int], ...]
"""From how much on how many points are given, the least first."""


class Score(NamedTuple):
    """What a score is made of, what it has to reach, and where the company stands."""

    rows: tuple[Rows, Rows, Rows]
    reach: int
    now: tuple[int, int, int]

    @staticmethod
    def drawn(draw: random.Random) -> Score:
        rows = tuple(drawn_rows(draw) for _ in range(3))
        most = sum(some[-1][1] for some in rows)
        now = (draw.randint(0, 5), draw.randint(0, 5), 0)
        return Score((rows[0], rows[1], rows[2]), draw.randint(most // 3, most), now)

    def points(self, heights: tuple[int, ...]) -> int:
        return sum(
            max((given for least, given in rows if least <= height), default=0)
            for rows, height in zip(self.rows, heights, strict=True)
        )

    def smallest(self) -> set[tuple[int, ...]]:
        """The heights that do, of which none can be less."""
        tried = [
            sorted({now, *(least for least, _ in rows if least > now)})
            for now, rows in zip(self.now, self.rows, strict=True)
        ]
        does = [some for some in product(*tried) if self.points(some) >= self.reach]
        return {
            one
            for one in does
            if not any(other != one and all(a <= b for a, b in zip(other, one, strict=True)) for other in does)
        }


def drawn_rows(draw: random.Random) -> Rows:
    steps = sorted(draw.sample(range(1, 10), draw.randint(1, 3)))
    points = sorted(draw.sample(range(1, 8), len(steps)))
    return tuple((step, 5 * given) for step, given in zip(steps, points, strict=True))


def written(rows: Rows, unit: str) -> str:
    return ", ".join(f"{{at_least: {least}{unit}, gives: {given}分}}" for least, given in rows[::-1])


def drawn(draw: random.Random) -> tuple[Policy, Trial]:
    score = Score.drawn(draw)
    parts = ("{this_year: revenue}", "{this_year: employees_average}", "{sum_of: premise.self_used_area}")
    units = ("000万元", "0人", "00平方米")
    tables = ", ".join(
        f"{{by: {by}, rows: [{written(rows, unit)}], otherwise: 0分}}"
        for by, unit, rows in zip(parts, units, score.rows, strict=True)
    )
    known = evaluator(policy("one", [clause("one", f"{{sum_of: [{tables}], at_least: {score.reach}分, says: 分}}")]))
    version = known.applicable(ON)[0]
    raw = {
        "name": "乙",
        "revenue": {2026: f"{score.now[0]}000万元"},
        "employees_average": {2026: f"{score.now[1]}0人"},
        "premises": [],
    }
    return version, Trial(version.clauses[0], known.profile(raw), ON, None)


def told(way: Way, score: Score) -> Iterator[tuple[int, ...]]:
    """The heights that a way tells, where it has no more than one new item."""
    revenue, staff, area = score.now
    for change in way.changes:
        if change.place == REVENUE:
            assert isinstance(change.after, Decimal)
            revenue = int(change.after / 10_000_000)
        elif change.place == STAFF:
            assert isinstance(change.after, int)
            staff = change.after // 10
        else:
            assert isinstance(change.after, Decimal)
            area = int(change.after / 100)
    if sum(len(added.keys) for added in way.adds) <= 1:
        yield revenue, staff, area


def test_every_smallest_set_of_heights_is_told_with_new_items_too() -> None:
    seen: Counter[str] = Counter()
    count = 2000 if os.environ.get("INCENTIVES_SEARCH") == "long" else 150
    for seed, _, found in refusals(drawn, CHANGEABLE, count):
        score = Score.drawn(random.Random(seed))
        few = {heights for way in found.told for heights in told(way, score)}
        assert few <= score.smallest(), seed
        assert found.left_out or few == score.smallest(), seed
        seen["refused"] += 1
        seen["left out"] += found.left_out
        seen["beside a new item"] += any(way.adds and len(way.changes) > 1 for way in found.told)
        seen["all three"] += any(way.adds and len(way.changes) > 2 for way in found.told)
    assert seen["refused"] > 100, seen
    assert seen["beside a new item"] > 50, seen
    assert seen["all three"] > 20, seen
    assert seen["left out"] * 10 < seen["refused"], seen
