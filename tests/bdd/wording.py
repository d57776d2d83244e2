"""Chinese words of the scenarios read into values and back; failures that say what was found instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn, TypeVar

from incentives import NOT_BOUNDED, Basis, Outcome, PolicyStatus
from incentives.amounts.ranges import INFINITE, Number, Open
from incentives.decision.result import AwardResult, PolicyDecision, Reason
from incentives.diagnostics import Span
from incentives.facts.reading import read_date, read_value
from incentives.facts.series import EARLIER_HIGHEST
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    FactType,
    ManyType,
    MoneyType,
    QuantityType,
    RateType,
    Value,
    YearlyType,
)
from incentives.language.model import DocumentKind, Stacking
from incentives.source.spelling import nearest
from incentives.source.tree import Scalar
from incentives.values import Possible

T = TypeVar("T")

UNKNOWN = "未知"
NONE = "无"
UNPUBLISHED = "未公布"
UNLIMITED = "不封顶"
AT_MOST = "最高"
EARLIER = "更早最高"
YES, NO = "是", "否"

OUTCOMES = {
    "符合": Outcome.QUALIFIED,
    "不符合": Outcome.NOT_QUALIFIED,
    "缺数据": Outcome.UNDETERMINED,
    "需人工认定": Outcome.NEEDS_REVIEW,
}
STATUSES = {
    "有效": PolicyStatus.IN_FORCE,
    "尚未生效": PolicyStatus.NOT_YET_IN_FORCE,
    "已失效": PolicyStatus.NO_LONGER_IN_FORCE,
}
STACKING = {Stacking.NOT_PUBLISHED: UNPUBLISHED, Stacking.CUMULATIVE: "可以叠加"}
ENDS = {"可确定的": "guaranteed", "最高可能的": "possible"}
"""The two ends of a total."""
DOCUMENTS = {
    DocumentKind.OFFICIAL_TEXT: "正式文件",
    DocumentKind.REPRINT: "转载",
    DocumentKind.PRESS_REPORT: "媒体报道",
}


def fail(message: str) -> NoReturn:
    __tracebackhide__ = True
    raise AssertionError(message)


def expect(what: str, wanted: object, actual: object) -> None:
    """Fails when the two differ, naming both."""
    __tracebackhide__ = True
    if wanted != actual:
        fail(f"{what}：应为“{wanted}”，实际是“{actual}”")


def look_up(what: str, word: str, known: Mapping[str, T]) -> T:
    """What a word of the scenario means; fails with what could have been written."""
    __tracebackhide__ = True
    if word in known:
        return known[word]
    close = nearest(word, known)
    hint = f"是不是“{close}”？" if close else f"可以写：{listed(known)}"
    fail(f"没有叫“{word}”的{what}；{hint}")


def listed(words: Iterable[str]) -> str:
    return "、".join(f"“{word}”" for word in words) or "（无）"


def quoted(text: str) -> list[str]:
    """The words in `“甲”、“乙”`."""
    return text.strip("“”").split("”、“")


def content(title: str, fact_type: FactType, text: str) -> object:
    """A cell as a profile holds it; None where it is unknown."""
    __tracebackhide__ = True
    text = text.strip()
    if text == UNKNOWN:
        return None
    if isinstance(fact_type, ManyType):
        return [] if text == NONE else [_single(title, fact_type.of, part) for part in text.split("、")]
    if isinstance(fact_type, YearlyType):
        return dict(_of_year(title, fact_type, part) for part in text.split("、"))
    return _single(title, fact_type, text)


def _of_year(title: str, fact_type: YearlyType, text: str) -> tuple[int | str, object]:
    """`2024年1.2亿元`, `更早最高8000万元`."""
    __tracebackhide__ = True
    found = re.fullmatch(f"([0-9]{{4}}年|{EARLIER})(.+)", text)
    if found is None:
        fail(f"“{title}”逐年填写；“{text}”写成“2024年……”")
    return year_of(found[1]), content(title, fact_type.of, found[2])


def year_of(text: str) -> int | str:
    """The year as a profile holds it: `2024年`, or `更早最高` for the highest of all earlier years."""
    __tracebackhide__ = True
    if text == EARLIER:
        return EARLIER_HIGHEST
    found = re.fullmatch("([0-9]{4})年", text)
    return int(found[1]) if found else fail(f"“{text}”不是年份；写成“2024年”或“{EARLIER}”")


def _single(title: str, fact_type: FactType, text: str) -> object:
    __tracebackhide__ = True
    if isinstance(fact_type, BooleanType):
        return look_up(f"“{title}”的内容", text, {YES: True, NO: False})
    if isinstance(fact_type, CodeType):
        return {label: code for code, label in fact_type.labels}.get(text, text)
    return text


def day_of(text: str) -> date:
    __tracebackhide__ = True
    day = read_date(_scalar(text))
    return day if isinstance(day, date) else fail(f"“{text}”不是日期；写成“2026年3月1日”")


def yuan_of(text: str) -> Decimal:
    __tracebackhide__ = True
    amount = read_value(MoneyType(), _scalar(text))
    return amount if isinstance(amount, Decimal) else fail(f"“{text}”不是金额；写成“1000万元”")


def possible_of(text: str) -> Possible:
    return NOT_BOUNDED if text == UNLIMITED else yuan_of(text)


def yuan_text(amount: Possible) -> str:
    """The amount as scenarios write it."""
    if not isinstance(amount, Decimal):
        return UNLIMITED
    if amount < 0:
        return f"-{yuan_text(-amount)}"
    for unit, size in (("亿元", Decimal(10) ** 8), ("万元", Decimal(10) ** 4)):
        if amount >= size and amount % (size / 100) == 0:
            return f"{(amount / size).normalize():f}{unit}"
    return f"{amount.normalize():f}元"


def award_text(award: AwardResult) -> str:
    match award.basis:
        case Basis.CEILING:
            return f"{AT_MOST}{yuan_text(_figure(award))}"
        case Basis.EXACT:
            return yuan_text(_figure(award))
        case _:
            return award.words or ""


def same_award(wanted: str, award: AwardResult) -> bool:
    """Whether the words name this award: its amount in any unit, and whether it is a ceiling."""
    if award.basis not in (Basis.EXACT, Basis.CEILING):
        return wanted == award.words
    if wanted.startswith(AT_MOST) != (award.basis is Basis.CEILING):
        return False
    return possible_of(wanted.removeprefix(AT_MOST)) == _figure(award)


def _figure(award: AwardResult) -> Possible:
    """The figure the clause states; where it states none, what is worked out, at its upper end."""
    return award.interval.possible if award.amount is None else award.amount


def told_value(of: FactType, found: Value | Number | Open) -> str:
    """What a definition comes to, as scenarios write it; where it is open, what it can be."""
    if isinstance(found, Open):
        if found.among is not None and isinstance(of, ChoiceType):
            return "或".join(word for word in of.choices if word in found.among)
        if abs(found.low) != INFINITE and abs(found.high) != INFINITE:
            return f"{told_value(of, found.low)}至{told_value(of, found.high)}"
        return UNKNOWN
    if isinstance(found, bool):
        return YES if found else NO
    if isinstance(found, date):
        return chinese_day(found)
    if isinstance(found, str) or not isinstance(found, int | Decimal | Fraction):
        return str(found)
    match of:
        case MoneyType():
            return yuan_text(Decimal(found)) if not isinstance(found, Fraction) else f"{found}元"
        case RateType():
            return f"{_digits(Fraction(found) * 100)}%"
        case CountType(unit) | QuantityType(unit):
            return f"{_digits(Fraction(found))}{unit}"
        case _:
            return str(found)


def _digits(number: Fraction) -> str:
    """The number in full; as a fraction where its digits do not end."""
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == number else str(number)


def reason_text(reason: Reason) -> str:
    """The fact a condition tests, by its title; a condition of several parts by the words of the paper."""
    return reason.title.zh if reason.title else reason.says or "（组合条件）"


def stated(policy: PolicyDecision) -> dict[str, str]:
    """What the decision says of the policy itself."""
    period = policy.period
    start, end = chinese_day(period.start), chinese_day(period.end) if period.end else "长期有效"
    return {
        "生效日期": start if period.start_published else f"{UNPUBLISHED}，从{start}起算",
        "失效日期": end if period.end_published else UNPUBLISHED,
        "叠加规则": STACKING[policy.stacking],
        "文号": policy.document.number or UNPUBLISHED,
        "出处类型": DOCUMENTS[policy.document.kind],
    }


def chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _scalar(text: str) -> Scalar:
    return Scalar(text, text, Span("scenario"))
