"""What is asked can still matter, and what is not asked any more cannot: on generated policies."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from incentives import Evaluator, Outcome, PolicySet, Profile
from incentives.advice.answers import answers
from incentives.advice.parts import can_hold, with_answer
from incentives.advice.questions import Questions
from incentives.facts.places import Place, given, value_at, without
from incentives.facts.profile import Item
from tests.generators import VOCABULARY_FILE, vocabulary
from tests.verdicts import policy_set, profile_of_raw, vocabulary_of
from tests.whole.completions import has_a_beginning
from tests.whole.profiles import WholeCase, whole_case

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
LONG = os.environ.get("INCENTIVES_SEARCH") == "long"
CASES = range(800 if LONG else 150)


def said(evaluator: Evaluator, profile: Profile, on: date) -> object:
    """What a decision comes to: everything that is not refused, by outcome and amount, and every total."""
    decision = evaluator.check(profile, on)
    rows = {
        (found.policy, found.clause, found.item.key if found.item else "", found.outcome, found.award.interval)
        for found in decision.determinations
        if found.outcome is not Outcome.NOT_QUALIFIED
    }
    return rows, [policy.total for policy in decision.policies], decision.total


class _Told:
    """One company that answers what it is asked from what is so; some of it nobody knows.

    Its lists it knows: what an award is worked out from is not asked for items of which nobody knows the number.
    """

    def __init__(self, case: WholeCase, unknown: float) -> None:
        self.policies: PolicySet = policy_set(VOCABULARY, case.policy_text)
        self.on = case.on
        self.start = profile_of_raw(case.profile, VOCABULARY)
        self.full = _without_judgements(profile_of_raw(case.full, VOCABULARY), self.start)
        self._rng = random.Random(case.policy_text)
        self._unknown = unknown
        self.questions = Questions(Evaluator(self.policies, "native"), self.on)

    def interview(self) -> Iterator[tuple[Profile, frozenset[Place], Place | None]]:
        """Each profile with what is asked of it; at the end the last one, of which nothing is asked."""
        profile, unknowable = self.start, frozenset[Place]()
        for _ in range(200):
            place = self.questions.next(profile, unknowable)
            yield profile, unknowable, place
            if place is None:
                return
            value = self._value(place)
            forgotten = place.fact is not None and self._rng.random() < self._unknown
            if value is None or forgotten or value == value_at(profile, place):
                unknowable |= {place}
            else:
                profile = with_answer(profile, place, value)
        pytest.fail("the interview does not end")

    def _value(self, place: Place) -> Any:
        if place.fact is None:
            items = self.full.lists.get(place.entity)
            return None if items is None else tuple(Item(item.key, item.name, {}) for item in items)
        return value_at(self.full, place)


def _without_judgements(full: Profile, start: Profile) -> Profile:
    """What only a person can say stays open where it was open."""
    known = set(given(start))
    judged = [
        place
        for place in given(full)
        if place.fact is not None
        and vocabulary()["entities"][place.entity]["facts"][place.fact].get("judgement")
        and place not in known
    ]
    return without(full, judged)


@pytest.mark.parametrize("unknown", [0.0, 0.3])
def test_at_the_end_nothing_that_is_not_known_could_change_anything(unknown: float) -> None:
    asked = 0
    for number in CASES:
        case = whole_case(number, most_gaps=5)
        if not has_a_beginning(case.policy) or "judgement:" in case.policy_text:
            continue  # of all years there ever were more can always be told; what a person is asked, nobody else is
        told = _Told(case, unknown)
        *before, (profile, unknowable, _) = told.interview()
        asked += len(before)
        rest = without(told.full, unknowable)
        evaluator = Evaluator(told.policies, "reference")
        assert said(evaluator, profile, told.on) == said(evaluator, rest, told.on), (
            number,
            profile,
            rest,
            unknowable,
        )
    assert asked > len(CASES) / 2


def test_what_is_asked_can_change_something() -> None:
    for number in CASES:
        told = _Told(whole_case(number, most_gaps=4), 0.15)
        evaluator = Evaluator(told.policies, "reference")
        for profile, unknowable, place in told.interview():
            if place is not None:
                assert _can_change(evaluator, told, profile, unknowable, place), (number, place)


def _can_change(
    evaluator: Evaluator, told: _Told, profile: Profile, unknowable: frozenset[Place], place: Place
) -> bool:
    """Whether after some answers to other questions an answer to this one changes the decision."""
    rng = random.Random(0)
    for _ in range(200):
        then = with_answer(profile, place, rng.choice(_values(told, profile, place)))
        while True:
            without_it = without(then, (place,))
            if said(evaluator, then, told.on) != said(evaluator, without_it, told.on):
                return True
            waits = {*told.questions.waiting(then, unknowable), *told.questions.waiting(without_it, unknowable)}
            others = sorted(
                (one for one in waits if one != place and can_hold(then, one)), key=told.questions.in_order
            )
            if not others:
                break
            other = rng.choice(others)
            then = with_answer(then, other, rng.choice(_values(told, then, other)))
    return False


def _values(told: _Told, profile: Profile, place: Place) -> list[Any]:
    reads = told.questions.reads(place, profile)
    return [answer.value for read in reads for answer in answers(read)]
