"""What a policy of the whole language decides in a world: who qualifies, for how much, and the total.

Where `tests.oracle` follows conditions of version 1 to the reasons of an open answer, this one answers in worlds
in which nothing is open; the laws of intervals are then shown by trying many.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracle_awards import payable
from tests.oracle_conditions import holds, listed
from tests.oracle_reach import reaches
from tests.oracle_stacking import Claim, totals
from tests.oracle_terms import granted
from tests.oracle_values import day, duration, moved
from tests.oracle_world import COMPANY, View, World, first_day, item_key, year_or_month

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A policy in a world. `rows` say of each clause and item whether it qualifies; `paid` is in fen."""

    rows: Mapping[Claim, bool]
    paid: Mapping[Claim, int]
    least: int
    most: int
    others_least: int = 0
    others_most: int = 0


def outcome(world: World) -> Outcome:
    rows: dict[Claim, bool] = {}
    paid: dict[Claim, int] = {}
    for name, clause in world.policy["clauses"].items():
        entity = clause.get("for_each", COMPANY)
        places = [View(world, entity, item) for item in world.items(entity)] if entity != COMPANY else [View(world)]
        if not places:
            rows[name, ""] = False
            paid[name, ""] = 0
        for view in places:
            key = (name, item_key(view.item) if view.item is not None else "")
            rows[key] = _qualifies(name, clause, view)
            paid[key] = payable(clause, view) if rows[key] else 0
    own, others = totals(paid, View(world))
    return Outcome(rows, paid, own.least, own.most, others.least, others.most)


def _qualifies(name: str, clause: Raw, view: View) -> bool:
    world = view.world
    common = world.policy.get("common_conditions")
    return all(
        (
            in_force(clause["in_force"], world) if "in_force" in clause else True,
            granted([name], view) == 0 if "once_only" in clause else True,
            granted([name], view, same=True) == 0 if "once_for_each" in clause else True,
            listed(common, View(world)) if common else True,
            _has_begun(world.policy["in_force"], world),
            _has_begun(clause["in_force"], world) if "in_force" in clause else True,
            listed(clause["when"], view) if clause.get("when") else True,
            reaches(clause["award"], view),
        )
    )


def _has_begun(period: Raw, world: World) -> bool:
    """In the year or month of which alone is known that it holds the first day, people say whether that is past."""
    first = period["counted_from"] if period["from"] == "not_published" else period["from"]
    within = year_or_month(first)
    return within is None or world.on > within[1] or holds({"not_published": "起算日"}, View(world))


def in_force(period: Raw, world: World) -> bool:
    start = first_day(period)
    until = period["until"]
    if until in ("none", "not_published"):
        return start <= world.on
    within = year_or_month(until)
    if within is not None:
        return start <= world.on <= within[1]
    if re.fullmatch(r"[0-9]+(年|个月|天)", until):
        return start <= world.on < moved(start, *duration(until))
    return start <= world.on <= day(until)
