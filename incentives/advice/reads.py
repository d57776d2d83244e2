"""What a clause reads, and what it tells apart in it. Imports the model and facts.

A number is told apart at cuts, words by being one of those named, codes by how they begin. What enters arithmetic
together with something else has no cuts of its own; a rough one in the middle stands in for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, assert_never

from incentives.advice.cuts import Cut, counts_days, cuts_at, ends_of, fixed, is_past, middle, years_back
from incentives.facts.ledger import LEDGER_KIND
from incentives.facts.places import EARLIER, Place
from incentives.facts.types import (
    ChoiceType,
    Value,
    YearlyType,
)
from incentives.facts.vocabulary import Entity, Fact
from incentives.language import nodes
from incentives.language.model import Clause, Policy, Quota, terms_of
from incentives.language.nodes import Condition, Measured, Term, Year
from incentives.language.walks import inner


class Spot(NamedTuple):
    """A fact that is read, wherever it is; of a yearly one a year, or `EARLIER`. `fact` is None for a list itself."""

    entity: str
    fact: str | None
    year: int | None = None


Spots = frozenset[Spot]


def is_among(place: Place, spots: Collection[Spot]) -> bool:
    """Whether a place is at one of some spots; a year as well where all there ever were are read."""
    spot = Spot(place.entity, place.fact, place.year)
    return spot in spots or (place.year is not None and spot._replace(year=EARLIER) in spots)


@dataclass
class Read:
    """What is told apart at a spot. `since` is the day from whose year on all years are read (不足三年按实际).

    `works_with` says that the number itself goes into arithmetic, in which nothing is unlike every other number: it
    leaves nothing of a factor, and nothing can be divided by it.
    """

    fact: Fact | None
    list_of: Entity | None = None
    cuts: set[Cut] = field(default_factory=set)
    values: set[Value] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    since: Fact | None = None
    works_with: bool = False

    def add(self, other: Read) -> None:
        self.cuts |= other.cuts
        self.values |= other.values
        self.prefixes |= other.prefixes
        self.since = self.since or other.since
        self.works_with = self.works_with or other.works_with

    def cell(self, value: object) -> object:
        """Values of one cell are not told apart."""
        if isinstance(value, tuple):
            return len(value)
        if isinstance(value, frozenset):
            return value & self.values, bool(value)
        if isinstance(value, str):
            begun = frozenset(prefix for prefix in self.prefixes if value.startswith(prefix))
            return begun, value if value in self.values else None
        if isinstance(value, bool):
            return value
        assert isinstance(value, int | Decimal | date), "only these have an order"
        return sum(is_past(value, cut) for cut in self.cuts)


def reads_of(clause: Clause, on: date) -> Mapping[Spot, Read]:
    """Everything that a clause looks at on a day, in its condition and its award."""
    reading = _Reading(on)
    if clause.for_each is not None:
        reading.list(clause.for_each)
    reading.condition(clause.condition)
    reading.term(clause.award.amount)
    return reading.found


def reads_of_condition(condition: Condition, on: date) -> Mapping[Spot, Read]:
    """Everything that a condition looks at on a day."""
    reading = _Reading(on)
    reading.condition(condition)
    return reading.found


def reads_of_rules(policy: Policy, on: date) -> Mapping[Spot, Read]:
    """Everything that the rules of a policy look at, and what tells the tiers that they limit."""
    reading = _Reading(on)
    for rule in policy.rules:
        for term in terms_of(rule):
            reading.term(term)
        if isinstance(rule, Quota) and rule.granted is not None:
            reading.counts(rule.granted, {(rule.at_most, False)})
    for clause in policy.clauses:
        if clause.award.tiers is not None:
            reading.term(clause.award.tiers.which)
    return reading.found


def reads_of_terms(terms: Iterable[Term], on: date) -> Mapping[Spot, Read]:
    """Everything that some terms look at."""
    reading = _Reading(on)
    for term in terms:
        reading.term(term)
    return reading.found


Compared = Condition | nodes.Table | nodes.GrowthSlices
"""A test in which facts meet each other, a table by such a key, or slices by growth."""


def compared_in_test(condition: Condition, on: date) -> Iterable[Compared]:
    """What compares facts in a condition."""
    reading = _Reading(on)
    reading.condition(condition)
    return reading.compared


def compared_in(clause: Clause, on: date) -> Iterable[Compared]:
    """What compares facts in a clause, in its condition and its award."""
    reading = _Reading(on)
    reading.condition(clause.condition)
    reading.term(clause.award.amount)
    return reading.compared


class _Reading:
    def __init__(self, on: date) -> None:
        self._on = on
        self.found: dict[Spot, Read] = {}
        self.compared: list[Compared] = []
        self._seen: set[int] = set()

    def list(self, entity: Entity) -> None:
        self.found.setdefault(Spot(entity.id, None), Read(None, entity))

    def condition(self, condition: Condition) -> None:
        if id(condition) in self._seen:
            return
        self._seen.add(id(condition))
        match condition.form:
            case nodes.All(of) | nodes.AnyOf(of) | nodes.AtLeast(of):
                for part in of:
                    self.condition(part)
            case nodes.Not(of) | nodes.Holds(_, of):
                self.condition(of)
            case nodes.ItemExists(entity):
                self.list(entity)
            case nodes.Items(_, entity, where):
                self.list(entity)
                self.condition(where)
            case nodes.Within(fact, _, low, high):
                self._read(fact).cuts |= ends_of(low, high)
            case nodes.Equals(fact, _, value):
                self._values(self._read(fact), (value,))
            case nodes.OneOf(fact, _, values) | nodes.IncludesAny(fact, _, values):
                self._values(self._read(fact), values)
            case nodes.StartsWith(fact, _, prefixes):
                self._read(fact).prefixes.update(prefixes)
            case Measured():
                if not self._measured(condition.form):
                    self.compared.append(condition)
            case nodes.Unstated():
                pass
            case _:
                assert_never(condition.form)

    def _read(self, fact: Fact, year: int | None = None) -> Read:
        return self.found.setdefault(Spot(fact.entity, fact.id, year), Read(fact))

    def _values(self, read: Read, values: Iterable[Value]) -> None:
        for value in values:
            if isinstance(value, int | Decimal | date) and not isinstance(value, bool):
                read.cuts |= {(value, False), (value, True)}
            else:
                read.values.add(value)

    def _measured(self, form: Measured) -> bool:
        """Whether it is about one fact and has its cuts from the policy alone."""
        ends = [end for end in (form.low, form.high) if end is not None]
        read = self._single(form.term)
        cuts = [cuts_at(form.term, end, self._on, upward=end is form.low) for end in ends]
        if read is None or None in cuts or (form.values is not None and counts_days(form.term)):
            self.term(form.term)
            for end in ends:
                self.term(end.of)
                at = fixed(end.of, self._on)
                if at is not None:
                    self.counts(form.term, {(at, end.inclusive != (end is form.low))})
            return False
        read.cuts |= {cut for found in cuts if found is not None for cut in found}
        self._values(read, form.values or ())
        return True

    def _single(self, term: Term) -> Read | None:
        """What is told apart of the one fact that a term is about; None where it is about more, or works it out."""
        match term:
            case nodes.FactValue(fact):
                return self._read(fact)
            case nodes.YearValue(fact, year):
                return self._read(fact, year.at(self._on.year))
            case nodes.Elapsed(_, nodes.FactValue(fact), None) | nodes.Shifted(nodes.FactValue(fact)):
                return self._read(fact)
            case nodes.Defined(_, _, of):
                return self._single(of)
            case _:
                return None

    def term(self, term: Term) -> None:
        """A term in which a fact meets something else, or whose value is itself wanted."""
        match term:
            case nodes.Literal() | nodes.ApplicationDay():
                pass
            case nodes.FactValue(fact):
                self._joined(fact)
            case nodes.YearValue(fact, year):
                self._joined(fact, year.at(self._on.year))
            case nodes.Growth(fact, year, _, years):
                self._two_years(fact, year, years)
                self._parts(term)
            case nodes.Increase(fact, year):
                self._two_years(fact, year)
                self._parts(term)
            case nodes.GrowthSlices(fact, year):
                self._two_years(fact, year)
                self.compared.append(term)
            case nodes.OverYears():
                self._over_years(term)
                self._parts(term)
            case nodes.OverItems(_, entity, of, where):
                self.list(entity)
                self.term(of)
                if where is not None:
                    self.condition(where)
            case nodes.CountItems(entity, where):
                self.list(entity)
                if where is not None:
                    self.condition(where)
            case nodes.CountValues(of, among):
                self._values(self._read(of.fact), among or ())
                self._read(of.fact).works_with = True
            case nodes.Table(_, by, _, rows):
                self._keyed(by, {cut for row in rows for cut in ends_of(row.low, row.high)})
                read = self._single(by)
                if read is not None:
                    self._values(read, (value for row in rows for value in row.values or ()))
                else:
                    self.compared.append(term)
                self._parts(term)
            case nodes.Cases(_, cases):
                for case in cases:
                    self.condition(case.when)
                self._parts(term)
            case nodes.Steps(of, _, before, steps):
                self._keyed(of, {(step.at, False) for step in steps})
                self.term(before)
            case nodes.Granted():
                self._granted(term)
            case nodes.TimesGranted(of):
                self._granted(of)
            case nodes.YearsSinceGranted(of):
                self._granted(of)
                self._read(of.entity.facts["year"]).cuts |= years_back(of, self._on)
            case nodes.YearsGranted(of):
                self._granted(of)
                self._read(of.entity.facts["year"]).cuts |= {(self._on.year - back, False) for back in (0, 1)}
            case (
                nodes.Combined()
                | nodes.Difference()
                | nodes.Product()
                | nodes.Ratio()
                | nodes.Elapsed()
                | nodes.Shifted()
                | nodes.Slices()
                | nodes.Further()
                | nodes.WholeUnits()
                | nodes.Decided()
                | nodes.Rounded()
                | nodes.NothingBelow()
                | nodes.Defined()
            ):
                self._parts(term)
            case _:
                assert_never(term)

    def _parts(self, term: Term) -> None:
        for part in inner(term):
            self.term(part)

    def _keyed(self, of: Term, cuts: set[Cut]) -> None:
        read = self._single(of)
        if read is None or counts_days(of):
            self.term(of)
            self.counts(of, cuts)
        else:
            read.cuts |= cuts

    def counts(self, term: Term, cuts: set[Cut]) -> None:
        """Of a list whose items are counted, how many are told apart."""
        while isinstance(term, nodes.Defined):
            term = term.of
        match term:
            case nodes.CountItems(entity):
                self.found[Spot(entity.id, None)].cuts |= cuts
            case nodes.TimesGranted(of) | nodes.YearsGranted(of):
                self.found[Spot(of.entity.id, None)].cuts |= cuts
            case _:
                pass

    def _two_years(self, fact: Fact, year: Year, back: int = 1) -> None:
        self._joined(fact, year.at(self._on.year))
        self._joined(fact, year.at(self._on.year) - back)

    def _over_years(self, term: nodes.OverYears) -> None:
        last = term.last.at(self._on.year)
        first = last if term.first is None else term.first.at(self._on.year)
        for year in range(min(first, last), last + 1):
            self._joined(term.fact, year)
        if term.first is None:
            self._joined(term.fact, EARLIER)
            self._read(term.fact, EARLIER).since = term.since or term.founded
        begun = term.since or term.founded
        if begun is not None:
            self._read(begun).cuts |= {(date(year, 1, 1), False) for year in range(first, last + 2)}

    def _joined(self, fact: Fact, year: int | None = None) -> None:
        read = self._read(fact, year)
        read.works_with = True
        single = fact.type.of if isinstance(fact.type, YearlyType) else fact.type
        if isinstance(single, ChoiceType):
            read.values |= set(single.choices)
        rough = middle(single, self._on)
        if rough is not None and not read.cuts:
            read.cuts |= rough

    def _granted(self, term: nodes.Granted) -> None:
        self.list(term.entity)
        facts = term.entity.facts
        self._read(facts["policy"]).values.add(term.policy)
        self._read(facts["clause"]).values.update(term.clauses)
        self._joined(facts["amount"])
        if term.this_year:
            self._read(facts["year"]).cuts |= {(self._on.year, False), (self._on.year, True)}
        if term.for_item is not None:
            self._read(facts["matter"])
        if term.same is not None:
            self._read(facts[LEDGER_KIND])
            self.term(term.same)
            if isinstance(term.same, nodes.FactValue):
                self._joined(term.same.fact)
        if term.tier is not None:
            self._read(facts["tier"]).values.add(term.tier)
        first = self._on.year if term.this_year else term.first_year
        self._read(term.ledger_from).cuts |= {(first, True), (self._on.year, True)}
        if term.founded is not None:
            self._joined(term.founded)
