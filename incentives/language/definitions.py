"""Named derived facts, and names imported from other policies. Imports the nodes, terms and conditions.

A definition is worked out when it is first named, so the order of the file does not matter; one that comes
back to itself is refused with the way it went.
"""

from __future__ import annotations

from collections.abc import Mapping

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.facts.types import BooleanType, ChoiceType
from incentives.facts.vocabulary import Entity, Vocabulary
from incentives.language.conditions import ConditionReader
from incentives.language.model import Definition
from incentives.language.tables import TableReader
from incentives.language.written import NAME, Names, Scope
from incentives.source.tree import Mapping as MappingNode
from incentives.source.tree import Node
from incentives.values import Bilingual

AROUND = ("title", "for_each", "order", "says")
SECTION = "definitions"


DEEPEST = 32
"""Definitions that rest on definitions any deeper are refused: nobody could read them."""


class PolicyNames(Names):
    """The names of one policy: the vocabulary's, its own definitions, and those it imports."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        this_year: int,
        written: MappingNode | None,
        imported: Mapping[str, Mapping[str, Definition]],
        problems: list[Diagnostic],
        policy_id: str,
    ) -> None:
        super().__init__(vocabulary, this_year)
        self._written = {key.text: (key.span, node) for key, node in written.entries} if written is not None else {}
        self._imported = imported
        self._problems = problems
        self._policy_id = policy_id
        self._under_way: list[str] = []
        self._terms: TableReader | None = None
        self._conditions: ConditionReader | None = None

    def read_with(self, terms: TableReader, conditions: ConditionReader) -> None:
        """The readers of terms and conditions, which in turn name definitions."""
        self._terms, self._conditions = terms, conditions

    def define(self, name: str) -> Definition | None:
        alias, dot, inner = name.partition(".")
        if dot and alias in self._imported:
            return self._imported[alias].get(inner)
        if name in self.definitions or name not in self._written:
            return self.definitions.get(name)
        if name in self._under_way:
            way = [*self._under_way[self._under_way.index(name) :], name]
            span, _ = self._written[name]
            self._problems.append(Diagnostic(Code.DEFINITION_CYCLE, span, {"path": " → ".join(way)}))
            self._written.pop(name)
            self.unreadable.add(name)
            return None
        if len(self._under_way) >= DEEPEST:
            self._problems.append(Diagnostic(Code.TOO_DEEP, self._written[name][0], {"limit": str(DEEPEST)}))
            self._written.pop(name)
            return None
        self._under_way.append(name)
        span, node = self._written[name]
        found = self._read(name, span, node)
        self._under_way.pop()
        self._written.pop(name, None)
        if found is not None:
            self.definitions[name] = found
        else:
            self.unreadable.add(name)
        return found

    def defined(self) -> dict[str, str]:
        own = {name: name for name in (*self.definitions, *self._written)}
        imported = {name: f"{alias}.{name}" for alias, names in self._imported.items() for name in names}
        return imported | own

    def define_all(self) -> dict[str, Definition]:
        """Every definition, in the order of the file."""
        for name in list(self._written):
            if name in self._written:
                self._check_name(name, self._written[name][0])
            self.define(name)
        return self.definitions

    def _check_name(self, name: str, span: Span) -> None:
        taken = any(name in entity.facts for entity in self.vocabulary.entities.values())
        if taken or name in self.vocabulary.entities:
            self._problems.append(Diagnostic(Code.NAME_TAKEN, span, {"written": name}))
        elif not NAME.match(name) or "." in name:
            self._problems.append(Diagnostic(Code.BAD_NAME, span, {"written": name}))

    def _read(self, name: str, span: Span, node: Node) -> Definition | None:
        terms, conditions = self._terms, self._conditions
        assert terms is not None, "the readers are there before anything is read"
        assert conditions is not None, "the readers are there before anything is read"
        mapping = terms.mapping(node)
        if mapping is None:
            return None
        heads = ("when", *terms.heads())
        head = terms.head(mapping, heads)
        if head is None:
            return None
        fields = terms.fields(mapping, (head, *terms.keys_of(head), *AROUND))
        title = terms.text(fields.get("title"))
        if "title" not in fields:
            terms.report(Code.MISSING_KEY, span, {"key": "title"})
        entity: Entity | None = self.vocabulary.company
        if "for_each" in fields:
            entity = terms.entity(fields["for_each"])
        if entity is None or title is None or head not in fields:
            return None
        scope = Scope(entity)
        node_id = f"{self._policy_id}/{SECTION}/{name}"
        both, says = Bilingual(title, title), terms.text(fields.get("says"))
        if head == "when":
            condition = conditions.filter(fields["when"], node_id, scope)
            if condition is None:
                return None
            return Definition(name, both, condition.entity, BooleanType(), condition, span, says)
        typed = terms.of_fields(head, fields, mapping, node_id, scope, None)
        if typed is None:
            return None
        of = typed.type
        if "order" in fields:
            words = tuple(
                word for one in terms.items(fields["order"], "order") if (word := terms.text(one)) is not None
            )
            if not isinstance(of, ChoiceType):
                advice = {"advice_zh": "只用于给出几个词的表", "advice_en": "it goes with a table that gives words"}
                terms.report(Code.KEY_MISPLACED, fields["order"].span, {"key": "order", **advice})
                return None
            if sorted(words) != sorted(of.choices):
                known = ", ".join(of.choices)
                terms.report(Code.NOT_ALLOWED_HERE, fields["order"].span, {"expected": f"`[{known}]`"})
                return None
            of = ChoiceType(words, ordered=True)
        return Definition(name, both, entity.id, of, typed.term, span, says)
