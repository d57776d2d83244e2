"""Whether any smallest set of changes is not told, where a test weighs numbers against one another. Imports points.

More of one number does for less of another in as many ways as there are fen, and of those only some sets are told.
One that is told and `trades` stands for all that change the same places in the same directions. What can be changed
is taken apart at what it is now and at what is told; of each piece in which nothing is told or stood for it is asked
whether anything ends the refusal. A place that need not be changed is left as it is, for nothing that is smallest
changes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incentives.advice.moves import Changed, Moves
from incentives.advice.points import Box, Point, Points
from incentives.advice.sides import Along, Side, Track, sides_of, track_of
from incentives.advice.thresholds import TooLong
from incentives.facts.places import Place

MOST_ASKED = 2500
"""Ranges that are asked about for one refusal."""


class Untold:
    """Looks for what is smallest and neither among sets that are told nor stood for by those of them that trade."""

    def __init__(self, moves: Moves, told: Sequence[Changed], trades: Sequence[Changed]) -> None:
        self._moves = moves
        self._tracks: dict[Place, Track] = {place: track_of(moves, place) for place in moves.places}
        self._points = Points(moves, self._tracks, MOST_ASKED)
        self._told: list[Point] = [
            {place: self._tracks[place].number_of(value) for place, value in changed.items()} for changed in told
        ]
        self._trades = [sides_of(moves, changed) for changed in trades]

    def may_be(self) -> bool:
        """Whether there is such a set; also where that takes too long to say."""
        try:
            return any(self._has_smallest(piece) for piece in self._pieces())
        except TooLong:
            return True

    def _pieces(self) -> Iterator[Box]:
        """Boxes without anything told, each place of which is what it is or changed in one direction."""
        waiting = [{place: self._whole(place) for place in self._tracks}]
        while waiting:
            box = waiting.pop()
            if self._points.refused(box):
                continue
            needed = self._needed(box)
            if needed is None or any(self._is_all_past(one, needed) for one in self._told):
                continue
            apart = self._at_rest(needed) or self._at_told(needed)
            if apart:
                waiting += apart
            else:
                yield needed

    def _whole(self, place: Place) -> tuple[int, int]:
        """What a place can be, up to where it is told that it does alone."""
        track = self._tracks[place]
        low, high = track.ends
        if not isinstance(track, Along):
            return low, high
        alone = [one[place] for one in self._told if one.keys() == {place}]
        low = max([low, *(number + 1 for number in alone if number < track.rest)])
        high = min([high, *(number - 1 for number in alone if number > track.rest)])
        return (low if self._moves.can_fall(place) else track.rest), high

    def _needed(self, box: Box) -> Box | None:
        """A box without what need not be changed in it; None where nothing in it is smallest."""
        for place, (low, high) in box.items():
            rest = self._tracks[place].rest
            if not low == rest == high and self._moves.is_idle(place, *self._points.supposed_in(box)):
                if not low <= rest <= high:
                    return None
                box = {**box, place: (rest, rest)}
        return box

    def _at_rest(self, box: Box) -> list[Box]:
        """A box taken apart where a place can be as it is, or changed either way."""
        for place, (low, high) in box.items():
            rest = self._tracks[place].rest
            if low < high and low <= rest <= high:
                ends = ((low, rest - 1), (rest + 1, high), (rest, rest))
                return [{**box, place: (first, last)} for first, last in ends if first <= last]
        return []

    def _at_told(self, box: Box) -> list[Box]:
        """A box taken apart where some of it is past a set that is told."""
        for told in self._told:
            past = {place: self._past(place, number, box[place]) for place, number in told.items()}
            if not all(past.values()):
                continue
            for place, within in past.items():
                (low, high), (first, last) = box[place], within or box[place]
                parts = ((low, first - 1), (last + 1, high), (first, last))
                if (low, high) != (first, last):
                    return [{**box, place: part} for part in parts if part[0] <= part[1]]
        return []

    def _is_all_past(self, told: Point, box: Box) -> bool:
        return all(self._past(place, number, box[place]) == box[place] for place, number in told.items())

    def _past(self, place: Place, number: int, ends: tuple[int, int]) -> tuple[int, int] | None:
        """Of what a place can be, what is a certain number or further in the same direction."""
        track, (low, high) = self._tracks[place], ends
        if isinstance(track, Along) and number > track.rest:
            low = max(low, number)
        elif isinstance(track, Along):
            high = min(high, number)
        else:
            low, high = max(low, number), min(high, number)
        return (low, high) if low <= high else None

    def _has_smallest(self, box: Box) -> bool:
        """Whether anything in a piece ends the refusal that is not so because of a part that is stood for."""
        sides = frozenset(
            Side(place, upward=low > self._tracks[place].rest)
            for place, (low, _) in box.items()
            if low != self._tracks[place].rest
        )
        if sides in self._trades:
            return False
        parts = [[side.place for side in one] for one in self._trades if one < sides]
        if not parts:
            return self._points.first(box) is not None
        waiting = [box]
        while waiting:
            box = waiting.pop()
            if self._points.refused(box):
                continue
            alone = [{place: box[place] for place in part} for part in parts]
            pinned = self._points.pinned(box)
            if all(low == high for low, high in pinned.values()):
                point = [{place: pinned[place] for place in part} for part in parts]
                if all(self._points.refused(one) for one in point):
                    return True
            loose = [place for place, (low, high) in box.items() if low < high]
            if loose and not any(self._points.met(one) for one in alone):
                waiting += self._points.halves(box, loose)
        return False
