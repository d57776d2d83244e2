"""How a refusal can be changed: a way changes it, no part of a way does, and no smaller set of facts could."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from itertools import combinations

from incentives.advice.changeable import Changeable
from incentives.advice.keeping import places_read
from incentives.advice.openings import openings
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, changed, ways
from incentives.engines.ranges_of_facts import unknown
from incentives.facts.places import Place, value_at
from incentives.values import State
from tests.advice.trials import VOCABULARY, generated
from tests.whole.profiles import ON

CHANGEABLE = Changeable(VOCABULARY, ON.replace(year=1900))


def places_of(trial: Trial) -> list[Place]:
    return [place for place in places_read(trial) if CHANGEABLE.allows(place)]


def test_a_way_changes_the_outcome_and_no_part_of_it_does() -> None:
    sizes: Counter[int] = Counter()
    for trial in generated(250):
        found = ways(trial, places_of(trial), CHANGEABLE)
        for way in found:
            assert trial._replace(profile=changed(trial.profile, way.changes)).state() is not State.FAILS
            for size in range(len(way.changes)):
                for part in combinations(way.changes, size):
                    after = trial._replace(profile=changed(trial.profile, part)).state()
                    assert after is State.FAILS, (way, part)
            for change in way.changes:
                for other in change.or_else:
                    others = [one for one in way.changes if one != change]
                    swapped = changed(changed(trial.profile, others), [Change(change.place, None, other)])
                    assert trial._replace(profile=swapped).state() is not State.FAILS
            sizes[len(way.changes)] += 1
    assert sizes[1] > 50
    assert sizes[2] > 5


def test_the_openings_are_all_the_smallest_sets_that_open_the_outcome() -> None:
    seen = 0
    for trial in generated(250):
        places = places_of(trial)
        if trial.state() is not State.FAILS or len(places) > 7:
            continue
        opening = [
            frozenset(some)
            for size in range(len(places) + 1)
            for some in combinations(places, size)
            if trial.state({place: unknown(CHANGEABLE.type_of(place)) for place in some}) is not State.FAILS
        ]
        smallest = {one for one in opening if not any(other < one for other in opening)}
        assert set(openings(trial, places, CHANGEABLE)) == smallest, trial
        seen += len(smallest)
    assert seen > 40


def test_a_number_is_changed_no_further_than_it_must_be() -> None:
    seen = 0
    for trial in generated(250):
        for way in ways(trial, places_of(trial), CHANGEABLE):
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
            after = trial._replace(profile=changed(trial.profile, [less])).state()
            assert after is State.FAILS, (change, grid.at(nearer))
            seen += 1
    assert seen > 30


def test_what_cannot_be_changed_is_in_no_way() -> None:
    rng = random.Random(0)
    for trial in generated(60):
        places = places_of(trial)
        kept = Place("", None, None) if not places else rng.choice(places)
        for way in ways(trial, [place for place in places if place != kept], CHANGEABLE):
            assert kept not in [change.place for change in way.changes]
            assert all(value_at(trial.profile, change.place) == change.before for change in way.changes)
