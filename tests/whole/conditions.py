"""Draws conditions of every form, over the terms of `tests.whole.terms`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.whole.terms import COUNTS, MONEY, RATES, YEARS, TermWriter

_LOW, _HIGH = ("at_least", "more_than"), ("at_most", "less_than")
_DURATIONS = {"years_since": ("1年", "3年"), "months_since": ("6个月", "18个月"), "days_since": ("30天", "365天")}
_DURATIONS |= {"accounting_years_since": ("1年", "2年")}
_WITHOUT_JUDGEMENT = ("some", "every", "none", "has_title", "not_published")


class ConditionWriter(TermWriter):
    def where(self, entity: str) -> dict[str, Any]:
        if self.chance(40):
            return {}
        conditions = [self.test(entity, 0) for _ in self.many(1, 2)]
        return {"where": conditions[0] if len(conditions) == 1 else conditions}

    def conditions(self, entity: str, most: int) -> Any:
        listed = [self.condition(entity, 2) for _ in self.many(1, most)]
        return listed[0] if len(listed) == 1 and self.chance(50) else listed

    def condition(self, entity: str, depth: int) -> dict[str, Any]:
        forms = ("test", "test", "test", "test", "all", "any", "not", "several", "in_case")
        form = self.one(*forms) if depth > 0 else "test"
        if form == "test":
            return self.test(entity, depth)
        if form == "not":
            return {"not": self.condition(entity, depth - 1)}
        if form == "in_case":
            return {key: self.condition(entity, depth - 1) for key in ("in_case", "must")}
        of = [self.condition(entity, depth - 1) for _ in self.many(1, 3)]
        return {form: of} if form != "several" else {"conditions_at_least": self.rng.randint(1, len(of)), "of": of}

    def test(self, entity: str, depth: int) -> dict[str, Any]:
        forms: dict[str, Callable[[], dict[str, Any]]] = {
            "fact": lambda: {"fact": self.name("money", entity), **self.bounded(MONEY)},
            "money": lambda: self._test_money(entity, depth),
            "rate": lambda: self._test_rate(entity, depth),
            "word": lambda: self._test_word(entity),
            "yes": lambda: self._test_yes(entity),
            "day": lambda: self._test_day(entity),
            "elapsed": lambda: self._test_elapsed(entity),
            "defined": lambda: self._test_defined(entity),
        }
        if depth > 0:
            forms |= {
                "number": lambda: self._test_number(entity),
                "items": self._test_items,
                "title": self._test_title,
                "granted_years": lambda: self._test_granted_years(entity),
                "granted_times": lambda: {**self.times_granted(entity), **self.bounded(("1次", "2次", "3次"))},
                "unstated": lambda: {"not_published": "条件未列"},
                "years": self._test_years,
            }
        written = forms[self.one(*forms)]()
        if self.chance(8) and not any(key in written for key in _WITHOUT_JUDGEMENT):
            written["judgement"] = "由专家认定"
        return written

    # ------------------------------------------------------------ tests

    def bounded(self, grid: tuple[Any, ...], worked_out: Any = None) -> dict[str, Any]:
        """One end or a band; an end may be worked out."""
        if worked_out is not None and self.chance(25):
            return {self.one(*_LOW, *_HIGH): worked_out}
        if self.chance(70):
            return {self.one(*_LOW, *_LOW, *_HIGH): self.one(*grid)}
        low = self.one(*range(len(grid) - 1))
        high = self.one(*range(low + 1, len(grid)))
        if isinstance(grid[low], int):  # between two whole numbers there may be none
            return {"at_least": grid[low], "at_most": grid[high]}
        return {self.one(*_LOW): grid[low], self.one(*_HIGH): grid[high]}

    def head(self, term: Any) -> dict[str, Any]:
        """A term as the head of a test."""
        return dict(term) if isinstance(term, dict) else {"fact": term}

    def _test_granted_years(self, entity: str) -> dict[str, Any]:
        """Years that were paid, or since the first: told by the bound, so that no other choice depends on it."""
        written, bound = self.years_granted(entity), self.bounded(("1年", "2年"))
        if "2年" not in bound.values():
            written["years_since_first_granted"] = written.pop("years_granted")
        return {**written, **bound}

    def _test_money(self, entity: str, depth: int) -> dict[str, Any]:
        bound = self.one(self.money(entity, 0), {"share": self.one(*RATES), "of": self.money(entity, 0)})
        return {**self.head(self.money(entity, depth)), **self.bounded(MONEY, bound)}

    def _test_rate(self, entity: str, depth: int) -> dict[str, Any]:
        written = {**self.head(self.rate(entity, depth)), **self.bounded(RATES, self.name("rate", entity))}
        return averaged(written) if len(str(written)) % 2 else written

    def _test_number(self, entity: str) -> dict[str, Any]:
        if self.chance(25):
            among = self.one({}, {"among": ["微波射频", "集成电路"]}, {"among": ["集成电路"]})
            return {"count_of": "fields", **among, **self.bounded((1, 2, 3))}
        if self.chance(20):
            return {**self.in_whole(), **self.bounded(("2间", "5间", "10间"))}
        if self.chance(50):
            counted = self.one("contract", "project", "title", "violation")
            return {"count_of": counted, **self.where(counted), **self.bounded((1, 2, 3))}
        return {**self.head(self.people(entity)), **self.bounded(COUNTS)}

    def _test_word(self, entity: str) -> dict[str, Any]:
        test: dict[str, Any]
        match self.one("choice", "ordered", "of_a_year", "prefix", "many", "open", "item"):
            case "choice":
                return {"fact": "size", "in": [self.one("大型", "中型"), self.one("小型", "微型")]}
            case "ordered":
                return {"fact": "stance", self.one(*_LOW, *_HIGH): "一般"}
            case "of_a_year":
                year_tests: tuple[dict[str, Any], ...] = (
                    {"is": "高"},
                    {"in": ["中", "高"]},
                    {"at_least": "中"},
                    {"at_most": "低"},
                )
                return {"fact": "rating", "year": self.year(), **self.one(*year_tests)}
            case "prefix":
                test = {"fact": "industry", "starts_with": self.one(["C39", "I65"], ["C"], ["I651"])}
                return test | ({"open": "等"} if self.chance(30) else {})
            case "many":
                test = {"fact": "fields", "includes_any": [self.one("微波射频", "集成电路")]}
                return test | ({"open": "等"} if self.chance(30) else {})
            case "item" if entity == "contract":
                return {"fact": "subject", "in": self.one(["服务"], ["流片", "采购"])}
            case "item" if entity == "project":
                return {"fact": "tags", "includes_any": ["微波射频"]}
            case _:
                return {"fact": "product", "in": ["微波射频"]} | ({"open": "等"} if self.chance(50) else {})

    def _test_yes(self, entity: str) -> dict[str, Any]:
        own = {"project": ("built", "leading"), "contract": ("renewed",)}.get(entity, ())
        if self.chance(25):
            return {"fact": "exporter", "year": self.year(), "is": self.one(True, False)}
        return {"fact": self.one(*own, *own, "high_tech", "recommended"), "is": self.one(True, True, False)}

    def _test_day(self, entity: str) -> dict[str, Any]:
        match self.one("within", "in_year", "bound", "bound", "worked_out"):
            case "within":
                return {**self.head(self.day(entity)), "within_last": self.one("1年", "3年", "18个月", "30天")}
            case "in_year":
                return {**self.head(self.day(entity)), "in_year": self.one(self.year(), self.years_of_a_day())}
            case "bound":
                return {**self.head(self.day(entity)), **self.bounded(("2020-01-01", "2022-02-28", "2023-12-31"))}
            case _:
                end = self.one("application_day", {"day": "application_day", "minus": "2年"}, "founded")
                return {**self.head(self.day(entity)), self.one(*_LOW, *_HIGH): end}

    def _test_elapsed(self, entity: str) -> dict[str, Any]:
        head = self.one(*_DURATIONS)
        until = {"until": self.one("2024-02-29", "application_day")} if self.chance(20) else {}
        return {head: self.name("date", entity), **until, **self.bounded(_DURATIONS[head])}

    def _test_defined(self, entity: str) -> dict[str, Any]:
        """A definition that is a condition, or one of words; a plain test where there is none."""
        name = self.name("yes", entity)
        if name is not None and self.chance(70):
            return {"fact": name, "is": self.one(True, True, False)}
        name = self.name("words", entity)
        if name is None:
            return {"fact": self.name("money", entity), **self.bounded(MONEY)}
        words = self.definitions[name].words
        return {"fact": name, **self.one({"is": words[0]}, {"in": list(words[:2])})}

    def _test_items(self) -> dict[str, Any]:
        listed = self.one("contract", "project", "violation")
        where = [self.test(listed, 0) if listed != "violation" else self._of_violation() for _ in self.many(1, 2)]
        return {self.one("some", "every", "none"): listed, "where": where[0] if len(where) == 1 else where}

    def _of_violation(self) -> dict[str, Any]:
        return self.one(
            {"fact": "gravity", self.one(*_LOW, *_HIGH): "较大"},
            {"fact": "happened", "within_last": "3年"},
            {"fact": "settled", "is": False},
        )

    def years_of_a_day(self) -> dict[str, Any]:
        """Calendar years, of which a day lies in one."""
        return self.one(
            {"from": "2021年", "through": "2023年"},
            {"last": self.rng.randint(1, 3), "through": self.one("this_year", "last_year")},
            {"from": {"years_ago": self.rng.randint(1, 3)}, "through": "this_year"},
            {"through": self.one("2022年", "year_before_last")},
        )

    def _test_title(self) -> dict[str, Any]:
        written: dict[str, Any] = {"has_title": self.one("高新技术企业", ["专精特新", "技术中心"])}
        if self.chance(40):
            written["level"] = self.one("省级", ["省级", "国家级"])
        if self.chance(30):
            written["event"] = "首次认定"
        if self.chance(40):
            written["valid"] = True
        if self.chance(40):
            written |= self.one(
                {"within_last": "3年"},
                {"in_year": self.one("this_year", "last_year", self.years_of_a_day())},
            )
        return written

    def _test_years(self) -> dict[str, Any]:
        """The same test in each or any of several years."""
        many = {
            self.one("each_year", "any_year"): self.one(
                1, 2, {"last": 2, "through": self.one(*YEARS)}, {"from": "2022年", "through": "2023年"}
            )
        }
        match self.one("fact", "growth", "ratio", "word", "difference"):
            case "fact":
                return {"fact": self.one("sales", "surplus"), **many, **self.bounded(MONEY)}
            case "growth":
                return {"growth_of": self.one("sales", "headcount"), **many, **self.bounded(RATES)}
            case "ratio":
                return {"ratio_of": "spending", "to": "sales", **many, **self.bounded(RATES)}
            case "word":
                return {"fact": "exporter", **many, "is": True}
            case _:
                return {"difference_of": "sales", "minus": "spending", **many, **self.bounded(MONEY)}


def averaged(test: dict[str, Any]) -> dict[str, Any]:
    """A test of growth as one of the average growth over several years that profiles cover; any other as it is."""
    figures = all(test[end] in RATES for end in (*_LOW, *_HIGH) if end in test)
    if (
        not figures
        or test.get("year") not in ("this_year", "last_year")
        or "growth_of" not in test
        or "when_undefined" in test
    ):
        return test
    rest = {key: part for key, part in test.items() if key != "growth_of"}
    return {"average_growth_of": test["growth_of"], "years": 2 + len(str(test)) % 2, **rest}
