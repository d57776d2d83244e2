"""What everything that speaks to people shares: the two languages, and text laid out by width. Imports values."""

from __future__ import annotations

from typing import Literal

from incentives.values import Bilingual

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def in_language(words: Bilingual, lang: Lang) -> str:
    return words.zh if lang == "zh" else words.en
