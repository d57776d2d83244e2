"""Policies that were asked for by name and are not in force on the day. Imports the evaluator and the model."""

from __future__ import annotations

from datetime import date

from incentives.decision.assemble import status_on
from incentives.decision.evaluator import Evaluator
from incentives.decision.result import PolicyStatus
from incentives.language.model import Period
from incentives.records import frozen


@frozen
class OutOfForce:
    """A policy of which nothing is said on a day, since it is not in force on it: not yet, or no longer."""

    policy: str
    title: str
    status: PolicyStatus
    period: Period


def out_of_force(evaluator: Evaluator, on: date, policy: str | None) -> tuple[OutOfForce, ...]:
    """The policy of that id where it is not in force on the day; of all policies it goes without saying.

    Raises `KeyError` for an unknown id.
    """
    versions = evaluator.applicable(on, policy) if policy is not None else ()
    found = [(version, status_on(version, on)) for version in versions]
    return tuple(
        OutOfForce(version.id, version.title, status, version.period)
        for version, status in found
        if status is not PolicyStatus.IN_FORCE
    )
