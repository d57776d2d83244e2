"""What of the awards of a policy goes to the company, and what to others. Imports the totals, clashes and the model.

Rules choose between all awards by what they are worth together; then each side is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from incentives.decision.claims import Claim
from incentives.decision.kinds import in_kinds, meeting_kinds
from incentives.decision.result import Combined
from incentives.decision.tiers import in_tiers
from incentives.decision.total import together, where_it_binds
from incentives.engines.clashes import Candidate, Clash, plain_clashes
from incentives.engines.kinds import kinds_of, with_kinds
from incentives.engines.subjects import Subject
from incentives.language.model import Cap, Policy, Quota, Shared, Stacking, limiting, named_by, sides
from incentives.records import NamedTuple
from incentives.values import EXACT, NOTHING, ZERO, Interval, NotBounded, total_when_combinable


class Totals(NamedTuple):
    """What the awards of a policy come to: for the company itself and for others; and how that was chosen."""

    own: Interval
    others: Interval
    combined: Combined | None


def combined(policy: Policy, claims: Sequence[Claim], company: Subject, clashes: frozenset[Clash]) -> Totals:
    """The totals of a policy.

    Rules choose between all awards, whoever is paid. Whether awards may be held together that no rule names is
    asked of the company's own, and of those to others, each by themselves.
    """
    claims = in_kinds(policy, in_tiers(policy, claims, company), company)
    total, how = together(policy, claims, company, clashes)
    if not policy.to_others:
        return Totals(total, NOTHING, how)
    payable = [claim for claim in claims if claim.interval.possible != 0]
    by_side = [[one for one in claims if (one.clause in policy.to_others) is there] for there in (False, True)]
    own, others = (together(policy, side, company, clashes)[0] for side in by_side)
    if how is None or not _meet(policy, payable, clashes):
        return Totals(own, others, how)
    if policy.stacking is Stacking.NOT_PUBLISHED:
        # Whatever excludes whatever, what is paid in all is as much as is certain, of which others get their most.
        return Totals(_at_least(own, total, others), _at_least(others, total, own), how)
    parts = [
        _shared_out(policy, [claim for claim in claims if claim.clause in part], company, clashes)
        for part in _apart(policy)
    ]
    mine, theirs = (total_when_combinable([part[side] for part in parts]) for side in (0, 1))
    return Totals(mine, theirs, how)


def totals_without(policy: Policy, claims: Sequence[Claim], gone: frozenset[str], company: Subject) -> Totals:
    """The totals of a policy of which some clauses are given up."""
    left = [claim for claim in claims if claim.clause not in gone]
    found = [Candidate(claim.clause, claim.item) for claim in left if claim.interval.possible != 0]
    return combined(policy, left, company, plain_clashes(policy, with_kinds(found, kinds_of(policy, company))))


def _apart(policy: Policy) -> list[set[str]]:
    """The clauses in parts that no rule connects."""
    parts = [{clause.id} for clause in policy.clauses]
    for rule in limiting(policy.rules):
        named = named_by(rule)
        met = [part for part in parts if part & named]
        parts = [part for part in parts if not part & named] + ([set().union(*met)] if met else [])
    return parts


def _shared_out(
    policy: Policy, claims: Sequence[Claim], company: Subject, clashes: frozenset[Clash]
) -> tuple[Interval, Interval]:
    """What of connected awards the company is paid, and what others are.

    The sum is the best there is; how it falls to the sides is known where one combination is chosen whatever can
    still come. Else each is paid at least the sum less the most of the other; or all or nothing, where a rule pays
    only one of the sides.
    """
    whole, how = together(policy, claims, company, clashes)
    by_side = [[one for one in claims if (one.clause in policy.to_others) is there] for there in (False, True)]
    own, others = (together(policy, side, company, clashes)[0] for side in by_side)
    payable = [claim for claim in claims if claim.interval.possible != 0]
    if how is None or not _meet(policy, payable, clashes):
        return own, others
    if _settled(policy, payable, how):
        paid = {claim.id: claim.interval.guaranteed for claim in payable if claim.id in how.chosen}
        for loss in how.lost:
            if loss.award in paid and not isinstance(loss.amount, NotBounded):
                paid[loss.award] = EXACT.subtract(paid[loss.award], loss.amount)
        mine, theirs = (_sum([paid[one.id] for one in side if one.id in paid]) for side in by_side)
        return Interval(mine, mine), Interval(theirs, theirs)
    if _one_side_alone(policy, {claim.clause for claim in claims}):
        return _all_or_nothing(own, others), _all_or_nothing(others, own)
    return _at_least(own, whole, others), _at_least(others, whole, own)


def _one_side_alone(policy: Policy, clauses: set[str]) -> bool:
    """Whether one rule sets all of these clauses against each other, and none of its sides holds awards to both."""
    rules = [rule for rule in limiting(policy.rules) if named_by(rule) & clauses]
    if len(rules) != 1:
        return False
    [rule] = rules
    if isinstance(rule, Quota):
        return rule.at_most == 1 and rule.granted is None and not rule.same
    if isinstance(rule, Cap) or rule.within is Shared.ITEM or rule.same:
        return False
    return not any(_both_sides(policy, side) for side in sides(rule))


def _all_or_nothing(side: Interval, other: Interval) -> Interval:
    """What one side is paid where only the higher is: all of it, or nothing."""
    certain = not isinstance(other.possible, NotBounded) and side.guaranteed > other.possible
    can_win = isinstance(side.possible, NotBounded) or side.possible >= other.guaranteed
    return Interval(side.guaranteed if certain else ZERO, side.possible if can_win else ZERO)


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    total = ZERO
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total


def _at_least(side: Interval, whole: Interval, other: Interval) -> Interval:
    """All that is paid, less the most of the other side."""
    if isinstance(other.possible, NotBounded):
        return Interval(ZERO, side.possible)
    return Interval(max(EXACT.subtract(whole.guaranteed, other.possible), ZERO), side.possible)


def _settled(policy: Policy, payable: Sequence[Claim], how: Combined) -> bool:
    """Whether one combination alone is the best, whatever can still come, and no cap is shared out between sides."""
    mixed = {rule.id for rule in policy.rules if isinstance(rule, Cap) and _both_sides(policy, rule.over)}
    known = not any(True for _ in meeting_kinds(policy, payable))
    exact = all(one.interval.guaranteed == one.interval.possible and len(one.tiers) < 2 for one in payable)
    # A limit that is not known yet can leave more at one end than at the other.
    alike = (how.chosen, how.equal, how.lost) == (how.chosen_possible, how.equal_possible, how.lost_possible)
    if not (known and exact and alike):
        return False
    return how.proved and not how.equal and not any(loss.rule in mixed for loss in how.lost)


def _meet(policy: Policy, payable: Sequence[Claim], clashes: frozenset[Clash]) -> bool:
    """Whether some rule is about awards to the company and awards to others at one place."""
    for rule in limiting(policy.rules):
        named = named_by(rule)
        if isinstance(rule, Cap):
            places = [[claim.clause for claim in payable if claim.clause in named]]
        else:
            found = where_it_binds(rule, payable, clashes)
            places = [[claim.clause for claim in place if claim.clause in named] for place in found]
        if any(_both_sides(policy, place) for place in places):
            return True
    return False


def _both_sides(policy: Policy, clauses: Iterable[str]) -> bool:
    return len({clause in policy.to_others for clause in clauses}) > 1
