"""What the report says where the outcome alone would mislead: assumptions, absent lists, judgements, shared facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from incentives import Evaluator, Explanation, load_policies
from incentives.explain.terminal import render_check
from tests.cli.columns import width
from tests.explain.samples import HEAD

CLAUSE = """\
  %s:
    title: %s
    when: %s
    award: {kind: 奖励, exact: %s, paid_to: 企业}
    source: {article: 第一条, says: 示例}
"""
ON = date(2026, 3, 1)


def explained(tmp_path: Path, text: str, profile: dict[str, object]) -> Explanation:
    file = tmp_path / "sample.yaml"
    file.write_text(f"{HEAD}clauses:\n{text}", encoding="utf-8")
    return Explanation.of(Evaluator(load_policies(file)), profile, ON)


def report(explanation: Explanation) -> str:
    return render_check(explanation, "zh", date_given=True)


@pytest.mark.parametrize(
    "condition",
    [
        '{fact: registered_district, is: "510107", assumption: 推定在区内}',
        '{any: [{fact: registered_district, is: "510107"}, {fact: entity_type, is: 其他}], assumption: 推定在区内}',
        '{all: [{fact: registered_district, is: "510107"}], assumption: 推定在区内}',
        '{not: {fact: registered_district, is: "510116", assumption: 推定在区内}}',
        '{not: {not: {fact: registered_district, is: "510107"}}, assumption: 推定在区内}',
    ],
)
def test_a_refusal_by_assumption_alone_is_said_before_any_clause(tmp_path: Path, condition: str) -> None:
    found = explained(
        tmp_path,
        CLAUSE % ("one", "一", condition, "50万元"),
        {"registered_district": "510116", "entity_type": "企业法人"},
    )
    [view] = found.policies
    assert view.refused_by_assumption == ("推定在区内",)
    text = report(found)
    assert "只依据编制者的假定" in text.split("推定在区内")[0]
    assert text.index("推定在区内") < text.index("✗")


def test_an_absent_list_is_never_called_empty() -> None:
    evaluator = Evaluator(load_policies())
    text = report(Explanation.of(evaluator, {"registered_district": "510116"}, ON))
    assert "未提供建设项目清单" in text
    assert "没有建设项目" not in text
    empty = report(Explanation.of(evaluator, {"registered_district": "510116", "projects": []}, ON))
    assert "没有建设项目" in empty


@pytest.mark.parametrize(
    ("tests", "profile", "said", "unsaid"),
    [
        ("in: [企业法人], judgement: 评审", {}, "需人工认定: 评审", "清单以"),
        ("in: [企业法人], open: 等, judgement: 由专家认定", {"entity_type": "其他"}, "清单以“等”结尾", "由专家认定"),
        ("in: [企业法人], open: 等其他机构", {"entity_type": "其他"}, "清单以“等其他机构”结尾", "None"),
    ],
)
def test_a_judgement_says_what_is_asked(
    tmp_path: Path, tests: str, profile: dict[str, object], said: str, unsaid: str
) -> None:
    text = report(explained(tmp_path, CLAUSE % ("one", "一", f"{{fact: entity_type, {tests}}}", "50万元"), profile))
    assert said in text
    assert unsaid not in text


def test_a_fact_read_in_two_places_is_named(tmp_path: Path) -> None:
    clauses = CLAUSE % ("one", "一", "{fact: entity_type, is: 企业法人}", "50万元")
    clauses += CLAUSE % ("two", "二", "{fact: entity_type, is: 事业单位}", "30万元")
    found = explained(tmp_path, clauses, {})
    assert [fact.fact for fact in found.policies[0].shared] == ["entity_type"]
    assert "还缺的主体类型在计算中用到不止一次" in " ".join(report(found).split())
    alone = CLAUSE % ("one", "一", "{fact: entity_type, is: 企业法人}", "50万元")
    assert "用到不止一次" not in report(explained(tmp_path, alone, {}))


def test_no_line_is_wider_than_the_terminal_however_long_a_name() -> None:
    found = Explanation.of(Evaluator(load_policies()), {"name": "很长的名称" * 20}, ON, with_receipt=True)
    assert max(width(line) for line in report(found).splitlines()) <= 80


def test_conditions_that_lie_deep_in_each_other_are_still_written_out(tmp_path: Path) -> None:
    condition = "{fact: entity_type, is: 其他}"
    for depth in range(12):
        head = "all" if depth % 2 else "any"
        condition = f"{{{head}: [{condition}, {{fact: legal_person, is: true}}]}}"
    found = explained(tmp_path, CLAUSE % ("one", "一", condition, "50万元"), {"entity_type": "企业法人"})
    assert "企业法人" in report(found)
