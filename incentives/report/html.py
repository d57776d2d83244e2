"""A document as one HTML file that needs nothing else: no script, no font, no picture from outside.

Imports the document and its words. Whatever is in a profile or a policy is text and stays text; a policy for the
content (CSP) forbids scripts and connections all the same. Chinese in an English document says that it is Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import assert_never

from incentives.report.document import (
    Blanks,
    Block,
    Bullets,
    Cell,
    Document,
    Figures,
    Numbered,
    Pairs,
    Paragraph,
    Section,
    Table,
    Tone,
    contents,
    numbered,
)
from incentives.report.signs import clean, runs
from incentives.report.style import STYLE
from incentives.report.wording import word
from incentives.texts import Lang
from incentives.values import State

_LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_AMOUNT = re.compile(r"\d[\d,.]*[千百]?[万亿]*元")
_DEEPEST = 3
"""Cells are moved in by so many steps at most."""
_LONG = 15
"""With so many sections the document has a table of contents."""
_SHORT = 3
"""A table of so few rows stays on one page."""


def html(document: Document) -> str:
    """The whole file."""
    return "\n".join(_Writer(document.lang).document(document)) + "\n"


class _Writer:
    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def document(self, document: Document) -> Iterator[str]:
        company = next(iter(document.about), ("", ""))[1]
        yield "<!DOCTYPE html>"
        yield f'<html lang="{_LANGUAGES[self._lang]}">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{escape(clean(f'{document.title} · {company}'))}</title>"
        yield f"<style>{STYLE}</style>"
        yield "</head>"
        yield "<body>"
        yield "<main>"
        yield "<header>"
        yield f"<h1>{self._text(document.title)}</h1>"
        yield from self._pairs(Pairs(document.about))
        yield "</header>"
        yield from self._contents(document)
        for place, section in enumerate(document.sections, 1):
            yield from self._section(section, (place,))
        yield "</main>"
        yield "</body>"
        yield "</html>"

    def _contents(self, document: Document) -> Iterator[str]:
        if sum(map(_size, document.sections)) < _LONG:
            return
        found = list(contents(document))
        label = word("contents", self._lang)
        yield f'<nav aria-label="{escape(label)}">'
        yield f'<p class="label">{self._text(label)}</p>'
        yield "<ol>"
        for place, entry in enumerate(found):
            deeper = found[place + 1].level > entry.level if place + 1 < len(found) else False
            back = entry.level - (found[place + 1].level if place + 1 < len(found) else 1)
            yield f'<li><a href="#{_anchor(entry)}">{self._heading(entry)}</a>{"<ol>" if deeper else "</li>"}'
            yield from ["</ol></li>"] * back if back > 0 else []
        yield "</ol>"
        yield "</nav>"

    def _section(self, section: Section, place: tuple[int, ...]) -> Iterator[str]:
        entry = numbered(section, place, self._lang)
        heading = f"h{min(entry.level + 1, 6)}"
        yield f'<section aria-labelledby="{_anchor(entry)}">'
        yield f'<{heading} id="{_anchor(entry)}">{self._heading(entry)}</{heading}>'
        inside = 0
        for block in section.blocks:
            if isinstance(block, Section):
                inside += 1
                yield from self._section(block, (*place, inside))
            else:
                yield from self._block(block)
        yield "</section>"

    def _heading(self, entry: Numbered) -> str:
        return f'<span class="number">{escape(entry.number)}</span>{self._text(entry.section.title)}'

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield self._paragraph(block)
            case Figures(rows):
                yield '<dl class="figures">'
                for label, figure in rows:
                    yield f"<div><dt>{self._text(label)}</dt><dd>{self._text(figure)}</dd></div>"
                yield "</dl>"
            case Pairs():
                yield from self._pairs(block)
            case Bullets(items):
                yield from self._bullets(items)
            case Table():
                yield from self._table(block)
            case Blanks(labels):
                yield '<div class="blanks">'
                yield from (f'<p>{self._text(label)}<span class="line"></span></p>' for label in labels)
                yield "</div>"
            case Section():
                raise TypeError("a section is written with its number")
            case _:
                assert_never(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        tag = "blockquote" if paragraph.tone is Tone.QUOTE else "p"
        classes = [*([] if paragraph.tone is Tone.PLAIN else [paragraph.tone.value]), *_classes(paragraph.state)]
        return f"<{tag}{_class(classes)}>{self._text(paragraph.text)}</{tag}>"

    def _pairs(self, pairs: Pairs) -> Iterator[str]:
        """A label that is the same as the one before is said once."""
        yield '<dl class="pairs">'
        before = None
        for label, text in pairs.rows:
            yield f"<dt>{self._text(label) if label != before else ''}</dt><dd>{self._text(text)}</dd>"
            before = label
        yield "</dl>"

    def _bullets(self, items: tuple[tuple[int, str], ...]) -> Iterator[str]:
        """Deeper ones lie in a list of their own, inside the item that they follow."""
        depth = 0
        yield "<ul>"
        for place, (wanted, text) in enumerate(items):
            while depth > wanted:
                yield "</ul></li>"
                depth -= 1
            deeper = place + 1 < len(items) and items[place + 1][0] > wanted
            yield f"<li>{self._text(text)}{'<ul>' if deeper else '</li>'}"
            depth += deeper
        yield "</ul></li>" * depth + "</ul>"

    def _table(self, table: Table) -> Iterator[str]:
        """Roles are said, since the cards of a phone take a table's own away."""
        short = ["short"] if len(table.rows) <= _SHORT else []
        yield f'<table role="table"{_class(short)}>'
        yield f"<caption>{self._text(table.caption)}</caption>"
        yield "<colgroup>" + "".join(f'<col style="width:{width}%">' for width in table.widths) + "</colgroup>"
        yield '<thead role="rowgroup"><tr role="row">'
        yield "".join(f'<th scope="col" role="columnheader">{self._text(head)}</th>' for head in table.head)
        yield "</tr></thead>"
        yield '<tbody role="rowgroup">'
        for first, *rest in table.rows:
            cells = [f'<th scope="row" role="rowheader"{_class(_indent(first))}>{self._cell(first)}</th>']
            for head, cell in zip(table.head[1:], rest, strict=True):
                empty = [] if cell.text or cell.remarks else ["empty"]
                label = f' data-label="{escape(head)}"'
                cells.append(
                    f'<td role="cell"{label}{_class([*_classes(cell.state), *empty])}>{self._cell(cell)}</td>'
                )
            yield f'<tr role="row">{"".join(cells)}</tr>'
        yield "</tbody>"
        yield "</table>"

    def _cell(self, cell: Cell) -> str:
        remarks = "".join(f'<span class="note">{self._text(remark)}</span>' for remark in cell.remarks)
        return f"<span>{self._text(cell.text)}{remarks}</span>" if cell.text or cell.remarks else ""

    def _text(self, text: str) -> str:
        """The text as text: in Chinese amounts keep their unit, in English runs of Chinese say what they are."""
        plain = clean(text)
        if self._lang == "zh":
            return _AMOUNT.sub(r'<span class="sum">\g<0></span>', escape(plain))
        parts = [
            f'<span lang="zh-CN">{escape(run.text)}</span>' if run.chinese else escape(run.text)
            for run in runs(plain)
        ]
        return "".join(parts)


def _size(section: Section) -> int:
    """A section and all that lie in it, counted."""
    return 1 + sum(_size(block) for block in section.blocks if isinstance(block, Section))


def _anchor(entry: Numbered) -> str:
    return "s" + "-".join(str(count) for count in entry.place)


def _classes(state: State | None) -> list[str]:
    return [] if state is None else [state.value]


def _indent(cell: Cell) -> list[str]:
    return [f"depth-{min(cell.depth, _DEEPEST)}"] if cell.depth else []


def _class(names: list[str]) -> str:
    return f' class="{" ".join(names)}"' if names else ""
