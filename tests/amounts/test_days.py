"""Periods between days of which only a range is known: as wide as the days in it make them, and no wider."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from incentives.amounts.days import days_between, elapsed, shifted
from incentives.amounts.ranges import Open
from incentives.values import State

UNITS = ("years", "months", "days", "calendar_years", "accounting_years")


@pytest.mark.parametrize("unit", UNITS)
def test_a_range_of_days_gives_just_the_periods_of_its_days(unit: str) -> None:
    rng = random.Random(unit)
    for _ in range(120):
        since, until = (date(2020, 1, 1) + timedelta(days=rng.randrange(1500)) for _ in range(2))
        wide = rng.choice((0, 1, 40, 500))
        some = [until + timedelta(days=days) for days in range(wide + 1)]
        later = days_between(State.MISSING, some[0], some[-1])
        assert elapsed(unit, since, later) == hull([elapsed(unit, since, day) for day in some])
        assert elapsed(unit, later, since) == hull([elapsed(unit, day, since) for day in some])


@pytest.mark.parametrize("unit", ["years", "months", "days"])
@pytest.mark.parametrize("by", [-13, 1, 25])
def test_a_range_of_days_is_shifted_as_its_days_are(unit: str, by: int) -> None:
    some = [date(2024, 1, 20) + timedelta(days=days) for days in range(60)]
    days = [shifted(day, unit, by) for day in some]
    low, high = min(days), max(days)
    assert shifted(days_between(State.MISSING, some[0], some[-1]), unit, by) == days_between(State.MISSING, low, high)  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", UNITS)
def test_nothing_is_known_of_a_period_whose_day_has_no_end(unit: str) -> None:
    some_day = days_between(State.MISSING, None, None)
    assert some_day == Open(State.MISSING)
    found = elapsed(unit, date(2024, 1, 1), some_day)
    assert isinstance(found, Open)
    assert found.high == Open(None).high


def hull(found: list[object]) -> Open:
    return Open(State.MISSING, min(found), max(found))  # type: ignore[type-var, arg-type]
