"""Numbers with the nouns that agree with them."""

from __future__ import annotations

import pytest

from incentives.texts import Count


@pytest.mark.parametrize(("number", "text"), [(0, "0 clauses"), (1, "1 clause"), (2, "2 clauses")])
def test_a_noun_agrees_with_its_number(number: int, text: str) -> None:
    assert f"{Count(number):clause|clauses}" == text


def test_without_a_noun_the_number_stands_alone() -> None:
    assert f"{Count(3)}" == "3"
