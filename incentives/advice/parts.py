"""The parts of a decision that are decided anew for each possible answer: single clauses, and totals under caps.

Imports decisions, engines, the model and facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from typing import NamedTuple

from incentives.advice.answers import Answer, Answered, answers, with_answer
from incentives.advice.bearing import Standing, Tests
from incentives.advice.contents import Looking
from incentives.advice.crossings import beside_turns, comparisons
from incentives.advice.looks import Look, Row
from incentives.advice.reads import Read, Spot, Spots, compared_in, is_among, reads_of, reads_of_rules, reads_of_terms
from incentives.advice.settling import Shown, Tried
from incentives.decision.assemble import limits_wait_for
from incentives.decision.claims import Claim
from incentives.decision.screening import screening
from incentives.engines.native.engine import NativeEngine
from incentives.engines.rows import Awaiting, Verdict
from incentives.engines.subjects import Presence, Subject, company_subject
from incentives.facts.ledger import LEDGER, LEDGER_KIND, LEDGER_MATTER
from incentives.facts.places import EARLIER, Place, value_at
from incentives.facts.profile import Profile
from incentives.facts.types import CodeType, MoneyType, RateType, Series, TextType, YearlyType
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import Clause, Policy, terms_of
from incentives.language.nodes import Condition, OverItems, Term, TimesGranted, YearsGranted, YearsSinceGranted
from incentives.language.reads import everything_in
from incentives.values import Outcome, State

_MATTER = (LEDGER, LEDGER_MATTER)
_KIND = (LEDGER, LEDGER_KIND)
_WORDS = (TextType, CodeType)
"""Types whose values meet others in being the same alone."""

_MOST_LOOKS = 4000
"""Profiles of which a part remembers what it comes to."""


class PartBearing(NamedTuple):
    """As `Bearing`, of all that a part says: a way that is None can need all facts."""

    ways: tuple[Spots | None, ...]
    shown: tuple[Shown, ...]
    complete: bool


class Part:
    """One clause of one policy; or, where it is None, the total that the policy's rules limit.

    It remembers what it found for the profile it was last asked about, and for answers to it.
    """

    def __init__(self, policy: Policy, clause: Clause | None, on: date, engine: NativeEngine) -> None:
        self.policy = policy
        self.clause = clause
        self._on = on
        self._engine = engine
        if clause is None:
            self.reads = reads_of_rules(policy, on)
            self.counts_grants = _counts_grants([term for rule in policy.rules for term in terms_of(rule)])
            self._alone = policy
            of_clauses = {spot for one in policy.clauses for spot in reads_of(one, on)}
            depends_on = {*self.reads, *of_clauses}
        else:
            self.reads = reads_of(clause, on)
            self.counts_grants = _counts_grants((clause.condition, clause.award.amount))
            depends_on = {*self.reads}
            self._alone = policy._replace(clauses=(clause,), rules=())
        self._looking = Looking.at(depends_on)
        compared = () if clause is None else comparisons(compared_in(clause, on), on)
        self._compared = tuple([(one, Looking.at(one.facts)) for one in compared])
        self._of_award = frozenset(reads_of_terms([clause.award.amount] if clause is not None else [], on))
        self._beyond_lists = tuple(_beyond_lists(clause, self._of_award, on)) if clause is not None else ()
        self._tests = Tests(clause, on) if clause is not None else None
        days = [read.since for read in self.reads.values() if read.since is not None]
        self._opening = frozenset(Place(day.entity, None, day.id) for day in days if day.entity == COMPANY)
        self._years = _years(self.reads)
        self._answers: dict[Spot, tuple[Answer, ...]] = {}
        self._of: Profile | None = None
        self._forget()

    def afresh(self, engine: NativeEngine) -> Part:
        """The same part for another interview: what goes by no profile is shared, and nothing else."""
        other = copy(self)
        other._engine = engine
        other._of = None
        other._forget()
        return other

    def _forget(self) -> None:
        """Forget everything that was found for a profile."""
        self._look = Look(())
        self._looks: dict[tuple[object, ...], Look] = {}
        self._turns: dict[tuple[object, ...], list[Answered]] = {}
        self._standing: tuple[Standing, ...] | None = None
        self._idle: dict[Place, frozenset[Place]] = {}
        self._telling: dict[Place, frozenset[Place]] = {}

    def look(self, profile: Profile) -> Look:
        """What the part comes to on the profile, which it remembers."""
        if self._of is None or not self._looking.sees_no_change(self._of, profile):
            self._forget()
            self._of = profile
            self._look = self._worked_out(profile)
        self._of = profile
        return self._look

    def after(self, profile: Profile, place: Place, value: Answered) -> Look:
        """What it comes to where one more question is answered. `look` was asked about the profile."""
        found = self.look_again(with_answer(profile, place, value))
        if place not in self._telling and found.tells_more_than(self._look):
            self._telling[place] = frozenset()
        return found

    def is_idle(self, place: Place, unknowable: Collection[Place]) -> bool:
        """Whether it was found of a place, on the profile `look` was asked about, that no answer can change anything.

        With less that can be known there is less that an answer could change; but where nobody can know a list, more
        is asked beside it, and the day since which years are read may come to be needed for them to be asked.
        """
        found = self._idle.get(place)
        if found is None or (self.may_open(place) and len(found) != len(unknowable)):
            return False
        return found.issubset(unknowable) and _lists(found) == _lists(unknowable)

    def may_open(self, place: Place) -> bool:
        """Whether an answer can make other questions be asked: the day since whose year all years are read."""
        return place in self._opening

    def set_idle(self, place: Place, unknowable: Collection[Place]) -> None:
        """Remember it of a place."""
        self._idle[place] = frozenset(unknowable)

    def telling(self, place: Place) -> frozenset[Place] | None:
        """The others whose answers, with one at a place, were found to change something; None where none were.

        None of them is needed where an answer at the place that was tried tells more by itself.
        """
        return self._telling.get(place)

    def set_telling(self, place: Place, beside: frozenset[Place]) -> None:
        """Remember them."""
        self._telling[place] = beside

    def look_again(self, profile: Profile) -> Look:
        """What the part comes to on a profile that is only thought of: the one `look` was asked about, with answers.

        It is remembered, whichever question was thought of.
        """
        key = self._looking.contents(profile, self._of)
        found = self._looks.get(key)
        if found is None:
            if len(self._looks) >= _MOST_LOOKS:
                self._looks.clear()
                self._turns.clear()
            found = self._looks[key] = self._worked_out(profile)
        return found

    def bearing(
        self, place: Place, profile: Profile, unknowable: Collection[Place], tried: Tried | None
    ) -> PartBearing:
        """How an answer can change something. `look` was asked about the profile."""
        listed = self.clause.for_each if self.clause is not None else None
        if self._tests is None or (place.fact is None and listed is not None and place.entity == listed.id):
            return PartBearing((None,), (), complete=True)
        if self._standing is None:
            self._standing = self._tests.at(profile, self._alone_at, self._places)
        found = [one.bearing(place, profile, unknowable, tried) for one in self._standing]
        ways = frozenset[Spots]().union(*[one.ways for one in found])
        if is_among(place, self._of_award):
            met = [one.unsettled(unknowable) for one in self._standing if one.can_hold(unknowable)]
            # What an award to items is worth shows with these.
            award = self._of_award | ({Spot(listed.id, None)} if listed is not None else set())
            ways |= {award, *([award.union(*met)] if met else [])}
        shown = tuple([shown for one in found for shown in one.shown])
        return PartBearing((*sorted(ways, key=len),), shown, all(one.complete for one in found))

    def _alone_at(self, test: Condition, subject: Subject) -> tuple[State, Collection[Awaiting]]:
        return self._engine.asked_alone(self._alone, test, subject)

    def answers(self, place: Place, profile: Profile) -> tuple[Answer, ...]:
        """One answer of each cell that this part tells apart at a place."""
        spot = Spot(place.entity, place.fact, place.year)
        if spot[:2] == _MATTER or self._is_word(spot):
            return answers(self.read(place, profile))
        found = self._answers.get(spot)
        if found is None:
            found = self._answers[spot] = answers(self.read(place, profile))
        return found

    def compares(self, places: Iterable[Place]) -> bool:
        """Whether one of these places meets another fact in a test."""
        spots = [Spot(place.entity, place.fact, place.year) for place in places]
        return any(spot in one.facts for one, _ in self._compared for spot in spots)

    def beside_turns(self, place: Place, profile: Profile) -> list[Answered]:
        """The answers on both sides of each turn of a test in which the fact meets others, as these are known."""
        found: dict[Answered, None] = {}
        for number, (comparison, looking) in enumerate(self._compared):
            if Spot(place.entity, place.fact, place.year) in comparison.facts:
                key = (number, place, looking.contents(profile, self._of))
                turns = self._turns.get(key)
                if turns is None:
                    turns = self._turns[key] = beside_turns((comparison,), place, profile, self._on)
                found |= dict.fromkeys(turns)
        return list(found)

    def can_read(self, place: Place) -> bool:
        """Whether the part looks at a place, in this profile or another."""
        spot = Spot(place.entity, place.fact, place.year)
        return spot in self.reads or (place.year is not None and spot._replace(year=EARLIER) in self.reads)

    def read(self, place: Place, profile: Profile) -> Read:
        """What is told apart at a place. What a grant was for is one of the items at hand, or none; so its kind."""
        read = self.reads.get(Spot(place.entity, place.fact, place.year))
        if read is None:  # one of all the years there ever were
            return self.reads[Spot(place.entity, place.fact, EARLIER)]
        if (place.entity, place.fact) == _MATTER and self.clause is not None and self.clause.for_each is not None:
            return Read(read.fact, values={item.key for item in profile.lists.get(self.clause.for_each.id, ())})
        if self._is_word(Spot(place.entity, place.fact, place.year)):
            items = [item for items in profile.lists.values() for item in items]
            words = {value for item in items for value in item.values.values() if isinstance(value, str)}
            return Read(read.fact, values={*words, *read.values}, prefixes=read.prefixes)
        return read

    def _is_word(self, spot: Spot) -> bool:
        """Whether what stands there is held against the words that others have: a kind of a grant, or of an item."""
        read = self.reads.get(spot)
        return read is not None and (
            spot[:2] == _KIND or (read.works_with and read.fact is not None and isinstance(read.fact.type, _WORDS))
        )

    def _worked_out(self, profile: Profile) -> Look:
        found = self._total(profile) if self.clause is None else self._verdicts(profile)
        return Look(tuple([Row(one, self._waits_for(one, profile), self._beyond(one, profile)) for one in found]))

    def _verdicts(self, profile: Profile) -> tuple[Verdict, ...]:
        return self._engine.verdicts(self._alone, profile, self._on)

    def _total(self, profile: Profile) -> tuple[Verdict, ...]:
        """The total, and what others are paid, like determinations that wait for what the rules wait for."""
        found = screening([self._alone], self._engine, profile, self._on)
        sides = (found.total, found.paid_to_others) if self.policy.to_others else (found.total,)
        claims = [Claim(one.clause, one.item or "", one.award) for one in found.policies[0].verdicts]
        gone = limits_wait_for(self.policy, claims, company_subject(profile, self._on))
        waits = tuple([Awaiting(one.entity, one.item.key if one.item else None, one.fact) for one in gone])
        return tuple([Verdict("", None, Presence.PRESENT, Outcome.QUALIFIED, waits, side) for side in sides])

    def _waits_for(self, verdict: Verdict, profile: Profile) -> tuple[Place, ...]:
        """Where there is something to learn: of an award that is settled to the fen, nothing is left to."""
        if verdict.outcome is Outcome.QUALIFIED and verdict.award.guaranteed == verdict.award.possible:
            return ()
        return tuple([place for gap in verdict.missing for place in self._places(gap, profile)])

    def _beyond(self, verdict: Verdict, profile: Profile) -> tuple[Place, ...]:
        """What an award to or over every item of a list would go by, outside of it, where nobody gave the list."""
        if verdict.outcome is Outcome.NOT_QUALIFIED:
            return ()
        spots = [spot for entity, of in self._beyond_lists if entity not in profile.lists for spot in of]
        return tuple([place for spot in dict.fromkeys(spots) for place in _not_given(spot, profile)])

    def _places(self, gap: Awaiting, profile: Profile) -> Iterator[Place]:
        """Where what is awaited can be given: of a yearly fact, the years that are read and not known."""
        if gap.fact is None:
            yield Place(gap.entity, None, None)
            return
        years = self._years.get((gap.entity, gap.fact))
        if years is None:
            yield Place(gap.entity, gap.item, gap.fact)
            return
        holders = (profile.company,) if gap.entity == COMPANY else profile.lists[gap.entity]
        holder = next(one for one in holders if gap.entity == COMPANY or one.key == gap.item)
        series = holder.values.get(gap.fact)
        known: Collection[int] = series.years if isinstance(series, Series) else ()
        asked = {year for year in years if year != EARLIER}
        if years[0] == EARLIER:
            begun = _begun(self.reads[Spot(gap.entity, gap.fact, EARLIER)], profile)
            first = min(known, default=years[-1]) if begun is None else begun.year
            if isinstance(series, Series) and series.earlier_highest is not None:
                first = min(first, *known)  # the highest of those before speaks of no year between two known ones
            asked |= set(range(first, years[-1]))  # all of them are read: a year between two known ones as well
            if begun is None and isinstance(series, Series) and series.earlier_highest is None:
                yield Place(gap.entity, gap.item, gap.fact, EARLIER)
        if isinstance(series, Series) and _is_nothing(series, self.reads[Spot(gap.entity, gap.fact, years[0])]):
            asked = {year for year in asked if year >= min(known)}
        yield from [Place(gap.entity, gap.item, gap.fact, year) for year in sorted(asked) if year not in known]


def _beyond_lists(clause: Clause, of_award: Spots, on: date) -> Iterator[tuple[str, Spots]]:
    """The lists that an award is to the items of or adds up, with what it goes by outside of the list for each."""
    over = [part for part in everything_in(clause.award.amount) if isinstance(part, OverItems)]
    found = [(part.entity.id, frozenset(reads_of_terms([part.of], on))) for part in over]
    found += [(clause.for_each.id, of_award)] if clause.for_each is not None else []
    for entity, spots in found:
        yield entity, frozenset(spot for spot in spots if spot.year != EARLIER and spot.entity != entity)


def _lists(places: Iterable[Place]) -> set[str]:
    """The lists among some places."""
    return {place.entity for place in places if place.fact is None}


def _not_given(spot: Spot, profile: Profile) -> Iterator[Place]:
    """Where the profile says nothing of what is read: of the company, of a list, or of each of its items."""
    if spot.entity == COMPANY:
        places = [Place(COMPANY, None, spot.fact, spot.year)]
    elif spot.fact is None:
        places = [Place(spot.entity, None, None)] if spot.entity not in profile.lists else []
    else:
        places = [Place(spot.entity, item.key, spot.fact, spot.year) for item in profile.lists.get(spot.entity, ())]
    yield from (place for place in places if value_at(profile, place) is None)


def _counts_grants(read: Iterable[Condition | Term]) -> bool:
    """Whether earlier grants are counted among what is read, whatever their amounts."""
    counts = TimesGranted | YearsGranted | YearsSinceGranted
    return any(isinstance(one, counts) for part in read for one in everything_in(part))


def _is_nothing(series: Series, read: Read) -> bool:
    """Whether of all years before the first one given the highest is nothing, and none was below it."""
    of = read.fact.type.of if read.fact is not None and isinstance(read.fact.type, YearlyType) else None
    return series.earlier_highest == 0 and not (isinstance(of, MoneyType | RateType) and of.negative)


def _begun(read: Read, profile: Profile) -> date | None:
    """The day since which all years are read, where it is known."""
    begun = profile.company.values.get(read.since.id) if read.since is not None else None
    return begun if isinstance(begun, date) else None


def _years(reads: Mapping[Spot, Read]) -> Mapping[tuple[str, str], list[int]]:
    """The years that are read of each yearly fact, earlier ones first."""
    found: dict[tuple[str, str], list[int]] = {}
    for spot, read in reads.items():
        if spot.fact is not None and read.fact is not None and isinstance(read.fact.type, YearlyType):
            found.setdefault((spot.entity, spot.fact), []).append(spot.year or EARLIER)
    return {key: sorted(years) for key, years in found.items()}
