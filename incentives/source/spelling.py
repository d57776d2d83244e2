"""What a misspelt word may have been meant to be. Imports records."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from incentives.records import NamedTuple

_CLOSE_ENOUGH = 0.6
"""Of 1, the ratio of difflib: twice the signs that match, by the signs of both words."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to `word`, if one is close enough to have been meant and no other is as close."""
    return _nearest(word, frozenset(known))


class _Known(NamedTuple):
    """Known words by their length, each with a bit for each of its signs, and another for a second `a`."""

    bits: dict[tuple[str, int], int]
    by_length: dict[int, list[tuple[str, int]]]


@lru_cache(maxsize=1024)
def _nearest(word: str, known: frozenset[str]) -> str | None:
    candidates = _candidates(word, known)
    if not candidates:
        return None
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=word)
    best, closest = _CLOSE_ENOUGH, list[str]()
    for bound, other in sorted(candidates, reverse=True):
        if bound < best:
            break
        matcher.set_seq1(other)
        ratio = matcher.ratio()
        if ratio > best:
            best, closest = ratio, [other]
        elif ratio == best:
            closest.append(other)
    return closest[0] if len(closest) == 1 else None


def _candidates(word: str, known: frozenset[str]) -> list[tuple[float, str]]:
    """The words that can be close enough, by the signs they have in common, each with the closest it can be."""
    bits, by_length = _prepared(known)
    length = len(word)
    signs: int | None = None
    found: list[tuple[float, str]] = []
    for other_length, others in by_length.items():
        both = length + other_length
        if _ratio(min(length, other_length), both) < _CLOSE_ENOUGH:
            continue
        if signs is None:
            signs = _signs(word, bits)
        fewest = int(_CLOSE_ENOUGH * both / 2)  # one less than are needed, or as many
        found += [
            (_ratio(in_common, both), other)
            for other, other_signs in others
            if (in_common := (other_signs & signs).bit_count()) >= fewest
        ]
    return found


def _ratio(in_common: int, both: int) -> float:
    return 2.0 * in_common / both if both else 1.0


@lru_cache(maxsize=32)
def _prepared(known: frozenset[str]) -> _Known:
    bits: dict[tuple[str, int], int] = {}
    by_length: dict[int, list[tuple[str, int]]] = {}
    for word in known:
        for place in _numbered(word):
            bits.setdefault(place, 1 << len(bits))
        by_length.setdefault(len(word), []).append((word, _signs(word, bits)))
    return _Known(bits, by_length)


def _signs(word: str, bits: dict[tuple[str, int], int]) -> int:
    """The bits of a word's signs; those that no known word has count for nothing."""
    found = 0
    for place in _numbered(word):
        found |= bits.get(place, 0)
    return found


def _numbered(word: str) -> list[tuple[str, int]]:
    """Each sign with how many of it stand before."""
    before: dict[str, int] = {}
    places: list[tuple[str, int]] = []
    for sign in word:
        nth = before.get(sign, 0)
        before[sign] = nth + 1
        places.append((sign, nth))
    return places
