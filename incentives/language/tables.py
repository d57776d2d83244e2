"""Tables and cases from the tree to the model. Imports the nodes, terms and facts."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from incentives.diagnostics import Code, Span
from incentives.facts.types import (
    NUMBERS,
    ORDERED,
    ChoiceType,
    CountType,
    DateType,
    FactType,
    ManyType,
    MoneyType,
    Value,
)
from incentives.language.bands import apart, taken_before
from incentives.language.keys import as_table, leave_nothing_out
from incentives.language.kinds import guessed, kind_word
from incentives.language.named import Placed, Typed
from incentives.language.nodes import (
    Bound,
    Case,
    Cases,
    Literal,
    Row,
    Table,
    Term,
)
from incentives.language.terms import TermReader
from incentives.language.written import Fields, Scope, is_name
from incentives.records import NamedTuple, replaced
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar

LOW_ENDS = {"at_least": True, "more_than": False}
HIGH_ENDS = {"at_most": True, "less_than": False}
"""The keys that bound a value from below and above, and whether the end itself is inside."""

ROW_TESTS = ("is", "in", *LOW_ENDS, *HIGH_ENDS)
OTHER_TESTS = ("includes_any", "starts_with", "within_last", "in_year", "open")
"""Tests of conditions, and what goes with them, that a row does not have."""

HEADS: dict[str, tuple[str, ...]] = {
    "by": ("rows", "otherwise", "year"),
    "cases": ("otherwise",),
}


class RowTest(NamedTuple):
    low: Bound | None
    high: Bound | None
    values: tuple[Value, ...] | None


IN_A_ROW = ("fact", "some", "every", "none", "has_title")
"""The kinds of conditions that a case can say in its own row: none of their keys says how much."""


class TableReader(TermReader):
    """Reads tables and cases as well."""

    def heads(self) -> tuple[str, ...]:
        return (*super().heads(), *HEADS)

    def keys_of(self, head: str) -> tuple[str, ...]:
        return HEADS[head] if head in HEADS else super().keys_of(head)

    def of_fields(
        self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        if head not in HEADS or head not in fields:
            return super().of_fields(head, fields, node, node_id, scope, expected)
        scope = self.timed(fields, scope)
        if head == "by":
            return self.table(fields, node, node_id, scope, expected)
        return self.cases(fields, node_id, scope, expected)

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
            if self.has_other_tests(mapping, "cases"):
                continue
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
        self.all_reached(rows)
        if key is not None and "otherwise" not in fields:
            self.all_meet(rows, key.type)
        otherwise, of = self._rest(fields, node_id, scope, expected, types, node.span)
        if key is None or of is None:
            return None
        return Typed(Table(node_id, key.term, key.type, tuple(rows), otherwise), of)

    def has_other_tests(self, row: Mapping, instead: str) -> bool:
        """Whether a row has tests that only conditions have; what to write in place of them is told."""
        others = [key for key, _ in row.entries if key.text in OTHER_TESTS]
        for key in others:
            test = "in: […], open" if key.text == "open" else key.text
            shown = f"`{instead}: [{{fact: …, {test}: …}}]`"
            words = {"key": key.text, "advice_zh": f"改写成 {shown}", "advice_en": f"write {shown}"}
            self.report(Code.KEY_MISPLACED, key.span, words)
        return bool(others)

    def all_reached(self, rows: list[Row]) -> None:
        """Report every row for which the rows before it leave nothing."""
        for place, row in enumerate(rows):
            if taken_before(row, rows[:place]):
                self.report(Code.ROW_UNREACHABLE, row.span)

    def all_meet(self, rows: list[Row], key: FactType) -> None:
        """Tell of what lies between two rows and fits none: the paper may leave it out, and a slip of a digit may."""
        if any(row.values is not None for row in rows):
            return
        for below, above in apart(rows, _step_of(key)):
            self.report(Code.ROWS_APART, above.span, {"line": str(below.span.line), "rest": "otherwise"})

    def all_cases_meet(self, cases: Cases) -> None:
        """Tell of what lies between cases that go by one fact, as between the rows of a table."""
        table = as_table(cases)
        if table is not None:
            self.all_meet(list(table.rows), table.key)

    def cases(self, fields: Fields, node_id: str, scope: Scope, expected: FactType | None) -> Typed | None:
        """What the first condition that holds gives."""
        rows: list[Case] = []
        types: list[Placed] = []
        for place, row in enumerate(self.items(fields["cases"], "cases")):
            mapping = self.mapping(row)
            if mapping is None:
                continue
            case_id = f"{node_id}/cases/{place}"
            asked, mapping = apart_from_condition(mapping, ("gives",), ("gives",))
            parts = self.fields(mapping, ("when", "gives"))
            if asked is not None:
                parts["when"] = asked
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
        found = Cases(node_id, tuple(rows), None)
        complete = leave_nothing_out(found)
        span = None if complete else fields["cases"].span
        otherwise, of = self._rest(fields, node_id, scope, expected, types, span)
        if of is None:
            return None
        if "otherwise" not in fields:
            self.all_cases_meet(found)
        return Typed(replaced(found, otherwise=otherwise, complete=complete), of)

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
        span: Span | None,
    ) -> tuple[Term | None, FactType | None]:
        """What is given where no row fits, and the one type of all rows; without `span` one always fits."""
        otherwise: Typed | None = None
        if "otherwise" in fields:
            otherwise = self._given(fields["otherwise"], f"{node_id}/otherwise", scope, expected)
            if otherwise is not None:
                types.append(Placed(otherwise.type, fields["otherwise"].span))
        if not types or not self.same_type(types):
            return None, None
        if span is not None and "otherwise" not in fields and not isinstance(types[0].type, NUMBERS):
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


def apart_from_condition(
    row: Mapping, own: Collection[str], heads: Collection[str]
) -> tuple[Mapping | None, Mapping]:
    """The condition that a case says in its own row, and the rest of the row: the keys `own`, and slips for `heads`.

    `{fact: own_brand, is: true, gives: 3分}` is short for `{when: {fact: own_brand, is: true}, gives: 3分}`. There is
    none where the row has `when`, or no condition.
    """
    if row.get("when") is not None or not any(row.entry(head) for head in IN_A_ROW):
        return None, row
    kept: list[tuple[Scalar, Node]] = []
    asked: list[tuple[Scalar, Node]] = []
    for entry in row.entries:
        key = entry[0].text
        slip = key not in IN_A_ROW and nearest(key, heads) is not None
        (kept if key in own or slip else asked).append(entry)
    return Mapping(tuple(asked), row.place), Mapping(tuple(kept), row.place)


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


def _step_of(key: FactType) -> Decimal | None:
    """By how much two values of a type differ at least; None where they can lie as close as they like."""
    match key:
        case MoneyType():
            return Decimal("0.01")
        case CountType() | DateType():
            return Decimal(1)
        case _:
            return None
