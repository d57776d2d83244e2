"""Which bounds of an award a change goes past: rows, cases, steps, slices, caps and floors.

Imports the nodes, the terms of the reference evaluator and words. What a clause asks for is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Number
from incentives.engines.atoms import passes
from incentives.engines.ranges_of_facts import number, row_fits
from incentives.engines.subjects import Subject, at_item
from incentives.engines.terms.evaluate import evaluate
from incentives.explain.amounts import value_text
from incentives.explain.ends import band_text
from incentives.explain.scales import row_text, slice_text
from incentives.explain.terms import LIMITS, term_text
from incentives.explain.words import in_line
from incentives.facts.places import Place
from incentives.facts.types import FactType, MoneyType, RateType
from incentives.language.nodes import (
    Bound,
    Case,
    Cases,
    Combined,
    Condition,
    CountItems,
    Difference,
    Further,
    Growth,
    GrowthSlices,
    How,
    Increase,
    NothingBelow,
    OverItems,
    Row,
    Slice,
    Slices,
    Steps,
    Table,
    Term,
)
from incentives.language.reads import reads_in
from incentives.language.walks import terms_within
from incentives.values import Bilingual, State

_Bound = TypeVar("_Bound")


class AwardBound(NamedTuple):
    """What of an award holds after a change and did not before it: what is looked at, and the bound.

    `node` tells it from the others of its award.
    """

    node: str
    title: Bilingual
    needed: Bilingual


class Sides(NamedTuple):
    """What an award is held against before a change of some places and after it."""

    before: Subject
    after: Subject
    places: tuple[Place, ...]

    def look(self, part: Condition | Term) -> bool:
        """Whether a part of an award looks at anything that changes."""
        reads = reads_in(part)
        return any(
            (place.entity, place.fact) in reads.facts if place.fact is not None else place.entity in reads.lists
            for place in self.places
        )

    def each_item(self, entity: str) -> Iterator[Sides]:
        """The same seen from each item that changes and is there on both sides."""
        for key in dict.fromkeys(place.item for place in self.places if place.entity == entity):
            found = [
                at_item(side, entity, item)
                for side in (self.before, self.after)
                for item in side.profile.lists.get(entity, ())
                if item.key == key
            ]
            if len(found) == 2:
                yield Sides(found[0], found[1], self.places)


def bounds_passed(award: Term, sides: Sides) -> tuple[AwardBound, ...]:
    """The bounds that a change goes past in an award, in the order of the paper."""
    return tuple({one.node: one for one in _passed(award, sides, "award")}.values())


def _passed(term: Term, sides: Sides, name: str) -> Iterator[AwardBound]:
    for number_of_part, part in enumerate(terms_within(term)):
        if not sides.look(part):
            continue
        own = f"{name}/{number_of_part}"
        yield from _passed_in(part, sides, own)
        if isinstance(part, OverItems | CountItems):
            for there in sides.each_item(part.entity.id):
                if part.where is not None and passes(part.where, there.before) is not passes(part.where, there.after):
                    yield AwardBound(f"{own}/where", part.entity.title, in_line(part.where))
                if isinstance(part, OverItems):
                    yield from _passed(part.of, there, f"{own}/of")


def _passed_in(part: Term, sides: Sides, name: str) -> Iterator[AwardBound]:
    """The bound that one part lies on after the change, where it lay on another one or on none."""
    match part:
        case Table(_, by, key, rows):
            row = _other(_row_of(by, rows, sides.before), _row_of(by, rows, sides.after))
            if row is not None:
                yield AwardBound(row.id, term_text(by), row_text(row, key))
        case Cases(_, cases):
            case_ = _other(_case_of(cases, sides.before), _case_of(cases, sides.after))
            if case_ is not None:
                yield AwardBound(case_.id, Bilingual("", ""), in_line(case_.when))
        case Steps(of, key):
            level = _other(_level(part, sides.before), _level(part, sides.after))
            if level is not None:
                at = value_text(key, level)
                reached = Bilingual(f"首次达到{at.zh}", f"{at.en} for the first time")
                yield AwardBound(name, term_text(of), reached)
        case Further(of, key, above, every):
            level = _other(*(_further(above, every, _possible(of, side)) for side in (sides.before, sides.after)))
            if level is not None:
                yield AwardBound(name, term_text(of), _at_least(key, level))
        case Slices(of, slices):
            yield from _slice(of, slices, MoneyType(), sides)
        case GrowthSlices(fact, year, slices):
            yield from _slice(Growth(fact, year, None), slices, RateType(), sides)
        case Combined(How.SMALLEST | How.LARGEST as how, of):
            limit = _other(_binding(how, of, sides.before), _binding(how, of, sides.after))
            if limit:
                yield AwardBound(name, LIMITS[how], term_text(of[limit]))
        case Increase() | Difference() if _possible(part, sides.before) <= 0 < _possible(part, sides.after):
            yield AwardBound(name, term_text(part), Bilingual("大于零", "above zero"))
        case NothingBelow(of, at) if _possible(of, sides.before) < at <= _possible(of, sides.after):
            yield AwardBound(name, term_text(of), _at_least(MoneyType(), at))
        case _:
            pass


def _other(before: _Bound | None, after: _Bound | None) -> _Bound | None:
    """What holds after a change, where it is not what held before it."""
    return after if after != before else None


def _possible(term: Term, subject: Subject) -> Number:
    """The most a term can come to."""
    return ranges.ends(number(evaluate(term, subject, passes)))[1]


def _row_of(by: Term, rows: Iterable[Row], subject: Subject) -> Row | None:
    key = evaluate(by, subject, passes)
    return next((row for row in rows if row_fits(row, key) is True), None)


def _case_of(cases: Iterable[Case], subject: Subject) -> Case | None:
    return next((case for case in cases if passes(case.when, subject) is State.HOLDS), None)


def _level(steps: Steps, subject: Subject) -> Decimal | None:
    """The highest step that is reached, among them those past the last one that is written."""
    value = _possible(steps.of, subject)
    reached = max((step.at for step in steps.steps if step.at <= value), default=None)
    if steps.then_every is None or reached != steps.steps[-1].at:
        return reached
    return _further(reached, steps.then_every[0], value) or reached


def _further(above: Decimal, every: Decimal, value: Number) -> Decimal | None:
    """The last of endless steps that is reached; None before the first."""
    if value == INFINITE:
        return None
    whole = ranges.whole_times(ranges.minus(value, above), every)
    return above + int(whole) * every if whole else None


def _slice(of: Term, slices: Sequence[Slice], key: FactType, sides: Sides) -> Iterator[AwardBound]:
    def last(subject: Subject) -> Slice | None:
        value = _possible(of, subject)
        return max((one for one in slices if one.low < value), key=lambda one: one.low, default=None)

    found = _other(last(sides.before), last(sides.after))
    if found is not None:
        title = term_text(of)
        yield AwardBound(found.id, Bilingual(f"{title.zh}：", f"{title.en}:"), slice_text(found, key))


def _binding(how: How, of: Sequence[Term], subject: Subject) -> int | None:
    """Which of several amounts is the one that counts, by its place; the first of equal ones."""
    values = [_possible(one, subject) for one in of]
    return values.index(min(values) if how is How.SMALLEST else max(values))


def _at_least(key: FactType, value: Decimal) -> Bilingual:
    return band_text(Bound(value, inclusive=True), None, key)
