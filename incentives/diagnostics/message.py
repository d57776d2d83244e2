"""The shape of a message: what is wrong and what to write instead, in both languages. Imports texts."""

from __future__ import annotations

from incentives.records import NamedTuple
from incentives.texts import Lang


class Message(NamedTuple):
    zh: str
    en: str
    zh_help: tuple[str, ...] = ()
    en_help: tuple[str, ...] = ()

    def says(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def helps(self, lang: Lang) -> tuple[str, ...]:
        return self.zh_help if lang == "zh" else self.en_help
