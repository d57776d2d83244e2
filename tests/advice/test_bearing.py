"""What is refused by the tests of a clause alone no search finds either; what was found is not looked for again."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pytest

from incentives import Evaluator, PolicySet
from incentives.advice.parts import Part, PartBearing
from incentives.advice.questions import Questions
from incentives.advice.relevance import _Search, matters
from incentives.advice.settling import Asked, Tried
from incentives.facts.places import EARLIER, Place, value_at
from incentives.facts.profile import Profile
from incentives.facts.vocabulary import COMPANY
from tests.advice.companies import Company, interviewed
from tests.advice.papers import ON, PAPER, VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import whole_case

OF_AN_ABSENT_LIST = (4811, 9738)
"""Cases in which a fact of the company matters only by a condition or an award of items that nobody listed."""


def test_what_the_tests_of_a_clause_refuse_no_search_through_its_answers_finds() -> None:
    found: Counter[bool] = Counter()
    for number in (*range(200), *OF_AN_ABSENT_LIST):
        case = whole_case(number, most_gaps=6)
        questions = Questions(Evaluator(policy_set(VOCABULARY, case.policy_text), "native"), case.on)
        profile, rng = profile_of_raw(case.profile, VOCABULARY), random.Random(number)
        unknowable = frozenset(place for place in questions.waiting(profile) if rng.random() < 0.35)
        for part in questions.clauses:
            for place in part.look(profile).waits_for(unknowable):
                matter = matters(part, place, profile, unknowable, Tried())
                found[matter] += 1
                # An answer that contradicts the highest of earlier years would change what is not open.
                if not matter and value_at(profile, place._replace(year=EARLIER)) is None:
                    assert not _is_found(part, place, profile, unknowable), (number, place)
    assert found[False] > 10
    assert found[True] > 70


def _is_found(part: Part, place: Place, profile: Profile, unknowable: Collection[Place]) -> bool:
    """Whether a search through the answers to everything finds something within its limit."""
    anything = PartBearing((None,), (), complete=True)
    searches = [_Search(part, place, profile, unknowable, 3000, beside_turns=turns) for turns in (False, True)]
    return any(search.finds(anything) and not search.gave_up for search in searches)


def _asked(clauses: str, profile: Mapping[str, Any], *unknowable: Place) -> set[tuple[str | None, int | None]]:
    """What can matter of a small policy where something is not known, by fact and year."""
    questions = Questions(Evaluator(policy_set(VOCABULARY, PAPER + clauses), "native"), ON)
    places = questions.in_turn(profile_of_raw(profile, VOCABULARY), frozenset(unknowable))
    return {(place.fact, place.year) for place in places}


def _of_company(fact: str, year: int | None = None) -> Place:
    return Place(COMPANY, None, fact, year)


_EITHER = """
  c-1:
    title: 条款
    when:
      - {fact: high_tech, is: true}
      - {fact: rent, at_least: 100万元}
      - any: [{fact: staff, at_least: 10人}, {fact: growth, more_than: 20%}]
    award: {kind: 奖励, exact: 10万元, paid_to: 企业}
    source: {article: 第一条, says: 原文}
"""


def test_where_a_condition_cannot_be_known_only_what_can_fail_the_clause_alone_is_asked() -> None:
    """是否高企无从知道，就不会符合了，只问能使其不符合的：二者之一也无从知道的，另一个问了也没有用。"""
    known, lost = {"name": "某公司"}, (_of_company("high_tech"), _of_company("growth"))
    assert _asked(_EITHER, known) == {("high_tech", None), ("rent", None), ("staff", None), ("growth", None)}
    assert _asked(_EITHER, known, lost[0]) == {("rent", None), ("staff", None), ("growth", None)}
    assert _asked(_EITHER, known, *lost) == {("rent", None)}
    assert _asked(_EITHER, known, lost[1]) == {("high_tech", None), ("rent", None), ("staff", None)}


def test_the_founding_is_asked_where_it_opens_years_that_settle_the_award() -> None:
    """去年、前年的销售收入都不知道：成立以来有一年早已达到的，就不是首次；哪些年要看成立日期。"""
    clauses = """
  c-1:
    title: 条款
    award:
      kind: 奖励
      exact: {first_time_reaching: sales, year: last_year, steps: {300万元: 10万元}, pays: highest_step}
      paid_to: 企业
    source: {article: 第一条, says: 原文}
"""
    known = {"name": "某公司"}
    last, before = (_of_company("sales", year) for year in (2023, 2022))
    assert ("founded", None) in _asked(clauses, known, last, before)
    founded = {**known, "founded": "2020-05-01"}
    assert _asked(clauses, founded, last, before) == {("sales", 2020), ("sales", 2021)}


@pytest.mark.parametrize("policy", ["chengdu-ic-2023", "shenzhen-ic-2022", "shuangliu-liyuan-2025"])
def test_the_founding_is_asked_of_who_does_not_know_what_was_reached_last(shipped: PolicySet, policy: str) -> None:
    evaluator = Evaluator(shipped, "native")
    questions, profile = Questions(evaluator, date(2026, 3, 1), policy), evaluator.profile({"name": "某公司"})
    unknowable = set[Place]()
    while (place := questions.next(profile, frozenset(unknowable))) is not None:
        unknowable.add(place)
    assert _of_company("founded") in unknowable


def test_what_was_found_is_not_looked_for_again_where_it_was_found_without_what_is_not_known(
    shipped: PolicySet, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: Counter[str] = Counter()
    worked_out, stands = Part._worked_out, Asked.stands

    def look(self: Part, profile: Profile) -> object:
        counted["looks"] += 1
        return worked_out(self, profile)

    def ask(self: Asked, profile: Profile) -> object:
        counted["tests"] += 1
        return stands(self, profile)

    monkeypatch.setattr(Part, "_worked_out", look)
    monkeypatch.setattr(Asked, "stands", ask)
    evaluator = Evaluator(shipped, "native")
    questions = Questions(evaluator, date(2026, 3, 1), "wuhou-microwave-rf-2023")
    profile = evaluator.profile({"name": "某公司"})
    once = list(questions.in_turn(profile))
    assert counted["looks"] > 0
    counted.clear()
    assert list(questions.in_turn(profile)) == once
    assert list(questions.in_turn(profile, frozenset(once[:1])))
    assert counted["looks"] == 0


def test_a_point_of_a_long_score_is_not_asked_where_another_answer_settles_the_clause_in_any_case(
    shipped: PolicySet,
) -> None:
    """评分要看四十个事实，一一试过太多；称号一答就定了，就不问评分里的净利润。"""
    evaluator = Evaluator(shipped, "native")
    questions = Questions(evaluator, date(2026, 3, 1))
    asked: list[str | None] = []

    def in_order(profile: Profile, unknowable: frozenset[Place]) -> Place | None:
        place = questions.first(profile, questions.in_order, unknowable)
        asked.extend([place.fact] if place is not None else [])
        return place

    interviewed(Company(4, questions), in_order, evaluator)
    assert "main_revenue" in asked
    assert "net_profit" not in asked
