"""An engine that recalls what definitions came to decides as one that works everything out anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest

from incentives import Evaluator, load_policies
from incentives.advice.questions import Questions
from incentives.decision.assemble import status_on
from incentives.decision.result import PolicyStatus
from incentives.engines.native.engine import NativeEngine
from incentives.engines.native.recalled import Recalled
from incentives.facts.places import Place, given, value_at, with_value, without
from incentives.facts.profile import Profile
from incentives.language.model import Policy
from tests.advice.companies import Company, interviewed
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import whole_case

ON = date(2026, 3, 1)
SHIPPED = load_policies()


def walk_from(profile: Profile, rng: random.Random) -> Iterator[Profile]:
    """Profiles of which each has all but one value in common with the one before: forgotten, and given again."""
    known = {place: value for place in given(profile) if (value := value_at(profile, place)) is not None}
    gone: list[Place] = []
    for _ in range(30):
        if gone and rng.random() < 0.5:
            place = gone.pop(rng.randrange(len(gone)))
            profile = with_value(profile, place, known[place])
        elif len(gone) < len(known):
            place = rng.choice([one for one in known if one not in gone])
            gone.append(place)
            profile = without(profile, [place])
        yield profile


def agree(policies: tuple[Policy, ...], profile: Profile, on: date, seed: int) -> int:
    """How many verdicts were compared."""
    plain, compared = NativeEngine(), 0
    recalling = plain.recalling()
    for one in walk_from(profile, random.Random(seed)):
        for policy in policies:
            if status_on(policy, on) is PolicyStatus.IN_FORCE:
                found = recalling.verdicts(policy, one, on)
                assert found == plain.verdicts(policy, one, on)
                compared += len(found)
    return compared


def test_on_generated_policies() -> None:
    compared = 0
    for seed in range(150):
        case = whole_case(seed)
        policies = policy_set(VOCABULARY, case.policy_text).policies
        compared += agree(policies, profile_of_raw(case.full, VOCABULARY), case.on, seed)
    assert compared > 5000


@pytest.mark.parametrize("policy", ["quality-sme", "shuangliu-liyuan-2025", "fuqing-headquarters-2022"])
def test_on_shipped_policies(policy: str) -> None:
    evaluator = Evaluator(SHIPPED, "native")
    questions = Questions(evaluator, ON, policy)
    seen: list[Profile] = []
    for number in range(3):
        company = Company(number, questions)

        def choose(profile: Profile, unknowable: frozenset[Place]) -> Place | None:
            seen.append(profile)
            return questions.next(profile, unknowable)

        interviewed(company, choose, evaluator)
    for number, profile in enumerate(seen[-4:]):
        assert agree(evaluator.applicable(ON, policy), profile, ON, number) > 30


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incentives.engines.native.recalled._MOST", 2)
    recalled, asked = Recalled(), list[object]()
    values = [object() for _ in range(4)]

    def worked_out(value: object) -> object:
        asked.append(value)
        return value

    for value in (*values, values[0], values[0]):
        assert recalled.of(0, (value,), partial(worked_out, value)) is value
    assert asked == [*values, values[0]]
