"""Values that every part shares: states of a condition, money as exact yuan, intervals of awards.

Imports records.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation
from enum import Enum, StrEnum
from typing import Final

from incentives.records import frozen


class State(Enum):
    """The truth of a condition under strong Kleene logic; the unknown says what kind of unknown it is.

    `MISSING`: at least one reason is a fact that nobody has given yet. `JUDGEMENT`: every reason is a
    judgement that only a person can make. The unknown of an `all` or `any` carries the reasons of all
    its unknown children, so it is `JUDGEMENT` only when each of them is.
    """

    HOLDS = "holds"
    FAILS = "fails"
    MISSING = "missing"
    JUDGEMENT = "judgement"

    __hash__ = object.__hash__  # each is one object; an enumeration would hash its name anew

    @property
    def unknown(self) -> bool:
        return self is State.MISSING or self is State.JUDGEMENT


@frozen
class Bilingual:
    """One meaning in Chinese and English."""

    zh: str
    en: str


class Outcome(StrEnum):
    """What a determination says of one clause on one item."""

    QUALIFIED = "qualified"
    NOT_QUALIFIED = "not_qualified"
    UNDETERMINED = "undetermined"
    NEEDS_REVIEW = "needs_review"


class Basis(StrEnum):
    """How the amount of an award is fixed.

    A sum; a ceiling, a floor or a range in which an authority decides; its decision alone; a rule that the
    source leaves out; or no money that this award pays: a recognition, a relief from what would be owed (减免), whose
    sum is not worked out here, or something in kind (免费提供办公用房).
    """

    EXACT = "exact"
    CEILING = "ceiling"
    FLOOR = "floor"
    RANGE = "range"
    DISCRETIONARY = "discretionary"
    UNPUBLISHED = "unpublished"
    RECOGNITION = "recognition"
    RELIEF = "relief"
    IN_KIND = "in_kind"


WITHOUT_MONEY: Final = frozenset({Basis.RECOGNITION, Basis.RELIEF, Basis.IN_KIND})
"""What pays nobody: it comes to 0, and is no less met for that."""


class NotBounded(Enum):
    """The possible amount when nothing known limits it. Never 0, never left out."""

    NOT_BOUNDED = "not_bounded"

    def __str__(self) -> str:
        return self.value


NOT_BOUNDED: Final = NotBounded.NOT_BOUNDED

Yuan = Decimal
"""Exact yuan, to the fen. Never a float."""

EXACT: Final = Context(prec=60, traps=[Inexact, InvalidOperation])
"""Arithmetic that never rounds and does not depend on the caller's decimal context."""

FEN: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")

LARGEST_YUAN: Final = Decimal(10) ** 15
"""Amounts above 1000万亿元 are refused as slips of a unit: the sum of several fits any decimal context."""

Possible = Yuan | NotBounded


@frozen
class Interval:
    """Yuan between what is certain and what can still come: `guaranteed` ≤ every completion ≤ `possible`."""

    guaranteed: Yuan
    possible: Possible

    def __add__(self, other: Interval) -> Interval:
        return Interval(EXACT.add(self.guaranteed, other.guaranteed), add_possible(self.possible, other.possible))


NOTHING: Final = Interval(ZERO, ZERO)


def add_possible(left: Possible, right: Possible) -> Possible:
    """The sum of two upper ends; not bounded as soon as one is not."""
    if isinstance(left, NotBounded) or isinstance(right, NotBounded):
        return NOT_BOUNDED
    return EXACT.add(left, right)


def total_when_combinable(parts: Iterable[Interval]) -> Interval:
    """The sum of both ends: awards that may be held together."""
    guaranteed: Yuan = ZERO
    possible: Possible = ZERO
    for part in parts:
        guaranteed = EXACT.add(guaranteed, part.guaranteed)
        possible = add_possible(possible, part.possible)
    return Interval(guaranteed, possible)


def total_when_unstated(parts: Iterable[Interval]) -> Interval:
    """The total when nobody has published how awards combine.

    They may exclude each other, so only the largest guaranteed one is certain; they may add up, so the
    possible end is their sum.
    """
    awards = tuple(parts)
    certain = max((award.guaranteed for award in awards), default=ZERO)
    return Interval(certain, total_when_combinable(awards).possible)
