"""Conditions in words, in both languages. Imports the model, amounts and values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar, assert_never

from incentives.explain.amounts import listed, value_text
from incentives.explain.ends import band_text, end_text
from incentives.explain.terms import term_text
from incentives.facts.types import CodeType, DateType, ManyType
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Elapsed,
    Equals,
    Granted,
    Holds,
    InCase,
    IncludesAny,
    ItemExists,
    Items,
    Literal,
    Measured,
    Not,
    OneOf,
    Quantity,
    StartsWith,
    Steps,
    TermBound,
    Unit,
    Unstated,
    Within,
)
from incentives.records import replaced
from incentives.values import Bilingual


def title(condition: Condition) -> Bilingual:
    """What a condition looks at."""
    match condition.form:
        case Within() | Equals() | OneOf() | IncludesAny() | StartsWith() as test:
            return test.fact.title
        case ItemExists(entity) | Items(_, entity, _):
            return entity.title
        case Measured(Elapsed(Unit.CALENDAR_YEARS, since)):
            return term_text(since)
        case Measured(Steps(of)):
            return term_text(of)
        case Measured(Granted() as granted) if _is_once(condition.form):
            return _ONCE_FOR_EACH if granted.for_item is not None else _ONCE
        case Measured(term):
            return term_text(term)
        case Unstated(gap):
            return Bilingual(gap, gap)
        case Holds(named, _):
            return Bilingual(named, named)
        case All():
            return Bilingual("以下全部满足", "all of these")
        case InCase() as asked:
            case = in_line(asked.case)
            return Bilingual(f"其中“{case.zh}”的，还须满足", f"where “{case.en}”, also required")
        case AnyOf():
            return Bilingual("以下任一满足", "any of these")
        case AtLeast(_, number):
            return Bilingual(f"以下至少满足{number}项", f"at least {number} of these")
        case Not():
            return Bilingual("以下不成立", "not this")
        case _:
            assert_never(condition.form)


def needed(condition: Condition) -> Bilingual | None:
    """What a condition asks for; None for a combination, whose parts say it."""
    match condition.form:
        case Within() as test:
            return band_text(test.low, test.high, test.fact.type)
        case Equals() as test:
            return value_text(test.fact.type, test.value)
        case OneOf() as test:
            return _list(test, [value_text(test.fact.type, value) for value in test.values])
        case IncludesAny() as test:
            of = test.fact.type.of if isinstance(test.fact.type, ManyType) else test.fact.type
            texts = _list(test, [value_text(of, value) for value in test.values])
            return Bilingual(f"含 {texts.zh}", f"includes {texts.en}")
        case StartsWith() as test:
            return _list(test, _beginnings(test))
        case ItemExists():
            return Bilingual("至少一个", "at least one")
        case Measured() as measured:
            return _measured(measured)
        case Unstated():
            return Bilingual("来源未列", "left out by the source")
        case Items() as of_items:
            return _asked_of_items(of_items)
        case All() | AnyOf() | AtLeast() | Not() | Holds():
            return None
        case _:
            assert_never(condition.form)


def _asked_of_items(form: Items) -> Bilingual:
    inside = _filter(form.where)
    match form.quantity:
        case Quantity.SOME:
            return Bilingual(f"至少一个{inside.zh}", f"at least one {inside.en}")
        case Quantity.EVERY:
            return Bilingual(f"每个都{inside.zh}", f"every one {inside.en}")
        case Quantity.NONE:
            return Bilingual(f"没有一个{inside.zh}", f"none {inside.en}")
        case _:
            assert_never(form.quantity)


def needed_not(condition: Condition) -> Bilingual:
    """What is asked where a condition must not hold: the other side of its one bound, else that it is not so."""
    form = condition.form
    if isinstance(form, Equals) and isinstance(form.value, bool):
        return value_text(form.fact.type, not form.value)
    if isinstance(form, Within) and (form.low is None) is not (form.high is None):
        return band_text(_past(form.high), _past(form.low), form.fact.type)
    is_plain = isinstance(form, Measured) and not isinstance(form.term, Steps | Elapsed | Granted)
    if isinstance(form, Measured) and is_plain and (form.low is None) is not (form.high is None):
        return _measured(replaced(form, low=_past(form.high), high=_past(form.low)))
    if isinstance(form, Items) and form.quantity is not Quantity.EVERY:
        other = Quantity.NONE if form.quantity is Quantity.SOME else Quantity.SOME
        return _asked_of_items(replaced(form, quantity=other))
    told = needed(condition)
    assert told is not None, "a combination asks for no value"
    return Bilingual(f"非（{told.zh}）", f"not ({told.en})")


_End = TypeVar("_End", Bound, TermBound)


def _past(end: _End | None) -> _End | None:
    """The end of what lies past an end."""
    return None if end is None else replaced(end, inclusive=not end.inclusive)


def _filter(where: Condition) -> Bilingual:
    """The condition that items of a list are gone through with, in one line."""
    inside = in_line(where)
    return Bilingual(f"（{inside.zh}）", f"({inside.en})")


def in_line(condition: Condition) -> Bilingual:
    """A condition in one line, its parts joined."""
    match condition.form:
        case All(of):
            parts = [in_line(part) for part in of]
            return Bilingual("，".join(part.zh for part in parts), "; ".join(part.en for part in parts))
        case InCase() as asked:
            case, must = in_line(asked.case), in_line(asked.must)
            return Bilingual(f"（其中“{case.zh}”的，还须{must.zh}）", f"(where “{case.en}”, also {must.en})")
        case AnyOf(of):
            parts = [in_line(part) for part in of]
            return Bilingual(
                f"（{'或'.join(part.zh for part in parts)}）", f"({' or '.join(part.en for part in parts)})"
            )
        case AtLeast(of, number):
            parts = [in_line(part) for part in of]
            return Bilingual(
                f"（{'；'.join(part.zh for part in parts)}，至少满足{number}项）",
                f"(at least {number} of: {'; '.join(part.en for part in parts)})",
            )
        case Not(of):
            negated = in_line(of)
            return Bilingual(f"非（{negated.zh}）", f"not ({negated.en})")
        case _:
            name, test = title(condition), needed(condition)
            if test is None:
                return name
            return Bilingual(f"{name.zh} {test.zh}", f"{name.en}: {test.en}")


def _measured(form: Measured) -> Bilingual:
    if isinstance(form.term, Steps):
        return _a_new_step(form.term)
    if _is_once(form):
        return Bilingual("此前没有兑现过", "not granted before")
    if form.values is not None:
        texts = listed([value_text(form.type, value) for value in form.values])
        return texts if len(form.values) == 1 else Bilingual(f"{texts.zh}之一", f"one of {texts.en}")
    low, high = form.low, form.high
    whole_years = _whole_years(low, high)
    if whole_years is not None:
        return whole_years
    if isinstance(form.term, Elapsed) and form.term.unit is Unit.CALENDAR_YEARS and low is not None:
        return _calendar_years(low, high)
    if low is not None and low == high:
        return term_text(low.of)
    ends = [_term_end(form, end, low=end is low) for end in (low, high) if end is not None]
    return Bilingual("，".join(end.zh for end in ends), " and ".join(end.en for end in ends))


_ONCE = Bilingual("只享受一次", "once only")
_ONCE_FOR_EACH = Bilingual("每个对象只享受一次", "once for each item")


def _is_once(form: Measured) -> bool:
    """Whether it asks that nothing was granted before: 一次性."""
    high = form.high
    if not isinstance(form.term, Granted) or form.low is not None or high is None or not high.inclusive:
        return False
    return isinstance(high.of, Literal) and high.of.value == 0


def _a_new_step(steps: Steps) -> Bilingual:
    """That some step which pays is reached now and never was before."""
    paying = [value_text(steps.key, step.at) for step in steps.steps if step.gives > 0]
    if steps.then_every is not None:
        every, last = value_text(steps.key, steps.then_every[0]), value_text(steps.key, steps.steps[-1].at)
        paying.append(Bilingual(f"{last.zh}以上每满{every.zh}的一档", f"each {every.en} above {last.en}"))
    texts = listed(paying)
    if len(paying) == 1:
        return Bilingual(f"首次达到{texts.zh}", f"{texts.en} for the first time")
    return Bilingual(f"首次达到{texts.zh}之一", f"one of {texts.en} for the first time")


def _whole_years(low: TermBound | None, high: TermBound | None) -> Bilingual | None:
    """在2023年, 在2021年至2023年: the two ends are the first day of a year and the last of it or a later one."""
    if low is None or high is None or not (low.inclusive and high.inclusive):
        return None
    first = low.of.value if isinstance(low.of, Literal) else None
    last = high.of.value if isinstance(high.of, Literal) else None
    if not (isinstance(first, date) and isinstance(last, date)):
        return None
    if (first, last) != (date(first.year, 1, 1), date(last.year, 12, 31)):
        return None
    if first.year == last.year:
        return Bilingual(f"在{first.year}年", f"in {first.year}")
    return Bilingual(f"在{first.year}年至{last.year}年", f"in {first.year} to {last.year}")


def _calendar_years(latest: TermBound, earliest: TermBound | None) -> Bilingual:
    """在申报当年, 在申报前第3年至申报的上一年: counted back from the year of application."""
    last = _year_before(latest)
    if earliest is None:
        return Bilingual(f"在{last.zh}或更早", f"in {last.en} or earlier")
    if earliest == latest:
        return Bilingual(f"在{last.zh}", f"in {last.en}")
    first = _year_before(earliest)
    return Bilingual(f"在{first.zh}至{last.zh}", f"from {first.en} to {last.en}")


def _year_before(ago: TermBound) -> Bilingual:
    years = ago.of.value if isinstance(ago.of, Literal) else None
    match years:
        case 0:
            return Bilingual("申报当年", "the year of application")
        case 1:
            return Bilingual("申报的上一年", "the year before the application")
        case _:
            assert isinstance(years, int), "years are counted back in whole ones"
            return Bilingual(f"申报前第{years}年", f"the {_ordinal(years)} year before that of the application")


def _ordinal(number: int) -> str:
    """2nd, 3rd, 11th: how English counts a place."""
    last = number % 10 if number // 10 % 10 != 1 else 0
    ending = {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{number}{ending}"


def _term_end(form: Measured, bound: TermBound, *, low: bool) -> Bilingual:
    is_day, text = isinstance(form.type, DateType), term_text(bound.of)
    told = end_text(text, inclusive=bound.inclusive, low=low, is_day=is_day)
    if isinstance(bound.of, Literal):
        return told
    # What is worked out is told by its name, behind which 以上 and 以前 would be misread.
    beyond = _BEYOND_DAY if is_day else _BEYOND
    return Bilingual(f"{beyond[low, bound.inclusive]}{text.zh}", told.en)


_BEYOND_DAY = {(True, True): "不早于", (True, False): "晚于", (False, True): "不晚于", (False, False): "早于"}
_BEYOND = {(True, True): "不低于", (True, False): "高于", (False, True): "不高于", (False, False): "低于"}
"""What stands before an end, by whether it is the lower one and inside."""


def _beginnings(test: StartsWith) -> list[Bilingual]:
    """What codes mean that begin so, where that is known; of the others that they begin so, all in one."""
    code = test.fact.type.of if isinstance(test.fact.type, ManyType) else test.fact.type
    assert isinstance(code, CodeType), "only codes are told by how they begin"
    known = [_labelled(code, prefix) for prefix in test.prefixes]
    others = [prefix for prefix, text in zip(test.prefixes, known, strict=True) if text is None]
    return [text for text in known if text is not None] + ([_begins(others)] if others else [])


def _labelled(code: CodeType, prefix: str) -> Bilingual | None:
    """A whole code, or the label of a beginning; None of a beginning without one."""
    label = code.label(prefix)
    if code.digits == len(prefix):
        return value_text(code, prefix)
    begins = _begins([prefix])
    return Bilingual(f"{label}（{begins.zh}）", f"{label} ({begins.en})") if label is not None else None


def any_begun_with(prefix: str, but_for: Sequence[Bilingual], code: CodeType) -> Bilingual:
    """Any code that begins so but for some, by what all of them mean where that is known."""
    begins, label = _begins([prefix]), code.label(prefix)
    others = listed([*but_for])
    but, but_en = (f"，{others.zh} 除外", f" but for {others.en}") if but_for else ("", "")
    told = Bilingual(f"{begins.zh}的任一个{but}", f"any {begins.en}{but_en}")
    return told if label is None else Bilingual(f"{label}（{told.zh}）", f"{label} ({told.en})")


def _begins(prefixes: Sequence[str]) -> Bilingual:
    *first, last = prefixes
    either = f"{', '.join(first)} or {last}" if first else last
    return Bilingual(f"代码以{'、'.join(prefixes)}开头", f"code beginning with {either}")


def _list(condition: OneOf | IncludesAny | StartsWith, values: list[Bilingual]) -> Bilingual:
    texts = listed(values)
    if condition.open is not None:
        return Bilingual(f"{texts.zh}{condition.open}", f"{texts.en} and the like ({condition.open})")
    if len(values) == 1:
        return texts
    return Bilingual(f"{texts.zh}之一", f"one of {texts.en}")
