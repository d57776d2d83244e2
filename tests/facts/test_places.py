"""Profiles with something more, something else or less known."""

from __future__ import annotations

from decimal import Decimal

import incentives
from incentives.facts.places import EARLIER, Place, given, only, value_at, with_value, without
from incentives.facts.reader import profile_of

VOCABULARY = incentives.load_policies().vocabulary
PROFILE = profile_of(
    {
        "name": "甲",
        "entity_type": "企业法人",
        "revenue": {2024: "1亿元", 2025: "2亿元", "earlier_highest": "3亿元"},
        "projects": [{"name": "一期", "investment": "5000万元"}, {"name": "二期"}],
        "platforms": [],
    },
    VOCABULARY,
)
INVESTMENT = Place("project", "一期", "investment")
FIRST, SECOND = Place("company", None, "revenue", 2024), Place("company", None, "revenue", 2025)
HIGHEST = Place("company", None, "revenue", EARLIER)


def test_everything_a_profile_says_has_a_place() -> None:
    assert set(given(PROFILE)) == {
        Place("company", None, "entity_type"),
        HIGHEST,
        FIRST,
        SECOND,
        Place("project", None, None),
        INVESTMENT,
        Place("platform", None, None),
    }


def test_a_value_is_found_at_its_place() -> None:
    assert value_at(PROFILE, INVESTMENT) == Decimal(50_000_000)
    assert value_at(PROFILE, SECOND) == Decimal(200_000_000)
    assert value_at(PROFILE, HIGHEST) == Decimal(300_000_000)
    assert value_at(PROFILE, Place("project", "二期", "investment")) is None
    assert value_at(PROFILE, Place("contract", "甲", "contract_amount")) is None


def test_a_value_that_is_put_is_the_one_that_is_found_and_no_other_changes() -> None:
    for place in (INVESTMENT, SECOND, HIGHEST, Place("project", "二期", "investment")):
        changed = with_value(PROFILE, place, Decimal(7))
        assert value_at(changed, place) == Decimal(7)
        for other in given(PROFILE):
            if other != place and other.fact is not None:
                assert value_at(changed, other) == value_at(PROFILE, other), other


def test_a_year_before_the_first_says_nothing_of_the_years_before_it() -> None:
    changed = with_value(PROFILE, Place("company", None, "revenue", 2022), Decimal(1))
    assert value_at(changed, HIGHEST) is None


def test_what_is_left_out_is_not_known() -> None:
    assert set(given(without(PROFILE, [INVESTMENT]))) == set(given(PROFILE)) - {INVESTMENT}
    assert set(given(without(PROFILE, [SECOND]))) == set(given(PROFILE)) - {SECOND}


def test_the_highest_of_earlier_years_goes_with_the_first_year() -> None:
    assert set(given(without(PROFILE, [FIRST]))) == set(given(PROFILE)) - {FIRST, HIGHEST}


def test_a_list_that_goes_takes_its_items_with_it() -> None:
    left = without(PROFILE, [Place("project", None, None)])
    assert "project" not in left.lists
    assert left.lists["platform"] == ()


def test_what_alone_is_known_is_all_that_is_known() -> None:
    left = only(PROFILE, [Place("project", None, None), INVESTMENT])
    assert set(given(left)) == {Place("project", None, None), INVESTMENT}
    assert [item.key for item in left.lists["project"]] == ["一期", "二期"]
