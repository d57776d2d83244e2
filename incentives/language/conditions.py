"""Conditions from the tree to the model. Imports the nodes, terms and facts; used by the checker alone."""

from __future__ import annotations

from collections.abc import Sequence as Several
from typing import NamedTuple

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
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.model import Definition
from incentives.language.nodes import (
    All,
    AnyOf,
    ApplicationDay,
    Bound,
    Condition,
    Elapsed,
    Equals,
    FactValue,
    Form,
    Holds,
    IncludesAny,
    Items,
    Literal,
    Measured,
    Not,
    OneOf,
    Quantity,
    Shifted,
    StartsWith,
    Term,
    TermBound,
    Test,
    Unit,
    Unstated,
    Within,
    looks_at,
)
from incentives.language.tables import HEADS as TABLE_HEADS
from incentives.language.tables import HIGH_ENDS, LOW_ENDS, TableReader, between, holds_something
from incentives.language.terms import APPLICATION_DAY, Typed, leading
from incentives.language.terms import HEADS as TERM_HEADS
from incentives.language.written import Fields, Names, Reader, Scope, is_name
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence

_BOUNDS = {**LOW_ENDS, **HIGH_ENDS}
_TESTS = ("is", "in", "includes_any", "starts_with", "within_last", "in_year", *_BOUNDS)
_AROUND = ("says", "assumption")
_TEST_KEYS = (*_TESTS, "open", "judgement", "each_year", "any_year", *_AROUND)
_QUANTITIES = tuple(str(quantity) for quantity in Quantity)

HEADS: dict[str, tuple[str, ...]] = {
    "all": _AROUND,
    "any": _AROUND,
    "not": _AROUND,
    "not_published": _AROUND,
    "fact": ("year", *_TEST_KEYS),
    **dict.fromkeys(_QUANTITIES, ("where", *_AROUND)),
    "has_title": ("level", "event", "valid", "within_last", "in_year", *_AROUND),
    **{head: (*keys, *_TEST_KEYS) for head, keys in (TERM_HEADS | TABLE_HEADS).items()},
}
"""The key that says what kind a condition is, and the keys that go with it."""

COMMON_HEADS = ("all", "any", "not", "fact")
"""The kinds that a message names; the reference of the language lists the others."""

TITLE = "title"
"""The entity of titles 资质荣誉, and the facts that `has_title` looks at."""


class _Around(NamedTuple):
    """What every condition has around its form."""

    node_id: str
    span: Span
    says: str | None
    assumption: str | None


class _Place(NamedTuple):
    """Where a test stands: its node, and what can be named there."""

    node_id: str
    scope: Scope


class ConditionReader(Reader):
    """Turns parts of the tree into conditions and adds to `problems` what it cannot turn."""

    def __init__(self, names: Names, problems: list[Diagnostic], terms: TableReader) -> None:
        super().__init__(names, problems)
        self._terms = terms

    def listed(self, node: Node, node_id: str, scope: Scope, key: str = "when") -> tuple[Condition, ...]:
        """The conditions of a list. A single condition written without a list counts as one."""
        if isinstance(node, Sequence) and not node.items:
            self.report(Code.EMPTY_LIST, node.span, {"key": key, "written": ""})
        if isinstance(node, Scalar):
            self.report(Code.WRONG_SHAPE, node.span, {"expected": "list", "quoted": ""})
            return ()
        parts = node.items if isinstance(node, Sequence) else (node,)
        found = [self.condition(part, f"{node_id}/{place}", scope) for place, part in enumerate(parts)]
        return tuple([condition for condition in found if condition is not None])

    def filter(self, node: Node, node_id: str, scope: Scope) -> Condition | None:
        """One condition, or a list of them that must all hold, as one."""
        of = self.listed(node, node_id, scope, "where" if node_id.endswith("/where") else "when")
        return Condition(node_id, node.span, widest(of), None, None, All(of)) if of else None

    def condition(self, node: Node, node_id: str, scope: Scope) -> Condition | None:
        if not isinstance(node, Mapping):
            self.report(Code.NOT_A_CONDITION, node.span)
            return None
        head = self._head(node)
        if head is None:
            return None
        fields = self.fields(node, (head, *HEADS[head]))
        around = _Around(node_id, node.span, self.text(fields.get("says")), self.text(fields.get("assumption")))
        if head not in fields:
            return None
        match head:
            case "all" | "any":
                if isinstance(fields[head], Mapping):
                    self.report(Code.WRONG_SHAPE, fields[head].span, {"expected": "list", "quoted": ""})
                of = self.listed(fields[head], node_id, scope, head)
                return _node(around, widest(of), All(of) if head == "all" else AnyOf(of)) if of else None
            case "not":
                inner = self.condition(fields["not"], f"{node_id}/not", scope)
                return None if inner is None else _node(around, inner.entity, Not(inner))
            case "not_published":
                gap = self.text(fields[head])
                return None if gap is None else _node(around, COMPANY, Unstated(gap))
            case "has_title":
                return self._title(fields, around)
            case _ if head in _QUANTITIES:
                return self._items(Quantity(head), fields, around)
            case _:
                return self._test(head, fields, node, around, scope)

    def _head(self, node: Mapping) -> str | None:
        found = [key.text for key, _ in node.entries if key.text in HEADS]
        found = leading(found, HEADS)
        # A table's `by` beside `fact` would be two heads; a term's own keys are heads of nothing else.
        if len(found) == 1:
            return found[0]
        words = {"written": ", ".join(found)}
        for key, _ in node.entries if not found else ():
            meant = nearest(key.text, HEADS)
            if meant is not None:
                words |= {"key": key.text, "nearest": meant}
                break
        self.report(Code.NOT_A_CONDITION, node.span, words)
        return None

    # ------------------------------------------------------------ items of a list

    def _items(self, quantity: Quantity, fields: Fields, around: _Around) -> Condition | None:
        entity = self.entity(fields[quantity])
        if entity is None:
            return None
        if "where" not in fields:
            self.report(Code.MISSING_KEY, around.span, {"key": "where"})
            return None
        where = self.filter(fields["where"], f"{around.node_id}/where", Scope(entity))
        return None if where is None else _node(around, COMPANY, Items(quantity, entity, where))

    def _title(self, fields: Fields, around: _Around) -> Condition | None:
        """`has_title: 高新技术企业`: some title of that name, of that level, valid on the day."""
        entity = self.names.vocabulary.entities.get(TITLE)
        wanted = {"has_title": "title_kind", "level": "title_level", "event": "event"}
        dates = {"within_last": "granted_on", "in_year": "granted_on", "valid": "valid_until"}
        needed = {fact for key, fact in (wanted | dates).items() if key in fields}
        if entity is None or not needed <= entity.facts.keys():
            self.report(Code.NO_TITLES, around.span)
            return None
        scope, where_id = Scope(entity), f"{around.node_id}/where"
        parts: list[Condition] = []
        for key, fact_id in (wanted | dates).items():
            if key not in fields:
                continue
            fact, inner = entity.facts[fact_id], f"{where_id}/{len(parts)}"
            form: Form | None
            if key in wanted:
                listed = fields[key]
                nodes = self.items(listed, key) if isinstance(listed, Sequence) else (listed,)
                values = self._values(fact.type, nodes) if nodes else None
                form = OneOf(fact, _judgement(fact, None), values, None) if values is not None else None
            elif key == "valid":
                if not (isinstance(fields[key], Scalar) and fields[key].value is True):  # type: ignore[union-attr]
                    self.report(Code.NOT_ALLOWED_HERE, fields[key].span, {"expected": "`true`"})
                low = TermBound(ApplicationDay(), inclusive=True)
                form = Measured(FactValue(fact), fact.type, _judgement(fact, None), low, None, None)
            else:
                form = self._dated(key, fields[key], Typed(FactValue(fact), fact.type), _judgement(fact, None))
            if form is not None:
                parts.append(Condition(inner, fields[key].span, scope.item.id, None, None, form))
        where = Condition(where_id, around.span, entity.id, None, None, All(tuple(parts)))
        return _node(around, COMPANY, Items(Quantity.SOME, entity, where)) if parts else None

    # ------------------------------------------------------------ tests

    def _test(self, head: str, fields: Fields, node: Mapping, around: _Around, scope: Scope) -> Condition | None:
        """A test of a fact, a definition or any other term."""
        over = [key for key in ("each_year", "any_year") if key in fields]
        if over:
            return self._in_years(head, fields, over[0], node, around, scope)
        if head == "fact":
            return self._of_name(fields, node, around, scope)
        typed = self._terms.of_fields(head, fields, node, around.node_id, scope, None)
        form = self._form(fields, node, typed, self.text(fields.get("judgement")), _Place(around.node_id, scope))
        return None if form is None else _node(around, owner(form), form)

    def _in_years(
        self, head: str, fields: Fields, key: str, node: Mapping, around: _Around, scope: Scope
    ) -> Condition | None:
        """The same test in each of several years, or in any of them."""
        years = self._terms.years(fields[key], scope)
        if years is None:
            return None
        if years.first is None or years.since is not None:
            self.report(Code.NOT_ALLOWED_HERE, fields[key].span, {"expected": "1–100"})
            return None
        for other in ("year", "years", "any_year" if key == "each_year" else "each_year"):
            if other in fields:
                advice = {"advice_zh": f"`{key}` 已写明是哪几年", "advice_en": f"`{key}` says which years already"}
                self.report(Code.KEY_MISPLACED, fields[other].span, {"key": other, **advice})
                return None
        already = len(self.problems)
        rest = {name: field for name, field in fields.items() if name not in ("each_year", "any_year", *_AROUND)}
        of: list[Condition] = []
        for place, year in enumerate(range(years.first, years.last - 1, -1)):
            inner = _Around(f"{around.node_id}/{place}", around.span, None, None)
            found = self._test(head, rest, node, inner, scope._replace(year=year, years=None))
            if found is None or len(self.problems) > already:
                return None
            of.append(found)
        form = All(tuple(of)) if key == "each_year" else AnyOf(tuple(of))
        return _node(around, widest(of), form)

    def _of_name(self, fields: Fields, node: Mapping, around: _Around, scope: Scope) -> Condition | None:
        timed = self._terms.timed(fields, scope)
        written = fields["fact"]
        today = isinstance(written, Scalar) and written.text == APPLICATION_DAY
        found = None if today else self.named(written, timed)
        if isinstance(found, Definition) and isinstance(found.of, Condition):
            wanted = self.value(BooleanType(), fields.get("is"))
            if wanted is None:
                if "is" not in fields:
                    self.report(Code.TEST_MISSING, node.span, {"written": "", "known": "is"})
                return None
            holds = Holds(found.title.zh, found.of)
            if wanted:
                return _node(around, found.entity, holds)
            inner = Condition(f"{around.node_id}/not", around.span, found.entity, None, None, holds)
            return _node(around, found.entity, Not(inner))
        judgement = self.text(fields.get("judgement"))
        typed = self._terms.name(written, timed) if found is not None or today else None
        if isinstance(found, Fact):
            judgement = _judgement(found, judgement)
        form = self._form(fields, node, typed, judgement, _Place(around.node_id, scope))
        return None if form is None else _node(around, owner(form), form)

    def _form(
        self, fields: Fields, node: Mapping, typed: Typed | None, judgement: str | None, place: _Place
    ) -> Form | None:
        tests = [name for name in _TESTS if name in fields]
        bounds = [name for name in tests if name in _BOUNDS]
        if not tests or (len(tests) > 1 and len(bounds) != len(tests)):
            self.report(Code.TEST_MISSING, node.span, {"written": ", ".join(tests), "known": ", ".join(_TESTS)})
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
            return self._dated(test, operand, typed, judgement)
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

    def _dated(self, test: str, operand: Node, typed: Typed, judgement: str | None) -> Form | None:
        """近三年内: after the same day three years before. 当年: in the calendar year of the application."""
        if test == "in_year":
            year = self._terms.year(operand)
            if year is None:
                return None
            end = TermBound(Literal(year, CountType("年")), inclusive=True)
            elapsed = Elapsed(Unit.CALENDAR_YEARS, typed.term, None)
            return Measured(elapsed, CountType("年"), judgement, end, end, None)
        duration = self._terms.duration(operand)
        if duration is None:
            return None
        begin: Term = Shifted(ApplicationDay(), duration[0], -duration[1])
        low, high = TermBound(begin, inclusive=False), TermBound(ApplicationDay(), inclusive=True)
        return Measured(typed.term, typed.type, judgement, low, high, None)

    def _bounded(
        self, names: list[str], fields: Fields, node: Mapping, typed: Typed, judgement: str | None, place: _Place
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
            bounds[name in LOW_ENDS] = TermBound(other.term, _BOUNDS[name])
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


def widest(conditions: Several[Condition]) -> str:
    """The item's entity when any part looks at an item, else the company."""
    return next((condition.entity for condition in conditions if condition.entity != COMPANY), COMPANY)


def owner(form: Form) -> str:
    """The entity whose facts a test looks at: the item's where it looks at any, else the company."""
    if isinstance(form, Measured):
        terms = (form.term, *(end.of for end in (form.low, form.high) if end is not None))
        return next((entity for term in terms for entity in looks_at(term) if entity != COMPANY), COMPANY)
    return form.fact.entity if isinstance(form, Test) else COMPANY


def is_name_here(node: Node, of: FactType) -> bool:
    """Whether a name of a fact stands here; a type of words takes it as a word."""
    return is_name(node) and isinstance(of, ORDERED)


def _node(around: _Around, entity: str, form: Form) -> Condition:
    return Condition(around.node_id, around.span, entity, around.says, around.assumption, form)


def _judgement(fact: Fact, written: str | None) -> str | None:
    """Why an unknown answer is a person's to give: as the policy says, else because the fact is a judgement."""
    return written if written is not None else fact.question.zh if fact.judgement else None
