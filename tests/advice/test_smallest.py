"""The smallest sets of changes, held against every combination of values around the figures of a policy."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from math import prod

from incentives.advice.changeable import Changeable
from incentives.advice.grounds import can_move
from incentives.advice.grown import grown
from incentives.advice.keeping import places_read
from incentives.advice.moves import Changed, Moves
from incentives.advice.sides import sides_of, without_larger
from incentives.advice.smallest import Smallest, smallest
from incentives.advice.trial import DAY, Trial
from incentives.facts.ledger import LEDGER, LEDGER_FROM
from incentives.facts.places import Place, value_at, with_value
from incentives.facts.types import PlainValue
from incentives.language.nodes import Bound, Condition
from incentives.language.reads import everything_in
from incentives.values import State
from tests.advice.policies import ON as ON_SHIPPED
from tests.advice.policies import VOCABULARY as VOCABULARY_SHIPPED
from tests.advice.policies import clause, evaluator, policy
from tests.advice.trials import VOCABULARY, generated
from tests.whole.profiles import ON

CHANGEABLE = Changeable(VOCABULARY, ON.replace(year=1900))
SHIPPED = Changeable(VOCABULARY_SHIPPED, ON_SHIPPED)
COMBINATIONS = 1500
"""Combinations of values of one clause that are tried at most; a clause with more is looked at with fewer facts."""

MORE_ITEMS = 4
"""Items that are added by trying."""


def test_the_smallest_sets_are_what_trying_every_combination_finds() -> None:
    seen: Counter[str] = Counter()
    for trial in generated(250):
        held_against_trying(trial, CHANGEABLE, seen)
    assert seen["refusals"] > 200, seen
    assert seen["of 1"] > 60, seen
    assert seen["with items"] > 5, seen
    assert seen["left out"] * 20 < seen["refusals"], seen


def test_where_figures_days_and_lists_meet_they_are_what_trying_every_combination_finds() -> None:
    seen: Counter[str] = Counter()
    for seed in range(300):
        held_against_trying(drawn(random.Random(seed)), SHIPPED, seen)
    assert seen["refusals"] > 150, seen
    assert seen["of 2"] > 40, seen
    assert seen["of 3"] > 5, seen
    assert seen["with a day"] > 10, seen
    assert seen["with items"] > 40, seen
    assert seen["overlapping"] > 10, seen
    assert seen["left out"] * 50 < seen["refusals"], (
        seen
    )  # so many of several conditions have more ways than are tried


def test_of_what_is_weighed_together_every_smallest_set_of_facts_is_what_trying_them_finds() -> None:
    seen: Counter[str] = Counter()
    for seed in range(200):
        trial = weighing(random.Random(seed))
        if trial.state() is not State.FAILS:
            continue
        moves = Moves(trial, places_of(trial, SHIPPED), SHIPPED, trial.on)
        found = smallest(moves)
        values = {place: round_figures(moves, place, found.sets) for place in moves.places}
        ending = [one for one in every_combination(values) if moves.state(one) is not State.FAILS]
        assert all(ends_it(trial, one) for one in found.sets)
        told = without_larger(sides_of(moves, one) for one in found.sets)
        tried = without_larger(sides_of(moves, one) for one in ending)
        # Two equal sets can be written in two orders, so that their words tell nothing of whether they are equal.
        assert found.left_out or {*told} == {*tried}, (seed, found.sets)
        for one in found.sets:
            assert not [other for other in ending if other != one and within(moves, other, one)], (seed, one)
            seen[f"of {len(one)}"] += 1
        assert all(one in found.sets and len(one) > 1 for one in found.trades)
        untold = [one for one in ending if is_untold(moves, one, ending, found)]
        assert found.left_out or not untold, (seed, untold, found)
        if found.left_out and not untold:  # those between two round figures are left out
            assert any(
                moves.state(one) is not State.FAILS and not any(within(moves, other, one) for other in found.sets)
                for one in every_combination(finer(moves, values))
            ), (seed, found)
            seen["between round figures"] += 1
        seen["refusals"] += 1
        seen["none"] += not found.sets
        seen["trades"] += len(found.trades)
        seen["left out"] += found.left_out
        seen["not left out"] += moves.weighs() and not found.left_out
    assert seen["refusals"] > 120, seen
    assert seen["of 2"] > 60, seen
    assert seen["of 3"] > 5, seen
    assert seen["none"] > 10, seen
    assert seen["trades"] > 8, seen
    assert seen["left out"] > 40, seen
    assert seen["not left out"] > 60, seen
    assert seen["between round figures"] > 5, seen


def is_untold(moves: Moves, changed: Changed, ending: Sequence[Changed], found: Smallest) -> bool:
    """Whether a set that ends the refusal is a smallest one of those that do, not told and not stood for."""
    return (
        not any(within(moves, told, changed) for told in found.sets)
        and sides_of(moves, changed) not in [sides_of(moves, one) for one in found.trades]
        and not any(one != changed and within(moves, one, changed) for one in ending)
    )


def finer(moves: Moves, values: dict[Place, list[PlainValue]]) -> dict[Place, list[PlainValue]]:
    """Those values, and those halfway between two tens of 万元."""
    found: dict[Place, list[PlainValue]] = {}
    for place, some in values.items():
        now = moves.now[place]
        halves = {Decimal(number * 100_000 + 50_000) for number in range(13)} | {*some}
        found[place] = [one for one in halves if one != now and (one > now or moves.can_fall(place))]  # type: ignore[operator]
    return found


HEADS = ("fact: paid_in_capital", "fact: rd_expense, year: this_year", "fact: revenue, year: this_year")
WEIGHED = ("{this_year: rd_expense}", "paid_in_capital", "{this_year: revenue}")


def weighing(rng: random.Random) -> Trial:
    """A clause that weighs figures against one another and bounds them one by one; all in tens of 万元."""
    figures = {"rd_expense": {ON_SHIPPED.year: some(rng, 0, 4)}, "revenue": {ON_SHIPPED.year: some(rng, 1, 8)}}
    company = {"name": "乙", "paid_in_capital": some(rng, 0, 6), **figures}
    conditions = [weighed_condition(rng) for _ in range(rng.randint(1, 2))]
    conditions += [bounded_figure(rng) for _ in range(rng.randint(1, 3))]
    conditions = rng.choice((conditions, [*limited_together(rng), bounded_figure(rng)]))
    known = evaluator(policy("drawn", [clause("drawn", f"{{all: [{', '.join(conditions)}]}}")]))
    return Trial(known.applicable(ON_SHIPPED)[0].clauses[0], known.profile(company), ON_SHIPPED, None)


def some(rng: random.Random, low: int, high: int) -> str:
    return f"{rng.randint(low, high)}0万元"


def limited_together(rng: random.Random) -> Iterator[str]:
    """Figures that must come to something together, and none of them to that alone."""
    yield f"{{sum_of: [{', '.join(rng.sample(WEIGHED, rng.randint(2, 3)))}], at_least: {some(rng, 8, 14)}, says: 庚}}"
    for head in HEADS:
        yield f"{{{head}, at_most: {some(rng, 5, 9)}, says: 辛}}"


def weighed_condition(rng: random.Random) -> str:
    one, other = rng.sample(WEIGHED, 2)
    end = rng.choice(("at_least", "at_least", "at_most"))
    amount = some(rng, 2, 12)
    return rng.choice(
        (
            f"{{ratio_of: {one}, to: {other}, {end}: {rng.choice(('25%', '50%', '100%', '200%'))}, says: 甲}}",
            f"{{sum_of: [{one}, {other}], {end}: {amount}, says: 乙}}",
            f"{{sum_of: [{', '.join(WEIGHED)}], {end}: {amount}, says: 丙}}",
            f"{{difference_of: {one}, minus: {other}, at_least: {some(rng, 1, 5)}, says: 丁}}",
            f"{{largest_of: [{one}, {other}], {end}: {amount}, says: 戊}}",
        )
    )


def bounded_figure(rng: random.Random) -> str:
    head = rng.choice(HEADS)
    end = rng.choice(("at_most", "at_most", "at_least"))
    bound = f"{{{head}, {end}: {some(rng, 2, 9)}, says: 己}}"
    return rng.choice((bound, bound, bound, f"{{not: {bound}}}", f"{{any: [{bound}, {weighed_condition(rng)}]}}"))


def round_figures(moves: Moves, place: Place, told: Sequence[Changed]) -> list[PlainValue]:
    """All tens of 万元 that matter, one where none matters any more, and what is told."""
    values = {Decimal(number * 100_000) for number in range(14)} | {Decimal(10**9)}
    values |= {Decimal(one[place]) for one in told if place in one}  # type: ignore[arg-type]
    now = moves.now[place]
    allowed = [value for value in values if value >= 0 and value != now]
    return sorted(value for value in allowed if value > now or moves.can_fall(place))  # type: ignore[operator]


def held_against_trying(trial: Trial, changeable: Changeable, seen: Counter[str]) -> None:
    """Each set ends the refusal and no combination that is less does; each combination that does holds such a set."""
    if trial.state() is not State.FAILS:
        return
    moves = Moves(trial, [*places_of(trial, changeable), DAY], changeable, end_of(trial))
    values = {place: values_of(trial, moves, changeable, place) for place in moves.places}
    while prod(len(some) + 1 for some in values.values()) > COMBINATIONS:
        values.pop(max(values, key=lambda place: len(values[place])))
    moves = Moves(trial, list(values), changeable, end_of(trial))
    found = smallest(moves)
    ending = [changed for changed in every_combination(values) if ends_it(trial, changed)]
    for one in found.sets:
        assert ends_it(trial, one), (trial, one)
        assert not [other for other in (*ending, *found.sets) if other != one and within(moves, other, one)], one
    for one in ending:
        nearer = [
            other for other in found.sets if within(moves, other, one) or does_as_well(trial, moves, other, one)
        ]
        assert nearer or found.left_out or weighed(moves, one), (trial, one, found.sets)
        told = [other for other in found.sets if sides_of(moves, other) <= sides_of(moves, one)]
        assert told or found.left_out, (trial, one, found.sets)
    seen["refusals"] += 1
    seen["left out"] += found.left_out
    for number, one in enumerate(found.sets):
        seen[f"of {len(one)}"] += 1
        seen["with a day"] += DAY in one and len(one) > 1
        seen["with items"] += any(place.fact is None and place != DAY for place in one)
        seen["overlapping"] += any(set(one) <= set(other) or set(one) >= set(other) for other in found.sets[:number])


def drawn(rng: random.Random) -> Trial:
    """A clause on a company that has something of everything, and little of it."""
    company = {
        "name": "乙",
        "paid_in_capital": "50万元",
        "employees_average": {ON_SHIPPED.year: "5人"},
        "licensed_tools": False,
        "founded": rng.choice(("2025-03-13", "2024-06-01", "2020-01-01")),
        "titles": rng.choice(([], [{"name": "创新型中小企业"}])),
    }
    together = f"{{all: [{condition(rng, 2)}, {condition(rng, 2)}]}}"
    known = evaluator(policy("drawn", [clause("drawn", together)]))
    return Trial(known.applicable(ON_SHIPPED)[0].clauses[0], known.profile(company), ON_SHIPPED, None)


def condition(rng: random.Random, depth: int) -> str:
    """A condition on those facts, as a policy writes it."""
    kind = rng.choice(("all", "any", "any", "all", "near or far", "not", "several")) if depth else ""
    if kind == "near or far":
        low = rng.randint(5, 7)
        near = f"{{fact: paid_in_capital, at_least: {low}0万元, less_than: {low + 2}0万元, says: 己}}"
        far = f"{{fact: paid_in_capital, at_least: {rng.randint(8, 12)}0万元, says: 庚}}"
        return f"{{any: [{{all: [{near}, {condition(rng, depth - 1)}]}}, {far}]}}"
    if kind == "not":
        return f"{{not: {condition(rng, depth - 1)}}}"
    if kind == "several":
        of = [condition(rng, rng.randrange(depth)) for _ in range(3)]
        return f"{{conditions_at_least: 2, of: [{', '.join(of)}]}}"
    if kind:
        return f"{{{kind}: [{', '.join(condition(rng, rng.randrange(depth)) for _ in range(rng.randint(2, 3)))}]}}"
    low = rng.randint(1, 8)
    ends = rng.choice(
        (f"at_least: {low}0万元", f"at_least: {low}0万元, less_than: {low + 2}0万元", f"at_most: {low}0万元")
    )
    heads = rng.choice((f"at_least: {low}人", f"more_than: {low}人, at_most: {low + 3}人"))
    return rng.choice(
        (
            f"{{fact: paid_in_capital, {ends}, says: 甲}}",
            f"{{fact: employees_average, year: this_year, {heads}, says: 乙}}",
            f"{{fact: licensed_tools, is: {rng.choice(('true', 'false'))}, says: 丙}}",
            f"{{years_since: founded, at_least: {rng.randint(1, 2)}年, says: 丁}}",
            f"{{count_of: title, at_least: {rng.randint(1, 3)}项, says: 戊}}",
        )
    )


def end_of(trial: Trial) -> date:
    return date(trial.on.year, 12, 31)


def places_of(trial: Trial, changeable: Changeable) -> list[Place]:
    """What may be changed, without the ledger, which is history."""
    places = [place for place in places_read(trial) if can_move(place, trial, changeable)]
    return [place for place in places if place.entity != LEDGER and place.fact != LEDGER_FROM]


def values_of(trial: Trial, moves: Moves, changeable: Changeable, place: Place) -> list[PlainValue]:
    """What a place is tried with: every figure and day that the clause or the profile names, and its neighbours."""
    if place == DAY:
        return sorted(day for day in days_around(trial) if trial.on < day <= end_of(trial))
    if place.fact is None:
        return list(range(1, MORE_ITEMS + 1))
    now, grid = value_at(trial.profile, place), changeable.grid(place)
    if grid is None:
        return list(moves.choices(place))
    named = {figure for figure in figures(trial.clause.condition) if grid.low <= grid.below(figure) <= grid.high}
    named |= {grid.at(number) for figure in named for number in (grid.below(figure) - 1, grid.below(figure) + 1)}
    allowed = [value for value in named if value != now and grid.low <= grid.below(value) <= grid.high]
    return sorted(value for value in allowed if value > now or moves.can_fall(place))  # type: ignore[operator]


def days_around(trial: Trial) -> Iterator[date]:
    """The anniversaries of all days of the company with their neighbours, and the last day of the year."""
    yield end_of(trial)
    for known in trial.profile.company.values.values():
        if isinstance(known, date):
            month, day = (known.month, known.day) if (known.month, known.day) != (2, 29) else (3, 1)
            yield from (date(trial.on.year, month, day) + timedelta(days=days) for days in (-1, 0, 1))


def figures(condition: Condition) -> set[int | Decimal]:
    """The numbers that stand in a condition."""
    return {value for part in everything_in(condition) for value in numbers_in(part) if not isinstance(value, bool)}


def numbers_in(part: object) -> Iterator[int | Decimal]:
    form = part.form if isinstance(part, Condition) else part
    for field in getattr(form, "_fields", ()) or getattr(form, "__slots__", ()):
        value = getattr(form, field)
        if isinstance(value, Bound):
            value = value.value
        if isinstance(value, int | Decimal):
            yield value


def every_combination(values: dict[Place, list[PlainValue]]) -> Iterator[Changed]:
    for chosen in product(*[[None, *some] for some in values.values()]):
        yield {place: value for place, value in zip(values, chosen, strict=True) if value is not None}


def ends_it(trial: Trial, changed: Changed) -> bool:
    """Whether the clause is not refused on the profile that was changed."""
    profile, on = trial.profile, trial.on
    for place, value in changed.items():
        if place == DAY:
            assert isinstance(value, date)
            on = value
        elif place.fact is None:
            assert isinstance(value, int)
            profile = grown(profile, place.entity, value)
        else:
            profile = with_value(profile, place, value)
    return trial._replace(profile=profile, on=on).state() is not State.FAILS


def within(moves: Moves, one: Changed, other: Changed) -> bool:
    """Whether a set of changes is the other one, or less of it."""
    return all(place in other and less_or_same(moves.now[place], one[place], other[place]) for place in one)


def less_or_same(now: PlainValue, one: PlainValue, other: PlainValue) -> bool:
    if one == other:
        return True
    if isinstance(one, bool | str) or isinstance(other, bool | str):
        return False
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one < other
    return now < one < other or now > one > other  # type: ignore[operator]


def does_as_well(trial: Trial, moves: Moves, told: Changed, other: Changed) -> bool:
    """Whether a set is less than another one but for choices of which those of the other one do as well."""
    choices = {place: other[place] for place in told if place in other and isinstance(other[place], str)}
    swapped = {**told, **choices}
    return within(moves, swapped, other) and ends_it(trial, swapped)


def weighed(moves: Moves, changed: Changed) -> bool:
    """Whether some test of the clause looks at two numbers that are changed."""
    tests = [test.id for place in changed if moves.line(place) is not None for test in moves.tests[place]]
    return len(tests) > len(set(tests))
