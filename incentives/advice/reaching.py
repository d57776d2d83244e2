"""Which entries of a plan bring the upper limit to a sum that was asked for. Imports entries, additions and values.

What nothing is known to bound comes to every sum as far as anybody knows. Every set of up to three of the entries
worth most is tried; where none of them is enough, one more is: as many of all the entries as go together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from incentives.advice.gains import Gain, by_worth, less
from incentives.advice.ways import Way
from incentives.facts.places import Place
from incentives.values import Interval, NotBounded, Yuan

WORTH_MOST = 12
"""Entries of a plan of which sets are tried, the most worth first."""

AT_A_TIME = 3
"""Entries in one of these sets at most."""

TotalAfter = Callable[[Sequence[Way]], Interval]
"""What everything comes to after several ways were gone together."""


@dataclass(frozen=True, slots=True)
class Together:
    """Entries of a plan that are enough together, none of which can be left out, by their places in it.

    Where nothing is known to bound the `total`, they are enough as far as anybody knows.
    """

    gains: tuple[int, ...]
    total: Interval


def reaching(
    gains: Sequence[Gain], total_after: TotalAfter, reach: Yuan, unsaid: Collection[int] = ()
) -> Iterator[Together]:
    """The smallest sets of entries that go together and reach the sum.

    None counts on an entry whose place is `unsaid`: what it brings hangs on what nothing is said of.
    """
    found: list[frozenset[int]] = []
    may_count = [place for place, gain in enumerate(gains) if place not in unsaid and not _only_may_be(gain)]
    worth_most = sorted(may_count, key=lambda place: by_worth(gains[place]))
    tried = sorted(worth_most[:WORTH_MOST])
    for size in range(1, AT_A_TIME + 1):
        for some in combinations(tried, size):
            ways = [gains[place].way for place in some]
            if any(known <= set(some) for known in found) or not _go_together(ways):
                continue
            after = total_after(ways)
            if comes_to(after, reach):
                found.append(frozenset(some))
                yield Together(some, after)
    if not found and len(gains) > AT_A_TIME:
        yield from _as_many_as_go_together(gains, worth_most, total_after, reach)


def comes_to(total: Interval, reach: Yuan) -> bool:
    """Whether the upper limit is not below a sum, as far as anybody knows."""
    return isinstance(total.possible, NotBounded) or total.possible >= reach


def every_set_tried(entries: int) -> bool:
    """Whether `reaching` tries every set of so many entries."""
    return entries <= AT_A_TIME


def _only_may_be(gain: Gain) -> bool:
    """Whether an entry brings no money, and more only as far as what is added may turn out to be worth some."""
    return not gain.pays and less(gain.all_before.possible, gain.all_after.possible)


def _as_many_as_go_together(
    gains: Sequence[Gain], ordered: Sequence[int], total_after: TotalAfter, reach: Yuan
) -> Iterator[Together]:
    """One set, put together of all that raises the limit, the most worth first, then rid of what it does not need."""
    taken: list[int] = []
    total: Interval | None = None
    for place in ordered:
        more = sorted([*taken, place])
        if not _go_together([gains[one].way for one in more]):
            continue
        after = total_after([gains[one].way for one in more])
        if total is None or less(total.possible, after.possible):
            taken, total = more, after
            if comes_to(after, reach):
                break
    if total is None or not comes_to(total, reach):
        return
    while (smaller := _one_fewer(gains, taken, total_after, reach)) is not None:
        taken, total = smaller
    yield Together(tuple(taken), total)


def _one_fewer(
    gains: Sequence[Gain], taken: Sequence[int], total_after: TotalAfter, reach: Yuan
) -> tuple[list[int], Interval] | None:
    """The set without one that it does not need, and what it then comes to; None where it needs all."""
    for place in sorted(taken, key=lambda place: by_worth(gains[place]), reverse=True):
        fewer = [one for one in taken if one != place]
        after = total_after([gains[one].way for one in fewer])
        if fewer and comes_to(after, reach):
            return fewer, after
    return None


def _go_together(some: Sequence[Way]) -> bool:
    """Whether ways can all be gone: no fact is to be two things. Each item that is added is another one."""
    wanted: dict[Place, object] = {}
    for way in some:
        for change in way.changes:
            if way.is_of_new(change):
                continue
            if wanted.setdefault(change.place, change.after) != change.after:
                return False
    return True
