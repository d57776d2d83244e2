"""The oracle's own reading of what a person wrote: whole fen, fractions, dates; and its own comparisons.

Only the plain spellings are read here; what else the package reads is shown where reading is tested.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

Raw = Mapping[str, Any]


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


def fen(written: str) -> int:
    found = re.fullmatch(r"(-?[0-9.,]+)(万|亿)?元", written)
    assert found, written
    scale = {None: 100, "万": 10**6, "亿": 10**10}[found[2]]
    amount = Fraction(found[1].replace(",", "")) * scale
    assert amount.denominator == 1, written
    return amount.numerator


def day(written: str) -> date:
    return date(*(int(part) for part in re.findall(r"[0-9]+", written)))
