"""Written values read into typed ones, exactly. Imports diagnostics, the tree, values and fact types.

Full-width signs and spaces inside an amount are read like their plain forms (`１亿元`, `1 亿元`); thousands
commas must stand where they belong (`1,000万元`). What could mean two things is refused with a suggestion:
`1亿` (of what?), `100000000` (yuan or 万元?), `1.0e8`, amounts finer than a fen or above 1000万亿元.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, Inexact
from typing import assert_never

from incentives.diagnostics import Code, Diagnostic
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
    SingleType,
    TextType,
    UsccType,
    YearlyType,
)
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence
from incentives.values import EXACT, FEN, LARGEST_YUAN, ZERO

Reading = PlainValue | tuple[Diagnostic, ...]
"""A value, or why there is none."""

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

LARGEST_NUMBER = Decimal(10) ** 15
"""Counts and quantities above this are refused as slips."""

# Kept as text: `re` compiles and remembers each when it is first used, which most commands never come to.
_NUMBER = r"(?P<sign>[+-]?)(?P<whole>[0-9][0-9,]*)(?P<fraction>\.[0-9]+)?"
_AMOUNT = rf"{_NUMBER}\s*(?P<unit>(?:[^\s0-9.,+-].*)?)\Z"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+\Z"
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
        return _refuse(Code.NOT_ONE_VALUE, node)
    return _read_one(fact_type, node)


def _read_one(fact_type: SingleType, node: Scalar) -> Reading:
    match fact_type:
        case BooleanType():
            if isinstance(node.value, bool):
                return node.value
            quoted = {"written": f'"{node.text}"'} if node.text in ("true", "false") else {}
            return _refuse(Code.NOT_BOOLEAN, node, quoted)
        case MoneyType():
            return _read_money(fact_type, node)
        case RateType():
            return _read_rate(fact_type, node)
        case CountType():
            return _read_count(fact_type, node)
        case QuantityType():
            return _read_quantity(fact_type, node)
        case DateType():
            return read_date(node)
        case TextType():
            text = " ".join(_normal(node.text).split())
            return text if isinstance(node.value, str) and text else _refuse(Code.NOT_TEXT, node, {"quoted": text})
        case ChoiceType():
            return _read_choice(fact_type, node)
        case CodeType():
            text = _normal(node.text)
            if isinstance(node.value, bool) or not re.fullmatch(rf"[0-9]{{{fact_type.digits}}}", text):
                named = [f"`{code}`" for code, label in fact_type.labels if text and text in label]
                words = {"system": fact_type.system, "digits": str(fact_type.digits), "named": ", ".join(named)}
                return _refuse(Code.CODE_UNREADABLE, node, words)
            return text
        case UsccType():
            text = _normal(node.text).upper()
            return text if re.match(_USCC, text) else _refuse(Code.USCC_UNREADABLE, node)
        case _:
            assert_never(fact_type)


def uscc_check_digit_fits(code: str) -> bool:
    """Whether the 18th sign is the MOD 31 check digit of the 17 before it (GB 32100-2015, GB/T 17710)."""
    total = sum(_USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _USCC_SIGNS[(31 - total % 31) % 31] == code[17]


def read_date(node: Scalar) -> date | tuple[Diagnostic, ...]:
    """A calendar date written `2024-03-01` or `2024年3月1日`."""
    text = _normal(node.text).replace(" ", "")
    found = re.match(_ISO_DATE, text) or re.match(_CHINESE_DATE, text)
    if found and not isinstance(node.value, bool):
        year, month, day = (int(part) for part in found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            pass
    return _refuse(Code.DATE_UNREADABLE, node)


def _read_many(fact_type: ManyType, node: Node) -> Reading:
    if not isinstance(node, Sequence):
        return _refuse(Code.NOT_A_LIST, node, {"instead": _written(node) if isinstance(node, Scalar) else ""})
    values: list[str] = []
    problems: list[Diagnostic] = []
    for item in node.items:
        reading = _read_one(fact_type.of, item) if isinstance(item, Scalar) else _refuse(Code.NOT_ONE_VALUE, item)
        if isinstance(reading, tuple):
            problems.extend(reading)
        elif isinstance(reading, str):
            values.append(reading)
    return tuple(problems) if problems else frozenset(values)


def _read_choice(fact_type: ChoiceType, node: Scalar) -> Reading:
    text = _normal(node.text)
    if not isinstance(node.value, bool):
        for choice in fact_type.choices:
            if text == _normal(choice):
                return choice
    suggestion = nearest(text, fact_type.choices) or ""
    words = {"choices_zh": "、".join(fact_type.choices), "choices_en": ", ".join(fact_type.choices)}
    words |= {"nearest": suggestion}
    return _refuse(Code.NOT_A_CHOICE, node, words)


def _read_money(fact_type: MoneyType, node: Scalar) -> Reading:
    text = _normal(node.text)
    found = re.match(_AMOUNT, text)
    if isinstance(node.value, bool) or found is None:
        return _refuse(Code.MONEY_UNREADABLE, node)
    unit = found["unit"]
    if not unit:
        return _refuse(Code.MONEY_BARE_NUMBER, node)
    if unit not in YUAN_UNITS:
        if f"{unit}元" in YUAN_UNITS:
            return _refuse(Code.MONEY_WITHOUT_YUAN, node, {"instead": f"{node.text.strip()}元"})
        return _refuse(Code.MONEY_UNREADABLE, node)
    number = _number(found)
    if number is None:
        return _refuse(Code.THOUSANDS, node)
    amount = EXACT.multiply(number, YUAN_UNITS[unit])
    if abs(amount) > LARGEST_YUAN:
        return _refuse(Code.MONEY_TOO_LARGE, node)
    if found["sign"] == "-" and not fact_type.negative:
        return _refuse(Code.NEGATIVE, node)
    try:
        return EXACT.add(amount, ZERO).quantize(FEN, context=EXACT)  # a minus before nothing is plain nothing
    except Inexact:
        return _refuse(Code.MONEY_BELOW_FEN, node)


def _read_rate(fact_type: RateType, node: Scalar) -> Reading:
    found = re.match(_AMOUNT, _normal(node.text))
    if isinstance(node.value, bool) or found is None:
        return _refuse(Code.RATE_UNREADABLE, node)
    unit = found["unit"]
    if not unit:
        return _refuse(Code.RATE_BARE_NUMBER, node)
    number = _number(found)
    scale = {"%": Decimal("0.01"), "‰": Decimal("0.001")}.get(unit)
    if scale is None or number is None:
        return _refuse(Code.RATE_UNREADABLE, node)
    if abs(number) > LARGEST_NUMBER:
        return _refuse(Code.NUMBER_TOO_LARGE, node)
    if number < 0 and not fact_type.negative:
        return _refuse(Code.NEGATIVE, node)
    return EXACT.multiply(number, scale) or ZERO  # a minus before nothing is plain nothing


def _read_count(fact_type: CountType, node: Scalar) -> Reading:
    number = _number_with_unit(node, fact_type.unit)
    if number is None or number != number.to_integral_value():
        return _refuse(Code.COUNT_UNREADABLE, node, {"unit": fact_type.unit})
    if number < 0:
        return _refuse(Code.NEGATIVE, node)
    return int(number) if number <= LARGEST_NUMBER else _refuse(Code.NUMBER_TOO_LARGE, node)


def _read_quantity(fact_type: QuantityType, node: Scalar) -> Reading:
    number = None if isinstance(node.value, int) else _number_with_unit(node, fact_type.unit)
    if number is None or not _unit(_normal(node.text)).endswith(_unit(fact_type.unit)):
        return _refuse(Code.QUANTITY_UNREADABLE, node, {"unit": fact_type.unit})
    if number < 0:
        return _refuse(Code.NEGATIVE, node)
    return (number or ZERO) if number <= LARGEST_NUMBER else _refuse(Code.NUMBER_TOO_LARGE, node)


def _number_with_unit(node: Scalar, unit: str) -> Decimal | None:
    found = re.match(_AMOUNT, _normal(node.text))
    if isinstance(node.value, bool) or found is None or _unit(found["unit"]) not in ("", _unit(unit)):
        return None
    return _number(found)


def _number(found: re.Match[str]) -> Decimal | None:
    """The number matched, or None where its thousands commas stand wrong. Longer than 40 signs is infinite."""
    whole = found["whole"]
    if "," in whole and not re.match(_GROUPED, whole):
        return None
    digits = whole.replace(",", "") + (found["fraction"] or "")
    if len(digits) > 40:
        return LARGEST_YUAN * 10
    return Decimal(found["sign"] + digits)


def _normal(text: str) -> str:
    """Full-width signs in their plain form, and radicals that look like a character as that character.

    No other sign: `10²` must not become 102.
    """
    if text.isascii():
        return text.strip()
    wide = "".join(unicodedata.normalize("NFKC", sign) if _looks_like_another(sign) else sign for sign in text)
    return unicodedata.normalize("NFC", wide).strip()


def _looks_like_another(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u2fdf" or unicodedata.decomposition(sign).startswith("<wide>")


def _unit(text: str) -> str:
    """A unit with its look-alikes made one: `㎡`, `m²` and `m2`."""
    return unicodedata.normalize("NFKC", text).strip()


def _refuse(code: Code, node: Node, words: dict[str, str] | None = None) -> tuple[Diagnostic, ...]:
    written = {"written": _written(node)}
    return (Diagnostic(code, node.span, written | (words or {})),)


def _written(node: Node) -> str:
    match node:
        case Scalar():
            text = " ".join(node.text.split()) or '""'
            return text if len(text) <= 40 else f"{text[:37]}…"
        case Sequence():
            return "[…]"
        case Mapping():
            return "{…}"
        case _:
            assert_never(node)
