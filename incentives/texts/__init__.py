"""How values and text look to people, in Chinese and English. Imports values and fact types."""

from __future__ import annotations

from typing import Literal

from incentives.values import Bilingual

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def in_language(words: Bilingual, lang: Lang) -> str:
    return words.zh if lang == "zh" else words.en
