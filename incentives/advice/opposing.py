"""What of new items could refuse a clause, given what is said of them. Imports changeable, grids and trials.

Everything that is open of new items is held against the clause: a choice is each of its choices or something that
nobody names, a number or a day one of its ends or the first at which the clause is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from incentives.advice.changeable import Changeable
from incentives.advice.grid import Days, Line
from incentives.advice.grown import Added
from incentives.advice.reads import Spot, reads_of_condition
from incentives.advice.remembered import Remembered
from incentives.advice.thresholds import TooLong, search
from incentives.advice.trial import Supposed, Trial
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import BooleanType, DateType, ManyType, PlainValue, Value
from incentives.language.nodes import Condition, Measured
from incentives.language.reads import everything_in, reads_in
from incentives.values import State

MOST_OPPOSED = 600
"""What is tried against one description at most."""

MOST_ASKED = 250
"""Ranges of one fact that are asked about."""

_NO_WORD: Final = "\0"
ANYTHING_ELSE: Final[tuple[PlainValue, ...]] = (_NO_WORD, frozenset({_NO_WORD}), frozenset[str]())
"""Stand for a word that no clause names, alone or among several, and for no word at all."""

Said = Mapping[Place, PlainValue]
"""What is said of facts of new items; of several that are alike, of the first."""


class Opposing:
    """The clause of a trial, whose profile has the new items already."""

    def __init__(self, trial: Trial, changeable: Changeable, adds: Sequence[Added]) -> None:
        self._clause = trial.clause
        self._applied_on = trial.on
        self._remembered = Remembered(trial)
        self._changeable = changeable
        by_added = [
            (added, place, is_over)
            for added in adds
            for place, is_over in changeable.read_of_new(trial.clause, trial.on, added.entity, added.keys[0])
        ]
        self._keys = {place: added.keys for added, place, _ in by_added}
        self.over = {place for _, place, is_over in by_added if is_over}
        """The facts of new items that are of years that are over, of which nothing can be said."""
        self.weighed = _weighed(trial, [place for place in self.places if self.line(place) is not None])
        """The numbers that one condition weighs against one another: one makes up for what another one is."""
        self._to_come: Supposed = {
            place: day
            for added in adds
            for place, day in changeable.of_new_items(added.entity, added.keys, trial.on).items()
        }
        self._tried = 0

    @property
    def places(self) -> tuple[Place, ...]:
        """The facts of new items of which something can be said: of the first of those that are alike."""
        return tuple(place for place in self._keys if place not in self.over)

    def line(self, place: Place) -> Line | None:
        """What a fact moves along; None where it is one thing or another."""
        if isinstance(self._changeable.type_of(place), DateType):
            return self._changeable.days_of_new(self._changeable.fact(place), self._applied_on)
        return self._changeable.grid(place)

    def proposals(self, place: Place) -> tuple[PlainValue, ...]:
        """What a fact that is no number could be said to be."""
        return self._changeable.choices(place, None, self._clause)

    def telling(self, place: Place) -> tuple[PlainValue, ...]:
        """Of these what the clause may tell apart."""
        return self._changeable.telling(place, self._clause)

    def like(self, place: Place, values: Sequence[PlainValue]) -> tuple[PlainValue, ...]:
        """The choices for which some of those values stand, where all that stand for them are among the values."""
        return self._changeable.untold(place, self._clause, values)

    def several(self, place: Place) -> tuple[PlainValue, ...]:
        """Two words of those that could be said of a fact that has several."""
        words = [one for one in self.proposals(place) if isinstance(one, frozenset)]
        return tuple(one | other for one, other in combinations(words, 2))

    def others(self, place: Place) -> tuple[PlainValue, ...]:
        """What it could be beside that, of which nothing can be said but that it is something else."""
        of = self._changeable.type_of(place)
        if isinstance(of, ManyType):
            return ANYTHING_ELSE[1:]
        return () if self._changeable.choices_are_all(place) or isinstance(of, BooleanType) else (_NO_WORD,)

    def can_be_shared(self, places: Iterable[Place]) -> bool:
        """Whether what new items need could come in part from a change of items that are there already."""
        lists = self._remembered.trial.profile.lists
        new = {(place.entity, key) for place, keys in self._keys.items() for key in keys}
        for test in {test.id: test for place in places for test in self._remembered.looking_at(place)}.values():
            reads = reads_in(test)
            if any(
                self._changeable.allows(Place(entity, item.key, fact)) and fact in item.values
                for entity, fact in reads.facts
                if entity in reads.lists
                for item in lists.get(entity, ())
                if (entity, item.key) not in new
            ):
                return True
        return False

    def is_refused(self, said: Mapping[Place, Value | Open], *, past: bool = False) -> bool:
        """Whether the clause is refused whatever else is so of the new items; with `past`, on any day."""
        return self._remembered.state(self._supposed(said, past)) is State.FAILS

    def refusal(self, said: Said, *, past: bool = False) -> Said | None:
        """What else of the new items refuses the clause, no more of it than that takes; None where nothing does.

        Days that are not said are still to come, and of what happens no later than the application; with `past` they
        are any. Raises `TooLong`.
        """
        self._tried = 0
        found = self._against(said, {}, past)
        if found is None:
            return None
        for place in list(found):
            fewer = {other: value for other, value in found.items() if other != place}
            if self.is_refused({**said, **fewer}, past=past):
                found = fewer
        return found

    def refused_in(
        self, place: Place, said: Said, ends: tuple[int, int], *, upward: bool = True, past: bool = False
    ) -> int | None:
        """The first number or day between two ends, or the last, at which the clause is refused. Raises `TooLong`."""
        line = self._line(place, past)
        assert line is not None, "a number among numbers"

        def asked(value: Value | Open) -> bool:
            supposed = {**said, place: value}
            return self.is_refused(supposed, past=past) or place in self._open(supposed, past)

        return search(line, ends, asked, upward=upward, most=MOST_ASKED)

    def _against(self, said: Said, against: dict[Place, PlainValue], past: bool) -> dict[Place, PlainValue] | None:
        together = {**said, **against}
        if self.is_refused(together, past=past):
            return against
        self._tried += 1
        if self._tried > MOST_OPPOSED:
            raise TooLong
        weighed = any(one in self.weighed for one in against)
        open_ = [one for one in self._open(together, past) if one not in together]
        place = next((one for one in open_ if not weighed or one not in self.weighed), None)
        if place is None:
            return None
        for value in self._worst(place, together, past):
            found = self._against(said, {**against, place: value}, past)
            if found is not None:
                return found
        return None

    def _worst(self, place: Place, said: Said, past: bool) -> list[PlainValue]:
        """What a fact could be to refuse the clause, by itself or together with others; the first choices last."""
        line = self._line(place, past)
        if line is None:
            return [*self.others(place), *reversed(self.telling(place))]
        ends: list[PlainValue] = [line.at(line.low), line.at(line.high)]
        others = [one for one in self._open(said, past) if one != place]
        if others or any(self.is_refused({**said, place: end}, past=past) for end in ends):
            return ends
        inside = self.refused_in(place, said, (line.low, line.high), past=past)
        return ends if inside is None else [line.at(inside)]

    def _line(self, place: Place, past: bool) -> Line | None:
        line = self.line(place)
        return Days(date.min.toordinal(), date.max.toordinal()) if past and isinstance(line, Days) else line

    def _open(self, said: Mapping[Place, Value | Open], past: bool) -> list[Place]:
        """The facts of new items that the clause still waits for."""
        waits: set[Place] = set()
        for one in self._remembered.waits_for(self._supposed(said, past)):
            if one.item is not None:
                waits |= {Place(one.entity, one.item.key, one.fact, year) for year in one.years or (None,)}
        return [place for place, keys in self._keys.items() if any(place._replace(item=key) in waits for key in keys)]

    def _supposed(self, said: Mapping[Place, Value | Open], past: bool) -> Supposed:
        found: dict[Place, Value | Open] = {} if past else {**self._to_come}
        for place, value in said.items():
            found |= {place._replace(item=key): value for key in self._keys[place]}
        return found


def _weighed(trial: Trial, numbers: Sequence[Place]) -> set[Place]:
    found: set[Place] = set()
    for part in everything_in(trial.clause.condition):
        if isinstance(part, Condition) and isinstance(part.form, Measured):
            read = reads_of_condition(part, trial.on)
            seen = [place for place in numbers if Spot(place.entity, place.fact, place.year) in read]
            keys = [place.item for place in seen]
            found.update(place for place in seen if keys.count(place.item) > 1)
    return found
