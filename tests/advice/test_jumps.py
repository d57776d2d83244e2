"""Where an award jumps: every smallest set of figures that brings more is in the plan, held against trying all."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

import pytest

from incentives.advice.changeable import Changeable
from incentives.advice.gains import Gain
from incentives.advice.plan import Planner
from incentives.advice.ways import same_in_any_order
from incentives.facts.places import Place
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy

RISING = {"revenue", "employees_average", "rd_expense"}
FIXED = frozenset(
    name for entity in VOCABULARY.entities.values() for name in (entity.id, *entity.facts) if name not in RISING
)
REVENUE = Place("company", None, "revenue", 2026)
STAFF = Place("company", None, "employees_average", 2026)


def gains(award: str, company: dict[str, Any], when: str = "{fact: entity_type, is: 企业法人}") -> tuple[Gain, ...]:
    of = evaluator(policy("one", [clause("one", when, award)]))
    profile = of.profile({"name": "乙", "entity_type": "企业法人", **company})
    return Planner(of, profile, ON, Changeable(VOCABULARY, ON, FIXED), {}).plan().gains


class Case(NamedTuple):
    """From how much revenue and staff on how much is granted, all in steps."""

    revenue: int
    staff: int
    gives: int


class Tiers(NamedTuple):
    """Cases, the first that holds counts; what a clause asks for, and how the company stands."""

    cases: tuple[Case, ...]
    least: tuple[int, int]
    now: tuple[int, int]

    @staticmethod
    def drawn(draw: random.Random) -> Tiers:
        cases = [
            Case(draw.randint(1, 5), draw.randint(0, 5), gives)
            for gives in sorted(draw.sample(range(1, 9), draw.randint(1, 3)), reverse=True)
        ]
        return Tiers(tuple(cases), (draw.randint(0, 3), draw.randint(0, 3)), (draw.randint(0, 3), draw.randint(0, 3)))

    def award(self, at: tuple[int, int]) -> int:
        if at[0] < self.least[0] or at[1] < self.least[1]:
            return 0
        return next((one.gives for one in self.cases if at[0] >= one.revenue and at[1] >= one.staff), 0)

    def smallest(self) -> set[tuple[tuple[int, int], int]]:
        """Where more is granted than with less of anything, and than now."""
        every = [at for at in product(range(7), range(7)) if at[0] >= self.now[0] and at[1] >= self.now[1]]
        return {
            (at, self.award(at))
            for at in every
            if self.award(at) > self.award(self.now)
            and all(
                self.award(other) < self.award(at)
                for other in every
                if other != at and other[0] <= at[0] and other[1] <= at[1]
            )
        }

    def written(self) -> str:
        cases = ", ".join(
            f"{{when: [{{fact: revenue, year: this_year, at_least: {one.revenue}000万元}}, "
            f"{{fact: employees_average, year: this_year, at_least: {one.staff}0人}}], exact: {one.gives}万元}}"
            for one in self.cases
        )
        return f"tier_cases: [{cases}]"


def test_every_smallest_set_of_figures_that_brings_more_is_told() -> None:
    seen: Counter[str] = Counter()
    for seed in range(250):
        tiers = Tiers.drawn(random.Random(seed))
        revenue, staff = tiers.now
        company = {"revenue": {2026: f"{revenue}000万元"}, "employees_average": {2026: f"{staff}0人"}}
        least = (
            f"all: [{{fact: revenue, year: this_year, at_least: {tiers.least[0]}000万元}}, "
            f"{{fact: employees_average, year: this_year, at_least: {tiers.least[1]}0人}}]"
        )
        told = set()
        for gain in gains(tiers.written(), company, least):
            after = {change.place: change.after for change in gain.way.changes}
            at = (after.get(REVENUE, Decimal(revenue * 10_000_000)), after.get(STAFF, staff * 10))
            assert isinstance(at[0], Decimal)
            assert isinstance(at[1], int)
            assert isinstance(gain.award.possible, Decimal)
            told.add(((int(at[0] / 10_000_000), at[1] // 10), int(gain.award.possible / 10_000)))
        assert told == tiers.smallest(), seed
        seen["some"] += bool(told)
        seen["two facts"] += any(at[0] > revenue and at[1] > staff for at, _ in told)
        seen["of one that is met"] += bool(told) and tiers.award(tiers.now) > 0
        seen["higher ones"] += len(told) > 1
    assert min(seen.values()) > 10, seen


BY_STAFF = "by: {this_year: employees_average}"


@pytest.mark.parametrize(
    ("award", "company", "told"),
    [
        pytest.param(
            "share: 10%, of: {increase_of: rd_expense, year: this_year}, nothing_below: 5万元",
            {"rd_expense": {2025: "100万元", 2026: "120万元"}},
            [(1_500_000, 50_000)],
            id="the least that is paid",
        ),
        pytest.param(
            "per_unit: 1000元/人, of: {this_year: employees_average}, cap: 10万元",
            {"employees_average": {2026: "19人"}},
            [(100, 100_000)],
            id="where its limit is reached",
        ),
        pytest.param(
            "first_time_reaching: revenue, year: this_year, pays: highest_step, "
            "steps: {5000万元: 10万元, 1亿元: 30万元}",
            {"founded": "2024-05-01", "revenue": {2024: "1000万元", 2025: "4000万元", 2026: "4900万元"}},
            [(50_000_000, 100_000), (100_000_000, 300_000)],
            id="each step of a clause that is not met",
        ),
        pytest.param(
            "for_every: 100平方米, of: {sum_of: premise.floor_area}, above: 500平方米, gives: 5万元",
            {"premises": [{"name": "一", "floor_area": "599平方米"}]},
            [],
            id="nothing where that cannot change",
        ),
        pytest.param(
            f"{BY_STAFF}, tiers: [{{at_least: 100人, exact: 20万元}}, {{at_least: 50人, exact: 5万元}}]",
            {"employees_average": {2026: "60人"}},
            [(100, 200_000)],
            id="the next tier of one that is met",
        ),
        pytest.param(
            f"{BY_STAFF}, tiers: [{{at_least: 100人, exact: 5万元}}, {{at_least: 50人, exact: 20万元}}]",
            {"employees_average": {2026: "60人"}},
            [],
            id="no tier that gives less",
        ),
    ],
)
def test_an_award_jumps_where_its_arithmetic_does(
    award: str, company: dict[str, Any], told: list[tuple[object, object]]
) -> None:
    found = gains(award, company)
    each: list[tuple[object, object]] = [(one.way.changes[0].after, one.award.possible) for one in found]
    assert each == told


def test_an_open_clause_is_made_certain_by_what_is_known() -> None:
    when = "any: [{fact: legal_person, is: true}, {fact: revenue, year: this_year, at_least: 3000万元}]"
    [gain] = gains("exact: 6万元", {"revenue": {2026: "2999万元"}}, when)
    [change] = gain.way.changes
    assert (change.place, change.after, gain.award.guaranteed) == (REVENUE, Decimal(30_000_000), Decimal(60_000))


def test_no_figure_of_a_year_to_come_is_proposed() -> None:
    when = "{fact: revenue, any_year: {from: 2025年, through: 2027年}, at_least: 5000万元}"
    company = {"revenue": {2025: "1000万元", 2026: "2999万元"}}
    assert [[change.place.year for change in one.way.changes] for one in gains("exact: 6万元", company, when)] == [
        [2026]
    ]


def test_choices_that_bring_another_sum_are_entries_of_their_own() -> None:
    units = "规模以上工业, 限额以上批发和零售业"
    when = f"{{fact: statistical_unit, year: this_year, in: [{units}]}}"
    tiers = "[{in: [规模以上工业], exact: 9万元}, {in: [限额以上批发和零售业], exact: 5万元}]"
    award = f"by: {{this_year: statistical_unit}}, tiers: {tiers}"
    of = evaluator(policy("one", [clause("one", when, award)]))
    profile = of.profile({"name": "乙", "statistical_unit": {2026: "未入库"}})
    found = Planner(of, profile, ON, Changeable(VOCABULARY, ON), {}).plan().gains
    told = {(change.after, change.or_else, one.award.possible) for one in found for change in one.way.changes}
    assert {award for _, _, award in told} == {Decimal(90_000), Decimal(50_000)}
    assert all(not or_else for _, or_else, _ in told)


def test_a_greater_relief_is_told_of_a_clause_that_is_met_and_of_one_that_is_not() -> None:
    rows = "{at_least: 5000万元, relief: 全免}, {at_least: 2000万元, relief: 减半}"
    one = clause("one", "{fact: entity_type, is: 企业法人}", f"by: {{this_year: revenue}}, tiers: [{rows}]")
    of = evaluator(policy("one", [one.replace("kind: 奖励", "kind: 减免")]))
    for now, told in (("2999万元", [50_000_000]), ("1999万元", [20_000_000, 50_000_000]), ("6000万元", [])):
        profile = of.profile({"name": "乙", "entity_type": "企业法人", "revenue": {2026: now}})
        found = Planner(of, profile, ON, Changeable(VOCABULARY, ON, FIXED), {}).plan().gains
        assert sorted(change.after for gain in found for change in gain.way.changes) == told


def test_two_awards_that_bring_more_only_together_are_told_together() -> None:
    """One of 50万元 is had; two of 30万元 are more than that, and each of them alone is not."""
    held = clause("a", "{fact: entity_type, is: 企业法人}", "exact: 50万元")
    one = clause("c", "{fact: revenue, year: this_year, at_least: 3000万元}", "exact: 30万元")
    other = clause("d", "{fact: employees_average, year: this_year, at_least: 50人}", "exact: 30万元")
    stacking = "\n  otherwise: cumulative\n  rules:\n    - {higher_of: [a, [c, d]], says: 就高}"
    of = evaluator(policy("one", [held, one, other], stacking))
    figures = {"revenue": {2026: "2999万元"}, "employees_average": {2026: "49人"}}
    profile = of.profile({"name": "乙", "entity_type": "企业法人", **figures})
    [gain] = Planner(of, profile, ON, Changeable(VOCABULARY, ON, FIXED), {}).plan().gains
    assert {change.place for change in gain.way.changes} == {REVENUE, STAFF}
    assert (gain.before.possible, gain.after.possible) == (Decimal(500_000), Decimal(600_000))


def test_the_same_new_items_in_another_order_are_one_entry() -> None:
    when = "{has_title: 高新技术企业, event: 首次认定, within_last: 1年}"
    levels = {"国家级": 30, "省级": 10}
    cases = [f"{{has_title: 高新技术企业, level: {level}, exact: {yuan}万元}}" for level, yuan in levels.items()]
    award = f"tier_cases: [{', '.join(cases)}]"
    of = evaluator(policy("one", [clause("one", when, award)]))
    profile = of.profile({"name": "乙", "titles": []})
    found = Planner(of, profile, ON, Changeable(VOCABULARY, ON), {}).plan().gains
    assert found
    ways = [same_in_any_order(one.way) for one in found]
    assert len(ways) == len(set(ways))
