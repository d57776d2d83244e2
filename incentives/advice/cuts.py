"""Where what is said of one fact changes: before and after the ends of its tests. Imports the nodes and facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from incentives.amounts.days import shifted
from incentives.facts.types import CountType, DateType, FactType, MoneyType, QuantityType, RateType
from incentives.language import nodes
from incentives.language.nodes import Bound, Term, TermBound, Unit

Ordered = int | Decimal | date

Cut = tuple[Ordered, bool]
"""Where what is said of a number or a day changes: right before the value, or right after it."""

_YEARS_BACK = 50
"""Years since a first grant that are told apart, where nobody knows since when there can have been one."""

_MONTH = 31
"""Days within which two days of one month, moved to a shorter one, can fall together."""


def is_past(value: Ordered, cut: Cut) -> bool:
    """Whether a value lies behind a cut."""
    end, after = cut
    # The checker holds only values of one ordered type against each other.
    return bool(value > end if after else value >= end)  # type: ignore[operator]


def ends_of(low: Bound | None, high: Bound | None) -> set[Cut]:
    """A range told apart from what is below and above it."""
    found: set[Cut] = set()
    for end, upward in ((low, True), (high, False)):
        if end is not None and isinstance(end.value, int | Decimal | date):
            found.add((end.value, end.inclusive != upward))
    return found


def cuts_at(term: Term, end: TermBound, on: date, *, upward: bool) -> set[Cut] | None:
    """Where the fact of a single term passes an end; None where the end depends on something else."""
    while isinstance(term, nodes.Defined):
        term = term.of
    at = fixed(end.of, on)
    if at is None:
        return None
    if isinstance(term, nodes.Shifted):
        return _shifted_cut(term, at, end.inclusive != upward)
    if not isinstance(term, nodes.Elapsed):
        return {(at, end.inclusive != upward)}
    assert isinstance(at, int), "time is counted in whole units"
    if term.unit is Unit.CALENDAR_YEARS:
        years = (on.year - at, on.year - at + 1)
        return {(date(year, 1, 1), False) for year in years if 1 <= year <= date.max.year}
    if term.unit is Unit.ACCOUNTING_YEARS:
        begins = (on.year - at, on.year - at - 1)
        return {(date(year, 1, 1), True) for year in begins if 1 <= year <= date.max.year}
    ends = [shifted(on, term.unit.value, -count) for count in (at, at + 1)]
    return {(day, True) for day in ends if isinstance(day, date)}


def fixed(term: Term, on: date) -> Ordered | None:
    """A value that depends on the day alone."""
    match term:
        case nodes.Literal(int() | Decimal() | date() as value):
            return value
        case nodes.ApplicationDay():
            return on
        case nodes.Shifted(nodes.ApplicationDay(), unit, by):
            day = shifted(on, unit.value, by)
            return day if isinstance(day, date) else None
        case _:
            return None


def _shifted_cut(term: nodes.Shifted, at: Ordered, after: bool) -> set[Cut] | None:
    """The first day that, so much later, is past a day. Days of shorter months fall together: it is looked for."""
    begun = shifted(at, term.unit.value, -term.by) if isinstance(at, date) else None
    if not isinstance(begun, date):
        return None
    around = range(max(begun.toordinal() - _MONTH, 1), min(begun.toordinal() + _MONTH, date.max.toordinal()) + 1)
    for day in map(date.fromordinal, around):
        later = shifted(day, term.unit.value, term.by)
        if isinstance(later, date) and is_past(later, (at, after)):
            return {(day, False)}
    return None


def counts_days(term: Term) -> bool:
    """Whether a term that is about one day is not that day itself."""
    while isinstance(term, nodes.Defined):
        term = term.of
    return isinstance(term, nodes.Elapsed | nodes.Shifted)


def middle(of: FactType, on: date) -> set[Cut] | None:
    """A rough cut of what enters arithmetic; None of what has no order."""
    match of:
        case MoneyType():
            return {(Decimal(10) ** 7, False)}
        case RateType():
            return {(Decimal("0.1"), False)}
        case CountType():
            return {(50, False)}
        case QuantityType():
            return {(Decimal(50), False)}
        case DateType():
            return {(date(on.year - back, 1, 1), False) for back in (0, 2)}
        case _:
            return None


def years_back(term: nodes.Granted, on: date) -> set[Cut]:
    """Each year since the first in which something can have been granted, told from the one before."""
    first = max(term.first_year, on.year - _YEARS_BACK)
    return {(year, False) for year in range(first, on.year + 1)}
