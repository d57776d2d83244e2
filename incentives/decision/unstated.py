"""Of which clauses the text itself says that they are paid together. Imports the model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import assert_never

from incentives.language.model import Alongside, Cap, Exclusion, HigherOf, Quota, Rule


def paid_together(rules: Sequence[Rule], clauses: Collection[str]) -> tuple[frozenset[str], ...]:
    """The largest sets of `clauses` of which every two are named as paid together; one alone where none are.

    A rule can say just that (可兼得). A limit on several clauses together presupposes that they are paid together, be
    it on their sum or, above one, on their number; so does one side of a rule that holds several. That a rule
    excludes one from others says nothing of these others.
    """
    beside: dict[str, set[str]] = {clause: set() for clause in clauses}
    for named in _named_together(rules):
        for one, other in combinations(sorted(named & beside.keys()), 2):
            beside[one].add(other)
            beside[other].add(one)
    return tuple(sorted(_largest(frozenset(), frozenset(beside), frozenset(), beside), key=sorted))


def _named_together(rules: Sequence[Rule]) -> Iterator[set[str]]:
    for rule in rules:
        match rule:
            case Cap(over=over) | Alongside(over=over):
                yield set(over)
            case Quota(at_most=at_most, over=over):
                yield from [set(over)] if at_most > 1 else []
            case HigherOf(sets=sets):
                yield from (set(one) for one in sets)
            case Exclusion():
                pass
            case _:
                assert_never(rule)


def _largest(
    chosen: frozenset[str], open_: frozenset[str], done: frozenset[str], beside: Mapping[str, set[str]]
) -> Iterator[frozenset[str]]:
    """Every set that nothing more can join: `chosen`, with any of `open_` and none of `done` (Bron and Kerbosch)."""
    if not open_ and not done and chosen:
        yield chosen
    if not open_:
        return
    pivot = max(sorted(open_ | done), key=lambda clause: len(beside[clause] & open_))
    for clause in sorted(open_ - beside[pivot]):
        yield from _largest(chosen | {clause}, open_ & beside[clause], done & beside[clause], beside)
        open_, done = open_ - {clause}, done | {clause}
