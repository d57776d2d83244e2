"""Truth as source text: what joins expressions that are true or false. Imports nothing of this project."""

from __future__ import annotations

from collections.abc import Iterable


def counted(of: Iterable[str], number: int) -> str:
    """That at least so many are true, each of which is true or false."""
    return f"({' + '.join(f'({part})' for part in of)} >= {number})"


def either(of: Iterable[str]) -> str:
    return _chain("or", of, "False", "True")


def both(of: Iterable[str]) -> str:
    return _chain("and", of, "True", "False")


def _chain(word: str, of: Iterable[str], neutral: str, decisive: str) -> str:
    parts = list(dict.fromkeys(part for part in of if part != neutral))
    if decisive in parts:
        return decisive
    if len(parts) < 2:
        return parts[0] if parts else neutral
    return f"({f' {word} '.join(parts)})"


def negated(text: str) -> str:
    match text:
        case "True":
            return "False"
        case "False":
            return "True"
        case _:
            if text.startswith("not "):
                return text.removeprefix("not ")
            return f"not {text}" if text.startswith("(") else f"not ({text})"
