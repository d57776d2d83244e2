"""Values as people write them: exactly, in the unit a reader expects, and read back to the same value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.diagnostics import Span
from incentives.explain.amounts import difference_text, listed, value_text, yuan_text
from incentives.facts.reading import read_value
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    DateType,
    FactType,
    ManyType,
    MoneyType,
    QuantityType,
    RateType,
    Series,
    TextType,
    UsccType,
    Value,
    YearlyType,
)
from incentives.source.tree import Scalar
from incentives.values import LARGEST_YUAN, Bilingual

ENGLISH_UNITS = [
    (CountType("人"), 1, "1 person"),
    (CountType("人"), 20, "20 people"),
    (CountType("家"), 3, "3 companies"),
    (CountType("项"), 1, "1 item"),
    (CountType("项"), 2, "2 items"),
    (CountType("位"), 50, "50"),
    (CountType("天"), 365, "365 days"),
    (QuantityType("平方米"), Decimal("499.99"), "499.99 m²"),
    (QuantityType("元/片"), Decimal(100), "100 yuan for each piece"),
    (QuantityType("元/亩"), Decimal(300_000), "300,000 yuan for each mu"),
    (QuantityType("株"), Decimal(7), "7 株"),
]
YUAN = [
    ("0", "0元", "0 yuan"),
    ("0.01", "0.01元", "0.01 yuan"),
    ("0.10", "0.1元", "0.1 yuan"),
    ("1", "1元", "1 yuan"),
    ("999.99", "999.99元", "999.99 yuan"),
    ("9999.99", "9,999.99元", "9,999.99 yuan"),
    ("10000", "1万元", "10,000 yuan"),
    ("10000.01", "10,000.01元", "10,000.01 yuan"),
    ("10100", "1.01万元", "10,100 yuan"),
    ("10010", "10,010元", "10,010 yuan"),
    ("2000000", "200万元", "2,000,000 yuan"),
    ("10000000", "1000万元", "10,000,000 yuan"),
    ("20000000", "2000万元", "20,000,000 yuan"),
    ("32000000", "3200万元", "32,000,000 yuan"),
    ("99999999.99", "99,999,999.99元", "99,999,999.99 yuan"),
    ("100000000", "1亿元", "100,000,000 yuan"),
    ("100000000.01", "100,000,000.01元", "100,000,000.01 yuan"),
    ("120000000", "1.2亿元", "120,000,000 yuan"),
    ("123450000", "1.2345亿元", "123,450,000 yuan"),
    ("505500000", "5.055亿元", "505,500,000 yuan"),
    ("100000100", "10000.01万元", "100,000,100 yuan"),
    ("1234000000", "12.34亿元", "1,234,000,000 yuan"),
    ("10000000000", "100亿元", "10,000,000,000 yuan"),
    ("1000000000000000", "10000000亿元", "1,000,000,000,000,000 yuan"),
    ("-0.01", "-0.01元", "-0.01 yuan"),
    ("-120000000", "-1.2亿元", "-120,000,000 yuan"),
]


@pytest.mark.parametrize(("yuan", "zh", "en"), YUAN, ids=[zh for _, zh, _ in YUAN])
def test_an_amount_is_written_in_the_unit_that_says_it_exactly(yuan: str, zh: str, en: str) -> None:
    assert yuan_text(Decimal(yuan)) == Bilingual(zh, en)
    assert yuan_text(Decimal(yuan).quantize(Decimal("0.01"))) == Bilingual(zh, en)


FEN = int(LARGEST_YUAN) * 100


@given(fen=st.integers(-FEN, FEN) | st.integers(-FEN // 10**6, FEN // 10**6).map(lambda wan: wan * 10**6))
def test_what_is_written_reads_back_to_the_same_amount(fen: int) -> None:
    yuan = Decimal(fen).scaleb(-2)
    written = yuan_text(yuan).zh
    assert read_value(MoneyType(negative=True), Scalar(written, written, Span("text"))) == yuan


VALUES: list[tuple[FactType, Value, str, str]] = [
    (BooleanType(), True, "是", "yes"),
    (BooleanType(), False, "否", "no"),
    (MoneyType(), Decimal(120000000), "1.2亿元", "120,000,000 yuan"),
    (RateType(), Decimal("0.125"), "12.5%", "12.5%"),
    (RateType(), Decimal("1"), "100%", "100%"),
    (RateType(), Decimal("0.0005"), "0.05%", "0.05%"),
    (CountType("人"), 0, "0人", "0 people"),
    (CountType("人"), 1200, "1,200人", "1,200 people"),
    (QuantityType("㎡"), Decimal("12.50"), "12.5㎡", "12.5 ㎡"),
    (DateType(), date(2024, 3, 1), "2024-03-01", "2024-03-01"),
    (TextType(), "微波射频", "微波射频", "微波射频"),
    (ChoiceType(("企业法人",)), "企业法人", "企业法人", "企业法人"),
    (CodeType("GB/T 2260", 6, (("510107", "成都市武侯区"),)), "510107", "510107 成都市武侯区", "510107 成都市武侯区"),
    (CodeType("GB/T 2260", 6), "510107", "510107", "510107"),
    (UsccType(), "91510107MA00000157", "91510107MA00000157", "91510107MA00000157"),
    (
        YearlyType(MoneyType()),
        Series({2024: Decimal(150000000), 2023: Decimal(120000000)}, Decimal(80000000)),
        "2023年 1.2亿元、2024年 1.5亿元、此前各年最高 8000万元",
        "2023: 120,000,000 yuan, 2024: 150,000,000 yuan, highest before: 80,000,000 yuan",
    ),
    (YearlyType(CountType("人")), Series({2024: 3}), "2024年 3人", "2024: 3 people"),
    (YearlyType(CountType("人")), 3, "3人", "3 people"),
    (ManyType(TextType()), frozenset(), "无", "none"),
    (ManyType(TextType()), frozenset(("b", "a")), "a、b", "a, b"),
]


@pytest.mark.parametrize(("fact_type", "value", "zh", "en"), VALUES)
def test_a_value_is_written_in_words(fact_type: FactType, value: Value, zh: str, en: str) -> None:
    assert value_text(fact_type, value) == Bilingual(zh, en)


DIFFERENCES: list[tuple[FactType, Value, Value, str, str]] = [
    (MoneyType(), Decimal(100000000), Decimal("99999999.99"), "0.01元", "0.01 yuan"),
    (MoneyType(), Decimal(100000000), Decimal(80000000), "2000万元", "20,000,000 yuan"),
    (RateType(), Decimal("0.05"), Decimal("0.0425"), "0.75个百分点", "0.75 percentage points"),
    (CountType("人"), 50, 49, "1人", "1 person"),
    (QuantityType("㎡"), Decimal("100"), Decimal("99.5"), "0.5㎡", "0.5 ㎡"),
    (DateType(), date(2024, 3, 1), date(2024, 2, 28), "2天", "2 days"),
    (DateType(), date(2024, 3, 1), date(2024, 2, 29), "1天", "1 day"),
]


@pytest.mark.parametrize(("fact_type", "larger", "smaller", "zh", "en"), DIFFERENCES)
def test_a_difference_says_how_much_is_missing(
    fact_type: FactType, larger: Value, smaller: Value, zh: str, en: str
) -> None:
    assert difference_text(fact_type, larger, smaller) == Bilingual(zh, en)


def test_a_list_is_written_with_the_marks_of_the_language() -> None:
    assert listed([Bilingual("甲", "a"), Bilingual("乙", "b")]) == Bilingual("甲、乙", "a, b")


@pytest.mark.parametrize(("of", "value", "english"), ENGLISH_UNITS)
def test_units_are_in_english_where_the_rest_is(of: FactType, value: Value, english: str) -> None:
    assert value_text(of, value).en == english


def test_a_price_is_money() -> None:
    assert value_text(QuantityType("元/亩"), Decimal(300_000)).zh == "30万元/亩"


@pytest.mark.parametrize(
    ("of", "larger", "smaller", "text"),
    [
        (
            RateType(),
            Fraction(1, 10),
            Fraction(1, 30),
            Bilingual("约6.6666个百分点", "about 6.6666 percentage points"),
        ),
        (RateType(), Fraction(1, 10), Fraction(9, 100), Bilingual("1个百分点", "1 percentage point")),
        (
            RateType(),
            Decimal("0.1"),
            Fraction(999_999_999, 10**10),
            Bilingual("不到0.0001个百分点", "less than 0.0001 percentage points"),
        ),
        (MoneyType(), Decimal(100), Fraction(199, 2), Bilingual("0.5元", "0.5 yuan")),
        (MoneyType(), Decimal(100), Fraction(299, 3), Bilingual("约0.3333元", "about 0.3333 yuan")),
    ],
)
def test_a_difference_that_does_not_come_out_even_says_so(
    of: FactType, larger: Decimal | Fraction, smaller: Fraction, text: Bilingual
) -> None:
    assert difference_text(of, larger, smaller) == text
