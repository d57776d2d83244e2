"""Single tests of facts, told apart from every engine: a table of cases, and plain Python comparisons.

Each row is what a policy says, what a profile gives, and the state. Every engine shares the code shown here,
so that engines agreeing proves nothing about it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.engines.atoms import settle
from incentives.engines.subjects import company_subject, subjects
from incentives.language.nodes import Condition, ItemExists
from incentives.language.walks import children
from incentives.values import State
from tests.generators import VOCABULARY_FILE, vocabulary, write
from tests.verdicts import policy_of, profile_of, vocabulary_of

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))

DAY = date(2024, 7, 1)
HOLDS, FAILS, MISSING, JUDGEMENT = State.HOLDS, State.FAILS, State.MISSING, State.JUDGEMENT

_POLICY = {
    "incentives": 1,
    "policy": "one-test",
    "title": "一项条件",
    "issuer": "某区",
    "document": {
        "kind": "official_text",
        "title": "一项条件",
        "number": "not_published",
        "publisher": "某区",
        "published_on": "2024-01-01",
    },
    "in_force": {"from": "2024-01-01", "until": "none"},
    "stacking": "not_published",
}


def conditions_of(written: dict[str, Any], for_each: str | None = None) -> tuple[Any, tuple[Condition, ...]]:
    """The only clause of a policy with that condition, and the parts of what it demands."""
    clause: dict[str, Any] = {"title": "条款", "when": [written]}
    clause["award"] = {"kind": "奖励", "exact": "1万元", "paid_to": "企业"}
    clause["source"] = {"article": "第一条", "says": "原文"}
    if for_each:
        clause["for_each"] = for_each
    checked = policy_of(write({**_POLICY, "clauses": {"only": clause}}), VOCABULARY).clauses[0]
    return checked, children(checked.condition)


def state_of(written: dict[str, Any], profile: dict[str, Any]) -> State:
    clause, [atom] = conditions_of(written)
    [subject] = subjects(clause, company_subject(profile_of(write({"name": "某公司", **profile}), VOCABULARY), DAY))
    assert not children(atom)
    return settle(atom, subject)


TABLE: list[tuple[str, dict[str, Any], Any, State]] = [
    # fact, test, what the profile gives, state
    ("high_tech", {"is": True}, True, HOLDS),
    ("high_tech", {"is": True}, False, FAILS),
    ("high_tech", {"is": False}, False, HOLDS),
    ("high_tech", {"is": False}, None, MISSING),
    # 1亿元, one fen on each side, for each operator
    ("revenue", {"at_least": "1亿元"}, "99999999.99元", FAILS),
    ("revenue", {"at_least": "1亿元"}, "1亿元", HOLDS),
    ("revenue", {"at_least": "1亿元"}, "100000000.01元", HOLDS),
    ("revenue", {"more_than": "1亿元"}, "99999999.99元", FAILS),
    ("revenue", {"more_than": "1亿元"}, "10000万元", FAILS),
    ("revenue", {"more_than": "1亿元"}, "100000000.01元", HOLDS),
    ("revenue", {"at_most": "1亿元"}, "99999999.99元", HOLDS),
    ("revenue", {"at_most": "1亿元"}, "1亿元", HOLDS),
    ("revenue", {"at_most": "1亿元"}, "100000000.01元", FAILS),
    ("revenue", {"less_than": "1亿元"}, "99999999.99元", HOLDS),
    ("revenue", {"less_than": "1亿元"}, "1亿元", FAILS),
    ("revenue", {"less_than": "1亿元"}, "100000000.01元", FAILS),
    ("revenue", {"at_least": "1亿元"}, None, MISSING),
    ("revenue", {"is": "1.2亿元"}, "12,000万元", HOLDS),
    ("revenue", {"is": "1.2亿元"}, "1.2亿元", HOLDS),
    ("revenue", {"is": "1.2亿元"}, "120000000.01元", FAILS),
    ("revenue", {"in": ["0元", "1万元"]}, "0元", HOLDS),
    # a loss is below zero, and zero is no loss
    ("profit", {"less_than": "0元"}, "-0.01元", HOLDS),
    ("profit", {"less_than": "0元"}, "0元", FAILS),
    ("profit", {"at_least": "-1万元"}, "-10000元", HOLDS),
    ("profit", {"at_least": "-1万元"}, "-10000.01元", FAILS),
    # a band: either end as it is written
    ("revenue", {"at_least": "10元", "less_than": "20元"}, "10元", HOLDS),
    ("revenue", {"at_least": "10元", "less_than": "20元"}, "9.99元", FAILS),
    ("revenue", {"at_least": "10元", "less_than": "20元"}, "19.99元", HOLDS),
    ("revenue", {"at_least": "10元", "less_than": "20元"}, "20元", FAILS),
    ("revenue", {"more_than": "10元", "at_most": "20元"}, "10元", FAILS),
    ("revenue", {"more_than": "10元", "at_most": "20元"}, "20元", HOLDS),
    ("revenue", {"at_least": "10元", "at_most": "10元"}, "10元", HOLDS),
    ("revenue", {"at_least": "10元", "at_most": "10元"}, "10.01元", FAILS),
    # rates, however they are written
    ("rd_share", {"at_least": "5%"}, "50‰", HOLDS),
    ("rd_share", {"at_least": "5%"}, "4.99%", FAILS),
    ("rd_share", {"more_than": "5%"}, "5.00%", FAILS),
    ("growth", {"less_than": "0%"}, "-0.1%", HOLDS),
    ("growth", {"is": "12.5%"}, "125‰", HOLDS),
    # counts and quantities
    ("staff", {"at_least": 10}, "10人", HOLDS),
    ("staff", {"at_least": 10}, 9, FAILS),
    ("staff", {"less_than": "300人"}, 300, FAILS),
    ("staff", {"more_than": 0}, 0, FAILS),
    ("floor_area", {"at_least": "500平方米"}, "499.99平方米", FAILS),
    ("floor_area", {"at_least": "500平方米"}, "500.00平方米", HOLDS),
    # days
    ("founded", {"at_least": "2024-01-01"}, "2023-12-31", FAILS),
    ("founded", {"at_least": "2024-01-01"}, "2024年1月1日", HOLDS),
    ("founded", {"more_than": "2024-02-29"}, "2024-02-29", FAILS),
    ("founded", {"at_most": "2024-02-29"}, "2024-03-01", FAILS),
    ("founded", {"is": "2024年2月29日"}, "2024-02-29", HOLDS),
    # words
    ("product", {"is": "微波射频"}, "微波射频", HOLDS),
    ("product", {"is": "微波射频"}, "微波 射频", FAILS),
    ("size", {"in": ["小型", "微型"]}, "微型", HOLDS),
    ("size", {"in": ["小型", "微型"]}, "大型", FAILS),
    ("district", {"is": "510107"}, 510107, HOLDS),
    ("district", {"in": ["510107", "000001"]}, "000001", HOLDS),
    ("district", {"is": "510107"}, "510116", FAILS),
    # 等: another word is for a person; no answer at all is missing
    ("product", {"in": ["微波射频"], "open": "等"}, "微波射频", HOLDS),
    ("product", {"in": ["微波射频"], "open": "等"}, "太赫兹", JUDGEMENT),
    ("product", {"in": ["微波射频"], "open": "等"}, None, MISSING),
    # many values: one of them is enough; none at all is known, and is not a question of 等
    ("fields", {"includes_any": ["微波射频", "集成电路"]}, ["生物医药", "集成电路"], HOLDS),
    ("fields", {"includes_any": ["微波射频"]}, ["生物医药"], FAILS),
    ("fields", {"includes_any": ["微波射频"]}, [], FAILS),
    ("fields", {"includes_any": ["微波射频"]}, None, MISSING),
    ("fields", {"includes_any": ["微波射频"], "open": "等"}, ["生物医药"], JUDGEMENT),
    ("fields", {"includes_any": ["微波射频"], "open": "等"}, [], FAILS),
    ("fields", {"includes_any": ["微波射频"], "open": "等"}, None, MISSING),
    ("honours", {"includes_any": ["小巨人"]}, ["专精特新", "小巨人"], HOLDS),
    ("trades", {"includes_any": ["0111"]}, ["0111"], HOLDS),
    # what only a person settles: open until a person has; then like any fact
    ("recommended", {"is": True}, None, JUDGEMENT),
    ("recommended", {"is": True}, True, HOLDS),
    ("recommended", {"is": True}, False, FAILS),
    ("score", {"at_least": "60分"}, None, JUDGEMENT),
    ("score", {"at_least": "60分"}, 59, FAILS),
    ("high_tech", {"is": True, "judgement": "由专家认定"}, None, JUDGEMENT),
    ("high_tech", {"is": True, "judgement": "由专家认定"}, False, FAILS),
]


@pytest.mark.parametrize(("fact", "test", "given_value", "state"), TABLE)
def test_the_state_of_one_test(fact: str, test: dict[str, Any], given_value: Any, state: State) -> None:
    given_facts = {} if given_value is None else {fact: given_value}
    assert state_of({"fact": fact, **test}, given_facts) is state
    if given_value is None:
        assert state_of({"fact": fact, **test}, {fact: None}) is state, "null is unknown too"


def test_the_table_holds_every_type_of_fact_and_every_test() -> None:
    types = {(found["type"], found.get("many", False)) for _, found in company_facts()}
    tabled = {fact for fact, _, _, _ in TABLE}
    assert types == {(found["type"], found.get("many", False)) for name, found in company_facts() if name in tabled}
    tests = {key for _, test, _, _ in TABLE for key in test} - {"open", "judgement"}
    assert tests == {"is", "in", "includes_any", "at_least", "more_than", "at_most", "less_than"}


def company_facts() -> list[tuple[str, Any]]:
    return list(vocabulary()["entities"]["company"]["facts"].items())


LISTS: list[tuple[Any, State, State, State]] = [
    # the list of projects; that there is an item; a test of the item; a test of the company
    (None, MISSING, MISSING, HOLDS),
    ([], FAILS, FAILS, HOLDS),
    ([{"name": "甲"}], HOLDS, MISSING, HOLDS),
    ([{"name": "甲", "investment": "1亿元"}], HOLDS, HOLDS, HOLDS),
    ([{"name": "甲", "investment": "1元"}], HOLDS, FAILS, HOLDS),
]


@pytest.mark.parametrize(("projects", "item", "of_item", "of_company"), LISTS)
def test_an_absent_list_is_unknown_and_an_empty_one_is_known(
    projects: Any, item: State, of_item: State, of_company: State
) -> None:
    profile = profile_of(write({"name": "某公司", "staff": 10, "projects": projects}), VOCABULARY)
    for written, expected in (
        ({"fact": "investment", "at_least": "1亿元"}, of_item),
        ({"fact": "investment", "at_least": "1亿元", "judgement": "由专家认定"}, judged(projects, of_item)),
        ({"fact": "staff", "at_least": 10}, of_company),
    ):
        clause, [exists, atom] = conditions_of(written, for_each="project")
        [subject] = subjects(clause, company_subject(profile, DAY))
        assert isinstance(exists.form, ItemExists)
        assert settle(exists, subject) is item
        assert settle(atom, subject) is expected


def judged(projects: Any, of_item: State) -> State:
    """A judgement can be asked of an item that is there; where the list is absent, the list is missing."""
    return JUDGEMENT if projects and of_item is MISSING else of_item


_DAYS = st.dates(date(2019, 12, 30), date(2020, 1, 3))
_COMPARED: dict[str, Any] = {
    "at_least": lambda value, bound: not bound > value,
    "more_than": lambda value, bound: bound < value,
    "at_most": lambda value, bound: not bound < value,
    "less_than": lambda value, bound: bound > value,
}


@given(operator=st.sampled_from(sorted(_COMPARED)), value=st.integers(0, 10**15), off=st.integers(-2, 2))
def test_bounds_of_money_compare_as_whole_fen_do(operator: str, value: int, off: int) -> None:
    bound = max(value + off, 0)
    written = {"fact": "revenue", operator: f"{Decimal(bound).scaleb(-2)}元"}
    expected = _COMPARED[operator](value, bound)
    assert state_of(written, {"revenue": f"{Decimal(value).scaleb(-6)}万元"}) is (HOLDS if expected else FAILS)


@given(operator=st.sampled_from(sorted(_COMPARED)), value=_DAYS, off=st.integers(-1, 1))
def test_bounds_of_dates_compare_as_days_do(operator: str, value: date, off: int) -> None:
    bound = value + timedelta(days=off)
    expected = _COMPARED[operator](value.toordinal(), bound.toordinal())
    written = {"fact": "founded", operator: bound.isoformat()}
    assert state_of(written, {"founded": value.isoformat()}) is (HOLDS if expected else FAILS)


_WORDS = st.lists(st.sampled_from("甲乙丙丁"), max_size=3, unique=True)


@given(held=_WORDS, listed=_WORDS.filter(bool), is_open=st.booleans())
def test_lists_of_words_compare_one_by_one(held: list[str], listed: list[str], is_open: bool) -> None:
    written: dict[str, Any] = {"fact": "fields", "includes_any": listed} | ({"open": "等"} if is_open else {})
    found = state_of(written, {"fields": held})
    if any(word == other for word in held for other in listed):
        assert found is HOLDS
    else:
        assert found is (JUDGEMENT if is_open and len(held) > 0 else FAILS)
