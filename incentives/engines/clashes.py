"""Which stacking rules have something to choose between. Imports the model.

A rule binds at a place, the company or one item, where candidates of at least two of its sides meet. Of a quota these
are those that fill it and those beyond.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, assert_never

from incentives.language.model import Choosing, Policy, Quota, Shared, sides

COMPANY_SCOPE = ""
"""The place of rules that hold for the whole company; those for each item hold at the item's key."""


class Clash(NamedTuple):
    """A stacking rule, by its id, that binds at a place."""

    rule: str
    scope: str


class Candidate(NamedTuple):
    """A clause that is not refused, and the key of its item or "": what stacking rules look at."""

    clause: str
    item: str


def scope_of(rule: Choosing, item: str) -> str:
    """Where a rule holds for the candidate of an item."""
    if isinstance(rule, Quota):
        return COMPANY_SCOPE
    match rule.within:
        case Shared.COMPANY:
            return COMPANY_SCOPE
        case Shared.ITEM:
            return item
        case _:
            assert_never(rule.within)


def choosing(policy: Policy) -> tuple[Choosing, ...]:
    """The rules that choose between awards."""
    return tuple([rule for rule in policy.rules if isinstance(rule, Choosing)])


def sides_of(rule: Choosing) -> int:
    """How many sides a rule has."""
    return 2 if isinstance(rule, Quota) else len(sides(rule))


def placed(rule: Choosing, found: Sequence[Candidate]) -> Iterator[tuple[str, int]]:
    """Where each candidate a rule is about stands, and on which side."""
    if isinstance(rule, Quota):
        own = sorted(candidate for candidate in found if candidate.clause in rule.over)
        yield from ((COMPANY_SCOPE, int(place >= rule.at_most)) for place, _ in enumerate(own))
        return
    for candidate in found:
        for number, side in enumerate(sides(rule)):
            if candidate.clause in side:
                yield scope_of(rule, candidate.item), number


def plain_clashes(policy: Policy, found: Sequence[Candidate]) -> frozenset[Clash]:
    """The clashes between candidates, gone through one by one."""
    clashes: set[Clash] = set()
    for rule in choosing(policy):
        met: dict[str, set[int]] = {}
        for scope, number in placed(rule, found):
            met.setdefault(scope, set()).add(number)
        clashes |= {Clash(rule.id, scope) for scope, numbers in met.items() if len(numbers) > 1}
    return frozenset(clashes)
