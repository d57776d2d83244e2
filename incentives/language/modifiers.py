"""What is done to an amount: grants before, support by others, floor, rounding, cap. Imports terms and nodes."""

from __future__ import annotations

from decimal import Decimal

from incentives.diagnostics import Code, Span
from incentives.facts.types import MoneyType
from incentives.language.conditions import TITLE
from incentives.language.granted import EveryTermReader
from incentives.language.kinds import as_number
from incentives.language.named import Typed
from incentives.language.nodes import (
    Combined,
    Decided,
    Difference,
    How,
    Literal,
    NothingBelow,
    Rounded,
    RoundingMode,
    Term,
)
from incentives.language.written import Fields, Scope
from incentives.source.tree import Mapping, Node, Scalar, Sequence
from incentives.values import ZERO

MODIFIERS = (
    "base_cap",
    "plus",
    "less_granted",
    "with_support",
    "floor",
    "rounding",
    "nothing_below",
    "cap",
)
"""What can stand beside an amount; it is applied in this order, whatever the order of the keys."""

YUAN = MoneyType()
NO_MONEY = Literal(ZERO, YUAN)

_ROUNDING = {"元": Decimal(1), "百元": Decimal(100), "千元": Decimal(1000), "万元": Decimal(10000)}


class ModifierReader(EveryTermReader):
    """Reads what is done to an amount, and the sums of money in it."""

    def yuan(self, typed: Typed | None, span: Span) -> Term | None:
        """What is worked out, where it is money; reported at `span` where it is not."""
        return typed.term if typed is not None and self.fits(typed.type, YUAN, span) else None

    def money(self, node: Node, node_id: str, scope: Scope) -> Term | None:
        """An amount of money: written out, named, or worked out."""
        return self.yuan(self.term(node, node_id, scope, YUAN), node.span)

    def modified(self, term: Term, fields: Fields, node_id: str, scope: Scope) -> Term:
        """An amount after all that is written beside it, but for what comes on top of it."""
        if "base_cap" in fields and "share" not in fields:
            words = {"key": "base_cap", "advice_zh": "只与 `share` 同用", "advice_en": "it goes with `share`"}
            self.report(Code.KEY_MISPLACED, fields["base_cap"].span, words)
        if "less_granted" in fields:
            term = self._less_granted(term, fields["less_granted"], scope)
        if "with_support" in fields:
            term = self._with_support(term, fields["with_support"], node_id, scope)
        if "floor" in fields:
            floor = self.money(fields["floor"], f"{node_id}/floor", scope)
            term = term if floor is None else Combined(How.LARGEST, (term, floor))
        if "rounding" in fields:
            term = self._rounded(term, fields["rounding"])
        if "nothing_below" in fields:
            least = self.value(YUAN, fields["nothing_below"])
            term = term if least is None else NothingBelow(term, as_number(least))
        for cap in listed(fields.get("cap")):
            gap = gap_in(cap)
            if gap is not None:
                said = self.text(gap)
                term = term if said is None else Decided(None, term, unpublished=False, words=said)
            elif not is_wide(cap):
                at = self._plain_cap(cap)
                highest = self.money(at, f"{node_id}/cap", scope) if at is not None else None
                if highest is not None and is_yearly(cap):
                    highest = self._left_this_year(highest, cap.span, node_id, scope)
                term = term if highest is None else Combined(How.SMALLEST, (term, highest))
        return term

    def _left_this_year(self, most: Term, span: Span, node_id: str, scope: Scope) -> Term | None:
        """单个项目每年不超过100万元: what the ledger leaves for the item at hand in the year of application."""
        for_item = self.item_of(scope, span, "per")
        if for_item is None:
            return None
        clause = node_id.split("/", 1)[0]
        granted = self.granted((clause,), span, this_year=True, for_item=for_item)
        return None if granted is None else Combined(How.LARGEST, (Difference(most, granted), NO_MONEY))

    def _plain_cap(self, node: Node) -> Node | None:
        """What a cap on the one amount it stands at is: `30万元`, or `{at: 30万元, per: item}`."""
        if not isinstance(node, Mapping) or node.get("at") is None:
            return node
        return self.fields(node, ("at", "per", "says")).get("at")

    def _less_granted(self, term: Term, node: Node, scope: Scope) -> Term:
        """补差: less what these clauses have granted before; with `of`, for the same item or kind."""
        for_item, same = None, None
        if isinstance(node, Mapping):
            parts = self.fields(node, ("of", "same_item", "same"))
            for_item, same = self.for_the_same(parts, scope)
            if for_item == TITLE:
                self.report(Code.TITLES_BY_NAME, parts["same_item"].span)
            if "of" not in parts:
                self.report(Code.MISSING_KEY, node.span, {"key": "of"})
                return term
            node = parts["of"]
        clauses = self.clauses(node, "less_granted")
        granted = self.granted(clauses, node.span, this_year=False, for_item=for_item, same=same)
        return term if granted is None else Difference(term, granted)

    def _with_support(self, term: Term, node: Node, node_id: str, scope: Scope) -> Term:
        """A limit on all support together: `{of: national_support, at_most: 100万元}`."""
        mapping = self.mapping(node)
        if mapping is None:
            return term
        parts = self.fields(mapping, ("of", "at_most"))
        for key in ("of", "at_most"):
            if key not in parts:
                self.report(Code.MISSING_KEY, mapping.span, {"key": key})
                return term
        other = self.money(parts["of"], f"{node_id}/with_support/of", scope)
        limit = self.money(parts["at_most"], f"{node_id}/with_support/at_most", scope)
        if other is None or limit is None:
            return term
        return Combined(How.SMALLEST, (term, Difference(limit, other)))

    def _rounded(self, term: Term, node: Node) -> Term:
        """`{to: 元, mode: down}`."""
        mapping = self.mapping(node)
        if mapping is None:
            return term
        parts = self.fields(mapping, ("to", "mode"))
        to = self.one_of(parts.get("to"), _ROUNDING)
        mode = self.one_of(parts.get("mode"), [str(mode) for mode in RoundingMode])
        for key in ("to", "mode"):
            if key not in parts:
                self.report(Code.MISSING_KEY, mapping.span, {"key": key})
        return term if to is None or mode is None else Rounded(term, _ROUNDING[to], RoundingMode(mode))


def listed(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if isinstance(node, Sequence) else (node,)


def gap_in(node: Node) -> Node | None:
    """The words of `{not_published: 基数未列}`; None for anything else."""
    return node.get("not_published") if isinstance(node, Mapping) and len(node.entries) == 1 else None


def is_wide(cap: Node) -> bool:
    """Whether a cap holds for more than the one amount it stands at."""
    if not isinstance(cap, Mapping):
        return False
    per = cap.get("per")
    return per is not None and not (isinstance(per, Scalar) and per.text == "item") and not is_yearly(cap)


def is_yearly(cap: Node) -> bool:
    """Whether a cap holds for all that one item is granted in a year: `{at: 100万元, per: [item, year]}`."""
    per = cap.get("per") if isinstance(cap, Mapping) else None
    words = [word.text for word in listed(per) if isinstance(word, Scalar)]
    return sorted(words) == ["item", "year"]
