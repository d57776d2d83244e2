"""What a row of a report says an award comes to: after caps, of recognitions, and what is met but not due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from incentives import Evaluator, Explanation, load_policies
from incentives.explain.terminal import render_check
from incentives.language.model import Policy
from incentives.texts import Lang
from tests.conformance.cases import read_case

EVALUATOR = Evaluator(load_policies(), "native")
ON = date(2025, 6, 1)
POLICIES = Path("policies")
ABSENT_LISTS = "wuhou-microwave-rf-2023/examples/all-three"


def report(name: str, policy: str, lang: Lang = "zh", on: date = ON) -> str:
    """Without line breaks, so that a phrase is found wherever it was wrapped."""
    found = Explanation.of(EVALUATOR, f"policies/{name}.yaml", on, policy)
    text = render_check(found, lang, date_given=True)
    return re.sub(r"\s+", "" if lang == "zh" else " ", text)


# Caps ---------------------------------------------------------------------------------------------


def test_an_award_that_a_cap_cuts_says_what_counts() -> None:
    name = "fuqing-headquarters-2022/examples/cap-and-ledger"
    text = report(name, "fuqing-headquarters-2022")
    assert "✓符合现有综合型总部企业地方贡献增长奖励1300万元（按叠加规则计350万元）" in text
    assert "按“每年最高不超过500万元”减去现有综合型总部企业地方贡献增长奖励950万元" in text
    assert "13,000,000 yuan (3,500,000 yuan under the stacking rules)" in report(
        name, "fuqing-headquarters-2022", "en"
    )


def test_an_award_without_a_limit_of_its_own_says_the_one_that_caps_it() -> None:
    text = report(ABSENT_LISTS, "binjiang-ic-2020")
    assert "购买EDA工具补助按“每个企业年度总额不超过300万元”封顶" in text
    assert "购买EDA工具补助·未提供合同清单若符合合计最高300万元（封顶）" in text
    assert "不设上限" not in text


def test_what_no_rule_cuts_stands_alone() -> None:
    assert "✓符合新建成项目奖励·射频芯片封测基地最高1000万元✓" in report(ABSENT_LISTS, "wuhou-microwave-rf-2023")


def test_an_award_that_another_excludes_says_that_it_is_not_paid() -> None:
    text = report("changxing-industry/examples/newly-above-scale", "changxing-industry")
    assert re.search(r"不计[^，]+180万元，已计", text)
    assert "180万元（支付给所在乡镇（街道、园区））（按叠加规则不计）" in text


# Recognitions and what is met ---------------------------------------------------------------------


def test_a_recognition_shows_no_amount_and_nobody_who_is_paid() -> None:
    for lang, amounts in (("zh", r"\d元|支付给|最高"), ("en", r"\d yuan|paid to|up to")):
        text = report("above-scale-2011/examples/service", "above-scale-2011", "zh" if lang == "zh" else "en")
        summary = text.split("依据" if lang == "zh" else "Grounds", 1)[0]
        assert not re.search(amounts, summary)
        assert not re.search("支付给|paid to", text)


@pytest.mark.parametrize(
    ("name", "policy", "said"),
    [
        (ABSENT_LISTS, "wuhou-microwave-rf-2023", True),
        ("wuhou-microwave-rf-2023/examples/one-fen-below", "wuhou-microwave-rf-2023", False),
        ("fuqing-headquarters-2022/examples/cap-and-ledger", "fuqing-headquarters-2022", False),
        ("above-scale-2011/examples/service", "above-scale-2011", False),
    ],
)
def test_what_is_met_and_not_certain_is_said_to_be_no_money_due(name: str, policy: str, said: bool) -> None:
    assert ("写“最高”的不是应得的钱" in report(name, policy)) is said


# Words --------------------------------------------------------------------------------------------


def test_what_codes_mean_that_begin_so_is_said_where_it_is_known() -> None:
    text = report("chengdu-ic-2023/examples/two-tape-outs", "chengdu-ic-2023")
    assert "成都市（代码以5101开头）" in text


def _texts(policy: Policy) -> list[str]:
    told = [reading.reading for reading in policy.readings]
    told += [reading.reading for clause in policy.clauses for reading in clause.readings]
    return [*told, policy.document.note or ""]


@pytest.mark.parametrize("policy", EVALUATOR.policies.policies, ids=lambda policy: f"{policy.id}@{policy.version}")
def test_no_key_of_the_language_stands_in_what_people_read(policy: Policy) -> None:
    assert not [text for text in _texts(policy) if re.search(r"[a-z]+_[a-z]+", text)]


# English -------------------------------------------------------------------------------------------


def _english(found: Explanation) -> Iterator[str]:
    """Everything of ours that the conditions and formulas of a policy say in English."""
    for policy in found.policies:
        for clause in policy.clauses:
            yield clause.formula.en
            for item in clause.items:
                for condition in (*policy.common, *item.conditions):
                    texts = (condition.title, condition.needed, condition.actual, condition.short_by)
                    yield from (text.en for text in texts if text is not None)


@pytest.mark.parametrize("on", [ON, date(2026, 3, 1), date(2018, 8, 1)])
def test_units_and_lists_are_in_english(on: date) -> None:
    for path in sorted(POLICIES.glob("*/examples/*.yaml")):
        for text in _english(Explanation.of(EVALUATOR, path, on, path.parts[-3])):
            assert not re.search(r"\d (人|家|项|年|天|分|平方米|亩|个月|片)", text), text
            assert not re.search(
                r"\b(list|number) of \w+ (was|that)|\bthe the\b|\b1 (years|days|items|people)\b", text
            )


def test_the_codes_of_several_beginnings_are_told_in_one() -> None:
    path = POLICIES / "shuangliu-liyuan-2025" / "examples" / "growth-cap.yaml"
    found = Explanation.of(EVALUATOR, path, date(2026, 3, 1), "shuangliu-liyuan-2025")
    assert "code beginning with B, C or D" in set(_english(found))


# Reliefs, and when money comes --------------------------------------------------------------------

_RELIEFS = Path("tests/cases/reliefs")


def reliefs(profile: str, lang: Lang = "zh") -> str:
    case = read_case(_RELIEFS / profile)
    found = Explanation.of(Evaluator(case.policy_set(), "native"), case.read_profile(), case.on)
    return re.sub(r"\s+", "" if lang == "zh" else " ", render_check(found, lang, date_given=True))


def test_a_relief_is_told_beside_the_sums_and_never_as_nothing() -> None:
    text = reliefs("both")
    assert "可确定100万元·最高100万元（各条金额之和，可叠加，另有减免，金额不在其中）" in text
    assert "✓符合企业所得税优惠减按15%的税率征收企业所得税（减免，金额不在本条计算）" in text
    undecided = "? undetermined 企业所得税优惠 if qualified 减按15%的税率征收企业所得税 (relief, what it saves is not"
    assert undecided in reliefs("open", "en")
    assert "另有减免" not in reliefs("neither")


def test_when_an_award_is_paid_is_told_and_is_no_condition() -> None:
    text = reliefs("both")
    assert "✓符合股份制改造补助100万元" in text
    assert "兑现时间：上市申请材料获受理后" in text
    assert "paid after: 上市申请材料获受理" in reliefs("both", "en")


# Titles with money, and reliefs by tier -------------------------------------------------------------

_TITLES = Path("tests/cases/titles-with-money")


def titles(profile: str, lang: Lang = "zh") -> str:
    case = read_case(_TITLES / profile)
    found = Explanation.of(Evaluator(case.policy_set(), "native"), case.read_profile(), case.on)
    return re.sub(r"\s+", "" if lang == "zh" else " ", render_check(found, lang, date_given=True))


def test_a_title_stands_beside_the_money_that_comes_with_it() -> None:
    assert "✓符合销售十强50万元，并给予认定：年度销售十强企业" in titles("first-year")
    assert "500,000 yuan, together with the title 年度销售十强企业" in titles("first-year", "en")


def test_of_reliefs_by_tier_the_one_that_is_reached_is_named_and_both_while_it_is_open() -> None:
    assert "✓符合入驻三年减免租金全免租金（减免，金额不在本条计算）" in titles("first-year")
    assert "✓符合入驻三年减免租金租金减半（减免，金额不在本条计算）" in titles("second-year")
    assert "若符合全免租金或租金减半（减免，金额不在本条计算）" in titles("open")
    assert "全免租金 or 租金减半 (relief" in titles("open", "en")


def test_what_is_given_in_kind_is_told_with_the_money_it_comes_with_and_alone_never_as_nothing() -> None:
    assert "✓符合研发用房免费提供200平方米研发用房（实物或服务，不折算金额）" in titles("first-year")
    assert "✓符合研发用房和补助20万元，并给予认定：重点企业，并优先保障用地" in titles("first-year")
    assert "200,000 yuan, together with the title 重点企业, together with 优先保障用地" in titles("first-year", "en")
    assert "✓符合甲级和高新技术企业的指标用能指标一份（实物或服务，不折算金额）" in titles("first-year")
    assert "另有减免、实物或服务，金额不在其中" in titles("first-year")


# Names of tiers -----------------------------------------------------------------------------------


def tiers(profile: str, lang: Lang = "zh") -> str:
    case = read_case(Path("tests/cases/tier-limits") / profile)
    found = Explanation.of(Evaluator(case.policy_set(), "native"), case.read_profile(), case.on)
    return re.sub(r"\s+", "" if lang == "zh" else " ", render_check(found, lang, date_given=True))


def test_the_tier_that_is_reached_is_named_and_each_that_may_be_while_it_is_open() -> None:
    assert "万元（设备占比高）" in tiers("both-known")
    assert "万元（设备占比低）" in tiers("both-known")
    assert "（设备占比高或设备占比低）" in tiers("one-unknown")
    assert "(设备占比高 or 设备占比低)" in tiers("one-unknown", "en")
    assert "【设备占比高】超过28%：" in tiers("both-known")


# What is asked of some alone ------------------------------------------------------------------------

_IN_CASE = Path("tests/cases/in-case")


def in_case(profile: str, lang: Lang = "zh") -> str:
    case = read_case(_IN_CASE / profile)
    found = Explanation.of(Evaluator(case.policy_set(), "native"), case.read_profile(), case.on)
    return re.sub(r"\s+", "" if lang == "zh" else " ", render_check(found, lang, date_given=True))


def test_what_is_asked_of_some_alone_is_told_as_the_paper_says_it() -> None:
    text = in_case("case-and-short")
    asked = "✗其中“是否高新技术企业是”的，还须满足“其中高新技术企业研发投入占比须达到4%以上”"
    assert f"{asked}✓是否高新技术企业是是自报✗研发投入占比4%（含）以上3.99%" in text
    assert "✗ where “high-tech status: yes”, also required “其中高新技术企业" in in_case("case-and-short", "en")


def test_where_it_is_not_their_case_what_they_must_be_is_left_out() -> None:
    text = in_case("not-the-case")
    assert "✓其中“是否高新技术企业是”的，还须满足（不属于这种情形）" in text
    assert "where “high-tech status: yes”, also required (not the case here)" in in_case("not-the-case", "en")
    assert "研发投入占比4%" not in text.split("反过来", 2)[1]
