"""A clause compiled to what decides it: outcome, missing facts, award. Imports the model, rows and amounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from incentives.amounts.yuan import yuan_between
from incentives.engines.native.compiler import Compiler, Node
from incentives.engines.native.conditions import single
from incentives.engines.native.place import Place, Sized
from incentives.engines.rows import OUTCOMES, Awaiting, Verdict, in_order
from incentives.engines.subjects import Presence
from incentives.language.model import Clause
from incentives.language.nodes import (
    All,
    Combined,
    Condition,
    Decided,
    Difference,
    Literal,
    Product,
    Rounded,
    Term,
    Test,
)
from incentives.language.walks import inner
from incentives.records import NamedTuple
from incentives.values import NOT_BOUNDED, NOTHING, ZERO, Interval, Outcome, State

HOLDS, FAILS, MISSING, JUDGEMENT = State.HOLDS, State.FAILS, State.MISSING, State.JUDGEMENT

Verdicts = Callable[[Place, State | None], Sequence[Verdict]]
"""The verdicts of one clause from the company's place, by item key, given what the common conditions come to."""

Step = tuple[bool, str | None, Callable[..., object], Node]
"""One part that must hold: whether the item carries the fact, the fact, the test of its value, and the node.

The fact is None where the part is more than a test of one fact; then the test settles it at the place.
"""

Settled = State | list[Node]
"""What the parts come to; the nodes that miss data where any does."""

_BY_KEY = attrgetter("key")


class CompiledClause(NamedTuple):
    """`parts` are what must hold, `fixed` is what the award comes to on every subject, None where facts decide."""

    clause: Clause
    node: Node
    verdicts: Verdicts
    parts: tuple[Condition, ...]
    amount: Sized
    fixed: Interval | None


def compile_clause(clause: Clause, common: Condition | None, compiler: Compiler) -> CompiledClause:
    """`common` is already compiled as shared: it is looked at anew only where it is open."""
    node = compiler.node(clause.condition)
    parts = _parts(clause.condition, common)
    with_common = _settling([_step(part, compiler) for part in parts])
    without = _settling([_step(part, compiler) for part in parts if part is not common])
    asks_common = any(part is common for part in parts)
    amount = compiler.number(clause.award.amount)
    fixed = _fixed(clause.award.amount, amount)
    decide = _deciding(clause.id, amount, fixed)
    entity = clause.for_each.id if clause.for_each is not None else None

    def verdicts(company: Place, common_state: State | None) -> Sequence[Verdict]:
        settle = with_common
        if asks_common and common_state is HOLDS:
            settle = without
        elif asks_common and common_state is FAILS:
            settle = _refused
        if entity is None:
            return (decide(company, settle(company), Presence.PRESENT),)
        items = company.items_of(entity)
        if not items:
            presence = Presence.ABSENT_LIST if items is None else Presence.EMPTY_LIST
            place = company.without_item(entity, presence)
            state = node.state(place)
            return (decide(place, [node] if state is MISSING else state, presence),)
        if len(items) > 1:
            items = sorted(items, key=_BY_KEY)
        return [decide(place, settle(place), Presence.PRESENT) for place in items]

    return CompiledClause(clause, node, verdicts, parts, amount, fixed)


def _parts(condition: Condition, common: Condition | None) -> tuple[Condition, ...]:
    """What must hold, with every `all` inside an `all` taken apart."""
    if condition is common or not isinstance(condition.form, All):
        return (condition,)
    return tuple([part for child in condition.form.of for part in _parts(child, common)])


def _step(part: Condition, compiler: Compiler) -> Step:
    node = compiler.node(part)
    test = single(part.form) if isinstance(part.form, Test) else None
    return (False, None, node.state, node) if test is None else (test.own, test.fact, test.holds, node)


def _refused(_: Place) -> Settled:
    return FAILS


def _settling(steps: Sequence[Step]) -> Callable[[Place], Settled]:
    """All of the parts, which stops at the first that fails."""
    fixed = tuple(steps)

    def settle(place: Place) -> Settled:
        facts = (place.company, place.own)
        waiting: list[Node] | None = None
        found = HOLDS
        for own, fact, test, node in fixed:
            if fact is not None:
                value = facts[own](fact)
                if value is not None:
                    if test(value):
                        continue
                    return FAILS
            else:
                state = test(place)
                if state is HOLDS:
                    continue
                if state is FAILS:
                    return FAILS
                if state is JUDGEMENT:
                    found = JUDGEMENT
                    continue
            if waiting is None:
                waiting = [node]
            else:
                waiting.append(node)
        return found if waiting is None else waiting

    return settle


def _deciding(clause_id: str, amount: Sized, fixed: Interval | None) -> Callable[[Place, Settled, Presence], Verdict]:
    still_open = Interval(ZERO, fixed.possible) if fixed is not None else NOTHING
    refused = Verdict(clause_id, None, Presence.PRESENT, Outcome.NOT_QUALIFIED, (), NOTHING)
    qualified = refused._replace(outcome=Outcome.QUALIFIED, award=fixed or NOTHING)

    def decide(place: Place, settled: Settled, presence: Presence) -> Verdict:
        key = place.key
        if settled is FAILS:
            if key is None and presence is Presence.PRESENT:
                return refused
            return Verdict(clause_id, key, presence, Outcome.NOT_QUALIFIED, (), NOTHING)
        if settled is HOLDS and fixed is not None:
            if key is None:
                return qualified
            return Verdict(clause_id, key, presence, Outcome.QUALIFIED, (), fixed)
        missing: dict[Awaiting, None] = {}
        place.awaited = missing
        if isinstance(settled, list):
            outcome = Outcome.UNDETERMINED
            for node in settled:
                node.waits(place)
        else:
            outcome = OUTCOMES[settled]
        if place.gone is not None:
            place.awaited = None
            could = fixed if fixed is not None else yuan_between(amount(place))
            award = NOTHING if could.possible == 0 else NO_LIMIT
        elif fixed is not None:
            award = still_open
        else:
            award = yuan_between(amount(place))
            if settled is not HOLDS:
                award = Interval(ZERO, award.possible)
        place.awaited = None
        return Verdict(clause_id, key, presence, outcome, in_order(missing), award)

    return decide


NO_LIMIT = Interval(ZERO, NOT_BOUNDED)
"""Nobody knows how many items an absent list would hold."""


def _fixed(term: Term, amount: Sized) -> Interval | None:
    """What an award comes to on every subject; None where it depends on facts."""
    if not _looks_at_nothing(term):
        return None
    nowhere = Place.__new__(Place)
    nowhere.awaited = None
    return yuan_between(amount(nowhere))


def _looks_at_nothing(term: Term) -> bool:
    plain = isinstance(term, Literal | Decided | Combined | Product | Difference | Rounded)
    return plain and all(_looks_at_nothing(part) for part in inner(term))
