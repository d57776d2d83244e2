"""How wide text is in a terminal, counted without the package's own count."""

from __future__ import annotations

import re

_WIDE = re.compile("[ᄀ-ᅟ⺀-〿ぁ-㏿㐀-䶿一-鿿ꀀ-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦\U0001f300-\U0001faff\U00020000-\U0003fffd]")


def width(text: str) -> int:
    """Two columns for a character of Chinese, Japanese and Korean and its punctuation, else one."""
    return len(text) + len(_WIDE.findall(text))


def column_of(line: str, part: str) -> int:
    """The display column at which `part` begins in `line`."""
    return width(line[: line.index(part)])
