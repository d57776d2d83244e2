"""Step templates: `它的“〈事实〉”为“〈内容〉”` binds a step and is, word for word, its entry in the README.

A trailing `：` before a table is no part of the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pytest_bdd
from pytest_bdd import parsers

P = ParamSpec("P")
T = TypeVar("T")

PLACEHOLDERS = {
    "标题": "title",
    "名称": "name",
    "事实": "fact",
    "内容": "value",
    "对象": "entity",
    "日期": "day",
    "条款": "clause",
    "结论": "outcome",
    "奖补": "award",
    "受益方": "payee",
    "各项事实": "facts",
    "假定": "assumption",
    "出处": "article",
    "提供方": "supplier",
    "数": "number",
    "金额": "certain",
    "上限": "possible",
    "状态": "status",
    "年份": "year",
    "各年": "years",
    "称号": "recognised",
    "哪一头": "end",
    "规则": "rule",
    "得者": "winner",
    "得者条款": "winning",
}
"""What each placeholder is called in the step functions."""

_QUOTED = "[^“”]+"
_BARE = "[^“”，：]+"
_SHAPES = {
    "各项事实": "“[^“”]+”(?:、“[^“”]+”)*",
    "标题": ".+",  # words of a policy, which may hold quotation marks of their own
    "假定": ".+",
    "出处": ".+",
    "规则": ".+",
    "称号": ".+",  # 专精特新“小巨人”企业
    "年份": "[0-9]{4}",
    "各年": "[0-9]{4}(?:、[0-9]{4})*",
}

TABLE_FOLLOWS = "："

bound: list[tuple[str, str]] = []
"""Every step there is: its keyword and template, in the order of definition."""


class Template(parsers.StepParser):
    """Matches the whole text of a step."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        pattern = ""
        for place, part in enumerate(re.split("〈(.+?)〉", words)):
            if place % 2 == 0:
                pattern += re.escape(part)
                inside_quotes = part.endswith("“")
                continue
            shape = _SHAPES.get(part, _QUOTED if inside_quotes else _BARE)
            pattern += f"(?P<{PLACEHOLDERS[part]}>{shape})"
        self._pattern = re.compile(pattern)

    def parse_arguments(self, name: str) -> dict[str, str] | None:
        match = self._pattern.fullmatch(name.removesuffix(TABLE_FOLLOWS))
        return None if match is None else match.groupdict()

    def is_matching(self, name: str) -> bool:
        return self.parse_arguments(name) is not None


def given(words: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Binds a step after 假如."""
    bound.append(("假如", words))
    return pytest_bdd.given(Template(words))


def when(words: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Binds a step after 当."""
    bound.append(("当", words))
    return pytest_bdd.when(Template(words))


def then(words: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Binds a step after 那么."""
    bound.append(("那么", words))
    return pytest_bdd.then(Template(words))


def nearest_step(text: str) -> str | None:
    """The template a misspelt step may have been meant to be."""
    from difflib import get_close_matches

    close = get_close_matches(text, [words for _, words in bound], n=1, cutoff=0.3)
    return close[0] if close else None
