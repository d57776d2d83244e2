"""Codes of published systems: which texts are one, and with which texts one can begin."""

from __future__ import annotations

import pytest

from incentives import load_policies
from incentives.facts.types import CodeType, ManyType
from incentives.facts.vocabulary import Vocabulary
from incentives.facts.vocabulary_files import read_vocabulary
from incentives.source.loader import load_text

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


# Labels -------------------------------------------------------------------------------------------

CODES = """\
vocabulary: 1
extends: nothing
entities:
  company:
    title: 申报主体
    facts:
      seat: {title: 注册地, CODE, labels: {"510107": 武侯区}, ASKED}
      plants: {title: 厂址, CODE, many: true, ASKED}
      other: {title: 其他, type: code, system: 另一套, digits: 6, ASKED}
  site:
    title: 项目
    list: sites
    question: 有哪些项目？
    facts:
      place: {title: 实施地, CODE, labels: {"510107": 武侯, "51": 四川省}, ASKED}
"""
CODE = "type: code, system: GB/T 2260, digits: 6"
ASKED = "question: 在哪？, supplied_by: company"
MORE = """\
vocabulary: 1
entities:
  company:
    facts:
      branch: {title: 分支, CODE, labels: {"330108": 滨江区}, ASKED}
"""


def labels(vocabulary: Vocabulary, entity: str, fact: str) -> dict[str, str]:
    of = vocabulary.entities[entity].facts[fact].type
    code = of.of if isinstance(of, ManyType) else of
    assert isinstance(code, CodeType)
    return dict(code.labels)


def read(text: str, base: Vocabulary | None = None) -> Vocabulary:
    return read_vocabulary(load_text(text.replace("CODE", CODE).replace("ASKED", ASKED), "vocabulary.yaml"), base)


def test_what_a_code_means_is_known_of_every_fact_of_its_system() -> None:
    alone = read(CODES)
    assert labels(alone, "company", "plants") == {"510107": "武侯区", "51": "四川省"}
    assert labels(alone, "company", "seat") == {"510107": "武侯区", "51": "四川省"}
    assert labels(alone, "site", "place") == {"510107": "武侯", "51": "四川省"}, "its own word goes first"
    assert labels(alone, "company", "other") == {}


def test_labels_of_another_file_are_added() -> None:
    both = read(MORE, read(CODES))
    assert labels(both, "company", "seat") == {"510107": "武侯区", "51": "四川省", "330108": "滨江区"}
    assert labels(both, "company", "branch") == labels(both, "company", "seat")


def test_every_district_of_the_shipped_vocabulary_is_told_by_its_name() -> None:
    found = load_policies().vocabulary
    assert labels(found, "contract", "counterparty_district") == labels(found, "company", "registered_district")
    assert labels(found, "contract", "counterparty_district")["330108"] == "杭州市滨江区"
