"""The best combination by trying every subset: what `combine` means, written once more without any search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final, NamedTuple

from incentives.amounts.candidates import Candidate, Cap, Conflict, Group, Quota
from incentives.values import NOT_BOUNDED, Interval, NotBounded, Possible

WITHOUT_BOUND: Final = Decimal(10) ** 9
"""Stands for an amount that is not bounded: more than all the others in a test together."""


class End(NamedTuple):
    """One end: the amount of each candidate, the limit of each cap, the pairs that exclude each other, the quotas."""

    amounts: dict[str, Decimal]
    limits: tuple[tuple[frozenset[str], Decimal], ...]
    excluded: frozenset[frozenset[str]]
    quotas: tuple[tuple[frozenset[str], int], ...]

    def allows(self, some: frozenset[str]) -> bool:
        """Whether all of these can be paid together."""
        return not any(pair <= some for pair in self.excluded) and all(
            len(some & over) <= at_most for over, at_most in self.quotas
        )


def number(amount: Possible) -> Decimal:
    return WITHOUT_BOUND if isinstance(amount, NotBounded) else amount


def amount(worth: Decimal) -> Possible:
    return NOT_BOUNDED if worth > WITHOUT_BOUND / 2 else worth


def end_of(
    candidates: Sequence[Candidate],
    conflicts: Sequence[Conflict],
    caps: Sequence[Cap],
    groups: Sequence[Group],
    quotas: Sequence[Quota],
    end: Callable[[Interval], Possible],
) -> End:
    excluded = {frozenset((conflict.left, conflict.right)) for conflict in conflicts}
    for group in groups:
        for one, other in combinations(group.members, 2):
            excluded |= {frozenset((left, right)) for left in one for right in other}
    return End(
        {candidate.id: number(end(candidate.interval)) for candidate in candidates},
        tuple((frozenset(cap.over), number(end(cap.at))) for cap in caps if end(cap.at) is not NOT_BOUNDED),
        frozenset(excluded),
        tuple((frozenset(quota.over), quota.at_most) for quota in quotas),
    )


def worth(paid: frozenset[str], end: End) -> Decimal:
    """The least of: the limits of some caps that share nothing, and the amounts of what is in none of them."""
    sums = []
    for size in range(len(end.limits) + 1):
        for some in combinations(end.limits, size):
            if all(one.isdisjoint(other) for (one, _), (other, _) in combinations(some, 2)):
                outside = paid.difference(*(members for members, _ in some))
                parts = [end.amounts[name] for name in outside] + [limit for _, limit in some]
                sums.append(sum(parts, Decimal(0)))
    return min(sums)


def best_sets(end: End) -> tuple[Decimal, list[tuple[str, ...]]]:
    """The highest worth, and the sets of positive candidates that reach it and that nothing can be added to."""
    names = sorted(name for name, amount in end.amounts.items() if amount > 0)
    allowed = [
        some
        for size in range(len(names) + 1)
        for some in map(frozenset, combinations(names, size))
        if end.allows(some)
    ]
    worths = {some: worth(some, end) for some in allowed}
    top = max(worths.values())
    best = [some for some in allowed if worths[some] == top]
    full = [some for some in best if not any(end.allows(some | {name}) for name in names if name not in some)]
    return top, sorted(tuple(sorted(some)) for some in full)
