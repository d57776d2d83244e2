"""What a term comes to on a profile: a value, or the range it must lie in. Imports the nodes, subjects and amounts.

The one way to work out terms that the interpreting engines share; tests hold it against an independent one.
Every operation gives the hull of what its operands can come to. Facts are taken as not below nothing unless
the vocabulary says that they can be.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import assert_never

from incentives.amounts import curves, ranges
from incentives.amounts.days import elapsed, shifted
from incentives.amounts.ranges import INFINITE, Amount, Open
from incentives.engines.ranges_of_facts import MODES, Found, combined, how_many, hull, number, unknown
from incentives.engines.subjects import Collected, Subject, Undefined, collect, known, leave_undefined, once
from incentives.engines.terms.ledger import Kind, granted, times_granted, years_granted, years_since_granted
from incentives.engines.terms.lists import over_items
from incentives.engines.terms.tables import cases, table
from incentives.engines.terms.years import in_year, over_years, two_years
from incentives.facts.types import CountType
from incentives.facts.vocabulary import Entity
from incentives.language import nodes
from incentives.language.nodes import Condition, How, Term
from incentives.values import ZERO, State

Filter = Callable[[Condition, Subject], State]
"""How a condition inside a term is settled."""


def evaluate(term: Term, subject: Subject, passes: Filter) -> Found:
    """What `term` comes to. `passes` settles the conditions of cases and of filters.

    What is settled waits for nothing, whatever of it is open.
    """
    if subject.awaited is None or isinstance(term, nodes.Literal):
        return _evaluate(term, subject, passes)
    own: Collected = {}
    found = _evaluate(term, subject._replace(awaited=own), passes)
    if not ranges.settled(found):
        collect(subject.awaited, own.values())
    return found


def _evaluate(term: Term, subject: Subject, passes: Filter) -> Found:
    match term:
        case nodes.Literal(value):
            return value
        case nodes.FactValue(fact):
            given = known(fact, subject)
            return unknown(fact.type, fact.judgement) if given is None else given
        case nodes.YearValue(fact, year):
            return in_year(fact, year.at(subject.on.year), subject)
        case nodes.Defined(_, _, defined, entity):
            return once(defined, entity, subject, lambda place: evaluate(defined, place, passes))
        case nodes.Product(left, right):
            return ranges.multiply(_number(left, subject, passes), _number(right, subject, passes))
        case nodes.Combined(how, of):
            return combined(how, [_number(part, subject, passes) for part in of])
        case nodes.Difference(left, right):
            return ranges.subtract(_number(left, subject, passes), _number(right, subject, passes))
        case nodes.Decided(low, high):
            return _decided(low, high, subject, passes)
        case nodes.Table():
            return table(term, subject, lambda part, place: evaluate(part, place, passes))
        case nodes.Cases():
            return cases(
                term,
                subject,
                lambda part, place: evaluate(part, place, passes),
                lambda condition: passes(condition, subject),
            )
        case nodes.Ratio(of, to, undefined):
            divisor = _number(to, subject, passes)
            ratio = ranges.divide(_number(of, subject, passes), divisor)
            return _or_undefined(ratio, divisor, undefined, Undefined.RATIO, subject, passes)
        case nodes.Growth(fact, year, undefined, years):
            this, before = two_years(fact, year, subject, years)
            growth = curves.growth(this, before)
            return _or_undefined(growth, before, undefined, Undefined.GROWTH, subject, passes)
        case nodes.Increase(fact, year):
            return ranges.subtract(*two_years(fact, year, subject))
        case nodes.OverYears(undefined=undefined):
            ruled = None if undefined is None else lambda place: evaluate(undefined, place, passes)
            return over_years(term, subject, ruled)
        case nodes.OverItems(how, entity, of, where):
            return _over_items(how, entity, of, where, subject, passes)
        case nodes.CountItems(entity, where):
            return _over_items(How.SUM, entity, nodes.Literal(1, CountType("项")), where, subject, passes)
        case nodes.CountValues(of, among):
            return how_many(evaluate(of, subject, passes), among)
        case nodes.Elapsed(unit, since, until):
            last = subject.applied_on if until is None else _day(until, subject, passes)
            return elapsed(unit.value, _day(since, subject, passes), last)
        case nodes.ApplicationDay():
            return subject.applied_on
        case nodes.Shifted(day, unit, by):
            return shifted(_day(day, subject, passes), unit.value, by)
        case nodes.Slices(of, slices):
            return curves.slices(_number(of, subject, passes), [(one.low, one.high, one.rate) for one in slices])
        case nodes.GrowthSlices(fact, year, slices):
            rows = [(one.low, one.high, one.rate) for one in slices]
            this, before = two_years(fact, year, subject)
            if before == 0 and not isinstance(this, Open):
                leave_undefined(Undefined.GROWTH, subject)
            return curves.growth_slices(this, before, rows)
        case nodes.Steps(of, _, before, steps, every_step, then_every):
            reached, earlier = _number(of, subject, passes), _number(before, subject, passes)
            return curves.steps(reached, earlier, [(step.at, step.gives) for step in steps], every_step, then_every)
        case nodes.Further(of, _, above, every, gives):
            return curves.further(_number(of, subject, passes), above, every, gives)
        case nodes.WholeUnits(of, _, _, each, rest, inclusive):
            return curves.whole_units(_number(of, subject, passes), each, rest, inclusive)
        case nodes.Granted():
            return granted(term, subject, _kind(term, subject, passes))
        case nodes.YearsGranted(of):
            return years_granted(of, subject, _kind(of, subject, passes))
        case nodes.YearsSinceGranted(of):
            return years_since_granted(of, subject, _kind(of, subject, passes))
        case nodes.TimesGranted(of):
            return times_granted(of, subject, _kind(of, subject, passes))
        case nodes.Rounded(of, to, mode):
            return curves.rounded(_number(of, subject, passes), to, MODES[mode])
        case nodes.NothingBelow(of, at):
            return curves.nothing_below(_number(of, subject, passes), at)
        case _:
            assert_never(term)


def _kind(term: nodes.Granted, subject: Subject, passes: Filter) -> Kind:
    """How to learn the kind of the item at hand; it is asked for where a grant depends on it alone."""
    same = term.same
    return lambda: "" if same is None else evaluate(same, subject, passes)


def _number(term: Term, subject: Subject, passes: Filter) -> Amount:
    return number(evaluate(term, subject, passes))


def _day(term: Term, subject: Subject, passes: Filter) -> date | Open:
    found = evaluate(term, subject, passes)
    if isinstance(found, date | Open):
        return found
    raise TypeError(f"not a day: {found!r}")


def _over_items(
    how: How, entity: Entity, of: Term, where: Condition | None, subject: Subject, passes: Filter
) -> Found:
    def value(place: Subject) -> Amount:
        return _number(of, place, passes)

    def counts(place: Subject) -> State:
        return State.HOLDS if where is None else passes(where, place)

    return over_items(how, entity, subject, value, counts)


def _decided(low: Term | None, high: Term | None, subject: Subject, passes: Filter) -> Open:
    """What an authority sets between two ends; the lower one, where the upper one comes out below it."""
    lowest: Amount = ZERO if low is None else _number(low, subject, passes)
    highest: Amount = INFINITE if high is None else _number(high, subject, passes)
    most = max(ranges.ends(lowest)[1], ranges.ends(highest)[1])
    return Open(ranges.waiting((lowest, highest)), ranges.ends(lowest)[0], most)


def _or_undefined(
    ratio: Amount | None, divisor: Amount, undefined: Term | None, what: Undefined, subject: Subject, passes: Filter
) -> Found:
    """A ratio; of nothing, what the policy rules, else a person's decision; both where the divisor may be nothing."""
    low, high = ranges.ends(divisor)
    if ratio is not None and not low <= 0 <= high:
        return ratio
    if undefined is None and ratio is None:
        leave_undefined(what, subject)
    ruled = Open(State.JUDGEMENT) if undefined is None else evaluate(undefined, subject, passes)
    return ruled if ratio is None else hull([ratio, ruled], ranges.waiting((divisor,)))
