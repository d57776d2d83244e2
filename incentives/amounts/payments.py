"""Paying combinations under caps, and how much they can come to: candidates as bits, combinations as masks.

Imports nothing of this project. Amounts are whole numbers. Bits are given out by falling amount: the lowest bit of a
mask is its largest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Payments:
    """One end of the problem: amounts, conflicts and caps, with the work that may still be spent on it.

    `amounts[i]` falls with i. `conflicts[i]` is the mask of those that cannot be paid beside i. `chains[i]` names the
    caps over i from the innermost to the outermost; `over[c]` is the mask of all members of cap c. `room`, wherever
    it is passed, says what each cap still lets through. `work` falls by one for each candidate weighed. `tied` turns
    true when two ways came out equal: while it is false, the best combination found is the only one.
    """

    def __init__(
        self,
        amounts: Sequence[int],
        conflicts: Sequence[int],
        chains: Sequence[tuple[int, ...]],
        over: Sequence[int],
        work: int,
    ) -> None:
        self.amounts = amounts
        self.conflicts = conflicts
        self.chains = chains
        self.over = over
        self.work = work
        self.tied = False

    def pay(self, paid: int, amounts: Sequence[int], room: list[int], cutting: set[int] | None = None) -> int:
        """What `paid` adds to the worth; takes it from `room` and notes in `cutting` which caps cut."""
        total = 0
        self.work -= paid.bit_count()
        for i in bits(paid):
            amount = amounts[i]
            for cap in self.chains[i]:
                left = room[cap]
                if amount > left:
                    amount = left
                    if cutting is not None:
                        cutting.add(cap)
                room[cap] = left - amount
            total += amount
        return total

    def effective(self, i: int, amounts: Sequence[int], room: Sequence[int]) -> int:
        """What i alone would add."""
        amount = amounts[i]
        for cap in self.chains[i]:
            amount = min(amount, room[cap])
        return amount

    def parts(self, open_: int, cutting: set[int], *, whole_caps_join: bool) -> list[int]:
        """The parts of `open_` that do not influence each other, through conflicts or caps in `cutting`.

        A cap over nothing but whole parts need not join them: the best under it is made of the best of each part.
        But then other combinations may be equal to that one, so who looks for those lets it join.
        """
        parts = []
        rest = open_
        while rest:
            part, edge = 0, rest & -rest
            while edge:
                low = edge & -edge
                part |= low
                edge = (edge | (self.conflicts[low.bit_length() - 1] & open_)) & ~part
            parts.append(part)
            rest &= ~part
        joined = True
        while joined:
            joined = False
            for cap in sorted(cutting):
                touched = [part for part in parts if part & self.over[cap]]
                if len(touched) > 1 and (whole_caps_join or any(part & ~self.over[cap] for part in touched)):
                    parts = [part for part in parts if not part & self.over[cap]]
                    parts.append(sum(touched))
                    joined = True
        return sorted(parts, key=lambda part: part & -part)

    def bound(self, open_: int, amounts: Sequence[int], room: Sequence[int]) -> int:
        """No combination out of `open_` adds more than this.

        The smaller of two: all of it without conflicts; one block of each clique, where a block is what has the same
        conflicts. What is in no clique is paid first; of each clique the largest addition to that is paid into the
        caps that the whole clique is under.
        """
        everything = self.pay(open_, amounts, list(room))
        blocks: dict[int, int] = {}
        for i in bits(open_):
            against = self.conflicts[i] & open_
            blocks[against] = blocks.get(against, 0) | 1 << i
        block_of = {block & -block: block for block in blocks.values()}
        heads = sum(block_of)
        base = list(room)
        total = 0
        cliques = []
        while heads:
            head = heads & -heads
            clique, fitting = [block_of[head]], self.conflicts[head.bit_length() - 1] & heads
            heads ^= head
            while fitting:
                head = fitting & -fitting
                clique.append(block_of[head])
                heads ^= head
                fitting &= self.conflicts[head.bit_length() - 1]
            if len(clique) == 1:
                total += self.pay(clique[0], amounts, base)
            else:
                cliques.append(clique)
        shared = list(base)
        for clique in cliques:
            members = sum(clique)
            above = [
                cap for cap in self.chains[(members & -members).bit_length() - 1] if not members & ~self.over[cap]
            ]
            amount = max(self._below(block, len(above), amounts, base) for block in clique)
            for cap in above:
                amount = min(amount, shared[cap])
                shared[cap] -= amount
            total += amount
        return min(total, everything)

    def _below(self, block: int, above: int, amounts: Sequence[int], room: Sequence[int]) -> int:
        """What a block lets through to the outermost `above` caps of its members."""
        total = 0
        used: dict[int, int] = {}
        for i in bits(block):
            amount = amounts[i]
            chain = self.chains[i]
            for cap in chain[: len(chain) - above]:
                amount = min(amount, room[cap] - used.get(cap, 0))
                used[cap] = used.get(cap, 0) + amount
            total += amount
        return total
