"""What a refusal takes beside other facts: later days, more items in a list, and what those would have to be."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import combinations_with_replacement
from typing import Any

import pytest

from incentives import Why
from incentives.advice.changeable import UNNAMED, Changeable
from incentives.advice.grounds import grounds
from incentives.advice.ways import Way
from incentives.explain.guidance_text import render_why
from incentives.values import Outcome
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy

AT_HAND: dict[str, Any] = {"name": "乙", "rd_expense": {2026: "50万元"}, "licensed_tools": False, "titles": []}
RD = "{{fact: rd_expense, year: this_year, {ends}, says: 研发}}"
TOOLS = "{fact: licensed_tools, is: true, says: 正版}"


def found(
    when: str, more: dict[str, Any] | None = None, for_each: str | None = None, *, changeable: tuple[str, ...] = ()
) -> tuple[Way, ...]:
    """The ways out; with `changeable` only those kinds of items can grow, and nothing else can change."""
    known = evaluator(policy("one", [clause("one", when, for_each=for_each)]))
    version = known.applicable(ON)[0]
    profile = known.profile({**AT_HAND, **(more or {})})
    entities = VOCABULARY.entities
    held = {fact for entity in entities.values() for fact in entity.facts} | (entities.keys() - set(changeable))
    fixed = frozenset(held) if changeable else frozenset[str]()
    return grounds(version, version.clauses[0], profile, ON, None, Changeable(VOCABULARY, ON, fixed)).ways.told


def told(way: Way) -> list[tuple[str | None, object]]:
    return [(change.place.fact, change.after) for change in way.changes]


def added(way: Way) -> list[tuple[str, int]]:
    return [(one.entity, len(one.keys)) for one in way.adds]


def test_less_of_one_fact_with_another_stands_beside_more_of_it_alone() -> None:
    near = RD.format(ends="at_least: 100万元, less_than: 200万元")
    far = RD.format(ends="at_least: 300万元")
    alone, together = found(f"any: [{{all: [{near}, {TOOLS}]}}, {far}]")
    assert told(alone) == [("rd_expense", Decimal(3_000_000))]
    assert told(together) == [("rd_expense", Decimal(1_000_000)), ("licensed_tools", True)]


def test_two_figures_that_are_each_needed_less_where_the_other_is_more_are_two_ways() -> None:
    staff = "{{fact: employees_average, year: this_year, at_least: {least}人, says: 人数}}"
    either = [
        f"{{all: [{RD.format(ends=f'at_least: {rd}万元')}, {staff.format(least=least)}]}}"
        for rd, least in ((100, 50), (300, 10))
    ]
    ways = found(f"any: [{', '.join(either)}]", {"employees_average": {2026: "5人"}})
    assert [told(way) for way in ways] == [
        [("rd_expense", Decimal(3_000_000)), ("employees_average", 10)],
        [("rd_expense", Decimal(1_000_000)), ("employees_average", 50)],
    ]


def test_a_choice_with_which_less_would_do_is_not_told_beside_more() -> None:
    staff = "{{fact: employees_average, year: this_year, at_least: {least}人, says: 人数}}"
    place = "{{fact: registered_district, in: [{codes}], says: 地}}"
    either = (
        f"{{any: [{place.format(codes='510107')},"
        f" {{all: [{place.format(codes='510104, 510106')}, {staff.format(least=20)}]}}]}}"
    )
    company = {"registered_district": "330108", "employees_average": {2026: "18人"}}
    ways = found(either, company)
    assert [told(way) for way in ways] == [
        [("registered_district", "510107")],
        [("registered_district", "510104"), ("employees_average", 20)],
    ]
    assert [[change.or_else for change in way.changes] for way in ways] == [[()], [("510106",), ()]]


def test_of_figures_that_do_for_one_another_the_first_changes_least_and_it_is_said() -> None:
    together = "{sum_of: [{this_year: rd_expense}, paid_in_capital], at_least: 200万元, says: 合计}"
    capped = "{fact: paid_in_capital, at_most: 90万元, says: 实缴}"
    whole = f"all: [{together}, {RD.format(ends='at_most: 150万元')}, {capped}]"
    company = {"paid_in_capital": "20万元"}
    [way] = found(whole, company)
    assert told(way) == [("rd_expense", Decimal(1_100_000)), ("paid_in_capital", Decimal(900_000))]
    assert way.trades
    known = evaluator(policy("one", [clause("one", whole)]))
    why = Why.of(known, {**AT_HAND, **company}, ON, "one")
    assert "可以此多彼少" in render_why(why, "zh")
    assert "only one example" in " ".join(render_why(why, "en").split())


def test_a_ratio_is_reached_beside_a_bound_on_one_of_its_own_facts() -> None:
    ratio = "{ratio_of: {this_year: rd_expense}, to: {this_year: revenue}, at_least: 3%, says: 占比}"
    large = "{fact: revenue, year: this_year, at_least: 2000万元, says: 收入}"
    [way] = found(f"all: [{ratio}, {large}]", {"revenue": {2026: "1000万元"}})
    assert told(way) == [("rd_expense", Decimal(600_000)), ("revenue", Decimal(20_000_000))]
    assert not way.trades


def test_a_later_day_goes_together_with_what_has_to_change() -> None:
    year = "{years_since: founded, at_least: 1年, says: 满一年}"
    [way] = found(f"all: [{RD.format(ends='at_least: 60万元')}, {year}]", {"founded": "2025-03-13"})
    assert (told(way), way.apply_on) == ([("rd_expense", Decimal(600_000))], date(2026, 3, 13))
    assert way.outcome is Outcome.QUALIFIED


def test_a_list_in_which_something_is_looked_for_could_have_it() -> None:
    [way] = found("{has_title: [高新技术企业, 专精特新“小巨人”企业], says: 资质}")
    assert (added(way), told(way)) == ([("title", 1)], [("title_kind", "高新技术企业")])
    assert way.outcome is Outcome.QUALIFIED


@pytest.mark.parametrize(("there", "needed"), [(0, 3), (1, 2), (2, 1)])
def test_as_many_items_are_added_as_are_counted(there: int, needed: int) -> None:
    titles = [{"name": f"称号{number}", "title_level": "国家级"} for number in range(there)]
    [way] = found(
        "{count_of: title, where: {fact: title_level, is: 国家级, says: 级}, at_least: 3项, says: 三项}",
        {"titles": titles},
    )
    assert (added(way), told(way)) == ([("title", needed)], [("title_level", "国家级")])


COUNTED = {"product": 2, "title": 1}


def test_items_of_two_lists_are_added_at_once() -> None:
    counted = [f"{{count_of: {entity}, at_least: {least}项, says: 项}}" for entity, least in COUNTED.items()]
    [way] = found(f"all: [{', '.join(counted)}]", {"titles": [], "products": []})
    assert added(way) == list(COUNTED.items())
    assert way.outcome is Outcome.QUALIFIED


def test_items_of_one_list_that_cannot_be_alike_are_told_apart() -> None:
    both = "all: [{has_title: 高新技术企业, says: 甲}, {has_title: 科技型中小企业, says: 乙}]"
    [way] = found(both)
    assert (added(way), told(way)) == (
        [("title", 1), ("title", 1)],
        [("title_kind", "高新技术企业"), ("title_kind", "科技型中小企业")],
    )
    assert not any(change.or_else for change in way.changes)
    [only] = found(both, {"titles": [{"name": "一", "title_kind": "高新技术企业"}]})
    assert (added(only), told(only)) == ([("title", 1)], [("title_kind", "科技型中小企业")])


def test_an_item_that_is_there_does_in_place_of_what_a_new_one_would_have_to_be() -> None:
    parts = (
        "{sum_of: contract.contract_amount, at_least: 100万元, says: 合}",
        "{count_of: contract, at_least: 2项, says: 二}",
    )
    known = evaluator(policy("one", [clause("one", f"all: [{', '.join(parts)}]")]))
    version = known.applicable(ON)[0]
    there = [{"name": "一", "contract_amount": "60万元"}]
    for contracts, expected in (
        ([], [(2, {None: 1_000_000})]),
        (there, [(1, {None: 400_000}), (1, {"一": 1_000_000})]),
    ):
        profile = known.profile({**AT_HAND, "contracts": contracts})
        ways = grounds(version, version.clauses[0], profile, ON, None, Changeable(VOCABULARY, ON)).ways
        amounts = [
            {None if way.is_of_new(change) else change.place.item: change.after for change in way.changes}
            for way in ways.told
        ]
        counts = [sum(count for _, count in added(way)) for way in ways.told]
        assert sorted(zip(counts, amounts, strict=True), key=str) == sorted(expected, key=str)
        assert all(way.shares for way in ways.told)
        assert not ways.left_out


def test_one_new_item_that_is_more_does_alone_and_one_that_is_less_with_something_else() -> None:
    large = "{some: premise, where: {fact: self_used_area, at_least: 1000平方米}, says: 千}"
    small = "{some: premise, where: {fact: self_used_area, at_least: 500平方米}, says: 五百}"
    rd = RD.format(ends="at_least: 100万元")
    alone, together = found(f"any: [{large}, {{all: [{small}, {rd}]}}]", {"premises": []})
    assert told(alone) == [("self_used_area", Decimal(1000))]
    assert told(together) == [("rd_expense", Decimal(1_000_000)), ("self_used_area", Decimal(500))]


def test_what_one_of_the_new_items_needs_is_not_said_of_the_others() -> None:
    counted = "{count_of: title, where: {fact: title_level, is: 省级, says: 级}, at_least: 2项, says: 两}"
    every = found(f"all: [{counted}, {{has_title: 质量奖, says: 一}}]")
    both, apart = sorted(every, key=lambda way: sum(count for _, count in added(way)))
    needed = [("title_kind", "质量奖"), *[("title_level", "省级")] * 2]
    assert added(both) == [("title", 1), ("title", 1)]
    assert sorted(told(both), key=str) == needed
    assert sorted(added(apart), key=str) == [("title", 1), ("title", 2)]
    assert [one for one in told(apart) if one in needed[:2]] == told(apart)
    assert len(told(apart)) == 2


def test_where_an_item_can_be_no_more_than_so_large_there_are_more_of_them() -> None:
    small = "{every: contract, where: {fact: contract_amount, at_most: 40万元, says: 每}}"
    [way] = found(
        f"all: [{{sum_of: contract.contract_amount, at_least: 100万元, says: 合}}, {small}]", {"contracts": []}
    )
    assert added(way) == [("contract", 3)]
    assert told(way) == [("contract_amount", Decimal("333333.34"))]


def test_a_new_item_comes_with_others_of_its_list_and_of_another() -> None:
    parts = (
        "{fact: investment, at_least: 1亿元, says: 投资}",
        "{has_title: 高新技术企业, says: 资质}",
        "{count_of: project, at_least: 3项, says: 三个}",
    )
    [way] = found(f"all: [{', '.join(parts)}]", {"projects": []}, "project")
    assert added(way) == [("project", 1), ("project", 2), ("title", 1)]
    assert told(way) == [("investment", Decimal(10**8)), ("title_kind", "高新技术企业")]
    assert way.outcome is Outcome.QUALIFIED


LEVELS = ("国家级", "省级", "市级")


@pytest.mark.parametrize("seed", range(40))
def test_no_more_items_are_added_than_trying_every_set_of_them_finds(seed: int) -> None:
    rng = random.Random(seed)
    tests = [
        f"{{count_of: title, where: {{fact: title_level, in: [{', '.join(rng.sample(LEVELS, rng.randint(1, 2)))}],"
        f" says: 级}}, at_least: {rng.randint(1, 2)}项, says: 计}}"
        for _ in range(rng.randint(1, 2))
    ]
    tests += [f"{{count_of: product, at_least: {rng.randint(1, 2)}项, says: 品}}"] * rng.randint(0, 1)
    tests += [f"{{none: title, where: {{fact: title_level, is: {rng.choice(LEVELS)}, says: 无}}}}"] * rng.randint(
        0, 1
    )
    whole = f"all: [{', '.join(tests)}]"
    known = evaluator(policy("one", [clause("one", whole)]))
    held = [{"name": f"原{number}", "title_level": rng.choice(LEVELS)} for number in range(rng.randint(0, 2))]
    company = {**AT_HAND, "products": []}

    def ends(levels: tuple[str, ...], products: int) -> bool:
        titles = [*held, *({"name": f"新{number}", "title_level": level} for number, level in enumerate(levels))]
        raw = {**company, "titles": titles, "products": [{"name": f"品{number}"} for number in range(products)]}
        return known.check(raw, ON).determinations[0].outcome is Outcome.QUALIFIED

    fewest = min(
        (
            (size + products, size, products)
            for size in range(4)
            for products in range(3)
            for levels in combinations_with_replacement(LEVELS, size)
            if ends(levels, products)
        ),
        default=None,
    )
    ways = found(whole, {**company, "titles": held}, changeable=("title", "product"))
    if fewest is None or fewest[0] == 0:
        assert not ways
        return
    counts = [Counter({"title": 0, "product": 0}) for _ in ways]
    for count, way in zip(counts, ways, strict=True):
        for entity, many in added(way):
            count[entity] += many
    assert min((one.total(), one["title"], one["product"]) for one in counts) == fewest, (whole, held, ways)


@pytest.mark.parametrize(
    ("where", "zh", "en"),
    [
        (
            "where: {fact: title_level, is: 国家级, says: 级}, ",
            "新增2个资质荣誉，每个都要：",
            "2 more titles, each with:",
        ),
        ("", "新增2个资质荣誉\n", "2 more titles\n"),
    ],
)
def test_several_items_are_told_as_so_many(where: str, zh: str, en: str) -> None:
    known = evaluator(policy("one", [clause("one", f"{{count_of: title, {where}at_least: 2项, says: 两项}}")]))
    found = Why.of(known, AT_HAND, ON, "one")
    assert zh in render_why(found, "zh")
    assert en in render_why(found, "en")


def test_a_new_item_has_no_figures_of_years_that_are_over() -> None:
    sales = "{{fact: annual_sales, year: {year}, at_least: 100万元, says: 销售}}"
    assert not found(sales.format(year="last_year"), {"products": []}, "product")
    [way] = found(sales.format(year="this_year"), {"products": []}, "product")
    assert told(way) == [("annual_sales", Decimal(1_000_000))]


def test_a_new_item_does_without_what_it_was_in_years_that_are_over() -> None:
    sales = "{fact: annual_sales, year: last_year, at_least: 100万元, says: 销售}"
    either = (
        f"{{any: [{sales}, {{fact: leading, is: true, says: 领先}}, {{fact: well_known, is: true, says: 知名}}]}}"
    )
    ways = found(either, {"products": []}, "product")
    assert [told(way) for way in ways] == [[("leading", True)], [("well_known", True)]]


def test_of_figures_of_a_new_item_that_are_weighed_together_only_what_each_must_be_is_said() -> None:
    least = "{fact: investment, at_least: 1000万元, says: 额}"
    share = "{ratio_of: fixed_asset_invested, to: investment, at_least: 50%, says: 比}"
    [way] = found(f"all: [{least}, {share}]", {"projects": []}, "project")
    assert told(way) == [("investment", Decimal(10_000_000)), ("fixed_asset_invested", Decimal(5_000_000))]
    [open_] = found(share, {"projects": []}, "project")
    assert (told(open_), open_.outcome) == ([], Outcome.UNDETERMINED)


def test_all_that_a_new_item_has_to_be_is_said_whichever_comes_first() -> None:
    size = "{fact: investment, at_least: 1亿元, says: 投资}"
    either = f"{{any: [{size}, {{fact: sector, is: 甲, says: 甲}}]}}"
    [way] = found(f"all: [{either}, {{fact: sector, is: 乙, says: 乙}}]", {"projects": []}, "project")
    assert told(way) == [("investment", Decimal(10**8)), ("sector", "乙")]


def test_of_a_new_item_also_what_it_may_not_exceed_is_said() -> None:
    [way] = found("{fact: investment, at_most: 1亿元, says: 投资}", {"projects": []}, "project")
    assert (told(way), way.outcome) == ([("investment", Decimal(10**8))], Outcome.QUALIFIED)


def test_choices_that_come_to_something_else_are_told_apart() -> None:
    own = "{fact: purpose, in: [总部办公, 研发办公], says: 用}"
    area = "{any: [{fact: purpose, is: 研发办公}, {fact: self_used_area, at_least: 500平方米}], says: 积}"
    premise = {"premises": [{"name": "楼", "purpose": "生产"}]}
    known = evaluator(policy("one", [clause("one", f"all: [{own}, {area}]", for_each="premise")]))
    version = known.applicable(ON)[0]
    profile = known.profile({**AT_HAND, **premise})
    told_ways = grounds(version, version.clauses[0], profile, ON, "楼", Changeable(VOCABULARY, ON)).ways.told
    of_it = [(way.changes[0].after, way.changes[0].or_else, way.outcome) for way in told_ways if not way.adds]
    assert sorted(of_it, key=str) == [("总部办公", (), Outcome.UNDETERMINED), ("研发办公", (), Outcome.QUALIFIED)]


def test_new_items_of_two_lists_do_together_what_items_of_one_do_alone() -> None:
    kinds = "{has_title: 质量奖, says: 质}, {has_title: 科技奖励, says: 科}"
    [titles, both] = found(
        f"{{conditions_at_least: 2, of: [{kinds}, {{some: premise, where: {{fact: purpose, is: 生产}}, says: 房}}]}}",
        {"premises": []},
    )
    assert added(titles) == [("title", 1), ("title", 1)]
    assert added(both) == [("premise", 1), ("title", 1)]
    assert {fact: change.or_else for change in both.changes for fact in [change.place.fact]}["title_kind"]


def test_a_code_is_changed_to_no_word_of_another_fact() -> None:
    table = "{by: ownership, rows: [{in: [民营企业], gives: 10分}], otherwise: 0分, at_least: 5分, says: 分}"
    ways = found(
        f"all: [{{not: {{fact: registered_district, is: '510107', says: 外}}}}, {table}]",
        {"registered_district": "510107", "ownership": "民营企业"},
    )
    moved = [change for way in ways for change in way.changes if change.place.fact == "registered_district"]
    assert [(change.after, change.or_else) for change in moved] == [(UNNAMED, ())]


def test_a_bound_that_one_item_has_to_keep_by_itself_is_not_shared() -> None:
    some = "{some: premise, where: {fact: self_used_area, at_least: 500平方米}, says: 五百}"
    totals = {"at_least: 400平方米": False, "at_most: 900平方米": False, "at_least: 800平方米": True}
    for total, shared in totals.items():
        summed = f"{{sum_of: premise.self_used_area, {total}, says: 合}}"
        [way] = found(f"all: [{some}, {summed}]", {"premises": []})
        assert (total, way.shares) == (total, shared)
