"""Text made harmless for a format, whatever a profile or a policy puts into it. Imports nothing of this project."""

from __future__ import annotations

import re
from collections.abc import Iterator

from incentives.records import NamedTuple

_NOT_FOR_DOCUMENTS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""Control signs, halves of signs, and the marks that turn the order of reading: no document needs them in a name."""

_CHINESE = re.compile(
    "[\u2e80-\u303f\u31c0-\u31ef\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]+"
)


class Run(NamedTuple):
    """A part of a text in one writing."""

    text: str
    chinese: bool


def clean(text: str) -> str:
    """The text in one line, with a � in the place of each sign that no document may hold."""
    return _NOT_FOR_DOCUMENTS.sub("�", " ".join(text.splitlines()))


def runs(text: str) -> Iterator[Run]:
    """The text cut where Chinese begins or ends."""
    end = 0
    for match in _CHINESE.finditer(text):
        if match.start() > end:
            yield Run(text[end : match.start()], False)
        yield Run(match[0], True)
        end = match.end()
    if end < len(text):
        yield Run(text[end:], False)
