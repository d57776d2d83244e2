"""Stacking rules on the network: each compiled rule is needed, and what it concludes is what the cases show."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from incentives import Decision
from incentives.engines.clashes import Candidate, Clash, plain_clashes
from incentives.engines.rows import Engine
from incentives.language.model import Policy
from tests.conformance.cases import CASES, Case, stored_cases
from tests.marks import needs_durable
from tests.verdicts import decide

_CASES = stored_cases(CASES / "stacking-rules")
_OF_NUMBERS = stored_cases(CASES / "quotas")
_POLICY, _QUOTAS = (cases[0].policy_set().policies[0] for cases in (_CASES, _OF_NUMBERS))


def _without(place: int | None) -> Engine:
    from incentives.engines.durable.clashes import Clashing, compile_clashes
    from incentives.engines.durable.engine import DurableEngine
    from incentives.engines.durable.network import compile_policy

    def cut(policy: Policy) -> Clashing:
        whole = compile_clashes(policy)
        if place is None:
            return whole._replace(rules=())
        return whole._replace(rules=whole.rules[:place] + whole.rules[place + 1 :])

    return DurableEngine(compile_policy, cut)


def _decided(case: Case, engine: Engine | str) -> Decision:
    return decide(case.policy_set(), case.read_profile(), case.on, engine)


@needs_durable
@pytest.mark.parametrize(("policy", "cases"), [(_POLICY, _CASES), (_QUOTAS, _OF_NUMBERS)], ids=["stacked", "quotas"])
def test_without_any_one_stacking_rule_some_case_changes(policy: Policy, cases: Sequence[Case]) -> None:
    from incentives.engines.durable.clashes import compile_clashes

    rules = compile_clashes(policy).rules
    assert rules
    for place in range(len(rules)):
        assert any(_decided(case, _without(place)) != _decided(case, "reference") for case in cases), place


@needs_durable
@pytest.mark.parametrize("case", [*_CASES, *_OF_NUMBERS], ids=lambda case: case.name)
def test_an_emptied_network_pays_what_excludes_each_other(case: Case) -> None:
    found, expected = _decided(case, _without(None)).policies[0], _decided(case, "reference").policies[0]
    assert expected.combined is not None
    assert found.combined is not None
    chosen_by_a_rule = any(loss.to for loss in expected.combined.lost_possible)
    assert (found.combined != expected.combined) is chosen_by_a_rule


def test_a_rule_binds_where_two_of_its_sides_meet() -> None:
    found = [
        Candidate("built", "一期"),
        Candidate("working", "二期"),
        Candidate("first", ""),
        Candidate("middle", ""),
    ]
    assert plain_clashes(_POLICY, found) == {Clash("stacking/rules/0", "")}
    assert plain_clashes(_POLICY, [*found, Candidate("working", "一期")]) == {
        Clash("stacking/rules/0", ""),
        Clash("stacking/rules/2", "一期"),
    }


def test_a_quota_binds_where_there_is_one_more_than_it_lets_be_paid() -> None:
    some = [Candidate("promotion", name) for name in ("甲", "乙", "丙")]
    assert plain_clashes(_QUOTAS, some) == frozenset()
    assert plain_clashes(_QUOTAS, [*some, Candidate("tool", "工具")]) == frozenset()
    assert plain_clashes(_QUOTAS, [*some, Candidate("promotion", "丁")]) == {Clash("stacking/rules/1", "")}
    assert plain_clashes(_QUOTAS, [*some, Candidate("tool", "工具"), Candidate("team", "")]) == {
        Clash("stacking/rules/0", "")
    }
