"""What a clause is held against: the company, one item of a list, or the place of items that are not there.

Imports the model, facts, profiles and ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from typing import TypeVar, cast

from incentives.amounts.ranges import Open, settled
from incentives.facts.ledger import BackTo
from incentives.facts.places import Place
from incentives.facts.profile import Item, Profile
from incentives.facts.types import Value
from incentives.facts.vocabulary import COMPANY, Entity, Fact
from incentives.language.model import Clause
from incentives.language.nodes import Condition, Term
from incentives.records import NamedTuple
from incentives.values import State

Found = TypeVar("Found")


class Presence(Enum):
    """Whether there is an item to look at, there is known to be none, or nobody gave the list."""

    PRESENT = "present"
    EMPTY_LIST = "empty_list"
    ABSENT_LIST = "absent_list"


class Awaited(NamedTuple):
    """A fact nobody has given: of the company, or of an item; `fact` is None where a whole list is missing.

    `years` are those that are missing of a yearly fact. With `earlier` so is every year before them, of which the
    highest is enough. `back_to` is the first year that matters of the ledger, and of how far it reaches.
    """

    entity: Entity | None
    """The list that is missing; None where it is the one the subject stands for."""
    item: Item | None
    fact: Fact | None
    years: tuple[int, ...] = ()
    earlier: bool = False
    back_to: BackTo | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other."""
        entity = self.entity.id if self.entity is not None else None
        item = self.item.key if self.item is not None else None
        fact = (self.fact.entity, self.fact.id) if self.fact is not None else None
        return entity, item, fact, self.years, self.earlier, self.back_to


class CameTo(NamedTuple):
    """What a definition came to, with itself, so that no other can come to have its identity.

    `waits` is what it waits for, None where it may wait for something and nobody asked.
    """

    of: Term | Condition
    found: object
    waits: Collected | None


class WorkedOut:
    """What definitions have come to on one profile and day: each by its identity, and by where it was asked.

    It holds nothing that the profile does not say, so any two are equal.
    """

    __slots__ = ("_definitions",)

    def __init__(self) -> None:
        self._definitions: dict[tuple[int, object], CameTo] = {}

    def find(self, key: tuple[int, object]) -> CameTo | None:
        return self._definitions.get(key)

    def keep(self, key: tuple[int, object], found: CameTo) -> None:
        self._definitions[key] = found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkedOut)

    def __hash__(self) -> int:
        return hash(WorkedOut)


class Undefined(Enum):
    """What has no value in an amount, and the policy does not rule: a person decides."""

    RATIO = "ratio"
    """Something divided by nothing."""
    GROWTH = "growth"
    """Growth over nothing, or over a loss."""
    OF_NONE = "of_none"
    """The mean or an extreme of no values."""
    OF_NO_YEAR = "of_no_year"
    """The mean or an extreme of no years: the company is not that old."""
    NO_ROW = "no_row"
    """What a table gives where no row fits."""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other."""
        return (self,)


class Subject(NamedTuple):
    """A profile on a day, seen from one place in it.

    `worked_out` is shared by all places in it. `awaited` collects what was asked for and is open, where somebody
    wants to know. `supposed` is what is taken of some facts in place of what the profile says: another value, or a
    range it lies in; of the ledger, which is history, nothing is supposed. `narrowed` are the ranges in which facts
    that are not known lie here: while a row of a table is worked out, its key is in that row. `some_day` is a range
    of days of application that are supposed, all in the year of `on`.
    """

    profile: Profile
    on: date
    entity: str
    item: Item | None
    presence: Presence
    worked_out: WorkedOut
    awaited: Collected | None = None
    list_entity: Entity | None = None
    """The list that a clause goes through, where this stands for one of its items or for its absence."""
    supposed: Mapping[Place, Value | Open] | None = None
    narrowed: frozenset[tuple[Place, Open]] = frozenset()
    some_day: Open | None = None

    @property
    def applied_on(self) -> date | Open:
        """The day of application, or what is supposed of it."""
        return self.on if self.some_day is None else self.some_day

    @property
    def company(self) -> Item:
        return self.profile.company


class Judged(NamedTuple):
    """A condition inside an amount that waits for a person, and where it was asked."""

    condition: Condition
    place: Subject

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other."""
        return self.condition.id, self.place.entity, self.place.item.key if self.place.item is not None else None


Waiting = Awaited | Undefined | Judged
"""What an open amount waits for: a fact, a value that nobody ruled, or a condition that a person judges."""

Collected = dict[tuple[object, ...], Waiting]
"""What was asked for and is open, each once, in the order in which it was first asked for."""


def subjects(clause: Clause, company: Subject) -> tuple[Subject, ...]:
    """One subject for each item of the clause's list; one as well where the list is empty or absent."""
    if clause.for_each is None:
        return (company,)
    entity = clause.for_each
    place = company._replace(entity=entity.id, list_entity=entity)
    items = company.profile.lists.get(entity.id)
    if items is None:
        return (place._replace(presence=Presence.ABSENT_LIST),)
    if not items:
        return (place._replace(presence=Presence.EMPTY_LIST),)
    return tuple([place._replace(item=item) for item in items])


def subject_at(clause: Clause, company: Subject, item: str | None) -> Subject | None:
    """The one of `subjects` for an item, by its key; for the company, or where no item is, with None."""
    if item is None or clause.for_each is None:
        return next((one for one in subjects(clause, company) if one.item is None), None) if item is None else None
    found = next((one for one in company.profile.lists.get(clause.for_each.id, ()) if one.key == item), None)
    return (
        None if found is None else at_item(company._replace(list_entity=clause.for_each), clause.for_each.id, found)
    )


def company_subject(profile: Profile, on: date) -> Subject:
    return Subject(profile, on, COMPANY, None, Presence.PRESENT, WorkedOut())


def at_item(subject: Subject, entity: str, item: Item) -> Subject:
    """The same profile seen from one of its items."""
    return subject._replace(entity=entity, item=item, presence=Presence.PRESENT)


def holder_of(fact: Fact, subject: Subject) -> Item | None:
    """What carries the fact here; None where there is no item to carry it."""
    return subject.profile.company if fact.entity == COMPANY else subject.item


def known(fact: Fact, subject: Subject, back_to: BackTo | None = None) -> Value | Open | None:
    """What is known of a fact. Where nothing is, it is awaited; of how far the ledger reaches, `back_to` a year."""
    if subject.supposed is not None or subject.narrowed:
        found = supposed(fact, subject, None)
        if found is not None:
            return found
    holder = holder_of(fact, subject)
    value = holder.values.get(fact.id) if holder is not None else None
    if value is None and subject.awaited is not None:
        await_fact(fact, subject, back_to=back_to)
    return value


def supposed(fact: Fact, subject: Subject, year: int | None) -> Value | Open | None:
    """What is supposed of a fact, in the year where it is yearly; None where nothing is."""
    if subject.supposed is None and not subject.narrowed:
        return None
    place = _place(fact, subject, year)
    range_here = next((within for where, within in subject.narrowed if where == place), None)
    if range_here is not None or subject.supposed is None:
        return range_here
    return subject.supposed.get(place)


def narrow(subject: Subject, fact: Fact, year: int | None, within: Open) -> Subject:
    """The subject where a fact that is not known lies in a range."""
    place = _place(fact, subject, year)
    others = {one for one in subject.narrowed if one[0] != place}
    return subject._replace(narrowed=frozenset({*others, (place, within)}))


def _place(fact: Fact, subject: Subject, year: int | None) -> Place:
    item = subject.item.key if fact.entity != COMPANY and subject.item is not None else None
    return Place(fact.entity, item, fact.id, year)


def leave_undefined(what: Undefined, subject: Subject) -> None:
    """Note that something has no value here."""
    if subject.awaited is not None:
        collect(subject.awaited, (what,))


def await_fact(
    fact: Fact,
    subject: Subject,
    years: tuple[int, ...] = (),
    *,
    earlier: bool = False,
    back_to: BackTo | None = None,
) -> None:
    """Note that a fact is missing, in these years and `earlier` ones: that of the item, or the list where none is."""
    if subject.awaited is not None:
        item = None if fact.entity == COMPANY else subject.item
        gone = fact.entity != COMPANY and subject.item is None
        collect(subject.awaited, (Awaited(None, item, None if gone else fact, years, earlier, back_to),))


def await_list(entity: Entity | None, subject: Subject, back_to: BackTo | None = None) -> None:
    """Note that a whole list is missing; with None the one that the subject stands for."""
    if subject.awaited is not None:
        collect(subject.awaited, (Awaited(entity, None, None, back_to=back_to),))


def collect(awaited: Collected, found: Iterable[Waiting]) -> None:
    """Add what was found to wait for something to what was found before."""
    for one in found:
        awaited.setdefault(one.key, one)


def once(of: Term | Condition, entity: str, subject: Subject, work: Callable[[Subject], Found]) -> Found:
    """What a definition about `entity` comes to at a place, worked out the first time it is asked for.

    About the company it is the same everywhere. Whoever asks is told what it waits for, however often.
    """
    item = subject.item.key if subject.item is not None else None
    place = () if entity == COMPANY else (subject.entity, item, subject.presence)
    key = (id(of), (subject.narrowed, place))
    known = subject.worked_out.find(key)
    if known is None or (known.waits is None and subject.awaited is not None):
        own: Collected | None = None if subject.awaited is None else {}
        found = work(subject._replace(awaited=own) if own is not None else subject)
        known = CameTo(of, found, {} if _waits_for_nothing(found) else own)
        subject.worked_out.keep(key, known)
    if subject.awaited is not None and known.waits:
        collect(subject.awaited, known.waits.values())
    return cast("Found", known.found)


def _waits_for_nothing(found: object) -> bool:
    return not found.unknown if isinstance(found, State) else settled(found)
