"""The table of imports: what lies left imports nothing that lies right; nothing below the edges touches the world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import incentives

PACKAGE = Path(incentives.__file__).parent

ALLOWED: dict[str, tuple[str, ...]] = {
    "records": (),
    "values": ("records",),
    "texts": ("records", "values"),
    "diagnostics": ("texts", "records", "values"),
    "source": ("diagnostics", "records"),
    "facts": ("source", "diagnostics", "records", "values"),
    "amounts": ("records", "values"),
    "language": ("facts", "amounts", "source", "diagnostics", "records", "values"),
    "engines": ("language", "facts", "amounts", "diagnostics", "records", "values"),
    "decision": ("engines", "amounts", "language", "facts", "records", "values"),
    "advice": ("decision", "engines", "amounts", "language", "facts", "records", "diagnostics", "values"),
    "explain": (
        "advice",
        "decision",
        "engines",
        "amounts",
        "language",
        "facts",
        "diagnostics",
        "texts",
        "records",
        "values",
    ),
    "report": ("explain", "decision", "texts", "records", "values"),
    "drawing": ("explain", "texts", "records", "values"),
    "cli": (
        "report",
        "advice",
        "drawing",
        "explain",
        "decision",
        "engines",
        "language",
        "facts",
        "source",
        "texts",
        "diagnostics",
        "records",
        "values",
    ),
}
"""Each room with the rooms it may import from."""

WAYS_BACK = {("decision/result.py", "incentives.explain.guidance")}
"""What a method loads from further on when it is called: a decision explains itself to programs."""

SINGLE = ("records.py", "values.py")
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.name in SINGLE)


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    for name in imported_by(path):
        parts = name.split(".")
        if (str(path.relative_to(PACKAGE)), name) in WAYS_BACK:
            continue
        if parts[0] == "incentives" and len(parts) > 1 and parts[1] != room:
            assert parts[1] in ALLOWED[room], f"{room} may not import {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


@pytest.mark.parametrize(
    "path", [path for path in MODULES if room_of(path) != "cli"], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_only_the_command_line_prints_and_reads_the_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not called & {"print", "input", "datetime.now", "date.today", "time.time"}
    assert not {"os", "sys", "time"} & set(imported_by(path))


def test_only_the_loader_reads_files_and_only_one_module_writes_them() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        methods = {
            node.func.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        opened = methods & {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
        assert not opened or path in (PACKAGE / "source" / "loader.py", PACKAGE / "cli" / "files.py"), (path, opened)


def test_the_durable_engine_uses_nothing_of_the_reference() -> None:
    for path in (PACKAGE / "engines" / "durable").glob("*.py"):
        assert "incentives.engines.reference" not in set(imported_by(path)), path


def test_the_native_engine_works_everything_out_in_its_own_way() -> None:
    shared = {f"incentives.engines.{name}" for name in ("clashes", "narrowed", "ranges_of_facts", "rows", "subjects")}
    for path in (PACKAGE / "engines" / "native").glob("*.py"):
        of_engines = {name for name in imported_by(path) if name.startswith("incentives.engines")}
        assert {name for name in of_engines if not name.startswith("incentives.engines.native")} <= shared, path


def test_the_table_names_every_room() -> None:
    assert {room_of(path) for path in MODULES} == set(ALLOWED)


def test_every_file_of_the_engines_stays_short() -> None:
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in (PACKAGE / "engines").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= 300
    }
    assert not long
