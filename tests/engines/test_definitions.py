"""What is defined is worked out once, however often it is named; and whoever names it is told what it waits for.

Each level of a policy here names the one below twice, so that working out every use would double with each level.
Calls of Python are counted, and the count is cut off: at 32 levels doubling would never come to an end.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any, TypeVar

import pytest

from incentives import Evaluator, Explanation, Profile, engines_present
from incentives.explain.catalogue import render_policy
from incentives.explain.terminal import render_check
from incentives.facts.reader import profile_of
from tests.generators import VOCABULARY_FILE, write
from tests.verdicts import policy_set, vocabulary_of

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
ON = date(2024, 7, 1)
SHALLOW, DEEP = 8, 32
MOST_CALLS = 200_000

Result = TypeVar("Result")
Below = Callable[[str | None], dict[str, Any]]
"""A definition that names the one below it twice, or a fact where there is none."""


def calls(work: Callable[[], Result]) -> tuple[Result, int]:
    """What it comes to and how many Python functions it called; an error as soon as they are too many."""
    called = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal called
        called += event == "call"
        if called > MOST_CALLS:
            sys.setprofile(None)
            raise AssertionError(f"more than {MOST_CALLS} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = work()
    finally:
        sys.setprofile(before)
    return found, called


def _largest(below: str | None) -> dict[str, Any]:
    return {"largest_of": [below or "revenue"] * 2}


def _largest_sum(below: str | None) -> dict[str, Any]:
    return {"largest_of": [below or {"sum_of": "project.investment", "where": {"fact": "built", "is": True}}] * 2}


def _cases(below: str | None) -> dict[str, Any]:
    name = below or "revenue"
    return {"cases": [{"when": {"fact": name, "at_least": "5元"}, "gives": name}], "otherwise": name}


def _either(below: str | None) -> dict[str, Any]:
    return {"when": [{"any": [{"fact": below or "high_tech", "is": True}] * 2}]}


def _either_refused(below: str | None) -> dict[str, Any]:
    return {"when": [{"not": {"all": [{"fact": below or "high_tech", "is": True}] * 2}}]}


def _of_item(below: str | None) -> dict[str, Any]:
    return {"for_each": "project", "when": [{"any": [{"fact": below or "built", "is": True}] * 2}]}


def _largest_of_item(below: str | None) -> dict[str, Any]:
    return {"for_each": "project", "largest_of": [below or "investment"] * 2}


AMOUNT = ([{"fact": "top", "at_least": "3元"}], {"share": "50%", "of": "top"})
HOLDS = ([{"fact": "top", "is": True}], {"exact": "3元"})
KINDS: dict[str, tuple[Below, tuple[list[Any], dict[str, Any]]]] = {
    "an amount": (_largest, AMOUNT),
    "an amount over a list": (_largest_sum, AMOUNT),
    "an amount of cases": (_cases, AMOUNT),
    "a condition": (_either, HOLDS),
    "a condition turned about": (_either_refused, HOLDS),
    "a filter": (_of_item, ([{"some": "project", "where": {"fact": "top", "is": True}}], {"exact": "3元"})),
    "what is summed": (
        _largest_of_item,
        ([{"sum_of": "project.top", "at_least": "3元"}], {"share": "50%", "of": {"sum_of": "project.top"}}),
    ),
}
GIVEN = {
    "name": "甲",
    "revenue": "7元",
    "high_tech": False,
    "projects": [{"name": "一", "investment": "7元", "built": True}],
}
MISSING = {"name": "甲", "projects": [{"name": "一"}]}


def policy_text(kind: str, levels: int) -> str:
    below, (when, award) = KINDS[kind]
    names = [*(f"level_{level}" for level in range(levels - 1)), "top"]
    definitions = {
        name: {"title": name, **below(names[level - 1] if level else None)} for level, name in enumerate(names)
    }
    clause = {"title": "条款", "when": when, "award": {"kind": "奖励", "paid_to": "企业", **award}}
    return _policy(definitions, clause)


def _policy(definitions: dict[str, Any], clause: dict[str, Any]) -> str:
    return write(
        {
            "incentives": 2,
            "policy": "levels",
            "title": "层层引用",
            "issuer": "某区",
            "document": {
                "kind": "official_text",
                "title": "层层引用",
                "number": "not_published",
                "publisher": "某区",
                "published_on": "2024-01-01",
            },
            "in_force": {"from": "2024-01-01", "until": "none"},
            "stacking": "cumulative",
            "definitions": definitions,
            "clauses": {"only": {**clause, "source": {"article": "第一条", "says": "示例"}}},
        }
    )


def _counted(kind: str, levels: int, profile: Profile, engine: str) -> dict[str, int]:
    text = policy_text(kind, levels)
    policies, loading = calls(lambda: policy_set(VOCABULARY, text))
    evaluator = Evaluator(policies, engine)
    _, compiling = calls(lambda: evaluator.screen(profile, ON))
    _, screening = calls(lambda: evaluator.screen(profile, ON))
    _, checking = calls(lambda: evaluator.check(profile, ON))
    explained, explaining = calls(lambda: Explanation.of(evaluator, profile, ON))
    _, telling = calls(lambda: render_check(explained, "zh", date_given=True))
    _, showing = calls(lambda: render_policy(policies.policies[0], "zh"))
    return {
        "loading": loading,
        "compiling": compiling,
        "screening": screening,
        "checking": checking,
        "explaining": explaining,
        "telling": telling,
        "showing": showing,
    }


@pytest.mark.parametrize("engine", engines_present())
@pytest.mark.parametrize("known", [GIVEN, MISSING], ids=["given", "missing"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_definition_named_twice_is_worked_out_once(kind: str, known: dict[str, Any], engine: str) -> None:
    profile = profile_of(known, VOCABULARY)
    shallow, deep = (_counted(kind, levels, profile, engine) for levels in (SHALLOW, DEEP))
    # Four times the levels: at most four times the calls, and the square of it where a network is compiled.
    allowed = {part: 16 if part == "compiling" else 5 for part in shallow}
    assert not {part: (shallow[part], deep[part]) for part in deep if deep[part] > allowed[part] * shallow[part]}


@pytest.mark.parametrize("engine", engines_present())
def test_every_condition_that_names_a_definition_is_told_what_it_waits_for(engine: str) -> None:
    of_company = {"title": "收入", "largest_of": ["revenue", "profit"]}
    of_item = {"title": "在建", "for_each": "project", "when": [{"fact": "built", "is": True}]}
    listed = {"some": "project", "where": {"fact": "under_way", "is": True}}
    when = [
        {"fact": "earned", "at_least": "6元"},
        {"fact": "earned", "less_than": "9元"},
        listed,
        {"count_of": "project", "where": {"fact": "under_way", "is": True}, "at_least": 1},
    ]
    clause = {
        "title": "条款",
        "when": when,
        "award": {"kind": "奖励", "paid_to": "企业", "share": "50%", "of": "earned"},
    }
    policies = policy_set(VOCABULARY, _policy({"earned": of_company, "under_way": of_item}, clause))
    decision = Evaluator(policies, engine).check(profile_of({**MISSING, "profit": "5元"}, VOCABULARY), ON)
    waiting = {fact.fact: set(fact.nodes) for fact in decision.missing}
    assert waiting == {
        "revenue": {"only/when/0", "only/when/1", "only/award"},
        "built": {"only/when/2", "only/when/3"},
    }


@pytest.mark.parametrize("engine", engines_present())
def test_a_definition_is_worked_out_anew_at_each_item(engine: str) -> None:
    of_item = {"title": "投资", "for_each": "project", "largest_of": ["investment", "investment"]}
    clause = {
        "title": "条款",
        "for_each": "project",
        "when": [{"fact": "put_in", "at_least": "5元"}, {"sum_of": "project.put_in", "at_least": "1元"}],
        "award": {"kind": "奖励", "paid_to": "企业", "share": "100%", "of": "put_in"},
    }
    policies = policy_set(VOCABULARY, _policy({"put_in": of_item}, clause))
    projects = [{"name": name, "investment": f"{yuan}元"} for name, yuan in (("一", 7), ("二", 4), ("三", 8))]
    decision = Evaluator(policies, engine).check(profile_of({"name": "甲", "projects": projects}, VOCABULARY), ON)
    paid = {one.item.name: one.award.interval.guaranteed for one in decision.determinations if one.item is not None}
    assert paid == {"一": 7, "二": 0, "三": 8}


@pytest.mark.parametrize("engine", engines_present())
def test_names_may_hold_hyphens_and_underscores_alike(engine: str) -> None:
    definitions = {
        "high-income": {"title": "收入高", "when": [{"fact": "high_tech", "is": False}]},
        "twice_the-income": {"title": "两倍收入", "sum_of": ["revenue", "revenue"]},
    }
    when = [{"fact": "high-income", "is": True}, {"fact": "twice_the-income", "at_least": "14元"}]
    clause = {
        "title": "条款",
        "when": when,
        "award": {"kind": "奖励", "exact": "twice_the-income", "paid_to": "企业"},
    }
    text = _policy(definitions, clause).replace("only:", "only-one_clause:")
    decided = Evaluator(policy_set(VOCABULARY, text), engine).check(profile_of(GIVEN, VOCABULARY), ON)
    [found] = decided.policies[0].determinations
    assert found.clause == "only-one_clause"
    assert found.award.interval.guaranteed == 14
