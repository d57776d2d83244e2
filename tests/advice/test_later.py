"""Later years: they are told of where an application could then come out otherwise, and nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from incentives import Evaluator, GapPlan, Outcome, Why, load_policies
from incentives.advice.changeable import Changeable
from incentives.advice.grounds import YEARS_AHEAD, later_may_help
from incentives.advice.trial import Trial
from incentives.explain.guidance_text import render_why
from incentives.texts import Lang
from incentives.values import State
from tests.advice.policies import ON, clause, evaluator, policy
from tests.advice.trials import DECLARED, trials_of
from tests.verdicts import policy_of, profile_of_raw
from tests.whole.profiles import whole_case

SHIPPED = Evaluator(load_policies(), "native")
FOR_EVER, THIS_YEAR = "until: none", "until: 2026-12-31"


def refused(when: str, facts: dict[str, Any], until: str = FOR_EVER) -> Why:
    """Why a clause with that condition is refused, of a policy that is in force until then."""
    text = policy("later", [clause("one", when)]).replace(THIS_YEAR, until)
    [why] = Why.of(evaluator(text), {"name": "甲", **facts}, ON, "later")
    assert why.outcome is Outcome.NOT_QUALIFIED
    assert not why.ways
    return why


@pytest.mark.parametrize(
    ("when", "facts", "helps"),
    [
        ("{years_since: founded, less_than: 3年}", {"founded": "2019-03-01"}, False),
        ("{years_since: founded, at_least: 10年}", {"founded": "2019-03-01"}, True),
        ("{years_since: founded, at_least: 30年}", {"founded": "2019-03-01"}, False),
        ("{fact: revenue, year: last_year, at_least: 1亿元}", {"revenue": {2025: "9000万元"}}, True),
        ("{fact: revenue, year: 2025年, at_least: 1亿元}", {"revenue": {2025: "9000万元"}}, False),
        ("{fact: entity_type, is: 企业法人}", {"entity_type": "事业单位"}, False),
        ("{fact: application_day, at_least: 2027-03-01, at_most: 2027-03-31}", {}, True),
        ("{fact: application_day, at_most: 2025-12-31}", {}, False),
    ],
)
def test_a_later_year_is_told_of_where_it_can_help(when: str, facts: dict[str, Any], helps: bool) -> None:
    assert refused(when, facts).later_years is helps
    assert not refused(when, facts, THIS_YEAR).later_years, "by then the policy is over"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "以后年度可用 plan --by"), ("en", "For later years see plan --by DATE")]
)
def test_the_sentence_stands_where_a_later_year_can_help_alone(lang: Lang, said: str) -> None:
    older = refused("{years_since: founded, at_least: 10年}", {"founded": "2019-03-01"})
    younger = refused("{years_since: founded, less_than: 3年}", {"founded": "2019-03-01"})
    assert said in " ".join(render_why([older], lang).split())
    assert "plan" not in render_why([younger], lang)


def test_of_what_is_open_or_can_be_changed_now_no_later_year_is_told() -> None:
    company = "policies/wuhou-microwave-rf-2023/examples/{}.yaml"
    for name in ("missing-facts", "one-fen-below"):
        found = Why.of(SHIPPED, company.format(name), ON, "wuhou-microwave-rf-2023")
        assert not any(why.later_years for why in found)


def test_a_later_version_of_the_policy_may_ask_for_something_else() -> None:
    assert SHIPPED.policies.versions("quality-sme")[-1].period.start > ON
    refusals = [
        why
        for path in sorted(Path("policies", "quality-sme", "examples").glob("*.yaml"))
        for why in Why.of(SHIPPED, path, ON, "quality-sme")
        if why.outcome is Outcome.NOT_QUALIFIED and not why.ways
    ]
    assert refusals
    assert all(why.later_years for why in refusals)


@pytest.mark.parametrize("shipped", ["binjiang-ic-2020", "changxing-industry", "wuhou-microwave-rf-2023"])
def test_where_no_later_year_helps_no_plan_for_one_has_anything(shipped: str) -> None:
    refusals = 0
    for path in sorted(Path("policies", shipped, "examples").glob("*.yaml")):
        gained = {
            (award.clause, award.item)
            for by in (date(2027, 3, 1), date(2031, 12, 31))
            for gain in GapPlan.of(SHIPPED, path, ON, shipped, by=by).gains
            for award in gain.awards
        }
        for why in Why.of(SHIPPED, path, ON, shipped):
            if why.outcome is Outcome.NOT_QUALIFIED and not why.ways and not why.later_years:
                refusals += 1
                assert (why.clause, why.item) not in gained
                assert (why.clause, None) not in gained
    assert refusals


def test_where_no_later_year_helps_the_same_facts_are_refused_on_every_later_day() -> None:
    """The vocabulary of the tests lets nothing change: later days alone can turn a refusal."""
    rng, proved = Random(0), 0
    for seed in range(150):
        case = whole_case(seed)
        version = policy_of(case.policy_text, DECLARED)
        for trial in trials_of(case, profile_of_raw(case.full, DECLARED), DECLARED):
            if trial.state() is not State.FAILS or later_may_help(trial, version, Changeable(DECLARED, trial.on)):
                continue
            last = version.period.end if version.period.end is not None else date.max
            for year in range(trial.on.year + 1, min(trial.on.year + YEARS_AHEAD, last.year) + 1):
                on = min(date(year, rng.randint(1, 12), rng.randint(1, 28)), last)
                assert Trial(trial.clause, trial.profile, on, trial.item).state() is State.FAILS
                proved += 1
    assert proved > 100
