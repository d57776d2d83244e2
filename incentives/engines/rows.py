"""What every engine returns: the state of each condition of each clause on each subject. Imports subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from incentives.engines.clashes import Candidate, Clash
from incentives.engines.subjects import Presence, Subject
from incentives.facts.profile import Profile
from incentives.language.model import Clause, Policy
from incentives.records import NamedTuple
from incentives.values import Interval, Outcome, State


class Row(NamedTuple):
    """One clause on one subject. `states` holds every node of the clause's condition by its id."""

    clause: Clause
    subject: Subject
    states: Mapping[str, State]


class Awaiting(NamedTuple):
    """A fact that an outcome or an award waits for: of an item, or of the company where `item` is None.

    `fact` is None where the whole list of that entity is missing.
    """

    entity: str
    item: str | None
    fact: str | None


def in_order(missing: Iterable[Awaiting]) -> tuple[Awaiting, ...]:
    """What is missing, by entity, item and fact: the order in which it was looked for says nothing."""
    return tuple(sorted(missing, key=lambda one: (one.entity, one.item or "", one.fact or "")))


class Verdict(NamedTuple):
    """One clause on one item without its explanation; `item` is the item's key, None where there is no item."""

    clause: str
    item: str | None
    presence: Presence
    outcome: Outcome
    missing: tuple[Awaiting, ...]
    award: Interval


OUTCOMES = {
    State.HOLDS: Outcome.QUALIFIED,
    State.FAILS: Outcome.NOT_QUALIFIED,
    State.MISSING: Outcome.UNDETERMINED,
    State.JUDGEMENT: Outcome.NEEDS_REVIEW,
}


def outcome_of(row: Row) -> Outcome:
    """What the state of a clause's condition says of the clause."""
    return OUTCOMES[row.states[row.clause.condition.id]]


def candidates(rows: Iterable[Row]) -> tuple[Candidate, ...]:
    """The rows that could bring an award."""
    return tuple(
        [
            Candidate(row.clause.id, row.subject.item.key if row.subject.item is not None else "")
            for row in rows
            if outcome_of(row) is not Outcome.NOT_QUALIFIED
        ]
    )


class Engine(Protocol):
    """Decides the conditions of a policy. Two engines agree when they return the same rows."""

    @property
    def name(self) -> str: ...

    def rows(self, policy: Policy, profile: Profile, on: date) -> tuple[Row, ...]:
        """One row for each clause and subject, in the order of the policy and the profile."""
        ...

    def clashes(self, policy: Policy, found: Sequence[Candidate]) -> frozenset[Clash]:
        """The stacking rules that have something to choose between, and where."""
        ...


class ScreeningEngine(Engine, Protocol):
    """An engine that can also decide without a trace."""

    def verdicts(self, policy: Policy, profile: Profile, on: date) -> tuple[Verdict, ...]:
        """One verdict for each clause and subject, by clause id and item key: what the rows come to."""
        ...
