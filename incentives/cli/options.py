"""What the commands share: options, the language, the date, reports of refused input. Imports diagnostics."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from incentives.cli.exits import Exit
from incentives.diagnostics import Code, Diagnostic, PolicyRefused, Refused, Span
from incentives.diagnostics.reasons import reason_of
from incentives.texts import Lang

if TYPE_CHECKING:
    from incentives.language.store import PolicySet

_SHANGHAI = timezone(timedelta(hours=8))


class Language(StrEnum):
    zh = "zh"
    en = "en"


PoliciesOption = Annotated[
    Path | None,
    typer.Option(
        "--policies", metavar="DIR", help="Folder of policies, or one policy file. 政策文件夹或单个政策文件"
    ),
]
PolicyOption = Annotated[str | None, typer.Option("--policy", metavar="ID", help="Only this policy. 只查这一项政策")]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Day of application, by default today in Shanghai. 申报日期，默认今天"
    ),
]
LangOption = Annotated[
    Language | None, typer.Option("--lang", help="Language of the report, by default from the locale. 报告语言")
]

NoEarlierGrantsOption = Annotated[
    bool, typer.Option("--no-earlier-grants", help="Assume that nothing was granted before. 假定此前没有兑现过奖补")
]


def language(chosen: Language | None) -> Lang:
    """The language asked for, else that of the locale: Chinese where it says so, English elsewhere."""
    if chosen is not None:
        return "zh" if chosen is Language.zh else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def day(written: str | None, lang: Lang, place: str = "--as-of") -> date:
    """The day written, else today in Shanghai. Ends the command with `BAD_USAGE` when it cannot be read."""
    if written is None:
        return datetime.now(_SHANGHAI).date()
    from incentives.facts.reading import read_date
    from incentives.source.tree import Scalar

    found = read_date(Scalar(written, written, Span(place)))
    if isinstance(found, tuple):
        refuse_usage(found[0], lang)
    return found


def policies(path: Path | None, lang: Lang, policy: str | None = None, place: str = "--policy") -> PolicySet:
    """The policy set at `path`, else the shipped one; of it only `policy`, where that is asked for at `place`.

    What is worth a look in it is told. Ends the command with `BAD_POLICY` when it is refused, with `BAD_USAGE` when
    no policy has that id.
    """
    from incentives.language.store import load_policies

    try:
        loaded = load_policies(path, policy)
    except PolicyRefused as refused:
        report(refused, lang)
        raise typer.Exit(Exit.BAD_POLICY) from None
    if loaded.warnings:
        report(PolicyRefused(loaded.warnings), lang)
    if policy is not None and policy not in loaded.ids():
        from incentives.source.spelling import nearest

        known = loaded.ids()
        words = {"written": policy, "nearest": nearest(policy, known) or "", "known": ", ".join(known)}
        refuse_usage(Diagnostic(Code.UNKNOWN_POLICY, Span(place), words), lang)
    return loaded


def for_people(problem: Diagnostic) -> Diagnostic:
    """What is wrong with a value that somebody typed: how facts are declared is no concern of theirs."""
    return problem._replace(words={**problem.words, "least": "0"}) if problem.code is Code.NEGATIVE else problem


def check_place(path: Path, option: str, lang: Lang) -> None:
    """Ends the command with `BAD_USAGE` before it asks or works out anything, where no file can be written."""
    from incentives.cli.files import begin_to_write

    try:
        begin_to_write(path)
    except OSError as problem:
        folder = str(path.parent) if isinstance(problem, FileNotFoundError) else ""
        words = {"file": str(path), "reason": reason_of(problem), "folder": folder}
        refuse_usage(Diagnostic(Code.NO_PLACE_TO_WRITE, Span(option), words), lang)


def refuse_usage(problem: Diagnostic, lang: Lang) -> NoReturn:
    report(Refused([problem]), lang)
    raise typer.Exit(Exit.BAD_USAGE)


def report(refused: Refused, lang: Lang) -> None:
    """Every problem on standard error."""
    from incentives.diagnostics.render import render_diagnostics

    print(render_diagnostics(refused.diagnostics, refused.sources, lang), file=sys.stderr)
