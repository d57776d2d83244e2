"""`incentives ask`: in which file answers are kept, and which file is left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from incentives.cli.exits import Exit
from tests.cli.interviewing import FIXED, MISSING, asked, flat, typed
from tests.cli.run import DAY, WUHOU, run

pytestmark = pytest.mark.usefixtures("folder_at_hand")


def test_saving_on_request_names_the_file(tmp_path: Path) -> None:
    saved = tmp_path / "on request.yaml"
    shown = asked(f"某公司\n保存\n保存 {saved}\n退出\n")
    assert "保存到哪个文件？" in shown
    assert saved.read_text(encoding="utf-8") == "name: 某公司\n"


def test_saving_again_needs_no_name(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = asked(f"某公司\n保存 {saved}\n1\n保存\n退出\n")
    assert flat(shown).count(f"已保存到{saved}") == 2
    assert saved.read_text(encoding="utf-8") == "name: 某公司\nindustry_fields: [微波射频]\n"


def test_a_file_is_named_as_in_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    asked("某公司\n保存 '我的 画像.yaml'\n保存 \"my own.yaml\"\n保存 ~/home.yaml\n退出\n")
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["my own.yaml", "我的 画像.yaml"]
    assert (tmp_path / "home.yaml").exists()


def test_a_file_that_cannot_be_written_is_said_and_the_interview_goes_on(tmp_path: Path) -> None:
    shown = asked(f"某公司\n保存 {tmp_path}/none/my.yaml\n1\n")
    assert "无法保存到" in shown
    assert "\n2. " in shown


def test_answers_after_the_last_save_are_said_to_be_in_no_file(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"
    shown = flat(asked(f"保存 {saved}\n1.2亿元\n退出\n\n", MISSING))
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
    assert said.format(file=policy) in flat(shown)
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


def test_a_file_that_comes_to_be_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    saved = tmp_path / "my.yaml"

    def somebody_writes_it() -> None:
        saved.write_text("a: 1\n", encoding="utf-8")

    with typed("某公司", "1", before=somebody_writes_it):
        shown = flat(asked("", "--save", str(saved)))
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
