"""Calendar arithmetic as 民法典 200–202 has it. Imports ranges and values.

A period counted in years or months ends on the day of the same number, or on the last day of a shorter month.
"""

from __future__ import annotations

import calendar
from datetime import date

from incentives.amounts.ranges import INFINITE, Amount, Number, Open, waiting
from incentives.values import State

_MONTHS = {"years": 12, "months": 1}


def days_between(state: State | None, low: date | None, high: date | None) -> Open:
    """A day of which nothing is known but that it lies between two others; None where there is no such end."""
    return Open(
        state,
        -INFINITE if low is None else low.toordinal(),
        INFINITE if high is None else high.toordinal(),
    )


def day_ends(day: date | Open) -> tuple[date | None, date | None]:
    """The first and the last day that a day can be; None where there is no end."""
    if not isinstance(day, Open):
        return day, day
    low = None if day.low == -INFINITE else date.fromordinal(int(day.low))
    return low, None if day.high == INFINITE else date.fromordinal(int(day.high))


def shifted(day: date | Open, unit: str, by: int) -> date | Open:
    """The day so many years, months or days later, earlier with a negative count; within the calendar's ends."""
    if isinstance(day, Open):
        low, high = (None if end is None else shifted(end, unit, by) for end in day_ends(day))
        return days_between(day.state, low, high)  # type: ignore[arg-type]
    beyond = date.max if by > 0 else date.min
    if unit == "days":
        number = day.toordinal() + by
        return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else beyond
    month = day.year * 12 + day.month - 1 + by * _MONTHS[unit]
    year, month = month // 12, month % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return beyond
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def elapsed(unit: str, since: date | Open, until: date | Open) -> Amount:
    """Completed years, months or days between two days; less than nothing where the first is the later one.

    Accounting years 会计年度 are whole calendar years from 1月1日 to 12月31日 that lie between; never less than none.
    """
    if isinstance(since, Open) or isinstance(until, Open):
        (first, latest), (soonest, last) = day_ends(since), day_ends(until)
        least: Number = 0 if unit == "accounting_years" else -INFINITE
        low = least if latest is None or soonest is None else elapsed(unit, latest, soonest)
        high = INFINITE if first is None or last is None else elapsed(unit, first, last)
        return Open(waiting((since, until)), low, high)  # type: ignore[arg-type]
    if unit == "days":
        return (until - since).days
    if unit == "calendar_years":
        return until.year - since.year
    if unit == "accounting_years":
        return max(until.year - since.year - ((since.month, since.day) != (1, 1)), 0)
    months = (until.year - since.year) * 12 + until.month - since.month
    if shifted(since, "months", months) > until:  # type: ignore[operator]
        months -= 1
    return months // 12 if unit == "years" else months
