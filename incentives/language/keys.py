"""The facts that tables and cases go by and that their rows look at again. Imports the nodes and what they read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from incentives.facts.types import NUMBERS, BooleanType, ChoiceType, FactType, Value, YearlyType
from incentives.facts.vocabulary import Fact
from incentives.language.bands import joined
from incentives.language.nodes import (
    All,
    Bound,
    Cases,
    Condition,
    Defined,
    Equals,
    FactValue,
    Holds,
    Literal,
    Measured,
    Not,
    OneOf,
    Row,
    Table,
    Term,
    TermBound,
    Within,
    Year,
    YearValue,
)
from incentives.language.reads import everything_in, read_by
from incentives.language.signs import can_be_negative
from incentives.records import NamedTuple


class Key(NamedTuple):
    """The fact that a table goes by, in its year where it is yearly."""

    fact: Fact
    year: Year | None


def key_of(table: Table) -> Key | None:
    """The fact that a table goes by, where what its rows give looks at it as well, in no condition; else None."""
    by: Term | Condition = table.by
    while isinstance(by, Defined):
        by = by.of
    match by:
        case FactValue(fact):
            key = Key(fact, None)
        case YearValue(fact, year):
            key = Key(fact, year)
        case _:
            return None
    of = fact.type.of if isinstance(fact.type, YearlyType) else fact.type
    given = [*(row.gives for row in table.rows), *(() if table.otherwise is None else (table.otherwise,))]
    readers = [part for term in given for part in everything_in(term) if fact in read_by(part)]
    tested = any(isinstance(part, Condition) for part in readers)
    return key if readers and not tested and isinstance(of, (*NUMBERS, ChoiceType)) else None


def by_one_fact(cases: Cases) -> Table | None:
    """Cases that go by the figures, or the words, of one fact, as the table they are: where it has a key."""
    table = as_table(cases)
    return table if table is not None and key_of(table) is not None else None


def as_table(cases: Cases) -> Table | None:
    """Cases as the table they are: each is one bound, band, value or choice of one and the same fact.

    None where they are something else, or somebody judges the fact.
    """
    rows: list[Row] = []
    keys: list[tuple[FactValue | YearValue, FactType]] = []
    for case in cases.rows:
        found = _bounds_of(case.when)
        if found is None:
            return None
        by, of, low, high, values = found
        keys.append((by, of))
        rows.append(Row(case.id, case.span, low, high, values, case.gives))
    if not keys or any(key != keys[0] for key in keys):
        return None
    return Table(cases.id, *keys[0], tuple(rows), cases.otherwise)


def leave_nothing_out(cases: Cases) -> bool:
    """Whether one of the cases holds whatever their one fact is: 是 and 否, every option, 以上 and 不满.

    So also of a definition that holds and that does not.
    """
    held = {node.id: holds for case in cases.rows for node, holds in _defined(case.when)}
    if any(held.get(node.id) is not holds for case in cases.rows for node, holds in _defined(case.when)):
        return True
    table = as_table(cases)
    if table is None:
        return False
    values = {value for row in table.rows for value in row.values or ()}
    match table.key:
        case BooleanType():
            return len(values) == 2
        case ChoiceType(choices):
            return values >= set(choices)
        case _:
            return any(band.high is None and from_the_start(band.low, table.by) for band in joined(table.rows))


def from_the_start(low: Bound | None, of: Term) -> bool:
    """Whether what begins at `low` leaves out nothing that a value can be below it."""
    return low is None or (low.inclusive and low.value == 0 and not can_be_negative(of))


def _defined(condition: Condition) -> Iterator[tuple[Condition, bool]]:
    """The definition that a condition asks for, and whether it is to hold."""
    match condition.form:
        case All((only,)):
            yield from _defined(only)
        case Holds(_, of):
            yield of, True
        case Not(Condition(form=Holds(_, of))):
            yield of, False
        case _:
            pass


_Bounds = tuple[FactValue | YearValue, FactType, Bound | None, Bound | None, tuple[Value, ...] | None]
"""A fact, its type, and what it must be."""


def _bounds_of(condition: Condition) -> _Bounds | None:
    """What a condition asks of one fact that is not judged; None where it asks anything else."""
    match condition.form:
        case All((only,)) | Holds(_, only):
            return _bounds_of(only)
        case Within(fact, None, low, high):
            return FactValue(fact), fact.type, low, high, None
        case Equals(fact, None, value):
            return FactValue(fact), fact.type, None, None, (value,)
        case OneOf(fact, None, values, None):
            return FactValue(fact), fact.type, None, None, values
        case Measured(YearValue() | FactValue() as by, of, None, low, high, values):
            ends = [_figure(end) for end in (low, high)]
            if any(figure is None and end is not None for figure, end in zip(ends, (low, high), strict=True)):
                return None
            return by, of, *ends, values  # type: ignore[return-value]  # a pair of ends
        case _:
            return None


def _figure(end: TermBound | None) -> Bound | None:
    return Bound(end.of.value, end.inclusive) if end is not None and isinstance(end.of, Literal) else None


def one_sided(rows: Sequence[Row]) -> bool:
    """Whether all rows are open at the same end, so that what lies past all of them is one stretch of the key."""
    ends = [(row.low, row.high) for row in rows if row.values is None]
    return len(ends) == len(rows) and (all(high is None for _, high in ends) or all(low is None for low, _ in ends))


def apart(rows: Sequence[Row]) -> bool:
    """Whether each row counts on one stretch of the key: none overlap, or all are open at the same end."""
    ends = [(row.low, row.high) for row in rows if row.values is None]
    if not ends:
        return all(isinstance(value, str) for row in rows for value in row.values or ())
    if len(ends) < len(rows):
        return False
    if all(high is None for _, high in ends) or all(low is None for low, _ in ends):
        return True
    return all(_meets(one[1], other[0]) or _meets(other[1], one[0]) for one, other in combinations(ends, 2))


def _meets(high: Bound | None, low: Bound | None) -> bool:
    """Whether what ends at `high` ends before what begins at `low`."""
    if high is None or low is None:
        return False
    end, begin = high.value, low.value
    assert isinstance(end, int | Decimal), "the ends of a key that is a number"
    assert isinstance(begin, int | Decimal), "the ends of a key that is a number"
    return end <= begin
