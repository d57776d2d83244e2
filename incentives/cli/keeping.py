"""Where the answers of an interview are kept: which file holds which of them. Imports the writer of files."""

from __future__ import annotations

import errno
import os
import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from incentives.cli.files import is_another, write_new, write_whole
from incentives.texts import Lang

if TYPE_CHECKING:
    from incentives.advice.interview import Interview
    from incentives.facts.vocabulary import Vocabulary

UNSAVED = Path("unsaved-answers.yaml")
"""In the folder at hand: what would be lost when an interview is interrupted, or cut off."""


@contextmanager
def hang_ups() -> Iterator[None]:
    """Within it the closing of the terminal, or a wish to end, comes as Ctrl-C does, and once; unless it is ignored.

    A terminal that closes may say so twice: after the first time, there is what is left to keep.
    """

    def interrupt(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    wanted = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    heeded = [one for one in wanted if signal.getsignal(one) is signal.SIG_DFL]
    for one in heeded:
        signal.signal(one, interrupt)
    try:
        yield
    finally:
        for one in heeded:
            if signal.getsignal(one) is interrupt:
                signal.signal(one, signal.SIG_DFL)


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
        self._own = [] if given is None else [given]
        self.file = given
        """The file that was read or written last; None where there is none."""
        self.saved = save
        """Where to save if no file is named: the file that was saved to last, if there is one."""
        self.rescued = False
        """Whether that is one that nobody named."""

    @property
    def holds_all(self) -> bool:
        """Whether nothing was answered, or taken back, that no file holds."""
        return self._kept == self._interview.profile

    def write(self, path: Path) -> None:
        """Save everything to a file. Raises `OSError`, of a file that is neither `given` nor saved by this interview
        `FileExistsError`: that one stays as it is.
        """
        if is_another(path, *self._own):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        write_whole(path, self.text.encode())
        self._own.append(path)
        self._kept, self.file, self.saved = self._interview.profile, path, path

    def rescue(self) -> tuple[OSError, ...]:
        """Save what no file holds where saving was asked for, else in a new file that nobody named.

        Says what went wrong; if nothing could be written, no file holds it still.
        """
        problems: list[OSError] = []
        for write in (self._write_where_asked, self._write_new):
            if self.holds_all:
                break
            try:
                write()
            except OSError as problem:
                problems.append(problem)
        return tuple(problems)

    def _write_where_asked(self) -> None:
        if self._save is not None:
            self.write(self._save)

    def _write_new(self) -> None:
        self.file = write_new(UNSAVED, self.text.encode())
        self._kept, self.rescued = self._interview.profile, True

    @property
    def text(self) -> str:
        """The profile as `check` reads it."""
        from incentives.explain.profile_text import profile_text

        found = self._interview
        return profile_text(found.profile, self._vocabulary, self._lang, found.unknowable)

    def command(self, name: str, file: Path | str | None = None) -> str:
        """How to go on from a file with `check` or `ask`, under the options that were given; else from its own."""
        saving = ["--save", str(self._save)] if name == "ask" and self._save is not None else []
        return shlex.join(["incentives", name, str(file or self.file), *self._options, *saving])
