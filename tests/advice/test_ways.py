"""How a refusal can be changed: a way changes it, no part of a way does, and no smaller set of facts could."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from itertools import combinations

import pytest

from incentives import GapPlan, Why
from incentives.advice.changeable import Changeable
from incentives.advice.keeping import places_read
from incentives.advice.moves import Moves
from incentives.advice.smallest import MOST_FOUND, smallest
from incentives.advice.trial import Trial
from incentives.advice.ways import MOST_WAYS, Change, ways, with_changes
from incentives.explain.guidance_text import render_plan, render_why
from incentives.facts.places import Place, value_at
from incentives.texts import Lang
from incentives.values import State
from tests.advice.policies import MANY, clause, evaluator, nearly, policy
from tests.advice.policies import ON as DAY
from tests.advice.trials import VOCABULARY, generated
from tests.whole.profiles import ON

CHANGEABLE = Changeable(VOCABULARY, ON.replace(year=1900))


def places_of(trial: Trial) -> list[Place]:
    return [place for place in places_read(trial) if CHANGEABLE.allows(place)]


def test_a_way_changes_the_outcome_and_no_part_of_it_does() -> None:
    sizes: Counter[int] = Counter()
    for trial in generated(250):
        found = ways(trial, places_of(trial), CHANGEABLE).told
        for way in found:
            assert trial._replace(profile=with_changes(trial.profile, way.changes)).state() is not State.FAILS
            for size in range(len(way.changes)):
                for part in combinations(way.changes, size):
                    after = trial._replace(profile=with_changes(trial.profile, part)).state()
                    assert after is State.FAILS, (way, part)
            for change in way.changes:
                for other in change.or_else:
                    others = [one for one in way.changes if one != change]
                    swapped = with_changes(with_changes(trial.profile, others), [Change(change.place, None, other)])
                    assert trial._replace(profile=swapped).state() is not State.FAILS
            sizes[len(way.changes)] += 1
    assert sizes[1] > 50
    assert sizes[2] > 5


def test_a_number_is_changed_no_further_than_it_must_be() -> None:
    seen = 0
    for trial in generated(250):
        for way in ways(trial, places_of(trial), CHANGEABLE).told:
            if len(way.changes) > 1:
                continue
            [change] = way.changes
            grid = CHANGEABLE.grid(change.place)
            if (
                grid is None
                or not isinstance(change.after, int | Decimal)
                or not isinstance(change.before, int | Decimal)
            ):
                continue
            nearer = grid.below(change.after) + (-1 if change.after > change.before else 1)
            less = Change(change.place, change.before, grid.at(nearer))
            after = trial._replace(profile=with_changes(trial.profile, [less])).state()
            assert after is State.FAILS, (change, grid.at(nearer))
            seen += 1
    assert seen > 30


def test_what_cannot_be_changed_is_in_no_way() -> None:
    rng = random.Random(0)
    for trial in generated(60):
        places = places_of(trial)
        kept = Place("", None, None) if not places else rng.choice(places)
        for way in ways(trial, [place for place in places if place != kept], CHANGEABLE).told:
            assert kept not in [change.place for change in way.changes]
            assert all(value_at(trial.profile, change.place) == change.before for change in way.changes)


def either(count: int, form: str) -> str:
    """A policy with a clause that any of so many figures meets."""
    tests = [f"{{fact: {fact}, year: this_year, at_least: 1亿元, says: 以上}}" for fact in MANY[:count]]
    parts = "".join(f"\n          - {test}" for test in tests)
    return policy("many", [clause("score", f"{form}:{parts}")])


@pytest.mark.parametrize(("count", "left_out"), [(MOST_WAYS, False), (MOST_WAYS + 1, True), (len(MANY), True)])
def test_it_is_said_that_not_all_ways_are_listed_exactly_where_they_are_not(count: int, left_out: bool) -> None:
    known, company = evaluator(either(count, "any")), nearly(*MANY)
    [why] = Why.of(known, company, DAY, "many")
    assert (len(why.ways), why.more_ways) == (min(count, MOST_WAYS), left_out)
    told: tuple[tuple[Lang, str], ...] = (("zh", "没有全部列出"), ("en", "Not all are listed"))
    for lang, said in told:
        assert (said in render_why([why], lang)) is left_out
    plan = GapPlan.of(known, company, DAY)
    assert plan.ways_left == (("奖score",) if left_out else ())
    assert ("没有试：奖score" in render_plan(plan, "zh").replace("\n", "")) is left_out


def test_sets_that_are_not_followed_up_are_said_to_be_left_out() -> None:
    pairs = "".join(
        f"\n        - any:\n            - {{fact: {one}, year: this_year, at_least: 1亿元, says: 以上}}"
        f"\n            - {{fact: {other}, year: this_year, at_least: 1亿元, says: 以上}}"
        for one, other in zip(MANY[::2], MANY[1::2], strict=True)
    )
    known = evaluator(policy("many", [clause("score", f"all:{pairs}")]))
    trial = Trial(known.applicable(DAY)[0].clauses[0], known.profile(nearly(*MANY)), DAY, None)
    found = smallest(Moves(trial, places_read(trial), Changeable(known.policies.vocabulary, DAY), DAY))
    assert len(found.sets) <= MOST_FOUND < 2 ** (len(MANY) // 2)
    assert found.left_out


def test_money_that_was_spent_is_not_to_become_less() -> None:
    lowered = 0
    for trial in generated(60):
        fact_ids = {name: frozenset(entity.facts) for name, entity in VOCABULARY.entities.items()}
        spent = CHANGEABLE._replace(
            vocabulary=VOCABULARY._replace(
                entities={name: one._replace(spent=fact_ids[name]) for name, one in VOCABULARY.entities.items()}
            )
        )
        for changeable in (CHANGEABLE, spent):
            for way in ways(trial, places_of(trial), changeable).told:
                falls = [change for change in way.changes if falling(change)]
                assert not (falls and changeable is spent), way
                lowered += len(falls)
    assert lowered > 3


def falling(change: Change) -> bool:
    numbers = (change.before, change.after)
    if not all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in numbers):
        return False
    return change.after < change.before  # type: ignore[operator]
