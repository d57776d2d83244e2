"""What an award comes to on a subject, given the outcome. Imports the model, terms and atoms.

Shared by every engine that does not work amounts out in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from incentives.amounts.ranges import Amount, Open
from incentives.amounts.yuan import yuan_between
from incentives.engines.atoms import passes
from incentives.engines.narrowed import reached
from incentives.engines.ranges_of_facts import covered, hull, number, row_fits
from incentives.engines.subjects import Presence, Subject, at_item, narrow
from incentives.engines.terms.evaluate import evaluate
from incentives.facts.profile import Item
from incentives.language.keys import key_of
from incentives.language.model import Award
from incentives.language.nodes import Cases, Literal, Table, otherwise_id
from incentives.language.reach import NOT_REACHED
from incentives.language.tiers import table_of
from incentives.values import NOT_BOUNDED, NOTHING, WITHOUT_MONEY, ZERO, Interval, Outcome, State


def worth(award: Award, outcome: Outcome, subject: Subject) -> Interval:
    """What of an award is certain and what is possible.

    Nothing is certain while the outcome is open. Nobody knows how many items an absent list would hold, so
    what it could bring has no limit, where each could bring something.
    """
    match outcome:
        case Outcome.QUALIFIED:
            return yuan_between(amount_of(award, subject))
        case Outcome.NOT_QUALIFIED:
            return NOTHING
        case Outcome.UNDETERMINED | Outcome.NEEDS_REVIEW:
            if subject.presence is Presence.ABSENT_LIST:
                return Interval(ZERO, NOT_BOUNDED) if worth_if_met(award, subject).possible != 0 else NOTHING
            return Interval(ZERO, yuan_between(amount_of(award, subject)).possible)
        case _:
            assert_never(outcome)


def worth_if_met(award: Award, subject: Subject) -> Interval:
    """What an award would come to were its clause met; to each item, where nobody gave their list.

    Of tiers only those count that can be reached: where none is, the clause is not met.
    """
    quiet = subject._replace(awaited=None)
    if subject.presence is Presence.ABSENT_LIST:
        quiet = at_item(quiet, subject.entity, Item("", "", {}))
    amount = award.amount
    if not isinstance(amount, Table | Cases) or amount.otherwise is not NOT_REACHED:
        return yuan_between(amount_of(award, quiet))
    given = {row.id: row.gives for row in amount.rows}
    found = [evaluate(given[row], place, passes) for row, place in _may_be_reached(amount, quiet) if row in given]
    return yuan_between(number(hull(found, State.MISSING))) if found else NOTHING


def by_tier(award: Award, subject: Subject) -> tuple[tuple[str, Interval], ...]:
    """What an award comes to in each tier that may be the one reached, by its id; none where no tier has a limit."""
    if award.tiers is None:
        return ()
    amounts = dict(award.tiers.amounts)
    quiet = subject._replace(awaited=None)
    return tuple(
        (row, yuan_between(number(evaluate(amounts[row], place, passes))))
        for row, place in _may_be_reached(award.tiers.table, quiet)
    )


def words_of_tiers(award: Award, subject: Subject) -> tuple[str, ...]:
    """What the tiers that may be the one reached grant in words, where they grant no money (全免, 减半)."""
    amount = award.amount
    if award.basis not in WITHOUT_MONEY or not isinstance(amount, Table | Cases):
        return ()
    given = {row.id: row.gives for row in amount.rows}
    given |= {otherwise_id(amount): amount.otherwise} if amount.otherwise is not None else {}
    found = [given[row] for row in _reached(amount, subject)]
    return tuple(dict.fromkeys(one.words for one in found if isinstance(one, Literal) and one.words is not None))


def names_of_tiers(award: Award, subject: Subject) -> tuple[str, ...]:
    """The paper's names of the tiers that may be the one reached; none where one of them has no name."""
    tiers = table_of(award.amount)
    if tiers is None or all(row.called is None for row in tiers.rows):
        return ()
    called = {row.id: row.called for row in tiers.rows}
    names = [called.get(row) for row in _reached(tiers, subject)]
    return tuple(dict.fromkeys(name for name in names if name is not None)) if None not in names else ()


def _reached(table: Table | Cases, subject: Subject) -> list[str]:
    """The ids of the rows that may be the first to fit, without a word of what that waits for."""
    return [row for row, _ in _may_be_reached(table, subject._replace(awaited=None))]


def _may_be_reached(table: Table | Cases, subject: Subject) -> Iterator[tuple[str, Subject]]:
    """The rows that may be the first to fit, each with the subject as it then is."""
    match table:
        case Table(by=by, rows=rows):
            key = evaluate(by, subject, passes)
            read_again = key_of(table) if isinstance(key, Open) else None
            if read_again is not None and isinstance(key, Open):
                year = read_again.year.at(subject.on.year) if read_again.year is not None else None
                for row, within in reached(rows, key):
                    if row is not None:
                        yield row.id, narrow(subject, read_again.fact, year, within)
                    elif table.otherwise is not None and not covered(rows, key):
                        yield otherwise_id(table), narrow(subject, read_again.fact, year, within)
                return
            for row in rows:
                fits = row_fits(row, key)
                if fits is not False:
                    yield row.id, subject
                if fits is True:
                    return
            if table.otherwise is not None and not covered(rows, key):
                yield otherwise_id(table), subject
        case Cases(rows=cases):
            for case in cases:
                state = passes(case.when, subject)
                if state is not State.FAILS:
                    yield case.id, subject
                if state is State.HOLDS:
                    return
            if table.otherwise is not None:
                yield otherwise_id(table), subject
        case _:
            assert_never(table)


def amount_of(award: Award, subject: Subject) -> Amount:
    """The award's arithmetic on a subject."""
    return number(evaluate(award.amount, subject, passes))
