"""Every clause of many generated policies on every item of a profile, as advice sees them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from incentives import Profile
from incentives.advice.changeable import Changeable
from incentives.advice.grounds import grounds
from incentives.advice.trial import Trial
from incentives.advice.ways import Ways
from incentives.engines.subjects import company_subject, subjects
from incentives.facts.vocabulary import Vocabulary
from incentives.language.model import Policy
from incentives.values import State
from tests.advice.policies import ON
from tests.generators import VOCABULARY_FILE
from tests.verdicts import policy_of, profile_of_raw, vocabulary_of
from tests.whole.profiles import WholeCase, whole_case

DECLARED = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
VOCABULARY = DECLARED._replace(
    entities={
        name: entity._replace(can_change=frozenset(entity.facts), can_add=entity.list_key is not None)
        for name, entity in DECLARED.entities.items()
    }
)
"""The vocabulary of the tests, in which everything can be changed."""


def trials_of(case: WholeCase, profile: Profile, vocabulary: Vocabulary = VOCABULARY) -> Iterator[Trial]:
    policy = policy_of(case.policy_text, vocabulary)
    for clause in policy.clauses:
        for subject in subjects(clause, company_subject(profile, case.on)):
            yield Trial(clause, profile, case.on, subject.item.key if subject.item is not None else None)


def generated(count: int, first: int = 0) -> Iterator[Trial]:
    """The trials of so many cases, each with the profile that leaves something out and with the one that is full."""
    for seed in range(first, first + count):
        case = whole_case(seed)
        for raw in (case.profile, case.full):
            yield from trials_of(case, profile_of_raw(raw, VOCABULARY))


def refusals(
    draw: Callable[[random.Random], tuple[Policy, Trial]], changeable: Changeable, count: int
) -> Iterator[tuple[int, Trial, Ways]]:
    """Those of so many clauses that are refused, by their seed, with the ways out of it."""
    for seed in range(count):
        version, trial = draw(random.Random(seed))
        if trial.state() is State.FAILS:
            yield seed, trial, grounds(version, trial.clause, trial.profile, ON, None, changeable).ways
