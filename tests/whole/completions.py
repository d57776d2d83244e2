"""Profiles that fill what another leaves open: on both sides of every threshold of the policy. Of raw data alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle_values import DURATIONS, day, literal, moved
from tests.oracle_world import first_year
from tests.whole.gaps import EARLIER, Gap, Raw, filled, gaps, nothing_before_founding, reads, undated, window, writes

LARGE = Decimal(10) ** 12
"""Yuan: stands for what nothing limits."""

LEDGER_FROM = 2019
"""No company in the worlds of the tests is younger than its ledger, but those of an old one."""

TIERS = ("一档", "二档", "三档", "四档")
"""The names of tiers with limits of their own."""

OLD = date(2010, 1, 1)

_CALENDAR_YEAR = re.compile(r"[0-9]{4}年")


class Candidates:
    """Values for each gap of a policy and profile, the most telling first."""

    def __init__(self, policy: Raw, vocabulary: Raw, profile: Raw, on: date) -> None:
        self.read = reads(policy, vocabulary)
        self.gaps = gaps(self.read, policy, vocabulary, profile, on)
        self._policy, self._vocabulary, self._profile, self._on = policy, vocabulary, profile, on
        self._literals = [_literal(one) for one in self.read.literals]
        texts = [str(one) for one in self.read.literals]
        self._money = sorted({n for n, text in zip(self._literals, texts, strict=True) if text.endswith("元")})
        self._rates = sorted({n for n, text in zip(self._literals, texts, strict=True) if text.endswith(("%", "‰"))})
        self._known = sorted({_literal(one) for one in _leaves(profile) if str(one).endswith("元")})[:4]

    def of(self, gap: Gap, rng: random.Random) -> list[Any]:
        """What can stand in a gap; of a list, several lists."""
        declared = self._vocabulary["entities"][gap.entity]
        if gap.fact == "ledger_from":
            known, founded = self._profile.get("ledger_from"), self._profile.get("founded")
            begun = self._first_with_a_grant()
            last = self._on.year if known is None else int(_literal(known)) - 1
            years = self._since_the_first({last, self._on.year - 1 if known is None else last})
            if writes(self._policy, "years_since_first_granted") and begun not in years:
                years.append(begun)
            begins = LEDGER_FROM if founded is None else min(LEDGER_FROM, day(str(founded)).year)
            return [(begins, grants) for grants in self._unlisted(years)]
        if gap.fact == "founded" and undated(self._policy):
            days = self.values(declared["facts"][gap.fact], gap)
            return [*days, *((OLD.isoformat(), grants) for grants in self._unlisted((OLD.year,)))]
        if gap.fact is not None:
            values = self.values(declared["facts"][gap.fact], gap)
            return nothing_before_founding(values, declared["facts"][gap.fact], gap, self._policy, self._profile)
        names = [fact for owner, fact in self.read.facts if owner == gap.entity]
        sizes = (0, 1, 1, 1, 1, 2, 2, 3)
        return [[self._item(gap.entity, names, place, rng) for place in range(size)] for size in sizes]

    def _since_the_first(self, years: set[int]) -> list[int]:
        """The years in which there can have been a grant, the last one first."""
        begun = self._first_with_a_grant() if writes(self._policy, "years_since_first_granted") else 0
        return sorted((year for year in years if begun <= year <= self._on.year), reverse=True)

    def _first_with_a_grant(self) -> int:
        founded = self._profile.get("founded")
        return max(first_year(self._policy), OLD.year, 0 if founded is None else day(str(founded)).year)

    def _kinds(self) -> list[str]:
        """The kinds that items are of, as far as the profile says, and others they can be of."""
        items = [item for listed in ("projects", "contracts") for item in self._profile.get(listed) or ()]
        known = [item[fact] for item in items for fact in ("purpose", "subject") if item.get(fact) is not None]
        return list(dict.fromkeys([*known, "微波射频", "采购"]))

    def _unlisted(self, years: Sequence[int]) -> list[list[dict[str, Any]]]:
        """Grants of these years that a ledger may lack: of one year under one clause or all, or several a year."""
        entry = {"policy": self._policy["policy"], "matter": "甲项", "tier": TIERS[0]}
        clauses, kinds = list(self._policy["clauses"]), self._kinds()
        entry["matter_kind"] = kinds[0]
        several = [
            {
                "name": f"旧账{year}{clause}{kind}{time}",
                **entry,
                "matter_kind": kind,
                "clause": clause,
                "year": year,
                "amount": "200000元",
            }
            for year in years
            for clause in clauses
            for kind in kinds
            for time in ("一", "二")
        ]
        return [
            [],
            *([several] if writes(self._policy, "times_granted") or writes(self._policy, "same") else []),
            *(
                [
                    {"name": f"旧账{year}{clause}", **entry, "clause": clause, "year": year, "amount": amount}
                    for clause in (clauses if everywhere else clauses[:1])
                ]
                for everywhere in (True, False)
                for year in years
                for amount in ("200000元", f"{LARGE}元")
            ),
        ]

    def _item(self, entity: str, names: list[str], place: int, rng: random.Random) -> dict[str, Any]:
        facts = self._vocabulary["entities"][entity]["facts"]
        item: dict[str, Any] = {"name": f"新{place}"}
        for fact in names:
            values = self.values(facts[fact], Gap(entity, fact))
            yearly = facts[fact].get("yearly")
            item[fact] = {year: rng.choice(values) for year in window(self._on)} if yearly else rng.choice(values)
        return item

    def values(self, declared: Raw, gap: Gap) -> list[Any]:
        """Values of a fact: the ends of what it can be, each threshold and the steps beside it."""
        kind = declared["type"]
        if declared.get("many"):
            words = self._words(declared)
            return [[], *([word] for word in words), words[:2]]
        match kind:
            case "boolean":
                return [True, False]
            case "money":
                return [f"{_plain(value)}元" for value in self._amounts(declared, gap)]
            case "rate":
                steps = self._around(self._rates, Fraction(1, 10_000))
                ends = [
                    Fraction(0),
                    Fraction(1),
                    Fraction(1, 10_000),
                    *(Fraction(-2),) * bool(declared.get("may_be_negative")),
                ]
                ends += [] if "upper" in declared else [Fraction(LARGE)]
                rates = [rate for rate in [*ends, *steps] if "upper" not in declared or rate <= 1]
                return [f"{_plain(rate * 100)}%" for rate in _allowed(rates, declared)]
            case "count":
                if (gap.entity, gap.fact) == ("grant", "year"):
                    return self._since_the_first({self._on.year - back for back in (0, 1, 4)})
                own = [one for one, text in zip(self._literals, self.read.literals, strict=True) if _is_count(text)]
                most = self._most(gap)
                steps = [*self._around(own, Fraction(1)), *(Fraction(3 * 10**power) for power in range(1, 6))]
                numbers = _allowed([Fraction(0), Fraction(LARGE), *steps], declared)
                return [int(n) for n in numbers if most is None or n <= most]
            case "quantity":
                own, unit = [Fraction(500), Fraction(100), Fraction(600)], declared["unit"]
                numbers = [Fraction(0), Fraction(LARGE), *self._around(own, Fraction(1, 100))]
                return [f"{_plain(value)}{unit}" for value in _allowed(numbers, declared)]
            case "date":
                return [day.isoformat() for day in self._days()]
            case _:
                if (gap.entity, gap.fact) == ("grant", "policy"):
                    return [self._policy["policy"], "another"]
                if (gap.entity, gap.fact) == ("grant", "clause"):
                    return [*self._policy["clauses"], "c-9"]
                if (gap.entity, gap.fact) == ("grant", "matter"):
                    return ["甲项", "乙项", "新0", "别的事"]
                if (gap.entity, gap.fact) == ("grant", "matter_kind"):
                    return [*self._kinds(), "别的"]
                if (gap.entity, gap.fact) == ("grant", "tier"):
                    return [*TIERS, "别的档"]
                return self._words(declared)

    def _amounts(self, declared: Raw, gap: Gap) -> list[Fraction]:
        most = self._most(gap)
        fen = Fraction(1, 100)
        found = [Fraction(0), Fraction(LARGE), fen]
        found += [Fraction(-LARGE), -fen] if declared.get("may_be_negative") else []
        found += self._around(self._money, fen)
        for known in self._known:
            found += [known, known + fen, known - fen]
            for rate in self._rates:
                if rate > 0:
                    found += self._around([known * rate, known / rate, known * (1 + rate), known / (1 + rate)], fen)
            found += [
                value for money in self._money for value in (money - known, money - known + fen, 2 * money - known)
            ]
        rounded = [Fraction(value.numerator * 100 // value.denominator, 100) for value in found]
        return [value for value in _allowed(rounded, declared) if most is None or value <= most]

    def _most(self, gap: Gap) -> Fraction | None:
        """Years before the first one that is given are no higher than the profile says."""
        series = self._profile.get(gap.fact or "") if gap.listed is None else None
        if not isinstance(gap.year, int) or not isinstance(series, Mapping) or series.get(EARLIER) is None:
            return None
        given = [year for year, value in series.items() if isinstance(year, int) and value is not None]
        return _literal(series[EARLIER]) if gap.year < min(given) else None

    def _around(self, values: list[Fraction], step: Fraction) -> list[Fraction]:
        return [beside for value in values for beside in (value, value - step, value + step)]

    def _days(self) -> list[date]:
        on = self._on
        found = [on, date(on.year + 30, 1, 1), on + timedelta(days=1), date(on.year - on.year % 4 - 4, 2, 29)]
        found += [date(year, month, day) for year in window(on) for month, day in ((1, 1), (12, 31))]
        for one in self.read.literals:
            value = literal(one) if isinstance(one, str) else None
            if isinstance(value, date):
                found += [value, value + timedelta(days=1), value - timedelta(days=1)]
            unit = next((unit for unit in DURATIONS if isinstance(one, str) and one.endswith(unit)), None)
            # `2020年` is a year of the calendar, no length of time.
            if unit is not None and str(one).removesuffix(unit).isdigit() and not _CALENDAR_YEAR.fullmatch(str(one)):
                back = moved(on, DURATIONS[unit], -int(str(one).removesuffix(unit)))
                found += [back, back + timedelta(days=1), back - timedelta(days=1)]
        first = window(on)[0]
        return [day for day in dict.fromkeys(found) if day.year >= first]

    def _words(self, declared: Raw) -> list[str]:
        if declared["type"] == "choice":
            return list(declared["choices"])
        if declared["type"] == "code":
            return ["C3973", "I6510", "A0111"] if "pattern" in declared else ["510107", "000001"]
        return ["微波射频", "集成电路", "别的"]


def completions(
    policy: Raw, vocabulary: Raw, profile: Raw, on: date, rng: random.Random, most: int
) -> Iterator[dict[str, Any]]:
    """Profiles with no gap: all of them where that is no more than `most`, else as many drawn at random."""
    known = Candidates(policy, vocabulary, profile, on)
    choices = [known.of(gap, rng) for gap in known.gaps]
    count = 1
    for options in choices:
        count *= len(options)
    for number in range(min(count, most)):
        full: dict[str, Any] = dict(profile)
        rest = number
        for gap, options in zip(known.gaps, choices, strict=True):
            rest, place = divmod(rest, len(options))
            likely = options[:3] if rng.randrange(3) == 0 else options  # the ends of what can be come first
            full = filled(full, gap, options[place] if count <= most else rng.choice(likely))
        yield _born(full, known.gaps, policy, vocabulary)


def _born(full: dict[str, Any], filled_in: list[Gap], policy: Raw, vocabulary: Raw) -> dict[str, Any]:
    """A completion in which what was filled in keeps to the day of founding, which may itself be filled in."""
    for gap in filled_in:
        if gap.fact is not None and gap.year is not None and gap.listed is None:
            declared = vocabulary["entities"][gap.entity]["facts"][gap.fact]
            nothing = {"money": "0元", "count": 0}.get(declared["type"])
            if nothing is None:
                continue
            if nothing_before_founding([nothing, None], declared, gap, policy, full) == [nothing]:
                full = filled(full, gap, nothing)
    return full


def _allowed(values: list[Fraction], declared: Raw) -> list[Fraction]:
    return [value for value in dict.fromkeys(values) if value >= 0 or declared.get("may_be_negative")]


def _literal(written: Any) -> Fraction:
    value = literal(written) if isinstance(written, str | int) and not isinstance(written, bool) else None
    return value if isinstance(value, Fraction) else Fraction(0)


def _is_count(written: Any) -> bool:
    return isinstance(written, int) or (
        isinstance(written, str) and written[:-1].isdigit() and written[-1:] in "人片项批"
    )


def _leaves(part: Any) -> Iterator[Any]:
    if isinstance(part, Mapping):
        for value in part.values():
            yield from _leaves(value)
    elif isinstance(part, list):
        for value in part:
            yield from _leaves(value)
    else:
        yield part


def _plain(value: Fraction) -> str:
    number = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
