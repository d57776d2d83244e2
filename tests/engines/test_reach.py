"""A tier or step must be reached: below the lowest of them a clause is not met, whatever else is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from incentives import Determination, Outcome
from tests.engines.test_whole_language import VOCABULARY
from tests.generators import write
from tests.verdicts import decide, policy_set, profile_of_raw
from tests.whole.profiles import ON

Raw = Mapping[str, Any]

ENOUGH, PLENTY = {"at_least": "50万元", "exact": "1万元"}, {"at_least": "100万元", "exact": "2万元"}
TIERS = {"by": "deposit", "tiers": [PLENTY, ENOUGH]}
APART = {"by": "deposit", "tiers": [{"at_most": "10万元", "exact": "2万元"}, ENOUGH]}
CASES = {"tier_cases": [{"when": {"fact": "deposit", "at_least": "50万元"}, "exact": "1万元"}]}
ONE_STEP = {"first_time_reaching": "sales", "year": "last_year", "steps": {"1亿元": "10万元"}, "pays": "highest_step"}
STEPS = {**ONE_STEP, "steps": {"1亿元": "10万元", "2亿元": "20万元"}}
FURTHER = {"for_every": "10万元", "of": "deposit", "above": "40万元", "gives": "1万元"}
SLICES = {"slices_of": "deposit", "slices": [{"more_than": "50万元", "rate": "10%"}]}
NESTED = {"by": "stance", "tiers": [{"is": "强", **TIERS}, {"is": "弱", "exact": "1万元"}]}
DOCUMENT = {"kind": "official_text", "title": "分档", "number": "1号", "publisher": "某区"}
JUST_BELOW, AT = {"deposit": "499999.99元"}, {"deposit": "50万元"}


def sales(last_year: str, before: str) -> Raw:
    return {"sales": {2023: last_year, "earlier_highest": before}}


def found(engine: str, profile: Raw, award: Raw, when: Any = None) -> Determination:
    written = {
        "incentives": 2,
        "policy": "reach",
        "title": "分档",
        "issuer": "某区",
        "document": {**DOCUMENT, "published_on": "2024-01-01"},
        "in_force": {"from": "2024-01-01", "until": "none"},
        "stacking": "cumulative",
        "clauses": {
            "it": {
                "title": "条款",
                **({"when": when} if when is not None else {}),
                "award": {"kind": "奖励", "paid_to": "企业", **award},
                "source": {"article": "第一条", "says": "原文"},
            }
        },
    }
    known = profile_of_raw({"name": "某公司", **profile}, VOCABULARY)
    [determination] = decide(policy_set(VOCABULARY, write(written)), known, ON, engine).determinations
    return determination


@pytest.mark.parametrize(
    ("award", "below", "at"),
    [
        (TIERS, JUST_BELOW, AT),
        (APART, {"deposit": "100000.01元"}, {"deposit": "10万元"}),
        (APART, JUST_BELOW, AT),
        (CASES, JUST_BELOW, AT),
        (FURTHER, JUST_BELOW, AT),
        (SLICES, AT, {"deposit": "500000.01元"}),
        (NESTED, {"stance": "强", **JUST_BELOW}, {"stance": "强", **AT}),
        (NESTED, {"stance": "一般", **AT}, {"stance": "弱", **JUST_BELOW}),
        (ONE_STEP, sales("99999999.99元", "0元"), sales("1亿元", "0元")),
        (ONE_STEP, sales("3亿元", "1亿元"), sales("3亿元", "99999999.99元")),
        (STEPS, sales("199999999.99元", "1亿元"), sales("2亿元", "1亿元")),
        ({"up_to": FURTHER}, JUST_BELOW, AT),
        ({"adds_up": [TIERS, CASES]}, JUST_BELOW, AT),
        ({**TIERS, "plus": CASES}, JUST_BELOW, AT),
        ({**TIERS, "cap": "5000元"}, JUST_BELOW, AT),
        ({**TIERS, "rounding": {"to": "元", "mode": "down"}}, JUST_BELOW, AT),
        ({**TIERS, "otherwise": TIERS}, JUST_BELOW, AT),
    ],
)  # fmt: skip
def test_the_end_of_the_lowest_tier_is_a_condition(award: Raw, below: Raw, at: Raw, engine: str) -> None:
    assert found(engine, below, award).outcome is Outcome.NOT_QUALIFIED
    assert found(engine, at, award).outcome is Outcome.QUALIFIED


@pytest.mark.parametrize(
    "award",
    [
        {**TIERS, "otherwise": {"exact": "0元"}},
        {**TIERS, "floor": "1元"},
        {**TIERS, "plus": {"exact": "1元"}},
        {"adds_up": [TIERS, {"exact": "1元"}]},
        {"by": "deposit", "tiers": [ENOUGH, {"at_least": "0元", "exact": "0元"}]},
        {"exact": {"by": "deposit", "rows": [{"at_least": "50万元", "gives": "1万元"}], "otherwise": "0元"}},
        {"share": "10%", "of": "deposit"},
    ],
)
def test_what_everybody_reaches_is_no_condition(award: Raw, engine: str) -> None:
    assert found(engine, JUST_BELOW, award).outcome is Outcome.QUALIFIED
    assert found(engine, {}, award).outcome is Outcome.QUALIFIED


@pytest.mark.parametrize("award", [TIERS, CASES, FURTHER, SLICES])
def test_a_tier_that_waits_for_its_fact_leaves_the_clause_open(award: Raw, engine: str) -> None:
    open_one = found(engine, {}, award)
    assert open_one.outcome is Outcome.UNDETERMINED
    assert [fact.fact for fact in open_one.missing] == ["deposit"]


def test_the_refusal_names_the_bound_of_the_lowest_tier(engine: str) -> None:
    [failed] = found(engine, JUST_BELOW, TIERS).failed
    assert failed.fact == "deposit"


@pytest.mark.parametrize(
    "when",
    [
        {"fact": "deposit", "at_least": "50万元"},
        {"all": [{"fact": "deposit", "at_least": "60万元"}]},
        {"any": [{"fact": "deposit", "at_least": "50万元"}, {"fact": "deposit", "at_least": "1亿元"}]},
    ],
)
def test_what_the_conditions_say_is_not_said_again(when: Any, engine: str) -> None:
    assert all("/award/" not in one.node for one in found(engine, JUST_BELOW, TIERS, when).failed)


def test_a_weaker_condition_does_not_say_it(engine: str) -> None:
    weaker = {"fact": "deposit", "at_least": "49万元"}
    assert found(engine, JUST_BELOW, TIERS, weaker).outcome is Outcome.NOT_QUALIFIED
