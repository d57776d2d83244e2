"""Who vouches for what a condition looked at. Imports the nodes and facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from incentives.facts.vocabulary import Fact
from incentives.language.nodes import (
    All,
    AnyOf,
    Condition,
    CountItems,
    Equals,
    FactValue,
    Growth,
    GrowthSlices,
    Holds,
    IncludesAny,
    Increase,
    ItemExists,
    Items,
    Measured,
    Not,
    OneOf,
    OverItems,
    OverYears,
    StartsWith,
    Term,
    Unstated,
    Within,
    YearValue,
    inner,
    walk,
)
from incentives.values import Bilingual


def vouching(condition: Condition) -> tuple[bool, tuple[Bilingual, ...]]:
    """Whether any of the facts an atom reads is the company's own word, and the authorities that hold the others."""
    facts = list(_read_by(condition))
    held = [fact.supplier for fact in facts if fact.supplier is not None]
    return any(fact.supplier is None for fact in facts), tuple(dict.fromkeys(held))


def _read_by(condition: Condition) -> Iterator[Fact]:
    """The facts an atom reads; of a combination none, since its parts say theirs."""
    match condition.form:
        case Within() | Equals() | OneOf() | IncludesAny() | StartsWith() as test:
            yield test.fact
        case Measured(term):
            yield from _read_in(term)
        case Items(_, _, where):
            for part in walk(where):
                yield from _read_by(part)
        case All() | AnyOf() | Not() | Holds() | ItemExists() | Unstated():
            return
        case _:
            assert_never(condition.form)


def _read_in(term: Term) -> Iterator[Fact]:
    match term:
        case FactValue(fact) | YearValue(fact) | OverYears(_, fact) | Growth(fact) | Increase(fact):
            yield fact
        case GrowthSlices(fact):
            yield fact
        case OverItems(_, _, of):
            yield from _read_in(of)
        case _:
            pass
    if isinstance(term, OverItems | CountItems) and term.where is not None:
        for part in walk(term.where):
            yield from _read_by(part)
    for inside in inner(term):
        yield from _read_in(inside)
