"""Which facts a refusal hangs on: the smallest sets of them that would have to change. Imports trials and the nodes.

A set of facts can change an outcome only if the outcome is open where nothing is known of them. What is less known
is never more settled (law 9), so the smallest such sets are well defined. They are put together along the tree of the
condition, as its states are, and found at its leaves by asking the evaluator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import NamedTuple, assert_never

from incentives.advice.changeable import Changeable
from incentives.advice.trial import Trial
from incentives.engines.atoms import settle
from incentives.engines.ranges_of_facts import unknown
from incentives.facts.places import Place
from incentives.language import nodes
from incentives.language.nodes import Condition
from incentives.language.reads import reads_in
from incentives.values import State

Places = frozenset[Place]

MOST_SETS = 64
"""Sets that are followed up at one node; beyond it the smallest are."""

TRIED_TOGETHER = 3
"""Facts of one leaf of which every combination is tried; beyond it one smallest set is looked for."""


class Openings(NamedTuple):
    """Sets of facts that a refusal hangs on; `left_out` where there may be others, for a limit was met."""

    sets: tuple[Places, ...]
    left_out: bool


def openings(trial: Trial, places: Sequence[Place], changeable: Changeable) -> Openings:
    """The smallest sets out of `places` that a refusal hangs on, smallest first; none where none of them can help."""
    search = _Openings(trial, places, changeable)
    return Openings(tuple(search.away(trial.clause.condition, State.FAILS)), search.left_out)


class _Openings:
    def __init__(self, trial: Trial, places: Sequence[Place], changeable: Changeable) -> None:
        self._trial = trial
        self._places = places
        self._unknown = {place: unknown(changeable.type_of(place)) for place in places}
        self._states = trial.states(trial.clause.condition)
        self.left_out = False

    def away(self, node: Condition, settled: State) -> list[Places]:
        """The smallest sets that take a node away from being settled so: nothing at all where it is not."""
        if self._states[node.id] is not settled:
            return [frozenset()]
        match node.form:
            case nodes.All(of) if settled is State.FAILS:
                return self._every([self.away(part, settled) for part in of])
            case nodes.AnyOf(of) if settled is State.HOLDS:
                return self._every([self.away(part, settled) for part in of])
            case nodes.All(of) | nodes.AnyOf(of):
                return self._first(one for part in of for one in self.away(part, settled))
            case nodes.Not(of):
                return self.away(of, State.HOLDS if settled is State.FAILS else State.FAILS)
            case nodes.Holds(_, of):
                return self.away(of, settled)
            case (
                nodes.Within()
                | nodes.Equals()
                | nodes.OneOf()
                | nodes.IncludesAny()
                | nodes.StartsWith()
                | nodes.Measured()
                | nodes.Unstated()
                | nodes.Items()
                | nodes.ItemExists()
            ):
                return self._of_leaf(node, settled)
            case _:
                assert_never(node.form)

    def _of_leaf(self, atom: Condition, settled: State) -> list[Places]:
        facts = set(reads_in(atom).facts)
        read = [place for place in self._places if (place.entity, place.fact) in facts]
        if self._stays(atom, read, settled):
            return []
        found: list[Places] = []
        for size in range(1, min(TRIED_TOGETHER, len(read)) + 1):
            for some in combinations(read, size):
                if not any(known <= set(some) for known in found) and not self._stays(atom, some, settled):
                    found.append(frozenset(some))
        self.left_out |= sum(frozenset({place}) not in found for place in read) > TRIED_TOGETHER
        return found or [self._one_smallest(atom, read, settled)]

    def _one_smallest(self, atom: Condition, read: Sequence[Place], settled: State) -> Places:
        kept = list(read)
        for place in read:
            fewer = [one for one in kept if one != place]
            if not self._stays(atom, fewer, settled):
                kept = fewer
        return frozenset(kept)

    def _every(self, choices: Sequence[Sequence[Places]]) -> list[Places]:
        """The smallest sets that hold one of each."""
        found: list[Places] = [frozenset()]
        for sets in choices:
            found = self._first(one | other for one, other in product(found, sets))
        return found

    def _first(self, sets: Iterable[Places]) -> list[Places]:
        """The smallest sets, as many as are followed up."""
        found = _smallest(sets)
        self.left_out |= len(found) > MOST_SETS
        return found[:MOST_SETS]

    def _stays(self, atom: Condition, opened: Iterable[Place], settled: State) -> bool:
        """Whether a leaf is settled all the same where nothing is known of some facts."""
        subject = self._trial.subject({place: self._unknown[place] for place in opened})
        assert subject is not None, "a trial of a refusal has its item"
        return settle(atom, subject) is settled


def _smallest(sets: Iterable[Places]) -> list[Places]:
    """Those that hold no other one, the smallest first, in an order of their own."""
    found: list[Places] = []
    for one in sorted(set(sets), key=lambda one: (len(one), sorted(map(_order, one)))):
        if not any(other <= one for other in found):
            found.append(one)
    return found


def _order(place: Place) -> tuple[str, str, str, int]:
    return place.entity, place.item or "", place.fact or "", place.year or 0
