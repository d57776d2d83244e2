"""Stacking rules compiled to forward-chaining rules: candidates that meet are in conflict. Imports clashes and Rete.

Each side of each rule has a proposition about a place; two sides at one place conclude that the rule binds there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from incentives.engines.clashes import Candidate, Clash, choosing, placed, sides_of
from incentives.engines.durable.network import Pattern, Rule
from incentives.engines.durable.rete import Message, Rete
from incentives.language.model import Choosing, Policy
from incentives.records import NamedTuple


class Clashing(NamedTuple):
    """The compiled stacking rules of a policy.

    `sides` are the propositions that a candidate stands on each side of a rule; `binds` those that it binds.
    """

    rules: tuple[Rule, ...]
    sides: tuple[tuple[Choosing, tuple[int, ...]], ...]
    binds: dict[int, str]


def compile_clashes(policy: Policy) -> Clashing:
    rules: list[Rule] = []
    found: list[tuple[Choosing, tuple[int, ...]]] = []
    binds: dict[int, str] = {}
    last = 0
    for rule in choosing(policy):
        concluded = last + 1
        binds[concluded] = rule.id
        own = tuple(range(concluded + 1, concluded + 1 + sides_of(rule)))
        for one, other in combinations(own, 2):
            rules.append(Rule((Pattern(one, about_row=True), Pattern(other, about_row=True)), concluded))
        found.append((rule, own))
        last = own[-1]
    return Clashing(tuple(rules), tuple(found), binds)


def concluded_clashes(clashing: Clashing, rete: Rete, found: Sequence[Candidate]) -> frozenset[Clash]:
    """What the network concludes from the candidates. Places are numbered from 1: row 0 is the company's own."""
    places: dict[Clash, int] = {}
    messages: list[Message] = []
    for rule, own in clashing.sides:
        for scope, side in placed(rule, found):
            number = places.setdefault(Clash(rule.id, scope), len(places) + 1)
            messages.append((own[side], number))
    if not messages:
        return frozenset()
    known = rete.conclude(messages)
    named = {number: place for place, number in places.items()}
    return frozenset(named[row] for p, row in known if p in clashing.binds)
