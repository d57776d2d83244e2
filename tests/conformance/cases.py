"""Stored cases: how a folder is read, what is expected of it, and how a newly found one is kept.

A case is a folder `tests/cases/<group>/<name>/` with a `case.yaml` that names its parts. Each part is looked
for in the case's folder, then in its group's, then in `tests/cases`, then from the root of the repository.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from incentives import Decision, Determination, Interval, PolicyDecision, PolicySet, Profile
from incentives.decision.result import MissingFact, Reason
from incentives.values import NotBounded
from tests.generators import VOCABULARY_FILE, read_raw, write
from tests.oracle_values import day
from tests.verdicts import policy_set, profile_of, vocabulary_of

CASES = Path(__file__).parent.parent / "cases"
FOUND = CASES / "found"
"""Where the generators keep what they found."""

ROOT = CASES.parent.parent
CASE_FILE = "case.yaml"
EXPECTED_FILE = "expected.yaml"


@dataclass(frozen=True)
class Case:
    """One stored case, as texts."""

    name: str
    folder: Path
    title: str
    policies: tuple[str, ...]
    vocabulary: str
    profile: str
    on: date

    def policy_set(self) -> PolicySet:
        return _policy_set(self.vocabulary, self.policies)

    def read_profile(self) -> Profile:
        return profile_of(self.profile, self.policy_set().vocabulary)

    def raw_policies(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        """The raw policies by id and version, as the oracle takes them."""
        raw = [read_raw(text) for text in self.policies]
        return {(policy["policy"], str(policy.get("version", "1"))): policy for policy in raw}

    @property
    def expected(self) -> Any:
        """What is expected, None where nothing is written down: then the engines and the oracle must agree."""
        file = self.folder / EXPECTED_FILE
        return read_raw(file.read_text(encoding="utf-8")) if file.is_file() else None


@cache
def _policy_set(vocabulary: str, policies: tuple[str, ...]) -> PolicySet:
    return policy_set(vocabulary_of(vocabulary), *policies)


def stored_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """Every case below `folder`, by name."""
    return tuple(read_case(file.parent) for file in sorted(folder.glob(f"**/{CASE_FILE}")))


def read_case(folder: Path) -> Case:
    raw = read_raw((folder / CASE_FILE).read_text(encoding="utf-8"))
    unknown = raw.keys() - {"title", "policies", "vocabulary", "profile", "day"}
    assert not unknown, f"{folder.name}: {CASE_FILE} has keys nobody reads: {sorted(unknown)}"
    return Case(
        name=f"{folder.parent.name}/{folder.name}",
        folder=folder,
        title=raw["title"],
        policies=tuple(_part(folder, name) for name in raw.get("policies", ["policy.yaml"])),
        vocabulary=_part(folder, raw.get("vocabulary", "vocabulary.yaml")),
        profile=_part(folder, raw.get("profile", "profile.yaml")),
        on=day(raw["day"]),
    )


def _part(folder: Path, name: str) -> str:
    for place in (folder, folder.parent, CASES, ROOT):
        if (place / name).is_file():
            return (place / name).read_text(encoding="utf-8")
    raise FileNotFoundError(f"{folder}: no `{name}`")


def store_found(policy: str, profile: str, on: date, below: Path = FOUND) -> Path:
    """Keep a case on which engines or the oracle disagreed, so that it is replayed for ever.

    The folder is named by what is in it: the same disagreement found twice is one case.
    """
    vocabulary = VOCABULARY_FILE.read_text(encoding="utf-8")
    content = "\0".join((policy, vocabulary, profile, on.isoformat()))
    folder = below / hashlib.sha256(content.encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    title = "生成的用例：曾有引擎之间或引擎与对照实现之间结论不一致"
    for name, text in (
        ("policy.yaml", policy),
        ("vocabulary.yaml", vocabulary),
        ("profile.yaml", profile),
        (CASE_FILE, write({"title": title, "day": on.isoformat()})),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def expectation(decision: Decision) -> dict[str, Any]:
    """A decision as it is written down beside a case: what a person checks by hand, and no more."""
    return {
        "total": _interval(decision.total),
        **_to_others(decision.paid_to_others),
        "policies": [
            {
                "policy": found.policy,
                "version": found.version,
                "status": found.status.value,
                "total": _interval(found.total),
                **_to_others(found.paid_to_others),
                **_waits_in_total(found),
                "determinations": [_row(row) for row in found.determinations],
            }
            for found in decision.policies
        ],
    }


def _to_others(paid: Interval) -> dict[str, Any]:
    return {"paid_to_others": _interval(paid)} if paid.possible != 0 else {}


def _waits_in_total(found: PolicyDecision) -> dict[str, Any]:
    """What the total waits for and no determination does."""
    own = {(fact.entity, fact.item, fact.fact) for row in found.determinations for fact in row.missing}
    more = [fact for fact in found.missing if (fact.entity, fact.item, fact.fact) not in own]
    return {"missing": [_fact_name(fact) for fact in more]} if more else {}


def _judged(reason: Reason) -> str:
    return reason.node if reason.undefined is None else f"{reason.node} {reason.undefined.zh}"


def _fact_name(fact: MissingFact) -> str:
    name = f"{fact.entity}.{fact.fact}" if fact.fact else fact.entity
    return name if fact.back_to is None else f"{name} back to {fact.back_to}"


def _row(row: Determination) -> dict[str, Any]:
    told: dict[str, Any] = {"clause": row.clause}
    if row.item is not None:
        told["item"] = row.item.name
    told["outcome"] = row.outcome.value
    if row.failed:
        told["failed"] = [reason.node for reason in row.failed]
    if row.missing:
        told["missing"] = [_fact_name(fact) for fact in row.missing]
    if row.judgements:
        told["judgements"] = [_judged(reason) for reason in row.judgements]
    if row.rests_on_assumption:
        told["rests_on_assumption"] = True
    told["award"] = {"basis": row.award.basis.value, **_interval(row.award.interval)}
    return told


def _interval(interval: Interval) -> dict[str, str]:
    possible = interval.possible
    return {
        "guaranteed": _money(interval.guaranteed),
        "possible": possible.value if isinstance(possible, NotBounded) else _money(possible),
    }


def _money(yuan: Any) -> str:
    return f"{yuan // 10_000}万元" if yuan and yuan % 10_000 == 0 else f"{yuan.normalize():f}元"
