"""Small policies of the shipped vocabulary, and plans for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import incentives
from tests.verdicts import policy_set

VOCABULARY = incentives.load_policies().vocabulary
ON = date(2026, 3, 1)
FIGURES = ("revenue", "main_revenue", "sales_revenue", "merchandise_sales", "farm_income")
MANY = (
    *FIGURES,
    *("catering_turnover", "gross_income", "hightech_income", "output_value", "local_contribution"),
    *("rd_expense", "rd_expense_domestic", "rd_expense_audited", "equity_raised"),
)


def policy(name: str, clauses: Iterable[str], stacking: str = "cumulative") -> str:
    """A policy of that id, with its clauses as they are written."""
    return f"""
incentives: 2
policy: {name}
title: {name}办法
issuer: 示例区
document: {{kind: official_text, title: 示例, number: 示例〔2026〕1号, publisher: 示例区, published_on: 2026-01-01}}
in_force: {{from: 2026-01-01, until: 2026-12-31}}
this_year: year_of_application
stacking: {stacking}
clauses:
{"".join(clauses)}"""


def clause(name: str, when: str, award: str = "exact: 10万元", for_each: str | None = None) -> str:
    """A clause of that id, titled 奖 and the id."""
    each = f"    for_each: {for_each}\n" if for_each is not None else ""
    return f"""  {name}:
    title: 奖{name}
{each}    when:
      - {when}
    award: {{kind: 奖励, {award}, paid_to: 企业}}
    source: {{article: 第二条, says: 奖励}}
"""


def large(fact: str, award: str = "exact: 10万元") -> str:
    """A clause for whose figure is 1亿元 this year."""
    return clause(fact.replace("_", "-"), f"{{fact: {fact}, year: this_year, at_least: 1亿元, says: 以上}}", award)


def nearly(*facts: str) -> dict[str, Any]:
    """A company whose figures are 9000万元."""
    return {"name": "乙", **{fact: {2026: "9000万元"} for fact in facts}}


def evaluator(*texts: str) -> incentives.Evaluator:
    return incentives.Evaluator(policy_set(VOCABULARY, *texts), "native")
