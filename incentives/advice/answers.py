"""What can be answered to a question: one answer of each cell that something tells apart. Imports reads and facts.

Cells count alike, but words that nobody tells apart count as many as they are. Of a number that something is worked
out from, nothing itself stands beside the answer of its cell, and weighs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_DOWN, Context, Decimal
from itertools import pairwise
from typing import NamedTuple, assert_never

from incentives.advice.cuts import Cut
from incentives.advice.reads import Read
from incentives.facts.places import EARLIER, Place, with_list, with_value
from incentives.facts.profile import Item, Profile
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
    TextType,
    UsccType,
    YearlyType,
)
from incentives.facts.vocabulary import COMPANY
from incentives.values import EXACT, FEN

SOMETHING_ELSE = "…"
"""Stands for any word that no policy names."""

_MOST_ITEMS = 6
"""More items are not thought of at once."""

Answered = PlainValue | tuple[Item, ...]
"""A value, or the items of a list."""


def can_hold(profile: Profile, place: Place) -> bool:
    """Whether there is something in the profile that an answer at a place could be said of."""
    holders = (profile.company,) if place.entity == COMPANY else profile.lists.get(place.entity, ())
    holder = next((one for one in holders if place.item is None or one.key == place.item), None)
    if place.year == EARLIER and place.fact is not None:
        return holder is not None and place.fact in holder.values  # it speaks of the years before one that is known
    return holder is not None or place.item is None


def with_answer(profile: Profile, place: Place, value: Answered) -> Profile:
    """The profile in which a question is answered."""
    if isinstance(value, tuple):
        return with_list(profile, place.entity, value)
    return with_value(profile, place, value)


class Answer(NamedTuple):
    """One of several answers, and how much it weighs among them."""

    value: Answered
    weight: int


_FURTHEST = 10**12
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2190, 1, 1)
"""Between these lie the days that are told apart."""


def answers(read: Read) -> tuple[Answer, ...]:
    """One answer of each cell."""
    if read.fact is None:
        needed = _needed(read)
        return Answer(_items(0), 1), Answer(_items(1), 1), *([Answer(_items(needed), 0)] if needed > 1 else [])
    return tuple(_of(read.fact.type, read))


def _of(of: FactType, read: Read) -> Iterator[Answer]:
    match of:
        case YearlyType(single):
            yield from _of(single, read)
        case BooleanType():
            yield from (Answer(True, 1), Answer(False, 1))
        case MoneyType() | RateType() | QuantityType():
            yield from _with_nothing(_numbers(of, read.cuts), Decimal(0), read)
        case CountType(_, upper):
            top = _FURTHEST if upper is None else upper
            yield from _with_nothing(_whole(0, top, read.cuts), 0, read)
        case DateType():
            first, last = (day.toordinal() for day in (FIRST_DAY, LAST_DAY))
            cuts: set[Cut] = {(end.toordinal(), after) for end, after in read.cuts if isinstance(end, date)}
            yield from (Answer(date.fromordinal(number), 1) for number in _whole(first, last, cuts))
        case ChoiceType(choices):
            named = [choice for choice in choices if choice in read.values]
            others = [choice for choice in choices if choice not in read.values]
            yield from (Answer(choice, 1) for choice in named)
            if others:
                yield Answer(others[0], len(others))
        case CodeType():
            yield from (Answer(code, 1) for code in _codes(of, read))
        case TextType() | UsccType():
            yield from (Answer(word, 1) for word in sorted(map(str, read.values)))
            yield Answer(_another(read), 1)
        case ManyType(single):
            yield Answer(frozenset(), 1)
            for answer in _of(single, read):
                assert isinstance(answer.value, str), "sets are of words"
                yield Answer(frozenset({answer.value}), 1)
            if read.works_with and len(read.values) > 1:  # how many there are is counted
                yield Answer(frozenset(map(str, read.values)), 1)
        case _:
            assert_never(of)


def _needed(read: Read) -> int:
    """How many items it takes that their number is past everything it is told apart at; 1 where that is too many."""
    past = [int(end) + after for end, after in read.cuts if isinstance(end, int | Decimal)]
    return max([number for number in past if number <= _MOST_ITEMS], default=1)


def _items(number: int) -> tuple[Item, ...]:
    """So many items of which nothing is known."""
    return tuple([Item(SOMETHING_ELSE * place, SOMETHING_ELSE * place, {}) for place in range(1, number + 1)])


def _another(read: Read) -> str:
    """A word that is none of those that are told apart."""
    word = SOMETHING_ELSE
    while word in read.values:  # it was the answer for another item
        word += SOMETHING_ELSE
    return word


def _with_nothing(found: Iterable[int | Decimal], nothing: int | Decimal, read: Read) -> Iterator[Answer]:
    """The numbers of all cells; and nothing, where something is worked out from the number."""
    numbers = list(found)
    yield from (Answer(number, 1) for number in numbers)
    if read.works_with and nothing not in numbers:
        yield Answer(nothing, 0)


def _numbers(of: MoneyType | RateType | QuantityType, cuts: set[Cut]) -> Iterator[Decimal]:
    upper = of.upper if isinstance(of, RateType) else None
    negative = isinstance(of, MoneyType | RateType) and of.negative
    top = upper if upper is not None else Decimal(_FURTHEST)
    low = -top if negative else Decimal(0)
    numbers = sorted((Decimal(end), after) for end, after in cuts if isinstance(end, int | Decimal))
    inner = [cut for cut in numbers if low < cut[0] < top or cut in ((low, True), (top, False))]
    ends: list[tuple[Decimal, bool]] = [(low, False), *inner, (top, True)]
    for number, ((least, _), (most, _)) in enumerate(pairwise(ends)):
        if least == most:
            yield least
        elif number == 0 and not negative:
            # Nothing itself is a case of its own: the smallest there is stands for the first cell.
            yield min(FEN, (least + most) / 2)
        elif number == 0:
            yield least
        elif number == len(inner):
            yield most
        else:
            middle = EXACT.divide(least + most, Decimal(2))
            yield middle.quantize(FEN, ROUND_DOWN, Context(prec=60)) if isinstance(of, MoneyType) else middle


def _whole(low: int, high: int, cuts: set[Cut]) -> Iterator[int]:
    """A whole number of each cell: the furthest of the outer ones, the middle of the inner ones."""
    begins = {low}
    for end, after in cuts:
        if isinstance(end, int | Decimal):
            first = int(end) + 1 if after or end != int(end) else int(end)
            if low < first <= high:
                begins.add(first)
    starts = [*sorted(begins), high + 1]
    for number, (start, following) in enumerate(pairwise(starts)):
        if number == 0:
            yield start if following == start + 1 else max(start, min(following - 1, start + 1))
        elif following == high + 1:
            yield high
        else:
            yield (start + following - 1) // 2


def _codes(of: CodeType, read: Read) -> Iterator[str]:
    prefixes = sorted({*read.prefixes, *map(str, read.values)})
    found: dict[object, str] = {}
    for prefix in prefixes:
        code = of.begun_with(prefix)
        if code is not None:
            found.setdefault(read.cell(code), code)
    yield from found.values()
    for begun in (*"9876543210", *"TSRQPONMLKJIHGFEDCBA"):
        code = of.begun_with(begun)
        if code is not None and not any(code.startswith(prefix) for prefix in prefixes):
            yield code
            return
