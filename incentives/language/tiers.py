"""Tiers with limits of their own: what the whole award comes to in each of them. Imports the nodes and the model."""

from __future__ import annotations

from incentives.facts.types import CountType
from incentives.language.model import Tiers
from incentives.language.nodes import Cases, Combined, Decided, How, Literal, Table, Term, otherwise_id
from incentives.records import replaced

_NUMBER = CountType("项")


def tiers_in(amount: Term) -> Tiers | None:
    """The tiers of an award; None where its amount is not theirs, but for caps on it and what budgets leave open."""
    table = table_of(amount)
    if table is None:
        return None
    rows = [(row.id, row.gives) for row in table.rows]
    rows += [(otherwise_id(table), table.otherwise)] if table.otherwise is not None else []
    return Tiers(table, _which(table), tuple((row, _where(amount, gives)) for row, gives in rows))


def table_of(amount: Term) -> Table | Cases | None:
    """The table of an amount that is its tiers, but for caps on it and what budgets leave open; else None."""
    match amount:
        case Table() | Cases():
            return amount
        case Combined(How.SMALLEST, (first, *_)) | Decided(None, first) if first is not None:
            return table_of(first)
        case _:
            return None


def _where(amount: Term, gives: Term) -> Term:
    """The amount with what one row gives in the place of the table."""
    match amount:
        case Combined(how, (first, *rest)):
            return Combined(how, (_where(first, gives), *rest))
        case Decided(None, high, unpublished, words) if high is not None:
            return Decided(None, _where(high, gives), unpublished, words)
        case _:
            return gives


def _which(table: Table | Cases) -> Table | Cases:
    """The table with the numbers of its rows for what they give."""
    last = None if table.otherwise is None else Literal(len(table.rows), _NUMBER)
    match table:
        case Table(rows=rows):
            numbered = tuple(replaced(row, gives=Literal(n, _NUMBER)) for n, row in enumerate(rows))
            return replaced(table, rows=numbered, otherwise=last)
        case Cases(rows=cases):
            which = tuple(replaced(case, gives=Literal(n, _NUMBER)) for n, case in enumerate(cases))
            return replaced(table, rows=which, otherwise=last)
