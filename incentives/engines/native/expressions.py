"""Conditions written as Python expressions over the facts that are loaded into locals. Imports nodes and values.

Nothing an author wrote becomes source: every name is made here, every value is a constant under such a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import assert_never

from incentives.engines.native.compiler import Node
from incentives.engines.native.logic import both, counted, either, negated
from incentives.engines.native.place import Place
from incentives.engines.rows import Awaiting
from incentives.engines.subjects import Presence
from incentives.facts.profile import Item, Profile
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Equals,
    FactValue,
    Holds,
    IncludesAny,
    ItemExists,
    Items,
    Literal,
    Measured,
    Not,
    OneOf,
    StartsWith,
    TermBound,
    Unstated,
    Within,
    Year,
    YearValue,
)
from incentives.records import NamedTuple
from incentives.values import State

DEEPEST = 4
"""Conditions inside conditions past this depth are left to closures: what asks for data grows with its square."""

Asked = tuple[str, str | None]
"""The entity and the fact of what is missing; without a fact its whole list."""


class Wait(NamedTuple):
    """A fact that a condition waits for: `when` it is not known, where all of `guards` are true around it."""

    asked: Asked
    when: str
    guards: tuple[str, ...] = ()


class Written(NamedTuple):
    """When a condition holds, when it fails, when it is open by missing data; it is for a person to judge otherwise.

    `judged`: whether that can be.
    """

    holds: str
    fails: str
    missing: str
    waits: tuple[Wait, ...]
    judged: bool


class Names:
    """Names for the constants and the facts that source speaks of."""

    def __init__(self) -> None:
        self.constants: dict[str, object] = {}
        self._words: dict[str, str] = {}
        self.company: dict[tuple[str, Year | None], str] = {}
        """The local of each fact of the company, of a yearly one in a year."""
        self.item: dict[str, str] = {}
        """The local of each fact of the items of the list at hand."""

    def constant(self, value: object) -> str:
        name = f"K{len(self.constants)}"
        if isinstance(value, str):
            name = self._words.setdefault(value, name)
        self.constants[name] = value
        return name

    def local(self, fact: Fact, year: Year | None = None) -> str | None:
        """The local that holds a fact; None for a year of a fact of items, which is left to closures."""
        if fact.entity == COMPANY:
            return self.company.setdefault((fact.id, year), f"f{len(self.company)}")
        return self.item.setdefault(fact.id, f"i{len(self.item)}") if year is None else None


def nothing_known() -> Place:
    """The place of a company of which nothing is known."""
    return Place(Profile(Item("", "", {}), {}), date.min)


class Writer:
    """Writes conditions. With `gone`, an entity, for the place of its items where nobody gave the list."""

    def __init__(self, names: Names, node: Callable[[Condition], Node], gone: str | None = None) -> None:
        self._names = names
        self._node = node
        self._gone = gone

    def condition(self, condition: Condition, depth: int = 0) -> Written | None:
        """The condition; None where only closures settle it."""
        form = condition.form
        match form:
            case All(of) | AnyOf(of):
                parts = self._parts(of, depth)
                return None if parts is None else all_of(parts) if isinstance(form, All) else any_of(parts)
            case AtLeast(of):
                parts = self._parts(of, depth)
                return None if parts is None else at_least(form, parts)
            case Not(of):
                inner = self._parts((of,), depth)
                return None if inner is None else opposite(inner[0])
            case Unstated() if condition.entity == COMPANY:
                return Written("False", "False", "False", (), True)
            case ItemExists() if self._gone is None:
                return Written("True", "False", "False", (), False)
            case Within(fact) | Equals(fact) | OneOf(fact) | IncludesAny(fact):
                return self._of_fact(condition, fact, None, form)
            case Measured(FactValue(fact)):
                return self._of_fact(condition, fact, None, form)
            case Measured(YearValue(fact, year)):
                return self._of_fact(condition, fact, year, form)
            case Measured() | Unstated() | ItemExists() | StartsWith() | Items() | Holds():
                return self._where_gone(condition) if condition.entity == self._gone else None
            case _:
                assert_never(form)

    def _parts(self, of: Iterable[Condition], depth: int) -> list[Written] | None:
        if depth == DEEPEST:
            return None
        parts = [self.condition(part, depth + 1) for part in of]
        written = [part for part in parts if part is not None]
        return written if len(written) == len(parts) else None

    def _of_fact(
        self,
        condition: Condition,
        fact: Fact,
        year: Year | None,
        form: Within | Equals | OneOf | IncludesAny | Measured,
    ) -> Written | None:
        if condition.entity == self._gone:
            return self._where_gone(condition)
        local = self._names.local(fact, year)
        test = self._test(form, local) if local is not None and fact.entity == condition.entity else None
        if local is None or test is None:
            return None
        # What an unknown fact comes to is asked of the closures: nothing of it is decided twice.
        here = nothing_known()
        if fact.entity != COMPANY:
            here = here.at_item(Item("", "", {}))
        state, awaited = _open_state(self._node(condition), here)
        known, unknown = f"{local} is not None", f"{local} is None"
        holds = both([known, test])
        fails, judged = self._refused(form, local, known, test)
        match state:
            case State.MISSING if awaited == [(fact.entity, fact.id)]:
                return Written(holds, fails, unknown, (Wait((fact.entity, fact.id), unknown),), judged)
            case State.JUDGEMENT:
                return Written(holds, fails, "False", (), True)
        return None

    def _where_gone(self, condition: Condition) -> Written | None:
        """A test of items where nobody gave the list: it waits for the list."""
        entity = condition.entity
        place = nothing_known().without_item(entity, Presence.ABSENT_LIST)
        state, awaited = _open_state(self._node(condition), place)
        if state is not State.MISSING or awaited != [(entity, None)]:
            return None
        return Written("False", "False", "True", (Wait((entity, None), "True"),), False)

    def _refused(
        self, form: Within | Equals | OneOf | IncludesAny | Measured, local: str, known: str, test: str
    ) -> tuple[str, bool]:
        """When a known value fails, and whether one can be a person's to judge."""
        match form:
            case OneOf(open=str()):
                return "False", True
            case IncludesAny(open=str()):
                return both([known, f"not {local}"]), True  # of no values there is nothing to judge
            case _:
                return both([known, negated(test)]), False

    def _test(self, form: Within | Equals | OneOf | IncludesAny | Measured, local: str) -> str | None:
        """That the value of a local, which is known, passes."""
        match form:
            case Within(low=low, high=high):
                return self._between(low, high, local)
            case Equals(value=bool(value)):
                return f"{local} is {value}"
            case Equals(value=value):
                return f"{local} == {self._names.constant(value)}"
            case IncludesAny(values=words):
                return f"not {local}.isdisjoint({self._names.constant(frozenset(words))})"
            case OneOf(values=values) | Measured(values=tuple(values)):
                return f"{local} in {self._names.constant(frozenset(values))}"
            case Measured(low=low, high=high):
                least, most = _figure(low), _figure(high)
                if (least is None and low is not None) or (most is None and high is not None):
                    return None
                return self._between(least, most, local)
            case _:
                assert_never(form)

    def _between(self, low: Bound | None, high: Bound | None, local: str) -> str:
        text = local
        if low is not None:
            text = f"{self._names.constant(low.value)} {'<=' if low.inclusive else '<'} {text}"
        if high is not None:
            text = f"{text} {'<=' if high.inclusive else '<'} {self._names.constant(high.value)}"
        return text


def _figure(end: TermBound | None) -> Bound | None:
    return Bound(end.of.value, end.inclusive) if end is not None and isinstance(end.of, Literal) else None


def _open_state(node: Node, place: Place) -> tuple[State, list[Asked]]:
    """What a condition comes to at a place where nothing is known, and what it then waits for."""
    state = node.state(place)
    awaited: dict[Awaiting, None] = {}
    place.awaited = awaited
    node.waits(place)
    return state, [(one.entity, one.fact) for one in awaited]


def all_of(parts: Sequence[Written]) -> Written:
    fails = either([part.fails for part in parts])
    return _joined(parts, both([part.holds for part in parts]), fails, negated(fails))


def at_least(form: AtLeast, parts: Sequence[Written]) -> Written:
    holds = counted([part.holds for part in parts], form.number)
    fails = counted([part.fails for part in parts], form.failures)
    return _joined(parts, holds, fails, negated(either([holds, fails])))


def any_of(parts: Sequence[Written]) -> Written:
    holds = either([part.holds for part in parts])
    return _joined(parts, holds, both([part.fails for part in parts]), negated(holds))


def _joined(parts: Sequence[Written], holds: str, fails: str, undecided: str) -> Written:
    missing = both([either([part.missing for part in parts]), undecided])
    waits = tuple([wait for part in parts for wait in waits_of(part)])
    return Written(holds, fails, missing, waits, any(part.judged for part in parts))


def waits_of(part: Written) -> list[Wait]:
    """What a part waits for, seen from around it: a part that is settled waits for nothing."""
    return [
        wait if part.missing in (wait.when, "True") else wait._replace(guards=(*wait.guards, part.missing))
        for wait in part.waits
    ]


def opposite(part: Written) -> Written:
    return part._replace(holds=part.fails, fails=part.holds)
