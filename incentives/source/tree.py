"""What a YAML or JSON text holds, as written, with the position of every node. Imports diagnostics only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from incentives.diagnostics import Span

PlainScalar = str | int | bool | None
Plain = PlainScalar | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]


class Scalar(NamedTuple):
    """A single value; `text` is what was written, `value` what it is read as."""

    text: str
    value: PlainScalar
    span: Span


class Sequence(NamedTuple):
    items: tuple[Node, ...]
    span: Span


class Mapping(NamedTuple):
    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        for name, node in self.entries:
            if name.text == key:
                return node
        return None


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Plain:
    """The same content without positions."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


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
    if isinstance(parent, Mapping):
        for key, _ in parent.entries:
            if key.text == last:
                return key.span
    return span_at(root, path)


def node_at(root: Node, path: Path) -> Node | None:
    node: Node | None = root
    for step in path:
        if node is None:
            return None
        node = _child(node, step)
    return node


def walk(root: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node below `root` with its path, parents first."""
    yield path, root
    match root:
        case Scalar():
            return
        case Sequence():
            for index, item in enumerate(root.items):
                yield from walk(item, (*path, index))
        case Mapping():
            for key, value in root.entries:
                yield from walk(value, (*path, key.text))


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
