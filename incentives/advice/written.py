"""The numbers of a fact that a clause writes: its bounds, steps and slices. Imports grids, places and the nodes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from incentives.advice.grid import Grid
from incentives.amounts.ranges import Number
from incentives.facts.places import Place, given, value_at
from incentives.facts.profile import Profile
from incentives.facts.types import CountType, FactType, MoneyType, QuantityType, RateType, YearlyType
from incentives.facts.vocabulary import Fact
from incentives.language import nodes
from incentives.language.model import Clause
from incentives.language.nodes import Condition, Term
from incentives.language.reads import everything_in, read_by

MOST_STAIRS = 200
"""So many further steps of one amount are taken as likely to change something."""


def written(clause: Clause, place: Place, grid: Grid, profile: Profile, stairs: int = MOST_STAIRS) -> tuple[int, ...]:
    """The numbers of a fact at which a clause is likely to change: the bounds that it writes, or what follows.

    Of steps without end so many `stairs`.
    """
    found: set[Fraction] = set()
    rates: set[Fraction] = set()
    backs = {1}
    for part, facts in _looking(clause, place):
        form = part.form if isinstance(part, Condition) else part
        for value, of in _bounds(form, stairs):
            if value.is_finite() and isinstance(of, RateType) and 0 < value <= 10:
                rates.add(Fraction(value))
            if value.is_finite() and any(_is_alike(of, fact.type) for fact in facts if _is_at(fact, place)):
                found.add(Fraction(value))
        if isinstance(form, nodes.Measured) and isinstance(form.term, nodes.Growth):
            backs.add(form.term.over)
    found |= set(_shares(clause.award.amount))
    for back in sorted(backs):
        before = value_at(profile, place._replace(year=place.year - back)) if place.year is not None else None
        found |= {Fraction(before) * (1 + rate) for rate in rates} if isinstance(before, int | Decimal) else set()
    return _on_grid(found, grid)


def beside(clause: Clause, place: Place, grid: Grid, profile: Profile) -> tuple[int, ...]:
    """What a profile says of facts of the same kind that one test holds against a fact, by the rates of that test."""
    found: set[Fraction] = set()
    for part, facts in _looking(clause, place):
        if not isinstance(part, Condition) or not isinstance(part.form, nodes.Measured):
            continue
        [own] = [fact for fact in facts if _is_at(fact, place)]
        others = {(fact.entity, fact.id) for fact in facts if fact is not own and _is_alike(fact.type, own.type)}
        rates = {Fraction(value) for value, of in _written_in(part) if isinstance(of, RateType) and value > 0}
        for other in given(profile):
            value = value_at(profile, other) if (other.entity, other.fact) in others else None
            if isinstance(value, int | Decimal):
                found |= {Fraction(value) * of for rate in {Fraction(1), *rates} for of in (rate, 1 / rate)}
    return _on_grid(found, grid)


def _written_in(part: Condition) -> Iterator[tuple[Decimal, FactType]]:
    """Every number that a test writes, with its type."""
    yield from _bounds(part.form, stairs=0)
    for inside in everything_in(part):
        if isinstance(inside, nodes.Literal) and isinstance(inside.value, int | Decimal):
            yield Decimal(inside.value), inside.type


def _looking(clause: Clause, place: Place) -> Iterator[tuple[Condition | Term, tuple[Fact, ...]]]:
    """Everything in a clause that looks at a fact, with all the facts that it looks at."""
    for part in (*everything_in(clause.condition), *everything_in(clause.award.amount)):
        read = [one for node in everything_in(part) for one in read_by(node) if isinstance(one, Fact)]
        facts = tuple({(fact.entity, fact.id): fact for fact in read}.values())
        if any(_is_at(fact, place) for fact in facts):
            yield part, facts


def _is_at(fact: Fact, place: Place) -> bool:
    return (fact.entity, fact.id) == (place.entity, place.fact)


def _is_alike(one: FactType, other: FactType) -> bool:
    """Whether numbers of two types can be held against each other: money, rates, numbers of one unit."""
    match _single(one), _single(other):
        case (MoneyType(), MoneyType()) | (RateType(), RateType()):
            return True
        case (CountType(unit), CountType(another)) | (QuantityType(unit), QuantityType(another)):
            return unit == another
        case _:
            return False


def _single(of: FactType) -> FactType:
    return of.of if isinstance(of, YearlyType) else of


def _on_grid(found: set[Fraction], grid: Grid) -> tuple[int, ...]:
    unit = Fraction(1 if grid.unit is None else grid.unit)
    return tuple(sorted({int(value / unit) for value in found if grid.low * unit <= value <= grid.high * unit}))


def _bounds(form: object, stairs: int) -> Iterator[tuple[Decimal, FactType]]:
    """The numbers that a node holds something against, each with its type."""
    of: FactType = MoneyType()
    values: list[object] = []
    match form:
        case nodes.Within(fact, _, low, high):
            of, values = fact.type, [end.value for end in (low, high) if end is not None]
        case nodes.Equals(fact, _, value):
            of, values = fact.type, [value]
        case nodes.OneOf(fact, _, several):
            of, values = fact.type, [*several]
        case nodes.Measured(_, of, _, low, high, several):
            values = [end.of.value for end in (low, high) if end is not None and isinstance(end.of, nodes.Literal)]
            values += several or ()
        case nodes.Table(_, _, of, rows):
            values = [end.value for row in rows for end in (row.low, row.high) if end is not None]
        case nodes.Slices(_, slices):
            values = [end for one in slices for end in (one.low, one.high)]
        case nodes.GrowthSlices(_, _, slices):
            of, values = RateType(), [end for one in slices for end in (one.low, one.high)]
        case nodes.Steps(_, of, _, steps, _, then_every):
            values = [step.at for step in steps]
            if then_every is not None:
                values += [steps[-1].at + number * then_every[0] for number in range(1, stairs + 1)]
        case nodes.Further(_, of, above, every):
            values = [above + number * every for number in range(stairs + 1)]
        case nodes.NothingBelow(_, least):
            values = [least]
        case nodes.Combined(_, parts):
            for part in parts:
                if isinstance(part, nodes.Literal) and isinstance(part.value, int | Decimal):
                    yield Decimal(part.value), part.type
        case _:
            pass
    yield from (
        (Decimal(value), of) for value in values if isinstance(value, int | Decimal) and not isinstance(value, bool)
    )


def _shares(amount: Term) -> Iterator[Fraction]:
    """Where a share of something reaches a figure that stands beside it: 500万元 of 5% at 1亿元."""
    literals = [part.value for part in everything_in(amount) if isinstance(part, nodes.Literal)]
    numbers: list[Number] = [one for one in literals if isinstance(one, int | Decimal) and one > 0]
    factors = [
        side.value
        for part in everything_in(amount)
        if isinstance(part, nodes.Product)
        for side in (part.left, part.right)
        if isinstance(side, nodes.Literal) and isinstance(side.value, int | Decimal) and side.value > 0
    ]
    yield from (Fraction(one) / Fraction(factor) for one in numbers for factor in factors if one != factor)
