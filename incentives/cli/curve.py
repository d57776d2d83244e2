"""`incentives curve`: the total award against one fact. Imports the evaluator, the curve and what draws it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from incentives.cli.inputs import one_profile
from incentives.cli.options import (
    DateOption,
    LangOption,
    PoliciesOption,
    PolicyOption,
    check_place,
    day,
    for_people,
    language,
    policies,
    refuse_usage,
)
from incentives.diagnostics import Code, Diagnostic, Span
from incentives.texts import Lang

if TYPE_CHECKING:
    from datetime import date

    from incentives.decision.evaluator import Evaluator
    from incentives.explain.curve_views import Number
    from incentives.explain.curves import Curve
    from incentives.facts.places import Place
    from incentives.facts.profile import Profile
    from incentives.facts.types import FactType
    from incentives.facts.vocabulary import Fact, Vocabulary

_PICTURES = (".svg", ".png")


def curve(
    profile: Annotated[
        str, typer.Argument(metavar="PROFILE", help="YAML or JSON file, - for standard input. 企业画像文件")
    ],
    over: Annotated[str, typer.Option("--over", metavar="FACT", help="The fact, a number. 沿着哪个事实")],
    item: Annotated[
        str | None, typer.Option("--item", metavar="NAME", help="Of which item of its list. 哪一个对象")
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help="Of a yearly fact, by default the one read. 哪一年")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="VALUE", help="Where it begins, such as 8000万元. 从多少起")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="VALUE", help="Where it ends. 到多少止")] = None,
    policy: PolicyOption = None,
    policies_path: PoliciesOption = None,
    as_of: DateOption = None,
    no_earlier_grants: Annotated[
        bool,
        typer.Option("--no-earlier-grants", help="Assume that nothing was granted before. 假定此前没有兑现过奖补"),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON. 以 JSON 输出")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Draw it into an .svg or .png file. 画成图片文件")
    ] = None,
    lang: LangOption = None,
) -> None:
    """Draw the total award against one fact, with every threshold. 画出奖补合计随一个事实的变化。"""
    from incentives.decision.evaluator import Evaluator
    from incentives.explain.curves import Curve
    from incentives.explain.sentences import day as day_text

    chosen = language(lang)
    on = day(as_of, chosen)
    if out is not None:
        _check_picture(out, chosen)
    loaded = policies(policies_path, chosen, policy)
    evaluator = Evaluator(loaded, "native")
    fact = _fact(over, loaded.vocabulary, chosen)
    known = one_profile(profile, evaluator, on, chosen, no_earlier_grants=no_earlier_grants)
    place = _place(fact, known, item, chosen)
    place = place._replace(year=_year(year, fact, place, evaluator, on, policy, chosen))
    first, last = (_value(text, name, fact.type, chosen) for text, name in ((start, "--from"), (end, "--to")))
    if first is not None and last is not None and first > last:
        refuse_usage(Diagnostic(Code.RANGE_REVERSED, Span("--to")), chosen)
    found = Curve.of(evaluator, known, on, place, start=first, end=last, policy=policy)
    when = day_text(on, chosen, given=as_of is not None)
    if out is not None:
        _draw(found, out, chosen, when)
    if as_json:
        print(found.to_json())
    elif out is None:
        from incentives.drawing.terminal import render_curve

        print(render_curve(found, chosen, when), end="")


def _check_picture(out: Path, lang: Lang) -> None:
    """Ends the command before anything is worked out, where the picture could not be written."""
    if out.suffix.lower() not in _PICTURES:
        refuse_usage(Diagnostic(Code.PICTURE_FORMAT, Span("--out"), {"written": str(out)}), lang)
    if out.suffix.lower() == ".png":
        from incentives.drawing import png

        if not png.present():
            refuse_usage(Diagnostic(Code.PICTURE_EXTRA, Span("--out")), lang)
    check_place(out, "--out", lang)


def _draw(found: Curve, out: Path, lang: Lang, when: str) -> None:
    from incentives.cli.files import write_whole
    from incentives.drawing.svg import render_svg

    picture = render_svg(found, lang, when)
    if out.suffix.lower() == ".svg":
        write_whole(out, picture.encode())
        return
    from incentives.drawing.png import png_of

    try:
        content = png_of(picture)
    except OSError:  # the library is there, and what it draws with is not
        refuse_usage(Diagnostic(Code.PICTURE_EXTRA, Span("--out")), lang)
    write_whole(out, content)


def _fact(written: str, vocabulary: Vocabulary, lang: Lang) -> Fact:
    """The fact that is meant, by its id or title: `investment`; `project.investment` where several have that name."""
    from incentives.explain.curves import is_number
    from incentives.facts.ledger import LEDGER
    from incentives.source.spelling import nearest

    place = Span("--over")
    facts = {
        f"{entity.id}.{fact.id}": fact
        for entity in vocabulary.entities.values()
        if entity.id != LEDGER
        for fact in entity.facts.values()
    }
    found = [name for name, fact in facts.items() if written in (name, fact.id, fact.title.zh, fact.title.en)]
    if not found:
        words = {"written": written, "nearest": nearest(written, [fact.id for fact in facts.values()]) or ""}
        refuse_usage(Diagnostic(Code.UNKNOWN_FACT, place, words), lang)
    if len(found) > 1:
        choices = ", ".join(f"`{name}`" for name in found)
        refuse_usage(Diagnostic(Code.AMBIGUOUS_FACT, place, {"written": written, "choices": choices}), lang)
    fact = facts[found[0]]
    if not is_number(fact.type):
        refuse_usage(Diagnostic(Code.NOT_A_NUMBER_FACT, place, {"written": written}), lang)
    return fact


def _place(fact: Fact, profile: Profile, item: str | None, lang: Lang) -> Place:
    """Where the fact stands: the one item of its list, or the one that is named."""
    from incentives.facts.places import Place
    from incentives.facts.vocabulary import COMPANY
    from incentives.source.spelling import nearest

    if fact.entity == COMPANY:
        if item is not None:
            refuse_usage(Diagnostic(Code.NOT_OF_AN_ITEM, Span("--item"), {"written": fact.id}), lang)
        return Place(COMPANY, None, fact.id)
    items = profile.lists.get(fact.entity, ())
    named = [one for one in items if item is None or item in (one.key, one.name)]
    names = [one.name for one in items]
    if not named:
        written = item if item is not None else fact.id
        words = {"written": written, "nearest": nearest(written, names) or "", "known": ", ".join(names)}
        refuse_usage(Diagnostic(Code.NO_SUCH_ITEM, Span("--item" if item is not None else "--over"), words), lang)
    if len(named) > 1:
        known = ", ".join(one.key for one in named)
        refuse_usage(Diagnostic(Code.ITEM_NEEDED, Span("--item"), {"written": fact.id, "known": known}), lang)
    return Place(fact.entity, named[0].key, fact.id)


def _year(
    written: str | None, fact: Fact, place: Place, evaluator: Evaluator, on: date, policy: str | None, lang: Lang
) -> int | None:
    """The year asked for, else the one that the clauses look at; None for a fact that has no years."""
    from incentives.explain.curves import usual_year
    from incentives.facts.series import year_of
    from incentives.facts.types import YearlyType

    if not isinstance(fact.type, YearlyType):
        if written is not None:
            refuse_usage(Diagnostic(Code.NOT_BY_YEAR, Span("--year"), {"written": fact.id}), lang)
        return None
    if written is None:
        return usual_year(evaluator, on, place, policy)
    found = year_of(written)
    if found is None:
        refuse_usage(Diagnostic(Code.YEAR_UNREADABLE, Span("--year"), {"written": written}), lang)
    return found


def _value(written: str | None, option: str, of: FactType, lang: Lang) -> Number | None:
    """A value of the fact, written as in a profile."""
    if written is None:
        return None
    from decimal import Decimal

    from incentives.facts.reading import read_value
    from incentives.source.tree import Scalar

    found = read_value(of, Scalar(written, written, Span(option)))
    if isinstance(found, tuple):
        refuse_usage(for_people(found[0]), lang)
    assert isinstance(found, int | Decimal), "the type is one of numbers"
    return found
