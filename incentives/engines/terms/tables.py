"""What tables and cases give. Imports the nodes and amounts.

Whoever asks says how a term is worked out and how a condition is settled.
"""

from __future__ import annotations

from collections.abc import Callable

from incentives.amounts import ranges
from incentives.amounts.ranges import Open
from incentives.engines.narrowed import reached
from incentives.engines.ranges_of_facts import Found, covered, hull, row_fits
from incentives.engines.subjects import Subject, Undefined, leave_undefined, narrow
from incentives.language.keys import Key, by_one_fact, key_of
from incentives.language.nodes import Cases, Condition, Table, Term
from incentives.values import State


def table(term: Table, subject: Subject, evaluated: Callable[[Term, Subject], Found]) -> Found:
    """What the first row that the key fits gives; the hull over every row it can still fit, where it fits that."""

    key = evaluated(term.by, subject)
    by = key_of(term) if isinstance(key, Open) else None
    if by is not None and isinstance(key, Open):
        return _narrowed(term, subject, by, key, evaluated)
    given: list[Found] = []
    found = False
    for row in term.rows:
        fits = row_fits(row, key)
        if fits is not False:
            given.append(evaluated(row.gives, subject))
        if fits is True:
            found = True
            break
    if not found and not covered(term.rows, key):
        given.append(_otherwise(term, subject, evaluated, alone=not given))
    return hull(given, key.state if isinstance(key, Open) and len(given) > 1 else None)


def _narrowed(
    term: Table, subject: Subject, by: Key, key: Open, evaluated: Callable[[Term, Subject], Found]
) -> Found:
    """A table whose rows look at its open key again: each is worked out with the key in that row."""
    year = by.year.at(subject.on.year) if by.year is not None else None
    given: list[Found] = []
    for row, within in reached(term.rows, key):
        there = narrow(subject, by.fact, year, within)
        if row is not None:
            given.append(evaluated(row.gives, there))
        elif not covered(term.rows, key):
            given.append(_otherwise(term, there, evaluated, alone=not given))
    return hull(given, key.state if len(given) > 1 else None)


def cases(
    term: Cases, subject: Subject, evaluated: Callable[[Term, Subject], Found], settled: Callable[[Condition], State]
) -> Found:
    """What the first condition that holds gives; the hull over every case that can still be it.

    Cases that go by one fact are open as a table is that goes by it.
    """
    given: list[Found] = []
    states: list[Open] = []
    for case in term.rows:
        state = settled(case.when)
        if state.unknown and not states and (by := by_one_fact(term)) is not None:
            return table(by, subject, evaluated)
        if state is not State.FAILS:
            given.append(evaluated(case.gives, subject))
        if state is State.HOLDS:
            return hull(given, ranges.waiting(states))
        if state.unknown:
            states.append(Open(state))
    if not (term.complete and given):  # of an empty list no case holds
        given.append(_otherwise(term, subject, evaluated, alone=not given))
    return hull(given, ranges.waiting(states))


def _otherwise(
    term: Table | Cases, subject: Subject, evaluated: Callable[[Term, Subject], Found], *, alone: bool
) -> Found:
    """What a table gives where no row fits; where it leaves that out, a person decides.

    `alone` says that no row can fit, whatever is still missing.
    """
    if term.otherwise is not None:
        return evaluated(term.otherwise, subject)
    if alone:
        leave_undefined(Undefined.NO_ROW, subject)
    return Open(State.JUDGEMENT)
