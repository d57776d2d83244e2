"""Where the answers of an interview are kept: which file holds which of them. Imports the writer of files."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from incentives.cli.files import write_new, write_whole
from incentives.texts import Lang

if TYPE_CHECKING:
    from incentives.advice.interview import Interview
    from incentives.facts.vocabulary import Vocabulary

UNSAVED = Path("unsaved-answers.yaml")
"""In the folder at hand: what would be lost when an interview is interrupted."""


class Keeping:
    """The answers of one interview and the file that holds them.

    `given` is the file it began with, `save` the one to save to; `options` are those of the command that tell what
    is checked, as they were written.
    """

    def __init__(
        self, interview: Interview, vocabulary: Vocabulary, lang: Lang, given: Path | None, save: Path | None,
        options: list[str],
    ) -> None:  # fmt: skip
        self._interview = interview
        self._vocabulary = vocabulary
        self._lang = lang
        self._save = save
        self._options = options
        self._kept = interview.profile
        self.file = given
        """The file that was read or written last; None where there is none."""

    @property
    def holds_all(self) -> bool:
        """Whether nothing was answered, or taken back, that no file holds."""
        return self._kept == self._interview.profile

    def write(self, path: Path) -> None:
        """Save everything to a file. Raises `OSError`."""
        write_whole(path, self.text.encode())
        self._kept, self.file = self._interview.profile, path

    def rescue(self) -> None:
        """Save everything to a file that nobody named, without replacing one that is there. Raises `OSError`."""
        self.file = write_new(UNSAVED, self.text.encode())
        self._kept = self._interview.profile

    @property
    def text(self) -> str:
        """The profile as `check` reads it."""
        from incentives.explain.profile_text import profile_text

        found = self._interview
        return profile_text(found.profile, self._vocabulary, self._lang, found.unknowable)

    def command(self, name: str) -> str:
        """How to go on from the file with `check` or `ask`, under the options that were given."""
        saving = ["--save", str(self._save)] if name == "ask" and self._save is not None else []
        return shlex.join(["incentives", name, str(self.file), *self._options, *saving])
