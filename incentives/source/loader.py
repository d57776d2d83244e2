"""Files, streams and texts read as strict YAML or JSON. Imports diagnostics, the YAML reader and the tree.

Refused by name: duplicate keys, keys that are neither text nor years, `yes`/`no`/`on`/`off` as booleans,
numbers in any notation but plain decimal integers, fractions without a unit, anchors, tags, several documents,
deep nesting, files above a size. Every problem of a file is collected; only a syntax error ends the reading.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import IO

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.diagnostics.reasons import reason_of
from incentives.records import NamedTuple
from incentives.source.memory import all_is_kept
from incentives.source.tree import Mapping
from incentives.source.yaml_reader import DEPTH_LIMIT, read_yaml

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes. A profile with ten thousand projects stays below it."""


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
    except OSError as problem:
        return _unread(label, Code.FILE_UNREADABLE, {"reason": reason_of(problem)})
    except ValueError as problem:  # a name that no file can have
        return _unread(label, Code.FILE_UNREADABLE, {"reason": str(problem)})


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
    with all_is_kept():
        return Loaded(name, text, *read_yaml(name, text, is_json))


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


def _unread(name: str, code: Code, words: dict[str, str] | None = None) -> Loaded:
    return Loaded(name, "", None, (Diagnostic(code, Span(name), words or {}),))
