"""What everything that speaks to people shares: the two languages, and text laid out by width. Imports values."""

from __future__ import annotations

from typing import Literal

from incentives.values import Bilingual

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def in_language(words: Bilingual, lang: Lang) -> str:
    return words.zh if lang == "zh" else words.en


def plural(noun: str) -> str:
    """Several of what an English noun names: titles, companies, batches; premises are several already."""
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ss", "x", "ch", "sh")) else f"{noun}s"


def several(noun: Bilingual, lang: Lang) -> str:
    """Several of what a noun names, in one language."""
    return noun.zh if lang == "zh" else plural(noun.en)


class Count(int):
    """A number with the noun that agrees with it: of 2, `{count:clause|clauses}` is `2 clauses`."""

    def __format__(self, nouns: str) -> str:
        one, _, several = nouns.partition("|")
        return f"{int(self)} {one if self == 1 else several}".rstrip()
