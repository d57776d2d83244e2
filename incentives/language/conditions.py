"""Conditions from syntax to model. Imports syntax, model and facts; used by the checker alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import assert_never

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.facts.reading import read_value
from incentives.facts.types import ORDERED, BooleanType, FactType, ManyType, Value
from incentives.facts.vocabulary import COMPANY, Entity, Fact, Vocabulary
from incentives.language.model import (
    All,
    AnyOf,
    Bound,
    Condition,
    Equals,
    IncludesAny,
    Not,
    OneOf,
    Test,
    Within,
)
from incentives.language.syntax import AllRecord, AnyRecord, ConditionRecord, FactRecord, NotRecord, Operand
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Path, Scalar, node_at, span_at
from incentives.source.tree import Sequence as SequenceNode

_LOW = ("at_least", "more_than")
_INCLUSIVE = {"at_least": True, "more_than": False, "at_most": True, "less_than": False}
_TESTS = ("is", "in", "includes_any", *_INCLUSIVE)


class ConditionChecker:
    """Turns condition records into model nodes and adds to `problems` what it cannot turn.

    `written_at` maps a path of the record to the path in the file; they differ where unsound parts were left out.
    """

    def __init__(
        self,
        root: Mapping,
        written_at: Callable[[Path], Path],
        vocabulary: Vocabulary,
        problems: list[Diagnostic],
    ) -> None:
        self._root = root
        self._written_at = written_at
        self._vocabulary = vocabulary
        self._problems = problems

    def listed(
        self, records: Sequence[ConditionRecord], path: Path, node_id: str, scope: Entity
    ) -> tuple[Condition, ...]:
        """The conditions of a list at `path`. A single condition written without a list counts as one."""
        if not isinstance(node_at(self._root, self._written_at(path)), SequenceNode):
            found = self._condition(records[0], path, f"{node_id}/0", scope)
            return () if found is None else (found,)
        conditions: list[Condition] = []
        for index, record in enumerate(records):
            place = self._written_at((*path, index))
            found = self._condition(record, (*path, index), f"{node_id}/{place[-1]}", scope)
            if found is not None:
                conditions.append(found)
        return tuple(conditions)

    def _condition(self, record: ConditionRecord, path: Path, node_id: str, scope: Entity) -> Condition | None:
        span = self._span(path)
        match record:
            case AllRecord():
                of = self.listed(record.all_of, (*path, "all"), node_id, scope)
                return Condition(node_id, span, _widest(of), record.says, record.assumption, All(of))
            case AnyRecord():
                of = self.listed(record.any_of, (*path, "any"), node_id, scope)
                return Condition(node_id, span, _widest(of), record.says, record.assumption, AnyOf(of))
            case NotRecord():
                inner = self._condition(record.negated, (*path, "not"), f"{node_id}/not", scope)
                if inner is None:
                    return None
                return Condition(node_id, span, inner.entity, record.says, record.assumption, Not(inner))
            case FactRecord():
                fact = self._fact(record.fact, (*path, "fact"), scope)
                test = self._test(record, fact, path)
                if fact is None or test is None:
                    return None
                return Condition(node_id, span, fact.entity, record.says, record.assumption, test)
            case _:
                assert_never(record)

    def _test(self, record: FactRecord, fact: Fact | None, path: Path) -> Test | None:
        tests = [name for name in _TESTS if _operand(record, name) is not None]
        bounds = [name for name in tests if name in _INCLUSIVE]
        if not tests or (len(tests) > 1 and len(bounds) != len(tests)):
            self._report(Code.TEST_MISSING, path, {"written": ", ".join(tests), "known": ", ".join(_TESTS)})
            return None
        if record.open_list is not None and tests[0] not in ("in", "includes_any"):
            self._report(Code.OPEN_WITHOUT_LIST, (*path, "open"), {})
        if fact is None:
            return None
        judgement = record.judgement
        if judgement is None and fact.judgement:
            judgement = fact.question.zh
        if bounds:
            ends = self._ends(bounds, fact, path)
            return None if ends is None else Within(fact, judgement, *ends)
        test = tests[0]
        if not self._fits(test, fact, (*path, test)):
            return None
        if test == "is":
            value = self._value(fact.type, (*path, "is"))
            return None if value is None else Equals(fact, judgement, value)
        values = self._values(fact, record.one_of if test == "in" else record.includes_any, (*path, test))
        if values is None:
            return None
        if test == "in":
            return OneOf(fact, judgement, values, record.open_list)
        return IncludesAny(fact, judgement, tuple(str(value) for value in values), record.open_list)

    def _values(self, fact: Fact, written: Sequence[Operand] | None, path: Path) -> tuple[Value, ...] | None:
        single: FactType = fact.type.of if isinstance(fact.type, ManyType) else fact.type
        values = [self._value(single, (*path, index)) for index in range(len(written or ()))]
        known = tuple(value for value in values if value is not None)
        return known if len(known) == len(values) else None

    def _ends(self, names: list[str], fact: Fact, path: Path) -> tuple[Bound | None, Bound | None] | None:
        """The low and the high end that the bounds in `names` give."""
        fitting = [name for name in names if self._fits(name, fact, (*path, name))]
        if len(fitting) < len(names):
            return None
        ends: dict[bool, Bound] = {}
        for name in names:
            value = self._value(fact.type, (*path, name))
            if value is None:
                return None
            if (name in _LOW) in ends:
                self._report(Code.BOUND_TWICE, (*path, name), {"written": ", ".join(names)})
                return None
            ends[name in _LOW] = Bound(value, _INCLUSIVE[name])
        low, high = ends.get(True), ends.get(False)
        if low is not None and high is not None and not _holds_something(low, high):
            self._report(Code.BAND_IS_EMPTY, path, {})
        return low, high

    def _fact(self, name: str, path: Path, scope: Entity) -> Fact | None:
        """The fact a name means here: of the clause's item or of the company; `entity.fact` names one outright."""
        reach = {scope.id: scope, COMPANY: self._vocabulary.company}
        entity_id, dot, fact_id = name.rpartition(".")
        if dot:
            entity = reach.get(entity_id)
            if entity is not None and fact_id in entity.facts:
                return entity.facts[fact_id]
        else:
            found = [entity.facts[name] for entity in reach.values() if name in entity.facts]
            if len(found) > 1:
                words = {"written": name, "choices": ", ".join(f"{fact.entity}.{name}" for fact in found)}
                self._report(Code.AMBIGUOUS_FACT, path, words)
                return None
            if found:
                return found[0]
        owners = [entity for entity in self._vocabulary.entities.values() if fact_id in entity.facts]
        if owners and not (dot and entity_id in reach):
            words = {"written": name, "entity": owners[0].id}
            self._report(Code.FACT_OUT_OF_REACH, path, words)
            return None
        known = {
            word: fact.id for entity in reach.values() for fact in entity.facts.values() for word in _words(fact)
        }
        close = nearest(fact_id, known)
        words = {"written": name, "nearest": known[close] if close is not None else ""}
        self._report(Code.UNKNOWN_FACT, path, words)
        return None

    def _fits(self, test: str, fact: Fact, path: Path) -> bool:
        many = isinstance(fact.type, ManyType)
        if test == "includes_any":
            fits = many
        elif test == "is":
            fits = not many
        elif test == "in":
            fits = not many and not isinstance(fact.type, BooleanType)
        else:
            fits = isinstance(fact.type, ORDERED)
        if not fits:
            self._report(Code.TEST_DOES_NOT_FIT, path, {"test": test, "fact": fact.id, "title": fact.title.zh})
        return fits

    def _value(self, fact_type: FactType, path: Path) -> Value | None:
        node = node_at(self._root, self._written_at(path))
        if not isinstance(node, Scalar):
            return None
        reading = read_value(fact_type, node)
        if isinstance(reading, tuple):
            self._problems += reading
            return None
        return reading

    def _span(self, path: Path) -> Span:
        return span_at(self._root, self._written_at(path))

    def _report(self, code: Code, path: Path, words: dict[str, str]) -> None:
        self._problems.append(Diagnostic(code, self._span(path), words))


def _words(fact: Fact) -> tuple[str, ...]:
    """What a fact may have been called by someone who looked for it."""
    return fact.id, fact.title.zh, fact.title.en


def _operand(record: FactRecord, test: str) -> object:
    match test:
        case "is":
            return record.equals
        case "in":
            return record.one_of
        case _:
            return getattr(record, test)


def _widest(conditions: tuple[Condition, ...]) -> str:
    """The item's entity when any part looks at an item, else the company."""
    return next((condition.entity for condition in conditions if condition.entity != COMPANY), COMPANY)


def _holds_something(low: Bound, high: Bound) -> bool:
    if low.value == high.value:
        return low.inclusive and high.inclusive
    return bool(low.value < high.value)  # type: ignore[operator]
