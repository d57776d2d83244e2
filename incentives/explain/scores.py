"""What a score is made of: each part with its points, and the row that gives them. Imports the nodes and terms.

A score is a definition that adds up what tables and cases give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from incentives.engines.atoms import passes
from incentives.engines.ranges_of_facts import row_fits
from incentives.engines.subjects import Subject
from incentives.engines.terms.evaluate import evaluate
from incentives.explain.amounts import measured_text
from incentives.explain.scales import row_text
from incentives.explain.terms import term_text
from incentives.facts.types import FactType
from incentives.language.nodes import Cases, Combined, Defined, How, Measured, Table, Term
from incentives.values import Bilingual, State


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A part of a score, with its points; None where they are not known.

    `then` are those after a way and `row` what then gives them, where that is known; None of how things are.
    """

    title: Bilingual
    points: Bilingual | None
    then: Bilingual | None = None
    row: Bilingual | None = None


def parts_of(form: Measured, subject: Subject) -> tuple[ScorePart, ...]:
    """The parts of the score that a test measures, as they are; none where it measures no score."""
    return tuple(ScorePart(part_title(part), _points(part, form.type, subject)) for part in _added_up(form.term))


def parts_that_change(form: Measured, before: Subject, after: Subject) -> tuple[ScorePart, ...]:
    """The parts, and parts of these, whose points are others after a way, each with the row that then gives them."""
    found: list[ScorePart] = []
    for part in _innermost(form.term):
        points, then = _points(part, form.type, before), _points(part, form.type, after)
        if then is not None and then != points:
            found.append(ScorePart(part_title(part), points, then, _row(part, after)))
    return tuple(found)


def _added_up(term: Term) -> tuple[Term, ...]:
    """What a score adds up; nothing where a term is none."""
    match term:
        case Defined(_, _, Combined(How.SUM, parts)) if any(_is_of_rows(part) for part in parts):
            return parts
        case _:
            return ()


def _innermost(term: Term) -> Iterator[Term]:
    for part in _added_up(term):
        inside = list(_innermost(part))
        yield from inside or [part]


def _is_of_rows(term: Term) -> bool:
    """Whether a part gives points by its rows, or is a score itself."""
    return isinstance(_defined(term), Table | Cases) or bool(_added_up(term))


def _defined(term: Term) -> Term:
    return _defined(term.of) if isinstance(term, Defined) else term


def part_title(part: Term) -> Bilingual:
    """What a part is called; a table that has no name of its own, as what it goes by."""
    table = _defined(part)
    return term_text(table.by) if part is table and isinstance(table, Table) else term_text(part)


def _points(part: Term, of: FactType, subject: Subject) -> Bilingual | None:
    return measured_text(of, evaluate(part, subject, passes))


def _row(part: Term, subject: Subject) -> Bilingual | None:
    """The row that a part goes by, or the paper's name of its case: what else a case asks for is told beside it."""
    match _defined(part):
        case Table(_, by, key, rows):
            value = evaluate(by, subject, passes)
            row = next((one for one in rows if row_fits(one, value) is True), None)
            if row is None:
                return None
            title, told = term_text(by), row_text(row, key)
            return Bilingual(f"{title.zh} {told.zh}", f"{title.en} {told.en}")
        case Cases(_, cases):
            case_ = next((one for one in cases if passes(one.when, subject) is State.HOLDS), None)
            return None if case_ is None or case_.called is None else Bilingual(case_.called, case_.called)
        case _:
            return None
