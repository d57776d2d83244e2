"""The search sees faults: each one seeded into each engine is caught, and the engine without it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from incentives import Evaluator, PolicySet, Profile, engines_present
from incentives.engines import make_engine
from incentives.engines.durable.network import Network, Rule, compile_policy
from incentives.engines.rows import Engine
from incentives.language.model import Policy
from tests.engines.faults import (
    DECISION_FAULTS,
    NATIVE_FAULTS,
    REFERENCE_FAULTS,
    SHARED_FAULTS,
    Fault,
    Patch,
    any_to_all,
    drop_not,
    mutated_policy,
    seeded,
)
from tests.generators import VOCABULARY_FILE, vocabulary
from tests.marks import needs_durable
from tests.oracle import Verdict, verdict
from tests.profiles import GeneratedCase, examples
from tests.verdicts import policy_set, profile_of, verdict_in, vocabulary_of

CAUGHT_WITHIN = 400
"""Generated examples within which every fault is seen. The suite looks at more than that on every run."""


@dataclass(frozen=True)
class Prepared:
    """An example read once, with what the oracle says of it."""

    case: GeneratedCase
    policies: PolicySet
    profile: Profile
    expected: Verdict


@pytest.fixture(scope="module")
def prepared() -> list[Prepared]:
    known = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
    return [
        Prepared(
            case,
            policy_set(known, case.policy_text),
            profile_of(case.profile_text, known),
            verdict(case.policy, vocabulary(), case.profile, case.on),
        )
        for case in examples(CAUGHT_WITHIN)
    ]


def first_difference(prepared: list[Prepared], engine: Engine) -> int | None:
    """The number of the first example the engine and the oracle see differently."""
    for number, example in enumerate(prepared, start=1):
        decision = Evaluator(example.policies, engine).check(example.profile, example.case.on)
        if verdict_in(decision.policies[0]) != example.expected:
            return number
    return None


def test_without_a_fault_no_example_differs(prepared: list[Prepared], engine: str) -> None:
    assert len(prepared) == CAUGHT_WITHIN
    assert first_difference(prepared, make_engine(engine)) is None


@pytest.mark.parametrize("name", [name for name in engines_present() if name != "native"])
@pytest.mark.parametrize("fault", SHARED_FAULTS.values(), ids=SHARED_FAULTS.keys())
def test_a_fault_in_what_two_engines_share_is_seen(prepared: list[Prepared], fault: Fault, name: str) -> None:
    with seeded(fault):
        assert first_difference(prepared, make_engine(name)) is not None


@pytest.mark.parametrize("name", engines_present())
@pytest.mark.parametrize("fault", DECISION_FAULTS.values(), ids=DECISION_FAULTS.keys())
def test_a_fault_in_what_all_engines_share_is_seen(prepared: list[Prepared], fault: Fault, name: str) -> None:
    with seeded(fault):
        assert first_difference(prepared, make_engine(name)) is not None


@pytest.mark.parametrize("fault", NATIVE_FAULTS.values(), ids=NATIVE_FAULTS.keys())
def test_a_fault_in_the_native_engine_is_seen(prepared: list[Prepared], fault: Fault) -> None:
    with seeded(fault):
        assert first_difference(prepared, make_engine("native")) is not None


@pytest.mark.parametrize("fault", REFERENCE_FAULTS.values(), ids=REFERENCE_FAULTS.keys())
def test_a_fault_in_the_reference_is_seen(prepared: list[Prepared], fault: Fault) -> None:
    with seeded(fault):
        assert first_difference(prepared, make_engine("reference")) is not None


def without_openness(policy: Policy) -> Network:
    return compile_policy(policy)._replace(openness=())


def with_rules(change: Callable[[Rule], Rule]) -> Callable[[Policy], Network]:
    def compiler(policy: Policy) -> Network:
        network = compile_policy(policy)
        return network._replace(truth=tuple(change(rule) for rule in network.truth))

    return compiler


def without_last_pattern(rule: Rule) -> Rule:
    return rule._replace(when=rule.when[:-1]) if len(rule.when) > 1 else rule


COMPILER_FAULTS: dict[str, Callable[[Policy], Network]] = {
    "any is read as all": lambda policy: compile_policy(mutated_policy(policy, any_to_all)),
    "not is dropped": lambda policy: compile_policy(mutated_policy(policy, drop_not)),
    "what is open is never told apart": without_openness,
    "a rule lacks its last pattern": with_rules(without_last_pattern),
}


@needs_durable
@pytest.mark.parametrize("compiler", COMPILER_FAULTS.values(), ids=COMPILER_FAULTS.keys())
def test_a_fault_in_the_compiled_network_is_seen(
    prepared: list[Prepared], compiler: Callable[[Policy], Network]
) -> None:
    from incentives.engines.durable.engine import DurableEngine

    assert first_difference(prepared, DurableEngine(compiler)) is not None


def drop_the_possible_pass(patch: Patch) -> None:
    from incentives.engines.durable import engine

    patch.setattr(engine, "_possible", engine._certain)


def drop_the_join(patch: Patch) -> None:
    """A rule is then matched by messages about different items."""
    from incentives.engines.durable import rete

    def unjoined(rule: Rule) -> dict[str, Any]:
        patterns: list[dict[str, Any]] = []
        for place, pattern in enumerate(rule.when):
            tests = [{rete._field(pattern.proposition): 1}] + ([] if pattern.about_row else [{"r": rete.COMPANY_ROW}])
            patterns.append({f"m{place}": {"$and": tests}})
        return {"all": patterns}

    patch.setattr(rete, "_definition", unjoined)
    patch.setattr(rete, "ROWS_PER_RUN", 2)  # unjoined, each combination of them is a match


def look_at_the_first_run_only(patch: Patch) -> None:
    """Of the rows beyond one run nothing is concluded."""
    from incentives.engines.durable import rete

    runs = rete._runs
    patch.setattr(rete, "ROWS_PER_RUN", 2)
    patch.setattr(rete, "_runs", lambda messages: list(runs(messages))[:1])


def run_rulesets_before_what_they_wait_for(patch: Patch) -> None:
    """What a ruleset concludes for one that has run already is told to nobody."""
    from incentives.engines.durable import rete

    patch.setattr(rete, "PATTERNS_PER_RULESET", 4)
    patch.setattr(rete, "_ordered", lambda rules: range(len(rules)))


DURABLE_FAULTS: dict[str, Fault] = {
    "the possible pass is dropped": drop_the_possible_pass,
    "the join on the item is dropped": drop_the_join,
    "rows beyond the first run are forgotten": look_at_the_first_run_only,
    "rulesets run before what they wait for": run_rulesets_before_what_they_wait_for,
}


@needs_durable
@pytest.mark.parametrize("fault", DURABLE_FAULTS.values(), ids=DURABLE_FAULTS.keys())
def test_a_fault_in_the_durable_engine_is_seen(prepared: list[Prepared], fault: Fault) -> None:
    with seeded(fault):
        assert first_difference(prepared, make_engine("durable")) is not None
