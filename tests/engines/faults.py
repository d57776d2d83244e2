"""Faults seeded on purpose, each a way an engine could be wrong and still look right.

A fault changes what an engine uses for as long as it is seeded. What the test must show is that the oracle
sees it: a search that misses one of these would miss the real thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from incentives.decision import assemble, evaluator, total
from incentives.decision.result import PolicyStatus
from incentives.engines import atoms, awards, reference
from incentives.engines import subjects as places
from incentives.engines.native import compiler, conditions, place, tables
from incentives.engines.subjects import Presence, Subject
from incentives.facts.profile import Item
from incentives.language.model import (
    Award,
    Clause,
    Policy,
    Stacking,
)
from incentives.language.nodes import (
    All,
    AnyOf,
    Condition,
    Not,
)
from incentives.records import replaced
from incentives.values import Basis, Interval, Outcome, State

Patch = pytest.MonkeyPatch
Fault = Callable[[Patch], None]
Settle = Callable[[Condition, Subject], State]


@contextmanager
def seeded(fault: Fault) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        yield


Seeded = Callable[[Fault], AbstractContextManager[None]]


def users_of_atoms() -> list[Any]:
    """The modules that settle atoms: each took the functions by name."""
    users: list[Any] = [reference]
    try:
        from incentives.engines.durable import engine as durable_engine
    except ImportError:
        return users
    return [*users, durable_engine]


def change_settling(change: Callable[[Settle], Settle]) -> Fault:
    def fault(patch: Patch) -> None:
        for user in users_of_atoms():
            patch.setattr(user, "settle", change(atoms.settle))

    return fault


def change_state(old: State, new: State) -> Fault:
    def change(settle: Settle) -> Settle:
        def changed(atom: Condition, subject: Subject) -> State:
            state = settle(atom, subject)
            return new if state is old else state

        return changed

    return change_settling(change)


def ignore_assumed_tests(settle: Settle) -> Settle:
    return lambda atom, subject: State.HOLDS if atom.assumption is not None else settle(atom, subject)


def close_open_lists(patch: Patch) -> None:
    test = atoms.tested

    def closed(atom: Any, value: Any) -> State:
        state = test(atom, value)
        return State.FAILS if state is State.JUDGEMENT else state

    patch.setattr(atoms, "tested", closed)


def change_bounds(which: str, inclusive: bool) -> Fault:
    def fault(patch: Patch) -> None:
        name, end = ("_above", "low") if which == "low" else ("_below", "high")
        settled: Callable[[Any, Any], bool] = getattr(atoms, name)

        def changed(atom: Any, value: Any) -> bool:
            bound = getattr(atom, end)
            return settled(
                atom if bound is None else atom._replace(**{end: bound._replace(inclusive=inclusive)}), value
            )

        patch.setattr(atoms, name, changed)

    return fault


def forget_the_upper_end_of_a_band(patch: Patch) -> None:
    below = atoms._below
    patch.setattr(atoms, "_below", lambda atom, value: atom.low is not None or below(atom, value))


def change_subjects(change: Callable[[tuple[Subject, ...]], tuple[Subject, ...]]) -> Fault:
    def fault(patch: Patch) -> None:
        def changed(clause: Clause, company: Subject) -> tuple[Subject, ...]:
            return change(places.subjects(clause, company))

        for user in users_of_atoms():
            patch.setattr(user, "subjects", changed)

    return fault


def absent_is_empty(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    return tuple(
        subject._replace(presence=Presence.EMPTY_LIST) if subject.presence is Presence.ABSENT_LIST else subject
        for subject in subjects
    )


def mix_items(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """Each item looked at with the facts of the first."""
    first = subjects[0].item
    if first is None:
        return subjects
    return tuple(
        subject._replace(item=Item(subject.item.key, subject.item.name, first.values)) if subject.item else subject
        for subject in subjects
    )


def mutated(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """The condition with every node changed, from the leaves up. A node keeps its id."""
    match condition.form:
        case All(of):
            return change(replaced(condition, form=All(tuple(mutated(part, change) for part in of))))
        case AnyOf(of):
            return change(replaced(condition, form=AnyOf(tuple(mutated(part, change) for part in of))))
        case Not(of):
            return change(replaced(condition, form=Not(mutated(of, change))))
        case _:
            return change(condition)


def mutated_policy(policy: Policy, change: Callable[[Condition], Condition]) -> Policy:
    clauses: list[Clause] = []
    for clause in policy.clauses:
        condition = mutated(clause.condition, change)
        clauses.append(clause._replace(condition=condition))
    common = mutated(policy.common, change) if policy.common is not None else None
    return policy._replace(common=common, clauses=tuple(clauses))


def any_to_all(node: Condition) -> Condition:
    return replaced(node, form=All(node.form.of)) if isinstance(node.form, AnyOf) else node


def drop_not(node: Condition) -> Condition:
    return replaced(node, form=All((node.form.of,))) if isinstance(node.form, Not) else node


def ceiling_is_exact(patch: Patch) -> None:
    worth = awards.worth

    def changed(award: Award, outcome: Outcome, subject: Subject) -> Interval:
        if outcome is Outcome.QUALIFIED and award.basis is Basis.CEILING and award.stated is not None:
            return Interval(award.stated, award.stated)
        return worth(award, outcome, subject)

    patch.setattr(assemble, "worth", changed)


def absent_list_is_one_item(patch: Patch) -> None:
    worth = awards.worth

    def changed(award: Award, outcome: Outcome, subject: Subject) -> Interval:
        return worth(award, outcome, subject._replace(presence=Presence.PRESENT))

    patch.setattr(assemble, "worth", changed)


def always_cumulative(patch: Patch) -> None:
    unruled = total._unruled
    patch.setattr(total, "_unruled", lambda _stacking, sums: unruled(Stacking.CUMULATIVE, sums))


def ignore_the_date(patch: Patch) -> None:
    patch.setattr(evaluator, "status_on", lambda _policy, _on: PolicyStatus.IN_FORCE)


def never_rests_on_assumption(patch: Patch) -> None:
    patch.setattr(assemble, "rests_on_assumption", lambda _row: False)


SHARED_FAULTS: dict[str, Fault] = {
    "at least is read as more than": change_bounds("low", inclusive=False),
    "more than is read as at least": change_bounds("low", inclusive=True),
    "at most is read as less than": change_bounds("high", inclusive=False),
    "less than is read as at most": change_bounds("high", inclusive=True),
    "the upper end of a band is forgotten": forget_the_upper_end_of_a_band,
    "unknown is false": change_state(State.MISSING, State.FAILS),
    "unknown is true": change_state(State.MISSING, State.HOLDS),
    "a judgement is a missing fact": change_state(State.JUDGEMENT, State.MISSING),
    "a missing fact is a judgement": change_state(State.MISSING, State.JUDGEMENT),
    "an open list is closed": close_open_lists,
    "an absent list is empty": change_subjects(absent_is_empty),
    "facts of two items are mixed": change_subjects(mix_items),
    "tests that were assumed are ignored": change_settling(ignore_assumed_tests),
}
"""Faults in what the reference and the durable engine share."""

DECISION_FAULTS: dict[str, Fault] = {
    "an absent list counts as one item": absent_list_is_one_item,
    "that a refusal rests on an assumption is not said": never_rests_on_assumption,
    "a ceiling is an exact amount": ceiling_is_exact,
    "awards add up although nobody published that": always_cumulative,
    "the date is ignored": ignore_the_date,
}
"""Faults in what all engines share. Only the oracle can see them."""


def change_native_bounds(which: str, inclusive: bool) -> Fault:
    def fault(patch: Patch) -> None:
        def changed(low: Any, high: Any, values: Any) -> Any:
            ends = {"low": low, "high": high}
            if ends[which] is not None:
                ends[which] = ends[which]._replace(inclusive=inclusive)
            return tables.key_fits(ends["low"], ends["high"], values)

        patch.setattr(conditions, "key_fits", changed)

    return fault


def close_native_open_lists(patch: Patch) -> None:
    patch.setattr(conditions, "_refused", lambda _form: lambda _value: State.FAILS)


def change_native_order(name: str, *order: State) -> Fault:
    return lambda patch: patch.setattr(compiler, name, order)


def change_native_gap(state: State) -> Fault:
    """What a test comes to whose fact nobody has given."""

    def fault(patch: Patch) -> None:
        patch.setattr(conditions, "MISSING", state)

    return fault


def absent_is_empty_natively(patch: Patch) -> None:
    without_item = place.Place.without_item
    patch.setattr(
        place.Place, "without_item", lambda self, entity, _: without_item(self, entity, Presence.EMPTY_LIST)
    )


def mix_native_items(patch: Patch) -> None:
    """Each item looked at with the facts of the first of its list."""
    at_item = place.Place.at_item

    def changed(self: place.Place, item: Item) -> place.Place:
        of_list = next(items for items in self.lists.values() if item in items)
        return at_item(self, item._replace(values=of_list[0].values))

    patch.setattr(place.Place, "at_item", changed)


NATIVE_FAULTS: dict[str, Fault] = {
    "at least is read as more than": change_native_bounds("low", inclusive=False),
    "more than is read as at least": change_native_bounds("low", inclusive=True),
    "at most is read as less than": change_native_bounds("high", inclusive=False),
    "less than is read as at most": change_native_bounds("high", inclusive=True),
    "unknown is false": change_native_gap(State.FAILS),
    "unknown is true": change_native_gap(State.HOLDS),
    "a missing fact is a judgement": change_native_gap(State.JUDGEMENT),
    "an open list is closed": close_native_open_lists,
    "an absent list is empty": absent_is_empty_natively,
    "facts of two items are mixed": mix_native_items,
    "any is read as all": lambda patch: patch.setattr(compiler, "ANY_ORDER", conditions.ALL_ORDER),
    "all is read as any": lambda patch: patch.setattr(compiler, "ALL_ORDER", conditions.ANY_ORDER),
    "not is dropped": lambda patch: patch.setattr(compiler, "opposite", lambda check: check),
    "judgement comes before missing data": change_native_order(
        "ALL_ORDER", State.FAILS, State.JUDGEMENT, State.MISSING, State.HOLDS
    ),
}
"""Faults in the native engine, seeded before it compiles anything."""


def unknown_wins(patch: Patch) -> None:
    settled = atoms.any_of
    patch.setattr(
        reference, "any_of", lambda states: next((state for state in states if state.unknown), settled(states))
    )


REFERENCE_FAULTS: dict[str, Fault] = {
    "any is read as all": lambda patch: patch.setattr(reference, "any_of", atoms.all_of),
    "all is read as any": lambda patch: patch.setattr(reference, "all_of", atoms.any_of),
    "not is dropped": lambda patch: patch.setattr(reference, "opposite", lambda state: state),
    "an unknown part makes any unknown although another holds": unknown_wins,
}
