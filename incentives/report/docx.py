"""A document as a Word file, by python-docx, which the extra `report` installs. Imports the document and its words.

Set as the HTML is: A4, body in Song and headings in Hei, heads of tables repeated and rows whole, pages numbered.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import assert_never

from docx import api
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

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
from incentives.values import State

_SONG, _HEI, _KAI, _LATIN = "宋体", "黑体", "楷体", "Times New Roman"
_WIDTH = 210 - 22 - 20
"""Millimetres between the margins."""
_SOFT = RGBColor(0x55, 0x55, 0x55)
_COLOURS = {
    State.HOLDS: RGBColor(0x14, 0x68, 0x2F),
    State.FAILS: RGBColor(0xA3, 0x16, 0x1C),
    State.MISSING: RGBColor(0x85, 0x50, 0x00),
    State.JUDGEMENT: RGBColor(0x85, 0x50, 0x00),
}
_HEADINGS = (15, 13, 11, 10.5)
_SMALL, _TABLE, _BODY = Pt(8.5), Pt(9), Pt(10.5)
_DEEPEST = 3


def docx(document: Document, on: date) -> bytes:
    """The whole file; it says that it was made on that day."""
    word = api.Document()
    _set_up(word, document, on)
    title = word.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(clean(document.title))
    _pairs(word, Pairs(document.about))
    for place, section in enumerate(document.sections, 1):
        _section(word, section, (place,), document.lang)
    written = BytesIO()
    word.save(written)
    return written.getvalue()


# The page and the styles --------------------------------------------------------------------------


def _set_up(word: WordDocument, document: Document, on: date) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(22), Mm(20)
    page.top_margin, page.bottom_margin = Mm(24), Mm(22)
    properties = word.core_properties
    properties.title, properties.author, properties.comments = document.title, "incentives", ""
    properties.language = "zh-CN" if document.lang == "zh" else "en"
    made = datetime(on.year, on.month, on.day, tzinfo=UTC)
    properties.created, properties.modified = made, made
    _style(word, "Normal", _SONG, _BODY)
    _style(word, "Title", _HEI, Pt(18), bold=True)
    for level, size in enumerate(_HEADINGS, 1):
        _style(word, f"Heading {level}", _HEI, Pt(size), bold=True)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")


def _style(word: WordDocument, name: str, chinese: str, size: Pt, *, bold: bool = False) -> None:
    style = word.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"`{name}` of Word's own template is a style of paragraphs")
    style.font.name, style.font.size, style.font.bold = _LATIN, size, bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_after = Pt(4)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _field(paragraph: WordParagraph, name: str) -> None:
    """A field that Word fills in: the page, the number of pages."""
    for kind, text in (("begin", None), (None, name), ("end", None)):
        run = paragraph.add_run()
        if kind is not None:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


# Sections and blocks ------------------------------------------------------------------------------


def _section(word: WordDocument, section: Section, place: tuple[int, ...], lang: Lang) -> None:
    entry = numbered(section, place, lang)
    word.add_heading(f"{entry.number}{clean(section.title)}", min(entry.level, len(_HEADINGS)))
    inside = 0
    for block in section.blocks:
        if isinstance(block, Section):
            inside += 1
            _section(word, block, (*place, inside), lang)
        else:
            _block(word, block)


def _block(word: WordDocument, block: Block) -> None:
    match block:
        case Paragraph():
            _paragraph(word, block)
        case Figures(rows):
            for label, figure in rows:
                line = word.add_paragraph()
                line.add_run(f"{clean(label)}  ").font.color.rgb = _SOFT
                _run(line, figure, Pt(16), bold=True, chinese=_HEI)
        case Pairs():
            _pairs(word, block)
        case Bullets(items):
            for depth, text in items:
                bullet = word.add_paragraph(clean(text), style="List Bullet")
                bullet.paragraph_format.left_indent = Mm(6 * (depth + 1))
        case Table():
            _table(word, block)
        case Blanks(labels):
            for label in labels:
                line = word.add_paragraph(f"{clean(label)}：")
                line.add_run("\u3000" * 14).underline = True
                line.paragraph_format.space_before = Pt(10)
        case Section():
            raise TypeError("a section is written with its number")
        case _:
            assert_never(block)


def _paragraph(word: WordDocument, paragraph: Paragraph) -> None:
    written = word.add_paragraph()
    run = _run(written, paragraph.text, _BODY)
    match paragraph.tone:
        case Tone.QUOTE:
            written.paragraph_format.left_indent = Mm(6)
            _chinese_font(run._r, _KAI)
        case Tone.CAUTION:
            _shade(written._p.get_or_add_pPr(), "FDF6E7")
        case Tone.REMARK:
            run.font.color.rgb, run.font.size = _SOFT, _TABLE
        case Tone.PLAIN:
            pass
        case _:
            assert_never(paragraph.tone)
    if paragraph.state is not None:
        run.font.color.rgb = _COLOURS[paragraph.state]
        run.font.bold = paragraph.tone is Tone.PLAIN
        written.paragraph_format.keep_with_next = True


def _pairs(word: WordDocument, pairs: Pairs) -> None:
    """Label and text side by side, without lines; a label that is the same as the one before is said once."""
    table = word.add_table(rows=0, cols=2)
    table.autofit = False
    before = None
    for label, text in pairs.rows:
        added = table.add_row()
        _mark(added._tr.get_or_add_trPr(), "w:cantSplit")
        cells = added.cells
        _fill(cells[0], Cell(label if label != before else ""), _BODY, _SOFT)
        _fill(cells[1], Cell(text), _BODY)
        before = label
    _widths(table, (25, 75))
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _table(word: WordDocument, block: Table) -> None:
    caption = word.add_paragraph()
    _run(caption, block.caption, _SMALL).font.color.rgb = _SOFT
    caption.paragraph_format.keep_with_next = True
    table = word.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    head = table.rows[0]
    for cell, text in zip(head.cells, block.head, strict=True):
        _run(cell.paragraphs[0], text, _TABLE, bold=True, chinese=_HEI)
        _shade(cell._tc.get_or_add_tcPr(), "F4F4F2")
    _mark(head._tr.get_or_add_trPr(), "w:tblHeader")
    for row in block.rows:
        added = table.add_row()
        _mark(added._tr.get_or_add_trPr(), "w:cantSplit")
        for place, cell in zip(added.cells, row, strict=True):
            _fill(place, cell, _TABLE)
    _widths(table, block.widths)
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(place: WordCell, cell: Cell, size: Pt, colour: RGBColor | None = None) -> None:
    first = place.paragraphs[0]
    first.paragraph_format.space_before = first.paragraph_format.space_after = Pt(2)
    first.paragraph_format.left_indent = Mm(3 * min(cell.depth, _DEEPEST))
    run = _run(first, cell.text, size)
    if cell.state is not None:
        run.font.color.rgb = _COLOURS[cell.state]
    elif colour is not None:
        run.font.color.rgb = colour
    for remark in cell.remarks:
        below = place.add_paragraph()
        below.paragraph_format.space_after = Pt(0)
        below.paragraph_format.left_indent = first.paragraph_format.left_indent
        _run(below, remark, _SMALL).font.color.rgb = _SOFT


# Word's own parts ---------------------------------------------------------------------------------


def _widths(table: WordTable, shares: tuple[int, ...]) -> None:
    """Word goes by the cells, other programs by the columns."""
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(_WIDTH * share / 100)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(_WIDTH * share / 100)


def _run(paragraph: WordParagraph, text: str, size: Pt, *, bold: bool = False, chinese: str | None = None) -> Run:
    run = paragraph.add_run(clean(text))
    run.font.size, run.font.bold = size, bold
    if chinese is not None:
        _chinese_font(run._r, chinese)
    return run


def _chinese_font(run: BaseOxmlElement, name: str) -> None:
    run.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _shade(properties: BaseOxmlElement, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    properties.append(shade)


def _mark(properties: BaseOxmlElement, name: str) -> None:
    properties.append(OxmlElement(name))
