"""Why a clause came out as it did and what could be done, as plain data in words. Imports advice, words and amounts.

Renderers print it and compute nothing; `to_json` gives programs the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from incentives.advice.additions import NEW_ITEM, with_item
from incentives.advice.changeable import Changeable
from incentives.advice.gains import Gain
from incentives.advice.grounds import Grounds, grounds
from incentives.advice.plan import Plan, Planner, Together
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, Way, changed
from incentives.decision.evaluator import AnyProfile, Evaluator
from incentives.decision.reasons import missing
from incentives.decision.result import Determination, ItemName, MissingFact, Reason
from incentives.engines.rows import Row
from incentives.explain.amounts import difference_text, value_text
from incentives.explain.combination import LostView, counted_of, lost_views
from incentives.explain.evidence import worked_out
from incentives.explain.words import needed, title
from incentives.facts.places import EARLIER, Place, value_at, year_before
from incentives.facts.profile import Profile
from incentives.facts.types import PlainValue
from incentives.facts.vocabulary import COMPANY, Vocabulary
from incentives.language.model import Citation, Clause, Document, Period, Policy
from incentives.language.nodes import children, walk
from incentives.language.reads import reads_in
from incentives.values import Bilingual, Interval, NotBounded, Outcome, State, Yuan


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that looks at a fact: what it asks for, and the words of the source.

    `actual` is what comes out of the facts, where the condition looks at something that is worked out from them.
    """

    node: str
    title: Bilingual
    needed: Bilingual
    actual: Bilingual | None
    says: str | None
    article: str | None
    assumption: str | None


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact that an outcome rests on. `fact` is None where it is that the list is complete as given."""

    entity: str
    item: str | None
    fact: str | None
    year: int | None
    name: Bilingual
    value: Bilingual
    self_declared: bool
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A fact that would be something else; `by` is how far apart the two are, where that can be said.

    `last_known` is what it was in the year `last_year`, the last one known, where it has years and this one is open.
    """

    entity: str
    item: str | None
    fact: str
    year: int | None
    name: Bilingual
    before: Bilingual | None
    last_year: int | None
    last_known: Bilingual | None
    after: Bilingual
    by: Bilingual | None
    or_else: tuple[Bilingual, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class WayView:
    """Changes that together change an outcome; `adds` names the kind of item that there would be one more of."""

    changes: tuple[ChangeView, ...]
    adds: Bilingual | None
    apply_on: date | None
    days_later: int | None
    outcome: Outcome
    still_missing: tuple[MissingFact, ...]
    """What the outcome then still waits for."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why one clause came out as it did on one item, and what would change that.

    `because` are few facts that settle it whatever all the others are; None where it is open, and then `missing` and
    `judgements` say what it waits for. `ways` are how a refusal would be none, fewest changes first. With
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
    counted: Interval | None
    """What of the award counts after the stacking rules; None where they take nothing from it."""
    document: Document
    sources: tuple[Citation, ...]
    because: tuple[FactView, ...] | None
    missing: tuple[MissingFact, ...]
    judgements: tuple[Reason, ...]
    ways: tuple[WayView, ...]

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
        examined = evaluator.examine(known, on, policy)
        changeable = Changeable(evaluator.policies.vocabulary, on, frozenset(fixed))
        [(version, _)], [decided] = examined.rows, examined.decision.policies
        return tuple(
            _why(version, found, counted_of(found, decided.combined, version.rules), known, on, changeable)
            for of in version.clauses
            for found in decided.determinations
            if found.clause == of.id and clause in (None, of.id)
        )


@dataclass(frozen=True, slots=True)
class ElsewhereView:
    policy: str
    title: str
    before: Interval
    after: Interval


@dataclass(frozen=True, slots=True)
class GainView:
    """One thing to do, what it brings, what stacking then takes, what it does to other policies, what it costs.

    `sources` are the places of the paper that the clause comes from.
    """

    policy: str
    policy_title: str
    clause: str
    title: str
    sources: tuple[Citation, ...]
    item: ItemName | None
    way: WayView
    award: Interval
    before: Interval
    after: Interval
    lost: tuple[LostView, ...]
    elsewhere: tuple[ElsewhereView, ...]
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

    `on` is the day of application that is planned for; `missing` is what the outcomes wait for, which comes first.
    For a later day `lapsed` are the policies that are over by then, and `validity_unpublished` the titles of those,
    asked for or with something to gain, of which nobody published how long they are in force.
    `reach` is the possible total that was asked for; `reaching` then holds the smallest sets of entries that come to
    it, by their places in `gains`.
    """

    company: str
    on: date
    total: Interval
    gains: tuple[GainView, ...]
    missing: tuple[MissingFact, ...]
    lapsed: tuple[Lapsed, ...]
    validity_unpublished: tuple[str, ...]
    reach: Yuan | None
    reaching: tuple[Together, ...]

    @property
    def reached_already(self) -> bool:
        """Whether the possible total comes to the sum as things are."""
        possible = self.total.possible
        return self.reach is not None and not isinstance(possible, NotBounded) and possible >= self.reach

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
        are; `costs` are yuan for each unit that a fact rises by. Raises what `Evaluator.check` raises.
        """
        known = evaluator.profile(profile)
        day = on if by is None else by
        changeable = Changeable(evaluator.policies.vocabulary, on, frozenset(fixed))
        plan = Planner(evaluator, known, day, changeable, costs or {}).plan(policy, clause, reach)
        versions = {version.id: version for version in evaluator.applicable(day, policy)}
        return cls(
            company=plan.company,
            on=plan.on,
            total=plan.total,
            gains=tuple(_gain_view(gain, versions[gain.policy], known, day, changeable) for gain in plan.gains),
            missing=plan.missing,
            lapsed=_lapsed(evaluator, on, day, policy),
            validity_unpublished=_validity_unpublished(plan, versions, policy) if day > on else (),
            reach=reach,
            reaching=plan.reaching or (),
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
    counted: Interval | None,
    profile: Profile,
    on: date,
    changeable: Changeable,
) -> Why:
    clause = policy.clause(found.clause)
    key = found.item.key if found.item is not None else None
    settled: Grounds = grounds(policy, clause, profile, on, key, changeable)
    trial = Trial(clause, profile, on, key)
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
        counted=counted,
        document=policy.document,
        sources=_sources(clause),
        because=_because(settled.because, _row(trial), changeable.vocabulary),
        missing=found.missing,
        judgements=found.judgements,
        ways=tuple(way_view(way, trial, changeable) for way in settled.ways),
    )


def _sources(clause: Clause) -> tuple[Citation, ...]:
    """Where a clause stands, and its award where that has a place of its own."""
    return (*clause.sources, *([clause.award.source] if clause.award.source is not None else []))


def _because(places: Sequence[Place] | None, row: Row, vocabulary: Vocabulary) -> tuple[FactView, ...] | None:
    if places is None:
        return None
    profile, settled = row.subject.profile, row.states[row.clause.condition.id]
    views: list[FactView] = []
    for place in places:
        asked = _asked_of(place, row, settled)
        name = _name(place, profile, vocabulary)
        if place.fact is None:
            count = len(profile.lists[place.entity])
            value = Bilingual(f"共{count}项，清单完整", f"{count} in all, the list is complete")
            if not count:
                value = Bilingual("无（清单为空）", "none (the list is empty)")
            views.append(FactView(place.entity, None, None, None, name, value, True, asked))
            continue
        fact = vocabulary.entities[place.entity].facts[place.fact]
        known = value_at(profile, place)
        assert known is not None, "an outcome rests on what is known"
        views.append(
            FactView(
                place.entity,
                place.item,
                place.fact,
                place.year,
                name,
                value_text(fact.type, known),
                fact.supplier is None,
                asked,
            )
        )
    return tuple(views)


def way_view(way: Way, trial: Trial, changeable: Changeable) -> WayView:
    """A way in words, as `trial` has the clause before it is gone."""
    row, vocabulary = _row(trial), changeable.vocabulary
    return WayView(
        changes=tuple(_change_view(change, row, way.adds, changeable) for change in way.changes),
        adds=vocabulary.entities[way.adds].title if way.adds is not None else None,
        apply_on=way.apply_on,
        days_later=(way.apply_on - trial.on).days if way.apply_on is not None else None,
        outcome=way.outcome,
        still_missing=_still_missing(way, trial),
    )


def _still_missing(way: Way, trial: Trial) -> tuple[MissingFact, ...]:
    """What a clause waits for after everything a way says was done."""
    if way.outcome is not Outcome.UNDETERMINED:
        return ()
    item = NEW_ITEM if way.adds is not None else trial.item
    profile = trial.profile
    if way.adds is not None and item != trial.item:
        profile = with_item(profile, way.adds)
    then = Trial(trial.clause, changed(profile, way.changes), way.apply_on or trial.on, item)
    found = missing(_row(then))
    return tuple(
        replace(one, item=None) if one.item is not None and one.item.key == NEW_ITEM else one for one in found
    )


def _row(trial: Trial) -> Row:
    subject = trial.subject()
    assert subject is not None, "what is told of an item has its item"
    return Row(trial.clause, subject, trial.states(trial.clause.condition))


def _change_view(change: Change, row: Row, adds: str | None, changeable: Changeable) -> ChangeView:
    place, fact = change.place, changeable.fact(change.place)
    new = adds is not None and place.entity == adds
    asked = _asked_of(place, row, None if new or change.before is None else State.FAILS)
    earlier = year_before(row.subject.profile, place) if change.before is None else None
    was = value_at(row.subject.profile, earlier) if earlier is not None else None
    return ChangeView(
        entity=place.entity,
        item=None if new else place.item,
        fact=fact.id,
        year=place.year,
        name=_name(place._replace(item=None) if new else place, row.subject.profile, changeable.vocabulary),
        before=value_text(fact.type, change.before) if change.before is not None else None,
        last_year=earlier.year if earlier is not None else None,
        last_known=value_text(fact.type, was) if was is not None else None,
        after=value_text(fact.type, change.after),
        by=_apart(change, changeable),
        or_else=tuple(value_text(fact.type, other) for other in change.or_else),
        asked=asked,
    )


def _apart(change: Change, changeable: Changeable) -> Bilingual | None:
    """How much more or less a number would be."""
    before, after = change.before, change.after
    if changeable.grid(change.place) is None or not _is_number(before) or not _is_number(after):
        return None
    more = after > before  # type: ignore[operator]
    large, small = (after, before) if more else (before, after)
    apart = difference_text(changeable.type_of(change.place), large, small)  # type: ignore[arg-type]
    if more:
        return Bilingual(f"多 {apart.zh}", f"{apart.en} more")
    return Bilingual(f"少 {apart.zh}", f"{apart.en} less")


def _is_number(value: PlainValue | None) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _asked_of(place: Place, row: Row, settled: State | None) -> tuple[Asked, ...]:
    """The conditions that look at a fact and came out as the whole did; all of them where nothing is settled."""
    found: list[Asked] = []
    for node in walk(row.clause.condition):
        if children(node) or (settled is not None and row.states.get(node.id) is not settled):
            continue
        reads = reads_in(node)
        looks = (place.entity, place.fact) in reads.facts if place.fact is not None else place.entity in reads.lists
        asks = needed(node)
        if looks and asks is not None:
            actual = worked_out(node, row)
            found.append(Asked(node.id, title(node), asks, actual, node.says, node.article, node.assumption))
    return tuple(found)


def _name(place: Place, profile: Profile, vocabulary: Vocabulary) -> Bilingual:
    """What a fact is called: of which item, in which year."""
    entity = vocabulary.entities[place.entity]
    if place.fact is None:
        return Bilingual(f"{entity.title.zh}清单", f"{entity.title.en} list")
    named = entity.facts[place.fact].title
    if place.year == EARLIER:
        named = Bilingual(f"{named.zh}（此前各年最高）", f"{named.en} (highest before)")
    elif place.year is not None:
        named = Bilingual(f"{named.zh}（{place.year}年）", f"{named.en} ({place.year})")
    if place.entity == COMPANY or place.item is None:
        return named
    item = next((one.name for one in profile.lists.get(place.entity, ()) if one.key == place.item), place.item)
    return Bilingual(f"{item} · {named.zh}", f"{item} · {named.en}")


def _gain_view(gain: Gain, policy: Policy, profile: Profile, on: date, changeable: Changeable) -> GainView:
    clause, key = policy.clause(gain.clause), gain.item.key if gain.item is not None else None
    if gain.way.adds is not None:
        profile, key = with_item(profile, gain.way.adds), NEW_ITEM
    return GainView(
        policy=gain.policy,
        policy_title=gain.policy_title,
        clause=gain.clause,
        title=gain.title,
        sources=_sources(clause),
        item=gain.item,
        way=way_view(gain.way, Trial(clause, profile, on, key), changeable),
        award=gain.award,
        before=gain.before,
        after=gain.after,
        lost=lost_views(gain.lost, policy),
        elsewhere=tuple(ElsewhereView(one.policy, one.title, one.before, one.after) for one in gain.elsewhere),
        cost=gain.cost,
        cost_is_whole=gain.cost_is_whole,
        only_told=gain.only_told,
        rests_on_assumption=gain.rests_on_assumption,
    )
