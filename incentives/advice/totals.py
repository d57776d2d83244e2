"""What several courses come to together while the fact they share runs on: of a policy, of all. Imports courses.

Where every part runs straight, a total under caps alone is concave in the fact, and one that only chooses is
convex: it is straight where its middle lies on the chord. Under both, and where rules choose between awards to the
company and to others, it is looked at in more places: there a bend that comes and goes between them is not seen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact
from fractions import Fraction
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from incentives.advice.course import Amounts, Point, Stretch, course
from incentives.advice.straight import EXACTLY
from incentives.amounts.ranges import INFINITE, Number
from incentives.decision.result import Combined
from incentives.values import NOT_BOUNDED, Interval, NotBounded, Possible

_FINE: Final = Decimal("1e-15")
_DIGITS: Final = Context(prec=60, rounding=ROUND_HALF_EVEN)
_UNTOLD: Final = Fraction(1, 10**9)
"""Yuan by which a middle may miss its chord: amounts that do not come out even are worked with to 15 places."""

_LOOKED_AT = 9
"""Places between two ends at which a total under caps and choices is looked at."""


class Part(NamedTuple):
    """One of the courses that a total is made of, and what it pays at a number."""

    stretches: Sequence[Stretch]
    point: Callable[[int], Point]


Together = Callable[[int, Sequence[Point]], tuple[Interval, Combined | None]]
"""What parts come to together at a number."""


class Total:
    """Several parts with how they come together. `bent_both_ways`: it may be neither convex nor concave."""

    def __init__(self, parts: Sequence[Part], together: Together, *, bent_both_ways: bool = False) -> None:
        self._parts = parts
        self._together = together
        self._looked_at = _LOOKED_AT if bent_both_ways else 1
        self._ideal: dict[int, Amounts] = {}
        self._paid: dict[int, tuple[Interval, Combined | None]] = {}

    def paid(self, number: int) -> tuple[Interval, Combined | None]:
        """What is paid at a number, and how it was chosen."""
        found = self._paid.get(number)
        if found is None:
            found = self._paid[number] = self._together(number, [part.point(number) for part in self._parts])
        return found

    def point(self, number: int) -> Point:
        return Point(None, self.paid(number)[0], self._amounts(number))

    def course(
        self, likely: Sequence[int], limit: Callable[[int, int], Fraction | None] | None = None
    ) -> tuple[Stretch, ...]:
        """The stretches of the total. `limit` proves that what caps come to runs straight as well.

        `likely` are numbers in order at which something may change.
        """
        found: list[Stretch] = []
        for first, last, exact in cells([part.stretches for part in self._parts]):
            proof = partial(self._proof, limit=limit)
            near = likely[bisect_left(likely, first - 1) : bisect_right(likely, last + 1)]
            inside = course(first, last, near, self.point, proof) if exact else self._unknown(first, last)
            for one in inside:
                found = _continued(found, one)
        return tuple(found)

    def _unknown(self, first: int, last: int) -> tuple[Stretch, ...]:
        return (Stretch(first, last, None, self._amounts(first), self._amounts(last), EXACTLY, exact=False),)

    def _proof(
        self, first: int, last: int, limit: Callable[[int, int], Fraction | None] | None = None
    ) -> Fraction | None:
        if limit is not None and limit(first, last) != EXACTLY:
            return None
        low, high = self._amounts(first), self._amounts(last)
        for place in {
            first + (last - first) * step // (self._looked_at + 1) for step in range(1, self._looked_at + 1)
        }:
            share = Fraction(place - first, last - first)
            for one, between, other in zip(low, self._amounts(place), high, strict=True):
                if not _on_chord(one, between, other, share):
                    return None
        return sum((self._covering(part, first, last).slack for part in self._parts), EXACTLY)

    def _covering(self, part: Part, first: int, last: int) -> Stretch:
        place = bisect_right(part.stretches, first, key=attrgetter("first")) - 1
        while place > 0 and part.stretches[place - 1].last >= last:
            place -= 1  # where stretches meet, both have the number
        return part.stretches[place]

    def _amounts(self, number: int) -> Amounts:
        """What the parts come to where they lie on their lines, before anything is paid in whole fen."""
        found = self._ideal.get(number)
        if found is None:
            points = [self._on_its_lines(part, number) for part in self._parts]
            total = self._together(number, points)[0]
            found = self._ideal[number] = amounts_of(total)
        return found

    def _on_its_lines(self, part: Part, number: int) -> Point:
        one = self._covering(part, number, number)
        low, high = one.at(number)
        outcome = part.point(number).outcome if one.outcome is None else one.outcome
        possible = NOT_BOUNDED if high == INFINITE else _decimal(high)
        return Point(outcome, Interval(_decimal(low), possible), Amounts(low, high))


def cells(courses: Sequence[Sequence[Stretch]]) -> list[tuple[int, int, bool]]:
    """The parts of a range on which every course is one stretch, and whether each of them is exact there."""
    ends = sorted({number for course in courses for one in course for number in (one.first, one.last)})
    found: list[tuple[int, int, bool]] = []
    at = [0] * len(courses)
    for low, high in [*pairwise(ends)] or [(ends[0], ends[0])]:
        covering: list[Stretch] = []
        for place, own in enumerate(courses):
            while at[place] < len(own) - 1 and own[at[place]].last < high:
                at[place] += 1
            one = own[at[place]]
            if one.first <= low and high <= one.last:
                covering.append(one)
        if len(covering) == len(courses):
            found.append((low, high, all(one.exact for one in covering)))
    return _with_single_numbers(found, ends)


def _with_single_numbers(found: Sequence[tuple[int, int, bool]], ends: Sequence[int]) -> list[tuple[int, int, bool]]:
    """The cells and every end that lies in none of them."""
    covered = {number for low, high, _ in found for number in (low, high)}
    return sorted([*found, *((number, number, True) for number in ends if number not in covered)])


def _continued(found: list[Stretch], one: Stretch) -> list[Stretch]:
    """The stretches with one more, which goes on with the last of them where both are on one line."""
    if found and found[-1].last == one.first and found[-1].exact and one.exact:
        before = found[-1]
        if one.first == one.last:
            return found
        if before.first == before.last:
            return [*found[:-1], one]
        share = Fraction(before.last - before.first, one.last - before.first)
        ends = zip(before.at_first, before.at_last, one.at_last, strict=True)
        if all(_on_chord(*three, share) for three in ends):
            slack = max(before.slack, one.slack)
            return [*found[:-1], Stretch(before.first, one.last, None, before.at_first, one.at_last, slack)]
    return [*found, one]


def amounts_of(interval: Interval) -> Amounts:
    high = INFINITE if isinstance(interval.possible, NotBounded) else interval.possible
    return Amounts(interval.guaranteed, high)


def possible_of(number: Number) -> Possible:
    return NOT_BOUNDED if number == INFINITE else _decimal(number)


def _decimal(number: Number) -> Decimal:
    if isinstance(number, Fraction):
        found = _DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
        return _DIGITS.quantize(found, _FINE) if _inexact(number) else found
    return Decimal(number)


def _inexact(number: Fraction) -> bool:
    context = Context(prec=60, traps=[Inexact])
    try:
        context.divide(Decimal(number.numerator), Decimal(number.denominator))
    except Inexact:
        return True
    return False


def _on_chord(first: Number, middle: Number, last: Number, share: Fraction) -> bool:
    if INFINITE in (first, middle, last):
        return first == middle == last
    chord = Fraction(first) + share * (Fraction(last) - Fraction(first))
    return abs(Fraction(middle) - chord) <= _UNTOLD
