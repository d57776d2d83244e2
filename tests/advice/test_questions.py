"""What is asked can still matter, and what is not asked any more cannot: on generated policies."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

import pytest

from incentives import Evaluator, PolicySet, Profile
from incentives.advice.answers import answers, can_hold, with_answer
from incentives.advice.parts import Part
from incentives.advice.questions import Questions
from incentives.facts.places import Place, value_at, without
from tests.advice.papers import VOCABULARY
from tests.advice.told import Moment, Told, bounded, completed, said
from tests.verdicts import profile_of_raw
from tests.whole.gaps import has_a_beginning
from tests.whole.profiles import whole_case

LONG = os.environ.get("INCENTIVES_SEARCH") == "long"
CASES = range(800 if LONG else 150)
COMPLETIONS, WALKS = (20, 4000) if LONG else (4, 1500)
ASKED_IN_VAIN = (198, 395, 611)
"""Cases in which something was asked that could change nothing any more."""
LEFT_OPEN = (578, 1284, 1291, 8083, 8635)
"""Cases that ended with something open that nobody was asked for.

In the order of the numbers: one item of a kind that is not known, alone under a rule of kinds; three items that are
of one kind or not; three entries of the ledger of which none counts; twice, the highest of the years before was 0.
"""


@pytest.mark.parametrize("unknown", [0.0, 0.3])
def test_at_the_end_nothing_that_is_not_known_could_change_anything(unknown: float) -> None:
    asked = 0
    for number in (*CASES, *LEFT_OPEN):
        case = whole_case(number, most_gaps=5)
        for_ever = not has_a_beginning(case.policy) or (unknown and "first_time_reaching" in case.policy_text)
        if for_ever or "judgement:" in case.policy_text:
            continue  # of all years there ever were more can always be told; what a person is asked, nobody else is
        for full in (case.full, *completed(case, case.profile, random.Random(number), COMPLETIONS)):
            told = Told(case, full, unknown)
            *before, last = told.interview()
            asked += len(before)
            if any(bounded(last.profile, place) for place in last.unknowable):
                continue  # a full profile has no highest of earlier years that speaks of this one
            # What was said once more, as no more is known than that, is known.
            rest = without(told.full, [place for place in last.unknowable if value_at(last.profile, place) is None])
            evaluator = Evaluator(told.policies, "reference")
            assert said(evaluator, last.profile, told.on) == said(evaluator, rest, told.on), (number, last, rest)
    assert asked > len(CASES) / 2


def test_what_is_asked_can_change_something() -> None:
    for number in (*CASES, *ASKED_IN_VAIN):
        case = whole_case(number, most_gaps=4)
        told = Told(case, case.full, 0.15)
        for moment in told.interview():
            if moment.place is not None:
                assert can_change(told, moment, moment.place), (number, moment.place)


def can_change(told: Told, moment: Moment, place: Place) -> bool:
    """Whether after some answers to other questions an answer to this one changes the decision."""
    evaluator = Evaluator(told.policies, "reference")
    return _by_answers(evaluator, told, moment, place) or _by_completions(evaluator, told, moment, place)


def _by_answers(evaluator: Evaluator, told: Told, moment: Moment, place: Place) -> bool:
    """By the answers that are told apart, to one question after the other."""
    rng = random.Random(0)
    for _ in range(WALKS):
        then, answered = with_answer(moment.profile, place, rng.choice(_values(told, moment.profile, place))), {place}
        while True:
            without_it = without(then, (place,))
            if said(evaluator, then, told.on) != said(evaluator, without_it, told.on):
                return True
            waits = {*told.questions.waiting(then, moment.unknowable)}
            waits |= {*told.questions.waiting(without_it, moment.unknowable)}
            others = [one for one in waits if one not in answered and can_hold(then, one)]
            if not others:
                break
            other = rng.choice(sorted(others, key=told.questions.in_order))
            answered.add(other)
            then = with_answer(then, other, rng.choice(_values(told, then, other)))
    return False


def _by_completions(evaluator: Evaluator, told: Told, moment: Moment, place: Place) -> bool:
    """By whole profiles that say the same as far as this one goes, with values that the questions know nothing of."""
    for raw in completed(told.case, moment.raw, random.Random(0), WALKS):
        known = without(profile_of_raw(raw, VOCABULARY), moment.unknowable)
        if said(evaluator, known, told.on) != said(evaluator, without(known, (place,)), told.on):
            return True
    return False


def _values(told: Told, profile: Profile, place: Place) -> list[Any]:
    reads = told.questions.reads(place, profile)
    return [answer.value for read in reads for answer in answers(read)]


def test_what_was_found_to_change_nothing_is_not_looked_for_again_while_more_cannot_be_known(
    shipped: PolicySet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interview of nothing but 不知道 would else try the same again before every question."""
    found: Counter[tuple[int, Place, frozenset[str]]] = Counter()
    set_idle = Part.set_idle

    def counted(self: Part, place: Place, unknowable: Collection[Place]) -> None:
        lists = frozenset(one.entity for one in unknowable if one.fact is None)
        found[id(self), place, lists] += 1
        set_idle(self, place, unknowable)

    monkeypatch.setattr(Part, "set_idle", counted)
    evaluator = Evaluator(shipped, "native")
    questions = Questions(evaluator, date(2026, 3, 1), "high-tech-enterprise-2016")
    profile = evaluator.profile("policies/high-tech-enterprise-2016/examples/missing-facts.yaml")
    unknowable = set[Place]()
    while (place := questions.next(profile, frozenset(unknowable))) is not None:
        unknowable.add(place)
    assert found
    assert max(found.values()) == 1
