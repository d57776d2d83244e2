"""Sets of changes that end a refusal only together, where a test weighs facts against one another. Imports points.

More of one fact then does for less of another, in as many ways as there are fen. What is looked for are therefore
the smallest sets of sides: which places change, and each in which direction, so that some numbers of theirs end the
refusal and none do where one of them stays as it is. Of each such set one example is given: its first place in the
order of the paper changes as little as it can with anything of the others, the second as little as it can with that,
and so on. So nothing in it could be less without more of something before it.

That none is missed is known by what they have in common: every set beside those that are found leaves out, of each of
them, at least one side. For every smallest choice of sides to leave out all the others are tried at once, in ranges
that are taken apart for as long as the evaluator does not refuse them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from incentives.advice.moves import Changed, Moves
from incentives.advice.points import Box, Point, Points
from incentives.advice.sides import Side, Track, sides_from, sides_of, track_of, without_larger
from incentives.advice.thresholds import TooLong
from incentives.facts.places import Place

MOST_ASKED = 6000
"""Ranges that are asked about for one refusal."""

MOST_ASKED_AT_ONCE = 1500
"""Ranges that are asked about for one set of sides."""

MOST_CHOICES = 200
"""Choices of sides to leave out, of which no more are followed up."""


class Weighed(NamedTuple):
    """An example of a set of sides; `trades` where something in it could be less with more of what comes before."""

    changed: Changed
    trades: bool


class Weighing:
    """Looks for the sets of sides of which no part is told by what is found already."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves
        self._tracks: dict[Place, Track] = {place: track_of(moves, place) for place in moves.places}
        self._sides = sides_from(moves, self._tracks)
        self._points = Points(moves, self._tracks, MOST_ASKED_AT_ONCE)
        self.left_out = False

    def beside(self, told: Iterable[Changed]) -> Iterator[Weighed]:
        """An example of every smallest set of sides of which no part is that of a set that is told."""
        known = [sides_of(self._moves, changed) for changed in told]
        hitting = [frozenset[Side]()]
        for one in without_larger(known):
            hitting = _also_hitting(hitting, one)
        done: set[frozenset[Side]] = set()
        while (left := next((one for one in hitting if one not in done), None)) is not None:
            if len(hitting) > MOST_CHOICES or self._points.asked > MOST_ASKED:
                self.left_out = True
                return
            done.add(left)
            try:
                found = self._smallest_among([side for side in self._sides if side not in left])
            except TooLong:
                self.left_out = True
                continue
            if found is not None:
                sides, example = found
                hitting = _also_hitting(hitting, sides)
                yield example

    def nearest_within(self, changed: Changed) -> Changed:
        """Changes that end the refusal with every number moved no further than needed. Raises `TooLong`.

        The first places change least; what is no number stays what it is in `changed`.
        """
        self._points.begin()
        point = {place: self._tracks[place].number_of(value) for place, value in changed.items()}
        box: Box = {place: (number, number) for place, number in point.items()}
        sides = [side for side in sides_of(self._moves, changed) if self._moves.line(side.place) is not None]
        for side in sides:
            box[side.place] = self._ends(side, 0, self._steps(side, point[side.place]))
        for side in sorted(sides, key=lambda one: list(self._tracks).index(one.place)):
            point = self._least(side, box, point)
            box[side.place] = (point[side.place], point[side.place])
        return self._points.values(point)

    def _smallest_among(self, sides: Sequence[Side]) -> tuple[frozenset[Side], Weighed] | None:
        """A smallest set of some sides that ends the refusal, with its example; None where none does."""
        self._points.begin()
        if self._points.refused(self._box(sides)):
            return None
        needed = list(sides)
        for side in reversed(sides):
            fewer = [one for one in needed if one != side]
            if not self._points.refused(self._box(fewer)):
                needed = fewer
        point = self._points.first(self._box(needed))
        if point is None:  # that each range may end it does not say that numbers in them do together
            point = self._points.first(self._box(sides))
            if point is None:
                return None
            needed = self._changed_in(point, sides)
            for side in reversed(needed):
                fewer = [one for one in needed if one != side]
                point_of_fewer = self._points.first(self._box(fewer))
                if point_of_fewer is not None:
                    point, needed = point_of_fewer, self._changed_in(point_of_fewer, fewer)
        return frozenset(needed), self._example(needed, point)

    def _changed_in(self, point: Point, sides: Sequence[Side]) -> list[Side]:
        return [side for side in sides if self._is_on(side, point[side.place])]

    def _is_on(self, side: Side, number: int) -> bool:
        rest = self._tracks[side.place].rest
        return number > rest if side.upward else number < rest

    def _example(self, sides: Sequence[Side], point: Point) -> Weighed:
        """The numbers of a smallest set of sides that change least, the first places before the others."""
        whole = {side.place: self._beyond_rest(side) for side in sides}
        box = self._points.narrower(whole, list(whole))
        settled = dict(box)
        for side in sides:
            point = self._least(side, settled, point)
            settled[side.place] = (point[side.place], point[side.place])
        return Weighed(self._points.values(point), any(self._could_be_less(side, box, point) for side in sides[1:]))

    def _least(self, side: Side, box: Box, point: Point) -> Point:
        """A point of a box in which a side changes least; `point` is one of the box."""
        near, far = min(self._steps(side, end) for end in box[side.place]), self._steps(side, point[side.place])
        while near < far:
            middle = (near + far) // 2
            found = self._points.first({**box, side.place: self._ends(side, near, middle)})
            if found is None:
                near = middle + 1
            else:
                point, far = found, self._steps(side, found[side.place])
        return point

    def _could_be_less(self, side: Side, box: Box, point: Point) -> bool:
        """Whether a number could change less than in a point, were the others something else."""
        near, steps = min(self._steps(side, end) for end in box[side.place]), self._steps(side, point[side.place])
        if self._moves.line(side.place) is None or near >= steps:
            return False
        return self._points.first({**box, side.place: self._ends(side, near, steps - 1)}) is not None

    def _steps(self, side: Side, number: int) -> int:
        return abs(number - self._tracks[side.place].rest)

    def _ends(self, side: Side, near: int, far: int) -> tuple[int, int]:
        """The ends of what lies so many steps away on a side."""
        rest = self._tracks[side.place].rest
        return (rest + near, rest + far) if side.upward else (rest - far, rest - near)

    def _box(self, sides: Iterable[Side]) -> Box:
        """What places can be that change on some sides or stay."""
        box: Box = {}
        for side in sides:
            rest = self._tracks[side.place].rest
            low, high = box.get(side.place, (rest, rest))
            first, last = self._beyond_rest(side)
            box[side.place] = (min(low, first), max(high, last))
        return box

    def _beyond_rest(self, side: Side) -> tuple[int, int]:
        track = self._tracks[side.place]
        low, high = track.ends
        return (track.rest + 1, high) if side.upward else (low, track.rest - 1)


def _also_hitting(hitting: Iterable[frozenset[Side]], sides: frozenset[Side]) -> list[frozenset[Side]]:
    """The smallest sets with a side of every set before, of those that also have one of these."""
    found: list[frozenset[Side]] = []
    for one in hitting:
        found += [one] if one & sides else [one | {side} for side in sorted(sides, key=str)]
    return without_larger(found)
