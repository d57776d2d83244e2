"""What a curve is made of: its pieces, its thresholds and what changes at each. Imports the model's citations.

Every number at which something changes stands with the clauses, conditions and rules that change there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from incentives.language.model import Citation
from incentives.values import Bilingual, Interval, Outcome, State, Yuan

Number = int | Decimal
"""A value of the fact: yuan, a rate of which 1 is 100%, a count, a quantity in the fact's unit."""


@dataclass(frozen=True, slots=True)
class CurvePiece:
    """From `start` to `end`, both included, an amount runs straight between what it is at the two ends.

    A piece that begins where the one before ends is a kink; else the next number of the fact lies across a jump.
    Between its ends an amount lies within `within` yuan of the straight line, because of rounding. Where it is not
    `exact` the work limit was reached, and nothing is said of what lies between the ends.
    """

    start: Number
    end: Number
    at_start: Interval
    at_end: Interval
    within: Yuan
    exact: bool


@dataclass(frozen=True, slots=True)
class CurveAward:
    """One clause on one item; `item` is its name. `outcomes` belong to the pieces, one to each.

    `rounded` tells how its amounts are rounded where the pieces leave the single steps out: their ends are rounded,
    and what it grows by is the pace before that.
    """

    clause: str
    title: str
    item: str | None
    sources: tuple[Citation, ...]
    pieces: tuple[CurvePiece, ...]
    outcomes: tuple[Outcome | None, ...]
    rounded: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class CurvePolicy:
    """One policy in force: its total, and those of its awards that look at the fact."""

    policy: str
    title: str
    total: tuple[CurvePiece, ...]
    awards: tuple[CurveAward, ...]


@dataclass(frozen=True, slots=True)
class CurveCondition:
    """A condition that comes out differently on the two sides, with what it needs.

    With `of_award` it is a bound of the award instead: the row, step, slice, cap or floor that holds on the far side.
    """

    node: str
    title: Bilingual
    needed: Bilingual | None
    says: str | None
    before: State
    after: State
    of_award: bool = False


@dataclass(frozen=True, slots=True)
class CurveChange:
    """What changes of one award: its outcome, its amount, or how much it grows.

    `grows_before` and `grows_after` are yuan of the possible amount for each `step` of the fact; None on a single
    number and where it is not bounded.
    """

    policy: str
    clause: str
    title: str
    item: str | None
    sources: tuple[Citation, ...]
    outcome_before: Outcome | None
    outcome_after: Outcome | None
    before: Interval
    after: Interval
    grows_before: Yuan | None
    grows_after: Yuan | None
    conditions: tuple[CurveCondition, ...]


@dataclass(frozen=True, slots=True)
class CurveLoss:
    """A stacking rule that takes something on one side only: from which awards, by their titles, in what words."""

    policy: str
    rule: str
    says: str | None
    awards: tuple[str, ...]
    begins: bool


@dataclass(frozen=True, slots=True)
class CurveThreshold:
    """A number at which something changes: from it on, or right after it where `beyond`.

    `jumps` says that the total of all policies is another on the two sides, `before` and `after`.
    """

    number: int
    at: Number
    text: Bilingual
    beyond: bool
    jumps: bool
    before: Interval
    after: Interval
    changes: tuple[CurveChange, ...]
    losses: tuple[CurveLoss, ...]
