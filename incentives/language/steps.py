"""Slices, steps and units from the tree to the model. Imports the nodes, tables and facts."""

from __future__ import annotations

from decimal import Decimal

from incentives.diagnostics import Code
from incentives.facts.types import CountType, FactType, MoneyType, QuantityType, RateType, YearlyType
from incentives.facts.vocabulary import COMPANY
from incentives.language.kinds import as_number, kind_word
from incentives.language.named import Typed
from incentives.language.nodes import (
    Further,
    GrowthSlices,
    How,
    Literal,
    OverYears,
    Product,
    Slice,
    Slices,
    Step,
    Steps,
    Term,
    WholeUnits,
    Year,
)
from incentives.language.tables import HIGH_ENDS, LOW_ENDS, TableReader
from incentives.language.written import Fields, Scope
from incentives.source.tree import Mapping, Node, Scalar, Sequence

HEADS: dict[str, tuple[str, ...]] = {
    "slices_of": ("slices", "year"),
    "slices_of_increase": ("slices", "year"),
    "first_time_reaching": ("steps", "pays", "then_every", "before", "year"),
    "for_every": ("of", "above", "gives", "year"),
    "per_unit": ("of", "year"),
    "in_whole": ("of", "each", "rest_counts", "year"),
}


class StepReader(TableReader):
    """Reads as well what an amount earns by its size, slice by slice or step by step."""

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
        match head:
            case "slices_of" | "slices_of_increase":
                return self._slices(head, fields, node, node_id, scope)
            case "first_time_reaching":
                return self._steps(fields, node, node_id, scope)
            case "for_every":
                return self._further(fields, node, node_id, scope)
            case "in_whole":
                return self._in_whole(fields, node, node_id, scope)
            case _:
                return self._per_unit(fields, node, node_id, scope)

    def _slices(self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        """分段累进: of an amount, by its own size; of the increase over the year before, by its growth."""
        by_growth = head == "slices_of_increase"
        of = None if by_growth else self.term(fields[head], f"{node_id}/of", scope)
        fact = self._yearly(head, fields[head], scope) if by_growth else None
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
            if slices and slices[-1].high is not None and low > slices[-1].high:
                self.report(Code.ROWS_APART, mapping.span, {"line": str(slices[-1].span.line)})
            slices.append(Slice(f"{node_id}/slices/{place}", mapping.span, low, high, as_number(rate)))
        if fact is not None and isinstance(fact.type, YearlyType):
            year = self._year_beside(head, fact, scope, fields[head].span)
            return Typed(GrowthSlices(fact, year, tuple(slices)), fact.type.of)
        return None if of is None else Typed(Slices(of.term, tuple(slices)), of.type)

    def _steps(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        """首次突破: steps newly reached, against the highest of all earlier years unless `before` says otherwise."""
        head, written = "first_time_reaching", fields["first_time_reaching"]
        # Without `before` a year left out is told below, with how to write it.
        in_year = scope if "before" in fields or scope.year is not None else scope._replace(year=Year(0))
        of = self.term(written, f"{node_id}/of", in_year)
        if of is None or not self.is_number(of.type, written.span):
            return None
        before: Term | None = None
        if "before" in fields:
            earlier = self.term(fields["before"], f"{node_id}/before", scope, of.type)
            alike = earlier is not None and self.fits(earlier.type, of.type, fields["before"].span)
            before = earlier.term if earlier is not None and alike else None
        elif (fact := self._yearly(head, written, scope)) is not None:
            year = self._year_beside(head, fact, scope, written.span)
            founded = self.founded() if fact.entity == COMPANY else None
            before = OverYears(How.LARGEST, fact, None, year.before(1), None, founded)
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

    def _in_whole(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        """`in_whole: 小时` `of: minutes` `each: 60分钟` `rest_counts: {more_than: 30分钟}`: whole units."""
        unit = self.text(fields["in_whole"])
        for key in ("of", "rest_counts"):
            if key not in fields:
                self.report(Code.MISSING_KEY, node.span, {"key": key})
                return None
        of = self.term(fields["of"], f"{node_id}/of", scope)
        if of is None or unit is None or not self.is_number(of.type, fields["of"].span):
            return None
        each = self._each(unit, of.type, fields, node)
        counts = self._rest_counts(fields["rest_counts"], of.type, each) if each is not None else None
        if each is None or counts is None:
            return None
        return Typed(WholeUnits(of.term, of.type, unit, each, *counts), CountType(unit))

    def _each(self, unit: str, of: FactType, fields: Fields, node: Mapping) -> Decimal | None:
        """How much makes one unit; one where that is the unit of what is counted."""
        if "each" not in fields:
            if isinstance(of, CountType | QuantityType) and of.unit == unit:
                return Decimal(1)
            self.report(Code.MISSING_KEY, node.span, {"key": "each"})
            return None
        each = self.value(of, fields["each"])
        if each is not None and as_number(each) <= 0:
            self.report(Code.NOT_ALLOWED_HERE, fields["each"].span, {"expected": "> 0"})
            return None
        return None if each is None else as_number(each)

    def _rest_counts(self, node: Node, of: FactType, each: Decimal) -> tuple[Decimal | None, bool] | None:
        """From where a rest counts as one more unit: `always`, `never`, `{more_than: 30分钟}`, `{at_least: …}`."""
        if not isinstance(node, Mapping):
            written = self.one_of(node, ("always", "never"))
            return None if written is None else (Decimal(0) if written == "always" else None, False)
        ends = self.ends(self.fields(node, tuple(LOW_ENDS)), of, node.span)
        if ends is None or ends[0] is None:
            return None
        low = as_number(ends[0].value)
        if low >= each or (low <= 0 and ends[0].inclusive):
            self.report(Code.NOT_ALLOWED_HERE, node.span, {"expected": f"0 < … < {each:f}"})
            return None
        return low, ends[0].inclusive

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
        price = self.value(MoneyType(price=True), Scalar(amount, amount, written.span))
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
