"""How far a value lies from what would do: to the nearest that does, and at an end that is not included beyond it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives import Evaluator, Explanation, Why, render_report
from incentives.amounts.ranges import INFINITE, Number, Open
from incentives.engines.atoms import passes
from incentives.engines.terms.evaluate import evaluate
from incentives.explain.distance import End, is_whole, short_by
from incentives.explain.guidance_text import render_why
from incentives.facts.types import CountType, DateType, FactType, MoneyType, QuantityType, RateType
from incentives.language.nodes import Measured
from incentives.language.walks import walk
from incentives.texts import Lang, in_language
from incentives.values import Bilingual
from tests.advice.trials import generated
from tests.explain.test_formulas import read

ON = date(2026, 3, 1)
PEOPLE, MONEY, RATE, AREA, DAY = CountType("人"), MoneyType(), RateType(), QuantityType("平方米"), DateType()
AT_LIMIT, AT_LIMIT_EN = "恰为界限，不含本数", "exactly at the limit, which is not included"
AT_DAY, AT_DAY_EN = "恰为界限，不含当日", "exactly on the day of the limit, which is not included"


@pytest.mark.parametrize(
    ("of", "bound", "inclusive", "value", "zh", "en"),
    [
        (PEOPLE, 50, True, 47, "差 3人", "short by 3 people"),
        (PEOPLE, 50, False, 47, "差 4人", "short by 4 people"),
        (PEOPLE, 50, False, 50, f"差 1人：{AT_LIMIT}", f"short by 1 person: {AT_LIMIT_EN}"),
        (PEOPLE, 50, True, 50, None, None),
        (PEOPLE, 50, False, 51, None, None),
        (PEOPLE, Fraction(95, 2), True, 47, "差 1人", "short by 1 person"),
        (PEOPLE, Fraction(95, 2), False, 47, "差 1人", "short by 1 person"),
        (MONEY, Decimal(10**8), True, Decimal(9 * 10**7), "差 1000万元", "short by 10,000,000 yuan"),
        (MONEY, Decimal(10**8), False, Decimal(9 * 10**7), "差 不止1000万元", "short by more than 10,000,000 yuan"),
        (MONEY, Decimal(10**8), False, Decimal(10**8), AT_LIMIT, AT_LIMIT_EN),
        (RATE, Decimal("0.2"), False, Decimal("0.19"), "差 不止1个百分点", "short by more than 1 percentage point"),
        (RATE, Decimal("0.2"), False, Decimal("0.2"), AT_LIMIT, AT_LIMIT_EN),
        (RATE, Fraction(1, 3), False, Decimal("0.3"), "差 不止3.3333个百分点", None),
        (RATE, Fraction(1, 3), True, Decimal("0.3"), "差 约3.3333个百分点", None),
        (RATE, Fraction(2, 10**9), False, Decimal(0), "差 不到0.0001个百分点", None),
        (AREA, Decimal(500), False, Decimal("499.5"), "差 不止0.5平方米", "short by more than 0.5 m²"),
        (DAY, date(2026, 3, 13), True, date(2026, 3, 1), "早 12天", "12 days early"),
        (DAY, date(2026, 3, 13), False, date(2026, 3, 1), "早 13天", "13 days early"),
        (DAY, date(2026, 3, 1), False, date(2026, 3, 1), f"早 1天：{AT_DAY}", f"1 day early: {AT_DAY_EN}"),
        (DAY, date.max, False, date.max, AT_DAY, AT_DAY_EN),
    ],
)
def test_what_is_below_is_short_of_the_first_that_would_do(
    of: FactType, bound: Any, inclusive: bool, value: Any, zh: str | None, en: str | None
) -> None:
    told = short_by(of, End(bound, inclusive), None, value, whole=of is PEOPLE)
    assert (told.zh if told is not None else None) == zh
    assert en is None or told == Bilingual(zh or "", en)


@pytest.mark.parametrize(
    ("of", "bound", "inclusive", "value", "zh", "en"),
    [
        (PEOPLE, 40, True, 47, "超出 7人", "over by 7 people"),
        (PEOPLE, 40, False, 47, "超出 8人", "over by 8 people"),
        (PEOPLE, 40, False, 40, f"超出 1人：{AT_LIMIT}", f"over by 1 person: {AT_LIMIT_EN}"),
        (PEOPLE, Fraction(79, 2), False, 40, "超出 1人", "over by 1 person"),
        (PEOPLE, Fraction(79, 2), True, 40, "超出 1人", "over by 1 person"),
        (PEOPLE, 40, True, 40, None, None),
        (MONEY, Decimal(300), True, Decimal(500), "超出 200元", "over by 200 yuan"),
        (MONEY, Decimal(300), False, Decimal(500), "超出 不止200元", "over by more than 200 yuan"),
        (MONEY, Decimal(300), False, Decimal(300), AT_LIMIT, AT_LIMIT_EN),
        (DAY, date(2026, 3, 1), True, date(2026, 3, 13), "晚 12天", "12 days late"),
        (DAY, date(2026, 3, 1), False, date(2026, 3, 13), "晚 13天", "13 days late"),
        (DAY, date(2026, 3, 1), False, date(2026, 3, 1), f"晚 1天：{AT_DAY}", f"1 day late: {AT_DAY_EN}"),
        (DAY, date.min, False, date.min, AT_DAY, AT_DAY_EN),
    ],
)
def test_what_is_above_is_over_the_last_that_would_do(
    of: FactType, bound: Any, inclusive: bool, value: Any, zh: str | None, en: str | None
) -> None:
    told = short_by(of, None, End(bound, inclusive), value, whole=of is PEOPLE)
    assert told == (Bilingual(zh, en) if zh is not None and en is not None else None)


@pytest.mark.parametrize("value", [INFINITE, -INFINITE])
def test_of_what_is_without_end_no_distance_is_told(value: Number) -> None:
    assert short_by(PEOPLE, End(50, inclusive=False), End(60, inclusive=False), value, whole=True) is None


HALVES = st.integers(0, 200).map(lambda number: Fraction(number, 2))


@given(HALVES, st.booleans(), st.integers(0, 100), st.booleans())
def test_of_what_is_counted_the_distance_leads_to_the_first_that_does(
    bound: Fraction, inclusive: bool, value: int, up: bool
) -> None:
    def does(number: int) -> bool:
        beyond = number > bound if up else number < bound
        return beyond or (inclusive and number == bound)

    end = End(bound, inclusive)
    told = short_by(PEOPLE, end if up else None, None if up else end, value, whole=True)
    assert (told is None) is does(value)
    if told is not None:
        steps = int(told.zh.split(" ")[1].split("人")[0])
        way = steps if up else -steps
        assert does(value + way)
        assert not does(value + way - (1 if up else -1))


@given(st.dates(), st.booleans(), st.integers(-40, 40), st.booleans())
def test_of_a_day_the_distance_leads_to_the_first_that_does(
    bound: date, inclusive: bool, apart: int, up: bool
) -> None:
    try:
        value = bound + timedelta(days=apart)
        last = bound + timedelta(days=1 if up else -1)
    except OverflowError:
        return
    target = bound if inclusive else last
    end = End(bound, inclusive)
    told = short_by(DAY, end if up else None, None if up else end, value, whole=False)
    outside = value < target if up else value > target
    assert (told is not None) is outside
    if told is not None:
        assert f" {abs((target - value).days)}天" in told.zh


def _said(tests: list[dict[str, Any]], facts: dict[str, Any], lang: Lang) -> list[str]:
    """What check, explain and a report say of a clause. The table of check breaks its lines: its cells are taken."""
    evaluator = Evaluator(read({"exact": "1万元"}, clause={"when": tests}), "native")
    profile = {"name": "某公司", **facts}
    found = Explanation.of(evaluator, profile, ON)
    short = [one.short_by for one in found.policies[0].clauses[0].items[0].conditions if one.short_by is not None]
    told = ["".join(in_language(one, lang) for one in short)]
    told.append(render_why(Why.of(evaluator, profile, ON, "formulas"), lang))
    told.append(render_report(found, ".md", lang).decode())
    return ["".join(text.split()) for text in told]


@pytest.mark.parametrize(
    ("fact", "test", "value", "zh", "en"),
    [
        ("employees_average", {"more_than": "50人"}, 47, "差4人", "shortby4people"),
        ("employees_average", {"less_than": "40人"}, 47, "超出8人", "overby8people"),
        (
            "employees_average",
            {"more_than": "50人"},
            50,
            "差1人：恰为界限，不含本数",
            "shortby1person:exactlyatthelimit",
        ),
        ("revenue", {"more_than": "1亿元"}, "9000万元", "差不止1000万元", "shortbymorethan10,000,000yuan"),
        ("revenue", {"more_than": "1亿元"}, "1亿元", "恰为界限，不含本数", "exactlyatthelimit,whichisnotincluded"),
    ],
)
def test_check_explain_and_a_report_tell_the_same_distance(
    fact: str, test: dict[str, str], value: object, zh: str, en: str
) -> None:
    tests = [{"fact": fact, "year": "this_year", **test}]
    facts = {fact: {2026: value}}
    for text in _said(tests, facts, "zh"):
        assert zh in text
    for text in _said(tests, facts, "en"):
        assert en in text


@pytest.mark.parametrize(
    ("measured", "facts", "zh"),
    [
        ({"count_of": "project", "more_than": "2项"}, {"projects": [{"name": "甲"}]}, "差2项"),
        ({"days_since": "founded", "more_than": "30天"}, {"founded": "2026-02-20"}, "差22天"),
        ({"years_since": "founded", "more_than": "3年"}, {"founded": "2024-02-20"}, "差不止1年"),
        (
            {"mean_of": "employees_average", "years": 2, "more_than": "50人"},
            {"employees_average": {2025: 47, 2024: 46}},
            "差不止3.5人",
        ),
        (
            {"sum_of": "employees_average", "years": 2, "more_than": "50人"},
            {"employees_average": {2025: 20, 2024: 10}},
            "差21人",
        ),
    ],
)
def test_what_is_counted_one_by_one_goes_by_whole_steps_and_nothing_else(
    measured: dict[str, Any], facts: dict[str, Any], zh: str
) -> None:
    for text in _said([measured], facts, "zh"):
        assert zh in text


def test_what_is_told_by_whole_steps_is_never_anything_between() -> None:
    looked_at = 0
    for trial in generated(400):
        subject = trial.subject()
        assert subject is not None
        for node in walk(trial.clause.condition):
            if isinstance(node.form, Measured) and is_whole(node.form.term):
                found = evaluate(node.form.term, subject, passes)
                if not isinstance(found, Open) and found not in (INFINITE, -INFINITE):
                    assert isinstance(found, int | Decimal)
                    assert found == int(found), node.form.term
                    looked_at += 1
    assert looked_at > 100
