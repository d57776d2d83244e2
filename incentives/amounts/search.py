"""Branch and bound for the best combination.

Imports nothing of this project but what pays a combination.
"""

from __future__ import annotations

from collections.abc import Sequence

from incentives.amounts.payments import Limited, Payments, bits, union
from incentives.records import NamedTuple

DEEPEST = 100
"""Branchings within one another; beyond it a part is left with its bound, well before Python's own limit on calls."""

FEW = 8
"""Up to so many conflicts a candidate is compared with all it conflicts with."""


class Found(NamedTuple):
    """A combination that is worth `least`, where none is worth more than `most`."""

    least: int
    most: int
    chosen: int


class _Settled(NamedTuple):
    """What needed no search: `sure` is paid, `gained` by it; `open_` remains, `cutting` are the caps that cut it.

    `folded` pairs a leaf with its stem: the leaf is paid when the stem is not; `gained` counts it already.
    """

    sure: int
    gained: int
    open_: int
    amounts: list[int]
    room: list[int]
    cutting: set[int]
    folded: list[tuple[int, int]]


class OutOfWork(Exception):
    """The work limit was reached before a question was settled."""


class Search(Payments):
    """The search for the best combination out of some candidates."""

    def best(
        self, open_: int, amounts: Sequence[int], room: Sequence[int], bar: int, enough: int, depth: int = 0
    ) -> Found:
        """The best combination out of `open_`.

        What is known not to exceed `bar` is not looked into, and nothing more once `enough` is reached.
        """
        settled = self._settled(open_, amounts, room)
        bar -= settled.gained
        enough -= settled.gained
        found = Found(0, 0, 0)
        if settled.open_:
            parts = self.parts(settled.open_, settled.room, settled.cutting, whole_caps_join=False)
            if len(parts) == 1:
                found = self._part(parts[0], settled, bar, enough, depth)
            else:
                found = self._each(parts, settled, bar, enough, depth)
        chosen = settled.sure | found.chosen
        for leaf, stem in reversed(settled.folded):
            if not chosen >> stem & 1:
                chosen |= 1 << leaf
        return Found(settled.gained + found.least, settled.gained + found.most, chosen)

    def _each(self, parts: Sequence[int], settled: _Settled, bar: int, enough: int, depth: int) -> Found:
        """The best of several parts, put together through the caps that are over whole parts."""
        least = [0] * len(parts)
        most = [self.bound(part, settled.amounts, settled.room) for part in parts]
        chosen = 0
        beyond = bar - sum(most)
        for place, part in enumerate(parts):
            found = self._part(part, settled, beyond + most[place], enough, depth)
            beyond += most[place] - found.most
            least[place], most[place] = found.least, found.most
            chosen |= found.chosen
        return Found(self._together(parts, least, settled.room), self._together(parts, most, settled.room), chosen)

    def _part(self, part: int, settled: _Settled, bar: int, enough: int, depth: int) -> Found:
        """The best of one part: a cap over all of it only limits the result, so the search need not know it."""
        above = [cap for cap in settled.cutting if not part & ~self.over[cap]]
        if not above:
            return self._branched(part, settled.amounts, settled.room, bar, enough, depth)
        limit = min(settled.room[cap] for cap in above)
        if limit <= bar:
            self.tied = self.tied or limit == bar
            return self._greedy(part, settled.amounts, settled.room, limit)
        room = list(settled.room)
        for cap in above:
            room[cap] = sum(settled.amounts[i] for i in bits(part))
        found = self._branched(part, settled.amounts, room, bar, min(enough, limit), depth)
        self.tied = self.tied or found.most >= limit
        return Found(min(found.least, limit), min(found.most, limit), found.chosen)

    def _together(self, parts: Sequence[int], worths: Sequence[int], room: Sequence[int]) -> int:
        total = 0
        left = list(room)
        for part, worth in zip(parts, worths, strict=True):
            amount = worth
            for cap in self.chains[(part & -part).bit_length() - 1]:
                if not part & ~self.over[cap]:
                    amount = min(amount, left[cap])
                    left[cap] -= amount
            self.tied = self.tied or amount < worth
            total += amount
        return total

    def _settled(self, open_: int, amounts: Sequence[int], room: Sequence[int]) -> _Settled:
        """Decide what needs no search, at no loss."""
        worth, left = list(amounts), list(room)
        sure = gained = 0
        folded: list[tuple[int, int]] = []
        cutting: set[int] | None = None
        while True:
            before = open_
            self.work -= open_.bit_count()
            open_ &= ~self.full(left)
            limited = self.limited(open_, left)
            if limited and cutting is not None:
                open_ = self._without_spare(open_, worth, cutting, limited)
            held = union(quota.members for quota in limited)
            for i in bits(open_):
                one = 1 << i
                if not open_ & one:
                    continue
                against = self.conflicts[i] & open_
                if not self.effective(i, worth, left):
                    self.tied = self.tied or against | held & one != 0
                    open_ ^= one
                elif held & one:
                    continue
                elif not against:
                    sure |= one
                    open_ ^= one
                    gained += self.pay(one, worth, left)
                elif cutting is None or against.bit_count() > FEW or not cutting.isdisjoint(self.chains[i]):
                    continue
                elif worth[i] >= (others := sum(self.effective(other, worth, left) for other in bits(against))):
                    self.tied = self.tied or worth[i] == others
                    sure |= one
                    open_ &= ~(against | one)
                    gained += self.pay(one, worth, left)
                elif against & (against - 1) == 0 and cutting.isdisjoint(self.chains[against.bit_length() - 1]):
                    # Taking the leaf or its stem: the leaf's amount is sure, the stem adds what it is worth more.
                    stem = against.bit_length() - 1
                    folded.append((i, stem))
                    open_ ^= one
                    gained += self.pay(one, worth, left)
                    worth[stem] -= worth[i]
            if open_ == before:
                if cutting is not None:
                    return _Settled(sure, gained, open_, worth, left, cutting, folded)
                cutting = set()
                self.pay(open_, worth, list(left), cutting)

    def _without_spare(self, open_: int, worth: Sequence[int], cutting: set[int], limited: Sequence[Limited]) -> int:
        """`open_` without what a quota has no place for, whatever else is paid.

        Of its members that differ in nothing but their worth only the largest can be needed.
        """
        for quota in limited:
            kinds: dict[tuple[int, tuple[int, ...], int], list[int]] = {}
            for i in bits(quota.members & open_):
                caps = tuple(cap for cap in self.chains[i] if cap in cutting)
                inside = sum(1 << place for place, other in enumerate(limited) if other.members >> i & 1)
                kinds.setdefault((self.conflicts[i] & open_, caps, inside), []).append(i)
            for (_, caps, _), alike in kinds.items():
                alike.sort(key=lambda i: -worth[i])
                spare = alike[quota.places :]
                if spare:
                    self.tied = self.tied or bool(caps) or worth[spare[0]] == worth[alike[quota.places - 1]]
                    open_ &= ~union(1 << i for i in spare)
        return open_

    def _branched(
        self, open_: int, amounts: Sequence[int], room: Sequence[int], bar: int, enough: int, depth: int
    ) -> Found:
        """The best of one part: with the candidate that has most conflicts, and without it."""
        most = self.bound(open_, amounts, room)
        if most <= bar or self.work <= 0 or depth >= DEEPEST:
            self.tied = self.tied or most == bar
            return self._greedy(open_, amounts, room, most)
        pivot = max(bits(open_), key=lambda i: (self.conflicts[i] & open_).bit_count())
        against = self.conflicts[pivot] & open_
        held = union(quota.members for quota in self.limited(open_, room))
        block = 1 << pivot
        if not held & block:
            block = sum(1 << i for i in bits(open_ & ~against & ~held) if self.conflicts[i] & open_ == against)
        left = list(room)
        gained = self.pay(block, amounts, left)
        found = self.best(open_ & ~against & ~block, amounts, left, bar - gained, enough - gained, depth + 1)
        taken = Found(gained + found.least, min(most, gained + found.most), block | found.chosen)
        if taken.least >= enough:
            self.tied = True
            return taken._replace(most=most)
        without = open_ & ~block
        bar = max(bar, taken.least)
        ceiling = min(most, self.bound(without, amounts, room))
        if ceiling <= bar:
            self.tied = self.tied or ceiling == bar
            return taken._replace(most=max(taken.most, ceiling))
        other = self.best(without, amounts, room, bar, enough, depth + 1)
        self.tied = self.tied or other.least == taken.least
        better = other if other.least > taken.least else taken
        return better._replace(most=min(most, max(taken.most, other.most)))

    def _greedy(self, open_: int, amounts: Sequence[int], room: Sequence[int], most: int) -> Found:
        chosen = self.filled(0, bits(open_), room)
        return Found(self.pay(chosen, amounts, list(room)), most, chosen)
