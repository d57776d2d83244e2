"""The search over the whole language sees faults: each one seeded into what engines share is caught."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import pytest

from incentives import Evaluator, Interval, PolicySet, Profile
from incentives.amounts import curves, ranges
from incentives.amounts.ranges import Open
from incentives.decision import assemble, total
from incentives.engines import atoms, awards
from incentives.engines.terms import evaluate, ledger, lists, tables, years
from incentives.language.nodes import How
from incentives.values import NotBounded, State
from tests.generators import VOCABULARY_FILE, vocabulary
from tests.oracle_whole import Outcome
from tests.verdicts import policy_set, profile_of_raw, vocabulary_of
from tests.whole.checks import assert_exact, assert_sound, found_in, worlds
from tests.whole.completions import completions
from tests.whole.profiles import WholeCase, whole_case

CAUGHT_WITHIN = 600
"""Cases within which every fault is seen. The suite looks at about as many on every run."""


class Prepared(NamedTuple):
    """A case read once, with what worlds come to."""

    case: WholeCase
    policies: PolicySet
    full: Profile
    open: Profile
    outcomes: tuple[tuple[Mapping[str, Any], Outcome], ...]


@cache
def prepared(seed: int) -> Prepared:
    case, rng = whole_case(seed, numbers=True), random.Random(0)
    known = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
    filled_in = completions(case.policy, vocabulary(), case.profile, case.on, rng, 12)
    profiles = (case.full, *filled_in)
    return Prepared(
        case,
        policy_set(known, case.policy_text),
        profile_of_raw(case.full, known),
        profile_of_raw(case.profile, known),
        tuple(worlds(case.policy, vocabulary(), profiles, case.on, rng)),
    )


def first_difference() -> int | None:
    """The number of the first case that a check does not pass."""
    for seed in range(CAUGHT_WITHIN):
        example = prepared(seed)
        case, engine = example.case, Evaluator(example.policies, "reference")
        try:
            exact = found_in(engine.check(example.full, case.on).policies[0])
            assert_exact(exact, case.policy, vocabulary(), case.full, case.on)
            said = found_in(engine.check(example.open, case.on).policies[0])
            for full, outcome in example.outcomes:
                assert_sound(said, full, outcome)
        except AssertionError:
            return seed
    return None


def test_without_a_fault_no_case_differs() -> None:
    assert first_difference() is None


Fault = tuple[tuple[Any, ...], str, Callable[[Any], Any]]
"""The modules that may use it, its name, and what is made of it."""

TERMS = (evaluate, ledger, lists, tables, years)


def _narrowed(value: Any) -> Any:
    return value._replace(low=value.high) if isinstance(value, Open) and value.high != ranges.INFINITE else value


def _one_more(value: Any) -> Any:
    return value if isinstance(value, Open) else value + 1


def _without_first(items: Any) -> Any:
    return items[1:] if items else items


def _narrowed_down(value: Open) -> Open:
    return value._replace(high=value.low) if value.low == 0 else value


def _at_its_upper_end(value: Interval) -> Interval:
    return value if isinstance(value.possible, NotBounded) else Interval(value.possible, value.possible)


FAULTS: dict[str, Fault] = {
    "a year too late": (TERMS, "in_year", lambda true: lambda fact, year, subject: true(fact, year - 1, subject)),
    "a month too long": (
        TERMS,
        "elapsed",
        lambda true: lambda unit, since, until: _one_more(true(unit, since, until)),
    ),
    "a list without its first item": (TERMS, "items_of", lambda true: lambda *asked: _without_first(true(*asked))),
    "a filter that is open lets all through": (
        TERMS,
        "over_some",
        lambda true: lambda how, certain, perhaps: true(how, [*certain, *(value for _, value in perhaps)], ()),
    ),
    "a mean that is a sum": (
        TERMS,
        "combined",
        lambda true: lambda how, values: true(How.SUM if how is How.MEAN else how, values),
    ),
    "the first table row that may fit": (
        TERMS,
        "row_fits",
        lambda true: lambda row, key: true(row, key) is not False,
    ),
    "a step too many": ((curves,), "whole_times", lambda true: lambda number, unit: true(number, unit) + 1),
    "slices at no rate": ((curves,), "_sliced", lambda true: lambda number, rows: true(number, rows[:-1])),
    "steps reached long ago": (
        (curves,),
        "steps",
        lambda true: lambda reached, _, *rest: true(reached, 0, *rest),
    ),
    "a range at its upper end": (TERMS, "hull", lambda true: lambda given, state: _narrowed(true(given, state))),
    "the unknown is nothing": (TERMS, "unknown", lambda true: lambda *of: _narrowed_down(true(*of))),
    "an amount that is all there once the clause is met": (
        (assemble,),
        "worth_if_met",
        lambda true: lambda award, subject: _at_its_upper_end(true(award, subject)),
    ),
    "a ceiling that is due": (TERMS, "_decided", lambda true: lambda *asked: _narrowed(true(*asked))),
    "none of the items is some": (
        (atoms,),
        "count",
        lambda true: lambda quantity, states: atoms.opposite(true(quantity, states)),
    ),
    "ends that are always inside": (
        (atoms,),
        "beyond",
        lambda true: lambda greater, smaller, _: true(greater, smaller, True),
    ),
    "open is failed": (
        (atoms,),
        "measure",
        lambda true: lambda *asked: State.FAILS if (state := true(*asked)).unknown else state,
    ),
    "a place too many": (
        (total,),
        "QuotaOver",
        lambda true: lambda rule, at_most, *over: true(rule, at_most + 1, *over),
    ),
    "a yuan too much": ((awards,), "yuan_between", lambda true: lambda amount: true(ranges.add([amount, 1]))),
}


@contextmanager
def seeded(fault: Fault) -> Iterator[None]:
    where, name, make = fault
    users = [module for module in where if hasattr(module, name)]
    [true] = {getattr(module, name) for module in users}
    for module in users:
        setattr(module, name, make(true))
    try:
        yield
    finally:
        for module in users:
            setattr(module, name, true)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_what_engines_share_is_seen(fault: Fault) -> None:
    with seeded(fault):
        assert first_difference() is not None
