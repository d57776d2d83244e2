"""Strict reading of YAML and JSON into a tree with positions. Imports diagnostics and the tree.

Refused by name: duplicate keys, keys that are neither text nor years, `yes`/`no`/`on`/`off` as booleans,
numbers in any notation but plain decimal integers, fractions without a unit, anchors, tags, several documents,
deep nesting, files above a size. Every problem of a file is collected; only a syntax error ends the reading.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple
from unicodedata import category

import yaml

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.source.tree import Mapping, Node, PlainScalar, Scalar, Sequence
from incentives.source.years import is_year_key

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes. A profile with ten thousand projects stays below it."""

DEPTH_LIMIT = 32
"""Levels of nesting. The deepest shipped policy uses fewer than ten."""

_WHATEVER_IT_MEANS = (Code.ANCHOR, Code.TAG, Code.CONTROL_CHARACTER)
"""What is wrong with a text whether it stands as a key or as a value."""

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Kept as text: `re` compiles and remembers each when it is first used.
_INTEGER = r"-?(?:0|[1-9][0-9]*)\Z"
_OTHER_NOTATION = (
    r"[-+]?(?:0[0-9_]+|0[oO][0-7_]+|0[xX][0-9a-fA-F_]+|0[bB][01_]+|[0-9][0-9_]*_[0-9_]*|[0-9][0-9_]*(?::[0-5]?[0-9])+"
    r"|\+[0-9]+)\Z"
)
_NO_NUMBER = r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z"
_NO_JSON_NUMBER = r"NaN\Z|-?Infinity\Z"
_FLOAT = r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9_]+|[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\Z"
_BOOLEANS = {"true": True, "false": False}
_BOOLEAN_WORDS = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE"), "true"),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "off", "Off", "OFF", "False", "FALSE"), "false"),
}
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_SURROGATES = r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"


class Loaded(NamedTuple):
    """A text read: its tree, unless the text could not be read at all, and every problem found."""

    name: str
    text: str
    root: Mapping | None
    diagnostics: tuple[Diagnostic, ...] = ()


def load_file(path: Path, name: str | None = None) -> Loaded:
    """Read the file at `path`. Never raises for what the file is or holds: the findings say it."""
    label = name or str(path)
    try:
        if path.is_dir():
            return _unread(label, Code.FILE_IS_DIRECTORY)
        size = path.stat().st_size
        if size > SIZE_LIMIT:
            return _unread(label, Code.FILE_TOO_LARGE, {"limit": f"{SIZE_LIMIT // 1024 // 1024} MB"})
        with path.open("rb") as stream:
            return load_stream(stream, label)
    except FileNotFoundError:
        return _unread(label, Code.FILE_MISSING)
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        return _unread(label, Code.FILE_UNREADABLE, {"reason": reason})


def load_stream(stream: IO[bytes], name: str) -> Loaded:
    """Read an open binary stream, at most `SIZE_LIMIT` bytes of it."""
    raw = stream.read(SIZE_LIMIT + 1)
    if len(raw) > SIZE_LIMIT:
        return _unread(name, Code.FILE_TOO_LARGE, {"limit": f"{SIZE_LIMIT // 1024 // 1024} MB"})
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _unread(name, Code.FILE_NOT_TEXT)
    if "\x00" in text:
        return _unread(name, Code.FILE_NOT_TEXT)
    return load_text(text, name)


def load_text(text: str, name: str) -> Loaded:
    """Read YAML, or JSON where the name ends in `.json`."""
    if not text.strip():
        return Loaded(name, text, None, (Diagnostic(Code.FILE_EMPTY, Span(name, 1, 1, 1, 1)),))
    is_json = name.lower().endswith(".json")
    if is_json and not _deeper_than_the_limit(text):  # the reader below names the depth and its place
        try:
            json.loads(text, parse_int=str, parse_float=str)  # read as written: a number may have any length
        except json.JSONDecodeError as problem:
            return Loaded(name, text, None, (_json_problem(name, problem),))
    return _Reader(name, text, is_json).read()


def _deeper_than_the_limit(text: str) -> bool:
    """Whether brackets outside of texts nest deeper than the reader goes; how deep Python's own goes varies."""
    depth = 0
    for sign in re.findall(r"[][{}]", re.sub(r'"(?:\\.|[^"\\])*"', "", text)):
        depth += 1 if sign in "[{" else -1
        if depth > DEPTH_LIMIT:
            return True
    return False


def _json_problem(name: str, problem: json.JSONDecodeError) -> Diagnostic:
    """A trailing comma is named at the comma: Python versions differ in what they say of it and where."""
    before = problem.doc[: problem.pos + 1].rstrip()
    ends = re.search(r",\s*[]}]\Z", before) or re.search(r",\Z", before)
    trailing = ends is not None and re.match(r",\s*[]}]", problem.doc[ends.start() :]) is not None
    place = ends.start() if ends is not None and trailing else problem.pos
    line = problem.doc.count("\n", 0, place) + 1
    column = place - problem.doc.rfind("\n", 0, place)
    reason = "trailing comma" if trailing else problem.msg.lower().removesuffix(" at")
    return Diagnostic(Code.JSON_SYNTAX, Span(name, line, column, line, column + 1), {"reason": reason})


def _join_surrogates(found: re.Match[str]) -> str:
    pair = bytes.fromhex(found.group(1) + found.group(2))
    return pair.decode("utf-16-be")


def has_control_characters(text: str) -> bool:
    """Whether the text holds a sign that nobody sees: a control, a turn of direction, a joint of no width.

    A terminal would act on it, or two texts that look the same would differ.
    """
    if text.isascii() and text.isprintable():
        return False
    return any(
        (category(sign) in ("Cc", "Cf", "Cs") and sign not in "\n\r\t") or "\ufe00" <= sign <= "\ufe0f"
        for sign in text
    )


def _unread(name: str, code: Code, words: dict[str, str] | None = None) -> Loaded:
    return Loaded(name, "", None, (Diagnostic(code, Span(name), words or {}),))


class _TooDeep(Exception):
    pass


class _Reader:
    """Builds one tree from parser events, without recursion deeper than `DEPTH_LIMIT`."""

    def __init__(self, name: str, text: str, is_json: bool) -> None:
        self._name = name
        self._text = text
        self._is_json = is_json
        self._joined: dict[int, list[int]] = {}
        self._found: list[Diagnostic] = []

    def read(self) -> Loaded:
        root: Node | None = None
        text = self._join_pairs() if self._text.lstrip().startswith("{") else self._text
        try:
            # PyYAML is untyped below `parse`; events are told apart by their class.
            events: Iterator[Any] = iter(yaml.parse(text, Loader=_PARSER))
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if root is not None:
                        self._report(Code.SEVERAL_DOCUMENTS, self._span(event))
                        break
                    root = self._node(next(events), events, 1)
        except yaml.YAMLError as problem:
            self._found.append(self._syntax(problem))
            root = None
        except _TooDeep:
            root = None
        if isinstance(root, Scalar) and root.value is None and not root.text:
            root = None  # nothing but the marks of a document
        if root is not None and not isinstance(root, Mapping):
            full_width = isinstance(root, Scalar) and "：" in root.text
            self._report(Code.NOT_A_MAPPING, root.span, {"colon": "："} if full_width else {})
            root = None
        if root is None and not self._found:
            self._report(Code.FILE_EMPTY, Span(self._name, 1, 1, 1, 1))
        return Loaded(self._name, self._text, root, tuple(self._found))

    def _join_pairs(self) -> str:
        """The text with the two escapes of a sign beyond the basic plane, as JSON has them, made one sign."""
        lines = self._text.split("\n")
        for number, line in enumerate(lines):
            pairs = [found.start() for found in re.finditer(_SURROGATES, line)]
            if pairs:
                lines[number] = re.sub(_SURROGATES, _join_surrogates, line)
                self._joined[number] = [place - 11 * before for before, place in enumerate(pairs)]
        return "\n".join(lines)

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if depth > DEPTH_LIMIT:
            self._report(Code.TOO_DEEP, self._span(event), {"limit": str(DEPTH_LIMIT)})
            raise _TooDeep
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._report(Code.ANCHOR, self._span(event), {"name": str(event.anchor)})
        if isinstance(event, yaml.AliasEvent):
            name = f"*{event.anchor}"
            return Scalar(name, name, self._span(event))
        if event.tag is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._report(Code.TAG, self._span(event), {"tag": tag})
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            following = next(events)
            while not isinstance(following, yaml.SequenceEndEvent):
                items.append(self._node(following, events, depth + 1))
                following = next(events)
            return Sequence(tuple(items), self._span(event, following))
        return self._mapping(event, events, depth)

    def _mapping(self, event: Any, events: Iterator[Any], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        following = next(events)
        while not isinstance(following, yaml.MappingEndEvent):
            before = len(self._found)
            key = self._key(following, events, depth)
            value = self._node(next(events), events, depth + 1)
            if self._cut_by_a_comma(following, value, entries):
                del self._found[before:]
                self._report(Code.CUT_BY_COMMA, self._span(following), {"written": str(following.value)})
            elif key is not None:
                if key.text in entries:
                    first = entries[key.text][0].span
                    self._report(Code.DUPLICATE_KEY, key.span, {"key": key.text, "line": str(first.line)})
                else:
                    entries[key.text] = (key, value)
            following = next(events)
        return Mapping(tuple(entries.values()), self._span(event, following))

    def _cut_by_a_comma(self, key: Any, value: Node, entries: dict[str, tuple[Scalar, Node]]) -> bool:
        """Whether `{a: 1,000万元}` was read as 1 and a key 000万元; if so, the value before is made whole."""
        if not entries or not isinstance(key, yaml.ScalarEvent) or key.style:
            return False
        if not re.match(r"[0-9]{3}(?![0-9])", str(key.value)):
            return False
        name, (first, before) = list(entries.items())[-1]
        cut = isinstance(before, Scalar) and re.match(r"-?[0-9]", before.text)
        if not cut or not isinstance(value, Scalar) or value.text or not isinstance(before, Scalar):
            return False
        whole = f"{before.text},{key.value}"
        entries[name] = (first, Scalar(whole, whole, before.span))
        return True

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> Scalar | None:
        before = len(self._found)
        node = self._node(event, events, depth + 1)
        if not isinstance(node, Scalar):
            self._report(Code.KEY_NOT_TEXT, node.span, {"key": "[…]" if isinstance(node, Sequence) else "{…}"})
            return None
        if isinstance(node.value, str) and node.text == "<<" and not event.style:
            self._report(Code.ANCHOR, node.span, {"name": "<<"})
            return None
        if isinstance(node.value, str) and len(self._found) == before:
            return node
        if is_year_key(node.text) and len(self._found) == before:
            return node._replace(value=node.text)
        if not any(finding.code in _WHATEVER_IT_MEANS for finding in self._found[before:]):
            del self._found[before:]
            self._report(Code.KEY_NOT_TEXT, node.span, {"key": node.text, "quoted": node.text})
        return None

    def _scalar(self, event: Any) -> Scalar:
        text = str(event.value)
        span = self._span(event)
        if has_control_characters(text):
            self._report(Code.CONTROL_CHARACTER, span)
        if event.style:  # quoted or block text
            return Scalar(text, text, span)
        return Scalar(text, self._plain_value(text, span), span)

    def _plain_value(self, text: str, span: Span) -> PlainScalar:
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if text in _NULLS:
            return None
        if text in _BOOLEAN_WORDS:
            self._report(Code.BOOLEAN_WORD, span, {"word": text, "instead": _BOOLEAN_WORDS[text]})
            return text
        if text[0] not in "+-.0123456789NI":
            return text
        if re.match(_INTEGER, text):
            # Longer than any number a fact holds; kept as text so that reading it costs nothing.
            return int(text) if len(text) <= 40 else text
        if (
            re.match(_OTHER_NOTATION, text)
            or re.match(_NO_NUMBER, text)
            or (self._is_json and re.match(_NO_JSON_NUMBER, text))
        ):
            self._report(Code.NUMBER_NOTATION, span, {"number": text})
        elif re.match(_FLOAT, text):
            self._report(Code.FLOAT, span, {"number": text})
        return text

    def _span(self, start: Any, end: Any = None) -> Span:
        first, last = start.start_mark, (end or start).end_mark
        return Span(self._name, first.line + 1, self._column(first), last.line + 1, self._column(last))

    def _column(self, mark: Any) -> int:
        """The column in the text as written, where a pair of escapes takes twelve columns."""
        column: int = mark.column
        return column + 1 + 11 * bisect_left(self._joined.get(mark.line, ()), column)

    def _syntax(self, problem: yaml.YAMLError) -> Diagnostic:
        if isinstance(problem, yaml.reader.ReaderError):  # it knows no lines, and the two parsers count differently
            found = yaml.reader.Reader.NON_PRINTABLE.search(self._text)
            place = found.start() if found is not None else 0
            line = self._text.count("\n", 0, place) + 1
            column = place - self._text.rfind("\n", 0, place)
            return Diagnostic(Code.CONTROL_CHARACTER, Span(self._name, line, column, line, column + 1))
        reason = " ".join(str(getattr(problem, "problem", None) or problem).split())
        mark = getattr(problem, "problem_mark", None)
        if mark is None or "end of stream" in reason or "expected ',' or" in reason:
            mark = getattr(problem, "context_mark", None) or mark  # where what is not closed begins
        line, column = (mark.line + 1, self._column(mark)) if mark else (1, 1)
        if "".join(self._text.splitlines()[line - 1 : line])[column - 1 : column] == "\t":
            reason = "tab character that violates indentation"
        code = Code.JSON_SYNTAX if self._is_json else Code.YAML_SYNTAX
        return Diagnostic(code, Span(self._name, line, column, line, column + 1), {"reason": reason})

    def _report(self, code: Code, span: Span, words: dict[str, str] | None = None) -> None:
        self._found.append(Diagnostic(code, span, words or {}))
