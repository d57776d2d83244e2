"""Facts by years: what a profile may say of each year, in every form a profile can have."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives import ProfileRefused
from incentives.decision.receipt import canonical_profile
from incentives.diagnostics import Code
from incentives.facts.profile import Profile
from incentives.facts.reader import profile_of, read_profile
from incentives.facts.series import read_fact
from incentives.facts.types import ChoiceType, MoneyType, RateType, Series, YearlyType
from incentives.source.loader import load_text
from incentives.source.tree import Node
from tests.bad.cases import vocabulary

REVENUE = Series({2023: Decimal("120000000.00"), 2024: Decimal("150000000.00")}, Decimal("80000000.00"))


def _profile(text: str, name: str = "profile.yaml") -> Profile:
    return read_profile(load_text(text, name), vocabulary())


def _codes(refused: pytest.ExceptionInfo[ProfileRefused]) -> list[Code]:
    return [found.code for found in refused.value.diagnostics]


def _written(text: str) -> Node:
    root = load_text(f"fact: {text}\n", "text").root
    assert root is not None
    found = root.get("fact")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "revenue: {2023: 1.2亿元, 2024: 1.5亿元, earlier_highest: 8000万元}",
        "revenue: {earlier_highest: 8000万元, 2024: 1.5亿元, 2023: 1.2亿元}",
        'revenue: {"2023": 1.2亿元, "2024": 1.5亿元, 2025: null, earlier_highest: 8000万元}',
        "revenue:\n  2023: 1.2亿元\n  2024: 1.5亿元\n  2025:\n  earlier_highest: 8000万元",
        "revenue: {2023: 12000万元, 2024: 15000万元, earlier_highest: 8000万元}",
        '{"revenue": {"2023": "1.2亿元", "2024": "1.5亿元", "2026": null, "earlier_highest": "8000万元"}}',
    ],
)
def test_the_years_are_read_in_every_form_and_order(text: str) -> None:
    name = "profile.json" if text.startswith("{") else "profile.yaml"
    assert _profile(text, name).company.values["revenue"] == REVENUE


@pytest.mark.parametrize("year", [str, int])
def test_the_years_of_python_data_may_be_text_or_numbers(year: Any) -> None:
    data = {
        "revenue": {year(2023): "1.2亿元", year(2024): "1.5亿元", "earlier_highest": "8000万元", year(2025): None}
    }
    assert profile_of(data, vocabulary()).company.values["revenue"] == REVENUE


def test_a_year_of_python_data_cannot_be_given_in_both_forms() -> None:
    with pytest.raises(ProfileRefused) as refused:
        profile_of({"revenue": {2024: "1亿元", "2024": "2亿元"}}, vocabulary())
    assert _codes(refused) == [Code.KEY_NOT_TEXT]


@pytest.mark.parametrize("key", [24, True, 20240, -2024, 2024.0, None, date(2024, 1, 1)])
def test_a_key_of_python_data_that_is_no_year_is_refused(key: object) -> None:
    with pytest.raises(ProfileRefused) as refused:
        profile_of({"revenue": {key: "1亿元"}}, vocabulary())
    assert _codes(refused) == [Code.KEY_NOT_TEXT]


@pytest.mark.parametrize("years", ["{}", "{2024: null}", "{2023: , 2024: ~}", "null", ""])
def test_a_fact_of_which_no_year_is_known_is_unknown(years: str) -> None:
    assert dict(_profile(f"revenue: {years}\nstaff: 1人\n").company.values) == {"staff": 1}


def test_a_year_after_the_first_may_stay_unknown_beside_the_highest_before() -> None:
    found = _profile("revenue: {2022: 1亿元, 2023: null, earlier_highest: 2亿元}").company.values["revenue"]
    assert found == Series({2022: Decimal("100000000.00")}, Decimal("200000000.00"))


def test_years_of_other_types_are_read() -> None:
    values = _profile("audited: {2024: true}\nyear_end_staff: {1900: 3, 2200: 1.5万人}").company.values
    assert values["audited"] == Series({2024: True})
    assert values["year_end_staff"] == Series({1900: 3, 2200: 15000})
    size = YearlyType(ChoiceType(("小型", "大型"), ordered=True))
    assert read_fact("size", size, _written("{2024: 大型}")) == (Series({2024: "大型"}), ())
    share = YearlyType(RateType(upper=Decimal(1)))
    _, found = read_fact("share", share, _written("{2023: 100%, 2024: 101%}"))
    assert [problem.code for problem in found] == [Code.ABOVE_UPPER]


def test_a_series_cannot_be_changed() -> None:
    found = _profile("revenue: {2024: 1亿元}").company.values["revenue"]
    assert isinstance(found, Series)
    assert isinstance(found.years, MappingProxyType)


AMOUNTS = st.integers(0, 10**6).map(lambda wan: f"{wan}万元")
YEARS = st.dictionaries(st.integers(1900, 2200), st.none() | AMOUNTS, max_size=6)


@given(years=YEARS, highest=st.none() | AMOUNTS)
def test_what_is_read_is_what_was_given(years: dict[int, str | None], highest: str | None) -> None:
    data = {str(year): amount for year, amount in years.items()} | {"earlier_highest": highest}
    value, found = read_fact("revenue", YearlyType(MoneyType()), _written(json.dumps(data, ensure_ascii=False)))
    known = {year: Decimal(amount.removesuffix("万元")) * 10000 for year, amount in years.items() if amount}
    if highest and (not known or min(years) not in known):
        assert value is None
        assert [problem.code for problem in found] == [Code.EARLIER_THAN_NOTHING]
    elif known:
        assert value == Series(known, Decimal(highest.removesuffix("万元")) * 10000 if highest else None)
    else:
        assert (value, found) == (None, ())


def test_the_receipt_holds_every_year_and_no_order() -> None:
    one = canonical_profile(_profile("revenue: {2023: 1.2亿元, 2024: 1.5亿元, earlier_highest: 8000万元}"))
    shuffled = _profile("revenue: {earlier_highest: 80000000元, 2024: 15000万元, 2023: 12000万元, 2025: null}")
    assert one == canonical_profile(shuffled)
    assert one["company"]["facts"]["revenue"] == {
        "years": {"2023": "120000000", "2024": "150000000"},
        "earlier_highest": "80000000",
    }
    assert json.loads(json.dumps(one)) == one
    for other in (
        "revenue: {2023: 1.2亿元, 2024: 1.5亿元}",
        "revenue: {2023: 1.2亿元, 2025: 1.5亿元, earlier_highest: 8000万元}",
        "revenue: {2023: 1.2亿元, 2024: 1.6亿元, earlier_highest: 8000万元}",
    ):
        assert canonical_profile(_profile(other)) != one


def test_a_key_in_quotes_that_is_no_year_is_named_at_its_place() -> None:
    with pytest.raises(ProfileRefused) as refused:
        _profile('revenue: {"0024": 1亿元, 2024: 1亿元}')
    [found] = refused.value.diagnostics
    assert (found.code, found.span[1:3]) == (Code.NOT_A_YEAR, (1, 11))


def test_keys_without_years_are_no_value() -> None:
    _, found = read_fact("profit", MoneyType(), _written("{}"))
    assert [problem.code for problem in found] == [Code.NOT_ONE_VALUE]
