"""Awards by tiers that have limits of their own: the ways in which they can fall to them. Imports claims and awards.

Which tier an award is in may wait for a fact. Then the total is worked out for each way there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from incentives.decision.claims import Claim
from incentives.engines.awards import by_tier
from incentives.engines.subjects import Presence, Subject, at_item, subjects
from incentives.facts.profile import Item
from incentives.language.model import Cap, Policy, Tiers
from incentives.records import NamedTuple
from incentives.values import NOT_BOUNDED, ZERO, Interval, NotBounded, Possible

MOST_WAYS = 64
"""More ways are not tried one by one."""


class Ways(NamedTuple):
    """The ways for awards to fall to tiers: those among which the least comes out, and those for the most."""

    for_least: Sequence[Sequence[Claim]]
    for_most: Sequence[Sequence[Claim]]
    every_one: bool


def in_tiers(policy: Policy, claims: Sequence[Claim], company: Subject) -> list[Claim]:
    """The claims with the tiers that each may be in, where its clause has limits of single tiers."""
    awards = {clause.id: clause.award for clause in policy.clauses if clause.award.tiers is not None}
    if not awards:
        return list(claims)
    places = {place: subject for place, (_, subject) in _places(policy, company).items()}
    found: list[Claim] = []
    for claim in claims:
        place = places.get((claim.clause, claim.item))
        if place is None or claim.interval.possible == 0:
            found.append(claim)
            continue
        several = place.presence is Presence.ABSENT_LIST
        there = at_item(place, place.entity, Item("", "", {})) if several else place
        tiers = by_tier(awards[claim.clause], there)
        inside = tuple((row, _within(amount, claim.interval, several=several)) for row, amount in tiers)
        found.append(claim._replace(tiers=inside, several=several))
    return found


def _places(policy: Policy, company: Subject) -> Mapping[tuple[str, str], tuple[Tiers, Subject]]:
    """From where each award by such tiers is looked at, by its clause and the key of its item."""
    return {
        (clause.id, place.item.key if place.item is not None else ""): (clause.award.tiers, place)
        for clause in policy.clauses
        if clause.award.tiers is not None
        for place in subjects(clause, company)
    }


def _within(amount: Interval, whole: Interval, *, several: bool) -> Interval:
    """What an award comes to in one tier, which is certain as far as it is whatever the tier."""
    if several:
        return Interval(ZERO, NOT_BOUNDED if amount.possible != 0 else ZERO)
    possible = _smaller(amount.possible, whole.possible)
    return Interval(
        whole.guaranteed if isinstance(possible, NotBounded) else min(whole.guaranteed, possible), possible
    )


def _smaller(one: Possible, other: Possible) -> Possible:
    if isinstance(one, NotBounded):
        return other
    return one if isinstance(other, NotBounded) else min(one, other)


def ways(claims: Sequence[Claim], *, chosen_between: bool) -> Ways:
    """The ways for the claims to fall to tiers, in an order that theirs does not matter for.

    Where there are too many, no limit of a tier holds for what may be in several. The least then comes out where
    all that may be in the same tiers fall to one of them: limits alone make the total concave in what falls to each.
    Where rules choose as well (`chosen_between`), nothing of what may be in several is certain.
    """
    fixed: list[Claim] = []
    several: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda one: one.key):
        taken = [claim._replace(interval=amount, tier=row, tiers=()) for row, amount in claim.tiers]
        if claim.several or len(taken) < 2:
            fixed += taken or [claim]
        else:
            several.append(taken)
    if prod(len(taken) for taken in several) <= MOST_WAYS:
        every_one = [[*fixed, *taken] for taken in product(*several)]
        return Ways(every_one, every_one, every_one=True)
    unlimited = [claim._replace(tiers=()) for claim in claims if len(claim.tiers) > 1 and not claim.several]
    alike = [fixed] if chosen_between else [[*fixed, *taken] for taken in _alike(several)]
    return Ways(alike, [[*fixed, *unlimited]], every_one=False)


def _alike(several: Sequence[Sequence[Claim]]) -> Iterator[list[Claim]]:
    """Of claims that may be in the same tiers all in one of them; none of them, where that as well is too much."""
    groups: dict[tuple[str, ...], list[Sequence[Claim]]] = {}
    for taken in several:
        groups.setdefault(tuple(claim.tier or "" for claim in taken), []).append(taken)
    if prod(len(rows) for rows in groups) > MOST_WAYS:
        yield []
        return
    for together in product(*([list(one) for one in zip(*group, strict=True)] for group in groups.values())):
        yield [claim for one in together for claim in one]


def open_tiers(policy: Policy, claims: Sequence[Claim], company: Subject) -> Iterator[tuple[Cap, Tiers, Subject]]:
    """The limits of single tiers, with each award of which nobody knows whether it is in that tier."""
    places = _places(policy, company)
    for rule in policy.rules:
        if isinstance(rule, Cap) and rule.tier is not None:
            for claim in claims:
                if not claim.several and len(claim.tiers) > 1 and rule.tier in dict(claim.tiers):
                    yield rule, *places[claim.clause, claim.item]
