"""What a profile leaves open, and profiles that fill it: on both sides of every threshold of the policy.

Works on raw data alone, so that stored cases can be completed like generated ones.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from tests.oracle_values import DURATIONS, day, literal, moved
from tests.oracle_world import COMPANY, NAME, first_year, ledger_reaches

Raw = Mapping[str, Any]

LARGE = Decimal(10) ** 12
"""Yuan: stands for what nothing limits."""

LEDGER_FROM = 2019
"""No company in the worlds of the tests is younger than its ledger, but those of an old one."""

TIERS = ("一档", "二档", "三档", "四档")
"""The names of tiers with limits of their own."""

OLD = date(2010, 1, 1)

_HAS_TITLE = {"has_title": "title_kind", "level": "title_level", "event": "event", "valid": "valid_until"}
_HAS_TITLE |= {"within_last": "granted_on", "in_year": "granted_on"}
_CALENDAR_YEAR = re.compile(r"[0-9]{4}年")
_LEDGER = (
    *("already_granted", "less_granted", "once_only", "once_for_each"),
    *("years_granted", "times_granted", "years_since_first_granted"),
)


class Gap(NamedTuple):
    """One thing that is not known: a fact, one year of it, or a whole list; of the company or of an item.

    `place` is the number of the item in the list `listed`. Beside its years stands the highest of all earlier ones.
    """

    entity: str
    fact: str | None
    year: int | str | None = None
    listed: str | None = None
    place: int | None = None


# ---------------------------------------------------------------- what a policy reads


EARLIER = "earlier_highest"


class Reads(NamedTuple):
    """`facts` counts the places in which each fact is read; `lists` are the entities that are gone through.

    A fact that is read in several years is read once for each; but where a test is repeated over years, two of its
    readings can meet in one.
    """

    facts: Mapping[tuple[str, str], int]
    lists: frozenset[str]
    literals: tuple[Any, ...]


def reads(policy: Raw, vocabulary: Raw) -> Reads:
    facts: dict[tuple[str, str], int] = {}
    lists: set[str] = set()
    literals: list[Any] = []
    entities = vocabulary["entities"]
    definitions = policy.get("definitions") or {}

    def note(fact: str, entity: str | None = None) -> None:
        for owner in entities:
            if fact in entities[owner]["facts"] and entity in (None, owner):
                facts[owner, fact] = facts.get((owner, fact), 0) + 1
                if owner != COMPANY:
                    lists.add(owner)

    def ledger() -> None:
        for fact in ("policy", "clause", "year", "amount", "matter", "tier"):
            note(fact, "grant")
        note("ledger_from", COMPANY)
        if undated(policy):
            note("founded", COMPANY)

    def look(part: Any) -> None:
        if isinstance(part, Mapping):
            if "has_title" in part:
                for key, fact in _HAS_TITLE.items():
                    if key in part:
                        note(fact, "title")
            if ledger_in(part):
                ledger()
            if "first_time_reaching" in part and "before" not in part:
                note("founded", COMPANY)  # before it there is no year that anything can have been reached in
            if "each_year" in part or "any_year" in part:
                look({key: value for key, value in part.items() if key not in ("each_year", "any_year")})
            less = part.get("less_granted")
            if ("same" in part and ledger_in(part)) or (isinstance(less, Mapping) and "same" in less):
                note("matter_kind", "grant")
            for key, value in part.items():
                if key in ("title", "says", "source", "kind", "paid_to", "for_each", "per", "order"):
                    if key == "for_each":
                        lists.add(value)
                    continue
                literals.append(key)
                look(value)
        elif isinstance(part, list):
            for one in part:
                look(one)
        elif isinstance(part, str) and NAME.fullmatch(part):
            owner, _, fact = part.rpartition(".")
            if owner in entities:
                lists.add(owner)
            if isinstance(definitions.get(fact), Mapping):
                look({key: value for key, value in definitions[fact].items() if key != "title"})
            elif part in entities:
                lists.add(part)
            else:
                note(fact, owner or None)
        else:
            literals.append(part)

    for section in ("stacking", "common_conditions", "clauses"):
        look(policy.get(section))
    return Reads(facts, frozenset(lists - {COMPANY}), tuple(literals))


def ledger_in(part: Mapping[str, Any]) -> bool:
    """Whether a part asks the ledger."""
    return any(key in part for key in _LEDGER) or part.get("per") in ("company", ["company", "year"])


def writes(policy: Raw, key: str) -> bool:
    """Whether a policy writes a key anywhere: what only that can tell apart is tried for no other policy."""
    return f"'{key}':" in repr(policy)


def undated(policy: Raw) -> bool:
    """Whether nobody knows since when there can be grants: then since the company was founded."""
    return bool(policy["in_force"].get("counted_from") == "not_published")


def has_a_beginning(part: Any) -> bool:
    """Whether every span of years has one: not over every year there ever was, nor over all since a day."""
    if isinstance(part, Mapping):
        span = part.get("years")
        if span == "all" or (isinstance(span, Mapping) and not span.keys() & {"last", "from"}):
            return False
        return all(has_a_beginning(inner) for inner in part.values())
    return not isinstance(part, list) or all(has_a_beginning(inner) for inner in part)


# ---------------------------------------------------------------- what is not known


def window(on: date) -> range:
    """The years that the policies of the tests look back to."""
    return range(on.year - 5, on.year + 1)


def gaps(read: Reads, policy: Raw, vocabulary: Raw, profile: Raw, on: date) -> list[Gap]:
    """Everything that a policy reads and the profile does not give; also the years that the ledger leaves out."""
    found: list[Gap] = []
    if profile.get("ledger_from") is not None and (COMPANY, "ledger_from") in read.facts:
        found += [] if ledger_reaches(profile, first_year(policy)) else [Gap(COMPANY, "ledger_from")]
    for entity in (COMPANY, *sorted(read.lists)):
        declared = vocabulary["entities"][entity]
        names = [fact for owner, fact in read.facts if owner == entity]
        if entity == COMPANY:
            found += _of_holder(entity, names, declared, profile, on)
        elif profile.get(declared["list"]) is None:
            found.append(Gap(entity, None, None, declared["list"]))
        else:
            for place, item in enumerate(profile[declared["list"]]):
                inside = _of_holder(entity, names, declared, item, on)
                found += [gap._replace(listed=declared["list"], place=place) for gap in inside]
    return found


def _of_holder(entity: str, names: list[str], declared: Raw, holder: Raw, on: date) -> Iterator[Gap]:
    for fact in names:
        if declared["facts"][fact].get("yearly"):
            series = holder.get(fact) or {}
            yield from (Gap(entity, fact, year) for year in window(on) if series.get(year) is None)
            if declared["facts"][fact]["type"] in ("money", "count") and series and series.get(EARLIER) is None:
                yield Gap(entity, fact, EARLIER)
        elif holder.get(fact) is None:
            yield Gap(entity, fact)


def filled(profile: Raw, gap: Gap, value: Any) -> dict[str, Any]:
    """The profile with one more thing known. With the years of the ledger come the grants of those years."""
    known = dict(profile)
    if isinstance(value, tuple):
        value, grants = value
        if known.get("grants") is not None:
            known["grants"] = [*known["grants"], *grants]
    if gap.fact is None:
        assert gap.listed is not None
        known[gap.listed] = value
        return known
    if gap.listed is None:
        _give(known, gap, value)
        return known
    items = [dict(item) for item in known[gap.listed]]
    assert gap.place is not None
    _give(items[gap.place], gap, value)
    known[gap.listed] = items
    return known


def _give(holder: dict[str, Any], gap: Gap, value: Any) -> None:
    assert gap.fact is not None
    if gap.year is None:
        holder[gap.fact] = value
    else:
        holder[gap.fact] = {**(holder.get(gap.fact) or {}), gap.year: value}


def before_founding(gap: Gap, policy: Raw, profile: Raw) -> bool:
    """Whether what is not known is a figure of a year in which nothing can have been reached yet."""
    founded = profile.get("founded") if writes(policy, "first_time_reaching") else None
    return founded is not None and isinstance(gap.year, int) and gap.year < day(str(founded)).year


def nothing_before_founding(values: list[Any], declared: Raw, gap: Gap, policy: Raw, profile: Raw) -> list[Any]:
    """What a company can have had in a year: nothing before its founding, where what was reached before is asked.

    Everywhere else a figure of such a year is one like any other: the company can carry on what another one had.
    """
    founded = profile.get("founded") if writes(policy, "first_time_reaching") else None
    if founded is None or gap.entity != COMPANY or gap.year is None or declared["type"] not in ("money", "count"):
        return values
    begun = day(str(founded)).year
    if gap.year != EARLIER:
        return values if int(gap.year) >= begun else [values[0]]
    given = [year for year in profile.get(gap.fact or "") or {} if isinstance(year, int)]
    return [values[0]] if given and min(given) <= begun else values


def tells_no_less(profile: Raw, gap: Gap) -> bool:
    """Whether filling a gap keeps all that was known.

    The highest of the years before the first one given says nothing any more of years after another first one.
    """
    series = profile.get(gap.fact or "") if gap.listed is None else None
    if not isinstance(gap.year, int) or not isinstance(series, Mapping) or series.get(EARLIER) is None:
        return True
    return gap.year >= min(year for year in series if isinstance(year, int)) - 1


# ---------------------------------------------------------------- what could fill it


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
