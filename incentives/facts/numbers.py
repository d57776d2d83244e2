"""Written numbers read exactly: money, rates, counts, quantities. Imports diagnostics, the tree, values, fact types.

Full-width signs and spaces inside an amount are read like their plain forms (`１亿元`, `1 亿元`); thousands
commas must stand where they belong (`1,000万元`). What could mean two things is refused with a suggestion:
`1亿` (of what?), `100000000` (yuan or 万元?), `1.0e8`, amounts finer than a fen or above 1000万亿元.
"""

from __future__ import annotations

import re
from decimal import Decimal, Inexact

from incentives.diagnostics import Code
from incentives.facts.types import CountType, MoneyType, QuantityType, RateType
from incentives.facts.units import Inconvertible, in_unit
from incentives.facts.written import Reading, normal, refuse
from incentives.source.tree import Scalar
from incentives.values import EXACT, FEN, LARGEST_YUAN, ZERO

YUAN_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(10) ** 3,
    "万元": Decimal(10) ** 4,
    "十万元": Decimal(10) ** 5,
    "百万元": Decimal(10) ** 6,
    "千万元": Decimal(10) ** 7,
    "亿元": Decimal(10) ** 8,
    "十亿元": Decimal(10) ** 9,
    "百亿元": Decimal(10) ** 10,
    "千亿元": Decimal(10) ** 11,
    "万亿元": Decimal(10) ** 12,
}

RATE_UNITS = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "个百分点": Decimal("0.01")}

LARGEST_NUMBER = Decimal(10) ** 15
"""Counts and quantities above this are refused as slips."""

# Kept as text: `re` compiles and remembers each when it is first used, which most commands never come to.
_NUMBER = r"(?P<sign>[+-]?)(?P<whole>[0-9][0-9,]*)(?P<fraction>\.[0-9]+)?"
_AMOUNT = rf"{_NUMBER}\s*(?P<unit>(?:[^\s0-9.,+-].*)?)\Z"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+\Z"


_FINEST_PRICE = Decimal(1).scaleb(-8)
"""Prices for each unit may be finer than a fen (0.003元/千瓦时), down to this many yuan."""


def read_money(fact_type: MoneyType, node: Scalar) -> Reading:
    """An amount in yuan, to the fen; a price for each unit as it is written."""
    found = re.match(_AMOUNT, normal(node.text))
    if isinstance(node.value, bool) or found is None:
        return refuse(Code.MONEY_UNREADABLE, node)
    unit = found["unit"]
    if not unit:
        return refuse(Code.MONEY_BARE_NUMBER, node)
    if unit not in YUAN_UNITS:
        if f"{unit}元" in YUAN_UNITS:
            return refuse(Code.MONEY_WITHOUT_YUAN, node, {"instead": f"{node.text.strip()}元"})
        return refuse(Code.MONEY_UNREADABLE, node)
    number = _number(found)
    if number is None:
        return refuse(Code.THOUSANDS, node)
    amount = EXACT.multiply(number, YUAN_UNITS[unit])
    if abs(amount) > LARGEST_YUAN:
        return refuse(Code.MONEY_TOO_LARGE, node)
    if found["sign"] == "-" and not fact_type.negative:
        return refuse(Code.NEGATIVE, node)
    try:
        return EXACT.add(amount, ZERO).quantize(FEN, context=EXACT)  # a minus before nothing is plain nothing
    except Inexact:
        finer = fact_type.price and EXACT.remainder(amount, _FINEST_PRICE) == 0
        return amount if finer else refuse(Code.MONEY_BELOW_FEN, node)


def read_rate(fact_type: RateType, node: Scalar) -> Reading:
    """A rate, of which 1 is 100%."""
    found = re.match(_AMOUNT, normal(node.text))
    if isinstance(node.value, bool) or found is None:
        return refuse(Code.RATE_UNREADABLE, node)
    unit = found["unit"]
    if not unit:
        return refuse(Code.RATE_BARE_NUMBER, node)
    number = _number(found)
    scale = RATE_UNITS.get(unit)
    if scale is None or number is None:
        return refuse(Code.RATE_UNREADABLE, node)
    if abs(number) > LARGEST_NUMBER:
        return refuse(Code.NUMBER_TOO_LARGE, node)
    if number < 0 and not fact_type.negative:
        return refuse(Code.NEGATIVE, node)
    rate = EXACT.multiply(number, scale)
    if fact_type.upper is not None and rate > fact_type.upper:
        percent = EXACT.multiply(fact_type.upper, Decimal(100)).normalize(EXACT)
        return refuse(Code.ABOVE_UPPER, node, {"upper": f"{percent:f}%"})
    return rate or ZERO  # a minus before nothing is plain nothing


def read_count(fact_type: CountType, node: Scalar) -> Reading:
    """A whole number; its unit may be left out."""
    number = _number_in(fact_type.unit, node, bare=True)
    if number is None or isinstance(number, Inconvertible) or number != number.to_integral_value():
        # A number of 年 can be a year of the calendar, or a length of time.
        words = {"unit": fact_type.unit, "year": "2020年" if fact_type.unit == "年" else ""}
        return refuse(Code.COUNT_UNREADABLE, node, words)
    if number < 0:
        return refuse(Code.NEGATIVE, node, {"unit": fact_type.unit})
    if number > LARGEST_NUMBER:
        return refuse(Code.NUMBER_TOO_LARGE, node)
    if fact_type.upper is not None and number > fact_type.upper:
        return refuse(Code.ABOVE_UPPER, node, {"upper": f"{fact_type.upper}{fact_type.unit}"})
    return int(number)


def read_quantity(fact_type: QuantityType, node: Scalar) -> Reading:
    """A number in the unit of the fact, whichever exact multiple of it was written."""
    number = _number_in(fact_type.unit, node, bare=False)
    if isinstance(number, Inconvertible):
        return refuse(Code.UNIT_NOT_EVEN, node, {"unit": fact_type.unit})
    if number is None:
        return refuse(Code.QUANTITY_UNREADABLE, node, {"unit": fact_type.unit})
    if number < 0:
        return refuse(Code.NEGATIVE, node, {"unit": fact_type.unit})
    return (number or ZERO) if number <= LARGEST_NUMBER else refuse(Code.NUMBER_TOO_LARGE, node)


def _number_in(unit: str, node: Scalar, *, bare: bool) -> Decimal | Inconvertible | None:
    """The number written, in `unit`; None where it is not one. `bare` allows a number without any unit."""
    found = re.match(_AMOUNT, normal(node.text))
    if isinstance(node.value, bool) or found is None:
        return None
    number = _number(found)
    if number is None or not found["unit"]:
        return number if bare else None
    try:
        return in_unit(number, found["unit"], unit)
    except Inconvertible as uneven:
        return uneven


def _number(found: re.Match[str]) -> Decimal | None:
    """The number matched, or None where its thousands commas stand wrong. Longer than 40 signs is infinite."""
    whole = found["whole"]
    if "," in whole and not re.match(_GROUPED, whole):
        return None
    digits = whole.replace(",", "") + (found["fraction"] or "")
    if len(digits) > 40:
        return LARGEST_YUAN * 10
    return Decimal(found["sign"] + digits)
