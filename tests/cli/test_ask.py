"""`incentives ask`: what is asked, what is understood, what is kept when it ends in any way."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from incentives import Evaluator, Interview, load_policies
from incentives.cli.exits import Exit
from tests.cli.run import DAY, ROOT, WUHOU, environment, run
from tests.cli.test_terminal import heed_interrupts, needs_pty, wait_until_it_reads

FIXED = ("ask", "--as-of", DAY, "--policy", WUHOU.name)


def asked(stdin: str, *options: str, lang: str = "zh") -> str:
    done = run(*FIXED, "--lang", lang, *options, stdin=stdin)
    assert (done.exit_code, done.stderr) == (0, "")
    return str(done.stdout)


def test_a_whole_interview_ends_with_the_result_and_a_profile_that_check_takes(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = asked(_in_order(), "--save", str(saved))
    assert "问完了：再回答什么都不会改变结果。" in shown
    assert "✓ 符合  新建成项目奖励 · 一期  可确定 0元 · 最高 1000万元" in shown
    assert f"incentivescheck{saved}" in "".join(shown.split())
    checked = run("check", str(saved), "--as-of", DAY, "--policy", WUHOU.name, "--lang", "zh")
    assert checked.exit_code == 0
    assert "✓ 符合  新建成项目奖励 · 一期" in checked.stdout
    again = asked("", "--lang", "zh", str(saved))
    assert "问完了" in again
    assert "\n1. " not in again


def test_english_reads_as_english() -> None:
    shown = asked(_in_order(), lang="en")
    assert "1. Which industry fields does the applicant belong to (such as 微波射频)?" in shown
    assert "one name to a line" in shown.lower()
    assert "That is all: no further answer would change anything." in shown
    assert not re.search("empty list|None|_", shown)


_ANSWERS = {
    ("company", "industry_fields"): "1",
    ("company", "entity_type"): "1",
    ("company", "registered_district"): "1",
    ("project", None): "一期\n",
    ("project", "sector"): "微波射频",
    ("project", "newly_completed"): "yes",
    ("project", "investment"): "1.2亿元",
    ("development_project", None): "none",
    ("platform", None): "none",
}


def _in_order() -> str:
    """The lines that answer what is asked, in the order in which it is."""
    talk = Interview(Evaluator(load_policies(policy=WUHOU.name), "native"), {}, date.fromisoformat(DAY), WUHOU.name)
    given = "某公司\n"
    values: dict[str, str | list[str]] = {
        "industry_fields": ["微波射频"],
        "entity_type": "企业法人",
        "registered_district": "510107",
    }
    while (question := talk.question) is not None:
        line = _ANSWERS[question.entity, question.fact]
        given += f"{line}\n"
        if question.fact is None:
            talk.answer(talk.read([] if line == "none" else [line.strip()]))
        else:
            talk.answer(talk.read(values.get(question.fact, True if line == "yes" else line)))
    return given


def test_every_line_fits_into_80_columns_and_has_no_colour() -> None:
    from incentives.texts.width import display_width

    shown = run("ask", "--as-of", DAY, "--lang", "zh", stdin="某公司\n?\n1\n不知道\n").stdout
    assert all(display_width(line) <= 80 for line in shown.splitlines())
    assert "\x1b" not in shown


def test_a_wrong_answer_is_explained_and_asked_again() -> None:
    given = _in_order().replace("1.2亿元\n", "1.2亿\n0\n1.2亿元\n")
    shown = asked(given)
    assert "✗ " in shown
    assert "`1.2亿元`" in shown, "the advice of the project's own readers"
    assert "✓ 符合  新建成项目奖励 · 一期" in shown
    assert "没有这个序号：`9`" in asked("某公司\n1\n1\n9\n")


def test_not_known_is_kept_apart_and_listed_with_who_can_say(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = asked("某公司\n1\n不知道\n退出\n", "--save", str(saved))
    text = saved.read_text(encoding="utf-8")
    assert "# 以下各项问过，回答是不知道：" in text
    assert text.startswith("name: 某公司\nindustry_fields: [微波射频]\n")
    assert "提前结束" in shown
    assert "仍未确定的事实，以及由谁提供" in shown
    assert "市场监督管理部门" in shown


def test_why_tells_the_awards_and_the_money() -> None:
    shown = asked("某公司\n?\n")
    assert "问这一项，是因为有奖补要看它。" in shown
    assert "- 新建成项目奖励" in shown


def test_back_asks_the_question_before_again() -> None:
    shown = asked("某公司\n返回\n1\n返回\n软件\n")
    assert "前面没有可以返回的问题" in shown
    assert len(re.findall(r"^1\. ", shown, re.MULTILINE)) == 3
    assert "没有可享受的奖补。" in shown


def test_saving_on_request_names_the_file(tmp_path: Path) -> None:
    saved = tmp_path / "on request.yaml"
    shown = asked(f"某公司\n保存\n保存 {saved}\n退出\n")
    assert "保存到哪个文件？" in shown
    assert saved.read_text(encoding="utf-8") == "name: 某公司\n"


def test_a_file_that_cannot_be_written_is_said_and_the_interview_goes_on(tmp_path: Path) -> None:
    shown = asked(f"某公司\n保存 {tmp_path}/none/my.yaml\n1\n")
    assert "无法保存到" in shown
    assert "\n2. " in shown


def test_a_profile_that_is_refused_ends_with_its_own_code(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("nmae: x\n", encoding="utf-8")
    done = run(*FIXED, "--lang", "zh", str(bad))
    assert done.exit_code == Exit.BAD_PROFILE
    assert "E0501" in done.stderr


def test_a_line_of_another_encoding_is_asked_for_again() -> None:
    command = [sys.executable, "-m", "incentives", *FIXED, "--lang", "zh"]
    lines = b"\xb9\xab\xcb\xbe\n" + "某公司\n".encode()
    done = subprocess.run(command, input=lines, capture_output=True, env=environment(), cwd=ROOT, check=False)
    assert done.returncode == 0
    assert "这一行无法读取" in done.stdout.decode()
    assert b"Traceback" not in done.stderr


@needs_pty
def test_ctrl_c_ends_with_130_and_says_where_the_answers_are(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    command = [sys.executable, "-m", "incentives", *FIXED, "--lang", "zh", "--save", str(saved)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=ROOT,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 (the tests start no threads)
    ) as running:  # fmt: skip
        assert running.stdin is not None
        running.stdin.write("某公司\n1\n".encode())
        running.stdin.flush()
        _wait_for(saved, "industry_fields")
        wait_until_it_reads(running.pid)
        running.send_signal(signal.SIGINT)
        code = running.wait(30)
        assert running.stdout is not None
        assert running.stderr is not None
        shown = running.stdout.read().decode() + running.stderr.read().decode()
    assert code == Exit.INTERRUPTED
    assert "Traceback" not in shown
    assert f"已回答的都在{saved}" in "".join(shown.split())
    assert saved.read_text(encoding="utf-8") == "name: 某公司\nindustry_fields: [微波射频]\n"
    assert [path.name for path in tmp_path.iterdir()] == ["my.yaml"]


def _wait_for(path: Path, text: str) -> None:
    for _ in range(300):
        if path.exists() and text in path.read_text(encoding="utf-8"):
            return
        time.sleep(0.1)
    pytest.fail(f"{path} never holds {text}")


@needs_pty
def test_in_a_terminal_the_questions_come_one_by_one() -> None:
    import pty

    main, other = pty.openpty()
    command = [sys.executable, "-m", "incentives", *FIXED, "--lang", "zh"]
    with subprocess.Popen(
        command, stdin=other, stdout=other, stderr=other, env=environment(TERM="dumb"), cwd=ROOT
    ) as running:
        os.close(other)
        shown = _shown_until(main, "企业名称是什么")
        os.write(main, "某公司\n".encode())
        shown += _shown_until(main, "哪些产业领域")
        os.write(main, "软件\n".encode())
        shown += _shown_until(main, "没有可享受的奖补")
        assert running.wait(30) == 0
    os.close(main)
    assert "Traceback" not in shown


def _shown_until(main: int, text: str) -> str:
    shown = b""
    while select.select([main], [], [], 30)[0]:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        shown += part
        if text in shown.decode(errors="replace"):
            return shown.decode(errors="replace")
    pytest.fail(f"the terminal never shows {text}: {shown.decode(errors='replace')}")
