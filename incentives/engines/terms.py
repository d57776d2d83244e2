"""What a term comes to on a profile: a value, or the range it must lie in. Imports the nodes, subjects and amounts.

The one way to work out terms that the interpreting engines share; tests hold it against an independent one.
Every operation gives the hull of what its operands can come to. Facts are taken as not below nothing unless
the vocabulary says that they can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import assert_never

from incentives.amounts import curves, ranges
from incentives.amounts.days import elapsed, shifted
from incentives.amounts.ranges import INFINITE, Amount, Open
from incentives.engines.ranges_of_facts import (
    MODES,
    Found,
    any_number_of,
    combined,
    covered,
    hull,
    number,
    over_some,
    row_fits,
    unknown,
)
from incentives.engines.subjects import Awaited, Subject, at_item, await_fact, known
from incentives.facts.ledger import LEDGER_MATTER
from incentives.facts.profile import Item
from incentives.facts.types import (
    CountType,
    Series,
    Value,
    YearlyType,
)
from incentives.facts.vocabulary import COMPANY, Entity, Fact
from incentives.language import nodes
from incentives.language.nodes import Condition, How, Term
from incentives.values import ZERO, State

Filter = Callable[[Condition, Subject], State]
"""How a condition inside a term is settled."""


def evaluate(term: Term, subject: Subject, passes: Filter) -> Found:
    """What `term` comes to. `passes` settles the conditions of cases and of filters."""
    match term:
        case nodes.Literal(value):
            return value
        case nodes.FactValue(fact):
            given = known(fact, subject)
            return unknown(fact.type, fact.judgement) if given is None else given
        case nodes.YearValue(fact, years_ago):
            return in_year(fact, subject.on.year - years_ago, subject)
        case nodes.Defined(_, _, of):
            return evaluate(of, subject, passes)
        case nodes.Product(left, right):
            return ranges.multiply(_number(left, subject, passes), _number(right, subject, passes))
        case nodes.Combined(how, of):
            return combined(how, [_number(part, subject, passes) for part in of])
        case nodes.Difference(left, right):
            return ranges.subtract(_number(left, subject, passes), _number(right, subject, passes))
        case nodes.Decided(low, high):
            return _decided(low, high, subject, passes)
        case nodes.Table():
            return _table(term, subject, passes)
        case nodes.Cases():
            return _cases(term, subject, passes)
        case nodes.Ratio(of, to, undefined):
            divisor = _number(to, subject, passes)
            ratio = ranges.divide(_number(of, subject, passes), divisor)
            return _or_undefined(ratio, divisor, undefined, subject, passes)
        case nodes.Growth(fact, years_ago, undefined):
            this, before = _two_years(fact, years_ago, subject)
            return _or_undefined(curves.growth(this, before), before, undefined, subject, passes)
        case nodes.Increase(fact, years_ago):
            return ranges.subtract(*_two_years(fact, years_ago, subject))
        case nodes.OverYears():
            return _over_years(term, subject)
        case nodes.OverItems(how, entity, of, where):
            return _over_items(how, entity, of, where, subject, passes)
        case nodes.CountItems(entity, where):
            return _over_items(How.SUM, entity, nodes.Literal(1, CountType("项")), where, subject, passes)
        case nodes.Elapsed(unit, since, until):
            last = subject.on if until is None else _day(until, subject, passes)
            return elapsed(unit.value, _day(since, subject, passes), last)
        case nodes.ApplicationDay():
            return subject.on
        case nodes.Shifted(day, unit, by):
            return shifted(_day(day, subject, passes), unit.value, by)
        case nodes.Slices(of, slices):
            return curves.slices(_number(of, subject, passes), [(one.low, one.high, one.rate) for one in slices])
        case nodes.GrowthSlices(fact, years_ago, slices):
            rows = [(one.low, one.high, one.rate) for one in slices]
            return curves.growth_slices(*_two_years(fact, years_ago, subject), rows)
        case nodes.Steps(of, _, before, steps, every_step, then_every):
            reached, earlier = _number(of, subject, passes), _number(before, subject, passes)
            return curves.steps(reached, earlier, [(step.at, step.gives) for step in steps], every_step, then_every)
        case nodes.Further(of, _, above, every, gives):
            return curves.further(_number(of, subject, passes), above, every, gives)
        case nodes.Granted():
            return _granted(term, subject)
        case nodes.Rounded(of, to, mode):
            return curves.rounded(_number(of, subject, passes), to, MODES[mode])
        case nodes.NothingBelow(of, at):
            return curves.nothing_below(_number(of, subject, passes), at)
        case _:
            assert_never(term)


def _number(term: Term, subject: Subject, passes: Filter) -> Amount:
    return number(evaluate(term, subject, passes))


def _day(term: Term, subject: Subject, passes: Filter) -> date | Open:
    found = evaluate(term, subject, passes)
    if isinstance(found, date | Open):
        return found
    raise TypeError(f"not a day: {found!r}")


# ---------------------------------------------------------------- years


def in_year(fact: Fact, year: int, subject: Subject) -> Found:
    """A yearly fact in one year."""
    of = fact.type.of if isinstance(fact.type, YearlyType) else fact.type
    series = _series(fact, subject)
    value = series.years.get(year) if series is not None else None
    if value is None:
        await_fact(fact, subject, (year,))
        found = unknown(of, fact.judgement)
        if series is not None and series.years and year < min(series.years):
            highest = series.earlier_highest
            if isinstance(highest, int | Decimal):
                return found._replace(high=highest)
        return found
    return value


def _series(fact: Fact, subject: Subject) -> Series | None:
    holder = subject.profile.company if fact.entity == COMPANY else subject.item
    value = holder.values.get(fact.id) if holder is not None else None
    return value if isinstance(value, Series) else None


def _two_years(fact: Fact, years_ago: int, subject: Subject) -> tuple[Amount, Amount]:
    year = subject.on.year - years_ago
    return number(in_year(fact, year, subject)), number(in_year(fact, year - 1, subject))


def _over_years(term: nodes.OverYears, subject: Subject) -> Found:
    last = subject.on.year - term.last
    since = known(term.since, subject) if term.since is not None else None
    if term.since is not None and not isinstance(since, date):
        return _any_number_of_years(term, term.since, subject, last)
    begun = since.year if isinstance(since, date) else None
    if term.first is not None:
        first = subject.on.year - term.first
        first = first if begun is None else max(first, begun)
        return _in_years(term, range(first, last + 1), subject)
    if begun is not None:
        return _in_years(term, range(begun, last + 1), subject)
    return _ever(term, last, subject)


def _in_years(term: nodes.OverYears, years: range, subject: Subject) -> Found:
    if not years:
        return ZERO if term.how is How.SUM else Open(State.JUDGEMENT)
    return combined(term.how, [number(in_year(term.fact, year, subject)) for year in years])


def _any_number_of_years(term: nodes.OverYears, since: Fact, subject: Subject, last: int) -> Found:
    """Over the last years, but nobody knows how many there are: the hull over every number of them, none as well."""
    if term.first is None:
        series = _series(term.fact, subject)
        first = min(series.years) if series is not None else last + 1
        found = [_ever(term, last, subject)]
    else:
        first, found = subject.on.year - term.first, []
    begins = range(min(first, last + 1), last + 2)
    found += [_in_years(term, range(begun, last + 1), subject) for begun in begins]
    return hull(found, unknown(since.type, since.judgement).state)


def _ever(term: nodes.OverYears, last: int, subject: Subject) -> Found:
    """Over every year up to `last`, with no beginning known: only the highest of the earlier ones closes it."""
    series = _series(term.fact, subject)
    of = term.fact.type.of if isinstance(term.fact.type, YearlyType) else term.fact.type
    earlier = unknown(of, term.fact.judgement)
    if series is None:
        await_fact(term.fact, subject, (last,))
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
    await_fact(term.fact, subject, (min(first - 1, last),))
    return any_number_of(term.how, values, earlier)


# ---------------------------------------------------------------- lists


def items_of(entity: Entity, subject: Subject) -> Sequence[Item] | None:
    """The items of a list, None where it is absent; by their keys where it counts what is asked of them first."""
    items = subject.profile.lists.get(entity.id)
    return items if items is None or subject.awaited is None else sorted(items, key=lambda item: item.key)


def _over_items(
    how: How, entity: Entity, of: Term, where: Condition | None, subject: Subject, passes: Filter
) -> Found:
    items = items_of(entity, subject)
    if items is None:
        if subject.awaited is not None:
            subject.awaited.append(Awaited(entity, None, None))
        if how is not How.SUM:
            return Open(State.MISSING)  # of an empty list nothing is defined
        blank = at_item(subject._replace(awaited=None), entity.id, Item("", "", {}))
        low, high = ranges.ends(_number(of, blank, passes))
        return Open(State.MISSING, -INFINITE if low < 0 else 0, INFINITE if high > 0 else 0)
    certain: list[Amount] = []
    perhaps: list[tuple[State, Amount]] = []
    for item in items:
        place = at_item(subject, entity.id, item)
        state = State.HOLDS if where is None else passes(where, place)
        if state is not State.FAILS:
            value = _number(of, place, passes)
            if state is State.HOLDS:
                certain.append(value)
            else:
                perhaps.append((state, value))
    return over_some(how, certain, perhaps)


# ---------------------------------------------------------------- tables


def _table(term: nodes.Table, subject: Subject, passes: Filter) -> Found:
    """What the first row that the key fits gives; the hull over every row it can still fit."""
    key = evaluate(term.by, subject, passes)
    given: list[Found] = []
    reached = False
    for row in term.rows:
        fits = row_fits(row, key)
        if fits is not False:
            given.append(evaluate(row.gives, subject, passes))
        if fits is True:
            reached = True
            break
    if not reached and not covered(term.rows, key):
        given.append(_otherwise(term, subject, passes))
    return hull(given, key.state if isinstance(key, Open) and len(given) > 1 else None)


def _cases(term: nodes.Cases, subject: Subject, passes: Filter) -> Found:
    given: list[Found] = []
    states: list[Open] = []
    for case in term.rows:
        state = passes(case.when, subject)
        if state is not State.FAILS:
            given.append(evaluate(case.gives, subject, passes))
        if state is State.HOLDS:
            return hull(given, ranges.waiting(states))
        if state.unknown:
            states.append(Open(state))
    given.append(_otherwise(term, subject, passes))
    return hull(given, ranges.waiting(states))


def _otherwise(term: nodes.Table | nodes.Cases, subject: Subject, passes: Filter) -> Found:
    """What a table gives where no row fits; where it leaves that out, a person decides."""
    return Open(State.JUDGEMENT) if term.otherwise is None else evaluate(term.otherwise, subject, passes)


# ---------------------------------------------------------------- amounts


def _decided(low: Term | None, high: Term | None, subject: Subject, passes: Filter) -> Open:
    """What an authority sets between two ends; the lower one, where the upper one comes out below it."""
    lowest: Amount = ZERO if low is None else _number(low, subject, passes)
    highest: Amount = INFINITE if high is None else _number(high, subject, passes)
    most = max(ranges.ends(lowest)[1], ranges.ends(highest)[1])
    return Open(ranges.waiting((lowest, highest)), ranges.ends(lowest)[0], most)


def _or_undefined(
    ratio: Amount | None, divisor: Amount, undefined: Term | None, subject: Subject, passes: Filter
) -> Found:
    """A ratio; of nothing, what the policy rules, else a person's decision; both where the divisor may be nothing."""
    low, high = ranges.ends(divisor)
    if ratio is not None and not low <= 0 <= high:
        return ratio
    ruled = Open(State.JUDGEMENT) if undefined is None else evaluate(undefined, subject, passes)
    return ruled if ratio is None else hull([ratio, ruled], ranges.waiting((divisor,)))


def _granted(term: nodes.Granted, subject: Subject) -> Found:
    """What the ledger holds under some clauses; more, where it does not cover all the years that count."""
    items = items_of(term.entity, subject)
    if items is None:
        if subject.awaited is not None:
            subject.awaited.append(Awaited(term.entity, None, None))
        return Open(State.MISSING, ZERO)
    known_grants: list[Amount] = []
    perhaps: list[tuple[State, Amount]] = []
    for item in items:
        counts = _is_grant(item, term, subject)
        if counts is False:
            continue
        value = known(term.entity.facts["amount"], at_item(subject, term.entity.id, item))
        amount: Amount = Open(State.MISSING, ZERO) if value is None else number(value)
        if counts:
            known_grants.append(amount)
        else:
            perhaps.append((State.MISSING, amount))
    if not _covered(term, subject):
        perhaps.append((State.MISSING, Open(State.MISSING, ZERO)))
    return over_some(How.SUM, known_grants, perhaps)


def _is_grant(item: Item, term: nodes.Granted, subject: Subject) -> bool | None:
    """Whether an entry of the ledger counts; None where it does not say enough."""
    wanted: dict[str, Callable[[Value], bool]] = {
        "policy": lambda policy: policy == term.policy,
        "clause": lambda clause: clause in term.clauses,
    }
    if term.this_year:
        wanted["year"] = lambda year: year == subject.on.year
    if term.for_item is not None and subject.item is not None:
        names = (subject.item.key, subject.item.name)
        wanted[LEDGER_MATTER] = lambda matter: matter in names
    values = {fact: item.values.get(fact) for fact in wanted}
    if any(value is not None and not wanted[fact](value) for fact, value in values.items()):
        return False
    gaps = [fact for fact, value in values.items() if value is None]
    for fact in gaps:
        await_fact(term.entity.facts[fact], at_item(subject, term.entity.id, item))
    return None if gaps else True


def _covered(term: nodes.Granted, subject: Subject) -> bool:
    """Whether the ledger is complete from the first year on in which something could have been granted."""
    begins = known(term.ledger_from, subject)
    first = subject.on.year if term.this_year else term.first_year
    if isinstance(begins, int) and begins > first:
        await_fact(term.ledger_from, subject)
    return isinstance(begins, int) and begins <= first
