"""How sections are counted: in Chinese as official documents are, in English with points."""

from __future__ import annotations

import pytest

from incentives.report.document import Document, Section, contents, numbered
from incentives.report.wording import WORDS
from incentives.texts import Lang

LEAF = Section("节", ())


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ((1,), "一、", "1 "),
        ((10,), "十、", "10 "),
        ((12,), "十二、", "12 "),
        ((20,), "二十、", "20 "),
        ((99,), "九十九、", "99 "),
        ((100,), "100、", "100 "),
        ((2, 11), "（十一）", "2.11 "),
        ((2, 1, 3), "3. ", "2.1.3 "),
        ((2, 1, 3, 4), "（4）", "2.1.3.4 "),
    ],
)
def test_sections_are_counted_as_documents_count_them(place: tuple[int, ...], zh: str, en: str) -> None:
    found: dict[Lang, str] = {"zh": zh, "en": en}
    for lang, number in found.items():
        assert numbered(LEAF, place, lang).number == number


def test_the_contents_hold_the_two_upper_levels() -> None:
    inner = Section("中", (LEAF, LEAF))
    document = Document("zh", "题", (), (Section("上", (inner, inner)), LEAF))
    found = [(entry.level, entry.number, entry.section.title) for entry in contents(document)]
    assert found == [(1, "一、", "上"), (2, "（一）", "中"), (2, "（二）", "中"), (1, "二、", "节")]


@pytest.mark.parametrize("key", WORDS)
def test_the_words_of_documents_have_the_same_blanks_in_both_languages(key: str) -> None:
    words = WORDS[key]
    assert words.zh
    assert words.en
    assert words.zh.count("{") == words.en.count("{")
