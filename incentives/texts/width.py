"""Text laid out by display width: a Chinese character takes two columns of a terminal. Imports nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from unicodedata import combining, east_asian_width

_NEVER_FIRST = "，。、；：！？）》”’】,.;:!?)]}%"
"""Signs that may not start a line."""

_NEVER_LAST = "（《“‘【([{"
"""Signs that may not end a line."""

_UNITS = "千万亿元"


def display_width(text: str) -> int:
    """Columns the text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_sign_width, text))


@cache
def _sign_width(sign: str) -> int:
    return 0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1


def pad(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def shortened(text: str, width: int) -> str:
    """The text within `width` columns; where it is cut a `…` says so."""
    if display_width(text) <= width:
        return text
    return f"{text[: _fitting(text, width - 1)].rstrip()}…"


def wrap(text: str, width: int, then: int | None = None) -> list[str]:
    """The text in lines of at most `width` columns; words of Latin letters and numbers stay whole where they fit.

    With `then` all lines but the first have at most so many.
    """
    lines: list[str] = []
    later = width if then is None else then
    line, used = "", 0
    for piece in _pieces(" ".join(text.splitlines())):
        wide = display_width(piece)
        if lines and not line and piece == " ":
            continue  # of two spaces the second does not begin the next line
        if used + wide <= width:
            line += piece
            used += wide
            continue
        if line.strip():
            lines.append(line.rstrip())
            width = later
        line, begins = piece.lstrip(), 0
        used = display_width(line)
        while used > width:
            ends = _fitting(line, width, begins)
            lines.append(line[begins:ends])
            used -= display_width(lines[-1])
            begins, width = ends, later
        line = line[begins:]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def columns(cells: Sequence[str], widths: Sequence[int], gap: int = 2) -> list[str]:
    """One row of a table, each cell wrapped in its own column."""
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    rows: list[str] = []
    for number in range(max(len(cell) for cell in wrapped)):
        parts = [
            pad(cell[number] if number < len(cell) else "", width)
            for cell, width in zip(wrapped, widths, strict=True)
        ]
        rows.append((" " * gap).join(parts).rstrip())
    return rows


def _pieces(text: str) -> list[str]:
    """Where a line may break: after every space and around every wide sign that punctuation does not hold back."""
    begins = [place for place, signs in enumerate(pairwise(text), 1) if not _stays(*signs)]
    return [text[begin:end] for begin, end in pairwise([0, *begins, len(text)])] if text else []


def _stays(before: str, sign: str) -> bool:
    """Whether a sign stays with the one before it: letters, a number with its unit, punctuation with its word."""
    if " " in (before, sign):
        return False
    if sign in _NEVER_FIRST or before in _NEVER_LAST:
        return True
    if sign in _UNITS:
        return before.isdigit() or before in _UNITS
    return display_width(before) < 2 and display_width(sign) < 2


def _fitting(text: str, width: int, begin: int = 0) -> int:
    """Where that ends which fits into `width` columns from `begin` on; at least one sign does."""
    used = 0
    for place in range(begin, len(text)):
        used += display_width(text[place])
        if used > width:
            return max(place, begin + 1)
    return len(text)
