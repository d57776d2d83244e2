"""Tables and cases compiled, and the bounds their rows share with tests. Imports nodes and amounts."""

from __future__ import annotations

from collections.abc import Callable
from operator import ge, gt
from typing import Any

from incentives.amounts import ranges
from incentives.amounts.ranges import Open
from incentives.engines.narrowed import reached
from incentives.engines.native.place import Compiling, Place, Worth
from incentives.engines.ranges_of_facts import Found, covered, hull, row_fits
from incentives.facts.types import Value
from incentives.language.keys import by_one_fact, key_of
from incentives.language.nodes import Bound, Cases, Table, Term
from incentives.values import State

FOR_A_PERSON = Open(State.JUDGEMENT)


def ruled_or_judged(term: Term | None, making: Compiling) -> Worth:
    """What is given where nothing else is: what the policy rules, else a person decides."""
    if term is not None:
        return making.term(term)
    return lambda _: FOR_A_PERSON


def compile_table(term: Table, making: Compiling) -> Worth:
    by = making.term(term.by)
    rows = tuple([(row, key_fits(row.low, row.high, row.values), making.term(row.gives)) for row in term.rows])
    otherwise = ruled_or_judged(term.otherwise, making)
    narrowed_by = key_of(term)
    gives_of = {row.id: gives for row, _, gives in rows}

    def narrowed(place: Place, key: Open) -> Found:
        """Where rows look at the open key again: each is worked out with the key in that row."""
        assert narrowed_by is not None
        fact, year = narrowed_by.fact, narrowed_by.year
        given: list[Found] = []
        for row, within in reached(term.rows, key):
            there = place.narrow(fact, year.at(place.year) if year is not None else None, within)
            if row is not None:
                given.append(gives_of[row.id](there))
            elif not covered(term.rows, key):
                given.append(otherwise(there))
        return hull(given, key.state if len(given) > 1 else None)

    def worth(place: Place) -> Found:
        key = by(place)
        if type(key) is not Open:
            for _, fits, gives in rows:
                if fits(key):
                    return gives(place)
            return otherwise(place)
        if narrowed_by is not None:
            return narrowed(place, key)
        given: list[Found] = []
        found = False
        for row, _, gives in rows:
            may_fit = row_fits(row, key)
            if may_fit is not False:
                given.append(gives(place))
            if may_fit is True:
                found = True
                break
        if not found and not covered(term.rows, key):
            given.append(otherwise(place))
        return hull(given, key.state if len(given) > 1 else None)

    return worth


def key_fits(low: Bound | None, high: Bound | None, values: tuple[Value, ...] | None) -> Callable[[Found], bool]:
    """Whether a known value lies between two ends, or is one of some values."""
    if values is not None:
        return frozenset(values).__contains__
    # The checker holds only values of one ordered type against each other.
    least: Any = low.value if low is not None else None
    most: Any = high.value if high is not None else None
    above = ge if low is None or low.inclusive else gt
    below = ge if high is None or high.inclusive else gt
    if high is None:
        return lambda value: bool(above(value, least))
    if low is None:
        return lambda value: bool(below(most, value))
    return lambda value: bool(above(value, least) and below(most, value))


def compile_cases(term: Cases, making: Compiling) -> Worth:
    rows = tuple([(making.check(case.when), making.term(case.gives)) for case in term.rows])
    otherwise = ruled_or_judged(term.otherwise, making)
    table = by_one_fact(term)
    open_table = compile_table(table, making) if table is not None else None

    def worth(place: Place) -> Found:
        given: list[Found] = []
        open_states: list[Open] = []
        for when, gives in rows:
            state = when(place)
            if state is State.FAILS:
                continue
            if open_table is not None and state.unknown:
                return open_table(place)
            given.append(gives(place))
            if state is State.HOLDS:
                break
            open_states.append(Open(state))
        else:
            if not (term.complete and given):  # of an empty list no case holds
                given.append(otherwise(place))
        return given[0] if len(given) == 1 else hull(given, ranges.waiting(open_states))

    return worth
