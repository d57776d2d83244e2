"""A document as plain data: what a writer of any format goes through, and nothing that only one of them knows.

Imports texts and values. A document holds sections, a section holds blocks and further sections; the union of
blocks is closed, so that a new kind is missed by no writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from incentives.records import NamedTuple
from incentives.texts import Lang
from incentives.values import State


class Tone(StrEnum):
    """What a paragraph is in the document, whatever it looks like."""

    PLAIN = "plain"
    QUOTE = "quote"
    """The words of the source."""
    CAUTION = "caution"
    """What must not be overlooked."""
    REMARK = "remark"


class Paragraph(NamedTuple):
    text: str
    tone: Tone = Tone.PLAIN
    state: State | None = None
    """The state it tells, where it tells one; its words say so as well."""


class Figures(NamedTuple):
    """The few figures that the reader looks for first, each under its label."""

    rows: tuple[tuple[str, str], ...]


class Pairs(NamedTuple):
    """Labels with their texts."""

    rows: tuple[tuple[str, str], ...]


class Bullets(NamedTuple):
    """Short sentences, each with its depth in the list."""

    items: tuple[tuple[int, str], ...]


class Cell(NamedTuple):
    """One cell: its text, remarks below it, and how deep it lies below the rows above."""

    text: str
    remarks: tuple[str, ...] = ()
    depth: int = 0
    state: State | None = None


class Table(NamedTuple):
    """`widths` are the shares of the columns, in hundredths of the whole."""

    caption: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Blanks(NamedTuple):
    """What is filled in by hand."""

    labels: tuple[str, ...]


class Section(NamedTuple):
    title: str
    blocks: tuple[Block, ...]


Block = Paragraph | Figures | Pairs | Bullets | Table | Blanks | Section


class Document(NamedTuple):
    """`about` are the few facts under its title: whose it is, and of which day."""

    lang: Lang
    title: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


class Numbered(NamedTuple):
    """A section at its place: `level` 1 is right below the title; `number` is how it is counted there."""

    level: int
    place: tuple[int, ...]
    number: str
    section: Section


_DIGITS = "零一二三四五六七八九"


def numbered(section: Section, place: tuple[int, ...], lang: Lang) -> Numbered:
    """The section with its number: in Chinese as official documents count (一、（一）1.（1）), in English 1.1."""
    return Numbered(len(place), place, _number(place, lang), section)


def contents(document: Document) -> Iterator[Numbered]:
    """The sections of the two upper levels, in order."""
    for first, section in enumerate(document.sections, 1):
        yield numbered(section, (first,), document.lang)
        inside = [block for block in section.blocks if isinstance(block, Section)]
        for second, part in enumerate(inside, 1):
            yield numbered(part, (first, second), document.lang)


def _number(place: tuple[int, ...], lang: Lang) -> str:
    last = place[-1]
    if lang == "en":
        return f"{'.'.join(str(count) for count in place)} "
    match len(place):
        case 1:
            return f"{_chinese(last)}、"
        case 2:
            return f"（{_chinese(last)}）"
        case 3:
            return f"{last}. "
        case _:
            return f"（{last}）"


def _chinese(count: int) -> str:
    """一 to 九十九; past that, digits."""
    tens, ones = divmod(count, 10)
    if tens == 0 or tens > 9:
        return _DIGITS[count] if tens == 0 else str(count)
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
