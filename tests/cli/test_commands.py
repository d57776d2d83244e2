"""How commands end, what goes to standard output and what to standard error, and what the options do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from incentives import load_policies
from incentives.cli.exits import Exit
from incentives.diagnostics import Code
from tests.cli.run import DAY, EXAMPLES, NAMES, WUHOU, check, environment, report, run

ALL_THREE = str(EXAMPLES / "all-three.yaml")
FIXED = ("--as-of", DAY, "--engine", "reference", "--lang", "zh", "--policy", WUHOU.name)


@pytest.fixture
def bad_profile(tmp_path: Path) -> str:
    path = tmp_path / "bad.yaml"
    path.write_text("name: 甲公司\nentity_tipe: 企业法人\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def bad_policy(tmp_path: Path) -> str:
    path = tmp_path / "policy.yaml"
    path.write_text("incentives: 1\n", encoding="utf-8")
    return str(path)


# How a command ends -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_decision_ends_well_whatever_it_says(name: str) -> None:
    result = check(name)
    assert (result.exit_code, result.stderr) == (Exit.DECIDED, "")
    assert result.stdout.endswith("\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", ALL_THREE, "--no-such-option"),
        ("check", ALL_THREE, "--as-of", "yesterday"),
        ("check", ALL_THREE, "--policy", "no-such-policy"),
        ("check", ALL_THREE, "--engine", "no-such-engine"),
        ("check", ALL_THREE, "--lang", "fr"),
        ("show",),
        ("show", "no-such-policy"),
        ("policies", "--as-of", "2024-02-30"),
        ("no-such-command",),
    ],
)
def test_a_command_not_understood_ends_with_two_and_prints_no_answer(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == Exit.BAD_USAGE
    assert result.stdout == ""
    assert result.stderr


def test_without_a_command_the_help_is_shown() -> None:
    result = run()
    assert result.exit_code in (0, Exit.BAD_USAGE)
    assert "check" in result.stdout + result.stderr


@pytest.mark.parametrize(
    "command", [("check", ALL_THREE), ("policies",), ("show", "x"), ("facts",), ("new-profile",)]
)
def test_a_refused_policy_ends_with_three_and_prints_no_answer(command: tuple[str, ...], bad_policy: str) -> None:
    result = run(*command, "--policies", bad_policy)
    assert (result.exit_code, result.stdout) == (Exit.BAD_POLICY, "")
    assert "E0202" in result.stderr


def test_a_refused_profile_ends_with_four_and_says_why_on_standard_error(bad_profile: str) -> None:
    result = run("check", bad_profile, *FIXED)
    assert (result.exit_code, result.stdout) == (Exit.BAD_PROFILE, "")
    assert "错误[E0501]: 没有 `entity_tipe` 这个事实" in result.stderr
    assert f"  --> {bad_profile}:2:1" in result.stderr


def test_one_bad_profile_among_good_ones_is_refused_and_the_others_are_decided(bad_profile: str) -> None:
    good = [str(EXAMPLES / f"{name}.yaml") for name in ("all-three", "one-fen-below")]
    result = run("check", good[0], bad_profile, "no-such-file.yaml", good[1], *FIXED)
    assert result.exit_code == Exit.BAD_PROFILE
    assert result.stdout == f"\n{'=' * 80}\n\n".join((report("all-three"), report("one-fen-below")))
    assert re.findall(r"E\d{4}", result.stderr) == ["E0501", "E0101"]


def test_a_warning_is_said_and_refuses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text("name: 甲公司\nuscc: 91510107MA00000158\n", encoding="utf-8")
    result = run("check", str(path), *FIXED)
    assert result.exit_code == Exit.DECIDED
    assert "提醒[W0501]" in result.stderr
    assert "W0501" not in result.stdout


@pytest.mark.parametrize(
    "command",
    [("check",), ("explain",), ("plan",), ("curve", "--over", "investment", "--item", "一期"), ("ask",)],
    ids=lambda command: command[0],
)
def test_a_company_founded_after_the_day_of_application_is_told_so(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "profile.yaml"
    said = {}
    for founded in ("2026-03-01", "2026-03-02"):
        path.write_text(f"name: 甲公司\nfounded: {founded}\nprojects: [{{name: 一期}}]\n", encoding="utf-8")
        options = ("--as-of", "2026-03-01", "--policy", WUHOU.name, "--lang", "zh")
        result = run(command[0], str(path), *command[1:], *options, stdin="退出\n")
        assert result.exit_code == Exit.DECIDED
        said[founded] = result.stderr
    assert "W0502" not in said["2026-03-01"]
    assert "提醒[W0502]: 成立日期 `2026-03-02` 晚于申报日期 `2026-03-01`" in said["2026-03-02"]


def test_what_has_happened_only_after_the_day_of_application_is_told(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    title = "{name: 质量奖, granted_on: 2026-06-01, valid_until: 2029-05-31}"
    path.write_text(f"name: 甲公司\ntitles: [{title}]\n", encoding="utf-8")
    fixed = ("--as-of", "2026-03-01", "--policy", WUHOU.name, "--lang", "zh")
    checked = run("check", str(path), *fixed)
    assert checked.exit_code == Exit.DECIDED
    assert checked.stderr.count("提醒") == 1
    assert "提醒[W0503]: 认定日期 `2026-06-01` 晚于申报日期 `2026-03-01`" in checked.stderr
    assert "W0503" in run("plan", str(path), *fixed, "--by", "2026-05-31").stderr
    assert run("plan", str(path), *fixed, "--by", "2026-06-01").stderr == ""


GAP = """\
incentives: 2
policy: gap
title: 分档之间有空档
issuer: 某区
document: {kind: official_text, title: 文件, number: 1号, publisher: 某区, published_on: 2024-01-01}
in_force: {from: 2024-01-01, until: none}
stacking: cumulative
clauses:
  a:
    title: 奖励
    award:
      kind: 奖励
      by: {last_year: revenue}
      tiers: [{at_most: 1000万元, exact: 1万元}, {at_least: 1亿元, exact: 2万元}]
      paid_to: 企业
    source: {article: 第一条, says: 原文}
"""


@pytest.mark.parametrize("command", [("show", "gap"), ("check", "-")])
def test_a_gap_between_two_tiers_is_said_and_refuses_nothing(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "gap.yaml"
    path.write_text(GAP, encoding="utf-8")
    result = run(*command, "--policies", str(path), "--as-of", "2026-03-01", "--lang", "zh", stdin="name: 甲公司\n")
    assert result.exit_code == Exit.DECIDED
    assert "提醒[W0301]" in result.stderr
    assert "分档之间有空档" in result.stdout
    assert [finding.code for finding in load_policies(path).warnings] == [Code.ROWS_APART]


def test_the_shipped_policies_have_nothing_that_is_worth_a_look() -> None:
    assert load_policies().warnings == ()


# The language -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("env", "lang"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "ZH_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_locale_chooses_the_language_where_no_option_does(env: dict[str, str], lang: str) -> None:
    chosen = run("check", ALL_THREE, *FIXED[:4], *FIXED[-2:], env=env)
    assert chosen.stdout == report("all-three", lang)


def test_the_option_goes_before_the_locale() -> None:
    chosen = run("check", ALL_THREE, *FIXED[:4], *FIXED[-2:], "--lang", "zh", env={"LC_ALL": "C"})
    assert chosen.stdout == report("all-three")
    assert "error[E0101]" in run("check", "none.yaml", "--lang", "en", env={"LC_ALL": "zh_CN"}).stderr


# Where a profile comes from -----------------------------------------------------------------------


def test_a_profile_is_read_from_standard_input() -> None:
    text = (EXAMPLES / "all-three.yaml").read_bytes()
    result = run("check", "-", *FIXED, stdin=text)
    assert result.stdout == report("all-three")


@pytest.mark.parametrize(("lang", "name"), [("zh", "标准输入"), ("en", "standard input")])
def test_a_refusal_of_standard_input_names_it(lang: str, name: str) -> None:
    result = run("check", "-", *FIXED[-2:], "--as-of", DAY, "--lang", lang, stdin="foo: 1\n")
    assert result.exit_code == Exit.BAD_PROFILE
    assert f"  --> {name}:1:1" in result.stderr


def test_json_says_the_same_as_yaml(tmp_path: Path) -> None:
    import yaml

    data = yaml.safe_load((EXAMPLES / "all-three.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "profile.json"
    for text in (json.dumps(data), json.dumps(data, ensure_ascii=False, indent=2)):
        path.write_text(text, encoding="utf-8")
        assert run("check", str(path), *FIXED).stdout == report("all-three")
        assert run("check", "-", *FIXED, stdin=text).stdout == report("all-three")


# Which policies, on which day ---------------------------------------------------------------------


@pytest.mark.parametrize("path", [WUHOU.parent, WUHOU / "policy.yaml"])
def test_policies_come_from_a_folder_or_one_file(path: Path) -> None:
    assert run("check", ALL_THREE, *FIXED, "--policies", str(path)).stdout == report("all-three")


def test_one_policy_may_be_chosen() -> None:
    assert check("all-three", "--policy", "wuhou-microwave-rf-2023").stdout == report("all-three")


def test_an_unknown_policy_is_answered_with_the_nearest() -> None:
    result = check("all-three", "--policy", "wuhou-microwave")
    assert (result.exit_code, result.stdout) == (Exit.BAD_USAGE, "")
    assert "没有政策 `wuhou-microwave`" in result.stderr
    assert "是不是 `wuhou-microwave-rf-2023`？" in result.stderr


@pytest.mark.parametrize("day", ["2023-12-23", "2023年12月23日", "２０２３-１２-２３"])
def test_on_the_day_before_a_policy_nothing_is_determined(day: str) -> None:
    result = run("check", ALL_THREE, *FIXED[-2:], "--as-of", day, "--lang", "zh")
    assert result.exit_code == Exit.DECIDED
    assert "\n日期 2023-12-23  引擎 " in result.stdout
    assert "该日政策尚未施行（自 2023-12-24 起），不作认定。" in result.stdout
    assert "符合" not in result.stdout
    assert "元" not in result.stdout.replace("单元", "")


def test_on_its_first_day_a_policy_counts() -> None:
    day = ("--as-of", "2023年12月24日")
    result = run("check", ALL_THREE, *FIXED[-2:], *day, "--engine", "reference", "--lang", "zh")
    assert result.stdout == report("all-three").replace(f"日期 {DAY}", "日期 2023-12-24")


def test_without_a_day_today_is_taken_and_said() -> None:
    result = run("check", ALL_THREE, *FIXED[-2:], "--lang", "zh")
    assert re.search(r"^日期 \d{4}-\d{2}-\d{2}（未指定日期，取今天）", result.stdout, flags=re.MULTILINE)
    assert "未指定日期" not in report("all-three")


BY_TIERS = """\
      by: {last_year: revenue}
      tiers: [{at_most: 1000万元, exact: 1万元}, {at_least: 1亿元, exact: 2万元}]
"""
ONCE = GAP.replace("    award:", "    once_only: 一次性\n    award:").replace(BY_TIERS, "      exact: 1万元\n")
BY_STEPS = "{first_time_reaching: revenue, year: last_year, steps: {1000万元: 10万元}, pays: highest_step}"
BY_YEARS = "1万元\n      cap: {at: 30万元, per: [company, year]}"
READ = "\n    readings: [{of: 一次性, reading: 一家企业只给一次}]"


@pytest.mark.parametrize(
    ("award", "more", "told"),
    [
        ("1万元", "", False),
        ("1万元\n      cap: {at: 30万元, per: company}", "", False),
        (BY_YEARS, "", True),
        (BY_YEARS, READ, False),
        (BY_STEPS, "", True),
    ],
    ids=["alone", "capped in all", "capped by years", "read", "steps"],
)
def test_once_beside_what_pays_again_is_told_and_refuses_nothing(
    award: str, more: str, told: bool, tmp_path: Path
) -> None:
    path = tmp_path / "once.yaml"
    written = ONCE.replace("exact: 1万元", f"exact: {award}").replace("paid_to: 企业", f"paid_to: 企业{more}")
    path.write_text(written, encoding="utf-8")
    codes = [finding.code for finding in load_policies(path).warnings]
    assert codes == ([Code.ONCE_AND_AGAIN] if told else [])


@pytest.mark.parametrize(
    ("command", "others"), [("policies", ("check", "ask", "curve")), ("ask", ("check", "browse"))]
)
def test_a_command_loads_no_other(command: str, others: tuple[str, ...]) -> None:
    program = (
        "import sys\n"
        "from incentives.cli.main import run\n"
        f"sys.argv = ['incentives', {command!r}, '--help']\n"
        "try:\n"
        "    run()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        f"assert not {{f'incentives.cli.{{name}}' for name in {others!r}}} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment(), check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"incentives {command}" in done.stdout


@pytest.mark.parametrize("target", ["-5", "-5万元", "－5万元", "−5亿元", "0元"])
def test_a_sum_to_reach_is_above_nothing(target: str) -> None:
    refused = run("plan", str(EXAMPLES / "one-fen-below.yaml"), "--as-of", DAY, "--lang", "zh", "--target", target)
    assert refused.exit_code == Exit.BAD_USAGE
    assert f"目标金额 `{target}` 不大于零" in refused.stderr
