"""How a total is told: what leaves it without limit, and what counts where only the largest award is certain."""

from __future__ import annotations

from datetime import date
from typing import Any

from incentives import Evaluator, Explanation
from incentives.explain.terminal import render_check
from incentives.facts.vocabulary_files import load_vocabulary
from incentives.language.store import shipped_policies
from tests.generators import write
from tests.verdicts import policy_set

ON = date(2026, 3, 1)


def told(profile: dict[str, Any], *awards: dict[str, Any], stacking: str = "cumulative") -> str:
    """The check of a policy whose clauses are these awards, in one line."""
    written = {
        "incentives": 2,
        "policy": "totals",
        "title": "合计",
        "issuer": "某区",
        "document": {
            "kind": "official_text",
            "title": "合计",
            "number": "1号",
            "publisher": "某区",
            "published_on": "2024-01-01",
        },
        "in_force": {"from": "2024-01-01", "until": "none"},
        "stacking": stacking,
        "clauses": {
            f"c-{number}": {
                "title": f"条款{number}",
                "award": {"kind": "资助", "paid_to": "企业", **award},
                "source": {"article": "第一条", "says": "原文"},
            }
            for number, award in enumerate(awards)
        },
    }
    evaluator = Evaluator(
        policy_set(load_vocabulary(shipped_policies() / "vocabulary.yaml"), write(written)), "native"
    )
    found = Explanation.of(evaluator, {"name": "某公司", **profile}, ON)
    return "".join(render_check(found, "zh", date_given=True).split())


def test_a_limit_that_waits_for_facts_is_nobodys_discretion() -> None:
    share = {"share": "15%", "of": {"last_year": "vat_paid"}}
    assert "最高金额尚不能确定（缺的事实补上才知道上限，可叠加）" in told({}, share)
    assert "由主管部门决定，无上限" not in told({}, share)


def test_a_limit_that_a_person_decides_waits_for_no_facts() -> None:
    rows = [{"at_least": "1000万元", "gives": "10%"}]
    rate = {"of": {"last_year": "vat_paid"}, "share": {"by": {"last_year": "vat_paid"}, "rows": rows}}
    text = told({"vat_paid": {2025: "999万元"}}, rate)
    assert "人工认定后才知道上限" in text
    assert "缺的事实" not in text


def test_a_gap_and_discretion_are_named_as_what_they_are() -> None:
    assert "由主管部门决定，无上限" in told({}, {"discretionary": "一事一议"})
    assert "有金额未公布，上限不知" in told({}, {"not_published": "金额未列"})


def test_what_counts_under_a_cap_is_the_cap_where_only_the_largest_award_is_certain() -> None:
    def capped(fact: str, at: str) -> dict[str, Any]:
        return {"share": "70%", "of": {"last_year": fact}, "cap": {"at": at, "per": ["company", "year"]}}

    profile = {
        "founded": "2020-01-01",
        "ledger_from": 2020,
        "grants": [],
        "rd_expense": {2025: "150万元"},
        "rd_expense_tax": {2025: "300万元"},
    }
    text = told(
        profile, capped("rd_expense", "100万元"), capped("rd_expense_tax", "150万元"), stacking="not_published"
    )
    assert "条款0105万元（按叠加规则计100万元）" in text
    assert "条款1210万元（按叠加规则计150万元）" in text


def test_the_bound_of_the_lowest_tier_is_told_with_its_distance() -> None:
    tiers = [{"at_least": "1000万元", "exact": "8万元"}, {"at_least": "500万元", "exact": "5万元"}]
    text = told({"rd_expense": {2025: "499万元"}}, {"by": {"last_year": "rd_expense"}, "tiers": tiers})
    assert "✗上年研究开发费用总额500万元（含）以上499万元（差1万元）自报" in text


def test_steps_are_told_with_what_is_there_and_was_before() -> None:
    steps = {"1亿元": "10万元", "2亿元": "20万元"}
    award = {"first_time_reaching": "revenue", "year": "last_year", "steps": steps, "pays": "highest_step"}
    text = told({"revenue": {2025: "5000万元", "earlier_highest": "3000万元"}}, award)
    assert "✗上年营业收入首次达到1亿元、2亿元之一5000万元，此前最高自报3000万元" in text


def test_what_is_known_in_part_and_settled_by_that_is_not_missing() -> None:
    award = {
        "first_time_reaching": "revenue",
        "year": "last_year",
        "steps": {"5万元": "2000元"},
        "pays": "highest_step",
    }
    text = told({"revenue": {2025: "7万元", 2024: "6万元"}}, award)
    assert "已知部分" in text
    assert "缺" not in text


def test_steps_without_end_are_told() -> None:
    award = {
        "first_time_reaching": "revenue",
        "year": "last_year",
        "steps": {"100亿元": "0元"},
        "pays": "highest_step",
    }
    text = told({"revenue": {2025: "150亿元", "earlier_highest": "0元"}}, {**award, "then_every": {"100亿元": "1元"}})
    # Three columns, line by line.
    assert "✗上年营业收入首次达到100亿元以上每满150亿元，此前最高0元自报100亿元的一档" in text


def test_an_amount_that_waits_for_facts_is_not_said_to_be_decided_by_an_authority() -> None:
    waiting, ceiling = {"share": "15%", "of": {"last_year": "vat_paid"}}, {"up_to": "10万元"}
    assert "金额要等还缺的事实补上才能算出" in told({}, waiting)
    assert "给多少由主管部门决定" not in told({}, waiting)
    assert "给多少由主管部门决定" in told({}, ceiling)
