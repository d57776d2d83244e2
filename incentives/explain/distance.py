"""How far a value lies from what would do, in words. Imports the model, amounts and values.

What goes by whole steps (people, days) is told to the nearest value that does: 47人 is 4人 from 超过50人. What has no
step that people would name (money, a rate) lies further from what does than from an end that is not included.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil, floor
from typing import Final

from incentives.amounts.ranges import INFINITE, Number
from incentives.explain.amounts import difference_text
from incentives.facts.types import CountType, FactType, Value, YearlyType
from incentives.language import nodes
from incentives.language.nodes import How, Term, Unit
from incentives.records import NamedTuple
from incentives.values import Bilingual


class End(NamedTuple):
    """One end of a range that a value is held against, and whether the end itself is inside."""

    value: Value | Number
    inclusive: bool


class _Side(NamedTuple):
    """What is said of a value on one side of all that would do: of a number, and of a day."""

    number: Bilingual
    day: Bilingual


_BELOW: Final = _Side(Bilingual("差 {}", "short by {}"), Bilingual("早 {}", "{} early"))
_ABOVE: Final = _Side(Bilingual("超出 {}", "over by {}"), Bilingual("晚 {}", "{} late"))
_AT_NUMBER: Final = Bilingual("恰为界限，不含本数", "exactly at the limit, which is not included")
_AT_DAY: Final = Bilingual("恰为界限，不含当日", "exactly on the day of the limit, which is not included")


def short_by(
    of: FactType, low: End | None, high: End | None, value: Value | Number, *, whole: bool
) -> Bilingual | None:
    """How far a value lies outside the ends it is held against; None inside them, and of what is without end.

    `whole` says that only whole numbers are among what it can be.
    """
    if value in (INFINITE, -INFINITE):
        return None
    # The checker reads an end and what it bounds as the same ordered type.
    if low is not None and (value < low.value or _is_just(low, value)):  # type: ignore[operator]
        return _outside(of, low, value, _BELOW, whole=whole)
    if high is not None and (value > high.value or _is_just(high, value)):  # type: ignore[operator]
        return _outside(of, high, value, _ABOVE, whole=whole)
    return None


def _is_just(end: End, value: Value | Number) -> bool:
    """Whether a value is the end itself, which is not included."""
    return value == end.value and not end.inclusive


def _outside(of: FactType, end: End, value: Value | Number, side: _Side, *, whole: bool) -> Bilingual:
    at, says = (_AT_DAY, side.day) if isinstance(value, date) else (_AT_NUMBER, side.number)
    nearest = _nearest(end, up=side is _BELOW) if whole or isinstance(value, date) else None
    if nearest is None and value == end.value:
        return at
    target = end.value if nearest is None else nearest
    large, small = (target, value) if side is _BELOW else (value, target)
    apart = difference_text(of, large, small, beyond=nearest is None and not end.inclusive)
    told = Bilingual(says.zh.format(apart.zh), says.en.format(apart.en))
    return told if value != end.value else Bilingual(f"{told.zh}：{at.zh}", f"{told.en}: {at.en}")


def _nearest(end: End, *, up: bool) -> Value | Number | None:
    """The first whole number, or day, from an end on that would do; None where the calendar ends before."""
    at = end.value
    if isinstance(at, date):
        if end.inclusive:
            return at
        beyond = date.max if up else date.min
        return None if at == beyond else at + timedelta(days=1 if up else -1)
    assert isinstance(at, Number), "what goes by steps is a number or a day"
    if at in (INFINITE, -INFINITE):
        return None
    if up:
        return ceil(at) if end.inclusive else floor(at) + 1
    return floor(at) if end.inclusive else ceil(at) - 1


def is_whole(term: Term) -> bool:
    """Whether a term comes to nothing but whole numbers of what is counted one by one.

    Years and months that have passed are not: what was counted is less than what has passed.
    """
    match term:
        case nodes.FactValue(fact) | nodes.YearValue(fact) | nodes.Increase(fact):
            return _is_count(fact.type)
        case nodes.OverYears(how, fact):
            return how is not How.MEAN and _is_count(fact.type)
        case nodes.OverItems(how, _, of):
            return how is not How.MEAN and is_whole(of)
        case nodes.Combined(how, of):
            return how is not How.MEAN and all(is_whole(part) for part in of)
        case nodes.Difference(left, right):
            return is_whole(left) and is_whole(right)
        case nodes.Defined(_, _, of):
            return is_whole(of)
        case nodes.Literal(value):
            return isinstance(value, int)
        case nodes.Elapsed(unit):
            return unit is Unit.DAYS
        case (
            nodes.CountItems()
            | nodes.CountValues()
            | nodes.YearsGranted()
            | nodes.TimesGranted()
            | nodes.YearsSinceGranted()
        ):
            return True
        case _:
            return False


def _is_count(of: FactType) -> bool:
    return isinstance(of.of if isinstance(of, YearlyType) else of, CountType)
