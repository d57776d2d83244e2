"""`check --report FILE`: which files are written, how, and what stays as it was where none is."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from incentives.cli.exits import Exit
from incentives.cli.files import begin_to_write, write_whole
from tests.cli.run import DAY, EXAMPLES, ROOT, WUHOU, check, environment, process, run
from tests.marks import needs_docx

ALL_THREE = str(EXAMPLES / "all-three.yaml")
FIXED = ("--as-of", DAY, "--engine", "reference", "--lang", "zh", "--policy", WUHOU.name)
BEGINS = {".html": b"<!DOCTYPE html>", ".md": b"# ", ".json": b"{\n", ".docx": b"PK\x03\x04"}


@pytest.mark.parametrize("suffix", [".html", ".md", ".json", pytest.param(".docx", marks=needs_docx)])
def test_the_ending_chooses_the_format_and_the_answer_says_where_the_report_is(suffix: str, tmp_path: Path) -> None:
    for name in (f"报告{suffix}", f"again{suffix.upper()}"):
        file = tmp_path / name
        result = check("all-three", "--report", str(file))
        assert (result.exit_code, result.stderr) == (Exit.DECIDED, "")
        assert result.stdout == f"{file}: 可确定 0元 · 最高 3200万元\n"
        assert file.read_bytes().startswith(BEGINS[suffix])
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"again{suffix.upper()}", f"报告{suffix}"]


def test_a_report_always_holds_its_receipt(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    check("all-three", "--report", str(file))
    receipt = json.loads(check("all-three", "--json", "--receipt").stdout)["receipt"]
    assert json.loads(file.read_text(encoding="utf-8"))["receipt"] == receipt
    assert receipt is not None


def test_json_is_printed_beside_a_report(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    printed = check("all-three", "--json", "--receipt", "--report", str(file)).stdout
    assert printed == check("all-three", "--json", "--receipt").stdout
    assert file.exists()


def test_the_same_check_writes_the_same_report(tmp_path: Path) -> None:
    for suffix in (".html", ".md", ".json"):
        one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
        for file in (one, other):
            check("missing-facts", "--report", str(file))
        assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("file", "profiles", "code"),
    [
        ("报告.pdf", [ALL_THREE], "E0602"),
        ("报告.txt", [ALL_THREE], "E0602"),
        ("报告", [ALL_THREE], "E0602"),
        ("-", [ALL_THREE], "E0602"),
        ("报告.html", [ALL_THREE, ALL_THREE], "E0604"),
    ],
)
def test_a_report_that_cannot_be_written_as_asked_is_a_usage_error(
    file: str, profiles: list[str], code: str, tmp_path: Path
) -> None:
    place = str(tmp_path / file) if file != "-" else file
    result = run("check", *profiles, *FIXED, "--report", place)
    assert (result.exit_code, result.stdout) == (Exit.BAD_USAGE, "")
    assert code in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_missing_extra_says_what_to_install(tmp_path: Path) -> None:
    with patch("incentives.report.formats.find_spec", return_value=None):
        result = check("all-three", "--report", str(tmp_path / "报告.docx"))
        assert check("all-three", "--report", str(tmp_path / "报告.html")).exit_code == Exit.DECIDED
    assert result.exit_code == Exit.BAD_USAGE
    assert 'pip install "incentives[report]"' in result.stderr


def test_a_refused_profile_leaves_the_report_that_was_there(tmp_path: Path) -> None:
    bad, file = tmp_path / "bad.yaml", tmp_path / "report.html"
    bad.write_text("name: 甲公司\nentity_tipe: 企业法人\n", encoding="utf-8")
    file.write_text("before", encoding="utf-8")
    result = run("check", str(bad), *FIXED, "--report", str(file))
    assert (result.exit_code, result.stdout) == (Exit.BAD_PROFILE, "")
    assert file.read_text(encoding="utf-8") == "before"


def test_a_folder_that_is_not_there_is_told_before_anything_is_decided(tmp_path: Path) -> None:
    file = tmp_path / "none" / "report.html"
    done = run("check", ALL_THREE, *FIXED, "--report", str(file), "--policies", "nowhere")
    assert (done.exit_code, done.stdout) == (Exit.BAD_USAGE, "")
    assert done.stderr.startswith("错误[E0606]: 无法写入")
    assert f"先建好文件夹 `{file.parent}`" in done.stderr


def test_a_report_that_cannot_be_written_in_the_end_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    limited = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", sys.executable, "-m", "incentives"]
    done = subprocess.run(
        [*limited, "check", ALL_THREE, *FIXED, "--report", str(file)],
        capture_output=True, env=environment(), cwd=ROOT, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (Exit.NOT_WRITTEN, b"")
    said = f"the answer could not be written 无法写出结果: the file is too large 文件太大 ({file})\n"
    assert done.stderr.decode() == said
    assert list(tmp_path.iterdir()) == []


# Written whole ------------------------------------------------------------------------------------


def test_a_file_is_replaced_by_a_complete_one_with_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("before", encoding="utf-8")
    file.chmod(0o640)
    write_whole(file, b"after")
    assert file.read_bytes() == b"after"
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("failing", ["replace", "fsync"])
def test_a_file_stays_as_it_was_where_writing_fails(failing: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("before", encoding="utf-8")
    with (
        patch.object(os, failing, side_effect=OSError(28, "No space left on device")),
        pytest.raises(OSError, match="No space") as told,
    ):
        write_whole(file, b"after")
    assert (told.value.errno, told.value.filename) == (28, str(file))
    assert file.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [file]


def test_an_interrupt_leaves_nothing_half_done(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    with patch.object(os, "fsync", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        write_whole(file, b"after")
    assert list(tmp_path.iterdir()) == []


def test_behind_a_link_the_file_itself_is_replaced(tmp_path: Path) -> None:
    file, link = tmp_path / "report.html", tmp_path / "link.html"
    file.write_text("before", encoding="utf-8")
    try:
        link.symlink_to(file)
    except OSError:
        pytest.skip("this system lets nobody make a link")
    write_whole(link, b"after")
    assert link.is_symlink()
    assert file.read_bytes() == b"after"


@contextmanager
def _pipe(folder: Path) -> Iterator[Path]:
    """A pipe in the folder; it is there afterwards as it was."""
    pipe = folder / "pipe"
    try:
        os.mkfifo(pipe)
    except (AttributeError, OSError):
        pytest.skip("this system lets nobody make a pipe that has a name")
    made = pipe.stat()
    yield pipe
    left = pipe.lstat()
    assert stat.S_ISFIFO(left.st_mode)
    assert left.st_ino == made.st_ino


@pytest.mark.parametrize("behind_a_link", [False, True])
def test_a_pipe_is_never_replaced(behind_a_link: bool, tmp_path: Path) -> None:
    with _pipe(tmp_path) as pipe:
        file = pipe
        if behind_a_link:
            file = tmp_path / "link.html"
            file.symlink_to(pipe)
        for write in (begin_to_write, lambda path: write_whole(path, b"after")):
            with pytest.raises(OSError, match="seek") as told:
                write(file)
            assert (told.value.errno, told.value.filename) == (errno.ESPIPE, str(file))
        assert file.is_symlink() == behind_a_link
        assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("command", "option", "file"),
    [
        ("check", "--report", "report.html"),
        ("curve", "--out", "curve.svg"),
        ("ask", "--save", "answers.yaml"),
    ],
)
def test_a_pipe_is_told_before_anything_is_decided(command: str, option: str, file: str, tmp_path: Path) -> None:
    over = ["--over", "investment"] if command == "curve" else []
    with _pipe(tmp_path) as pipe:
        link = tmp_path / file
        link.symlink_to(pipe)
        done = run(command, ALL_THREE, *over, option, str(link), "--lang", "zh", "--policies", "nowhere")
    assert (done.exit_code, done.stdout) == (Exit.BAD_USAGE, "")
    assert done.stderr.startswith(f"错误[E0606]: 无法写入 `{link}`：这是管道或设备，不是普通文件\n")


def test_what_only_the_system_knows_the_name_of_is_no_file_either(tmp_path: Path) -> None:
    """`/dev/stdout` of a command whose output goes into a pipe leads to what has no name."""
    if not Path("/dev/stdout").is_symlink():
        pytest.skip("this system has no name for the output of a command")
    link = tmp_path / "report.html"
    link.symlink_to("/dev/stdout")
    done = process("check", ALL_THREE, *FIXED, "--report", str(link))
    assert (done.returncode, done.stdout) == (Exit.BAD_USAGE, b"")
    assert done.stderr.decode().startswith("错误[E0606]")
    assert link.is_symlink()
