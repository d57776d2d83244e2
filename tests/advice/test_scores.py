"""Figures that make up for one another in a score: every smallest set is told, held against trying all of them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import NamedTuple

import pytest

from incentives.advice.changeable import Changeable
from incentives.advice.moves import Changed, Moves
from incentives.advice.points import MOST_SPENT as MOST_SPENT_IN_ALL
from incentives.advice.smallest import smallest
from incentives.advice.trial import DAY, Trial
from incentives.advice.ways import MOST_WAYS, Way, ways
from incentives.facts.places import Place, value_at, with_value
from incentives.facts.types import PlainValue
from incentives.values import State
from tests.advice.policies import MANY, ON, VOCABULARY, clause, evaluator, policy

CHANGEABLE = Changeable(VOCABULARY, ON)
COMBINATIONS = 1500
"""Combinations of values of one clause that are tried at most; a clause with more is not looked at."""


class Figure(NamedTuple):
    """A number of the company, how it is named, and the steps in which it is drawn, each of so much of its `unit`."""

    fact: str
    step: int
    unit: str
    yearly: bool = True
    can_fall: bool = True

    @property
    def place(self) -> Place:
        return Place("company", None, self.fact, ON.year if self.yearly else None)

    @property
    def head(self) -> str:
        return f"fact: {self.fact}" + (", year: this_year" if self.yearly else "")

    @property
    def key(self) -> str:
        return f"{{this_year: {self.fact}}}" if self.yearly else self.fact

    def written(self, steps: int) -> str:
        return f"{steps * self.step}{self.unit}"

    def beyond(self, steps: int, upward: int) -> PlainValue:
        """So many steps, and one of the smallest parts more or less, or neither."""
        if self.unit != "万元":
            return steps * self.step + upward
        return Decimal(steps * self.step * 10_000) + upward * Decimal("0.01")


FIGURES = (
    Figure("rd_expense", 10, "万元", can_fall=False),
    Figure("employees_average", 5, "人"),
    Figure("output_value", 100, "万元"),
    Figure("core_team_size", 2, "人", yearly=False),
    Figure("standards_participated", 1, "项", yearly=False),
)
FLAGS = ("licensed_tools", "own_brand")
DISTRICTS = ("510104", "510107", "510105")
HIGHEST = 5
"""The highest end of a row, in steps."""


def test_every_smallest_set_that_reaches_a_score_is_told_and_nothing_else() -> None:
    seen: Counter[str] = Counter()
    for seed in range(400):
        drawn = Score(random.Random(seed))
        trial, values = drawn.trial, drawn.values()
        if trial.state() is not State.FAILS or prod(len(some) + 1 for some in values.values()) > COMBINATIONS:
            continue
        ending = [one for one in every_combination(values) if ends_it(trial, one)]
        least = [one for one in ending if not any(other != one and within(trial, other, one) for other in ending)]
        found = ways(trial, list(values), CHANGEABLE)
        told = [one for way in found.told for one in every_choice(way)]
        assert all(one in least for one in told), (seed, told, least)
        assert found.left_out or len(told) == len(least), (seed, told, least)
        assert not found.left_out or len(found.told) == MOST_WAYS, (seed, least)
        sizes = [len(way.changes) for way in found.told]
        assert sizes == sorted(sizes), (seed, found.told)
        places = [frozenset(one) for one in told]
        seen["refusals"] += 1
        seen["none"] += not least
        seen["left out"] += found.left_out
        seen["of several"] += sum(size > 1 for size in sizes)
        seen["of the same figures"] += len(places) > len(set(places))
        seen["less of something"] += any(is_less(trial, one) for one in told)
    assert seen["refusals"] > 200, seen
    assert seen["none"] > 3, seen
    assert seen["of several"] > 300, seen
    assert seen["of the same figures"] > 40, seen
    assert seen["less of something"] > 5, seen
    assert 0 < seen["left out"] * 10 < seen["refusals"], seen


def test_more_items_and_a_later_day_make_up_for_figures_too() -> None:
    seen: Counter[str] = Counter()
    for seed in range(240):
        trial = with_titles(random.Random(seed))
        if trial.state() is not State.FAILS:
            continue
        moves = Moves(trial, [CAPITAL, STAFF, TITLES, DAY], CHANGEABLE, LAST_DAY)
        staff = value_at(trial.profile, STAFF)
        values: dict[Place, list[PlainValue]] = {
            CAPITAL: [Decimal(tens * 100_000) for tens in (6, 8)],
            STAFF: [number for number in (3, 4, 7, 8) if number != staff],
            TITLES: [1, 2, 3],
            DAY: [day for month in range(3, 13) for day in (date(ON.year, month, 10), date(ON.year, month, 13))],
        }
        looked_at = {place: some for place, some in values.items() if place in moves.places}
        ending = [one for one in every_combination(looked_at) if moves.state(one) is not State.FAILS]
        told = smallest(moves)
        assert not told.left_out, seed
        assert all(moves.state(one) is not State.FAILS for one in told.sets)
        for one in ending:
            assert any(is_part(moves, other, one) for other in told.sets), (seed, one, told.sets)
        for one in told.sets:
            assert not any(other != one and is_part(moves, other, one) for other in ending), (seed, one)
            seen["of several"] += len(one) > 1
            seen["with a day"] += DAY in one and len(one) > 1
            seen["with titles"] += TITLES in one and len(one) > 1
        seen["refusals"] += 1
    assert seen["refusals"] > 150, seen
    assert seen["of several"] > 50, seen
    assert seen["with a day"] > 30, seen
    assert seen["with titles"] > 40, seen


def test_a_score_of_many_ratios_is_given_up_in_time_and_it_is_said() -> None:
    def part(one: str, other: str, ends: Sequence[int]) -> str:
        rows = ", ".join(f"{{at_least: {end}%, gives: {end // 5}分}}" for end in ends)
        return f"{{by: {{ratio_of: {one}, to: {other}, year: this_year}}, rows: [{rows}], otherwise: 0分}}"

    parts = ", ".join(part(*pair, ends=(90, 70, 50, 30, 10)) for pair in pairwise(MANY))
    known = evaluator(policy("many", [clause("many", f"{{sum_of: [{parts}], at_least: 150分, says: 甲}}")]))
    company = {
        "name": "乙",
        **{fact: {ON.year: f"{100 + 900 * (number % 2)}万元"} for number, fact in enumerate(MANY)},
    }
    trial = Trial(known.applicable(ON)[0].clauses[0], known.profile(company), ON, None)
    moves = Moves(trial, [Place("company", None, fact, ON.year) for fact in MANY], CHANGEABLE, ON)
    found = smallest(moves)
    assert found.left_out
    assert found.sets
    assert moves.spent < 1.1 * MOST_SPENT_IN_ALL
    for one in found.sets:
        assert ends_it(trial, one)
        assert not any(ends_it(trial, {place: one[place] for place in one if place != left}) for left in one)


@pytest.mark.parametrize(
    ("when", "left_out"),
    [
        ("count_of: title, at_least: 12项", False),
        ("count_of: title, at_least: 13项", True),
        ("count_of: title, at_most: 13项", False),
        ("count_of: functional_zones, at_least: 3项", False),
        ("count_of: functional_zones, at_least: 4项", True),
    ],
)
def test_it_is_said_where_more_would_have_to_be_added_than_is_tried(when: str, left_out: bool) -> None:
    large = "{fact: paid_in_capital, at_least: 60万元, says: 乙}"
    known = evaluator(policy("more", [clause("more", f"{{all: [{{{when}, says: 甲}}, {large}]}}")]))
    company = {"name": "乙", "paid_in_capital": "50万元", "titles": [], "functional_zones": []}
    trial = Trial(known.applicable(ON)[0].clauses[0], known.profile(company), ON, None)
    moves = Moves(trial, [CAPITAL, TITLES, Place("company", None, "functional_zones")], CHANGEABLE, ON)
    assert smallest(moves).left_out is left_out


CAPITAL = Place("company", None, "paid_in_capital")
STAFF = Place("company", None, "employees_average", ON.year)
TITLES = Place("title", None, None)
LAST_DAY = date(ON.year, 12, 31)


def with_titles(rng: random.Random) -> Trial:
    """A score of two or three of: capital, staff, titles counted, a title of some day, and how old the company is."""

    def gives() -> str:
        return f"gives: {rng.randint(1, 4) * 5}分"

    count = f"{{count_of: title, at_least: {rng.randint(2, 3)}项}}"
    since = f"{{fact: granted_on, at_least: {ON.year}-{rng.randint(3, 9):02d}-10}}"
    lately = "{fact: title_kind, is: 高新技术企业}, {fact: granted_on, within_last: 1年}"
    parts = (
        f"by: paid_in_capital, rows: [{{at_least: 80万元, {gives()}}}, {{at_least: 60万元, {gives()}}}]",
        f"by: {{this_year: employees_average}}, rows: [{{at_least: 8人, {gives()}}}, {{at_least: 4人, {gives()}}}]",
        f"cases: [{{when: {count}, {gives()}}}, {{when: {{count_of: title, at_least: 1项}}, {gives()}}}]",
        f"cases: [{{some: title, where: [{since}], {gives()}}}]",
        f"cases: [{{some: title, where: [{lately}], {gives()}}}]",
        f"cases: [{{has_title: 高新技术企业, valid: true, {gives()}}}]",
        f"cases: [{{when: {{years_since: founded, at_least: 1年}}, {gives()}}}]",
    )
    score = ", ".join(
        f"{{{one}, otherwise: {rng.choice((0, 0, 5))}分}}" for one in rng.sample(parts, rng.randint(2, 3))
    )
    older = "{years_since: founded, at_least: 1年, says: 丁}"
    beside = rng.choice(([], [], [older], ["{count_of: title, at_least: 2项, says: 戊}"]))
    together = ", ".join([f"{{sum_of: [{score}], at_least: {rng.choice((15, 20, 25, 30))}分, says: 甲}}", *beside])
    known = evaluator(policy("score", [clause("score", f"{{{rng.choice(('all', 'any'))}: [{together}]}}")]))
    kind = rng.choice(("创新型中小企业", "高新技术企业"))
    title = {"name": "甲", "title_kind": kind, "granted_on": "2025-05-05", "valid_until": "2026-06-09"}
    company = {
        "name": "乙",
        "paid_in_capital": "50万元",
        "employees_average": {ON.year: f"{rng.randint(3, 7)}人"},
        "founded": rng.choice(("2025-03-13", "2025-08-13", "2024-02-01")),
        "titles": rng.choice(([], [title])),
    }
    return Trial(known.applicable(ON)[0].clauses[0], known.profile(company), ON, None)


def is_part(moves: Moves, one: Changed, other: Changed) -> bool:
    """Whether a set of changes is the other one, or less of it."""
    return all(place in other and moves.no_further(place, one[place], other[place]) for place in one)


class Score:
    """A clause that asks for a score, other conditions beside it, and a company that has little."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._figures = rng.sample(FIGURES, rng.choice((2, 3, 3, 4)))
        self._turning: defaultdict[Figure, set[tuple[PlainValue, bool]]] = defaultdict(set)
        self._words: dict[str, tuple[PlainValue, ...]] = {}
        known = evaluator(policy("score", [clause("score", self._together([self._score(), *self._beside()]))]))
        company = {
            "name": "乙",
            "registered_district": rng.choice(DISTRICTS),
            **{flag: rng.random() < 0.3 for flag in FLAGS},
            **{one.fact: self._of_year(one, one.written(rng.choice((0, 0, 1, 3)))) for one in FIGURES},
        }
        self.trial = Trial(known.applicable(ON)[0].clauses[0], known.profile(company), ON, None)

    def values(self) -> dict[Place, list[PlainValue]]:
        """Of each number where some end of a row or a bound is passed; of all else what it can be instead."""
        found: dict[Place, list[PlainValue]] = {}
        for one, turning in self._turning.items():
            now = value_at(self.trial.profile, one.place)
            allowed = {
                value
                for value, upward in turning
                if (value > now if upward else one.can_fall and value < now)  # type: ignore[operator]
            }
            found[one.place] = sorted(allowed)
        for fact, every in self._words.items():
            place = Place("company", None, fact)
            found[place] = [value for value in every if value != value_at(self.trial.profile, place)]
        return found

    def _of_year(self, figure: Figure, written: str) -> object:
        return {ON.year: written} if figure.yearly else written

    def _end(self, figure: Figure, end: str, at: int) -> str:
        """An end, written; noted is where it is passed, upwards and downwards."""
        up, down = (0, -1) if end == "at_least" else (1, 0)
        self._turning[figure] |= {(figure.beyond(at, up), True), (figure.beyond(at, down), False)}
        return f"{end}: {figure.written(at)}"

    def _together(self, conditions: list[str]) -> str:
        together = ", ".join(conditions)
        if len(conditions) > 2 and self._rng.random() < 0.3:
            return f"{{conditions_at_least: 2, of: [{together}]}}"
        return f"{{{self._rng.choice(('all', 'all', 'any'))}: [{together}]}}"

    def _score(self) -> str:
        parts = [self._points(one) for one in self._figures]
        parts += [f"{{cases: [{{{self._flag()}, gives: 10分}}], otherwise: 0分}}"] if self._rng.random() < 0.3 else []
        parts += [self._districts()] if self._rng.random() < 0.3 else []
        return f"{{sum_of: [{', '.join(parts)}], at_least: {self._rng.choice((20, 30, 40))}分, says: 甲}}"

    def _beside(self) -> Iterator[str]:
        for _ in range(self._rng.choice((0, 0, 1, 2))):
            figure = self._rng.choice(self._figures)
            end = self._end(
                figure, self._rng.choice(("at_least", "at_least", "at_most")), self._rng.randint(1, HIGHEST)
            )
            bound = f"{{{figure.head}, {end}, says: 乙}}"
            yield self._rng.choice((bound, bound, f"{{not: {bound}}}", f"{{{self._flag()}, says: 丙}}"))

    def _points(self, figure: Figure) -> str:
        """What a figure gives, by a table or by cases; most often more for more of it."""
        rng = self._rng
        at = sorted(rng.sample(range(1, HIGHEST + 1), rng.choice((2, 2, 3, 4))), reverse=True)
        gives = sorted((rng.randint(1, 4) * 5 for _ in at), reverse=rng.random() < 0.9)
        end = "at_least"
        if figure.can_fall and rng.random() < 0.2:
            end, at = "at_most", at[::-1]
        rows = [f"{self._end(figure, end, one)}, gives: {some}分" for one, some in zip(at, gives, strict=True)]
        points = f"by: {figure.key}, rows: [{', '.join(f'{{{row}}}' for row in rows)}], otherwise: 0分"
        if rng.random() < 0.4:
            points = f"cases: [{', '.join(f'{{{figure.head}, {row}}}' for row in rows)}], otherwise: 0分"
        if rng.random() < 0.2:  # what it gives hangs on something that is no number
            return f"{{cases: [{{{self._flag()}, gives: {{{points}}}}}], otherwise: {rng.choice((0, 5))}分}}"
        return f"{{{points}}}"

    def _flag(self) -> str:
        flag = self._rng.choice(FLAGS)
        self._words[flag] = (True, False)
        return f"fact: {flag}, is: {self._rng.choice(('true', 'true', 'false'))}"

    def _districts(self) -> str:
        self._words["registered_district"] = DISTRICTS[:2]
        gives = [(one, self._rng.choice((5, 10, 15))) for one in DISTRICTS[:2]]
        rows = ", ".join(f"{{fact: registered_district, is: '{one}', gives: {some}分}}" for one, some in gives)
        return f"{{cases: [{rows}], otherwise: 0分}}"


def every_combination(values: dict[Place, list[PlainValue]]) -> Iterator[Changed]:
    for chosen in product(*[[None, *some] for some in values.values()]):
        yield {place: value for place, value in zip(values, chosen, strict=True) if value is not None}


def every_choice(way: Way) -> Iterator[Changed]:
    """The set of changes that a way tells, and the others that it tells by other choices which do as well."""
    for chosen in product(*[(change.after, *change.or_else) for change in way.changes]):
        yield {change.place: value for change, value in zip(way.changes, chosen, strict=True)}


def ends_it(trial: Trial, changed: Changed) -> bool:
    """Whether the clause is not refused on the profile that was changed."""
    profile = trial.profile
    for place, value in changed.items():
        profile = with_value(profile, place, value)
    return trial._replace(profile=profile).state() is not State.FAILS


def within(trial: Trial, one: Changed, other: Changed) -> bool:
    """Whether a set of changes is the other one, or less of it."""
    return all(place in other and no_further(trial, place, one[place], other[place]) for place in one)


def no_further(trial: Trial, place: Place, one: PlainValue, other: PlainValue) -> bool:
    if one == other or isinstance(one, bool | str):
        return one == other
    now = value_at(trial.profile, place)
    return now < one < other or now > one > other  # type: ignore[operator]


def is_less(trial: Trial, changed: Changed) -> bool:
    """Whether some number becomes less."""
    return any(
        not isinstance(value, bool | str) and value < value_at(trial.profile, place)  # type: ignore[operator]
        for place, value in changed.items()
    )


def test_a_figure_that_one_part_weighs_and_another_steps_by_is_raised_to_the_step_too() -> None:
    """By the other part alone the research would have to be doubled once more."""
    size = "{by: {this_year: revenue}, rows: [{at_least: 5000万元, gives: 40分}, {at_least: 1000万元, gives: 20分}]}"
    share = "{ratio_of: rd_expense, to: revenue, year: this_year}"
    rows = "[{at_least: 6%, gives: 40分}, {at_least: 3%, gives: 20分}, {at_least: 0%, gives: 0分}]"
    when = f"{{sum_of: [{size}, {{by: {share}, rows: {rows}}}], at_least: 60分, says: 分}}"
    known = evaluator(policy("one", [clause("one", when)]))
    company = {"name": "乙", "revenue": {2026: "4999.99万元"}, "rd_expense": {2026: "100万元"}}
    trial = Trial(known.applicable(ON)[0].clauses[0], known.profile(company), ON, None)
    revenue, research = (Place("company", None, fact, 2026) for fact in ("revenue", "rd_expense"))
    found = ways(trial, [revenue, research], CHANGEABLE)
    told = [{change.place: change.after for change in way.changes} for way in found.told]
    assert {revenue: Decimal(50_000_000), research: Decimal(1_500_000)} in told
    assert {research: Decimal(2_999_994)} in told
