"""Plans: each entry, applied, brings what it says; none is outdone by another; what is fixed is not touched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import incentives
from incentives.advice.changeable import Changeable
from incentives.advice.gains import Gain
from incentives.advice.plan import Plan, Planner
from incentives.advice.ways import after_way
from incentives.facts.reader import profile_of
from incentives.values import WITHOUT_MONEY, Interval, NotBounded, Outcome
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import whole_case

POLICIES = incentives.load_policies()
EVALUATOR = incentives.Evaluator(POLICIES, "native")
ON = date(2026, 3, 1)
WUHOU: dict[str, Any] = {
    "name": "甲",
    "industry_fields": ["微波射频"],
    "entity_type": "企业法人",
    "registered_district": "510107",
    "projects": [{"name": "一期", "sector": "微波射频", "newly_completed": True, "investment": "8800万元"}],
    "platforms": [],
    "development_projects": [],
}


def plan(
    raw: dict[str, Any],
    policy: str,
    *,
    fixed: frozenset[str] = frozenset(),
    by: date = ON,
    clause: str | None = None,
    reach: str | None = None,
) -> Plan:
    profile = profile_of(raw, POLICIES.vocabulary)
    planner = Planner(EVALUATOR, profile, by, Changeable(POLICIES.vocabulary, ON, fixed), {})
    return planner.plan(policy, clause, Decimal(reach) if reach is not None else None)


def test_a_change_is_proposed_where_another_fact_is_still_to_be_given() -> None:
    project = {**WUHOU["projects"][0]}
    del project["newly_completed"]
    found = plan({**WUHOU, "projects": [project]}, "wuhou-microwave-rf-2023", clause="new-project")
    [own] = [gain for gain in found.gains if not gain.way.adds]
    assert [(change.place.fact, str(change.after)) for change in own.way.changes] == [("investment", "100000000.00")]
    assert own.way.outcome is Outcome.UNDETERMINED
    assert own.award == Interval(Decimal(0), Decimal(10_000_000))


def kind_added(gain: Gain) -> str | None:
    return gain.way.adds[0].entity if gain.way.adds else None


def told(found: Plan) -> list[tuple[str, str | None, list[tuple[str | None, str]]]]:
    return [
        (gain.clause, kind_added(gain), [(change.place.fact, str(change.after)) for change in gain.way.changes])
        for gain in found.gains
    ]


def test_twelve_million_more_bring_ten_million() -> None:
    found = plan(WUHOU, "wuhou-microwave-rf-2023", clause="new-project")
    [gain] = [one for one in found.gains if not one.way.adds]
    assert [(change.place.fact, change.after) for change in gain.way.changes] == [("investment", Decimal(10**8))]
    assert gain.cost == Decimal(12_000_000)
    assert (gain.before, gain.after) == (Interval(Decimal(0), Decimal(0)), Interval(Decimal(0), Decimal(10**7)))
    assert gain.way.outcome is Outcome.QUALIFIED


def test_a_kind_of_item_that_is_held_is_neither_added_nor_changed() -> None:
    free, held = (
        plan(WUHOU, "wuhou-microwave-rf-2023", fixed=fixed).gains
        for fixed in (frozenset[str](), frozenset({"project"}))
    )
    of_projects = [gain for gain in free if _touches(gain, "project")]
    assert any(gain.way.adds for gain in of_projects)
    assert any(gain.way.changes for gain in of_projects)
    assert [gain.clause for gain in held] == [gain.clause for gain in free if gain not in of_projects]
    assert held
    assert not any(_touches(gain, "project") for gain in held)


def _touches(gain: Gain, entity: str) -> bool:
    changed = any(change.place.entity == entity for change in gain.way.changes)
    return changed or any(added.entity == entity for added in gain.way.adds)


def test_the_entries_that_reach_a_sum_are_named_and_no_more_than_are_needed() -> None:
    found = plan(WUHOU, "wuhou-microwave-rf-2023", reach="30000000")
    assert found.reaching is not None
    named = [sorted(found.gains[place].clause for place in one.gains) for one in found.reaching]
    assert named == [["new-project", "public-platform"]] * 2, "the project of today, or a new one"
    assert found.reaching[0].total == Interval(Decimal(0), Decimal(30_000_000))


@pytest.mark.parametrize(("price", "cost"), [("50000", "50000"), (None, "0")])
def test_what_is_no_number_has_one_price_whatever_it_becomes(price: str | None, cost: str) -> None:
    raw = {**WUHOU, "registered_district": "510104", "projects": []}
    costs = {"registered_district": Decimal(price)} if price is not None else {}
    held = Changeable(POLICIES.vocabulary, ON, frozenset({"platform", "development_project"}))
    planner = Planner(EVALUATOR, profile_of(raw, POLICIES.vocabulary), ON, held, costs)
    [gain] = planner.plan("wuhou-microwave-rf-2023", "new-project").gains
    assert gain.cost == Decimal(cost) + 10**8
    # Nobody says what the other facts of the new project cost.
    assert not gain.cost_is_whole


def test_an_item_called_plus_is_an_item_as_any_other() -> None:
    [project] = WUHOU["projects"]
    found = plan({**WUHOU, "projects": [{**project, "name": "+"}]}, "wuhou-microwave-rf-2023", clause="new-project")
    items = {(gain.item.name if gain.item is not None else None, kind_added(gain)) for gain in found.gains}
    assert items == {("+", None), (None, "project")}


def test_a_year_still_to_end_is_planned_for_an_application_after_it() -> None:
    raw = {"name": "甲", "registered_district": "510116", "industry_code": "C3973", "revenue": {2025: "4000万元"}}
    found = plan(raw, "shuangliu-liyuan-2025", by=date(2027, 3, 1), clause="growth-30-million")
    assert [(gain.way.outcome, gain.award) for gain in found.gains] == [
        (Outcome.QUALIFIED, Interval(Decimal(30_000), Decimal(30_000)))
    ]
    [change] = found.gains[0].way.changes
    assert (change.place.fact, change.place.year, change.after) == ("revenue", 2026, Decimal(50_000_000))


def test_every_entry_brings_what_it_says_and_none_is_outdone() -> None:
    seen = 0
    for seed in range(120):
        case = whole_case(seed)
        policies = policy_set(VOCABULARY, case.policy_text)
        evaluator = incentives.Evaluator(policies, "reference")
        for raw in (case.profile, case.full):
            profile = profile_of_raw(raw, VOCABULARY)
            found = Planner(evaluator, profile, case.on, Changeable(VOCABULARY, date(1900, 1, 1)), {}).plan()
            assert found.total == evaluator.check(profile, case.on).total
            for gain in found.gains:
                on = gain.way.apply_on or case.on
                after = evaluator.check(after_way(profile, gain.way), on).total
                assert after == gain.after
                assert gain.before == found.total
                more = not isinstance(gain.before.possible, NotBounded) and (
                    isinstance(after.possible, NotBounded) or after.possible > gain.before.possible
                )
                settled = gain.way.outcome is Outcome.QUALIFIED and gain.award.possible != 0
                assert (after.guaranteed > gain.before.guaranteed or more or settled) or not gain.pays
                if not gain.pays:
                    assert policies.policies[0].clause(gain.clause).award.basis in WITHOUT_MONEY
                    assert after == gain.before
                    assert all(one.outcome_before is not Outcome.QUALIFIED for one in gain.awards)
                for other in found.gains:
                    fewer = set(map(str, other.way.changes)) < set(map(str, gain.way.changes))
                    alike = (other.way.adds, other.way.apply_on) == (gain.way.adds, gain.way.apply_on)
                    alike &= (other.pays and gain.pays) or (other.clause, other.item) == (gain.clause, gain.item)
                    assert not (fewer and alike and other.after == gain.after), (gain, other)
                seen += 1
    assert seen > 60
