"""The oracle's own reading of what a person wrote: whole fen, fractions, dates; and its own comparisons.

Only the plain spellings are read here; what else the package reads is shown where reading is tested.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Raw = Mapping[str, Any]

Value = Fraction | date | str | bool | frozenset[str]
"""A number in yuan, as a share of 1 or in its unit; a day; a word; yes or no; several words."""


def passes(condition: Raw, declared: Raw, written: Any) -> bool:
    def read(operand: Any) -> Any:
        return _read(declared, operand)

    if "includes_any" in condition:
        held = {read(value) for value in written}
        return any(read(value) in held for value in condition["includes_any"])
    value = read(written)
    if "is" in condition:
        return bool(value == read(condition["is"]))
    if "in" in condition:
        return any(value == read(operand) for operand in condition["in"])
    return all(
        (
            "at_least" not in condition or not value < read(condition["at_least"]),
            "more_than" not in condition or read(condition["more_than"]) < value,
            "at_most" not in condition or not value > read(condition["at_most"]),
            "less_than" not in condition or read(condition["less_than"]) > value,
        )
    )


def _read(declared: Raw, written: Any) -> Any:
    kind = declared["type"]
    if kind == "boolean":
        return written is True
    if kind == "money":
        return fen(written)
    if kind == "rate":
        scale = 1000 if written.endswith("‰") else 100
        return Fraction(written[:-1]) / scale
    if kind in ("count", "quantity"):
        return Fraction(str(written).removesuffix(declared["unit"]))
    return day(written) if kind == "date" else str(written)


def given(declared: Raw, written: Any) -> Value:
    """What a profile gives of a fact, or of a yearly one in one year."""
    if declared.get("many"):
        return frozenset(str(word) for word in written)
    if declared["type"] in ("text", "choice", "code", "uscc"):
        return str(written)
    return literal(written)


def literal(written: Any) -> Value:
    """A value as its own unit tells it: `1.2亿元`, `50%`, `3人`, `2024-01-31`, a word."""
    if isinstance(written, bool):
        return written
    text = str(written).replace(" ", "")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日", text):
        return day(text)
    found = re.fullmatch(r"([+-]?[0-9.,]+)(.*)", text)
    if not found:
        return str(written)
    number, unit = Fraction(found[1].replace(",", "")), found[2]
    if unit.endswith("元") and unit[:-1] in ("", "万", "亿"):
        return number * {"": 1, "万": 10**4, "亿": 10**8}[unit[:-1]]
    return number * {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "个百分点": Fraction(1, 100)}.get(unit, 1)


def number(written: Any) -> Fraction:
    value = literal(written)
    assert isinstance(value, Fraction), written
    return value


def fen(written: str) -> int:
    found = re.fullmatch(r"(-?[0-9.,]+)(万|亿)?元", written)
    assert found, written
    scale = {None: 100, "万": 10**6, "亿": 10**10}[found[2]]
    amount = Fraction(found[1].replace(",", "")) * scale
    assert amount.denominator == 1, written
    return amount.numerator


def day(written: str) -> date:
    return date(*(int(part) for part in re.findall(r"[0-9]+", written)))


# ---------------------------------------------------------------- the calendar

DURATIONS = {"年": "years", "个月": "months", "天": "days"}


def duration(written: str) -> tuple[str, int]:
    """`2年`, `18个月`, `365天`: the unit and how many."""
    found = re.fullmatch(r"([0-9]+)(年|个月|天)", written.replace(" ", ""))
    assert found, written
    return DURATIONS[found[2]], int(found[1])


def moved(start: date, unit: str, by: int) -> date:
    """The same day so many years or months later, or the last day of a month that is too short for it.

    Past the ends of the calendar there is only its last day.
    """
    if unit == "days":
        try:
            return start + timedelta(days=by)
        except OverflowError:
            return date.max if by > 0 else date.min
    months = start.year * 12 + start.month - 1 + by * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    if year > 9999 or year < 1:
        return date.max if by > 0 else date.min
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def accounting_years(since: date, until: date) -> int:
    """How many years of the calendar lie whole between two days."""
    whole = (year for year in range(since.year, until.year) if since <= date(year, 1, 1))
    return sum(1 for _ in whole)


def completed(unit: str, since: date, until: date) -> int:
    """How many whole years, months or days: the most by which `since` can move on and not pass `until`."""
    if unit == "days":
        return until.toordinal() - since.toordinal()
    many = (until.year - since.year + 1) * (1 if unit == "years" else 12)
    while moved(since, unit, many) > until:
        many -= 1
    return many
