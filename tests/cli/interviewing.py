"""`incentives ask` as a process: lines that are typed, what is shown, and signals that come meanwhile."""

from __future__ import annotations

import os
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from incentives.cli.exits import Exit
from tests.cli.run import DAY, EXAMPLES, ROOT, WUHOU, environment, run
from tests.cli.test_terminal import heed_interrupts, wait_until_it_reads

FIXED = ("ask", "--as-of", DAY, "--policy", WUHOU.name)
MISSING = str(EXAMPLES / "missing-facts.yaml")


def asked(stdin: str, *options: str, lang: str = "zh") -> str:
    done = run(*FIXED, "--lang", lang, *options, stdin=stdin)
    assert (done.exit_code, done.stderr) == (0, "")
    return str(done.stdout)


def flat(shown: str) -> str:
    return "".join(shown.split())


@contextmanager
def typed(*lines: str, before: Callable[[], None]) -> Iterator[None]:
    """Within it these lines are typed, and then the end of the input; something happens before each."""
    left = iter(lines)

    def next_line() -> str | None:
        before()
        return next(left, None)

    with patch("incentives.cli.ask.read_line", next_line):
        yield


def interrupted(
    lines: str,
    folder: Path,
    *options: str,
    until: str,
    before: Callable[[], None] = lambda: None,
    by: signal.Signals = signal.SIGINT,
) -> str:
    """What is shown where Ctrl-C, or another signal, comes after these lines, once `until` is asked about."""
    command = [sys.executable, "-m", "incentives", *FIXED, "--lang", "zh", *options]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder,
        env=environment(PYTHONUNBUFFERED="1"),
        preexec_fn=heed_interrupts,  # noqa: PLW1509 (the tests start no threads)
    ) as running:  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(lines.encode())
        running.stdin.flush()
        shown = shown_until(running.stdout.fileno(), until, asked=lines.count("\n") + 1)
        wait_until_it_reads(running.pid)
        before()
        running.send_signal(by)
        assert running.wait(30) == Exit.INTERRUPTED
        shown += running.stdout.read().decode()
        assert running.stderr.read() == b""
    return shown


def shown_until(stream: int, text: str, *, asked: int = 0) -> str:
    """What is shown up to some text, and so many prompts."""
    shown = b""
    while select.select([stream], [], [], 30)[0]:
        try:
            part = os.read(stream, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        so_far = shown.decode(errors="replace")
        if text in so_far and so_far.count("> ") >= asked:
            return so_far
    pytest.fail(f"never shown: {text}: {shown.decode(errors='replace')}")


class Terminal(NamedTuple):
    """A process on a terminal of its own, and the end of that which shows what it prints."""

    process: subprocess.Popen[bytes]
    screen: int

    def type(self, text: str) -> None:
        os.write(self.screen, text.encode())


@contextmanager
def on_a_terminal(*options: str, columns: int = 80) -> Iterator[Terminal]:
    """An interview on a terminal, so many columns wide; it is over with the test, whatever becomes of that."""
    import fcntl
    import pty
    import termios

    screen, other = pty.openpty()
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "incentives", *FIXED, *options]
    with subprocess.Popen(
        command, stdin=other, stdout=other, stderr=other, env=environment(TERM="dumb", COLUMNS=str(columns)), cwd=ROOT
    ) as running:
        os.close(other)
        try:
            yield Terminal(running, screen)
        finally:
            running.kill()
            os.close(screen)
