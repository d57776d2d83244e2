"""Draws terms of each kind, as a person could write them: amounts, rates, counts, days, words."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeVar

from tests.generators import COMPANY

_Value = TypeVar("_Value")

MONEY = ("100万元", "200万元", "300万元", "500万元", "1000万元")
RATES = ("10%", "20%", "25%", "50%", "100%")
COUNTS = (1, 2, 3, 10)
WORDS = ("甲等", "乙等", "丙等")

FACTS: dict[str, dict[str, tuple[str, ...]]] = {
    "money": {
        COMPANY: ("revenue", "deposit", "rent", "support", "profit"),
        "project": ("investment",),
        "contract": ("price", "price", "margin"),
    },
    "rate": {COMPANY: ("rd_share", "growth", "panel_share"), "project": ("equipment_share",), "contract": ()},
    "date": {COMPANY: ("founded",), "project": ("started",), "contract": ("signed",)},
    "人": {COMPANY: ("staff",), "project": (), "contract": ()},
    "片": {COMPANY: ("wafers",), "project": (), "contract": ()},
    "批": {COMPANY: (), "project": (), "contract": ("lots",)},
    "平方米": {COMPANY: ("floor_area",), "project": (), "contract": ()},
}
"""The facts of each kind that do not depend on the year, by whose they are."""

KINDS = {"project": "purpose", "contract": "subject"}
"""What tells items of one kind, by their list."""

YEARLY_MONEY = ("sales", "spending", "sales", "spending", "surplus")
YEARS = ("this_year", "last_year", "year_before_last")


_OPPOSITE = {"at_least": "less_than", "less_than": "at_least", "at_most": "more_than", "more_than": "at_most"}


def both_ways(conditions: list[Any]) -> list[Any]:
    """Of two conditions the first and what holds where it does not, where another of its kind says that."""
    first = conditions[0]
    if len(conditions) < 2 or not isinstance(first, Mapping):
        return conditions
    turned = {_OPPOSITE.get(key, key): (not part if key == "is" else part) for key, part in first.items()}
    bounds = [key for key in _OPPOSITE if key in first]
    yes_or_no = isinstance(first.get("is"), bool)
    return [first, turned] if yes_or_no or len(bounds) == 1 else conditions


def case(condition: Any, gives: Mapping[str, Any]) -> dict[str, Any]:
    """One case of several: its condition under `when`, or in its own row where that is possible and no key meets.

    Which of the two is told by the condition itself, so that no other choice depends on it.
    """
    short = isinstance(condition, Mapping) and {"fact", "some", "every", "none", "has_title"} & condition.keys()
    plain = gives.keys() <= {"gives", "exact", "up_to", "share", "of", "cap"}
    meeting = short and condition.keys() & {*gives, "year", "open", "judgement"}
    if not short or not plain or meeting or len(str(condition)) % 2:
        return {"when": condition, **gives}
    return {**condition, **gives}


@dataclass
class Definition:
    """What a definition is, and for whom; of words, those that it gives."""

    kind: str
    entity: str
    words: tuple[str, ...] = ()


@dataclass
class TermWriter:
    """`definitions` are those that can be named so far."""

    rng: random.Random
    definitions: dict[str, Definition] = field(default_factory=dict)
    clauses: tuple[str, ...] = ()

    def one(self, *options: _Value) -> _Value:
        return self.rng.choice(options)

    def chance(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent

    def many(self, least: int, most: int) -> range:
        return range(self.rng.randint(least, most))

    def places(self, grid: tuple[Any, ...], most: int) -> list[int]:
        """Some places of a grid, in order."""
        return sorted(self.rng.sample(range(len(grid)), self.rng.randint(1, min(most, len(grid)))))

    # ------------------------------------------------------------ names

    def name(self, kind: str, entity: str) -> Any | None:
        """A fact or a definition of that kind that can be named here."""
        own = FACTS.get(kind, {}).get(entity, ())
        known = [name for name, found in self.definitions.items() if self._fits(found, kind, entity)]
        shared = FACTS.get(kind, {}).get(COMPANY, ())
        options = [*own, *own, *known, *known, *shared]
        return self.one(*options) if options else None

    def _fits(self, found: Definition, kind: str, entity: str) -> bool:
        return found.kind == kind and found.entity in (COMPANY, entity)

    # ------------------------------------------------------------ money

    def money(self, entity: str, depth: int) -> Any:
        """An amount: a name, a year of a yearly fact, or worked out."""
        if depth <= 0:
            return self.one(self.name("money", entity), self.of_a_year(), self.name("money", entity))
        below = depth - 1
        forms: dict[str, Callable[[], Any]] = {
            "plain": lambda: self.money(entity, 0),
            "list": lambda: self._list(entity, below),
            "years": self._years,
            "items": self._items,
            "minus": lambda: self._minus(entity, below),
            "share": lambda: self._share(entity, below),
            "increase": lambda: {"increase_of": self.one(*YEARLY_MONEY), **self.in_year()},
            "table": lambda: self.table("money", entity, below),
            "cases": lambda: self.cases("money", entity, below),
            "slices": lambda: self._slices(entity, below),
            "steps": self._steps,
            "further": lambda: self._further(entity, below),
            "per_unit": lambda: self._per_unit(entity),
            "granted": lambda: self._granted(entity),
            "product": lambda: {"product_of": [self.money(entity, 0), self.one(self.rate(entity, 0), "staff", "2")]},
        }
        return forms[self.one(*forms, "plain", "years", "items")]()

    def of_a_year(self) -> dict[str, Any]:
        fact = self.one(*YEARLY_MONEY)
        if self.chance(20):
            return {"value_of": fact, "year": self.year()}
        return {self.one(*YEARS): fact}

    def year(self) -> Any:
        return self.one(*YEARS, {"years_ago": self.rng.randint(0, 3)}, self.one("2022年", "2023年"))

    def _list(self, entity: str, depth: int) -> Any:
        parts = [self.money(entity, depth) for _ in self.many(1, 3)]
        return {self.one("sum_of", "mean_of", "largest_of", "smallest_of"): parts}

    def _years(self) -> Any:
        how = self.one("sum_of", "sum_of", "mean_of", "largest_of", "smallest_of")
        span = self.span()
        written = {how: self.one(*YEARLY_MONEY), "years": span}
        if how != "sum_of" and isinstance(span, dict) and "since" in span and self.chance(50):
            written["when_undefined"] = self.one("0元", "200万元", {"this_year": "spending"})
        return written

    def span(self) -> Any:
        count = self.rng.randint(1, 3)
        return self.one(
            count,
            count,
            "all",
            {"last": count, "through": self.one(*YEARS)},
            {"last": count, "since": "founded"},
            {"through": self.one(*YEARS), "since": "founded"},
            {"from": "2022年", "through": "2023年"},
        )

    def _items(self) -> Any:
        fact = self.one("contract.price", "contract.price", "contract.margin", "project.investment")
        how = self.one("sum_of", "sum_of", "mean_of", "largest_of", "smallest_of")
        entity = fact.partition(".")[0]
        worked_out = [
            name for name, found in self.definitions.items() if (found.kind, found.entity) == ("money", entity)
        ]
        if worked_out and self.chance(50):
            fact = f"{entity}.{self.one(*worked_out)}"
        return {how: fact, **self.where(fact.partition(".")[0])}

    def where(self, entity: str) -> dict[str, Any]:
        """A filter of items, or none; conditions are the next writer's."""
        raise NotImplementedError

    def _minus(self, entity: str, depth: int) -> Any:
        return {
            "difference_of": self.money(entity, depth),
            "minus": self.one(self.money(entity, 0), self.one(*MONEY)),
        }

    def _share(self, entity: str, depth: int) -> Any:
        rate = self.one(self.one(*RATES), self.one(*RATES), self.rate(entity, depth))
        return {"share": rate, "of": self.money(entity, depth)}

    def in_year(self) -> dict[str, Any]:
        return {"year": self.year() if self.chance(50) else "this_year"}

    def table(self, kind: str, entity: str, depth: int) -> dict[str, Any]:
        key, rows = self.rows(entity, depth)
        written = {"by": key, "rows": [{**row, "gives": self.gives(kind, entity, depth)} for row in rows]}
        return written | self._otherwise(kind, entity, depth)

    def cases(self, kind: str, entity: str, depth: int) -> dict[str, Any]:
        asked = [self.condition(entity, depth) for _ in self.many(1, 2)]
        asked = both_ways(asked) if self.chance(50) else asked
        rows = [case(one, {"gives": self.gives(kind, entity, depth)}) for one in asked]
        return {"cases": rows, **self._otherwise(kind, entity, depth)}

    def _otherwise(self, kind: str, entity: str, depth: int) -> dict[str, Any]:
        """A gap in a table of words cannot be filled by a number, so those always say what holds otherwise."""
        if kind == "words" or self.chance(70):
            return {"otherwise": self.gives(kind, entity, depth)}
        return {}

    def condition(self, entity: str, depth: int) -> dict[str, Any]:
        raise NotImplementedError

    def gives(self, kind: str, entity: str, depth: int) -> Any:
        if kind == "words":
            return self.one(*WORDS)
        plain = self.one(*(RATES if kind == "rate" else MONEY))
        if depth > 0 and self.chance(25):
            return self.rate(entity, 0) if kind == "rate" else self.money(entity, 0)
        return plain

    def rows(self, entity: str, depth: int) -> tuple[Any, list[dict[str, Any]]]:
        """A key and rows on it: steps upward from a low end, downward from a high one, bands, or words."""
        kind = self.one("money", "rate", "人", "words")
        if kind == "words":
            low, middle, high = self.one(("低", "中", "高"), ("弱", "一般", "强"))
            rows: list[dict[str, Any]] = self.one(
                [{"is": high}, {"in": [low, middle]}],
                [{"in": [middle, high]}],
                [{"is": low}, {"is": high}],
            )
            return {self.one(*YEARS): "rating"} if high == "高" else "stance", rows
        key = self._measure(kind, entity, depth)
        grid = self.ends_of(kind)
        ends = [grid[place] for place in self.places(grid, 3)]
        match self.one("upward", "downward", "bands"):
            case "upward":
                name = self.one("at_most", "less_than")
                return key, [{name: end} for end in ends]
            case "downward":
                name = self.one("at_least", "more_than")
                return key, [{name: end} for end in reversed(ends)]
            case _:
                bands = [{"at_least": low, "less_than": high} for low, high in pairwise(ends)]
                return key, [*bands, {"at_least": ends[-1]}]

    def ends_of(self, kind: str) -> tuple[Any, ...]:
        return {"money": MONEY, "rate": RATES}.get(kind, COUNTS)

    def _slices(self, entity: str, depth: int) -> Any:
        if self.chance(50):
            return {"slices_of_increase": self.one("sales", "spending", "surplus"), "slices": self.slices(RATES),
                    **self.in_year()}  # fmt: skip
        return {"slices_of": self.money(entity, depth), "slices": self.slices(MONEY)}

    def slices(self, grid: tuple[str, ...]) -> list[dict[str, Any]]:
        ends = [grid[place] for place in self.places(grid, 3)]
        rows: list[dict[str, Any]] = [
            {"at_least": low, "less_than": high, "rate": self.one("10%", "20%")} for low, high in pairwise(ends)
        ]
        if self.chance(70) or not rows:
            rows.append({"at_least": ends[-1], "rate": self.one("30%", "5%")})
        return rows

    def _steps(self) -> Any:
        ends = self.places(MONEY, 3)
        steps = {MONEY[end]: self.one("10万元", "20万元", "5万元") for end in ends}
        written: dict[str, Any] = {
            "first_time_reaching": self.one("sales", "spending", "surplus"),
            **self.in_year(),
            "steps": steps,
            "pays": self.one("highest_step", "every_step"),
        }
        if self.chance(40):
            written["then_every"] = {"500万元": "15万元"}
        if self.chance(40):
            written["before"] = self.one("deposit", {"last_year": "spending"}, "200万元")
        return written

    def _further(self, entity: str, depth: int) -> Any:
        kind = self.one("money", "rate", "平方米", "人")
        every = {"money": "100万元", "rate": "10%", "平方米": "100平方米", "人": "2人"}[kind]
        above = {"money": "200万元", "rate": "20%", "平方米": "500平方米", "人": "3人"}[kind]
        written = {"for_every": every, "of": self._measure(kind, entity, depth), "gives": self.one("5万元", "1万元")}
        return written | ({"above": above} if self.chance(50) else {})

    def in_whole(self) -> dict[str, Any]:
        """A number of 间, of so many square metres each."""
        rest = self.one("always", "never", {"more_than": "30平方米"}, {"at_least": "50平方米"})
        return {"in_whole": "间", "of": "floor_area", "each": self.one("100平方米", "250平方米"), "rest_counts": rest}

    def _per_unit(self, entity: str) -> Any:
        options: list[Any] = [("片", "wafers"), ("平方米", "floor_area"), ("人", self.people(entity))]
        if entity == "contract":
            options.append(("批", "lots"))
        options.append(("间", self.in_whole()))
        unit, of = self.one(*options)
        return {"per_unit": f"{self.one(100, 2000, 33, 0.015)}元/{unit}", "of": of}

    def years_granted(self, entity: str) -> dict[str, Any]:
        written: dict[str, Any] = {"years_granted": self.one(*self.clauses)}
        return written | (self.for_the_same(entity, written) if entity != COMPANY and self.chance(40) else {})

    def times_granted(self, entity: str) -> dict[str, Any]:
        written: dict[str, Any] = {"times_granted": sorted({self.one(*self.clauses) for _ in self.many(1, 2)})}
        if entity != COMPANY and self.chance(40):
            written |= self.for_the_same(entity, written)
        return written | ({"this_year": True} if self.chance(30) else {})

    def _granted(self, entity: str) -> dict[str, Any]:
        written: dict[str, Any] = {"already_granted": sorted({self.one(*self.clauses) for _ in self.many(1, 2)})}
        if entity != COMPANY and self.chance(40):
            written |= self.for_the_same(entity, written)
        return written | ({"this_year": True} if self.chance(30) else {})

    def for_the_same(self, entity: str, written: Any) -> dict[str, Any]:
        """Of the item at hand, or of its kind: told by what is written, so that no other choice depends on it."""
        of_kind = random.Random(f"{entity} {written} {self.clauses}").random() < 0.5
        return {"same": KINDS[entity]} if of_kind else {"same_item": True}

    # ------------------------------------------------------------ other kinds

    def _measure(self, kind: str, entity: str, depth: int) -> Any:
        match kind:
            case "money":
                return self.money(entity, depth)
            case "rate":
                return self.rate(entity, depth)
            case "人":
                return self.people(entity)
            case _:
                return "floor_area"

    def rate(self, entity: str, depth: int) -> Any:
        if depth <= 0:
            return self.name("rate", entity)
        undefined = {"when_undefined": self.one("0%", "20%")} if self.chance(40) else {}
        match self.one("plain", "growth", "growth", "ratio", "ratio_of_years", "table", "cases"):
            case "plain":
                return self.name("rate", entity)
            case "growth":
                return {"growth_of": self.one(*YEARLY_MONEY, "headcount"), **self.in_year(), **undefined}
            case "ratio":
                return {"ratio_of": self.money(entity, depth - 1), "to": self.money(entity, 0), **undefined}
            case "ratio_of_years":
                span = {"years": self.span()} if self.chance(60) else {"year": self.year()}
                return {"ratio_of": "spending", "to": "sales", **span, **undefined}
            case "table":
                return self.table("rate", entity, depth - 1)
            case _:
                return self.cases("rate", entity, depth - 1)

    def people(self, entity: str) -> Any:
        """A number of 人."""
        match self.one("fact", "year", "years"):
            case "fact":
                return self.name("人", entity)
            case "year":
                return {self.one(*YEARS): "headcount"}
            case _:
                return {self.one("sum_of", "mean_of", "largest_of", "smallest_of"): "headcount", "years": self.span()}

    def day(self, entity: str) -> Any:
        name = self.name("date", entity)
        if self.chance(30):
            return {"day": name, self.one("plus", "minus"): self.one("1年", "3年", "18个月", "30天")}
        return name
