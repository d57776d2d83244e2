"""Law 14: a missing fact that is read in two places is named, since for its sake the interval may be too wide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.engines.test_whole_language import VOCABULARY
from tests.generators import write
from tests.verdicts import decide, policy_set, profile_of_raw
from tests.whole.profiles import ON

Raw = Mapping[str, Any]

BESIDE = ("when", "for_each")
"""The keys of a clause that stand beside its award."""
DEPOSIT = {"share": "10%", "of": "deposit"}
ASKED = {"fact": "deposit", "at_least": "100万元"}
TEN = {"exact": "10万元"}
SPENT = {"share": "10%", "of": {"last_year": "spending"}}
SPENT_MORE = {"share": "10%", "of": {"increase_of": "spending", "year": "last_year"}}
ONE = {"projects": [{"name": "甲", "investment": "100万元"}]}
TWO = {"projects": [*ONE["projects"], {"name": "乙", "investment": "200万元"}]}


def shared(engine: str, profile: Raw, *clauses: Raw, **policy: Any) -> list[str | None]:
    """The facts that the decision names; a clause is an award, with the keys that stand beside it."""
    document = {"kind": "official_text", "title": "共用", "number": "1号", "publisher": "某区"}
    written = {
        "incentives": 2,
        "policy": "shared",
        "title": "共用的事实",
        "issuer": "某区",
        "document": {**document, "published_on": "2024-01-01"},
        "in_force": {"from": "2024-01-01", "until": "none"},
        "stacking": "cumulative",
        **policy,
        "clauses": {
            f"c-{number}": {
                "title": f"条款{number}",
                **{key: clause[key] for key in BESIDE if key in clause},
                "award": {
                    "kind": "奖励",
                    **{key: value for key, value in clause.items() if key not in BESIDE},
                    "paid_to": "企业",
                },
                "source": {"article": "第一条", "says": "原文"},
            }
            for number, clause in enumerate(clauses)
        },
    }
    known = profile_of_raw({"name": "某公司", **profile}, VOCABULARY)
    [found] = decide(policy_set(VOCABULARY, write(written)), known, ON, engine).policies
    return [fact.fact for fact in found.shared]


@pytest.mark.parametrize(
    "award",
    [
        {"adds_up": [DEPOSIT, DEPOSIT]},
        {"exact": {"difference_of": "deposit", "minus": {"share": "50%", "of": "deposit"}}},
        {**DEPOSIT, "when": ASKED},
        {**TEN, "when": {"any": [ASKED, {"not": ASKED}]}},
        {"tier_cases": [{"when": [ASKED, {"fact": "high_tech", "is": True}], **DEPOSIT}]},
        {"by": "deposit", "tiers": [{"more_than": "10元", "at_most": "20元", **TEN}, {"at_least": "1元", **DEPOSIT}]},
        {"by": "deposit", "tiers": [{"at_least": "10元", "at_most": "20元", **TEN}], "otherwise": DEPOSIT},
    ],
)
def test_a_fact_read_twice_for_one_clause_is_named(award: Raw, engine: str) -> None:
    assert shared(engine, {}, award) == ["deposit"]
    assert shared(engine, {"deposit": "100万元"}, award) == []


def test_a_fact_read_once_is_not_named(engine: str) -> None:
    assert shared(engine, {}, DEPOSIT) == []
    assert shared(engine, {}, {**TEN, "when": ASKED}) == []


def test_a_tier_is_worked_out_with_its_key_in_that_tier(engine: str) -> None:
    tiers = [{"at_least": "100万元", **DEPOSIT}, {"less_than": "100万元", **TEN}]
    assert shared(engine, {}, {"by": "deposit", "tiers": tiers}) == []
    assert shared(engine, {}, {"by": "deposit", "tiers": [{"at_least": "1元", **TEN}], "otherwise": DEPOSIT}) == []


def test_cases_by_one_fact_are_worked_out_with_it_in_that_case(engine: str) -> None:
    assert shared(engine, {}, {"tier_cases": [{"when": ASKED, **DEPOSIT}]}) == []
    assert shared(engine, {}, {"exact": {"cases": [{"when": ASKED, "gives": DEPOSIT}], "otherwise": DEPOSIT}}) == []


def test_a_fact_read_by_two_clauses_is_named(engine: str) -> None:
    assert shared(engine, {}, DEPOSIT, {**TEN, "when": ASKED}) == ["deposit"]
    assert shared(engine, {"high_tech": False}, DEPOSIT, {**DEPOSIT, "when": {"fact": "high_tech", "is": True}}) == []


def test_a_fact_of_the_company_is_read_again_for_each_item(engine: str) -> None:
    for clause in ({**DEPOSIT, "for_each": "project"}, {**TEN, "for_each": "project", "when": ASKED}):
        assert shared(engine, ONE, clause) == []
        assert shared(engine, TWO, clause) == ["deposit"]


def test_a_fact_of_each_item_is_its_own(engine: str) -> None:
    bare = {"projects": [{"name": "甲"}, {"name": "乙"}]}
    own = {"share": "10%", "of": "investment", "for_each": "project"}
    assert shared(engine, bare, own) == []
    assert shared(engine, bare, {"share": "10%", "of": {"sum_of": "project.investment"}}) == []
    assert shared(engine, bare, own, {"share": "10%", "of": {"sum_of": "project.investment"}}) == ["investment"] * 2


def test_a_fact_of_the_company_in_a_filter_is_read_again_for_each_item(engine: str) -> None:
    counted = {
        "per_unit": "1万元/项",
        "of": {"count_of": "project", "where": {"fact": "investment", "at_least": "deposit"}},
    }
    assert shared(engine, ONE, counted) == []
    assert shared(engine, TWO, counted) == ["deposit"]


def test_of_two_tiers_only_one_counts(engine: str) -> None:
    tiers = [{"is": True, "share": "10%", "of": "deposit"}, {"is": False, "share": "20%", "of": "deposit"}]
    assert shared(engine, {}, {"by": "high_tech", "tiers": tiers}) == []


def test_each_year_is_read_on_its_own(engine: str) -> None:
    assert shared(engine, {}, SPENT_MORE) == []
    assert shared(engine, {}, {"adds_up": [SPENT, {"share": "10%", "of": {"this_year": "spending"}}]}) == []
    assert shared(engine, {}, {"adds_up": [SPENT, SPENT_MORE]}) == ["spending"]


def test_what_is_settled_reads_nothing(engine: str) -> None:
    open_once = {**DEPOSIT, "when": {"any": [ASKED, {"fact": "high_tech", "is": True}]}}
    assert shared(engine, {"high_tech": True}, open_once) == []
    assert shared(engine, {"high_tech": False}, open_once) == ["deposit"]


def test_a_definition_is_read_wherever_it_is_named(engine: str) -> None:
    defined = {"definitions": {"half": {"title": "一半", "share": "50%", "of": "deposit"}}}
    half = {"exact": "half"}
    assert shared(engine, {}, half, **defined) == []
    assert shared(engine, {}, {"adds_up": [half, half]}, **defined) == ["deposit"]
    assert shared(engine, {}, half, half, **defined) == ["deposit"]


def test_what_all_clauses_ask_in_common_is_read_once(engine: str) -> None:
    common = {"common_conditions": [ASKED]}
    assert shared(engine, {}, TEN, TEN, **common) == []
    assert shared(engine, {}, TEN, DEPOSIT, **common) == ["deposit"]


def test_a_limit_on_several_awards_reads_as_they_do(engine: str) -> None:
    limited = {"otherwise": "cumulative", "rules": [{"cap": "deposit", "over": "all", "per": "application"}]}
    assert shared(engine, {}, TEN, TEN, stacking=limited) == []
    assert shared(engine, {}, TEN, DEPOSIT, stacking=limited) == ["deposit"]
