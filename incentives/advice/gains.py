"""Entries of a plan: what each asks for and brings, which outdo others, and in which order they are told.

Imports effects, ways, results and values. What asks for least goes first: by what it costs where that is known of
both, else by how far the figures would have to move. How much an entry brings only decides between equals. What
brings no money, but a title, a relief or something in kind, goes after all that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from incentives.advice.effects import AwardChange, Elsewhere
from incentives.advice.ways import Change, Way, same
from incentives.decision.result import ItemName, Lost
from incentives.facts.places import Place, value_at, year_before
from incentives.facts.profile import Profile
from incentives.values import EXACT, NOT_BOUNDED, ZERO, Interval, NotBounded, Outcome, Possible, Yuan


@dataclass(frozen=True, slots=True)
class Gain:
    """One thing to do, the clause it was found for, and what it comes to.

    `award_before` and `award` are what the clause grants now and then, `awards` everything that comes out otherwise,
    this clause among it; `before` and `after` are the totals of its policy, in which stacking has a say; `lost` are
    the awards that stacking takes only then. `all_before` and `all_after` are of all policies together, and
    `excluded` what they lose to one another only then. With `pays` it brings money, else what the clause grants that
    is none. `cost` is of those changes of which somebody says what they cost, and `cost_is_whole` where that is all
    of them. `only_told` where the changes are facts that stand as they are and nobody has given: there is nothing to
    do but to tell them. `grants_another` where what is no money is another thing. `rests_on_assumption` where the
    clause is refused only by what the encoder added.
    """

    policy: str
    policy_title: str
    clause: str
    title: str
    item: ItemName | None
    way: Way
    award_before: Interval
    award: Interval
    awards: tuple[AwardChange, ...]
    before: Interval
    after: Interval
    lost: tuple[Lost, ...]
    elsewhere: tuple[Elsewhere, ...]
    all_before: Interval
    all_after: Interval
    excluded: tuple[Lost, ...]
    pays: bool
    cost: Yuan
    cost_is_whole: bool
    only_told: bool
    grants_another: bool
    rests_on_assumption: bool


def not_outdone(gains: Sequence[Gain]) -> list[Gain]:
    """Without those for which another one asks for no more and brings no less; of equals the first."""
    kept: list[Gain] = []
    for place, gain in enumerate(gains):
        others = (*gains[:place], *gains[place + 1 :])
        if not any(_outdoes(other, gain) and not (_outdoes(gain, other) and other not in kept) for other in others):
            kept.append(gain)
    return kept


def _outdoes(one: Gain, other: Gain) -> bool:
    """Whether `one` asks for no more than `other` in any fact and brings no less."""
    if same(one.way) == same(other.way) or other.grants_another:
        return False  # one change, which is told once, or more than money
    if one.policy != other.policy or not _no_more_beside(one.way, other.way):
        return False
    asked = {change.place: change for change in other.way.changes}
    if not all(change.place in asked and _no_further(change, asked[change.place]) for change in one.way.changes):
        return False
    if not (_no_less(one.after, other.after) and _no_less(one.all_after, other.all_after)):
        return False
    brought = _without_money(one)
    return all(
        _NEARNESS[brought.get(key, Outcome.NOT_QUALIFIED)] >= _NEARNESS[to]
        for key, to in _without_money(other).items()
    )


def _no_more_beside(one: Way, other: Way) -> bool:
    """Whether a way takes the same new items as another one or none, and no later application."""
    if one.adds and one.adds != other.adds:
        return False
    return one.apply_on is None or (other.apply_on is not None and one.apply_on <= other.apply_on)


_NEARNESS: Final = {
    Outcome.NOT_QUALIFIED: 0,
    Outcome.UNDETERMINED: 1,
    Outcome.NEEDS_REVIEW: 2,
    Outcome.QUALIFIED: 3,
}


def comes_nearer(before: Outcome, after: Outcome) -> bool:
    """Whether a clause is nearer to being met, or is met."""
    return _NEARNESS[after] > _NEARNESS[before]


def _without_money(gain: Gain) -> dict[tuple[str, str, str | None, bool], Outcome]:
    """What an entry brings that is no money: each clause and item that is then nearer to being met."""
    return {
        (one.policy, one.clause, one.item.key if one.item is not None else None, one.is_new): one.outcome_after
        for one in gain.awards
        if not one.is_money and comes_nearer(one.outcome_before, one.outcome_after)
    }


def _no_less(one: Interval, other: Interval) -> bool:
    return one.guaranteed >= other.guaranteed and not less(one.possible, other.possible)


def once_each(gains: Iterable[Gain]) -> list[Gain]:
    """Each change once, for the clause to which it brings most; other choices of a fact where they do for all."""
    found: dict[object, list[Gain]] = {}
    for gain in gains:
        found.setdefault(same(gain.way), []).append(gain)
    return [_as_one(sorted(some, key=by_worth)) for some in found.values()]


def _as_one(some: Sequence[Gain]) -> Gain:
    """The first of the same changes, with the choices that do as well in each of them."""
    first, *others = some
    if not others:
        return first
    do_as_well = [{change.place: change.or_else for change in one.way.changes} for one in others]
    changes = tuple(
        replace(
            change,
            or_else=tuple(value for value in change.or_else if all(value in one[change.place] for one in do_as_well)),
        )
        for change in first.way.changes
    )
    return replace(first, way=replace(first.way, changes=changes))


def _no_further(one: Change, other: Change) -> bool:
    if one.after == other.after:
        return True
    values = (one.before, one.after, other.after)
    if not all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in values):
        return False
    before, near, far = values
    return before < near < far or before > near > far  # type: ignore[operator]


def less(one: Possible, other: Possible) -> bool:
    """Whether `one` is less than `other`; what nothing bounds is less than nothing."""
    if isinstance(one, NotBounded):
        return False
    return isinstance(other, NotBounded) or one < other


def in_order(gains: Iterable[Gain], profile: Profile, on: date) -> list[Gain]:
    """Entries of a plan for an application on the day `on`, what asks for least first.

    What pays goes before what does not, then they go by how far they are; of those whose cost is known the cheaper
    takes the earlier of their places.
    """
    every = list(gains)
    least = _least_asked(every)
    ordered = sorted(every, key=lambda gain: (*_group(gain), _far(gain, profile, on, least), by_worth(gain)))
    priced = [place for place, gain in enumerate(ordered) if gain.way.changes and gain.cost_is_whole]
    cheapest = sorted((ordered[place] for place in priced), key=lambda gain: (*_group(gain), gain.cost))
    for place, gain in zip(priced, cheapest, strict=True):
        ordered[place] = gain
    return ordered


def _group(gain: Gain) -> tuple[bool, bool]:
    """Whether an entry brings no money, and whether its clause is still not met after everything it says."""
    return not gain.pays, gain.way.outcome is not Outcome.QUALIFIED


def _least_asked(gains: Iterable[Gain]) -> dict[Place, Fraction]:
    """The smallest number that any entry asks of each fact."""
    found: dict[Place, Fraction] = {}
    for gain in gains:
        for change in gain.way.changes:
            after = _number(change.after)
            if after is not None:
                found[change.place] = min(found.get(change.place, after), after)
    return found


def _far(gain: Gain, profile: Profile, on: date, least: Mapping[Place, Fraction]) -> Fraction:
    """How far an entry is: 1 for each number that doubles, each thing that is another, each year of waiting."""
    later = gain.way.apply_on
    waited = Fraction((later - on).days, 365) if later is not None else Fraction(0)
    return sum((_moved(change, profile, least) for change in gain.way.changes), waited)


def _moved(change: Change, profile: Profile, least: Mapping[Place, Fraction]) -> Fraction:
    """How far a number moves from what it is, or was in the last year that is known.

    Where nothing is known of it, beside the least that anything asks of it; 1 for what is no number.
    """
    after = _number(change.after)
    if after is None:
        return Fraction(1)
    earlier = year_before(profile, change.place)
    known = change.before if earlier is None or change.before is not None else value_at(profile, earlier)
    before = _number(known)
    if before:
        return abs(after - before) / abs(before)
    return after / least[change.place] if before is None and least[change.place] else Fraction(1)


def _number(value: object) -> Fraction | None:
    return Fraction(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def by_worth(gain: Gain) -> tuple[object, ...]:
    """Sorts by what an entry brings, the most first, then by how few changes it asks for."""
    bounded = not isinstance(gain.after.possible, NotBounded)
    possible = ZERO if isinstance(gain.after.possible, NotBounded) else gain.after.possible
    was = ZERO if isinstance(gain.before.possible, NotBounded) else gain.before.possible
    sure = EXACT.subtract(gain.after.guaranteed, gain.before.guaranteed)
    return (
        *_group(gain),
        -sure,
        bounded,
        -EXACT.subtract(possible, was),
        less(gain.award.possible, NOT_BOUNDED),
        ZERO if isinstance(gain.award.possible, NotBounded) else -gain.award.possible,
        len(gain.way.changes),
        gain.policy,
        gain.clause,
        gain.item.key if gain.item is not None else "",
        tuple(str(change) for change in gain.way.changes),
    )
