"""The ways through conditions and terms: what joins what, and what is worked out from what. Imports the nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from incentives.language.nodes import (
    All,
    AnyOf,
    ApplicationDay,
    AtLeast,
    Cases,
    Combined,
    Condition,
    CountItems,
    CountValues,
    Decided,
    Defined,
    Difference,
    Elapsed,
    Equals,
    FactValue,
    Further,
    Granted,
    Growth,
    GrowthSlices,
    Holds,
    IncludesAny,
    Increase,
    ItemExists,
    Items,
    Literal,
    Measured,
    Not,
    NothingBelow,
    OneOf,
    OverItems,
    OverYears,
    Product,
    Ratio,
    Rounded,
    Shifted,
    Slices,
    StartsWith,
    Steps,
    Table,
    Term,
    TimesGranted,
    Unstated,
    WholeUnits,
    Within,
    YearsGranted,
    YearsSinceGranted,
    YearValue,
)


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that a condition joins. What an atom looks at inside, such as a filter of items, is its own."""
    match condition.form:
        case All(of) | AnyOf(of) | AtLeast(of):
            return of
        case Not(of) | Holds(_, of):
            return (of,)
        case (
            Within()
            | Equals()
            | OneOf()
            | IncludesAny()
            | StartsWith()
            | Measured()
            | Unstated()
            | Items()
            | ItemExists()
        ):
            return ()
        case _:
            assert_never(condition.form)


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything below it, each node once, parents first, in the order of the paper."""
    seen: set[str] = set()
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if node.id not in seen:
            seen.add(node.id)
            yield node
            waiting += reversed(children(node))


def inner(term: Term) -> tuple[Term, ...]:
    """The terms that a term is worked out from, at the same place: not those about the items of a list."""
    match term:
        case Literal() | FactValue() | YearValue() | OverItems() | CountItems() | Increase():
            return ()
        case ApplicationDay() | GrowthSlices():
            return ()
        case Granted(same=same):
            return () if same is None else (same,)
        case YearsGranted(granted) | TimesGranted(granted) | YearsSinceGranted(granted):
            return (granted,)
        case Combined(_, of):
            return of
        case Difference(left, right) | Product(left, right):
            return left, right
        case Ratio(of, to, undefined):
            return (of, to) if undefined is None else (of, to, undefined)
        case Growth(_, _, undefined) | OverYears(undefined=undefined):
            return () if undefined is None else (undefined,)
        case Elapsed(_, since, until):
            return (since,) if until is None else (since, until)
        case Shifted(date):
            return (date,)
        case CountValues(fact):
            return (fact,)
        case Table(_, by, _, rows, otherwise):
            return (by, *(row.gives for row in rows), *(() if otherwise is None else (otherwise,)))
        case Cases(_, cases, otherwise):
            return (*(case.gives for case in cases), *(() if otherwise is None else (otherwise,)))
        case Slices(of) | Further(of) | WholeUnits(of) | Rounded(of) | NothingBelow(of) | Defined(_, _, of):
            return (of,)
        case Steps(of, _, before):
            return of, before
        case Decided(low, high):
            return tuple(end for end in (low, high) if end is not None)
        case _:
            assert_never(term)


def terms_within(term: Term, seen: set[int] | None = None) -> Iterator[Term]:
    """The term and all that it is worked out from at its own place, outermost first.

    What is defined comes once, and not at all where its identity is in `seen` already.
    """
    seen = set() if seen is None else seen
    waiting = [term]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, Defined):
            if id(part.of) in seen:
                continue
            seen.add(id(part.of))
        waiting += reversed(inner(part))


def looks_at(term: Term) -> Iterator[str]:
    """The entities whose facts a term reads at its own place."""
    for part in terms_within(term):
        match part:
            case FactValue(fact) | YearValue(fact) | OverYears(_, fact) | Growth(fact) | Increase(fact):
                yield fact.entity
            case GrowthSlices(fact):
                yield fact.entity
            case Granted(for_item=str() as entity):
                yield entity
            case Cases(_, cases):
                for case in cases:
                    yield case.when.entity
            case _:
                pass
