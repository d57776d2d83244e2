"""Values as people write them, in both languages. Imports fact types and values."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, assert_never

from incentives.amounts.ranges import INFINITE, Number, Open
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
from incentives.values import EXACT, Bilingual

_FIRST_YEAR = 1000
"""From here on a number of 年 is a year of the calendar, not a length of time."""

_YUAN_FOR = "元/"
"""Begins the unit of a price."""

_UNITS = {
    "人": ("person", "people"),
    "名": ("person", "people"),
    "家": ("company", "companies"),
    "项": ("item", "items"),
    "个": ("", ""),
    "次": ("time", "times"),
    "位": ("", ""),
    "级": ("", ""),
    "分": ("point", "points"),
    "片": ("piece", "pieces"),
    "年": ("year", "years"),
    "个月": ("month", "months"),
    "月": ("month", "months"),
    "天": ("day", "days"),
    "小时": ("hour", "hours"),
    "平方米": ("m²", "m²"),
    "公顷": ("hectare", "hectares"),
    "亩": ("mu", "mu"),
    "吨": ("tonne", "tonnes"),
    "千克": ("kg", "kg"),
    "米": ("m", "m"),
    "公里": ("km", "km"),
    "英寸": ("inch", "inches"),
    "纳米": ("nm", "nm"),
    "千瓦时": ("kWh", "kWh"),
    "美元": ("US dollar", "US dollars"),
}
"""Units in English, of one and of more; what a number of a rank or a level needs none of. Others stay as written."""

_YI = Decimal(10) ** 8
_WAN = Decimal(10) ** 4
_HUNDRED = Decimal(100)

_BEYOND: Final = Bilingual("不止", "more than ")


def yuan_text(amount: Decimal) -> Bilingual:
    """Money wherever it is shown, always exact.

    Chinese in 亿元 from 1亿元 on where it is whole 万元, so that 5亿元 and 5.055亿元 stand beside each other; in 万元
    where two decimals say it exactly, else in 元 to the fen. English in yuan.
    """
    return Bilingual(_chinese_yuan(amount), f"{_plain(amount)} yuan")


def value_text(fact_type: FactType, value: Value) -> Bilingual:
    """A value of that type in words; a series year by year."""
    if isinstance(value, Series):
        return _series_text(fact_type, value)
    if isinstance(value, frozenset):
        of = fact_type.of if isinstance(fact_type, ManyType) else fact_type
        parts = [value_text(of, one) for one in sorted(value)]
        none = Bilingual("无", "none")
        return listed(parts) if parts else none
    return _single_text(fact_type, value)


@lru_cache(maxsize=8192, typed=True)
def _single_text(fact_type: FactType, value: bool | int | Decimal | date | str) -> Bilingual:
    """One value in words: a policy's bounds are told with every decision, in the same words each time."""
    match fact_type:
        case BooleanType():
            return Bilingual("是", "yes") if value else Bilingual("否", "no")
        case MoneyType():
            return yuan_text(_decimal(value))
        case RateType(averaged_over=1):
            return _same(f"{_plain(EXACT.multiply(_decimal(value), Decimal(100)))}%")
        case RateType():
            return _each_year(_decimal(value), fact_type.averaged_over)
        case CountType("年") if isinstance(value, int) and value >= _FIRST_YEAR:
            return Bilingual(f"{value}年", str(value))
        case QuantityType(unit) if unit.startswith(_YUAN_FOR):
            price, each = yuan_text(_decimal(value)), unit.removeprefix(_YUAN_FOR)
            return Bilingual(
                f"{price.zh}/{each}", f"{price.en} for each {_UNITS.get(each, (each, each))[0]}".rstrip()
            )
        case CountType() | QuantityType():
            return _with_unit(_decimal(value), fact_type.unit)
        case CodeType():
            label = fact_type.label(str(value))
            return _same(f"{value} {label}" if label else str(value))
        case DateType() | TextType() | ChoiceType() | UsccType():
            return _same(value.isoformat() if isinstance(value, date) else str(value))
        case ManyType() | YearlyType():
            return value_text(fact_type.of, value)
        case _:
            assert_never(fact_type)


_ROOTS = Context(prec=40)
"""For showing a root, which seldom comes out even; nothing is decided by it."""


def _each_year(whole: Decimal, years: int) -> Bilingual:
    """The rate of each year that comes to `whole` over several; in hundredths of a percent unless it is plain."""
    if whole <= -1:
        return Bilingual("-100%以下", "-100% or less")
    root = _ROOTS.power(1 + whole, _ROOTS.divide(1, years)) - 1
    plain = root.quantize(Decimal(1).scaleb(-8))
    if Fraction(1 + plain) ** years == 1 + Fraction(whole):
        return _single_text(RateType(negative=True), plain)
    text = _single_text(RateType(negative=True), root.quantize(Decimal(1).scaleb(-4), ROUND_DOWN))
    return Bilingual(f"约{text.zh}", f"about {text.en}")


def _with_unit(number: Decimal, unit: str) -> Bilingual:
    one, several = _UNITS.get(unit, (unit, unit))
    return Bilingual(f"{_plain(number)}{unit}", f"{_plain(number)} {one if number == 1 else several}".rstrip())


def measured_text(fact_type: FactType, found: Value | Number | Open) -> Bilingual | None:
    """What a term came to; None where it is not one value. What does not come out even is said to four places.

    The most of no year at all is below every number, and no value.
    """
    if isinstance(found, Open) or found in (INFINITE, -INFINITE):
        return None
    if isinstance(found, Fraction) and isinstance(fact_type, RateType) and fact_type.averaged_over > 1:
        return value_text(fact_type, _ROOTS.divide(found.numerator, found.denominator))
    if isinstance(found, Fraction):
        places = 6 if isinstance(fact_type, RateType) else 4
        scaled = found * 10**places
        shown = Decimal(int(scaled)).scaleb(-places)
        text = value_text(fact_type, shown)
        return text if scaled.denominator == 1 else Bilingual(f"约{text.zh}", f"about {text.en}")
    return value_text(fact_type, found)


def difference_text(
    fact_type: FactType, larger: Value | Number, smaller: Value | Number, *, beyond: bool = False
) -> Bilingual:
    """How far apart two values of an ordered type are: money, counts and rates by amount, dates in days.

    What does not come out even is said to four places. With `beyond` it is told as more than that (不止).
    """
    if isinstance(larger, date) and isinstance(smaller, date):
        return _with_unit(Decimal((larger - smaller).days), "天")
    about = _BEYOND if beyond else None
    if isinstance(larger, Decimal | int) and isinstance(smaller, Decimal | int):
        apart = EXACT.subtract(larger, smaller)
    else:
        scale = 100 if isinstance(fact_type, RateType) else 1
        exact = Fraction(_number(larger)) - Fraction(_number(smaller))
        apart = EXACT.divide(Decimal(int(exact * scale * 10**4)).scaleb(-4), Decimal(scale))
        if not apart:
            apart, about = EXACT.divide(Decimal(1).scaleb(-4), Decimal(scale)), Bilingual("不到", "less than ")
        elif apart != exact and not beyond:
            about = Bilingual("约", "about ")
    if isinstance(fact_type, RateType):
        points = _plain(EXACT.multiply(apart, Decimal(100)))
        text = Bilingual(f"{points}个百分点", f"{points} percentage {'point' if points == '1' else 'points'}")
    else:
        text = value_text(fact_type, apart)
    return text if about is None else Bilingual(f"{about.zh}{text.zh}", f"{about.en}{text.en}")


def listed(parts: list[Bilingual]) -> Bilingual:
    return Bilingual("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _series_text(fact_type: FactType, series: Series) -> Bilingual:
    parts = [
        Bilingual(f"{year}年 {text.zh}", f"{year}: {text.en}")
        for year, text in ((year, value_text(fact_type, value)) for year, value in sorted(series.years.items()))
    ]
    if series.earlier_highest is not None:
        text = value_text(fact_type, series.earlier_highest)
        parts.append(Bilingual(f"此前各年最高 {text.zh}", f"highest before: {text.en}"))
    return listed(parts) if parts else Bilingual("各年均未知", "no year known")


def _chinese_yuan(amount: Decimal) -> str:
    size = abs(amount)
    if size >= _YI and EXACT.remainder(size, _WAN) == 0:
        return f"{_trimmed(EXACT.divide(amount, _YI))}亿元"
    if size >= _WAN and EXACT.remainder(size, _HUNDRED) == 0:
        return f"{_trimmed(EXACT.divide(amount, _WAN))}万元"
    return f"{_plain(amount)}元"


def _plain(number: Decimal) -> str:
    """The number in full, with thousands commas and no trailing zeros."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(value: Value | Number) -> Number:
    if isinstance(value, int | Decimal | Fraction):
        return value
    raise TypeError(f"not a number: {value!r}")


def _decimal(value: Value | Number) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    raise TypeError(f"not a number: {value!r}")


def _same(text: str) -> Bilingual:
    return Bilingual(text, text)
