"""What counts of each award after the stacking rules: together it is the total."""

from __future__ import annotations

from decimal import Decimal

from incentives import Evaluator, Explanation
from incentives.values import NotBounded, Outcome
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.profiles import whole_case


def test_what_counts_of_all_awards_is_the_possible_total() -> None:
    seen = apart = 0
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
                assert view.combined is not None
                if view.combined.apart:
                    assert own > view.total.possible
                    apart += 1
                else:
                    assert own == view.total.possible
                    seen += any(item.counted is not None for item in items)
    assert seen > 20
    assert apart > 2
