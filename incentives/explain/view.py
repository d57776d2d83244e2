"""A decision with everything that explains it, as plain data. Imports decisions, rows, the model and words.

Renderers print it and compute nothing; `to_json` gives programs the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from incentives.advice.missing import OpenFact, most_first, open_facts
from incentives.decision.evaluator import AnyProfile, Evaluator
from incentives.decision.reasons import item_name
from incentives.decision.result import (
    CountedAmong,
    Determination,
    ItemName,
    MissingFact,
    PolicyDecision,
    PolicyStatus,
    Receipt,
)
from incentives.engines.rows import Row
from incentives.engines.subjects import Presence
from incentives.explain.combination import (
    CombinedView,
    LostView,
    combined_view,
    limits_of_clause,
    lost_policies,
)
from incentives.explain.counted import awards_among_all, counted_among_all, counted_of, instead_of, limit_of
from incentives.explain.evidence import ConditionView, Placed, condition_views, laid_out
from incentives.explain.figures import FigureView, figures
from incentives.explain.outlook import Standing, Waiting, by_money, standing_of, waiting_for
from incentives.explain.same import Same
from incentives.explain.terms import term_text
from incentives.facts.ledger import without_earlier_grants
from incentives.facts.profile import Profile
from incentives.facts.types import UsccType
from incentives.facts.vocabulary import COMPANY, Vocabulary
from incentives.language.model import (
    Announced,
    Application,
    Award,
    Budget,
    Citation,
    Clause,
    Document,
    Period,
    Policy,
    Reading,
    Stacking,
)
from incentives.language.nodes import Condition, ItemExists
from incentives.language.walks import children
from incentives.records import frozen
from incentives.values import Bilingual, Interval, Outcome, Possible, State, Yuan


@frozen
class ItemView:
    """One determination with its conditions; those common to all clauses stand with the policy.

    `counted` is what of the award counts after the stacking rules; None where they take nothing from it. `limit` is
    what limits let an award come to that has no upper end itself: `counted.limit_of`. `among_all` is what of it
    the possible total of all policies counts; None where that is what counts in its policy.
    """

    determination: Determination
    counted: Interval | None
    limit: Yuan | None
    among_all: Possible | None
    conditions: tuple[ConditionView, ...]
    common_state: State | None
    figures: tuple[FigureView, ...]
    """What the award is worked out from; nothing where the clause is refused."""


@frozen
class ClauseView:
    """One clause with a determination for each item. `entity` is what its items are called."""

    clause: str
    title: str
    entity: Bilingual | None
    formula: Bilingual
    """How the award is worked out, in words."""
    limits: tuple[Bilingual, ...]
    """What all that the clause pays is held to, in an application, a year or ever."""
    items: tuple[ItemView, ...]
    sources: tuple[Citation, ...]
    readings: tuple[Reading, ...]
    budgets: tuple[Budget, ...]
    """The money there is for this clause alone."""


@frozen
class AmongAllView:
    """What the possible total of all policies counts of one that others exclude, and which awards by their names."""

    possible: Possible
    awards: tuple[str, ...]


@frozen
class PolicyView:
    """One policy with its clauses in the order of the paper."""

    policy: str
    version: str
    title: str
    issuer: str | None
    status: PolicyStatus
    standing: Standing
    period: Period
    document: Document
    stacking: Stacking
    total: Interval
    paid_to_others: Interval
    combined: CombinedView | None
    """How the total was chosen; None where no stacking rule is written."""
    among_all: AmongAllView | None
    """What the possible total of all policies counts of it; None where that is what counts in it by itself."""
    common: tuple[ConditionView, ...]
    clauses: tuple[ClauseView, ...]
    readings: tuple[Reading, ...]
    announced: Announced | None
    budgets: tuple[Budget, ...]
    """The money there is for the policy as a whole."""
    application: Application | None
    missing: tuple[MissingFact, ...]
    """The facts that its clauses wait for."""
    shared: tuple[MissingFact, ...]
    """The missing facts that more than one condition reads: the total may be wider than any completion reaches."""
    refused_by_assumption: tuple[str, ...]
    """The assumptions on which alone a refusal rests, each once."""
    unbounded_by: tuple[Bilingual, ...]
    """The lists that were not given and so leave the possible total without a limit."""

    @property
    def brings_money(self) -> bool:
        """Whether the company can be paid anything; a policy that recognises, or pays others, brings it no money."""
        return self.total.possible != 0


@frozen
class BesideView:
    """Two policies that are not paid side by side, each by its title, in the words of the first where it has any."""

    policy: str
    other: str
    says: str | None


@frozen
class Explanation:
    """A decision, whose it is, and everything that explains it."""

    company: str
    code: str | None
    engine: str
    on: date
    total: Interval
    paid_to_others: Interval
    policies: tuple[PolicyView, ...]
    """What is met goes first, each by its money: `outlook.by_money`."""
    beside: tuple[BesideView, ...]
    """The policies that exclude each other, where both can bring money."""
    lost: tuple[LostView, ...]
    """What of the possible total policies lose to others that exclude them."""
    missing: tuple[MissingFact, ...]
    """Every missing fact once, the most money at stake first; what is equal, in the order of the vocabulary."""
    waiting: tuple[Waiting, ...]
    """For each of the missing facts, in their order, what waits for it."""
    receipt: Receipt | None
    no_earlier_grants: bool
    """Whether it was assumed that nothing was granted before."""

    @classmethod
    def of(
        cls,
        evaluator: Evaluator,
        profile: AnyProfile,
        on: date,
        policy: str | None = None,
        *,
        with_receipt: bool = False,
        no_earlier_grants: bool = False,
    ) -> Explanation:
        """The decision on a profile and why it is so. Raises what `Evaluator.check` raises.

        With `no_earlier_grants` a profile without a ledger is taken as one of a company that was granted nothing
        before; the explanation says so.
        """
        known = evaluator.profile(profile)
        if no_earlier_grants:
            known = without_earlier_grants(known, evaluator.policies.vocabulary)
        examined = evaluator.examine(known, on, policy)
        found = {one.policy: one for one in examined.decision.policies}
        among = {one.policy: one for one in examined.decision.counted}
        views = [
            _policy_view(version, found[version.id], rows, among.get(version.id)) for version, rows in examined.rows
        ]
        views.sort(key=lambda view: by_money(view.standing, view.total + view.paid_to_others, view.policy))
        still_open = _in_order(open_facts(examined.decision), evaluator.policies.vocabulary)
        return cls(
            company=examined.profile.company.name,
            code=_code(examined.profile, evaluator.policies.vocabulary),
            engine=evaluator.engine,
            on=examined.decision.on,
            total=examined.decision.total,
            paid_to_others=examined.decision.paid_to_others,
            policies=tuple(views),
            beside=_beside([version for version, _ in examined.rows], views),
            lost=lost_policies(
                examined.decision.lost,
                [version for version, _ in examined.rows],
                {
                    version.id: instead_of(found[version.id], among[version.id], version.rules)
                    for version, _ in examined.rows
                    if version.id in among
                },
            ),
            missing=tuple(one.missing for one in still_open),
            waiting=waiting_for(still_open, [found[view.policy] for view in views]),
            receipt=evaluator.receipt(examined.profile, on, policy) if with_receipt else None,
            no_earlier_grants=no_earlier_grants,
        )

    def to_json(self) -> str:
        """The explanation as JSON text, words in both languages."""
        from incentives.decision.json import to_text

        return to_text(Explanation, self)


def _in_order(still_open: Sequence[OpenFact], vocabulary: Vocabulary) -> tuple[OpenFact, ...]:
    places = {
        (entity.id, fact): (number, place)
        for number, entity in enumerate(vocabulary.entities.values())
        for place, fact in enumerate((None, *entity.facts))
    }
    named = sorted(
        still_open, key=lambda one: (places[one.entity, one.fact], one.item.key if one.item is not None else "")
    )
    return tuple(sorted(named, key=lambda one: most_first(one.at_stake)))


def _beside(policies: Sequence[Policy], views: Sequence[PolicyView]) -> tuple[BesideView, ...]:
    paying = {view.policy: view.title for view in views if view.brings_money}
    known = {policy.id: policy for policy in policies}
    return tuple(
        BesideView(
            _with_clauses(paying[policy.id], policy, (other.clause,) if other.clause is not None else ()),
            _with_clauses(paying[other.policy], known[other.policy], other.others),
            other.says,
        )
        for policy in policies
        for other in policy.beside
        if policy.id in paying and other.policy in paying
    )


def _with_clauses(title: str, policy: Policy, clauses: Sequence[str]) -> str:
    """A policy by its title, with those of its clauses where only they are meant."""
    named = [clause.title for clause in policy.clauses if clause.id in clauses]
    return " · ".join([title, "、".join(named)]) if named else title


def _policy_view(
    policy: Policy, decision: PolicyDecision, rows: Sequence[Row], among: CountedAmong | None
) -> PolicyView:
    found = {_key(one.clause, one.item): one for one in decision.determinations}
    items: dict[str, list[ItemView]] = {clause.id: [] for clause in policy.clauses}
    assumed: list[str] = []
    unbounded: list[Bilingual] = []
    for row in rows:
        one = found[_key(row.clause.id, item_name(row.subject))]
        items[row.clause.id].append(_item_view(policy, row, one, decision, among))
        assumed += [reason.assumption for reason in one.refusing_assumptions if reason.assumption is not None]
        if row.clause.for_each is not None and row.subject.presence is Presence.ABSENT_LIST and not one.failed:
            unbounded.append(row.clause.for_each.title)
    return PolicyView(
        policy=policy.id,
        version=policy.version,
        title=policy.title,
        issuer=policy.issuer,
        status=decision.status,
        standing=standing_of(decision),
        period=policy.period,
        document=policy.document,
        stacking=policy.stacking,
        total=decision.total,
        paid_to_others=decision.paid_to_others,
        combined=combined_view(
            decision.combined, decision.determinations, policy.rules, decision.missing, decision.limits
        ),
        among_all=_among_all(policy, decision, among),
        common=condition_views(_in_common(Same(policy.common)), rows[0])
        if policy.common is not None and rows
        else (),
        clauses=tuple(
            _clause_view(policy, clause, items[clause.id]) for clause in policy.clauses if items[clause.id]
        ),
        readings=policy.readings,
        announced=policy.announced,
        budgets=policy.budgets,
        application=policy.application,
        missing=decision.missing,
        shared=decision.shared,
        refused_by_assumption=tuple(dict.fromkeys(assumed)),
        unbounded_by=tuple(dict.fromkeys(unbounded)),
    )


def _among_all(policy: Policy, decision: PolicyDecision, among: CountedAmong | None) -> AmongAllView | None:
    if among is None:
        return None
    return AmongAllView(among.total.possible, awards_among_all(decision, among, policy.rules))


def _clause_view(policy: Policy, clause: Clause, items: Sequence[ItemView]) -> ClauseView:
    entity = clause.for_each.title if clause.for_each is not None else None
    return ClauseView(
        clause=clause.id,
        title=clause.title,
        entity=entity,
        formula=_formula(Same(clause.award)),
        limits=tuple(told for _, told in limits_of_clause(policy.rules, clause.id)),
        items=tuple(items),
        sources=clause.sources,
        readings=clause.readings,
        budgets=clause.budgets,
    )


@lru_cache(maxsize=4096)
def _formula(of: Same[Award]) -> Bilingual:
    """What an award is worked out by, whatever the facts are."""
    return term_text(of.one.amount)


def _item_view(
    policy: Policy, row: Row, determination: Determination, decision: PolicyDecision, among: CountedAmong | None
) -> ItemView:
    present = row.subject.presence is Presence.PRESENT
    common = policy.common
    own = _of_clause(Same(row.clause.condition), common.id if common is not None else None, present)
    common_state = row.states[common.id] if common is not None else None
    refused = determination.outcome is Outcome.NOT_QUALIFIED
    worked_from = () if refused else figures(row.clause.award.amount, row)
    return ItemView(
        determination,
        counted_of(determination, decision.combined, policy.rules),
        limit_of(determination, decision.combined, policy.rules, decision.limits),
        counted_among_all(determination, decision, among, policy.rules),
        condition_views(own, row),
        common_state,
        worked_from,
    )


@lru_cache(maxsize=1024)
def _in_common(of: Same[Condition]) -> tuple[Placed, ...]:
    return laid_out(children(of.one))


@lru_cache(maxsize=16384)
def _of_clause(of: Same[Condition], common: str | None, present: bool) -> tuple[Placed, ...]:
    """What a clause asks for itself: of an item, or that there is one."""
    return laid_out(
        [
            part
            for part in children(of.one)
            if part.id != common and (part.entity == COMPANY or isinstance(part.form, ItemExists) != present)
        ]
    )


def _key(clause: str, item: ItemName | None) -> tuple[str, str | None]:
    return clause, item.key if item is not None else None


def _code(profile: Profile, vocabulary: Vocabulary) -> str | None:
    """The company's unified social credit code, where the vocabulary has such a fact and the profile gives it."""
    for fact in vocabulary.company.facts.values():
        if isinstance(fact.type, UsccType):
            value = profile.company.values.get(fact.id)
            return str(value) if value is not None else None
    return None
