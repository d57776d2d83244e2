"""Values for generated policies and profiles: steps of the smallest unit, and ways to write them.

A value with an order is a whole number of steps (a fen, a hundredth of a percent, a day), so that the value
just below a bound is the step before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

Raw = Mapping[str, Any]
Written = str | int | bool

ORDERED = ("money", "rate", "count", "quantity", "date")

_EPOCH = date(2020, 1, 1)

_STEPS: dict[str, tuple[int, ...]] = {
    "money": (10_000_000_000, 0, 1, 500_000_000_000, 123_456_789),
    "rate": (500, 0, 300, 1250, 10_000),
    "count": (10, 0, 1, 300),
    "quantity": (50_000, 0, 100_050),
    "date": (0, 365, 1500),
}
_BELOW_ZERO: dict[str, tuple[int, ...]] = {"money": (-1, -10_000_000_000), "rate": (-1, -1000)}

_WORDS = ("微波射频", "集成电路", "生物医药", "其他领域")
_CODES = {6: ("510107", "510116", "000001"), 4: ("3562", "0111", "6520")}


def values(fact: Raw) -> tuple[int | str, ...]:
    """Values a fact can have: steps where it has an order, else what is written."""
    kind = fact["type"]
    if kind in ORDERED:
        return _STEPS[kind] + (_BELOW_ZERO[kind] if fact.get("may_be_negative") else ())
    if kind == "choice":
        return tuple(fact["choices"])
    return _CODES[fact["digits"]] if kind == "code" else _WORDS


def around(fact: Raw, step: int) -> tuple[int, ...]:
    """A bound, and the values right beside it that the fact can have."""
    beside = (step, step - 1, step + 1)
    signed = fact.get("may_be_negative") or fact["type"] == "date"
    return tuple(value for value in beside if value >= 0 or signed)


def spellings(fact: Raw, value: int | str) -> tuple[Written, ...]:
    """Ways to write a value, the plainest first."""
    match fact["type"]:
        case "money":
            yuan = Decimal(value).scaleb(-2)
            return (f"{yuan}元", f"{_plain(yuan / 10_000)}万元", f"{_plain(yuan / 10**8)}亿元", f"{yuan:,}元")
        case "rate":
            return (f"{_plain(Decimal(value).scaleb(-2))}%", f"{_plain(Decimal(value).scaleb(-1))}‰")
        case "count":
            return (int(value), f"{value}{fact['unit']}", f"{value}")
        case "quantity":
            return (
                f"{_plain(Decimal(value).scaleb(-2))}{fact['unit']}",
                f"{Decimal(value).scaleb(-2)}{fact['unit']}",
            )
        case "date":
            day = _EPOCH + timedelta(days=int(value))
            return (day.isoformat(), f"{day.year}年{day.month}月{day.day}日")
        case _:
            return (value,)


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
