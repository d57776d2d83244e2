"""What the stacking rules of a policy wait for: limits and numbers of which it is not known how much is left, kinds.

Imports claims, kinds, totals and the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incentives.decision.claims import Claim
from incentives.decision.kinds import meeting_kinds
from incentives.decision.total import open_limits, open_quotas
from incentives.engines.subjects import Subject
from incentives.language.model import Policy
from incentives.language.nodes import Term
from incentives.records import NamedTuple


class OpenRule(NamedTuple):
    """A rule, by its id, that waits for what a term comes to at a place."""

    rule: str
    term: Term
    place: Subject

    @property
    def item(self) -> str | None:
        """The key of the item it is worked out for."""
        return self.place.item.key if self.place.item is not None else None


def open_rules(policy: Policy, claims: Sequence[Claim], company: Subject) -> Iterator[OpenRule]:
    """What rules wait for: how much or how many a limit leaves, and of which kind an item is, each item once."""
    for cap in sorted(open_limits(policy, claims, company), key=lambda cap: cap.id):
        yield OpenRule(cap.id, cap.at, company)
    for quota, granted in sorted(open_quotas(policy, claims, company), key=lambda one: one[0].id):
        yield OpenRule(quota.id, granted, company)
    told: set[tuple[str, str, str | None]] = set()
    for kind in meeting_kinds(policy, claims):
        one = OpenRule(kind.rule, kind.term, kind.place)
        if (kind.name, kind.place.entity, one.item) not in told:
            told.add((kind.name, kind.place.entity, one.item))
            yield one
