"""Numbers of several places, in ranges, that end a refusal: exactly, by taking the ranges apart. Imports sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from incentives.advice.moves import Moves
from incentives.advice.sides import Track
from incentives.advice.thresholds import TooLong
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import PlainValue, Value

COUNTED = 64
"""Numbers of a place that are taken apart first, before what is measured."""

MOST_SPENT = 350_000
"""What asking about one refusal can cost in all, as `Moves.spent` counts it."""

Box = dict[Place, tuple[int, int]]
"""Of each place the numbers of its track between which it lies."""

Point = dict[Place, int]


class Points:
    """Asks for points of boxes; `asked` is how many ranges were asked about, of which `most` are at once."""

    def __init__(self, moves: Moves, tracks: Mapping[Place, Track], most: int) -> None:
        self._moves = moves
        self._tracks = tracks
        self._most = most
        self._at_once = 0
        self.asked = 0

    def begin(self) -> None:
        """Begin a search of its own, for which as many ranges can be asked about as for the one before."""
        self._at_once = 0

    def first(self, box: Box) -> Point | None:
        """Numbers in a box that end the refusal; None where there are none. Raises `TooLong`."""
        waiting = [box]
        while waiting:
            box = waiting.pop()
            if self.refused(box):
                continue
            pinned = self.pinned(box)
            loose = [place for place, (low, high) in pinned.items() if low < high]
            if not loose:
                return {place: low for place, (low, _) in pinned.items()}
            narrower = self.narrower(box, loose)
            if narrower != box:
                waiting.append(narrower)
                continue
            waiting += self.halves(box, loose)
        return None

    def halves(self, box: Box, loose: Sequence[Place]) -> list[Box]:
        """A box taken apart at one of some places; of the two the one that is nearer to how things are comes last."""
        place = min(loose, key=lambda one: _sort_of_size(*box[one]))
        low, high = box[place]
        middle = (low + high) // 2
        halves = [{**box, place: (low, middle)}, {**box, place: (middle + 1, high)}]
        return halves if self._tracks[place].rest > middle else halves[::-1]

    def narrower(self, box: Box, places: Sequence[Place]) -> Box:
        """A box without what is refused at the ends of some places, whatever the others are in it."""
        box = dict(box)
        for place in places:
            low, high = box[place]
            if self.refused({**box, place: (low, low)}):
                low = self._end_of_refused(box, place, low, high)
            if low < high and self.refused({**box, place: (high, high)}):
                high = self._end_of_refused(box, place, high, low)
            box[place] = (low, high)
        return box

    def _end_of_refused(self, box: Box, place: Place, end: int, other: int) -> int:
        """The first number from one end of a place towards the other up to which it is not known to be refused."""
        step = 1 if other > end else -1
        while end != other:
            middle = end + (other - end) // 2 if step > 0 else end - (end - other) // 2
            if self.refused({**box, place: (min(end, middle), max(end, middle))}):
                end = middle + step
            elif middle == end:
                break
            else:
                other = middle
        return end

    def pinned(self, box: Box) -> Box:
        """A box with its places at one of their ends, the nearer one first, but for those at which it is refused."""
        box = dict(box)
        for place, ends in box.items():
            for end in sorted(set(ends), key=lambda number: abs(number - self._tracks[place].rest)):
                if ends[0] == ends[1] or not self.refused({**box, place: (end, end)}):
                    box[place] = (end, end)
                    break
        return box

    def values(self, point: Point) -> dict[Place, PlainValue]:
        """What the places become that are no longer what they are."""
        return {
            place: self._tracks[place].at(number)
            for place, number in point.items()
            if number != self._tracks[place].rest
        }

    def refused(self, box: Mapping[Place, tuple[int, int]]) -> bool:
        """Whether the clause is refused all over a box."""
        self._count()
        return self._moves.refused(*self.supposed_in(box))

    def met(self, box: Mapping[Place, tuple[int, int]]) -> bool:
        """Whether the clause is met all over a box."""
        self._count()
        return self._moves.met(*self.supposed_in(box))

    def _count(self) -> None:
        self.asked += 1
        self._at_once += 1
        if self._at_once > self._most or self._moves.spent > MOST_SPENT:
            raise TooLong

    def supposed_in(
        self, box: Mapping[Place, tuple[int, int]]
    ) -> tuple[dict[Place, PlainValue], dict[Place, Value | Open]]:
        """What is changed all over a box, and the ranges in which the other places lie."""
        changed = self.values({place: low for place, (low, high) in box.items() if low == high})
        opened: dict[Place, Value | Open] = {
            place: self._tracks[place].between(low, high) for place, (low, high) in box.items() if low < high
        }
        return changed, opened


def _sort_of_size(low: int, high: int) -> tuple[bool, int]:
    """Sorts few numbers before many, and of those that are many the most first."""
    return high - low > COUNTED, (low - high) if high - low > COUNTED else high - low
