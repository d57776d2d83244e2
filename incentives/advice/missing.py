"""What is missing and what hangs on it: the awards that wait for each open fact, and the money. Imports decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from incentives.decision.result import Decision, Determination, ItemName, Limit, MissingFact, PolicyDecision
from incentives.facts.ledger import BackTo
from incentives.values import (
    EXACT,
    NOT_BOUNDED,
    ZERO,
    Bilingual,
    Interval,
    NotBounded,
    Possible,
    add_possible,
)


@dataclass(frozen=True, slots=True)
class HangingAward:
    """An award that waits for a fact. `at_stake` is what of it is possible and not yet certain, or could be cut.

    Nothing is at stake in yuan where the award is a recognition.
    """

    policy: str
    clause: str
    title: str
    item: ItemName | None
    at_stake: Possible


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact nobody has given, who can supply it, and what hangs on it.

    `fact` is None where a whole list is missing; `years` are those missing of a yearly fact, with `earlier` all those
    before them as well, of which the highest is enough; `supplier` is the
    authority that holds it, None where the company itself can say. `at_stake` is in yuan, possible minus
    guaranteed, over all the awards that wait for it; of one policy never more than its total leaves open, nor
    than a cap lets be paid for them. Of the ledger and of how far it reaches, `back_to` is the first year that
    matters, or that every year does; None of any other fact.
    """

    entity: str
    item: ItemName | None
    fact: str | None
    years: tuple[int, ...]
    title: Bilingual
    question: Bilingual
    supplier: Bilingual | None
    nodes: tuple[str, ...]
    awards: tuple[HangingAward, ...]
    at_stake: Possible
    earlier: bool = False
    back_to: BackTo | None = None

    @property
    def missing(self) -> MissingFact:
        """The missing fact itself, as a decision names it."""
        named = self.entity, self.item, self.fact, self.years, self.title, self.question, self.supplier, self.nodes
        return MissingFact(*named, self.earlier, self.back_to)

    def to_dict(self) -> dict[str, Any]:
        """The open fact as JSON-ready data: money as text in yuan."""
        from incentives.decision.json import to_data

        return to_data(OpenFact, self)


def open_facts(decision: Decision) -> tuple[OpenFact, ...]:
    """Every fact that a determination or a total waits for, the most money first.

    Where the same is at stake, those come first for which more awards wait, and then they go by their names.
    """
    found = [_open_fact(fact, decision) for fact in decision.missing]
    return tuple(sorted(found, key=_rank))


def width(interval: Interval) -> Possible:
    """What of an interval is open: possible minus guaranteed."""
    if isinstance(interval.possible, NotBounded):
        return NOT_BOUNDED
    return EXACT.subtract(interval.possible, interval.guaranteed)


def sum_of(amounts: Iterable[Possible]) -> Possible:
    """The sum of what is at stake; not bounded as soon as one part is not."""
    total: Possible = ZERO
    for amount in amounts:
        total = add_possible(total, amount)
    return total


def least(one: Possible, other: Possible) -> Possible:
    if isinstance(one, NotBounded):
        return other
    return one if isinstance(other, NotBounded) else min(one, other)


def most_first(at_stake: Possible) -> tuple[bool, Decimal]:
    """Sorts what is at stake, the most first: what nothing bounds before everything else."""
    return not isinstance(at_stake, NotBounded), ZERO if isinstance(at_stake, NotBounded) else -at_stake


def _open_fact(fact: MissingFact, decision: Decision) -> OpenFact:
    awards: list[HangingAward] = []
    stakes: list[Possible] = []
    for policy in decision.policies:
        total = policy.total + policy.paid_to_others
        limited = _limited_by(fact, policy)
        cut = [one for one in policy.determinations if one.clause in limited and one.award.interval.possible != 0]
        waiting = [one for one in policy.determinations if one not in cut and _key(fact) in map(_key, one.missing)]
        hanging = [_award(one, one.award.interval.possible, policy.limits) for one in cut]
        hanging += [_award(one, width(one.award.interval), policy.limits) for one in waiting]
        awards += hanging
        stakes.append(least(_under_limits(hanging, policy.limits), width(total)))
    awards.sort(key=lambda one: (*most_first(one.at_stake), one.policy, one.clause, one.item.key if one.item else ""))
    return OpenFact(
        fact.entity,
        fact.item,
        fact.fact,
        fact.years,
        fact.title,
        fact.question,
        fact.supplier,
        fact.nodes,
        tuple(awards),
        sum_of(stakes),
        fact.earlier,
        fact.back_to,
    )


def _under_limits(hanging: Iterable[HangingAward], limits: Iterable[Limit]) -> Possible:
    """What is at stake in some awards, those under one cap together no more than it lets be paid."""
    parts: list[Possible] = []
    left = list(hanging)
    for limit in sorted(limits, key=lambda one: most_first(one.at_most), reverse=True):
        under = [one for one in left if one.clause in limit.clauses]
        left = [one for one in left if one.clause not in limit.clauses]
        parts.append(least(sum_of(one.at_stake for one in under), limit.at_most))
    return sum_of([*parts, *(one.at_stake for one in left)])


def _limited_by(fact: MissingFact, policy: PolicyDecision) -> frozenset[str]:
    """The clauses under limits that wait for a fact: of a limit that is not told as such, all that there are."""
    determinations = [gap for one in policy.determinations for gap in one.missing]
    rules = _nodes_of(fact, policy.missing) - _nodes_of(fact, determinations)
    under = {limit.rule: limit.clauses for limit in policy.limits}
    if not rules <= under.keys():
        return frozenset(one.clause for one in policy.determinations)
    return frozenset(clause for rule in rules for clause in under[rule])


def _nodes_of(fact: MissingFact, found: Iterable[MissingFact]) -> set[str]:
    """The conditions, awards and limits that wait for the fact, out of what was found missing."""
    return {node for one in found if _key(one) == _key(fact) for node in one.nodes}


def _award(found: Determination, at_stake: Possible, limits: Iterable[Limit]) -> HangingAward:
    """One award; where nothing else bounds it, no more is at stake than a limit on its clause lets be paid."""
    if isinstance(at_stake, NotBounded):
        for limit in limits:
            at_stake = least(at_stake, limit.at_most) if found.clause in limit.clauses else at_stake
    return HangingAward(found.policy, found.clause, found.title, found.item, at_stake)


def _key(fact: MissingFact) -> tuple[str, str | None, str | None]:
    return fact.entity, fact.item.key if fact.item is not None else None, fact.fact


def _rank(fact: OpenFact) -> tuple[bool, Decimal, int, str, str, str]:
    key = fact.item.key if fact.item is not None else ""
    return (*most_first(fact.at_stake), -len(fact.awards), fact.entity, key, fact.fact or "")
