"""Lines of a report: its width, labels with hanging text, indents. Imports texts and values."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from incentives.texts.width import display_width, wrap
from incentives.values import State

WIDTH = 80
"""Columns of the terminal that reports are laid out for."""

Style = Callable[[str, State], str]
"""Colours a text by a state; the identity where the output is no terminal."""


def unstyled(text: str, _state: State) -> str:
    return text


def wrapped(text: str, indent: str = "") -> list[str]:
    """The text in lines with that indent; behind a mark such as `- ` the following lines hang."""
    hanging = "  " if text.startswith(("- ", "? ")) else ""
    first, *rest = wrap(text, WIDTH - len(indent) - len(hanging))
    return [f"{indent}{first}", *(f"{indent}{hanging}{line}" for line in rest)]


def narrowed(line: str, width: int) -> list[str]:
    """A line that is laid out, in lines of fewer columns with its indent."""
    text = line.lstrip(" ")
    indent = " " * min(len(line) - len(text), width // 2)
    return [f"{indent}{part}" for part in wrap(text, max(width - len(indent), 2))]


def labelled(label: str, texts: Iterable[str]) -> list[str]:
    """Each text behind the label, its further lines below its first."""
    hanging = " " * (display_width(label) + 4)
    lines: list[str] = []
    for text in texts:
        first, *rest = wrap(text, WIDTH - len(hanging))
        lines += [f"  {label}  {first}", *(f"{hanging}{line}" for line in rest)]
    return lines
