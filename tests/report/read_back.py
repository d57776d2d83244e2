"""Reports read back: HTML by its elements, Word by its paragraphs and tables, text without its layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

_VOID = ("meta", "col", "br", "link", "img", "input")


@dataclass
class Page:
    """The elements of an HTML file in order, with their attributes; its text; what did not close."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    open: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name in names]


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._page.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._page.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._page.open and self._page.open[-1] == tag:
            self._page.open.pop()
        else:
            self._page.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self._page.open:
            self._page.text += data


def page(html: bytes) -> Page:
    found = Page()
    _Reader(found).feed(html.decode())
    return found


def docx_text(content: bytes) -> str:
    """Every text of a Word file, of its paragraphs and its cells."""
    from docx import Document

    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def markdown_text(content: bytes) -> str:
    """Markdown without its escapes."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", content.decode()).replace("<br>", "").replace("\u2060", "")


def flat(text: str) -> str:
    """Without white space, so that a phrase is found wherever it was laid out."""
    return re.sub(r"\s+", "", text)
