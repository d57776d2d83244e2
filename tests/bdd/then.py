"""The steps after 那么: outcomes, awards, reasons, what is missing, totals, and what is said of the policy."""

from __future__ import annotations

from collections.abc import Iterable

from incentives import Outcome, Reason
from incentives.decision.result import Lost, merged_missing

from .given_when import Table
from .template import then
from .wording import (
    ENDS,
    OUTCOMES,
    STATUSES,
    award_text,
    expect,
    fail,
    listed,
    look_up,
    possible_of,
    quoted,
    reason_text,
    same_award,
    stated,
    yuan_of,
    yuan_text,
)
from .world import World, told


@then("“〈名称〉”申报“〈条款〉”，结论是〈结论〉")
def outcome_is(world: World, name: str, clause: str, outcome: str) -> None:
    wanted = look_up("结论", outcome, OUTCOMES)
    found = world.determination(name, clause)
    if found.outcome is not wanted:
        fail(f"“{name}”申报“{clause}”：结论应为“{outcome}”，实际是“{told(found)}”")


@then("“〈名称〉”申报“〈条款〉”，〈奖补〉，给予〈受益方〉")
def award_is(world: World, name: str, clause: str, award: str, payee: str) -> None:
    found = world.determination(name, clause)
    if found.outcome is Outcome.NOT_QUALIFIED:
        fail(f"“{name}”申报“{clause}”：应有奖补“{award}”，实际是“{told(found)}”")
    if not same_award(award, found.award):
        fail(f"“{name}”申报“{clause}”：奖补应为“{award}”，实际是“{award_text(found.award)}”")
    expect(f"“{clause}”给予", payee, found.award.paid_to)


@then("“〈名称〉”申报“〈条款〉”，未满足〈各项事实〉")
def failed_are(world: World, name: str, clause: str, facts: str) -> None:
    found = world.determination(name, clause)
    if found.outcome is not Outcome.NOT_QUALIFIED:
        fail(f"“{name}”申报“{clause}”：应为“不符合”，实际是“{told(found)}”")
    _same_reasons(f"“{name}”申报“{clause}”未满足的", quoted(facts), found.failed)


@then("“〈名称〉”申报“〈条款〉”，需人工认定〈各项事实〉")
def judgements_are(world: World, name: str, clause: str, facts: str) -> None:
    found = world.determination(name, clause)
    _same_reasons(f"“{name}”申报“{clause}”需人工认定的", quoted(facts), found.judgements)


@then("“〈名称〉”申报“〈条款〉”，这一拒绝只依据编制者的假定")
def refused_by_assumption(world: World, name: str, clause: str) -> None:
    expect(f"“{name}”申报“{clause}”，拒绝的依据", "编制者的假定", _refusal(world, name, clause))


@then("“〈名称〉”申报“〈条款〉”，这一拒绝有原文依据")
def refused_by_the_paper(world: World, name: str, clause: str) -> None:
    expect(f"“{name}”申报“{clause}”，拒绝的依据", "原文", _refusal(world, name, clause))


@then("“〈名称〉”申报“〈条款〉”，写明假定“〈假定〉”")
def assumption_is_shown(world: World, name: str, clause: str, assumption: str) -> None:
    shown = [reason.assumption or "" for reason in world.determination(name, clause).assumptions]
    if assumption not in shown:
        fail(f"“{name}”申报“{clause}”：应写明假定“{assumption}”，实际是{listed(shown)}")


@then("“〈名称〉”申报“〈条款〉”，出处是“〈出处〉”")
def source_is(world: World, name: str, clause: str, article: str) -> None:
    sources = world.determination(name, clause).sources
    expect(f"“{clause}”的出处", article, "、".join(source.article for source in sources))


@then("缺少“〈名称〉”的“〈事实〉”，由〈提供方〉提供")
def fact_is_missing(world: World, name: str, fact: str, supplier: str) -> None:
    missing = _missing(world)
    if (name, fact) not in missing:
        actual = "；".join(f"“{whose}”的“{title}”" for whose, title in missing) or "什么也不缺"
        fail(f"应缺少“{name}”的“{fact}”，实际是{actual}")
    expect(f"“{fact}”的提供方", supplier, missing[name, fact])


@then("缺少“〈名称〉”〈各年〉年的“〈事实〉”，由〈提供方〉提供")
def years_are_missing(world: World, name: str, years: str, fact: str, supplier: str) -> None:
    fact_is_missing(world, name, fact, supplier)
    found = {
        str(year)
        for missing in merged_missing(world.decision.determinations)
        if (world.whose(missing.item), missing.title.zh) == (name, fact)
        for year in missing.years
    }
    expect(f"缺少的“{fact}”的年份", "、".join(sorted(years.split("、"))), "、".join(sorted(found)))


@then("一共缺少〈数〉项数据")
def number_missing(world: World, number: str) -> None:
    missing = _missing(world)
    actual = "；".join(f"“{whose}”的“{title}”" for whose, title in missing)
    expect(f"缺少的数据项数（{actual}）", number, str(len(missing)))


@then("一共有〈数〉项结论")
def number_of_determinations(world: World, number: str) -> None:
    expect("结论的项数", number, str(len(world.decision.determinations)))


@then("可确定的金额为〈金额〉，最高可能为〈上限〉")
def total_is(world: World, certain: str, possible: str) -> None:
    total = world.decision.total
    if (total.guaranteed, total.possible) != (yuan_of(certain), possible_of(possible)):
        actual = f"可确定{yuan_text(total.guaranteed)}，最高可能{yuan_text(total.possible)}"
        fail(f"合计应为“可确定{certain}，最高可能{possible}”，实际是“{actual}”")


@then("另付他人可确定〈金额〉，最高可能〈上限〉")
def paid_to_others_is(world: World, certain: str, possible: str) -> None:
    paid = world.decision.paid_to_others
    if (paid.guaranteed, paid.possible) != (yuan_of(certain), possible_of(possible)):
        actual = f"可确定{yuan_text(paid.guaranteed)}，最高可能{yuan_text(paid.possible)}"
        fail(f"另付他人应为“可确定{certain}，最高可能{possible}”，实际是“{actual}”")


@then("“〈名称〉”申报“〈条款〉”，可确定〈金额〉，最高可能〈上限〉")
def award_is_worth(world: World, name: str, clause: str, certain: str, possible: str) -> None:
    worth = world.determination(name, clause).award.interval
    if (worth.guaranteed, worth.possible) != (yuan_of(certain), possible_of(possible)):
        actual = f"可确定{yuan_text(worth.guaranteed)}，最高可能{yuan_text(worth.possible)}"
        fail(f"“{name}”申报“{clause}”应为“可确定{certain}，最高可能{possible}”，实际是“{actual}”")


@then("“〈名称〉”申报“〈条款〉”，认定为“〈称号〉”")
def recognised_as(world: World, name: str, clause: str, recognised: str) -> None:
    found = world.determination(name, clause)
    if found.outcome is not Outcome.QUALIFIED:
        fail(f"“{name}”申报“{clause}”：应认定为“{recognised}”，实际是“{told(found)}”")
    expect(f"“{clause}”认定为", recognised, found.award.words)


@then("“〈事实〉”是“〈内容〉”")
def definition_is(world: World, fact: str, value: str) -> None:
    expect(fact, value, world.definition(fact))


@then("按〈哪一头〉金额，“〈名称〉”的“〈条款〉”依“〈规则〉”少得〈金额〉")
def lost_by_rule(world: World, end: str, name: str, clause: str, rule: str, certain: str) -> None:
    claim = world.claim(name, clause)
    lost = {one.says or one.rule: one.amount for one in _lost(world, end) if one.award == claim}
    actual = listed(f"{says}：{yuan_text(amount)}" for says, amount in lost.items())
    if lost.get(rule) != yuan_of(certain):
        fail(f"“{name}”的“{clause}”应依“{rule}”少得{certain}，实际是{actual}")


@then("按〈哪一头〉金额，“〈名称〉”的“〈条款〉”让给“〈得者〉”的“〈得者条款〉”")
def lost_to(world: World, end: str, name: str, clause: str, winner: str, winning: str) -> None:
    claim, wanted = world.claim(name, clause), world.claim(winner, winning)
    winners = [to for one in _lost(world, end) if one.award == claim for to in one.to]
    if wanted not in winners:
        fail(f"“{name}”的“{clause}”应让给“{winner}”的“{winning}”（{wanted}），实际是{listed(winners)}")


@then("按〈哪一头〉金额，没有因叠加规则少得的")
def nothing_lost(world: World, end: str) -> None:
    expect("因叠加规则少得的", "（无）", listed(one.award for one in _lost(world, end)))


@then("该政策〈状态〉")
def status_is(world: World, status: str) -> None:
    actual = next(word for word, one in STATUSES.items() if one is world.decision.status)
    look_up("政策状态", status, STATUSES)
    expect("政策状态", status, actual)


@then("结论写明")
def decision_states(world: World, datatable: Table | None = None) -> None:
    if datatable is None:
        fail("这个步骤下面应有表格：| 项目 | 内容 |")
    header, *rows = datatable
    expect("表格的标题行", ["项目", "内容"], header)
    known = stated(world.decision)
    for title, text in rows:
        expect(title, text, look_up("可写明的项目", title, known))


def _lost(world: World, end: str) -> tuple[Lost, ...]:
    found = world.combined()
    return found.lost if look_up("金额", end, ENDS) == "guaranteed" else found.lost_possible


def _same_reasons(what: str, wanted: list[str], reasons: Iterable[Reason]) -> None:
    actual = [reason_text(reason) for reason in reasons]
    if sorted(wanted) != sorted(actual):
        fail(f"{what}应为{listed(wanted)}，实际是{listed(actual)}")


def _refusal(world: World, name: str, clause: str) -> str:
    """What a refusal rests on; what was decided where there is none."""
    found = world.determination(name, clause)
    if found.outcome is not Outcome.NOT_QUALIFIED:
        return told(found)
    return "编制者的假定" if found.rests_on_assumption else "原文"


def _missing(world: World) -> dict[tuple[str, str], str]:
    """Who can supply each missing fact, by whose it is and its title."""
    return {
        (world.whose(fact.item), fact.title.zh): world.supplier(fact.supplier.zh if fact.supplier else None)
        for found in world.decision.determinations
        for fact in found.missing
    }
