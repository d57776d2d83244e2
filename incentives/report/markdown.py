"""A document as Markdown (GFM), for programs and version control. Imports the document and signs.

Every sign that Markdown or HTML reads is escaped: a name stays a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from incentives.report.document import (
    Blanks,
    Block,
    Bullets,
    Cell,
    Document,
    Figures,
    Pairs,
    Paragraph,
    Section,
    Table,
    Tone,
    numbered,
)
from incentives.report.signs import clean
from incentives.texts import Lang

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&#|~$!]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{4})[.)]")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|www)(?=[:.])|@")
"""GFM makes links of these; a sign of no width between keeps them text."""


def markdown(document: Document) -> str:
    """The whole file."""
    return "\n".join(_document(document)).rstrip("\n") + "\n"


def _document(document: Document) -> Iterator[str]:
    yield f"# {_text(document.title)}"
    yield ""
    yield from _pairs(Pairs(document.about))
    for place, section in enumerate(document.sections, 1):
        yield from _section(section, (place,), document.lang)


def _section(section: Section, place: tuple[int, ...], lang: Lang) -> Iterator[str]:
    entry = numbered(section, place, lang)
    yield f"{'#' * min(entry.level + 1, 6)} {_text(entry.number)}{_text(section.title)}"
    yield ""
    inside = 0
    for block in section.blocks:
        if isinstance(block, Section):
            inside += 1
            yield from _section(block, (*place, inside), lang)
        else:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text, tone):
            yield f"{'> ' if tone in (Tone.QUOTE, Tone.CAUTION) else ''}{_text(text)}"
            yield ""
        case Figures(rows):
            yield from (f"- {_text(label)}: **{_text(figure)}**" for label, figure in rows)
            yield ""
        case Pairs():
            yield from _pairs(block)
        case Bullets(items):
            yield from (f"{'  ' * depth}- {_text(text)}" for depth, text in items)
            yield ""
        case Table(_, head, _, rows):
            yield _row([_text(one) for one in head])
            yield _row(["---"] * len(head))
            yield from (_row([_cell(cell) for cell in row]) for row in rows)
            yield ""
        case Blanks(labels):
            yield from (f"- {_text(label)}: \\_\\_\\_\\_\\_\\_\\_\\_" for label in labels)
            yield ""
        case Section():
            raise TypeError("a section is written with its number")
        case _:
            assert_never(block)


def _pairs(pairs: Pairs) -> Iterator[str]:
    yield from (f"- {_text(label)}: {_text(text)}" for label, text in pairs.rows)
    yield ""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    """Remarks follow in the same cell; how deep a condition lies is marked before it."""
    text = "".join(("› " * cell.depth, _text(cell.text)))
    return "<br>".join([text, *(_text(remark) for remark in cell.remarks)])


def _text(text: str) -> str:
    plain = _AUTOLINK.sub(lambda found: f"{found[0]}\u2060", clean(text))
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", plain)
