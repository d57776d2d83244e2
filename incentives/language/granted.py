"""What the ledger is asked, from the tree to the model. Imports the nodes, the other terms and facts."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from types import MappingProxyType

from incentives.diagnostics import Code, Span
from incentives.facts.ledger import LEDGER, LEDGER_FACTS, LEDGER_FROM, LEDGER_KIND, LEDGER_MATTER, LEDGER_TIER
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    FactType,
    MoneyType,
    TextType,
    UsccType,
)
from incentives.facts.vocabulary import COMPANY
from incentives.language.named import Typed
from incentives.language.nodes import Granted, Term, TimesGranted, YearsGranted, YearsSinceGranted
from incentives.language.steps import HEADS as STEP_HEADS
from incentives.language.steps import StepReader
from incentives.language.tables import HEADS as TABLE_HEADS
from incentives.language.terms import HEADS as PLAIN_HEADS
from incentives.language.walks import looks_at
from incentives.language.written import Fields, Scope
from incentives.source.tree import Mapping, Node, Scalar, Sequence

HEADS: dict[str, tuple[str, ...]] = {
    "already_granted": ("this_year", "same_item", "same"),
    "years_granted": ("same_item", "same"),
    "years_since_first_granted": ("same_item", "same"),
    "times_granted": ("this_year", "same_item", "same"),
}

EVERY_HEAD = PLAIN_HEADS | TABLE_HEADS | STEP_HEADS | HEADS
"""The key that says what a term is, whatever its family, and the keys that go with it."""


class EveryTermReader(StepReader):
    """Reads every term: those of the ledger as well.

    `policy_id`, `clause_titles` and `first_year` are what the ledger is asked about.
    """

    policy_id: str = ""
    first_year: int = 0
    clause_titles: AnyMapping[str, str] = MappingProxyType({})

    def heads(self) -> tuple[str, ...]:
        return (*super().heads(), *HEADS)

    def keys_of(self, head: str) -> tuple[str, ...]:
        return HEADS[head] if head in HEADS else super().keys_of(head)

    def of_fields(
        self, head: str, fields: Fields, node: Mapping, node_id: str, scope: Scope, expected: FactType | None
    ) -> Typed | None:
        if head not in HEADS or head not in fields:
            return super().of_fields(head, fields, node, node_id, scope, expected)
        return self._granted(head, fields, self.timed(fields, scope))

    def _granted(self, head: str, fields: Fields, scope: Scope) -> Typed | None:
        """The amount that was granted before; or in how many years, since when, or how many times."""
        node = fields[head]
        when = self.value(BooleanType(), fields["this_year"]) if "this_year" in fields else False
        for_item, same = self.for_the_same(fields, scope)
        clauses = self.clauses(node, head)
        term = self.granted(clauses, node.span, this_year=when is True, for_item=for_item, same=same)
        if term is None:
            return None
        match head:
            case "years_granted":
                return Typed(YearsGranted(term), CountType("年"))
            case "years_since_first_granted":
                return Typed(YearsSinceGranted(term), CountType("年"))
            case "times_granted":
                return Typed(TimesGranted(term), CountType("次"))
            case _:
                return Typed(term, MoneyType())

    def clauses(self, node: Node, key: str) -> tuple[str, ...]:
        """One clause of this policy, or a list of them."""
        names: list[str] = []
        for one in self.items(node, key) if isinstance(node, Sequence) else (node,):
            if isinstance(one, Scalar) and isinstance(one.value, bool):
                words = {"expected": "text", "clause": next(iter(self.clause_titles), "")}
                self.report(Code.WRONG_SHAPE, one.span, words)
                continue
            name = self.text(one)
            if name is not None and name not in self.clause_titles:
                self.report(Code.UNKNOWN_CLAUSE, one.span, {"written": name, "known": ", ".join(self.clause_titles)})
            elif name is not None:
                names.append(name)
        return tuple(names)

    def for_the_same(self, fields: Fields, scope: Scope) -> tuple[str | None, Term | None]:
        """Which grants count: those of the item at hand (`same_item: true`), or of its kind (`same: title_kind`)."""
        whole = self.value(BooleanType(), fields["same_item"]) if "same_item" in fields else False
        for_item = self.item_of(scope, fields["same_item"].span) if whole is True else None
        if "same" not in fields:
            return for_item, None
        if whole is True:
            words = {"key": "same", "advice_zh": "与 `same_item` 只写一个", "advice_en": "write it or `same_item`"}
            self.report(Code.KEY_MISPLACED, fields["same"].span, words)
            return for_item, None
        if self.item_of(scope, fields["same"].span, "same") is None:
            return None, None
        return None, self.kind_of_item(fields["same"], scope)

    def kind_of_item(self, node: Node, scope: Scope) -> Term | None:
        """What tells items of one kind: words of the item itself, a fact or a definition worked out for it."""
        found = self.name(node, scope)
        if found is None:
            return None
        words = {"key": "same"}
        if not isinstance(found.type, ChoiceType | TextType | CodeType | UsccType):
            words |= {"advice_zh": "写选项、文字或代码类的事实", "advice_en": "name a choice, a text or a code"}
            self.report(Code.KEY_MISPLACED, node.span, words)
            return None
        if scope.item.id not in looks_at(found.term):
            words |= {
                "advice_zh": "写对象自己的事实，或对每个对象的定义",
                "advice_en": "name a fact of the item itself",
            }
            self.report(Code.KEY_MISPLACED, node.span, words)
            return None
        return found.term

    def item_of(self, scope: Scope, span: Span, key: str = "same_item") -> str | None:
        """The entity of the item at hand, which `key` asks for; reported where there is none."""
        if scope.item.id != COMPANY:
            return scope.item.id
        words = {"key": key, "advice_zh": "只用于 `for_each` 的条款", "advice_en": "it goes with `for_each`"}
        if key == "once_for_each":
            words["advice_zh"] += "；对企业只给一次的写 `once_only`"
            words["advice_en"] += "; what a company gets once is `once_only`"
        self.report(Code.KEY_MISPLACED, span, words)
        return None

    def granted(
        self,
        clauses: tuple[str, ...],
        span: Span,
        *,
        this_year: bool,
        for_item: str | None = None,
        tier: str | None = None,
        same: Term | None = None,
    ) -> Granted | None:
        """What the ledger says of these clauses of this policy."""
        entities = self.names.vocabulary.entities
        needed = LEDGER_FACTS if for_item is None else (*LEDGER_FACTS, LEDGER_MATTER)
        needed = needed if tier is None else (*needed, LEDGER_TIER)
        needed = needed if same is None else (*needed, LEDGER_KIND)
        entity, begins = entities.get(LEDGER), self.names.vocabulary.company.facts.get(LEDGER_FROM)
        if entity is None or begins is None or any(name not in entity.facts for name in needed):
            self.report(Code.NO_LEDGER, span)
            return None
        titles = tuple(self.clause_titles.get(name, name) for name in clauses)
        first, founded = self.first_year, self.founded()
        return Granted(
            self.policy_id, clauses, titles, this_year, first, for_item, entity, begins, founded, tier, same
        )
