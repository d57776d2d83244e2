"""A mean of one amount and of nothing is told as a share of it, and comes to that share."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.explain.means import as_share, is_nothing, share_text
from incentives.explain.terms import term_text
from incentives.facts.types import BooleanType, CountType, MoneyType
from incentives.language.nodes import Combined, Decided, Difference, How, Literal, Term
from incentives.values import Bilingual
from tests.explain.test_formulas import shown

X, Y, NOTHING = (Literal(Decimal(value), MoneyType()) for value in (300, 500, 0))


@pytest.mark.parametrize(
    ("of", "zh", "en"),
    [
        ((X, NOTHING), "300元的一半", "half of 300 yuan"),
        ((X, NOTHING, NOTHING), "300元的三分之一", "one third of 300 yuan"),
        ((X, X, NOTHING), "300元的三分之二", "two thirds of 300 yuan"),
        ((NOTHING, X, NOTHING, X), "300元的一半", "half of 300 yuan"),
        ((X, X, X, NOTHING), "300元的四分之三", "three quarters of 300 yuan"),
        ((*[X] * 9, NOTHING), "300元的十分之九", "nine tenths of 300 yuan"),
        ((*[X] * 5, *[NOTHING] * 7), "300元的12分之5", "5/12 of 300 yuan"),
        ((X, X), "300元", "300 yuan"),
        ((NOTHING, NOTHING), "0元", "0 yuan"),
        ((X, Y), "300元、500元的平均", "mean of 300 yuan, 500 yuan"),
        ((X, Y, NOTHING), "300元、500元、0元的平均", "mean of 300 yuan, 500 yuan, 0 yuan"),
        ((Difference(X, Y), NOTHING), "（300元减去500元）的一半", "half of (300 yuan less 500 yuan)"),
        (
            (Combined(How.SUM, (X, Y)), NOTHING, NOTHING),
            "（300元＋500元）的三分之一",
            "one third of (300 yuan + 500 yuan)",
        ),
    ],
)
def test_a_mean_is_told_as_a_share_of_its_one_amount(of: tuple[Term, ...], zh: str, en: str) -> None:
    assert term_text(Combined(How.MEAN, of)) == Bilingual(zh, en)


@pytest.mark.parametrize(
    ("of", "en"),
    [
        ("sum of area over all premises", "one third of the sum of area over all premises"),
        ("largest of area over all premises", "one third of the largest of area over all premises"),
        ("summer rent", "one third of summer rent"),
    ],
)
def test_a_part_of_what_is_put_together_is_a_part_of_the_one(of: str, en: str) -> None:
    assert share_text(Fraction(1, 3), Bilingual("面积", of)) == Bilingual("面积的三分之一", en)


def test_a_ceiling_that_has_only_a_floor_is_an_amount() -> None:
    ceiling = Decided(None, Decided(X, None, unpublished=False), unpublished=False)
    assert term_text(ceiling) == Bilingual("最高不低于300元", "up to an amount not below 300 yuan")


@given(st.lists(st.sampled_from((0, 0, 300, 300, 500)), min_size=1, max_size=14))
def test_the_share_comes_to_the_mean(values: list[int]) -> None:
    share = as_share([Literal(Decimal(value), MoneyType()) for value in values])
    amounts = {value for value in values if value}
    assert (share is None) is (len(amounts) > 1)
    if share is not None:
        assert isinstance(share.of, Literal)
        assert isinstance(share.of.value, Decimal)
        assert share.part * Fraction(share.of.value) == mean(map(Fraction, values))


@pytest.mark.parametrize(("value", "of", "nothing"), [(0, CountType("人"), True), (False, BooleanType(), False)])
def test_nothing_is_a_number(value: Any, of: Any, nothing: bool) -> None:
    assert is_nothing(Literal(value, of)) is nothing


@given(st.fractions(0, 1, max_denominator=30).filter(bool))
def test_a_share_is_told_in_figures_or_in_words(part: Fraction) -> None:
    told = share_text(part, Bilingual("甲", "A"))
    figures = part.denominator > 10
    assert any(sign.isdigit() for sign in told.zh) is figures
    assert any(sign.isdigit() for sign in told.en) is figures


def test_parts_paid_over_years_are_told_as_shares_of_the_award() -> None:
    limited = {"instalments": {"years": 3, "each_up_to": {"last_year": "local_contribution"}}}
    award = {"share": "10%", "of": {"last_year": "revenue"}, **limited}
    assert "（上年营业收入的10%的三分之一，最高上年地方经济贡献额）＋最高上年营业收入的10%的三分之二" in shown(award)
    assert "uptotwothirdsof10%oflastyear'soperatingrevenue" in shown(award, "en")
