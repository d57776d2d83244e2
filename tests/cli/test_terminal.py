"""The command as a process: pipes that close, terminals with and without colour, Ctrl-C, poor encodings."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from incentives.cli.exits import Exit
from tests.cli.run import DAY, EXAMPLES, ROOT, WUHOU, environment, process, report

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on Windows")
ALL_THREE = str(EXAMPLES / "all-three.yaml")
FIXED = ("--as-of", DAY, "--engine", "reference", "--lang", "zh", "--policy", WUHOU.name)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def _in_terminal(*arguments: str, env: dict[str, str]) -> str:
    """What the command shows in a terminal of its own."""
    import pty

    main, other = pty.openpty()
    command = [sys.executable, "-m", "incentives", *arguments]
    with subprocess.Popen(command, stdin=other, stdout=other, stderr=other, env=env, cwd=ROOT) as running:
        os.close(other)
        shown = b""
        while select.select([main], [], [], 30)[0]:
            try:
                part = os.read(main, 65536)
            except OSError:  # the terminal is gone with its last process
                break
            if not part:
                break
            shown += part
        assert running.wait(30) == 0
    os.close(main)
    return shown.decode().replace("\r\n", "\n")


@needs_pty
def test_a_terminal_gets_colours_and_the_same_words() -> None:
    shown = _in_terminal("check", ALL_THREE, *FIXED, env=environment(TERM="xterm"))
    assert "\x1b[32m✓" in shown
    assert _ANSI.sub("", shown) == report("all-three")
    refused = _in_terminal("check", str(EXAMPLES / "one-fen-below.yaml"), *FIXED, env=environment(TERM="xterm"))
    assert "\x1b[31m✗" in refused
    assert _ANSI.sub("", refused) == report("one-fen-below")


@needs_pty
@pytest.mark.parametrize("command", ["check", "explain"])
@pytest.mark.parametrize("lines", [24, 50])
def test_several_policies_fit_the_terminal_that_shows_them(command: str, lines: int) -> None:
    every_policy = (command, ALL_THREE, "--as-of", DAY, "--lang", "zh")
    shown = _in_terminal(*every_policy, env=environment(TERM="xterm", LINES=str(lines))).splitlines()
    assert len(shown) < lines, "and the prompt below"
    assert shown[-1].startswith("逐条 --all")
    assert any(re.fullmatch("  另有 .* 项政策", line) for line in shown) is (lines == 24)


@needs_pty
@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"NO_COLOR": "0"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_no_colours_gets_none(setting: dict[str, str]) -> None:
    shown = _in_terminal("check", ALL_THREE, *FIXED, env=environment(**{"TERM": "xterm"} | setting))
    assert shown == report("all-three")


@pytest.mark.parametrize("setting", [{}, {"FORCE_COLOR": "1"}, {"TERM": "xterm-256color"}])
def test_a_pipe_gets_no_colours(setting: dict[str, str]) -> None:
    done = process("check", ALL_THREE, "none.yaml", *FIXED, env=environment(**setting))
    assert done.stdout.decode() == report("all-three")
    assert b"\x1b" not in done.stdout + done.stderr


def heed_interrupts() -> None:
    """A shell's background command ignores interrupts, one under nohup hang-ups; both hand that down."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@needs_pty
def test_ctrl_c_while_waiting_for_standard_input_ends_with_130_and_no_traceback() -> None:
    command = [sys.executable, "-m", "incentives", "check", "-", *FIXED]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 (the tests start no threads)
    ) as running:
        wait_until_it_reads(running.pid)
        running.send_signal(signal.SIGINT)
        code = running.wait(30)
        assert running.stdout is not None
        assert running.stderr is not None
        shown = running.stdout.read() + running.stderr.read()
    assert code == Exit.INTERRUPTED
    assert b"Traceback" not in shown


def wait_until_it_reads(pid: int) -> None:
    """Until the process is asleep in a read of its standard input; a while where that cannot be seen."""
    syscall = Path(f"/proc/{pid}/syscall")
    for _ in range(100):
        time.sleep(0.1)
        try:
            waiting = syscall.read_text().split()
        except OSError:
            time.sleep(2)
            return
        if waiting[:1] in (["0"], ["63"]) and waiting[1] == "0x0":  # read (x86, ARM), of file descriptor 0
            return


@pytest.mark.parametrize("command", [("check", *[ALL_THREE] * 40, *FIXED), ("new-profile",), ("--help",)])
def test_a_reader_that_goes_away_early_gets_no_traceback(command: tuple[str, ...]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "incentives", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        running.wait(30)
    assert b"Traceback" not in said
    assert b"Exception ignored" not in said


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_an_encoding_that_lacks_signs_gets_question_marks_and_no_traceback(encoding: str) -> None:
    done = process("check", ALL_THREE, "none.yaml", *FIXED, env=environment(PYTHONIOENCODING=encoding))
    assert done.returncode == Exit.BAD_PROFILE
    assert b"Traceback" not in done.stderr
    assert "3200" in done.stdout.decode(encoding)
    if encoding == "gbk":
        assert "最高 3200万元" in done.stdout.decode("gbk")


def test_the_command_does_not_depend_on_the_folder_it_is_called_in(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "incentives", "check", ALL_THREE, *FIXED]
    done = subprocess.run(command, capture_output=True, env=environment(), cwd=tmp_path, timeout=60, check=True)
    assert done.stdout.decode() == report("all-three")


def test_standard_input_as_bytes_of_another_encoding_is_refused_by_name() -> None:
    done = process("check", "-", *FIXED, stdin="name: 甲公司\n".encode("gbk"))
    assert done.returncode == Exit.BAD_PROFILE
    assert "错误[E0104]: 不是 UTF-8 文本\n  --> 标准输入" in done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [("check", ALL_THREE, *FIXED), ("policies",)], ids=["check", "policies"])
def test_a_full_disk_is_said_in_one_line_and_ends_with_its_own_code(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "incentives", *arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, check=False)
    assert done.returncode == Exit.NOT_WRITTEN
    assert len(done.stderr.decode().splitlines()) == 1


@needs_pty
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", ALL_THREE, *FIXED), Exit.NOT_WRITTEN),
        (("check", ALL_THREE, *FIXED, "--json"), Exit.NOT_WRITTEN),
        (("policies",), Exit.NOT_WRITTEN),
        (("ask", "--policy", WUHOU.name), Exit.NOT_WRITTEN),
        (("check", "none.yaml", *FIXED), Exit.BAD_PROFILE),
    ],
    ids=["check", "json", "policies", "ask", "nothing to write"],
)
def test_an_answer_for_which_standard_output_is_closed_was_not_written(arguments: tuple[str, ...], code: int) -> None:
    command = [sys.executable, "-m", "incentives", *arguments]
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    done = subprocess.run(
        closed, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, check=False
    )
    assert done.returncode == code
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    assert ("the answer could not be written" in said) is (code == Exit.NOT_WRITTEN)
