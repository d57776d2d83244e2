"""The numbers at which a score changes are those of its parts: held against every number at which the score does."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from functools import partial

from incentives.advice.changeable import Changeable
from incentives.advice.grid import Grid
from incentives.advice.moves import Moves
from incentives.advice.remembered import Remembered
from incentives.advice.summands import Summands
from incentives.advice.thresholds import search
from incentives.advice.trial import Supposed, Trial
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import Value
from incentives.values import State
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy

REVENUE, RESEARCH = (Place("company", None, fact, ON.year) for fact in ("revenue", "rd_expense"))
LINE = Grid(0, 10**9, Decimal("0.01"))
COMPANY = {
    "name": "乙",
    "revenue": {ON.year: "500万元"},
    "rd_expense": {ON.year: "50万元"},
    "employees_average": {ON.year: "20人"},
}


def test_a_score_changes_where_one_of_its_parts_does_and_nowhere_else() -> None:
    seen: Counter[str] = Counter()
    for seed in range(150):
        draw = random.Random(seed)
        trial = trial_of(draw)
        remembered = Remembered(trial)
        [test] = remembered.tests
        beside = {RESEARCH: Decimal(draw.randrange(1, 200) * 10_000)}
        supposing = partial(supposed, beside)
        upward, at = draw.choice((True, False)), draw.randrange(LINE.high)
        ends = (at, LINE.high) if upward else (0, at)
        turns = Summands(remembered).turns(test, REVENUE, LINE, supposing, ends, upward=upward)
        assert turns is not None, seed
        assert list(turns) == sorted(turns, reverse=not upward), seed
        for number in by_ranges(remembered, supposing, ends, upward=upward):
            assert number in turns, seed
            seen["turns"] += 1
        seen["few"] += len(turns) < 12
    assert seen["turns"] > 40, seen
    assert seen["few"] > 120, seen


def test_what_changes_with_every_number_or_is_open_tells_none() -> None:
    whole = partial(supposed, {})
    for score in (
        "{sum_of: [{this_year: revenue}, {this_year: rd_expense}], at_least: 700万元, says: 甲}",
        "{ratio_of: rd_expense, to: revenue, year: this_year, at_least: 20%, says: 甲}",
    ):
        remembered = Remembered(trial_that(score))
        [test] = remembered.tests
        assert Summands(remembered).turns(test, REVENUE, LINE, whole, (0, LINE.high), upward=True) is None
    remembered = Remembered(trial_of(random.Random(1)))
    [test] = remembered.tests
    unknown = partial(supposed, {RESEARCH: Open(State.MISSING, Decimal(0), Decimal(10**7))})
    assert Summands(remembered).turns(test, REVENUE, LINE, unknown, (0, LINE.high), upward=True) is None


def test_no_number_is_followed_to_where_it_no_longer_helps() -> None:
    within = trial_that("{fact: revenue, year: this_year, at_least: 600万元, at_most: 700万元, says: 甲}")
    outside = trial_that("{not: {fact: revenue, year: this_year, at_least: 400万元, at_most: 700万元}, says: 甲}")
    for trial, expected in ((within, ["6000000.00"]), (outside, ["3999999.99", "7000000.01"])):
        moves = Moves(trial, [REVENUE], Changeable(VOCABULARY, ON), ON)
        found = moves.options(REVENUE, {}, [])
        assert sorted(str(value) for value in found) == expected


def by_ranges(remembered: Remembered, supposing: object, ends: tuple[int, int], *, upward: bool) -> list[int]:
    """The first number of each stretch on which the score is enough, or is not, by asking for ranges of them."""
    [test] = remembered.tests

    def another(value: Value | Open, than: State) -> bool:
        return remembered.state_of(test, supposing(value)) is not than  # type: ignore[operator]

    found: list[int] = []
    here = State.HOLDS if not another(LINE.at(ends[0] if upward else ends[1]), State.HOLDS) else State.FAILS
    while (number := search(LINE, ends, partial(another, than=here), upward=upward)) is not None:
        found.append(number)
        ends = (number + 1, ends[1]) if upward else (ends[0], number - 1)
        here = State.HOLDS if here is State.FAILS else State.FAILS
    return found


def supposed(beside: Supposed, value: Value | Open) -> Supposed:
    return {**beside, REVENUE: value}


def trial_of(draw: random.Random) -> Trial:
    def rows(unit: str, most: int) -> str:
        ends = sorted({draw.randrange(1, most) for _ in range(3)}, reverse=True)
        gives = [draw.randrange(1, 9) * 5 for _ in ends]
        return ", ".join(
            f"{{at_least: {end}{unit}, gives: {points}分}}" for end, points in zip(ends, gives, strict=True)
        )

    parts = (
        f"{{by: {{this_year: revenue}}, rows: [{rows('万元', 900)}], otherwise: 0分}}",
        f"{{by: {{ratio_of: rd_expense, to: revenue, year: this_year}}, rows: [{rows('%', 60)}], otherwise: 0分}}",
        f"{{by: {{this_year: employees_average}}, rows: [{rows('人', 40)}], otherwise: 0分}}",
    )
    return trial_that(f"{{sum_of: [{', '.join(parts)}], at_least: {draw.randrange(2, 14) * 5}分, says: 甲}}")


def trial_that(when: str) -> Trial:
    known = evaluator(policy("score", [clause("score", when)]))
    return Trial(known.applicable(ON)[0].clauses[0], known.profile(COMPANY), ON, None)
