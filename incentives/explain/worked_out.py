"""What a measured condition is worked out from, down to the facts of the profile.

A score from its parts, a growth from the figures of its years. Imports subjects, the nodes, figures and words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from incentives.engines.atoms import passes
from incentives.engines.subjects import Subject, at_item, holder_of
from incentives.engines.terms.evaluate import evaluate
from incentives.explain.amounts import measured_text, value_text
from incentives.explain.figures import FigureView, type_in, type_of
from incentives.explain.same import Same
from incentives.explain.scores import part_title
from incentives.explain.vouching import NOBODY, Vouched, vouched_for, vouching
from incentives.explain.words import title
from incentives.facts.types import FactType, RateType, Series
from incentives.facts.vocabulary import Fact
from incentives.language import nodes
from incentives.language.nodes import Condition, Items, Measured, Term, Year
from incentives.language.walks import inner, walk
from incentives.records import NamedTuple
from incentives.values import Bilingual, State


class _Years(NamedTuple):
    """A yearly fact in some years, or in every year up to the last one of them where the first is not said."""

    fact: Fact
    years: tuple[Year, ...]
    ever: bool = False


class _Passing(NamedTuple):
    """The items that pass a test of a list."""

    condition: Condition
    test: Items


_Source = Term | _Years | _Passing
"""What something is worked out from, as it is told: it has a name and, where it is known, a value."""


class _Line(NamedTuple):
    source: _Source
    depth: int
    title: Bilingual
    vouched: Vouched


def behind(form: Measured, subject: Subject) -> tuple[FigureView, ...]:
    """What the measure, and each end of its that is worked out, comes from; each line above what that comes from."""
    return tuple(
        [
            FigureView.of(line.title, _value(line.source, subject), line.depth, line.vouched)
            for line in _laid_out(Same(form))
        ]
    )


def is_worked_out(term: Term) -> bool:
    """Whether a term has figures behind it; else it is a fact, or tells itself what it compares."""
    return not isinstance(term, nodes.Steps) and bool(_next(term))


def passing(form: Items, subject: Subject) -> Bilingual:
    """The items that pass the condition of a test of a list, by name."""
    items = subject.profile.lists.get(form.entity.id, ())
    found = [item.name for item in items if passes(form.where, at_item(subject, form.entity.id, item)) is State.HOLDS]
    if not found:
        return Bilingual("无", "none")
    return Bilingual("、".join(found), ", ".join(found))


# What stands behind a term, whatever the facts are --------------------------------------------------


@lru_cache(maxsize=4096)
def _laid_out(of: Same[Measured]) -> tuple[_Line, ...]:
    """Kept, since a portal explains the same conditions to one company after another."""
    form = of.one
    seen: set[int] = set()
    lines: list[_Line] = []
    if not isinstance(form.term, nodes.Steps):
        _lay_out(form.term, 0, seen, lines)
    for end in (form.low, form.high):
        if end is not None:
            _lay_out(end.of, 0, seen, lines)
    return tuple(lines)


def _lay_out(of: _Source, depth: int, seen: set[int], lines: list[_Line]) -> None:
    """Each source once at its place, above its own; of a definition that was `seen` the value alone."""
    told: set[str] = set()
    for source in _next(of):
        named = _named(source)
        if named.zh in told:
            continue
        told.add(named.zh)
        lines.append(_Line(source, depth, named, NOBODY if _next(source) else _vouched(source)))
        if isinstance(source, nodes.Defined):
            if id(source.of) in seen:
                continue
            seen.add(id(source.of))
        _lay_out(source, depth + 1, seen, lines)


def _named(source: _Source) -> Bilingual:
    match source:
        case _Years(fact):
            return fact.title
        case _Passing(condition):
            return title(condition)
        case _:
            return part_title(source)


def _vouched(source: _Source) -> Vouched:
    match source:
        case _Years(fact):
            return vouched_for([fact])
        case _Passing(condition):
            return vouching(condition)
        case _:
            return vouching(source)


def _next(of: _Source) -> tuple[_Source, ...]:
    """What something is worked out from first; nothing of a fact, and of what is counted or added up over a list."""
    match of:
        case nodes.Growth(fact, year, _, years):
            return (_Years(fact, (year.before(years), year)),)
        case nodes.Increase(fact, year) | nodes.GrowthSlices(fact, year):
            return (_Years(fact, (year.before(1), year)),)
        case nodes.OverYears(_, fact, None, last):
            return (_Years(fact, (last,), ever=True),)
        case nodes.OverYears(_, fact, Year() as first, last) if first.fixed == last.fixed:
            many = abs(first.number - last.number) + 1
            return (_Years(fact, tuple([last.before(ago) for ago in reversed(range(many))])),)
        case nodes.Ratio(part, whole):
            return (*_told(part), *_told(whole))
        case nodes.Defined(_, _, defined):
            return _next(defined) or _told(defined)
        case nodes.Cases(_, cases):
            decides = [source for case in cases for source in _deciding(case.when)]
            return (*decides, *[source for part in inner(of) for source in _told(part)])
        case nodes.OverYears() | nodes.Granted() | nodes.CountValues() | _Years() | _Passing():
            return ()
        case _:
            return tuple([source for part in inner(of) for source in _told(part)])


def _told(term: Term) -> tuple[_Source, ...]:
    """A term that has a name of its own; else what it joins."""
    return (term,) if _type_of(term) is not None else _next(term)


def _deciding(condition: Condition) -> Iterator[_Source]:
    """What the conditions of a case look at."""
    for part in walk(condition):
        match part.form:
            case Measured(term):
                yield from _told(term)
            case Items() as test:
                yield _Passing(part, test)
            case nodes.Within() | nodes.Equals() | nodes.OneOf() | nodes.StartsWith() | nodes.IncludesAny() as asked:
                yield nodes.FactValue(asked.fact)
            case _:
                pass


def _type_of(term: Term) -> FactType | None:
    """The type of what has a name and a value of its own."""
    match term:
        case nodes.FactValue(fact):
            return fact.type
        case nodes.Ratio():
            return RateType()
        case nodes.Table():
            return type_in(term)
        case _:
            return type_of(term)


# On a profile ---------------------------------------------------------------------------------------


def _value(source: _Source, subject: Subject) -> Bilingual | None:
    match source:
        case _Years(fact, years, ever):
            return _in_years(fact, years, ever, subject)
        case _Passing(_, test):
            return passing(test, subject)
        case nodes.FactValue(fact):
            holder = holder_of(fact, subject)
            value = holder.values.get(fact.id) if holder is not None else None
            return value_text(fact.type, value) if value is not None else None
        case _:
            of = _type_of(source)
            return measured_text(of, evaluate(source, subject, passes)) if of is not None else None


def _in_years(fact: Fact, years: tuple[Year, ...], ever: bool, subject: Subject) -> Bilingual | None:
    """What a fact is known to be in these years, year by year."""
    holder = holder_of(fact, subject)
    given = holder.values.get(fact.id) if holder is not None else None
    if not isinstance(given, Series):
        return None
    at = [year.at(subject.on.year) for year in years]
    asked = [year for year in given.years if year <= max(at)] if ever else at
    known = {year: given.years[year] for year in asked if year in given.years}
    if not known:
        return None
    return value_text(fact.type, Series(known, given.earlier_highest if ever else None))
