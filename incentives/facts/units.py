"""Units of measured numbers, and which of them are exact multiples of each other. Imports values only.

The table is closed: a unit that is not in it is only ever itself. 亩 is left out because one has no exact number
of 平方米.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal, Inexact

from incentives.values import EXACT

_SAME_MEASURE: tuple[dict[str, str], ...] = (
    {"平方米": "1", "m2": "1", "公顷": "10000", "平方公里": "1000000", "平方千米": "1000000", "km2": "1000000"},
    {"吨": "1000", "千克": "1", "公斤": "1", "克": "0.001"},
    {"千米": "1000", "公里": "1000", "米": "1", "毫米": "0.001"},
    {"小时": "60", "分钟": "1"},
    {"千瓦时": "1", "度": "1", "万千瓦时": "10000"},
)
"""How much each unit is, in groups of units that measure the same."""

_SCALES = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}


class Inconvertible(Exception):
    """Units of one measure, between which this number does not come out even."""


def in_unit(number: Decimal, written: str, unit: str) -> Decimal | None:
    """`number` of the unit as `written`, in `unit`; None where the one cannot stand for the other.

    A scale word may stand before the unit: `1.5` of `万人` is 15000 of `人`. Raises `Inconvertible`.
    """
    scaled = [(Decimal(1), written)]
    if written[:1] in _SCALES:
        scaled.append((_SCALES[written[0]], written[1:]))
    for scale, name in scaled:
        factor = _factor(_plain(name), _plain(unit))
        if factor is not None:
            many, one = factor
            try:
                return EXACT.divide(EXACT.multiply(EXACT.multiply(number, scale), many), one)
            except Inexact:
                raise Inconvertible from None
    return None


def _factor(written: str, unit: str) -> tuple[Decimal, Decimal] | None:
    """How much the one unit is and how much the other, in whatever both are measured in."""
    if not written:
        return None
    if written == unit:
        return Decimal(1), Decimal(1)
    for measure in _SAME_MEASURE:
        if written in measure and unit in measure:
            return Decimal(measure[written]), Decimal(measure[unit])
    return None


def _plain(unit: str) -> str:
    """A unit with its look-alikes made one: `㎡`, `m²` and `m2`."""
    return unicodedata.normalize("NFKC", unit).strip()
