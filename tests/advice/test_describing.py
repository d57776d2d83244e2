"""What new items would have to be, held against every partial description of them, with other facts open."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

from incentives.advice.changeable import Changeable
from incentives.advice.grown import grown, new_keys
from incentives.advice.trial import Trial
from incentives.advice.ways import Way
from incentives.facts.places import Place, with_value
from incentives.facts.profile import Profile
from incentives.language.model import Policy
from incentives.values import Outcome, State
from tests.advice.policies import ON, VOCABULARY, clause, evaluator, policy
from tests.advice.trials import refusals

KINDS = ("高新技术企业", "科技型中小企业", "科技奖励")
UNNAMED = "质量奖"
LEVELS = ("区级", "市级", "省级", "国家级")
DOMAIN = {"title_kind": (*KINDS, UNNAMED), "title_level": LEVELS}

ENTITIES = VOCABULARY.entities
HELD = {fact for entity in ENTITIES.values() for fact in entity.facts}
ONLY_TITLES, ONLY_CONTRACTS = (
    Changeable(VOCABULARY, ON, frozenset(HELD | (ENTITIES.keys() - {entity}))) for entity in ("title", "contract")
)

Item = Mapping[str, str]
"""What is said of one title; a fact that is not there is left open."""

EVERY_ITEM: tuple[dict[str, str], ...] = tuple(
    {"title_kind": kind, "title_level": level} for kind, level in product(*DOMAIN.values())
)
EVERY_PART: tuple[dict[str, str], ...] = tuple(
    {fact: value for fact, value in zip(DOMAIN, values, strict=True) if value is not None}
    for values in product(*((None, *some) for some in DOMAIN.values()))
)


def drawn(rng: random.Random) -> tuple[Policy, Trial]:
    """A clause that looks at titles, and a company of which something else is not known."""
    when = f"all: [{', '.join(part(rng) for _ in range(rng.randint(1, 3)))}]"
    known = evaluator(policy("drawn", [clause("drawn", when)]))
    held = rng.choice(([], [], [{"name": "原", "title_kind": rng.choice(KINDS)}]))
    company: dict[str, Any] = {"name": "乙", "titles": held}
    version = known.applicable(ON)[0]
    return version, Trial(version.clauses[0], known.profile(company), ON, None)


def part(rng: random.Random) -> str:
    return rng.choice(
        (
            "{fact: niche_years, at_least: 3年, says: 年}",
            f"{{any: [{titles(rng)}, {{fact: niche_years, at_least: 3年, says: 年}}]}}",
            f"{{any: [{titles(rng)}, {titles(rng)}]}}",
            *[titles(rng) for _ in range(4)],
        )
    )


def titles(rng: random.Random) -> str:
    some = f"{{some: title, where: {where(rng)}, says: 有}}"
    two = f"{{any: [{{all: {where(rng)}}}, {{all: {where(rng)}}}]}}"
    return rng.choice(
        (
            some,
            f"{{has_title: {rng.choice(KINDS)}, says: 有}}",
            f"{{some: title, where: [{two}], says: 有}}",
            f"{{none: title, where: {where(rng)}, says: 无}}",
            f"{{count_of: title, where: {where(rng)}, at_least: {rng.randint(1, 2)}项, says: 计}}",
        )
    )


def where(rng: random.Random) -> str:
    kind = f"{{fact: title_kind, in: [{', '.join(rng.sample(KINDS, rng.randint(1, 2)))}], says: 种}}"
    level = f"{{fact: title_level, in: [{', '.join(rng.sample(LEVELS, rng.randint(1, 2)))}], says: 级}}"
    return f"[{', '.join(rng.choice(([kind], [level], [kind, level])))}]"


def with_items(profile: Profile, items: Iterable[Item]) -> Profile:
    for item in items:
        [key] = new_keys(profile, "title", 1)
        profile = grown(profile, "title")
        for fact, value in item.items():
            profile = with_value(profile, Place("title", key, fact), value)
    return profile


def is_refused(trial: Trial, items: Iterable[Item]) -> bool:
    """Whether the clause is refused with these titles, whatever else there is to know of the company."""
    return trial._replace(profile=with_items(trial.profile, items)).state() is State.FAILS


class Tried:
    """Which full descriptions of so many titles will do, and so which parts of them."""

    def __init__(self, trial: Trial, count: int) -> None:
        self._count = count
        self._refused = [items for items in product(EVERY_ITEM, repeat=count) if is_refused(trial, items)]

    def will_do(self, said: tuple[Item, ...]) -> bool:
        return not any(
            all(one.items() <= full.items() for one, full in zip(said, items, strict=True)) for items in self._refused
        )

    def smallest(self) -> Iterator[tuple[Item, ...]]:
        for said in product(EVERY_PART, repeat=self._count):
            if self.will_do(said) and not any(self.will_do(fewer) for fewer in self.with_one_less(said)):
                yield said

    def with_one_less(self, said: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
        for number, one in enumerate(said):
            for fact in one:
                less = {other: value for other, value in one.items() if other != fact}
                yield (*said[:number], less, *said[number + 1 :])


def told(way: Way) -> Iterator[tuple[Item, ...]]:
    """The descriptions that a way tells: each of its choices with each of the others, for each item on its own."""
    items = [
        [
            (change.place.fact or "", (change.after, *change.or_else))
            for change in way.changes
            if added.has(change.place)
        ]
        for added in way.adds
        for _ in added.keys
    ]
    every = [
        [
            dict(zip([fact for fact, _ in one], map(str, values), strict=True))
            for values in product(*(some for _, some in one))
        ]
        for one in items
    ]
    yield from product(*every)


def in_any_order(said: Iterable[Item]) -> tuple[tuple[tuple[str, str], ...], ...]:
    return tuple(sorted(tuple(sorted(one.items())) for one in said))


def test_every_smallest_description_of_new_items_is_what_trying_them_finds_whatever_else_is_open() -> None:
    seen: Counter[str] = Counter()
    for seed, trial, found in refusals(drawn, ONLY_TITLES, 150):
        if not found.told:
            seen["none"] += 1
            assert found.left_out or all(is_refused(trial, items) for items in product(EVERY_ITEM, repeat=2)), seed
            continue
        of_one, of_two = Tried(trial, 1), Tried(trial, 2)
        of_domain = {
            in_any_order(said): said
            for way in found.told
            for said in told(way)
            if all(value in DOMAIN[fact] for one in said for fact, value in one.items())
        }
        for said in of_domain.values():
            if len(said) > 2:
                seen["of more"] += 1
                continue
            tried = of_one if len(said) == 1 else of_two
            assert tried.will_do(said), (seed, said)
            assert not any(map(tried.will_do, tried.with_one_less(said))), (seed, said)
            assert tried is of_one or not any(of_one.will_do((one,)) for one in said), (seed, said)
        if not found.left_out:
            smallest = [
                *of_one.smallest(),
                *(two for two in of_two.smallest() if not any(map(of_one.will_do, zip(two)))),
            ]
            few = {key for key in of_domain if len(key) <= 2}
            assert few == {in_any_order(said) for said in smallest}, seed
        for count in {sum(len(added.keys) for added in way.adds) for way in found.told}:
            seen[f"of {count}"] += 1
        seen["in several ways"] += len(found.told) > 1
        seen["beside something open"] += any(way.outcome is Outcome.UNDETERMINED for way in found.told)
        seen["left out"] += found.left_out
        seen["apart"] += any(len(way.adds) > 1 for way in found.told)
    assert seen["of 1"] > 55, seen
    assert seen["of 2"] > 30, seen
    assert seen["apart"] > 5, seen
    assert seen["in several ways"] > 20, seen
    assert seen["beside something open"] > 30, seen
    assert seen["left out"] < 10, seen


STEP = Decimal(100_000)
AMOUNTS = (*(STEP * number for number in range(9)), Decimal(10**9))
EVERY_CONTRACT = tuple(product((None, *AMOUNTS), (None, True, False)))


def test_every_figure_of_a_new_item_is_told_with_what_it_is_enough_beside() -> None:
    seen: Counter[str] = Counter()
    for seed, trial, found in refusals(with_contracts, ONLY_CONTRACTS, 300):
        every = {one: contract_will_do(trial, one) for one in EVERY_CONTRACT}
        ways = [way for way in found.told if sum(len(added.keys) for added in way.adds) == 1]
        told = {contract for way in ways for contract in contracts_told(way)}
        for amount, first in told:
            assert contract_will_do(trial, (amount, first)), seed
            assert amount is None or not contract_will_do(trial, (None, first)), seed
            assert first is None or not contract_will_do(trial, (amount, None)), seed
            near = () if amount is None else (amount - STEP, amount + STEP)
            assert not near or not all(contract_will_do(trial, (one, first)) for one in near), seed
        for change, (amount, first) in ((way.changes[0], one) for way in ways for one in contracts_told(way)):
            if change.or_more is not None and amount is not None:
                beyond = [one for one in AMOUNTS if (amount < one if change.or_more else one < amount)]
                assert all(contract_will_do(trial, (one, first)) for one in beyond), seed
                seen["or more" if change.or_more else "or less"] += 1
        for amount, first in (one for one, will_do in every.items() if will_do):
            # Of a figure another one may be told, and where that is enough alone, no more.
            in_part = [one for one in told if (one[0] is None or amount is not None) and one[1] in (None, first)]
            assert in_part or found.left_out, (seed, amount, first, told)
        seen["told"] += len(told)
        seen["in several ways"] += len(told) > 1
        seen["figure and choice"] += any(None not in one for one in told)
        seen["left out"] += found.left_out
    assert seen["told"] > 150, seen
    assert seen["or more"] > 60, seen
    assert seen["or less"] > 20, seen
    assert seen["in several ways"] > 8, seen
    assert seen["figure and choice"] > 20, seen
    assert seen["left out"] < 5, seen


def with_contracts(rng: random.Random) -> tuple[Policy, Trial]:
    """A clause that looks at contracts, and a company that has none of which something else is not known."""
    when = f"all: [{', '.join(contracts(rng) for _ in range(rng.randint(1, 2)))}]"
    known = evaluator(policy("drawn", [clause("drawn", when)]))
    version = known.applicable(ON)[0]
    return version, Trial(version.clauses[0], known.profile({"name": "乙", "contracts": []}), ON, None)


def contracts(rng: random.Random) -> str:
    whole = f"{{sum_of: contract.contract_amount, at_least: {rng.randint(1, 8)}0万元, says: 合}}"
    some = f"{{some: contract, where: [{contract_where(rng)}], says: 有}}"
    no = f"{{none: contract, where: [{contract_where(rng)}], says: 无}}"
    beside = f"{{any: [{some}, {{fact: niche_years, at_least: 3年, says: 年}}]}}"
    return rng.choice((whole, some, some, some, no, beside))


def contract_where(rng: random.Random) -> str:
    end = rng.choice(("at_least", "at_least", "at_most"))
    amount = f"{{fact: contract_amount, {end}: {rng.randint(1, 8)}0万元, says: 额}}"
    first = f"{{fact: first_applied_here, is: {rng.choice(('true', 'false'))}, says: 首}}"
    both = f"{{all: [{amount}, {first}]}}"
    other = f"{{fact: contract_amount, {end}: {rng.randint(1, 8)}0万元, says: 额}}"
    return rng.choice((amount, first, both, f"{{any: [{both}, {other}]}}", f"{{any: [{both}, {first}]}}"))


Contract = tuple[Decimal | None, bool | None]
"""What is said of a contract: what it comes to, and whether something is used here first."""


def contract_will_do(trial: Trial, said: Contract) -> bool:
    amounts, firsts = (AMOUNTS if said[0] is None else said[:1]), ((True, False) if said[1] is None else said[1:])
    return not any(
        trial._replace(profile=with_contract(trial.profile, amount, first)).state() is State.FAILS
        for amount, first in product(amounts, firsts)
    )


def with_contract(profile: Profile, amount: Decimal | None, first: bool | None) -> Profile:
    assert amount is not None, "all is said of it"
    assert first is not None, "all is said of it"
    [key] = new_keys(profile, "contract", 1)
    profile = with_value(grown(profile, "contract"), Place("contract", key, "contract_amount"), amount)
    return with_value(profile, Place("contract", key, "first_applied_here"), first)


def contracts_told(way: Way) -> Iterator[Contract]:
    changes = {change.place.fact: change for change in way.changes}
    amount, first = changes.get("contract_amount"), changes.get("first_applied_here")
    for value in (None,) if first is None else (first.after, *first.or_else):
        assert value is None or isinstance(value, bool)
        yield None if amount is None else Decimal(str(amount.after)), value
