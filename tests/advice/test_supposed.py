"""What is supposed of a fact counts as if the profile said it; a range settles only what all of it settles alike."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from incentives.advice.grid import grid_of
from incentives.advice.keeping import places_read
from incentives.advice.remembered import Remembered
from incentives.advice.trial import DAY, Trial
from incentives.amounts.days import days_between
from incentives.amounts.ranges import Open
from incentives.engines.awards import worth
from incentives.engines.ranges_of_facts import unknown
from incentives.engines.rows import OUTCOMES
from incentives.facts.ledger import LEDGER
from incentives.facts.places import EARLIER, Place, value_at, with_value
from incentives.facts.types import PlainValue, Value
from incentives.values import Interval, NotBounded, State
from tests.advice.trials import VOCABULARY, generated
from tests.whole.profiles import ON

END = date(ON.year, 12, 31)


def others(trial: Trial, place: Place) -> list[PlainValue]:
    """Values of the same fact elsewhere, and numbers a little above and below."""
    value = value_at(trial.profile, place)
    assert value is not None
    assert place.fact is not None
    grid = grid_of(VOCABULARY.entities[place.entity].facts[place.fact].type)
    if grid is None or isinstance(value, str | bool | frozenset | date):
        return [value]
    number = grid.below(value)
    near = [number + step for step in (-(10**8), -1, 0, 1, 5, 10**8)]
    return [grid.at(one) for one in near if grid.low <= one <= grid.high]


def places_of(trial: Trial) -> list[Place]:
    """What can be supposed: not the ledger, which is history."""
    read = [place for place in places_read(trial) if place.fact is not None and place.entity != LEDGER]
    return [place for place in read if place.year != EARLIER]


def amount(trial: Trial, state: State, supposed: dict[Place, Value | Open]) -> Interval:
    subject = trial.subject(supposed)
    assert subject is not None
    return worth(trial.clause.award, OUTCOMES[state], subject)


def test_supposing_a_value_is_the_same_as_a_profile_that_has_it() -> None:
    rng = random.Random(1)
    seen = 0
    for trial in generated(200):
        for place in places_of(trial):
            value = rng.choice(others(trial, place))
            supposed: dict[Place, Value | Open] = {place: value}
            changed = trial._replace(profile=with_value(trial.profile, place, value))
            state = trial.state(supposed)
            assert state is not None
            assert state is changed.state(), (place, value, trial.clause.condition)
            assert amount(trial, state, supposed) == amount(changed, state, {}), (place, value)
            seen += 1
    assert seen > 500


def test_a_range_settles_only_what_every_value_in_it_settles_alike() -> None:
    settled: Counter[str] = Counter()
    for trial in generated(200):
        for place in places_of(trial):
            grid = grid_of(VOCABULARY.entities[place.entity].facts[place.fact or ""].type)
            values = sorted(value for value in others(trial, place) if isinstance(value, int | Decimal))
            if grid is None or len(values) < 2:
                continue
            for low, high in pairwise(values):
                supposed: dict[Place, Value | Open] = {place: Open(State.MISSING, low, high)}
                state = trial.state(supposed)
                assert state is not None
                range_amount = amount(trial, state, supposed)
                for value in (low, high):
                    at_value: dict[Place, Value | Open] = {place: value}
                    point = trial.state(at_value)
                    assert point is not None
                    if not state.unknown:
                        assert point is state, (place, low, high, value)
                        settled[state.value] += 1
                    found = amount(trial, point, at_value)
                    assert range_amount.guaranteed <= found.guaranteed
                    if not isinstance(range_amount.possible, NotBounded):
                        assert not isinstance(found.possible, NotBounded)
                        assert range_amount.possible >= found.possible
    assert settled["holds"] > 100
    assert settled["fails"] > 100


def test_what_is_remembered_of_tests_is_what_the_evaluator_says() -> None:
    rng, settled = random.Random(8), 0
    for trial in generated(60):
        if trial.subject() is None:
            continue
        remembered, places = Remembered(trial), places_of(trial)
        for _ in range(6):
            supposed: dict[Place, Value | Open] = {}
            for place in rng.sample(places, min(len(places), rng.randint(0, 3))):
                assert place.fact is not None
                of = VOCABULARY.entities[place.entity].facts[place.fact].type
                values = others(trial, place)
                supposed[place] = rng.choice(values) if rng.randrange(2) and values else unknown(of)
            if rng.randrange(3) == 0:
                supposed[DAY] = rng.choice((END, days_between(State.MISSING, trial.on, END)))
            assert remembered.state(supposed) is trial.state(supposed)
            settled += not remembered.state(supposed).unknown
    assert settled > 200


def test_what_holds_for_a_range_of_days_holds_on_each_of_them() -> None:
    seen = 0
    for trial in generated(150):
        if trial.subject() is None or not Remembered(trial).looking_at(DAY):
            continue
        state = trial.state({DAY: days_between(State.MISSING, trial.on, END)})
        assert state is not None
        if not state.unknown:
            days = [trial.on + timedelta(days=days) for days in range(0, (END - trial.on).days + 1, 30)]
            assert {trial._replace(on=day).state() for day in days} == {state}
            seen += 1
    assert seen > 20
