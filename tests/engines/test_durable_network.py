"""The Rete network really decides: without any one of its rules some stored case comes out differently."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from incentives import Decision, Outcome
from incentives.engines import make_engine
from incentives.engines.durable.network import PATTERNS_PER_RULE, Network, compile_policy
from incentives.engines.rows import Engine
from incentives.language.model import (
    Policy,
)
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Not,
)
from incentives.values import State
from tests.conformance.cases import FOUND, ROOT, Case, stored_cases
from tests.engines.redundant import redundant_openness
from tests.generators import DAYS, VOCABULARY_FILE, read_raw, write
from tests.marks import needs_durable
from tests.verdicts import decide, policy_of, profile_of, vocabulary_of

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))

_CASES = [case for case in stored_cases() if case.folder.parent != FOUND]
_SHIPPED = {folder.name for folder in (ROOT / "policies").iterdir() if folder.is_dir()} - {"wuhou-microwave-rf-2023"}
"""Their examples show what they grant and not every rule; their scenarios show every bound."""

_TEXTS: dict[tuple[str, str], set[str]] = {}
for _case in _CASES:
    for _id, _text in zip(_case.raw_policies(), _case.policies, strict=True):
        _TEXTS.setdefault(_id, set()).add(_text)
_POLICIES = {_id: min(texts) for _id, texts in _TEXTS.items() if len(texts) == 1 and _id[0] not in _SHIPPED}
"""The policies that several cases share. One that stands in a single case's folder was found by the generator."""


def durable(compiler: Callable[[Policy], Network]) -> Engine:
    from incentives.engines.durable.engine import DurableEngine

    return DurableEngine(compiler)


def decide_with(compiler: Callable[[Policy], Network], case: Case) -> Decision:
    return decide(case.policy_set(), case.read_profile(), case.on, durable(compiler))


@cache
def expected_of(case: Case) -> Decision:
    return decide_with(compile_policy, case)


@needs_durable
@pytest.mark.parametrize("version", _POLICIES, ids="@".join)
def test_without_any_one_rule_some_stored_case_changes(version: tuple[str, str]) -> None:
    """Except the openness rules that cannot matter, and these are exactly those the policy makes redundant."""
    asked = [case for case in _CASES if version in case.raw_policies()]
    policy = policy_of(_POLICIES[version], asked[0].policy_set().vocabulary)
    network = compile_policy(policy)

    def noticed(cut: Network) -> bool:
        def compiler(other: Policy) -> Network:
            return cut if (other.id, other.version) == version else compile_policy(other)

        return any(decide_with(compiler, case) != expected_of(case) for case in asked)

    truth, openness = network.truth, network.openness
    for place, rule in enumerate(truth):
        assert noticed(network._replace(truth=truth[:place] + truth[place + 1 :])), rule
    unnoticed = {
        place
        for place in range(len(openness))
        if not noticed(network._replace(openness=openness[:place] + openness[place + 1 :]))
    }
    assert unnoticed == redundant_openness(policy, network)


def emptied(policy: Policy) -> Network:
    return compile_policy(policy)._replace(truth=(), openness=())


@needs_durable
@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_an_emptied_network_refuses_everything(case: Case) -> None:
    """So it fails every case in which anything at all is not refused."""
    expected, found = expected_of(case), decide_with(emptied, case)
    assert all(row.outcome is Outcome.NOT_QUALIFIED for row in found.determinations)
    refused = all(row.outcome is Outcome.NOT_QUALIFIED for row in expected.determinations)
    assert refused or found != expected


@needs_durable
@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_an_emptied_network_finds_no_state_that_takes_a_rule(case: Case) -> None:
    """In a case that refuses everything too, each state that a rule was needed for is lost."""
    profile = case.read_profile()
    for policy in case.policy_set().policies:
        whole, empty = (durable(compiler).rows(policy, profile, case.on) for compiler in (compile_policy, emptied))
        for row, lost in zip(whole, empty, strict=True):
            for node, negated in joining(row.clause.condition):
                unknown_or_drawn = row.states[node.id] is not (State.HOLDS if negated else State.FAILS)
                assert (lost.states[node.id] is not row.states[node.id]) is unknown_or_drawn, node.id


def joining(node: Condition, negated: bool = False) -> list[tuple[Condition, bool]]:
    """The nodes that join others, with whether they stand under an odd number of `not`s."""
    match node.form:
        case All(of) | AnyOf(of) | AtLeast(of):
            return [(node, negated), *(each for part in of for each in joining(part, negated))]
        case Not(of):
            return joining(of, not negated)
        case _:
            return []


def test_few_cases_refuse_everything() -> None:
    """An emptied network passes only these: too many of them would leave it unnoticed."""
    refusing = [
        case.name
        for case in _CASES
        if all(
            row.outcome is Outcome.NOT_QUALIFIED
            for row in decide(case.policy_set(), case.read_profile(), case.on).determinations
        )
    ]
    assert len(refusing) < len(_CASES) / 4, refusing


def long_policy(joined: str, count: int) -> Policy:
    """A policy whose one clause joins `count` tests of the number of staff."""
    raw = read_raw(_POLICIES["period", "1"])
    test = {"fact": "staff", "at_least": 10}
    raw["clauses"]["aid"]["when"] = {joined: [test] * count}
    return policy_of(write(raw), VOCABULARY)


@pytest.mark.parametrize("count", [1, 11, 12, 13, 23, 24, 60, 61, 200, 500])
@pytest.mark.parametrize("joined", ["all", "any"])
def test_no_rule_is_longer_than_the_library_bears(joined: str, count: int) -> None:
    network = compile_policy(long_policy(joined, count))
    assert PATTERNS_PER_RULE <= 12
    for rule in (*network.truth, *network.openness):
        assert 1 <= len(rule.when) <= PATTERNS_PER_RULE


@needs_durable
@pytest.mark.parametrize("joined", ["all", "any"])
def test_no_ruleset_is_longer_than_the_library_bears(joined: str) -> None:
    from incentives.engines.durable import rete

    network = compile_policy(long_policy(joined, 500))
    for rules in (network.truth, network.openness):
        chunks = rete._chunks(rules)
        assert sorted(number for chunk in chunks for number in chunk) == list(range(len(rules)))
        # One more for the rule that is fired first.
        assert all(1 + sum(len(rules[number].when) for number in chunk) <= 60 for chunk in chunks)


@needs_durable
@pytest.mark.parametrize("joined", ["all", "any"])
@pytest.mark.parametrize("staff", ["staff: 10", "staff: 9", "staff: null"])
def test_long_conditions_are_decided_as_the_reference_does(joined: str, staff: str) -> None:
    policy = long_policy(joined, 200)
    profile = profile_of(f"name: 某公司\n{staff}\n", VOCABULARY)
    [found, expected] = (make_engine(name).rows(policy, profile, DAYS[0]) for name in ("durable", "reference"))
    assert found == expected
