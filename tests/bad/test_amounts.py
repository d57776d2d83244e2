"""How amounts and other values are read: what was written, what it means, and why it is accepted.

What is refused, and with which words, is among the bad cases.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

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
    (RateType(), "1个百分点", Decimal("0.01")),
    (RateType(), "0.5 个百分点", Decimal("0.005")),
    (RateType(upper=Decimal(1)), "100%", Decimal(1)),
    (CountType("个月", upper=12), "12个月", 12),
    (CountType("人"), "1.5万人", 15000),
    (CountType("人"), "1.2345万 人", 12345),
    (CountType("人"), "14.1亿人", 1_410_000_000),
    (CountType("万人"), "3万人", 3),
    (QuantityType("平方米"), "2万平方米", Decimal(20000)),
    (QuantityType("美元"), "3亿美元", Decimal(300_000_000)),
    (QuantityType("亩"), "1.5亩", Decimal("1.5")),
    (QuantityType("亩"), "2万亩", Decimal(20000)),
    (QuantityType("万千瓦时"), "30000千瓦时", Decimal(3)),
    (QuantityType("千瓦时"), "3万千瓦时", Decimal(30000)),
    (QuantityType("千瓦时"), "3万度", Decimal(30000)),
    (QuantityType("万千瓦时"), "1.5亿千瓦时", Decimal(15000)),
    (QuantityType("㎡"), "1.5公顷", Decimal(15000)),
    (QuantityType("平方公里"), "１公顷", Decimal("0.01")),
    (QuantityType("平方米"), "2㎢", Decimal(2_000_000)),
    (QuantityType("吨"), "1克", Decimal("0.000001")),
    (QuantityType("公斤"), "1.5千克", Decimal("1.5")),
    (QuantityType("毫米"), "1公里", Decimal(1_000_000)),
    (QuantityType("小时"), "90分钟", Decimal("1.5")),
]


@pytest.mark.parametrize(("fact_type", "written", "value"), OTHERS, ids=[written for _, written, _ in OTHERS])
def test_other_numbers_are_read_as_said(fact_type: FactType, written: str, value: Value) -> None:
    assert _read(fact_type, written) == value


MEASURES: list[dict[str, Fraction]] = [
    {"平方米": Fraction(1), "公顷": Fraction(10000), "平方公里": Fraction(10**6)},
    {"克": Fraction(1, 1000), "千克": Fraction(1), "公斤": Fraction(1), "吨": Fraction(1000)},
    {"毫米": Fraction(1, 1000), "米": Fraction(1), "千米": Fraction(1000), "公里": Fraction(1000)},
    {"分钟": Fraction(1, 60), "小时": Fraction(1)},
    {"千瓦时": Fraction(1), "度": Fraction(1), "万千瓦时": Fraction(10000)},
]


@given(
    units=st.sampled_from(MEASURES).flatmap(lambda one: st.tuples(*[st.sampled_from(sorted(one.items()))] * 2)),
    number=st.decimals(0, 10**6, places=3),
)
def test_a_unit_is_converted_exactly_or_not_at_all(
    units: tuple[tuple[str, Fraction], tuple[str, Fraction]], number: Decimal
) -> None:
    (written, many), (declared, one) = units
    exact = Fraction(number) * many / one
    found = _read(QuantityType(declared), f"{number:f}{written}")
    if isinstance(found, Decimal):
        assert Fraction(found) == exact
    else:
        assert exact.denominator % 3 == 0, "it has an exact decimal"


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("平方米", "1亩"),
        ("亩", "667平方米"),
        ("平方米", "1米"),
        ("吨", "1万"),
        ("千克", "1kg"),
        ("美元", "1元"),
        ("米", "1英里"),
    ],
)
def test_units_that_are_no_exact_multiples_stay_apart(unit: str, written: str) -> None:
    assert isinstance(_read(QuantityType(unit), written), tuple)


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
