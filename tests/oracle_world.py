"""One world: a profile in which nothing is missing, a day, and people who have decided all that is left to them.

In a world every amount is one number and every condition true or false. The oracle of the whole language works
in worlds alone, straight on raw data; what is open is shown by trying many of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from tests.oracle_values import Value, day, given, literal

Raw = Mapping[str, Any]
_Answer = TypeVar("_Answer")
COMPANY = "company"

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")

OFFSETS = {"this_year": 0, "last_year": 1, "year_before_last": 2}


class Gap(Exception):
    """A fact that is not given, and was needed."""


@dataclass
class People:
    """Who decides in one world. The same question about the same item is always answered alike.

    `number` answers what is undefined (a ratio to nothing), `truth` whether an open list covers a value, `within`
    what an authority sets between two ends, of which the upper one may be missing. `asked` says that one of the
    first two came up.
    """

    number: Callable[[], Fraction]
    truth: Callable[[], bool]
    within: Callable[[Fraction, Fraction | None], Fraction]
    asked: bool = False
    """Also true where a world takes a beginning for granted that no profile can give."""
    _answers: dict[tuple[int, str], Any] = field(default_factory=dict)

    def undefined(self, what: Any, item: str) -> Fraction:
        self.asked = True
        return self._once(what, item, self.number)

    def covered(self, what: Any, item: str) -> bool:
        self.asked = True
        return self._once(what, item, self.truth)

    def set_between(self, what: Any, item: str, low: Fraction, high: Fraction | None) -> Fraction:
        highest = high if high is None or high > low else low
        return self._once(what, item, lambda: self.within(low, highest))

    def _once(self, what: Any, item: str, answer: Callable[[], _Answer]) -> _Answer:
        key = (id(what), item)
        if key not in self._answers:
            self._answers[key] = answer()
        found: _Answer = self._answers[key]
        return found


class World(NamedTuple):
    """`policy` holds its other versions, where there are any, under `versions`."""

    policy: Raw
    vocabulary: Raw
    profile: Raw
    on: date
    people: People

    @property
    def this_year(self) -> int:
        return self.on.year - (1 if self.policy.get("this_year") == "year_before_application" else 0)

    def items(self, entity: str) -> list[Raw]:
        listed = self.profile.get(self.vocabulary["entities"][entity]["list"])
        if listed is None:
            raise Gap(entity)
        return list(listed)

    def definition(self, name: str) -> Raw | None:
        found: Raw | None = (self.policy.get("definitions") or {}).get(name)
        return found


def first_year(policy: Raw) -> int:
    """The first year in which anything can have been granted: under whichever version was the first."""
    return min(first_day(one["in_force"]).year for one in (policy, *policy.get("versions", ())))


def first_day(period: Raw) -> date:
    first = period["counted_from"] if period["from"] == "not_published" else period["from"]
    within = year_or_month(first)
    return date.min if first == "not_published" else day(first) if within is None else within[0]


def year_or_month(written: object) -> tuple[date, date] | None:
    """The first and the last day of a year or a month, where that is all that is known of a day."""
    found = re.fullmatch("([0-9]{4})年(?:([0-9]{1,2})月)?", str(written))
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, int(found[2] or 1), 1), after - timedelta(days=1)


def ledger_reaches(profile: Raw, year: int) -> bool:
    """Whether the ledger is complete from that year on, or from the year in which the company was founded."""
    begins, founded = profile.get("ledger_from"), profile.get("founded")
    if begins is None:
        return False
    known = literal(begins)
    if founded is not None:
        year = max(year, day(str(founded)).year)
    return isinstance(known, Fraction) and known <= year


class Span(NamedTuple):
    """Calendar years, both ends included; `first` is None where they go back as far as there are any."""

    first: int | None
    last: int


class View(NamedTuple):
    """A world seen from the company or one item, with the year or years that count here."""

    world: World
    entity: str = COMPANY
    item: Raw | None = None
    year: int | None = None
    years: Span | None = None

    @property
    def key(self) -> str:
        return "" if self.item is None else item_key(self.item)

    def at(self, entity: str, item: Raw) -> View:
        return self._replace(entity=entity, item=item)

    def plain(self) -> View:
        """The same place, where no year was named."""
        return self._replace(year=None, years=None)

    # ------------------------------------------------------------ facts

    def declared(self, name: str) -> tuple[str, str, Raw] | None:
        """The entity, id and declaration of the fact that a name means here."""
        owner, dot, fact = name.rpartition(".")
        entities = self.world.vocabulary["entities"]
        for entity in (owner,) if dot else (self.entity, COMPANY):
            if fact in entities[entity]["facts"]:
                return entity, fact, entities[entity]["facts"][fact]
        return None

    def fact(self, name: str) -> Value:
        """A fact, in the year or summed over the years that count here."""
        found = self.declared(name)
        assert found is not None, name
        entity, fact, declared = found
        if not declared.get("yearly"):
            return given(declared, self._written(entity, fact))
        if self.years is not None:
            self.world.people.asked |= self.years.first is None
            return sum(self.over(name, self.years), Fraction(0))
        assert self.year is not None, f"{name} needs a year"
        return self.in_year(name, self.year)

    def in_year(self, name: str, year: int) -> Value:
        entity, fact, declared = self.declared(name) or ("", "", {})
        series = self._written(entity, fact)
        if series.get(year) is None:
            raise Gap(f"{fact} {year}")
        return given(declared, series[year])

    def over(self, name: str, years: Span) -> list[Fraction]:
        """A yearly fact in each of several years; without a beginning, in every year that is given up to the last.

        What is the highest of still earlier years stands for them.
        """
        entity, fact, declared = self.declared(name) or ("", "", {})
        series = self._written(entity, fact)
        given_years = [year for year, value in series.items() if isinstance(year, int) and value is not None]
        if years.first is not None:
            listed: list[int] = list(range(years.first, years.last + 1))
        else:
            listed = [year for year in given_years if year <= years.last]
        values = [_number(self.in_year(name, year)) for year in listed]
        if years.first is None and series.get("earlier_highest") is not None:
            # One earlier year had it: in this world there are no others, which no profile can say.
            values.append(_number(given(declared, series["earlier_highest"])))
        return values

    def all_told(self, name: str, last: int) -> bool:
        """Whether every year up to the last is told of: one by one since the founding, or by the highest of them."""
        entity, fact, _ = self.declared(name) or ("", "", {})
        series, founded = self._written(entity, fact), self.world.profile.get("founded")
        years = [year for year, value in series.items() if isinstance(year, int) and value is not None]
        if series.get("earlier_highest") is not None and min(years) <= last + 1:
            return set(range(min(years), last + 1)) <= set(years)
        return founded is not None and set(range(day(str(founded)).year, last + 1)) <= set(years)

    def _written(self, entity: str, fact: str) -> Any:
        holder = self.world.profile if entity == COMPANY else self.item
        if holder is None or holder.get(fact) is None:
            raise Gap(fact)
        return holder[fact]

    # ------------------------------------------------------------ years

    def timed(self, fields: Raw) -> View:
        """With the year or years that a mapping names."""
        view = self
        if "year" in fields:
            view = view._replace(year=self.calendar_year(fields["year"]), years=None)
        if "years" in fields:
            view = view._replace(year=None, years=self.span(fields["years"]))
        return view

    def calendar_year(self, written: Any) -> int:
        if isinstance(written, str) and re.fullmatch(r"[0-9]{4}年", written):
            return int(written[:4])
        back = written["years_ago"] if isinstance(written, Mapping) else OFFSETS[written]
        return self.world.this_year - int(back)

    def span(self, written: Any) -> Span:
        last = self.world.this_year - 1
        if written == "all":
            return Span(None, last)
        if not isinstance(written, Mapping):
            return Span(last + 1 - int(written), last)
        last = self.calendar_year(written["through"]) if "through" in written else last
        first = last + 1 - int(written["last"]) if "last" in written else None
        first = self.calendar_year(written["from"]) if "from" in written else first
        if "since" in written:
            founded = self.plain().fact(written["since"])
            assert isinstance(founded, date)
            first = founded.year if first is None else max(first, founded.year)
        return Span(first, last)


def item_key(item: Raw) -> str:
    return " ".join(str(item.get("id") or item["name"]).split())


def _number(value: Value) -> Fraction:
    assert isinstance(value, Fraction), value
    return value
