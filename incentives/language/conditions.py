"""Conditions from the tree to the model. Imports the nodes, terms and facts; used by the checker alone."""

from __future__ import annotations

from collections.abc import Sequence as Several
from decimal import Decimal

from incentives.diagnostics import Code, Span
from incentives.facts.types import BooleanType, FactType, RateType
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.comparisons import BOUNDS, TESTS, ComparisonReader, Place
from incentives.language.granted import EVERY_HEAD
from incentives.language.model import Definition
from incentives.language.named import APPLICATION_DAY, Typed
from incentives.language.nodes import (
    All,
    AnyOf,
    ApplicationDay,
    AtLeast,
    Condition,
    FactValue,
    Form,
    Holds,
    InCase,
    Items,
    Literal,
    Measured,
    Not,
    OneOf,
    Quantity,
    TermBound,
    Test,
    Unstated,
)
from incentives.language.terms import leading
from incentives.language.walks import looks_at
from incentives.language.written import Fields, Scope
from incentives.records import NamedTuple, replaced
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence
from incentives.values import EXACT

_MOST_YEARS = 10
"""Over how many years growth can be averaged."""

_AROUND = ("says", "article", "assumption")
_TEST_KEYS = (*TESTS, "open", "judgement", "each_year", "any_year", *_AROUND)
_QUANTITIES = tuple(str(quantity) for quantity in Quantity)

HEADS: dict[str, tuple[str, ...]] = {
    "all": _AROUND,
    "any": _AROUND,
    "conditions_at_least": ("of", *_AROUND),
    "in_case": ("must", *_AROUND),
    "not": _AROUND,
    "not_published": _AROUND,
    "fact": ("year", *_TEST_KEYS),
    **dict.fromkeys(_QUANTITIES, ("where", *_AROUND)),
    "average_growth_of": ("years", "year", *BOUNDS, "judgement", *_AROUND),
    "has_title": ("level", "event", "valid", "within_last", "in_year", *_AROUND),
    **{head: (*keys, *_TEST_KEYS) for head, keys in EVERY_HEAD.items()},
}
"""The key that says what kind a condition is, and the keys that go with it."""

_IMPLYING = ("if", "then", "when", "unless", "where", "else")
"""Words that other languages have for what is asked of some alone."""

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
    article: str | None


class ConditionReader(ComparisonReader):
    """Turns parts of the tree into conditions and adds to `problems` what it cannot turn."""

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
        says, article = self.text(fields.get("says")), self.text(fields.get("article"))
        around = _Around(node_id, node.span, says, self.text(fields.get("assumption")), article)
        if article is not None and "says" not in fields:
            words = {
                "advice_zh": "`article` 是 `says` 那句原文的位置；没有原文可引的，去掉 `article`",
                "advice_en": "`article` is where the words of `says` stand; leave it out where none are quoted",
            }
            self.report(Code.MISSING_KEY, node.span, {"key": "says", **words})
        if head not in fields:
            return None
        match head:
            case "all" | "any":
                if isinstance(fields[head], Mapping):
                    self.report(Code.WRONG_SHAPE, fields[head].span, {"expected": "list", "quoted": ""})
                of = self.listed(fields[head], node_id, scope, head)
                return _node(around, widest(of), All(of) if head == "all" else AnyOf(of)) if of else None
            case "conditions_at_least":
                return self._several(fields, around, scope)
            case "in_case":
                return self._in_case(fields, around, scope)
            case "not":
                inner = self.condition(fields["not"], f"{node_id}/not", scope)
                return None if inner is None else _node(around, inner.entity, Not(inner))
            case "not_published":
                gap = self.text(fields[head])
                return None if gap is None else _node(around, COMPANY, Unstated(gap))
            case "has_title":
                return self._title(fields, around)
            case "average_growth_of":
                return self._average_growth(fields, node, around, scope)
            case _ if head in _QUANTITIES:
                return self._items(Quantity(head), fields, around)
            case _:
                return self._test(head, fields, node, around, scope)

    def _several(self, fields: Fields, around: _Around, scope: Scope) -> Condition | None:
        """`conditions_at_least: 2` `of: […]`: so many of several conditions hold."""
        written = fields["conditions_at_least"]
        if "of" not in fields:
            self.report(Code.MISSING_KEY, around.span, {"key": "of"})
            return None
        already = len(self.problems)
        if isinstance(fields["of"], Mapping):
            self.report(Code.WRONG_SHAPE, fields["of"].span, {"expected": "list", "quoted": ""})
        of = self.listed(fields["of"], around.node_id, scope, "of")
        if len(self.problems) > already:
            return None
        number = self._terms.whole(written, 1, len(of))
        return None if number is None else _node(around, widest(of), AtLeast(of, number))

    def _in_case(self, fields: Fields, around: _Around, scope: Scope) -> Condition | None:
        """`in_case: …` `must: …`: what is asked of some alone."""
        if "must" not in fields:
            self.report(Code.MISSING_KEY, around.span, {"key": "must"})
            return None
        case, must = (self._all_of(fields[key], f"{around.node_id}/{key}", scope, key) for key in ("in_case", "must"))
        if case is None or must is None:
            return None
        unless = Condition(f"{around.node_id}/unless", case.span, case.entity, None, None, Not(case))
        return _node(around, widest((case, must)), InCase((unless, must)))

    def _all_of(self, node: Node, node_id: str, scope: Scope, key: str) -> Condition | None:
        """One condition, or a list that must all hold, as one; None where any of it cannot be read."""
        already = len(self.problems)
        of = self.listed(node, node_id, scope, key)
        if not of or len(self.problems) > already:
            return None
        return of[0] if len(of) == 1 else Condition(node_id, node.span, widest(of), None, None, All(of))

    def _head(self, node: Mapping) -> str | None:
        found = [key.text for key, _ in node.entries if key.text in HEADS]
        found = leading(found, HEADS)
        # A table's `by` beside `fact` would be two heads; a term's own keys are heads of nothing else.
        if len(found) == 1:
            return found[0]
        words = {"written": ", ".join(found)}
        for key, _ in node.entries if not found else ():
            if key.text in _IMPLYING:
                words["implying"] = key.text
                break
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
                of = Typed(FactValue(fact), fact.type)
                form = self._dated(key, fields[key], of, _judgement(fact, None), scope)
            if form is not None:
                parts.append(Condition(inner, fields[key].span, scope.item.id, None, None, form))
        where = Condition(where_id, around.span, entity.id, None, None, All(tuple(parts)))
        return _node(around, COMPANY, Items(Quantity.SOME, entity, where)) if parts else None

    # ------------------------------------------------------------ growth over several years

    def _average_growth(self, fields: Fields, node: Mapping, around: _Around, scope: Scope) -> Condition | None:
        """年均增长率: the growth over several years against what a rate for each of them comes to."""
        if "years" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "years"})
            return None
        years = self._terms.whole(fields["years"], 2, _MOST_YEARS, "年")
        timed = self._terms.timed({key: field for key, field in fields.items() if key == "year"}, scope)
        typed = self._terms.growth("average_growth_of", fields, around.node_id, timed, years or 2)
        plain = None if typed is None else Typed(typed.term, RateType(negative=True))
        judgement = self.text(fields.get("judgement"))
        form = self._form(fields, node, plain, judgement, Place(around.node_id, scope))
        if typed is None or years is None or not isinstance(form, Measured):
            return None
        low, high = (self._compounded(end, typed.type, years, node.span) for end in (form.low, form.high))
        return _node(around, owner(form), replaced(form, type=typed.type, low=low, high=high))

    def _compounded(self, end: TermBound | None, of: FactType, years: int, span: Span) -> TermBound | None:
        """What a rate for each year comes to over all of them: (1 + 5%)² − 1."""
        if end is None:
            return None
        rate = end.of.value if isinstance(end.of, Literal) else None
        if not isinstance(rate, Decimal) or rate <= -1:
            self.report(Code.NOT_ALLOWED_HERE, span, {"expected": "5%, 12.5%"})
            return None
        whole = EXACT.subtract(EXACT.power(EXACT.add(rate, 1), years), 1)
        return TermBound(Literal(whole, of), end.inclusive)

    # ------------------------------------------------------------ tests

    def _test(self, head: str, fields: Fields, node: Mapping, around: _Around, scope: Scope) -> Condition | None:
        """A test of a fact, a definition or any other term."""
        over = [key for key in ("each_year", "any_year") if key in fields]
        if over:
            return self._in_years(head, fields, over[0], node, around, scope)
        if head == "fact":
            return self._of_name(fields, node, around, scope)
        typed = self._terms.of_fields(head, fields, node, around.node_id, scope, None)
        form = self._form(fields, node, typed, self.text(fields.get("judgement")), Place(around.node_id, scope))
        return None if form is None else _node(around, owner(form), form)

    def _in_years(
        self, head: str, fields: Fields, key: str, node: Mapping, around: _Around, scope: Scope
    ) -> Condition | None:
        """The same test in each of several years, or in any of them."""
        years = self._terms.years(fields[key], scope)
        if years is None:
            return None
        first, last = years.first, years.last
        if first is None or first.fixed is not last.fixed or years.since is not None:
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
        for place in range(abs(first.number - last.number) + 1):
            inner = _Around(f"{around.node_id}/{place}", around.span, None, None, None)
            found = self._test(head, rest, node, inner, scope._replace(year=first.before(-place), years=None))
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
        form = self._form(fields, node, typed, judgement, Place(around.node_id, scope))
        return None if form is None else _node(around, owner(form), form)


def widest(conditions: Several[Condition]) -> str:
    """The item's entity when any part looks at an item, else the company."""
    return next((condition.entity for condition in conditions if condition.entity != COMPANY), COMPANY)


def owner(form: Form) -> str:
    """The entity whose facts a test looks at: the item's where it looks at any, else the company."""
    if isinstance(form, Measured):
        terms = (form.term, *(end.of for end in (form.low, form.high) if end is not None))
        return next((entity for term in terms for entity in looks_at(term) if entity != COMPANY), COMPANY)
    return form.fact.entity if isinstance(form, Test) else COMPANY


def _node(around: _Around, entity: str, form: Form) -> Condition:
    return Condition(around.node_id, around.span, entity, around.says, around.assumption, form, around.article)


def _judgement(fact: Fact, written: str | None) -> str | None:
    """Why an unknown answer is a person's to give: as the policy says, else because the fact is a judgement."""
    return written if written is not None else fact.question.zh if fact.judgement else None
