"""Whether an award that goes by tiers or steps reaches any of them in a world, straight from the raw data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.oracle_awards import form_of
from tests.oracle_conditions import listed, told
from tests.oracle_curves import ends, fits, further, steps
from tests.oracle_terms import amount, head_of, value
from tests.oracle_world import View

Fields = Mapping[str, Any]


def reaches(award: Fields, view: View) -> bool:
    """Whether an amount has a tier or step to stand on; one that goes by neither always has, and so has a floor."""
    if "floor" in award:
        return True
    return _form(award, view) or ("plus" in award and reaches(award["plus"], view))


def _form(award: Fields, view: View) -> bool:
    form = form_of(award)
    match form:
        case "exact" | "up_to":
            return _worked_out(award[form], view)
        case "tiers":
            there = view.timed(award)
            key = value(award["by"], there)
            row = next((row for row in award["tiers"] if fits(row, key)), award.get("otherwise"))
            return row is not None and reaches(row, there)
        case "tier_cases":
            row = next((row for row in award["tier_cases"] if listed(told(row), view)), award.get("otherwise"))
            return row is not None and reaches(row, view)
        case "adds_up":
            return any(reaches(part, view) for part in award["adds_up"])
        case None if "share" not in award:
            return _worked_out(award, view)
        case _:
            return True


def _worked_out(term: Any, view: View) -> bool:
    if not isinstance(term, Mapping):
        return True
    head = head_of(term)
    view = view.timed(term)
    match head:
        case "sum_of":
            return not isinstance(term[head], list) or any(_worked_out(part, view) for part in term[head])
        case "smallest_of":
            return not isinstance(term[head], list) or _worked_out(term[head][0], view)
        case "difference_of":
            return _worked_out(term[head], view)
        case "by":
            key = value(term["by"], view)
            row = next((row["gives"] for row in term["rows"] if fits(row, key)), term.get("otherwise"))
            return _worked_out(row, view)
        case "cases":
            row = next((row["gives"] for row in term["cases"] if listed(told(row), view)), term.get("otherwise"))
            return _worked_out(row, view)
        case "for_every":
            return further(term, amount(term["of"], view)) > 0
        case "slices_of":
            lowest = min(ends(row)[0] for row in term["slices"])
            return lowest <= 0 or amount(term[head], view) > lowest
        case "first_time_reaching":
            return steps(term, view) > 0
        case _:
            return True
