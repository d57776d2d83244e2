"""The formats of a report, by the ending of its file. Imports the writers where they are used.

HTML for the screen, the phone and paper (a browser prints it, or saves it as PDF); Word, which offices exchange;
Markdown and JSON for programs.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from incentives.explain.guidance import GapPlan
from incentives.explain.view import Explanation
from incentives.records import NamedTuple
from incentives.report.compose import report_on
from incentives.report.document import Document
from incentives.texts import Lang


class Format(NamedTuple):
    """How a document becomes a file. `needs` is the module it takes, which `extra` of this package installs."""

    written: Callable[[Document, Explanation], bytes]
    needs: str | None = None
    extra: str | None = None

    @property
    def present(self) -> bool:
        return self.needs is None or find_spec(self.needs) is not None


def _html(document: Document, _: Explanation) -> bytes:
    from incentives.report.html import html

    return html(document).encode()


def _markdown(document: Document, _: Explanation) -> bytes:
    from incentives.report.markdown import markdown

    return markdown(document).encode()


def _json(_: Document, explanation: Explanation) -> bytes:
    return f"{explanation.to_json()}\n".encode()


def _docx(document: Document, explanation: Explanation) -> bytes:
    from incentives.report.docx import docx

    return docx(document, explanation.on)


FORMATS = {
    ".html": Format(_html),
    ".docx": Format(_docx, "docx", "report"),
    ".md": Format(_markdown),
    ".json": Format(_json),
}
"""Each format by the ending that chooses it."""


def render_report(
    explanation: Explanation,
    suffix: str,
    lang: Lang = "zh",
    *,
    date_given: bool = True,
    show_all: bool = False,
    plan: GapPlan | None = None,
) -> bytes:
    """The report on one company as the content of a file with that ending: `.html`, `.docx`, `.md` or `.json`.

    Of several policies, those of which nothing can be had are only named, unless `show_all`. What it takes to
    find the decision again is in it where the explanation holds a receipt, and what could be done where there is a
    `plan`; JSON holds the explanation alone. Raises `KeyError` for another ending,
    `ImportError` where the extra `report` is not installed that `.docx` takes.
    """
    document = report_on(explanation, lang, date_given=date_given, show_all=show_all, plan=plan)
    return FORMATS[suffix].written(document, explanation)
