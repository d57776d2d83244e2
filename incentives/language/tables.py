"""Tables, cases, slices, steps and the ledger from the tree to the model. Imports the nodes, terms and facts."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from incentives.diagnostics import Code, Span
from incentives.facts.ledger import LEDGER, LEDGER_FACTS, LEDGER_FROM, LEDGER_MATTER
from incentives.facts.types import (
    NUMBERS,
    ORDERED,
    BooleanType,
    ChoiceType,
    CountType,
    FactType,
    ManyType,
    MoneyType,
    QuantityType,
    RateType,
    Value,
    YearlyType,
)
from incentives.facts.vocabulary import COMPANY
from incentives.language.nodes import (
    Bound,
    Case,
    Cases,
    Further,
    Granted,
    GrowthSlices,
    How,
    Literal,
    OverYears,
    Product,
    Row,
    Slice,
    Slices,
    Step,
    Steps,
    Table,
    Term,
)
from incentives.language.terms import HEADS as PLAIN_HEADS
from incentives.language.terms import Placed, TermReader, Typed, as_number, guessed, kind_word
from incentives.language.written import Fields, Scope, is_name
from incentives.source.tree import Mapping, Node, Scalar, Sequence

LOW_ENDS = {"at_least": True, "more_than": False}
HIGH_ENDS = {"at_most": True, "less_than": False}
"""The keys that bound a value from below and above, and whether the end itself is inside."""

ROW_TESTS = ("is", "in", *LOW_ENDS, *HIGH_ENDS)

HEADS: dict[str, tuple[str, ...]] = {
    "by": ("rows", "otherwise", "year"),
    "cases": ("otherwise",),
    "slices_of": ("slices", "year"),
    "slices_of_increase": ("slices", "year"),
    "first_time_reaching": ("steps", "pays", "then_every", "before", "year"),
    "for_every": ("of", "above", "gives", "year"),
    "per_unit": ("of", "year"),
    "already_granted": ("this_year", "same_item"),
}


class RowTest(NamedTuple):
    low: Bound | None
    high: Bound | None
    values: tuple[Value, ...] | None


class TableReader(TermReader):
    """Reads every term.

    `policy_id`, `clause_titles` and `first_year` are what the ledger is asked about.
    """

    policy_id: str = ""
    first_year: int = 0
    clause_titles: AnyMapping[str, str] = MappingProxyType({})

    def heads(self) -> tuple[str, ...]:
        return (*PLAIN_HEADS, *HEADS)

    def keys_of(self, head: str) -> tuple[str, ...]:
        return HEADS[head] if head in HEADS else super().keys_of(head)

    def of_fields(
        self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        if head not in HEADS or head not in fields:
            return super().of_fields(head, fields, node, node_id, scope, expected)
        scope = self.timed(fields, scope)
        match head:
            case "by":
                return self.table(fields, node, node_id, scope, expected)
            case "cases":
                return self.cases(fields, node_id, scope, expected)
            case "slices_of" | "slices_of_increase":
                return self._slices(head, fields, node, node_id, scope)
            case "first_time_reaching":
                return self._steps(fields, node, node_id, scope)
            case "for_every":
                return self._further(fields, node, node_id, scope)
            case "per_unit":
                return self._per_unit(fields, node, node_id, scope)
            case _:
                return self._granted(fields, scope)

    # ------------------------------------------------------------ tables and cases

    def table(
        self, fields: Fields, node: Mapping, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        """`by` a key, the first of `rows` that it fits."""
        key = self.term(fields["by"], f"{node_id}/by", scope)
        rows: list[Row] = []
        types: list[Placed] = []
        for place, row in enumerate(self.items(fields.get("rows"), "rows")):
            mapping = self.mapping(row)
            if mapping is None or key is None:
                continue
            row_id = f"{node_id}/rows/{place}"
            parts = self.fields(mapping, (*ROW_TESTS, "gives"))
            test = self.row_test(parts, mapping, key.type)
            if "gives" not in parts:
                self.report(Code.MISSING_KEY, mapping.span, {"key": "gives"})
                continue
            given = self._given(parts["gives"], f"{row_id}/gives", scope, expected)
            if test is not None and given is not None:
                rows.append(Row(row_id, mapping.span, *test, given.term))
                types.append(Placed(given.type, parts["gives"].span))
        if "rows" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "rows"})
        otherwise, of = self._rest(fields, node_id, scope, expected, types, node.span)
        if key is None or of is None:
            return None
        return Typed(Table(node_id, key.term, key.type, tuple(rows), otherwise), of)

    def cases(self, fields: Fields, node_id: str, scope: Scope, expected: FactType | None) -> Typed | None:
        """What the first condition that holds gives."""
        rows: list[Case] = []
        types: list[Placed] = []
        for place, row in enumerate(self.items(fields["cases"], "cases")):
            mapping = self.mapping(row)
            if mapping is None:
                continue
            case_id = f"{node_id}/cases/{place}"
            parts = self.fields(mapping, ("when", "gives"))
            for key in ("when", "gives"):
                if key not in parts:
                    self.report(Code.MISSING_KEY, mapping.span, {"key": key})
            if len(parts) < 2:
                continue
            when = self.where(parts["when"], f"{case_id}/when", scope)
            given = self._given(parts["gives"], f"{case_id}/gives", scope, expected)
            if when is not None and given is not None:
                rows.append(Case(case_id, mapping.span, when, given.term))
                types.append(Placed(given.type, parts["gives"].span))
        otherwise, of = self._rest(fields, node_id, scope, expected, types, fields["cases"].span)
        return None if of is None else Typed(Cases(node_id, tuple(rows), otherwise), of)

    def _given(self, node: Node, node_id: str, scope: Scope, expected: FactType | None) -> Typed | None:
        """What a row gives: a term, or a word, which makes the table's values a closed choice."""
        if isinstance(node, Scalar) and expected is None and not is_name(node) and guessed(node) is None:
            word = self.text(node)
            return None if word is None else Typed(Literal(word, ChoiceType((word,))), ChoiceType((word,)))
        return self.term(node, node_id, scope, expected)

    def _rest(
        self,
        fields: Fields,
        node_id: str,
        scope: Scope,
        expected: FactType | None,
        types: list[Placed],
        span: Span,
    ) -> tuple[Term | None, FactType | None]:
        """What is given where no row fits, and the one type of all rows."""
        otherwise: Typed | None = None
        if "otherwise" in fields:
            otherwise = self._given(fields["otherwise"], f"{node_id}/otherwise", scope, expected)
            if otherwise is not None:
                types.append(Placed(otherwise.type, fields["otherwise"].span))
        if not types or not self.same_type(types):
            return None, None
        if otherwise is None and "otherwise" not in fields and not isinstance(types[0].type, NUMBERS):
            self.report(Code.MISSING_KEY, span, {"key": "otherwise"})
        if isinstance(types[0].type, ChoiceType):
            words = dict.fromkeys(word for of, _ in types if isinstance(of, ChoiceType) for word in of.choices)
            return otherwise.term if otherwise else None, ChoiceType(tuple(words))
        return otherwise.term if otherwise else None, types[0].type

    def row_test(self, fields: Fields, node: Mapping, of: FactType) -> RowTest | None:
        """What a row asks of its key: one or two ends, or one of some values."""
        tests = [name for name in ROW_TESTS if name in fields]
        bounded = isinstance(of, ORDERED) or (isinstance(of, ChoiceType) and of.ordered)
        unfit = [name for name in tests if isinstance(of, ManyType) or (name not in ("is", "in") and not bounded)]
        if unfit:
            words = {"test": unfit[0], "fact": "by", "title": kind_word(of, "zh")}
            self.report(Code.TEST_DOES_NOT_FIT, fields[unfit[0]].span, words)
            return None
        if not tests or (len(tests) > 1 and any(name in ("is", "in") for name in tests)):
            self.report(Code.TEST_MISSING, node.span, {"written": ", ".join(tests), "known": ", ".join(ROW_TESTS)})
            return None
        if tests[0] in ("is", "in"):
            listed = fields[tests[0]]
            nodes = self.items(listed, "in") if tests[0] == "in" else (listed,)
            values = [self.value(of, one) for one in nodes]
            known = tuple(value for value in values if value is not None)
            return RowTest(None, None, known) if len(known) == len(values) else None
        ends = self.ends(fields, of, node.span)
        if ends is None:
            return None
        return RowTest(None, None, between(of, *ends)) if isinstance(of, ChoiceType) else RowTest(*ends, None)

    def ends(self, fields: Fields, of: FactType, span: Span) -> tuple[Bound | None, Bound | None] | None:
        """The low and high end written out among the fields."""
        ends: list[Bound | None] = []
        for side in (LOW_ENDS, HIGH_ENDS):
            written = [name for name in side if name in fields]
            if len(written) > 1:
                self.report(Code.BOUND_TWICE, fields[written[1]].span, {"written": ", ".join(written)})
                return None
            value = self.value(of, fields[written[0]]) if written else None
            if written and value is None:
                return None
            ends.append(Bound(value, side[written[0]]) if value is not None else None)
        low, high = ends
        nothing = isinstance(of, ChoiceType) and not between(of, low, high)
        if nothing or (low is not None and high is not None and not holds_something(low, high, of)):
            self.report(Code.BAND_IS_EMPTY, span)
        return low, high

    # ------------------------------------------------------------ slices and steps

    def _slices(self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        """分段累进: of an amount, by its own size; of the increase over the year before, by its growth."""
        by_growth = head == "slices_of_increase"
        of = None if by_growth else self.term(fields[head], f"{node_id}/of", scope)
        fact = self._yearly(fields[head], scope) if by_growth else None
        if of is not None and not self.is_number(of.type, fields[head].span):
            of = None
        key: FactType = RateType(negative=True) if by_growth else of.type if of is not None else MoneyType()
        if of is None and fact is None:
            return None
        slices: list[Slice] = []
        if "slices" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "slices"})
        for place, row in enumerate(self.items(fields.get("slices"), "slices")):
            mapping = self.mapping(row)
            if mapping is None:
                continue
            parts = self.fields(mapping, (*LOW_ENDS, *HIGH_ENDS, "rate"))
            ends = self.ends(parts, key, mapping.span)
            rate = self.value(RateType(), parts.get("rate"))
            if "rate" not in parts:
                self.report(Code.MISSING_KEY, mapping.span, {"key": "rate"})
            if ends is None or rate is None:
                continue
            low = as_number(ends[0].value) if ends[0] is not None else Decimal(0)
            high = as_number(ends[1].value) if ends[1] is not None else None
            if slices and (slices[-1].high is None or low < slices[-1].high):
                begins = next((one for key in LOW_ENDS if (one := parts.get(key)) is not None), mapping)
                written = begins.text if isinstance(begins, Scalar) else "0"
                self.report(Code.STEPS_OUT_OF_ORDER, begins.span, {"written": written})
            slices.append(Slice(f"{node_id}/slices/{place}", mapping.span, low, high, as_number(rate)))
        if fact is not None and isinstance(fact.type, YearlyType):
            year = scope.year if scope.year is not None else self.names.this_year
            return Typed(GrowthSlices(fact, year, tuple(slices)), fact.type.of)
        return None if of is None else Typed(Slices(of.term, tuple(slices)), of.type)

    def _steps(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        """首次突破: steps newly reached, against the highest of all earlier years unless `before` says otherwise."""
        year = scope.year if scope.year is not None else self.names.this_year
        scope = scope._replace(year=year)
        of = self.term(fields["first_time_reaching"], f"{node_id}/of", scope)
        if of is None or not self.is_number(of.type, fields["first_time_reaching"].span):
            return None
        if "before" in fields:
            earlier = self.term(fields["before"], f"{node_id}/before", scope, of.type)
            alike = earlier is not None and self.fits(earlier.type, of.type, fields["before"].span)
            before = earlier.term if earlier is not None and alike else None
        else:
            fact = self._yearly(fields["first_time_reaching"], scope)
            before = OverYears(How.LARGEST, fact, None, year + 1, None) if fact is not None else None
        steps = self._step_list(fields.get("steps"), f"{node_id}/steps", of.type)
        if "steps" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "steps"})
        pays = self.one_of(fields.get("pays"), ("highest_step", "every_step"))
        if "pays" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "pays"})
        then_every = self._step_list(fields.get("then_every"), f"{node_id}/then_every", of.type)
        if len(then_every) > 1 or any(step.at <= 0 for step in then_every):
            self.report(Code.NOT_ALLOWED_HERE, fields["then_every"].span, {"expected": "`{100亿元: 100万元}`"})
            return None
        if before is None or not steps or pays is None:
            return None
        further = (then_every[0].at, then_every[0].gives) if then_every else None
        return Typed(Steps(of.term, of.type, before, steps, pays == "every_step", further), MoneyType())

    def _step_list(self, node: Node | None, node_id: str, of: FactType) -> tuple[Step, ...]:
        """`{10亿元: 20万元, 20亿元: 30万元}`, each key higher than the one before."""
        if node is None:
            return ()
        mapping = self.mapping(node)
        if mapping is not None and not mapping.entries:
            self.report(Code.EMPTY_LIST, node.span, {"key": node_id.rpartition("/")[2], "written": ""})
        steps: list[Step] = []
        for place, (key, value) in enumerate(mapping.entries if mapping is not None else ()):
            at, gives = self.value(of, key), self.value(MoneyType(), value)
            if at is None or gives is None:
                continue
            if steps and as_number(at) <= steps[-1].at:
                self.report(Code.STEPS_OUT_OF_ORDER, key.span, {"written": key.text})
            steps.append(Step(f"{node_id}/{place}", key.span, as_number(at), as_number(gives)))
        return tuple(steps)

    def _further(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        """`for_every: 100平方米` `of: floor_area` `above: 500平方米` `gives: 5万元`."""
        for key in ("of", "gives"):
            if key not in fields:
                self.report(Code.MISSING_KEY, node.span, {"key": key})
                return None
        of = self.term(fields["of"], f"{node_id}/of", scope)
        gives = self.value(MoneyType(), fields["gives"])
        if of is None or gives is None or not self.is_number(of.type, fields["of"].span):
            return None
        every = self.value(of.type, fields["for_every"])
        above = self.value(of.type, fields["above"]) if "above" in fields else Decimal(0)
        if every is None or above is None:
            return None
        if as_number(every) <= 0:
            self.report(Code.NOT_ALLOWED_HERE, fields["for_every"].span, {"expected": "> 0"})
            return None
        return Typed(Further(of.term, of.type, as_number(above), as_number(every), as_number(gives)), MoneyType())

    def _per_unit(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        """`per_unit: 100元/片` `of: wafers`: the unit after the stroke is the fact's own."""
        if "of" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "of"})
            return None
        of = self.term(fields["of"], f"{node_id}/of", scope)
        written = fields["per_unit"]
        amount, stroke, unit = (written.text if isinstance(written, Scalar) else "").partition("/")
        if of is None:
            return None
        if not isinstance(written, Scalar):
            self.report(
                Code.NOT_ONE_VALUE, written.span, {"written": "[…]" if isinstance(written, Sequence) else "{…}"}
            )
            return None
        price = self.value(MoneyType(), Scalar(amount, amount, written.span))
        if price is None:
            return None
        if not isinstance(of.type, CountType | QuantityType):
            words = {"wanted_zh": "数量", "wanted_en": "a number with a unit"}
            words |= {"found_zh": kind_word(of.type, "zh"), "found_en": kind_word(of.type, "en")}
            self.report(Code.TYPES_DIFFER, fields["of"].span, words)
            return None
        if not stroke or unit.strip() != of.type.unit:
            self.report(Code.UNIT_DIFFERS, written.span, {"instead": f"{amount.strip()}/{of.type.unit}"})
            return None
        return Typed(Product(Literal(price, QuantityType(f"元/{of.type.unit}")), of.term), MoneyType())

    # ------------------------------------------------------------ the ledger

    def _granted(self, fields: Fields, scope: Scope) -> Typed | None:
        node = fields["already_granted"]
        when = self.value(BooleanType(), fields["this_year"]) if "this_year" in fields else False
        same = self.value(BooleanType(), fields["same_item"]) if "same_item" in fields else False
        for_item = self.item_of(scope, fields["same_item"].span) if same is True else None
        clauses = self.clauses(node, "already_granted")
        term = self.granted(clauses, node.span, this_year=when is True, for_item=for_item)
        return None if term is None else Typed(term, MoneyType())

    def clauses(self, node: Node, key: str) -> tuple[str, ...]:
        """One clause of this policy, or a list of them."""
        names: list[str] = []
        for one in self.items(node, key) if isinstance(node, Sequence) else (node,):
            name = self.text(one)
            if name is not None and name not in self.clause_titles:
                self.report(Code.UNKNOWN_CLAUSE, one.span, {"written": name, "known": ", ".join(self.clause_titles)})
            elif name is not None:
                names.append(name)
        return tuple(names)

    def item_of(self, scope: Scope, span: Span) -> str | None:
        """The entity of the item at hand; reported where there is none."""
        if scope.item.id != COMPANY:
            return scope.item.id
        words = {"key": "same_item", "advice_zh": "只用于 `for_each` 的条款", "advice_en": "it goes with `for_each`"}
        self.report(Code.KEY_MISPLACED, span, words)
        return None

    def granted(
        self, clauses: tuple[str, ...], span: Span, *, this_year: bool, for_item: str | None = None
    ) -> Granted | None:
        """What the ledger says of these clauses of this policy."""
        entities = self.names.vocabulary.entities
        needed = LEDGER_FACTS if for_item is None else (*LEDGER_FACTS, LEDGER_MATTER)
        entity, begins = entities.get(LEDGER), self.names.vocabulary.company.facts.get(LEDGER_FROM)
        if entity is None or begins is None or any(name not in entity.facts for name in needed):
            self.report(Code.NO_LEDGER, span)
            return None
        titles = tuple(self.clause_titles.get(name, name) for name in clauses)
        return Granted(self.policy_id, clauses, titles, this_year, self.first_year, for_item, entity, begins)


def between(of: ChoiceType, low: Bound | None, high: Bound | None) -> tuple[str, ...]:
    """The words of an ordered choice that lie between two ends."""

    first = of.choices.index(str(low.value)) + (not low.inclusive) if low is not None else 0
    last = of.choices.index(str(high.value)) - (not high.inclusive) if high is not None else len(of.choices) - 1
    return of.choices[first : last + 1]


def holds_something(low: Bound, high: Bound, of: FactType) -> bool:
    """Whether any value lies between two ends of one type."""
    if isinstance(of, ChoiceType):
        return True
    if low.value == high.value:
        return low.inclusive and high.inclusive
    return bool(low.value < high.value)  # type: ignore[operator]
