"""What is asked can still matter, and what is not asked any more cannot: on generated policies."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from incentives import Decision, Evaluator, Interval, Outcome, PolicySet, Profile, open_facts
from incentives.advice.answers import answers, can_hold, with_answer
from incentives.advice.parts import Part
from incentives.advice.questions import Questions
from incentives.facts.places import EARLIER, Place, given, value_at, without, year_before
from incentives.facts.profile import Item
from incentives.facts.types import Series
from incentives.facts.vocabulary import COMPANY
from incentives.values import NotBounded
from tests.generators import VOCABULARY_FILE, vocabulary
from tests.verdicts import policy_set, profile_of_raw, vocabulary_of
from tests.whole.completions import completions
from tests.whole.gaps import has_a_beginning
from tests.whole.profiles import WholeCase, whole_case

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
LONG = os.environ.get("INCENTIVES_SEARCH") == "long"
CASES = range(800 if LONG else 150)
COMPLETIONS, WALKS = (20, 4000) if LONG else (4, 1500)
ASKED_IN_VAIN = (198, 395, 611)
"""Cases in which something was asked that could change nothing any more."""
LEFT_OPEN = (578, 1284, 1291, 8083, 8635)
"""Cases that ended with something open that nobody was asked for.

In the order of the numbers: one item of a kind that is not known, alone under a rule of kinds; three items that are
of one kind or not; three entries of the ledger of which none counts; twice, the highest of the years before was 0.
"""


def said(evaluator: Evaluator, profile: Profile, on: date) -> object:
    """What a decision comes to: everything that is not refused, by outcome and amount, and every total."""
    decision = evaluator.check(profile, on)
    rows = {
        (found.policy, found.clause, found.item.key if found.item else "", found.outcome, found.award.interval)
        for found in decision.determinations
        if found.outcome is not Outcome.NOT_QUALIFIED
    }
    totals = [(policy.total, policy.paid_to_others) for policy in decision.policies]
    return rows, totals, decision.total, decision.paid_to_others


class _Told:
    """One company that answers what it is asked from what is so; some of it nobody knows."""

    def __init__(self, case: WholeCase, full: Mapping[str, Any], unknown: float) -> None:
        self.policies: PolicySet = policy_set(VOCABULARY, case.policy_text)
        self.case = case
        self.on = case.on
        self.start = profile_of_raw(case.profile, VOCABULARY)
        self.full = _without_judgements(profile_of_raw(full, VOCABULARY), self.start)
        self._raw = full
        self._rng = random.Random(case.policy_text)
        self._unknown = unknown
        self.questions = Questions(Evaluator(self.policies, "native"), self.on)

    def interview(self) -> Iterator[_Moment]:
        """Each profile with what is asked of it; at the end the last one, of which nothing is asked."""
        profile, raw, unknowable = self.start, self.case.profile, frozenset[Place]()
        for _ in range(200):
            place = self.questions.next(profile, unknowable)
            yield _Moment(profile, raw, unknowable, place)
            if place is None:
                return
            value = self._value(place, profile)
            forgotten = self._rng.random() < self._unknown
            if value is None or forgotten or value == value_at(profile, place):
                unknowable |= {place}
            else:
                raw = self._more(raw, place, profile)
                profile = with_answer(profile, place, value)
        pytest.fail("the interview does not end")

    def _value(self, place: Place, profile: Profile) -> Any:
        if place.fact is None:
            items = self.full.lists.get(place.entity)
            return None if items is None else tuple(Item(item.key, item.name, {}) for item in items)
        if place.year == EARLIER:
            return value_at(self.full, place._replace(year=self._highest(place, profile)))
        return value_at(self.full, place)

    def _highest(self, place: Place, profile: Profile) -> int:
        """The year that was the highest of those before the first one known; `EARLIER` for one before them all."""
        assert place.fact is not None
        known = profile.company.values.get(place.fact)
        series = self.full.company.values[place.fact]
        assert isinstance(series, Series)
        first = min(known.years) if isinstance(known, Series) else self.on.year + 1
        years: dict[int, Any] = {year: value for year, value in series.years.items() if year < first}
        if series.earlier_highest is not None:
            years[EARLIER] = series.earlier_highest
        return max(years, key=lambda year: years[year], default=EARLIER)

    def _more(self, raw: Mapping[str, Any], place: Place, profile: Profile) -> dict[str, Any]:
        """The profile as it is written with one more answer, taken from the full one."""
        if place.entity == COMPANY:
            year = self._highest(place, profile) if place.year == EARLIER else place.year
            return {**raw, **_given(raw, self._raw, place, year)}
        listed = vocabulary()["entities"][place.entity]["list"]
        if place.fact is None:
            return {**raw, listed: [{"name": item["name"]} for item in self._raw[listed]]}
        full = {item["name"]: item for item in self._raw[listed]}
        answered = [
            {**item, **_given(item, full[place.item], place, place.year)} if item["name"] == place.item else item
            for item in raw[listed]
        ]
        return {**raw, listed: answered}


class _Moment(NamedTuple):
    """A profile, also as it is written; what nobody knows; and what is asked, None at the end."""

    profile: Profile
    raw: Mapping[str, Any]
    unknowable: frozenset[Place]
    place: Place | None


def _given(holder: Mapping[str, Any], full: Mapping[str, Any], place: Place, year: int | None) -> dict[str, Any]:
    """A fact of a holder as it is written, with the answer that the full profile gives for a year."""
    assert place.fact is not None
    if place.year is None:
        return {place.fact: full[place.fact]}
    value = full[place.fact]["earlier_highest" if year == EARLIER else year]
    known = dict(holder.get(place.fact) or {})
    if place.year == EARLIER:
        return {place.fact: {**known, "earlier_highest": value}}
    if place.year < min((of for of in known if isinstance(of, int)), default=place.year):
        known.pop("earlier_highest", None)  # it spoke of other years
    return {place.fact: {**known, place.year: value}}


def _bounded(profile: Profile, place: Place) -> bool:
    """Whether the highest of the years before the first one given speaks of a year that nobody knows."""
    earlier = value_at(profile, place._replace(year=EARLIER)) if place.year and place.fact else None
    return earlier is not None and year_before(profile, place) is None


def _completions(
    case: WholeCase, profile: Mapping[str, Any], rng: random.Random, most: int
) -> Iterator[Mapping[str, Any]]:
    """Profiles without gaps that say nothing else: a list that is given is complete, the ledger as well."""
    for full in completions(case.policy, vocabulary(), profile, case.on, rng, most):
        if all(len(value) == len(full[key]) for key, value in profile.items() if isinstance(value, list)):
            yield full


def _without_judgements(full: Profile, start: Profile) -> Profile:
    """What only a person can say stays open where it was open."""
    known = set(given(start))
    judged = [
        place
        for place in given(full)
        if place.fact is not None
        and vocabulary()["entities"][place.entity]["facts"][place.fact].get("judgement")
        and place not in known
    ]
    return without(full, judged)


@pytest.mark.parametrize("unknown", [0.0, 0.3])
def test_at_the_end_nothing_that_is_not_known_could_change_anything(unknown: float) -> None:
    asked = 0
    for number in (*CASES, *LEFT_OPEN):
        case = whole_case(number, most_gaps=5)
        for_ever = not has_a_beginning(case.policy) or (unknown and "first_time_reaching" in case.policy_text)
        if for_ever or "judgement:" in case.policy_text:
            continue  # of all years there ever were more can always be told; what a person is asked, nobody else is
        for full in (case.full, *_completions(case, case.profile, random.Random(number), COMPLETIONS)):
            told = _Told(case, full, unknown)
            *before, last = told.interview()
            asked += len(before)
            if any(_bounded(last.profile, place) for place in last.unknowable):
                continue  # a full profile has no highest of earlier years that speaks of this one
            # What was said once more, as no more is known than that, is known.
            rest = without(told.full, [place for place in last.unknowable if value_at(last.profile, place) is None])
            evaluator = Evaluator(told.policies, "reference")
            assert said(evaluator, last.profile, told.on) == said(evaluator, rest, told.on), (number, last, rest)
    assert asked > len(CASES) / 2


def test_what_is_asked_can_change_something() -> None:
    for number in (*CASES, *ASKED_IN_VAIN):
        case = whole_case(number, most_gaps=4)
        told = _Told(case, case.full, 0.15)
        for moment in told.interview():
            if moment.place is not None:
                assert can_change(told, moment, moment.place), (number, moment.place)


def can_change(told: _Told, moment: _Moment, place: Place) -> bool:
    """Whether after some answers to other questions an answer to this one changes the decision."""
    evaluator = Evaluator(told.policies, "reference")
    return _by_answers(evaluator, told, moment, place) or _by_completions(evaluator, told, moment, place)


def _by_answers(evaluator: Evaluator, told: _Told, moment: _Moment, place: Place) -> bool:
    """By the answers that are told apart, to one question after the other."""
    rng = random.Random(0)
    for _ in range(WALKS):
        then, answered = with_answer(moment.profile, place, rng.choice(_values(told, moment.profile, place))), {place}
        while True:
            without_it = without(then, (place,))
            if said(evaluator, then, told.on) != said(evaluator, without_it, told.on):
                return True
            waits = {*told.questions.waiting(then, moment.unknowable)}
            waits |= {*told.questions.waiting(without_it, moment.unknowable)}
            others = [one for one in waits if one not in answered and can_hold(then, one)]
            if not others:
                break
            other = rng.choice(sorted(others, key=told.questions.in_order))
            answered.add(other)
            then = with_answer(then, other, rng.choice(_values(told, then, other)))
    return False


def _by_completions(evaluator: Evaluator, told: _Told, moment: _Moment, place: Place) -> bool:
    """By whole profiles that say the same as far as this one goes, with values that the questions know nothing of."""
    for raw in _completions(told.case, moment.raw, random.Random(0), WALKS):
        known = without(profile_of_raw(raw, VOCABULARY), moment.unknowable)
        if said(evaluator, known, told.on) != said(evaluator, without(known, (place,)), told.on):
            return True
    return False


def _values(told: _Told, profile: Profile, place: Place) -> list[Any]:
    reads = told.questions.reads(place, profile)
    return [answer.value for read in reads for answer in answers(read)]


# What can be read beside a paper -----------------------------------------------------------------


def _asked(clauses: str, profile: Mapping[str, Any]) -> set[tuple[str, str | None]]:
    """What can matter of a small policy, by entity and fact."""
    policies = policy_set(VOCABULARY, PAPER + clauses)
    questions = Questions(Evaluator(policies, "native"), ON)
    return {(place.entity, place.fact) for place in questions.in_turn(profile_of_raw(profile, VOCABULARY))}


ON = date(2024, 7, 1)
PAPER = """
incentives: 2
policy: small
title: 示例（来源中没有这样的条款）
issuer: 某区
document: {kind: official_text, title: 示例, number: not_published, publisher: 某区, published_on: 2024-01-01}
in_force: {from: 2024-01-01, until: 2025-12-31}
stacking: cumulative
clauses:
"""


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


_GRANT = {"name": "旧", "policy": "small", "clause": "each", "year": 2024, "amount": "25万元", "matter": "丙"}


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


def test_what_was_found_to_change_nothing_is_not_looked_for_again_while_more_cannot_be_known(
    shipped: PolicySet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interview of nothing but 不知道 would else try the same again before every question."""
    found: Counter[tuple[int, Place, frozenset[str]]] = Counter()
    set_idle = Part.set_idle

    def counted(self: Part, place: Place, unknowable: Collection[Place]) -> None:
        lists = frozenset(one.entity for one in unknowable if one.fact is None)
        found[id(self), place, lists] += 1
        set_idle(self, place, unknowable)

    monkeypatch.setattr(Part, "set_idle", counted)
    evaluator = Evaluator(shipped, "native")
    questions = Questions(evaluator, date(2026, 3, 1), "high-tech-enterprise-2016")
    profile = evaluator.profile("policies/high-tech-enterprise-2016/examples/missing-facts.yaml")
    unknowable = set[Place]()
    while (place := questions.next(profile, frozenset(unknowable))) is not None:
        unknowable.add(place)
    assert found
    assert max(found.values()) == 1
