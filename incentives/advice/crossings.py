"""Where a test of several facts turns, with all but one of them as known: exactly. Imports reads, grids and engines.

What is held against a figure has its cuts from the policy alone. What is held against another fact, or worked out
together with it, turns where that fact has it turn: the number is looked for with the others as the profile says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple, assert_never

from incentives.advice.answers import FIRST_DAY, LAST_DAY, Answered
from incentives.advice.grid import Days, Line, grid_of
from incentives.advice.reads import Compared, Spot, reads_of_terms
from incentives.advice.straight import Proofs, Unmoved, supposing_that
from incentives.advice.thresholds import Asked, TooLong, search
from incentives.amounts.ranges import Open
from incentives.engines.reference import evaluate
from incentives.engines.subjects import Subject, at_item, company_subject
from incentives.facts.places import Place
from incentives.facts.profile import Profile
from incentives.facts.types import DateType, FactType, RateType, Value
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.nodes import (
    Bound,
    Condition,
    Growth,
    GrowthSlices,
    Literal,
    Measured,
    Row,
    Table,
    TermBound,
)
from incentives.language.walks import looks_at
from incentives.values import State

_MOST: Final = 4
"""Turns of one comparison that are looked for: a band over a quotient has no more."""

_MOST_ASKED: Final = 400
"""Ranges that one turn is looked for in."""


class Comparison(NamedTuple):
    """A test of a term in which several facts meet, or a fact meets another, and what it reads."""

    condition: Condition
    facts: dict[Spot, Fact]


def comparisons(of: Iterable[Compared], on: date) -> tuple[Comparison, ...]:
    """What is compared, as tests."""
    tests = [test for one in of for test in _tests(one)]
    return tuple([Comparison(test, _facts(test, on)) for test in tests])


def beside_turns(of: Iterable[Comparison], place: Place, profile: Profile, on: date) -> list[Answered]:
    """The answers right before and right after each turn of the comparisons that read a place, each once."""
    spot, found = Spot(place.entity, place.fact, place.year), dict[Answered, None]()
    unmoved = Unmoved(Proofs(place))
    for comparison in of:
        fact = comparison.facts.get(spot)
        line = None if fact is None else line_of(fact)
        if line is not None:
            for subject in _subjects(comparison.condition, place, profile, on):
                seen = subject._replace(worked_out=unmoved)
                found |= dict.fromkeys(map(line.at, _turns(comparison.condition, place, seen, line)))
    return list(found)


def _tests(compared: Compared) -> Iterator[Condition]:
    """A test itself; of a table its rows, and of slices by growth each, as the test of the key that it is."""
    match compared:
        case Condition():
            yield compared
        case Table():
            yield from (test for _, test in row_tests(compared))
        case GrowthSlices(fact, year, slices):
            growth, key = Growth(fact, year, None), RateType(negative=True)
            for one in slices:
                low = _end(Bound(one.low, inclusive=True), key)
                high = _end(None if one.high is None else Bound(one.high, inclusive=False), key)
                test = Measured(growth, key, None, low, high, None)
                yield Condition(one.id, one.span, fact.entity, None, None, test)
        case _:
            assert_never(compared)


def row_tests(table: Table) -> Iterator[tuple[Row, Condition]]:
    """The rows of a table, each with the test that it fits."""
    entity = next((one for one in looks_at(table.by) if one != COMPANY), COMPANY)
    for row in table.rows:
        low, high = (_end(end, table.key) for end in (row.low, row.high))
        form = Measured(table.by, table.key, None, low, high, row.values)
        yield row, Condition(row.id, row.span, entity, None, None, form)


def _end(end: Bound | None, of: FactType) -> TermBound | None:
    return None if end is None else TermBound(Literal(end.value, of), end.inclusive)


def _facts(condition: Condition, on: date) -> dict[Spot, Fact]:
    form = condition.form
    assert isinstance(form, Measured), "only what is measured is compared"
    terms = [form.term, *(end.of for end in (form.low, form.high) if end is not None)]
    reads = reads_of_terms(terms, on)
    return {spot: read.fact for spot, read in reads.items() if read.fact is not None}


def line_of(fact: Fact) -> Line | None:
    """The values that turns are looked for among; None where they have no order."""
    if isinstance(fact.type, DateType):
        return Days(FIRST_DAY.toordinal(), LAST_DAY.toordinal())
    return grid_of(fact.type)


def _subjects(condition: Condition, place: Place, profile: Profile, on: date) -> Iterator[Subject]:
    """Where the comparison is made: of the company, or of each item that it is about."""
    company = company_subject(profile, on)
    if condition.entity == COMPANY:
        yield company
        return
    for item in profile.lists.get(condition.entity, ()):
        if condition.entity != place.entity or item.key == place.item:
            yield at_item(company, condition.entity, item)


def _turns(condition: Condition, place: Place, subject: Subject, line: Line) -> Iterator[int]:
    """The last number before each turn, and the first one past it."""

    def state(value: Value | Open) -> State:
        return evaluate(condition, supposing_that(subject, {place: value}), {})

    start = line.low
    for _ in range(_MOST):
        here = state(line.at(start))
        if here is State.MISSING:
            return  # it waits for something else as well
        try:
            turn = search(line, (start + 1, line.high), _leaves(here, state), upward=True, most=_MOST_ASKED)
        except TooLong:
            return
        if turn is None:
            return
        yield from (turn - 1, turn)
        start = turn


def _leaves(here: State, state: Callable[[Value | Open], State]) -> Asked:
    """Whether a test can come to another state than it has here."""
    return lambda value: state(value) is not here
