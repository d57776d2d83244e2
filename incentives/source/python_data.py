"""Python data as a tree, so that a dict given by a program is read exactly like a file.

Imports diagnostics, the loader and the tree. There are no lines and columns; the place of a value is its path, as in
`profile: projects[0].investment`.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from datetime import date, datetime
from decimal import Decimal

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.source.characters import has_control_characters
from incentives.source.loader import Loaded
from incentives.source.memory import all_is_kept
from incentives.source.tree import Mapping, Node, Place, Scalar, Sequence
from incentives.source.yaml_reader import DEPTH_LIMIT
from incentives.source.years import is_year_key

VALUE_LIMIT = 1_000_000
"""Values, lists and mappings. A list that holds another a thousand times counts it a thousand times."""

_LONGEST_KEY = 200
"""Signs of a key that are shown in a path."""


def load_python(data: AnyMapping[str, object], name: str = "profile") -> Loaded:
    """`data` as a tree. Values may be text, whole numbers, booleans, None, dates, lists and mappings; keys
    are text or years.

    A `float` is refused; a `Decimal` is read as the number it prints, which money refuses as it has no unit. More
    values than `VALUE_LIMIT` are refused as a file too large would be.
    """
    reader = _Reader(name)
    try:
        with all_is_kept():
            root = reader.node(data, "", 1)
    except _TooLarge:
        words = {"limit_zh": f"{VALUE_LIMIT} 个值", "limit_en": f"{VALUE_LIMIT} values"}
        return Loaded(name, "", None, (Diagnostic(Code.FILE_TOO_LARGE, Span(name), words),))
    return Loaded(name, "", root if isinstance(root, Mapping) else None, tuple(reader.found))


class _TooLarge(Exception):
    pass


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._values = 0
        self.found: list[Diagnostic] = []

    def node(self, data: object, path: str, depth: int) -> Node:
        self._values += 1
        if self._values > VALUE_LIMIT:
            raise _TooLarge
        place: Place = (f"{self._name}: {path}" if path else self._name, 0, 0, 0, 0)
        if depth > DEPTH_LIMIT:
            self._report(Code.TOO_DEEP, place, {"limit": str(DEPTH_LIMIT)})
            return Scalar("", None, place)
        if isinstance(data, str):
            if has_control_characters(data):
                self._report(Code.CONTROL_CHARACTER, place)
            plain = str.__str__(data)  # a member of an enumeration of texts is its text, not its name
            return Scalar(plain, plain, place)
        if isinstance(data, AnyMapping):
            return self._mapping(data, path, place, depth)
        if isinstance(data, list | tuple | set | frozenset):
            members = sorted(data, key=str) if isinstance(data, set | frozenset) else data
            items = [self.node(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(members)]
            return Sequence(tuple(items), place)
        return self._scalar(data, place)

    def _mapping(self, data: AnyMapping[object, object], path: str, place: Place, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        for given, value in data.items():
            # A year in both forms would be one key given twice.
            key = str(given) if _is_year(given) and str(given) not in data else given
            if not isinstance(key, str):
                self._report(Code.KEY_NOT_TEXT, place, {"key": str(key)})
                continue
            shown = key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}…"
            below = f"{path}.{shown}" if path else shown
            node = self.node(value, below, depth + 1)
            entries.append((Scalar(key, key, node.place if below else (f"{self._name}: ", 0, 0, 0, 0)), node))
        return Mapping(tuple(entries), place)

    def _scalar(self, data: object, place: Place) -> Scalar:
        if isinstance(data, int) and not isinstance(data, bool) and data.bit_length() > 200:
            self._report(Code.NUMBER_TOO_LARGE, place, {"written": f"2^{data.bit_length() - 1}…"})
            return Scalar("0", 0, place)
        if data is None or isinstance(data, bool | int):
            text = "" if data is None else str(data).lower() if isinstance(data, bool) else int.__repr__(data)
            return Scalar(text, data, place)
        if isinstance(data, float):
            self._report(Code.FLOAT, place, {"number": repr(data)})
        elif not isinstance(data, Decimal | date) or isinstance(data, datetime):
            self._report(Code.NOT_ONE_VALUE, place, {"written": type(data).__name__})
        text = str(data)
        return Scalar(text, text, place)

    def _report(self, code: Code, place: Place, words: dict[str, str] | None = None) -> None:
        self.found.append(Diagnostic(code, Span._make(place), words or {}))


def _is_year(key: object) -> bool:
    return isinstance(key, int) and not isinstance(key, bool) and is_year_key(int.__repr__(key))
