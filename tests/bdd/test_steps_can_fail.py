"""A wrong expectation, a misspelt step and a changed policy each make a scenario fail, in words one can read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from incentives.language.store import shipped_policies

from . import given_when, then
from .world import POLICIES_VARIABLE, World

ROOT = Path(__file__).resolve().parents[2]
WUHOU = "武侯区加快建设微波射频产业高质量发展引领区的政策措施"
PROJECT, CLAUSE = "射频芯片封测基地", "新建成项目奖励"
OTHER_PROJECT, OTHER_CLAUSE = "毫米波组件生产线", "公共服务平台补贴"


@pytest.fixture
def applied(world: World) -> World:
    """One project that qualifies, one of unknown investment, a platform for a person to judge, no other list."""
    given_when.policy(world, WUHOU)
    given_when.company(world, "示例甲")
    given_when.company_fact(world, "主体类型", "企业法人")
    given_when.company_fact(world, "注册地行政区划代码", "成都市武侯区")
    given_when.company_fact(world, "所属产业领域", "微波射频")
    known = ["名称", "项目所属领域", "新建成", "项目投资额"]
    rows = [[PROJECT, "微波射频", "是", "1.2亿元"], [OTHER_PROJECT, "微波射频", "是", "未知"]]
    given_when.items(world, "建设项目", [known, *rows])
    given_when.item(world, "公共服务平台", "试验平台", [["事实", "内容"], ["面向社会开放", "是"]])
    given_when.item_fact(world, "公共服务平台", "试验平台", "平台提供的公共服务", "可靠性试验")
    given_when.empty_list(world, "研制项目")
    given_when.applies(world, "2026年3月1日")
    return world


Step = Callable[[World], None]

WRONG: list[tuple[Step, str]] = [
    (lambda w: then.outcome_is(w, PROJECT, CLAUSE, "不符合"), "结论应为“不符合”，实际是“符合”"),
    (lambda w: then.outcome_is(w, OTHER_PROJECT, CLAUSE, "符合"), "实际是“缺数据（缺少“项目投资额”）”"),
    (lambda w: then.outcome_is(w, "示例甲", "军工装备研制项目补助", "符合"), "实际是“不符合（未满足“研制项目”）”"),
    (lambda w: then.outcome_is(w, "试验平台", OTHER_CLAUSE, "不符合"), "实际是“需人工认定（“平台提供的公共服务”）”"),
    (lambda w: then.outcome_is(w, PROJECT, CLAUSE, "满足"), "没有叫“满足”的结论"),
    (lambda w: then.outcome_is(w, PROJECT, "新建项目奖励", "符合"), "是不是“新建成项目奖励”"),
    (lambda w: then.outcome_is(w, "射频芯片封装基地", CLAUSE, "符合"), f"是不是“{PROJECT}”"),
    (lambda w: then.award_is(w, PROJECT, CLAUSE, "最高999万元", "项目企业"), "实际是“最高1000万元”"),
    (lambda w: then.award_is(w, PROJECT, CLAUSE, "1000万元", "项目企业"), "实际是“最高1000万元”"),
    (lambda w: then.award_is(w, PROJECT, CLAUSE, "最高1000万元", "企业"), "实际是“项目企业”"),
    (lambda w: then.award_is(w, "示例甲", "军工装备研制项目补助", "最高200万元", "企业"), "实际是“不符合"),
    (lambda w: then.failed_are(w, PROJECT, CLAUSE, "“新建成”"), "应为“不符合”，实际是“符合”"),
    (lambda w: then.failed_are(w, "示例甲", "军工装备研制项目补助", "“研制项目”、“主体类型”"), "实际是“研制项目”"),
    (lambda w: then.judgements_are(w, "试验平台", OTHER_CLAUSE, "“面向社会开放”"), "实际是“平台提供的公共服务”"),
    (lambda w: then.judgements_are(w, PROJECT, CLAUSE, "“新建成”"), "实际是（无）"),
    (lambda w: then.refused_by_assumption(w, PROJECT, CLAUSE), "应为“编制者的假定”，实际是“符合”"),
    (lambda w: then.refused_by_assumption(w, "示例甲", "军工装备研制项目补助"), "实际是“原文”"),
    (lambda w: then.refused_by_the_paper(w, PROJECT, CLAUSE), "应为“原文”，实际是“符合”"),
    (lambda w: then.assumption_is_shown(w, PROJECT, CLAUSE, "没有这样假定"), "实际是“"),
    (lambda w: then.source_is(w, PROJECT, CLAUSE, "第一条"), "实际是“报道所列第1项”"),
    (lambda w: then.fact_is_missing(w, PROJECT, "新建成", "申报主体"), f"实际是“{OTHER_PROJECT}”的“项目投资额”"),
    (lambda w: then.fact_is_missing(w, OTHER_PROJECT, "项目投资额", "税务部门"), "实际是“申报主体”"),
    (lambda w: then.number_missing(w, "0"), "应为“0”，实际是“1”"),
    (lambda w: then.number_of_determinations(w, "3"), "应为“3”，实际是“4”"),
    (lambda w: then.total_is(w, "1000万元", "4000万元"), "实际是“可确定0元，最高可能4000万元”"),
    (lambda w: then.total_is(w, "0元", "不封顶"), "实际是“可确定0元，最高可能4000万元”"),
    (lambda w: then.total_is(w, "0", "4000万元"), "“0”不是金额"),
    (lambda w: then.status_is(w, "尚未生效"), "应为“尚未生效”，实际是“有效”"),
    (lambda w: then.status_is(w, "生效"), "没有叫“生效”的政策状态"),
    (lambda w: then.decision_states(w, [["项目", "内容"], ["失效日期", "2026年12月31日"]]), "实际是“未公布”"),
    (lambda w: then.decision_states(w, [["项目", "内容"], ["有效期", "未公布"]]), "可以写：“生效日期”"),
    (then.decision_states, "下面应有表格"),
    (lambda w: given_when.policy(w, "武侯区的政策"), "没有叫“武侯区的政策”的政策"),
    (lambda w: given_when.company_fact(w, "主体类别", "企业法人"), "是不是“主体类型”"),
    (lambda w: given_when.item(w, "建设工程", "基地"), "没有叫“建设工程”的清单"),
    (lambda w: given_when.item(w, "建设项目", PROJECT), f"已有“{PROJECT}”"),
    (lambda w: given_when.item_fact(w, "建设项目", "基地", "新建成", "是"), "没有叫“基地”的建设项目"),
    (lambda w: given_when.item_fact(w, "建设项目", PROJECT, "新建成", "对"), "可以写：“是”、“否”"),
    (lambda w: given_when.items(w, "建设项目", [["项目"], ["基地"]]), "应为“名称”，实际是“项目”"),
    (lambda w: given_when.applies(w, "三月一日"), "“三月一日”不是日期"),
]


@pytest.mark.parametrize(("step", "message"), WRONG, ids=[message for _, message in WRONG])
def test_a_wrong_step_says_what_was_found_instead(applied: World, step: Step, message: str) -> None:
    with pytest.raises(AssertionError) as failure:
        step(applied)
    assert message in str(failure.value)


GROWTH = "增长奖励"
STEPS_UP = "规模晋级奖励"


@pytest.fixture
def by_years(world: World) -> World:
    """Two awards of which the higher is paid, under a policy with definitions, on figures by years."""
    given_when.policy(world, "示例区成长企业奖励办法")
    given_when.company(world, "示例戊")
    given_when.empty_list(world, "门店")
    given_when.ledger_begins(world, "2025")
    years = ["事实", "更早最高", "2023年", "2024年"]
    given_when.company_facts_by_years(world, [years, ["营业收入", "900万元", "1000万元", "2500万元"]])
    given_when.applies(world, "2025年6月1日")
    return world


WRONG_BY_YEARS: list[tuple[Step, str]] = [
    (lambda w: then.award_is(w, "示例戊", GROWTH, "24万元", "申报企业"), "实际是“25万元”"),
    (lambda w: then.award_is_worth(w, "示例戊", GROWTH, "0元", "25万元"), "实际是“可确定25万元，最高可能25万元”"),
    (lambda w: then.recognised_as(w, "示例戊", "成长型企业认定", "大企业"), "实际是“成长型企业”"),
    (lambda w: then.definition_is(w, "企业规模", "小型"), "应为“小型”，实际是“中型”"),
    (lambda w: then.definition_is(w, "企业大小", "小型"), "没有叫“企业大小”的定义"),
    (lambda w: then.lost_by_rule(w, "可确定的", "示例戊", GROWTH, "就高不重复", "20万元"), "实际是（无）"),
    (lambda w: then.lost_by_rule(w, "可确定的", "示例戊", STEPS_UP, "就高不重复", "2万元"), "就高不重复：20万元"),
    (lambda w: then.lost_by_rule(w, "最低的", "示例戊", GROWTH, "就高不重复", "20万元"), "没有叫“最低的”的金额"),
    (lambda w: then.lost_to(w, "最高可能的", "示例戊", STEPS_UP, "示例戊", "成长型企业认定"), "实际是“growth”"),
    (lambda w: then.nothing_lost(w, "可确定的"), "实际是““first-time””"),
    (lambda w: then.years_are_missing(w, "示例戊", "2023", "营业收入", "申报企业"), "实际是什么也不缺"),
    (lambda w: given_when.company_fact_in_year(w, "兑现台账起始年", "2024", "2020年"), "不是逐年的事实"),
    (lambda w: given_when.company_fact(w, "营业收入", "1亿元"), "“营业收入”逐年填写"),
    (lambda w: given_when.company_facts_by_years(w, [["事实", "去年"], ["营业收入", "1亿元"]]), "“去年”不是年份"),
    (lambda w: given_when.granted_before(w, "2025", "增长奖", "1万元"), "是不是“增长奖励”"),
]


@pytest.mark.parametrize(("step", "message"), WRONG_BY_YEARS, ids=[message for _, message in WRONG_BY_YEARS])
def test_a_wrong_step_about_years_or_stacking_says_what_was_found(by_years: World, step: Step, message: str) -> None:
    with pytest.raises(AssertionError) as failure:
        step(by_years)
    assert message in str(failure.value)


def test_a_fact_given_after_the_decision_makes_it_stale(applied: World) -> None:
    given_when.item_fact(applied, "建设项目", PROJECT, "新建成", "否")
    with pytest.raises(AssertionError, match="还没有申报"):
        then.number_missing(applied, "1")


def test_a_profile_that_cannot_be_read_is_told(applied: World) -> None:
    given_when.item_fact(applied, "建设项目", PROJECT, "项目投资额", "1亿")
    with pytest.raises(AssertionError, match="企业资料不能用"):
        given_when.applies(applied, "2026年3月1日")


def test_steps_in_the_wrong_order_say_what_comes_first(world: World) -> None:
    with pytest.raises(AssertionError, match="还没有政策"):
        given_when.company_fact(world, "主体类型", "企业法人")
    given_when.policy(world, WUHOU)
    with pytest.raises(AssertionError, match="还没有申报主体"):
        given_when.company_fact(world, "主体类型", "企业法人")
    given_when.company(world, "示例甲")
    with pytest.raises(AssertionError, match="还没有申报"):
        then.number_missing(world, "0")


BROKEN = f"""# language: zh-CN
功能: 写错的场景
  背景:
    假如 政策“{WUHOU}”
    而且 申报主体“示例甲”
  场景: 写错一个字的步骤
    当 在2026年3月1日申请
    那么 该政策有效
  场景: 没有表格的表格步骤
    当 在2026年3月1日申报
    那么 结论写明：
  场景: 不读表格的步骤带了表格
    假如 它没有建设项目：
      | 名称 |
      | 基地 |
    当 在2026年3月1日申报
    那么 该政策有效
  场景: 期望错了
    当 在2026年3月1日申报
    那么 该政策已失效
  场景: 写对了的
    当 在2026年3月1日申报
    那么 该政策有效
"""


def test_scenarios_with_mistakes_fail_and_say_where(tmp_path: Path) -> None:
    (tmp_path / "broken.feature").write_text(BROKEN, encoding="utf-8")
    code, output = run_features(tmp_path, "reference and (写错 or 表格 or 期望 or 写对)")
    assert code == 1
    assert "4 failed, 1 passed" in output
    assert "没有这个步骤；最接近的写法是：在〈日期〉申报" in output
    assert "有表格的步骤以“：”结尾" in output
    assert "这个步骤不带表格" in output
    assert "政策状态：应为“已失效”，实际是“有效”" in output
    assert "场景：期望错了" in output
    line = BROKEN.splitlines().index("    那么 该政策已失效") + 1
    assert f"步骤：该政策已失效（broken.feature 第{line}行）" in output


def test_a_changed_threshold_makes_the_scenario_that_names_it_fail(tmp_path: Path) -> None:
    features, policies = tmp_path / "features", tmp_path / "policies"
    features.mkdir()
    shutil.copy(ROOT / "features" / "wuhou-microwave-rf-2023" / "new-project.feature", features)
    shutil.copytree(shipped_policies(), policies)
    changed = policies / "wuhou-microwave-rf-2023" / "policy.yaml"
    text = changed.read_text(encoding="utf-8")
    assert text.count("at_least: 1亿元") == 1
    changed.write_text(text.replace("at_least: 1亿元", "at_least: 1.1亿元"), encoding="utf-8")

    code, output = run_features(features, "reference", policies)

    assert code == 1
    assert "场景：1亿元（含）以上，含本数：投资1亿元，符合" in output
    assert "结论应为“符合”，实际是“不符合（未满足“项目投资额”）”" in output
    assert "4 failed" in output, "the four amounts from 1亿元 up to 1.1亿元, each written its own way"


def run_features(features: Path, chosen: str, policies: Path | None = None) -> tuple[int, str]:
    """The exit code and output of a run over other features or policies."""
    options = ["-p", "no:cacheprovider", "-o", f"bdd_features_base_dir={features}", "-k", chosen]
    known = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    if policies is not None:
        known[POLICIES_VARIABLE] = str(policies)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/bdd/test_features.py", *options],
        cwd=ROOT,
        env=known,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr
