"""Codes of published systems: which texts are one, and with which texts one can begin."""

from __future__ import annotations

import pytest

from incentives.facts.types import CodeType

DISTRICT = CodeType("GB/T 2260", 6)
INDUSTRY = CodeType("GB/T 4754-2017", None, pattern="[A-T]([0-9]{2,4})?", example="C3973")


@pytest.mark.parametrize(
    ("code", "text", "fits", "begins"),
    [
        (DISTRICT, "510107", True, True),
        (DISTRICT, "5101", False, True),
        (DISTRICT, "5", False, True),
        (DISTRICT, "", False, False),
        (DISTRICT, "5101070", False, False),
        (DISTRICT, "51010A", False, False),
        (DISTRICT, "５１", False, False),
        (DISTRICT, "510107\n", False, False),
        (INDUSTRY, "C3973", True, True),
        (INDUSTRY, "C39", True, True),
        (INDUSTRY, "C", True, True),
        (INDUSTRY, "C3", False, False),
        (INDUSTRY, "Z39", False, False),
        (INDUSTRY, "C39731", False, False),
        (INDUSTRY, "xC39", False, False),
        (INDUSTRY, "", False, False),
    ],
)
def test_a_code_fits_whole_and_begins_with_its_parts(code: CodeType, text: str, fits: bool, begins: bool) -> None:
    assert code.fits(text) is fits
    assert code.can_begin_with(text) is begins


def test_a_text_longer_than_any_code_is_not_even_tried() -> None:
    endless = CodeType("示例", None, pattern="[A-Z]+", example="A")
    assert endless.fits("A" * 32)
    assert not endless.fits("A" * 33)
    assert not endless.can_begin_with("A" * 33)
