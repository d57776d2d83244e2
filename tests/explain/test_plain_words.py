"""What readers stumbled over, in the words that took its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from incentives import Evaluator, Explanation, PolicyRefused, load_policies
from incentives.explain.catalogue import render_policy
from incentives.explain.terminal import render_check
from tests.engines.test_whole_language import VOCABULARY
from tests.explain.samples import HEAD
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import ON

CLAUSE = """\
clauses:
  one:
    title: 一
    WHEN
    award: {kind: 奖励, paid_to: 企业, AWARD}
    source: {article: 第一条, says: 示例}
"""


def text(award: str, when: str = "", before: str = "") -> str:
    return HEAD + before + CLAUSE.replace("AWARD", award).replace("    WHEN\n", f"    {when}\n" if when else "")


def checked(written: str, profile: dict[str, object]) -> str:
    known = profile_of_raw({"name": "某公司", **profile}, VOCABULARY)
    found = Explanation.of(Evaluator(policy_set(VOCABULARY, written), "reference"), known, ON)
    return " ".join(render_check(found, "zh", date_given=True).split())


@pytest.mark.parametrize("end", ["{sum_of: project.investment}", "{largest_of: project.investment}"])
def test_a_bound_that_is_worked_out_over_a_list_shows_its_figure(end: str) -> None:
    written = text("exact: 1万元", f"when: {{fact: revenue, at_least: {end}}}")
    company: dict[str, object] = {"revenue": "900万元", "projects": [{"name": "一", "investment": "1000万元"}]}
    assert "（即1000万元）" in checked(written, company)


def shown(written: str) -> str:
    [policy] = policy_set(VOCABULARY, written).policies
    return " ".join(render_policy(policy, "zh").split())


def test_a_bound_that_is_worked_out_shows_its_figure() -> None:
    rows = "[{is: true, gives: 5人}, {is: false, gives: 9人}]"
    defined = f"definitions: {{floor: {{title: 下限, by: high_tech, rows: {rows}}}}}\n"
    written = text("exact: 1万元", "when: {fact: staff, at_least: floor}", defined)
    assert "不低于下限（即5人）" in checked(written, {"staff": 4, "high_tech": True})
    assert "（即" not in checked(written, {"staff": 4})


def test_cases_are_told_with_their_conditions() -> None:
    cases = "{cases: [{when: {fact: high_tech, is: true}, gives: 20%}], otherwise: 10%}"
    assert "分情形（是否高新技术企业 是：20%；其余：10%）" in checked(text(f"share: {cases}, of: deposit"), {})


def test_once_only_is_told_as_once() -> None:
    told = checked(text("exact: 1万元", "once_only: 一次性"), {})
    assert "只享受一次 此前没有兑现过" in told
    assert "此前已兑现金额" not in told


def test_what_is_left_of_a_limit_is_not_known_without_the_ledger() -> None:
    told = checked(text("exact: 10万元, cap: {at: 30万元, per: [company, year], says: 每年30万元}"), {})
    assert "“每年30万元”还剩多少额度不知道，暂不计 一 10万元" in told
    full: dict[str, object] = {"grants": [], "ledger_from": "2020年"}
    assert "还剩多少" not in checked(text("exact: 40万元, cap: {at: 30万元, per: [company, year]}"), full)


def test_whole_steps_are_told_as_full_ones() -> None:
    assert "每满100万元给1万元" in shown(text("for_every: 100万元, of: deposit, gives: 1万元"))


def test_a_definition_shows_the_words_of_the_paper() -> None:
    defined = "definitions: {half: {title: 一半, share: 50%, of: deposit, says: 按保证金的一半}}\n"
    assert "一半 half “按保证金的一半”" in shown(text("exact: half", before=defined))


@pytest.mark.parametrize(
    ("share", "paid"),
    [
        ("{up_to: rate}", "0元 · 最高 50万元"),
        ("{not_below: rate}", "50万元 · 最高金额尚不能确定"),
        ("{between: [10%, rate]}", "10万元 · 最高 50万元"),
        ("{up_to: rd_share}", "0元 · 最高 20万元"),
        ("{up_to: {by: high_tech, rows: [{is: true, gives: 30%}, {is: false, gives: 10%}]}}", "0元 · 最高 30万元"),
    ],
)
def test_an_open_share_takes_what_is_worked_out(share: str, paid: str) -> None:
    defined = (
        "definitions: {rate: {title: 比例, by: high_tech, rows: [{is: true, gives: 50%}, {is: false, gives: 20%}]}}\n"
    )
    facts: dict[str, object] = {"deposit": "100万元", "rd_share": "20%", "high_tech": True}
    assert f"可确定 {paid}" in checked(text(f"share: {share}, of: deposit", before=defined), facts)


def test_a_policy_s_own_folder_is_told_to_be_one(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "policy.yaml").write_text(text("exact: 1万元"), encoding="utf-8")
    with pytest.raises(PolicyRefused) as refused:
        load_policies(folder)
    assert "own folder" in str(refused.value)


def test_what_brings_no_money_has_no_lower_and_upper_end() -> None:
    profile = "policies/quality-sme/examples/specialised-60-in-sichuan.yaml"
    found = Explanation.of(Evaluator(load_policies(), "native"), profile, date(2026, 3, 1), "quality-sme")
    assert found.policies[0].shared
    told = render_check(found, "zh", date_given=True)
    assert "\n还缺这些事实\n" in told
    assert "最不利" not in told
