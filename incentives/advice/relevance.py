"""Whether an answer can still change anything. Imports the parts of a decision and answers.

A question matters where, after some answers to others, some answer to it changes what a part says: an outcome, an
amount or a total. What only delays the same end does not. The search goes through the answers of each cell, and where
facts meet each other and these come to nothing, through those beside each turn of their tests as well; where it comes
to its limit, the question counts as one that matters, and is asked once too often rather than never.
"""

from __future__ import annotations

from collections.abc import Collection

from incentives.advice.answers import SOMETHING_ELSE, Answered
from incentives.advice.parts import Look, Part, Row, can_hold, with_answer
from incentives.facts.ledger import LEDGER, LEDGER_FROM, LEDGER_KIND, LEDGER_MATTER, LEDGER_TIER
from incentives.facts.places import Place, without
from incentives.facts.profile import Profile

_LIMIT = 400
"""Profiles that are looked at for one question and one part."""

_COUNTED_BY = ("policy", "clause", LEDGER_MATTER, LEDGER_KIND, LEDGER_TIER)
"""What an entry of the ledger must be of, to count."""


def matters(part: Part, place: Place, profile: Profile, unknowable: Collection[Place]) -> bool:
    """Whether an answer at `place` can change what a part says, now or after answers to other questions.

    What is `unknowable` is never answered.
    """
    look = part.look(profile)
    if part.is_idle(place, unknowable):
        return False
    found = _Search(part, place, unknowable).finds(profile)
    if not found and part.compares(look.waits_for(unknowable)):
        found = _Search(part, place, unknowable, beside_turns=True).finds(profile)
    if not found:
        part.set_idle(place, unknowable)
    return found


class _Search:
    def __init__(
        self, part: Part, place: Place, unknowable: Collection[Place], *, beside_turns: bool = False
    ) -> None:
        self._part = part
        self._beside_turns = beside_turns
        self._place = place
        self._unknowable = unknowable
        self._left = _LIMIT

    def finds(self, profile: Profile) -> bool:
        part, place = self._part, self._place
        look = part.look(profile)
        own = self._answers(place, profile)
        if any(part.after(profile, place, value).tells_more_than(look) for value in own):
            return True
        fewest: dict[Place, int] = {}
        for other in self._beside(look):
            if other != place:
                after = [part.after(profile, other, value) for value in self._answers(other, profile)]
                fewest[other] = sum(self._is_open(then) for then in after)
                if not fewest[other]:
                    return False  # whatever is answered there, this one is settled with it
        return any(self._below(with_answer(profile, place, value), frozenset({place}), fewest) for value in own)

    def _below(self, profile: Profile, told: frozenset[Place], fewest: dict[Place, int]) -> bool:
        """Whether answers to the other questions set apart what is said with this one answered and without.

        What is `told` was answered on the way here: an answer that leaves its question open ends nothing.
        """
        if self._left <= 0:
            return True
        self._left -= 1
        answered = self._part.look_again(profile)
        unanswered = self._part.look_again(without(profile, (self._place,)))
        if not self._is_open(unanswered):
            return False
        if answered.tells_more_than(unanswered):
            return True
        waits = dict.fromkeys([*self._beside(answered, unanswered), *self._beside(unanswered)])
        others = [other for other in waits if other not in told and can_hold(profile, other)]
        if not others:
            return False
        other = min(others, key=lambda one: fewest.get(one, 0))
        return any(
            self._below(with_answer(profile, other, value), told | {other}, fewest)
            for value in self._telling(other, profile)
        )

    def _telling(self, other: Place, profile: Profile) -> list[Answered]:
        """The answers to another question that can leave something for this one.

        To an entry of the ledger that counts for nothing, or may lack others beside it, no answer leaves more than to
        one that counts in a ledger that is complete.
        """
        values = self._answers(other, profile)
        if other.entity == LEDGER and other.fact in _COUNTED_BY:
            return [value for value in values if value != SOMETHING_ELSE] or values
        if self._place.entity == LEDGER and other.fact == LEDGER_FROM:
            return values[:1]
        return values

    def _answers(self, place: Place, profile: Profile) -> list[Answered]:
        values = [one.value for one in self._part.answers(place, profile)]
        return values + self._part.beside_turns(place, profile) if self._beside_turns else values

    def _beside(self, look: Look, of: Look | None = None) -> list[Place]:
        """What the determinations wait for that, in `of`, wait for this place: no other has to do with it."""
        rows = look.rows
        if self._place.fact is not None:
            items = {row.verdict.item for row in (of or look).rows if self._waits(row)}
            rows = tuple([row for row in rows if row.verdict.item in items])
        return [place for row in rows for place in row.can_be_asked(self._unknowable)]

    def _is_open(self, look: Look) -> bool:
        return any(map(self._waits, look.rows))

    def _waits(self, row: Row) -> bool:
        return self._place in row.can_be_asked(self._unknowable)
