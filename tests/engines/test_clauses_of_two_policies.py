"""Clauses of two policies that exclude each other: the total gives up the side by which less is lost, and says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentives import Evaluator, engines_present
from incentives.decision.result import Lost
from incentives.values import Interval
from tests.conformance.cases import CASES
from tests.verdicts import policy_set, vocabulary_of
from tests.written_policies import exact_award, written_policy

GROUP = CASES / "clauses-of-two-policies"
TEXTS = [(GROUP / name).read_text(encoding="utf-8") for name in ("first.yaml", "second.yaml")]
VOCABULARY = (CASES / "vocabulary.yaml").read_text(encoding="utf-8")
ON = date(2026, 7, 1)


def evaluator(engine: str, *texts: str) -> Evaluator:
    return Evaluator(policy_set(vocabulary_of(VOCABULARY), *texts), engine)


def profile(rent: int, office: int) -> dict[str, Any]:
    return {"name": "甲公司", "sales": {2026: f"{rent}元"}, "spending": {2026: f"{office}元"}}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900_000), st.integers(0, 900_000))
def test_the_side_by_which_less_is_lost_is_given_up(rent: int, office: int) -> None:
    found = evaluator("native", *TEXTS).check(profile(rent, office), ON)
    policies = {one.policy: one.total.possible for one in found.policies}
    assert policies == {"first": rent + 300_000, "second": office + 100_000}
    assert found.total == Interval(
        Decimal(max(rent + 300_000, office + 100_000)), Decimal(rent + office + 400_000 - min(rent, office))
    )
    assert sum(one.amount for one in found.lost if isinstance(one.amount, Decimal)) == min(rent, office)


@pytest.mark.parametrize("engine", engines_present())
def test_what_is_given_up_is_told_with_its_rule(engine: str) -> None:
    found = evaluator(engine, *TEXTS)
    decision = found.check(profile(200_000, 500_000), ON)
    [lost] = decision.lost
    says = "本条与《乙办法》第五条不重复享受"
    assert lost == Lost("first/rent", "first/stacking/rules/0", says, ("second/office",), Decimal(200_000))
    screened = found.screen(profile(200_000, 500_000), ON)
    assert (screened.total, screened.paid_to_others) == (decision.total, decision.paid_to_others)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([0, 100_000, 250_000, 400_000]), min_size=4, max_size=4))
def test_several_such_rules_are_weighed_together(amounts: list[int]) -> None:
    """Two clauses of each policy, of which the first excludes both of the other policy, and the second the second."""
    names = ("a", "b")
    rules: list[dict[str, Any]] = [
        {"exclusive": "a", "with": ["right/a", "right/b"]},
        {"exclusive": "b", "with": "right/b"},
    ]
    texts = [_policy("left", amounts[:2], rules), _policy("right", amounts[2:], [])]
    paid = dict(zip(((policy, name) for policy in ("left", "right") for name in names), amounts, strict=True))
    against = {("a", "a"), ("a", "b"), ("b", "b")}
    best = max(
        sum(paid[claim] for claim, there in zip(paid, chosen, strict=True) if there)
        for chosen in product((True, False), repeat=4)
        if not any(chosen[names.index(one)] and chosen[2 + names.index(other)] for one, other in against)
    )
    found = evaluator("native", *texts).check({"name": "甲公司"}, ON)
    assert found.total.possible == best


def _policy(name: str, amounts: list[int], rules: list[dict[str, Any]]) -> str:
    clauses = {clause: exact_award(clause, f"{amount}元") for clause, amount in zip("ab", amounts, strict=True)}
    return written_policy(name, clauses, rules, name)
