"""Markdown and Word: harmless whatever a name holds, and laid out so that the formats' own readers show it."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

from incentives import Explanation
from incentives.report.formats import FORMATS, render_report
from incentives.report.signs import clean
from tests.marks import needs_docx
from tests.report.read_back import docx_text, flat, markdown_text
from tests.report.test_content import REPORTED, evaluator, explained
from tests.report.test_html import HOSTILE

NAMES = [
    *HOSTILE,
    "[甲](javascript:alert(1))",
    "![](x)",
    "`甲`|乙|**丙**",
    "# 甲",
    "1. 甲",
    "- 甲",
    "www.example.com",
]


def explanation(name: str) -> Explanation:
    profile = {"name": name, "registered_district": "510107", "projects": [{"name": name}]}
    return Explanation.of(evaluator(), profile, date(2026, 3, 1), "wuhou-microwave-rf-2023")


def seen(name: str) -> str:
    return " ".join(name.splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_markdown_is_text_and_stays_text(name: str) -> None:
    written = render_report(explanation(name), ".md").decode()
    assert not re.search(r"(?<!\\)<(?!br>)", written)
    assert not re.search(r"(?<!\\)[\[\]`!]", written)
    assert not re.search(r"\bwww\.", written)
    assert flat(seen(name)) in flat(markdown_text(written.encode()))
    rows = [line for line in written.splitlines() if line.startswith("|")]
    widths = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert widths == {5, 6, 7}


def test_the_sections_of_markdown_are_headings() -> None:
    lines = render_report(explained(*REPORTED[3]), ".md").decode().splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert headings[:3] == ["# 惠企政策核对报告", "## 一、结论", "## 二、认定依据"]
    assert "### （三）现有综合型总部企业地方贡献增长奖励" in headings


def test_signs_that_no_document_may_hold_are_seen_to_have_been_there() -> None:
    assert clean("a\u202eb\u0007c\ud800d\x85e") == "a\ufffdb\ufffdc\ufffdd e"


@needs_docx
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_word_is_text_and_stays_text(name: str) -> None:
    written = render_report(explanation(name), ".docx")
    assert flat(seen(name)) in flat(docx_text(written))


@needs_docx
def test_a_word_file_is_set_for_a4_with_repeated_heads_whole_rows_and_page_numbers() -> None:
    with zipfile.ZipFile(BytesIO(render_report(explained(*REPORTED[3]), ".docx"))) as archive:
        assert archive.testzip() is None
        body = archive.read("word/document.xml").decode()
        footer = "".join(archive.read(name).decode() for name in archive.namelist() if "footer" in name)
        core = archive.read("docProps/core.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    assert re.search(r'<w:pgSz [^>]*w:w="119\d\d"', body)
    assert body.count("<w:tblHeader/>") == len(re.findall("逐项条件|各条认定", body))
    assert "<w:cantSplit/>" in body
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    assert "2025-06-01" in core
    assert 'w:eastAsia="宋体"' in styles
    assert 'w:eastAsia="黑体"' in styles


def test_every_format_is_written() -> None:
    found = explained(*REPORTED[0])
    for suffix, known in FORMATS.items():
        if known.present:
            assert render_report(found, suffix)
    with pytest.raises(KeyError):
        render_report(found, ".pdf")
