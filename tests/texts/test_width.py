"""Text laid out by the columns it takes in a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.texts.width import columns, display_width, pad, wrap

TEXT = st.text(
    st.sampled_from(
        "项目投资额企业武侯区微波射频1234567890abcXYZ ,.;:()[]%-—·、。，；：！？（）《》“”‘’千万亿元✓✗?…"
    ),
    max_size=80,
)
CLOSING = "，。、；：！？）》”’】,.;:!?)]}%"
OPENING = "（《“‘【([{"


def test_of_two_spaces_at_the_end_of_a_line_none_begins_the_next() -> None:
    for before in range(4, 12):
        assert [line.strip() for line in wrap("给" * before + "  if", 16)] == wrap("给" * before + "  if", 16)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("元", 2),
        ("1.2亿元", 7),
        ("（含）以上", 10),
        ("✓ 符合", 6),
        ("“等”", 4),
        ("①", 1),
        ("Ａ１，", 6),
        ("　", 2),
        ("e\u0301", 1),
        ("😀", 2),
        ("𠮷", 2),
        ("한글", 4),
        ("…", 1),
        ("·", 1),
    ],
)
def test_a_text_takes_so_many_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@given(text=TEXT, width=st.integers(0, 100))
def test_padding_fills_up_to_the_width_and_never_cuts(text: str, width: int) -> None:
    padded = pad(text, width)
    assert padded.startswith(text)
    assert set(padded[len(text) :]) <= {" "}
    assert display_width(padded) == max(width, display_width(text))


@given(text=TEXT, width=st.integers(2, 90))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(text=TEXT, width=st.integers(2, 90))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    for line in wrap(text, width):
        assert display_width(line) <= width
        assert line == line.rstrip()


PHRASES = st.builds(
    "{}{}{}".format,
    st.text(st.sampled_from(OPENING), max_size=1),
    st.text(st.sampled_from("项目投资额企业武侯区"), min_size=1, max_size=6),
    st.text(st.sampled_from(CLOSING), max_size=2),
)


@given(text=st.lists(PHRASES, max_size=20).map("".join), width=st.integers(20, 90))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert not any(line[:1] in CLOSING for line in lines[1:] if line)
    assert not any(line[-1:] in OPENING for line in lines if line)


@pytest.mark.parametrize(("sign", "in_a_line"), [("x", 80), ("元", 40)])
def test_a_text_of_a_million_signs_without_a_space_is_wrapped_as_any(sign: str, in_a_line: int) -> None:
    """Each sign is looked at a few times, however many there are: otherwise this takes minutes."""
    lines = wrap(sign * 1_000_000, 80)
    assert {*lines} == {sign * in_a_line}
    assert len(lines) == 1_000_000 // in_a_line


def test_a_text_that_fits_stays_on_one_line() -> None:
    assert wrap("投资1亿元（含）以上", 20) == ["投资1亿元（含）以上"]
    assert wrap("", 20) == [""]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("投资1亿元（含）以上的项目", 10, ["投资1亿元", "（含）以上", "的项目"]),
        ("企业、机构", 6, ["企业、", "机构"]),
        ("企业、机构", 5, ["企", "业、", "机构"]),
        ("最高 1000万元", 10, ["最高", "1000万元"]),
        ("the source is a press report", 12, ["the source", "is a press", "report"]),
        ("at least 100,000,000 yuan", 16, ["at least", "100,000,000 yuan"]),
        ("引领区“真金白银”的支持", 8, ["引领区", "“真金白", "银”的支", "持"]),
        ("wuhou-microwave-rf-2023", 10, ["wuhou-micr", "owave-rf-2", "023"]),
        ("abc 武侯", 5, ["abc", "武侯"]),
    ],
)
def test_a_line_breaks_where_a_reader_would(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(cells=st.lists(TEXT, min_size=1, max_size=4), width=st.integers(4, 30), gap=st.integers(1, 4))
def test_every_cell_stays_in_its_column(cells: list[str], width: int, gap: int) -> None:
    widths = [width] * len(cells)
    rows = columns(cells, widths, gap)
    assert len(rows) == max(len(wrap(cell, width)) for cell in cells)
    for number, cell in enumerate(cells):
        lines = [_between(row, number * (width + gap), width) for row in rows]
        assert [line.rstrip() for line in lines if line.strip()] == [
            line for line in wrap(cell, width) if line.strip()
        ]


def _between(row: str, start: int, width: int) -> str:
    """The part of a row from one display column on, as wide as asked."""
    found, column = "", 0
    for sign in row:
        if start <= column < start + width:
            found += sign
        column += display_width(sign)
    return found


@given(text=TEXT, width=st.integers(4, 60), then=st.integers(4, 60))
def test_a_first_line_of_another_width_breaks_between_the_same_words(text: str, width: int, then: int) -> None:
    first, *rest = wrap(text, width, then)
    assert first == wrap(text, width)[0]
    left = " ".join(text.split())[len(" ".join(first.split())) :]
    assert [line for line in rest if line] == [line for line in wrap(left.strip(), then) if line]
