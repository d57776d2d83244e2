"""The steps after 假如 and 当: what is known of the applicant, and the day it applies."""

from __future__ import annotations

from incentives.facts.series import EARLIER_HIGHEST

from .template import given, when
from .wording import day_of, expect, fail, year_of
from .world import World

Table = list[list[str]]

_FACT_COLUMNS = ["事实", "内容"]
_NAME_COLUMN = "名称"


@given("政策“〈标题〉”")
def policy(world: World, title: str) -> None:
    world.choose_policy(title)


@given("申报主体“〈名称〉”")
def company(world: World, name: str, datatable: Table | None = None) -> None:
    world.new_company(name, _facts(datatable))


@given("它的“〈事实〉”为“〈内容〉”")
def company_fact(world: World, fact: str, value: str) -> None:
    world.set_fact(fact, value)


@given("它的“〈事实〉”〈年份〉年为“〈内容〉”")
def company_fact_in_year(world: World, fact: str, year: str, value: str) -> None:
    world.set_year(fact, int(year), value)


@given("它的“〈事实〉”更早各年最高为“〈内容〉”")
def company_fact_before(world: World, fact: str, value: str) -> None:
    world.set_year(fact, EARLIER_HIGHEST, value)


@given("它的各年数据")
def company_facts_by_years(world: World, datatable: Table | None = None) -> None:
    if datatable is None:
        fail("这个步骤下面应有表格：| 事实 | 2023年 | 2024年 |")
    header, *rows = datatable
    expect("表格第一列的标题", _FACT_COLUMNS[0], header[0])
    years = [year_of(title) for title in header[1:]]
    for fact, *cells in rows:
        for year, text in zip(years, cells, strict=True):
            world.set_year(fact, year, text)


@given("它有〈对象〉“〈名称〉”")
def item(world: World, entity: str, name: str, datatable: Table | None = None) -> None:
    world.add_item(entity, name, _facts(datatable))


@given("它有以下〈对象〉")
def items(world: World, entity: str, datatable: Table | None = None) -> None:
    if datatable is None:
        fail("这个步骤下面应有表格，每行一项")
    header, *rows = datatable
    expect("表格第一列的标题", _NAME_COLUMN, header[0])
    for row in rows:
        world.add_item(entity, row[0], dict(zip(header[1:], row[1:], strict=True)))


@given("〈对象〉“〈名称〉”的“〈事实〉”为“〈内容〉”")
def item_fact(world: World, entity: str, name: str, fact: str, value: str) -> None:
    world.set_item_fact(entity, name, fact, value)


@given("〈对象〉“〈名称〉”的“〈事实〉”〈年份〉年为“〈内容〉”")
def item_fact_in_year(world: World, entity: str, name: str, fact: str, year: str, value: str) -> None:
    world.set_item_year(entity, name, fact, int(year), value)


@given("它没有〈对象〉")
def empty_list(world: World, entity: str) -> None:
    world.empty_list(entity)


@given("它未提供〈对象〉清单")
def absent_list(world: World, entity: str) -> None:
    world.absent_list(entity)


@given("兑现台账从〈年份〉年起完整")
def ledger_begins(world: World, year: str) -> None:
    world.begin_ledger(int(year))


@given("台账记有〈年份〉年“〈条款〉”兑现〈金额〉")
def granted_before(world: World, year: str, clause: str, certain: str) -> None:
    world.add_grant(int(year), clause, certain)


@when("在〈日期〉申报")
def applies(world: World, day: str) -> None:
    world.apply(day_of(day))


def _facts(datatable: Table | None) -> dict[str, str]:
    """The rows of a table of facts, by the title of the fact."""
    if datatable is None:
        return {}
    header, *rows = datatable
    expect("表格的标题行", _FACT_COLUMNS, header)
    facts: dict[str, str] = {}
    for title, text in rows:
        if title in facts:
            fail(f"“{title}”在表格中写了两次")
        facts[title] = text
    return facts
