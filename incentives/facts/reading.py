"""Written values read into typed ones. Imports diagnostics, the tree, fact types and the readers of numbers."""

from __future__ import annotations

import re
from datetime import date
from typing import assert_never

from incentives.diagnostics import Code, Diagnostic
from incentives.facts.numbers import read_count, read_money, read_quantity, read_rate
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
    SingleType,
    TextType,
    UsccType,
    YearlyType,
)
from incentives.facts.written import Reading, normal, quoted, refuse
from incentives.source.spelling import nearest
from incentives.source.tree import Node, Scalar, Sequence

# Kept as text: `re` compiles and remembers each when it is first used, which most commands never come to.
_ISO_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z"
_CHINESE_DATE = r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日\Z"
_USCC = r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}\Z"
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def read_value(fact_type: FactType, node: Node) -> Reading:
    """The one value written at `node`, as `fact_type` reads it, or the findings that say why it has none.

    For a yearly fact that is its value in one year.
    """
    if isinstance(fact_type, YearlyType):
        fact_type = fact_type.of
    if isinstance(fact_type, ManyType):
        return _read_many(fact_type, node)
    if not isinstance(node, Scalar):
        return refuse(Code.NOT_ONE_VALUE, node)
    return _read_one(fact_type, node)


def _read_one(fact_type: SingleType, node: Scalar) -> Reading:
    match fact_type:
        case BooleanType():
            if isinstance(node.value, bool):
                return node.value
            words = {"written": f'"{node.text}"'} if node.text in ("true", "false") else {}
            return refuse(Code.NOT_BOOLEAN, node, words)
        case MoneyType():
            return read_money(fact_type, node)
        case RateType():
            return read_rate(fact_type, node)
        case CountType():
            return read_count(fact_type, node)
        case QuantityType():
            return read_quantity(fact_type, node)
        case DateType():
            return read_date(node)
        case TextType():
            text = " ".join(normal(node.text).split())
            return text if isinstance(node.value, str) and text else refuse(Code.NOT_TEXT, node, {"quoted": text})
        case ChoiceType():
            return _read_choice(fact_type, node)
        case CodeType():
            return _read_code(fact_type, node)
        case UsccType():
            text = normal(node.text).upper()
            return text if re.match(_USCC, text) else refuse(Code.USCC_UNREADABLE, node)
        case _:
            assert_never(fact_type)


def uscc_check_digit_fits(code: str) -> bool:
    """Whether the 18th sign is the MOD 31 check digit of the 17 before it (GB 32100-2015, GB/T 17710)."""
    total = sum(_USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _USCC_SIGNS[(31 - total % 31) % 31] == code[17]


def read_date(node: Scalar) -> date | tuple[Diagnostic, ...]:
    """A calendar date written `2024-03-01` or `2024年3月1日`."""
    text = normal(node.text).replace(" ", "")
    found = re.match(_ISO_DATE, text) or re.match(_CHINESE_DATE, text)
    if found and not isinstance(node.value, bool):
        year, month, day = (int(part) for part in found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            pass
    return refuse(Code.DATE_UNREADABLE, node)


def _read_many(fact_type: ManyType, node: Node) -> Reading:
    if not isinstance(node, Sequence):
        return refuse(Code.NOT_A_LIST, node, {"instead": quoted(node) if isinstance(node, Scalar) else ""})
    values: list[str] = []
    problems: list[Diagnostic] = []
    for item in node.items:
        reading = _read_one(fact_type.of, item) if isinstance(item, Scalar) else refuse(Code.NOT_ONE_VALUE, item)
        if isinstance(reading, tuple):
            problems.extend(reading)
        elif isinstance(reading, str):
            values.append(reading)
    return tuple(problems) if problems else frozenset(values)


def _read_choice(fact_type: ChoiceType, node: Scalar) -> Reading:
    text = normal(node.text)
    if not isinstance(node.value, bool):
        for choice in fact_type.choices:
            if text == normal(choice):
                return choice
    suggestion = nearest(text, fact_type.choices) or ""
    words = {"choices_zh": "、".join(fact_type.choices), "choices_en": ", ".join(fact_type.choices)}
    words |= {"nearest": suggestion}
    return refuse(Code.NOT_A_CHOICE, node, words)


def _read_code(fact_type: CodeType, node: Scalar) -> Reading:
    text = normal(node.text)
    if not isinstance(node.value, bool) and fact_type.fits(text):
        return text
    named = [f"`{code}`" for code, label in fact_type.labels if text and text in label and fact_type.fits(code)]
    if fact_type.fits(text.upper()):
        named = [f"`{text.upper()}`"]
    words = {"system": fact_type.system, "named": ", ".join(named), "example": fact_type.example or ""}
    words |= {"digits": str(fact_type.digits or "")}
    return refuse(Code.CODE_UNREADABLE, node, words)
