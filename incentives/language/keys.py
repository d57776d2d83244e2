"""The facts that tables go by and that their rows look at again. Imports the nodes and what they read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from incentives.facts.types import NUMBERS, ChoiceType, YearlyType
from incentives.facts.vocabulary import Fact
from incentives.language.nodes import Bound, Condition, Defined, FactValue, Row, Table, Term, Year, YearValue
from incentives.language.reads import everything_in, read_by


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
