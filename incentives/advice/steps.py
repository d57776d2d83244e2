"""Where an award that can already be had would jump: the next row, step or case that a fact can reach.

Imports thresholds, trials and the terms. Each is found exactly, through whatever is worked out from the fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from incentives.advice.changeable import Changeable
from incentives.advice.thresholds import first_from, last_until
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, Way
from incentives.amounts import ranges
from incentives.amounts.ranges import Open
from incentives.engines.atoms import passes
from incentives.engines.ranges_of_facts import number, row_fits
from incentives.engines.rows import OUTCOMES
from incentives.engines.subjects import Subject
from incentives.engines.terms.evaluate import evaluate
from incentives.facts.places import Place, value_at
from incentives.facts.types import Value
from incentives.language.nodes import Cases, Condition, Further, Row, Steps, Table, Term
from incentives.language.reads import everything_in
from incentives.values import State


class _RowFits(NamedTuple):
    row: Row
    by: Term

    def reached(self, subject: Subject) -> bool:
        return row_fits(self.row, evaluate(self.by, subject, passes)) is not False


class _CaseHolds(NamedTuple):
    when: Condition

    def reached(self, subject: Subject) -> bool:
        return passes(self.when, subject) is not State.FAILS


class _LevelReached(NamedTuple):
    of: Term
    at: ranges.Number

    def reached(self, subject: Subject) -> bool:
        return ranges.ends(number(evaluate(self.of, subject, passes)))[1] >= self.at


_Mark = _RowFits | _CaseHolds | _LevelReached
"""Something in an award that can be reached or not."""


def steps(trial: Trial, places: Sequence[Place], changeable: Changeable) -> Iterator[Way]:
    """For each number that may be changed, what it would take to reach something else in the award."""
    state = trial.state()
    here = trial.subject()
    if state is None or state is State.FAILS or here is None:
        return
    for mark in _out_of_reach(trial, here):
        for place in places:
            grid, current = changeable.grid(place), value_at(trial.profile, place)
            if grid is None or not isinstance(current, int | Decimal):
                continue

            def asked(value: Value | Open, place: Place = place, mark: _Mark = mark) -> bool:
                subject = trial.subject({place: value})
                reached = subject is not None and mark.reached(subject)
                return reached and trial.state({place: value}) is not State.FAILS

            at = grid.below(current)
            less = last_until(grid, at - 1, asked) if changeable.can_fall(place) else None
            for found in (first_from(grid, at + 1, asked), less):
                if found is not None:
                    yield Way((Change(place, current, grid.at(found)),), OUTCOMES[state])


def _out_of_reach(trial: Trial, here: Subject) -> Iterator[_Mark]:
    """The rows, cases and steps of the award that cannot be reached as things are, and the next of endless steps."""
    found: list[_Mark] = []
    for part in everything_in(trial.clause.award.amount):
        match part:
            case Table(_, by, _, rows):
                found += [_RowFits(row, by) for row in rows]
            case Cases(_, cases):
                found += [_CaseHolds(case.when) for case in cases]
            case Steps(of, _, _, levels):
                found += [_LevelReached(of, level.at) for level in levels]
            case Further(of, _, above, every):
                _, highest = ranges.ends(number(evaluate(of, here, passes)))
                whole = ranges.whole_times(ranges.minus(highest, above), every)
                if whole != ranges.INFINITE:
                    found.append(_LevelReached(of, ranges.plus(above, ranges.times(ranges.plus(whole, 1), every))))
            case _:
                pass
    yield from (mark for mark in found if not mark.reached(here))
