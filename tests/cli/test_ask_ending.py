"""`incentives ask`: what is shown and kept when it is interrupted, or nothing more can be read."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from incentives.cli.exits import Exit
from incentives.texts.width import display_width
from tests.cli.interviewing import FIXED, MISSING, asked, flat, interrupted, on_a_terminal, shown_until, typed
from tests.cli.run import DAY, WUHOU, environment
from tests.cli.test_terminal import needs_pty

pytestmark = pytest.mark.usefixtures("folder_at_hand")


@needs_pty
def test_ctrl_c_ends_with_130_and_says_where_the_answers_are(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = interrupted("某公司\n1\n510107\n企业法人\n一期\n", tmp_path, "--save", str(saved), until="逐个输入名称")
    assert f"已回答的都在{saved}" in flat(shown)
    assert "没有用空行结束，未记入：一期" in shown
    assert f"incentives ask {saved} --policy {WUHOU.name} --as-of {DAY} --lang zh --save {saved}\n" in shown
    text = saved.read_text(encoding="utf-8")
    assert 'registered_district: "510107"\n' in text
    assert "projects" not in text
    assert [path.name for path in tmp_path.iterdir()] == ["my.yaml"]


@needs_pty
def test_ctrl_c_leaves_what_was_not_saved_in_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "unsaved-answers.yaml").write_text("name: 别的公司\n", encoding="utf-8")
    shown = interrupted("某公司\n1\n", tmp_path, until="2. ")
    assert "没有保存的回答已写入unsaved-answers-2.yaml" in flat(shown)
    assert f"incentives ask unsaved-answers-2.yaml --policy {WUHOU.name} --as-of {DAY} --lang zh\n" in shown
    kept = (tmp_path / "unsaved-answers-2.yaml").read_text(encoding="utf-8")
    assert kept == "name: 某公司\nindustry_fields: [微波射频]\n"
    assert (tmp_path / "unsaved-answers.yaml").read_text(encoding="utf-8") == "name: 别的公司\n"


def test_the_end_of_the_input_leaves_what_was_not_saved_in_a_new_file() -> None:
    shown = asked("某公司\n1\n")
    assert "没有保存的回答已写入unsaved-answers.yaml" in flat(shown)
    assert f"incentives ask unsaved-answers.yaml --policy {WUHOU.name} --as-of {DAY} --lang zh\n" in shown
    assert Path("unsaved-answers.yaml").read_text(encoding="utf-8") == "name: 某公司\nindustry_fields: [微波射频]\n"
    assert "没有保存" not in asked("", "unsaved-answers.yaml"), "what was rescued is there, and goes on"
    asked("软件\n退出\n\n")
    assert [path.name for path in Path.cwd().iterdir()] == ["unsaved-answers.yaml"], "who says so loses them"


def test_the_end_of_the_input_saves_where_saving_was_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "there at first"
    folder.mkdir()
    with typed("某公司", "1", before=lambda: shutil.rmtree(folder, ignore_errors=True)):
        shown = asked("", "--save", str(folder / "my.yaml"))
    assert f"无法保存到{folder / 'my.yaml'}：没有这个文件或文件夹".replace(" ", "") in flat(shown)
    assert Path("unsaved-answers.yaml").exists(), "and where that cannot be, in a new file"


@needs_pty
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_terminal_that_closes_leaves_what_was_not_saved_in_a_new_file(
    number: signal.Signals, tmp_path: Path
) -> None:
    shown = interrupted("某公司\n1\n", tmp_path, until="2. ", by=number)
    assert "没有保存的回答已写入unsaved-answers.yaml" in flat(shown)
    kept = (tmp_path / "unsaved-answers.yaml").read_text(encoding="utf-8")
    assert kept == "name: 某公司\nindustry_fields: [微波射频]\n"


@needs_pty
def test_a_terminal_that_is_gone_loses_nothing(tmp_path: Path) -> None:
    """Nothing can be shown or read any more when the signal comes."""
    import pty

    main, other = pty.openpty()
    command = [sys.executable, "-m", "incentives", *FIXED, "--lang", "zh"]
    with subprocess.Popen(
        command, stdin=other, stdout=other, stderr=other, env=environment(TERM="dumb"), cwd=tmp_path,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 (the tests start no threads)
    ) as running:  # fmt: skip
        os.close(other)
        shown_until(main, "企业名称是什么")
        os.write(main, "某公司\n1\n".encode())
        shown_until(main, "2. ", asked=1)
        os.close(main)
        running.wait(30)
    kept = (tmp_path / "unsaved-answers.yaml").read_text(encoding="utf-8")
    assert kept == "name: 某公司\nindustry_fields: [微波射频]\n"


def test_answers_nobody_reads_the_questions_to_are_kept(tmp_path: Path) -> None:
    """The output is a pipe that closes: the command ends as any other, and keeps what it was told."""
    command = [sys.executable, "-m", "incentives", *FIXED, "--lang", "zh"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        env=environment(PYTHONUNBUFFERED="1"),
    ) as running:  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write("某公司\n".encode())
        running.stdin.flush()
        shown_until(running.stdout.fileno(), "1. ", asked=2)
        running.stdout.close()
        running.stdin.write(b"1\n")
        running.stdin.flush()
        assert running.wait(30) == Exit.NOT_WRITTEN
        assert b"Traceback" not in running.stderr.read()
    kept = (tmp_path / "unsaved-answers.yaml").read_text(encoding="utf-8")
    assert kept == "name: 某公司\nindustry_fields: [微波射频]\n"


@needs_pty
def test_ctrl_c_prints_what_can_be_written_nowhere(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shown = interrupted("某公司\n1\n", gone, until="2. ", before=gone.rmdir)
    assert "无法保存到" in shown
    assert "name: 某公司\nindustry_fields: [微波射频]\n" in shown


@needs_pty
def test_ctrl_c_before_any_answer_leaves_nothing(tmp_path: Path) -> None:
    shown = interrupted("", tmp_path, until="企业名称是什么")
    assert "unsaved-answers" not in shown
    assert not list(tmp_path.iterdir())


@needs_pty
def test_in_a_terminal_the_questions_come_one_by_one() -> None:
    with on_a_terminal("--lang", "zh") as terminal:
        shown = shown_until(terminal.screen, "企业名称是什么")
        terminal.type("某公司\n")
        shown += shown_until(terminal.screen, "哪些产业领域")
        terminal.type("软件\n")
        shown += shown_until(terminal.screen, "空行不保存就结束")
        assert "没有可享受的奖补" in shown
        terminal.type("\n")
        shown += shown_until(terminal.screen, "这些回答没有保存")
        assert terminal.process.wait(30) == 0
    assert "Traceback" not in shown


@needs_pty
def test_in_a_narrow_terminal_lines_break_between_words() -> None:
    with on_a_terminal("--lang", "en", MISSING, columns=40) as terminal:
        shown = shown_until(terminal.screen, "written: ", asked=1)
        terminal.type("1亿\n")
        shown += shown_until(terminal.screen, "written: ", asked=1)
        terminal.type("quit\n")
        shown += shown_until(terminal.screen, "incentives check")
        assert terminal.process.wait(30) == 0
    laid_out = shown[: shown.index("incentives check")].splitlines()
    assert [line for line in laid_out if display_width(line) > 40] == []
    assert "settle most money (`check` lists by the" in laid_out, "and no word is cut"
    assert "   written: 1.2亿元, 800万元" in laid_out
