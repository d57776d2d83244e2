"""Stacking rules compiled to forward-chaining rules: candidates that meet are in conflict. Imports clashes and Rete.

Each side of each rule has a proposition about a place; two sides at one place conclude that the rule binds there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from incentives.engines.clashes import Candidate, Clash, choosing, scope_of
from incentives.engines.durable.network import Pattern, Rule
from incentives.engines.durable.rete import Message, Rete
from incentives.language.model import Exclusion, HigherOf, Policy, sides


class Side(NamedTuple):
    """One side of a stacking rule: its clauses, and the proposition that one of them is a candidate."""

    rule: HigherOf | Exclusion
    clauses: frozenset[str]
    proposition: int


class Clashing(NamedTuple):
    """The compiled stacking rules of a policy. `binds` are the propositions that a rule binds, by number."""

    rules: tuple[Rule, ...]
    sides: tuple[Side, ...]
    binds: dict[int, str]


def compile_clashes(policy: Policy) -> Clashing:
    rules: list[Rule] = []
    found: list[Side] = []
    binds: dict[int, str] = {}
    last = 0
    for rule in choosing(policy):
        last += 1
        binds[last] = rule.id
        concluded, own = last, []
        for clauses in sides(rule):
            last += 1
            own.append(Side(rule, frozenset(clauses), last))
        for one, other in combinations(own, 2):
            when = (Pattern(one.proposition, about_row=True), Pattern(other.proposition, about_row=True))
            rules.append(Rule(when, concluded))
        found += own
    return Clashing(tuple(rules), tuple(found), binds)


def concluded_clashes(clashing: Clashing, rete: Rete, found: Sequence[Candidate]) -> frozenset[Clash]:
    """What the network concludes from the candidates. Places are numbered from 1: row 0 is the company's own."""
    places: dict[tuple[str, str], int] = {}
    messages: dict[int, list[Message]] = {}
    for candidate in found:
        for side in clashing.sides:
            if candidate.clause in side.clauses:
                place = (side.rule.id, scope_of(side.rule, candidate.item))
                number = places.setdefault(place, len(places) + 1)
                messages.setdefault(number, []).append((side.proposition, number))
    if not messages:
        return frozenset()
    known = rete.conclude([], list(messages.values()))
    named = {number: place for place, number in places.items()}
    return frozenset(Clash(clashing.binds[p], named[row][1]) for p, row in known if p in clashing.binds)
