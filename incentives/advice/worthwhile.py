"""Whether what a change does is worth telling, by what there is before and after it. Imports effects and values."""

from __future__ import annotations

from collections.abc import Iterable

from incentives.advice.effects import AwardChange, Elsewhere
from incentives.advice.gains import less
from incentives.decision.result import Determination
from incentives.engines.rows import Verdict
from incentives.values import EXACT, ZERO, Interval, NotBounded, Outcome, Possible


def outweighed(before: Interval, after: Interval, elsewhere: Iterable[Elsewhere]) -> bool:
    """Whether other policies are known to lose more than this one can bring."""
    if isinstance(after.possible, NotBounded) or isinstance(before.possible, NotBounded):
        brings: Possible = after.possible
    else:
        brings = EXACT.subtract(after.possible, before.possible)
    lost = ZERO
    for one in elsewhere:
        if not isinstance(one.before.possible, NotBounded) and not isinstance(one.after.possible, NotBounded):
            lost = EXACT.add(lost, EXACT.subtract(one.before.possible, one.after.possible))
    return not isinstance(brings, NotBounded) and lost > brings


def is_worthless(before: Interval, after: Interval, *, settles: bool) -> bool:
    """Whether all policies together are known to come to less, or to no more where nothing is settled by it."""
    if isinstance(before.possible, NotBounded) or isinstance(after.possible, NotBounded):
        return False
    return after.possible < before.possible or not (settles or more(before, after))


def takes_away(award: AwardChange) -> bool:
    """Whether something that is met is then met no more."""
    return award.outcome_before is Outcome.QUALIFIED and award.outcome_after is not Outcome.QUALIFIED


def only_unsure(awards: Iterable[AwardChange]) -> bool:
    """Whether no more comes but of a new item, of which too little is said to tell whether a clause is met."""
    rising = [one for one in awards if more(one.before, one.after)]
    return all(one.is_new and one.outcome_after is not Outcome.QUALIFIED for one in rising)


def settles(before: Determination, after: Verdict) -> bool:
    """Whether an award that could come is one that the company qualifies for."""
    open_before = before.outcome is Outcome.UNDETERMINED
    return open_before and after.outcome is Outcome.QUALIFIED and after.award.possible != 0


def more(before: Interval, after: Interval) -> bool:
    """Whether either end is greater."""
    return after.guaranteed > before.guaranteed or less(before.possible, after.possible)
