"""What a misspelt word may have been meant to be. Imports nothing of this project."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to `word`, if one is close enough to have been meant and no other is as close."""
    from difflib import SequenceMatcher, get_close_matches

    close = get_close_matches(word, sorted(set(known)), n=2, cutoff=0.6)
    if len(close) == 2:
        first, second = (SequenceMatcher(None, other, word).ratio() for other in close)
        return close[0] if first > second else None
    return close[0] if close else None
