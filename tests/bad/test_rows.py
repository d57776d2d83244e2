"""A row is refused as never reached exactly where every value that fits it fits an earlier row."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from incentives.diagnostics import Span
from incentives.facts.types import MoneyType
from incentives.language.bands import taken_before
from incentives.language.nodes import Bound, Literal, Row
from incentives.values import ZERO

# The ends lie on whole numbers; a value of every stretch between them, below and above all, and each end itself.
POINTS = tuple(Decimal(half) / 2 for half in range(-1, 14))
_NOTHING = Literal(ZERO, MoneyType())
_ENDS = st.none() | st.builds(Bound, st.integers(0, 6).map(Decimal), st.booleans())


def _band(low: Bound | None, high: Bound | None) -> Row:
    return Row("row", Span("policy.yaml"), low, high, None, _NOTHING)


def _listed(values: list[Decimal]) -> Row:
    return Row("row", Span("policy.yaml"), None, None, tuple(values), _NOTHING)


ROWS = st.builds(_band, _ENDS, _ENDS) | st.lists(st.sampled_from(POINTS), min_size=1, max_size=3).map(_listed)


def _fits(row: Row, value: Decimal) -> bool:
    if row.values is not None:
        return value in row.values
    return all(_inside(end, value, sign) for end, sign in ((row.low, 1), (row.high, -1)))


def _inside(end: Bound | None, value: Decimal, sign: int) -> bool:
    """Whether a value lies on the right side of a low end (1) or of a high one (-1)."""
    if end is None:
        return True
    assert isinstance(end.value, Decimal)
    beyond = (value - end.value) * sign
    return beyond > 0 or (end.inclusive and beyond == 0)


@given(ROWS, st.lists(ROWS, max_size=4))
def test_a_row_is_taken_where_every_value_of_it_is(row: Row, earlier: list[Row]) -> None:
    fitting = [value for value in POINTS if _fits(row, value)]
    assume(fitting)
    # Single values that are listed never fill a stretch: of a band only the other bands can leave nothing.
    others = earlier if row.values is not None else [other for other in earlier if other.values is None]
    assert taken_before(row, earlier) is all(any(_fits(other, value) for other in others) for value in fitting)
