"""What can be chosen between: awards that could be paid, and what keeps them apart or limits them.

Imports `values` only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incentives.records import NamedTuple
from incentives.values import Interval, NotBounded


class Candidate(NamedTuple):
    """An award that could be paid; `id` is unique, `interval` is its amount in yuan, never negative."""

    id: str
    clause: str
    interval: Interval


class Conflict(NamedTuple):
    """Two candidates, by id, that cannot both be paid; `rule` is the stacking rule that says so."""

    rule: str
    left: str
    right: str


class Group(NamedTuple):
    """At most one of `members` may be paid, each a set of candidates that are compatible with one another."""

    rule: str
    members: tuple[tuple[str, ...], ...]


class Quota(NamedTuple):
    """Of the candidates in `over` at most `at_most` may be paid; none where that is 0.

    `certain` is how many may be for certain, where that is not known better than `at_most`.
    """

    rule: str
    at_most: int
    over: tuple[str, ...]
    certain: int | None = None

    @property
    def for_certain(self) -> Quota:
        """The quota where no more may be paid than certainly may be."""
        return self if self.certain is None else Quota(self.rule, self.certain, self.over)


class Cap(NamedTuple):
    """The candidates in `over` are together paid no more than `at`, in yuan."""

    rule: str
    at: Interval
    over: tuple[str, ...]


def overlapping(caps: Sequence[Cap]) -> tuple[str, str] | None:
    """The rules of two caps that share a candidate while neither holds the other; `None` if there are none."""
    innermost: dict[str, int] = {}
    ordered = outermost_first(caps)
    for place, cap in enumerate(ordered):
        around = sorted({innermost.get(member, -1) for member in cap.over})
        if len(around) > 1:
            left, right = sorted((ordered[around[-1]].rule, cap.rule))
            return left, right
        innermost.update(dict.fromkeys(cap.over, place))
    return None


def outermost_first(caps: Iterable[Cap]) -> list[Cap]:
    tidy = {cap._replace(over=tuple(sorted(set(cap.over)))): None for cap in caps if cap.over}
    return sorted(
        tidy, key=lambda cap: (-len(cap.over), cap.over, cap.rule, str(cap.at.guaranteed), str(cap.at.possible))
    )


def refuse_what_cannot_be_meant(
    candidates: Sequence[Candidate],
    conflicts: Sequence[Conflict],
    caps: Sequence[Cap],
    groups: Sequence[Group],
    quotas: Sequence[Quota],
) -> None:
    """Raises `ValueError` for what `combine` says."""
    known = {candidate.id for candidate in candidates}
    if len(known) < len(candidates):
        raise ValueError("the ids of candidates must be unique")
    named = {name for conflict in conflicts for name in (conflict.left, conflict.right)}
    named.update(name for cap in caps for name in cap.over)
    named.update(name for quota in quotas for name in quota.over)
    for group in groups:
        members = [name for one in group.members for name in set(one)]
        if len(set(members)) < len(members):
            raise ValueError(f"a candidate is set against itself by {group.rule}")
        named.update(members)
    if not named <= known:
        raise ValueError(f"there is no candidate {min(named - known)}")
    for conflict in conflicts:
        if conflict.left == conflict.right:
            raise ValueError(f"a candidate is set against itself by {conflict.rule}")
    for interval in (*(candidate.interval for candidate in candidates), *(cap.at for cap in caps)):
        if interval.guaranteed < 0 or (not isinstance(interval.possible, NotBounded) and interval.possible < 0):
            raise ValueError("an amount or a limit is negative")
    for quota in quotas:
        if not 0 <= quota.for_certain.at_most <= quota.at_most:
            raise ValueError(f"{quota.rule} lets less than nothing be paid, or less in the end than for certain")
    if rules := overlapping(caps):
        raise ValueError(f"the caps {rules[0]} and {rules[1]} overlap")
