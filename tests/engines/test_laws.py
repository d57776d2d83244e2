"""The laws that hold between decisions: order never matters, learning only settles, intervals are sound."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives import Evaluator, Outcome, engines_present
from incentives.values import NotBounded
from tests.generators import COMPANY, LISTS, VOCABULARY_FILE, Draw, PolicyWriter, vocabulary, write
from tests.oracle import Ruling, Verdict, verdict
from tests.profiles import GeneratedCase, cases, draw_facts, draw_items, examples
from tests.verdicts import decide, policy_set, profile_of_raw, vocabulary_of

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
Raw = Mapping[str, Any]

OPEN = (Outcome.UNDETERMINED.value, Outcome.NEEDS_REVIEW.value)


def lists() -> dict[str, str]:
    """The list entities that are looked at here, by the key they have in a profile."""
    return {vocabulary()["entities"][name]["list"]: name for name in LISTS}


def shuffled(data: Any, rng: random.Random) -> Any:
    """The same content with every mapping's keys and every list of a profile in another order."""
    if isinstance(data, dict):
        keys = list(data)
        rng.shuffle(keys)
        return {key: shuffled(data[key], rng) for key in keys}
    if isinstance(data, list):
        return rng.sample([shuffled(item, rng) for item in data], len(data))
    return data


def with_shuffled_clauses(policy: Raw, rng: random.Random) -> dict[str, Any]:
    """Keys and clauses in another order. Conditions keep theirs, since a condition's id is its place."""
    keys = rng.sample(list(policy), len(policy))
    clauses = policy["clauses"]
    reordered = {clause_id: clauses[clause_id] for clause_id in rng.sample(list(clauses), len(clauses))}
    return {key: reordered if key == "clauses" else policy[key] for key in keys}


@given(case=cases(), rng=st.randoms(use_true_random=False))
def test_the_order_of_clauses_items_and_facts_changes_no_decision(case: GeneratedCase, rng: random.Random) -> None:
    policies = policy_set(VOCABULARY, case.policy_text)
    other_policies = policy_set(VOCABULARY, write(with_shuffled_clauses(case.policy, rng)))
    profile = profile_of_raw(case.profile, VOCABULARY)
    other_profile = profile_of_raw(shuffled(case.profile, rng), VOCABULARY)
    for engine in engines_present():
        before = Evaluator(policies, engine)
        after = Evaluator(other_policies, engine)
        assert after.check(other_profile, case.on) == before.check(profile, case.on)
        receipt, other_receipt = before.receipt(profile, case.on), after.receipt(other_profile, case.on)
        assert other_receipt.profile_sha256 == receipt.profile_sha256
        assert other_receipt.policies_sha256 == receipt.policies_sha256


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"rd_share": "5%"}, {"rd_share": "50‰"}),
        ({"floor_area": "500平方米"}, {"floor_area": "500.0平方米"}),
        ({"revenue": "1亿元"}, {"revenue": "10,000万元"}),
        ({"founded": "2024-01-02"}, {"founded": "2024年1月2日"}),
        ({"staff": 10}, {"staff": "10人"}),
        ({"staff": None}, {}),
    ],
)
def test_a_receipt_is_of_the_facts_and_not_of_their_spelling(one: Raw, other: Raw) -> None:
    [case] = examples(1)
    evaluator = Evaluator(policy_set(VOCABULARY, case.policy_text))
    hashes = {
        evaluator.receipt(profile_of_raw({"name": "某公司", **facts}, VOCABULARY), case.on).profile_sha256
        for facts in (one, other)
    }
    assert len(hashes) == 1


@given(case=cases(in_force=True), rng=st.randoms(use_true_random=False))
def test_the_order_of_conditions_changes_no_outcome_and_no_amount(case: GeneratedCase, rng: random.Random) -> None:
    policies = policy_set(VOCABULARY, case.policy_text)
    other_policies = policy_set(VOCABULARY, write(shuffled(case.policy, rng)))
    profile = profile_of_raw(case.profile, VOCABULARY)
    for engine in engines_present():
        before, after = (decide(each, profile, case.on, engine) for each in (policies, other_policies))
        assert after.total == before.total
        assert [(row.clause, row.item, row.outcome, row.award) for row in after.determinations] == [
            (row.clause, row.item, row.outcome, row.award) for row in before.determinations
        ]


def completed(case: GeneratedCase, draw: Draw) -> dict[str, Any]:
    """The profile with every missing fact the policy tests given, and every absent list."""
    writer = PolicyWriter(draw, case.writer.operands)
    profile = case.profile
    full = draw_facts(writer, COMPANY, known=100, keep=profile)
    for list_key, entity in lists().items():
        if profile.get(list_key) is None:
            full[list_key] = draw_items(writer, entity, known=100) if writer.chance(80) else []
        else:
            full[list_key] = [draw_facts(writer, entity, known=100, keep=item) for item in profile[list_key]]
    return full


def ruled_by(draw: Draw) -> Ruling:
    """A person who decides every open list, always the same way for the same condition and item."""
    decided: dict[tuple[str, str], bool] = {}

    def ruling(node: str, item: str) -> bool:
        if (node, item) not in decided:
            decided[node, item] = draw(st.booleans())
        return decided[node, item]

    return ruling


@given(case=cases(in_force=True), data=st.data())
def test_every_completion_lies_inside_the_interval(case: GeneratedCase, data: st.DataObject) -> None:
    full = completed(case, data.draw)
    final = verdict(case.policy, vocabulary(), full, case.on, ruled_by(data.draw))
    assert all(finding.outcome not in OPEN for finding in final.findings.values())
    policies = policy_set(VOCABULARY, case.policy_text)
    for engine in engines_present():
        for profile in (case.profile, full):
            total = decide(policies, profile_of_raw(profile, VOCABULARY), case.on, engine).total
            assert_inside(final, total.guaranteed, total.possible)


def assert_inside(final: Verdict, guaranteed: Any, possible: Any) -> None:
    """Whatever the authority sets under a ceiling: the completed interval lies inside the open one."""
    assert guaranteed * 100 <= final.guaranteed
    if not isinstance(possible, NotBounded):
        assert final.possible is not None
        assert final.possible <= possible * 100


@given(case=cases(in_force=True), data=st.data())
def test_learning_a_fact_only_settles_what_was_open(case: GeneratedCase, data: st.DataObject) -> None:
    full = completed(case, data.draw)
    learned = learn_one(case.profile, full, data.draw)
    policies = policy_set(VOCABULARY, case.policy_text)
    for engine in engines_present():
        before, after, last = (
            decide(policies, profile_of_raw(profile, VOCABULARY), case.on, engine)
            for profile in (case.profile, learned, full)
        )
        for earlier, later in ((before, after), (after, last)):
            settled = {(row.clause, row.item): row.outcome for row in earlier.determinations}
            for row in later.determinations:
                # Where a list was absent, the one row for it stood for each item that is there now.
                known = settled.get((row.clause, row.item)) or settled[row.clause, None]
                assert known == row.outcome or known.value in OPEN
            assert later.total.guaranteed >= earlier.total.guaranteed
            assert lower_or_equal(later.total.possible, earlier.total.possible)


def learn_one(profile: Raw, full: Raw, draw: Draw) -> dict[str, Any]:
    """The profile with one more fact or list, taken from its completion."""
    learned = {key: list(value) if key in lists() and value else value for key, value in profile.items()}
    unknown: list[tuple[str, int | None, str]] = [("", None, key) for key in full if profile.get(key) is None]
    for list_key in lists():
        for index, item in enumerate(profile.get(list_key) or ()):
            unknown += [(list_key, index, key) for key in full[list_key][index] if item.get(key) is None]
    if not unknown:
        return learned
    list_key, place, key = draw(st.sampled_from(unknown))
    if place is None:
        learned[key] = full[key]
    else:
        learned[list_key][place] = {**learned[list_key][place], key: full[list_key][place][key]}
    return learned


def lower_or_equal(left: Any, right: Any) -> bool:
    """Whether one upper end is no higher than another; not bounded is higher than every amount."""
    bounded_left, bounded_right = (not isinstance(end, NotBounded) for end in (left, right))
    return not bounded_right or (bounded_left and bool(left <= right))
