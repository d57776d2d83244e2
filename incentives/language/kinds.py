"""Which types go together, and what a message calls them. Imports the types of facts and the tree."""

from __future__ import annotations

from decimal import Decimal

from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CountType,
    FactType,
    MoneyType,
    QuantityType,
    RateType,
)
from incentives.source.tree import Scalar


def alike(left: FactType, right: FactType) -> bool:
    """Whether values of two types can be added and compared: money with money, 人 with 人."""
    if isinstance(left, CountType | QuantityType) and isinstance(right, CountType | QuantityType):
        return left.unit == right.unit
    if isinstance(left, MoneyType | RateType | ChoiceType):
        return isinstance(right, type(left))
    return type(left) is type(right)


def signed(of: FactType) -> FactType:
    """The type of what can also be below nothing."""
    match of:
        case MoneyType():
            return MoneyType(negative=True)
        case RateType():
            return RateType(negative=True)
        case _:
            return of


def unlimited(of: FactType) -> FactType:
    """The type of what can exceed the highest value of each part: a sum."""
    return of._replace(upper=None) if isinstance(of, RateType | CountType) else of


def guessed(node: Scalar) -> FactType | None:
    """The type that a value shows by its unit; None for words."""
    text = node.text.strip()
    if isinstance(node.value, bool):
        return BooleanType()
    if not text[:1].isdigit() and text[:1] not in "-+":
        return None
    if text.endswith("元"):
        return MoneyType(negative=True)
    if text.endswith(("%", "‰", "％", "个百分点")):
        return RateType(negative=True)
    unit = text.lstrip("+-0123456789.,， ")
    return QuantityType(unit) if "." in text else CountType(unit)


_KINDS = {
    "MoneyType": ("金额", "money"),
    "RateType": ("比例", "a rate"),
    "DateType": ("日期", "a date"),
    "BooleanType": ("是或否", "yes or no"),
    "ChoiceType": ("选项", "a choice"),
    "YearlyType": ("逐年数值", "a value for each year"),
}


def kind_word(of: FactType, lang: str) -> str:
    """What a type is called in a message."""
    if isinstance(of, CountType | QuantityType):
        return f"数量（{of.unit}）" if lang == "zh" else f"a number of {of.unit}"
    chinese, english = _KINDS.get(type(of).__name__, ("文字", "words"))
    return chinese if lang == "zh" else english


def as_number(value: object) -> Decimal:
    """A literal's number. Only for types that have one."""
    assert isinstance(value, int | Decimal)
    return Decimal(value)
