"""Yearly facts compiled: one year, two years running, several years. Imports nodes and amounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import cast

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount
from incentives.engines.native.place import Place, Worth
from incentives.engines.ranges_of_facts import Found, any_number_of, combined, hull, number, unknown
from incentives.facts.types import FactType, Series, YearlyType
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.nodes import How, OverYears, Year
from incentives.values import ZERO

InYear = Callable[[Place, int], Found]


TwoYears = Callable[[Place], tuple[Amount, Amount]]


def compile_year(fact: Fact, written: Year) -> Worth:
    """The fact in one year."""
    series_of, gap = _series_of(fact), _gap(fact)
    number, fixed = written.number, written.fixed

    def worth(place: Place) -> Found:
        year = number if fixed else place.year - number
        series = series_of(place)
        if series is not None:
            value = series.years.get(year)
            if value is not None:
                return value
        return gap(place, series, year)

    return worth


def compile_two_years(fact: Fact, year: Year, back: int = 1) -> TwoYears:
    """A year and the one so far before it."""
    this, before = compile_year(fact, year), compile_year(fact, year.before(back))
    return lambda place: (cast(Amount, this(place)), cast(Amount, before(place)))


def compile_over_years(term: OverYears, ruled: Worth) -> Worth:
    """The fact over several years; `ruled` is what a mean or an extreme of no year comes to."""
    in_year, since, first = _in_any_year(term.fact), term.since, term.first
    how, last = term.how, term.last

    def over(place: Place, years: range) -> Found:
        if not years:
            return ZERO if how is How.SUM else ruled(place)
        return combined(how, [cast(Amount, in_year(place, year)) for year in years])

    ever = _ever(term, in_year)
    if since is None:
        if first is None:
            return ever
        earliest = first
        return lambda place: over(place, range(earliest.at(place.year), last.at(place.year) + 1))
    begun_on, series_of = since, _series_of(term.fact)
    undated = unknown(since.type, since.judgement).state

    def worth(place: Place) -> Found:
        begun = (place.company if begun_on.entity == COMPANY else place.own)(begun_on.id)
        latest = last.at(place.year)
        if isinstance(begun, date):
            begin = begun.year if first is None else max(first.at(place.year), begun.year)
            return over(place, range(begin, latest + 1))
        if begun is None:
            place.await_fact(begun_on)
        # Nobody knows how many years there are: the hull over every number of them, none as well.
        found: list[Found] = []
        if first is None:
            found.append(ever(place))
            series = series_of(place)
            earliest = min(series.years) if series is not None else latest + 1
        else:
            earliest = first.at(place.year)
        begins = range(min(earliest, latest + 1), latest + 2)
        found += [over(place, range(begin, latest + 1)) for begin in begins]
        return hull(found, undated)

    return worth


def _ever(term: OverYears, in_year: InYear) -> Worth:
    """Over every year with no beginning known: the highest of the earlier ones closes it, or the founding."""
    fact, how, begun_on = term.fact, term.how, term.founded
    series_of, anything = _series_of(fact), unknown(_type_of(fact), fact.judgement)

    def worth(place: Place) -> Found:
        latest = term.last.at(place.year)
        series = series_of(place)
        closed = series is not None and series.earlier_highest is not None and min(series.years) <= latest + 1
        if begun_on is not None and not closed:
            founded = place.company(begun_on.id)
            if isinstance(founded, date):
                given = () if series is None else [year for year in series.years if year <= latest]
                years = sorted({*given, *range(founded.year, latest + 1)})
                # A company that is not older has reached nothing in any year before.
                return combined(how, [cast(Amount, in_year(place, year)) for year in years]) if years else -INFINITE
            place.await_fact(begun_on)
        if series is None:
            place.await_fact(fact)
            return any_number_of(how, [], anything)
        first, earlier = min(series.years), anything
        values = [cast(Amount, in_year(place, year)) for year in range(first, latest + 1)]
        if series.earlier_highest is not None:
            highest = number(series.earlier_highest)
            earlier = anything._replace(high=ranges.ends(highest)[1])
            if first <= latest + 1:
                values.append(highest)
                if how is How.LARGEST:
                    return combined(how, values)
        place.await_fact(fact)
        return any_number_of(how, values, earlier)

    return worth


def _in_any_year(fact: Fact) -> InYear:
    series_of, gap = _series_of(fact), _gap(fact)

    def in_year(place: Place, year: int) -> Found:
        series = series_of(place)
        if series is not None:
            value = series.years.get(year)
            if value is not None:
                return value
        return gap(place, series, year)

    return in_year


def _series_of(fact: Fact) -> Callable[[Place], Series | None]:
    fact_id = fact.id
    if fact.entity == COMPANY:
        return lambda place: cast("Series | None", place.company(fact_id))
    return lambda place: cast("Series | None", place.own(fact_id))


def _gap(fact: Fact) -> Callable[[Place, Series | None, int], Found]:
    """What a yearly fact can be in a year that was not given: before the first, no more than the highest then.

    What was at most the least there can be was just that.
    """
    anything = unknown(_type_of(fact), fact.judgement)

    def gap(place: Place, series: Series | None, year: int) -> Found:
        here = anything
        if series is not None and series.years and year < min(series.years):
            highest = series.earlier_highest
            if isinstance(highest, int | Decimal):
                if highest == anything.low:
                    return highest
                here = anything._replace(high=highest)
        place.await_fact(fact)
        return place.range_of(fact, year, here)

    return gap


def _type_of(fact: Fact) -> FactType:
    return fact.type.of if isinstance(fact.type, YearlyType) else fact.type
