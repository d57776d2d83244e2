"""A decision explains itself to a program: the same as asking for the explanation of its policies and profile."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

import incentives
from incentives.language.store import shipped_policies

ON = date(2026, 3, 1)
WUHOU = "wuhou-microwave-rf-2023"
PROFILE = shipped_policies() / WUHOU / "examples" / "one-fen-below.yaml"
EVALUATOR = incentives.Evaluator(incentives.load_policies())


def test_a_decision_explains_one_clause() -> None:
    [why] = EVALUATOR.check(PROFILE, ON, WUHOU).explain("new-project")
    assert why.outcome is incentives.Outcome.NOT_QUALIFIED
    assert "1亿元" in [change.after.zh for way in why.ways for change in way.changes]
    assert (why,) == incentives.Why.of(EVALUATOR, PROFILE, ON, WUHOU, "new-project")


def test_a_decision_explains_every_clause_of_every_policy() -> None:
    decision = EVALUATOR.check(PROFILE, ON)
    explained = decision.explain()
    assert sorted((why.policy, why.clause, why.item and why.item.key) for why in explained) == sorted(
        (found.policy, found.clause, found.item and found.item.key) for found in decision.determinations
    )
    assert decision.explain(policy=WUHOU) == incentives.Why.of(EVALUATOR, PROFILE, ON, WUHOU)


def test_what_is_held_is_not_proposed() -> None:
    [why] = EVALUATOR.check(PROFILE, ON, WUHOU).explain("new-project", fixed=["investment"])
    assert {change.fact for way in why.ways if not way.adds for change in way.changes} == set()


def test_an_unknown_clause_or_policy_is_refused() -> None:
    decision = EVALUATOR.check(PROFILE, ON, WUHOU)
    with pytest.raises(KeyError, match="new-project"):
        decision.explain("no-such-clause")
    with pytest.raises(KeyError, match="no-such-policy"):
        decision.explain(policy="no-such-policy")


def test_no_profile_travels_with_a_decision() -> None:
    decision = EVALUATOR.check(PROFILE, ON, WUHOU)
    for other in (pickle.loads(pickle.dumps(decision)), copy.copy(decision)):
        assert other == decision
        with pytest.raises(LookupError, match="ask `Why"):
            other.explain()
    assert "origin" not in decision.to_json()
