"""Amounts of money from the tree to the model. Imports the nodes, terms and facts.

What is written about one amount is applied in this order, whatever the order of the keys: the base and its
cap, the rate or table, what comes on top (`plus`), what was granted already (`less_granted`) or by others
(`with_support`), the floor, the rounding, the smallest payout, the cap.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from collections.abc import Sequence as Several

from incentives.diagnostics import Code, Span
from incentives.facts.types import RateType
from incentives.language.granted import EVERY_HEAD
from incentives.language.keys import leave_nothing_out
from incentives.language.kinds import as_number
from incentives.language.modifiers import MODIFIERS, YUAN, ModifierReader, gap_in, is_wide, is_yearly, listed
from incentives.language.nodes import (
    Case,
    Cases,
    Combined,
    Decided,
    How,
    Literal,
    NothingBelow,
    Product,
    Row,
    Table,
    Term,
)
from incentives.language.reach import NOT_REACHED
from incentives.language.signs import can_be_negative
from incentives.language.tables import ROW_TESTS, apart_from_condition
from incentives.language.terms import leading
from incentives.language.written import Fields, Scope
from incentives.records import replaced
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar, Sequence
from incentives.values import ZERO

FORMS: dict[str, tuple[str, ...]] = {
    "exact": (),
    "up_to": (),
    "not_below": (),
    "between": (),
    "discretionary": (),
    "not_published": (),
    "recognition": (),
    "relief": (),
    "in_kind": (),
    "tiers": ("by", "otherwise", "year"),
    "tier_cases": ("otherwise",),
    "adds_up": (),
    "either_of": (),
}
"""The ways to state an amount, besides every term; and the keys that go with each."""

_AMOUNT_HEADS = {**FORMS, **{head: keys for head, keys in EVERY_HEAD.items() if head != "by"}}
_NAMED_FORMS = (*FORMS, "share", "per_unit", "for_every", "slices_of", "first_time_reaching")
"""The ways that a message names; the reference of the language lists the others."""

WITHOUT_MONEY = ("recognition", "relief", "in_kind")
"""The ways that pay nothing: a title, what need not be paid to an authority (减免), what is given in kind."""

BESIDE_AMOUNTS = ("recognition", "in_kind")
"""What can also come together with money, or with a relief."""

_LOOSE_RATE = re.compile(r"(?P<form>up_to|not_below)[ :：]*(?P<rate>[0-9.]+ ?[%‰])\Z")
"""A rate with the form it has and without the braces."""
_OPEN = Decided(None, None, unpublished=False)
_GAP = Decided(None, None, unpublished=True)


class AmountReader(ModifierReader):
    """Reads amounts. Those of tiers and sums take the same forms as a whole award does."""

    def _head(self, node: Mapping, around: tuple[str, ...]) -> tuple[str, Fields] | None:
        """The key that states the amount, and the fields that go with it."""
        found = [key.text for key, _ in node.entries if key.text in _AMOUNT_HEADS]
        found = leading(found, _AMOUNT_HEADS)
        if len(found) > 1:
            own = [head for head in found if head not in around]
            found = own or found[:1]
        if not found:
            known = (*MODIFIERS, *around)
            slips = [key.text for key, _ in node.entries if key.text not in known]
            found = [meant for slip in slips if (meant := nearest(slip, _AMOUNT_HEADS)) is not None]
        if len(found) != 1:
            ceiling = node.get("up_to") if len(found) == 2 else None
            words = {"written": ", ".join(found), "known": ", ".join(_NAMED_FORMS)}
            words["ceiling"] = ceiling.text if isinstance(ceiling, Scalar) else ""
            words["title"] = next((head for head in BESIDE_AMOUNTS if head in found and head not in around), "")
            self.report(Code.AWARD_FORM, node.span, words)
            return None
        [head] = found
        fields = self.fields(node, (head, *_AMOUNT_HEADS[head], *MODIFIERS, *around))
        if head not in fields and node.get(head) is None:
            self.report(Code.MISSING_KEY, node.span, {"key": head})
        return (head, fields) if head in fields else None

    def amount(self, node: Node, node_id: str, scope: Scope, around: tuple[str, ...] = ()) -> Term | None:
        """An amount written as a mapping of its own: a tier, or a part of a sum."""
        mapping = self.mapping(node)
        found = self._head(mapping, around) if mapping is not None else None
        if mapping is None or found is None:
            return None
        return self._part(*found, mapping, node_id, scope)

    def _part(self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Term | None:
        """An amount that is part of another: only a tier of the award itself can have a cap for the whole company."""
        if head in ("relief", "in_kind") and not is_tier(node_id):
            words = {
                "key": head,
                "advice_zh": "它不是金额的一部分，写成单独一条，或写成奖补的各档",
                "advice_en": "it is no part of an amount; write a clause of its own, or tiers of the award",
            }
            self.report(Code.KEY_MISPLACED, fields[head].span, words)
        for cap in listed(fields.get("cap")):
            if is_yearly(cap) or (is_wide(cap) and not is_tier(node_id)):
                words = {
                    "key": "per",
                    "advice_zh": "这一部分按企业、按年封顶的，写成单独一条条款",
                    "advice_en": "a part with a limit of its own per company or year is a clause of its own",
                }
                self.report(Code.KEY_MISPLACED, cap.span, words)
        return self._amount(head, fields, node, node_id, scope, whole=False)

    def _amount(
        self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope, *, whole: bool = True
    ) -> Term | None:
        """The amount of a `whole` award, which keeps the words of what is left open itself, or of a part of one."""
        term = self._form(head, fields, node, node_id, scope, whole=whole)
        if term is None:
            return None
        if "plus" in fields:
            more = self.amount(fields["plus"], f"{node_id}/plus", scope)
            term = term if more is None else Combined(How.SUM, (_at_least_nothing(term), _at_least_nothing(more)))
        return self.modified(term, fields, node_id, scope)

    def _form(
        self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope, *, whole: bool
    ) -> Term | None:
        written = fields[head]
        match head:
            case "exact":
                return self.money(written, node_id, scope)
            case "up_to":
                high = self.money(written, node_id, scope)
                return None if high is None else Decided(None, high, unpublished=False)
            case "not_below":
                low = self.money(written, node_id, scope)
                return None if low is None else Decided(low, None, unpublished=False)
            case "between":
                return self._between(written, node_id, scope)
            case "either_of":
                return self._either_of(written, lambda part, at: self._amount_or_money(part, at, scope), node_id)
            case "discretionary" | "not_published":
                words = self.text(written)
                gap = _GAP if head == "not_published" else _OPEN
                return None if words is None else gap if whole else replaced(gap, words=words)
            case "recognition" | "relief" | "in_kind":
                self.without_money(head, fields)
                words = self.text(written)
                return None if words is None else Literal(ZERO, YUAN, words)
            case "tiers":
                return self._tiers(fields, node, node_id, scope)
            case "tier_cases":
                return self._tier_cases(fields, node_id, scope)
            case "adds_up":
                parts = [
                    self.amount(part, f"{node_id}/{place}", scope)
                    for place, part in enumerate(self.items(written, head))
                ]
                known = tuple(_at_least_nothing(part) for part in parts if part is not None)
                return Combined(How.SUM, known) if len(known) == len(parts) and known else None
            case "share":
                return self._share_of_base(fields, node, node_id, scope)
            case _:
                typed = self.of_fields(head, fields, node, node_id, scope, YUAN)
                return self.yuan(typed, written.span)

    def without_money(self, head: str, fields: Fields) -> None:
        """What pays nothing: what changes an amount has no place beside it."""
        words = {
            "advice_zh": "认定不涉及金额；金额写成另一条",
            "advice_en": "a recognition pays nothing; write what is paid as a clause of its own",
        }
        if head == "relief":
            words = {
                "advice_zh": "减免的金额不在本条计算，只写文件的原话；另外拨付的金额写成另一条",
                "advice_en": "what a relief comes to is not worked out; write what is paid as a clause of its own",
            }
        if head == "in_kind":
            words = {
                "advice_zh": "给的不是钱，没有金额可算；拨付的金额与 `in_kind` 并列写在奖补里",
                "advice_en": "what is given in kind is no sum; money that comes with it stands beside `in_kind`",
            }
        for key in MODIFIERS:
            if key in fields:
                self.report(Code.KEY_MISPLACED, fields[key].span, {"key": key, **words})

    def _share_of_base(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Term | None:
        """`share` `of` a base, at most `base_cap` of which counts. Share and base may be gaps, the share a range."""
        if "of" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "of"})
            return None
        scope = self.timed(fields, scope)
        rate = self._rate(fields["share"], node_id, scope)
        base = self._base(fields["of"], f"{node_id}/of", scope)
        if "base_cap" in fields and base is not None:
            cap = self.money(fields["base_cap"], f"{node_id}/base_cap", scope)
            base = None if cap is None else Combined(How.SMALLEST, (base, cap))
        return None if rate is None or base is None else Product(rate, base)

    def _base(self, node: Node, node_id: str, scope: Scope) -> Term | None:
        """What a share is taken of: money, or `{not_published: 基数未列}`."""
        gap = gap_in(node)
        if isinstance(node, Mapping) and [key.text for key, _ in node.entries] == ["either_of"]:
            return self._either_of(node.entries[0][1], lambda part, at: self.money(part, at, scope), node_id)
        return self.money(node, node_id, scope) if gap is None else self._gap(gap)

    def _amount_or_money(self, node: Node, node_id: str, scope: Scope) -> Term | None:
        amount = isinstance(node, Mapping) and "by" not in node.by_key
        return self.amount(node, node_id, scope) if amount else self.money(node, node_id, scope)

    def _either_of(self, node: Node, read: Callable[[Node, str], Term | None], node_id: str) -> Term | None:
        """One of several, and the source does not say which (按投资额或设备额的10%): between least and most."""
        of = self.items(node, "either_of")
        if len(of) == 1:
            self.report(Code.NOT_ALLOWED_HERE, node.span, {"expected": "`[投资额, 设备额]`"})
        parts = tuple(part for place, one in enumerate(of) if (part := read(one, f"{node_id}/{place}")) is not None)
        if len(parts) < len(of) or not parts:
            return None
        return Decided(Combined(How.SMALLEST, parts), Combined(How.LARGEST, parts), unpublished=False)

    def _gap(self, node: Node) -> Term | None:
        """What the source leaves out, with its words for that."""
        words = self.text(node)
        return None if words is None else Decided(None, None, unpublished=True, words=words)

    def _rate(self, node: Node, node_id: str, scope: Scope) -> Term | None:
        """A rate, or what an authority decides of it: `{up_to: 50%}`, `{between: [5%, 20%]}`, `{not_below: 10%}`."""
        if isinstance(node, Mapping) and len(node.entries) == 1 and node.entries[0][0].text in FORMS:
            key, value = node.entries[0]
            if key.text == "not_published":
                return self._gap(value)
            if key.text == "either_of":
                return self._either_of(value, lambda part, at: self._plain_rate(part, at, scope), f"{node_id}/share")
            parts = value.items if isinstance(value, Sequence) else (value,)
            rates = [self._plain_rate(part, f"{node_id}/share/{place}", scope) for place, part in enumerate(parts)]
            if len(rates) != (2 if key.text == "between" else 1):
                self.report(Code.NOT_ALLOWED_HERE, value.span, {"expected": "`[5%, 20%]`"})
                return None
            ends = [rate for rate in rates if rate is not None]
            if len(ends) != len(rates) or not self._in_order(ends, value.span):
                return None
            match key.text:
                case "up_to":
                    return Decided(None, ends[0], unpublished=False)
                case "not_below":
                    return Decided(ends[0], None, unpublished=False)
                case "between":
                    return Decided(ends[0], ends[1], unpublished=False)
        loose = _LOOSE_RATE.match(node.text) if isinstance(node, Scalar) else None
        if loose is not None:
            words = {"written": loose[0], "instead": f"{{{loose['form']}: {loose['rate']}}}"}
            self.report(Code.RATE_UNREADABLE, node.span, words)
            return None
        return self._plain_rate(node, f"{node_id}/share", scope)

    def _plain_rate(self, node: Node, node_id: str, scope: Scope) -> Term | None:
        """A rate written out, by its name, or worked out."""
        typed = self.term(node, node_id, scope, RateType())
        return typed.term if typed is not None and self.fits(typed.type, RateType(), node.span) else None

    def _between(self, node: Node, node_id: str, scope: Scope) -> Term | None:
        parts = self.items(node, "between")
        ends = [self.money(part, f"{node_id}/{place}", scope) for place, part in enumerate(parts)]
        if len(ends) != 2:
            self.report(Code.NOT_ALLOWED_HERE, node.span, {"expected": "`[10万元, 100万元]`"})
            return None
        low, high = ends
        if low is None or high is None or not self._in_order((low, high), node.span):
            return None
        return Decided(low, high, unpublished=False)

    def _in_order(self, ends: Several[Term], span: Span) -> bool:
        """Whether the ends written out stand from low to high; reported where they do not."""
        values = [as_number(end.value) for end in ends if isinstance(end, Literal)]
        if values == sorted(values):
            return True
        self.report(Code.BAND_IS_EMPTY, span)
        return False

    def _tiers(self, fields: Fields, node: Mapping, node_id: str, scope: Scope) -> Term | None:
        """`by` a key, the amount of the first of `tiers` that it fits; where it fits none, the clause is not met."""
        if "by" not in fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "by"})
            return None
        scope = self.timed(fields, scope)
        key = self.term(fields["by"], f"{node_id}/by", scope)
        rows: list[Row] = []
        for place, row in enumerate(self.items(fields["tiers"], "tiers")):
            mapping, row_id = self.mapping(row), f"{node_id}/tiers/{place}"
            if mapping is None or key is None:
                continue
            if self.has_other_tests(mapping, "tier_cases"):
                continue
            found = self._head(mapping, (*ROW_TESTS, "tier"))
            if found is None:
                continue
            test = self.row_test(found[1], mapping, key.type)
            given = self._part(*found, mapping, row_id, scope)
            if test is not None and given is not None:
                rows.append(Row(row_id, mapping.span, *test, given, self.text(found[1].get("tier"))))
        self.all_reached(rows)
        if key is not None and "otherwise" not in fields:
            self.all_meet(rows, key.type)
        otherwise = self._otherwise(fields, node_id, scope)
        return (
            None if key is None or otherwise is None else Table(node_id, key.term, key.type, tuple(rows), otherwise)
        )

    def _tier_cases(self, fields: Fields, node_id: str, scope: Scope) -> Term | None:
        """The amount of the first case whose condition holds; where none does, the clause is not met."""
        rows: list[Case] = []
        for place, row in enumerate(self.items(fields["tier_cases"], "tier_cases")):
            mapping, row_id = self.mapping(row), f"{node_id}/tier_cases/{place}"
            if mapping is None:
                continue
            asked, mapping = apart_from_condition(mapping, *_own_keys(mapping))
            found = self._head(mapping, ("when", "tier"))
            if found is None:
                continue
            when_node = found[1].get("when") if asked is None else asked
            if when_node is None:
                self.report(Code.MISSING_KEY, mapping.span, {"key": "when"})
                continue
            when = self.where(when_node, f"{row_id}/when", scope)
            given = self._part(*found, mapping, row_id, scope)
            if when is not None and given is not None:
                rows.append(Case(row_id, mapping.span, when, given, self.text(found[1].get("tier"))))
        otherwise = self._otherwise(fields, node_id, scope)
        if otherwise is None:
            return None
        cases = Cases(node_id, tuple(rows), otherwise)
        if "otherwise" not in fields:
            self.all_cases_meet(cases)
        if not leave_nothing_out(cases):
            return cases
        return replaced(cases, otherwise=None if otherwise is NOT_REACHED else otherwise, complete=True)

    def _otherwise(self, fields: Fields, node_id: str, scope: Scope) -> Term | None:
        return (
            self.amount(fields["otherwise"], f"{node_id}/otherwise", scope, ("tier",))
            if "otherwise" in fields
            else NOT_REACHED
        )


def _own_keys(row: Mapping) -> tuple[set[str], Collection[str]]:
    """The keys of a tier that say what it gives and its name; and the heads, where none is one but a slip may be."""
    heads = leading([key.text for key, _ in row.entries if key.text in _AMOUNT_HEADS], _AMOUNT_HEADS)
    known = {*heads, *(key for head in heads for key in _AMOUNT_HEADS[head]), *MODIFIERS, "tier"}
    return known, () if heads else FORMS


def _at_least_nothing(part: Term) -> Term:
    """A part of a sum: one that comes out below nothing pays nothing, and takes nothing from the other parts."""
    return NothingBelow(part, ZERO) if can_be_negative(part) else part


def is_tier(node_id: str) -> bool:
    """Whether what stands there is a tier of an award itself: `clause/award/tiers/0`."""
    _, _, place = node_id.partition("/award/")
    head, _, number = place.partition("/")
    return place == "otherwise" or (head in ("tiers", "tier_cases") and number.isdigit())
