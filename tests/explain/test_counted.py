"""What counts of each award after the stacking rules: together it is the total."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from incentives import Evaluator, Explanation
from incentives.explain.combination import CombinedView, combination_sentences
from incentives.explain.counted import award_name
from incentives.explain.view import ItemView
from incentives.values import Interval, NotBounded, Outcome
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import whole_case
from tests.written_policies import exact_award, written_policy


def test_what_counts_of_all_awards_is_the_possible_total() -> None:
    seen = apart = emptied = 0
    for seed in range(900):
        case = whole_case(seed)
        evaluator = Evaluator(policy_set(VOCABULARY, case.policy_text), "native")
        for raw in (case.profile, case.full):
            profile = profile_of_raw(raw, VOCABULARY)
            [decided] = evaluator.check(profile, case.on).policies
            [view] = Explanation.of(evaluator, profile, case.on).policies
            if decided.combined is None or not decided.combined.proved or isinstance(view.total.possible, NotBounded):
                continue
            items = [item for clause in view.clauses for item in clause.items]
            awards = [item.determination.award for item in items]
            counted = [
                item.counted if item.counted is not None else award.interval
                for item, award in zip(items, awards, strict=True)
            ]
            assert view.combined is not None
            emptied += _hold_against_what_counts(view.combined, items, counted)
            own = Decimal(0)
            for item, award, one in zip(items, awards, counted, strict=True):
                assert item.counted is None or item.determination.outcome is not Outcome.NOT_QUALIFIED
                if isinstance(one.possible, NotBounded) or isinstance(award.interval.possible, NotBounded):
                    break  # only a limit is known of it
                if award.to_other:
                    break  # the company's total is what it can have itself
                assert 0 <= one.guaranteed <= one.possible <= award.interval.possible
                own += one.possible
            else:
                if view.combined.apart:
                    assert own > view.total.possible
                    apart += 1
                else:
                    assert own == view.total.possible
                    seen += any(item.counted is not None for item in items)
    assert seen > 20
    assert apart > 2
    assert emptied > 2


def _hold_against_what_counts(combined: CombinedView, items: list[ItemView], counted: list[Interval]) -> int:
    """What is told to count does, and what a limit leaves nothing of is told as lost; how many of these there are."""
    names = [award_name(item.determination) for item in items]
    if len(set(names)) < len(names):
        return 0  # clauses and items of one name cannot be told apart by it
    emptied = 0
    for item, one in zip(items, counted, strict=True):
        name, whole = award_name(item.determination), item.determination.award.interval
        if whole.possible != 0 and one.possible == 0:
            assert name not in combined.possible
            lost = [loss for loss in combined.lost_possible if loss.award == name]
            assert lost
            emptied += any(loss.whole for loss in lost)
    return emptied


LIMITED = {
    "cap": "800万元",
    "over": ["large", "other", "small"],
    "per": "application",
    "says": "同一企业合计不超过800万元",
}


def limited(*amounts: str, rule: dict[str, Any] = LIMITED) -> CombinedView:
    clauses = {
        name: exact_award(title, amount)
        for (name, title), amount in zip(
            [("large", "技改补助"), ("other", "购置补助"), ("small", "投产奖励")], amounts, strict=True
        )
    }
    policies = policy_set(VOCABULARY, written_policy("one", clauses, [rule], "示例"))
    [view] = Explanation.of(Evaluator(policies, "native"), {"name": "某公司"}, date(2026, 3, 1)).policies
    assert view.combined is not None
    return view.combined


def test_an_award_of_which_a_limit_leaves_nothing_is_not_counted_but_lost() -> None:
    found = limited("500万元", "500万元", "100万元")
    assert sorted(found.possible) == sorted(found.certain) == ["技改补助", "购置补助"]
    told = [text for _, text in combination_sentences(found, "zh")]
    assert told[0] in ("计入：技改补助、购置补助", "计入：购置补助、技改补助")
    assert "按“同一企业合计不超过800万元”不计 投产奖励 100万元" in told
    assert "“同一企业合计不超过800万元” leaves nothing of 投产奖励 1,000,000 yuan" in [
        text for _, text in combination_sentences(found, "en")
    ]


def test_an_award_that_is_cut_to_less_is_counted() -> None:
    found = limited("500万元", "200万元", "150万元")
    assert len(found.possible) == 3
    [lost] = found.lost_possible
    assert not lost.whole
    told = [text for _, text in combination_sentences(found, "zh")]
    assert "按“同一企业合计不超过800万元”减去 投产奖励 50万元" in told


def test_where_a_limit_leaves_nothing_at_all_nothing_is_told_to_count() -> None:
    found = limited("500万元", "500万元", "100万元", rule={**LIMITED, "cap": "0元"})
    assert (found.certain, found.possible, found.equal) == ((), (), ())
    assert all(loss.whole for loss in found.lost_possible)
    assert not any("计入" in text for _, text in combination_sentences(found, "zh"))
