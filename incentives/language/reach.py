"""What a profile must be for an award by tiers or steps to reach any of them. Imports the nodes, bands and facts.

Below the lowest tier the paper gives nothing: the bounds of tiers and steps are conditions of their clause, whether
or not the policy repeats them as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from incentives.diagnostics import Span
from incentives.facts.types import BooleanType, ChoiceType, FactType, MoneyType
from incentives.language.bands import Band, joined, within
from incentives.language.conditions import owner, widest
from incentives.language.keys import from_the_start
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Bound,
    Cases,
    Combined,
    Condition,
    Decided,
    Difference,
    Equals,
    FactValue,
    Form,
    Further,
    How,
    Literal,
    Measured,
    Not,
    NothingBelow,
    OneOf,
    Rounded,
    Row,
    Slices,
    Steps,
    Table,
    Term,
    TermBound,
    Within,
)
from incentives.records import NamedTuple
from incentives.values import ZERO

NOT_REACHED: Final = Literal(ZERO, MoneyType())
"""What an award by tiers gives where none is reached and the policy says nothing of it: told by its identity."""


def reach(amount: Term, node_id: str, span: Span, stated: Sequence[Condition]) -> tuple[Condition, ...]:
    """That some tier or step of an amount is reached: the conditions that all have to hold for it.

    `stated` are the conditions of the clause so far, all of which must hold: what they say is not said again.
    """
    needed = _Reach(span).of(amount, f"{node_id}/reached")
    if needed is None:
        return ()
    return tuple(one for one in _all_of(needed) if not any(_says(said.form, one.form) for said in stated))


class _Option(NamedTuple):
    """A row: what must hold to be in it, None where nothing; and to reach something there, None where nothing."""

    fits: Condition | None
    gives: Condition | None


class _Reach:
    """Builds the conditions, all of them at one place of a policy."""

    def __init__(self, span: Span) -> None:
        self._span = span

    def of(self, amount: Term, at: str) -> Condition | None:
        """None where the amount does not go by tiers, or always reaches one."""
        match amount:
            case Table(_, by, key, rows, otherwise):
                return self._table(by, key, rows, otherwise, at)
            case Cases(_, cases, otherwise, complete):
                options = [_Option(one.when, self.of(one.gives, f"{at}/{n}")) for n, one in enumerate(cases)]
                return self._first(options, NOT_REACHED if complete else otherwise, at, complete=complete)
            case Steps(of, key, before, [only], _, None):
                reached = self._between(f"{at}/now", of, key, Band(Bound(only.at, inclusive=True), None))
                not_yet = self._between(f"{at}/before", before, key, Band(None, Bound(only.at, inclusive=False)))
                return self._node(at, All((reached, not_yet)))
            case Steps():
                return self._node(at, Measured(amount, MoneyType(), None, _above(NOT_REACHED), None, None))
            case Further(of, key, above, every):
                return self._between(at, of, key, Band(Bound(above + every, inclusive=True), None))
            case Slices(of, (lowest, *_)) if lowest.low > 0:
                low = _above(Literal(lowest.low, MoneyType()))
                return self._node(at, Measured(of, MoneyType(), None, low, None, None))
            case Combined(How.SUM, parts):
                return self._any([self.of(part, f"{at}/{place}") for place, part in enumerate(parts)], at)
            case (
                Combined(How.SMALLEST, (first, *_))
                | Difference(first)
                | Rounded(first)
                | NothingBelow(first)
                | Decided(None, first)
            ) if first is not None:
                return self.of(first, at)
            case _:
                return None

    def _table(
        self, by: Term, key: FactType, rows: Sequence[Row], otherwise: Term | None, at: str
    ) -> Condition | None:
        given = [self.of(row.gives, f"{at}/{place}") for place, row in enumerate(rows)]
        if otherwise is NOT_REACHED and not any(given):
            return self._any(self._rows(by, key, rows, at), at)
        options = []
        for place, (row, gives) in enumerate(zip(rows, given, strict=True)):
            options.append(
                _Option(self._any(self._rows(by, key, [row], f"{at}/{place}/row"), f"{at}/{place}/row"), gives)
            )
        return self._first(options, otherwise, at)

    def _rows(self, by: Term, key: FactType, rows: Sequence[Row], at: str) -> list[Condition | None]:
        """That the key fits one of the rows: one for each band and one for the values, None where it always does."""
        values = tuple(dict.fromkeys(value for row in rows for value in row.values or ()))
        found = [self._band(by, key, band, f"{at}/{place}") for place, band in enumerate(joined(rows))]
        if values:
            every = isinstance(key, ChoiceType) and set(values) >= set(key.choices)
            every = every or (isinstance(key, BooleanType) and len(values) == 2)
            form = Measured(by, key, None, None, None, values)
            found.append(None if every else self._node(f"{at}/values", form))
        return found

    def _band(self, by: Term, key: FactType, band: Band, at: str) -> Condition | None:
        low = None if from_the_start(band.low, by) else band.low
        return None if low is None and band.high is None else self._between(at, by, key, Band(low, band.high))

    def _first(
        self, options: Sequence[_Option], otherwise: Term | None, at: str, *, complete: bool = False
    ) -> Condition | None:
        """That the first of several rows that fits reaches something. Of `complete` ones some row fits."""
        if complete and not any(gives for _, gives in options):
            return None
        rest = None if otherwise is None else self.of(otherwise, f"{at}/otherwise")
        options = [*options, *([] if otherwise is NOT_REACHED else [_Option(None, rest)])]
        given = [gives for _, gives in options if gives is not None]
        if given and len(given) == len(options) and all(_alike(one, given[0]) for one in given):
            rows = self._any([fits for fits, _ in options], f"{at}/row")
            return self._all([one for one in (rows, given[0]) if one is not None], at)
        ways: list[Condition | None] = []
        passed: list[Condition] = []
        for place, (fits, gives) in enumerate(options):
            parts = [*passed, *(part for part in (fits, gives) if part is not None)]
            ways.append(self._all(parts, f"{at}/{place}/way"))
            if gives is not None and fits is not None:
                passed.append(self._node(f"{at}/{place}/passed", Not(fits)))
        return self._any(ways, at)

    def _all(self, parts: Sequence[Condition], at: str) -> Condition | None:
        return parts[0] if len(parts) == 1 else self._node(at, All(tuple(parts))) if parts else None

    def _any(self, ways: Sequence[Condition | None], at: str) -> Condition | None:
        known = tuple(way for way in ways if way is not None)
        if len(known) < len(ways):
            return None
        return known[0] if len(known) == 1 else self._node(at, AnyOf(known))

    def _between(self, at: str, of: Term, key: FactType, band: Band) -> Condition:
        low, high = (_end(end, key) for end in (band.low, band.high))
        return self._node(at, Measured(of, key, None, low, high, None))

    def _node(self, at: str, form: Form) -> Condition:
        parts = form.of if isinstance(form, All | AnyOf) else (form.of,) if isinstance(form, Not) else ()
        entity = widest(parts) if parts else owner(form)
        return Condition(at, self._span, entity, None, None, form)


def _alike(one: Condition, other: Condition) -> bool:
    """Whether two tests ask the same."""
    return isinstance(one.form, Measured) and one.form == other.form


def _all_of(condition: Condition) -> tuple[Condition, ...]:
    """What a condition joins by all; itself where it does not."""
    return (
        tuple(part for one in condition.form.of for part in _all_of(one))
        if isinstance(condition.form, All)
        else (condition,)
    )


def _says(stated: Form, needed: Form) -> bool:
    """Whether one condition leaves nothing that another test of the same value refuses."""
    if not isinstance(needed, Measured):
        return False
    match stated:
        case All(of):
            return any(_says(part.form, needed) for part in of)
        case AnyOf(of):
            return all(_says(part.form, needed) for part in of)
        case AtLeast(of) as several:
            return sum(_says(part.form, needed) for part in of) >= several.failures
        case Within(fact, _, low, high) if needed.term == FactValue(fact):
            return needed.values is None and within(Band(low, high), _written(needed.low, needed.high))
        case Measured(term, _, _, low_end, high_end, None) if term == needed.term:
            return needed.values is None and within(_written(low_end, high_end), _written(needed.low, needed.high))
        case Measured(term, _, _, None, None, values) if term == needed.term and values is not None:
            return set(values) <= set(needed.values or ())
        case OneOf(fact, _, values, None) if needed.term == FactValue(fact):
            return set(values) <= set(needed.values or ())
        case Equals(fact, _, value) if needed.term == FactValue(fact):
            return value in (needed.values or ())
        case _:
            return False


def _written(low: TermBound | None, high: TermBound | None) -> Band:
    """The ends that are written out; what is worked out is no end here."""
    ends = (
        Bound(end.of.value, end.inclusive) if end is not None and isinstance(end.of, Literal) else None
        for end in (low, high)
    )
    return Band(*ends)


def _end(end: Bound | None, key: FactType) -> TermBound | None:
    return None if end is None else TermBound(Literal(end.value, key), end.inclusive)


def _above(literal: Literal) -> TermBound:
    return TermBound(literal, inclusive=False)
