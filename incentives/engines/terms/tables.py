"""What tables and cases give. Imports the nodes and amounts.

Whoever asks says how a term is worked out and how a condition is settled.
"""

from __future__ import annotations

from collections.abc import Callable

from incentives.amounts import ranges
from incentives.amounts.ranges import Open
from incentives.engines.ranges_of_facts import Found, covered, hull, row_fits
from incentives.engines.subjects import Subject, Undefined, leave_undefined
from incentives.language.nodes import Cases, Condition, Table, Term
from incentives.values import State


def table(term: Table, subject: Subject, value: Callable[[Term], Found]) -> Found:
    """What the first row that the key fits gives; the hull over every row it can still fit."""
    key = value(term.by)
    given: list[Found] = []
    reached = False
    for row in term.rows:
        fits = row_fits(row, key)
        if fits is not False:
            given.append(value(row.gives))
        if fits is True:
            reached = True
            break
    if not reached and not covered(term.rows, key):
        given.append(_otherwise(term, subject, value, alone=not given))
    return hull(given, key.state if isinstance(key, Open) and len(given) > 1 else None)


def cases(
    term: Cases, subject: Subject, value: Callable[[Term], Found], settled: Callable[[Condition], State]
) -> Found:
    """What the first condition that holds gives; the hull over every case that can still be it."""
    given: list[Found] = []
    states: list[Open] = []
    for case in term.rows:
        state = settled(case.when)
        if state is not State.FAILS:
            given.append(value(case.gives))
        if state is State.HOLDS:
            return hull(given, ranges.waiting(states))
        if state.unknown:
            states.append(Open(state))
    given.append(_otherwise(term, subject, value, alone=not given))
    return hull(given, ranges.waiting(states))


def _otherwise(term: Table | Cases, subject: Subject, value: Callable[[Term], Found], *, alone: bool) -> Found:
    """What a table gives where no row fits; where it leaves that out, a person decides.

    `alone` says that no row can fit, whatever is still missing.
    """
    if term.otherwise is not None:
        return value(term.otherwise)
    if alone:
        leave_undefined(Undefined.NO_ROW, subject)
    return Open(State.JUDGEMENT)
