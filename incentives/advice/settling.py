"""What an answer can bring one test to, with answers to what else the test reads. Imports reads, answers and engines.

A test reads few facts, and is cheap to ask: what is found of it need not be looked for among all that a clause reads.
First it is looked for what the test can come to at all, which says the same of every fact that it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from incentives.advice.answers import Answered, answers, can_hold, with_answer
from incentives.advice.contents import Looking
from incentives.advice.crossings import Comparison, beside_turns, line_of
from incentives.advice.reads import Read, Spot, is_among
from incentives.engines.rows import Awaiting
from incentives.facts.places import EARLIER, Place
from incentives.facts.profile import Profile
from incentives.facts.types import Series
from incentives.language.nodes import Condition
from incentives.values import State

_EFFORT: Final = 30_000
"""What one search may cost, in conditions, terms and years that are worked out."""

_MOST_REMEMBERED: Final = 2000

Where = Callable[[Awaiting, Profile], Iterable[Place]]
"""Where what is awaited can be given."""


class Asked(NamedTuple):
    """A test on one item, by its key: `at` is what it comes to in a profile, `size` how much it works out."""

    test: Condition
    item: str | None
    reads: Mapping[Spot, Read]
    looking: Looking
    size: int
    compared: tuple[Comparison, ...]
    at: Callable[[Profile], tuple[State, Collection[Awaiting]]]
    where: Where
    on: date

    def can_open(self, place: Place | None) -> bool:
        """Whether an answer can make other facts be read: the day since which all years are."""
        return place is not None and any(
            read.since is not None and (read.since.entity, read.since.id) == (place.entity, place.fact)
            for read in self.reads.values()
        )

    def stands(self, profile: Profile) -> Stands:
        """What it comes to, and where what it then waits for can be given."""
        state, gaps = self.at(profile)
        if state is not State.MISSING:
            return Stands(state, {})
        places = [place for gap in gaps for place in self.where(gap, profile)]
        # Of a yearly fact every year that the clause reads is told; a list stands for what is read of its items.
        return Stands(state, dict.fromkeys(one for one in places if one.fact is None or is_among(one, self.reads)))


class Stands(NamedTuple):
    """The state of a test, and the places that it waits for, in order."""

    state: State
    waits: Mapping[Place, None]


Answers = tuple[tuple[Place, Answered], ...]
"""Answers given in turn."""


class Shown(NamedTuple):
    """Answers in turn that settle a test.

    They leave it open without the one at a place; or that one `opens` the others, which nobody is asked without it.
    """

    place: Place
    answers: Answers
    opens: bool

    @property
    def beside(self) -> frozenset[Place]:
        """The other questions."""
        return frozenset(place for place, _ in self.answers) - {self.place}

    def profiles(self, profile: Profile) -> tuple[Profile, Profile]:
        """A profile with the other answers alone, and with all of them."""
        others = [one for one in self.answers if one[0] != self.place]
        return _with_all(profile, others), _with_all(profile, self.answers)


class Settling(NamedTuple):
    """What an answer can bring a test to. Where the search came to its limit, it may be more."""

    shown: Mapping[State, Shown]
    complete: bool


class Found(NamedTuple):
    """Answers in turn that settle a test, and of which of them others are asked only because of them."""

    answers: Answers
    opening: frozenset[Place]

    def shown(self, place: Place) -> Shown:
        """They settle it by the answer at a place."""
        return Shown(place, self.answers, place in self.opening)


_Turns = dict[tuple[object, ...], list[Answered]]
"""The answers beside each turn of a comparison, by what it reads."""


class _Remembered(NamedTuple):
    unknowable: frozenset[Place]
    wanted: frozenset[State]
    found: Mapping[State, Found]
    complete: bool


class Tried:
    """What answers can bring tests to, for one interview: found once for all clauses that have the test."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], _Remembered] = {}
        self._turns: _Turns = {}

    def settling(
        self,
        asked: Asked,
        place: Place,
        wanted: frozenset[State],
        profile: Profile,
        unknowable: Collection[Place],
    ) -> Settling:
        """Which of some states an answer at a place can bring a test to, as far as it can be found."""
        lost = frozenset(one for one in unknowable if is_among(one, asked.reads))
        by_any = self._search(asked, None, wanted, profile, lost)
        shown = {
            state: found.shown(place)
            for state, found in by_any.found.items()
            if any(one == place for one, _ in found.answers)
        }
        if not by_any.complete or not by_any.found:
            return Settling(shown, by_any.complete)
        rest = frozenset(state for state in by_any.found if state not in shown)
        if not rest:
            return Settling(shown, complete=True)
        by_it = self._search(asked, place, rest, profile, lost)
        shown |= {state: found.shown(place) for state, found in by_it.found.items()}
        return Settling(shown, by_it.complete)

    def _search(
        self, asked: Asked, place: Place | None, wanted: frozenset[State], profile: Profile, lost: frozenset[Place]
    ) -> _Remembered:
        key = (id(asked.test), asked.item, place, asked.looking.contents(profile))
        known = self._found.get(key)
        if known is None or not _still_holds(known, wanted, lost, can_open=asked.can_open(place)):
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
                self._turns.clear()
            search = _Search(asked, place, wanted, lost, self._turns)
            search.looks(profile)
            known = self._found[key] = _Remembered(lost, wanted, search.found, not search.gave_up)
        return known


def _still_holds(known: _Remembered, wanted: frozenset[State], lost: frozenset[Place], *, can_open: bool) -> bool:
    """Whether what was found is so where other places cannot be known.

    With fewer that can, no more can be found; but an answer that opens others may come to be needed.
    """
    if not wanted <= known.wanted:
        return False
    if known.unknowable == lost:
        return True
    if can_open:
        return False
    asked = [place for found in known.found.values() for place, _ in found.answers]
    return known.complete and known.unknowable < lost and lost.isdisjoint(asked)


class _Search:
    """Looks for answers that bring a test to some states: with a place, one there, without which it stays open.

    Without a place none of the answers found can be left out.
    """

    def __init__(
        self,
        asked: Asked,
        place: Place | None,
        wanted: frozenset[State],
        unknowable: frozenset[Place],
        turns: _Turns,
    ) -> None:
        self._asked = asked
        self._place = place
        self._wanted = wanted
        self._unknowable = unknowable
        self._turns = turns
        self._left = _EFFORT
        self._known: dict[tuple[object, ...], Stands] = {}
        self.found: dict[State, Found] = {}

    @property
    def gave_up(self) -> bool:
        """Whether the search came to its limit before everything was found."""
        return self._left < 0 and len(self.found) < len(self._wanted)

    def looks(self, profile: Profile) -> None:
        """Go through the answers to all that the test reads, as far as the limit allows."""
        self._base = profile
        answered = []
        if self._place is not None:
            values = self._values(self._place, (profile,))
            answered = [(value, with_answer(profile, self._place, value)) for value in values]
        self._below(profile, answered, (), opened=False)

    def _below(
        self, profile: Profile, answered: list[tuple[Answered, Profile]], others: Answers, *, opened: bool
    ) -> bool:
        """Whether there is nothing more to look for. Some of the others are `opened` by the answer at the place."""
        unanswered = self._stands(profile)
        if unanswered.state is not State.MISSING and self._place is None:
            self._note(unanswered.state, lambda: self._fewest(others, unanswered.state))
        if self._is_done or (unanswered.state is not State.MISSING and not opened):
            return self._is_done
        waits = dict(unanswered.waits)
        for own, one in answered:
            then = self._stands(one)
            self._note(then.state, lambda own=own: self._with_own(own, others, opened=opened))  # type: ignore[misc]
            waits |= then.waits
        profiles = (profile, *[one for _, one in answered])
        told = {self._place, *self._unknowable, *[other for other, _ in others]}
        other = next((one for one in waits if one not in told and any(can_hold(of, one) for of in profiles)), None)
        if self._is_done or other is None or unanswered.state is not State.MISSING:
            return self._is_done
        return any(
            self._below(
                _with(profile, other, value),
                [(own, _with(one, other, value)) for own, one in answered],
                (*others, (other, value)),
                opened=opened or other not in unanswered.waits,
            )
            for value in self._values(other, profiles)
        )

    def _note(self, state: State, found: Callable[[], Found]) -> None:
        if state in self._wanted and state not in self.found:
            self.found[state] = found()

    def _with_own(self, own: Answered, others: Answers, *, opened: bool) -> Found:
        assert self._place is not None, "it has an answer"
        return Found(((self._place, own), *others), frozenset({self._place} if opened else ()))

    @property
    def _is_done(self) -> bool:
        return self._left < 0 or len(self.found) == len(self._wanted)

    def _compared(self, place: Place, read: Read, profile: Profile) -> Sequence[Comparison]:
        """What can turn at a place: not the test itself where it is open at the lowest value, and waits for more."""
        line = line_of(read.fact) if read.fact is not None else None
        if line is None or not can_hold(profile, place):
            return ()
        lowest = self._stands(with_answer(profile, place, line.at(line.low)))
        if lowest.state is not State.MISSING:
            return self._asked.compared
        return [one for one in self._asked.compared if one.condition is not self._asked.test]

    def _stands(self, profile: Profile) -> Stands:
        key = self._asked.looking.contents(profile, self._base)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._stands_anew(profile)
        return found

    def _stands_anew(self, profile: Profile) -> Stands:
        series = [profile.company.values.get(fact) for fact in self._asked.looking.facts]
        self._left -= self._asked.size + sum(len(one.years) for one in series if isinstance(one, Series))
        return self._asked.stands(profile)

    def _fewest(self, answers: Answers, state: State) -> Found:
        """So few of some answers that each is needed, to settle the test or to come to be asked the next."""

        def settle(some: Answers) -> bool:
            return self._stands(_with_all(self._base, some)).state is state

        many = len(answers)
        while many:
            many //= 2  # most are not needed: many at a time are left out first
            for end in range(len(answers), 0, -max(many, 1)):
                fewer = answers[: max(end - max(many, 1), 0)] + answers[end:]
                if settle(fewer) and self._are_asked(fewer):
                    answers = fewer
        alone = [(place, tuple([one for one in answers if one[0] != place])) for place, _ in answers]
        return Found(answers, frozenset(place for place, others in alone if settle(others)))

    def _are_asked(self, answers: Answers) -> bool:
        """Whether each of some answers is waited for when those before it are given."""
        profile = self._base
        for place, value in answers:
            if place not in self._stands(profile).waits:
                return False
            profile = _with(profile, place, value)
        return True

    def _values(self, place: Place, profiles: Iterable[Profile]) -> Iterable[Answered]:
        reads = self._asked.reads
        spot = Spot(place.entity, place.fact, place.year)
        read = reads[spot] if spot in reads else reads[spot._replace(year=EARLIER)]
        values = [answer.value for answer in answers(read)]
        for one in profiles if self._asked.compared else ():
            for comparison in self._compared(place, read, one):
                values += self._beside(comparison, place, one)
        return {len(value) if isinstance(value, tuple) else value: value for value in values}.values()

    def _beside(self, comparison: Comparison, place: Place, profile: Profile) -> list[Answered]:
        """The answers beside each turn of a comparison: the same wherever what it reads is the same."""
        key = (id(comparison.condition), place, Looking.at(comparison.facts).contents(profile))
        found = self._turns.get(key)
        if found is None:
            found = self._turns[key] = beside_turns((comparison,), place, profile, self._asked.on)
        return found


def _with(profile: Profile, place: Place, value: Answered) -> Profile:
    """The profile with an answer, where there is something that it could be said of."""
    return with_answer(profile, place, value) if can_hold(profile, place) else profile


def _with_all(profile: Profile, answers: Iterable[tuple[Place, Answered]]) -> Profile:
    for place, value in answers:
        profile = _with(profile, place, value)
    return profile
