"""`incentives ask`: what is asked and in which words, and what is understood."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from incentives import Evaluator, Interview, load_policies
from incentives.cli.exits import Exit
from tests.cli.interviewing import FIXED, MISSING, asked, flat
from tests.cli.run import DAY, ROOT, WUHOU, environment, run

pytestmark = pytest.mark.usefixtures("folder_at_hand")


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
    assert "没有这个序号" in flat(asked("某公司\n1\n1\n" + "9" * 5000 + "\n"))


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
    assert "`back`takesthelastanswerback" in flat(in_english)
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
    assert flat(could_change) in flat(unlearned)


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
    assert "专项扶持计划申请指南另付他人最高1500万元" in flat(shown)
    assert "若符合 最高 1500万元（支付给企业核心团队）" in shown
    assert "不涉及金额" not in shown
    english = run(*nobody_knows, "--lang", "en", stdin="A\n" + "unknown\n" * 3).stdout
    assert "paidtoothersupto15,000,000yuan" in flat(english)
    every = flat(run("ask", "--as-of", DAY, "--lang", "zh", stdin="").stdout)
    assert every.index("集成电路专项扶持计划申请指南另付他人") < every.index("高新技术企业认定管理办法不涉及金额")


def test_the_closing_list_says_how_much_hangs_on_each_fact() -> None:
    shown = flat(asked("", MISSING))
    assert "微波组件产业化项目·项目投资额（企业自己填报，待定金额最高1000万元）" in shown
    assert "公共服务平台清单（企业自己填报，待定金额尚无上限）" in shown
    assert "atstakeupto10,000,000yuan" in flat(asked("", MISSING, lang="en"))


def test_an_answer_is_read_once_for_all_that_is_said_of_it() -> None:
    with patch.object(Interview, "understood", autospec=True, side_effect=Interview.understood) as read:
        asked("某公司\n1\n退出\n")
    assert [call.args[1] for call in read.call_args_list] == [["微波射频"]]
