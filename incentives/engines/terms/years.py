"""Yearly facts: in one year, and over several. Imports the nodes, subjects and amounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount, Open
from incentives.engines.ranges_of_facts import Found, any_number_of, combined, hull, number, unknown
from incentives.engines.subjects import (
    Awaited,
    Collected,
    Subject,
    Undefined,
    await_fact,
    collect,
    known,
    leave_undefined,
    supposed,
)
from incentives.facts.types import Series, YearlyType
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.nodes import How, OverYears, Year
from incentives.values import ZERO, State


def in_year(fact: Fact, year: int, subject: Subject) -> Found:
    """A yearly fact in one year."""
    taken = supposed(fact, subject, year)
    if taken is not None:
        return taken
    of = fact.type.of if isinstance(fact.type, YearlyType) else fact.type
    series = _series(fact, subject)
    value = series.years.get(year) if series is not None else None
    if value is not None:
        return value
    found = unknown(of, fact.judgement)
    if series is not None and series.years and year < min(series.years):
        highest = series.earlier_highest
        if isinstance(highest, int | Decimal):
            if highest == found.low:
                return highest  # what was at most the least there can be was just that
            found = found._replace(high=highest)
    await_fact(fact, subject, (year,))
    return found


def _series(fact: Fact, subject: Subject) -> Series | None:
    holder = subject.profile.company if fact.entity == COMPANY else subject.item
    value = holder.values.get(fact.id) if holder is not None else None
    return value if isinstance(value, Series) else None


def two_years(fact: Fact, year: Year, subject: Subject, back: int = 1) -> tuple[Amount, Amount]:
    """A yearly fact in one year and in the year so far before."""
    this = year.at(subject.on.year)
    return number(in_year(fact, this, subject)), number(in_year(fact, this - back, subject))


Ruled = Callable[[Subject], Found] | None
"""What the policy rules where there is no year at all; None where it does not."""


def over_years(term: OverYears, subject: Subject, ruled: Ruled) -> Found:
    """A yearly fact summed, averaged or compared over several years."""
    last = term.last.at(subject.on.year)
    since = known(term.since, subject) if term.since is not None else None
    if term.since is not None and not isinstance(since, date):
        return _any_number_of_years(term, term.since, subject, last, ruled)
    begun = since.year if isinstance(since, date) else None
    if term.first is not None:
        first = term.first.at(subject.on.year)
        first = first if begun is None else max(first, begun)
        return _in_years(term, range(first, last + 1), subject, ruled)
    if begun is not None:
        return _in_years(term, range(begun, last + 1), subject, ruled)
    return _ever(term, last, subject)


def _in_years(term: OverYears, years: range, subject: Subject, ruled: Ruled) -> Found:
    if not years:
        if term.how is How.SUM:
            return ZERO
        if ruled is not None:
            return ruled(subject)
        leave_undefined(Undefined.OF_NO_YEAR, subject)
        return Open(State.JUDGEMENT)
    return combined(term.how, [number(in_year(term.fact, year, subject)) for year in years])


def _any_number_of_years(term: OverYears, since: Fact, subject: Subject, last: int, ruled: Ruled) -> Found:
    """Over the last years, but nobody knows how many there are: the hull over every number of them, none as well."""
    asked: Collected = {}
    place = subject._replace(awaited=asked)
    if term.first is None:
        series = _series(term.fact, subject)
        first = min(series.years) if series is not None else last + 1
        found = [_ever(term, last, place)]
    else:
        first, found = term.first.at(subject.on.year), []
    begins = range(min(first, last + 1), last + 2)
    found += [_in_years(term, range(begun, last + 1), place, ruled) for begun in begins]
    if subject.awaited is not None:
        # That there may be none of these years at all waits for the day alone.
        collect(subject.awaited, [one for one in asked.values() if isinstance(one, Awaited)])
    return hull(found, unknown(since.type, since.judgement).state)


def _ever(term: OverYears, last: int, subject: Subject) -> Found:
    """Over every year up to `last`: the highest of the earlier ones closes it, or the year of founding."""
    series = _series(term.fact, subject)
    of = term.fact.type.of if isinstance(term.fact.type, YearlyType) else term.fact.type
    earlier = unknown(of, term.fact.judgement)
    closed = series is not None and series.earlier_highest is not None and min(series.years) <= last + 1
    founded = known(term.founded, subject) if term.founded is not None and not closed else None
    if isinstance(founded, date):
        return _since_founding(term, series, founded.year, last, subject)
    if series is None:
        await_fact(term.fact, subject, (last,), earlier=term.how is How.LARGEST)
        return any_number_of(term.how, [], earlier)
    first = min(series.years)
    values = [number(in_year(term.fact, year, subject)) for year in range(first, last + 1)]
    if series.earlier_highest is not None:
        highest = number(series.earlier_highest)
        earlier = earlier._replace(high=ranges.ends(highest)[1])
        if first <= last + 1:
            values.append(highest)
            if term.how is How.LARGEST:
                return combined(term.how, values)
    await_fact(term.fact, subject, (min(first - 1, last),), earlier=term.how is How.LARGEST)
    return any_number_of(term.how, values, earlier)


def _since_founding(term: OverYears, series: Series | None, founded: int, last: int, subject: Subject) -> Found:
    """Over every year up to `last` since a company was founded, and those given before; below anything, of none."""
    given = {year for year in series.years if year <= last} if series is not None else set()
    years = sorted({*given, *range(founded, last + 1)})
    if not years:
        return -INFINITE
    return combined(term.how, [number(in_year(term.fact, year, subject)) for year in years])
