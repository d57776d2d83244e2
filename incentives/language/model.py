"""The model: a policy resolved, typed and frozen, as plain data. Imports facts, values and the nodes.

Conditions and amounts are in `nodes`. Each node has a stable id (its path in the file, so
`new-project/when/2`) and the place it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from incentives.diagnostics import Span
from incentives.facts.types import FactType
from incentives.facts.vocabulary import Entity
from incentives.language.nodes import Cases, Condition, Table, Term
from incentives.records import NamedTuple, frozen
from incentives.source.tree import Plain
from incentives.values import Basis, Bilingual, Yuan


@frozen
class Citation:
    """A place in the document, and its words."""

    article: str
    says: str


class Instalment(NamedTuple):
    """A part of an award that is paid in a year, counted from the year of the award: 1 is that year.

    `year` is None where the paper names none; `after` is what it waits for, in the paper's words. `share` is None
    where the parts are equal, 1 where the whole award waits for something. `rest` marks what is left after the other
    parts and is settled later, so that the paper gives it no share: then `share` is None as well. `exact` is the
    sum of a part that the paper names in money: 分三年按10万元、20万元、30万元兑现.
    """

    year: int | None
    share: Decimal | None
    after: str | None = None
    rest: bool = False
    exact: Yuan | None = None


class Budget(NamedTuple):
    """The money there is for a policy or a clause, shared by all who apply; `says` are the paper's words.

    `at` is in yuan, None where it was not published; `at_least` says that there may be more. `places` is how many are
    chosen (5个), where the paper limits their number and not the money; it is empty where the paper does not say how
    many. `each_year` marks what there is in one year. With `limits_awards` the paper says that what is paid depends
    on it: of such an award nothing is certain.
    """

    at: Yuan | None
    at_least: bool
    each_year: bool
    limits_awards: bool
    says: str
    places: str | None = None


class Tiers(NamedTuple):
    """The tiers of an award of which one has a limit of its own for all that a company is granted in it.

    `which` gives the number of the row that is reached, one more than the last of them where it is `otherwise`;
    `amounts` are what the whole award comes to in each, by the ids of the rows.
    """

    table: Table | Cases
    which: Table | Cases
    amounts: tuple[tuple[str, Term], ...]


class Award(NamedTuple):
    """What a clause grants to each item that qualifies: `kind` is the paper's own word, 奖励 or 补贴.

    `amount` is the whole arithmetic. `stated` is its one figure where it has only one: the sum or the ceiling.
    `words` are the paper's where a person decides, where nothing was published, or what is recognised. Nobody
    is paid a recognition or relief: `paid_to` is then empty. What goes `to_other` than the company is no part of its
    own total. `or_in_kind` are the words of the paper for what can be given in place of money. `source` is where the
    award stands, where that is another place than the clause's. `budgets` are those that limit it. `tiers` are there
    where a cap holds for one of them. `recognises` is the title that is conferred together with the money,
    `in_kind` what is given together with it that is no money.
    """

    kind: str
    basis: Basis
    amount: Term
    stated: Yuan | None
    words: str | None
    paid_to: str
    instalments: tuple[Instalment, ...]
    obligations: tuple[str, ...]
    claw_back: str | None
    to_other: bool = False
    or_in_kind: str | None = None
    source: Citation | None = None
    budgets: tuple[Budget, ...] = ()
    tiers: Tiers | None = None
    recognises: str | None = None
    in_kind: str | None = None


class Shared(StrEnum):
    """What two awards must share for a stacking rule to hold between them."""

    COMPANY = "company"
    ITEM = "item"


Kinds = tuple[tuple[str, Term], ...]
"""By what items are told to be of one kind, such as the kind of an honour: words, for each clause of a rule."""


class HigherOf(NamedTuple):
    """At most one of several sets of clauses is paid, the highest: 就高不重复, 不重复享受.

    With `same` it holds for the items of each kind by themselves.
    """

    id: str
    span: Span
    sets: tuple[tuple[str, ...], ...]
    within: Shared
    says: str | None
    same: Kinds = ()


class Per(StrEnum):
    """What a cap or a number holds for: one application, the company ever, the company in a year."""

    APPLICATION = "application"
    COMPANY = "company"
    COMPANY_YEAR = "company_year"


class Quota(NamedTuple):
    """Of the awards of these clauses, one for each item, at most so many are paid: 最多申报四个项目, 限报一个.

    With `same` so many of each kind. `granted` is how many were before, this year or ever, which have used it up;
    None where the number is that of one application.
    """

    id: str
    span: Span
    at_most: int
    over: tuple[str, ...]
    says: str | None
    same: Kinds = ()
    per: Per = Per.APPLICATION
    granted: Term | None = None


class Exclusion(NamedTuple):
    """One clause is not paid beside any of others, which may be paid beside each other.

    With `same` it holds for the items of each kind by themselves.
    """

    id: str
    span: Span
    clause: str
    others: tuple[str, ...]
    within: Shared
    says: str | None
    same: Kinds = ()


class Cap(NamedTuple):
    """No more than `at` for all these clauses together: what is written, `stated`, less what has used it up.

    With `tier`, the id of a row, only for what the one clause grants in that tier; the ledger knows it as `called`.
    """

    id: str
    span: Span
    at: Term
    stated: Term
    over: tuple[str, ...]
    says: str | None
    per: Per
    tier: str | None = None
    called: str | None = None


class Alongside(NamedTuple):
    """These clauses may be paid beside each other: 可兼得. Of any other clause it says nothing."""

    id: str
    span: Span
    over: tuple[str, ...]
    says: str | None


Choosing = HigherOf | Exclusion | Quota
"""The rules that choose between awards; a cap chooses nothing."""

Limiting = Choosing | Cap
"""The rules that can take something from an award."""

Rule = Limiting | Alongside


def sides(rule: HigherOf | Exclusion) -> tuple[tuple[str, ...], ...]:
    """The sets of clauses of which a rule pays one."""
    match rule:
        case HigherOf(sets=sets):
            return sets
        case Exclusion(clause=clause, others=others):
            return (clause,), others
        case _:
            assert_never(rule)


def terms_of(rule: Rule) -> tuple[Term, ...]:
    """What has to be worked out to know what a rule takes."""
    match rule:
        case Cap(at=at):
            return (at,)
        case Quota(same=same, granted=granted):
            return (*(term for _, term in same), *(() if granted is None else (granted,)))
        case HigherOf(same=same) | Exclusion(same=same):
            return tuple(term for _, term in same)
        case Alongside():
            return ()
        case _:
            assert_never(rule)


def limiting(rules: Iterable[Rule]) -> list[Limiting]:
    """The rules that can take something from an award."""
    return [rule for rule in rules if isinstance(rule, Limiting)]


def named_by(rule: Rule) -> frozenset[str]:
    """The clauses that a rule is about."""
    match rule:
        case Cap(over=over) | Quota(over=over) | Alongside(over=over):
            return frozenset(over)
        case HigherOf() | Exclusion():
            return frozenset(clause for side in sides(rule) for clause in side)
        case _:
            assert_never(rule)


class PolicyExclusion(NamedTuple):
    """This policy and another are not paid side by side; or a clause of it and clauses of that, where they are named.

    `clause` is this policy's own and `others` are of the other one: both are named or neither is.
    """

    id: str
    span: Span
    policy: str
    says: str | None
    clause: str | None = None
    others: tuple[str, ...] = ()


@frozen
class Reading:
    """How the encoder read words that the source leaves open."""

    of: str
    reading: str


class Clause(NamedTuple):
    """The unit that grants: one condition, one award, for each item of one entity or for the company."""

    id: str
    title: str
    for_each: Entity | None
    period: Period | None
    """The days of application on which the clause counts, where they differ from the policy's."""
    condition: Condition
    assumed: tuple[Condition, ...]
    """The nodes of the condition that the encoder added."""
    award: Award
    sources: tuple[Citation, ...]
    """The places of the document that the clause was encoded from, at least one."""
    readings: tuple[Reading, ...]
    span: Span
    budgets: tuple[Budget, ...] = ()
    """The money there is for this clause alone."""

    def is_of_award(self, condition: Condition) -> bool:
        """Whether a condition stands in the award: that one of its tiers is reached."""
        return condition.id.startswith(f"{self.id}/award/")


class Definition(NamedTuple):
    """A named derived fact: a term with its type, or a condition. `entity` is what it is worked out for.

    `says` are the words of the paper.
    """

    id: str
    title: Bilingual
    entity: str
    type: FactType
    of: Term | Condition
    span: Span
    says: str | None


class DocumentKind(StrEnum):
    OFFICIAL_TEXT = "official_text"
    REPRINT = "reprint"
    DRAFT = "draft"
    PRESS_REPORT = "press_report"


class Stacking(StrEnum):
    NOT_PUBLISHED = "not_published"
    CUMULATIVE = "cumulative"


@frozen
class Document:
    """The document a policy was encoded from.

    `title`, `number`, `publisher` and `published_on` are None where the source does not show them. `published_in` is
    the year, or the month, where the source shows no more: 2017年, 2017年3月.
    """

    kind: DocumentKind
    title: str | None
    number: str | None
    publisher: str | None
    published_on: date | None
    note: str | None
    published_in: str | None = None


@frozen
class Period:
    """The days in force, both ends included. An end that was not published is said, not guessed.

    Where the first day was not published, `start` is the first day it can be counted from, `date.min` where
    there is no such day. `end` is None where the last day was not published or there is none.
    """

    start: date
    start_published: bool
    end: date | None
    end_published: bool
    start_by: date | None = None
    """Only the year or the month of the first day is known: its last day, and then `start` is its first."""

    def contains(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)


@frozen
class Application:
    """How one applies; None where the source does not say."""

    window: str | None
    materials: str | None
    department: str | None
    phone: str | None


@frozen
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
    issuer: str | None
    document: Document
    period: Period
    application: Application | None
    announced: Announced | None
    stacking: Stacking
    """How awards combine that no rule names."""
    rules: tuple[Rule, ...]
    beside: tuple[PolicyExclusion, ...]
    readings: tuple[Reading, ...]
    definitions: Mapping[str, Definition]
    common: Condition | None
    clauses: tuple[Clause, ...]
    span: Span
    content: Plain
    """The file as plain data, for receipts."""
    to_others: frozenset[str] = frozenset()
    """The clauses whose awards go to somebody other than the company."""
    budgets: tuple[Budget, ...] = ()
    """The money there is for the policy as a whole."""

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id. Raises `KeyError` where there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)
