"""What a change does: every award that comes out otherwise is named, across policies, with what remains of it all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import incentives
from incentives import GapPlan
from incentives.advice.changeable import Changeable
from incentives.advice.plan import Planner
from incentives.advice.ways import after_way
from incentives.explain.guidance_text import render_plan
from incentives.texts import Lang
from incentives.values import Interval
from tests.advice.policies import ON, clause, evaluator, large, nearly, policy
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import whole_case

DISTRICT = "{fact: registered_district, is: '510107', says: 在区内}"
EXCLUDING = "\n  otherwise: cumulative\n  rules:\n    - {policy_excludes: small, says: 不重复享受}"
CHOOSING = "\n  otherwise: cumulative\n  rules:\n    - {higher_of: [revenue, here], says: 就高不重复}"
BOTH = evaluator(
    policy("large", [large("revenue", "exact: 50万元")], EXCLUDING),
    policy("small", [large("revenue", "exact: 30万元"), clause("here", DISTRICT, "exact: 20万元")], CHOOSING),
)
COMPANY = {**nearly("revenue"), "registered_district": "510107"}


def yuan(amount: int) -> Interval:
    return Interval(Decimal(amount), Decimal(amount))


def flat(text: str, lang: str = "zh") -> str:
    return "".join(text.split()) if lang == "zh" else " ".join(text.split())


def test_one_change_that_two_policies_look_at_is_one_entry_with_what_remains_of_both() -> None:
    [gain] = GapPlan.of(BOTH, COMPANY, ON).gains
    assert (gain.policy, gain.before, gain.after) == ("large", yuan(0), yuan(500_000))
    assert [(one.policy, one.before, one.after) for one in gain.elsewhere] == [
        ("small", yuan(200_000), yuan(300_000))
    ]
    assert [(loss.award, loss.amount) for loss in gain.elsewhere[0].lost] == [("奖here", Decimal(200_000))]
    assert [(loss.award, loss.to, loss.amount) for loss in gain.excluded] == [
        ("small办法", ("large办法",), Decimal(300_000))
    ]
    assert (gain.all_before, gain.all_after) == (yuan(200_000), yuan(500_000))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            "同时奖revenue（small办法，第二条）：0元→30万元 按“不重复享受”不计small办法30万元，已计large办法"
            " 全部政策合计：20万元→50万元",
        ),
        (
            "en",
            "also 奖revenue (small办法; 第二条): 0 yuan → 300,000 yuan"
            "|under “不重复享受”, small办法 300,000 yuan is not paid beside large办法"
            "|all policies together: 200,000 yuan → 500,000 yuan",
        ),
    ],
)
def test_what_policies_take_from_one_another_is_told_with_what_remains(lang: Lang, said: str) -> None:
    text = flat(render_plan(GapPlan.of(BOTH, COMPANY, ON), lang), lang)
    assert [part for part in said.split(" " if lang == "zh" else "|") if part not in text] == []


def test_a_sum_is_reached_once_by_one_change() -> None:
    found = GapPlan.of(BOTH, COMPANY, ON, reach=Decimal(500_000))
    assert [one.gains for one in found.reaching] == [(0,)]


def test_what_another_policy_excludes_altogether_brings_nothing() -> None:
    met = {**COMPANY, "revenue": {2026: "2亿元"}, "registered_district": "510104"}
    assert not GapPlan.of(BOTH, met, ON).gains  # the district would bring 20万元 that large办法 takes


def test_every_award_that_a_change_brings_is_named_the_largest_at_its_head() -> None:
    three = evaluator(policy("three", [clause(f"c{size}", DISTRICT, f"exact: {size}万元") for size in (2, 9, 5)]))
    [gain] = GapPlan.of(three, {"name": "乙", "registered_district": "510104"}, ON).gains
    assert gain.clause == "c9"
    assert [(one.clause, one.before, one.after) for one in gain.awards] == [
        (f"c{size}", yuan(0), yuan(size * 10_000)) for size in (2, 5, 9)
    ]
    assert [one.clause for one in gain.other_awards] == ["c2", "c5"]


def test_an_award_that_a_change_brings_beside_another_is_told_with_what_refused_it() -> None:
    tests = [
        f"{{fact: revenue, year: this_year, at_least: {least}万元, says: 达{least}}}" for least in (9_500, 9_900)
    ]
    known = evaluator(policy("two", [clause(f"c{number}", test) for number, test in enumerate(tests)]))
    [*_, gain] = GapPlan.of(known, nearly("revenue"), ON).gains
    assert [(one.clause, [asked.says for asked in one.asked]) for one in gain.awards] == [
        ("c0", ["达9500"]),
        ("c1", ["达9900"]),
    ]
    [other] = gain.other_awards
    text = flat(render_plan(GapPlan.of(known, nearly("revenue"), ON), "zh"))
    assert f"同时奖{other.clause}（第二条）：0元→10万元条件：本年营业收入" in text


@pytest.mark.parametrize(("lang", "said"), [("zh", "奖补3万元→5万元"), ("en", "award 30,000 yuan → 50,000 yuan")])
def test_an_award_that_is_there_already_is_told_with_what_it_was(lang: Lang, said: str) -> None:
    name = "chengdu-hitech-18-2018"
    shipped = incentives.Evaluator(incentives.load_policies(), "native")
    found = GapPlan.of(shipped, f"policies/{name}/examples/three-incubators.yaml", ON, name)
    assert said in flat(render_plan(found, lang), lang)


def test_a_change_names_exactly_the_awards_that_come_out_otherwise() -> None:
    seen = 0
    for seed in range(130):
        case = whole_case(seed)
        known = incentives.Evaluator(policy_set(VOCABULARY, case.policy_text), "reference")
        profile = profile_of_raw(case.profile, VOCABULARY)
        now = results(known.check(profile, case.on))
        changeable = Changeable(VOCABULARY, ON.replace(year=1900))
        for gain in Planner(known, profile, case.on, changeable, {}).plan().gains:
            then = results(known.check(after_way(profile, gain.way), gain.way.apply_on or case.on))
            nothing = (yuan(0), incentives.Outcome.NOT_QUALIFIED)
            changed = {key: (now.get(key, nothing), to) for key, to in then.items() if now.get(key, nothing) != to}
            told = [((one.before, one.outcome_before), (one.after, one.outcome_after)) for one in gain.awards]
            assert sorted(told, key=str) == sorted(changed.values(), key=str)
            seen += len(told)
    assert seen > 40


def results(decision: incentives.Decision) -> dict[Any, tuple[Interval, incentives.Outcome]]:
    return {
        (one.clause, one.item.key if one.item is not None else None): (one.award.interval, one.outcome)
        for one in decision.determinations
    }
