"""Every smallest set of changes that ends a refusal. Imports moves, boxes and weighing.

A change is a fact and what it would be; a later day of application and more items in a list count as changes too. A
set of changes is smaller than another one where each of its changes is in the other as well, the same or less far
from what the fact is now; only numbers, days and sets of words can go less far. A set is one of the smallest where
with it the clause is not refused and with every smaller one it is. Two sets of which neither is smaller are both
among them, also where one changes more facts than the other.

What has to change is found by contradiction. As long as a clause is refused there are places that keep it so,
whatever all the others are; one of those has to change. Each of them is followed up, to every value at which a test
of the clause turns out otherwise. As the evaluator is sound (what it settles with something open it settles alike for
all of it) no set is missed in which no test weighs two of its numbers: what a test works out goes by steps of each of
them, but for one (see `stepping`).

Where a test weighs numbers against one another, more of one does for less of the other, in as many ways as there are
fen. Of those only sets are given in which each number in turn stands where a test turns, all else being as it is or
already changed; and one of every smallest set of places and of directions in which they change that has none among
those (see `weighing`). Whether there is any that neither is given nor is such a one but for its numbers is found out
too (see `untold`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from incentives.advice.boxes import Asking, Axis, Stretch
from incentives.advice.moves import Changed, Moves
from incentives.advice.thresholds import TooLong
from incentives.advice.trial import DAY
from incentives.advice.untold import Untold
from incentives.advice.weighing import Weighing
from incentives.facts.places import Place
from incentives.facts.types import PlainValue
from incentives.values import State

MOST_TRIED = 400
"""Sets of changes that are followed up for one refusal."""

MOST_SPENT = 200_000
"""What following them up can cost, as `Moves.spent` counts it."""

MOST_ADDING = 12
"""Sets that add items, of which as many are given at most: what those would be is a search of its own."""

MOST_FOUND = 64
"""Sets that end a refusal, of which no more are looked for."""


class Smallest(NamedTuple):
    """Smallest sets of changes, the nearest first; `left_out` where there may be others, for a limit was met.

    `trades` are those of the sets that stand for many: more of a number in them does for less of another one.
    """

    sets: tuple[Changed, ...]
    trades: tuple[Changed, ...]
    left_out: bool


def smallest(moves: Moves, *, weighing: bool = True) -> Smallest:
    """The smallest sets of changes that end a refusal; none where it stands whatever may be changed.

    Without `weighing` those are not looked for that stand for many.
    """
    search = _Search(moves, weighing)
    found = tuple(search.found())
    return Smallest(found, tuple(one for one in found if one in search.trades), search.left_out or moves.gave_up)


class _Search:
    def __init__(self, moves: Moves, weighing: bool) -> None:
        self._moves = moves
        self._weighing = weighing
        self.trades: list[Changed] = []
        self.left_out = False

    def found(self) -> list[Changed]:
        every: list[Changed] = []
        for changed in self._that_do():
            nearest = self._nearest_within(changed)
            if nearest is None:
                self.left_out = True
            elif nearest not in every:
                every.append(nearest)
        if self._weighing and self._moves.weighs():
            weighing = Weighing(self._moves)
            more = list(weighing.beside(every))
            every += [one.changed for one in more]
            self.trades = [one.changed for one in more if one.trades]
            self.left_out |= weighing.left_out
        kept = [one for one in every if not any(other != one and self._within(other, one) for other in every)]
        if self._weighing and self._moves.weighs() and not self.left_out:
            self.left_out = Untold(self._moves, kept, self.trades).may_be()
        return self._few_adding(sorted(kept, key=self._apart))

    def _few_adding(self, sets: Sequence[Changed]) -> list[Changed]:
        """Not too many sets that add items, of these the ones with the fewest changes."""
        adding = [one for one in sets if any(place.fact is None and place != DAY for place in one)]
        dropped = sorted(adding, key=len)[MOST_ADDING:]
        self.left_out |= bool(dropped)
        return [one for one in sets if one not in dropped]

    def _apart(self, changed: Changed) -> Fraction:
        """How far some changes are from how things are: of each number what part of the larger one it changes by."""
        return sum((self._moves.apart(place, value) for place, value in changed.items()), Fraction(0))

    def _that_do(self) -> Iterator[Changed]:
        """Sets that end the refusal; none that goes further than one before it."""
        found: list[Changed] = []
        follow: deque[tuple[dict[Place, PlainValue], frozenset[Place]]] = deque([({}, frozenset())])
        tried = 0
        while follow:
            changed, kept = follow.popleft()
            if any(self._within(one, changed) for one in found):
                continue
            tried += 1
            if tried > MOST_TRIED or len(found) >= MOST_FOUND or self._moves.spent > MOST_SPENT:
                self.left_out = True
                return
            if self._moves.state(changed) is not State.FAILS:
                found.append(changed)
                yield changed
                continue
            free = [place for place in self._moves.places if place not in changed and place not in kept]
            for place in self._one_has_to_change(changed, free):
                follow += [
                    ({**changed, place: value}, kept)
                    for value in self._moves.options(place, changed, [one for one in free if one not in kept])
                ]
                kept |= {place}

    def _one_has_to_change(self, changed: Changed, free: Sequence[Place]) -> list[Place]:
        """Places of which one has to change; none where nothing would help.

        What is no number comes first, and what a test weighs last: where it is needed is then told by all else.
        """
        keeping = self._keeping(changed, [], free)[1]
        beside = [other for place in keeping for other in self._moves.beside(place, changed) if other in free]
        return sorted(
            dict.fromkeys(chain(beside, keeping)),
            key=lambda place: (self._moves.line(place) is not None, self._moves.is_weighed(place, changed)),
        )

    def _keeping(
        self, changed: Changed, opened: list[Place], places: Sequence[Place]
    ) -> tuple[list[Place], list[Place]]:
        """Of some places those that can be anything with the clause still refused, and those that keep it so."""
        if self._moves.state(changed, [*opened, *places]) is State.FAILS:
            return [*opened, *places], []
        if len(places) <= 1:
            return opened, list(places)
        middle = len(places) // 2
        opened, first = self._keeping(changed, opened, places[:middle])
        opened, second = self._keeping(changed, opened, places[middle:])
        return opened, [*first, *second]

    def _within(self, one: Changed, other: Changed) -> bool:
        """Whether a set of changes is the other, or smaller."""
        return all(place in other and self._moves.no_further(place, one[place], other[place]) for place in one)

    def _nearest_within(self, changed: Changed) -> Changed | None:
        """This set, or a smallest one of those that are smaller and end the refusal; None where it takes too long."""
        try:
            for number, place in enumerate(changed):
                axes = [
                    Axis(one, changed[one], (changed[one],))
                    if before < number
                    else self._up_to(one, changed[one], itself=one != place)
                    for before, one in enumerate(changed)
                ]
                nearer = Asking(self._moves, axes).first()
                if nearer is not None:
                    return nearer
        except TooLong:
            try:
                return Weighing(self._moves).nearest_within(changed)
            except TooLong:
                return None
        return changed

    def _up_to(self, place: Place, value: PlainValue, *, itself: bool) -> Axis:
        """What a place is and everything on the way to a value; with the value `itself` or without."""
        line, now = self._moves.line(place), self._moves.now[place]
        if line is None:
            between = tuple(_subsets(now, value)) if isinstance(now, frozenset) else ()
            cells = (None, *between, *((value,) if itself else ()))
            return Axis(place, now if cells == (None,) else self._moves.anything(place), cells)
        at, to = line.below(now), line.below(value)
        on_line = line.at(at) == now
        if to > at:
            to -= not itself
            return Axis(
                place, line.between(at, max(at + (not on_line), to)), (None, Stretch(at + 1, to, upward=True))
            )
        to += not itself
        low, high = (to, at - on_line)
        return Axis(place, line.between(min(low, at), at + (not on_line)), (None, Stretch(low, high, upward=False)))


def _subsets(now: frozenset[str], value: PlainValue) -> Iterable[frozenset[str]]:
    """The sets of words between two, those nearest to now first, without either."""
    assert isinstance(value, frozenset), "several words become several words"
    changed = sorted(value ^ now)
    some = [
        frozenset(changed[place] for place in range(len(changed)) if mask >> place & 1)
        for mask in range(2 ** len(changed))
    ]
    return [now ^ one for one in sorted(some, key=lambda one: (len(one), sorted(one))) if one and one != value ^ now]
