"""Cases put to an engine and to the oracle, and a decision told in the oracle's terms so that both compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from incentives import (
    Decision,
    Evaluator,
    Interval,
    PolicyDecision,
    PolicySet,
    Profile,
    engines_present,
    load_policies,
)
from incentives.engines.rows import Engine
from incentives.facts.reader import read_profile
from incentives.facts.vocabulary import Vocabulary
from incentives.facts.vocabulary_files import read_vocabulary
from incentives.language.checker import check_policy
from incentives.language.model import Policy
from incentives.source.loader import load_text
from incentives.values import NotBounded
from tests.generators import read_raw
from tests.oracle import Finding, Verdict, verdict
from tests.whole.checks import assert_whole, found_in

Raw = Mapping[str, Any]


def vocabulary_of(text: str) -> Vocabulary:
    return read_vocabulary(load_text(text, "vocabulary.yaml"))


def policy_of(text: str, vocabulary: Vocabulary, versions: Sequence[str] = ()) -> Policy:
    """`versions` are the texts of the other versions of the same policy."""
    beside = [load_text(version, "policy.yaml") for version in versions]
    policy, problems = check_policy(load_text(text, "policy.yaml"), vocabulary, _shipped, beside)
    assert policy is not None, problems
    return policy


def _shipped(name: str) -> Policy | None:
    """What a policy imports: shipped ones, which are read once."""
    return next((policy for policy in _shipped_policies().policies if policy.id == name), None)


@cache
def _shipped_policies() -> PolicySet:
    return load_policies()


def policy_set(vocabulary: Vocabulary, *texts: str) -> PolicySet:
    """The policies in `texts`, in the order a folder of them would be held."""
    ids = [read_raw(text)["policy"] for text in texts]
    policies = [
        policy_of(text, vocabulary, [other for of, other in zip(ids, texts, strict=True) if of == own])
        for own, text in zip(ids, texts, strict=True)
    ]
    policies.sort(key=lambda policy: (policy.id, policy.period.start, policy.version))
    return PolicySet(vocabulary, tuple(policies))


def profile_of(text: str, vocabulary: Vocabulary) -> Profile:
    return read_profile(load_text(text, "profile.yaml"), vocabulary)


def decisions(policies: PolicySet, profile: Profile, on: date) -> dict[str, Decision]:
    """What each engine present decides, each made anew."""
    return {name: Evaluator(policies, name).check(profile, on) for name in engines_present()}


def decide(policies: PolicySet, profile: Profile, on: date, engine: str | Engine = "reference") -> Decision:
    return Evaluator(policies, engine).check(profile, on)


def verdict_in(found: PolicyDecision) -> Verdict:
    """One policy's decision as the oracle would put it."""
    findings: dict[tuple[str, str], Finding] = {}
    for row in found.determinations:
        key = row.item.key if row.item else ""
        assert (row.clause, key) not in findings, f"two determinations of {row.clause} on {key}"
        guaranteed, possible = _fen(row.award.interval)
        findings[row.clause, key] = Finding(
            outcome=row.outcome.value,
            failed=frozenset(reason.node for reason in row.failed),
            missing=frozenset(
                ("missing", fact.entity, fact.item.key if fact.item else "", fact.fact or "") for fact in row.missing
            ),
            judgements=frozenset(reason.node for reason in row.judgements),
            assumptions=frozenset(reason.node for reason in row.assumptions),
            rests_on_assumption=row.rests_on_assumption,
            basis=row.award.basis.value,
            guaranteed=guaranteed,
            possible=possible,
        )
    return Verdict(found.status.value, findings, *_fen(found.total))


def assert_agreement(policies: PolicySet, raw: Mapping[tuple[str, str], Raw], asked: tuple[Raw, Raw, date]) -> None:
    """Every engine present decides alike, and as the oracle does.

    `raw` holds each policy's raw data by id and version; `asked` the raw vocabulary, raw profile and day. Of a
    policy in the whole language the oracle says what worlds come to, not which conditions a refusal rests on.
    """
    raw_vocabulary, raw_profile, on = asked
    profile = profile_of_raw(raw_profile, policies.vocabulary)
    by_engine = decisions(policies, profile, on)
    first, *others = by_engine
    for other in others:
        assert by_engine[other] == by_engine[first], f"{other} and {first} differ"
    for found in by_engine[first].policies:
        policy = raw[found.policy, found.version]
        if policy["incentives"] == 1:
            expected = verdict(policy, raw_vocabulary, raw_profile, on)
            assert verdict_in(found) == expected, f"{first} differs from the oracle on {found.policy}@{found.version}"
        elif not policy.get("imports"):
            versions = [other for (of, _), other in raw.items() if of == found.policy]
            assert_whole(found_in(found), policy, raw_vocabulary, raw_profile, on, versions)


def profile_of_raw(raw: Raw, vocabulary: Vocabulary) -> Profile:
    from incentives.facts.reader import profile_of as profile_of_data

    return profile_of_data(raw, vocabulary)


def _fen(interval: Interval) -> tuple[int, int | None]:
    possible = interval.possible
    return int(interval.guaranteed * 100), None if isinstance(possible, NotBounded) else int(possible * 100)
