"""The vocabulary: which facts there are, what they mean, what to ask, who can supply them.

Imports diagnostics, the tree, values and fact types.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from incentives.diagnostics import Span
from incentives.facts.types import FactType
from incentives.records import NamedTuple
from incentives.source.tree import Plain
from incentives.values import Bilingual

COMPANY = "company"
"""The entity a profile is about; every other entity is a list of its items."""

IDENTIFIER = r"[a-z][a-z0-9_-]*"
"""What a fact, a kind of item or a definition can be called: no amount, date or word of a policy looks like one."""

ITEM_KEYS = ("id", "name")
"""Keys every item of a list may carry: what tells it from the others, and what people call it."""


class Fact(NamedTuple):
    """A declared, typed input.

    `supplier` is the authority that holds it, or None where the company itself asserts it. A `judgement`
    is a fact that only a person can settle, such as the vote of a review panel. `basis` is how it is counted
    (口径), such as at the end of the year or as the mean of its months: what is counted otherwise is another fact.
    A day is one on which something has happened by the time of an application, unless it `may_lie_ahead`: the last
    day of something.
    """

    entity: str
    id: str
    title: Bilingual
    type: FactType
    question: Bilingual
    supplier: Bilingual | None
    judgement: bool
    span: Span
    basis: Bilingual | None = None
    may_lie_ahead: bool = False


class Entity(NamedTuple):
    """What facts belong to: the company, or one kind of item in its lists. `list_key` is the profile's key.

    `can_change` are the facts that a company can still do something about; all others are history, or what it is.
    With `can_add` there can be more items than there are. `spent` are sums of money that cost as much as they rise.
    """

    id: str
    title: Bilingual
    list_key: str | None
    list_question: Bilingual | None
    facts: Mapping[str, Fact]
    span: Span
    can_change: frozenset[str] = frozenset()
    can_add: bool = False
    spent: frozenset[str] = frozenset()


class Vocabulary(NamedTuple):
    """Every fact there is. Where several files say it, what stands in all of them together."""

    entities: Mapping[str, Entity]
    content: Plain
    """All of it as one file would declare it, for receipts, and to tell whether another file says the same."""
    unseen: Mapping[str, Span] = MappingProxyType({})
    """What is declared for other policies alone, by its id: to say so where it is named."""

    @property
    def company(self) -> Entity:
        return self.entities[COMPANY]

    def lists(self) -> dict[str, Entity]:
        """The entities that are lists, by the key they have in a profile."""
        return {entity.list_key: entity for entity in self.entities.values() if entity.list_key}

    def only(self, named: Vocabulary) -> Vocabulary:
        """Of this vocabulary what `named` has too: the same facts, each as it is declared here."""
        entities: dict[str, Entity] = {}
        unseen: dict[str, Span] = {}
        for key, entity in self.entities.items():
            if key not in named.entities:
                unseen |= {key: entity.span, **{fact.id: fact.span for fact in entity.facts.values()}}
                continue
            known = named.entities[key].facts
            seen = {name: fact for name, fact in entity.facts.items() if name in known}
            unseen |= {name: fact.span for name, fact in entity.facts.items() if name not in known}
            entities[key] = entity._replace(facts=MappingProxyType(seen))
        return Vocabulary(MappingProxyType(entities), self.content, MappingProxyType(unseen))
