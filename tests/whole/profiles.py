"""Draws whole cases: a policy, a profile that leaves a few things open, and a completion of it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from tests.generators import COMPANY, read_raw, vocabulary, write
from tests.oracle_values import number
from tests.oracle_world import first_year
from tests.whole.completions import LEDGER_FROM, TIERS
from tests.whole.gaps import EARLIER, Gap, Reads, reads, window, writes
from tests.whole.policies import POLICY, PolicyWriter

ON = date(2024, 7, 1)
Raw = Mapping[str, Any]

_MONEY = ("0元", "33333.33元", "500000元", "1000000元", "1500000元", "1999999.99元", "2000000元", "2000000.01元",
          "2500000元", "3000000元", "4000000元", "5000000元", "6000000元", "10000000元")  # fmt: skip
_RATES = ("0%", "10%", "20%", "25%", "24.99%", "50%", "100%")
_DAYS = ("2019-06-30", "2020-02-29", "2021-07-01", "2021-07-02", "2022-02-28", "2023-01-01", "2023-07-01",
         "2023-07-02", "2024-02-29", "2024-06-01", "2024-07-01", "2024-07-02")  # fmt: skip
NAMES = ("甲项", "乙项", "丙项")


class WholeCase(NamedTuple):
    """`full` has no gaps; `profile` is the same with some of it left out."""

    policy_text: str
    full: Raw
    profile: Raw
    read: Reads
    gaps: tuple[Gap, ...]
    on: date = ON

    @property
    def policy(self) -> Any:
        return read_raw(self.policy_text)

    @property
    def profile_text(self) -> str:
        return write(self.profile)

    def __str__(self) -> str:
        return f"on {self.on}\n{self.policy_text}\n---\n{self.profile_text}\n--- in full\n{write(self.full)}"


def whole_case(seed: int, most_gaps: int = 3, most_items: int = 2, *, numbers: bool = False) -> WholeCase:
    """The case of that number: always the same. With `numbers` its policy may say how many items are paid."""
    rng = random.Random(seed)
    writer = PolicyWriter(rng)
    policy = writer.policy()
    drawn = _Profiles(rng, policy, most_items)
    full = drawn.full()
    profile, gaps = drawn.with_gaps(full, most_gaps)
    writer.budgets(policy)  # which read no facts
    if numbers:
        writer.numbers(policy)
    return WholeCase(write(policy), full, profile, drawn.read, tuple(gaps))


class _Profiles:
    def __init__(self, rng: random.Random, policy: Raw, most_items: int) -> None:
        self.rng = rng
        self.policy = policy
        self.read = reads(policy, vocabulary())
        self.most_items = most_items

    def one(self, *options: Any) -> Any:
        return self.rng.choice(options)

    def full(self) -> dict[str, Any]:
        """A profile that gives everything the policy reads."""
        profile: dict[str, Any] = {"name": "某公司"}
        for entity in (COMPANY, *sorted(self.read.lists)):
            declared = vocabulary()["entities"][entity]
            names = [fact for owner, fact in self.read.facts if owner == entity]
            if entity == COMPANY:
                profile |= {fact: self._value(declared["facts"][fact], entity, fact) for fact in names}
                continue
            size = self.rng.randint(0, self.most_items)
            profile[declared["list"]] = [
                {"name": name, **{fact: self._value(declared["facts"][fact], entity, fact) for fact in names}}
                for name in NAMES[:size]
            ]
        return self._born(profile)

    def _value(self, declared: Raw, entity: str, fact: str) -> Any:
        if not declared.get("yearly"):
            return self._single(declared, entity, fact)
        single = {**declared, "yearly": False}
        series: dict[Any, Any] = {year: self._single(single, entity, fact) for year in window(ON)}
        if declared["type"] in ("money", "count"):
            series[EARLIER] = self._single(single, entity, fact)
        return series

    def _born(self, profile: dict[str, Any]) -> dict[str, Any]:
        """The profile with no figures of the company for years before it was founded."""
        if "founded" not in profile:
            return profile
        founded = int(str(profile["founded"])[:4])
        for fact, series in profile.items():
            declared = vocabulary()["entities"][COMPANY]["facts"].get(fact)
            nothing = {"money": "0元", "count": 0}.get(declared["type"]) if declared is not None else None
            if isinstance(series, dict) and nothing is not None:
                before = [year for year in series if (window(ON)[0] if year == EARLIER else year + 1) <= founded]
                profile[fact] = series | dict.fromkeys(before, nothing)
        return profile

    def _single(self, declared: Raw, entity: str, fact: str) -> Any:
        if declared.get("many"):
            return self.one([], ["微波射频"], ["集成电路", "生物医药"])
        match declared["type"]:
            case "money":
                return self.one(*_MONEY, *(("-1000000元",) if declared.get("may_be_negative") else ()))
            case "rate":
                return self.one(*_RATES, *(("-10%",) if declared.get("may_be_negative") else ()))
            case "count":
                if fact == "ledger_from":
                    return LEDGER_FROM
                if fact == "year":
                    year = self.one(2024, 2024, 2023)
                    counted = writes(self.policy, "years_since_first_granted")  # never before the first grant can be
                    return max(year, first_year(self.policy)) if counted else year
                return self.one(0, 1, 2, 3, 4, 10)
            case "quantity":
                return f"{self.one('0', '99.99', '500', '600', '700.5')}{declared['unit']}"
            case "boolean":
                return self.one(True, False)
            case "date":
                return self.one(*_DAYS)
            case "choice":
                return self.one(*declared["choices"])
            case "code":
                return self.one("C3973", "I6510", "A0111") if "pattern" in declared else self.one("510107", "000001")
            case _:
                if (entity, fact) == ("grant", "policy"):
                    return self.one(POLICY, POLICY, "another")
                if (entity, fact) == ("grant", "clause"):
                    return self.one(*self.policy["clauses"])
                if (entity, fact) == ("grant", "matter"):
                    return self.one(*NAMES, "别的事")
                if (entity, fact) == ("grant", "matter_kind"):
                    return self.one("微波射频", "集成电路", "采购", "服务")
                if (entity, fact) == ("grant", "tier"):
                    return self.one(*TIERS[:2])
                return self.one("微波射频", "集成电路")

    def with_gaps(self, full: Raw, most: int) -> tuple[dict[str, Any], list[Gap]]:
        """The profile with a few things left out that the policy reads."""
        profile = dict(full)
        places = self._places(full)
        if not places:
            return profile, []
        chosen = self.rng.sample(places, self.rng.randint(0, min(most, len(places))))
        taken = [gap for gap in chosen if not any(gap.listed == other.listed and other.fact is None and gap != other
                                                 for other in chosen if gap.listed is not None)]  # fmt: skip
        for gap in taken:
            profile = without(profile, gap)
        for fact in [fact for fact, value in profile.items() if isinstance(value, dict)]:
            if self.rng.randrange(3) == 0:
                profile[fact] = self._lately(profile[fact], full[fact])
        return profile, taken

    def _lately(self, series: Mapping[Any, Any], full: Mapping[Any, Any]) -> dict[Any, Any]:
        """The last years of a series; what is left out may be told by the highest of them."""
        years = sorted(year for year in series if isinstance(year, int))
        first = self.rng.choice(years)
        kept: dict[Any, Any] = {year: series[year] for year in years if year >= first}
        if EARLIER in series and self.rng.randrange(2):
            left_out = [value for year, value in full.items() if year == EARLIER or year < first]
            kept[EARLIER] = max(left_out, key=number)
        return kept

    def _places(self, full: Raw) -> list[Gap]:
        found: list[Gap] = []
        for entity, fact in self.read.facts:
            declared = vocabulary()["entities"][entity]
            if entity == COMPANY:
                yearly = declared["facts"][fact].get("yearly")
                found += [Gap(entity, fact, year) for year in window(ON)[2:]] if yearly else [Gap(entity, fact)]
            else:
                listed = declared["list"]
                found += [Gap(entity, fact, None, listed, place) for place in range(len(full[listed]))]
        lists = sorted(self.read.lists)  # a set goes through its words in another order on every run
        found += [Gap(entity, None, None, vocabulary()["entities"][entity]["list"]) for entity in lists]
        return found


def without(profile: Raw, gap: Gap) -> dict[str, Any]:
    """The profile with one thing less."""
    known = dict(profile)
    if gap.fact is None:
        assert gap.listed is not None
        del known[gap.listed]
    elif gap.listed is not None:
        items = [dict(item) for item in known[gap.listed]]
        assert gap.place is not None
        items[gap.place].pop(gap.fact, None)
        known[gap.listed] = items
    elif gap.year is not None:
        known[gap.fact] = {year: value for year, value in known[gap.fact].items() if year != gap.year}
    else:
        del known[gap.fact]
    return known
