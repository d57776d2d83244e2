"""`incentives explain` and `incentives plan`: why, what would change it, what could be done. Imports guidance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from incentives.cli.inputs import evaluator_of, one_profile, screen, style
from incentives.cli.options import (
    DateOption,
    LangOption,
    NoEarlierGrantsOption,
    PoliciesOption,
    PolicyOption,
    day,
    for_people,
    language,
    policies,
    refuse_usage,
)
from incentives.diagnostics import Code, Diagnostic, Span
from incentives.texts import Lang

if TYPE_CHECKING:
    from incentives.decision.evaluator import Evaluator
    from incentives.facts.profile import Profile
    from incentives.facts.vocabulary import Vocabulary
    from incentives.language.model import Policy
    from incentives.language.naming import ClauseName

ProfileArgument = Annotated[
    str, typer.Argument(metavar="PROFILE", help="YAML or JSON file, - for standard input. 企业画像文件")
]
FixOption = Annotated[
    list[str] | None,
    typer.Option("--fix", metavar="FACT", help="A fact, or kind of item, held as it is. 视为不能改变的事实或对象"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON. 以 JSON 输出")]


def explain(
    profile: ProfileArgument,
    clause: Annotated[
        str | None, typer.Argument(metavar="CLAUSE", help="Id or title of a clause; all by default. 条款标识或名称")
    ] = None,
    policy: PolicyOption = None,
    policies_path: PoliciesOption = None,
    as_of: DateOption = None,
    fix: FixOption = None,
    no_earlier_grants: NoEarlierGrantsOption = False,
    show_all: Annotated[bool, typer.Option("--all", help="Every clause of every policy. 逐条解释每项政策")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Explain a clause: what settles it, and what would change it. 解释一条条款为什么这样认定、怎样会不同。"""
    from incentives.explain.guidance import Why, why_json
    from incentives.explain.guidance_text import render_why
    from incentives.explain.in_force import out_of_force

    chosen = language(lang)
    on = day(as_of, chosen)
    loaded = policies(policies_path, chosen, policy)
    evaluator = evaluator_of(loaded, "native", chosen)
    fixed = _held(fix, loaded.vocabulary, chosen)
    known = one_profile(profile, evaluator, on, chosen, no_earlier_grants=no_earlier_grants)
    in_question = evaluator.applicable(on, policy)
    if len(in_question) > 1 and clause is None and not show_all and not as_json:
        print(_reasons(evaluator, known, on, chosen, no_earlier_grants=no_earlier_grants), end="")
        return
    wanted: list[tuple[str, str | None]] = [(version.id, None) for version in in_question]
    if clause is not None:
        wanted = [_clause_named(clause, in_question, "CLAUSE", chosen)]
    found = [why for of, one in wanted for why in Why.of(evaluator, known, on, of, one, fixed=fixed)]
    if as_json:
        print(why_json(found))
        return
    over = out_of_force(evaluator, on, wanted[0][0]) if len(wanted) == 1 else ()
    print(render_why(found, chosen, style(), over), end="")


def plan(
    profile: ProfileArgument,
    target: Annotated[
        str | None,
        typer.Option("--target", metavar="CLAUSE|MONEY", help="Only this clause, or a sum to reach. 目标条款或金额"),
    ] = None,
    fix: FixOption = None,
    cost: Annotated[
        list[str] | None,
        typer.Option(
            "--cost",
            metavar="FACT=MONEY",
            help="What a unit more of a fact costs, or another value. 每增加一个单位（或改一次）的花费",
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DATE", help="Plan for an application on this day. 计划的申报日期")
    ] = None,
    policy: PolicyOption = None,
    policies_path: PoliciesOption = None,
    as_of: DateOption = None,
    no_earlier_grants: NoEarlierGrantsOption = False,
    show_all: Annotated[bool, typer.Option("--all", help="List every entry. 全部列出")] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Plan what could be done to be granted more. 怎样做可以享受更多政策。"""
    from incentives.explain.guidance import GapPlan
    from incentives.explain.guidance_text import render_plan

    chosen = language(lang)
    on = day(as_of, chosen)
    until = day(by, chosen, place="--by") if by is not None else on
    if until < on:
        words = {"start": on.isoformat()}
        refuse_usage(Diagnostic(Code.DAY_IS_PAST, Span("--by"), words), chosen)
    loaded = policies(policies_path, chosen, policy)
    evaluator = evaluator_of(loaded, "native", chosen)
    fixed = _held(fix, loaded.vocabulary, chosen)
    costs = dict(_cost(one, loaded.vocabulary, chosen) for one in cost or ())
    reach = named = None
    if target is not None:
        sum_of_money = _money(target)
        if isinstance(sum_of_money, Decimal):
            reach = sum_of_money
        else:
            named = _clause_named(target, evaluator.applicable(until, policy), "--target", chosen, sum_of_money)
    found = GapPlan.of(
        evaluator,
        one_profile(profile, evaluator, until, chosen, no_earlier_grants=no_earlier_grants),
        on,
        named.policy if named is not None else policy,
        by=until,
        clause=named.clause if named is not None else None,
        reach=reach,
        fixed=fixed,
        costs=costs,
    )
    print(found.to_json() if as_json else render_plan(found, chosen, show_all=show_all), end="\n" if as_json else "")


def _reasons(evaluator: Evaluator, known: Profile, on: date, lang: Lang, *, no_earlier_grants: bool) -> str:
    """Why each policy came out as it did, on one screen."""
    from incentives.explain.glance import Glance
    from incentives.explain.terminal import render_reasons
    from incentives.explain.view import Explanation

    found = Explanation.of(evaluator, known, on, no_earlier_grants=no_earlier_grants)
    return render_reasons(found, Glance.of(evaluator, known, found), lang, screen=screen(), style=style())


def _clause_named(
    written: str, versions: Sequence[Policy], place: str, lang: Lang, no_sum: Diagnostic | None = None
) -> ClauseName:
    """The one clause of that name. Where there is none, `no_sum` says why it is no sum of money either."""
    from incentives.language.naming import clauses_named, names_of_clauses

    found = clauses_named(written, versions)
    if len(found) > 1:
        choices = ", ".join(f"`{one}`" for one in found)
        refuse_usage(Diagnostic(Code.CLAUSE_AMBIGUOUS, Span(place), {"written": written, "choices": choices}), lang)
    if found:
        return found[0]
    if no_sum is not None:
        refuse_usage(no_sum, lang)
    from incentives.source.spelling import nearest

    words = {"written": written, "nearest": nearest(written, names_of_clauses(versions)) or ""}
    return refuse_usage(Diagnostic(Code.CLAUSE_NOT_FOUND, Span(place), words), lang)


def _held(fix: list[str] | None, vocabulary: Vocabulary, lang: Lang) -> frozenset[str]:
    """Facts and kinds of items, by id or Chinese title, as ids."""
    return frozenset(_fact_named(one, vocabulary, "--fix", lang) for one in fix or ())


def _fact_named(written: str, vocabulary: Vocabulary, place: str, lang: Lang) -> str:
    from incentives.source.spelling import nearest

    entities = vocabulary.entities.values()
    names = {entity.id: entity.id for entity in entities if entity.list_key is not None}
    names |= {entity.title.zh: entity.id for entity in entities if entity.list_key is not None}
    for entity in entities:
        names |= {fact.title.zh: fact.id for fact in entity.facts.values()}
        names |= {fact.id: fact.id for fact in entity.facts.values()}
    if written not in names:
        words = {"written": written, "nearest": nearest(written, names) or ""}
        refuse_usage(Diagnostic(Code.UNKNOWN_FACT, Span(place), words), lang)
    return names[written]


def _cost(written: str, vocabulary: Vocabulary, lang: Lang) -> tuple[str, Decimal]:
    """`employees=20万元`: what each unit of a fact costs."""
    from incentives.facts.reading import read_value
    from incentives.facts.types import MoneyType
    from incentives.source.tree import Scalar

    name, _, amount = written.partition("=")
    fact = _fact_named(name.strip(), vocabulary, "--cost", lang)
    found = read_value(MoneyType(), Scalar(amount.strip(), amount.strip(), Span("--cost")))
    if isinstance(found, tuple):
        refuse_usage(for_people(found[0]), lang)
    assert isinstance(found, Decimal), "money is read as yuan"
    return fact, found


def _money(written: str) -> Decimal | Diagnostic | None:
    """The sum that a target is, or why it is none although it begins as one; None where it names a clause."""
    from incentives.facts.reading import read_value
    from incentives.facts.types import MoneyType
    from incentives.source.tree import Scalar

    below_nothing = Diagnostic(Code.TARGET_OF_NOTHING, Span("--target"), {"written": written})
    if written[:1] in _MINUS and any(sign.isdigit() for sign in written[1:2]):
        return below_nothing
    if not any(sign.isdigit() for sign in written[:1]):
        return None
    found = read_value(MoneyType(), Scalar(written, written, Span("--target")))
    if isinstance(found, tuple):
        return found[0]
    assert isinstance(found, Decimal), "money is read as yuan"
    return found if found > 0 else below_nothing


_MINUS = frozenset("-－−–")
"""The signs that people write for minus."""
