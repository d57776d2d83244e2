"""Whose word the facts are that a condition, or a figure, comes from. Imports the nodes and the ways through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from incentives.facts.vocabulary import Fact
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    CountItems,
    Equals,
    FactValue,
    Granted,
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
)
from incentives.language.walks import terms_within, walk
from incentives.records import NamedTuple
from incentives.values import Bilingual


class Vouched(NamedTuple):
    """Whether any of the facts is the company's own word, and the authorities that hold the others."""

    own_word: bool
    suppliers: tuple[Bilingual, ...]


NOBODY = Vouched(own_word=False, suppliers=())
"""Of what is no fact of anybody's, but worked out from facts that are told beside it."""


def vouched_for(facts: Iterable[Fact]) -> Vouched:
    read = list(facts)
    held = [fact.supplier for fact in read if fact.supplier is not None]
    return Vouched(any(fact.supplier is None for fact in read), tuple(dict.fromkeys(held)))


def vouching(part: Condition | Term) -> Vouched:
    """Whose word the facts are that an atom or a term reads; nobody's for a combination, whose parts say theirs."""
    seen: set[int] = set()
    return vouched_for(_read_by(part, seen) if isinstance(part, Condition) else _read_in(part, seen))


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
        case All() | AnyOf() | AtLeast() | Not() | Holds() | ItemExists() | Unstated():
            return
        case _:
            assert_never(condition.form)


def _read_in(term: Term, seen: set[int]) -> Iterator[Fact]:
    for part in terms_within(term, seen):
        match part:
            case FactValue(fact) | YearValue(fact) | OverYears(_, fact) | Growth(fact) | Increase(fact):
                yield fact
            case GrowthSlices(fact) | Granted(ledger_from=fact):
                yield fact
            case OverItems(_, _, of):
                yield from _read_in(of, seen)
            case _:
                pass
        if isinstance(part, OverItems | CountItems) and part.where is not None:
            for inside in walk(part.where):
                yield from _read_by(inside, seen)
