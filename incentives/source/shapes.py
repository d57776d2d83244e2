"""What a file must look like, as shapes, and trees read into records by them. Imports diagnostics and the tree.

Every problem is found in one pass, at its place. A misspelt key is read as what it was meant to be; what is wrong is
left out, or something stands in for it, so that later passes can look at everything that is sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from incentives.diagnostics import Code, Diagnostic
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence

Found = list[Diagnostic]
Entries = dict[str, tuple[Scalar, Node]]
"""The keys of a mapping as they were meant, each as written and with what stands at it."""

Read = TypeVar("Read")
Read_co = TypeVar("Read_co", covariant=True)


class Shape(Protocol[Read_co]):
    def read(self, node: Node, under: Node, found: Found) -> Read_co | None:
        """What stands at `node`, or None where it is not sound; why not is added to `found`.

        `under` is the key it stands at, or the node itself in a list.
        """
        ...


class Text:
    """Words. Where it may be `empty`, that is a text of no signs; nothing at all is another matter.

    Where `paper` is an example of what a paper says, it is told to whoever writes no text, in place of quotes.
    """

    def __init__(self, *, empty: bool = False, pattern: str = "", paper: str = "") -> None:
        self._empty = empty
        self._pattern = pattern
        self._paper = paper

    def read(self, node: Node, under: Node, found: Found) -> str | None:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            _misshapen(node, "text", found, node.text if isinstance(node, Scalar) else "", self._paper)
            return None
        unlike = self._pattern and not re.match(self._pattern, node.value)
        if unlike or not (node.value or self._empty):
            words = {"written": node.text or '""', "key": _named(under)}
            found.append(Diagnostic(Code.BAD_ID if unlike else Code.NOT_TEXT, node.span, words))
            return None
        return node.value


class Flag:
    """`true` or `false`."""

    def read(self, node: Node, under: Node, found: Found) -> bool | None:  # noqa: ARG002 (as every shape)
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        _misshapen(node, "boolean", found)
        return None


class Whole:
    """A whole number."""

    def read(self, node: Node, under: Node, found: Found) -> int | None:  # noqa: ARG002 (as every shape)
        if isinstance(node, Scalar) and isinstance(node.value, int) and not isinstance(node.value, bool):
            return node.value
        _misshapen(node, "whole_number", found)
        return None


class Single:
    """A text or a whole number, given as it was written: what it means depends on what stands beside it."""

    def read(self, node: Node, under: Node, found: Found) -> Scalar | None:  # noqa: ARG002 (as every shape)
        if isinstance(node, Scalar) and isinstance(node.value, str | int) and not isinstance(node.value, bool):
            return node
        brackets = node.text if isinstance(node, Scalar) else "[…]" if isinstance(node, Sequence) else "{…}"
        found.append(Diagnostic(Code.NOT_ONE_VALUE, node.span, {"written": brackets}))
        _report_empty(node, found)
        return None


class OneOf(Generic[Read]):
    """One of a few words or numbers."""

    def __init__(self, *words: Read) -> None:
        self._words = words

    def read(self, node: Node, under: Node, found: Found) -> Read | None:  # noqa: ARG002 (as every shape)
        if isinstance(node, Scalar) and not isinstance(node.value, bool):
            for word in self._words:
                if node.value == word:
                    return word
        expected = ", ".join(f"`{word}`" for word in self._words)
        found.append(Diagnostic(Code.NOT_ALLOWED_HERE, node.span, {"expected": expected}))
        _report_empty(node, found)
        return None


class Part:
    """Open to many forms: left as it is to a reader of its own, but for keys that nothing follows."""

    def read(self, node: Node, under: Node, found: Found) -> Node:  # noqa: ARG002 (as every shape)
        _report_empty(node, found)
        return node


class Written:
    """Left as it is to a shape that is chosen later by what it is for."""

    def read(self, node: Node, under: Node, found: Found) -> Node:  # noqa: ARG002 (as every shape)
        return node


class ListOf(Generic[Read]):
    """A list of at least one, where it may not be `empty`. An unsound item is left out, unless `whole` is wanted."""

    def __init__(self, item: Shape[Read], *, empty: bool = False, whole: bool = False) -> None:
        self._item = item
        self._empty = empty
        self._whole = whole

    def read(self, node: Node, under: Node, found: Found) -> tuple[Read, ...] | None:
        if not isinstance(node, Sequence):
            _misshapen(node, "list", found)
            return None
        if not node.items and not self._empty:
            found.append(Diagnostic(Code.EMPTY_LIST, node.span, {"written": "", "key": _named(under)}))
            return None
        items = [self._item.read(item, item, found) for item in node.items]
        sound = tuple(item for item in items if item is not None)
        if len(sound) < len(items) and (self._whole or not (sound or self._empty)):
            return None
        return sound


class OneOrMore(Generic[Read]):
    """What may stand on its own where a list of it may stand. An unsound item makes the whole unsound."""

    def __init__(self, item: Shape[Read]) -> None:
        self._item = item
        self._list = ListOf(item, whole=True)

    def read(self, node: Node, under: Node, found: Found) -> tuple[Read, ...] | None:
        if isinstance(node, Sequence):
            return self._list.read(node, under, found)
        item = self._item.read(node, under, found)
        return (item,) if item is not None else None


class Named(Generic[Read]):
    """A mapping whose keys are names of what stands there. What is unsound is left out, unless `whole` is wanted."""

    def __init__(self, value: Shape[Read], *, pattern: str = "", whole: bool = False) -> None:
        self._value = value
        self._pattern = pattern
        self._whole = whole

    def read(self, node: Node, under: Node, found: Found) -> dict[str, Read] | None:  # noqa: ARG002 (as every shape)
        if not isinstance(node, Mapping):
            _misshapen(node, "mapping", found)
            return None
        read: dict[str, Read] = {}
        sound = True
        for key, value in node.entries:
            if _is_null(value):
                _report_null(key, found)
                continue
            if self._pattern and not re.match(self._pattern, key.text):
                found.append(Diagnostic(Code.BAD_ID, key.span, {"written": key.text}))
                sound = False
            one = self._value.read(value, key, found)
            if one is None:
                sound = False
            elif not self._pattern or re.match(self._pattern, key.text):
                read[key.text] = one
        return read if sound or not self._whole else None


Made = TypeVar("Made", bound=NamedTuple)


class Keys(Generic[Made]):
    """A mapping with a fixed set of keys, made into a record: a named tuple with a field for each key.

    A field that has a default may be missing, unless the record `needs` it here. `instead` stands in for what is
    missing or unsound; without that, what has no default makes the whole record unsound, and so does what is unsound,
    unless it is `spare`. A field has the name of its key where `names` gives no other. The first field of a record,
    `at`, is where each key was written.
    """

    def __init__(
        self,
        record: type[Made],
        shapes: AnyMapping[str, Shape[Any]],
        *,
        names: AnyMapping[str, str] | None = None,
        instead: AnyMapping[str, Any] | None = None,
        spare: Iterable[str] = (),
        needs: Iterable[str] = (),
    ) -> None:
        self._record = record
        self._shapes = shapes
        self._names = names or {}
        self._instead = instead or {}
        self._spare = frozenset(spare)
        always = frozenset(needs)
        self._needed = [key for key in shapes if key in always or self._name(key) not in record._field_defaults]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._shapes)

    def read(self, node: Node, under: Node, found: Found) -> Made | None:
        if not isinstance(node, Mapping):
            _misshapen(node, "mapping", found)
            return None
        entries = self._meant(node, found)
        values: dict[str, Any] = {}
        sound = True
        for key, (written, value) in entries.items():
            read = self._shapes[key].read(value, written, found)
            if read is not None:
                values[self._names.get(key, key)] = read
            elif key in self._instead:
                values[self._name(key)] = self._instead[key]
            elif key not in self._spare:
                sound = False
        for key in self._needed:
            if key not in entries:
                if not _is_null(node.get(key)):
                    found.append(Diagnostic(Code.MISSING_KEY, under.span, {"key": key}))
                if key in self._instead:
                    values[self._name(key)] = self._instead[key]
                else:
                    sound = False
        return self._record(at=entries, **values) if sound else None  # type: ignore[call-overload]

    def _name(self, key: str) -> str:
        return self._names.get(key, key)

    def _meant(self, node: Mapping, found: Found) -> Entries:
        """The entries by the keys that were meant, without those that nothing follows or that mean nothing."""
        shapes = self._shapes
        slips: list[tuple[Scalar, Node]] = []
        entries: Entries = {}
        for entry in node.entries:
            key, value = entry
            if _is_null(value):
                _report_null(key, found)
            elif key.text in shapes:
                entries[key.text] = entry
            else:
                slips.append(entry)
        for key, value in slips:
            meant = nearest(key.text, shapes)
            words = {"key": key.text, "nearest": meant or "", "known": ", ".join(sorted(shapes))}
            found.append(Diagnostic(Code.UNKNOWN_KEY, key.span, words))
            if meant is not None and meant not in entries and node.get(meant) is None:
                entries[meant] = (key, value)
            else:
                _report_empty(value, found)
        return entries


def _is_null(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _report_null(key: Scalar, found: Found) -> None:
    """A key that nothing follows. Taken as left out, a forgotten bound or condition would go unnoticed."""
    found.append(Diagnostic(Code.EMPTY_VALUE, key.span, {"key": key.text}))


def _report_empty(node: Node, found: Found) -> None:
    """Every key in `node` that nothing follows."""
    match node:
        case Mapping():
            for key, value in node.entries:
                if not isinstance(value, Scalar):
                    _report_empty(value, found)
                elif value.value is None:
                    _report_null(key, found)
        case Sequence():
            for item in node.items:
                if not isinstance(item, Scalar):
                    _report_empty(item, found)
        case Scalar():
            pass


def _misshapen(node: Node, expected: str, found: Found, quoted: str = "", paper: str = "") -> None:
    found.append(Diagnostic(Code.WRONG_SHAPE, node.span, {"expected": expected, "quoted": quoted, "paper": paper}))
    _report_empty(node, found)


def _named(under: Node) -> str:
    return under.text if isinstance(under, Scalar) else ""
