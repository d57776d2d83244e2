"""Which stacking rules have something to choose between. Imports the model.

A rule binds at a place, the company, one item or what is of one kind, where candidates of at least two of its sides
meet. Of a quota these are those that fill it and those beyond; the ledger may have filled it before them. What is of
a kind that is not known may meet with everything that can be of that kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from incentives.language.model import Choosing, Policy, Quota, Shared, sides
from incentives.records import NamedTuple

COMPANY_SCOPE = ""
"""The place of rules that hold for the whole company; those for each item hold at the item's key."""

ANY_KIND = "?"
"""The place of what can be of any kind at all, whatever that is called."""


class Clash(NamedTuple):
    """A stacking rule, by its id, that binds at a place."""

    rule: str
    scope: str


class Candidate(NamedTuple):
    """A clause that is not refused, and the key of its item or "": what stacking rules look at.

    `kinds` are the words that its item can be told by under a rule, by the rule's id; None for any words.
    """

    clause: str
    item: str
    kinds: tuple[tuple[str, frozenset[str] | None], ...] = ()


def of_kind(word: str) -> str:
    """The place of what is of one kind."""
    return f"={word}"


def scope_of(rule: Choosing, item: str) -> str:
    """Where a rule that does not go by kinds holds for the candidate of an item."""
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
        yield from _filling(rule, found)
        return
    words = _words(rule, found)
    for candidate in found:
        for number, side in enumerate(sides(rule)):
            if candidate.clause in side:
                yield from ((scope, number) for scope in _scopes(rule, candidate, words))


def _filling(rule: Quota, found: Sequence[Candidate]) -> Iterator[tuple[str, int]]:
    """Of the candidates at each place those that fill a quota, and those beyond it."""
    words = _words(rule, found)
    places: dict[str, int] = {}
    for candidate in sorted(one for one in found if one.clause in rule.over):
        for scope in _scopes(rule, candidate, words):
            before = places.get(scope, 0)
            places[scope] = before + 1
            yield scope, int(before >= rule.at_most)
            if rule.granted is not None:
                yield from ((scope, 0), (scope, 1))


def _words(rule: Choosing, found: Sequence[Candidate]) -> list[str]:
    """The words that candidates are told by under a rule, as far as they are known to be among some."""
    own = [dict(one.kinds).get(rule.id) for one in found] if rule.same else []
    return sorted({word for words in own for word in words or ()})


def _scopes(rule: Choosing, candidate: Candidate, words: Sequence[str]) -> Iterator[str]:
    """Every place at which a rule can hold for a candidate."""
    if not rule.same:
        yield scope_of(rule, candidate.item)
        return
    own = dict(candidate.kinds).get(rule.id)
    yield from map(of_kind, words if own is None else sorted(own))
    if own is None:
        yield ANY_KIND


def plain_clashes(policy: Policy, found: Sequence[Candidate]) -> frozenset[Clash]:
    """The clashes between candidates, gone through one by one."""
    clashes: set[Clash] = set()
    for rule in choosing(policy):
        met: dict[str, set[int]] = {}
        for scope, number in placed(rule, found):
            met.setdefault(scope, set()).add(number)
        clashes |= {Clash(rule.id, scope) for scope, numbers in met.items() if len(numbers) > 1}
    return frozenset(clashes)
