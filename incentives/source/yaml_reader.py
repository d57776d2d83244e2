"""Builds a tree from the events of a YAML parser, strictly. Imports diagnostics, the characters and the tree.

A parser makes an event of every key and every value, and this is where most of the time of a start goes: what
nearly every node goes through stands in a few plain steps, what few go through is set apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

import yaml
from yaml.events import MappingEndEvent, ScalarEvent, SequenceEndEvent

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.records import NamedTuple
from incentives.source.characters import has_control_characters, has_variations
from incentives.source.tree import Mapping, Node, Place, PlainScalar, Scalar, Sequence
from incentives.source.years import is_year_key

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
_FIRST_OF_NUMBERS = frozenset("+-.0123456789NI")
_BOOLEANS = {"true": True, "false": False}
_BOOLEAN_WORDS = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE"), "true"),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "off", "Off", "OFF", "False", "FALSE"), "false"),
}
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_WORDS = _NULLS | _BOOLEANS.keys() | _BOOLEAN_WORDS.keys()
_SURROGATES = r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"

_tuple = tuple.__new__
"""Makes a record of its fields in one call, without the function that each record has for it."""


class Read(NamedTuple):
    root: Mapping | None
    diagnostics: tuple[Diagnostic, ...]


def read_yaml(name: str, text: str, is_json: bool) -> Read:
    """The tree of a text, None where there is none, and every problem found."""
    return _Reader(name, text, is_json).read()


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
        # What is printable cannot hold an unseen sign unless one stands in the text, outright or escaped.
        self._trusts_printable = "\\" not in text and not has_variations(text)

    def read(self) -> Read:
        root: Node | None = None
        text = self._text
        if "\\u" in text and text.lstrip().startswith("{"):
            text = self._join_pairs()
        try:
            root = self._parsed(_PARSER, text)
        except _TooDeep:
            pass
        except yaml.YAMLError as problem:
            if "nesting depth" not in str(problem) or not self._finds_too_deep(text):
                self._found.append(self._syntax(problem))
        if isinstance(root, Scalar) and root.value is None and not root.text:
            root = None  # nothing but the marks of a document
        if root is not None and not isinstance(root, Mapping):
            full_width = isinstance(root, Scalar) and "：" in root.text
            self._report(Code.NOT_A_MAPPING, root.place, {"colon": "："} if full_width else {})
            root = None
        if root is None and not self._found:
            self._report(Code.FILE_EMPTY, (self._name, 1, 1, 1, 1))
        return Read(root, tuple(self._found))

    def _parsed(self, parser_class: Any, text: str) -> Node | None:
        # PyYAML is untyped below this; events are told apart by their class.
        parser: Any = parser_class(text)
        self._next = parser.get_event
        try:
            return self._documents()
        finally:
            parser.dispose()

    def _finds_too_deep(self, text: str) -> bool:
        """The C parser gives up on brackets within brackets before it tells of the first; the slower one tells."""
        self._found.clear()
        try:
            self._parsed(yaml.SafeLoader, text)
        except _TooDeep:
            return True
        except yaml.YAMLError:
            self._found.clear()
        return False

    def _documents(self) -> Node | None:
        root: Node | None = None
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._report(Code.SEVERAL_DOCUMENTS, self._place(event, event))
                    break
                root = self._node(self._next(), 1)
        return root

    def _join_pairs(self) -> str:
        """The text with the two escapes of a sign beyond the basic plane, as JSON has them, made one sign."""
        lines = self._text.split("\n")
        for number, line in enumerate(lines):
            pairs = [found.start() for found in re.finditer(_SURROGATES, line)]
            if pairs:
                lines[number] = re.sub(_SURROGATES, _join_surrogates, line)
                self._joined[number] = [place - 11 * before for before, place in enumerate(pairs)]
        return "\n".join(lines)

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            name = f"*{event.anchor}"
            place = self._place(event, event)
            self._report(Code.ANCHOR, place, {"name": str(event.anchor)})
            return Scalar(name, name, place)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, self._place(event, event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _sequence(self, start: Any, depth: int) -> Sequence:
        items: list[Node] = []
        following = self._next
        event = following()
        if depth == DEPTH_LIMIT and type(event) is not SequenceEndEvent:
            self._too_deep(event)
        while (kind := type(event)) is not SequenceEndEvent:
            items.append(self._scalar(event) if kind is ScalarEvent else self._node(event, depth + 1))
            event = following()
        return Sequence(tuple(items), self._place(start, event))

    def _mapping(self, start: Any, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        following, found = self._next, self._found
        event = following()
        if depth == DEPTH_LIMIT and type(event) is not MappingEndEvent:
            self._too_deep(event)
        while (kind := type(event)) is not MappingEndEvent:
            before = len(found)
            key: Scalar | None
            if kind is ScalarEvent:
                key = self._scalar(event)
                if len(found) > before or not isinstance(key.value, str) or key.text == "<<":
                    key = self._unusual_key(key, event, before)
            else:
                key = self._unusual_key(self._node(event, depth + 1), event, before)
            below = following()
            value = self._scalar(below) if type(below) is ScalarEvent else self._node(below, depth + 1)
            if isinstance(value, Scalar) and not value.text and self._cut_by_a_comma(event, entries):
                del found[before:]
                self._report(Code.CUT_BY_COMMA, self._place(event, event), {"written": str(event.value)})
            elif (
                start.flow_style and isinstance(value, Scalar) and not value.text and self._cut_words(event, entries)
            ):
                pass
            elif key is not None:
                text = key.text
                if text in entries:
                    words = {"key": text, "line": str(entries[text][0].span.line)}
                    self._report(Code.DUPLICATE_KEY, key.place, words)
                else:
                    entries[text] = (key, value)
            event = following()
        return Mapping(tuple(entries.values()), self._place(start, event), entries)

    def _cut_by_a_comma(self, key: Any, entries: dict[str, tuple[Scalar, Node]]) -> bool:
        """Whether `{a: 1,000万元}` was read as 1 and a key 000万元; if so, the value before is made whole."""
        if not entries or not isinstance(key, ScalarEvent) or key.style:
            return False
        if not re.match(r"[0-9]{3}(?![0-9])", str(key.value)):
            return False
        name, (first, before) = next(reversed(entries.items()))
        if not isinstance(before, Scalar) or not re.match(r"-?[0-9]", before.text):
            return False
        whole = f"{before.text},{key.value}"
        entries[name] = (first, Scalar(whole, whole, before.place))
        return True

    def _cut_words(self, key: Any, entries: dict[str, tuple[Scalar, Node]]) -> bool:
        """Whether `{says: 给予奖励,最高10万元}` was read as 给予奖励 and a key; if so, it is told and made whole."""
        if not entries or not isinstance(key, ScalarEvent) or key.style or str(key.value).isascii():
            return False
        name, (first, before) = next(reversed(entries.items()))
        if not isinstance(before, Scalar) or not isinstance(before.value, str):
            return False
        whole = f"{before.text},{key.value}"
        entries[name] = (first, Scalar(whole, whole, before.place))
        words, place = {"written": str(key.value), "key": name, "quoted": whole}, self._place(key, key)
        last = self._found[-1] if self._found else None
        if last is not None and last.code is Code.WORDS_CUT_BY_COMMA and last.words["quoted"] == before.text:
            self._found.pop()  # one more comma in the same words
            words["written"], place = last.words["written"], last.span
        self._report(Code.WORDS_CUT_BY_COMMA, place, words)
        return True

    def _unusual_key(self, node: Node, event: Any, before: int) -> Scalar | None:
        """The key where it is text after all; else why not is reported, in place of what was since `before`."""
        if not isinstance(node, Scalar):
            words = {"key": "[…]" if isinstance(node, Sequence) else "{…}"}
            self._report(Code.KEY_NOT_TEXT, node.place, words)
            return None
        if isinstance(node.value, str) and node.text == "<<" and not event.style:
            self._report(Code.ANCHOR, node.place, {"name": "<<"})
            return None
        if isinstance(node.value, str) and len(self._found) == before:
            return node
        if is_year_key(node.text) and len(self._found) == before:
            return node._replace(value=node.text)
        if not any(finding.code in _WHATEVER_IT_MEANS for finding in self._found[before:]):
            del self._found[before:]
            self._report(Code.KEY_NOT_TEXT, node.place, {"key": node.text, "quoted": node.text})
        return None

    def _scalar(self, event: Any) -> Scalar:
        text: str = event.value
        start, end = event.start_mark, event.end_mark
        place: Place = (self._name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if self._joined:
            place = self._place(event, event)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, place)
        if not (self._trusts_printable and text.isprintable()) and has_control_characters(text):
            self._report(Code.CONTROL_CHARACTER, place)
        if event.style or (text not in _WORDS and text[0] not in _FIRST_OF_NUMBERS):  # quoted or block text, or words
            return _tuple(Scalar, (text, text, place))
        return Scalar(text, self._plain_value(text, place), place)

    def _plain_value(self, text: str, place: Place) -> PlainScalar:
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if text in _NULLS:
            return None
        if text in _BOOLEAN_WORDS:
            self._report(Code.BOOLEAN_WORD, place, {"word": text, "instead": _BOOLEAN_WORDS[text]})
            return text
        if re.match(_INTEGER, text):
            # Longer than any number a fact holds; kept as text so that reading it costs nothing.
            return int(text) if len(text) <= 40 else text
        if (
            re.match(_OTHER_NOTATION, text)
            or re.match(_NO_NUMBER, text)
            or (self._is_json and re.match(_NO_JSON_NUMBER, text))
        ):
            self._report(Code.NUMBER_NOTATION, place, {"number": text})
        elif re.match(_FLOAT, text):
            self._report(Code.FLOAT, place, {"number": text})
        return text

    def _decorated(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            self._report(Code.ANCHOR, place, {"name": str(event.anchor)})
        if event.tag is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._report(Code.TAG, place, {"tag": tag})

    def _too_deep(self, event: Any) -> None:
        self._report(Code.TOO_DEEP, self._place(event, event), {"limit": str(DEPTH_LIMIT)})
        raise _TooDeep

    def _place(self, start: Any, end: Any) -> Place:
        first, last = start.start_mark, end.end_mark
        return (self._name, first.line + 1, self._column(first), last.line + 1, self._column(last))

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
        written = "".join(self._text.splitlines()[line - 1 : line])
        if written[column - 1 : column] == "\t":
            reason = "tab character that violates indentation"
        elif ("expected key" in reason or "<block end>" in reason) and written[: column - 1].strip(" -"):
            reason = "something follows the value"
        code = Code.JSON_SYNTAX if self._is_json else Code.YAML_SYNTAX
        return Diagnostic(code, Span(self._name, line, column, line, column + 1), {"reason": reason})

    def _report(self, code: Code, place: Place, words: dict[str, str] | None = None) -> None:
        self._found.append(Diagnostic(code, Span._make(place), words or {}))


def _join_surrogates(found: re.Match[str]) -> str:
    pair = bytes.fromhex(found.group(1) + found.group(2))
    return pair.decode("utf-16-be")
