"""Exit codes of the command line; README.md documents them. Imports nothing of this project."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Every way a command can end."""

    DECIDED = 0
    """Every decision asked for was made, whatever it says."""
    NOT_WRITTEN = 1
    """The answer could not be written: the disk is full, or nobody reads it any more."""
    BAD_USAGE = 2
    """The command was not understood: an option, a date, a policy id, an engine that is not installed."""
    BAD_POLICY = 3
    """A policy or vocabulary file was refused; nothing was decided."""
    BAD_PROFILE = 4
    """At least one profile was refused; the others were decided."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C; an interview also by the end of its terminal."""
