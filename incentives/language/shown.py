"""What the use of a fact that nobody declared shows of it, for the lines that would declare it. Imports the tree.

A guess for a message, read off the file as written: nothing rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from incentives.diagnostics import Span
from incentives.language.tables import HIGH_ENDS, LOW_ENDS
from incentives.source.tree import Mapping, Node, Scalar, Sequence

_ENDS = (*LOW_ENDS, *HIGH_ENDS)
_YEARS = ("this_year", "last_year", "year_before_last")
_BY_YEAR = (*_YEARS, "growth_of", "average_growth_of", "increase_of", "slices_of_increase", "first_time_reaching")
_BESIDE_YEARLY = ("year", "years", "each_year", "any_year")
_SINCE = ("years_since", "months_since", "days_since", "accounting_years_since", "day", "since", "until")
_OF_NUMBERS = (
    *("value_of", "sum_of", "mean_of", "largest_of", "smallest_of", "difference_of"),
    *("minus", "fact", *_YEARS),
)
_COUNTED = "人家个项件次台套户名批片"
_CHOICES = 20
"""How many characters of choices are shown."""

_Way = tuple[tuple[Mapping, str], ...]
"""The mappings around a place, the nearest first, each with the key that leads to it."""


def declaration(root: Node, span: Span) -> str | None:
    """The keys that declare what is named at a place: its type, and what that type needs; None where none shows."""
    way = next(_ways(root, span, ()), ())
    if not way:
        return None
    found, yearly = _type_of(way), _is_yearly(way)
    if found is None and yearly:
        found = ["type: money"]  # as most figures are that a year has
    return None if found is None else ", ".join([*found, *(["yearly: true"] if yearly else [])])


def _ways(node: Node, span: Span, way: _Way) -> Iterator[_Way]:
    match node:
        case Scalar():
            if node.span == span:
                yield way
        case Sequence():
            for item in node.items:
                yield from _ways(item, span, way)
        case Mapping():
            for key, value in node.entries:
                yield from _ways(value, span, ((node, key.text), *way))


def _is_yearly(way: _Way) -> bool:
    return way[0][1] in _BY_YEAR or any(word in around.by_key for around, _ in way[:2] for word in _BESIDE_YEARLY)


def _type_of(way: _Way) -> list[str] | None:
    fields, key = way[0]
    if key in _SINCE:
        return ["type: date"]
    if key == "share":
        return ["type: rate"]
    if key == "by":
        return _of_rows(fields.get("rows") or fields.get("tiers"))
    if key == "of":
        price, step = fields.get("per_unit"), fields.get("for_every")
        if isinstance(price, Scalar) and "/" in price.text:
            return _counted(price.text.rpartition("/")[2].strip())
        return _like(step) if step is not None else ["type: money"] if "share" in fields.by_key else None
    return _tested(fields) if key in _OF_NUMBERS else None


def _of_rows(rows: Node | None) -> list[str] | None:
    """The type of what the rows of a table go by."""
    tests = [row for row in rows.items if isinstance(row, Mapping)] if isinstance(rows, Sequence) else []
    words = tuple(word for row in tests if (word := row.get("is")) is not None)
    if words and len(words) == len(tests):
        return _like(words[0]) or _one_of(words)
    return _tested(tests[0]) if tests else None


def _tested(fields: Mapping) -> list[str] | None:
    """The type that a test is of; None where there is none, or it is held against something worked out."""
    for key in ("within_last", "in_year"):
        if key in fields.by_key:
            return ["type: date"]
    if "starts_with" in fields.by_key:
        return ["type: code", "system: …"]
    for key in ("is", "in", "includes_any"):
        written = fields.get(key)
        first = written.items[0] if isinstance(written, Sequence) and written.items else written
        if first is None:
            continue
        found = _like(first) or _one_of(written.items if isinstance(written, Sequence) else (first,))
        return [*found, "many: true"] if found is not None and key == "includes_any" else found
    return next((_like(end) for key in _ENDS if (end := fields.get(key)) is not None), None)


def _one_of(words: tuple[Node, ...]) -> list[str] | None:
    """A choice among words that are written out: as many of them as one line holds."""
    texts = list(dict.fromkeys(word.text for word in words if isinstance(word, Scalar)))
    if not texts or any(not isinstance(word, Scalar) for word in words):
        return None
    shown = [text for place, text in enumerate(texts) if len("".join(texts[: place + 1])) <= _CHOICES]
    return ["type: choice", f"choices: [{', '.join(shown if len(shown) == len(texts) else [*shown, '…'])}]"]


def _like(written: Node) -> list[str] | None:
    """The type of a value that is written out; None of words and of what is worked out."""
    if isinstance(written, Mapping) and "day" in written.by_key:
        return ["type: date"]
    if not isinstance(written, Scalar):
        return None
    if isinstance(written.value, bool):
        return ["type: boolean"]
    text = written.text.replace(" ", "")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日", text):
        return ["type: date"]
    found = re.fullmatch(r"[+-]?[\d.,]+(?:万|亿)?(\D*)", text)
    if found is None:
        return None
    unit = found[1]
    if unit == "元":
        return ["type: money"]
    return ["type: rate"] if unit in ("%", "‰", "个百分点") else _counted(unit)


def _counted(unit: str) -> list[str]:
    return [f"type: {'count' if not unit or unit in _COUNTED else 'quantity'}", f"unit: {unit or '…'}"]
