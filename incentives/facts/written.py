"""What reading any single value needs: plain signs, and a refusal at the place. Imports diagnostics and the tree."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping as AnyMapping
from typing import assert_never

from incentives.diagnostics import Code, Diagnostic
from incentives.facts.types import PlainValue
from incentives.source.tree import Mapping, Node, Scalar, Sequence

Reading = PlainValue | tuple[Diagnostic, ...]
"""A value, or why there is none."""


def normal(text: str) -> str:
    """Full-width signs in their plain form, and radicals that look like a character as that character.

    No other sign: `10²` must not become 102.
    """
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text.strip()  # nothing in it stands for another sign
    wide = "".join(unicodedata.normalize("NFKC", sign) if _looks_like_another(sign) else sign for sign in text)
    return unicodedata.normalize("NFC", wide).strip()


def refuse(code: Code, node: Node, words: AnyMapping[str, str] | None = None) -> tuple[Diagnostic, ...]:
    """One finding at `node`, which quotes what stands there."""
    return (Diagnostic(code, node.span, {"written": quoted(node), **(words or {})}),)


def quoted(node: Node) -> str:
    """What stands at `node`, short enough for a message."""
    match node:
        case Scalar():
            text = " ".join(node.text.split()) or '""'
            return text if len(text) <= 40 else f"{text[:37]}…"
        case Sequence():
            return "[…]"
        case Mapping():
            return "{…}"
        case _:
            assert_never(node)


def _looks_like_another(sign: str) -> bool:
    return "\u2e80" <= sign <= "\u2fdf" or unicodedata.decomposition(sign).startswith("<wide>")
