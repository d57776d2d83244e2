"""Values written as a profile holds them, so that reading them gives the same again. Imports fact types."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import assert_never

from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    DateType,
    FactType,
    ManyType,
    MoneyType,
    PlainValue,
    QuantityType,
    RateType,
    TextType,
    UsccType,
    YearlyType,
)
from incentives.values import EXACT

_READ_OTHERWISE = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that YAML, or a strict reader of it, takes for something else than words."""

_HUNDRED, _WAN, _YI = Decimal(100), Decimal(10) ** 4, Decimal(10) ** 8


def written(of: FactType, value: PlainValue) -> str:
    """A value as YAML, on one line; of a yearly fact that of one year."""
    match of:
        case YearlyType(single):
            return written(single, value)
        case ManyType(single):
            assert isinstance(value, frozenset), "a fact of many values holds a set"
            return f"[{', '.join(written(single, one) for one in sorted(value))}]"
        case BooleanType():
            return "true" if value else "false"
        case MoneyType():
            return _yuan(_number(value))
        case RateType():
            return f"{_plain(EXACT.multiply(_number(value), _HUNDRED))}%"
        case CountType(unit) | QuantityType(unit):
            return f"{_plain(_number(value))}{unit}"
        case DateType():
            assert isinstance(value, date), "a date is held as one"
            return value.isoformat()
        case TextType() | ChoiceType() | CodeType() | UsccType():
            return written_text(str(value))
        case _:
            assert_never(of)


Given = bool | str | tuple[str, ...]
"""A value as a program gives it in a profile."""


def given(of: FactType, value: PlainValue) -> Given:
    """A value as JSON or YAML hold it: yes or no as such, several words as a list, all else with its unit."""
    match of:
        case YearlyType(single):
            return given(single, value)
        case BooleanType():
            return bool(value)
        case ManyType():
            assert isinstance(value, frozenset), "a fact of many values holds a set"
            return tuple(sorted(value))
        case TextType() | ChoiceType() | CodeType() | UsccType():
            return str(value)
        case MoneyType() | RateType() | CountType() | QuantityType() | DateType():
            return written(of, value)
        case _:
            assert_never(of)


def written_text(text: str) -> str:
    """Words as they stand, in quotes where they could be taken for something else."""
    plain = text.isalnum() and not text[0].isdigit() and text.lower() not in _READ_OTHERWISE
    return text if plain else json.dumps(text, ensure_ascii=False)


def _yuan(amount: Decimal) -> str:
    """In 亿元 or 万元 where that comes to few digits."""
    for unit, name in ((_YI, "亿元"), (_WAN, "万元")):
        if abs(amount) >= unit and EXACT.remainder(amount, unit / _WAN) == 0:
            return f"{_plain(EXACT.divide(amount, unit))}{name}"
    return f"{_plain(amount)}元"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: PlainValue) -> Decimal:
    assert isinstance(value, int | Decimal), "a number is held as one"
    return Decimal(value)
