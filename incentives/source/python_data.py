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
from incentives.source.tree import Mapping, Node, Scalar, Sequence
from incentives.source.yaml_reader import DEPTH_LIMIT
from incentives.source.years import is_year_key


def load_python(data: AnyMapping[str, object], name: str = "profile") -> Loaded:
    """`data` as a tree. Values may be text, whole numbers, booleans, None, dates, lists and mappings; keys
    are text or years.

    A `float` is refused; a `Decimal` is read as the number it prints, which money refuses as it has no unit.
    """
    found: list[Diagnostic] = []
    root = _node(data, name, "", found, 1)
    return Loaded(name, "", root if isinstance(root, Mapping) else None, tuple(found))


def _node(data: object, name: str, path: str, found: list[Diagnostic], depth: int) -> Node:
    span = Span(f"{name}: {path}" if path else name)
    if depth > DEPTH_LIMIT:
        found.append(Diagnostic(Code.TOO_DEEP, span, {"limit": str(DEPTH_LIMIT)}))
        return Scalar("", None, span)
    if isinstance(data, AnyMapping):
        entries: list[tuple[Scalar, Node]] = []
        for given, value in data.items():
            # A year in both forms would be one key given twice.
            key = str(given) if _is_year(given) and str(given) not in data else given
            if not isinstance(key, str):
                found.append(Diagnostic(Code.KEY_NOT_TEXT, span, {"key": str(key)}))
                continue
            below = f"{path}.{key}" if path else key
            place = Span(f"{name}: {below}")
            entries.append((Scalar(key, key, place), _node(value, name, below, found, depth + 1)))
        return Mapping(tuple(entries), span)
    if isinstance(data, list | tuple | set | frozenset):
        members = sorted(data, key=str) if isinstance(data, set | frozenset) else data
        items = (_node(item, name, f"{path}[{i}]", found, depth + 1) for i, item in enumerate(members))
        return Sequence(tuple(items), span)
    if isinstance(data, str) and has_control_characters(data):
        found.append(Diagnostic(Code.CONTROL_CHARACTER, span))
    if isinstance(data, str):
        plain = str.__str__(data)  # a member of an enumeration of texts is its text, not its name
        return Scalar(plain, plain, span)
    if isinstance(data, int) and not isinstance(data, bool) and data.bit_length() > 200:
        found.append(Diagnostic(Code.NUMBER_TOO_LARGE, span, {"written": f"2^{data.bit_length() - 1}…"}))
        return Scalar("0", 0, span)
    if data is None or isinstance(data, bool | int):
        text = "" if data is None else str(data).lower() if isinstance(data, bool) else int.__repr__(data)
        return Scalar(text, data, span)
    if isinstance(data, float):
        found.append(Diagnostic(Code.FLOAT, span, {"number": repr(data)}))
    elif not isinstance(data, Decimal | date) or isinstance(data, datetime):
        found.append(Diagnostic(Code.NOT_ONE_VALUE, span, {"written": type(data).__name__}))
    text = str(data)
    return Scalar(text, text, span)


def _is_year(key: object) -> bool:
    return isinstance(key, int) and not isinstance(key, bool) and is_year_key(int.__repr__(key))
