"""Whether an amount runs in a straight line while a fact runs through a range: proved, not sampled.

Imports the reference evaluator's atoms and terms, grids and reads. A proof goes along the term. What joins straight
lines by the larger or the smaller of them is convex or concave at either end of its range, and such a line is
straight where its middle lies on the chord; a comparison of straight lines that comes out alike at both ends comes
out alike between them; what never falls is the same between two places where it is the same. What is rounded is a
line within what it is rounded to: its steps are no thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, NamedTuple, assert_never

from incentives.advice.grid import Grid
from incentives.advice.trial import Supposed
from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount, Number, Open
from incentives.engines.atoms import measure, passes
from incentives.engines.ranges_of_facts import among, inside, number, row_fits
from incentives.engines.reference import Trace
from incentives.engines.reference import evaluate as settled
from incentives.engines.subjects import CameTo, Subject, WorkedOut, at_item, known
from incentives.engines.terms.evaluate import evaluate
from incentives.engines.terms.lists import items_of
from incentives.engines.terms.years import two_years
from incentives.facts.places import Place
from incentives.facts.profile import Item
from incentives.facts.types import NUMBERS
from incentives.facts.vocabulary import Entity
from incentives.language import nodes
from incentives.language.nodes import Condition, How, Term
from incentives.language.reads import reads_in
from incentives.records import replaced
from incentives.values import State

EXACTLY: Final = Fraction(0)
"""How far from its line a straight amount lies that is not rounded."""


class Views(NamedTuple):
    """One subject with a fact supposed to be anything in a stretch, and to be its first, middle and last number.

    The middle lies `share` of the way.
    """

    over: Subject
    first: Subject
    middle: Subject
    last: Subject
    share: Fraction
    steps: int
    """How many steps of the grid the stretch is long."""
    told: dict[int, Fraction | None]
    """What was found of terms here, by their identity: one that is named often is looked at once."""
    states: Trace
    """What conditions come to all over the stretch."""

    def at_item(self, entity: str, item: Item) -> Views:
        over, first, middle, last = (at_item(one, entity, item) for one in self[:4])
        return Views(over, first, middle, last, self.share, self.steps, {}, {})


def views(subject: Subject, place: Place, grid: Grid, first: int, last: int) -> Views:
    """The views of a subject on the stretch from `first` to `last` of a fact's grid."""
    middle = (first + last) // 2

    def supposing(low: int, high: int) -> Subject:
        return supposing_that(subject, {place: grid.between(low, high)})

    share = Fraction(middle - first, max(last - first, 1))
    return Views(
        supposing(first, last),
        supposing(first, first),
        supposing(middle, middle),
        supposing(last, last),
        share,
        last - first,
        {},
        {},
    )


def supposing_that(subject: Subject, supposed: Supposed) -> Subject:
    """The subject under a supposition.

    What definitions come to under another says nothing about this one, but for those that are unmoved.
    """
    known = subject.worked_out
    fresh = known.of_another_number() if isinstance(known, Unmoved) else WorkedOut()
    return subject._replace(supposed=supposed, worked_out=fresh)


class Unmoved(WorkedOut):
    """What definitions come to at one number of a fact, and those at all of them that do not look at it."""

    __slots__ = ("_at_all", "_proofs")

    def __init__(self, proofs: Proofs, at_all: WorkedOut | None = None) -> None:
        super().__init__()
        self._proofs = proofs
        self._at_all = at_all if at_all is not None else WorkedOut()

    def of_another_number(self) -> Unmoved:
        return Unmoved(self._proofs, self._at_all)

    def find(self, key: tuple[int, object]) -> CameTo | None:
        return self._at_all.find(key) or super().find(key)

    def keep(self, key: tuple[int, object], found: CameTo) -> None:
        if self._proofs.touches(found.of):
            super().keep(key, found)
        else:
            self._at_all.keep(key, found)


class Proofs:
    """Proofs about one fact. Holds which parts of the clauses look at it."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._touched: dict[int, tuple[Condition | Term, bool]] = {}

    def touches(self, part: Condition | Term) -> bool:
        """Whether a condition or a term looks at the fact, in any year, on any item."""
        found = self._touched.get(id(part))
        if found is None:
            found = part, (self._place.entity, self._place.fact) in reads_in(part).facts
            self._touched[id(part)] = found
        return found[1]

    # ------------------------------------------------------------ conditions

    def still(self, condition: Condition, at: Views) -> bool:
        """Whether a condition comes out alike wherever the fact lies in the stretch."""
        if not self.touches(condition) or not settled(condition, at.over, at.states).unknown:
            return True
        match condition.form:
            case nodes.All(of) | nodes.AnyOf(of) | nodes.AtLeast(of):
                return all(self.still(part, at) for part in of)
            case nodes.Not(of) | nodes.Holds(_, of):
                return self.still(of, at)
            case nodes.Measured() as form:
                return self._still_measured(form, at)
            case nodes.Items(_, entity, where):
                items = items_of(entity, at.over)
                return items is None or all(self.still(where, at.at_item(entity.id, item)) for item in items)
            case nodes.OneOf(fact, _, values):
                found = known(fact, at.over)
                return isinstance(found, Open) and among(found, values) is False
            case (
                nodes.Within()
                | nodes.Equals()
                | nodes.IncludesAny()
                | nodes.StartsWith()
                | nodes.Unstated()
                | nodes.ItemExists()
            ):
                return False
            case _:
                assert_never(condition.form)

    def _still_measured(self, form: nodes.Measured, at: Views) -> bool:
        """Whether every side of a comparison of straight lines comes out alike at both ends of the stretch."""
        if not isinstance(form.type, NUMBERS):
            return form.values is not None and self._is_the_same(form.term, at)
        if self.slack(form.term, at) != EXACTLY:
            return False
        limits = [end.of for end in (form.low, form.high) if end is not None]
        if any(self.slack(limit, at) != EXACTLY for limit in limits):
            return False
        if form.values is not None:
            ends = [nodes.TermBound(nodes.Literal(value, form.type), True) for value in form.values]
            sides = [replaced(form, low=end, high=None, values=None) for end in ends]
            sides += [replaced(form, low=None, high=end, values=None) for end in ends]
        else:
            sides = [replaced(form, low=form.low, high=None)] if form.low is not None else []
            sides += [replaced(form, low=None, high=form.high)] if form.high is not None else []
        return all(measure(side, at.first) is measure(side, at.last) for side in sides)

    def _is_the_same(self, term: Term, at: Views) -> bool:
        """Whether a term that is no number comes to the same all along the stretch."""
        if not self.touches(term):
            return True
        match term:
            case nodes.Defined(_, _, of):
                return self._is_the_same(of, at)
            case nodes.Table(_, by, _, rows):
                key = evaluate(by, at.over, passes) if self.touches(by) else None
                chosen = key is None or all(row_fits(row, key) is not None for row in rows)
            case nodes.Cases(_, rows):
                chosen = all(self.still(case.when, at) for case in rows)
            case _:
                return False
        given = [*(row.gives for row in rows), *(() if term.otherwise is None else (term.otherwise,))]
        return chosen and all(self._is_the_same(one, at) for one in given)

    # ------------------------------------------------------------ terms

    def slack(self, term: Term, at: Views) -> Fraction | None:
        """How far the ends of a term's range may lie from straight lines along the stretch; None without a proof."""
        if not self.touches(term):
            return EXACTLY
        if id(term) not in at.told:
            at.told[id(term)] = self._slack(term, at)
        return at.told[id(term)]

    def _slack(self, term: Term, at: Views) -> Fraction | None:
        match term:
            case nodes.Literal() | nodes.ApplicationDay():
                return EXACTLY
            case nodes.Granted() | nodes.YearsGranted() | nodes.TimesGranted() | nodes.YearsSinceGranted():
                # How far the ledger reaches, and whether that is far enough, is one step along the fact.
                return EXACTLY if _ends(term, at.first) == _ends(term, at.last) else None
            case nodes.FactValue() | nodes.YearValue() | nodes.Increase():
                return EXACTLY
            case nodes.Defined(_, _, of):
                return self.slack(of, at)
            case nodes.OverYears(undefined=undefined):
                return self._unbent(term, at, undefined)
            case nodes.Growth(_, year, undefined):
                this_year = self._place.year == year.at(at.over.on.year)
                return self._unbent(term, at, undefined) if this_year else None
            case nodes.Difference(left, right):
                return _together([self.slack(left, at), self.slack(right, at)])
            case nodes.Combined(how, of):
                return self._combined(term, how, of, at)
            case nodes.Product(left, right):
                return self._product(term, left, right, at)
            case nodes.Ratio(of, to, undefined):
                return self._unbent(term, at, of, undefined) if self._held(to, at) else None
            case nodes.Decided(low, high):
                return self._unbent(term, at, low, high)
            case nodes.CountValues(of):
                return EXACTLY if self._held(of, at) else None
            case nodes.OverItems(how, entity, of, where):
                return self._over_items(term, how, entity, of, where, at)
            case nodes.CountItems(entity, where):
                return self._over_items(term, How.SUM, entity, None, where, at)
            case nodes.Table():
                return self._table(term, at)
            case nodes.Cases():
                return self._cases(term, at)
            case nodes.Slices(of, rows):
                bounds = [bound for row in rows for bound in (row.low, row.high) if bound is not None]
                return self._between_bounds(of, bounds, at)
            case nodes.GrowthSlices():
                return self._growth_slices(term, at)
            case nodes.Steps(of, _, before):
                moved = [part for part in (of, before) if not self._held(part, at)]
                return self._stairs(term, moved[0], at) if len(moved) == 1 else self._settled(term, at)
            case nodes.Further(of, _, above, every):
                found = self._stairs(term, of, at)
                return found if found is not None else self._whole_steps(of, above, every, at)
            case nodes.WholeUnits(of):
                return self._stairs(term, of, at)
            case nodes.Rounded(of, to):
                return self._rounded(term, of, Fraction(to), at)
            case nodes.NothingBelow(of, least):
                return self._nothing_below(of, Fraction(least), at)
            case nodes.Elapsed() | nodes.Shifted():
                return None
            case _:
                assert_never(term)

    def _held(self, term: Term, at: Views) -> bool:
        """Whether a term is the same all along: it looks at nothing that moves, or at another year of it."""
        if not self.touches(term):
            return True
        return self.slack(term, at) == EXACTLY and _ends(term, at.first) == _ends(term, at.last)

    def _unbent(self, term: Term, at: Views, *parts: Term | None) -> Fraction | None:
        """What is convex or concave in parts that are straight: whether its middle lies on the chord."""
        if any(part is not None and self.slack(part, at) != EXACTLY for part in parts):
            return None
        first, middle, last = (_ends(term, subject) for subject in (at.first, at.middle, at.last))
        level = all(on_chord(first[end], middle[end], last[end], at.share) for end in (0, 1))
        return EXACTLY if level else None

    def _settled(self, term: Term, at: Views) -> Fraction | None:
        low, high = _ends(term, at.over)
        return EXACTLY if low == high else None

    def _combined(self, term: Term, how: How, of: Sequence[Term], at: Views) -> Fraction | None:
        slacks = [self.slack(part, at) for part in of]
        together = _together(slacks)
        match how:
            case How.SUM:
                return together
            case How.MEAN:
                return None if together is None else together / len(of)
            case How.LARGEST | How.SMALLEST:
                if together is None:
                    return None
                lines = [self._line(part, at) for part in of]
                if not together and all(line is part for line, part in zip(lines, of, strict=True)):
                    return self._unbent(term, at)
                return self._leading(
                    of, [slack or EXACTLY for slack in slacks], lines, at, largest=how is How.LARGEST
                )
            case _:
                assert_never(how)

    def _leading(
        self,
        of: Sequence[Term],
        slacks: Sequence[Fraction],
        lines: Sequence[Term | None],
        at: Views,
        *,
        largest: bool,
    ) -> Fraction | None:
        """How far the largest or smallest of several parts lies from a straight line; None without a proof.

        It is as far as the part that lies beyond all others at both ends of the stretch by more than their slacks.
        Where the parts follow lines of which one lies beyond the others at both ends, it follows that one, no
        further from it than any of them is from its own; where no one does, two of them cross.
        """
        followed = [line for line in lines if line is not None]
        whole = len(followed) == len(of)
        if whole and self._beyond(followed, [EXACTLY] * len(of), at, largest=largest) is None:
            return None
        found = self._beyond(of, slacks, at, largest=largest)
        if found is not None:
            return max(slacks[own] for own in found)
        return max(slacks) if whole else None

    def _beyond(
        self, of: Sequence[Term], slacks: Sequence[Fraction], at: Views, *, largest: bool
    ) -> tuple[int, ...] | None:
        """Which part lies beyond all others at both ends of the stretch, at either end of its range; None if none."""
        sign = 1 if largest else -1
        places = [[_ends(part, subject) for part in of] for subject in (at.first, at.last)]
        found: list[int] = []
        for end in (0, 1):
            for own, slack in enumerate(slacks):
                if all(
                    ranges.minus(sign * row[own][end], slack) >= ranges.plus(sign * row[other][end], slacks[other])
                    for row in places
                    for other in range(len(of))
                    if other != own
                ):
                    found.append(own)
                    break
            else:
                return None
        return tuple(found)

    def _product(self, term: Term, left: Term, right: Term, at: Views) -> Fraction | None:
        moved, held = (left, right) if self._held(right, at) else (right, left)
        if not self._held(held, at):
            return None
        slack = self.slack(moved, at)
        factor = number(evaluate(held, at.first, passes))
        if slack is None:
            return None
        if not isinstance(factor, Open):
            return slack * abs(Fraction(factor))
        return None if slack else self._unbent(term, at)

    def _over_items(
        self, term: Term, how: How, entity: Entity, of: Term | None, where: Condition | None, at: Views
    ) -> Fraction | None:
        items = items_of(entity, at.over)
        if items is None:
            return self._unbent(term, at)
        slack = EXACTLY
        for item in items:
            there = at.at_item(entity.id, item)
            if where is not None and not self.still(where, there):
                return None
            state = State.HOLDS if where is None else passes(where, there.first)
            own = EXACTLY if of is None or state is State.FAILS else self.slack(of, there)
            if own is None or (own and (how is not How.SUM or state is not State.HOLDS)):
                return None
            slack += own
        return slack or self._unbent(term, at)

    def _table(self, term: nodes.Table, at: Views) -> Fraction | None:
        if self.touches(term.by):
            key = evaluate(term.by, at.over, passes)
            for row in term.rows:
                fits = row_fits(row, key)
                if fits:
                    return self.slack(row.gives, at)
                if fits is None:
                    break
            else:
                return EXACTLY if term.otherwise is None else self.slack(term.otherwise, at)
            if not self._same_rows(term, at):
                return None
        key = evaluate(term.by, at.first, passes)
        fitting = [(row.gives, row_fits(row, key)) for row in term.rows]
        return self._one_of([(gives, fits) for gives, fits in fitting], term.otherwise, term, at)

    def _same_rows(self, term: nodes.Table, at: Views) -> bool:
        """Whether a key that is not known, and runs straight, lies alike to the ends of every row."""
        if not isinstance(term.key, NUMBERS) or self.slack(term.by, at) != EXACTLY:
            return False
        keys = [evaluate(term.by, subject, passes) for subject in (at.first, at.last)]
        sides = [(row.low, None) for row in term.rows] + [(None, row.high) for row in term.rows]
        if any(row.values is not None for row in term.rows):
            return False
        return all(inside(keys[0], *side) is inside(keys[1], *side) for side in sides)

    def _cases(self, term: nodes.Cases, at: Views) -> Fraction | None:
        if not all(self.still(case.when, at) for case in term.rows):
            return None
        states = [passes(case.when, at.first) for case in term.rows]
        truths = [None if state.unknown else state is State.HOLDS for state in states]
        parts = [(case.gives, truth) for case, truth in zip(term.rows, truths, strict=True)]
        return self._one_of(parts, term.otherwise, term, at)

    def _one_of(
        self, parts: Sequence[tuple[Term, bool | None]], otherwise: Term | None, term: Term, at: Views
    ) -> Fraction | None:
        """The first part that is known to count; the hull of all that may be it, which bends where two cross."""
        counting: list[Term | None] = []
        for gives, counts in parts:
            if counts is not False:
                counting.append(gives)
            if counts:
                break
        else:
            counting.append(otherwise)
        if len(counting) == 1:
            return EXACTLY if counting[0] is None else self.slack(counting[0], at)
        return self._unbent(term, at, *counting)

    def _between_bounds(self, of: Term, bounds: Sequence[Number], at: Views) -> Fraction | None:
        """Whether a straight line stays between the same two bounds, at either end of its range."""
        if self.slack(of, at) != EXACTLY:
            return None
        for one, other in zip(_ends(of, at.first), _ends(of, at.last), strict=True):
            low, high = min(one, other), max(one, other)
            if any(low < bound < high for bound in bounds):
                return None
        return EXACTLY

    def _growth_slices(self, term: nodes.GrowthSlices, at: Views) -> Fraction | None:
        years = [two_years(term.fact, term.year, subject) for subject in (at.first, at.last)]
        bounds = [bound for row in term.slices for bound in (row.low, row.high) if bound is not None]
        (this, before), (this_last, before_last) = years
        if isinstance(this, Open) or isinstance(before, Open):
            # Over an earlier year that is not known it pays at most as over one of the amounts it can have been.
            rising = isinstance(before, Open) and before == before_last and before.low <= 0 and _convex(term.slices)
            return self._unbent(term, at) if rising else None
        assert not isinstance(this_last, Open)
        assert not isinstance(before_last, Open)
        if before != before_last and not (before > 0 and before_last > 0):
            return None
        for bound in [*bounds, Decimal(-1)]:
            above = [_over(now, then, Fraction(bound)) for now, then in ((this, before), (this_last, before_last))]
            if min(above) < 0 < max(above):
                return None
        return EXACTLY

    def _stairs(self, term: Term, moved: Term, at: Views) -> Fraction | None:
        """What only rises, or only falls, with a straight line: level where it is at both ends."""
        if self.slack(moved, at) != EXACTLY or _ends(term, at.first) != _ends(term, at.last):
            return None
        return EXACTLY

    def _whole_steps(self, of: Term, above: Number, every: Number, at: Views) -> Fraction | None:
        """Whether each number of the grid lies a whole number of `every` above: no step is in between."""
        first, last = (number(evaluate(of, subject, passes)) for subject in (at.first, at.last))
        if isinstance(first, Open) or isinstance(last, Open) or min(first, last) < above:
            return None
        if self.slack(of, at) != EXACTLY:
            return None
        step = (Fraction(last) - Fraction(first)) / max(at.steps, 1)
        even = step % Fraction(every) == 0 and (Fraction(first) - Fraction(above)) % Fraction(every) == 0
        return EXACTLY if even else None

    def _rounded(self, term: Term, of: Term, to: Fraction, at: Views) -> Fraction | None:
        level = self._stairs(term, of, at)
        if level is not None:
            return level
        slack = self.slack(of, at)
        ends = [_ends(of, subject) for subject in (at.first, at.last)]
        if slack is None or any(end in (INFINITE, -INFINITE) for pair in ends for end in pair):
            return None
        if slack == 0 and all(
            Fraction(first) % to == 0 and (Fraction(last) - Fraction(first)) / max(at.steps, 1) % to == 0
            for first, last in zip(*ends, strict=True)
        ):
            return EXACTLY
        return slack + to

    def _line(self, term: Term, at: Views) -> Term | None:
        """The straight line that a term follows, rounded or not, and so never turning; None where there is none."""
        slack = self.slack(term, at)
        if slack is None or not self.touches(term):
            return term if slack == EXACTLY else None
        match term:
            case nodes.Rounded(of) | nodes.Defined(_, _, of):
                line = self._line(of, at)
            case nodes.NothingBelow(of) if min(*_ends(term, at.first), *_ends(term, at.last)) > 0:
                line = self._line(of, at)
            case _:
                line = None
        return term if line is None and slack == EXACTLY else line

    def _nothing_below(self, of: Term, least: Fraction, at: Views) -> Fraction | None:
        slack = self.slack(of, at)
        if slack is None:
            return None
        aside = slack if self._line(of, at) is None else EXACTLY
        paid_somewhere = False
        for one, other in zip(_ends(of, at.first), _ends(of, at.last), strict=True):
            paid, unpaid = min(one, other) >= least + aside, max(one, other) < least - aside
            if not paid and not unpaid:
                return None
            paid_somewhere = paid_somewhere or paid
        return slack if paid_somewhere else EXACTLY


def unrounded(term: Term) -> Term:
    """An amount as it would be if nothing of it were rounded: what it is the rounded line of."""
    match term:
        case nodes.Rounded(of):
            return unrounded(of)
        case nodes.NothingBelow(of) | nodes.Defined(_, _, of):
            return replaced(term, of=unrounded(of))
        case nodes.Combined(_, of):
            return replaced(term, of=tuple([unrounded(part) for part in of]))
        case nodes.Product(left, right) | nodes.Difference(left, right):
            return replaced(term, left=unrounded(left), right=unrounded(right))
        case _:
            return term


def on_chord(first: Number, middle: Number, last: Number, share: Fraction) -> bool:
    """Whether `middle` lies where the straight line from `first` to `last` is after `share` of the way."""
    if any(number in (INFINITE, -INFINITE) for number in (first, middle, last)):
        return first == middle == last
    return Fraction(middle) == Fraction(first) + share * (Fraction(last) - Fraction(first))


def _ends(term: Term, subject: Subject) -> tuple[Number, Number]:
    found: Amount = number(evaluate(term, subject, passes))
    return ranges.ends(found)


def _together(slacks: Sequence[Fraction | None]) -> Fraction | None:
    return None if any(slack is None for slack in slacks) else sum((slack or EXACTLY for slack in slacks), EXACTLY)


def _convex(rows: Sequence[nodes.Slice]) -> bool:
    """Whether slices follow on one another without an end, each at a rate no lower than the one before."""
    follow = all(one.high == other.low and one.rate <= other.rate for one, other in pairwise(rows))
    return follow and bool(rows) and rows[-1].high is None


def _over(now: Number, before: Number, bound: Fraction) -> Fraction:
    """By how much a year exceeds the one before when that has grown by `bound`."""
    return Fraction(now) - Fraction(before) * (1 + bound)
