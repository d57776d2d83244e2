"""Hypothesis strategies for profiles that stand beside the bounds of a generated policy, and for whole cases.

Facts are left out, lists are absent or empty, values lie exactly on a bound and one step to each side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.generators import COMPANY, DAYS, LISTS, Draw, PolicyWriter, read_raw, vocabulary, write
from tests.written import Raw, Written, spellings

ITEM_NAMES = ("甲项", "乙项", "丙项")


@dataclass(frozen=True)
class GeneratedCase:
    """A policy and a profile as texts, and the day of the application. `writer` knows what the policy tests."""

    policy_text: str
    profile_text: str
    on: date
    writer: PolicyWriter

    @property
    def policy(self) -> Any:
        return read_raw(self.policy_text)

    @property
    def profile(self) -> Any:
        return read_raw(self.profile_text)

    def __repr__(self) -> str:
        return f"on {self.on}\n{self.policy_text}\n---\n{self.profile_text}"


@st.composite
def cases(draw: Draw, in_force: bool = False) -> GeneratedCase:
    """`in_force` True keeps the day inside the period, for what says nothing of other days."""
    writer = PolicyWriter(draw)
    policy = writer.policy()
    profile = draw_profile(writer)
    on = DAYS[0] if in_force or writer.chance(70) else writer.one(*DAYS)
    return GeneratedCase(
        write(policy, as_json=writer.chance(20)), write(profile, as_json=writer.chance(20)), on, writer
    )


def examples(count: int) -> list[GeneratedCase]:
    """The same generated cases on every run, to show what is seen among so many."""
    found: list[GeneratedCase] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases())
    def collect(case: GeneratedCase) -> None:
        found.append(case)

    collect()
    return found[:count]


def draw_profile(writer: PolicyWriter) -> dict[str, Any]:
    """A profile that gives some of what the policy tests, and sometimes a fact it does not."""
    profile: dict[str, Any] = {"name": "某公司"}
    for entity in (COMPANY, *LISTS):
        declared = vocabulary()["entities"][entity]
        if entity == COMPANY:
            profile |= draw_facts(writer, COMPANY, known=85)
            continue
        form = writer.one("items", "items", "items", "absent", "empty")
        if form != "absent":
            profile[declared["list"]] = draw_items(writer, entity, known=85) if form == "items" else []
        elif writer.chance(20):
            profile[declared["list"]] = None
    return profile


def draw_items(writer: PolicyWriter, entity: str, known: int) -> list[dict[str, Any]]:
    names = ITEM_NAMES[: writer.draw(st.integers(1, 3))]
    named_by = writer.one("name", "id")
    return [{named_by: name, **draw_facts(writer, entity, known)} for name in names]


def draw_facts(writer: PolicyWriter, entity: str, known: int, keep: Raw | None = None) -> dict[str, Any]:
    """Facts of one holder, each given `known` times in a hundred. What is in `keep` stays as it is."""
    facts: dict[str, Any] = dict(keep or {})
    for fact_id, fact in vocabulary()["entities"][entity]["facts"].items():
        if facts.get(fact_id) is not None or not _tested(writer, entity, fact_id):
            continue
        if writer.chance(known):
            facts[fact_id] = draw_value(writer, entity, fact_id, fact)
        elif writer.chance(10):
            facts[fact_id] = None
    return facts


def draw_value(writer: PolicyWriter, entity: str, fact_id: str, fact: Raw) -> Written | list[Written]:
    if fact["type"] == "boolean":
        return writer.one(True, True, False)
    near = writer.near(entity, fact_id, fact)
    if not fact.get("many"):
        return writer.one(*spellings(fact, writer.one(*near)))
    chosen = writer.draw(st.lists(st.sampled_from(near), max_size=2, unique=True))
    return [spelling for value in chosen for spelling in spellings(fact, value)[:1]]


def _tested(writer: PolicyWriter, entity: str, fact_id: str) -> bool:
    """Facts the policy does not test are left out: they would only make examples longer."""
    return (entity, fact_id) in writer.operands
