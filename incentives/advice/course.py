"""What one award comes to while a fact runs through a range: straight stretches, and where one ends, exactly.

Imports proofs, grids and the engines' awards. A range is halved until each part is proved straight, down to
neighbouring numbers of the fact's grid; so no threshold is passed over, and each is found at its own number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple

from incentives.advice.grid import Grid
from incentives.advice.straight import EXACTLY, Proofs, Views, on_chord, supposing_that, views
from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Number
from incentives.engines.awards import amount_of, worth
from incentives.engines.reference import Trace, evaluate
from incentives.engines.rows import OUTCOMES
from incentives.engines.subjects import Presence, Subject
from incentives.facts.places import Place
from incentives.facts.profile import Item
from incentives.language.model import Clause
from incentives.language.walks import walk
from incentives.values import NOT_BOUNDED, Interval, Outcome

MOST_PROOFS = 2000
"""Stretches looked at of one award; a threshold whose number is not written in the clause takes about eighty."""


class Amounts(NamedTuple):
    """What is certain and what is possible, before it is paid in whole fen; infinite where it is not bounded."""

    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `first` to `last`, as numbers of the fact's grid, both ends of the amount run straight.

    Stretches that meet at a kink share its number; across a jump the next one begins one number later. Between its
    ends an amount departs from its line by no more than `slack` yuan and what is smaller than a fen. Where it is not
    `exact` the work limit was reached: of what lies between the ends nothing is said.
    """

    first: int
    last: int
    outcome: Outcome | None
    """Of a total, None."""
    at_first: Amounts
    at_last: Amounts
    slack: Fraction
    exact: bool = True

    def at(self, place: int) -> Amounts:
        """Where the lines lie at a number of the stretch."""
        if place == self.first:
            return self.at_first
        share = Fraction(place - self.first, self.last - self.first)
        return Amounts(*(_along(*ends, share) for ends in zip(self.at_first, self.at_last, strict=True)))


class Point(NamedTuple):
    """What an award comes to at one number: what is paid, and what it is worked out to be."""

    outcome: Outcome | None
    paid: Interval
    amounts: Amounts


class AwardAlong:
    """One clause on one subject, while a fact is any number of its grid."""

    def __init__(self, clause: Clause, subject: Subject, place: Place, grid: Grid, proofs: Proofs) -> None:
        self.clause = clause
        self._subject = subject
        self._place = place
        self._grid = grid
        self._proofs = proofs
        self._points: dict[int, Point] = {}
        self._unmoved: Trace = {}
        """What comes to the same whatever the fact is."""
        for part in walk(clause.condition):
            if not proofs.touches(part):
                evaluate(part, subject, self._unmoved)

    @property
    def moves(self) -> bool:
        """Whether the clause looks at the fact at all."""
        return self._proofs.touches(self.clause.condition) or self._proofs.touches(self.clause.award.amount)

    def supposing(self, number: int) -> Subject:
        return supposing_that(self._subject, {self._place: self._grid.at(number)})

    def point(self, number: int) -> Point:
        found = self._points.get(number)
        if found is None:
            found = self._points[number] = self._point(self.supposing(number))
        return found

    def proof(self, first: int, last: int) -> Fraction | None:
        """How far the award may lie from its lines between two numbers; None where it is not proved straight."""
        at = views(self._subject, self._place, self._grid, first, last)._replace(states={**self._unmoved})
        if not self._proofs.still(self.clause.condition, at):
            return None
        outcome = self.point(first).outcome
        if outcome is Outcome.NOT_QUALIFIED:
            return EXACTLY
        if self._subject.presence is Presence.ABSENT_LIST and outcome is not Outcome.QUALIFIED:
            at = at.at_item(self._subject.entity, Item("", "", {}))
            same = self.point(first).paid == self.point(last).paid
            return EXACTLY if same and self._proofs.slack(self.clause.award.amount, at) is not None else None
        slack = self._proofs.slack(self.clause.award.amount, at)
        return None if slack is None or self._crosses_nothing(at) else slack

    def course(self, first: int, last: int, likely: Sequence[int] = ()) -> tuple[Stretch, ...]:
        """The stretches from `first` to `last`. `likely` are numbers at which something may change."""
        if not self.moves:
            point = self.point(first)
            return (Stretch(first, last, point.outcome, point.amounts, point.amounts, EXACTLY),)
        return course(first, last, likely, self.point, self.proof)

    def _point(self, subject: Subject) -> Point:
        outcome = OUTCOMES[evaluate(self.clause.condition, subject, {**self._unmoved})]
        paid = worth(self.clause.award, outcome, subject)
        match outcome:
            case Outcome.NOT_QUALIFIED:
                return Point(outcome, paid, Amounts(0, 0))
            case _ if paid.possible is NOT_BOUNDED and subject.presence is Presence.ABSENT_LIST:
                return Point(outcome, paid, Amounts(0, INFINITE))
            case _ if subject.presence is Presence.ABSENT_LIST and outcome is not Outcome.QUALIFIED:
                return Point(outcome, paid, Amounts(0, 0))
            case _:
                low, high = ranges.ends(amount_of(self.clause.award, subject))
                certain = max(low, 0) if outcome is Outcome.QUALIFIED else 0
                return Point(outcome, paid, Amounts(certain, max(high, 0)))

    def _crosses_nothing(self, at: Views) -> bool:
        """Whether an end of the amount is below nothing at one end of the stretch and above it at the other."""
        ends = [ranges.ends(amount_of(self.clause.award, subject)) for subject in (at.first, at.last)]
        return any(min(pair) < 0 < max(pair) for pair in zip(*ends, strict=True))


def course(
    first: int,
    last: int,
    likely: Sequence[int],
    point: Callable[[int], Point],
    proof: Callable[[int, int], Fraction | None],
    most: int = MOST_PROOFS,
) -> tuple[Stretch, ...]:
    """The stretches from `first` to `last` of what comes to `point` and is straight where `proof` says so."""
    near = sorted({number for one in likely for number in (one - 1, one, one + 1)})
    parts = _parts(first, last, near, proof, most)
    found: list[Stretch] = []
    for low, high, slack in parts:
        one, other = point(low), point(high)
        if slack is None and high - low == 1:
            found += [
                Stretch(number, number, end.outcome, end.amounts, end.amounts, EXACTLY)
                for number, end in ((low, one), (high, other))
                if not found or found[-1].last < number
            ]
            continue
        outcome = one.outcome if one.outcome is other.outcome else None
        part = Stretch(low, high, outcome, one.amounts, other.amounts, slack or EXACTLY, slack is not None)
        if found and found[-1].first == found[-1].last == low:
            found.pop()  # a single number, and this begins there
        if found and (joined := _joined(found[-1], part, proof)) is not None:
            found[-1] = joined
        else:
            found.append(part)
    return tuple(_without_kinks_between_numbers(found))


def _parts(
    first: int, last: int, near: Sequence[int], proof: Callable[[int, int], Fraction | None], most: int
) -> list[tuple[int, int, Fraction | None]]:
    """Parts of a range in order, each proved straight or two neighbours; the longest are cut first."""
    done: list[tuple[int, int, Fraction | None]] = []
    waiting = [(first - last, first, last)]
    for _ in range(most):
        if not waiting:
            break
        _, low, high = heappop(waiting)
        slack = EXACTLY if low == high else proof(low, high)
        if slack is not None or high - low == 1:
            done.append((low, high, slack))
            continue
        cut = _cut(low, high, near)
        heappush(waiting, (low - cut, low, cut))
        heappush(waiting, (cut - high, cut, high))
    done += [(low, high, None) for _, low, high in waiting]
    return sorted(done, key=lambda part: part[:2])


def _cut(low: int, high: int, near: Sequence[int]) -> int:
    """Where to cut a part: at the likely number nearest its middle, else in the middle."""
    middle = (low + high) // 2
    inside = near[bisect_right(near, low) : bisect_left(near, high)]
    if not inside:
        return middle
    place = bisect_left(inside, middle)
    return min(inside[max(place - 1, 0) : place + 1], key=lambda number: abs(number - middle))


def _joined(one: Stretch, other: Stretch, proof: Callable[[int, int], Fraction | None]) -> Stretch | None:
    """Two stretches that meet, as one; None where they are not on one line."""
    if one.last != other.first:
        return None
    if not one.exact and not other.exact:
        outcome = one.outcome if one.outcome is other.outcome else None
        return Stretch(one.first, other.last, outcome, one.at_first, other.at_last, EXACTLY, exact=False)
    if one.outcome is not other.outcome or not (one.exact and other.exact):
        return None
    share = Fraction(one.last - one.first, other.last - one.first)
    ends = zip(one.at_first, one.at_last, other.at_last, strict=True)
    slack: Fraction | None = EXACTLY
    if one.slack or other.slack or not all(on_chord(*three, share) for three in ends):
        slack = proof(one.first, other.last) if one.slack or other.slack else None
    if slack is None:
        return None
    return Stretch(one.first, other.last, one.outcome, one.at_first, other.at_last, slack)


def _without_kinks_between_numbers(found: Sequence[Stretch]) -> list[Stretch]:
    """A kink that lies between two numbers shows as a stretch of one step: its neighbours tell it already."""
    kept: list[Stretch] = []
    for place, one in enumerate(found):
        around = [*found[max(place - 1, 0) : place], *found[place + 1 : place + 2]]
        between = one.last - one.first == 1 and len(around) == 2 and one.exact
        if not between or not all(
            other.last - other.first > 1 and other.outcome is one.outcome and one.first <= end <= one.last
            for other, end in zip(around, (around[0].last, around[-1].first), strict=False)
        ):
            kept.append(one)
    return kept


def _along(first: Number, last: Number, share: Fraction) -> Number:
    if first == last or INFINITE in (first, last):
        return first
    return Fraction(first) + share * (Fraction(last) - Fraction(first))
