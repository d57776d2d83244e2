"""Calendar arithmetic as 民法典 200–202 has it. Imports ranges.

A period counted in years or months ends on the day of the same number, or on the last day of a shorter month.
"""

from __future__ import annotations

import calendar
from datetime import date

from incentives.amounts.ranges import INFINITE, Amount, Open, waiting

_MONTHS = {"years": 12, "months": 1}


def shifted(day: date | Open, unit: str, by: int) -> date | Open:
    """The day so many years, months or days later, earlier with a negative count; within the calendar's ends."""
    if isinstance(day, Open):
        return day
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
        return Open(waiting((since, until)), 0 if unit == "accounting_years" else -INFINITE)
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
