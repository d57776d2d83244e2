"""What of an award counts: after the rules of its policy, and among all policies. Imports decisions and the model."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeGuard

from incentives.decision.claims import claim_of
from incentives.decision.result import Combined, CountedAmong, Determination, Limit, Lost, PolicyDecision
from incentives.facts.types import Value
from incentives.language.model import Cap, Quota, Rule
from incentives.language.nodes import Literal
from incentives.values import EXACT, NOT_BOUNDED, ZERO, Interval, NotBounded, Possible


def award_name(found: Determination) -> str:
    """An award as people call it: its clause, and its item where it has one."""
    return f"{found.title} · {found.item.name}" if found.item is not None else found.title


def counted_of(found: Determination, combined: Combined | None, rules: Iterable[Rule]) -> Interval | None:
    """What of an award counts after the stacking rules took their part; None where they take nothing from it."""
    if combined is None:
        return None
    name, rules = claim_of(found).id, tuple(rules)
    if not any(loss.award == name for loss in (*combined.lost, *combined.lost_possible)):
        return None
    sure, most = _both_after(found, combined, rules)
    if _less(most, sure):
        return Interval(sure, sure) if counts_apart(found, combined, rules) else Interval(most, most)
    return Interval(sure, most)


def counts_apart(found: Determination, combined: Combined, rules: Iterable[Rule]) -> bool:
    """Whether an award is part of what is certain, and not or not as much of what is possible.

    Where the two are different combinations, what counts of each award is not what counts of it in both.
    """
    sure, most = _both_after(found, combined, tuple(rules))
    return _less(most, sure) and claim_of(found).id in combined.chosen


def _both_after(found: Determination, combined: Combined, rules: Sequence[Rule]) -> tuple[Decimal, Possible]:
    sure = _after(found, found.award.interval.guaranteed, combined.lost, rules)
    most = _after(found, found.award.interval.possible, combined.lost_possible, rules)
    return ZERO if isinstance(sure, NotBounded) else sure, most


def which_count(
    combined: Combined, determinations: Iterable[Determination], rules: Iterable[Rule]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The awards chosen of which something counts, as certain and as possible: a limit may have left nothing."""
    rules = tuple(rules)
    nothing_sure: set[str] = set()
    nothing_possible: set[str] = set()
    for found in determinations:
        name, whole = claim_of(found).id, found.award.interval
        sure, most = _both_after(found, combined, rules)
        if sure == 0 and whole.guaranteed != 0:
            nothing_sure.add(name)
        if most == 0 and whole.possible != 0:
            nothing_possible.add(name)
    return (
        tuple([one for one in combined.chosen if one not in nothing_sure]),
        tuple([one for one in combined.chosen_possible if one not in nothing_possible]),
    )


def counted_among_all(
    found: Determination, decided: PolicyDecision, among: CountedAmong | None, rules: Iterable[Rule]
) -> Possible | None:
    """What the possible total of all policies counts of an award; None where that is what `counted_of` tells."""
    if among is None or found.award.to_other:
        return None
    rules = tuple(rules)
    counted = _possible_among_all(found, among, rules)
    told = counted_of(found, decided.combined, rules)
    return None if counted == (told or found.award.interval).possible else counted


def awards_among_all(decided: PolicyDecision, among: CountedAmong, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The company's awards of one policy that the possible total of all policies counts, by their names."""
    rules = tuple(rules)
    own = [found for found in decided.determinations if not found.award.to_other]
    return tuple(award_name(found) for found in own if _possible_among_all(found, among, rules) != 0)


def instead_of(decided: PolicyDecision, among: CountedAmong, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The awards of which all policies count more than their policy does by itself, for what it gives up."""
    rules = tuple(rules)
    own = [found for found in decided.determinations if not found.award.to_other]
    return tuple(
        award_name(found)
        for found in own
        if _is_more(_possible_among_all(found, among, rules), _possible_alone(found, decided, rules))
    )


def _possible_alone(found: Determination, decided: PolicyDecision, rules: Sequence[Rule]) -> Possible:
    most = found.award.interval.possible
    return _after(found, most, decided.combined.lost_possible, rules) if decided.combined is not None else most


def _possible_among_all(found: Determination, among: CountedAmong, rules: Sequence[Rule]) -> Possible:
    most = found.award.interval.possible
    if found.clause in among.given_up:
        return ZERO
    return _after(found, most, among.combined.lost_possible, rules) if among.combined is not None else most


def _is_more(one: Possible, other: Possible) -> bool:
    return not isinstance(other, NotBounded) and (isinstance(one, NotBounded) or one > other)


def limit_of(
    found: Determination, combined: Combined | None, rules: Iterable[Rule], limits: Iterable[Limit]
) -> Decimal | None:
    """What limits let an award come to that has no upper end itself; None where it has one, or no limit is known.

    Where it is not paid beside others, it is what it would come to without them.
    """
    if combined is None or not isinstance(found.award.interval.possible, NotBounded):
        return None
    rules = tuple(rules)
    losses = [loss for loss in combined.lost_possible if loss.award == claim_of(found).id]
    stated = {
        rule.id: rule.stated.value for rule in rules if isinstance(rule, Cap) and isinstance(rule.stated, Literal)
    }
    known = [limit for loss in losses if isinstance(limit := stated.get(loss.rule), Decimal)]
    if _is_excluded(losses, {rule.id for rule in rules if isinstance(rule, Quota)}):
        bounds = [limit.at_most for limit in limits if found.clause in limit.clauses]
        known += [bound for bound in bounds if not isinstance(bound, NotBounded)]
    return min(known, default=None)


def _is_excluded(losses: Iterable[Lost], numbers: Container[str]) -> bool:
    """Whether an award is not paid at all, beside others or for a number of items, and not only cut."""
    return any(loss.to or loss.rule in numbers for loss in losses)


def _after(found: Determination, amount: Possible, lost: Iterable[Lost], rules: Sequence[Rule]) -> Possible:
    """What of an award is left after those of some losses that are its own."""
    losses = [loss for loss in lost if loss.award == claim_of(found).id]
    caps = [rule for rule in rules if isinstance(rule, Cap)]
    limits = {rule.id: rule.stated.value for rule in caps if isinstance(rule.stated, Literal)}
    return _left(amount, losses, limits, {rule.id for rule in rules if isinstance(rule, Quota)})


def _left(amount: Possible, losses: Sequence[Lost], limits: Mapping[str, Value], numbers: Container[str]) -> Possible:
    """What losses leave of an amount; of one that nothing bounds no more than the lowest limit that cuts it."""
    if isinstance(amount, NotBounded):
        if _is_excluded(losses, numbers):
            return ZERO
        known = [limit for loss in losses if isinstance(limit := limits.get(loss.rule), Decimal)]
        return min(known, default=NOT_BOUNDED)
    for loss in losses:
        assert not isinstance(loss.amount, NotBounded), "what is bounded loses no more than it is"
        amount = EXACT.subtract(amount, loss.amount)
    return amount


def _less(one: Possible, other: Decimal) -> TypeGuard[Decimal]:
    return not isinstance(one, NotBounded) and one < other
