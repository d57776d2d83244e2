"""When a new item would be of: not before today, and what has happened not after the day of application."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from incentives import Evaluator, GapPlan, PolicySet, Why
from incentives.advice.additions import additions
from incentives.advice.changeable import Changeable
from incentives.advice.grounds import can_move, grounds
from incentives.advice.keeping import places_read
from incentives.advice.trial import DAY
from incentives.advice.ways import Way, after_way, ways
from incentives.explain.guidance_text import render_plan, render_why
from incentives.facts.types import DateType
from incentives.facts.vocabulary import Vocabulary
from incentives.texts import Lang
from incentives.values import Outcome, State
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy
from tests.advice.trials import VOCABULARY as GENERATED
from tests.advice.trials import generated
from tests.whole.profiles import ON as ON_GENERATED

POLICIES = Path(__file__).parents[2] / "policies"
LATER = date(2026, 9, 1)
HELD = "{{fact: held_from, {ends}, says: 起}}"
TITLE = "{{some: title, where: [{{fact: title_kind, is: 质量奖}}, {{fact: {fact}, {ends}}}], says: 质量奖}}"
DRAWN = [date(2026, 1, 1) + timedelta(days=number) for number in range(0, 365, 20)]
NOTHING: dict[str, Any] = {"name": "乙", "titles": [], "premises": []}


def found(
    when: str, for_each: str | None = None, by: date = ON, more: dict[str, Any] | None = None
) -> tuple[Way, ...]:
    """The ways out for an application on the day `by`, seen from the day `ON`."""
    known = evaluator(policy("one", [clause("one", when, for_each=for_each)]))
    version = known.applicable(by)[0]
    changeable = Changeable(VOCABULARY, ON)
    return grounds(
        version, version.clauses[0], known.profile({**NOTHING, **(more or {})}), by, None, changeable
    ).ways.told


def days(way: Way) -> list[tuple[str | None, object, date | None]]:
    changed = [(one.place.fact, one.after, one.until) for one in way.changes]
    return [one for one in changed if isinstance(one[1], date)]


def test_what_has_happened_did_so_on_the_day_of_application() -> None:
    [own] = found(HELD.format(ends="at_least: 2024-01-01"), "premise")
    assert (days(own), own.outcome) == ([("held_from", ON, ON)], Outcome.QUALIFIED)
    [other] = found(TITLE.format(fact="granted_on", ends="at_least: 2024-01-01"))
    assert (days(other), other.outcome) == ([("granted_on", ON, ON)], Outcome.QUALIFIED)


def test_or_up_to_it_where_that_is_planned_for_later() -> None:
    [own] = found(HELD.format(ends="at_least: 2024-01-01"), "premise", LATER)
    assert days(own) == [("held_from", ON, LATER)]
    [other] = found(TITLE.format(fact="granted_on", ends="at_least: 2026-06-01"), by=LATER)
    assert days(other) == [("granted_on", date(2026, 6, 1), LATER)]
    [bounded] = found(HELD.format(ends="at_least: 2024-01-01, at_most: 2026-07-31"), "premise", LATER)
    assert days(bounded) == [("held_from", ON, date(2026, 7, 31))]


def test_nothing_is_of_a_day_that_is_past() -> None:
    assert not found(HELD.format(ends="at_most: 2025-12-31"), "premise")
    assert not found(TITLE.format(fact="granted_on", ends="at_most: 2025-12-31"))
    assert not found(TITLE.format(fact="valid_until", ends="at_most: 2026-02-28"))


def test_where_no_day_up_to_the_application_will_do_nothing_is_proposed_for_it() -> None:
    assert not found(HELD.format(ends="at_least: 2027-01-01"), "premise")
    assert not found(TITLE.format(fact="granted_on", ends="at_least: 2027-01-01"))


def test_what_does_in_place_of_such_a_day_is_told_for_a_new_item_too() -> None:
    figure = "{fact: rd_expense, year: this_year, at_least: 100万元, says: 研发}"
    held = HELD.format(ends="at_least: 2027-01-01")
    [way] = found(f"any: [{held}, {figure}]", "premise", more={"rd_expense": {2026: "50万元"}})
    assert [one.entity for one in way.adds] == ["premise"]
    assert [(change.place.fact, change.after) for change in way.changes] == [("rd_expense", Decimal(1_000_000))]


@pytest.mark.parametrize(
    ("fact", "for_each", "when"),
    [
        ("granted_on", None, TITLE.format(fact="granted_on", ends="at_least: 2026-06-01")),
        ("held_from", "premise", HELD.format(ends="at_least: 2026-06-01")),
    ],
)
def test_a_later_application_is_told_with_the_day_that_it_takes(fact: str, for_each: str | None, when: str) -> None:
    [way] = found(when, for_each)
    first = date(2026, 6, 1)
    assert (way.apply_on, days(way), way.outcome) == (first, [(fact, first, first)], Outcome.QUALIFIED)


def test_the_first_day_of_application_is_what_trying_every_day_of_the_year_finds() -> None:
    seen: Counter[str] = Counter()
    for seed in range(150):
        rng = random.Random(seed)
        low, high = sorted(rng.sample(DRAWN, 2))
        first, last = sorted(rng.sample(DRAWN, 2))
        bounds = f"at_least: {low}, at_most: {high}"
        for_each = rng.choice((None, "premise"))
        granted = TITLE.format(fact="granted_on", ends=bounds) if for_each is None else HELD.format(ends=bounds)
        applied = f"{{fact: application_day, at_least: {first}, at_most: {last}}}"
        will_do = [
            day
            for day in (ON + timedelta(days=number) for number in range(306))
            if first <= day <= last and max(ON, low) <= min(day, high)
        ]
        told = found(f"all: [{granted}, {applied}]", for_each)
        seen["none" if not will_do else "today" if will_do[0] == ON else "later"] += 1
        if not will_do:
            assert not told, seed
            continue
        [way] = told
        assert (way.apply_on or ON) == will_do[0], seed
        [(_, day, until)] = days(way)
        assert (day, until) == (max(ON, low), min(will_do[0], high)), seed
    assert min(seen[one] for one in ("none", "today", "later")) > 10, seen


def test_every_day_from_the_first_to_the_last_of_a_later_application_will_do_and_the_next_does_not() -> None:
    seen: Counter[str] = Counter()
    for seed in range(120):
        rng = random.Random(seed)
        start, end = sorted(rng.sample(DRAWN, 2))
        either = f"{{fact: application_day, at_least: {start}, less_than: {end}, says: 期}}"
        since = f"{{years_since: founded, {rng.choice(('at_least: 1年', 'less_than: 2年'))}, says: 年}}"
        valid = "{has_title: 质量奖, valid: true, says: 有}"
        when = f"all: [{', '.join(rng.sample((either, since, valid), rng.randint(1, 3)))}]"
        titles = [{"name": "原", "title_kind": "质量奖", "valid_until": rng.choice(DRAWN)}]
        company = {
            "founded": rng.choice(DRAWN).replace(year=rng.choice((2024, 2025))),
            "titles": titles * rng.randint(0, 1),
        }
        known = evaluator(policy("one", [clause("one", when)]))
        for way in found(when, more=company):
            if way.apply_on is None:
                assert way.apply_until is None
                continue
            assert way.apply_until is not None
            then = after_way(known.profile({**NOTHING, **company}), way)
            year = [way.apply_on + timedelta(days=number) for number in range(367)]
            outcomes = {day: known.check(then, day).determinations[0].outcome for day in year if day.year == ON.year}
            will_do = [day for day, outcome in outcomes.items() if outcome is Outcome.QUALIFIED]
            assert [day for day in outcomes if day <= way.apply_until] == will_do[
                : will_do.index(way.apply_until) + 1
            ]
            after = way.apply_until + timedelta(days=1)
            assert way.apply_again == next((day for day in will_do if day > after), None)
            seen["again"] += way.apply_again is not None
            assert after.year != ON.year or after not in will_do, (when, company)
            seen["of one day" if way.apply_on == way.apply_until else "of several"] += 1
            seen["to the end of the year"] += after.year != ON.year
    assert min(seen["of one day"], seen["of several"]) > 20, seen
    assert seen["to the end of the year"] > 3, seen


@pytest.mark.parametrize(
    ("when", "by", "day"),
    [
        ("{has_title: 质量奖, valid: true, says: 有}", LATER, ("valid_until", LATER, date.max)),
        (
            TITLE.format(fact="valid_until", ends="at_least: {day: application_day, plus: 2年}"),
            ON,
            ("valid_until", date(2028, 3, 1), date.max),
        ),
        (
            TITLE.format(fact="granted_on", ends="within_last: 3个月"),
            LATER,
            ("granted_on", date(2026, 6, 2), LATER),
        ),
    ],
)
def test_a_day_that_is_held_against_the_day_of_application_is_found(
    when: str, by: date, day: tuple[str, date, date]
) -> None:
    [way] = found(when, by=by)
    assert (days(way), way.outcome) == ([day], Outcome.QUALIFIED)


def test_a_later_application_comes_with_a_title_that_is_still_valid_then() -> None:
    later = "{fact: application_day, at_least: 2026-07-01, says: 期}"
    [way] = found(f"all: [{later}, {{has_title: 质量奖, valid: true, says: 有}}]")
    assert days(way) == [("valid_until", date(2026, 7, 1), date.max)]
    assert (way.apply_on, way.apply_until) == (date(2026, 7, 1), date(2026, 7, 1))


def test_what_may_lie_ahead_has_no_last_day() -> None:
    for by in (ON, LATER):
        [way] = found(TITLE.format(fact="valid_until", ends="at_least: 2027-06-01"), by=by)
        assert days(way) == [("valid_until", date(2027, 6, 1), date.max)]


def test_a_day_that_has_to_be_up_to_the_application_is_told_beside_what_is_still_open() -> None:
    """The day is the only one that will do, and a fact that nobody has given changes nothing of that."""
    one = TITLE.format(fact="granted_on", ends="at_most: 2026-08-01")
    for open_too in (False, True):
        when = f"all: [{one}, {{fact: niche_years, at_least: 3年, says: 三年}}]" if open_too else one
        [way] = found(when)
        assert [(fact, day) for fact, day, _ in days(way)] == [("granted_on", ON)]


@pytest.mark.parametrize(
    ("lang", "today", "between", "endless"),
    [
        (
            "zh",
            "认定日期 2026-03-01 “质量奖” 之后：符合",
            "2026-03-01 至 2026-09-01 之间的任一天",
            "2026-03-01 或以后的任一天",
        ),
        (
            "en",
            "date granted 2026-03-01 “质量奖” then",
            "any day from 2026-03-01 to 2026-09-01",
            "2026-03-01 or any later day",
        ),
    ],
)
def test_in_words(lang: Lang, today: str, between: str, endless: str) -> None:
    granted = TITLE.format(fact="granted_on", ends="at_least: 2024-01-01")
    known = evaluator(policy("one", [clause("one", granted)]))
    assert today in _flat(render_why(Why.of(known, NOTHING, ON, "one"), lang))
    assert between in _flat(render_plan(GapPlan.of(known, NOTHING, ON, by=LATER), lang))
    valid = TITLE.format(fact="valid_until", ends="at_least: 2024-01-01")
    known = evaluator(policy("one", [clause("one", valid)]))
    assert endless in _flat(render_why(Why.of(known, NOTHING, ON, "one"), lang))


def test_no_way_of_generated_clauses_is_of_a_day_after_the_application() -> None:
    since, seen = ON_GENERATED.replace(month=1), 0
    changeable = Changeable(GENERATED, since)
    for trial in generated(250):
        places = [place for place in places_read(trial) if place.fact is None and can_move(place, trial, changeable)]
        found = ways(trial, [*places, DAY], changeable, date(trial.on.year, 12, 31)).told
        for way in found:
            then = trial._replace(profile=after_way(trial.profile, way), on=way.apply_on or trial.on)
            assert then.state() is not State.FAILS
        more = additions(trial, [*places, DAY], changeable, date(trial.on.year, 12, 31)).told
        seen += _held_to_the_day([*found, *more], trial.on, since, GENERATED)
    assert seen > 10


@pytest.mark.parametrize("name", ["fuqing-headquarters-2022", "liuhe-key-industries-2018"])
def test_no_way_of_a_shipped_policy_is_of_a_day_after_the_application(shipped: PolicySet, name: str) -> None:
    on = date(2025, 6, 1)
    known = Evaluator(shipped, "native")
    [version] = known.applicable(on, name)
    changeable, seen = Changeable(VOCABULARY, on), 0
    for file in sorted((POLICIES / name / "examples").glob("*.yaml")):
        profile = known.profile(file)
        for one in known.check(profile, on, name).determinations:
            key = one.item.key if one.item is not None else None
            found = grounds(version, version.clause(one.clause), profile, on, key, changeable).ways.told
            seen += _held_to_the_day(found, on, on, VOCABULARY)
    assert seen


def _held_to_the_day(told: Iterable[Way], on: date, since: date, vocabulary: Vocabulary) -> int:
    """How many days of what has happened were told, none of them outside of its bounds."""
    seen = 0
    for way in told:
        for change in way.changes:
            fact = vocabulary.entities[change.place.entity].facts[change.place.fact or ""]
            if way.is_of_new(change) and isinstance(fact.type, DateType) and not fact.may_lie_ahead:
                seen += 1
                assert isinstance(change.after, date)
                assert since <= change.after <= (change.until or change.after) <= (way.apply_on or on)
    return seen


def _flat(lines: str | Sequence[str]) -> str:
    return " ".join(("".join(lines)).split())
