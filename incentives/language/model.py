"""The model: a policy resolved, typed and frozen, as plain data. Imports facts and values.

The forms of a condition are a closed union; every part that walks it does so in one exhaustive match. Each
node has a stable id (its path in the file, so `new-project/when/2`) and the place it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, assert_never

from incentives.diagnostics import Span
from incentives.facts.types import Value
from incentives.facts.vocabulary import Entity, Fact
from incentives.source.tree import Plain
from incentives.values import Basis, Interval, Yuan


class Condition(NamedTuple):
    """One node: its form, and around it what every node has, so that no arm of a match handles it.

    `entity` is what it looks at: the company, or the kind of item its clause is for. `says` is the phrase
    of the source it encodes. `assumption` marks a condition that the encoder added, and says why.
    """

    id: str
    span: Span
    entity: str
    says: str | None
    assumption: str | None
    form: Form


class All(NamedTuple):
    of: tuple[Condition, ...]


class AnyOf(NamedTuple):
    of: tuple[Condition, ...]


class Not(NamedTuple):
    of: Condition


class ItemExists(NamedTuple):
    """There is an item to look at: fails on an empty list, unknown on an absent one."""

    of: Entity


class Bound(NamedTuple):
    """One end of a range of values, with whether the end itself is inside."""

    value: Value
    inclusive: bool


# A test looks at one fact. Its `judgement` says why an unknown answer is a person's to give.


class Within(NamedTuple):
    """The fact lies between two bounds; at least one is given."""

    fact: Fact
    judgement: str | None
    low: Bound | None
    high: Bound | None


class Equals(NamedTuple):
    fact: Fact
    judgement: str | None
    value: Value


class OneOf(NamedTuple):
    """The fact is one of `values`. With `open` the source ends the list in 等: others need a judgement."""

    fact: Fact
    judgement: str | None
    values: tuple[Value, ...]
    open: str | None


class IncludesAny(NamedTuple):
    """A fact of many values has at least one of `values`. With `open`, other values need a judgement."""

    fact: Fact
    judgement: str | None
    values: tuple[str, ...]
    open: str | None


Test = Within | Equals | OneOf | IncludesAny
Atom = Test | ItemExists
Form = All | AnyOf | Not | Atom


def children(condition: Condition) -> tuple[Condition, ...]:
    match condition.form:
        case All(of) | AnyOf(of):
            return of
        case Not(of):
            return (of,)
        case Within() | Equals() | OneOf() | IncludesAny() | ItemExists():
            return ()
        case _:
            assert_never(condition.form)


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything below it, parents first, in the order of the paper."""
    yield condition
    for child in children(condition):
        yield from walk(child)


class Award(NamedTuple):
    """What a clause grants to each item that qualifies: `kind` is the paper's own word, 奖励 or 补贴."""

    kind: str
    basis: Basis
    amount: Yuan | None
    """The sum or the ceiling; None where the award is a person's decision alone."""
    discretion: str | None
    paid_to: str
    when_qualified: Interval
    when_open: Interval
    """For an item not yet determined: nothing is certain, the possible is as when qualified."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the encoder read words that the source leaves open."""

    of: str
    reading: str


@dataclass(frozen=True, slots=True)
class Citation:
    article: str
    says: str


class Clause(NamedTuple):
    """The unit that grants: one condition, one award, for each item of one entity or for the company."""

    id: str
    title: str
    for_each: Entity | None
    condition: Condition
    assumed: tuple[Condition, ...]
    """The nodes of the condition that the encoder added."""
    award: Award
    source: Citation
    readings: tuple[Reading, ...]
    span: Span


class DocumentKind(StrEnum):
    OFFICIAL_TEXT = "official_text"
    REPRINT = "reprint"
    PRESS_REPORT = "press_report"


class Stacking(StrEnum):
    NOT_PUBLISHED = "not_published"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True)
class Document:
    """The document a policy was encoded from. `number` is None where none was published."""

    kind: DocumentKind
    title: str
    number: str | None
    publisher: str
    published_on: date
    note: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """The days in force, both ends included. An end that was not published is said, not guessed.

    Where the first day was not published, `start` is the first day it can be counted from. `end` is None
    where the last day was not published or there is none.
    """

    start: date
    start_published: bool
    end: date | None
    end_published: bool

    def contains(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Application:
    """How one applies; None where the source does not say."""

    window: str | None
    materials: str | None
    department: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Announced:
    """What the source announces without its content; `open` is its word that leaves the list open."""

    says: str
    fields: tuple[str, ...]
    open: str | None


class Policy(NamedTuple):
    """One version of one policy."""

    id: str
    version: str
    title: str
    issuer: str
    document: Document
    period: Period
    application: Application | None
    announced: Announced | None
    stacking: Stacking
    readings: tuple[Reading, ...]
    common: Condition | None
    clauses: tuple[Clause, ...]
    span: Span
    content: Plain
    """The file as plain data, for receipts."""

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id. Raises `KeyError` where there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)
