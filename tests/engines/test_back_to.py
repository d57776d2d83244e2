"""How far back a ledger must reach: exactly so far that what waits for it is settled, and no further."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from incentives import Decision, Evaluator, PolicySet
from incentives.decision.result import MissingFact
from incentives.facts.ledger import EVERY_YEAR, BackTo, furthest
from incentives.values import NotBounded
from tests.conformance.cases import CASES, read_case
from tests.generators import VOCABULARY_FILE
from tests.verdicts import policy_set, profile_of_raw, vocabulary_of
from tests.whole.profiles import whole_case

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
ON = date(2026, 7, 1)
LEDGER = ("grants", "ledger_from")
Raw = Mapping[str, Any]


def of_ledger(decision: Decision) -> list[MissingFact]:
    return [
        one for one in decision.missing if (one.entity, one.fact) in (("grant", None), ("company", "ledger_from"))
    ]


def check(policies: PolicySet, profile: Raw, on: date, engine: str = "reference") -> Decision:
    return Evaluator(policies, engine).check(profile_of_raw(profile, policies.vocabulary), on)


def most(decision: Decision) -> Decimal:
    assert not isinstance(decision.total.possible, NotBounded)
    return decision.total.possible


def year(back_to: BackTo | None) -> str:
    assert back_to is not None
    return f"{0 if back_to is EVERY_YEAR else back_to}年"


def back_to(decision: Decision) -> int:
    [one] = of_ledger(decision)
    assert isinstance(one.back_to, int)
    return one.back_to


def test_a_ledger_from_that_year_on_is_enough_and_one_from_the_year_after_is_not() -> None:
    """On generated policies: nothing waits for it any more; with a year less something does, if only the founding."""
    tried = 0
    for seed in range(400):
        case = whole_case(seed, numbers=True)
        policies = policy_set(VOCABULARY, case.policy_text)
        bare = {key: value for key, value in case.full.items() if key not in LEDGER}
        for start in (bare, {key: value for key, value in bare.items() if key != "founded"}):
            asked = of_ledger(check(policies, start, case.on))
            for one in asked:
                tried += 1
                listed = {**start, "grants": []}
                enough = check(policies, {**listed, "ledger_from": year(one.back_to)}, case.on)
                assert not of_ledger(enough), (seed, one)
                if one.back_to is EVERY_YEAR:
                    continue
                assert isinstance(one.back_to, int)
                short = check(policies, {**listed, "ledger_from": f"{one.back_to + 1}年"}, case.on)
                gone = {(fact.entity, fact.fact) for fact in short.missing}
                assert gone & {("company", "ledger_from"), ("company", "founded")}, (seed, one)
    assert tried > 50


@pytest.mark.parametrize("founded", [None, "2015-05-01", "2023-05-01"])
def test_a_ledger_that_reaches_further_back_decides_the_same(founded: str | None) -> None:
    policies = read_case(CASES / "ledger-back-to" / "since-the-policy").policy_set()
    start = {} if founded is None else {"founded": founded}
    first = back_to(check(policies, start, ON))
    for grants in ([], [_grant("once", first)], [_grant("three-years", first)]):
        decided = [
            check(policies, {**start, "grants": grants, "ledger_from": f"{first - less}年"}, ON)
            for less in (0, 1, 50)
        ]
        assert decided[0] == decided[1] == decided[2]
        assert not of_ledger(decided[0])


@pytest.mark.parametrize(("founded", "first"), [(None, 2020), ("2015-05-01", 2020), ("2023-05-01", 2023)])
def test_a_grant_of_that_year_can_matter(founded: str | None, first: int) -> None:
    policies = read_case(CASES / "ledger-back-to" / "since-the-policy").policy_set()
    start = {"ledger_from": "2010年"} | ({} if founded is None else {"founded": founded})
    assert back_to(check(policies, {key: start[key] for key in start if key != "ledger_from"}, ON)) == first
    nothing = check(policies, {**start, "grants": []}, ON)
    for clause in ("once", "three-years"):
        granted = check(policies, {**start, "grants": [_grant(clause, first)]}, ON)
        assert most(granted) < most(nothing), clause


def test_where_a_cap_of_the_year_alone_waits_only_that_year_matters(engine: str) -> None:
    policies = read_case(CASES / "ledger-back-to" / "since-the-policy").policy_set()
    yearly = _only(policies, "yearly")
    first = back_to(check(yearly, {}, ON, engine))
    assert first == ON.year
    full = {"ledger_from": f"{first}年"}
    nothing = check(yearly, {**full, "grants": []}, ON, engine)
    before = check(yearly, {**full, "grants": [_grant("yearly", first - 1)]}, ON, engine)
    that_year = check(yearly, {**full, "grants": [_grant("yearly", first)]}, ON, engine)
    assert before == nothing
    assert most(that_year) < most(nothing)


def test_what_reads_the_ledger_as_a_list_reads_every_year_of_it(engine: str) -> None:
    text = """
    incentives: 2
    policy: counted
    title: 台账的笔数
    issuer: 某区
    document: {kind: official_text, title: 台账的笔数, number: 1号, publisher: 某区, published_on: 2020-01-01}
    in_force: {from: 2020-01-01, until: none}
    stacking: cumulative
    clauses:
      few:
        title: 兑现不多的
        when: {count_of: grant, at_most: 3项}
        award: {kind: 奖励, exact: 10万元, paid_to: 企业, cap: {at: 80万元, per: [company, year]}}
        source: {article: 第一条, says: 兑现不超过3笔的，奖励10万元}
    """
    [asked] = of_ledger(check(policy_set(VOCABULARY, text), {}, ON, engine))
    assert asked.back_to is EVERY_YEAR


def test_over_several_clauses_the_earliest_year_counts() -> None:
    assert furthest([]) is None
    assert furthest([None, None]) is None
    assert furthest([2026, None, 2020]) == 2020
    assert furthest([2020, EVERY_YEAR, 2026]) is EVERY_YEAR


def _grant(clause: str, year: int) -> dict[str, Any]:
    granted = {"policy": "ledger-back-to", "clause": clause, "year": f"{year}年", "amount": "50万元"}
    return {"name": "旧", **granted}


def _only(policies: PolicySet, clause: str) -> PolicySet:
    [policy] = policies.policies
    return policies._replace(policies=(policy._replace(clauses=(policy.clause(clause),)),))
