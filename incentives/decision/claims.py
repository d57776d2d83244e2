"""What could be paid: one determination each, by its clause and item. Imports results, kinds and values."""

from __future__ import annotations

from incentives.decision.result import Determination
from incentives.engines.kinds import Kind
from incentives.records import NamedTuple
from incentives.values import Interval


class Claim(NamedTuple):
    """One determination that could be paid: its clause, the key of its item or "", and what it comes to.

    `tiers` are those it may be in, with what it comes to in each, where one of them has a limit of its own; with
    `several` it stands for any number of items. `tier` is the one that it is taken to be in. `kinds` are what its
    item is told by under rules that go by kinds, and `scopes` where it is taken to be under each, by the rule.
    """

    clause: str
    item: str
    interval: Interval
    tiers: tuple[tuple[str, Interval], ...] = ()
    several: bool = False
    tier: str | None = None
    kinds: tuple[Kind, ...] = ()
    scopes: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        return f"{self.clause}/{self.item}" if self.item else self.clause

    @property
    def key(self) -> tuple[str, str | None]:
        """Its id, and the tier it is taken to be in: what stands for several items can be in several."""
        return self.id, self.tier


def claim_of(found: Determination) -> Claim:
    return Claim(found.clause, found.item.key if found.item is not None else "", found.award.interval)
