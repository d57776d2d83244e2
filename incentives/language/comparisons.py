"""What a value is held against, from the tree to the model. Imports the nodes, terms and facts."""

from __future__ import annotations

from collections.abc import Sequence as Several
from datetime import date

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.facts.types import (
    ORDERED,
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    DateType,
    FactType,
    ManyType,
    TextType,
    Value,
)
from incentives.language.named import Typed
from incentives.language.nodes import (
    ApplicationDay,
    Bound,
    Elapsed,
    Equals,
    FactValue,
    Form,
    IncludesAny,
    Literal,
    Measured,
    OneOf,
    Shifted,
    StartsWith,
    Term,
    TermBound,
    Unit,
    Within,
)
from incentives.language.tables import HIGH_ENDS, LOW_ENDS, TableReader, between, holds_something
from incentives.language.written import Fields, Names, Reader, Scope, Years, is_name
from incentives.records import NamedTuple
from incentives.source.tree import Mapping, Node, Scalar, Sequence

BOUNDS = {**LOW_ENDS, **HIGH_ENDS}
TESTS = ("is", "in", "includes_any", "starts_with", "within_last", "in_year", *BOUNDS)


class Place(NamedTuple):
    """Where a test stands: its node, and what can be named there."""

    node_id: str
    scope: Scope


class ComparisonReader(Reader):
    """Reads the test of a value: against bounds, words, prefixes or days."""

    def __init__(self, names: Names, problems: list[Diagnostic], terms: TableReader) -> None:
        super().__init__(names, problems)
        self._terms = terms

    def _form(
        self, fields: Fields, node: Mapping, typed: Typed | None, judgement: str | None, place: Place
    ) -> Form | None:
        tests = [name for name in TESTS if name in fields]
        bounds = [name for name in tests if name in BOUNDS]
        if not tests or (len(tests) > 1 and len(bounds) != len(tests)):
            self.report(Code.TEST_MISSING, node.span, {"written": ", ".join(tests), "known": ", ".join(TESTS)})
            return None
        open_list = self.text(fields.get("open"))
        if open_list is not None and tests[0] not in ("in", "includes_any", "starts_with"):
            self.report(Code.OPEN_WITHOUT_LIST, fields["open"].span)
        if typed is None:
            return None
        fitting = [self._fits(name, typed, fields[name].span, fields) for name in tests]
        if not all(fitting):
            return None
        if bounds:
            return self._bounded(bounds, fields, node, typed, judgement, place)
        test, operand = tests[0], fields[tests[0]]
        if test in ("within_last", "in_year"):
            return self._dated(test, operand, typed, judgement, place.scope)
        if test == "is" and (isinstance(operand, Mapping) or is_name_here(operand, typed.type)):
            other = self._terms.term(operand, f"{place.node_id}/is", place.scope, typed.type)
            if other is None or not self._terms.fits(other.type, typed.type, operand.span):
                return None
            end = TermBound(other.term, inclusive=True)
            return Measured(typed.term, typed.type, judgement, end, end, None)
        nodes = operand.items if isinstance(operand, Sequence) and test != "is" else (operand,)
        if test != "is" and not isinstance(operand, Sequence):
            self.report(Code.WRONG_SHAPE, operand.span, {"expected": "list", "quoted": ""})
            return None
        if not nodes:
            self.report(Code.EMPTY_LIST, operand.span, {"key": test, "written": ""})
            return None
        if test == "starts_with":
            return self._prefixed(nodes, typed, judgement, open_list)
        single = typed.type.of if isinstance(typed.type, ManyType) else typed.type
        if isinstance(single, TextType) and self._names_a_fact(nodes, place.scope):
            return None
        values = self._values(single, nodes)
        if values is None:
            return None
        if not isinstance(typed.term, FactValue):
            if open_list is not None:
                advice = {"advice_zh": "只用于不分年度的事实", "advice_en": "it goes with a fact that has one value"}
                self.report(Code.KEY_MISPLACED, fields["open"].span, {"key": "open", **advice})
            return Measured(typed.term, typed.type, judgement, None, None, values)
        fact = typed.term.fact
        if test == "is":
            return Equals(fact, judgement, values[0])
        if test == "in":
            return OneOf(fact, judgement, values, open_list)
        return IncludesAny(fact, judgement, tuple(str(value) for value in values), open_list)

    def _values(self, of: FactType, nodes: Several[Node]) -> tuple[Value, ...] | None:
        values = [self.value(of, node) for node in nodes]
        known = tuple(value for value in values if value is not None)
        return known if len(known) == len(values) else None

    def _names_a_fact(self, nodes: Several[Node], scope: Scope) -> bool:
        """Whether a word is the name of a fact or definition: taken as a word it would never be what was meant."""
        reach = {*scope.item.facts, *self.names.vocabulary.company.facts}
        meant = [
            node
            for node in nodes
            if isinstance(node, Scalar) and (node.text in reach or self.names.define(node.text) is not None)
        ]
        for node in meant:
            self.report(Code.WORD_IS_A_NAME, node.span, {"written": node.text})
        return bool(meant)

    def _prefixed(
        self, nodes: Several[Node], typed: Typed, judgement: str | None, open_list: str | None
    ) -> Form | None:
        if not isinstance(typed.term, FactValue) or not isinstance(typed.type, CodeType):
            return None
        prefixes: list[str] = []
        for node in nodes:
            text = self.text(node)
            if text is None:
                return None
            if not typed.type.can_begin_with(text):
                of = typed.type
                words = {"written": text, "system": of.system, "digits": str(of.digits or ""), "named": ""}
                words |= {"example": of.example or ""}
                self.report(Code.CODE_UNREADABLE, node.span, words)
                return None
            prefixes.append(text)
        return StartsWith(typed.term.fact, judgement, tuple(prefixes), open_list)

    def _dated(self, test: str, operand: Node, typed: Typed, judgement: str | None, scope: Scope) -> Form | None:
        """近三年内: after the same day three years before. 当年: in the calendar year of the application."""
        if test == "in_year":
            return self._in_calendar_years(operand, typed, judgement, scope)
        duration = self._terms.duration(operand)
        if duration is None:
            return None
        begin: Term = Shifted(ApplicationDay(), duration[0], -duration[1])
        after, until = TermBound(begin, inclusive=False), TermBound(ApplicationDay(), inclusive=True)
        return Measured(typed.term, typed.type, judgement, after, until, None)

    def _in_calendar_years(self, operand: Node, typed: Typed, judgement: str | None, scope: Scope) -> Form | None:
        """In one year, or in one of several: `{from: 2021年, through: 2023年}`, `{last: 3, through: this_year}`."""
        if isinstance(operand, Mapping) and operand.get("years_ago") is None:
            years = self._terms.years(operand, scope)
        else:
            year = self._terms.year(operand)
            years = Years(year, year, None) if year is not None else None
        if years is None:
            return None
        first, last = years.first, years.last
        if years.since is not None or (first is not None and first.fixed is not last.fixed):
            key = "since" if years.since is not None else "from"
            advice = {
                "advice_zh": "两头都写公历的年份，或都写 `last_year` 这样的词，不写 `since`",
                "advice_en": "both ends are calendar years, or both words such as `last_year`; without `since`",
            }
            self.report(Code.KEY_MISPLACED, operand.span, {"key": key, **advice})
            return None
        if last.fixed:
            low = TermBound(Literal(date(first.number, 1, 1), DateType()), inclusive=True) if first else None
            high = TermBound(Literal(date(last.number, 12, 31), DateType()), inclusive=True)
            return Measured(typed.term, typed.type, judgement, low, high, None)
        least = TermBound(Literal(last.number, CountType("年")), inclusive=True)
        most = TermBound(Literal(first.number, CountType("年")), inclusive=True) if first else None
        elapsed = Elapsed(Unit.CALENDAR_YEARS, typed.term, None)
        return Measured(elapsed, CountType("年"), judgement, least, most, None)

    def _bounded(
        self, names: list[str], fields: Fields, node: Mapping, typed: Typed, judgement: str | None, place: Place
    ) -> Form | None:
        """One or two ends: values written out, or terms."""
        for side in (LOW_ENDS, HIGH_ENDS):
            twice = [name for name in names if name in side]
            if len(twice) > 1:
                self.report(Code.BOUND_TWICE, fields[twice[1]].span, {"written": ", ".join(names)})
                return None
        worked_out = any(isinstance(fields[name], Mapping) or is_name(fields[name]) for name in names)
        if isinstance(typed.term, FactValue) and not worked_out:
            ends = self._terms.ends({name: fields[name] for name in names}, typed.type, node.span)
            if ends is None:
                return None
            if isinstance(typed.type, ChoiceType):
                return OneOf(typed.term.fact, judgement, between(typed.type, *ends), None)
            return Within(typed.term.fact, judgement, *ends)
        if isinstance(typed.type, ChoiceType):
            ends = self._terms.ends({name: fields[name] for name in names}, typed.type, node.span)
            if ends is None:
                return None
            return Measured(typed.term, typed.type, judgement, None, None, between(typed.type, *ends))
        bounds: dict[bool, TermBound] = {}
        for name in names:
            other = self._terms.term(fields[name], f"{place.node_id}/{name}", place.scope, typed.type)
            if other is None or not self._terms.fits(other.type, typed.type, fields[name].span):
                return None
            bounds[name in LOW_ENDS] = TermBound(other.term, BOUNDS[name])
        ends_written = {
            is_low: Bound(end.of.value, end.inclusive)
            for is_low, end in bounds.items()
            if isinstance(end.of, Literal)
        }
        if len(ends_written) == 2 and not holds_something(ends_written[True], ends_written[False], typed.type):
            self.report(Code.BAND_IS_EMPTY, node.span)
        return Measured(typed.term, typed.type, judgement, bounds.get(True), bounds.get(False), None)

    def _fits(self, test: str, typed: Typed, span: Span, fields: Fields) -> bool:
        of = typed.type
        many = isinstance(of, ManyType)
        match test:
            case "includes_any":
                fits = many and isinstance(typed.term, FactValue)
            case "is":
                fits = not many
            case "in":
                fits = not many and not isinstance(of, BooleanType)
            case "starts_with":
                fits = isinstance(of, CodeType) and isinstance(typed.term, FactValue)
            case "within_last" | "in_year":
                fits = isinstance(of, DateType)
            case _:
                fits = isinstance(of, ORDERED) or (isinstance(of, ChoiceType) and of.ordered)
        if not fits:
            named = fields.get("fact")
            name = named.text if isinstance(named, Scalar) else next(iter(fields))
            title = typed.term.fact.title.zh if isinstance(typed.term, FactValue) else name
            self.report(Code.TEST_DOES_NOT_FIT, span, {"test": test, "fact": name, "title": title})
        return fits


def is_name_here(node: Node, of: FactType) -> bool:
    """Whether a name of a fact stands here; a type of words takes it as a word."""
    return is_name(node) and isinstance(of, ORDERED)
