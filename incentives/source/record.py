"""Trees read into pydantic records, every problem with its place. Imports diagnostics and the tree.

Pydantic says what is wrong and where by path; this module turns the path into a position. A misspelt key is
then read as what it was meant to be, what else is wrong is cut out or replaced, and the rest read again, so
that later passes can look at everything that is sound.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.source.spelling import nearest
from incentives.source.tree import (
    Mapping,
    Node,
    Path,
    Plain,
    Scalar,
    Sequence,
    key_span_at,
    node_at,
    plain,
    span_at,
)


class Record(BaseModel):
    """A mapping with a fixed set of keys. An unknown key is an error that names the nearest known one."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, data: Any) -> Any:
        if isinstance(data, dict):
            known = cls._keys()
            if not known.issuperset(data):
                unknown = [key for key in data if key not in known]
                raise PydanticCustomError(_UNKNOWN_KEYS, "unknown keys", {"keys": unknown, "known": sorted(known)})
        return data

    @classmethod
    @cache
    def _keys(cls) -> frozenset[str]:
        return frozenset(field.alias or name for name, field in cls.model_fields.items())


RecordType = TypeVar("RecordType", bound=Record)

_UNKNOWN_KEYS = "unknown_keys"

_EXPECTED = {
    "string_type": "text",
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "bool_type": "boolean",
    "int_type": "whole_number",
}

_FORM_ERRORS = (*_EXPECTED, "literal_error")
_NO_FORM = "no_form"
_BRACKETS = {Sequence: "[…]", Mapping: "{…}", type(None): ""}

_CODES = {
    "union_tag_not_found": Code.NOT_A_CONDITION,
    "int_parsing_size": Code.NUMBER_TOO_LARGE,
    "too_short": Code.EMPTY_LIST,
    "string_too_short": Code.NOT_TEXT,
    "string_pattern_mismatch": Code.BAD_ID,
}


@dataclass(frozen=True, slots=True)
class ReadRecord(Generic[RecordType]):
    """What could be read, None when the whole cannot stand, and every problem found."""

    record: RecordType | None
    problems: list[Diagnostic]
    _origins: dict[Path, Path]

    def written_at(self, path: Path) -> Path:
        """Where in the file the part of the record at `path` was written."""
        return self._origins.get(path, path)


def read_record(
    record: type[RecordType],
    root: Mapping,
    cuttable: Callable[[Path], Path | None],
    stand_ins: AnyMapping[str, Plain],
    kinds: tuple[str, ...] = (),
) -> ReadRecord[RecordType]:
    """Read `root` as a `record`.

    `cuttable(path)` names the part that can be left out when what stands at `path` is wrong, or None
    when nothing can; then the part of `stand_ins` for its outermost key takes its place, so that the rest is
    still read. `kinds` are the keys that tell the forms of a union apart.
    """
    cuts: set[Path] = set()
    _without_value(root, (), cuts)
    problems = [Diagnostic(Code.EMPTY_VALUE, key_span_at(root, path), {"key": str(path[-1])}) for path in cuts]
    meant: dict[Path, str] = {}
    taken_by_meant: set[Path] = set()
    replaced: dict[str, Plain] = {}
    origins: dict[Path, Path] = {}
    data = _sound(root, cuts, meant, (), (), origins) if cuts else plain(root)
    emptied: set[Path] = {path[:-1] for path in cuts}
    while True:
        try:
            return ReadRecord(record.model_validate(data), problems, origins)
        except ValidationError as failure:
            errors = failure.errors(include_url=False, include_input=False)
        new_cuts: set[Path] = set()
        hopeless = repaired = False
        for error, path in _once_for_each_value([(error, _path_in(data, error["loc"])) for error in errors]):
            path = origins.get(path, path)  # noqa: PLW2901
            if error["type"] == _UNKNOWN_KEYS:
                for key in error["ctx"]["keys"]:
                    instead = nearest(key, error["ctx"]["known"])
                    problems.append(_unknown_key(root, path, key, instead, error["ctx"]["known"]))
                    place = (*path, instead) if instead else path
                    if instead is None or place in taken_by_meant or node_at(root, place) is not None:
                        new_cuts.add((*path, key))
                    else:
                        meant[(*path, key)] = instead
                        taken_by_meant.add(place)
                        repaired = True
                continue
            if not _left_by_a_cut(error, path, cuts, emptied, kinds):
                problems.append(_problem(root, path, error, kinds))
            cut = cuttable(path)
            outermost = str((path or error["loc"])[0])
            if cut is not None:
                new_cuts.add(cut)
            elif outermost in stand_ins and outermost not in replaced:
                replaced[outermost] = stand_ins[outermost]
                repaired = True
            elif outermost not in replaced:
                hopeless = True
        if hopeless or (new_cuts <= cuts and not repaired):
            return ReadRecord(None, problems, origins)
        cuts |= new_cuts
        emptied = {path[:-1] for path in cuts}
        origins.clear()
        data = _sound(root, cuts, meant, (), (), origins)
        if isinstance(data, dict):
            data |= replaced


def _without_value(node: Node, path: Path, found: set[Path]) -> None:
    """Adds the keys that nothing follows. Taken as left out, a forgotten bound or condition would go unnoticed."""
    match node:
        case Mapping():
            for key, value in node.entries:
                if not isinstance(value, Scalar):
                    _without_value(value, (*path, key.text), found)
                elif value.value is None:
                    found.add((*path, key.text))
        case Sequence():
            for index, item in enumerate(node.items):
                if not isinstance(item, Scalar):
                    _without_value(item, (*path, index), found)
        case Scalar():
            pass


def _once_for_each_value(errors: list[tuple[ErrorDetails, Path]]) -> list[tuple[ErrorDetails, Path]]:
    """One error for a value that may take several forms: pydantic gives one for each form that it has not."""
    kept: dict[Path, tuple[ErrorDetails, Path]] = {}
    others: list[tuple[ErrorDetails, Path]] = []
    for error, path in errors:
        if error["type"] not in _FORM_ERRORS:
            others.append((error, path))
        elif path not in kept:
            kept[path] = (error, path)
        elif kept[path][0]["type"] != "literal_error":
            kept[path][0]["type"] = _NO_FORM
    # A choice between a word and a mapping: where a mapping was written, only what is wrong in it counts.
    begun = {path[:end] for error, path in others for end in range(len(path) + 1) if len(error["loc"]) > len(path)}
    forms = [(error, path) for error, path in kept.values() if error["type"] != "literal_error" or path not in begun]
    return [*forms, *others]


def _left_by_a_cut(
    error: ErrorDetails, path: Path, cuts: set[Path], emptied: set[Path], kinds: tuple[str, ...]
) -> bool:
    """Whether an error only says that something is missing or empty because it was cut out before.

    `emptied` are the places directly above `cuts`.
    """
    if error["type"] == "missing":
        return (*path, str(error["loc"][-1])) in cuts
    if error["type"] == "union_tag_not_found":
        return any((*path, key) in cuts for key in kinds)
    return error["type"] == "too_short" and path in emptied


def _problem(root: Mapping, path: Path, error: ErrorDetails, kinds: tuple[str, ...]) -> Diagnostic:
    kind = error["type"]
    if kind == "missing":
        return Diagnostic(Code.MISSING_KEY, _header_span(root, path), {"key": str(error["loc"][-1])})
    if kind == _NO_FORM:
        written = node_at(root, path)
        words = {"written": written.text if isinstance(written, Scalar) else _BRACKETS[type(written)]}
        return Diagnostic(Code.NOT_ONE_VALUE, span_at(root, path), words)
    if kind in _EXPECTED:
        written = node_at(root, path)
        quoted = written.text if kind == "string_type" and isinstance(written, Scalar) else ""
        return Diagnostic(Code.WRONG_SHAPE, span_at(root, path), {"expected": _EXPECTED[kind], "quoted": quoted})
    if kind == "literal_error":
        expected = error["ctx"]["expected"].replace("'", "`").replace(" or ", ", ")
        if not expected.startswith("`"):
            expected = f"`{expected}`"
        return Diagnostic(Code.NOT_ALLOWED_HERE, span_at(root, path), {"expected": expected})
    written = node_at(root, path)
    place = span_at(root, path)
    if kind == "string_pattern_mismatch" and error["loc"][-1:] == ("[key]",):
        return Diagnostic(Code.BAD_ID, key_span_at(root, path), {"written": str(path[-1])})
    words = {
        "written": (written.text or '""') if isinstance(written, Scalar) else "",
        "key": str(path[-1]) if path else "",
    }
    if kind == "union_tag_not_found" and isinstance(written, Mapping):
        words = _meant_kind(written, kinds)
    return Diagnostic(_CODES[kind], place, words)


def _meant_kind(written: Mapping, kinds: tuple[str, ...]) -> dict[str, str]:
    """The key that was meant to say what kind of condition this is."""
    for key, _ in written.entries:
        if (instead := nearest(key.text, kinds)) is not None and instead != key.text:
            return {"key": key.text, "nearest": instead}
    return {}


def _unknown_key(root: Mapping, path: Path, key: str, instead: str | None, known: list[str]) -> Diagnostic:
    words = {"key": key, "nearest": instead or "", "known": ", ".join(known)}
    return Diagnostic(Code.UNKNOWN_KEY, key_span_at(root, (*path, key)), words)


def _header_span(root: Mapping, path: Path) -> Span:
    return key_span_at(root, path) if path else root.entries[0][0].span if root.entries else root.span


def _path_in(data: Plain, location: tuple[int | str, ...]) -> Path:
    """The part of a pydantic location that exists in `data`; union tags in between are passed over."""
    path: list[str | int] = []
    here: Plain = data
    for step in location:
        if isinstance(here, dict) and isinstance(step, str) and step in here:
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _sound(
    node: Node, cuts: set[Path], meant: dict[Path, str], path: Path, new_path: Path, origins: dict[Path, Path]
) -> Plain:
    """The plain content of `node` without what stands at `cuts` and with misspelt keys as they were meant.

    `origins` maps the new paths to those in the file.
    """
    origins[new_path] = path
    match node:
        case Scalar():
            return node.value
        case Sequence():
            items: list[Plain] = []
            for index, item in enumerate(node.items):
                if (*path, index) not in cuts:
                    items.append(_sound(item, cuts, meant, (*path, index), (*new_path, len(items)), origins))
            return items
        case Mapping():
            entries: dict[str, Plain] = {}
            for key, value in node.entries:
                below = (*path, key.text)
                if below not in cuts:
                    name = meant.get(below, key.text)
                    entries[name] = _sound(value, cuts, meant, below, (*new_path, name), origins)
            return entries
