"""Why a clause came out as it did and what could be done, as plain data in words. Imports advice, words and amounts.

Renderers print it and compute nothing; `to_json` gives programs the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from incentives.advice.changeable import Changeable
from incentives.advice.effects import AwardChange
from incentives.advice.gains import Gain
from incentives.advice.grounds import Grounds, grounds
from incentives.advice.plan import Plan, Planner
from incentives.advice.reaching import Together, every_set_tried
from incentives.advice.trial import Trial
from incentives.advice.ways import after_way
from incentives.decision.evaluator import AnyProfile, Evaluator
from incentives.decision.result import AwardResult, Determination, ItemName, Lost, MissingFact, PolicyDecision, Reason
from incentives.engines.subjects import Presence
from incentives.explain.asked import Asked, refused_by_day
from incentives.explain.changes import FactView, WayView, because_views, way_view
from incentives.explain.combination import LostView, lost_policies, lost_views
from incentives.explain.counted import counted_of, instead_of, limit_of
from incentives.explain.in_force import OutOfForce, out_of_force
from incentives.explain.passage import asked_in
from incentives.facts.profile import Profile
from incentives.language.model import Award, Citation, Clause, Document, Period, Policy
from incentives.values import WITHOUT_MONEY, Bilingual, Interval, NotBounded, Outcome, Yuan


@dataclass(frozen=True, slots=True)
class Why:
    """Why one clause came out as it did on one item, and what would change that.

    `because` are few facts that settle it whatever all the others are; None where it is open, and then `missing` and
    `judgements` say what it waits for. `ways` are how a refusal would be none, fewest changes first,
    `more_ways` where there are or may be others. With
    `rests_on_assumption` a refusal would not stand without what the encoder added.
    """

    company: str
    on: date
    policy: str
    policy_title: str
    clause: str
    title: str
    item: ItemName | None
    outcome: Outcome
    rests_on_assumption: bool
    award: Interval
    granted: AwardResult
    """The award as the decision has it; `award` is its interval."""
    each: Bilingual | None
    """What one item is called, where nobody gave their list; None where it was given, and for the company."""
    counted: Interval | None
    """What of the award counts after the stacking rules; None where they take nothing from it."""
    limit: Yuan | None
    """What limits let an award come to that has no upper end itself: `counted.limit_of`."""
    document: Document
    period: Period
    """When the policy is in force, as far as that was published."""
    sources: tuple[Citation, ...]
    because: tuple[FactView, ...] | None
    by_day: tuple[Asked, ...]
    """What refuses it by the day of application alone."""
    firm: tuple[FactView, ...] | None
    """Where there is no way: few facts that cannot change and alone refuse it on every day that is left of the year.

    None of them where the rules do so by themselves; None where that is not so, or cannot be told.
    """
    missing: tuple[MissingFact, ...]
    judgements: tuple[Reason, ...]
    ways: tuple[WayView, ...]
    more_ways: bool
    later_years: bool
    """Where there is no way: whether an application in a later year might not be refused."""

    @classmethod
    def of(
        cls,
        evaluator: Evaluator,
        profile: AnyProfile,
        on: date,
        policy: str,
        clause: str | None = None,
        *,
        fixed: Iterable[str] = (),
    ) -> tuple[Why, ...]:
        """One for each item of a clause, or of all clauses of a policy, in the order of the decision.

        `fixed` are facts, and kinds of items, that are held as they are. Raises what `Evaluator.check` raises.
        """
        known = evaluator.profile(profile)
        examined = evaluator.fast.examine(known, on, policy)
        changeable = Changeable(evaluator.policies.vocabulary, on, frozenset(fixed))
        [(version, _)], [decided] = examined.rows, examined.decision.policies
        followed = any(one.period.start > on for one in evaluator.policies.versions(policy))
        return tuple(
            _why(version, found, decided, known, on, changeable, followed)
            for of in version.clauses
            for found in decided.determinations
            if found.clause == of.id and clause in (None, of.id)
        )


@dataclass(frozen=True, slots=True)
class ElsewhereView:
    """The total of another policy, and what its stacking rules then take."""

    policy: str
    title: str
    before: Interval
    after: Interval
    lost: tuple[LostView, ...]


@dataclass(frozen=True, slots=True)
class AwardView(AwardChange):
    """An award that comes out otherwise; `asked` is what refused it and looks at what would change."""

    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class GainView:
    """One thing to do, what it brings, what stacking then takes, what it does to other policies, what it costs.

    `sources` are the places of the paper that the clause comes from. `awards` are all that come out otherwise, the
    clause's own among them; `all_before` and `all_after` what all policies come to together, and `excluded` what they
    then lose to one another. With `pays` it brings money. `granted` is the clause's award as it
    then is where words tell it: what is no money, such as a title, or what a person decides.
    """

    policy: str
    policy_title: str
    clause: str
    title: str
    sources: tuple[Citation, ...]
    item: ItemName | None
    way: WayView
    award_before: Interval
    award: Interval
    pays: bool
    granted: AwardResult | None
    awards: tuple[AwardView, ...]
    before: Interval
    after: Interval
    lost: tuple[LostView, ...]
    elsewhere: tuple[ElsewhereView, ...]
    all_before: Interval
    all_after: Interval
    excluded: tuple[LostView, ...]

    @property
    def other_awards(self) -> tuple[AwardView, ...]:
        """The awards that come out otherwise beside the one that the entry was found for."""
        own = (self.policy, self.clause, self.item)
        return tuple(one for one in self.awards if (one.policy, one.clause, one.item) != own)

    cost: Yuan
    cost_is_whole: bool
    only_told: bool
    rests_on_assumption: bool


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A policy that is in force now and will not be any more on the day that is planned for."""

    policy: str
    title: str
    period: Period


@dataclass(frozen=True, slots=True)
class GapPlan:
    """What a company could do to be granted more, what asks for least first, each entry on its own.

    `on` is the day of application that is planned for; `total` is what the policies come to as things are, and
    `brings_money` whether any of their clauses pays money at all; `missing` is what the outcomes wait for, which
    comes first.
    `not_in_force` is the policy that was asked for, where it is not in force on that day. For a later day `lapsed`
    are the policies that are over by then, and `validity_unpublished` the titles of those, asked for or with
    something to gain, of which nobody published how long they are in force.
    `ways_left` are the titles of clauses to which there are or may be other ways than were tried.
    `reach` is the possible total that was asked for; `reaching` then holds the smallest sets of entries that come to
    it, by their places in `gains`.
    """

    company: str
    on: date
    total: Interval
    brings_money: bool
    gains: tuple[GainView, ...]
    missing: tuple[MissingFact, ...]
    not_in_force: tuple[OutOfForce, ...]
    lapsed: tuple[Lapsed, ...]
    validity_unpublished: tuple[str, ...]
    reach: Yuan | None
    reaching: tuple[Together, ...]
    ways_left: tuple[str, ...]

    @property
    def reached_already(self) -> bool:
        """Whether the possible total comes to the sum as things are."""
        possible = self.total.possible
        return self.reach is not None and not isinstance(possible, NotBounded) and possible >= self.reach

    @property
    def every_set_tried(self) -> bool:
        """Whether no set of entries was left out in looking for those that reach the sum."""
        return every_set_tried(len(self.gains))

    @classmethod
    def of(
        cls,
        evaluator: Evaluator,
        profile: AnyProfile,
        on: date,
        policy: str | None = None,
        *,
        by: date | None = None,
        clause: str | None = None,
        reach: Yuan | None = None,
        fixed: Iterable[str] = (),
        costs: Mapping[str, Yuan] | None = None,
    ) -> GapPlan:
        """The plan from the day `on` for an application on the day `by`, by default the same.

        A year that is over on the day `on` is history. `fixed` are facts, and kinds of items, that are held as they
        are; `costs` are yuan for each unit that a fact rises by, or for being something else where it is no number.
        Raises what `Evaluator.check` raises.
        """
        known = evaluator.profile(profile)
        day = on if by is None else by
        changeable = Changeable(evaluator.policies.vocabulary, on, frozenset(fixed))
        plan = Planner(evaluator.fast, known, day, changeable, costs or {}).plan(policy, clause, reach)
        versions = {version.id: version for version in evaluator.applicable(day, policy)}
        return cls(
            company=plan.company,
            on=plan.on,
            total=plan.total,
            brings_money=any(
                clause.award.basis not in WITHOUT_MONEY for version in versions.values() for clause in version.clauses
            ),
            gains=tuple(_gain_view(gain, versions, known, day, changeable, evaluator.fast) for gain in plan.gains),
            missing=plan.missing,
            not_in_force=out_of_force(evaluator, day, policy),
            lapsed=_lapsed(evaluator, on, day, policy),
            validity_unpublished=_validity_unpublished(plan, versions, policy) if day > on else (),
            reach=reach,
            reaching=plan.reaching or (),
            ways_left=tuple(dict.fromkeys(versions[of].clause(clause).title for of, clause in plan.ways_left)),
        )

    def to_json(self) -> str:
        """The plan as JSON text, words in both languages."""
        from incentives.decision.json import to_text

        return to_text(GapPlan, self)


def _lapsed(evaluator: Evaluator, on: date, day: date, policy: str | None) -> tuple[Lapsed, ...]:
    now = {version.id for version in evaluator.applicable(on, policy) if version.period.contains(on)}
    later = evaluator.applicable(day, policy)
    return tuple(
        Lapsed(version.id, version.title, version.period)
        for version in later
        if version.id in now and not version.period.contains(day)
    )


def _validity_unpublished(plan: Plan, versions: Mapping[str, Policy], asked: str | None) -> tuple[str, ...]:
    concerned = {gain.policy for gain in plan.gains} | ({asked} if asked is not None else set())
    open_ended = [one for one in versions.values() if one.period.end is None and not one.period.end_published]
    return tuple(version.title for version in open_ended if version.id in concerned)


def why_json(found: Sequence[Why]) -> str:
    """Explanations as JSON text, a list of them."""
    from incentives.decision.json import to_text

    return to_text(list[Why], list(found))


def _why(
    policy: Policy,
    found: Determination,
    decided: PolicyDecision,
    profile: Profile,
    on: date,
    changeable: Changeable,
    followed: bool,
) -> Why:
    """`followed` says that a later version of the policy takes its place, which may ask for something else."""
    clause = policy.clause(found.clause)
    each = clause.for_each
    key = found.item.key if found.item is not None else None
    settled: Grounds = grounds(policy, clause, profile, on, key, changeable)
    trial = Trial(clause, profile, on, key)
    stands = found.outcome is Outcome.NOT_QUALIFIED and not settled.ways.told
    return Why(
        company=profile.company.name,
        on=on,
        policy=policy.id,
        policy_title=policy.title,
        clause=clause.id,
        title=clause.title,
        item=found.item,
        outcome=found.outcome,
        rests_on_assumption=found.rests_on_assumption,
        award=found.award.interval,
        granted=found.award,
        each=each.title if each is not None and found.presence is Presence.ABSENT_LIST else None,
        counted=counted_of(found, decided.combined, policy.rules),
        limit=limit_of(found, decided.combined, policy.rules, decided.limits),
        document=policy.document,
        period=policy.period,
        sources=_sources(clause),
        because=because_views(settled.because, trial, changeable.vocabulary),
        by_day=refused_by_day(trial, {reason.node for reason in found.failed}),
        firm=because_views(settled.firm.places, settled.firm.trial, changeable.vocabulary) if settled.firm else None,
        missing=found.missing,
        judgements=found.judgements,
        ways=tuple(way_view(way, trial, changeable) for way in settled.ways.told),
        more_ways=settled.ways.left_out,
        later_years=stands and (settled.later_years or followed),
    )


def _sources(clause: Clause) -> tuple[Citation, ...]:
    """Where a clause stands, and its award where that has a place of its own."""
    return (*clause.sources, *([clause.award.source] if clause.award.source is not None else []))


def _names(policy: Policy, profile: Profile) -> dict[str, str]:
    """What each award of a policy is called, by the name stacking has for it; a new item has no name yet."""
    named = {of.id: of.title for of in policy.clauses}
    for of in policy.clauses:
        for item in profile.lists.get(of.for_each.id, ()) if of.for_each is not None else ():
            named[f"{of.id}/{item.key}"] = f"{of.title} · {item.name}"
    return named


def _award_view(
    award: AwardChange, gain: Gain, versions: Mapping[str, Policy], profile: Profile, on: date
) -> AwardView:
    key = award.item.key if award.item is not None else None
    trial = Trial(versions[award.policy].clause(award.clause), profile, on, key)
    return AwardView(
        policy=award.policy,
        policy_title=award.policy_title,
        clause=award.clause,
        title=award.title,
        articles=award.articles,
        item=award.item,
        is_new=award.is_new,
        outcome_before=award.outcome_before,
        outcome_after=award.outcome_after,
        before=award.before,
        after=award.after,
        is_money=award.is_money,
        asked=asked_in(gain.way, trial, of_new=award.is_new),
    )


def _instead(gain: Gain, profile: Profile, on: date, evaluator: Evaluator) -> dict[str, tuple[str, ...]]:
    """Which awards of each policy then count in place of what it gives up for others."""
    day = on if gain.way.apply_on is None else gain.way.apply_on
    decided = evaluator.check(after_way(profile, gain.way), day)
    rules = {version.id: version.rules for version in evaluator.applicable(day)}
    found = {one.policy: one for one in decided.policies}
    return {one.policy: instead_of(found[one.policy], one, rules[one.policy]) for one in decided.counted}


def _granted(gain: Gain, clause: Clause, profile: Profile, on: date, evaluator: Evaluator) -> AwardResult:
    """The award of the clause of an entry as it then is."""
    day = on if gain.way.apply_on is None else gain.way.apply_on
    key = gain.item.key if gain.item is not None else gain.way.new_of(clause.for_each)
    decided = evaluator.check(after_way(profile, gain.way), day, gain.policy).determinations
    of_clause = [one for one in decided if one.clause == clause.id]
    return next(one.award for one in of_clause if (one.item.key if one.item is not None else None) == key)


def _is_told_in_words(award: Award) -> bool:
    """Whether an award is, or comes with, something that is no figure: what is no money, or what a person decides."""
    return (
        any(one is not None for one in (award.words, award.recognises, award.in_kind)) or award.basis in WITHOUT_MONEY
    )


def _gain_view(
    gain: Gain,
    versions: Mapping[str, Policy],
    profile: Profile,
    on: date,
    changeable: Changeable,
    evaluator: Evaluator,
) -> GainView:
    policy = versions[gain.policy]
    clause, key = policy.clause(gain.clause), gain.item.key if gain.item is not None else None

    def lost(some: Iterable[Lost], of: Policy) -> tuple[LostView, ...]:
        return lost_views(some, of, _names(of, profile))

    return GainView(
        policy=gain.policy,
        policy_title=gain.policy_title,
        clause=gain.clause,
        title=gain.title,
        sources=_sources(clause),
        item=gain.item,
        way=way_view(gain.way, Trial(clause, profile, on, key), changeable),
        award_before=gain.award_before,
        award=gain.award,
        pays=gain.pays,
        granted=_granted(gain, clause, profile, on, evaluator) if _is_told_in_words(clause.award) else None,
        awards=tuple(_award_view(one, gain, versions, profile, on) for one in gain.awards),
        before=gain.before,
        after=gain.after,
        lost=lost(gain.lost, policy),
        elsewhere=tuple(
            ElsewhereView(one.policy, one.title, one.before, one.after, lost(one.lost, versions[one.policy]))
            for one in gain.elsewhere
        ),
        all_before=gain.all_before,
        all_after=gain.all_after,
        excluded=lost_policies(
            gain.excluded, versions.values(), _instead(gain, profile, on, evaluator) if gain.excluded else None
        ),
        cost=gain.cost,
        cost_is_whole=gain.cost_is_whole,
        only_told=gain.only_told,
        rests_on_assumption=gain.rests_on_assumption,
    )
