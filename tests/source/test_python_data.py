"""Data given by a program: lists that hold each other come to an end."""

from __future__ import annotations

import gc

import pytest

from incentives.diagnostics import Code, ProfileRefused
from incentives.diagnostics.render import message
from incentives.facts.reader import profile_of
from incentives.source import python_data
from incentives.source.loader import load_text
from incentives.source.python_data import load_python
from tests.bad.cases import vocabulary


def test_lists_that_hold_one_another_many_times_over_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_data, "VALUE_LIMIT", 1000)
    doubled: list[object] = ["甲"]
    for _ in range(20):
        doubled = [doubled, doubled]
    with pytest.raises(ProfileRefused) as refused:
        profile_of({"projects": doubled}, vocabulary())
    [found] = refused.value.diagnostics
    assert found.code is Code.FILE_TOO_LARGE
    assert message(found, "en") == "the file is larger than 1000 values"
    assert message(found, "zh") == "文件超过 1000 个值"


def test_a_list_that_holds_itself_is_too_deep() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert [found.code for found in load_python({"projects": endless}).diagnostics] == [Code.TOO_DEEP]


def test_a_value_given_in_two_places_has_the_place_it_was_found_at() -> None:
    shared = {"name": 1.5}
    found = load_python({"projects": [shared, shared]}).diagnostics
    assert [one.span.file for one in found] == ["profile: projects[0].name", "profile: projects[1].name"]


def test_a_long_key_is_shown_in_part() -> None:
    [found] = load_python({"k" * 1000: {"a": 1.5}}).diagnostics
    assert found.span.file == f"profile: {'k' * 200}….a"


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(on: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        load_text("a: [", "x.yaml")
        load_python({"a": [1.5]})
        assert gc.isenabled() is on
    finally:
        (gc.enable if was else gc.disable)()
