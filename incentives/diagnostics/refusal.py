"""A refusal as plain data, for programs. Imports diagnostics, their wording and values."""

from __future__ import annotations

from incentives.diagnostics import Diagnostic, Refused
from incentives.diagnostics.render import help_text, message
from incentives.records import frozen
from incentives.values import Bilingual


@frozen
class Problem:
    """One finding: what is wrong and what to write instead, with its code.

    Lines and columns start at 1 and the end is exclusive; all are None of what concerns the file as a whole.
    """

    code: str
    message: Bilingual
    help: Bilingual | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


@frozen
class Refusal:
    """Something that was refused, as it was named, with every problem found in it; nothing was decided on it."""

    refused: str
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, name: str, refused: Refused) -> Refusal:
        """What was refused, under the name that it was given by."""
        return cls(name, tuple(map(_problem, refused.diagnostics)))


def _problem(found: Diagnostic) -> Problem:
    zh, en = help_text(found, "zh"), help_text(found, "en")
    _, *places = found.span
    return Problem(
        found.code.value,
        Bilingual(message(found, "zh"), message(found, "en")),
        Bilingual(zh, en) if zh is not None and en is not None else None,
        *(place if found.span.line else None for place in places),
    )
