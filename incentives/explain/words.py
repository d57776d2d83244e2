"""Conditions in words, in both languages. Imports the model, amounts and values."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from incentives.explain.amounts import difference_text, listed, value_text
from incentives.facts.types import DateType, ManyType, Value
from incentives.language.model import (
    All,
    AnyOf,
    Bound,
    Condition,
    Equals,
    IncludesAny,
    ItemExists,
    Not,
    OneOf,
    Test,
    Within,
)
from incentives.values import Bilingual


def title(condition: Condition) -> Bilingual:
    """What a condition looks at."""
    match condition.form:
        case Within() | Equals() | OneOf() | IncludesAny() as test:
            return test.fact.title
        case ItemExists(entity):
            return entity.title
        case All():
            return Bilingual("以下全部满足", "all of these")
        case AnyOf():
            return Bilingual("以下任一满足", "any of these")
        case Not():
            return Bilingual("以下不成立", "not this")
        case _:
            assert_never(condition.form)


def needed(condition: Condition) -> Bilingual | None:
    """What a condition asks for; None for a combination, whose parts say it."""
    match condition.form:
        case Within() as test:
            return _range(test)
        case Equals() as test:
            return value_text(test.fact.type, test.value)
        case OneOf() as test:
            return _list(test, [value_text(test.fact.type, value) for value in test.values])
        case IncludesAny() as test:
            of = test.fact.type.of if isinstance(test.fact.type, ManyType) else test.fact.type
            texts = _list(test, [value_text(of, value) for value in test.values])
            return Bilingual(f"含 {texts.zh}", f"includes {texts.en}")
        case ItemExists():
            return Bilingual("至少一个", "at least one")
        case All() | AnyOf() | Not():
            return None
        case _:
            assert_never(condition.form)


def short_by(test: Test, value: Value) -> Bilingual | None:
    """How far a value lies outside the bounds it is held against; None inside them and for tests without bounds."""
    if not isinstance(test, Within):
        return None
    low, high = test.low, test.high
    # The checker reads a bound and the fact it bounds as the same ordered type.
    if low is not None and value < low.value:  # type: ignore[operator]
        apart = difference_text(test.fact.type, low.value, value)
        return Bilingual(f"差 {apart.zh}", f"short by {apart.en}")
    if high is not None and value > high.value:  # type: ignore[operator]
        apart = difference_text(test.fact.type, value, high.value)
        return Bilingual(f"超出 {apart.zh}", f"over by {apart.en}")
    for end in (low, high):
        if end is not None and value == end.value and not end.inclusive:
            return Bilingual("恰为界限，不含本数", "exactly the bound, which is not included")
    return None


def _range(condition: Within) -> Bilingual:
    ends = [
        *([_end(condition, condition.low, low=True)] if condition.low else []),
        *([_end(condition, condition.high, low=False)] if condition.high else []),
    ]
    return Bilingual("，".join(end.zh for end in ends), " and ".join(end.en for end in ends))


def _end(condition: Within, bound: Bound, *, low: bool) -> Bilingual:
    text = value_text(condition.fact.type, bound.value)
    is_date = isinstance(condition.fact.type, DateType) or isinstance(bound.value, date)
    if is_date:
        match low, bound.inclusive:
            case True, True:
                return Bilingual(f"{text.zh}（含）以后", f"on or after {text.en}")
            case True, False:
                return Bilingual(f"{text.zh}以后（不含）", f"after {text.en}")
            case False, True:
                return Bilingual(f"{text.zh}（含）以前", f"on or before {text.en}")
            case _:
                return Bilingual(f"{text.zh}以前（不含）", f"before {text.en}")
    match low, bound.inclusive:
        case True, True:
            return Bilingual(f"{text.zh}（含）以上", f"at least {text.en}")
        case True, False:
            return Bilingual(f"超过{text.zh}", f"more than {text.en}")
        case False, True:
            return Bilingual(f"{text.zh}（含）以下", f"at most {text.en}")
        case _:
            return Bilingual(f"不满{text.zh}", f"less than {text.en}")


def _list(condition: OneOf | IncludesAny, values: list[Bilingual]) -> Bilingual:
    texts = listed(values)
    if condition.open is not None:
        return Bilingual(f"{texts.zh}{condition.open}", f"{texts.en} and the like ({condition.open})")
    if len(values) == 1:
        return texts
    return Bilingual(f"{texts.zh}之一", f"one of {texts.en}")
