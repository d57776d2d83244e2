"""How amounts and other values are read: what was written, what it means, and why it is accepted.

What is refused, and with which words, is among the bad cases.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.diagnostics import Span
from incentives.facts.numbers import YUAN_UNITS
from incentives.facts.reading import read_date, read_value
from incentives.facts.types import CountType, FactType, MoneyType, QuantityType, RateType, Value
from incentives.source.tree import Scalar
from incentives.values import LARGEST_YUAN

AMOUNTS = [
    ("1亿元", "100000000", "as policies write it"),
    ("10000万元", "100000000", "a larger number of a smaller unit is the same amount"),
    ("100000000元", "100000000", "in full"),
    ("1.2亿元", "120000000", "a fraction of a unit, exactly"),
    ("0.5万元", "5000", "a fraction below one"),
    ("99999999.99元", "99999999.99", "to the fen"),
    ("0.01元", "0.01", "one fen"),
    ("1.234567891亿元", "123456789.10", "any number of decimals, as long as no fen is split"),
    ("1.50亿元", "150000000", "zeros at the end say nothing"),
    ("0元", "0", "nothing, known to be nothing"),
    ("3千元", "3000", "every unit of tens"),
    ("3十万元", "300000", "every unit of tens"),
    ("3百万元", "3000000", "every unit of tens"),
    ("3千万元", "30000000", "every unit of tens"),
    ("3十亿元", "3000000000", "every unit of tens"),
    ("3百亿元", "30000000000", "every unit of tens"),
    ("3千亿元", "300000000000", "every unit of tens"),
    ("3万亿元", "3000000000000", "every unit of tens"),
    ("1,000万元", "10000000", "commas after every three digits"),
    ("99,999,999.99元", "99999999.99", "as the reports print it"),
    ("１亿元", "100000000", "full-width digits of a Chinese keyboard"),
    ("１，０００．５万元", "10005000", "full-width commas and points"),
    ("1，000万元", "10000000", "a full-width comma where a comma belongs"),
    ("1 亿元", "100000000", "a space before the unit, as press reports write it"),
    ("1　亿元", "100000000", "a full-width space"),
    ("1\u00a0亿元", "100000000", "a space that does not break, as copied from a page"),
    (" 1亿元 ", "100000000", "spaces around"),
    ("+5万元", "50000", "a plus sign"),
    ("1000万亿元", "1000000000000000", "the largest amount"),
]


def _read(fact_type: FactType, written: str) -> object:
    return read_value(fact_type, Scalar(written, written, Span("table")))


@pytest.mark.parametrize(("written", "yuan", "why"), AMOUNTS, ids=[written for written, *_ in AMOUNTS])
def test_an_amount_is_read_as_said(written: str, yuan: str, why: str) -> None:
    found = _read(MoneyType(), written)
    assert found == Decimal(yuan), why
    assert isinstance(found, Decimal)
    assert found.as_tuple().exponent == -2, "held to the fen"


def test_a_loss_is_read_where_an_amount_may_be_negative() -> None:
    assert _read(MoneyType(negative=True), "-1.2亿元") == Decimal("-120000000")
    assert str(_read(MoneyType(negative=True), "-0元")) == "0.00"


OTHERS: list[tuple[FactType, str, Value]] = [
    (RateType(), "12.5%", Decimal("0.125")),
    (RateType(), "１２．５％", Decimal("0.125")),
    (RateType(), "0.5‰", Decimal("0.0005")),
    (RateType(), "150%", Decimal("1.5")),
    (RateType(negative=True), "-5%", Decimal("-0.05")),
    (CountType("人"), "120人", 120),
    (CountType("人"), "1,200 人", 1200),
    (CountType("人"), "120", 120),
    (CountType("人"), "120.0人", 120),
    (QuantityType("㎡"), "12.5㎡", Decimal("12.5")),
    (QuantityType("㎡"), "12.5m²", Decimal("12.5")),
    (QuantityType("㎡"), "12.5 m2", Decimal("12.5")),
    (QuantityType("吨"), "１，２００吨", Decimal(1200)),
]


@pytest.mark.parametrize(("fact_type", "written", "value"), OTHERS, ids=[written for _, written, _ in OTHERS])
def test_other_numbers_are_read_as_said(fact_type: FactType, written: str, value: Value) -> None:
    assert _read(fact_type, written) == value


@pytest.mark.parametrize(
    "written", ["2024-03-01", "2024年3月1日", "2024年03月01日", "２０２４年３月１日", "2024 年 3 月 1 日"]
)
def test_a_date_is_read_as_said(written: str) -> None:
    assert read_date(Scalar(written, written, Span("table"))) == date(2024, 3, 1)


def _written(fen: int, unit: str, grouped: bool) -> str:
    number = Decimal(fen).scaleb(-2) / YUAN_UNITS[unit]
    return f"{number:,f}{unit}" if grouped else f"{number:f}{unit}"


@given(
    fen=st.integers(0, int(LARGEST_YUAN) * 100),
    unit=st.sampled_from(sorted(YUAN_UNITS)),
    grouped=st.booleans(),
)
def test_any_number_of_fen_in_any_unit_is_read_back_exactly(fen: int, unit: str, grouped: bool) -> None:
    assert _read(MoneyType(), _written(fen, unit, grouped)) == Decimal(fen).scaleb(-2)
