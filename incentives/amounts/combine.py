"""The best combination of awards under exclusions, quotas and caps, exactly: what is paid, what is lost and why.

Imports candidates, the search and `values`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

from incentives.amounts.candidates import (
    Candidate,
    Cap,
    Conflict,
    Group,
    Quota,
    outermost_first,
    refuse_what_cannot_be_meant,
)
from incentives.amounts.payments import Payments, bits, union
from incentives.amounts.search import Search
from incentives.amounts.ties import best_sets
from incentives.records import NamedTuple
from incentives.values import EXACT, NOT_BOUNDED, Interval, NotBounded, Possible

MOST_EQUAL: Final = 8
"""Up to so many other best combinations are listed."""


class Loss(NamedTuple):
    """What stacking takes from a candidate: by which rule, in favour of which others (none for a cap), how much.

    `amount` is in yuan; what is lost of an amount that is not bounded is not bounded.
    """

    candidate: str
    rule: str
    to: tuple[str, ...]
    amount: Possible


class Choice(NamedTuple):
    """The best combination at one end.

    `chosen`: the ids of what is paid, sorted; nothing of amount zero. `equal`: other combinations of the same worth,
    the first few. `proved`: no combination is worth more than `total`, and `chosen` is worth it. Otherwise the work
    limit was reached, `chosen` and `losses` tell the best combination found, and `total` is on the safe side.
    """

    chosen: tuple[str, ...]
    total: Possible
    equal: tuple[tuple[str, ...], ...]
    proved: bool
    losses: tuple[Loss, ...]


class Combination(NamedTuple):
    """The best combination of what is certain, and of what can still come."""

    guaranteed: Choice
    possible: Choice
    total: Interval


def combine(
    candidates: Sequence[Candidate],
    conflicts: Sequence[Conflict],
    caps: Sequence[Cap],
    *,
    groups: Sequence[Group] = (),
    quotas: Sequence[Quota] = (),
    work_limit: int = 200_000,
) -> Combination:
    """Choose, at either end, the candidates that are worth most together: no two in conflict, no quota exceeded.

    A cap lets through the smaller of its limit and what its candidates and the caps inside it let through; what the
    outermost let through is the worth. Quotas may hold one another or overlap: what is chosen keeps within all of
    them. Of combinations of the same worth that one is chosen which has the first id they do not share. What can be
    paid beside all that is chosen is chosen, even where a full cap leaves it nothing.
    An amount that is not bounded counts as larger than any sum of others, and as equal to any other such amount.

    Losses: one not chosen loses its amount by the first rule, in the order of their ids, that sets it against
    something chosen, to all that is chosen on the other side of that rule; a quota that is full sets it against all
    that fills it, and one that lets nothing be paid against nothing. What a cap cuts is taken from its candidates in
    the order of (what the caps inside left of the amount, id), the smallest first, until it is used up.

    `work_limit` bounds the search at each end, in candidates weighed in branchings. Where it is reached the
    guaranteed end is the worth of the best combination found, which is certain, and the possible end an upper bound;
    where it is reached among equals, the worth is proved, but not all equals are listed.

    Raises `ValueError` for caps that overlap, ids that are not unique or not known, negative amounts or limits, a
    candidate set against itself, and a quota below nothing.
    """
    refuse_what_cannot_be_meant(candidates, conflicts, caps, groups, quotas)
    given = candidates, conflicts, caps, groups
    certain = [quota.for_certain for quota in quotas]
    guaranteed = _End(*given, certain, lambda at: at.guaranteed).choice(work_limit, upwards=False)
    possible = _End(*given, quotas, lambda at: at.possible).choice(work_limit, upwards=True)
    assert not isinstance(guaranteed.total, NotBounded)
    return Combination(guaranteed, possible, Interval(guaranteed.total, possible.total))


class _End:
    """The problem at one end, in whole numbers: multiples of the smallest decimal place that is written."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        conflicts: Sequence[Conflict],
        caps: Sequence[Cap],
        groups: Sequence[Group],
        quotas: Sequence[Quota],
        end: Callable[[Interval], Possible],
    ) -> None:
        amounts = {candidate.id: end(candidate.interval) for candidate in candidates}
        limits = [(cap, end(cap.at)) for cap in reversed(outermost_first(caps))]
        bounded = [at for at in (*amounts.values(), *(at for _, at in limits)) if not isinstance(at, NotBounded)]
        self.places = max([2, *(-int(at.as_tuple().exponent) for at in bounded)])
        self.unbounded = 2 * sum(map(self._whole, bounded)) + 2
        barred: dict[str, str] = {}
        for quota in sorted(quotas):
            for name in quota.over if quota.at_most == 0 else ():
                barred.setdefault(name, quota.rule)
        whole = {name: self._whole(amount) for name, amount in amounts.items() if amount != 0}
        self.gone = [
            Loss(name, rule, (), self._written(whole[name])) for name, rule in barred.items() if name in whole
        ]
        own = {name: amount for name, amount in whole.items() if name not in barred}
        self.ids = sorted(own, key=lambda name: (-own[name], name))
        self.amounts = [own[name] for name in self.ids]
        self.bit = {name: 1 << i for i, name in enumerate(self.ids)}
        self.by_id = sorted(range(len(self.ids)), key=self.ids.__getitem__)
        self.rank = {i: 1 << len(self.ids) - 1 - place for place, i in enumerate(self.by_id)}
        pairs = [Group(rule, tuple((name,) for name in over)) for rule, at_most, over, _ in quotas if at_most == 1]
        self.against = self._against(conflicts, [*groups, *pairs])
        masks = [(quota.rule, quota.at_most, self._mask(quota.over)) for quota in quotas if quota.at_most > 1]
        self.quotas = [one for one in masks if one[2].bit_count() > one[1]]
        self._caps([(cap, self._whole(at)) for cap, at in limits if not isinstance(at, NotBounded)])

    def _whole(self, amount: Possible) -> int:
        return self.unbounded if isinstance(amount, NotBounded) else int(amount.scaleb(self.places, EXACT))

    def _written(self, amount: int) -> Possible:
        return NOT_BOUNDED if amount > self.unbounded // 2 else EXACT.scaleb(Decimal(amount), -self.places)

    def _mask(self, names: Iterable[str]) -> int:
        return sum(self.bit[name] for name in set(names) if name in self.bit)

    def _against(self, conflicts: Sequence[Conflict], groups: Sequence[Group]) -> list[list[tuple[str, int]]]:
        """For each candidate, by rule in the order of rule ids, the mask of those it cannot be paid beside."""
        against: list[dict[str, int]] = [{} for _ in self.ids]
        for rule, left, right in conflicts:
            for one, other in ((left, right), (right, left)):
                if one in self.bit and other in self.bit:
                    rules = against[self.bit[one].bit_length() - 1]
                    rules[rule] = rules.get(rule, 0) | self.bit[other]
        for group in groups:
            masks = [self._mask(member) for member in group.members]
            everyone = sum(masks)
            for mask in masks:
                others = everyone ^ mask
                for i in bits(mask if others else 0):
                    against[i][group.rule] = against[i].get(group.rule, 0) | others
        return [sorted(rules.items()) for rules in against]

    def _caps(self, limits: Sequence[tuple[Cap, int]]) -> None:
        """Keep the caps that could cut, from the innermost to the outermost."""
        over = [self._mask(cap.over) for cap, _ in limits]
        chains: list[list[int]] = [[] for _ in self.ids]
        for place, mask in enumerate(over):
            for i in bits(mask):
                chains[i].append(place)
        room = [limit for _, limit in limits]
        cutting: set[int] = set()
        Payments(self.amounts, [], [tuple(chain) for chain in chains], over, 0).pay(
            (1 << len(self.ids)) - 1, self.amounts, room, cutting
        )
        kept = sorted(cutting)
        new = {place: at for at, place in enumerate(kept)}
        self.rules = [limits[place][0].rule for place in kept]
        self.limits = [limits[place][1] for place in kept]
        self.over = [over[place] for place in kept]
        self.chains = [tuple(new[place] for place in chain if place in new) for chain in chains]

    def choice(self, work_limit: int, *, upwards: bool) -> Choice:
        """The best combination; if it is not proved, the total is an upper bound if `upwards`, else a lower one."""
        conflicts = [0] * len(self.ids)
        for i, rules in enumerate(self.against):
            for _, others in rules:
                conflicts[i] |= others
        counted = [members for _, _, members in self.quotas]
        search = Search(self.amounts, conflicts, self.chains, self.over, work_limit, counted)
        room = [*self.limits, *(at_most for _, at_most, _ in self.quotas)]
        held = union(counted)
        free = sum(1 << i for i, others in enumerate(conflicts) if not others and not held >> i & 1)
        least = most = search.pay(free, self.amounts, room)
        open_ = ((1 << len(self.ids)) - 1) ^ free
        cutting: set[int] = set()
        search.pay(open_, self.amounts, list(room), cutting)
        ties = [self._ranked(free)]
        place_of = {i: place for place, i in enumerate(self.by_id)}
        beyond = sum(self.amounts) + 1
        for part in search.parts(open_, room, cutting, whole_caps_join=True):
            search.tied = False
            found = search.best(part, self.amounts, room, -1, beyond)
            least += found.least
            most += found.most
            order = sorted(bits(part), key=place_of.__getitem__)
            sets: list[int] = []
            if search.tied and found.least == found.most:
                sets = best_sets(search, part, room, found.least, found.chosen, order, MOST_EQUAL + 1)
            if not sets:
                sets = [search.filled(found.chosen, order, room)]
            ranked = [self._ranked(one) for one in sets]
            ties = sorted((before | one for before in ties for one in ranked), reverse=True)[: MOST_EQUAL + 1]
        paid, *equal = (tuple(self.ids[i] for i in self.by_id if tie & self.rank[i]) for tie in ties)
        total = self._written(most if upwards else least)
        return Choice(paid, total, tuple(equal), least == most, self._losses(self._mask(paid)))

    def _ranked(self, mask: int) -> int:
        """The same combination with the first id as the highest bit: the larger number comes first."""
        return sum(self.rank[i] for i in bits(mask))

    def _losses(self, chosen: int) -> tuple[Loss, ...]:
        names: dict[int, tuple[str, ...]] = {}
        losses = list(self.gone)
        for i, name in enumerate(self.ids):
            if chosen >> i & 1:
                continue
            full = [
                (rule, members)
                for rule, at_most, members in self.quotas
                if members >> i & 1 and (members & chosen).bit_count() == at_most
            ]
            rules = sorted([*self.against[i], *full])
            rule, winners = next((rule, mask & chosen) for rule, mask in rules if mask & chosen)
            if winners not in names:
                names[winners] = tuple(sorted(self.ids[winner] for winner in bits(winners)))
            losses.append(Loss(name, rule, names[winners], self._written(self.amounts[i])))
        left = list(self.amounts)
        for rule, limit, over in zip(self.rules, self.limits, self.over, strict=True):
            members = sorted(bits(over & chosen), key=lambda i: (left[i], self.ids[i]))
            cut = sum(left[i] for i in members) - limit
            for i in members:
                taken = min(left[i], cut)
                if taken <= 0:
                    continue
                losses.append(Loss(self.ids[i], rule, (), self._written(taken)))
                left[i] -= taken
                cut -= taken
        return tuple(sorted(losses, key=lambda loss: (loss.candidate, loss.rule, loss.to, str(loss.amount))))
