"""`--report FILE`: whether the file can be written as asked, and writing it. Imports the formats and diagnostics."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from incentives.cli.files import write_whole
from incentives.cli.options import check_place, refuse_usage
from incentives.diagnostics import Code, Diagnostic, Span
from incentives.texts import Lang

if TYPE_CHECKING:
    from incentives.explain.guidance import GapPlan
    from incentives.explain.view import Explanation

_PLACE = Span("--report")


def check_report(path: Path, profiles: Sequence[str], lang: Lang) -> None:
    """Ends the command with `BAD_USAGE` before anything is decided, where the report could not be written.

    A report is filed by one company, so one profile is checked for it.
    """
    from incentives.report.formats import FORMATS

    known = FORMATS.get(path.suffix.lower())
    if known is None:
        from incentives.source.spelling import nearest

        suffix = path.suffix.lower()
        words = {
            "written": str(path),
            "printed": str(path.with_suffix(".html")) if suffix == ".pdf" else "",
            "nearest": nearest(suffix, tuple(FORMATS)) or "",
            "known": ", ".join(FORMATS),
        }
        refuse_usage(Diagnostic(Code.REPORT_FORMAT, _PLACE, words), lang)
    if not known.present:
        words = {"written": path.suffix, "extra": known.extra or ""}
        refuse_usage(Diagnostic(Code.REPORT_EXTRA, _PLACE, words), lang)
    if len(profiles) > 1:
        words = {"count": str(len(profiles))}
        refuse_usage(Diagnostic(Code.REPORT_OF_SEVERAL, _PLACE, words), lang)
    check_place(path, _PLACE.file, lang)


def write_report(
    path: Path, explanation: Explanation, plan: GapPlan, lang: Lang, *, date_given: bool, show_all: bool
) -> None:
    """Write the report; an existing file is replaced by a complete one only."""
    from incentives.report.formats import render_report

    suffix = path.suffix.lower()
    write_whole(path, render_report(explanation, suffix, lang, date_given=date_given, show_all=show_all, plan=plan))
