"""A profile that is written and read again says the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from incentives import Evaluator, PolicySet
from incentives.explain.profile_text import profile_text
from incentives.facts.places import Place
from incentives.facts.reader import read_profile
from incentives.facts.types import MoneyType, RateType, TextType
from incentives.facts.writing import written, written_text
from incentives.language.store import shipped_policies
from incentives.source.loader import load_text
from tests.generators import VOCABULARY_FILE
from tests.verdicts import profile_of_raw, vocabulary_of
from tests.whole.profiles import whole_case

EXAMPLES = sorted(shipped_policies().glob("*/examples/*.yaml"))


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0.00", "0元"), ("100000000.00", "1亿元"), ("123450000.00", "1.2345亿元"), ("99999999.99", "99999999.99元"),
     ("8000000.00", "800万元"), ("-50000.00", "-5万元"), ("1234.50", "1234.5元"), ("10001.00", "1.0001万元")],
)  # fmt: skip
def test_money_is_written_with_its_unit_and_without_commas(amount: str, text: str) -> None:
    assert written(MoneyType(negative=True), Decimal(amount)) == text


def test_words_that_yaml_takes_for_something_else_are_quoted() -> None:
    assert [written_text(text) for text in ("微波射频", "C3973", "510107", "yes", "a: b", "1e5")] == [
        "微波射频", "C3973", '"510107"', '"yes"', '"a: b"', '"1e5"'
    ]  # fmt: skip
    assert written(RateType(), Decimal("0.125")) == "12.5%"
    assert written(TextType(), "“引号”") == '"“引号”"'


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_shipped_examples_come_back_as_they_were(path: object, shipped: PolicySet) -> None:
    profile = Evaluator(shipped).profile(str(path))
    text = profile_text(profile, shipped.vocabulary, "zh", (Place("company", None, "revenue", 2024),))
    assert "# - 营业收入（2024）" in text
    again = read_profile(load_text(text, "again.yaml"), shipped.vocabulary)
    assert (again.company, again.lists) == (profile.company, profile.lists)


def test_generated_profiles_come_back_as_they_were() -> None:
    vocabulary = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
    for number in range(100):
        profile = profile_of_raw(whole_case(number).full, vocabulary)
        again = read_profile(load_text(profile_text(profile, vocabulary, "en"), "again.yaml"), vocabulary)
        assert (again.company, again.lists) == (profile.company, profile.lists), number


def test_a_date_and_a_company_without_a_name_come_back(shipped: PolicySet) -> None:
    profile = Evaluator(shipped).profile({"founded": date(2024, 2, 29)})
    again = read_profile(load_text(profile_text(profile, shipped.vocabulary, "zh"), "again.yaml"), shipped.vocabulary)
    assert again.company == profile.company
