"""Whether an answer can still change anything. Imports the parts of a decision and answers.

A question matters where, after some answers to others, some answer to it changes what a part says: an outcome, an
amount or a total. What only delays the same end does not. First it is read off the clause's tests how it can matter
at all, and what is needed beside it. The search then goes through the answers of each cell, and where facts meet each
other and these come to nothing, through those beside each turn of their tests as well; where it comes to its limit,
the question counts as one that matters, and is asked once too often rather than never.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from incentives.advice.answers import Answered, can_hold, with_answer
from incentives.advice.looks import Look, Row
from incentives.advice.parts import Part, PartBearing
from incentives.advice.reads import Spots, is_among
from incentives.advice.settling import Tried
from incentives.facts.ledger import LEDGER, LEDGER_FROM, LEDGER_KIND, LEDGER_MATTER, LEDGER_TIER
from incentives.facts.places import Place
from incentives.facts.profile import Profile

_FIRST, _LIMIT = 40, 800
"""Profiles that are looked at for one question and one part: before single tests are looked at, and then."""

_COUNTED_BY = ("policy", "clause", LEDGER_MATTER, LEDGER_KIND, LEDGER_TIER)
"""What an entry of the ledger must be of, to count."""


def matters(part: Part, place: Place, profile: Profile, unknowable: Collection[Place], tried: Tried) -> bool:
    """Whether an answer at `place` can change what a part says, now or after answers to other questions.

    What is `unknowable` is never answered.
    """
    part.look(profile)
    if part.is_idle(place, unknowable):
        return False
    beside = part.telling(place)
    if beside is not None and beside.isdisjoint(unknowable):
        return True
    found = _finds(part, place, profile, unknowable, tried)
    if not found:
        part.set_idle(place, unknowable)
    return found


def _finds(part: Part, place: Place, profile: Profile, unknowable: Collection[Place], tried: Tried) -> bool:
    """Whether answers that change something are found in one of the ways that there are.

    Most are found at once; what single tests can come to is looked for where they are not.
    """
    bearing = part.bearing(place, profile, unknowable, None)
    if not bearing.ways:
        return False
    compares = part.compares(part.look(profile).waits_for(unknowable))
    for turns in (False, True) if compares else (False,):
        search = _Search(part, place, profile, unknowable, _FIRST, beside_turns=turns)
        found = search.finds(bearing)
        if search.gave_up or (not found and part.may_open(place)):
            bearing = part.bearing(place, profile, unknowable, tried)
            search = _Search(part, place, profile, unknowable, _LIMIT, beside_turns=turns)
            found = search.finds(bearing)
        if found:
            if not search.gave_up:
                part.set_telling(place, search.beside)
            return True
    return False


class _Search:
    """`beside` are the other questions by whose answers something was found, unless it came to its limit."""

    def __init__(
        self,
        part: Part,
        place: Place,
        profile: Profile,
        unknowable: Collection[Place],
        limit: int,
        *,
        beside_turns: bool = False,
    ) -> None:
        self._part = part
        self._place = place
        self._profile = profile
        self._unknowable = unknowable
        self._beside_turns = beside_turns
        self._look = part.look(profile)
        self._others = frozenset(self._beside(self._look)) - {place}
        self._left = limit
        self._way: Spots | None = None
        self._fewest: dict[Place, int] = {}
        self.beside = frozenset[Place]()
        self.gave_up = False

    def finds(self, bearing: PartBearing) -> bool:
        """Whether answers are found, in one of some ways."""
        part, place, profile = self._part, self._place, self._profile
        own = self._answers(place, profile)
        if any(part.after(profile, place, value).tells_more_than(self._look) for value in own):
            return True
        if any(not any(self._open_after(other)) for other in self._others):
            return False  # whatever is answered there, this one is settled with it
        for shown in bearing.shown:
            unanswered, answered = map(part.look_again, shown.profiles(profile))
            if answered.tells_more_than(self._look if shown.opens else unanswered):
                self.beside = shown.beside
                return True
        if not bearing.complete:
            self.gave_up = True
            return True
        with_own = tuple([with_answer(profile, place, value) for value in own])
        for way in bearing.ways:
            self._way = way
            if self._below(profile, with_own, frozenset({place})):
                return True
        return False

    def _open_after(self, other: Place) -> Iterator[bool]:
        """Of each answer to another question, whether it leaves this one open."""
        for value in self._answers(other, self._profile):
            yield self._is_open(self._part.after(self._profile, other, value))

    def _left_open(self, other: Place) -> int:
        """How many answers to another question leave this one open, the others not answered."""
        if other not in self._others:
            return 0
        if other not in self._fewest:
            self._fewest[other] = sum(self._open_after(other))
        return self._fewest[other]

    def _below(self, profile: Profile, answered: tuple[Profile, ...], told: frozenset[Place]) -> bool:
        """Whether answers to the other questions set apart what is said without this one answered and with it.

        What is `told` was answered on the way here: an answer that leaves its question open ends nothing.
        """
        if self._left <= 0:
            self.gave_up = True
            return True
        self._left -= 1 + len(answered)
        unanswered = self._part.look_again(profile)
        if not self._is_open(unanswered):
            return False
        waits = dict.fromkeys(self._beside(unanswered))
        for one in answered:
            then = self._part.look_again(one)
            if then.tells_more_than(unanswered):
                self.beside = told - {self._place}
                return True
            waits |= dict.fromkeys(self._beside(then, unanswered))
        profiles = (profile, *answered)
        others = [other for other in waits if other not in told and self._can_help(other, profiles)]
        if not others:
            return False
        other = min(others, key=self._left_open)
        told |= {other}
        for value in self._values(other, profiles):
            first, *more = [with_answer(one, other, value) if can_hold(one, other) else one for one in profiles]
            if self._below(first, tuple(more), told):
                return True
        return False

    def _values(self, other: Place, profiles: Iterable[Profile]) -> Iterable[Answered]:
        """What can be answered to another question in any of some profiles, each once."""
        found = [value for one in profiles if can_hold(one, other) for value in self._telling(other, one)]
        return {len(value) if isinstance(value, tuple) else value: value for value in found}.values()

    def _telling(self, other: Place, profile: Profile) -> list[Answered]:
        """The answers to another question that can leave something for this one.

        To an entry of the ledger that counts for nothing, or may lack others beside it, no answer leaves more than to
        one that counts in a ledger that is complete, and whose amount can be nothing; unless it is grants that count.
        """
        values = self._answers(other, profile)
        if other.entity == LEDGER and other.fact in _COUNTED_BY and not self._part.counts_grants:
            counting = self._part.read(other, profile).values
            return [value for value in values if value in counting] or values
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

    def _can_help(self, other: Place, profiles: Iterable[Profile]) -> bool:
        needed = self._way is None or is_among(other, self._way)
        return needed and any(can_hold(profile, other) for profile in profiles)

    def _is_open(self, look: Look) -> bool:
        return any(map(self._waits, look.rows))

    def _waits(self, row: Row) -> bool:
        return self._place in row.can_be_asked(self._unknowable)
