"""The one kind of number that can be a key without quotes. Imports nothing of this project."""

from __future__ import annotations

import re

_YEAR = r"[1-9][0-9]{3}\Z"


def is_year_key(text: str) -> bool:
    """Whether a key is four digits: with and without quotes it means the same, and it is written in no other way."""
    return re.match(_YEAR, text) is not None
