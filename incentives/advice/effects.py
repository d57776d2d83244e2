"""What a change does to every policy at once: awards, totals, what then excludes what. Imports ways and decisions.

Only policies that look at what is changed are decided anew. The others are as they were, but a policy that excludes
them may take their place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from incentives.advice.ways import Way, after_way, same
from incentives.decision.claims import claim_of
from incentives.decision.evaluator import Evaluator, Examination
from incentives.decision.payees import totals_without
from incentives.decision.result import Determination, ItemName, Lost, PolicyDecision
from incentives.decision.screening import PolicyScreening, claims_of
from incentives.decision.total import Together, policies_together
from incentives.engines.rows import Verdict
from incentives.engines.subjects import company_subject
from incentives.language.model import Policy, terms_of
from incentives.language.reads import reads_in, reads_of
from incentives.values import NOTHING, WITHOUT_MONEY, Interval, Outcome


@dataclass(frozen=True, slots=True)
class AwardChange:
    """One award that comes out otherwise. `item` is None for the company, and for an item that `is_new`.

    `before` and `after` are what the clause comes to on its own; stacking has its say in the totals. `is_money` tells
    an award of nothing from what is granted that is no money.
    """

    policy: str
    policy_title: str
    clause: str
    title: str
    articles: tuple[str, ...]
    item: ItemName | None
    is_new: bool
    outcome_before: Outcome
    outcome_after: Outcome
    before: Interval
    after: Interval
    is_money: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a change does to the total of another policy, which looks at the same; `lost` is what is then taken."""

    policy: str
    title: str
    before: Interval
    after: Interval
    lost: tuple[Lost, ...]


class Effect(NamedTuple):
    """The policies that a change touches as they then are, and what all of them together come to."""

    way: Way
    policies: Mapping[str, PolicyScreening]
    together: Together


class Effects:
    """What changes of one profile do, beside what was found of it as it is."""

    def __init__(self, evaluator: Evaluator, examined: Examination) -> None:
        self._evaluator = evaluator
        self._profile = examined.profile
        self.before = examined.decision
        self.policies = {one.policy: one for one in examined.decision.policies}
        self._versions = {version.id: version for version, _ in examined.rows}
        self._looks = {version.id: _looks(version) for version, _ in examined.rows}
        self._found: dict[object, Effect] = {}
        self._beside = {version.id: version.beside for version, _ in examined.rows}

    def of(self, way: Way) -> Effect:
        """What a way does to every policy; the same changes do the same, whichever clause they were found for."""
        known = self._found.get(same(way))
        if known is None:
            known = self._found[same(way)] = self._of(way)
        return known

    def _of(self, way: Way) -> Effect:
        on = self.before.on if way.apply_on is None else way.apply_on
        profile = after_way(self._profile, way)
        asked = {(change.place.entity, change.place.fact) for change in way.changes}
        asked |= {(added.entity, None) for added in way.adds}
        touched = [
            name for name, looks in self._looks.items() if way.apply_on is not None or not looks.isdisjoint(asked)
        ]
        screened = {name: self._evaluator.screen(profile, on, name).policies[0] for name in touched}
        totals = {
            name: screened[name].total if name in screened else one.total for name, one in self.policies.items()
        }
        company = company_subject(profile, on)

        def without(policy: str, gone: frozenset[str]) -> Interval:
            if policy in screened:
                claims = claims_of(screened[policy].verdicts)
            else:
                claims = [claim_of(one) for one in self.policies[policy].determinations]
            return totals_without(self._versions[policy], claims, gone, company).own

        return Effect(way, screened, policies_together(totals, self._beside, without))

    def awards(self, effect: Effect) -> tuple[AwardChange, ...]:
        """Every award that comes out otherwise, by policy, clause and item."""
        return tuple(change for name in effect.policies for change in self._awards(name, effect))

    def elsewhere(self, effect: Effect, policy: str) -> tuple[Elsewhere, ...]:
        """The other policies whose total changes."""
        return tuple(
            Elsewhere(name, self.policies[name].title, self.policies[name].total, one.total, self.lost(effect, name))
            for name, one in effect.policies.items()
            if name != policy and one.total != self.policies[name].total
        )

    def lost(self, effect: Effect, policy: str) -> tuple[Lost, ...]:
        """What the stacking rules of a policy take then and do not take now."""
        if not self._versions[policy].rules:
            return ()
        on = self.before.on if effect.way.apply_on is None else effect.way.apply_on
        [decided] = self._evaluator.check(after_way(self._profile, effect.way), on, policy).policies
        known = {(lost.award, lost.rule) for lost in _lost(self.policies[policy])}
        return tuple(lost for lost in _lost(decided) if (lost.award, lost.rule) not in known)

    def excluded(self, effect: Effect) -> tuple[Lost, ...]:
        """What policies then lose to those that exclude them, where it is not what they lose now."""
        return tuple(lost for lost in effect.together.lost if lost not in self.before.lost)

    def _awards(self, policy: str, effect: Effect) -> Iterator[AwardChange]:
        version, way = self._versions[policy], effect.way
        known = {(one.clause, _key(one)): one for one in self.policies[policy].determinations}
        new = {(added.entity, key) for added in way.adds for key in added.keys}
        for now in effect.policies[policy].verdicts:
            of = version.clause(now.clause)
            is_new = of.for_each is not None and (of.for_each.id, now.item) in new
            was = known.get((now.clause, now.item))
            before, outcome = (was.award.interval, was.outcome) if was else (NOTHING, Outcome.NOT_QUALIFIED)
            if (before, outcome) != (now.award, now.outcome):
                yield AwardChange(
                    policy=policy,
                    policy_title=version.title,
                    clause=now.clause,
                    title=of.title,
                    articles=tuple(source.article for source in of.sources),
                    item=was.item if was is not None else None,
                    is_new=is_new,
                    outcome_before=outcome,
                    outcome_after=now.outcome,
                    before=before,
                    after=now.award,
                    is_money=of.award.basis not in WITHOUT_MONEY,
                )


def verdict_on(effect: Effect, policy: str, clause: str, item: str | None) -> Verdict | None:
    """How a clause then comes out on an item, by its key; None where there is no such item."""
    verdicts = effect.policies[policy].verdicts
    return next((one for one in verdicts if (one.clause, one.item) == (clause, item)), None)


def _looks(policy: Policy) -> frozenset[tuple[str | None, str | None]]:
    """What a policy looks at: pairs of entity and fact; without a fact, lists."""
    read = [*map(reads_of, policy.clauses), reads_in(*(term for rule in policy.rules for term in terms_of(rule)))]
    facts = {fact for one in read for fact in one.facts}
    lists = {entity for one in read for entity in one.lists}
    lists |= {clause.for_each.id for clause in policy.clauses if clause.for_each is not None}
    return frozenset(facts | {(entity, None) for entity in lists})


def _lost(decision: PolicyDecision) -> tuple[Lost, ...]:
    return decision.combined.lost_possible if decision.combined is not None else ()


def _key(found: Determination) -> str | None:
    return found.item.key if found.item is not None else None
