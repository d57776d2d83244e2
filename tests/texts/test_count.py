"""Numbers with the nouns that agree with them."""

from __future__ import annotations

import pytest

from incentives.texts import Count, plural, several
from incentives.values import Bilingual


@pytest.mark.parametrize(("number", "text"), [(0, "0 clauses"), (1, "1 clause"), (2, "2 clauses")])
def test_a_noun_agrees_with_its_number(number: int, text: str) -> None:
    assert f"{Count(number):clause|clauses}" == text


def test_without_a_noun_the_number_stands_alone() -> None:
    assert f"{Count(3)}" == "3"


@pytest.mark.parametrize(
    ("one", "more"),
    [
        ("title", "titles"),
        ("incubated company", "incubated companies"),
        ("survey", "surveys"),
        ("tape-out", "tape-outs"),
        ("business", "businesses"),
        ("batch", "batches"),
        ("premises", "premises"),
    ],
)
def test_several_of_what_a_noun_names(one: str, more: str) -> None:
    assert plural(one) == more
    assert (several(Bilingual("一", one), "zh"), several(Bilingual("一", one), "en")) == ("一", more)
