"""What looks unusual and is right: it is read, and says nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from incentives.facts.profile import Profile
from incentives.facts.reader import load_profile, profile_of, read_profile
from incentives.source.loader import SIZE_LIMIT, load_text
from tests.bad.cases import vocabulary


def _profile(text: str, name: str = "profile.yaml") -> Profile:
    return read_profile(load_text(text, name), vocabulary())


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes("name: 甲公司\n".encode("utf-8-sig"))
    assert load_profile(path, vocabulary()).company.name == "甲公司"


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes("name: 甲公司\r\nstaff: 10人\r\n".encode())
    assert load_profile(path, vocabulary()).company.values["staff"] == 10


@pytest.mark.parametrize("name", ["profile.json", "profile.yaml", "standard input"])
def test_json_escapes_are_read_under_any_name(name: str) -> None:
    escaped = _profile('{"name": "\\ud83d\\ude00\\u516c\\u53f8", "industry_fields": ["a\\/b"]}', name)
    assert escaped.company.name == "😀公司"
    assert escaped.company.values["industry_fields"] == frozenset(("a/b",))


def test_an_emoji_and_rare_characters_are_read() -> None:
    assert _profile("name: 😀𠮷公司\n").company.name == "😀𠮷公司"


def test_null_is_unknown_and_an_empty_list_is_known() -> None:
    profile = _profile("staff:\nprofit: ~\nfounded: null\nprojects:\nplatforms: []\nindustry_fields: []\n")
    assert dict(profile.company.values) == {"industry_fields": frozenset()}
    assert dict(profile.lists) == {"platform": ()}


def test_a_date_needs_no_quotes() -> None:
    assert _profile("founded: 2024-03-01\n").company.values["founded"] == date(2024, 3, 1)


def test_a_code_needs_no_quotes_where_it_has_no_leading_zero() -> None:
    assert _profile("registered_district: 510107\n").company.values["registered_district"] == "510107"


def test_a_credit_code_in_small_letters_is_read() -> None:
    assert _profile("uscc: 91510116ma0000066g\n").company.values["uscc"] == "91510116MA0000066G"


def test_names_may_be_numbers_and_words_in_quotes() -> None:
    profile = _profile('name: 12\nprojects: [{name: 2024}, {name: "yes"}, {id: 1, name: 2024}]\n')
    assert [(item.key, item.name) for item in profile.lists["project"]] == [
        ("2024", "2024"),
        ("yes", "yes"),
        ("1", "2024"),
    ]


def test_block_text_and_comments_are_read() -> None:
    profile = _profile("# 注\nname: >-\n  甲公司\n  武侯分公司\nstaff: 10人 # 年末\n")
    assert profile.company.name == "甲公司 武侯分公司"


def test_a_file_with_an_ending_in_capitals_is_read(tmp_path: Path) -> None:
    path = tmp_path / "PROFILE.JSON"
    path.write_text('{"name": "甲公司"}', encoding="utf-8")
    assert load_profile(path, vocabulary()).company.name == "甲公司"


def test_a_file_as_large_as_is_allowed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    text = "name: 甲公司\n".encode()
    path.write_bytes(text + b"#" * (SIZE_LIMIT - len(text)))
    assert load_profile(path, vocabulary()).company.name == "甲公司"


def test_python_data_is_read_like_a_file() -> None:
    given = {
        "name": "甲公司",
        "staff": 10,
        "founded": date(2024, 3, 1),
        "projects": ({"name": "甲", "investment": "1亿元"},),
    }
    written = _profile("name: 甲公司\nstaff: 10\nfounded: 2024-03-01\nprojects: [{name: 甲, investment: 1亿元}]\n")
    assert profile_of(given, vocabulary()) == written
