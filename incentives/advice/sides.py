"""In which direction each place can change, and what it then lies on: numbered, the number it has now among them.

Imports moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from incentives.advice.grid import Line
from incentives.advice.moves import Changed, Moves
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import PlainValue, Value
from incentives.values import State


class Side(NamedTuple):
    """A place that changes, and in which direction; what moves along no line has only one."""

    place: Place
    upward: bool


class Along(NamedTuple):
    """A line with the number `rest` for what a place is, which may lie between two numbers of the line."""

    line: Line
    now: PlainValue
    rest: int
    is_between: bool

    @property
    def ends(self) -> tuple[int, int]:
        return min(self.line.low, self.rest), max(self.line.high + self.is_between, self.rest)

    def at(self, number: int) -> PlainValue:
        if number == self.rest:
            return self.now
        return self.line.at(number - (self.is_between and number > self.rest))

    def number_of(self, value: PlainValue) -> int:
        if value == self.now:
            return self.rest
        below = self.line.below(value)
        return below + (self.is_between and below >= self.rest)

    def between(self, first: int, last: int) -> Value | Open:
        if first == last:
            return self.at(first)
        low, high = self.at(first), self.at(last)
        if isinstance(low, int | Decimal) and isinstance(high, int | Decimal):
            return Open(State.MISSING, low, high)
        return self.line.between(first, last)  # no day lies between two others


class Among(NamedTuple):
    """What a place is, which is number 0, and what else it can be, none of it nearer than another."""

    values: tuple[PlainValue, ...]
    whole: Value | Open
    rest: int = 0

    @property
    def ends(self) -> tuple[int, int]:
        return 0, len(self.values) - 1

    def at(self, number: int) -> PlainValue:
        return self.values[number]

    def number_of(self, value: PlainValue) -> int:
        return self.values.index(value)

    def between(self, first: int, last: int) -> Value | Open:
        return self.at(first) if first == last else self.whole


Track = Along | Among
"""What a place lies on."""


def track_of(moves: Moves, place: Place) -> Track:
    now, line = moves.now[place], moves.line(place)
    if line is None:
        return Among((now, *moves.words(place)), moves.anything(place))
    below = line.below(now)
    is_between = line.at(below) != now
    return Along(line, now, below + is_between, is_between)


def sides_from(moves: Moves, tracks: dict[Place, Track]) -> tuple[Side, ...]:
    """Every direction in which some place can change, in the order of the places."""
    found: list[Side] = []
    for place, track in tracks.items():
        low, high = track.ends
        found += [Side(place, upward=True)] if track.rest < high else []
        found += [Side(place, upward=False)] if track.rest > low and moves.can_fall(place) else []
    return tuple(found)


def sides_of(moves: Moves, changed: Changed) -> frozenset[Side]:
    """The places that are changed, each with its direction."""
    return frozenset(
        Side(place, upward=moves.line(place) is None or value > moves.now[place])  # type: ignore[operator]
        for place, value in changed.items()
    )


def without_larger(some: Iterable[frozenset[Side]]) -> list[frozenset[Side]]:
    """Of some sets those of which no part is among them."""
    kept: list[frozenset[Side]] = []
    for one in sorted(dict.fromkeys(some), key=len):
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept
