"""Policies written from clauses and rules alone, for tests that go by nothing else of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.generators import write


def written_policy(name: str, clauses: Mapping[str, Any], rules: list[dict[str, Any]], title: str) -> str:
    """The text of a policy in force since 2020 without end, of which a reprint is what is known."""
    return write(
        {
            "incentives": 2,
            "policy": name,
            "title": title,
            "issuer": "某区",
            "document": {
                "kind": "reprint",
                "title": name,
                "number": "not_published",
                "publisher": "某区",
                "published_on": "2020-01-01",
            },
            "in_force": {"from": "2020-01-01", "until": "none"},
            "stacking": {"otherwise": "cumulative", "rules": rules} if rules else "cumulative",
            "clauses": dict(clauses),
        }
    )


def exact_award(title: str, amount: str) -> dict[str, Any]:
    """A clause that everybody meets, and what it pays."""
    return {
        "title": title,
        "award": {"kind": "奖励", "exact": amount, "paid_to": "企业"},
        "source": {"article": "第一条", "says": "原文"},
    }
