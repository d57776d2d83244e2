"""What a policy's conditions and amounts are made of: two closed unions of plain data. Imports facts and diagnostics.

A `Condition` is a three-valued test, a `Term` is something that has a value: an amount, a rate, a date, a
choice. They stand in one module because each can hold the other: a condition bounds a term, a term sums what
passes a condition. Every part that walks them does so in exhaustive matches.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from incentives.diagnostics import Span
from incentives.facts.types import FactType, Value
from incentives.facts.vocabulary import Entity, Fact
from incentives.records import Record

# ---------------------------------------------------------------- terms


class How(StrEnum):
    """What becomes of several values."""

    SUM = "sum"
    MEAN = "mean"
    LARGEST = "largest"
    SMALLEST = "smallest"


class Year(Record):
    """A calendar year: so many before that of the application, 0 for that one itself; `fixed`, that number itself."""

    number: int
    fixed: bool = False

    def at(self, application: int) -> int:
        """Which year it is for an application made in the year `application`."""
        return self.number if self.fixed else application - self.number

    def before(self, years: int) -> Year:
        """The year so many years before it."""
        return Year(self.number - years if self.fixed else self.number + years, self.fixed)


class Literal(Record):
    """A value that is written out. `words` are the paper's where it grants no money: a title, a relief."""

    value: Value
    type: FactType
    words: str | None = None


class FactValue(Record):
    """A fact of the company or of the item at hand."""

    fact: Fact


class YearValue(Record):
    """A yearly fact in one year."""

    fact: Fact
    year: Year


class OverYears(Record):
    """A yearly fact over several years, both ends included.

    With `since` (the founding date) only the years from that date's year on count: 不足三年按实际. `first` is
    None for every year there is up to `last`: with `since` from that year on, else without a known beginning.
    Then the year in which the company was `founded`, where it is given, is one: before it there is no year of the
    company, and nothing it can have reached. Figures that are given for earlier years count all the same.
    A mean or an extreme of no years is `undefined`, where the policy rules it, else a person decides.
    """

    how: How
    fact: Fact
    first: Year | None
    last: Year
    since: Fact | None
    founded: Fact | None = None
    undefined: Term | None = None


class OverItems(Record):
    """What the items of a list that pass a condition come to. `of` is a term about one item."""

    how: How
    entity: Entity
    of: Term
    where: Condition | None


class CountItems(Record):
    entity: Entity
    where: Condition | None


class CountValues(Record):
    """How many values a fact of several has (涉及两个环节以上): of `among` alone, where that is given."""

    of: FactValue
    among: tuple[str, ...] | None


class Combined(Record):
    how: How
    of: tuple[Term, ...]


class Difference(Record):
    left: Term
    right: Term


class Product(Record):
    left: Term
    right: Term


class Ratio(Record):
    """Undefined where `to` is nothing; then `undefined`, where the policy rules it, else a person decides."""

    of: Term
    to: Term
    undefined: Term | None


class Growth(Record):
    """A yearly fact against `over` years before: (this − before) / before. Undefined where nothing was before."""

    fact: Fact
    year: Year
    undefined: Term | None
    over: int = 1


class Increase(Record):
    """A yearly fact minus what it was in the year before; negative where it fell."""

    fact: Fact
    year: Year


class Unit(StrEnum):
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    CALENDAR_YEARS = "calendar_years"
    """The year of one day minus the year of another, whatever the months."""
    ACCOUNTING_YEARS = "accounting_years"
    """Whole calendar years between the two days: 1月1日 to 12月31日."""


class Elapsed(Record):
    """Completed years, months or days from a date to `until`, the day of application by default (民法典 200–202)."""

    unit: Unit
    since: Term
    until: Term | None


class ApplicationDay(Record):
    """The day the application is made."""


class Shifted(Record):
    """A date so many years, months or days later; earlier with a negative count."""

    date: Term
    unit: Unit
    by: int


class Row(Record):
    """One row of a table: what its key must be, and what it then gives; `called` is the paper's name of a tier."""

    id: str
    span: Span
    low: Bound | None
    high: Bound | None
    values: tuple[Value, ...] | None
    gives: Term
    called: str | None = None


class Table(Record):
    """One function of its key, of type `key`: the first row that it fits; `otherwise` where none does."""

    id: str
    by: Term
    key: FactType
    rows: tuple[Row, ...]
    otherwise: Term | None


class Case(Record):
    """What holds in a case, and what it then gives; `called` is the paper's name of a tier."""

    id: str
    span: Span
    when: Condition
    gives: Term
    called: str | None = None


class Cases(Record):
    """What the first condition that holds gives; `otherwise` where none does.

    Of `complete` cases one holds whatever the fact is that they go by, so that nothing is left for `otherwise`.
    """

    id: str
    rows: tuple[Case, ...]
    otherwise: Term | None
    complete: bool = False


def otherwise_id(table: Table | Cases) -> str:
    """The id of what a table gives where no row fits, as if that were a row."""
    return f"{table.id}/otherwise"


class Slice(Record):
    """The part between two ends, at its own rate. `high` is None where it has no end."""

    id: str
    span: Span
    low: Decimal
    high: Decimal | None
    rate: Decimal


class Slices(Record):
    """分段累进: each slice of `of` at its own rate."""

    of: Term
    slices: tuple[Slice, ...]


class GrowthSlices(Record):
    """Slices by growth over the year before: the part of the increase that lies in each slice, at its rate."""

    fact: Fact
    year: Year
    slices: tuple[Slice, ...]


class Step(Record):
    id: str
    span: Span
    at: Decimal
    gives: Decimal


class Steps(Record):
    """首次突破: what the steps give that `of` has reached and `before`, its highest earlier value, had not.

    `every_step` pays each of them, else the highest alone. `then_every`: past the last step each further
    whole distance gives an amount, without end. `key` is the type of `of`.
    """

    of: Term
    key: FactType
    before: Term
    steps: tuple[Step, ...]
    every_step: bool
    then_every: tuple[Decimal, Decimal] | None


class Further(Record):
    """For each whole `every` by which `of`, of type `key`, exceeds `above`, so much; never less than nothing."""

    of: Term
    key: FactType
    above: Decimal
    every: Decimal
    gives: Decimal


class WholeUnits(Record):
    """How many whole times `each` goes into `of`; and once more where what is left is above `rest`, or just that.

    不足1小时不计: no rest counts, `rest` is None. 不足一年按一年: any above nothing. 超过30分钟按1小时: above that.
    `key` is the type of `of`, `unit` what is counted.
    """

    of: Term
    key: FactType
    unit: str
    each: Decimal
    rest: Decimal | None
    inclusive: bool


class Decided(Record):
    """An amount that an authority sets between two ends; an end is None where the source gives none.

    `unpublished` says that there is a rule and the source leaves it out; `words` are what it says of that. Words
    beside a high end alone say so of a ceiling on it: it is the most that can be paid, and nothing of it is sure.
    """

    low: Term | None
    high: Term | None
    unpublished: bool
    words: str | None = None


class Granted(Record):
    """What the ledger says was granted before under these clauses: this year or ever.

    `first_year` is the first in which anything can have been granted under any version of the policy, and nothing
    was granted to a company that was not yet `founded`. With `for_item`, the entity of the item at hand, only what
    was granted for that item counts, which the ledger names as `matter`; with `tier`, what was granted in that tier.
    With `same`, words worked out for the item at hand, what was granted for one of the same kind counts, whatever its
    name: its words are the `matter_kind` of the ledger.
    """

    policy: str
    clauses: tuple[str, ...]
    titles: tuple[str, ...]
    this_year: bool
    first_year: int
    for_item: str | None
    entity: Entity
    ledger_from: Fact
    founded: Fact | None
    tier: str | None = None
    same: Term | None = None


class YearsGranted(Record):
    """In how many different years before this one the ledger shows a grant, whatever its amount."""

    of: Granted


class TimesGranted(Record):
    """How many grants the ledger shows, whatever their amounts: 限三次, 不超过五届."""

    of: Granted


class YearsSinceGranted(Record):
    """How many years this one comes after that of the first grant in the ledger: 0 in that year, or without one."""

    of: Granted


class RoundingMode(StrEnum):
    DOWN = "down"
    HALF_UP = "half_up"
    UP = "up"


class Rounded(Record):
    of: Term
    to: Decimal
    mode: RoundingMode


class NothingBelow(Record):
    """An amount that is not paid at all where it is smaller than `at`."""

    of: Term
    at: Decimal


class Defined(Record):
    """A named definition's term, one and the same wherever it is used. `entity` is what it is worked out for."""

    id: str
    title: str
    of: Term
    entity: str


Term = (
    Literal
    | FactValue
    | YearValue
    | OverYears
    | OverItems
    | CountItems
    | CountValues
    | Combined
    | Difference
    | Product
    | Ratio
    | Growth
    | Increase
    | Elapsed
    | ApplicationDay
    | Shifted
    | Table
    | Cases
    | Slices
    | GrowthSlices
    | Steps
    | Further
    | WholeUnits
    | Decided
    | Granted
    | YearsGranted
    | TimesGranted
    | YearsSinceGranted
    | Rounded
    | NothingBelow
    | Defined
)


class Bound(Record):
    """One end of a range of values, with whether the end itself is inside."""

    value: Value
    inclusive: bool


class TermBound(Record):
    """One end of a range, which is itself worked out."""

    of: Term
    inclusive: bool


# ---------------------------------------------------------------- conditions


class Condition(Record):
    """One node: its form, and around it what every node has, so that no arm of a match handles it.

    `entity` is what it looks at: the company, or the kind of item its clause is for. `says` is the phrase
    of the source it encodes, which stands in the clause's article unless `article` names another. `assumption`
    marks a condition that the encoder added, and says why.
    """

    id: str
    span: Span
    entity: str
    says: str | None
    assumption: str | None
    form: Form
    article: str | None = None


class All(Record):
    of: tuple[Condition, ...]


class AnyOf(Record):
    of: tuple[Condition, ...]


class InCase(AnyOf):
    """其中……的，还须……: what is asked of some alone.

    It holds where it is not their case, or where what they must be holds: an `AnyOf`, told as the paper says it.
    """

    @property
    def case(self) -> Condition:
        """The case in which anything is asked."""
        unless = self.of[0].form
        assert isinstance(unless, Not), "the first of its parts is that it is not the case"
        return unless.of

    @property
    def must(self) -> Condition:
        """What must hold in that case."""
        return self.of[1]


class AtLeast(Record):
    """At least `number` of several conditions hold: 符合以下两项以上. One is an `AnyOf`, all of them are an `All`."""

    of: tuple[Condition, ...]
    number: int

    @property
    def failures(self) -> int:
        """How many of them must fail for it to fail."""
        return len(self.of) - self.number + 1


class Not(Record):
    of: Condition


class Holds(Record):
    """A named definition holds. The definition's node is one and the same wherever it is used."""

    title: str
    of: Condition


class ItemExists(Record):
    """There is an item to look at: fails on an empty list, unknown on an absent one."""

    of: Entity


class Quantity(StrEnum):
    SOME = "some"
    EVERY = "every"
    NONE = "none"


class Items(Record):
    """Some, every or none of the items of a list pass a condition. Every item of an empty list does, and none."""

    quantity: Quantity
    entity: Entity
    where: Condition


# A test looks at one fact. Its `judgement` says why an unknown answer is a person's to give.


class Within(Record):
    """The fact lies between two bounds; at least one is given."""

    fact: Fact
    judgement: str | None
    low: Bound | None
    high: Bound | None


class Equals(Record):
    fact: Fact
    judgement: str | None
    value: Value


class OneOf(Record):
    """The fact is one of `values`. With `open` the source ends the list in 等: others need a judgement."""

    fact: Fact
    judgement: str | None
    values: tuple[Value, ...]
    open: str | None


class IncludesAny(Record):
    """A fact of many values has at least one of `values`. With `open`, other values need a judgement."""

    fact: Fact
    judgement: str | None
    values: tuple[str, ...]
    open: str | None


class StartsWith(Record):
    """A code begins with one of `prefixes`: 510107, C39."""

    fact: Fact
    judgement: str | None
    prefixes: tuple[str, ...]
    open: str | None


class Measured(Record):
    """A term lies between two ends, or is one of `values`."""

    term: Term
    type: FactType
    judgement: str | None
    low: TermBound | None
    high: TermBound | None
    values: tuple[Value, ...] | None


class Unstated(Record):
    """A condition that there is and that the source leaves out: a person's to judge, as `gap` says."""

    gap: str


Test = Within | Equals | OneOf | IncludesAny | StartsWith
Atom = Test | Measured | Unstated | Items | ItemExists
Form = All | AnyOf | AtLeast | Not | Holds | Atom
