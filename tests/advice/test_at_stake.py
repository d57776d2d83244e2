"""How much money hangs on a fact that is missing."""

from __future__ import annotations

from decimal import Decimal

from incentives import Decision, Evaluator, Interval, open_facts
from incentives.advice.answers import with_answer
from incentives.facts.places import Place, value_at
from incentives.values import NotBounded
from tests.advice.papers import ON, PAPER, VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import whole_case


def test_at_stake_is_no_more_than_a_cap_lets_be_paid() -> None:
    """每个合同30万元，每家企业最高40万元：两个合同都看高企，牵涉的是40万元，不是60万元。"""
    clauses = """
  each:
    title: 每个合同
    for_each: contract
    when: {fact: high_tech, is: true}
    award: {kind: 奖励, exact: 30万元, cap: {at: 40万元, per: company}, paid_to: 企业}
    source: {article: 第一条, says: 每家企业最高40万元}
  other:
    title: 另一项
    when: {fact: rent, at_least: 100万元}
    award: {kind: 奖励, exact: 100万元, paid_to: 企业}
    source: {article: 第二条, says: 原文}
"""
    evaluator = Evaluator(policy_set(VOCABULARY, PAPER + clauses), "native")
    contracts = [{"name": "甲"}, {"name": "乙"}]
    for grants, stake in (([], Decimal(400_000)), ([_GRANT], Decimal(150_000))):
        known = {
            "name": "某公司",
            "ledger_from": 2019,
            "founded": "2020-01-01",
            "contracts": contracts,
            "grants": grants,
        }
        found = {one.fact: one for one in open_facts(evaluator.check(known, ON))}
        assert (found["high_tech"].at_stake, found["rent"].at_stake) == (stake, Decimal(1_000_000))
        assert [award.at_stake for award in found["high_tech"].awards] == [Decimal(300_000)] * 2


_GRANT = {"name": "旧", "policy": "small", "clause": "each", "year": 2024, "amount": "25万元", "matter": "丙"}


def test_what_others_may_be_paid_is_not_at_stake_in_what_a_limit_waits_for() -> None:
    """租金补贴每年最高40万元，还不知道今年已给多少：牵涉的是租金补贴的30万元，不是另一项的100万元，虽然两项能否兼得未公布。"""
    clauses = """
  rents:
    title: 租金补贴
    award: {kind: 补贴, exact: 30万元, cap: {at: 40万元, per: [company, year]}, paid_to: 企业}
    source: {article: 第一条, says: 每年最高40万元}
  other:
    title: 另一项
    award: {kind: 奖励, up_to: 100万元, paid_to: 企业}
    source: {article: 第二条, says: 最高100万元}
"""
    paper = PAPER.replace("stacking: cumulative", "stacking: not_published")
    decision = Evaluator(policy_set(VOCABULARY, paper + clauses), "native").check({"name": "某公司"}, ON)
    [ledger] = [one for one in open_facts(decision) if one.entity == "grant" and one.fact is None]
    assert ledger.at_stake == Decimal(300_000)
    assert [award.clause for award in ledger.awards] == ["rents"]


def test_learning_a_fact_settles_no_more_money_than_was_at_stake_in_it() -> None:
    learned = 0
    for number in range(400):
        case = whole_case(number, most_gaps=4)
        evaluator = Evaluator(policy_set(VOCABULARY, case.policy_text), "native")
        profile, full = profile_of_raw(case.profile, VOCABULARY), profile_of_raw(case.full, VOCABULARY)
        decision = evaluator.check(profile, case.on)
        for one in open_facts(decision):
            place = Place(one.entity, one.item.key if one.item is not None else None, one.fact)
            value = full.lists.get(one.entity) if one.fact is None else value_at(full, place)
            if one.years or value is None or isinstance(one.at_stake, NotBounded):
                continue
            before, after = map(paid, (decision, evaluator.check(with_answer(profile, place, value), case.on)))
            if isinstance(before.possible, NotBounded):
                continue
            assert not isinstance(after.possible, NotBounded), (number, place)
            assert after.guaranteed - before.guaranteed <= one.at_stake, (number, place)
            assert before.possible - after.possible <= one.at_stake, (number, place)
            learned += 1
    assert learned > 40


def paid(decision: Decision) -> Interval:
    """What the policy comes to, to whomever it is paid."""
    [policy] = decision.policies
    return policy.total + policy.paid_to_others
