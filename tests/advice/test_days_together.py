"""Two days of a new item beside the day of application, held against trying every tenth of them."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.grown import Added, with_added
from incentives.advice.trial import Trial
from incentives.advice.ways import Way
from incentives.facts.places import Place, with_value
from incentives.language.model import Policy
from incentives.values import State
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy
from tests.advice.trials import refusals

TENTHS = [ON + timedelta(days=10 * number) for number in range(9)]
BETWEEN = [day + timedelta(days=5) for day in TENTHS[:-1]]
EVENTS = ("purchased_on", "settled_on")
STAFF = (18, 20)

CAN_CHANGE = {"employees_average", *EVENTS}
HELD = {fact for entity in VOCABULARY.entities.values() for fact in entity.facts} - CAN_CHANGE
ONLY_THESE = Changeable(VOCABULARY, ON, frozenset(HELD | (VOCABULARY.entities.keys() - {"contract"})))

Days = tuple[date | None, date | None]
"""When something was bought and settled; None is left open."""


class Said(NamedTuple):
    """How many people there are, when an application is made, and the days of a new contract; None without one."""

    staff: int
    day: date
    new: Days | None


EVERY = [
    Said(staff, day, new)
    for staff, day in product(STAFF, TENTHS)
    for new in (None, *product((None, *TENTHS), (None, *TENTHS)))
]


def drawn(rng: random.Random) -> tuple[Policy, Trial]:
    when = f"all: [{', '.join(part(rng) for _ in range(rng.randint(1, 2)))}]"
    text = policy("drawn", [clause("drawn", when)]).replace("until: 2026-12-31", f"until: {TENTHS[-1]}")
    known = evaluator(text)
    version = known.applicable(ON)[0]
    profile = known.profile({"name": "乙", "contracts": [], "employees_average": {2026: "18人"}})
    return version, Trial(version.clauses[0], profile, ON, None)


def part(rng: random.Random, depth: int = 1) -> str:
    if depth and rng.random() < 0.5:
        of = ", ".join(part(rng, depth - 1) for _ in range(rng.randint(2, 3)))
        return rng.choice((f"{{any: [{of}]}}", f"{{all: [{of}]}}"))
    where = ", ".join(condition(rng) for _ in range(rng.randint(1, 3)))
    beside = (
        f"{{fact: application_day, at_least: {rng.choice(TENTHS[1:6])}, says: 日}}",
        f"{{fact: application_day, at_most: {rng.choice(TENTHS[1:8])}, says: 日}}",
        "{fact: employees_average, year: this_year, at_least: 20人, says: 人}",
    )
    return rng.choice((*[f"{{some: contract, where: [{where}], says: 有}}"] * 4, *beside))


def condition(rng: random.Random) -> str:
    fact, day, apart = rng.choice(EVENTS), rng.choice(TENTHS[1:6]), 10 * rng.randint(1, 3)
    return rng.choice(
        (
            f"{{fact: {fact}, at_least: {day}}}",
            f"{{fact: {fact}, at_most: {day}}}",
            f"{{fact: settled_on, at_least: {{day: purchased_on, plus: {apart}天}}}}",
            f"{{fact: settled_on, at_most: {{day: purchased_on, plus: {apart}天}}}}",
            f"{{fact: {fact}, at_most: {{day: application_day, minus: {apart}天}}}}",
            f"{{fact: {fact}, at_least: {{day: application_day, minus: {apart}天}}}}",
        )
    )


class World:
    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._refused: dict[Said, bool] = {}

    def refused(self, full: Said) -> bool:
        if full not in self._refused:
            profile = with_value(self._trial.profile, Place("company", None, "employees_average", 2026), full.staff)
            if full.new is not None:
                profile = with_added(profile, [Added("contract", ("+",))])
                for fact, day in zip(EVENTS, full.new, strict=True):
                    assert day is not None, "all is said"
                    profile = with_value(profile, Place("contract", "+", fact), day)
            self._refused[full] = self._trial._replace(profile=profile, on=full.day).state() is State.FAILS
        return self._refused[full]

    def will_do(self, said: Said) -> bool:
        """Whether nothing that a contract can be besides refuses the clause: all has happened by the application."""
        if said.new is None:
            return not self.refused(said)
        if any(day is not None and day > said.day for day in said.new):
            return False
        every = (ON + timedelta(days=number) for number in range((said.day - ON).days + 1))
        days = [day for day in (every if said.new != (None, None) else (*TENTHS, *BETWEEN)) if day <= said.day]
        bought, settled = (days if day is None else [day] for day in said.new)
        return not any(self.refused(said._replace(new=new)) for new in product(bought, settled))

    def less(self, said: Said) -> Iterator[Said]:
        """What says a little less: a fact fewer, a day earlier."""
        if said.staff > STAFF[0]:
            yield said._replace(staff=STAFF[0])
        if said.day > ON:
            yield said._replace(day=said.day - timedelta(days=1))
        if said.new is None:
            return
        yield said._replace(new=None)
        for number, day in enumerate(said.new):
            if day is not None:
                yield said._replace(new=with_day(said.new, number, None))
                if day > ON:
                    yield said._replace(new=with_day(said.new, number, day - timedelta(days=1)))

    def told(self, way: Way) -> Said:
        """What a way tells; of a day that only must not be past nothing."""
        by_fact = {change.place.fact: change.after for change in way.changes}
        staff = by_fact.get("employees_average", STAFF[0])
        assert isinstance(staff, int)
        purchased, settled = (by_fact.get(fact) for fact in EVENTS)
        assert purchased is None or isinstance(purchased, date)
        assert settled is None or isinstance(settled, date)
        said = Said(staff, way.apply_on or ON, (purchased, settled) if way.adds else None)
        for number, day in enumerate(said.new or ()):
            if day == ON and said.new is not None:
                fewer = said._replace(new=with_day(said.new, number, None))
                said = fewer if self.will_do(fewer) else said
        return said


def with_day(new: Days, number: int, day: date | None) -> Days:
    return (day, new[1]) if number == 0 else (new[0], day)


def says_no_more(one: Said, other: Said) -> bool:
    beside = one.staff <= other.staff and one.day <= other.day
    if one.new is None or other.new is None:
        return beside and one.new is None
    days = zip(one.new, other.new, strict=True)
    return beside and all(day is None or (more is not None and day <= more) for day, more in days)


def test_days_that_are_bound_to_each_other_and_to_the_application_are_what_trying_them_finds() -> None:
    seen: Counter[str] = Counter()
    count = 400 if os.environ.get("INCENTIVES_SEARCH") == "long" else 60
    for seed, trial, found in refusals(drawn, ONLY_THESE, count):
        world = World(trial)
        told = [world.told(way) for way in found.told if sum(len(added.keys) for added in way.adds) <= 1]
        for said in told:
            assert world.will_do(said), (seed, said)
            assert not any(map(world.will_do, world.less(said))), (seed, said)
        for said in EVERY:
            if not any(says_no_more(one, said) for one in told):
                assert found.left_out or not world.will_do(said), (seed, said)
        seen["refused"] += 1
        seen["later"] += any(said.day > ON for said in told)
        seen["both days"] += any(said.new is not None and None not in said.new for said in told)
        seen["none"] += not told
        seen["left out"] += found.left_out
    assert seen["refused"] > 40, seen
    assert seen["later"] > 25, seen
    assert seen["both days"] > 10, seen
    assert seen["none"] > 5, seen
    assert seen["left out"] * 10 < seen["refused"], seen
