"""What a YAML or JSON text holds, as written, with the position of every node. Imports diagnostics only.

A node keeps its place as a plain tuple and makes a `Span` of it when asked: most places are never asked for.
"""

from __future__ import annotations

from incentives.diagnostics import Span
from incentives.records import NamedTuple

PlainScalar = str | int | bool | None
Plain = PlainScalar | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]
Place = tuple[str, int, int, int, int]
"""What a `Span` is made of; a `Span` is one too."""


class Scalar(NamedTuple):
    """A single value; `text` is what was written, `value` what it is read as."""

    text: str
    value: PlainScalar
    place: Place

    @property
    def span(self) -> Span:
        return Span._make(self.place)


class Sequence(NamedTuple):
    items: tuple[Node, ...]
    place: Place

    @property
    def span(self) -> Span:
        return Span._make(self.place)


class _Mapping(NamedTuple):
    entries: tuple[tuple[Scalar, Node], ...]
    place: Place
    by_key: dict[str, tuple[Scalar, Node]]


class Mapping(_Mapping):
    """Keys with values, in the order written; no key twice. `by_key` has the same entries, to be found at once."""

    __slots__ = ()

    def __new__(
        cls,
        entries: tuple[tuple[Scalar, Node], ...],
        place: Place,
        by_key: dict[str, tuple[Scalar, Node]] | None = None,
    ) -> Mapping:
        return tuple.__new__(cls, (entries, place, by_key or {entry[0].text: entry for entry in entries}))

    @property
    def span(self) -> Span:
        return Span._make(self.place)

    def get(self, key: str) -> Node | None:
        """What stands at that key."""
        entry = self.by_key.get(key)
        return None if entry is None else entry[1]

    def entry(self, key: str) -> tuple[Scalar, Node] | None:
        """That key as written, and what stands at it."""
        return self.by_key.get(key)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Plain:
    """The same content without positions."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [item.value if isinstance(item, Scalar) else plain(item) for item in node.items]
        case Mapping():
            return {
                key.text: value.value if isinstance(value, Scalar) else plain(value) for key, value in node.entries
            }


def span_at(root: Node, path: Path) -> Span:
    """The place of the value at `path`, or of the deepest part of it that exists."""
    node = root
    for step in path:
        following = _child(node, step)
        if following is None:
            break
        node = following
    return node.span


def key_span_at(root: Node, path: Path) -> Span:
    """The place of the key that `path` ends in; of the value where `path` ends in an index."""
    *before, last = path
    parent = node_at(root, tuple(before))
    if isinstance(parent, Mapping) and isinstance(last, str):
        entry = parent.entry(last)
        if entry is not None:
            return entry[0].span
    return span_at(root, path)


def node_at(root: Node, path: Path) -> Node | None:
    node: Node | None = root
    for step in path:
        if node is None:
            return None
        node = _child(node, step)
    return node


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
