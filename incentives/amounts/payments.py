"""Paying combinations under caps, and how much they can come to: candidates as bits, combinations as masks.

Imports records. Amounts are whole numbers. Bits are given out by falling amount: the lowest bit of a
mask is its largest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from incentives.records import NamedTuple


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def union(masks: Iterable[int]) -> int:
    """What is in any of them."""
    found = 0
    for mask in masks:
        found |= mask
    return found


class Limited(NamedTuple):
    """A quota that does not let all of some candidates be paid: its `members` among them, and how many may be."""

    members: int
    places: int


class Payments:
    """One end of the problem: amounts, conflicts, caps and quotas, with the work that may still be spent on it.

    `amounts[i]` falls with i. `conflicts[i]` is the mask of those that cannot be paid beside i. `chains[i]` names the
    caps over i from the innermost to the outermost; `over[c]` is the mask of all members of cap c, and `quotas[q]`
    of quota q. `room`, wherever it is passed, says what each cap still lets through and then how many each quota
    still lets be paid. `work` falls by one for each candidate weighed. `tied` turns true when two ways came out
    equal: while it is false, the best combination found is the only one.
    """

    def __init__(
        self,
        amounts: Sequence[int],
        conflicts: Sequence[int],
        chains: Sequence[tuple[int, ...]],
        over: Sequence[int],
        work: int,
        quotas: Sequence[int] = (),
    ) -> None:
        self.amounts = amounts
        self.conflicts = conflicts
        self.chains = chains
        self.over = over
        self.work = work
        self.quotas = quotas
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
        for place, members in enumerate(self.quotas, len(self.over)):
            room[place] -= (members & paid).bit_count()
        return total

    def limited(self, open_: int, room: Sequence[int]) -> list[Limited]:
        """The quotas that do not let all of `open_` be paid."""
        inside = [Limited(members & open_, room[place]) for place, members in enumerate(self.quotas, len(self.over))]
        return [one for one in inside if one.members.bit_count() > one.places]

    def full(self, room: Sequence[int]) -> int:
        """The members of quotas that let nobody else be paid."""
        return union(members for place, members in enumerate(self.quotas, len(self.over)) if room[place] <= 0)

    def kept_out(self, i: int, open_: int, room: Sequence[int]) -> bool:
        """Whether paying some of `open_` could leave no way to pay i: by a conflict, or a quota that they fill."""
        return bool(self.conflicts[i] & open_) or any(
            members >> i & 1 and (members & open_).bit_count() >= room[place]
            for place, members in enumerate(self.quotas, len(self.over))
        )

    def filled(self, chosen: int, order: Iterable[int], room: Sequence[int]) -> int:
        """`chosen` and, in that order, whatever can still be paid beside it out of what there is room for."""
        for i in order:
            free = all(
                (members & chosen).bit_count() < room[place]
                for place, members in enumerate(self.quotas, len(self.over))
                if members >> i & 1
            )
            if free and not self.conflicts[i] & chosen:
                chosen |= 1 << i
        return chosen

    def effective(self, i: int, amounts: Sequence[int], room: Sequence[int]) -> int:
        """What i alone would add."""
        amount = amounts[i]
        for cap in self.chains[i]:
            amount = min(amount, room[cap])
        return amount

    def parts(self, open_: int, room: Sequence[int], cutting: set[int], *, whole_caps_join: bool) -> list[int]:
        """The parts of `open_` that do not influence each other, through conflicts, quotas or caps in `cutting`.

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
        joining = [(self.over[cap], whole_caps_join) for cap in sorted(cutting)]
        joining += [(quota.members, True) for quota in self.limited(open_, room)]
        joined = True
        while joined:
            joined = False
            for members, always in joining:
                touched = [part for part in parts if part & members]
                if len(touched) > 1 and (always or any(part & ~members for part in touched)):
                    parts = [part for part in parts if not part & members]
                    parts.append(sum(touched))
                    joined = True
        return sorted(parts, key=lambda part: part & -part)

    def bound(self, open_: int, amounts: Sequence[int], room: Sequence[int]) -> int:
        """No combination out of `open_` adds more than this.

        The smallest of three: all of it without conflicts; one block of each clique, where a block is what has the
        same conflicts; the largest that quotas let be paid. What is in no clique is paid first; of each clique the
        largest addition to that is paid into the caps that the whole clique is under.
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
        cliques, every = [], []
        while heads:
            head = heads & -heads
            clique, fitting = [block_of[head]], self.conflicts[head.bit_length() - 1] & heads
            heads ^= head
            while fitting:
                head = fitting & -fitting
                clique.append(block_of[head])
                heads ^= head
                fitting &= self.conflicts[head.bit_length() - 1]
            every.append(clique)
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
        limited = self.limited(open_, room)
        return min(total, everything, self._counted(every, amounts, room, limited) if limited else total)

    def _counted(
        self,
        cliques: Iterable[Sequence[int]],
        amounts: Sequence[int],
        room: Sequence[int],
        limited: Sequence[Limited],
    ) -> int:
        """The largest amounts that quotas let be paid, if no cap were shared.

        At each rank, a clique is the largest of that rank in any of its blocks. A quota that overlaps another one is
        left out: of those that hold one another or are apart, each takes the largest that those inside it leave.
        """
        nested: list[Limited] = []
        for quota in sorted(limited, key=lambda one: (one.members.bit_count(), one.members)):
            if all(one.members & quota.members in (0, one.members) for one in nested):
                nested.append(quota)
        amounts_of: list[tuple[int, int]] = []
        for clique in cliques:
            ranked: dict[tuple[int, int], int] = {}
            for block in clique:
                seats: dict[int, list[int]] = {}
                for i in bits(block):
                    inside = sum(1 << place for place, one in enumerate(nested) if one.members >> i & 1)
                    seats.setdefault(inside, []).append(self.effective(i, amounts, room))
                for inside, several in seats.items():
                    for rank, amount in enumerate(sorted(several, reverse=True)):
                        ranked[inside, rank] = max(ranked.get((inside, rank), 0), amount)
            amounts_of += [(amount, inside) for (inside, _), amount in ranked.items()]
        amounts_of.sort(reverse=True)
        for place, quota in enumerate(nested):
            members = [one for one in amounts_of if one[1] >> place & 1]
            for one in members[max(quota.places, 0) :]:
                amounts_of.remove(one)
        return sum(amount for amount, _ in amounts_of)

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
