"""How far each policy is decided, and what waits for each missing fact. Imports open facts, results and values."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from incentives.advice.missing import HangingAward, OpenFact
from incentives.decision.result import Determination, MissingFact, PolicyDecision, PolicyStatus, award_node
from incentives.records import frozen
from incentives.values import ZERO, Interval, NotBounded, Outcome, Possible


class Standing(StrEnum):
    """What one policy comes to for the company."""

    MET = "met"
    """At least one clause is met."""
    OPEN = "open"
    """No clause is met, and at least one can still be."""
    REFUSED = "refused"
    """No clause is met, and none can be."""
    NOT_IN_FORCE = "not_in_force"


@frozen
class AwardName:
    """One determination by the names that people know: of the policy, the clause and the item."""

    policy: str
    clause: str
    item: str | None


@frozen
class Waiting:
    """What waits for one missing fact, the most money first; `settled` is what waits for nothing else.

    `at_stake` is the money, possible minus guaranteed: `advice.missing.OpenFact`.
    """

    awards: tuple[AwardName, ...]
    settled: tuple[AwardName, ...]
    at_stake: Possible


def standing_of(decision: PolicyDecision) -> Standing:
    if decision.status is not PolicyStatus.IN_FORCE:
        return Standing.NOT_IN_FORCE
    outcomes = {found.outcome for found in decision.determinations}
    if Outcome.QUALIFIED in outcomes:
        return Standing.MET
    return Standing.OPEN if outcomes - {Outcome.NOT_QUALIFIED} else Standing.REFUSED


def by_money(standing: Standing, total: Interval, policy: str) -> tuple[int, Decimal, bool, Decimal, str]:
    """The key that sorts policies for a reader: what is met before what is open, each by its money.

    `total` is all that is paid, to whomever. More certain goes first, then more possible, without a limit before
    any limit. Recognitions, which bring no money, follow; then what is refused; then what is not in force.
    """
    match standing:
        case Standing.MET | Standing.OPEN if total.possible == 0:
            group = 2 if standing is Standing.MET else 3
        case _:
            group = {Standing.MET: 0, Standing.OPEN: 1, Standing.REFUSED: 4, Standing.NOT_IN_FORCE: 5}[standing]
    bounded = not isinstance(total.possible, NotBounded)
    possible = ZERO if isinstance(total.possible, NotBounded) else total.possible
    return group, -total.guaranteed, bounded, -possible, policy


def waiting_for(missing: Iterable[OpenFact], policies: Iterable[PolicyDecision]) -> tuple[Waiting, ...]:
    """What waits for each of the facts, in their order; also what waits only for a cap that reads it."""
    titles: dict[str, str] = {}
    settled: dict[tuple[str, str | None, str | None], list[AwardName]] = {}
    for policy in policies:
        titles[policy.policy] = policy.title
        for found in policy.determinations:
            if _hangs_on_one(found):
                settled.setdefault(_key(found.missing[0]), []).append(_name(policy.title, found))
    return tuple(
        Waiting(
            tuple(_name(titles[award.policy], award) for award in fact.awards),
            tuple(settled.get(_key(fact), ())),
            fact.at_stake,
        )
        for fact in missing
    )


def _name(policy: str, award: Determination | HangingAward) -> AwardName:
    return AwardName(policy, award.title, award.item.name if award.item is not None else None)


def _hangs_on_one(found: Determination) -> bool:
    """Whether one fact settles the outcome. Of a list that is missing nobody knows what its items leave open."""
    judged = any(reason.node != award_node(found.clause) for reason in found.judgements)
    is_open = found.outcome is Outcome.UNDETERMINED and not judged
    return is_open and len(found.missing) == 1 and found.missing[0].fact is not None


def _key(fact: MissingFact | OpenFact) -> tuple[str, str | None, str | None]:
    return fact.entity, fact.item.key if fact.item is not None else None, fact.fact
