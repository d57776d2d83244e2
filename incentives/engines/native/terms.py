"""Terms compiled: plain exact arithmetic on what is known, ranges on what is open. Imports nodes and amounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import assert_never, cast

from incentives.amounts import curves, ranges
from incentives.amounts.days import elapsed, shifted
from incentives.amounts.ranges import INFINITE, Amount, Open
from incentives.engines.native.ledger import (
    compile_granted,
    compile_times_granted,
    compile_years_granted,
    compile_years_since_granted,
)
from incentives.engines.native.lists import compile_count, compile_over_items
from incentives.engines.native.place import Compiling, Place, Sized, Worth, remembered
from incentives.engines.native.tables import FOR_A_PERSON, compile_cases, compile_table, ruled_or_judged
from incentives.engines.native.years import TwoYears, compile_over_years, compile_two_years, compile_year
from incentives.engines.ranges_of_facts import MODES, Found, combined, how_many, hull, unknown
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language import nodes
from incentives.language.nodes import How, Term
from incentives.values import EXACT, ZERO


def compile_term(term: Term, making: Compiling) -> Worth:
    """What works out `term` at a place."""
    match term:
        case nodes.Literal(value):
            return lambda _: value
        case nodes.FactValue(fact):
            return _fact(fact)
        case nodes.YearValue(fact, year):
            return compile_year(fact, year)
        case nodes.Defined():
            return _defined(term, making)
        case nodes.Product(left, right):
            return _product(making.number(left), making.number(right))
        case nodes.Combined(how, of):
            return _combined(how, tuple([making.number(part) for part in of]))
        case nodes.Difference(left, right):
            return _difference(making.number(left), making.number(right))
        case nodes.Decided(low, high):
            return _decided(
                making.number(low) if low is not None else None, making.number(high) if high is not None else None
            )
        case nodes.Table():
            return compile_table(term, making)
        case nodes.Cases():
            return compile_cases(term, making)
        case nodes.Ratio(of, to, undefined):
            return _ratio(making.number(of), making.number(to), ruled_or_judged(undefined, making))
        case nodes.Growth(fact, year, undefined, years):
            return _growth(compile_two_years(fact, year, years), ruled_or_judged(undefined, making))
        case nodes.Increase(fact, year):
            two = compile_two_years(fact, year)
            return lambda place: ranges.subtract(*two(place))
        case nodes.OverYears(undefined=undefined):
            return compile_over_years(term, ruled_or_judged(undefined, making))
        case nodes.OverItems():
            return compile_over_items(term, making)
        case nodes.CountItems():
            return compile_count(term, making)
        case nodes.CountValues(of, among):
            several = making.term(of)
            return lambda place: how_many(several(place), among)
        case nodes.Elapsed(unit, since, until):
            return _elapsed(unit.value, making.term(since), making.term(until) if until is not None else None)
        case nodes.ApplicationDay():
            return lambda place: place.on
        case nodes.Shifted(day, unit, by):
            moved, unit_name = making.term(day), unit.value
            return lambda place: shifted(_day(moved(place)), unit_name, by)
        case nodes.Slices(of, slices):
            whole, rows = making.number(of), [(one.low, one.high, one.rate) for one in slices]
            return lambda place: curves.slices(whole(place), rows)
        case nodes.GrowthSlices(fact, year, slices):
            parts = [(one.low, one.high, one.rate) for one in slices]
            return _growth_slices(compile_two_years(fact, year), parts)
        case nodes.Steps(of, _, before, steps, every_step, then_every):
            reached, earlier, pays = making.number(of), making.number(before), [(one.at, one.gives) for one in steps]
            return lambda place: curves.steps(reached(place), earlier(place), pays, every_step, then_every)
        case nodes.Further(of, _, above, every, gives):
            more = making.number(of)
            return lambda place: curves.further(more(place), above, every, gives)
        case nodes.WholeUnits(of, _, _, each, rest, inclusive):
            measured = making.number(of)
            return lambda place: curves.whole_units(measured(place), each, rest, inclusive)
        case nodes.Granted():
            return compile_granted(term, _kind(term, making))
        case nodes.YearsGranted(of):
            return compile_years_granted(of, _kind(of, making))
        case nodes.YearsSinceGranted(of):
            return compile_years_since_granted(of, _kind(of, making))
        case nodes.TimesGranted(of):
            return compile_times_granted(of, _kind(of, making))
        case nodes.Rounded(of, to, mode):
            exact, rounding = making.number(of), MODES[mode]
            return lambda place: curves.rounded(exact(place), to, rounding)
        case nodes.NothingBelow(of, at):
            paid = making.number(of)
            return lambda place: curves.nothing_below(paid(place), at)
        case _:
            assert_never(term)


def _kind(term: nodes.Granted, making: Compiling) -> Worth | None:
    """What tells the kind of the item at hand, where grants for one of the same kind count."""
    return making.term(term.same) if term.same is not None else None


def _fact(fact: Fact) -> Worth:
    fact_id, gap = fact.id, unknown(fact.type, fact.judgement)
    if fact.entity == COMPANY:

        def of_company(place: Place) -> Found:
            value = place.company(fact_id)
            if value is None:
                place.await_fact(fact)
                return place.range_of(fact, None, gap)
            return value

        return of_company

    def of_item(place: Place) -> Found:
        value = place.own(fact_id)
        if value is None:
            place.await_fact(fact)
            return place.range_of(fact, None, gap)
        return value

    return of_item


def _defined(term: nodes.Defined, making: Compiling) -> Worth:
    """Worked out once at each place; once for all of them where it is about the company."""
    return cast(Worth, remembered(making.term(term.of), making.slot(), everywhere=term.entity == COMPANY, of=term.of))


# Numbers are exact in each arm: `EXACT` refuses to round, whatever the caller's context.


def _product(left: Sized, right: Sized) -> Worth:
    multiply = EXACT.multiply

    def worth(place: Place) -> Amount:
        one, other = left(place), right(place)
        if type(one) is Decimal and type(other) is Decimal:
            return multiply(one, other)
        return ranges.multiply(one, other)

    return worth


def _difference(left: Sized, right: Sized) -> Worth:
    subtract = EXACT.subtract

    def worth(place: Place) -> Amount:
        one, other = left(place), right(place)
        if type(one) is Decimal and type(other) is Decimal:
            return subtract(one, other)
        return ranges.subtract(one, other)

    return worth


def _combined(how: How, parts: tuple[Sized, ...]) -> Worth:
    if how is How.SUM or how is How.MEAN:
        return lambda place: combined(how, [part(place) for part in parts])
    pick: Callable[..., Amount] = max if how is How.LARGEST else min

    def worth(place: Place) -> Amount:
        values = [part(place) for part in parts]
        for value in values:
            if type(value) is Open:
                return combined(how, values)
        return pick(values)

    return worth


def _decided(low: Sized | None, high: Sized | None) -> Worth:
    def worth(place: Place) -> Open:
        lowest: Amount = ZERO if low is None else low(place)
        highest: Amount = INFINITE if high is None else high(place)
        most = max(ranges.ends(lowest)[1], ranges.ends(highest)[1])
        return Open(ranges.waiting((lowest, highest)), ranges.ends(lowest)[0], most)

    return worth


def _ratio(of: Sized, to: Sized, undefined: Worth) -> Worth:
    def worth(place: Place) -> Found:
        divisor = to(place)
        return _ruled(ranges.divide(of(place), divisor), divisor, undefined, place)

    return worth


def _growth(two: TwoYears, undefined: Worth) -> Worth:
    def worth(place: Place) -> Found:
        this, before = two(place)
        return _ruled(curves.growth(this, before), before, undefined, place)

    return worth


def _ruled(ratio: Amount | None, divisor: Amount, undefined: Worth, place: Place) -> Found:
    """A ratio; of nothing, what is ruled; both where the divisor may be nothing."""
    if ratio is not None and (not isinstance(divisor, Open) or not divisor.low <= 0 <= divisor.high):
        return ratio
    ruled = undefined(place)
    return ruled if ratio is None else hull([ratio, ruled], ranges.waiting((divisor,)))


def _growth_slices(two: TwoYears, rows: Sequence[curves.SliceRow]) -> Worth:
    def worth(place: Place) -> Amount:
        this, before = two(place)
        paid = curves.growth_slices(this, before, rows)
        if paid is not None:
            return paid
        most = curves.whole_increase(ranges.ends(this)[1], rows)
        return Open(ranges.waiting((this, before, FOR_A_PERSON)), ZERO, most)

    return worth


def _elapsed(unit: str, since: Worth, until: Worth | None) -> Worth:
    if until is None:
        return lambda place: elapsed(unit, _day(since(place)), place.on)
    last = until

    def worth(place: Place) -> Amount:
        end = _day(last(place))
        return elapsed(unit, _day(since(place)), end)

    return worth


def _day(found: Found) -> date | Open:
    if isinstance(found, date | Open):
        return found
    raise TypeError(f"not a day: {found!r}")
