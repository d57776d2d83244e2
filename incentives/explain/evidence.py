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
    terms_within,
    walk,
)
from incentives.values import Bilingual


def vouching(condition: Condition) -> tuple[bool, tuple[Bilingual, ...]]:
    """Whether any of the facts an atom reads is the company's own word, and the authorities that hold the others."""
    facts = list(_read_by(condition, set()))
    held = [fact.supplier for fact in facts if fact.supplier is not None]
    return any(fact.supplier is None for fact in facts), tuple(dict.fromkeys(held))


def _read_by(condition: Condition, seen: set[int]) -> Iterator[Fact]:
    """The facts an atom reads, but for definitions `seen`; of a combination none, since its parts say theirs."""
    match condition.form:
        case Within() | Equals() | OneOf() | IncludesAny() | StartsWith() as test:
            yield test.fact
        case Measured(term):
            yield from _read_in(term, seen)
        case Items(_, _, where):
            for part in walk(where):
                yield from _read_by(part, seen)
        case All() | AnyOf() | Not() | Holds() | ItemExists() | Unstated():
            return
        case _:
            assert_never(condition.form)


def _read_in(term: Term, seen: set[int]) -> Iterator[Fact]:
    for part in terms_within(term, seen):
        match part:
            case FactValue(fact) | YearValue(fact) | OverYears(_, fact) | Growth(fact) | Increase(fact):
                yield fact
            case GrowthSlices(fact):
                yield fact
            case OverItems(_, _, of):
                yield from _read_in(of, seen)
            case _:
                pass
        if isinstance(part, OverItems | CountItems) and part.where is not None:
            for inside in walk(part.where):
                yield from _read_by(inside, seen)
