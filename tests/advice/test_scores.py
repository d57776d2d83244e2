"""Figures that make up for one another in a score: every smallest set is told, held against trying all of them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from math import prod
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.moves import Changed
from incentives.advice.trial import Trial
from incentives.advice.ways import MOST_WAYS, Way, ways
from incentives.facts.places import Place, value_at, with_value
from incentives.facts.types import PlainValue
from incentives.values import State
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy

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
        smallest = [one for one in ending if not any(other != one and within(trial, other, one) for other in ending)]
        found = ways(trial, list(values), CHANGEABLE)
        told = [one for way in found.told for one in every_choice(way)]
        assert all(one in smallest for one in told), (seed, told, smallest)
        assert found.left_out or len(told) == len(smallest), (seed, told, smallest)
        assert not found.left_out or len(found.told) == MOST_WAYS, (seed, smallest)
        sizes = [len(way.changes) for way in found.told]
        assert sizes == sorted(sizes), (seed, found.told)
        places = [frozenset(one) for one in told]
        seen["refusals"] += 1
        seen["none"] += not smallest
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
