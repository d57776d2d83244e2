"""Which numbers of a fact a curve is drawn over, where nobody says it. Imports courses, grids and the model."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from incentives.advice.along import written
from incentives.advice.grid import Grid
from incentives.explain.curve_views import Number
from incentives.facts.places import Place, value_at
from incentives.facts.profile import Profile
from incentives.language.model import Policy

_FAR = 4
"""So many times as far as is needed is too far to be drawn."""


def shown(
    policies: Sequence[Policy], profile: Profile, over: Place, grid: Grid, start: Number | None, end: Number | None
) -> tuple[int, int]:
    """From nothing to past the last bound that is written, or the value of the profile, where that is further."""
    first = max(grid.low, 0) if start is None else max(grid.low, grid.below(start))
    if end is not None:
        return first, min(grid.high, grid.below(end))
    current = value_at(profile, over)
    counting = [grid.below(current)] if isinstance(current, int | Decimal) else []
    for policy in policies:
        for clause in policy.clauses:
            counting += _bounds(written(clause, over, grid, profile))
    return first, max(first, min(grid.high, _past(counting, grid)))


def nearer(changing: Sequence[int], first: int, last: int, grid: Grid) -> int | None:
    """A nearer end, past the last number at which anything changes; None where the one at hand is not far beyond.

    What is written may be of another fact.
    """
    found = _past(changing, grid)
    return found if first < found < last // _FAR else None


def _past(counting: Sequence[int], grid: Grid) -> int:
    """A quarter past the last number that counts, rounded up to two digits."""
    highest: int = max(counting, default=0) or grid.below(100)
    least = highest + (highest + 3) // 4
    unit: int = 5 * 10 ** max(len(str(least)) - 2, 0)
    return -(-least // unit) * unit


def _bounds(numbers: Sequence[int]) -> list[int]:
    """The last of a clause's numbers; of many, evenly stepped ones, no more than the first dozen."""
    return [numbers[min(len(numbers), 12) - 1]] if numbers else []
