"""Amounts, rates, dates and choices from the tree to the model. Imports the nodes, facts and the reader of parts.

A term is written as a value (`1000万元`), as the name of a fact or a definition (`investment`), or as a mapping
with the one key that says what it is (`sum_of`, `growth_of`, `share` …). Every term has a type, so that a rate is
never held against yuan.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Mapped
from decimal import Decimal
from typing import NamedTuple

from incentives.diagnostics import Code, Span
from incentives.facts.types import (
    NUMBERS,
    BooleanType,
    ChoiceType,
    CountType,
    DateType,
    FactType,
    MoneyType,
    QuantityType,
    RateType,
    YearlyType,
)
from incentives.facts.vocabulary import Fact
from incentives.language.model import Definition
from incentives.language.nodes import (
    ApplicationDay,
    Combined,
    Condition,
    CountItems,
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
    YearValue,
)
from incentives.language.written import ELAPSED_UNITS, Fields, Reader, Scope, Years, is_name, read_duration
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence

APPLICATION_DAY = "application_day"

_YEARS = {"this_year": 0, "last_year": 1, "year_before_last": 2}
_HOW = {"sum_of": How.SUM, "mean_of": How.MEAN, "largest_of": How.LARGEST, "smallest_of": How.SMALLEST}
_ELAPSED = {"years_since": Unit.YEARS, "months_since": Unit.MONTHS, "days_since": Unit.DAYS}
_AGGREGATE = ("years", "where", "year")

HEADS: dict[str, tuple[str, ...]] = {
    "value_of": ("year",),
    **dict.fromkeys(_YEARS, ()),
    **dict.fromkeys(_HOW, _AGGREGATE),
    "count_of": ("where",),
    "growth_of": ("year", "when_undefined"),
    "increase_of": ("year",),
    "ratio_of": ("to", "year", "years", "when_undefined"),
    "difference_of": ("minus", "year"),
    "share": ("of",),
    "product_of": ("year", "years"),
    **dict.fromkeys(_ELAPSED, ("until",)),
    "day": ("plus", "minus"),
}
"""The key that says what a term is, and the keys that go with it. Tables, slices and steps are in `tables`."""


NAMED_HEADS = ("last_year", "sum_of", "largest_of", "growth_of", "ratio_of", "share", "by")
"""The kinds that a message names; the reference of the language lists the others."""


class Typed(NamedTuple):
    term: Term
    type: FactType


class Placed(NamedTuple):
    """The type of what stands at a place."""

    type: FactType
    span: Span


class TermReader(Reader):
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
        if head in _YEARS:
            return self.name(argument, scope._replace(year=_YEARS[head] + self.names.this_year, years=None))
        if head in _HOW:
            several = self._several(_HOW[head], fields, argument, node_id, scope, expected)
            return several if several is None else several._replace(type=unlimited(several.type))
        if head == "count_of":
            return self._count(fields, argument, node_id)
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

    # ------------------------------------------------------------ names

    def name(self, node: Node, scope: Scope) -> Typed | None:
        """A fact or a definition by its name, in the year that counts here."""
        if isinstance(node, Scalar) and node.text == APPLICATION_DAY:
            return Typed(ApplicationDay(), DateType())
        if not isinstance(node, Scalar):
            self.report(Code.NOT_ONE_VALUE, node.span, {"written": "[…]" if isinstance(node, Sequence) else "{…}"})
            return None
        found = self.names_here(node, scope)
        match found:
            case None:
                return None
            case Definition():
                if isinstance(found.of, Condition):
                    self._not_a_number(found.type, node.span)
                    return None
                return Typed(Defined(found.id, found.title.zh, found.of), found.type)
            case _:
                return self._fact_term(found, node.span, scope)

    def names_here(self, node: Scalar, scope: Scope) -> Fact | Definition | None:
        return self.named(node, scope)

    def _fact_term(self, fact: Fact, span: Span, scope: Scope) -> Typed | None:
        if not isinstance(fact.type, YearlyType):
            return Typed(FactValue(fact), fact.type)
        if scope.years is not None:
            return Typed(OverYears(How.SUM, fact, *scope.years), fact.type.of)
        if scope.year is not None:
            return Typed(YearValue(fact, scope.year), fact.type.of)
        self.report(Code.YEAR_NEEDED, span, {"fact": fact.id})
        return None

    def _yearly(self, node: Node, scope: Scope) -> Fact | None:
        if not isinstance(node, Scalar):
            self.report(Code.NOT_ONE_VALUE, node.span, {"written": "[…]" if isinstance(node, Sequence) else "{…}"})
            return None
        found = self.named(node, scope)
        if isinstance(found, Fact) and isinstance(found.type, YearlyType):
            return found if self.is_number(found.type.of, node.span) else None
        if found is not None:
            self.report(Code.NOT_YEARLY, node.span, {"fact": node.text})
        return None

    # ------------------------------------------------------------ years

    def timed(self, fields: Fields, scope: Scope) -> Scope:
        """The scope with the year or years that are named among the fields."""
        if "year" in fields:
            # A year that was refused still is one: nobody is told twice that it is needed.
            scope = scope._replace(year=self.year(fields["year"]) or 0, years=None)
        if "years" in fields:
            scope = scope._replace(year=None, years=self.years(fields["years"], scope) or Years(1, 1, None))
        return scope

    def year(self, node: Node) -> int | None:
        """`this_year`, `last_year`, `year_before_last`, or `{years_ago: 3}`, counted back from the application's."""
        if isinstance(node, Mapping):
            fields = self.fields(node, ("years_ago",))
            if "years_ago" not in fields:
                self.report(Code.MISSING_KEY, node.span, {"key": "years_ago"})
                return None
            count = self.whole(fields["years_ago"], 0, 100)
            return None if count is None else count + self.names.this_year
        word = self.one_of(node, _YEARS)
        return None if word is None else _YEARS[word] + self.names.this_year

    def years(self, node: Node, scope: Scope) -> Years | None:
        """`3` for the last three, `all` for every year up to the last, or a mapping that says more."""
        if isinstance(node, Scalar) and node.text == "all":
            return Years(None, 1 + self.names.this_year, None)
        if not isinstance(node, Mapping):
            count = self.whole(node, 1, 100)
            return None if count is None else Years(count + self.names.this_year, 1 + self.names.this_year, None)
        fields = self.fields(node, ("last", "through", "since"))
        if not fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "last"})
            return None
        through = self.year(fields["through"]) if "through" in fields else 1 + self.names.this_year
        since = self._founding(fields["since"], scope) if "since" in fields else None
        count = self.whole(fields["last"], 1, 100) if "last" in fields else None
        if through is None or ("since" in fields and since is None) or ("last" in fields and count is None):
            return None
        return Years(None if count is None else through + count - 1, through, since)

    def _founding(self, node: Node, scope: Scope) -> Fact | None:
        """The fact that is the day from which on years count."""
        since = self.name(node, scope)
        if since is None or not self.fits(since.type, DateType(), node.span):
            return None
        if isinstance(since.term, FactValue):
            return since.term.fact
        self.report(Code.NOT_ALLOWED_HERE, node.span, {"expected": "`founded`"})
        return None

    def whole(self, node: Node, least: int, most: int) -> int | None:
        """A whole number between two ends, both allowed."""
        number = node.value if isinstance(node, Scalar) else None
        if isinstance(number, int) and not isinstance(number, bool) and least <= number <= most:
            return number
        self.report(Code.NOT_ALLOWED_HERE, node.span, {"expected": f"{least}–{most}"})
        return None

    # ------------------------------------------------------------ kinds

    def _several(
        self, how: How, fields: Fields, argument: Node, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        """A sum, mean or extreme: of a list of terms, of a yearly fact over years, of items over a list."""
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
            fact = self._yearly(argument, scope)
            if fact is None or not isinstance(fact.type, YearlyType):
                return None
            return Typed(OverYears(how, fact, *scope.years), fact.type.of)
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
            return Typed(Defined(found.id, found.title.zh, found.of), found.type)
        return self.name(argument, inside)

    def _count(self, fields: Fields, argument: Node, node_id: str) -> Typed | None:
        entity = self.entity(argument)
        if entity is None:
            return None
        where = self.where(fields["where"], f"{node_id}/where", Scope(entity)) if "where" in fields else None
        if "where" in fields and where is None:
            return None
        return Typed(CountItems(entity, where), CountType("项"))

    def _change(self, head: str, fields: Fields, argument: Node, node_id: str, scope: Scope) -> Typed | None:
        fact = self._yearly(argument, scope)
        if fact is None or not isinstance(fact.type, YearlyType):
            return None
        year = scope.year if scope.year is not None else self.names.this_year
        if head == "increase_of":
            return Typed(Increase(fact, year), signed(fact.type.of))
        undefined = self._when_undefined(fields, node_id, scope)
        return Typed(Growth(fact, year, undefined), RateType(negative=True))

    def _ratio(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Typed | None:
        parts = self.both("ratio_of", "to", fields, node, node_id, scope, None)
        if parts is None:
            return None
        of, to = parts
        undefined = self._when_undefined(fields, node_id, scope)
        return Typed(Ratio(of.term, to.term, undefined), RateType(negative=True))

    def _when_undefined(self, fields: Fields, node_id: str, scope: Scope) -> Term | None:
        if "when_undefined" not in fields:
            return None
        typed = self.term(fields["when_undefined"], f"{node_id}/when_undefined", scope, RateType(negative=True))
        return typed.term if typed is not None else None

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
        return Typed(Elapsed(unit, since, until), CountType(ELAPSED_UNITS[unit]))

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

    # ------------------------------------------------------------ types

    def same_type(self, parts: list[Placed]) -> bool:
        """Whether all are of the type of the first; reported at each that is not."""
        fitting = [self.fits(part.type, parts[0].type, part.span) for part in parts[1:]]
        return all(fitting)

    def is_number(self, of: FactType, span: Span) -> bool:
        """Whether values of a type can be added and multiplied; reported where they cannot."""
        if not isinstance(of, NUMBERS):
            self._not_a_number(of, span)
        return isinstance(of, NUMBERS)

    def _not_a_number(self, found: FactType, span: Span) -> None:
        words = {"wanted_zh": "金额、比例或数量", "wanted_en": "an amount, a rate or a number"}
        words |= {"found_zh": kind_word(found, "zh"), "found_en": kind_word(found, "en")}
        self.report(Code.TYPES_DIFFER, span, words)

    def fits(self, found: FactType, wanted: FactType, span: Span) -> bool:
        if alike(found, wanted):
            return True
        words = {"found_zh": kind_word(found, "zh"), "wanted_zh": kind_word(wanted, "zh")}
        words |= {"found_en": kind_word(found, "en"), "wanted_en": kind_word(wanted, "en")}
        self.report(Code.TYPES_DIFFER, span, words)
        return False


def alike(left: FactType, right: FactType) -> bool:
    """Whether values of two types can be added and compared: money with money, 人 with 人."""
    if isinstance(left, CountType | QuantityType) and isinstance(right, CountType | QuantityType):
        return left.unit == right.unit
    if isinstance(left, MoneyType | RateType | ChoiceType):
        return isinstance(right, type(left))
    return type(left) is type(right)


def signed(of: FactType) -> FactType:
    """The type of what can also be below nothing."""
    match of:
        case MoneyType():
            return MoneyType(negative=True)
        case RateType():
            return RateType(negative=True)
        case _:
            return of


def unlimited(of: FactType) -> FactType:
    """The type of what can exceed the highest value of each part: a sum."""
    return of._replace(upper=None) if isinstance(of, RateType | CountType) else of


def guessed(node: Scalar) -> FactType | None:
    """The type that a value shows by its unit; None for words."""
    text = node.text.strip()
    if isinstance(node.value, bool):
        return BooleanType()
    if not text[:1].isdigit() and text[:1] not in "-+":
        return None
    if text.endswith("元"):
        return MoneyType(negative=True)
    if text.endswith(("%", "‰", "％", "个百分点")):
        return RateType(negative=True)
    unit = text.lstrip("+-0123456789.,， ")
    return QuantityType(unit) if "." in text else CountType(unit)


_KINDS = {
    "MoneyType": ("金额", "money"),
    "RateType": ("比例", "a rate"),
    "DateType": ("日期", "a date"),
    "BooleanType": ("是或否", "yes or no"),
    "ChoiceType": ("选项", "a choice"),
    "YearlyType": ("逐年数值", "a value for each year"),
}


def kind_word(of: FactType, lang: str) -> str:
    """What a type is called in a message."""
    if isinstance(of, CountType | QuantityType):
        return f"数量（{of.unit}）" if lang == "zh" else f"a number of {of.unit}"
    chinese, english = _KINDS.get(type(of).__name__, ("文字", "words"))
    return chinese if lang == "zh" else english


def as_number(value: object) -> Decimal:
    """A literal's number. Only for types that have one."""
    assert isinstance(value, int | Decimal)
    return Decimal(value)


def _is_word_of(expected: FactType | None, node: Node) -> bool:
    """Whether what looks like a name is a word of the choice expected here."""
    return isinstance(expected, ChoiceType) and isinstance(node, Scalar) and node.text in expected.choices


def leading(found: list[str], heads: Mapped[str, tuple[str, ...]]) -> list[str]:
    """The one head whose own keys the others are (`this_year` beside `already_granted`); else all of them."""
    first = [head for head in found if set(found) - {head} <= set(heads[head])]
    return first if len(first) == 1 else found
