"""Every engine present and an oracle that shares no code with them decide alike, on generated cases.

What they disagree on is kept below `tests/cases/found` and replayed by the conformance suite for ever.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from incentives import Evaluator, PolicySet, engines_present
from tests.conformance.cases import read_case, store_found
from tests.generators import VOCABULARY_FILE, vocabulary
from tests.oracle import verdict
from tests.profiles import GeneratedCase, cases, examples
from tests.verdicts import assert_agreement, decisions, policy_set, profile_of_raw, verdict_in, vocabulary_of

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
ON = date(2024, 7, 1)
WUHOU = "wuhou-microwave-rf-2023"


def test_engines_and_oracle_decide_alike() -> None:
    failing: list[GeneratedCase] = []

    @settings(max_examples=2 * settings().max_examples)
    @given(case=cases())
    def search(case: GeneratedCase) -> None:
        try:
            agree(case)
        except Exception:
            failing.append(case)
            raise

    try:
        search()
    except BaseException:
        # The last one that failed is the smallest: Hypothesis replays it at the end.
        for case in failing[-1:]:
            store_found(case.policy_text, case.profile_text, case.on)
        raise


def agree(case: GeneratedCase) -> None:
    policies = policy_set(VOCABULARY, case.policy_text)
    raw = {("generated", "1"): case.policy}
    assert_agreement(policies, raw, (vocabulary(), case.profile, case.on))


def test_a_found_case_is_stored_so_that_it_can_be_replayed(tmp_path: Path) -> None:
    case = examples(5)[-1]
    folder = store_found(case.policy_text, case.profile_text, case.on, below=tmp_path)
    stored = read_case(folder)
    assert (stored.policies, stored.profile, stored.on) == ((case.policy_text,), case.profile_text, case.on)
    first, *others = decisions(stored.policy_set(), stored.read_profile(), stored.on).values()
    assert all(other == first for other in others)
    assert store_found(case.policy_text, case.profile_text, case.on, below=tmp_path) == folder


@pytest.fixture(scope="module")
def three_hundred(shipped: PolicySet) -> dict[str, Any]:
    """A company with 300 projects: some at the bound, some a fen below, some without the amount."""
    amounts = ("1亿元", "99999999.99元", None, "2.5亿元")
    projects = [
        {
            "name": f"项目{number}",
            "sector": "微波射频",
            "newly_completed": number % 7 != 0,
            "investment": amounts[number % 4],
        }
        for number in range(300)
    ]
    assert "company" in shipped.vocabulary.entities
    return {
        "name": "某公司",
        "entity_type": "企业法人",
        "registered_district": "510107",
        "industry_fields": ["微波射频"],
        "projects": projects,
        "development_projects": [],
    }


def test_three_hundred_projects_are_decided_alike(shipped: PolicySet, three_hundred: dict[str, Any]) -> None:
    [policy] = [policy for policy in shipped.policies if policy.id == WUHOU]
    only = PolicySet(shipped.vocabulary, (policy,))
    by_engine = decisions(only, profile_of_raw(three_hundred, shipped.vocabulary), ON)
    expected = verdict(policy.content, shipped.vocabulary.content, three_hundred, ON)  # type: ignore[arg-type]
    for decision in by_engine.values():
        assert verdict_in(decision.policies[0]) == expected
    assert len(expected.findings) == 302


@pytest.mark.parametrize("name", engines_present())
def test_one_evaluator_serves_several_threads(name: str, shipped: PolicySet, three_hundred: dict[str, Any]) -> None:
    small = {**three_hundred, "projects": three_hundred["projects"][:5]}
    asked = [three_hundred, small, {**small, "industry_fields": None}, {"name": "什么都没填"}] * 6
    evaluator = Evaluator(shipped, name)
    expected = [Evaluator(shipped, "reference").check(profile, ON) for profile in asked[:4]] * 6
    with ThreadPoolExecutor(max_workers=6) as threads:
        found = list(threads.map(lambda profile: evaluator.check(profile, ON), asked))
    assert found == expected
