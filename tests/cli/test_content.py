"""What the reports on the Wuhou policy must say, whatever their layout."""

from __future__ import annotations

import re

import pytest

from tests.cli.run import NAMES, report


def _flat(text: str) -> str:
    """Without line breaks and runs of spaces, so that a phrase is found wherever it was wrapped."""
    return re.sub(r"\s+", "", text)


def _summary(text: str) -> list[str]:
    """The lines before the grounds."""
    return text.split("\n依据\n", 1)[0].splitlines()


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("all-three", "可确定 0元 · 最高 3200万元（各条上限之和，叠加规则未公布）"),
        ("two-projects", "可确定 0元 · 最高 2000万元（各条上限之和，叠加规则未公布）"),
        ("exactly-100-million", "可确定 0元 · 最高 1000万元（各条上限之和，叠加规则未公布）"),
        ("platform-of-another-kind", "可确定 0元 · 最高 2000万元（各条上限之和，叠加规则未公布）"),
        ("institution", "可确定 0元 · 最高 2000万元（各条上限之和，叠加规则未公布）"),
        ("one-fen-below", "可确定 0元 · 最高 0元"),
        ("another-district", "可确定 0元 · 最高 0元"),
        ("missing-facts", "可确定 0元 · 最高金额尚不能确定（未提供清单：公共服务平台，叠加规则未公布）"),
    ],
)
def test_the_total_says_what_is_certain_and_what_is_possible(name: str, total: str) -> None:
    assert f"  {total}" in report(name).splitlines()


def test_every_example_has_its_total_above() -> None:
    assert len(NAMES) == 8


@pytest.mark.parametrize("name", NAMES)
def test_a_ceiling_is_never_money_due(name: str) -> None:
    text = report(name)
    for amount in re.finditer(r"(?<![\d,.])(1000万元|200万元|2000万元|3200万元)", text):
        before = text[max(0, amount.start() - 12) : amount.start()]
        assert re.search(r"最高\s*$|最高 ?$|最高\s+\S*$", before.replace("\n", " ")), before


def test_one_fen_below_says_how_much_is_missing() -> None:
    flat = _flat(report("one-fen-below"))
    assert "✗项目投资额1亿元（含）以上99,999,999.99元（差自报0.01元）" in flat


def test_missing_facts_are_asked_once_each_with_who_supplies_them() -> None:
    text = report("missing-facts")
    _, _, after = text.partition("还缺这些事实，待定金额多的在前（incentives ask 先问最能定下结论的）\n")
    asked, _, _ = after.partition("\n\n")
    assert asked.splitlines() == [
        "  ? 公共服务平台清单（企业自己填报，待定金额尚无上限）",
        "    申报主体建设了哪些公共服务平台？没有请写空列表。",
        "    影响：公共服务平台补贴",
        "  ? 微波组件产业化项目 · 项目投资额（企业自己填报，待定金额最高 1000万元）",
        "    项目投资额是多少（带单位，如 1.2亿元）？",
        "    影响：新建成项目奖励",
    ], "what most money hangs on goes first"
    assert text.count("项目投资额是多少") == 1
    assert "还缺" not in report("all-three")


def test_facts_nobody_vouches_for_are_marked() -> None:
    rows = [line for line in report("all-three").splitlines() if re.match(r"  ✓ \S", line) and "最高" not in line]
    marked = {line.split()[1] for line in rows if line.endswith("自报")}
    assert marked == {
        *("所属产业领域", "项目所属领域", "新建成", "项目投资额"),
        *("来自军工装备大院大所", "研制项目类别", "面向社会开放", "平台提供的公共服务"),
    }
    assert {line.split()[1] for line in rows if not line.endswith("自报")} == {"主体类型", "注册地行政区划代码"}


@pytest.mark.parametrize("name", NAMES)
def test_what_was_not_published_is_said_once(name: str) -> None:
    text = report(name)
    assert text.count("申报窗口、申报材料、责任单位、咨询电话: 未公布") == 1
    for word in ("申报窗口", "申报材料", "责任单位", "咨询电话"):
        assert text.count(word) == 1
    announced = "已宣布链主企业招引、公共平台建设、金融赋能、人才支撑、军民融合发展等（除上列条款外，内容未公布）"
    assert _flat(text).count(announced) == 1
    assert text.count("文号未公布") == 1
    assert text.count("生效日期未公布（自 2023-12-24 起算），有效期未公布") == 1
    assert text.count("来源是新闻报道，政策全文未找到。本结果不是官方决定。") == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_cites_its_source(name: str) -> None:
    text = report(name)
    for number in (1, 2, 3):
        assert text.count(f"来源  报道所列第{number}项：") == 1
    assert "《微波射频科创产业联盟在蓉成立》 成都日报（记者 刘泰山） 2023-12-24" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_program_is_shown(name: str, lang: str) -> None:
    text = report(name, lang).replace("wuhou-microwave-rf-2023", "")
    for inner in ("None", "null", "True", "False", "Decimal", "State.", "Outcome.", "Basis.", "NOT_BOUNDED"):
        assert inner not in text
    assert not re.search(r"[a-z]+_[a-z]+", text), "ids of facts, clauses and keys stay inside"
    assert not re.search(r"\b(new-project|defence-development|public-platform|when/\d)", text)


def test_a_refusal_by_assumption_says_so_first() -> None:
    lines = _summary(report("another-district"))
    said = lines.index("  以下不符合只依据编制者的假定，政策来源并未写明：")
    assert lines[said + 1] == "    - 报道未写须在武侯区注册；由发布主体推定"
    refused = [number for number, line in enumerate(lines) if line.startswith("  ✗")]
    assert len(refused) == 3
    assert min(refused) > said
    assert all(lines[number].startswith("  ✗ 不符合（只依据编制者的假定）") for number in refused)


@pytest.mark.parametrize("name", ["one-fen-below", "all-three", "platform-of-another-kind"])
def test_a_refusal_by_the_source_is_not_blamed_on_an_assumption(name: str) -> None:
    assert "只依据编制者的假定" not in report(name)


def test_an_open_list_asks_for_a_person() -> None:
    flat = _flat(report("platform-of-another-kind"))
    assert "?需人工认定公共服务平台补贴·射频环境可靠性试验平台若符合最高2000万元" in flat
    assert "需人工认定:清单以“等”结尾，其他类别由人认定" in flat


def test_assumptions_stand_under_the_condition_they_carry() -> None:
    lines = report("all-three").splitlines()
    district = next(number for number, line in enumerate(lines) if "注册地行政区划代码" in line)
    assert lines[district + 1] == "    假定: 报道未写须在武侯区注册；由发布主体推定"
