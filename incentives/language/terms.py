"""Amounts, rates, dates and choices from the tree to the model. Imports the nodes, facts and the reader of parts.

A term is written as a value (`1000万元`), as the name of a fact or a definition (`investment`), or as a mapping
with the one key that says what it is (`sum_of`, `growth_of`, `share` …). Every term has a type, so that a rate is
never held against yuan.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Mapped

from incentives.diagnostics import Code
from incentives.facts.types import (
    ChoiceType,
    CountType,
    DateType,
    FactType,
    ManyType,
    QuantityType,
    RateType,
    YearlyType,
)
from incentives.language.kinds import guessed, signed, unlimited
from incentives.language.named import YEARS, NameReader, Placed, Typed
from incentives.language.nodes import (
    Combined,
    Condition,
    CountItems,
    CountValues,
    Defined,
    Difference,
    Elapsed,
    FactValue,
    Growth,
    How,
    Increase,
    Literal,
    OverItems,
    OverYears,
    Product,
    Ratio,
    Shifted,
    Term,
    Unit,
)
from incentives.language.written import ELAPSED_UNITS, Fields, Scope, is_name, read_duration
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence

_HOW = {"sum_of": How.SUM, "mean_of": How.MEAN, "largest_of": How.LARGEST, "smallest_of": How.SMALLEST}
_ELAPSED = {
    "years_since": Unit.YEARS,
    "months_since": Unit.MONTHS,
    "days_since": Unit.DAYS,
    "accounting_years_since": Unit.ACCOUNTING_YEARS,
}
_AGGREGATE = ("years", "where", "year", "when_undefined")

HEADS: dict[str, tuple[str, ...]] = {
    "value_of": ("year",),
    **dict.fromkeys(YEARS, ()),
    **dict.fromkeys(_HOW, _AGGREGATE),
    "count_of": ("where", "among"),
    "growth_of": ("year", "when_undefined"),
    "increase_of": ("year",),
    "ratio_of": ("to", "year", "years", "when_undefined"),
    "difference_of": ("minus", "year"),
    "share": ("of",),
    "product_of": ("year", "years"),
    **dict.fromkeys(_ELAPSED, ("until",)),
    "day": ("plus", "minus"),
}
"""The key that says what a term is, and the keys that go with it. Tables are in `tables`, slices in `steps`."""


NAMED_HEADS = ("last_year", "sum_of", "largest_of", "growth_of", "ratio_of", "share", "by")
"""The kinds that a message names; the reference of the language lists the others."""


class TermReader(NameReader):
    """Reads what is common to conditions and awards. `where` reads a filter of items; set by who owns both."""

    where: Callable[[Node, str, Scope], Condition | None]

    def term(self, node: Node, node_id: str, scope: Scope, expected: FactType | None = None) -> Typed | None:
        """The term at a node. `expected` is the type of what it is held against, for values without a unit."""
        if isinstance(node, Mapping):
            return self.of_mapping(node, node_id, scope, expected)
        if isinstance(node, Sequence):
            self.report(Code.NOT_A_TERM, node.span, {"known": ", ".join(NAMED_HEADS)})
            return None
        if is_name(node) and not _is_word_of(expected, node):
            return self.name(node, scope)
        literal_type = expected if expected is not None else guessed(node)
        if literal_type is None:
            self.report(Code.NOT_A_TERM, node.span, {"known": ", ".join(NAMED_HEADS)})
            return None
        value = self.value(literal_type, node)
        return None if value is None else Typed(Literal(value, literal_type), literal_type)

    def heads(self) -> tuple[str, ...]:
        """The keys that say what a term is."""
        return tuple(HEADS)

    def keys_of(self, head: str) -> tuple[str, ...]:
        """The keys that go with a head."""
        return HEADS.get(head, ())

    def of_mapping(self, node: Mapping, node_id: str, scope: Scope, expected: FactType | None) -> Typed | None:
        head = self.head(node, self.heads())
        if head is None:
            return None
        return self.of_fields(head, self.fields(node, (head, *self.keys_of(head))), node, node_id, scope, expected)

    def head(
        self,
        node: Mapping,
        heads: tuple[str, ...],
        code: Code = Code.NOT_A_TERM,
        named: tuple[str, ...] = NAMED_HEADS,
    ) -> str | None:
        """The one key that says what this is. `code` is the finding where there is not just one."""
        found = [head for head in heads if node.get(head) is not None]
        found = leading(found, {head: self.keys_of(head) for head in found})
        if len(found) == 1:
            return found[0]
        slips = [(key.text, meant) for key, _ in node.entries if (meant := nearest(key.text, heads)) is not None]
        words = {"written": ", ".join(found), "known": ", ".join(named)}
        if not found and slips:
            words |= {"key": slips[0][0], "nearest": slips[0][1]}
        self.report(code, node.span, words)
        return None

    def of_fields(
        self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        """The term whose kind `head` says, from the fields that were written."""
        if head not in fields:
            return None
        scope = self.timed(fields, scope)
        argument = fields[head]
        if head == "value_of":
            return self.name(argument, scope)
        if head in YEARS:
            return self.name(argument, scope._replace(year=self.ago(YEARS[head]), years=None))
        if head in _HOW:
            several = self._several(_HOW[head], fields, argument, node_id, scope, expected)
            return several if several is None else several._replace(type=unlimited(several.type))
        if head == "count_of":
            return self._count(fields, argument, node_id, scope)
        if head in ("growth_of", "increase_of"):
            return self._change(head, fields, argument, node_id, scope)
        if head == "ratio_of":
            return self._ratio(fields, node, node_id, scope)
        if head == "difference_of":
            return self._difference(fields, node, node_id, scope, expected)
        if head == "product_of":
            return self._product(argument, node_id, scope)
        if head == "share":
            return self._share(fields, node, node_id, scope, expected)
        if head in _ELAPSED:
            return self._elapsed(_ELAPSED[head], fields, argument, node_id, scope)
        return self._day(fields, argument, node_id, scope)

    def _several(
        self, how: How, fields: Fields, argument: Node, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        """A sum, mean or extreme: of a list of terms, of a yearly fact over years, of items over a list."""
        undated = scope.years is None or scope.years.since is None
        if "when_undefined" in fields and (isinstance(argument, Sequence) or undated or how is How.SUM):
            words = {
                "advice_zh": "只与 `years` 里的 `since` 同用，合计不用写",
                "advice_en": "it goes with `since` in `years`; a sum needs none",
            }
            self.report(Code.KEY_MISPLACED, fields["when_undefined"].span, {"key": "when_undefined", **words})
            return None
        if isinstance(argument, Sequence):
            parts = [
                self.term(part, f"{node_id}/{place}", scope, expected)
                for place, part in enumerate(self.items(argument, f"{how}_of"))
            ]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts) or not known:
                return None
            if not self.same_type(
                [Placed(part.type, at.span) for part, at in zip(known, argument.items, strict=True)]
            ):
                return None
            if not self.is_number(known[0].type, argument.span):
                return None
            return Typed(Combined(how, tuple(part.term for part in known)), known[0].type)
        if scope.years is not None:
            fact = self._yearly(None, argument, scope)
            if fact is None or not isinstance(fact.type, YearlyType):
                return None
            undefined = self._when_undefined(fields, node_id, scope, fact.type.of)
            return Typed(OverYears(how, fact, *scope.years, undefined=undefined), fact.type.of)
        return self._over_items(how, fields, argument, node_id, scope)

    def _over_items(self, how: How, fields: Fields, argument: Node, node_id: str, scope: Scope) -> Typed | None:
        """`contract.amount`: the entity before the dot says what is gone through."""
        name = self.text(argument)
        if name is None:
            return None
        entity = self.names.vocabulary.entities.get(name.partition(".")[0])
        if entity is None or entity.list_key is None:
            self.report(Code.NOT_A_LIST_FACT, argument.span, {"written": name})
            return None
        inside = scope._replace(item=entity)
        of = self._of_item(name, argument, inside)
        where = self.where(fields["where"], f"{node_id}/where", inside) if "where" in fields else None
        if of is None or ("where" in fields and where is None) or not self.is_number(of.type, argument.span):
            return None
        return Typed(OverItems(how, entity, of.term, where), of.type)

    def _of_item(self, name: str, argument: Node, inside: Scope) -> Typed | None:
        """A fact of the items, or a definition that is worked out for each of them."""
        own = name.partition(".")[2]
        found = self.names.define(own) if own not in inside.item.facts else None
        if found is not None and found.entity == inside.item.id and not isinstance(found.of, Condition):
            return Typed(Defined(found.id, found.title.zh, found.of, found.entity), found.type)
        return self.name(argument, inside)

    def _count(self, fields: Fields, argument: Node, node_id: str, scope: Scope) -> Typed | None:
        """How many items a list has, or how many values a fact of several."""
        already = len(self.problems)
        of = self._of_several(argument, scope)
        if of is not None:
            return self._count_values(of, fields)
        if len(self.problems) > already:
            return None
        entity = self.entity(argument)
        if entity is None:
            return None
        if "among" in fields:
            advice = {"advice_zh": "清单写 `where`", "advice_en": "of a list, write `where`"}
            self.report(Code.KEY_MISPLACED, fields["among"].span, {"key": "among", **advice})
            return None
        where = self.where(fields["where"], f"{node_id}/where", Scope(entity)) if "where" in fields else None
        if "where" in fields and where is None:
            return None
        return Typed(CountItems(entity, where), CountType("项"))

    def _of_several(self, argument: Node, scope: Scope) -> FactValue | None:
        """The fact of several values that is named here; None where another thing is, or nothing."""
        if not isinstance(argument, Scalar) or argument.text in self.names.vocabulary.entities:
            return None
        owner, _, own = argument.text.rpartition(".")
        entities = self.names.vocabulary.entities
        places = (entities[owner],) if owner in entities else (scope.item, self.names.vocabulary.company)
        facts = [place.facts[own] for place in places if own in place.facts]
        if not any(isinstance(fact.type, ManyType) for fact in facts):
            if facts:
                self.report(Code.UNKNOWN_ENTITY, argument.span, {"written": argument.text, "single": argument.text})
            return None
        found = self.name(argument, scope)
        return found.term if found is not None and isinstance(found.term, FactValue) else None

    def _count_values(self, of: FactValue, fields: Fields) -> Typed | None:
        """`count_of: public_services` `among: [流片, 封装]`: how many of these the fact has."""
        if "where" in fields:
            advice = {"advice_zh": "哪些值算数写 `among`", "advice_en": "which values count is `among`"}
            self.report(Code.KEY_MISPLACED, fields["where"].span, {"key": "where", **advice})
            return None
        number = CountType("项")
        if "among" not in fields:
            return Typed(CountValues(of, None), number)
        many = of.fact.type
        assert isinstance(many, ManyType), "only facts of several values are counted"
        written = [self.value(many.of, node) for node in self.items(fields["among"], "among")]
        values = tuple(dict.fromkeys(str(value) for value in written if value is not None))
        return Typed(CountValues(of, values), number) if values and None not in written else None

    def _change(self, head: str, fields: Fields, argument: Node, node_id: str, scope: Scope) -> Typed | None:
        if head == "growth_of":
            return self.growth(head, fields, node_id, scope)
        fact = self._yearly(head, argument, scope)
        if fact is None or not isinstance(fact.type, YearlyType):
            return None
        return Typed(Increase(fact, self._year_beside(head, fact, scope, argument.span)), signed(fact.type.of))

    def growth(self, head: str, fields: Fields, node_id: str, scope: Scope, over: int = 1) -> Typed | None:
        """Growth over so many years, up to the one of the scope."""
        fact = self._yearly(head, fields[head], scope)
        if fact is None:
            return None
        year = self._year_beside(head, fact, scope, fields[head].span)
        undefined = self._when_undefined(fields, node_id, scope, RateType(negative=True))
        return Typed(Growth(fact, year, undefined, over), RateType(negative=True, averaged_over=over))

    def _ratio(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        parts = self.both("ratio_of", "to", fields, node, node_id, scope, None)
        if parts is None:
            return None
        of, to = parts
        undefined = self._when_undefined(fields, node_id, scope, RateType(negative=True))
        return Typed(Ratio(of.term, to.term, undefined), RateType(negative=True))

    def _when_undefined(self, fields: Fields, node_id: str, scope: Scope, of: FactType) -> Term | None:
        """What the policy rules where there is no value of type `of`."""
        if "when_undefined" not in fields:
            return None
        typed = self.term(fields["when_undefined"], f"{node_id}/when_undefined", scope, of)
        fits = typed is not None and self.fits(typed.type, of, fields["when_undefined"].span)
        return typed.term if typed is not None and fits else None

    def _difference(
        self, fields: Fields, node: Mapping, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        parts = self.both("difference_of", "minus", fields, node, node_id, scope, expected)
        if parts is None:
            return None
        left, right = parts
        return Typed(Difference(left.term, right.term), signed(left.type))

    def both(
        self,
        first: str,
        second: str,
        fields: Fields,
        node: Mapping,
        node_id: str,
        scope: Scope,
        expected: FactType | None,
    ) -> tuple[Typed, Typed] | None:
        """Two terms of one type."""
        if second not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": second})
            return None
        left = self.term(fields[first], f"{node_id}/{first}", scope, expected)
        right = self.term(fields[second], f"{node_id}/{second}", scope, left.type if left is not None else expected)
        if left is None or right is None or not self.fits(right.type, left.type, fields[second].span):
            return None
        return (left, right) if self.is_number(left.type, fields[first].span) else None

    def _share(
        self, fields: Fields, node: Mapping, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        """A rate of something: `share: 50%` `of: rent`."""
        if "of" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "of"})
            return None
        rate = self.term(fields["share"], f"{node_id}/share", scope, RateType())
        of = self.term(fields["of"], f"{node_id}/of", scope, expected)
        if rate is None or of is None or not self.fits(rate.type, RateType(), fields["share"].span):
            return None
        if not self.is_number(of.type, fields["of"].span):
            return None
        return Typed(Product(rate.term, of.term), of.type)

    def _product(self, argument: Node, node_id: str, scope: Scope) -> Typed | None:
        """`[monthly_rent, rent_months]`: an amount, times numbers or rates. The first gives the type."""
        parts = [
            (self.term(part, f"{node_id}/{place}", scope), part)
            for place, part in enumerate(self.items(argument, "product_of"))
        ]
        factors = [typed for typed, _ in parts if typed is not None]
        if len(factors) < len(parts) or not factors:
            return None
        for typed, part in parts[1:]:
            if typed is not None and not isinstance(typed.type, RateType | CountType | QuantityType):
                self.fits(typed.type, CountType("…"), part.span)
                return None
        product = factors[0].term
        for factor in factors[1:]:
            product = Product(factor.term, product)
        return Typed(product, factors[0].type)

    def _elapsed(self, unit: Unit, fields: Fields, argument: Node, node_id: str, scope: Scope) -> Typed | None:
        since = self.date(argument, node_id, scope)
        until = self.date(fields["until"], node_id, scope) if "until" in fields else None
        if since is None or ("until" in fields and until is None):
            return None
        return Typed(Elapsed(unit, since, until), CountType(ELAPSED_UNITS.get(unit, "年")))

    def _day(self, fields: Fields, argument: Node, node_id: str, scope: Scope) -> Typed | None:
        """`day: founded` `plus: 2年`."""
        day = self.date(argument, node_id, scope)
        for key, sign in (("plus", 1), ("minus", -1)):
            if key in fields:
                duration = self.duration(fields[key])
                if day is None or duration is None:
                    return None
                day = Shifted(day, duration[0], sign * duration[1])
        return None if day is None else Typed(day, DateType())

    def date(self, node: Node, node_id: str, scope: Scope) -> Term | None:
        typed = self.term(node, node_id, scope, DateType())
        if typed is None or not self.fits(typed.type, DateType(), node.span):
            return None
        return typed.term

    def duration(self, node: Node) -> tuple[Unit, int] | None:
        """`2年`, `18个月`, `365天`."""
        text = node.text if isinstance(node, Scalar) else ""
        found = read_duration(text)
        if found is None:
            self.report(Code.NOT_A_DURATION, node.span, {"written": text})
        return found


def _is_word_of(expected: FactType | None, node: Node) -> bool:
    """Whether what looks like a name is a word of the choice expected here."""
    return isinstance(expected, ChoiceType) and isinstance(node, Scalar) and node.text in expected.choices


def leading(found: list[str], heads: Mapped[str, tuple[str, ...]]) -> list[str]:
    """The one head whose own keys the others are (`this_year` beside `already_granted`); else all of them."""
    first = [head for head in found if set(found) - {head} <= set(heads[head])]
    return first if len(first) == 1 else found
