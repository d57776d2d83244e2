"""What would change a refusal of the shipped policies, as an officer would say it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import incentives
from incentives.advice.changeable import Changeable
from incentives.advice.grounds import Grounds, grounds
from incentives.facts.places import Place
from incentives.facts.reader import profile_of
from incentives.values import Outcome

POLICIES = incentives.load_policies()
ON = date(2026, 3, 1)
WUHOU = {
    "name": "甲",
    "industry_fields": ["微波射频"],
    "entity_type": "企业法人",
    "registered_district": "510107",
    "projects": [{"name": "一期", "sector": "微波射频", "newly_completed": True, "investment": "8800万元"}],
    "platforms": [],
    "development_projects": [],
}


def found(
    raw: dict[str, Any], policy: str, clause: str, item: str | None = None, fixed: frozenset[str] = frozenset()
) -> Grounds:
    version = POLICIES.applicable(policy, ON)
    profile = profile_of(raw, POLICIES.vocabulary)
    changeable = Changeable(POLICIES.vocabulary, ON, fixed)
    return grounds(version, version.clause(clause), profile, ON, item, changeable)


def test_a_project_that_is_too_small_lacks_twelve_million() -> None:
    one = found(WUHOU, "wuhou-microwave-rf-2023", "new-project", "一期")
    assert one.because == (Place("project", "一期", "investment"),)
    raised, added = one.ways.told
    [change] = raised.changes
    assert (change.place.fact, change.before, change.after) == ("investment", Decimal(88_000_000), Decimal(10**8))
    assert raised.outcome is Outcome.QUALIFIED
    assert [one.entity for one in added.adds] == ["project"]
    assert [(change.place.fact, change.after) for change in added.changes] == [
        ("sector", "微波射频"),
        ("newly_completed", True),
        ("investment", Decimal(10**8)),
    ]
    assert added.outcome is Outcome.QUALIFIED


def test_what_the_company_holds_fixed_is_not_proposed() -> None:
    one = found(WUHOU, "wuhou-microwave-rf-2023", "new-project", "一期", frozenset({"investment", "project"}))
    assert one.ways.told == ()


def test_a_company_elsewhere_would_have_to_move_and_build() -> None:
    elsewhere = {**WUHOU, "registered_district": "510104"}
    first, *_ = found(elsewhere, "wuhou-microwave-rf-2023", "new-project", "一期").ways.told
    assert [(change.place.fact, change.after) for change in first.changes] == [
        ("registered_district", "510107"),
        ("investment", Decimal(10**8)),
    ]


def test_an_empty_list_could_have_an_item() -> None:
    one = found(WUHOU, "wuhou-microwave-rf-2023", "public-platform")
    assert one.because == (Place("platform", None, None),)
    [way] = one.ways.told
    assert [one.entity for one in way.adds] == ["platform"]
    values = {change.place.fact: change for change in way.changes}
    assert values["open_to_society"].after is True
    assert values["public_services"].after == frozenset({"测量测试"})
    assert set(values["public_services"].or_else) == {frozenset({one}) for one in ("微组装", "流片", "封装")}


def test_an_institution_cannot_become_a_company() -> None:
    one = found({**WUHOU, "entity_type": "事业单位"}, "wuhou-microwave-rf-2023", "new-project", "一期")
    assert one.because == (Place("company", None, "entity_type"),)
    assert one.ways.told == ()


def test_a_year_that_is_over_is_history() -> None:
    raw = {"name": "甲", "revenue": {2024: "1亿元", 2025: "5000万元"}, "statistical_unit": {2025: "未入库"}}
    one = found(raw, "shuangliu-liyuan-2025", POLICIES.applicable("shuangliu-liyuan-2025", ON).clauses[0].id)
    assert all(change.place.year != 2025 for way in one.ways.told for change in way.changes)


def test_a_company_that_is_too_young_applies_later() -> None:
    version = POLICIES.applicable("high-tech-enterprise-2016", ON)
    one = found({"name": "甲", "founded": "2025-03-13"}, version.id, version.clauses[0].id)
    assert one.because == (Place("company", None, "founded"),)
    assert [way.apply_on for way in one.ways.told] == [date(2026, 3, 13)]
