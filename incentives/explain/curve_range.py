"""Which numbers of a fact a curve is drawn over, where nobody says it. Imports courses, grids and the model."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from incentives.advice.grid import Grid
from incentives.advice.written import beside, written
from incentives.explain.curve_views import Number
from incentives.facts.places import Place, value_at
from incentives.facts.profile import Profile
from incentives.language.model import Policy

_FAR = 4
"""So many times as far as is needed is too far to be drawn."""

_STAIRS = 2
"""So many further steps of those without end are drawn: the others are like them."""

_STEPS = 100
"""So many steps that people speak of are drawn where nothing says how far to go: 100万元 of money."""


def shown(
    policies: Sequence[Policy],
    profile: Profile,
    over: Place,
    grid: Grid,
    step: int,
    start: Number | None,
    end: Number | None,
) -> tuple[int, int]:
    """From nothing to past the last bound that is written, or the value of the profile, where that is further.

    Where there is neither, past what the fact is held against. `step` is how many numbers of the grid make a step
    that people speak of.
    """
    first = max(grid.low, 0) if start is None else max(grid.low, grid.below(start))
    if end is not None:
        return first, min(grid.high, grid.below(end))
    current = value_at(profile, over)
    counting = [grid.below(current)] if isinstance(current, int | Decimal) else []
    clauses = [clause for policy in policies for clause in policy.clauses]
    counting += [number for clause in clauses for number in written(clause, over, grid, profile, _STAIRS)]
    if not any(counting):
        counting = [number for clause in clauses for number in beside(clause, over, grid, profile)]
    return first, max(first, min(grid.high, _past(counting, step)))


def nearer(changing: Sequence[int], first: int, last: int, step: int) -> int | None:
    """A nearer end, past the last number at which anything changes; None where the one at hand is not far beyond.

    What is written may be of another fact.
    """
    found = _past(changing, step)
    return found if first < found < last // _FAR else None


def _past(counting: Sequence[int], step: int) -> int:
    """A quarter past the last number that counts, rounded up to two digits."""
    highest: int = max(counting, default=0) or _STEPS * step
    least = highest + (highest + 3) // 4
    unit: int = 5 * 10 ** max(len(str(least)) - 2, 0)
    return -(-least // unit) * unit
