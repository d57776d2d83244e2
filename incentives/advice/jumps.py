"""What would have to be so for an award to jump, or to rise no more.

It jumps at the next row, case, step or whole unit and at the least that is paid; it rises up to its limit.

Imports trials, crossings and the terms. Each is a condition, to be met together with the clause's own: what it takes
is found as what it takes to meet that is, exactly, by however many facts it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from incentives.advice.crossings import row_tests
from incentives.advice.trial import Trial
from incentives.amounts import ranges
from incentives.engines.atoms import passes
from incentives.engines.ranges_of_facts import number
from incentives.engines.subjects import Subject
from incentives.engines.terms.evaluate import evaluate
from incentives.facts.types import FactType, MoneyType
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import Clause
from incentives.language.nodes import (
    All,
    Cases,
    Combined,
    Condition,
    Further,
    How,
    Literal,
    Measured,
    NothingBelow,
    Steps,
    Table,
    Term,
    TermBound,
    WholeUnits,
)
from incentives.language.walks import inner, looks_at
from incentives.values import EXACT, State


def jumps(trial: Trial, *, of_new: bool = False) -> Iterator[Trial]:
    """The clause of a trial with one more condition each: one at which its award jumps, and that is not met.

    Nothing where that gives no more than what is met already. With `of_new` also what is still open, as everything is
    of an item that is not there yet.
    """
    subject = trial.subject()
    if subject is None:
        return
    for condition in _conditions(trial.clause, subject):
        state = passes(condition, subject)
        if state is State.FAILS or (of_new and state is not State.HOLDS):
            own = trial.clause.condition
            both = Condition(f"{condition.id}/and", own.span, own.entity, None, None, All((own, condition)))
            yield trial._replace(clause=trial.clause._replace(condition=both))


def _conditions(clause: Clause, subject: Subject) -> Iterator[Condition]:
    for place, part in enumerate(_worked_out_from(clause.award.amount)):
        name = f"{clause.id}/award/jump/{place}"
        match part:
            case Table() | Cases():
                yield from _giving_more(_rows_of(part), subject)
            case Steps(of, key, _, levels):
                yield from (_at_least(f"{name}/{level.at}", clause, of, key, level.at) for level in levels)
            case Further(of, key, above, every):
                yield from _next(name, clause, subject, of, key, above, every)
            case WholeUnits(of, key, _, each):
                yield from _next(name, clause, subject, of, key, Decimal(0), each)
            case NothingBelow(of, at):
                yield _at_least(name, clause, of, MoneyType(), at)
            case Combined(How.SMALLEST, (of, Literal() as limit)) | Combined(How.SMALLEST, (Literal() as limit, of)):
                at_most = _figure(limit)
                if at_most is not None and not isinstance(of, Literal):
                    yield _at_least(name, clause, of, MoneyType(), at_most)
            case _:
                pass


def _worked_out_from(amount: Term) -> Iterator[Term]:
    """The parts of an amount at each of which it can jump: nothing of what a row or a step goes by."""
    waiting, seen = [amount], set[int]()
    while waiting:
        part = waiting.pop(0)
        if id(part) in seen:
            continue
        seen.add(id(part))
        yield part
        match part:
            case Table(_, by):
                waiting += [one for one in inner(part) if one is not by]
            case Steps() | Further() | WholeUnits():
                pass
            case _:
                waiting += inner(part)


def granted_in_words(trial: Trial) -> str | None:
    """What a clause grants that is no money, by the row that holds; None where rows grant money, or none holds."""
    subject = trial.subject()
    if subject is None:
        return None
    for part in _worked_out_from(trial.clause.award.amount):
        for gives, test in _rows_of(part):
            if passes(test, subject) is State.HOLDS:
                return gives.words if isinstance(gives, Literal) else None
    return None


def _rows_of(part: Term) -> list[tuple[Term, Condition]]:
    match part:
        case Table():
            return [(row.gives, test) for row, test in row_tests(part)]
        case Cases(rows=cases):
            return [(case.gives, case.when) for case in cases]
        case _:
            return []


def _giving_more(rows: Sequence[tuple[Term, Condition]], subject: Subject) -> Iterator[Condition]:
    """The rows that can give more than the first that holds; all but that where a figure of theirs is worked out.

    Of what is no money those that go before it: the paper names the greater relief first.
    """
    if any(isinstance(gives, Literal) and gives.words is not None for gives, _ in rows):
        for _, test in rows:
            if passes(test, subject) is State.HOLDS:
                return
            yield test
        return
    here = next((_figure(gives) for gives, test in rows if passes(test, subject) is State.HOLDS), None)
    for gives, test in rows:
        figure = _figure(gives)
        if here is None or figure is None or figure > here:
            yield test


def _figure(term: Term) -> Decimal | None:
    """What a term comes to that is written out."""
    match term:
        case Literal(bool()):
            return None
        case Literal(int() | Decimal() as value):
            return Decimal(value)
        case _:
            return None


def _next(
    name: str, clause: Clause, subject: Subject, of: Term, key: FactType, above: Decimal, every: Decimal
) -> Iterator[Condition]:
    """That one more whole part of so much is reached, of parts without end."""
    _, highest = ranges.ends(number(evaluate(of, subject, passes)))
    whole = ranges.whole_times(ranges.minus(highest, above), every)
    if whole != ranges.INFINITE:
        at = EXACT.add(above, EXACT.multiply(Decimal(int(whole) + 1), every))
        yield _at_least(name, clause, of, key, at)


def _at_least(name: str, clause: Clause, of: Term, key: FactType, at: Decimal) -> Condition:
    """That something comes to so much or more."""
    entity = next((one for one in looks_at(of) if one != COMPANY), COMPANY)
    low = TermBound(Literal(at, key), inclusive=True)
    return Condition(name, clause.span, entity, None, None, Measured(of, key, None, low, None, None))
