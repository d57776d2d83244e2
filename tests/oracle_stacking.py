"""The total of a policy in a world: the best of all combinations that its rules let stand, tried one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any, NamedTuple

from tests.oracle_awards import is_wide, tier_of, tiers_with_limits
from tests.oracle_terms import amount, granted, grants, value
from tests.oracle_world import View, item_key

Raw = Mapping[str, Any]
Claim = tuple[str, str]
"""A clause and the key of the item it is for, "" for the company."""

MOST = 14
"""More claims than this are not tried one by one."""


class Limit(NamedTuple):
    at: int
    over: frozenset[Claim]


class Total(NamedTuple):
    """In fen. Where nobody says how awards combine, people may pay anything from one clause alone to all of them."""

    least: int
    most: int


class Totals(NamedTuple):
    own: Total
    others: Total


def totals(paid: Mapping[Claim, int], view: View) -> Totals:
    """What the company is paid, and what others are: in any of the combinations that are worth most together."""
    policy = view.world.policy
    others = {
        name for name, clause in policy["clauses"].items() if isinstance(clause["award"].get("paid_to"), Mapping)
    }
    sides = [{claim: fen for claim, fen in paid.items() if (claim[0] in others) is there} for there in (False, True)]
    own, theirs = (total(side, view) for side in sides)
    if not others or isinstance(policy["stacking"], str):
        return Totals(own, theirs)
    if policy["stacking"]["otherwise"] != "cumulative":
        return Totals(own, theirs)
    # Of equal ways any may be taken, and a cap over both sides may cut either.
    rules = _rules(paid, view)
    limits, ways = rules.limits, _ways(paid, rules.clashing, rules.numbers)
    worths = [(_under(limits, {claim: paid[claim] for claim in one}), one) for one in ways]
    most = max(worth for worth, _ in worths)
    found: list[Total] = []
    for there in (False, True):
        alone = [
            [
                _under(limits, {claim: paid[claim] for claim in one if (claim[0] in others) is side})
                for side in (there, not there)
            ]
            for worth, one in worths
            if worth == most
        ]
        found.append(Total(min(most - other for _, other in alone), max(side for side, _ in alone)))
    return Totals(*found)


class Rules(NamedTuple):
    """The rules, their limits on what is paid and on how many are, and the pairs that they set against each other."""

    written: list[Raw]
    limits: list[Limit]
    numbers: list[Limit]
    clashing: set[frozenset[Claim]]


def total(paid: Mapping[Claim, int], view: View) -> Total:
    stacking = view.world.policy["stacking"]
    claims = [claim for claim, fen in paid.items() if fen > 0]
    rules, limits, numbers, clashing = _rules(paid, view)

    def best(against: set[frozenset[Claim]]) -> int:
        return max(_under(limits, {claim: paid[claim] for claim in one}) for one in _ways(paid, against, numbers))

    most = best(clashing)
    if (stacking if isinstance(stacking, str) else stacking["otherwise"]) == "cumulative":
        return Total(most, most)
    unruled = {
        frozenset((one, other))
        for one, other in combinations(claims, 2)
        if one[0] != other[0] and not any(_named_together(rule, one[0], other[0]) for rule in rules)
    }
    return Total(best(clashing | unruled), most)


def _ways(paid: Mapping[Claim, int], against: set[frozenset[Claim]], numbers: list[Limit]) -> list[tuple[Claim, ...]]:
    """Every set of claims of which no two are against each other and that holds no more than may be paid."""
    claims = [claim for claim, fen in paid.items() if fen > 0]
    assert len(claims) <= MOST, "too many to try"
    sets = (chosen for size in range(len(claims) + 1) for chosen in combinations(claims, size))
    return [
        one
        for one in sets
        if not any(frozenset(pair) in against for pair in combinations(one, 2))
        if all(len(number.over.intersection(one)) <= number.at for number in numbers)
    ]


def _rules(paid: Mapping[Claim, int], view: View) -> Rules:
    policy = view.world.policy
    stacking = policy["stacking"]
    rules = [] if isinstance(stacking, str) else stacking.get("rules") or []
    entities = {name: clause.get("for_each", "company") for name, clause in policy["clauses"].items()}
    claims = [claim for claim, fen in paid.items() if fen > 0]
    limits = [_limit(rule, rule["over"], paid, view) for rule in rules if "cap" in rule]
    for name, clause in policy["clauses"].items():
        caps = clause["award"].get("cap")
        wide = [cap for cap in (caps if isinstance(caps, list) else [caps]) if is_wide(cap)]
        limits += [_limit({**cap, "cap": cap["at"]}, name, paid, view) for cap in wide]
        for row, cap in tiers_with_limits(clause["award"]):
            inside = [claim for claim in claims if claim[0] == name and _tier(claim, clause, view) is row]
            limits.append(_limit({**cap, "cap": cap["at"]}, name, inside, view, row.get("tier")))
    numbers = [limit for rule in rules if _number(rule) for limit in _numbers(rule, paid, view)]
    clashing = {
        frozenset((one, other))
        for rule in rules
        for one, other in combinations(claims, 2)
        if _clash(rule, one, other, entities) and _of_one_kind(rule, one, other, view)
    }
    return Rules(rules, limits, numbers, clashing)


def _number(rule: Raw) -> int:
    """How many items a rule lets be paid; 0 for a rule of another kind."""
    return 1 if "one_item_of" in rule else int(str(rule.get("items_at_most", 0)).removesuffix("项"))


def _numbers(rule: Raw, paid: Mapping[Claim, int], view: View) -> Iterator[Limit]:
    """How many items may still be paid: of all, or of each kind; less what the ledger shows."""
    of = rule.get("of", rule.get("one_item_of"))
    left, over = _number(rule), _over(of, paid, view)
    if rule.get("per", "application") != "application":
        this_year = rule["per"] == ["company", "year"]
        left -= len(list(grants(_names(of, view), view, this_year=this_year)))
    if "same" not in rule:
        yield Limit(max(left, 0), over)
        return
    kinds = {claim: _kind(rule, claim, view) for claim in over if paid[claim] > 0}
    for kind in set(kinds.values()):
        yield Limit(left, frozenset(claim for claim in kinds if kinds[claim] == kind))


def _of_one_kind(rule: Raw, one: Claim, other: Claim, view: View) -> bool:
    return "same" not in rule or _kind(rule, one, view) == _kind(rule, other, view)


def _kind(rule: Raw, claim: Claim, view: View) -> Any:
    """What tells the item of an award under a rule."""
    return value(rule["same"], _place(claim, view))


def _names(written: Any, view: View) -> list[str]:
    """One clause, several, or all of them."""
    if written == "all":
        return list(view.world.policy["clauses"])
    return written if isinstance(written, list) else [written]


def _over(written: Any, paid: Iterable[Claim], view: View) -> frozenset[Claim]:
    return frozenset(claim for claim in paid if claim[0] in _names(written, view))


def _tier(claim: Claim, clause: Raw, view: View) -> Raw | None:
    """The tier that an award is in."""
    return tier_of(clause["award"], _place(claim, view))


def _place(claim: Claim, view: View) -> View:
    """The place of an award: its item, or the company."""
    entity = view.world.policy["clauses"][claim[0]].get("for_each", "company")
    items = [item for item in view.world.items(entity) if item_key(item) == claim[1]] if claim[1] else []
    return View(view.world, entity, items[0]) if items else view


def _limit(rule: Raw, over: Any, paid: Iterable[Claim], view: View, tier: str | None = None) -> Limit:
    names = _names(over, view)
    at = amount(rule["cap"], view)
    per = rule["per"]
    if per != "application":
        at -= granted(names, view, this_year=per == ["company", "year"], tier=tier)
    return Limit(int(max(at, Fraction(0)) * 100), _over(over, paid, view))


def _clash(rule: Raw, one: Claim, other: Claim, entities: Mapping[str, str]) -> bool:
    """Whether a rule lets only one of two be paid. Within an item, only where both are for the same item."""
    if rule.get("within") == "item" and (entities[one[0]], one[1]) != (entities[other[0]], other[1]):
        return False
    if "higher_of" in rule:
        sets = [part if isinstance(part, list) else [part] for part in rule["higher_of"]]
        places = [
            next((place for place, names in enumerate(sets) if claim[0] in names), None) for claim in (one, other)
        ]
        return None not in places and places[0] != places[1]
    if "exclusive" in rule:
        others = rule["with"] if isinstance(rule["with"], list) else [rule["with"]]
        return any(a[0] == rule["exclusive"] and b[0] in others for a, b in ((one, other), (other, one)))
    return False


def _named_together(rule: Raw, one: str, other: str) -> bool:
    """Whether a rule says that both clauses are paid, limits their sum or number, or has both on one side."""
    sides = rule.get("higher_of", [rule["together"]] if "together" in rule else [])
    if "cap" in rule:
        sides = [rule.get("over", [])]
    elif _number(rule) > 1:
        sides = [rule["of"]]
    return any(side == "all" or (isinstance(side, list) and one in side and other in side) for side in sides)


def _under(limits: list[Limit], chosen: Mapping[Claim, int]) -> int:
    """What caps within caps let through: each the smaller of its limit and what is paid inside it."""
    amounts: list[tuple[frozenset[Claim], int]] = [(frozenset({claim}), fen) for claim, fen in chosen.items()]
    for limit in sorted(limits, key=lambda limit: len(limit.over)):
        inside = [part for part in amounts if part[0] <= limit.over]
        if inside:
            amounts = [part for part in amounts if part not in inside]
            amounts.append(
                (frozenset().union(*(part[0] for part in inside)), min(limit.at, sum(fen for _, fen in inside)))
            )
    return sum(fen for _, fen in amounts)
