"""Bad inputs that cannot be stored: folders, missing and forbidden files, endless and deeply nested ones."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from incentives.diagnostics import Refused
from incentives.source.loader import load_file, load_text
from incentives.texts import Lang
from tests.bad.cases import MADE, Case, policy_refused, profile_refused, refused_profile, vocabulary

LEVELS = 5000
HUNDRED_MB = 100 * 1024 * 1024


def made_cases() -> Iterator[Case]:
    """Every case that is made when it runs, in the order of names."""
    for name, make in sorted(_MADE.items()):
        yield _case(f"{MADE}/{name}", make)


def _case(name: str, make: Callable[[Path], Refused]) -> Case:
    def refused() -> Refused:
        with TemporaryDirectory() as folder:
            return make(Path(folder))

    def answers(lang: Lang) -> str:
        from incentives.diagnostics.render import render_diagnostics

        found = refused()
        return render_diagnostics(found.diagnostics, found.sources, lang) + "\n"

    return Case(name, answers, refused)


def _missing(folder: Path) -> Refused:
    return profile_refused(folder / "no-such-file.yaml")


def _missing_folder(folder: Path) -> Refused:
    return profile_refused(folder / "no-such-folder" / "profile.yaml")


def _directory(folder: Path) -> Refused:
    path = folder / "a-folder.yaml"
    path.mkdir()
    return profile_refused(path)


def _too_large(folder: Path) -> Refused:
    """A file of a hundred megabytes that takes no room on the disk, and no time: only its size is looked at."""
    path = folder / "large.yaml"
    with path.open("wb") as file:
        file.truncate(HUNDRED_MB)
    return profile_refused(path)


def _forbidden(folder: Path) -> Refused:
    """Without the right to read. The administrator may read everything, so there the refusal is acted."""
    path = folder / "forbidden.yaml"
    path.write_text("name: 甲公司\n", encoding="utf-8")
    path.chmod(0)
    if not os.access(path, os.R_OK):
        return profile_refused(path)
    vocabulary()  # read before, so that only the profile is read below
    with patch.object(Path, "open", side_effect=PermissionError(13, "Permission denied")):
        return profile_refused(path)


def _name_too_long(folder: Path) -> Refused:
    return refused_profile(load_file(folder / ("很" * 200), "a-very-long-name.yaml"))


def _deep_mappings(_: Path) -> Refused:
    return _text("deep-mappings.yaml", "".join(f"{' ' * level}a:\n" for level in range(LEVELS)))


def _deep_brackets(_: Path) -> Refused:
    return _text("deep-brackets.yaml", "[" * LEVELS + "]" * LEVELS)


def _deep_dashes(_: Path) -> Refused:
    return _text("deep-dashes.yaml", "- " * LEVELS + "x")


def _deep_json(_: Path) -> Refused:
    return _text("deep.json", '{"a":' * LEVELS + "1" + "}" * LEVELS)


def _open_json(_: Path) -> Refused:
    return _text("deep-and-open.json", '{"a":' * LEVELS)


def _byte_order_mark(folder: Path) -> Refused:
    """A mark at the beginning is passed over and moves no column."""
    path = folder / "byte-order-mark.yaml"
    path.write_bytes("staf: 10人\n".encode("utf-8-sig"))
    return profile_refused(path)


def _windows_line_ends(folder: Path) -> Refused:
    path = folder / "windows-line-ends.yaml"
    path.write_bytes("name: 甲公司\r\nstaf: 10人\r\nprofit: 1亿\r\n".encode())
    return profile_refused(path)


def _empty_folder(folder: Path) -> Refused:
    path = folder / "policies"
    path.mkdir()
    return _without_folder(policy_refused(path), folder)


def _missing_policy(folder: Path) -> Refused:
    return _without_folder(policy_refused(folder / "policy.yaml"), folder)


def _empty_policy(folder: Path) -> Refused:
    path = folder / "policy.yaml"
    path.write_text("# 还没有写\n", encoding="utf-8")
    return policy_refused(path)


def _text(name: str, text: str) -> Refused:
    return refused_profile(load_text(text, name))


def _without_folder(refused: Refused, folder: Path) -> Refused:
    found = [
        type(one)(one.code, one.span._replace(file=one.span.file.removeprefix(f"{folder}/")), one.words)
        for one in refused.diagnostics
    ]
    return type(refused)(found, refused.sources)


_MADE: dict[str, Callable[[Path], Refused]] = {
    "byte-order-mark": _byte_order_mark,
    "deep-brackets": _deep_brackets,
    "deep-dashes": _deep_dashes,
    "deep-json": _deep_json,
    "deep-mappings": _deep_mappings,
    "deep-open-json": _open_json,
    "directory": _directory,
    "empty-folder": _empty_folder,
    "empty-policy": _empty_policy,
    "forbidden": _forbidden,
    "missing": _missing,
    "missing-folder": _missing_folder,
    "missing-policy": _missing_policy,
    "name-too-long": _name_too_long,
    "too-large": _too_large,
    "windows-line-ends": _windows_line_ends,
}
