"""What a company can still change, and to what. Imports the vocabulary, places, grids and reads.

What is over cannot be changed: a year that has ended by the day of application, whatever the vocabulary does not
list under `can_change`, and what whoever asks holds fixed. Nobody can promise what a person will judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from incentives.advice.grid import Days, Grid, grid_of
from incentives.advice.reads import reads_of
from incentives.amounts.days import days_between
from incentives.amounts.ranges import Open
from incentives.facts.places import EARLIER, Place
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    DateType,
    ManyType,
    PlainValue,
    SingleType,
    TextType,
    UsccType,
    YearlyType,
)
from incentives.facts.vocabulary import Fact, Vocabulary
from incentives.language.model import Clause
from incentives.language.nodes import (
    Condition,
    Defined,
    Equals,
    FactValue,
    IncludesAny,
    Measured,
    OneOf,
    StartsWith,
    Table,
    Term,
    YearValue,
)
from incentives.language.reads import everything_in, reads_in
from incentives.values import State

UNNAMED: Final = "\0"
"""Stands for a word or a code that no clause names; after the beginning of a code for one that begins so."""


class Changeable(NamedTuple):
    """What can be changed from the day `since` on.

    `fixed` are ids of what is held as it is: of facts, and of kinds of items, of which none is added or changed.
    """

    vocabulary: Vocabulary
    since: date
    fixed: frozenset[str] = frozenset()

    def allows(self, place: Place) -> bool:
        if place.fact is None or place.fact in self.fixed or place.year == EARLIER:
            return False
        if place.item is not None and place.entity in self.fixed:
            return False
        entity = self.vocabulary.entities[place.entity]
        judged = entity.facts[place.fact].judgement
        return place.fact in entity.can_change and not judged and not self._is_over(place)

    def can_fall(self, place: Place) -> bool:
        """Whether a number can become less: money that was spent stays spent."""
        return place.fact not in self.vocabulary.entities[place.entity].spent

    def can_add(self, entity: str) -> bool:
        return self.vocabulary.entities[entity].can_add and entity not in self.fixed

    def of_new_items(self, entity: str, keys: Sequence[str], by: date) -> dict[Place, Open]:
        """What is known of items that are added to a list, by their keys, for an application on the day `by`."""
        facts = self.vocabulary.entities[entity].facts.values()
        days = {fact.id: self.days_of_new(fact, by) for fact in facts if isinstance(fact.type, DateType)}
        ranges = {
            fact: days_between(State.MISSING, found.at(found.low), None if found.is_endless else found.at(found.high))
            for fact, found in days.items()
        }
        return {Place(entity, key, fact): within for key in keys for fact, within in ranges.items()}

    def event_days(self, entity: str) -> tuple[str, ...]:
        """The facts of an item that are days on which something happened."""
        facts = self.vocabulary.entities[entity].facts.values()
        return tuple(fact.id for fact in facts if isinstance(fact.type, DateType) and not fact.may_lie_ahead)

    def days_of_new(self, fact: Fact, by: date) -> Days:
        """The days that a fact of a new item can have: none is over, and what happens does so by the day `by`."""
        last = date.max if fact.may_lie_ahead else max(self.since, by)
        return Days(self.since.toordinal(), last.toordinal())

    def read_of_new(self, clause: Clause, on: date, entity: str, key: str) -> Iterator[tuple[Place, bool]]:
        """What a clause's condition looks at of a new item, and whether it is of a year that is over.

        In such a year the item was not there yet. What a person judges is not told.
        """
        asked = set(reads_in(clause.condition).facts)
        for spot in reads_of(clause, on):
            if spot.fact is None or (spot.entity, spot.fact) not in asked or spot.entity != entity:
                continue
            place = Place(entity, key, spot.fact, spot.year)
            if spot.year != EARLIER and not self.fact(place).judgement:
                yield place, self._is_over(place)

    def _is_over(self, place: Place) -> bool:
        return place.year is not None and place.year < self.since.year

    def fact(self, place: Place) -> Fact:
        assert place.fact is not None, "a list has no type"
        return self.vocabulary.entities[place.entity].facts[place.fact]

    def type_of(self, place: Place) -> SingleType | ManyType:
        of = self.fact(place).type
        return of.of if isinstance(of, YearlyType) else of

    def grid(self, place: Place) -> Grid | None:
        return grid_of(self.type_of(place))

    def choices_are_all(self, place: Place) -> bool:
        """Whether `choices` are everything the fact can be, or only what a clause names of it."""
        of = self.type_of(place)
        return isinstance(of.of if isinstance(of, ManyType) else of, BooleanType | ChoiceType)

    def telling(self, place: Place, clause: Clause) -> tuple[PlainValue, ...]:
        """Of the choices of a fact those that a clause may tell apart: all it names, and two for all others."""
        choices, others = self.choices(place, None, clause), self._unnamed(place, clause)
        return tuple(one for one in choices if one not in others[1:-1])

    def untold(self, place: Place, clause: Clause, values: Sequence[PlainValue]) -> tuple[PlainValue, ...]:
        """The choices for which those two stand, where both are among some values."""
        others = self._unnamed(place, clause)
        return others[1:-1] if len(others) > 2 and others[0] in values and others[-1] in values else ()

    def _unnamed(self, place: Place, clause: Clause) -> tuple[PlainValue, ...]:
        """The choices of which a clause names none; of those in an order it may tell every one apart."""
        of = self.type_of(place)
        if not isinstance(of, ChoiceType) or of.ordered:
            return ()
        named = set(_named(clause, place))
        return tuple(one for one in self.choices(place, None, clause) if one not in named)

    def named(self, place: Place, clause: Clause) -> tuple[str, ...]:
        """The words and codes that a clause names of a fact, in the order of the paper."""
        return _named(clause, place)

    def but_for(self, place: Place, clause: Clause, values: Sequence[PlainValue]) -> tuple[PlainValue, ...]:
        """The choices of a fact that are not among some; none where there are others than these all."""
        if not isinstance(self.type_of(place), ChoiceType) and not any(map(is_unnamed, values)):
            return ()
        return tuple(one for one in self.choices(place, None, clause) if one not in values)

    def others(self, place: Place, clause: Clause) -> tuple[PlainValue, ...]:
        """What a fact could be beside its choices, of which nothing can be said but that it is something else.

        Of a code first that it begins so.
        """
        match self.type_of(place):
            case ManyType():
                return frozenset({UNNAMED}), frozenset[str]()
            case CodeType():
                return (*(one + UNNAMED for one in _beginnings(clause, place)), UNNAMED)
            case TextType():
                return (UNNAMED,)
            case _:
                return ()

    def instead(self, place: Place, now: PlainValue, clause: Clause) -> tuple[PlainValue, ...]:
        """Everything that a fact that is there and is no number could be changed to; of words one more or fewer."""
        choices = self.choices(place, now, clause)
        if not isinstance(now, frozenset):
            return (*choices, *self.others(place, clause))
        of = self.type_of(place)
        free = isinstance(of, ManyType) and isinstance(of.of, TextType)
        return (*choices, *((now | {UNNAMED},) if free else ()), *(now - {word} for word in sorted(now)))

    def choices(self, place: Place, current: PlainValue | None, clause: Clause) -> tuple[PlainValue, ...]:
        """What a fact that is no number could be instead; of words and codes, those that the clause names."""
        match self.type_of(place):
            case BooleanType():
                found: tuple[PlainValue, ...] = (True, False)
            case ChoiceType(choices):
                found = choices
            case TextType() | CodeType():
                found = _named(clause, place)
            case ManyType(of):
                held = current if isinstance(current, frozenset) else frozenset()
                more = of.choices if isinstance(of, ChoiceType) else _named(clause, place)
                found = tuple(held | {str(one)} for one in more)
            case DateType() | UsccType():
                found = ()  # a day is history, and a code is what the company is
            case _:
                found = ()
        return tuple(value for value in found if value != current)


def is_unnamed(value: PlainValue) -> bool:
    """Whether a value is, or has in it, something that no clause names."""
    words = value if isinstance(value, frozenset) else (value,)
    return any(isinstance(word, str) and word.endswith(UNNAMED) for word in words)


def _beginnings(clause: Clause, place: Place) -> tuple[str, ...]:
    """The beginnings that a clause tests a fact for, of codes that go on after them."""
    found: dict[str, None] = {}
    for part in (*everything_in(clause.condition), *everything_in(clause.award.amount)):
        match part.form if isinstance(part, Condition) else part:
            case StartsWith(fact, _, prefixes) if (fact.entity, fact.id) == (place.entity, place.fact):
                of = fact.type.of if isinstance(fact.type, ManyType) else fact.type
                found |= {one: None for one in prefixes if isinstance(of, CodeType) and of.goes_on_after(one)}
            case _:
                pass
    return tuple(found)


def _named(clause: Clause, place: Place) -> tuple[str, ...]:
    """The words and codes that a clause tests a fact for."""
    found: dict[str, None] = {}
    for part in (*everything_in(clause.condition), *everything_in(clause.award.amount)):
        match part.form if isinstance(part, Condition) else part:
            case Equals(fact, _, str() as value) if (fact.entity, fact.id) == (place.entity, place.fact):
                found[value] = None
            case OneOf(fact, _, values) if (fact.entity, fact.id) == (place.entity, place.fact):
                found |= {value: None for value in values if isinstance(value, str)}
            case IncludesAny(fact, _, words) if (fact.entity, fact.id) == (place.entity, place.fact):
                found |= dict.fromkeys(words)
            case StartsWith(fact, _, prefixes) if (fact.entity, fact.id) == (place.entity, place.fact):
                of = fact.type.of if isinstance(fact.type, ManyType) else fact.type
                codes = (of.begun_with(one) if isinstance(of, CodeType) else one for one in prefixes)
                found |= dict.fromkeys(code for code in codes if code is not None)
            case Measured(term, values=tuple() as values) if _is_of(term, place):
                found |= {value: None for value in values if isinstance(value, str)}
            case Table(by=term, rows=rows) if _is_of(term, place):
                found |= {value: None for row in rows for value in row.values or () if isinstance(value, str)}
            case _:
                pass
    return tuple(found)


def _is_of(term: Term, place: Place) -> bool:
    """Whether a term is the fact of a place, in whichever year."""
    match term:
        case Defined(_, _, of):
            return _is_of(of, place)
        case FactValue(fact) | YearValue(fact):
            return (fact.entity, fact.id) == (place.entity, place.fact)
        case _:
            return False
