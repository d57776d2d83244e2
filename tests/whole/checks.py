"""Decisions held against worlds: every end is sound, exact where nothing is open, and narrows as facts are learnt."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from incentives import Interval, PolicyDecision
from incentives.values import NotBounded
from tests.oracle_stacking import Claim
from tests.oracle_values import literal
from tests.oracle_whole import Outcome, in_force, outcome
from tests.oracle_world import Gap as Unknown
from tests.oracle_world import People, World
from tests.whole.completions import LARGE, completions

Raw = Mapping[str, Any]
OPEN = ("undetermined", "needs_review")


class Ends(NamedTuple):
    """In fen; `most` is None where nothing bounds it."""

    least: int
    most: int | None

    def holds(self, fen: int) -> bool:
        return self.least <= fen and (self.most is None or fen <= self.most)

    def inside(self, other: Ends) -> bool:
        if self.least < other.least:
            return False
        return other.most is None or (self.most is not None and self.most <= other.most)


class Found(NamedTuple):
    """What an engine says: of each clause and item, what each comes to once its clause is met, and of all."""

    rows: Mapping[Claim, tuple[str, Ends]]
    if_met: Mapping[Claim, Ends]
    total: Ends
    others: Ends


def found_in(decision: PolicyDecision) -> Found:
    named = [((row.clause, row.item.key if row.item else ""), row) for row in decision.determinations]
    rows = {claim: (row.outcome.value, _ends(row.award.interval)) for claim, row in named}
    if_met = {claim: _ends(row.award.if_met) for claim, row in named}
    return Found(rows, if_met, _ends(decision.total), _ends(decision.paid_to_others))


def _ends(interval: Interval) -> Ends:
    possible = interval.possible
    return Ends(int(interval.guaranteed * 100), None if isinstance(possible, NotBounded) else int(possible * 100))


# ---------------------------------------------------------------- worlds


def people(amounts: str, covering: str, rng: random.Random, numbers: tuple[Fraction, ...] = ()) -> People:
    """Those who give `least`, `most` or `any` amounts, and take open lists to cover `all`, `none` or `some`.

    What is undefined they set at will.
    """

    def within(low: Fraction, high: Fraction | None) -> Fraction:
        ends = (low, Fraction(LARGE) if high is None else high)
        return {"least": ends[0], "most": ends[1]}.get(amounts, rng.choice((*ends, (ends[0] + ends[1]) / 2)))

    def undefined() -> Fraction:
        ends = {"least": Fraction(-LARGE), "most": Fraction(LARGE)}
        return ends.get(amounts, rng.choice((Fraction(0), *ends.values(), *numbers)))

    return People(undefined, lambda: {"all": True, "none": False}.get(covering, rng.random() < 0.5), within)


LEAST, MOST = ("least", "none"), ("most", "all")
_EVERYONE = (LEAST, MOST, ("least", "all"), ("most", "none"), ("any", "some"))


def worlds(
    policy: Raw, vocabulary: Raw, profiles: Iterable[Raw], on: date, rng: random.Random
) -> Iterator[tuple[Raw, Outcome]]:
    """What is decided in worlds with these profiles; those in which a fact is still missing are left out."""
    numbers = tuple(_numbers(policy))
    for profile in profiles:
        for amounts, covering in _EVERYONE:
            who = people(amounts, covering, rng, numbers)
            try:
                yield profile, outcome(World(policy, vocabulary, profile, on, who))
            except Unknown:
                break


def _numbers(part: Any) -> Iterator[Fraction]:
    """Every number that a policy holds things against, for people to decide on either side of it."""
    if isinstance(part, Mapping):
        for value in part.values():
            yield from _numbers(value)
    elif isinstance(part, list):
        for value in part:
            yield from _numbers(value)
    elif isinstance(part, str | int) and not isinstance(part, bool):
        value = literal(part)
        if isinstance(value, Fraction):
            yield value


# ---------------------------------------------------------------- checks


def assert_exact(found: Found, policy: Raw, vocabulary: Raw, profile: Raw, on: date) -> None:
    """Nothing missing and nothing undefined: both ends are what people can make of it, and the outcome is fixed."""
    low, high = (people(*who, random.Random(0)) for who in (LEAST, MOST))
    least, most = (outcome(World(policy, vocabulary, profile, on, who)) for who in (low, high))
    if low.asked or high.asked:
        return
    assert found.rows.keys() == least.rows.keys()
    for claim, (said, ends) in found.rows.items():
        assert said == ("qualified" if least.rows[claim] else "not_qualified"), claim
        assert ends == Ends(least.paid[claim], _bounded(most.paid[claim])), claim
    if not sides_meet(policy):
        assert found.total == Ends(least.least, _bounded(most.most))
        assert found.others == Ends(least.others_least, _bounded(most.others_most))


def sides_meet(policy: Raw) -> bool:
    """Whether rules may set what the company is paid against what others are: then each has its own bounds."""
    others = any(isinstance(clause["award"].get("paid_to"), Mapping) for clause in policy["clauses"].values())
    return others and not isinstance(policy["stacking"], str)


def _bounded(fen: int) -> int | None:
    return None if fen > LARGE * 5 else fen


def assert_sound(found: Found, full: Raw, decided: Outcome) -> None:
    """A world lies inside: what is settled stays so, and every amount is between its ends."""
    for claim, qualifies in decided.rows.items():
        said, ends = found.rows.get(claim) or found.rows[claim[0], ""]
        settled = {"qualified": True, "not_qualified": False}.get(said)
        assert settled in (None, qualifies), f"{claim} is {said}, but in a world it is {qualifies}: {full}"
        assert ends.holds(decided.paid[claim]), f"{claim}: {decided.paid[claim]} is not in {ends}: {full}"
        once_met = found.if_met.get(claim) or found.if_met[claim[0], ""]
        met_within = not qualifies or once_met.holds(decided.paid[claim])
        assert met_within, f"{claim} once met: {decided.paid[claim]} is not in {once_met}: {full}"
    assert found.total.least <= decided.least, f"total {decided.least} is below {found.total}: {full}"
    assert found.total.holds(decided.most), f"total {decided.most} is not in {found.total}: {full}"
    assert found.others.least <= decided.others_least, f"{decided.others_least} is below {found.others}: {full}"
    assert found.others.holds(decided.others_most), f"{decided.others_most} is not in {found.others}: {full}"


def assert_attained(found: Found, outcomes: Sequence[Outcome]) -> None:
    """Worlds reach both ends of the total, or come near them where an end is only approached."""
    if not outcomes:
        return
    least, most = min(one.least for one in outcomes), max(one.most for one in outcomes)
    assert _near(least, found.total.least), f"no world comes near the lower end of {found.total}: {least}"
    if found.total.most is None:
        assert most >= _WITHOUT_LIMIT, f"nothing is without limit, though {found.total}: {most}"
    else:
        assert _near(most, found.total.most), f"no world comes near the upper end of {found.total}: {most}"


_WITHOUT_LIMIT = 10**11


def _near(reached: int, end: int) -> bool:
    """Within a hundred yuan, or within two thousandths: ratios of what is large come so near to nothing."""
    return abs(reached - end) <= 10_000 + abs(end) // 500


def assert_narrower(before: Found, after: Found) -> None:
    """What was learnt settles or narrows, and takes nothing back."""
    for claim, (said, ends) in after.rows.items():
        earlier, wider = before.rows.get(claim) or before.rows[claim[0], ""]
        assert earlier == said or earlier in OPEN, f"{claim} was {earlier}, is {said}"
        assert ends.inside(wider), f"{claim} was {wider}, is {ends}"
        once_met, met_before = after.if_met[claim], before.if_met.get(claim) or before.if_met[claim[0], ""]
        narrower = said == "not_qualified" or once_met.inside(met_before)
        assert narrower, f"{claim} once met was {met_before}, is {once_met}"
    assert after.total.inside(before.total), f"the total was {before.total}, is {after.total}"
    assert after.others.inside(before.others), f"others had {before.others}, have {after.others}"


def assert_whole(
    found: Found, policy: Raw, vocabulary: Raw, profile: Raw, on: date, versions: Sequence[Raw] = (), most: int = 20
) -> None:
    """A stored case against worlds: exact where nothing is open, else sound. `versions` are others of the policy."""
    policy = {**policy, "versions": versions}
    if not in_force(policy["in_force"], World(policy, vocabulary, profile, on, people(*LEAST, random.Random(0)))):
        assert found.rows == {}
        return
    rng = random.Random(0)
    with suppress(Unknown):
        assert_exact(found, policy, vocabulary, profile, on)
    for full, decided in worlds(policy, vocabulary, completions(policy, vocabulary, profile, on, rng, most), on, rng):
        assert_sound(found, full, decided)
