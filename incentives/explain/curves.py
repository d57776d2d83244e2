"""The curve: what awards and totals come to while one fact runs through a range, as plain data. Imports advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from incentives.advice.along import AwardCourse, Break, Courses, PolicyCourse, breaks, courses, year_read
from incentives.advice.course import Stretch
from incentives.advice.grid import Grid, grid_of
from incentives.advice.straight import unrounded
from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE
from incentives.decision.evaluator import AnyProfile, Evaluator
from incentives.decision.result import Lost
from incentives.engines.awards import amount_of
from incentives.engines.reference import evaluate
from incentives.explain.amounts import value_text
from incentives.explain.award_bounds import Sides, bounds_passed
from incentives.explain.curve_range import nearer, shown
from incentives.explain.curve_views import (
    CurveAward,
    CurveChange,
    CurveCondition,
    CurveLoss,
    CurvePiece,
    CurvePolicy,
    CurveThreshold,
    Number,
)
from incentives.explain.in_force import OutOfForce, out_of_force
from incentives.explain.roundings import roundings
from incentives.explain.words import needed, title
from incentives.facts.places import Place, value_at
from incentives.facts.profile import Profile
from incentives.facts.types import CountType, FactType, MoneyType, QuantityType, RateType, SingleType, YearlyType
from incentives.facts.vocabulary import COMPANY, Vocabulary
from incentives.language.nodes import Condition
from incentives.language.walks import children, walk
from incentives.values import FEN, Bilingual, Interval, State, Yuan

_ROUND = Context(prec=60, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Curve:
    """The total award against one fact, everything else as the profile says it. Money is yuan, to the fen."""

    company: str
    on: date
    entity: str
    fact: str
    item: str | None
    year: int | None
    title: Bilingual
    unit: str
    """`元`, `%` where 1 is 100%, or the unit of a count or a quantity."""
    step: Bilingual
    """What `grows_before` and `grows_after` of a change are counted for."""
    start: Number
    end: Number
    current: Number | None
    """What the profile says of the fact."""
    at_current: Interval | None
    total: tuple[CurvePiece, ...]
    policies: tuple[CurvePolicy, ...]
    thresholds: tuple[CurveThreshold, ...]
    not_in_force: tuple[OutOfForce, ...] = ()
    """The policy that was asked for, where it is not in force on the day."""

    @property
    def exact(self) -> bool:
        return all(piece.exact for piece in self.total)

    @property
    def pays(self) -> bool:
        """Whether the total comes to anything anywhere."""
        return any(end.possible != 0 for piece in self.total for end in (piece.at_start, piece.at_end))

    @classmethod
    def of(
        cls,
        evaluator: Evaluator,
        profile: AnyProfile,
        on: date,
        over: Place,
        *,
        start: Number | None = None,
        end: Number | None = None,
        policy: str | None = None,
    ) -> Curve:
        """The curve over a fact that is a number, by default from nothing to past the last bound that is written.

        Raises what `Evaluator.check` raises; `ValueError` for a place that no number stands at, an item that is not
        there and a range that ends before it begins.
        """
        known = evaluator.profile(profile)
        vocabulary = evaluator.policies.vocabulary
        of = _type(over, vocabulary)
        grid = grid_of(of)
        if grid is None or over.fact is None:
            raise ValueError(f"no number stands at {over}")
        if over.entity != COMPANY and all(item.key != over.item for item in known.lists.get(over.entity, ())):
            raise ValueError(f"there is no item {over.item!r}")
        policies = evaluator.applicable(on, policy)
        step, _ = _step(of, grid)
        first, last = shown(policies, known, over, grid, step, start, end)
        if first > last:
            raise ValueError("the range ends before it begins")
        found = courses(policies, known, on, over, grid, first, last)
        curve = _View(known, on, over, grid, of, vocabulary, found).curve()
        changing = [one.at for one in curve.thresholds] + ([curve.current] if curve.current is not None else [])
        last_of_use = nearer([grid.below(one) for one in changing], first, last, step) if end is None else None
        if last_of_use is not None:
            found = courses(policies, known, on, over, grid, first, last_of_use)
            closer = _View(known, on, over, grid, of, vocabulary, found).curve()
            # Where not every change is found, a shorter range can find fewer.
            curve = closer if len(closer.thresholds) >= len(curve.thresholds) else curve
        return replace(curve, not_in_force=out_of_force(evaluator, on, policy))

    def to_json(self) -> str:
        """The curve as JSON text, words in both languages."""
        from incentives.decision.json import to_text

        return to_text(Curve, self)


def is_number(of: FactType) -> bool:
    """Whether there can be a curve over facts of this type."""
    return grid_of(of) is not None


def usual_year(evaluator: Evaluator, on: date, over: Place, policy: str | None = None) -> int:
    """The year of a yearly fact that most clauses look at; the last that is over where none does."""
    found = year_read(evaluator.applicable(on, policy), over, on)
    return on.year - 1 if found is None else found


def _type(over: Place, vocabulary: Vocabulary) -> SingleType:
    entity = vocabulary.entities.get(over.entity)
    fact = entity.facts.get(over.fact) if entity is not None and over.fact is not None else None
    if fact is None:
        raise ValueError(f"there is no fact {over.fact!r} of {over.entity!r}")
    of = fact.type.of if isinstance(fact.type, YearlyType) else fact.type
    if isinstance(fact.type, YearlyType) != (over.year is not None) or not isinstance(of, SingleType):
        raise ValueError(f"no number stands at {over}")
    return of


class _View:
    def __init__(
        self,
        profile: Profile,
        on: date,
        over: Place,
        grid: Grid,
        of: SingleType,
        vocabulary: Vocabulary,
        found: Courses,
    ) -> None:
        self._profile = profile
        self._on = on
        self._over = over
        self._grid = grid
        self._type = of
        self._vocabulary = vocabulary
        self._found = found
        self._steps, self._step = _step(of, grid)

    def curve(self) -> Curve:
        over, found = self._over, self._found
        assert over.fact is not None
        items = self._profile.lists.get(over.entity, ())
        current = value_at(self._profile, over)
        number = self._grid.below(current) if isinstance(current, int | Decimal) else None
        return Curve(
            company=self._profile.company.name,
            on=self._on,
            entity=over.entity,
            fact=over.fact,
            item=next((item.name for item in items if item.key == over.item), None),
            year=over.year,
            title=self._vocabulary.entities[over.entity].facts[over.fact].title,
            unit=_unit(self._type),
            step=self._step,
            start=self._grid.at(found.first),
            end=self._grid.at(found.last),
            current=current if isinstance(current, int | Decimal) else None,
            at_current=None if number is None else found.total.paid(number)[0],
            total=self._pieces(found.stretches, found, sum(len(one.awards) for one in found.policies)),
            policies=tuple(self._policy(one) for one in found.policies),
            thresholds=self._thresholds(),
        )

    def _policy(self, one: PolicyCourse) -> CurvePolicy:
        moving = [award for award in one.awards if award.along.moves]
        total = self._pieces(one.stretches, one, len(one.awards))
        return CurvePolicy(one.policy.id, one.policy.title, total, tuple(self._award(award) for award in moving))

    def _award(self, one: AwardCourse) -> CurveAward:
        pieces = self._pieces(one.stretches, one, 1)
        outcomes = tuple(stretch.outcome for stretch in one.stretches)
        is_rounded = any(stretch.slack for stretch in one.stretches)
        rounded = roundings(one.clause.award.amount) if is_rounded else ()
        return CurveAward(one.clause.id, one.clause.title, one.name, one.clause.sources, pieces, outcomes, rounded)

    def _pieces(
        self, stretches: Sequence[Stretch], of: Courses | PolicyCourse | AwardCourse, awards: int
    ) -> tuple[CurvePiece, ...]:
        return tuple(
            CurvePiece(
                self._grid.at(one.first),
                self._grid.at(one.last),
                _paid(of, one.first),
                _paid(of, one.last),
                _yuan(one.slack + awards * Fraction(FEN)),
                one.exact,
            )
            for one in stretches
        )

    # Where something changes -----------------------------------------------------------------------

    def _thresholds(self) -> tuple[CurveThreshold, ...]:
        """Every break at which something changes; a kink that lies at the number of a jump stands with it."""
        told: dict[tuple[int, bool], list[Break]] = {}
        for one in breaks(self._found):
            at = one.before if _rounder(one.before, one.after) else one.after
            told.setdefault((at, at < one.after), []).append(one)
        found = (self._threshold(*key, told[key]) for key in sorted(told))
        # Where only the work limit cut a stretch, nothing changes.
        changing = [one for one in found if one.jumps or one.changes or one.losses]
        return tuple(replace(one, number=place) for place, one in enumerate(changing, start=1))

    def _threshold(self, at: int, beyond: bool, found: Sequence[Break]) -> CurveThreshold:
        before, after = min(one.before for one in found), max(one.after for one in found)
        value = self._grid.at(at)
        total = self._found.total
        one, other = total.paid(before)[0], total.paid(after)[0]
        return CurveThreshold(
            number=0,
            at=value,
            text=value_text(self._type, value),
            beyond=beyond,
            jumps=one != other and not self._runs_on(before, after),
            before=one,
            after=other,
            changes=tuple(
                self._change(*award, broken)
                for broken in found
                for award in broken.awards
                if self._moves(*award, broken)
            ),
            losses=tuple(loss for broken in found for policy in broken.policies for loss in _losses(*policy)),
        )

    def _moves(self, award: AwardCourse, left: Stretch, right: Stretch, found: Break) -> bool:
        """Whether an award comes out otherwise on the two sides of a break, or grows at another pace."""
        before, after = award.along.point(found.before), award.along.point(found.after)
        paces = self._grows(award, left), self._grows(award, right)
        return (before.outcome, before.paid) != (after.outcome, after.paid) or (
            None not in paces and paces[0] != paces[1]
        )

    def _runs_on(self, before: int, after: int) -> bool:
        """Whether the total goes on to the next number no faster than it does on either side."""
        stretches = self._found.stretches
        left = next((one for one in stretches if one.first < before == one.last), None)
        right = next((one for one in stretches if one.first == after < one.last), None)
        if left is None or right is None or before == after:
            return before == after
        for end in (0, 1):
            one, other = left.at_last[end], right.at_first[end]
            if INFINITE in (one, other):
                if one != other:
                    return False
                continue
            slopes = [_slope(left, end), _slope(right, end), Fraction(0)]
            moved = Fraction(other) - Fraction(one)
            if not min(slopes) - Fraction(FEN) <= moved <= max(slopes) + Fraction(FEN):
                return False
        return True

    def _change(self, award: AwardCourse, left: Stretch, right: Stretch, found: Break) -> CurveChange:
        before, after = award.along.point(found.before), award.along.point(found.after)
        return CurveChange(
            policy=award.policy.id,
            clause=award.clause.id,
            title=award.clause.title,
            item=award.name,
            sources=award.clause.sources,
            outcome_before=before.outcome,
            outcome_after=after.outcome,
            before=before.paid,
            after=after.paid,
            grows_before=self._grows(award, left),
            grows_after=self._grows(award, right),
            conditions=_conditions(award, found.before, found.after) or self._bounds(award, left, right, found),
        )

    def _bounds(self, award: AwardCourse, left: Stretch, right: Stretch, found: Break) -> tuple[CurveCondition, ...]:
        """The bounds of the award that lie there; at a kink, those between the middles of its two stretches."""
        ends = found.before, found.after
        if found.before == found.after:
            ends = (left.first + left.last) // 2, (right.first + right.last + 1) // 2
        before, after = map(award.along.supposing, ends)
        passed = bounds_passed(award.clause.award.amount, Sides(before, after, (self._over,)))
        return tuple(
            CurveCondition(one.node, one.title, one.needed, None, State.FAILS, State.HOLDS, of_award=True)
            for one in passed
        )

    def _grows(self, award: AwardCourse, one: Stretch) -> Yuan | None:
        """How much the possible amount grows for a step of the fact; of what is rounded, before that."""
        if one.first == one.last or one.at_first.high == INFINITE or not one.exact:
            return None
        return _yuan((_slope(one, 1) if one.slack == 0 else _pace(award, one)) * self._steps)


def _pace(award: AwardCourse, one: Stretch) -> Fraction:
    """How much an amount grows from one number to the next before it is rounded, well within a stretch."""
    granted = award.clause.award
    exactly = granted._replace(amount=unrounded(granted.amount))
    first, last = one.first + (one.last - one.first) // 4, one.last - (one.last - one.first) // 4
    ends = [ranges.ends(amount_of(exactly, award.along.supposing(number)))[1] for number in (first, last)]
    if first == last or INFINITE in ends:
        return _slope(one, 1)
    return (Fraction(ends[1]) - Fraction(ends[0])) / (last - first)


def _paid(of: Courses | PolicyCourse | AwardCourse, number: int) -> Interval:
    if isinstance(of, AwardCourse):
        return of.along.point(number).paid
    return of.total.paid(number)[0]


def _slope(one: Stretch, end: int) -> Fraction:
    return (Fraction(one.at_last[end]) - Fraction(one.at_first[end])) / max(one.last - one.first, 1)


def _conditions(award: AwardCourse, before: int, after: int) -> tuple[CurveCondition, ...]:
    """The tests that come out differently; what joins them follows."""
    states: list[dict[str, State]] = [{}, {}]
    for trace, number in zip(states, (before, after), strict=True):
        evaluate(award.clause.condition, award.along.supposing(number), trace)
    changed: dict[str, Condition] = {}
    for node in walk(award.clause.condition):
        if not children(node) and states[0][node.id] is not states[1][node.id]:
            changed[node.id] = node
    return tuple(
        CurveCondition(name, title(node), needed(node), node.says, states[0][name], states[1][name])
        for name, node in changed.items()
    )


def _losses(policy: PolicyCourse, left: Stretch, right: Stretch) -> list[CurveLoss]:
    """The rules that take from awards on one side only, as they do in the middle of the stretches on either side."""
    titles = {_award_id(award): _award_name(award) for award in policy.awards}
    sides = [_taken(policy, (one.first + one.last) // 2) for one in (left, right)]
    found: list[CurveLoss] = []
    for begins, own, other in ((True, sides[1], sides[0]), (False, sides[0], sides[1])):
        rules: dict[str, list[Lost]] = {}
        for key, lost in own.items():
            if key not in other:
                rules.setdefault(lost.rule, []).append(lost)
        for rule, several in rules.items():
            names = tuple(dict.fromkeys(titles[lost.award] for lost in several))
            found.append(CurveLoss(policy.policy.id, rule, several[0].says, names, begins))
    return found


def _award_id(award: AwardCourse) -> str:
    """How an award is named among those that stacking takes from."""
    return award.clause.id if award.item is None else f"{award.clause.id}/{award.item}"


def _award_name(award: AwardCourse) -> str:
    return award.clause.title if award.name is None else f"{award.clause.title} · {award.name}"


def _taken(policy: PolicyCourse, number: int) -> dict[tuple[str, str], Lost]:
    chosen = policy.total.paid(number)[1]
    lost = () if chosen is None else (*chosen.lost, *chosen.lost_possible)
    return {(one.award, one.rule): one for one in lost}


def _rounder(before: int, after: int) -> bool:
    """Whether the number before a change is the one that people would name: it ends in more noughts."""
    return before == after or _noughts(before) > _noughts(after)


def _noughts(number: int) -> int:
    text = str(number)
    return len(text) - len(text.rstrip("0")) if number else 99


def _yuan(number: Fraction) -> Yuan:
    return _ROUND.quantize(_ROUND.divide(Decimal(number.numerator), Decimal(number.denominator)), FEN)


def _unit(of: SingleType) -> str:
    match of:
        case CountType(unit) | QuantityType(unit):
            return unit
        case RateType():
            return "%"
        case _:
            return "元"


def _step(of: SingleType, grid: Grid) -> tuple[int, Bilingual]:
    """How many numbers of the grid make a step that people speak of, and what it is called."""
    match of:
        case MoneyType():
            value: Number = Decimal(10000)
        case RateType():
            return grid.below(Decimal("0.01")), Bilingual("1个百分点", "percentage point")
        case QuantityType():
            value = Decimal(1)
        case _:
            value = 1
    text = value_text(of, value)
    return grid.below(value), text
