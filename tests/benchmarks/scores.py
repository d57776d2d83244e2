"""Four scores that share their parts, and clauses that ask for them: what a plan costs beside the plain check.

The company's own figures, the patents that it has or could have and its titles each give points, more of one of them
for less of another; every clause asks for the sum of some. Drawn from one seed, so that every run measures the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import incentives
from incentives.advice.changeable import Changeable
from incentives.advice.plan import Planner
from incentives.advice.ways import after_way
from tests.generators import write
from tests.verdicts import policy_set

ON = date(2026, 3, 1)
SCORES = {"broad": ("size", "research", "patents", "titles"), "soft": ("patents", "titles")}
SCORES |= {"hard": ("size", "research"), "made": ("research", "patents")}


def made() -> tuple[incentives.PolicySet, incentives.Profile]:
    """The policy and the profile of a company that falls short of every clause."""
    rng = random.Random(4)
    policies = policy_set(incentives.load_policies().vocabulary, write(_policy(rng)))
    company = {
        "name": "某公司",
        "revenue": {"2026": f"{rng.randrange(6000, 9000)}万元"},
        "rd_expense": {"2026": "400万元"},
        "titles": [],
        "intellectual_properties": [
            {"name": "一", "right_kind": "发明专利", "right_status": "已授权有效"},
            {"name": "二", "right_kind": "实用新型专利", "right_status": "已授权有效"},
        ],
    }
    return policies, incentives.Evaluator(policies, "native").profile(company)


def _policy(rng: random.Random) -> dict[str, Any]:
    share = {"ratio_of": "rd_expense", "to": "revenue", "year": "this_year"}
    granted = [{"fact": "right_kind", "is": "发明专利"}, {"fact": "right_status", "is": "已授权有效"}]
    large = rng.randrange(18, 22)
    parts: dict[str, Any] = {
        "size": _part("规模分", {"this_year": "revenue"}, (f"{large}000万元", f"{large // 2}000万元", "5000万元")),
        "research": _part("研发分", share, ("10%", "6%", "3%")),
        "patents": _part("专利分", {"count_of": "intellectual_property", "where": granted}, ("5项", "3项", "1项")),
        "titles": {
            "title": "资质分",
            "cases": [{"has_title": "专精特新中小企业", "valid": True, "gives": "10分"}],
            "otherwise": "0分",
        },
    }
    sums = {name: {"title": name, "sum_of": list(of)} for name, of in SCORES.items()}
    asked = {"broad": "60分", "soft": "30分", "hard": "40分", "made": "40分"}
    return {
        "incentives": 2,
        "policy": "four-scores",
        "title": "四项评分",
        "issuer": "某区",
        "document": {
            "kind": "official_text",
            "title": "四项评分",
            "number": "not_published",
            "publisher": "某区",
            "published_on": "2026-01-01",
        },
        "in_force": {"from": "2026-01-01", "until": "2027-12-31"},
        "stacking": "cumulative",
        "definitions": parts | sums,
        "clauses": {name: _clause(name, least) for name, least in asked.items()},
    }


def _part(title: str, by: dict[str, Any], ends: tuple[str, ...]) -> dict[str, Any]:
    rows = [{"at_least": end, "gives": f"{points}分"} for end, points in zip(ends, (30, 20, 10), strict=True)]
    return {"title": title, "by": by, "rows": rows, "otherwise": "0分"}


def _clause(score: str, least: str) -> dict[str, Any]:
    return {
        "title": f"评分{score}",
        "when": [{"fact": score, "at_least": least, "says": "评分"}],
        "award": {"kind": "奖励", "exact": "10万元", "paid_to": "企业"},
        "source": {"article": "第一条", "says": "评分"},
    }


def wrong_gains(evaluator: incentives.Evaluator, profile: incentives.Profile) -> Iterator[str]:
    """The clauses of which a plan has no entry, or one that does not come to what it says, or asks for too much."""
    plan = Planner(evaluator, profile, ON, Changeable(evaluator.policies.vocabulary, ON), {}).plan()
    yield from SCORES.keys() - {gain.clause for gain in plan.gains}
    for gain in plan.gains:
        found = evaluator.check(after_way(profile, gain.way), gain.way.apply_on or ON)
        if found.total != gain.all_after or _is_refused(gain.clause, found):
            yield gain.clause
        for change in gain.way.changes:
            less = replace(gain.way, changes=tuple(other for other in gain.way.changes if other != change))
            if not _is_refused(gain.clause, evaluator.check(after_way(profile, less), less.apply_on or ON)):
                yield gain.clause


def _is_refused(clause: str, found: incentives.Decision) -> bool:
    """Whether a clause is not met: a new item of which too little is said leaves it open."""
    [outcome] = {one.outcome for one in found.determinations if one.clause == clause}
    return outcome is not incentives.Outcome.QUALIFIED
