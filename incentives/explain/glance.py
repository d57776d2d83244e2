"""What goes before everything else where several policies were checked. Imports questions, near misses and guidance.

The facts whose answers settle most, in the order in which an interview would ask for them, and the refusals that one
small change would end.
"""

from __future__ import annotations

from incentives.advice.changeable import Changeable
from incentives.advice.nearest import NearMiss, near_misses
from incentives.advice.questions import Questions
from incentives.advice.trial import Trial
from incentives.decision.evaluator import AnyProfile, Evaluator
from incentives.decision.result import MissingFact
from incentives.explain.changes import WayView, way_view
from incentives.explain.outlook import Waiting
from incentives.explain.view import Explanation
from incentives.facts.ledger import without_earlier_grants
from incentives.facts.profile import Profile
from incentives.records import frozen
from incentives.values import Basis, Interval

FIRST_FACTS = 5
"""Missing facts that are named; the others are counted."""


@frozen
class NearMissView:
    """A clause that is refused, the one small change that ends it, and what the clause then grants."""

    policy_title: str
    title: str
    item: str | None
    way: WayView
    award: Interval
    basis: Basis
    is_over: bool
    """Whether the number is of a year that has ended: the next time it may be reached."""


@frozen
class Glance:
    """`facts` settle most, each with what waits for it; `misses` are those nearest to the company first."""

    facts: tuple[tuple[MissingFact, Waiting], ...]
    misses: tuple[NearMissView, ...]

    @classmethod
    def of(cls, evaluator: Evaluator, profile: AnyProfile, explanation: Explanation) -> Glance:
        """What to look at first of the explanation of a profile under all policies.

        Raises what `Evaluator.check` raises.
        """
        known, on = evaluator.profile(profile), explanation.on
        if explanation.no_earlier_grants:
            known = without_earlier_grants(known, evaluator.policies.vocabulary)
        changeable = Changeable(evaluator.policies.vocabulary, on)
        decided = [
            item.determination for view in explanation.policies for clause in view.clauses for item in clause.items
        ]
        titles = {view.policy: view.title for view in explanation.policies}
        versions = {version.id: version for version in evaluator.applicable(on)}

        def viewed(miss: NearMiss) -> NearMissView:
            key = miss.item.key if miss.item is not None else None
            trial = Trial(versions[miss.policy].clause(miss.clause), known, on, key)
            return NearMissView(
                titles[miss.policy],
                miss.title,
                miss.item.name if miss.item is not None else None,
                way_view(miss.way, trial, changeable),
                miss.award,
                versions[miss.policy].clause(miss.clause).award.basis,
                miss.is_over,
            )

        misses = near_misses(evaluator.fast, known, decided, on, changeable)
        return cls(_first_facts(evaluator, known, explanation), tuple(map(viewed, misses)))


def _first_facts(
    evaluator: Evaluator, profile: Profile, explanation: Explanation
) -> tuple[tuple[MissingFact, Waiting], ...]:
    missing = {
        (fact.entity, fact.item.key if fact.item is not None else None, fact.fact): (fact, waiting)
        for fact, waiting in zip(explanation.missing, explanation.waiting, strict=True)
    }
    found: dict[tuple[str, str | None, str | None], tuple[MissingFact, Waiting]] = {}
    for place in Questions(evaluator, explanation.on).in_turn(profile):
        if place[:3] in missing:
            found[place[:3]] = missing[place[:3]]
        if len(found) == FIRST_FACTS:
            break
    return tuple(found.values())
