"""Changes, a later day and new items in one set, held against trying every such set there is in a small world."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations_with_replacement, permutations, product
from typing import Any, NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.grown import Added, with_added
from incentives.advice.trial import Trial
from incentives.advice.ways import Way
from incentives.facts.places import Place, with_value
from incentives.facts.profile import Profile
from incentives.facts.types import PlainValue
from incentives.language.model import Policy
from incentives.values import State
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy
from tests.advice.trials import refusals

STAFF = (18, 20, 30)
DAYS = (ON, date(2026, 7, 1))
PURPOSES = ("总部办公", "研发办公", "生产", "其他")
NAMED = PURPOSES[:3]
AREAS = (Decimal(0), Decimal(500), Decimal(1000))

MOST_NEW = 2
"""New premises in a set that is tried."""

CAN_CHANGE = {"employees_average", "purpose", "self_used_area"}
HELD = {fact for entity in VOCABULARY.entities.values() for fact in entity.facts} - CAN_CHANGE
ONLY_THESE = Changeable(VOCABULARY, ON, frozenset(HELD | (VOCABULARY.entities.keys() - {"premise"})))


class Premise(NamedTuple):
    """What is said of premises; None is left open."""

    purpose: str | None
    area: Decimal | None


EVERY_PREMISE = tuple(Premise(*one) for one in product(PURPOSES, AREAS))
EVERY_PART = tuple(Premise(*one) for one in product((None, *PURPOSES), (None, *AREAS[1:])))


class Said(NamedTuple):
    """How many people there are, when an application is made, what the premises at hand are, what new ones are."""

    staff: int
    day: date
    there: Premise | None
    new: tuple[Premise, ...]


def drawn(rng: random.Random) -> tuple[Policy, Trial]:
    when = f"all: [{', '.join(part(rng) for _ in range(rng.randint(1, 2)))}]"
    known = evaluator(policy("drawn", [clause("drawn", when)]))
    there = rng.choice((None, None, None, Premise("生产", Decimal(500)), Premise("总部办公", Decimal(0))))
    company: dict[str, Any] = {
        "name": "乙",
        "employees_average": {2026: "18人"},
        "premises": []
        if there is None
        else [{"name": "原", "purpose": there.purpose, "self_used_area": f"{there.area}平方米"}],
    }
    version = known.applicable(ON)[0]
    return version, Trial(version.clauses[0], known.profile(company), ON, None)


def part(rng: random.Random, depth: int = 2) -> str:
    if depth and rng.random() < 0.6:
        of = ", ".join(part(rng, depth - 1) for _ in range(rng.randint(2, 3)))
        return rng.choice((f"{{any: [{of}]}}", f"{{all: [{of}]}}", f"{{conditions_at_least: 2, of: [{of}]}}"))
    area = f"{{fact: self_used_area, at_least: {rng.choice((500, 1000))}平方米}}"
    purpose = f"{{fact: purpose, in: [{', '.join(rng.sample(NAMED, rng.randint(1, 2)))}]}}"
    where, both = rng.choice((area, purpose)), f"[{purpose}, {area}]"
    return rng.choice(
        (
            f"{{fact: employees_average, year: this_year, at_least: {rng.choice(STAFF[1:])}人, says: 人}}",
            "{fact: application_day, at_least: 2026-07-01, says: 七月}",
            f"{{some: premise, where: {where}, says: 有}}",
            f"{{some: premise, where: {both}, says: 有}}",
            f"{{none: premise, where: {purpose}, says: 无}}",
            f"{{count_of: premise, where: {where}, at_least: {rng.randint(1, 2)}项, says: 计}}",
        )
    )


class World:
    """Whether a clause is refused, for everything that can be said in full."""

    def __init__(self, trial: Trial) -> None:
        self._refused: dict[Said, bool] = {}
        self._trial = trial
        self.there = next((premise_of(item.values) for item in trial.profile.lists["premise"]), None)

    def refused(self, full: Said) -> bool:
        full = full._replace(new=in_order(full.new))
        if full not in self._refused:
            then = self._trial._replace(profile=after(self._trial.profile, full), on=full.day)
            self._refused[full] = then.state() is State.FAILS
        return self._refused[full]

    def will_do(self, said: Said) -> bool:
        each = [
            [one for one in EVERY_PREMISE if part.purpose in (None, one.purpose) and part.area in (None, one.area)]
            for part in said.new
        ]
        return not any(self.refused(said._replace(new=new)) for new in product(*each))

    def every(self) -> Iterator[Said]:
        there = (None,) if self.there is None else EVERY_PREMISE
        new = [
            in_order(some)
            for count in range(MOST_NEW + 1)
            for some in combinations_with_replacement(EVERY_PART, count)
        ]
        for one in product(STAFF, DAYS, there, new):
            yield Said(*one)

    def changes(self, said: Said) -> bool:
        """Whether something changes beside new items."""
        return (said.staff, said.day, said.there) != (STAFF[0], ON, self.there)

    def smallest(self) -> list[Said]:
        found: list[Said] = []
        for said in sorted(self.every(), key=self._size):
            if not any(self.within(one, said) for one in found) and self.will_do(said):
                found.append(said)
        return found

    def _size(self, said: Said) -> int:
        """More than that of everything that is within it."""
        there, now = said.there, self.there
        changed = 0 if there is None or now is None else (there.purpose != now.purpose) + far(now.area, there.area)
        facts = sum((one.purpose is not None) + far(Decimal(0), one.area) for one in said.new)
        return STAFF.index(said.staff) + DAYS.index(said.day) + changed + len(said.new) + facts

    def within(self, one: Said, other: Said) -> bool:
        there = (
            one.there is None
            or other.there is None
            or self.there is None
            or (
                one.there.purpose in (self.there.purpose, other.there.purpose)
                and between(self.there.area, one.there.area, other.there.area)
            )
        )
        return (
            one.staff <= other.staff
            and one.day <= other.day
            and there
            and any(all(map(says_no_more, one.new, some)) for some in permutations(other.new, len(one.new)))
        )


def in_order(new: Iterable[Premise]) -> tuple[Premise, ...]:
    return tuple(sorted(new, key=lambda one: (one.purpose or "", -1 if one.area is None else one.area)))


def far(now: Decimal | None, area: Decimal | None) -> int:
    """How many steps an area is from another one."""
    return 0 if area is None or now is None else abs(AREAS.index(area) - AREAS.index(now))


def between(now: Decimal | None, one: Decimal | None, other: Decimal | None) -> bool:
    return now is None or one is None or other is None or min(now, other) <= one <= max(now, other)


def says_no_more(one: Premise, other: Premise) -> bool:
    enough = one.area is None or (other.area is not None and one.area <= other.area)
    return one.purpose in (None, other.purpose) and enough


def premise_of(values: Mapping[str, Any]) -> Premise:
    return Premise(values["purpose"], values["self_used_area"])


def after(profile: Profile, full: Said) -> Profile:
    profile = with_value(profile, Place("company", None, "employees_average", 2026), full.staff)
    new = {"+" * (number + 1): one for number, one in enumerate(full.new)}
    items = {item.key: full.there for item in profile.lists["premise"]} | new
    for key, one in items.items():
        assert one is not None
        assert one.purpose is not None
        assert one.area is not None
        if key.startswith("+"):
            profile = with_added(profile, [Added("premise", (key,))])
        profile = with_value(profile, Place("premise", key, "purpose"), one.purpose)
        profile = with_value(profile, Place("premise", key, "self_used_area"), one.area)
    return profile


def with_fact(premise: Premise | None, fact: str | None, value: PlainValue) -> Premise:
    assert premise is not None, "one is there"
    if isinstance(value, str):
        assert fact == "purpose"
        return premise._replace(purpose=value)
    assert isinstance(value, Decimal)
    assert fact == "self_used_area"
    return premise._replace(area=value)


def told(way: Way, world: World) -> Iterator[Said]:
    """What a way tells: each of its choices with each of the others, for each new item on its own."""
    each = [
        (change.place._replace(item=key), (change.after, *change.or_else))
        for change in way.changes
        for key in next((added.keys for added in way.adds if added.has(change.place)), (change.place.item,))
    ]
    keys = [key for added in way.adds for key in added.keys]
    for some in product(*(values for _, values in each)):
        by_place = {place: value for (place, _), value in zip(each, some, strict=True)}
        new, there, staff = {key: Premise(None, None) for key in keys}, world.there, STAFF[0]
        for (_, item, fact, _), value in by_place.items():
            if item is None:
                assert isinstance(value, int), "a number of people"
                staff = value
                continue
            if item in new:
                new[item] = with_fact(new[item], fact, value)
            else:
                there = with_fact(there, fact, value)
        yield Said(staff, way.apply_on or ON, there, in_order(new.values()))


def test_every_set_of_changes_days_and_new_items_is_what_trying_them_all_finds() -> None:
    seen: Counter[str] = Counter()
    count = 400 if os.environ.get("INCENTIVES_SEARCH") == "long" else 32
    for seed, trial, found in refusals(drawn, ONLY_THESE, count):
        world = World(trial)
        smallest = world.smallest()
        few = [said for way in found.told for said in told(way, world) if len(said.new) <= MOST_NEW]
        for said in few:
            assert said in smallest, (seed, said)
        if not found.left_out:
            assert set(few) == set(smallest), seed
        seen["refused"] += 1
        seen["sets"] += len(few)
        seen["left out"] += found.left_out
        seen["new items"] += any(said.new for said in few)
        seen["beside new items"] += any(said.new and world.changes(said) for said in few)
    assert seen["refused"] > 22, seen
    assert seen["sets"] > 50, seen
    assert seen["new items"] > 12, seen
    assert seen["beside new items"] > 7, seen
    assert seen["left out"] * 3 < seen["refused"], seen
