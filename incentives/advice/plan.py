"""What a company could do to be granted more: changes, what each brings, what stacking then takes. Imports grounds.

More is money, and what is granted that is no money: a title, a relief, something in kind.

Each entry is found on the reference evaluator and then tried: the changed profile is decided by the engine at hand,
and what is told is the difference of the two decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain, combinations, repeat
from typing import NamedTuple, TypeGuard, assert_never

from incentives.advice.additions import with_new_items
from incentives.advice.certain import without_what_is_open
from incentives.advice.changeable import Changeable
from incentives.advice.effects import Effect, Effects, verdict_on
from incentives.advice.filling import filled
from incentives.advice.findings import Findings
from incentives.advice.gains import Gain, comes_nearer, in_order, less, not_outdone, once_each
from incentives.advice.grounds import beside_each_other, can_move, ways_out, with_one_more
from incentives.advice.grown import Added, new_keys
from incentives.advice.jumps import granted_in_words, jumps
from incentives.advice.reaching import Together, comes_to, reaching
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, Way, Ways, after_way, changes_of, same, same_in_any_order, with_changes
from incentives.advice.worthwhile import is_worthless, more, only_unsure, outweighed, settles, takes_away
from incentives.decision.evaluator import Evaluator
from incentives.decision.result import Determination, MissingFact, merged
from incentives.engines.rows import OUTCOMES, Verdict
from incentives.facts.places import Place
from incentives.facts.profile import Profile
from incentives.facts.types import PlainValue
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import Clause, Policy
from incentives.values import (
    EXACT,
    NOTHING,
    WITHOUT_MONEY,
    ZERO,
    Interval,
    Outcome,
    State,
    Yuan,
)

_Held = tuple[Determination, Clause, Way]
"""A way that raises an award without bringing more, and what it was found for."""

MOST_HELD = 12
"""Of these those that are tried together, two at a time."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What could be done by the day of application, what asks for least first; nothing that another entry outdoes.

    `ways_left` are clauses, as pairs of policy and clause, to which there are or may be other ways than were tried.

    `missing` are the facts that outcomes or awards wait for, which come before everything that could be done.

    `reaching` are the smallest sets of entries that bring the possible total to what was asked for; None where
    nothing was.
    """

    company: str
    on: date
    total: Interval
    gains: tuple[Gain, ...]
    missing: tuple[MissingFact, ...]
    reaching: tuple[Together, ...] | None
    ways_left: tuple[tuple[str, str], ...]


class Planner(NamedTuple):
    """Makes plans for one profile and one day of application. `costs` are yuan: of a number for each unit that it
    rises by, of anything else for being something else.
    """

    evaluator: Evaluator
    profile: Profile
    on: date
    changeable: Changeable
    costs: Mapping[str, Yuan]

    def plan(self, policy: str | None = None, clause: str | None = None, reach: Yuan | None = None) -> Plan:
        """Everything that brings something; for one policy or one clause, where they are named.

        With `reach` also which entries bring the possible total of these policies to that sum.
        """
        examined = self.evaluator.examine(self.profile, self.on, policy)
        effects = Effects(self.evaluator, examined)
        decided = effects.policies
        findings = Findings(self.profile)
        gains: list[Gain] = []
        left: dict[tuple[str, str], None] = {}
        held: list[_Held] = []
        for version, _ in examined.rows:
            of_clauses = [one for one in decided[version.id].determinations if clause in (None, one.clause)]
            for found, ways in self._ways_of(version, of_clauses, findings):
                left |= {(version.id, found.clause): None} if ways.left_out else {}
                of, wanted = version.clause(found.clause), clause is not None
                told = [way for way in ways.told if wanted or not self._may_be_in_vain(effects, found, of, way)]
                left |= {(version.id, found.clause): None} if len(told) < len(ways.told) else {}
                each = [one for way in told for one in _by_what_they_bring(effects, found, of, way)]
                for way in each:
                    gain = self._tried(effects, found, of, way, wanted=wanted)
                    if gain is not None:
                        gains.append(gain)
                    elif _raises_by_itself(effects, found, of, way):
                        held.append((found, of, way))
        gains += self._together_with_others(effects, held)
        best = in_order(once_each(not_outdone(gains)), self.profile, self.on)
        total = examined.decision.total
        reaching = None if reach is None else tuple(self._reaching(best, total, reach, policy))
        waits = merged(
            fact
            for one in decided.values()
            for found in one.determinations
            if clause in (None, found.clause)
            for fact in found.missing
        )
        return Plan(examined.profile.company.name, self.on, total, tuple(best), waits, reaching, tuple(left))

    def _together_with_others(self, effects: Effects, held: Sequence[_Held]) -> Iterator[Gain]:
        """Two changes of which each raises an award that stacking holds down, and both together bring more."""
        for (found, clause, way), (other, _, more_of) in combinations(held[:MOST_HELD], 2):
            places = {change.place for change in way.changes}
            if found.policy != other.policy or any(change.place in places for change in more_of.changes):
                continue
            both = replace(way, changes=(*way.changes, *more_of.changes))
            gain = self._tried(effects, found, clause, both, wanted=False)
            if gain is not None:
                yield gain

    def _reaching(
        self, gains: Sequence[Gain], total: Interval, reach: Yuan, policy: str | None
    ) -> Iterator[Together]:
        """The sets of entries that reach the sum; none where it is reached as things are."""

        def total_after(ways: Sequence[Way]) -> Interval:
            profile = self.profile
            for way in ways:
                profile = after_way(profile, way)
            on = max((way.apply_on for way in ways if way.apply_on is not None), default=self.on)
            return self.evaluator.screen(profile, on, policy).total

        if not comes_to(total, reach):
            unsaid = {place for place, gain in enumerate(gains) if self._hangs_on_what_is_unsaid(gain)}
            yield from reaching(gains, total_after, reach, unsaid)

    def _hangs_on_what_is_unsaid(self, gain: Gain) -> bool:
        """Whether what the clause of an entry grants waits for a fact of an item that it adds."""
        new = {(added.entity, key) for added in gain.way.adds for key in added.keys}
        if not new:
            return False
        decided = self.evaluator.check(after_way(self.profile, gain.way), gain.way.apply_on or self.on, gain.policy)
        waits = (fact for one in decided.determinations if one.clause == gain.clause for fact in one.missing)
        return any(fact.item is not None and (fact.entity, fact.item.key) in new for fact in waits)

    def _ways_of(
        self, version: Policy, determinations: Iterable[Determination], findings: Findings
    ) -> Iterator[tuple[Determination, Ways]]:
        """What could be done for each determination; what one more item would be, once for each clause."""
        more: dict[str, Ways] = {}
        told: set[tuple[str, object]] = set()
        for found in determinations:
            trial = Trial(version.clause(found.clause), self.profile, self.on, _key(found), findings)
            ways = self._ways(version, trial, found)
            if found.outcome is Outcome.NOT_QUALIFIED:
                if found.clause not in more:
                    more[found.clause] = self._ways_of_one_more(version, trial)
                fresh = tuple(way for way in more[found.clause].told if (found.clause, same(way)) not in told)
                beside = beside_each_other(ways, Ways(fresh, more[found.clause].left_out))
                told |= {(found.clause, same(way)) for way in beside.told[len(ways.told) :]}
                ways = beside
            yield found, ways

    def _ways(self, policy: Policy, trial: Trial, found: Determination) -> Ways:
        """What could be done for one clause on one item, by how it stands."""
        match found.outcome:
            case Outcome.NOT_QUALIFIED | Outcome.QUALIFIED:
                every = [ways_out(one, policy, self.changeable) for one in (trial, *jumps(trial))]
                return _together(every, trial)
            case Outcome.NEEDS_REVIEW:
                every = [ways_out(one, policy, self.changeable) for one in jumps(trial)]
                return _together([*every, self._ways_to_certain(policy, trial)], trial)
            case Outcome.UNDETERMINED:
                return _together([self._supplied(trial, found), self._ways_to_certain(policy, trial)], trial)
            case _:
                assert_never(found.outcome)

    def _supplied(self, trial: Trial, found: Determination) -> Ways:
        """What a clause waits for, as it would have to be."""
        open_places = [place for place in places_of_missing(found.missing) if can_move(place, trial, self.changeable)]
        changes = changes_of(filled(trial, open_places, self.changeable))
        after = trial._replace(profile=with_changes(trial.profile, changes)).state()
        if not changes or after is None or after is State.MISSING:
            return Ways((), left_out=False)
        return Ways((Way(changes, OUTCOMES[after]),), left_out=False)

    def _ways_to_certain(self, policy: Policy, trial: Trial) -> Ways:
        """What could be done of what is known for a clause to be met whatever is not."""
        certain = without_what_is_open(trial) if trial.subject() is not None else None
        return Ways((), left_out=False) if certain is None else ways_out(certain, policy, self.changeable)

    def _ways_of_one_more(self, policy: Policy, trial: Trial) -> Ways:
        """What one more item of the list that a clause goes through would be, and what more for more of an award."""
        clause = trial.clause
        if clause.for_each is None or clause.for_each.id not in self.profile.lists:
            return Ways((), left_out=False)
        new = with_new_items(trial, (Added(clause.for_each.id, new_keys(self.profile, clause.for_each.id, 1)),))
        goals = [trial._replace(clause=one.clause) for one in jumps(new, of_new=True)]
        return _together([with_one_more(one, policy, self.changeable) for one in (trial, *goals)], trial)

    def _tried(
        self, effects: Effects, found: Determination, clause: Clause, way: Way, *, wanted: bool
    ) -> Gain | None:
        """The way with what it brings; None where it brings nothing more, or nothing of the clause that pays money.

        What is no money cannot be weighed against what a way takes: where it takes something, it is told only of a
        clause that is `wanted`, by its name. Of that also what it grants to others, or what stacking takes again.
        """
        effect, before = effects.of(way), effects.policies[found.policy]
        after = effect.policies[found.policy].total
        is_new, now = way.new_of(clause.for_each) is not None, _then(effect, found, clause, way)
        if now is None:
            return None
        elsewhere, together = effects.elsewhere(effect, found.policy), effect.together.total
        certain = settles(found, now)
        pays = (more(before.total, after) or certain) and not (
            outweighed(before.total, after, elsewhere)
            or is_worthless(effects.before.total, together, settles=certain)
        )
        stood = Outcome.NOT_QUALIFIED if is_new else found.outcome
        is_no_money = clause.award.basis in WITHOUT_MONEY
        as_before = stood is now.outcome and found.award.interval == now.award
        if not is_no_money and (now.award == NOTHING or (as_before and not is_new)):
            return None
        otherwise = is_no_money and not is_new and self._grants_another(found, clause, way)
        grants = otherwise or (is_no_money and comes_nearer(stood, now.outcome))
        grants |= wanted and more(NOTHING if is_new else found.award.interval, now.award)
        if not pays and not grants:
            return None
        awards = effects.awards(effect)
        pays = pays and not (is_no_money and only_unsure(awards))
        if not pays and not grants:
            return None
        takes = less(together.possible, effects.before.total.possible) or any(map(takes_away, awards))
        if not pays and takes and not wanted:
            return None
        only_told = self._only_told(way)
        cost, whole = (ZERO, True) if only_told else self._cost(way)
        return Gain(
            policy=found.policy,
            policy_title=before.title,
            clause=found.clause,
            title=found.title,
            item=None if is_new else found.item,
            way=way,
            award_before=NOTHING if is_new else found.award.interval,
            award=now.award,
            awards=awards,
            before=before.total,
            after=after,
            lost=effects.lost(effect, found.policy),
            elsewhere=elsewhere,
            all_before=effects.before.total,
            all_after=together,
            excluded=effects.excluded(effect),
            pays=pays,
            cost=cost,
            cost_is_whole=whole,
            only_told=only_told,
            grants_another=otherwise,
            rests_on_assumption=found.rests_on_assumption,
        )

    def _grants_another(self, found: Determination, clause: Clause, way: Way) -> bool:
        """Whether what the rows of a clause grant, and that is no money, is then another thing."""
        here = Trial(clause, self.profile, self.on, _key(found))
        then = Trial(clause, after_way(self.profile, way), way.apply_on or self.on, _key(found))
        return granted_in_words(then) not in (None, granted_in_words(here))

    def _may_be_in_vain(self, effects: Effects, found: Determination, clause: Clause, way: Way) -> bool:
        """Whether the company would be another thing, such as where it is, for an award that may not come."""
        if not self._changes_what_it_is(way):
            return False
        now = _then(effects.of(way), found, clause, way)
        return now is not None and now.outcome is Outcome.UNDETERMINED

    def _changes_what_it_is(self, way: Way) -> bool:
        """Whether something of the company itself would be another thing, such as where it is; not a figure of it."""
        return any(
            change.place.entity == COMPANY
            and change.before is not None
            and self.changeable.grid(change.place) is None
            for change in way.changes
        )

    def _only_told(self, way: Way) -> bool:
        """Whether all the changes are facts that are what they are and were not given; not of a year still to end."""
        since = self.changeable.since.year
        return bool(way.changes) and all(
            change.before is None and not way.adds and (change.place.year is None or change.place.year < since)
            for change in way.changes
        )

    def _cost(self, way: Way) -> tuple[Yuan, bool]:
        """What those changes of a way cost together of which somebody says it; whether that is all of them."""
        total, whole = ZERO, True
        for change in chain.from_iterable(repeat(one, way.times(one)) for one in way.changes):
            rate = self._rate(change.place)
            before = change.before if change.before is not None else 0
            if rate is None:
                whole = False
                continue
            if not _is_number(change.after) or not _is_number(before):
                total = EXACT.add(total, rate)  # what is no number costs as much whatever it becomes
                continue
            rise = EXACT.subtract(change.after, before)
            if rise > 0:
                total = EXACT.add(total, EXACT.multiply(rise, rate))
        return total, whole

    def _rate(self, place: Place) -> Yuan | None:
        if place.fact is None:
            return None
        if place.fact in self.costs:
            return self.costs[place.fact]
        spent = place.fact in self.changeable.vocabulary.entities[place.entity].spent
        return Decimal(1) if spent else None


def _raises_by_itself(effects: Effects, found: Determination, clause: Clause, way: Way) -> bool:
    """Whether a way that changes what is there, on the same day, raises the award of its clause by itself."""
    if way.adds or way.apply_on is not None:
        return False
    now = _then(effects.of(way), found, clause, way)
    return now is not None and more(found.award.interval, now.award)


def _by_what_they_bring(effects: Effects, found: Determination, clause: Clause, way: Way) -> Iterator[Way]:
    """A way with those of its other choices that bring the same, and with each of the rest that bring another sum."""

    def brings(one: Way) -> object:
        effect, now = effects.of(one), _then(effects.of(one), found, clause, one)
        totals = {name: of.total for name, of in effect.policies.items()}
        return effect.together.total, tuple(sorted(totals.items())), None if now is None else (now.award, now.outcome)

    base, alike, apart = brings(way), list[Change](), list[Way]()
    for number, change in enumerate(way.changes):
        same_as: dict[object, list[PlainValue]] = {}
        for value in change.or_else:
            other = _with_change(way, number, replace(change, after=value, or_else=()))
            same_as.setdefault(brings(other), []).append(value)
        alike.append(replace(change, or_else=tuple(same_as.pop(base, ()))))
        for first, *others in same_as.values():
            apart.append(_with_change(way, number, replace(change, after=first, or_else=tuple(others))))
    yield replace(way, changes=tuple(alike))
    yield from apart


def _with_change(way: Way, number: int, change: Change) -> Way:
    """A way with one change in another's place, and none of the other choices of the rest."""
    rest = [replace(one, or_else=()) for one in way.changes]
    return replace(way, changes=(*rest[:number], change, *rest[number + 1 :]))


def _then(effect: Effect, found: Determination, clause: Clause, way: Way) -> Verdict | None:
    """How a clause comes out after a way, on the item at hand or the first new one."""
    return verdict_on(effect, found.policy, found.clause, way.new_of(clause.for_each) or _key(found))


def _together(every: Sequence[Ways], trial: Trial) -> Ways:
    """Ways that were found for more than a clause asks, each once, with what the clause itself comes to."""
    told: dict[object, Way] = {}
    most_choices = sorted(chain.from_iterable(ways.told for ways in every), key=_choices_told, reverse=True)
    for way in most_choices:
        if same_in_any_order(way) not in told:
            item = way.new_of(trial.clause.for_each) or trial.item
            then = Trial(trial.clause, after_way(trial.profile, way), way.apply_on or trial.on, item)
            state = then.state()
            told[same_in_any_order(way)] = way if state is None else replace(way, outcome=OUTCOMES[state])
    return Ways(tuple(told.values()), any(ways.left_out for ways in every))


def _choices_told(way: Way) -> int:
    return sum(len(change.or_else) for change in way.changes)


def places_of_missing(missing: Iterable[MissingFact]) -> Iterator[Place]:
    """The places of facts that are missing; not of lists."""
    for one in missing:
        if one.fact is not None:
            item = one.item.key if one.item is not None else None
            yield from (Place(one.entity, item, one.fact, year) for year in one.years or (None,))


def _is_number(value: object) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _key(found: Determination) -> str | None:
    return found.item.key if found.item is not None else None
