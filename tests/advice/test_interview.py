"""Interviews and what hangs on their questions, on the shipped policies and on small ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from incentives import NOT_BOUNDED, Evaluator, Interview, PolicySet, ProfileRefused, next_question, open_facts
from incentives.facts.places import EARLIER

ON = date(2026, 3, 1)
WUHOU = "wuhou-microwave-rf-2023"
XIAN = "xian-real-economy-2018"


@pytest.fixture(scope="module")
def evaluator(shipped: PolicySet) -> Evaluator:
    return Evaluator(shipped, "native")


def test_one_answer_that_refuses_everything_ends_the_interview(evaluator: Evaluator) -> None:
    talk = Interview(evaluator, {}, ON, WUHOU)
    assert talk.question is not None
    assert talk.question.fact == "industry_fields"
    assert [choice.value for choice in talk.question.choices] == ["微波射频"]
    talk.answer(talk.read(["软件"]))
    assert talk.question is None
    assert talk.decision.total.possible == 0


def test_a_list_is_asked_by_its_names_and_then_by_the_facts_of_each_item(evaluator: Evaluator) -> None:
    known = {"industry_fields": ["微波射频"], "registered_district": "510107", "entity_type": "企业法人"}
    known |= {"development_projects": [], "platforms": []}
    talk = Interview(evaluator, known, ON, WUHOU)
    assert talk.question is not None
    assert (talk.question.entity, talk.question.fact) == ("project", None)
    talk.answer(talk.read(["一期", "二期"]))
    asked = []
    while talk.question is not None:
        assert talk.question.item is not None
        asked.append((talk.question.item.name, talk.question.fact))
        answers = {"sector": "微波射频", "newly_completed": True, "investment": "0.5亿元"}
        talk.answer(talk.read(answers[str(talk.question.fact)]))  # type: ignore[arg-type]
    assert [name for name, _ in asked] == ["一期"] * 3 + ["二期"] * 3, "one item after the other"


GROWN = {
    "entity_type": "企业法人",
    "registered_district": "350181",
    "headquarters_type": "综合型总部企业",
    "headquarters_origin": "现有",
    "headquarters_since": "2019-01-10",
    "local_contribution": {2024: "2000万元", 2025: "4000万元"},
    "titles": [],
    "premises": [],
    "grants": [],
}


@pytest.mark.parametrize(
    ("policy", "known", "fact", "late", "in_time", "code"),
    [
        ("shuangliu-liyuan-2025", {}, "founded", "2026-03-02", "2026-03-01", "W0502"),
        ("fuqing-headquarters-2022", GROWN, "ledger_from", "2027", "2026", "W0503"),
    ],
)
def test_an_answer_that_comes_after_the_application_is_read_and_remarked_on(
    evaluator: Evaluator, policy: str, known: dict[str, object], fact: str, late: str, in_time: str, code: str
) -> None:
    talk = Interview(evaluator, known, ON, policy)
    while talk.question is not None and talk.question.fact != fact:
        talk.unknown()
    assert talk.question is not None
    assert [remark.code for remark in talk.remarks(late)] == [code]
    assert talk.understood(late) == (talk.read(late), talk.remarks(late))
    assert talk.remarks(in_time) == ()


def test_what_is_asked_again_can_be_taken_back(evaluator: Evaluator) -> None:
    talk = Interview(evaluator, {}, ON, WUHOU)
    first = talk.question
    assert not talk.back()
    talk.call("某公司")
    talk.unknown()
    second = talk.question
    assert second is not None
    assert second != first
    assert talk.unknowable == {first.place} if first is not None else False
    assert talk.back()
    assert (talk.question, talk.unknowable, talk.profile.company.name) == (first, frozenset(), "某公司")
    assert talk.back()
    assert (talk.question, talk.profile.company.name, talk.can_go_back) == (first, "", False)


def test_a_name_that_was_called_after_an_answer_stays_when_that_is_taken_back(evaluator: Evaluator) -> None:
    talk = Interview(evaluator, {}, ON, WUHOU)
    talk.unknown()
    talk.call("某公司")
    talk.unknown()
    assert talk.back()
    assert (talk.profile.company.name, len(talk.unknowable)) == ("某公司", 1)
    assert talk.back()
    assert (talk.profile.company.name, len(talk.unknowable)) == ("", 1)
    assert talk.back()
    assert (talk.unknowable, talk.can_go_back) == (frozenset(), False)


def test_what_is_not_known_leaves_the_result_open_until_another_answer_settles_it(evaluator: Evaluator) -> None:
    talk = Interview(evaluator, {}, ON, WUHOU)
    while talk.question is not None:
        assert not talk.settled
        talk.unknown()
    assert not talk.settled
    assert talk.can_go_back
    known = Interview(evaluator, {}, ON, WUHOU)
    while known.question is not None and known.question.fact != "registered_district":
        known.unknown()
    known.answer(known.read("510104"))
    assert known.unknowable
    assert (known.question, known.settled) == (None, True)


def test_an_answer_that_cannot_be_read_is_refused_as_in_a_file(evaluator: Evaluator) -> None:
    known = {"industry_fields": ["微波射频"], "registered_district": "510107", "entity_type": "企业法人",
             "development_projects": [], "platforms": [], "projects": [{"name": "一期", "sector": "微波射频",
             "newly_completed": True}]}  # fmt: skip
    talk = Interview(evaluator, known, ON, WUHOU)
    assert talk.question is not None
    assert talk.question.fact == "investment"
    with pytest.raises(ProfileRefused, match="E0402"):
        talk.read("1.2亿")
    talk.answer(talk.read("1.2亿元"))
    assert talk.question is None
    assert talk.decision.total.possible == Decimal(10_000_000)


def test_the_years_before_are_asked_for_together(evaluator: Evaluator) -> None:
    """首次突破 reads all years there ever were: the last ones one by one, the rest by their highest."""
    known = {
        "registered_district": "610113",
        "projects": [],
        "grants": [],
        "ledger_from": 2010,
        "industry_code": "C3973",
    }
    talk = Interview(evaluator, known, ON, XIAN)
    years = []
    while talk.question is not None:
        assert talk.question.fact == "output_value"
        years.append(talk.question.year)
        talk.answer(talk.read("12亿元" if talk.question.year == 2025 else "9亿元"))
    assert EARLIER in years
    assert len(set(years)) == len(years)
    assert not talk.decision.missing


def test_the_same_answer_again_means_that_no_more_is_known(evaluator: Evaluator) -> None:
    """A code that is too short is a known fact that still leaves something open."""
    talk = Interview(evaluator, {"legal_person": True, "industry_code": "F"}, ON, "above-scale-2011")
    for _ in range(20):
        if talk.question is None:
            return
        talk.answer(talk.read("F")) if talk.question.fact == "industry_code" else talk.unknown()
    pytest.fail("the interview does not end")


def test_next_question_is_the_first_of_an_interview(evaluator: Evaluator) -> None:
    assert next_question(evaluator, {}, ON, WUHOU) == Interview(evaluator, {}, ON, WUHOU).question
    with pytest.raises(KeyError):
        next_question(evaluator, {}, ON, "no-such-policy")


def test_what_hangs_on_a_fact_is_said_with_the_money(evaluator: Evaluator) -> None:
    known = {"industry_fields": ["微波射频"], "registered_district": "510107", "platforms": [],
             "development_projects": [{"name": "A", "from_defence_institute": True}],
             "projects": [{"name": "一期", "sector": "微波射频", "newly_completed": True}]}  # fmt: skip
    found = {one.fact: one for one in open_facts(evaluator.check(known, ON, WUHOU))}
    assert found["investment"].at_stake == Decimal(10_000_000)
    assert found["development_kind"].at_stake == Decimal(2_000_000)
    assert found["entity_type"].at_stake == Decimal(12_000_000), "every award waits for the legal form"
    assert [award.title for award in found["entity_type"].awards] == ["新建成项目奖励", "军工装备研制项目补助"]
    assert next(iter(found)) == "entity_type"
    assert found["entity_type"].supplier is not None
    absent = open_facts(evaluator.check({}, ON, WUHOU))
    assert {one.at_stake for one in absent} == {NOT_BOUNDED}
    assert absent[0].to_dict()["at_stake"] == "not_bounded"


def test_a_cap_over_several_awards_waits_for_the_ledger(evaluator: Evaluator) -> None:
    """滨江（四）: 每个企业年度总额不超过300万元; what was paid this year is not known."""
    known = {"registered_district": "330108", "functional_zones": ["杭州高新区（滨江）"],
             "ic_business": ["集成电路设计"],
             "premises": [], "tape_outs": [], "settlement_kind": "其他", "xinhuo_registered": False,
             "contracts": [{"name": "A", "contract_kind": "购买EDA工具", "contract_amount": "100万元",
                            "counterparty_district": "310115", "counterparty_developed": False}]}  # fmt: skip
    decision = evaluator.check(known, ON, "binjiang-ic-2020")
    [waiting] = [one for one in open_facts(decision) if one.entity == "grant"]
    assert waiting.at_stake == Decimal(200_000)
    assert [award.clause for award in waiting.awards] == ["eda-purchase"]
    talk = Interview(evaluator, known, ON, "binjiang-ic-2020")
    assert talk.question is not None
    assert talk.question.entity == "grant"
