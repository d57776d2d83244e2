"""The figures that an award is worked out from, so that a sum can be checked. Imports rows, terms and their words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from incentives.engines.atoms import passes
from incentives.engines.rows import Row
from incentives.engines.terms.evaluate import evaluate
from incentives.explain.amounts import measured_text
from incentives.explain.same import Same
from incentives.explain.terms import term_text
from incentives.explain.vouching import Vouched, vouching
from incentives.facts.types import CountType, DateType, FactType, ManyType, MoneyType, RateType, YearlyType
from incentives.facts.vocabulary import Fact
from incentives.language import nodes
from incentives.language.nodes import Term, Unit
from incentives.language.walks import inner
from incentives.records import NamedTuple, frozen
from incentives.values import Bilingual


@frozen
class FigureView:
    """A fact in its year, a sum over years or a list, a definition, or what was granted before; with its value.

    `actual` is None where that is not known. `depth` is how far below the first figures it stands: it is what the one
    above it is worked out from. `self_declared` and `suppliers` are those of `ConditionView`.
    """

    title: Bilingual
    actual: Bilingual | None
    depth: int
    self_declared: bool
    suppliers: tuple[Bilingual, ...]

    @classmethod
    def of(cls, title: Bilingual, actual: Bilingual | None, depth: int, vouched: Vouched) -> FigureView:
        known = actual is not None
        return cls(title, actual, depth, known and vouched.own_word, vouched.suppliers if known else ())


class _Figure(NamedTuple):
    term: Term
    type: FactType
    title: Bilingual
    vouched: Vouched


def figures(amount: Term, row: Row) -> tuple[FigureView, ...]:
    """The figures of an award on a row, in the order in which its formula names them, each once."""
    return tuple(
        FigureView.of(
            figure.title, measured_text(figure.type, evaluate(figure.term, row.subject, passes)), 0, figure.vouched
        )
        for figure in _named(Same(amount))
    )


@lru_cache(maxsize=4096)
def _named(of: Same[Term]) -> tuple[_Figure, ...]:
    """Kept, since a portal explains the same awards to one company after another."""
    found: dict[str, _Figure] = {}
    for figure in _in(of.one):
        found.setdefault(figure.title.zh, figure)
    return tuple(found.values())


def _in(term: Term) -> Iterator[_Figure]:
    """Of definitions that rest on others the first alone, and the facts behind them all."""
    seen: set[int] = set()
    waiting = [(term, False)]
    while waiting:
        written, defined = waiting.pop()
        part = nodes.Increase(written.fact, written.year) if isinstance(written, nodes.GrowthSlices) else written
        of = None if defined and isinstance(part, nodes.Defined) else type_of(part)
        if of is not None:
            yield _Figure(part, of, term_text(part), vouching(part))
        if not isinstance(written, nodes.Defined):
            waiting += [(below, defined) for below in reversed(inner(written))]
        elif id(written.of) not in seen:
            seen.add(id(written.of))
            waiting.append((written.of, True))


_UNITS = {
    Unit.YEARS: "年",
    Unit.MONTHS: "个月",
    Unit.DAYS: "天",
    Unit.CALENDAR_YEARS: "年",
    Unit.ACCOUNTING_YEARS: "年",
}


def type_of(part: Term) -> FactType | None:
    """The type of what is a figure by itself; None of what joins figures, which has no name of its own."""
    match part:
        case nodes.FactValue(fact) | nodes.YearValue(fact) | nodes.OverYears(_, fact) | nodes.Increase(fact):
            return _single(fact)
        case nodes.Growth():
            return RateType()
        case nodes.OverItems(_, _, of):
            return type_of(of)
        case nodes.CountItems() | nodes.CountValues():
            return CountType("项")
        case nodes.Elapsed(unit):
            return CountType(_UNITS[unit])
        case nodes.Granted():
            return MoneyType()
        case nodes.YearsGranted() | nodes.YearsSinceGranted():
            return CountType("年")
        case nodes.TimesGranted():
            return CountType("次")
        case nodes.Defined(_, _, of):
            return _type_defined(Same(of))
        case _:
            return None


@lru_cache(maxsize=4096)
def _type_defined(of: Same[Term]) -> FactType | None:
    """Kept, for a definition that names another one is asked for at each of them."""
    return type_in(of.one)


def type_in(term: Term) -> FactType | None:
    """The type of what a definition comes to, as far as its form says it."""
    match term:
        case nodes.Literal(_, of):
            return of
        case nodes.Table(_, _, _, rows):
            return type_in(rows[0].gives)
        case nodes.Cases(_, cases):
            return type_in(cases[0].gives)
        case nodes.Combined(_, of):
            return type_in(of[0])
        case nodes.Difference(left):
            return type_in(left)
        case nodes.Ratio():
            return RateType()
        case nodes.Shifted() | nodes.ApplicationDay():
            return DateType()
        case nodes.Slices() | nodes.GrowthSlices() | nodes.Steps() | nodes.Further() | nodes.Rounded():
            return MoneyType()
        case _:
            return type_of(term)


def _single(fact: Fact) -> FactType | None:
    """The type of one value of a fact; None of words and yes or no, which are no figures."""
    of = fact.type.of if isinstance(fact.type, YearlyType) else fact.type
    return None if isinstance(of, ManyType) else of
