"""`incentives ask`: what is asked, what is understood, what is kept when it ends in any way."""

from __future__ import annotations

import fcntl
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from incentives import Evaluator, Interview, load_policies
from incentives.cli.exits import Exit
from tests.cli.run import DAY, EXAMPLES, ROOT, WUHOU, environment, run
from tests.cli.test_terminal import heed_interrupts, needs_pty, wait_until_it_reads

FIXED = ("ask", "--as-of", DAY, "--policy", WUHOU.name)


@pytest.fixture(autouse=True)
def folder_at_hand(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not saved lands in the folder at hand."""
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))


def asked(stdin: str, *options: str, lang: str = "zh") -> str:
    done = run(*FIXED, "--lang", lang, *options, stdin=stdin)
    assert (done.exit_code, done.stderr) == (0, "")
    return str(done.stdout)


def test_a_whole_interview_ends_with_the_result_and_a_profile_that_check_takes(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = asked(_in_order(), "--save", str(saved))
    assert "问完了：再回答什么都不会改变结果。" in shown
    assert "✓ 符合  新建成项目奖励 · 一期  最高 1000万元" in shown
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


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "核对正负号：这里的数不小于 0"), ("en", "check the sign: what is asked")]
)
def test_a_negative_answer_is_told_for_whoever_answers(lang: str, said: str) -> None:
    shown = asked(_in_order().replace("1.2亿元\n", "-1.2亿元\n1.2亿元\n"), lang=lang)
    assert said in shown
    assert "may_be_negative" not in shown
    assert "10,000,000" in shown or "最高 1000万元" in shown, "and the answer after it counts"


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
    assert "没有这个序号" in _flat(asked("某公司\n1\n1\n" + "9" * 5000 + "\n"))


TITLED = """\
incentives: 2
policy: titled
title: 日期办法
issuer: 示例区
document: {kind: official_text, title: 文件, number: 1号, publisher: 示例区, published_on: 2024-01-01}
in_force: {from: 2024-01-01, until: none}
stacking: cumulative
clauses:
  a:
    title: 称号奖
    for_each: title
    when: [{fact: granted_on, at_least: 2025-01-01}]
    award: {kind: 奖励, exact: 20万元, paid_to: 企业}
    source: {article: 第一条, says: 示例}
"""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "! 认定日期 `2026-05-01` 晚于申报日期 `2026-03-01`\n  核对日期；"),
        ("en", "! date granted `2026-05-01` comes after the day of application, `2026-03-01`\n  is the date right?"),
    ],
)
def test_a_day_after_the_application_is_taken_and_told_with_how_to_take_it_back(
    tmp_path: Path, lang: str, said: str
) -> None:
    policy = tmp_path / "titled.yaml"
    policy.write_text(TITLED, encoding="utf-8")
    fixed = ("ask", "--policies", str(policy), "--as-of", DAY, "--lang", lang)
    late = run(*fixed, stdin="某公司\n甲\n\n2026-05-01\n返回\n2025-05-01\n\n").stdout
    assert said in late
    assert (
        "已照此记入；写错了，用 返回 收回" if lang == "zh" else "It was taken as it is; `back` takes it back."
    ) in late
    assert late.count("! ") == 1, "the day that comes before is right"


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


def test_what_goes_first_is_what_an_answer_settles_and_the_header_says_so() -> None:
    """The figure of one project settles its award; a list whose items then wait for more settles less at a time."""
    shown = asked("?\n1.2亿元\n?\n", MISSING)
    assert shown.startswith("逐项提问，先问一个回答能定下最多金额的（check 的清单按待定金额多少排列")
    assert shown.index("待定金额：最高 1000万元") < shown.index("待定金额：尚无上限")
    assert asked("", MISSING, lang="en").startswith(
        "Questions, those first whose answers settle most money (`check` lists"
    )


def test_back_asks_the_question_before_again(tmp_path: Path) -> None:
    named = tmp_path / "named.yaml"
    named.write_text("name: 某公司\n", encoding="utf-8")
    shown = asked("返回\n1\n返回\n软件\n", str(named))
    assert "前面没有可以返回的问题" in shown
    assert len(re.findall(r"^1\. ", shown, re.MULTILINE)) == 3
    assert "没有可享受的奖补。" in shown


def test_back_from_the_first_question_asks_for_the_name_again(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = asked("某公可\n1\n返回\n返回\n某公司\n软件\n", "--save", str(saved))
    assert shown.count("企业名称是什么？") == 2
    assert len(re.findall(r"^1\. ", shown, re.MULTILINE)) == 3
    assert "没有可享受的奖补。" in shown
    assert "name: 某公司\n" in saved.read_text(encoding="utf-8")


def test_a_name_that_was_left_out_can_be_given_by_going_back() -> None:
    shown = asked("\n返回\n某公司\n返回\n另一公司\n退出\n保存 my.yaml\n")
    assert shown.count("企业名称是什么？") == 3
    assert "name: 另一公司\n" in Path("my.yaml").read_text(encoding="utf-8")


def test_where_nothing_is_asked_the_name_can_be_taken_back_at_the_end(tmp_path: Path) -> None:
    nameless = tmp_path / "nameless.yaml"
    nameless.write_text("industry_fields: [软件]\n", encoding="utf-8")
    shown = asked("某公可\n返回\n某公司\n保存 my.yaml\n", str(nameless))
    assert shown.count("问完了") == 2
    assert "name: 某公司\n" in Path("my.yaml").read_text(encoding="utf-8")


def test_the_last_answer_can_be_taken_back_at_the_end() -> None:
    shown = asked("某公司\n软件\n返回\n微波射频\n退出\n")
    assert "返回 可收回上一个回答" in shown
    assert shown.index("问完了") < shown.rindex("1. ") < shown.index("2. ")
    in_english = asked("A\n软件\nback\n微波射频\nquit\n", lang="en")
    assert "`back`takesthelastanswerback" in _flat(in_english)
    assert "\n2. " in in_english


@pytest.mark.parametrize(
    ("lang", "unknown", "nothing_more", "could_change"),
    [
        ("zh", "不知道", "问完了：再回答什么都不会改变结果。",
         "能问的都问完了；回答“不知道”的查到后，结果还可能改变。"),
        ("en", "unknown", "That is all: no further answer would change anything.",
         "All has been asked; learning what was answered by “unknown” can still change the result."),
    ],
)  # fmt: skip
def test_what_nobody_knows_can_still_change_the_result(
    lang: str, unknown: str, nothing_more: str, could_change: str
) -> None:
    unlearned = asked(f"{unknown}\n{unknown}\n", MISSING, lang=lang)
    assert nothing_more not in unlearned
    assert _flat(could_change) in _flat(unlearned)


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


def test_money_for_others_is_told_as_theirs_and_first_where_it_is_most() -> None:
    nobody_knows = ("ask", "--as-of", DAY, "--policy", "shenzhen-ic-2022")
    shown = run(*nobody_knows, "--lang", "zh", stdin="某公司\n" + "不知道\n" * 3).stdout
    assert "目前合计：可确定 0元 · 最高 0元；另付他人 最高 1500万元；" in shown.replace("\n", "")
    assert "专项扶持计划申请指南另付他人最高1500万元" in _flat(shown)
    assert "若符合 最高 1500万元（支付给企业核心团队）" in shown
    assert "不涉及金额" not in shown
    english = run(*nobody_knows, "--lang", "en", stdin="A\n" + "unknown\n" * 3).stdout
    assert "paidtoothersupto15,000,000yuan" in _flat(english)
    every = _flat(run("ask", "--as-of", DAY, "--lang", "zh", stdin="").stdout)
    assert every.index("集成电路专项扶持计划申请指南另付他人") < every.index("高新技术企业认定管理办法不涉及金额")


def test_the_closing_list_says_how_much_hangs_on_each_fact() -> None:
    shown = _flat(asked("", MISSING))
    assert "微波组件产业化项目·项目投资额（企业自己填报，待定金额最高1000万元）" in shown
    assert "公共服务平台清单（企业自己填报，待定金额尚无上限）" in shown
    assert "atstakeupto10,000,000yuan" in _flat(asked("", MISSING, lang="en"))


# What is kept ------------------------------------------------------------------------------------

MISSING = str(EXAMPLES / "missing-facts.yaml")


def test_answers_after_the_last_save_are_said_to_be_in_no_file(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = _flat(asked(f"保存 {saved}\n1.2亿元\n退出\n\n", MISSING))
    assert "有回答还没有保存。保存请写：保存文件名；空行不保存就结束" in shown
    assert f"这些回答没有保存，{saved}里没有（用--save文件可边答边存）" in shown
    assert "incentivescheck" not in shown, "no file holds everything"
    in_english = asked(f"save {saved}\n1.2亿元\nquit\n\n", MISSING, lang="en")
    assert "Some answers are not saved." in in_english
    assert "These answers are not saved" in in_english
    assert "incentives check" not in in_english


def test_they_can_be_saved_at_the_end(tmp_path: Path) -> None:
    saved = tmp_path / "my answers.yaml"
    shown = asked(f"1.2亿元\n退出\n好\n保存 {saved}\n", MISSING)
    assert shown.count("有回答还没有保存") == 2, "what is no command is asked again"
    assert "没有保存，" not in shown
    assert "investment: 1.2亿元" in saved.read_text(encoding="utf-8")
    assert f"完整依据：\nincentives check '{saved}' --policy {WUHOU.name} --as-of {DAY} --lang zh\n" in shown


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "{file}已存在，既不是这次问答开始时的画像，也不是这次保存的文件，没有改动。请换一个文件名"),
        ("en", "{file}istherealreadyandisneithertheprofilethisinterviewbeganwithnoronethatitsaved:itwasleftasitis."),
    ],
)
def test_saving_leaves_a_file_of_somebody_else_as_it_is(tmp_path: Path, lang: str, said: str) -> None:
    policy, saved = tmp_path / "policy.yaml", tmp_path / "my.yaml"
    policy.write_text("incentives: 1\n", encoding="utf-8")
    shown = asked(f"某公司\n保存 {policy}\n保存 {saved}\n1\n保存 {saved}\n退出\n", lang=lang)
    assert said.format(file=policy) in _flat(shown)
    assert f"\nincentives ask {policy} --policy {WUHOU.name} --as-of {DAY} --lang {lang}\n" in shown
    assert policy.read_text(encoding="utf-8") == "incentives: 1\n"
    assert saved.read_text(encoding="utf-8") == "name: 某公司\nindustry_fields: [微波射频]\n", "its own, once more"


def test_saving_replaces_the_profile_that_the_interview_began_with(tmp_path: Path) -> None:
    mine, by_another_name = tmp_path / "my.yaml", tmp_path / "link.yaml"
    mine.write_text("name: 某公司\n", encoding="utf-8")
    by_another_name.symlink_to(mine)
    asked(f"1\n保存 {by_another_name}\n退出\n", str(mine))
    assert mine.read_text(encoding="utf-8") == "name: 某公司\nindustry_fields: [微波射频]\n"
    asked("510107\n退出\n", str(by_another_name), "--save", str(mine))
    assert "registered_district" in mine.read_text(encoding="utf-8")


def test_saving_after_each_answer_never_begins_over_a_file_of_somebody_else(tmp_path: Path) -> None:
    there = tmp_path / "there.yaml"
    there.write_text("name: 别的公司\n", encoding="utf-8")
    done = run(*FIXED, "--lang", "zh", "--save", str(there), stdin="某公司\n")
    assert (done.exit_code, done.stdout) == (Exit.BAD_USAGE, "")
    assert "E0605" in done.stderr
    assert there.read_text(encoding="utf-8") == "name: 别的公司\n"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "错误[E0606]: 无法写入 `{file}`：没有这个文件或文件夹\n"),
        ("en", "error[E0606]: `{file}` cannot be written: there is no such file or folder\n"),
    ],
)
def test_a_folder_that_is_not_there_is_told_before_anything_is_asked(lang: str, said: str, tmp_path: Path) -> None:
    folder = tmp_path / "later"
    done = run(*FIXED, "--lang", lang, "--save", str(folder / "my.yaml"), stdin="某公司\n")
    assert (done.exit_code, done.stdout) == (Exit.BAD_USAGE, "")
    assert done.stderr.startswith(said.format(file=folder / "my.yaml"))
    assert f"`{folder}`" in done.stderr
    assert not folder.exists()


def test_nothing_is_written_before_there_is_an_answer(tmp_path: Path) -> None:
    asked("退出\n", "--save", str(tmp_path / "my.yaml"))
    assert list(tmp_path.glob("*.yaml")) == []


@contextmanager
def _typed(*lines: str, before: Callable[[], None]) -> Iterator[None]:
    """Within it these lines are typed, and then the end of the input; something happens before each."""
    left = iter(lines)

    def typed() -> str | None:
        before()
        return next(left, None)

    with patch("incentives.cli.ask.read_line", typed):
        yield


def test_a_file_that_comes_to_be_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"

    def somebody_writes_it() -> None:
        saved.write_text("a: 1\n", encoding="utf-8")

    with _typed("某公司", "1", before=somebody_writes_it):
        shown = _flat(asked("", "--save", str(saved)))
    assert saved.read_text(encoding="utf-8") == "a: 1\n"
    assert f"{saved}已存在" in shown
    assert "没有保存的回答已写入unsaved-answers.yaml" in shown


def test_a_profile_to_which_nothing_was_added_needs_no_saving() -> None:
    shown = asked("退出\n", MISSING)
    assert "没有保存" not in shown
    assert f"incentives check {MISSING} --policy {WUHOU.name} --as-of {DAY} --lang zh\n" in shown
    assert "没有保存" not in asked("某公司\n返回\n退出\n", MISSING), "nothing was answered"


def test_the_hint_repeats_the_options_as_they_were_given(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    folder = WUHOU / "policy.yaml"
    given = ("ask", "--policies", str(folder), "--save", str(saved), MISSING)
    shown = run(*given, stdin="1.2亿元\n退出\n", env={"LANG": "en_US.UTF-8"}).stdout
    assert f"incentives check {saved} --policies {folder}\n" in shown, "no day and no policy were given"


def test_a_list_that_was_not_ended_is_no_answer_and_is_said_so(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = asked("1.2亿元\n甲平台\n?\n乙平台\n返回\n丙平台\n退出\n", MISSING, "--save", str(saved))
    assert "- 公共服务平台补贴" in shown, "asked why, the names are kept"
    assert "已去掉：乙平台" in shown
    assert "没有用空行结束，未记入：甲平台、丙平台" in shown
    assert "platforms" not in saved.read_text(encoding="utf-8"), "a list is complete as given"


def _flat(shown: str) -> str:
    return "".join(shown.split())


@needs_pty
def test_ctrl_c_ends_with_130_and_says_where_the_answers_are(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = _interrupted("某公司\n1\n510107\n企业法人\n一期\n", tmp_path, "--save", str(saved), until="逐个输入名称")
    assert f"已回答的都在{saved}" in _flat(shown)
    assert "没有用空行结束，未记入：一期" in shown
    assert f"incentives ask {saved} --policy {WUHOU.name} --as-of {DAY} --lang zh --save {saved}\n" in shown
    text = saved.read_text(encoding="utf-8")
    assert 'registered_district: "510107"\n' in text
    assert "projects" not in text
    assert [path.name for path in tmp_path.iterdir()] == ["my.yaml"]


@needs_pty
def test_ctrl_c_leaves_what_was_not_saved_in_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "unsaved-answers.yaml").write_text("name: 别的公司\n", encoding="utf-8")
    shown = _interrupted("某公司\n1\n", tmp_path, until="2. ")
    assert "没有保存的回答已写入unsaved-answers-2.yaml" in _flat(shown)
    assert f"incentives ask unsaved-answers-2.yaml --policy {WUHOU.name} --as-of {DAY} --lang zh\n" in shown
    kept = (tmp_path / "unsaved-answers-2.yaml").read_text(encoding="utf-8")
    assert kept == "name: 某公司\nindustry_fields: [微波射频]\n"
    assert (tmp_path / "unsaved-answers.yaml").read_text(encoding="utf-8") == "name: 别的公司\n"


def test_the_end_of_the_input_leaves_what_was_not_saved_in_a_new_file() -> None:
    shown = asked("某公司\n1\n")
    assert "没有保存的回答已写入unsaved-answers.yaml" in _flat(shown)
    assert f"incentives ask unsaved-answers.yaml --policy {WUHOU.name} --as-of {DAY} --lang zh\n" in shown
    assert Path("unsaved-answers.yaml").read_text(encoding="utf-8") == "name: 某公司\nindustry_fields: [微波射频]\n"
    assert "没有保存" not in asked("", "unsaved-answers.yaml"), "what was rescued is there, and goes on"
    asked("软件\n退出\n\n")
    assert [path.name for path in Path.cwd().iterdir()] == ["unsaved-answers.yaml"], "who says so loses them"


def test_the_end_of_the_input_saves_where_saving_was_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "there at first"
    folder.mkdir()
    with _typed("某公司", "1", before=lambda: shutil.rmtree(folder, ignore_errors=True)):
        shown = asked("", "--save", str(folder / "my.yaml"))
    assert f"无法保存到{folder / 'my.yaml'}：没有这个文件或文件夹".replace(" ", "") in _flat(shown)
    assert Path("unsaved-answers.yaml").exists(), "and where that cannot be, in a new file"


@needs_pty
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_terminal_that_closes_leaves_what_was_not_saved_in_a_new_file(
    number: signal.Signals, tmp_path: Path
) -> None:
    shown = _interrupted("某公司\n1\n", tmp_path, until="2. ", by=number)
    assert "没有保存的回答已写入unsaved-answers.yaml" in _flat(shown)
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
        _shown_until(main, "企业名称是什么")
        os.write(main, "某公司\n1\n".encode())
        _shown_until(main, "2. ", asked=1)
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
        _shown_until(running.stdout.fileno(), "1. ", asked=2)
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
    shown = _interrupted("某公司\n1\n", gone, until="2. ", before=gone.rmdir)
    assert "无法保存到" in shown
    assert "name: 某公司\nindustry_fields: [微波射频]\n" in shown


@needs_pty
def test_ctrl_c_before_any_answer_leaves_nothing(tmp_path: Path) -> None:
    shown = _interrupted("", tmp_path, until="企业名称是什么")
    assert "unsaved-answers" not in shown
    assert not list(tmp_path.iterdir())


def _interrupted(
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
        shown = _shown_until(running.stdout.fileno(), until, asked=lines.count("\n") + 1)
        wait_until_it_reads(running.pid)
        before()
        running.send_signal(by)
        assert running.wait(30) == Exit.INTERRUPTED
        shown += running.stdout.read().decode()
        assert running.stderr.read() == b""
    return shown


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
        shown += _shown_until(main, "空行不保存就结束")
        assert "没有可享受的奖补" in shown
        os.write(main, b"\n")
        shown += _shown_until(main, "这些回答没有保存")
        assert running.wait(30) == 0
    os.close(main)
    assert "Traceback" not in shown


def _shown_until(stream: int, text: str, *, asked: int = 0) -> str:
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


def test_an_answer_is_read_once_for_all_that_is_said_of_it() -> None:
    with patch.object(Interview, "understood", autospec=True, side_effect=Interview.understood) as read:
        asked("某公司\n1\n退出\n")
    assert [call.args[1] for call in read.call_args_list] == [["微波射频"]]
