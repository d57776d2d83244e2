"""Awards whose items are told to be of one kind by what may not be known: the ways for them to fall to kinds.

Imports claims and the kinds of items. Of what a rule sets against each other within a kind, the least comes out where
what is not known is of a kind that others are of, and the most where it is of one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product
from math import prod

from incentives.decision.claims import Claim
from incentives.engines.clashes import ANY_KIND, of_kind
from incentives.engines.kinds import Kind, kinds_of
from incentives.engines.subjects import Subject
from incentives.language.model import Choosing, Policy, Quota, sides
from incentives.records import NamedTuple

MOST_WAYS = 64
"""More ways are not tried one by one."""

ALONE = ""
"""The place of what stands for any number of items, each of a kind of its own: no rule binds there."""

OF_ITS_OWN = "*"
"""How the place begins of one item of a kind of its own: only awards for the same item meet there."""

Thing = tuple[str, str, str]
"""An item, by its list and key, and the name of what tells its kind. Several awards can be for one."""


class Ways(NamedTuple):
    """The ways for awards to fall to kinds: those among which the least comes out, and those for the most."""

    for_least: Sequence[Sequence[Claim]]
    for_most: Sequence[Sequence[Claim]]
    every_one: bool


def in_kinds(policy: Policy, claims: Sequence[Claim], company: Subject) -> list[Claim]:
    """The claims with the kinds of their items, where rules of the policy go by them."""
    kinds = kinds_of(policy, company)
    return (
        [claim._replace(kinds=kinds.get((claim.clause, claim.item), ())) for claim in claims] if kinds else [*claims]
    )


def open_kinds(claims: Sequence[Claim]) -> list[tuple[Claim, Kind]]:
    """The kinds that are not known, with the awards for whose items they are not."""
    return [(claim, kind) for claim in claims for kind in claim.kinds if kind.known is None and not kind.several]


def meeting_kinds(policy: Policy, claims: Sequence[Claim]) -> Iterator[Kind]:
    """The kinds that are not known, where it depends on them whether a rule chooses between awards."""
    payable = [claim for claim in claims if claim.interval.possible != 0]
    rules = {rule.id: rule for rule in policy.rules if isinstance(rule, Choosing)}
    for claim, kind in sorted(open_kinds(payable), key=lambda one: (one[1].rule, one[0].id)):
        if _chooses(rules[kind.rule], claim, kind, payable):
            yield kind


def _chooses(rule: Choosing, claim: Claim, kind: Kind, payable: Sequence[Claim]) -> bool:
    """Whether a rule may have to choose between an award and those for other items, by the kind of its item."""
    at = _thing(claim, kind)
    own: list[Claim] = []
    others: list[Claim] = []
    for one in payable:
        for other in one.kinds:
            if other.rule == rule.id and (_thing(one, other) == at or _can_be_same(kind.words, other.words)):
                (own if _thing(one, other) == at else others).append(one)
    if isinstance(rule, Quota):
        several = any(one.kinds and all(kind.several for kind in one.kinds) for one in others)
        enough = several or rule.granted is not None or len(own) + len(others) > rule.at_most
        return bool(others) and enough
    return any(
        claim.clause in side and one.clause in other for side, other in permutations(sides(rule), 2) for one in others
    )


def _can_be_same(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is None or other is None or not one.isdisjoint(other)


def _thing(claim: Claim, kind: Kind) -> Thing:
    return kind.place.entity, claim.item, kind.name


def _of_its_own(thing: Thing) -> str:
    """The place of a thing of a kind that no other is of."""
    return OF_ITS_OWN + "/".join(thing)


def ways(claims: Sequence[Claim]) -> Ways:
    """The ways for the claims to fall to kinds, in an order that theirs does not matter for.

    Where there are too many, nothing of what is of an unknown kind is certain, and it is in nobody's way.
    """
    settled: dict[str, set[str]] = {}
    for claim in claims:
        for kind in claim.kinds:
            if kind.known is not None:
                settled.setdefault(kind.rule, set()).add(kind.known)
    things: dict[Thing, list[tuple[Claim, Kind]]] = {}
    for claim, kind in sorted(open_kinds(claims), key=lambda one: one[0].id):
        things.setdefault(_thing(claim, kind), []).append((claim, kind))
    met = {thing: set().union(*(settled.get(kind.rule, set()) for _, kind in of)) for thing, of in things.items()}
    words = {thing: of[0][1].words for thing, of in things.items()}
    sure = [thing for thing, of in things.items() if any(claim.interval.guaranteed > 0 for claim, _ in of)]
    least = _for_least([(thing, words[thing], met[thing]) for thing in sure])
    most = _for_most([(thing, words[thing], met[thing]) for thing in things])
    unsure = {claim.key for thing in sure for claim, _ in things[thing]}
    certain = [claim for claim in claims if claim.key not in unsure]
    return Ways(
        for_least=[_placed(certain, {})] if least is None else [_placed(claims, one) for one in least],
        for_most=[_placed(claims, {})] if most is None else [_placed(claims, one) for one in most],
        every_one=most is not None,
    )


_Open = tuple[Thing, frozenset[str] | None, set[str]]
"""A thing of unknown kind, the words it can be, and those that others are known to be."""

_At = Mapping[Thing, str]
"""At which place each thing of unknown kind is taken to be."""


def _for_least(things: Sequence[_Open]) -> list[_At] | None:
    """What is open with what is known, or where nothing is, all in one kind; None where that is too many ways."""
    options: list[list[str]] = []
    for _, words, met in things:
        among = met if words is None else words & met
        options.append([of_kind(word) for word in sorted(among)] if among else _without_known(words, things))
    return _every(things, options)


def _without_known(words: frozenset[str] | None, things: Sequence[_Open]) -> list[str]:
    """The places of a thing that can only meet with others of unknown kind: one, where all can be the same."""
    alike = {one for _, one, _ in things}
    if words is None:
        return sorted({ANY_KIND, *(of_kind(word) for one in alike for word in one or ())})
    return [of_kind(word) for word in (sorted(words)[:1] if len(alike) == 1 else sorted(words))]


def _for_most(things: Sequence[_Open]) -> list[_At] | None:
    """Each thing in a kind of its own where there are kinds enough; else every way, None where that is too many."""
    options: list[list[str]] = []
    for thing, words, met in things:
        free = words is None or len(words - met) >= len(things)
        options.append([_of_its_own(thing)] if free else [of_kind(word) for word in sorted(words or ())])
    return _every(things, options)


def _every(things: Sequence[_Open], options: Sequence[Sequence[str]]) -> list[_At] | None:
    if prod(len(one) for one in options) > MOST_WAYS:
        return None
    names = [thing for thing, _, _ in things]
    return [dict(zip(names, taken, strict=True)) for taken in product(*options)]


def _placed(claims: Sequence[Claim], at: _At) -> list[Claim]:
    """The claims with the place of each under every rule that goes by kinds."""
    return [claim._replace(scopes=tuple(_places(claim, at))) for claim in claims]


def _places(claim: Claim, at: _At) -> Iterator[tuple[str, str]]:
    for kind in claim.kinds:
        if kind.known is not None:
            yield kind.rule, of_kind(kind.known)
        else:
            thing = _thing(claim, kind)
            yield kind.rule, ALONE if kind.several else at.get(thing, _of_its_own(thing))
