"""Codes and words that would be something else, held against every code of each kind and every set of words."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

from incentives.advice.changeable import UNNAMED, Changeable, is_unnamed
from incentives.advice.trial import Trial
from incentives.advice.ways import Way
from incentives.facts.places import Place, value_at, with_value
from incentives.facts.types import PlainValue
from incentives.language.model import Clause, Policy
from incentives.language.nodes import Condition, StartsWith
from incentives.language.reads import everything_in
from incentives.values import State
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy
from tests.advice.trials import refusals

CODES = ("510100", "510104", "510105", "510107", "510400", "510703", "510704", "110101")
NAMED = ("510100", "510104", "510107", "510703")
BEGINNINGS = ("51", "5101", "5107", "510107")
ZONES = ("成都高新区", "四川天府新区", "广州开发区")
REGISTERED, TAXED, ZONED = (
    Place("company", None, fact) for fact in ("registered_district", "tax_district", "functional_zones")
)
UNIVERSE: dict[Place, tuple[PlainValue, ...]] = {
    REGISTERED: CODES,
    TAXED: CODES,
    ZONED: tuple(
        frozenset(zone for zone, has in zip(ZONES, mask, strict=True) if has) for mask in product((0, 1), repeat=3)
    ),
}
CHANGEABLE = Changeable(VOCABULARY, ON)

Changed = Mapping[Place, PlainValue]


def drawn(draw: random.Random) -> tuple[Policy, Trial]:
    """A clause of districts and zones, and a company."""
    raw = {
        "name": "乙",
        "registered_district": draw.choice(CODES),
        "tax_district": draw.choice(CODES),
        "functional_zones": [zone for zone in ZONES if draw.random() < 0.4],
    }
    known = evaluator(policy("one", [clause("one", condition(draw, 2))]))
    version = known.applicable(ON)[0]
    return version, Trial(version.clauses[0], known.profile(raw), ON, None)


def condition(draw: random.Random, deep: int) -> str:
    if deep and draw.random() < 0.7:
        parts = ", ".join(condition(draw, deep - 1) for _ in range(draw.randint(2, 3)))
        return f"{{{draw.choice(('all', 'any'))}: [{parts}]}}"
    if draw.random() < 0.3:
        test = f"fact: functional_zones, includes_any: [{', '.join(draw.sample(ZONES, draw.randint(1, 2)))}]"
    else:
        how, values = draw.choice((("in", NAMED), ("starts_with", BEGINNINGS)))
        some = ", ".join(f"'{one}'" for one in draw.sample(values, draw.randint(1, 2)))
        test = f"fact: {draw.choice(('registered_district', 'tax_district'))}, {how}: [{some}]"
    return f"{{not: {{{test}}}}}" if draw.random() < 0.5 else f"{{{test}}}"


def after(trial: Trial, changed: Changed) -> Trial:
    profile = trial.profile
    for place, value in changed.items():
        profile = with_value(profile, place, value)
    return trial._replace(profile=profile)


def now_of(trial: Trial) -> dict[Place, PlainValue]:
    found = {place: value_at(trial.profile, place) for place in UNIVERSE}
    return {place: value for place, value in found.items() if value is not None}


def smaller(one: Changed, other: Changed, now: Changed) -> bool:
    """Whether some changes are a part of others; of words that come and go, fewer of them."""

    def within(place: Place) -> bool:
        here, there, before = one[place], other.get(place), now[place]
        if isinstance(here, frozenset) and isinstance(there, frozenset) and isinstance(before, frozenset):
            return here ^ before <= there ^ before
        return here == there

    return one != other and all(map(within, one))


def all_of(now: Changed) -> Iterator[Changed]:
    """All sets of changes there are."""
    for values in product(*UNIVERSE.values()):
        yield {place: value for place, value in zip(UNIVERSE, values, strict=True) if value != now[place]}


def every(trial: Trial) -> Iterator[Changed]:
    """All that end the refusal."""
    return (one for one in all_of(now_of(trial)) if after(trial, one).state() is not State.FAILS)


def stands_for(choice: PlainValue, value: PlainValue, clause: Clause, fact: str | None) -> bool:
    """Whether a choice is a value; of what is not named, one that is not and begins so, but not as another does."""
    if not isinstance(choice, str) or not isinstance(value, str) or not choice.endswith(UNNAMED):
        return choice == value
    forms = [part.form for part in everything_in(clause.condition) if isinstance(part, Condition)]
    begun = {
        begins
        for form in forms
        if isinstance(form, StartsWith) and form.fact.id == fact
        for begins in form.prefixes
        if value.startswith(begins)
    }
    named = CHANGEABLE.named(Place("company", None, fact), clause)
    return value not in named and max(begun, key=len, default="") == choice.removesuffix(UNNAMED)


def is_told(changed: Changed, way: Way, clause: Clause) -> bool:
    """Whether a way, with the other choices of it, is such a change."""
    return {change.place for change in way.changes} == set(changed) and all(
        any(
            stands_for(one, changed[change.place], clause, change.place.fact)
            for one in (change.after, *change.or_else)
        )
        for change in way.changes
    )


def test_every_change_of_codes_and_words_is_what_trying_them_all_finds() -> None:
    seen: Counter[str] = Counter()
    count = 2000 if os.environ.get("INCENTIVES_SEARCH") == "long" else 200
    for seed, trial, found in refusals(drawn, CHANGEABLE, count):
        now = now_of(trial)
        does = [*every(trial)]
        smallest = [one for one in does if not any(smaller(other, one, now) for other in does)]
        told = [one for one in all_of(now) if any(is_told(one, way, trial.clause) for way in found.told)]
        assert all(one in smallest for one in told), seed
        assert found.left_out or all(one in told for one in smallest), seed
        assert found.left_out or bool(found.told) == bool(does), seed
        seen["refused"] += 1
        seen["left out"] += found.left_out
        for way in found.told:
            values = [value for change in way.changes for value in (change.after, *change.or_else)]
            seen["any other"] += UNNAMED in values
            seen["begun so"] += any(is_unnamed(value) and value != UNNAMED for value in values)
            seen["fewer words"] += any(isinstance(one, frozenset) and one < now[ZONED] for one in values)  # type: ignore[operator]
            seen["both"] += len(way.changes) > 1
    assert seen["refused"] > 50, seen
    assert min(seen[kind] for kind in ("any other", "begun so", "fewer words", "both")) > 10, seen
    assert seen["left out"] * 10 < seen["refused"], seen
