"""What a part of a decision comes to, and the places that it waits for. Imports engines, facts and values."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from incentives.engines.rows import Verdict
from incentives.engines.subjects import Presence
from incentives.facts.places import Place
from incentives.values import Interval, NotBounded, Outcome

Said = tuple[tuple[str | None, Presence, Outcome, Interval], ...]
"""What a part comes to on each of its items that is not refused, without what it waits for."""


class Row(NamedTuple):
    """One determination, and the places that it waits for.

    Of a list that nobody gave, what its items would be paid goes by more places: `beyond`. They are asked about where
    the list itself is not known.
    """

    verdict: Verdict
    waits_for: tuple[Place, ...]
    beyond: tuple[Place, ...] = ()

    def can_be_asked(self, unknowable: Collection[Place]) -> tuple[Place, ...]:
        """Of these, what can be known."""
        if not unknowable:
            return self.waits_for
        lost = self.beyond and any(place.fact is None and place in unknowable for place in self.waits_for)
        every = (*self.waits_for, *self.beyond) if lost else self.waits_for
        return tuple([place for place in dict.fromkeys(every) if place not in unknowable])


class Look(NamedTuple):
    """What a part comes to on a profile."""

    rows: tuple[Row, ...]

    @property
    def said(self) -> Said:
        found = [row.verdict for row in self.rows]
        return tuple(
            [
                (one.item, one.presence, one.outcome, one.award)
                for one in found
                if one.outcome is not Outcome.NOT_QUALIFIED
            ]
        )

    def tells_more_than(self, other: Look) -> bool:
        """Whether something is known closer here than in another look: an outcome, or an end of an amount.

        An answer about a year before the first one given can also tell less: what was said of all of them goes.
        """
        if self.said == other.said:
            return False
        now, then = ([(row.verdict.item, row.verdict.presence) for row in look.rows] for look in (self, other))
        return now != then or any(_closer(*pair) for pair in zip(self.rows, other.rows, strict=True))

    def waits_for(self, unknowable: Collection[Place]) -> dict[Place, None]:
        """Every place that is waited for and can be known, in order, each once."""
        return {place: None for row in self.rows for place in row.can_be_asked(unknowable)}


_OPENNESS = {Outcome.QUALIFIED: 0, Outcome.NOT_QUALIFIED: 0, Outcome.NEEDS_REVIEW: 1, Outcome.UNDETERMINED: 2}


def _closer(one: Row, other: Row) -> bool:
    now, then = one.verdict, other.verdict
    if _OPENNESS[now.outcome] < _OPENNESS[then.outcome]:
        return True
    if now.award.guaranteed > then.award.guaranteed:
        return True
    if isinstance(now.award.possible, NotBounded):
        return False
    return isinstance(then.award.possible, NotBounded) or now.award.possible < then.award.possible
