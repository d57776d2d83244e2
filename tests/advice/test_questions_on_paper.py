"""What is asked of policies that can be read beside a paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from incentives import Evaluator
from incentives.advice.questions import Questions
from incentives.facts.places import Place
from incentives.facts.vocabulary import COMPANY
from tests.advice.papers import ON, PAPER, VOCABULARY
from tests.verdicts import policy_set, profile_of_raw


def _asked(clauses: str, profile: Mapping[str, Any]) -> set[tuple[str, str | None]]:
    """What can matter of a small policy, by entity and fact."""
    policies = policy_set(VOCABULARY, PAPER + clauses)
    questions = Questions(Evaluator(policies, "native"), ON)
    return {(place.entity, place.fact) for place in questions.in_turn(profile_of_raw(profile, VOCABULARY))}


def test_what_was_granted_before_is_not_asked_where_the_amount_stays_open_whatever_it_was() -> None:
    """金额未列，扣除以前已给的：扣多少都仍是未列。"""
    clauses = """
  c-1:
    title: 条款
    award: {kind: 奖励, not_published: 分档未列, less_granted: c-1, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""
    assert _asked(clauses, {"name": "某公司"}) == set()


def test_a_base_is_asked_where_a_base_of_nothing_brings_nothing() -> None:
    """比例未列：租金多少都是未列，没有租金就没有补贴，也不用再问以前给过多少。"""
    clauses = """
  c-1:
    title: 条款
    award: {kind: 补贴, share: {not_published: 比例未列}, of: rent, less_granted: c-1, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""
    assert _asked(clauses, {"name": "某公司"}) == {("company", "rent")}
    assert _asked(clauses, {"name": "某公司", "rent": "50万元"}) == set()


def test_years_are_asked_for_a_sum_of_all_only_where_it_can_come_to_an_end() -> None:
    """之前各年最高为0元，合计就有上限；另加一事一议的，问多少年都没有上限。"""
    clauses = """
  c-1:
    title: 条款
    when: {not_published: 条件未列}
    award: {kind: 奖励, exact: {sum_of: spending, years: all}, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""
    known = {"name": "某公司", "spending": {2024: "50万元"}}
    assert _asked(clauses, known) == {("company", "spending")}
    assert _asked(clauses.replace("paid_to", "plus: {discretionary: 一事一议}, paid_to"), known) == set()


def test_a_cap_on_the_company_is_asked_about_though_what_others_are_paid_has_no_bound() -> None:
    clauses = """
  own:
    title: 给企业的
    award: {kind: 奖励, exact: 30万元, cap: {at: 40万元, per: [company, year]}, paid_to: 企业}
    source: {article: 第一条, says: 每年不超过40万元}
  theirs:
    title: 给别人的
    award: {kind: 奖励, discretionary: 一事一议, paid_to: {other: 法定代表人}}
    source: {article: 第二条, says: 原文}
"""
    assert ("grant", None) in _asked(clauses, {"name": "某公司"})


def test_a_day_that_is_counted_from_is_told_apart_where_the_count_ends() -> None:
    """成立满18个月之日须在2023年内：哪一天算起，差一天都不同。"""
    clauses = """
  c-1:
    title: 条款
    when:
      - {day: founded, plus: 18个月, at_least: 2023-01-01, less_than: 2024-01-01}
      - {not_published: 条件未列}
    award: {kind: 奖励, not_published: 分档未列, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""
    policies = policy_set(VOCABULARY, PAPER + clauses)
    questions = Questions(Evaluator(policies, "native"), ON)
    [read] = questions.reads(Place(COMPANY, None, "founded"), profile_of_raw({"name": "某公司"}, VOCABULARY))
    assert read.cuts == {(date(2021, 7, 1), False), (date(2022, 7, 1), False)}


def test_every_entry_of_the_ledger_is_asked_about_where_grants_are_counted() -> None:
    """只报一次，另一项没有上限：两笔都不知道是什么，两笔都不是它才有保底的30万元。"""
    grants = [{"name": "甲"}, {"name": "乙"}]
    known = {"name": "某公司", "grants": grants, "ledger_from": 2019, "founded": "2020-01-01"}
    asked = {(one, fact) for one in "甲乙" for fact in ("policy", "clause")}
    assert _asked_of("one_item_of: c-1, per: company", known) == asked


def test_of_items_that_nobody_told_the_kind_of_it_is_asked_whether_they_are_of_one() -> None:
    """同一用途限报一个，另一项没有上限：两个项目用途不同才有保底的60万元。"""
    known = {"name": "某公司", "projects": [{"name": "甲"}, {"name": "乙"}]}
    assert _asked_of("one_item_of: c-1, same: purpose", known) == {("甲", "purpose"), ("乙", "purpose")}


def test_a_list_is_asked_for_where_only_several_items_in_it_would_change_anything() -> None:
    """只报两次、最高30万元：没有台账、有一笔，都还是最高30万元；有两笔就没有了。"""
    clauses = """
  c-1:
    title: 条款
    award: {kind: 奖励, up_to: 30万元, paid_to: 企业}
    source: {article: 第一条, says: 最高30万元}
"""
    rule = "{items_at_most: 2, of: c-1, per: company, says: 限报两次}"
    paper = PAPER.replace("stacking: cumulative", f"stacking: {{otherwise: cumulative, rules: [{rule}]}}")
    questions = Questions(Evaluator(policy_set(VOCABULARY, paper + clauses), "native"), ON)
    known = {"name": "某公司", "ledger_from": 2019, "founded": "2020-01-01"}
    assert [*questions.in_turn(profile_of_raw(known, VOCABULARY))] == [Place("grant", None, None)]
    assert not [*questions.in_turn(profile_of_raw({**known, "grants": [{"name": "甲"}]}, VOCABULARY))]


def _asked_of(rule: str, profile: Mapping[str, Any]) -> set[tuple[str | None, str | None]]:
    """What can matter of 30万元, for each project where there are some, beside what nothing bounds: item and fact."""
    clauses = """
  c-1:
    title: 条款
    for_each: project
    award: {kind: 奖励, exact: 30万元, paid_to: 企业}
    source: {article: 第一条, says: 原文}
  c-2:
    title: 另一项
    award: {kind: 奖励, discretionary: 一事一议, paid_to: 企业}
    source: {article: 第二条, says: 原文}
"""
    if "projects" not in profile:
        clauses = clauses.replace("    for_each: project\n", "")
    stacking = f"stacking: {{otherwise: cumulative, rules: [{{{rule}, says: 限报一个}}]}}"
    policies = policy_set(VOCABULARY, PAPER.replace("stacking: cumulative", stacking) + clauses)
    questions = Questions(Evaluator(policies, "native"), ON)
    return {(place.item, place.fact) for place in questions.in_turn(profile_of_raw(profile, VOCABULARY))}


def test_of_a_list_nobody_knows_it_is_asked_what_the_award_to_every_item_goes_by() -> None:
    """不知道有哪些合同：没有租金，哪个合同都没有补贴。"""
    clauses = """
  c-1:
    title: 条款
    for_each: contract
    award: {kind: 补贴, share: 50%, of: rent, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""
    questions = Questions(Evaluator(policy_set(VOCABULARY, PAPER + clauses), "native"), ON)
    profile, contracts = profile_of_raw({"name": "某公司"}, VOCABULARY), Place("contract", None, None)
    assert list(questions.in_turn(profile)) == [contracts], "the list comes first"
    assert list(questions.in_turn(profile, {contracts})) == [Place(COMPANY, None, "rent")]
    known = profile_of_raw({"name": "某公司", "rent": "50万元"}, VOCABULARY)
    assert list(questions.in_turn(known, {contracts})) == []


def test_of_a_list_nobody_knows_it_is_asked_what_a_sum_over_it_goes_by() -> None:
    """每个合同按租金的一半：合同有哪些无从知道，没有租金，合计也是零。"""
    clauses = """
  c-1:
    title: 条款
    award: {kind: 补贴, exact: {sum_of: contract.each}, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""
    each = "definitions: {each: {title: 每个合同, for_each: contract, share: 50%, of: rent}}\nclauses:\n"
    policies = policy_set(VOCABULARY, PAPER.replace("clauses:\n", each) + clauses)
    questions = Questions(Evaluator(policies, "native"), ON)
    profile, contracts = profile_of_raw({"name": "某公司"}, VOCABULARY), Place("contract", None, None)
    assert questions.next(profile) == contracts
    assert questions.next(profile, frozenset({contracts})) == Place(COMPANY, None, "rent")


def test_of_a_list_nobody_knows_it_is_asked_of_another_list_that_the_award_goes_by() -> None:
    """不知道有哪些项目：没有合同，或合同都是零元，哪个项目都没有奖励。"""
    clauses = """
  c-1:
    title: 条款
    for_each: project
    award: {kind: 奖励, exact: {largest_of: contract.price}, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""
    questions = Questions(Evaluator(policy_set(VOCABULARY, PAPER + clauses), "native"), ON)
    projects, contracts = Place("project", None, None), Place("contract", None, None)
    profile = profile_of_raw({"name": "某公司"}, VOCABULARY)
    assert list(questions.in_turn(profile, {projects})) == [contracts]
    with_one = profile_of_raw({"name": "某公司", "contracts": [{"name": "甲"}]}, VOCABULARY)
    assert list(questions.in_turn(with_one, {projects})) == [Place("contract", "甲", "price")]
    with_none = profile_of_raw({"name": "某公司", "contracts": []}, VOCABULARY)
    assert list(questions.in_turn(with_none, {projects})) == []


_MET = """
  c-1:
    title: 条款
    award: {kind: 奖励, exact: {largest_of: contract.price, where: %s}, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""


@pytest.mark.parametrize(
    ("test", "known", "asked"),
    [
        ("{difference_of: rent, minus: support, at_least: 10万元, at_most: 12万元}", {"support": "9万元"}, "rent"),
        ("{difference_of: rent, minus: support, at_least: 10万元, at_most: 12万元}", {"rent": "19万元"}, "support"),
        ("{product_of: [rent, growth], more_than: 1万元, at_most: 3万元}", {"growth": "10%"}, "rent"),
        ("{growth_of: surplus, year: last_year, at_least: 2%, at_most: 3%}", {"surplus": {2022: "7元"}}, "surplus"),
        ("{fact: signed, at_least: founded, at_most: 2023-06-15}", {"founded": "2023-06-15"}, "signed"),
        ("{day: signed, plus: 1年, more_than: founded, at_most: 2020-06-15}", {"founded": "2020-06-14"}, "signed"),
    ],
)  # fmt: skip
def test_what_matters_in_a_narrow_band_beside_what_is_known_is_asked(
    test: str, known: Mapping[str, Any], asked: str
) -> None:
    """没有合同在范围内时由人判断，因此只有落在很窄的一段里才有结果：按已知的另一事实，正好找到这一段。"""
    profile = {"name": "某公司", "contracts": [{"name": "甲", "price": "5万元"}], **known}
    assert asked in {fact for _, fact in _asked(_MET % test, profile)}


def test_the_kind_of_an_item_is_asked_where_that_of_another_is_known() -> None:
    """同一用途只支持一个项目，每个最高10万元：乙的用途与甲相同时，一共才不超过10万元。"""
    rules = "stacking: {otherwise: cumulative, rules: [{one_item_of: c-1, same: purpose}]}"
    clauses = """
  c-1:
    title: 条款
    for_each: project
    award: {kind: 奖励, up_to: 10万元, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""
    policies = policy_set(VOCABULARY, PAPER.replace("stacking: cumulative", rules) + clauses)
    questions = Questions(Evaluator(policies, "native"), ON)
    profile = {"name": "某公司", "projects": [{"name": "甲", "purpose": "微波射频"}, {"name": "乙"}]}
    asked = list(questions.in_turn(profile_of_raw(profile, VOCABULARY)))
    assert asked == [Place("project", "乙", "purpose")]


def test_a_year_between_two_known_ones_is_asked_though_the_company_was_founded_later() -> None:
    """各年最高由“更早年度最高”说到底时，中间缺的一年也要问。"""
    clauses = """
  c-1:
    title: 条款
    award:
      kind: 奖励
      exact: {first_time_reaching: sales, year: this_year, steps: {300万元: 10万元}, pays: highest_step}
      paid_to: 企业
    source: {article: 第一条, says: 原文}
"""
    sales = {2019: "0元", 2020: "0元", 2022: "0元", 2023: "0元", 2024: "500万元", "earlier_highest": "0元"}
    assert _asked(clauses, {"name": "某公司", "founded": "2022-02-28", "sales": sales}) == {("company", "sales")}
