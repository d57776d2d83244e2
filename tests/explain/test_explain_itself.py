"""A decision explains itself to a program: the same as asking for the explanation of its policies and profile."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

import incentives
from incentives.language.store import shipped_policies
from tests.advice.policies import clause, evaluator, nearly, policy

ON = date(2026, 3, 1)
WUHOU = "wuhou-microwave-rf-2023"
PROFILE = shipped_policies() / WUHOU / "examples" / "one-fen-below.yaml"
REVENUE = "{fact: revenue, year: this_year, at_least: 1亿元}"
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


def test_a_clause_is_named_by_its_title_or_together_with_its_policy() -> None:
    decision = EVALUATOR.check(PROFILE, ON, WUHOU)
    by_id = decision.explain("new-project")
    assert decision.explain("新建成项目奖励") == by_id
    assert EVALUATOR.check(PROFILE, ON).explain(f"{WUHOU}/new-project") == by_id
    assert decision.explain("新建成项目奖励", WUHOU) == by_id


def test_a_name_that_several_clauses_have_is_refused_with_each_of_them() -> None:
    alike = [clause("one", REVENUE), clause("two", REVENUE).replace("奖two", "奖one")]
    decision = evaluator(policy("alpha", alike), policy("beta", [clause("one", REVENUE)])).check(
        nearly("revenue"), ON
    )
    for name, choices in {
        "奖one": "`alpha/one`, `alpha/two`, `beta/one`",
        "one": "`alpha/one`, `beta/one`",
    }.items():
        with pytest.raises(KeyError, match=choices):
            decision.explain(name)
    assert [(why.policy, why.clause) for why in decision.explain("one", "beta")] == [("beta", "one")]
    assert [(why.policy, why.clause) for why in decision.explain("alpha/two")] == [("alpha", "two")]


def test_a_clause_called_like_its_own_title_is_one() -> None:
    same = clause("one", REVENUE).replace("title: 奖one", "title: one")
    [why] = evaluator(policy("alpha", [same])).check(nearly("revenue"), ON).explain("one")
    assert why.clause == "one"


def test_no_profile_travels_with_a_decision() -> None:
    decision = EVALUATOR.check(PROFILE, ON, WUHOU)
    for other in (pickle.loads(pickle.dumps(decision)), copy.copy(decision)):
        assert other == decision
        with pytest.raises(LookupError, match="ask `Why"):
            other.explain()
    assert "origin" not in decision.to_json()
