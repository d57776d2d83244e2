"""Refusals that one small change would end: by how little they fail, and what would then be granted. Imports ways.

Only numbers, and a few days of waiting: nobody is near to being somebody else. A number of a year that is over cannot
be changed any more; that it was so near is told all the same, as what to reach the next time. Every one was tried on
the reference evaluator before it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from incentives.advice.changeable import Changeable
from incentives.advice.keeping import places_read
from incentives.advice.trial import DAY, Trial
from incentives.advice.ways import Way, after_way, ways
from incentives.decision.evaluator import Evaluator
from incentives.decision.result import Determination, ItemName
from incentives.engines.rows import Verdict
from incentives.facts.profile import Profile
from incentives.facts.types import CodeType, ManyType
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import Policy
from incentives.language.nodes import Equals, IncludesAny, OneOf, StartsWith
from incentives.language.walks import walk
from incentives.values import Interval, NotBounded, Outcome, State

SMALL = Fraction(1, 5)
"""How far a number may lie from the one that would do, as a part of the larger of the two; a single one more or less
of what is counted is always small."""

MOST_DAYS = 31
"""How much later an application may be made and still be near."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A clause that is refused on an item, and the one change that ends it.

    `apart` is how far that is, as a part of the number that would do, or of a year; `award` is what the clause then
    comes to. `is_over` where the number is of a year that has ended. `for_its_like` where the clause asks for a code
    of the company, such as its district or its industry, and the company has it.
    """

    policy: str
    clause: str
    title: str
    item: ItemName | None
    way: Way
    apart: Fraction
    award: Interval
    is_over: bool
    for_its_like: bool


def near_misses(
    evaluator: Evaluator, profile: Profile, decided: Iterable[Determination], on: date, changeable: Changeable
) -> tuple[NearMiss, ...]:
    """Of what was decided on the day `on` the refusals that are near, of each the nearest change alone.

    Clauses that are meant for the company's like go first, then what can still be changed, then what pays, then the
    nearest.
    """
    versions = {version.id: version for version in evaluator.applicable(on)}
    found: list[NearMiss] = []
    for refused in decided:
        if refused.outcome is Outcome.NOT_QUALIFIED:
            tried = _tried(evaluator, versions[refused.policy], profile, refused, on, changeable)
            found += sorted(tried, key=lambda miss: miss.apart)[:1]
    return tuple(sorted(found, key=_rank))


def _tried(
    evaluator: Evaluator, policy: Policy, profile: Profile, refused: Determination, on: date, changeable: Changeable
) -> Iterator[NearMiss]:
    key = refused.item.key if refused.item is not None else None
    trial = Trial(policy.clause(refused.clause), profile, on, key)
    if trial.subject() is None:
        return
    of_any_year = changeable._replace(since=date.min)
    numbers = [place for place in places_read(trial) if of_any_year.allows(place) and changeable.grid(place)]
    for way in ways(trial, [*numbers, DAY], of_any_year, on + timedelta(days=MOST_DAYS), weighing=False).told:
        apart = _apart(way, on)
        if apart is None or way.outcome not in (Outcome.QUALIFIED, Outcome.NEEDS_REVIEW):
            continue
        verdict = _verdict(evaluator, policy, after_way(profile, way), refused, way.apply_on or on)
        if verdict is not None:
            yield NearMiss(
                policy=policy.id,
                clause=refused.clause,
                title=refused.title,
                item=refused.item,
                way=way,
                apart=apart,
                award=verdict.award,
                is_over=not all(changeable.allows(change.place) for change in way.changes),
                for_its_like=_for_its_like(trial),
            )


def _verdict(
    evaluator: Evaluator, policy: Policy, profile: Profile, refused: Determination, on: date
) -> Verdict | None:
    """What the engine at hand says of the clause after the change."""
    [screened] = evaluator.screen(profile, on, policy.id).policies
    key = refused.item.key if refused.item is not None else None
    return next((one for one in screened.verdicts if (one.clause, one.item) == (refused.clause, key)), None)


def _apart(way: Way, on: date) -> Fraction | None:
    """How far a way is; None where it is not one small change."""
    if len(way.changes) + (way.apply_on is not None) != 1:
        return None
    if way.apply_on is not None:
        return Fraction((way.apply_on - on).days, 365)
    [change] = way.changes
    before, after = Fraction(change.before), Fraction(change.after)  # type: ignore[arg-type]
    apart = abs(after - before) / max(abs(after), abs(before))
    one_of_a_count = isinstance(change.after, int) and abs(after - before) == 1
    return apart if apart <= SMALL or one_of_a_count else None


def _for_its_like(trial: Trial) -> bool:
    """Whether a condition asks for a code of the company that the company has."""
    states = trial.states(trial.clause.condition)
    for node in walk(trial.clause.condition):
        match node.form:
            case Equals(fact) | OneOf(fact) | IncludesAny(fact) | StartsWith(fact) if fact.entity == COMPANY:
                of = fact.type.of if isinstance(fact.type, ManyType) else fact.type
                if isinstance(of, CodeType) and states.get(node.id) is State.HOLDS:
                    return True
            case _:
                pass
    return False


def _rank(miss: NearMiss) -> tuple[object, ...]:
    bounded = not isinstance(miss.award.possible, NotBounded)
    key = miss.item.key if miss.item is not None else ""
    pays = not bounded or miss.award.possible != 0
    return not miss.for_its_like, miss.is_over, not pays, miss.apart, miss.policy, miss.clause, key
