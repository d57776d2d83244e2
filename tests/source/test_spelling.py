"""The nearest word is the one difflib finds, found faster."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from incentives.source.spelling import nearest

WORDS = st.text("abct_企业", max_size=9) | st.sampled_from(
    ("title", "titles", "tilte", "at_least", "at_most", "主体类型")
)


def by_difflib(word: str, known: list[str]) -> str | None:
    close = get_close_matches(word, sorted(set(known)), n=2, cutoff=0.6)
    ratios = [SequenceMatcher(None, other, word).ratio() for other in close]
    return close[0] if close and (len(close) == 1 or ratios[0] > ratios[1]) else None


@given(word=WORDS, known=st.lists(WORDS, max_size=12))
def test_it_finds_what_difflib_finds(word: str, known: list[str]) -> None:
    assert nearest(word, known) == by_difflib(word, known)


@given(word=WORDS, known=st.lists(WORDS, max_size=12))
def test_the_order_of_the_known_words_does_not_matter(word: str, known: list[str]) -> None:
    assert nearest(word, known) == nearest(word, reversed(known))


def test_a_word_of_any_length_costs_nothing() -> None:
    assert nearest("x" * 5_000_000, ["title", "x" * 40]) is None
