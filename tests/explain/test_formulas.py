"""How an award is worked out, in words: caps say what they hold for, factors stand apart, years are named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from incentives import Evaluator, Explanation, PolicySet
from incentives.explain.catalogue import render_policies, render_policy
from incentives.explain.ends import end_text
from incentives.explain.terminal import render_check
from incentives.facts.vocabulary_files import load_vocabulary
from incentives.language.store import shipped_policies
from incentives.texts import Lang
from incentives.values import Bilingual
from tests.generators import write
from tests.verdicts import policy_set


def read(award: dict[str, Any], clause: dict[str, Any] | None = None, **policy: Any) -> PolicySet:
    written = {
        "incentives": 2,
        "policy": "formulas",
        "title": "算法",
        "issuer": "某区",
        "document": {
            "kind": "official_text",
            "title": "算法",
            "number": "1号",
            "publisher": "某区",
            "published_on": "2024-01-01",
        },
        "in_force": {"from": "2024-01-01", "until": "none"},
        "stacking": "cumulative",
        **policy,
        "clauses": {
            name: {
                "title": title,
                "award": {"kind": "资助", "paid_to": "企业", **award},
                "source": {"article": "第一条", "says": "原文"},
                **(clause or {}),
            }
            for name, title in (("one", "甲"), ("two", "乙"))
        },
    }
    return policy_set(load_vocabulary(shipped_policies() / "vocabulary.yaml"), write(written))


def shown(award: dict[str, Any], lang: Lang = "zh", **policy: Any) -> str:
    [found] = read(award, **policy).policies
    return "".join(render_policy(found, lang).split())


@pytest.mark.parametrize(
    ("per", "text"),
    [("company", "每家企业累计最高"), (["company", "year"], "每家企业每年最高"), ("application", "每次申报合计最高")],
)
def test_a_cap_says_what_it_holds_for_at_its_clause(per: Any, text: str) -> None:
    own = shown({"exact": "10万元", "cap": {"at": "30万元", "per": per}})
    assert f"甲资助10万元（定额），支付给企业{text}30万元" in own
    assert "叠加规则" not in own
    rule = {"cap": "30万元", "per": per, "over": ["one", "two"]}
    together = shown({"exact": "10万元"}, stacking={"otherwise": "cumulative", "rules": [rule]})
    assert f"{text}30万元：甲、乙" in together


def test_factors_stand_apart_and_a_share_is_of_its_base() -> None:
    factors = [{"smallest_of": [{"last_year": "revenue"}, "80元"]}, {"last_year": "employees_average"}]
    assert "（上年营业收入，最高80元）×上年全年平均人员数" in shown({"exact": {"product_of": factors}})
    base = {"sum_of": [{"last_year": "revenue"}, {"last_year": "vat_paid"}]}
    assert "（上年营业收入＋上年增值税）的10%" in shown({"share": "10%", "of": base})


@pytest.mark.parametrize(
    ("years", "zh", "en"),
    [
        (3, "截至上年近3年营业收入", "operating revenue over the 3 years up to last year"),
        ({"last": 3, "through": "year_before_last"}, "截至前年近3年", "over the 3 years up to the year before last"),
        ({"last": 2, "through": "this_year"}, "截至本年近2年", "over the 2 years up to this year"),
        ("all", "截至上年历年", "over every year up to last year"),
        ({"through": "this_year"}, "截至本年历年", "over every year up to this year"),
        ({"through": "2023年"}, "截至2023年历年", "over every year up to 2023"),
        ({"from": "2021年", "through": "2023年"}, "2021年至2023年", "over 2021 to 2023"),
        ({"from": "2021年", "through": "last_year"}, "2021年至上年", "over 2021 to last year"),
        (
            {"through": "year_before_last", "since": "founded"},
            "自成立日期当年起至前年各年",
            "over every year from that of the date of establishment to the year before last",
        ),
        (
            {"last": 3, "since": "founded"},
            "截至上年近3年（自成立日期当年起，不足按实际）",
            "over the 3 years up to last year (from that of the date of establishment on)",
        ),
    ],
)
def test_years_are_told_with_the_first_and_the_last_of_them(years: Any, zh: str, en: str) -> None:
    """Which years are meant turns 首次 upside down, and nobody sees a wrong one that is not told."""
    for how, in_zh, in_en in (("largest_of", "最高值", "largest of"), ("mean_of", "平均", "mean of")):
        award = {"share": "10%", "of": {how: "revenue", "years": years}}
        text = shown(award)
        assert zh in text
        assert f"营业收入{in_zh}的10%" in text
        english = shown(award, "en")
        assert en.replace(" ", "") in english
        assert in_en.replace(" ", "") in english


@pytest.mark.parametrize(
    ("award", "zh", "en"),
    [
        (
            {"not_published": "分档未列", "floor": "20万元", "cap": "500万元"},
            "资助分档未列，至少20万元、最高500万元（金额未公布），支付",
            "分档未列,atleast200,000yuan,atmost5,000,000yuan(amountnotpublished),paid",
        ),
        (
            {"not_published": "分档未列", "cap": "500万元"},
            "资助分档未列，最高500万元（金额未公布），支付",
            "分档未列,atmost5,000,000yuan(amountnotpublished),paid",
        ),
        ({"not_published": "分档未列"}, "资助分档未列（金额未公布），支付", "分档未列(amountnotpublished),paid"),
        (
            {"discretionary": "一事一议", "floor": "20万元"},
            "资助一事一议，至少20万元（由主管部门决定），支付",
            "一事一议,atleast200,000yuan(atdiscretion),paid",
        ),
        (
            {"discretionary": "一事一议"},
            "资助一事一议（由主管部门决定），支付",
            "一事一议(atdiscretion),paid",
        ),
    ],
)
def test_what_is_left_open_says_within_which_limits(award: dict[str, Any], zh: str, en: str) -> None:
    assert zh in shown(award)
    assert en in shown(award, "en")


def test_a_floor_is_no_largest_of_two() -> None:
    share = {"share": "10%", "of": {"last_year": "revenue"}}
    assert "上年营业收入的10%，至少1万元，最高5万元" in shown({**share, "floor": "1万元", "cap": "5万元"})
    larger = {"largest_of": [{"last_year": "vat_paid"}, {"last_year": "revenue"}]}
    assert "上年增值税、上年营业收入的最高值" in shown(larger)


def test_a_limit_of_one_part_limits_no_other() -> None:
    """(A + the smaller of B and a fifth of A) at 8%: the sum itself has no cap."""
    revenue, paid = {"last_year": "revenue"}, {"last_year": "vat_paid"}
    smaller = {"smallest_of": [paid, {"share": "20%", "of": revenue}]}
    inner = "（上年增值税，最高上年营业收入的20%）"
    assert f"（上年营业收入＋{inner}）的8%" in shown({"share": "8%", "of": {"sum_of": [revenue, smaller]}})
    assert f"资助{inner}的8%" in shown({"share": "8%", "of": smaller})
    assert f"上年营业收入减去{inner}" in shown({"difference_of": revenue, "minus": smaller})
    both = {"sum_of": [paid, revenue]}
    assert "上年营业收入减去（上年增值税＋上年营业收入）" in shown({"difference_of": revenue, "minus": both})


def test_rows_of_cases_say_to_which_part_of_a_sum_they_belong() -> None:
    def points(revenue: str) -> dict[str, Any]:
        both = [{"last_year": "revenue", "at_least": revenue}, {"fact": "own_brand", "is": True}]
        return {"cases": [{"when": {"all": both}, "gives": "1万元"}], "otherwise": "0元"}

    one = "1万元以下全部满足上年营业收入"
    text = shown({"exact": {"sum_of": [points("1亿元"), points("2亿元")]}})
    assert f"第1处分情形：{one}1亿元" in text
    assert f"第2处分情形：{one}2亿元" in text
    alone = shown({"exact": points("1亿元")})
    assert f"-{one}1亿元" in alone


def test_a_figure_that_is_multiplied_is_a_factor() -> None:
    assert "资助5,000元×125%" in shown({"product_of": ["0.5万元", "125%"]})
    season = {"season": {"title": "时段系数", "cases": [{"fact": "own_brand", "is": True, "gives": "125%"}]}}
    season["season"]["otherwise"] = "100%"
    assert "资助5,000元×时段系数" in shown({"product_of": ["0.5万元", "season"]}, definitions=season)


@pytest.mark.parametrize(
    ("text", "told"),
    [("5名", "5名以内"), ("3位", "3位以内"), ("5人", "5人（含）以下"), ("上限单位", "上限单位（含）以下")],
)
def test_a_rank_is_not_told_as_lower_than_it_is(text: str, told: str) -> None:
    upper = end_text(Bilingual(text, text), inclusive=True, low=False, is_day=False)
    assert upper == Bilingual(told, f"at most {text}")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "按成立日期（2019-12-31（含）以前：10万元；2019-12-31以后（不含），2022-01-01以前（不含）：20万元"),
        ("en", "(on or before 2019-12-31: 100,000 yuan; after 2019-12-31 and before 2022-01-01: 200,000 yuan"),
    ],
)
def test_a_tier_by_a_day_lies_before_or_after_it(lang: Lang, told: str) -> None:
    tiers = [
        {"at_most": "2019-12-31", "exact": "10万元"},
        {"more_than": "2019-12-31", "less_than": "2022-01-01", "exact": "20万元"},
        {"at_least": "2022-01-01", "exact": "30万元"},
    ]
    assert "".join(told.split()) in shown({"by": "founded", "tiers": tiers}, lang)


@pytest.mark.parametrize(
    ("award", "told"),
    [
        (
            {"per_unit": "100元/亩", "of": {"last_year": "industrial_land"}},
            "100 yuan for each mu of last year's land the",
        ),
        ({"per_unit": "100元/人", "of": {"last_year": "employees_end_of_year"}}, "at 100 yuan for each person"),
    ],
)
def test_so_much_for_each_is_of_a_measure_and_at_a_number(award: dict[str, Any], told: str) -> None:
    assert "".join(told.split()) in shown(award, "en")


def test_a_ratio_says_what_it_is_of_and_to() -> None:
    ratio = {"ratio_of": {"last_year": "rd_expense"}, "to": {"last_year": "sales_revenue"}}
    told = "100,000 yuan × ratio of last year's research and development expense to last year's sales revenue"
    assert "".join(told.split()) in shown({"product_of": ["10万元", ratio]}, "en")


def test_places_of_an_unknown_number_are_told_as_not_published() -> None:
    chosen = {"places": "not_published", "limits_awards": True, "says": "遴选一定数量"}
    text = shown({"exact": "10万元"}, budget=chosen)
    assert "名额：未公布（" in text
    assert "遴选一定数量" in text


def test_a_cap_for_an_item_in_a_year_is_told_as_the_paper_says_it() -> None:
    award = {"share": "30%", "of": "investment", "cap": {"at": "100万元", "per": ["item", "year"]}}
    assert "的30%，每个对象每年最高100万元" in shown(award, clause={"for_each": "project"})


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([{"year": 1, "share": "40%"}, {"year": 2, "share": "60%"}], "分期：第1年40%、第2年60%"),
        ([{"share": "40%"}, {"share": "60%"}], "分期：第1笔40%、第2笔60%"),
        ([{"share": "50%"}, {"share": "50%", "after": "企业达产升规"}], "分期：第1笔50%、企业达产升规后50%"),
        ([{"share": "50%"}, {"rest": True, "after": "竣工验收"}], "分期：第1笔50%、竣工验收后其余"),
        ([{"year": 1, "share": "50%"}, {"year": 2, "rest": True}], "分期：第1年50%、第2年其余"),
        ([{"year": 1, "exact": "3万元"}, {"year": 2, "exact": "7万元"}], "分期：第1年3万元、第2年7万元"),
        ([{"year": 1, "exact": "3万元"}, {"after": "竣工验收", "rest": True}], "分期：第1年3万元、竣工验收后其余"),
        ({"years": 3}, "分期：分3年等额支付"),
    ],
)
def test_instalments_are_told_as_the_paper_names_them(parts: Any, text: str) -> None:
    assert text in shown({"exact": "10万元", "instalments": parts})


def test_a_draft_says_so_and_what_has_no_day_is_not_called_in_force() -> None:
    document = {
        "kind": "draft",
        "title": "算法",
        "number": "not_published",
        "publisher": "某区",
        "published_on": "not_published",
    }
    days = {"from": "not_published", "counted_from": "not_published", "until": "not_published"}
    policies = read({"exact": "10万元"}, document=document, in_force=days)
    assert "施行日期不详" in render_policies(policies, date(2026, 3, 1), "zh")
    found = Explanation.of(Evaluator(policies, "native"), {"name": "某公司"}, date(2026, 3, 1))
    assert "来源是征求意见稿" in render_check(found, "zh", date_given=True)


def test_what_is_left_open_in_a_part_keeps_the_words_of_the_paper_and_speaks_of_no_other_part() -> None:
    by_case = {"tier_cases": [{"fact": "founded", "at_least": "2024-01-01", "discretionary": "一事一议"}]}
    text = shown({**by_case, "otherwise": {"exact": "1000万元"}})
    assert "一事一议（由主管部门决定）；其余：1000万元），支付给企业" in text
    added = shown({"adds_up": [{"exact": "1万元"}, {"not_published": "贴息的标准没有写"}]})
    assert "1万元＋贴息的标准没有写（金额未公布），支付给企业" in added


def test_a_rest_of_nothing_is_told_where_it_is_written_and_not_where_the_clause_is_not_met() -> None:
    tiers = {"by": "founded", "tiers": [{"at_least": "2024-01-01", "exact": "10万元"}]}
    assert "其余：0元" in shown({**tiers, "otherwise": {"exact": "0元"}})
    assert "其余" not in shown(tiers)


def test_the_words_of_the_paper_for_a_row_are_shown_however_short_it_is() -> None:
    rows = [{"fact": "founded", "at_least": "2024-01-01", "says": "新设立的给10万元", "exact": "10万元"}]
    assert "“新设立的给10万元”" in shown({"tier_cases": rows})
