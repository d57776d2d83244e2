"""`incentives check`: profiles in, decisions out. Imports the evaluator and the terminal report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from incentives.cli.exits import Exit
from incentives.cli.inputs import evaluator_of, read_profile, screen, style
from incentives.cli.options import (
    DateOption,
    LangOption,
    NoEarlierGrantsOption,
    PoliciesOption,
    PolicyOption,
    day,
    language,
    policies,
)
from incentives.diagnostics import ProfileRefused
from incentives.texts import Lang

if TYPE_CHECKING:
    from incentives.decision.evaluator import Evaluator
    from incentives.explain.view import Explanation
    from incentives.facts.profile import Profile

_BETWEEN = "=" * 80


def check(
    profiles: Annotated[
        list[str], typer.Argument(metavar="PROFILE...", help="YAML or JSON files, - for standard input. 企业画像文件")
    ],
    policy: PolicyOption = None,
    policies_path: PoliciesOption = None,
    as_of: DateOption = None,
    engine: Annotated[
        str | None, typer.Option("--engine", metavar="NAME", help="durable, native or reference. 规则引擎")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON. 以 JSON 输出")] = False,
    receipt: Annotated[
        bool, typer.Option("--receipt", help="Add what it takes to reproduce the decision. 附回执")
    ] = False,
    no_earlier_grants: NoEarlierGrantsOption = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="Every clause of every policy in a line. 每项政策的每一条各用一行")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Show the grounds of every policy. 列出每项政策的依据")
    ] = False,
    report_file: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Write a report to file: .html, .docx, .md or .json. 写成报告文件，格式由后缀决定",
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Check companies against policies: what they qualify for, why, and what is missing. 检查企业可享受的政策。"""
    from incentives.explain.terminal import render_check, render_clauses
    from incentives.explain.view import Explanation

    chosen = language(lang)
    on = day(as_of, chosen)
    if report_file is not None:
        from incentives.cli.report import check_report, write_report
        from incentives.explain.guidance import GapPlan

        check_report(report_file, profiles, chosen)
    loaded = policies(policies_path, chosen, policy)
    evaluator = evaluator_of(loaded, engine, chosen)
    read = [read_profile(source, evaluator, on, chosen) for source in profiles]
    known = [profile for profile in read if not isinstance(profile, ProfileRefused)]
    asked = receipt or report_file is not None
    explanations = [
        Explanation.of(evaluator, profile, on, policy, with_receipt=asked, no_earlier_grants=no_earlier_grants)
        for profile in known
    ]
    one = policy is not None or len(loaded.ids()) == 1
    if report_file is not None:
        planner = evaluator_of(loaded, "native", chosen)
        for profile, found in zip(known, explanations, strict=True):
            plan = GapPlan.of(planner, profile, on, policy)
            write_report(
                report_file, found, plan, chosen, date_given=as_of is not None, show_all=show_all or full or one
            )
    if as_json:
        _print_json(profiles, read, explanations)
    elif report_file is not None:
        _print_written(explanations, report_file, chosen)
    elif full or show_all or one:
        render = render_check if full or one else render_clauses
        _print([render(found, chosen, date_given=as_of is not None, style=style()) for found in explanations])
    else:
        _print(_overviews(evaluator_of(loaded, "native", chosen), known, explanations, chosen, as_of is not None))
    if len(known) < len(read):
        raise typer.Exit(Exit.BAD_PROFILE)


def _print_json(
    sources: Sequence[str], read: Sequence[Profile | ProfileRefused], explanations: Iterable[Explanation]
) -> None:
    """The document of one profile, nothing where that is refused; a list of all of several, with the refused."""
    found = iter(explanations)
    if len(sources) == 1:
        for explanation in found:
            print(explanation.to_json())
        return
    documents = [
        _refusal(source, one) if isinstance(one, ProfileRefused) else next(found).to_json()
        for source, one in zip(sources, read, strict=True)
    ]
    print("[\n" + ",\n".join(documents) + "\n]")


def _refusal(source: str, refused: ProfileRefused) -> str:
    from incentives.decision.json import to_text
    from incentives.diagnostics.refusal import Refusal

    return to_text(Refusal, Refusal.of(source, refused))


def _print_written(explanations: list[Explanation], file: Path, lang: Lang) -> None:
    """Where the report is, and the total that it begins with."""
    from incentives.explain.sentences import together

    for found in explanations:
        print(f"{file}: {together(found, lang)}")


def _overviews(
    evaluator: Evaluator, known: list[Profile], explanations: list[Explanation], lang: Lang, given: bool
) -> list[str]:
    """Each company's policies on one screen."""
    from incentives.explain.glance import Glance
    from incentives.explain.terminal import render_overview

    return [
        render_overview(
            found,
            Glance.of(evaluator, profile, found),
            lang,
            date_given=given,
            screen=screen(),
            style=style(),
        )
        for profile, found in zip(known, explanations, strict=True)
    ]


def _print(reports: list[str]) -> None:
    print(f"\n{_BETWEEN}\n\n".join(reports), end="")
