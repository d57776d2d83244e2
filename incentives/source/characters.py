"""Signs that nobody sees. Imports nothing of this project."""

from __future__ import annotations

from unicodedata import category

_UNSEEN = ("Cc", "Cf", "Cs")
_VARIATIONS = tuple(map(chr, range(0xFE00, 0xFE10)))
"""They change how the sign before them looks; Python counts them as printable, unlike the others."""


def has_control_characters(text: str) -> bool:
    """Whether the text holds a sign that nobody sees: a control, a turn of direction, a joint of no width.

    A terminal would act on it, or two texts that look the same would differ.
    """
    if text.isprintable() and not has_variations(text):
        return False
    return any((sign not in "\n\r\t" and category(sign) in _UNSEEN) or sign in _VARIATIONS for sign in set(text))


def has_variations(text: str) -> bool:
    """Whether the text holds a variation selector."""
    return not text.isascii() and any(sign in text for sign in _VARIATIONS)
