"""What an interview says on a terminal, no wider than that is. Imports diagnostics and the layout of reports."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable

from incentives.cli.options import for_people
from incentives.diagnostics import Diagnostic
from incentives.texts import Lang


class Saying:
    """The words of interviews in one language."""

    def __init__(self, lang: Lang) -> None:
        from incentives.explain import interviews, layout

        self._words = interviews
        self._layout = layout
        self._lang = lang

    def lines(self, lines: Iterable[str]) -> None:
        """Lines that are laid out for reports; broken once more where the terminal is narrower."""
        room = shutil.get_terminal_size().columns if sys.stdout.isatty() else self._layout.WIDTH
        for line in lines:
            print("\n".join(self._layout.narrowed(line, room) if room < self._layout.WIDTH else [line]))

    def say(self, key: str, **blanks: str) -> None:
        """A sentence, by its key among the words of interviews."""
        self.lines(self._words.said(key, self._lang, **blanks))

    def tell(self, found: Iterable[Diagnostic], mark: str) -> None:
        """What is wrong with an answer, or worth a second look, and what to write instead."""
        from incentives.diagnostics.render import help_text, message

        for problem in map(for_people, found):
            self.lines(self._layout.wrapped(f"{mark} {message(problem, self._lang)}"))
            advice = help_text(problem, self._lang)
            if advice is not None:
                self.lines(self._layout.wrapped(advice, "  "))
