"""What every engine returns: the state of each condition of each clause on each subject. Imports atoms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from incentives.engines.atoms import Subject
from incentives.facts.profile import Profile
from incentives.language.model import Clause, Policy
from incentives.values import State


class Row(NamedTuple):
    """One clause on one subject. `states` holds every node of the clause's condition by its id."""

    clause: Clause
    subject: Subject
    states: Mapping[str, State]


class Engine(Protocol):
    """Decides the conditions of a policy. Two engines agree when they return the same rows."""

    @property
    def name(self) -> str: ...

    def rows(self, policy: Policy, profile: Profile) -> tuple[Row, ...]:
        """One row for each clause and subject, in the order of the policy and the profile."""
        ...
