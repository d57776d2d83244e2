"""What a condition or an amount is made of, all the way down, and the facts it looks at. Imports the nodes."""

from __future__ import annotations

from collections.abc import Iterator

from incentives.facts.ledger import LEDGER_FACTS, LEDGER_KIND, LEDGER_MATTER, LEDGER_TIER
from incentives.facts.vocabulary import Entity, Fact
from incentives.language import nodes
from incentives.language.model import Clause
from incentives.language.nodes import Condition, Term
from incentives.language.walks import children, inner
from incentives.records import NamedTuple


class Reads(NamedTuple):
    """`facts` are pairs of entity and fact, in the order of the paper; `lists` are looked at as a whole."""

    facts: tuple[tuple[str, str], ...]
    lists: tuple[str, ...]


def reads_of(clause: Clause) -> Reads:
    """Everything that a clause's condition and award look at, besides that the item at hand is there."""
    return reads_in(clause.condition, clause.award.amount)


def reads_in(*parts: Condition | Term) -> Reads:
    """Everything that some conditions and amounts look at."""
    facts: dict[tuple[str, str], None] = {}
    lists: dict[str, None] = {}
    for node in (node for part in parts for node in everything_in(part)):
        for read in read_by(node):
            if isinstance(read, Fact):
                facts[read.entity, read.id] = None
            else:
                lists[read.id] = None
    return Reads(tuple(facts), tuple(lists))


def everything_in(part: Condition | Term) -> Iterator[Condition | Term]:
    """A condition or term and every one below it, at its own place or about the items of a list; parents first.

    What is defined comes once.
    """
    seen: set[object] = set()
    waiting = [part]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Condition | nodes.Defined):
            mark = one.id if isinstance(one, Condition) else id(one.of)
            if mark in seen:
                continue
            seen.add(mark)
        yield one
        waiting += below(one)[::-1]


def below(part: Condition | Term) -> tuple[Condition | Term, ...]:
    """What a condition or term is made of, at its own place or about the items of a list."""
    return _below_condition(part) if isinstance(part, Condition) else _below_term(part)


def _below_condition(condition: Condition) -> tuple[Condition | Term, ...]:
    match condition.form:
        case nodes.Measured(term, _, _, low, high):
            return (term, *[end.of for end in (low, high) if end is not None])
        case nodes.Items(_, _, where):
            return (where,)
        case _:
            return children(condition)


def _below_term(term: Term) -> tuple[Condition | Term, ...]:
    match term:
        case nodes.OverItems(_, _, of, where):
            return (of,) if where is None else (of, where)
        case nodes.CountItems(_, where):
            return () if where is None else (where,)
        case nodes.Cases(_, cases):
            return (*[case.when for case in cases], *inner(term))
        case _:
            return inner(term)  # what is left is made of what stands at its own place


def read_by(part: Condition | Term) -> Iterator[Fact | Entity]:
    """The facts and lists that one node looks at itself."""
    match part.form if isinstance(part, Condition) else part:
        case nodes.Within() | nodes.Equals() | nodes.OneOf() | nodes.IncludesAny() | nodes.StartsWith() as test:
            yield test.fact
        case nodes.Items(_, entity) | nodes.CountItems(entity) | nodes.OverItems(_, entity):
            yield entity
        case nodes.FactValue(fact) | nodes.YearValue(fact) | nodes.Growth(fact) | nodes.Increase(fact):
            yield fact
        case nodes.GrowthSlices(fact):
            yield fact
        case nodes.OverYears(_, fact, _, _, since, founded):
            yield fact
            yield from (day for day in (since, founded) if day is not None)
        case nodes.Granted(entity=entity, ledger_from=ledger_from, founded=founded, tier=tier, same=same):
            yield entity
            yield ledger_from
            if founded is not None:
                yield founded
            names = (*LEDGER_FACTS, LEDGER_MATTER, *((LEDGER_TIER,) if tier is not None else ()))
            names = (*names, *((LEDGER_KIND,) if same is not None else ()))
            yield from (entity.facts[name] for name in names if name in entity.facts)
        case _:
            pass
