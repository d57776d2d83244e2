"""How an award is worked out, in words: caps say what they hold for, factors stand apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from incentives import Evaluator, Explanation, PolicySet
from incentives.explain.catalogue import render_policies, render_policy
from incentives.explain.terminal import render_check
from incentives.facts.vocabulary_files import load_vocabulary
from incentives.language.store import shipped_policies
from tests.generators import write
from tests.verdicts import policy_set


def read(award: dict[str, Any], **policy: Any) -> PolicySet:
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
            }
            for name, title in (("one", "甲"), ("two", "乙"))
        },
    }
    return policy_set(load_vocabulary(shipped_policies() / "vocabulary.yaml"), write(written))


def shown(award: dict[str, Any], **policy: Any) -> str:
    [found] = read(award, **policy).policies
    return "".join(render_policy(found, "zh").split())


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
    ("parts", "text"),
    [
        ([{"year": 1, "share": "40%"}, {"year": 2, "share": "60%"}], "分期：第1年40%、第2年60%"),
        ([{"share": "40%"}, {"share": "60%"}], "分期：第1笔40%、第2笔60%"),
        ([{"share": "50%"}, {"share": "50%", "after": "企业达产升规"}], "分期：第1笔50%、企业达产升规后50%"),
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
