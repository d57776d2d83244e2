"""What the awards of a policy come to together. Imports rows, amounts, terms and the model.

Candidates and the rules that bind between them go into one exact optimum, shared by every engine. Of awards
that no rule names, a policy says whether they may be held together, or it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import assert_never

from incentives.amounts.candidates import Candidate, Conflict, Group
from incentives.amounts.candidates import Cap as CapOver
from incentives.amounts.candidates import Quota as QuotaOver
from incentives.amounts.combine import Choice, Combination, Loss, combine
from incentives.amounts.ranges import INFINITE, Amount, ends, settled
from incentives.amounts.yuan import yuan_between
from incentives.decision.claims import Claim
from incentives.decision.kinds import OF_ITS_OWN
from incentives.decision.kinds import ways as ways_of_kinds
from incentives.decision.result import Combined, Limit, Lost
from incentives.decision.tiers import ways
from incentives.decision.unstated import paid_together
from incentives.engines.atoms import passes
from incentives.engines.clashes import Clash, of_kind, scope_of
from incentives.engines.ranges_of_facts import number
from incentives.engines.subjects import Subject
from incentives.engines.terms.evaluate import evaluate
from incentives.language.model import (
    Alongside,
    Cap,
    Choosing,
    Exclusion,
    HigherOf,
    Policy,
    PolicyExclusion,
    Quota,
    Stacking,
)
from incentives.language.nodes import Term
from incentives.records import NamedTuple
from incentives.values import EXACT, ZERO, Interval, NotBounded, Possible, total_when_combinable, total_when_unstated


def together(
    policy: Policy, claims: Sequence[Claim], company: Subject, clashes: frozenset[Clash]
) -> tuple[Interval, Combined | None]:
    """The total of some awards as an interval; and how it was chosen, where rules had anything to choose."""
    if not policy.rules:
        clauses: dict[str, list[Interval]] = {}
        for claim in claims:
            clauses.setdefault(claim.clause, []).append(claim.interval)
        sums = [total_when_combinable(intervals) for intervals in clauses.values()]
        return _unruled(policy.stacking, sums), None
    payable = [claim for claim in claims if claim.interval.possible != 0]
    best = _best(policy, payable, company, clashes)
    total = best.total
    if policy.stacking is Stacking.NOT_PUBLISHED:
        # Of two clauses that no rule names together nobody knows whether they exclude each other.
        sides = [
            {claim.clause for claim in payable if (claim.clause in policy.to_others) is to} for to in (False, True)
        ]
        known = product(*(paid_together(policy.rules, side) or (frozenset(),) for side in sides))
        apart = [[claim for claim in payable if claim.clause in {*own, *others}] for own, others in known]
        alone = [_best(policy, own, company, clashes) for own in apart]
        certain = max(alone, key=lambda one: one.total.guaranteed, default=best)
        best = best._replace(guaranteed=certain.guaranteed)
        total = Interval(certain.total.guaranteed, total.possible)
    says = {rule.id: rule.says for rule in policy.rules}
    return total, Combined(
        chosen=best.guaranteed.chosen,
        chosen_possible=best.possible.chosen,
        equal=best.guaranteed.equal,
        equal_possible=best.possible.equal,
        proved=best.guaranteed.proved and best.possible.proved,
        lost=_lost(best.guaranteed, says),
        lost_possible=_lost(best.possible, says),
    )


def _unruled(stacking: Stacking, sums: Sequence[Interval]) -> Interval:
    match stacking:
        case Stacking.CUMULATIVE:
            return total_when_combinable(sums)
        case Stacking.NOT_PUBLISHED:
            return total_when_unstated(sums)
        case _:
            assert_never(stacking)


def _best(policy: Policy, claims: Sequence[Claim], company: Subject, clashes: frozenset[Clash]) -> Combination:
    """The best combination of claims; of what may be in several tiers, over every way to fall to them.

    The least of the ways is certain, and the most of them is possible: by which one, the choice at either end tells.
    """
    if not any(claim.tiers for claim in claims):
        return _best_of_way(policy, claims, company, clashes)
    tried = ways(claims, chosen_between=any(isinstance(rule, Choosing) for rule in policy.rules))
    least = [(way, _best_of_way(policy, _payable(way), company, clashes)) for way in tried.for_least]
    most = least
    if tried.for_most is not tried.for_least:
        most = [(way, _best_of_way(policy, _payable(way), company, clashes)) for way in tried.for_most]
    low = min((best for _, best in least), key=lambda best: best.total.guaranteed)
    way, high = max(most, key=lambda one: _height(*one))
    losses = [*high.possible.losses, *_of_smaller_tiers(policy, claims, way, high.possible.chosen)]
    possible = high.possible._replace(losses=tuple(sorted(losses, key=lambda one: (one.candidate, one.rule, one.to))))
    if not tried.every_one:
        possible = possible._replace(proved=False)
    return Combination(low.guaranteed, possible, Interval(low.total.guaranteed, high.total.possible))


def _payable(claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.interval.possible != 0]


def _height(way: Sequence[Claim], best: Combination) -> tuple[bool, Decimal, int, Decimal]:
    """What is possible in a way; of ways that come to the same the one goes first that limits take most from."""
    total = best.total.possible
    ends = [claim.interval.possible for claim in way]
    bounded = [end for end in ends if not isinstance(end, NotBounded)]
    highest = ZERO if isinstance(total, NotBounded) else total
    return isinstance(total, NotBounded), highest, len(ends) - len(bounded), sum(bounded, ZERO)


def _of_smaller_tiers(
    policy: Policy, claims: Sequence[Claim], way: Sequence[Claim], chosen: Iterable[str]
) -> Iterator[Loss]:
    """What awards come to less in the tiers they are taken to be in, for the limits of those where they are most."""
    whole = {claim.id: claim for claim in claims if not claim.several}
    paid = set(chosen)
    for taken in way:
        claim = whole.get(taken.id)
        if claim is None or claim.id not in paid:
            continue
        ends = claim.interval.possible, taken.interval.possible
        if isinstance(ends[0], NotBounded) or isinstance(ends[1], NotBounded) or ends[0] == ends[1]:
            continue
        highest = {row for row, amount in claim.tiers if amount.possible == ends[0]}
        limit = next((rule for rule in policy.rules if isinstance(rule, Cap) and rule.tier in highest), None)
        if limit is not None:
            yield Loss(claim.id, limit.id, (), EXACT.subtract(ends[0], ends[1]))


def _best_of_way(policy: Policy, claims: Sequence[Claim], company: Subject, clashes: frozenset[Clash]) -> Combination:
    """The best combination of claims; where rules go by kinds that are not known, over the ways to fall to them."""
    if not any(claim.kinds for claim in claims):
        return _best_settled(policy, claims, company, clashes)
    tried = ways_of_kinds(claims)
    least = [_best_settled(policy, way, company, clashes) for way in tried.for_least]
    most = [_best_settled(policy, way, company, clashes) for way in tried.for_most]
    low = min(least, key=lambda best: best.total.guaranteed)
    high = max(most, key=lambda best: _compared(best.total.possible))
    possible = high.possible if tried.every_one else high.possible._replace(proved=False)
    return Combination(low.guaranteed, possible, Interval(low.total.guaranteed, high.total.possible))


def _compared(amount: Possible) -> tuple[bool, Decimal]:
    return isinstance(amount, NotBounded), ZERO if isinstance(amount, NotBounded) else amount


def _best_settled(
    policy: Policy, claims: Sequence[Claim], company: Subject, clashes: frozenset[Clash]
) -> Combination:
    """The best combination of claims of which it is settled in which tier, and of which kind, each is.

    Ties go by amount, the larger first, then by clause and item: so claims go in under ranks, which sort that way.
    """
    ranked = sorted(claims, key=_rank)
    ranks = {claim.key: f"{place:06}" for place, claim in enumerate(ranked)}
    groups: list[Group] = []
    conflicts: list[Conflict] = []
    quotas: list[QuotaOver] = []
    caps: list[CapOver] = []
    for rule in policy.rules:
        match rule:
            case HigherOf():
                groups += _groups(rule, ranked, ranks, clashes)
            case Exclusion():
                conflicts += _conflicts(rule, ranked, ranks, clashes)
            case Quota():
                for scope in where_it_binds(rule, ranked, clashes):
                    over = tuple(ranks[claim.key] for claim in scope if claim.clause in rule.over)
                    certain, possible = left_of(rule, company)
                    quotas.append(QuotaOver(rule.id, possible, over, certain))
            case Cap():
                over = tuple(ranks[claim.key] for claim in ranked if limits(rule, claim))
                if over:
                    limit = yuan_between(number(evaluate(rule.at, company, passes)))
                    caps.append(CapOver(rule.id, limit, over))
            case Alongside():
                pass  # it takes nothing; `together` asks it what is certain
            case _:
                assert_never(rule)
    candidates = [Candidate(ranks[claim.key], claim.clause, claim.interval) for claim in ranked]
    best = combine(candidates, conflicts, caps, groups=groups, quotas=quotas)
    names = {rank: name for (name, _), rank in ranks.items()}
    return best._replace(guaranteed=_named(best.guaranteed, names), possible=_named(best.possible, names))


def limits(rule: Cap, claim: Claim) -> bool:
    """Whether a cap is on an award, in the tier that it is taken to be in."""
    return claim.clause in rule.over and rule.tier in (None, claim.tier)


def cutting(policy: Policy, claims: Sequence[Claim], company: Subject) -> Iterator[tuple[Cap, Amount]]:
    """The limits on several awards that can cut something, with what they come to."""
    for rule in policy.rules:
        if not isinstance(rule, Cap):
            continue
        at = number(evaluate(rule.at, company, passes))
        inside = [
            claim.interval if rule.tier is None else dict(claim.tiers)[rule.tier]
            for claim in claims
            if claim.clause in rule.over and (rule.tier is None or rule.tier in dict(claim.tiers))
        ]
        over = total_when_combinable(inside).possible
        if isinstance(over, NotBounded) or over > yuan_between(at).guaranteed:
            yield rule, at


def open_limits(policy: Policy, claims: Sequence[Claim], company: Subject) -> Iterator[Cap]:
    """The limits on several awards that are not known well enough to say what they cut."""
    for rule, at in cutting(policy, claims, company):
        if not settled(at):
            yield rule


def limits_of(policy: Policy, company: Subject) -> tuple[Limit, ...]:
    """What the caps on whole clauses let be paid at most, each for all its awards together, by their ids."""
    caps = [rule for rule in policy.rules if isinstance(rule, Cap) and rule.tier is None]
    found = [
        Limit(cap.id, tuple(sorted(cap.over)), yuan_between(number(evaluate(cap.at, company, passes))).possible)
        for cap in caps
    ]
    return tuple(sorted(found, key=lambda limit: limit.rule))


def _rank(claim: Claim) -> tuple[bool, Decimal, Decimal, str, str, str]:
    possible = claim.interval.possible
    bounded = not isinstance(possible, NotBounded)
    highest = ZERO if isinstance(possible, NotBounded) else possible
    return bounded, -highest, -claim.interval.guaranteed, claim.clause, claim.item, claim.tier or ""


def _named(choice: Choice, names: Mapping[str, str]) -> Choice:
    """A choice by the ids of claims in place of their ranks."""

    def named(ranks: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({names[rank] for rank in ranks}))

    losses = [loss._replace(candidate=names[loss.candidate], to=named(loss.to)) for loss in choice.losses]
    return choice._replace(
        chosen=named(choice.chosen),
        equal=tuple(sorted(named(one) for one in choice.equal)),
        losses=tuple(sorted(losses, key=lambda loss: (loss.candidate, loss.rule, loss.to))),
    )


def _groups(
    rule: HigherOf, claims: Sequence[Claim], ranks: Mapping[tuple[str, str | None], str], clashes: frozenset[Clash]
) -> list[Group]:
    """Sets of which one is paid, at each place where the rule binds."""
    groups: list[Group] = []
    for scope in where_it_binds(rule, claims, clashes):
        sets = [tuple(ranks[claim.key] for claim in scope if claim.clause in one) for one in rule.sets]
        filled = tuple(one for one in sets if one)
        if len(filled) > 1:
            groups.append(Group(rule.id, filled))
    return groups


def _conflicts(
    rule: Exclusion, claims: Sequence[Claim], ranks: Mapping[tuple[str, str | None], str], clashes: frozenset[Clash]
) -> list[Conflict]:
    return [
        Conflict(rule.id, ranks[one.key], ranks[other.key])
        for scope in where_it_binds(rule, claims, clashes)
        for one in scope
        if one.clause == rule.clause
        for other in scope
        if other.clause in rule.others
    ]


def where_it_binds(rule: Choosing, claims: Sequence[Claim], clashes: frozenset[Clash]) -> list[list[Claim]]:
    """The claims at each place where the engine found that the rule binds.

    What is of a kind that is neither known nor taken for granted is at each place where it can be.
    """
    binding = sorted(clash.scope for clash in clashes if clash.rule == rule.id)
    scopes: dict[str, list[Claim]] = {}
    for claim in claims:
        for scope in _places(rule, claim, binding):
            scopes.setdefault(scope, []).append(claim)
    return list(scopes.values())


def _places(rule: Choosing, claim: Claim, binding: Sequence[str]) -> list[str]:
    """Where a claim meets a rule, of the places where that binds."""
    if not rule.same:
        scope = scope_of(rule, claim.item)
        return [scope] if scope in binding else []
    taken = dict(claim.scopes).get(rule.id)
    possible = [scope for scope in binding if _can_be_at(claim, rule.id, scope)]
    if taken is None:
        return possible
    # Where it would meet anything, whatever its kind is, it meets in a kind of its own what is for the same item.
    return [taken] if taken in binding or (possible and taken.startswith(OF_ITS_OWN)) else []


def _can_be_at(claim: Claim, rule: str, scope: str) -> bool:
    kind = next((kind for kind in claim.kinds if kind.rule == rule), None)
    return kind is not None and (kind.words is None or scope in map(of_kind, kind.words))


def left_of(rule: Quota, company: Subject) -> tuple[int, int]:
    """How many a number of items still lets be paid: for certain, and at most."""
    if rule.granted is None:
        return rule.at_most, rule.at_most
    least, most = ends(number(evaluate(rule.granted, company, passes)))
    return (0 if most == INFINITE else max(rule.at_most - int(most), 0)), max(rule.at_most - int(least), 0)


def open_quotas(policy: Policy, claims: Sequence[Claim], company: Subject) -> Iterator[tuple[Quota, Term]]:
    """The numbers of items of which it is not known how many are left, where that can matter."""
    for rule in policy.rules:
        if isinstance(rule, Quota) and rule.granted is not None:
            certain, possible = left_of(rule, company)
            asked = [claim for claim in claims if claim.clause in rule.over and claim.interval.possible != 0]
            if certain < possible and (len(asked) > certain or any(one.several for one in asked)):
                yield rule, rule.granted


def _lost(choice: Choice, says: Mapping[str, str | None]) -> tuple[Lost, ...]:
    return tuple(_loss(loss, says) for loss in choice.losses)


def _loss(loss: Loss, says: Mapping[str, str | None]) -> Lost:
    return Lost(loss.candidate, loss.rule, says.get(loss.rule), loss.to, loss.amount)


class Together(NamedTuple):
    """What several policies come to; and what of the possible total is lost where one excludes another by name.

    `out` are the policies that the possible total is without, `gone` the clauses that other policies are without.
    """

    total: Interval
    lost: tuple[Lost, ...]
    out: frozenset[str] = frozenset()
    gone: Mapping[str, frozenset[str]] = {}


Without = Callable[[str, frozenset[str]], Interval]
"""What a policy comes to without some of its clauses."""

MOST_WAYS = 6
"""So many rules between clauses of two policies are weighed; more of them leave what is possible as it is."""


def policies_together(
    totals: Mapping[str, Interval], beside: Mapping[str, Sequence[PolicyExclusion]], without: Without
) -> Together:
    """The total of several policies: nobody publishes how most combine; some exclude others by name.

    Of a clause and clauses of another policy that exclude each other one side is given up: that by which the least is
    lost, both policies being combined anew without it.
    """
    unstated = total_when_unstated(totals.values())
    rules = [
        (one, rule)
        for one, named in sorted(beside.items())
        for rule in named
        if one in totals and rule.policy in totals and rule.policy != one
    ]
    whole = {Conflict(f"{one}/{rule.id}", one, rule.policy): rule.says for one, rule in rules if rule.clause is None}
    of_clauses = [(one, rule) for one, rule in rules if rule.clause is not None]
    if not rules:
        return Together(unstated, ())
    ways = product((False, True), repeat=len(of_clauses) if len(of_clauses) <= MOST_WAYS else 0)
    tried = [_in_a_way(totals, list(whole), of_clauses, way, without) for way in ways]
    one = max(tried, key=lambda tried: _compared(tried.best.total))
    most = unstated.possible if isinstance(one.best.total, NotBounded) else one.best.total
    lost = _lost(one.best, {conflict.rule: words for conflict, words in whole.items()})
    lost = (*lost, *_given_up(totals, one, of_clauses))
    out = frozenset(loss.candidate for loss in one.best.losses)
    return Together(Interval(unstated.guaranteed, most), lost, out, one.gone)


_ClauseRule = tuple[str, PolicyExclusion]
"""A rule between clauses, with the policy that has it."""


class _Way(NamedTuple):
    """Which side each rule gives up, its own or the other, what the policies then come to, and the best of them."""

    own: tuple[bool, ...]
    gone: Mapping[str, frozenset[str]]
    left: Mapping[str, Interval]
    best: Choice


def _in_a_way(
    totals: Mapping[str, Interval],
    conflicts: Sequence[Conflict],
    rules: Sequence[_ClauseRule],
    own: tuple[bool, ...],
    without: Without,
) -> _Way:
    """The best of policies of which each rule gives up one side: its own clause, or those of the other policy."""
    gone: dict[str, frozenset[str]] = {}
    for rule, is_own in zip(rules, own, strict=False):
        policy, clauses = _side(rule, own=is_own)
        gone[policy] = gone.get(policy, frozenset()) | frozenset(clauses)
    left = {policy: without(policy, gone[policy]) if policy in gone else total for policy, total in totals.items()}
    candidates = [Candidate(policy, policy, interval) for policy, interval in left.items()]
    return _Way(own, gone, left, combine(candidates, conflicts, ()).possible)


def _side(rule: _ClauseRule, *, own: bool) -> tuple[str, tuple[str, ...]]:
    policy, exclusion = rule
    return (policy, (exclusion.clause or "",)) if own else (exclusion.policy, exclusion.others)


def _given_up(totals: Mapping[str, Interval], way: _Way, rules: Sequence[_ClauseRule]) -> Iterator[Lost]:
    """What each policy loses by what it gives up, by the first rule that it is given up for, to the other sides."""
    for loser, clauses in sorted(way.gone.items()):
        before, after = totals[loser].possible, way.left[loser].possible
        if before == after:
            continue
        amount = before
        if not isinstance(before, NotBounded) and not isinstance(after, NotBounded):
            amount = EXACT.subtract(before, after)
        by = [(rule, own) for rule, own in zip(rules, way.own, strict=False) if _side(rule, own=own)[0] == loser]
        (policy, exclusion), _ = by[0]
        to = dict.fromkeys("/".join((name, *kept)) for rule, own in by for name, kept in [_side(rule, own=not own)])
        yield Lost("/".join((loser, *sorted(clauses))), f"{policy}/{exclusion.id}", exclusion.says, tuple(to), amount)
