"""Draws awards of every form, with what can stand beside an amount."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.generators import COMPANY
from tests.whole.completions import TIERS
from tests.whole.conditions import ConditionWriter
from tests.whole.terms import RATES, both_ways, case

_AMOUNTS = ("10万元", "30万元", "50.01元", "200万元")
_MODES = ("down", "half_up", "up")
_BESIDE_TIERS = {
    *("kind", "paid_to", "paid_after", "or_in_kind", "instalments"),
    *("by", "year", "tiers", "tier_cases", "otherwise", "cap"),
}
"""The keys that can stand beside tiers with limits of their own."""

_UNPAID = {"recognition", "relief", "in_kind"}
_TITLE_WITH_MONEY = "示范企业"
_GIVEN_WITH_MONEY = "免费停车"
_CAPS = ("20万元", "100万元", "500万元")


class AwardWriter(ConditionWriter):
    def award(self, entity: str) -> dict[str, Any]:
        payee = {"other": "法定代表人"} if self.chance(15) else "企业"
        written = {"kind": "奖励", **self.amount(entity, 2), "paid_to": payee}
        if self.chance(5):
            written = self.one(
                {"kind": "减免", "relief": "减按15%的税率征收企业所得税"},
                {"kind": "扶持", "in_kind": "免费提供办公用房"},
            )
        elif self.chance(5):
            written = {"kind": "减免", **self._tiers_of_reliefs(entity)}
        elif self.chance(10) and not _unpaid(written):
            written |= self.one({"recognition": _TITLE_WITH_MONEY}, {"in_kind": _GIVEN_WITH_MONEY})
        if self.chance(5):
            written["or_in_kind"] = "同等价值实物"
        if self.chance(30) and not _unpaid(written):
            written["cap"] = self._caps(written.get("cap"))
        if not _unpaid(written) and self.chance(5):
            written["paid_after"] = "验收"
        elif self.chance(20):
            plan: list[dict[str, Any]] = self.one(
                [{"year": 1, "share": "50%"}, {"year": 2, "share": "50%"}],
                [{"share": "40%"}, {"rest": True, "after": "达产"}],
                [{"year": 1, "exact": "1元"}, {"rest": True, "after": "达产"}],
            )
            if _unpaid(written) and "exact" in plan[0]:
                plan[0] = {"share": "40%"}  # no sum is a part of what is no money
            written["instalments"] = self.one(
                plan, {"years": 3}, plan if _left_to_people(written) else self.in_parts()
            )
        if written.keys() <= _BESIDE_TIERS and "each_up_to" not in repr(written.get("instalments")):
            self._limit_tiers(written)
        return written

    def _tiers_of_reliefs(self, entity: str) -> dict[str, Any]:
        """Tiers that grant no money: 第一年全免、第二年减半."""
        granted = self.one({"relief": "全免"}, {"recognition": "高新技术企业"}, {"in_kind": "免费提供办公用房"})
        if self.chance(50):
            key, rows = self.rows(entity, 1)
            written: dict[str, Any] = {"by": key, "tiers": [{**row, **granted} for row in rows]}
        else:
            written = {"tier_cases": [case(self.conditions(entity, 2), granted) for _ in self.many(1, 2)]}
        return written | ({"otherwise": granted} if self.chance(30) else {})

    def in_parts(self) -> dict[str, Any]:
        return {"years": self.one(1, 2, 3), "each_up_to": self.one("10万元", {"this_year": "spending"})}

    def _caps(self, plain: Any) -> Any:
        """A cap on each determination, and one on the company."""
        wide = {"at": self.one(*_CAPS, "deposit"), "per": self.one("company", ["company", "year"], "application")}
        return wide if plain is None else [plain, wide]

    def _limit_tiers(self, award: dict[str, Any]) -> None:
        """Limits on the company in single tiers of an award."""
        rows = [*award.get("tiers", award.get("tier_cases", []))]
        rows += [award["otherwise"]] if rows and "otherwise" in award else []
        for name, row in zip(TIERS, rows, strict=False):
            if not _UNPAID & row.keys() and self.chance(50):
                row["tier"] = name
                row["cap"] = self._caps(row.get("cap"))

    def amount(self, entity: str, depth: int) -> dict[str, Any]:
        """One amount with its modifiers."""
        forms: dict[str, Callable[[], dict[str, Any]]] = {
            "exact": lambda: {"exact": self._figure(entity, depth)},
            "up_to": lambda: {"up_to": self._figure(entity, depth)},
            "share": lambda: self._share_of_base(entity, depth),
            "people": lambda: self._set_by_people(entity, depth),
        }
        if depth > 0:
            forms |= {
                "term": lambda: self._term(entity, depth),
                "tiers": lambda: self._tiers(entity),
                "tier_cases": lambda: self._tier_cases(entity),
                "adds_up": lambda: {"adds_up": [self.amount(entity, depth - 1) for _ in self.many(1, 3)]},
            }
        written = forms[self.one(*forms, "exact", "share")]()
        modifiers = self._modifiers(entity, depth) if self.chance(50) else {}
        return written if _unpaid(written) else {**written, **modifiers}

    def _figure(self, entity: str, depth: int) -> Any:
        return self.one(self.one(*_AMOUNTS), self.one(*_AMOUNTS), self.money(entity, min(depth, 1)))

    def _set_by_people(self, entity: str, depth: int) -> dict[str, Any]:
        return self.one(
            {"not_below": self._figure(entity, depth)},
            {"between": ["10万元", self.one("100万元", "deposit")]},
            {"either_of": [self._figure(entity, depth), self.one("10万元", "deposit", {"not_published": "未列"})]},
            {"discretionary": "一事一议"},
            {"not_published": "分档未列"},
            {"recognition": "高新技术企业"},
        )

    def _share_of_base(self, entity: str, depth: int) -> dict[str, Any]:
        rate = self.one(
            self.one(*RATES),
            self.one(*RATES),
            self.rate(entity, depth),
            {"up_to": "50%"},
            {"between": ["5%", "20%"]},
            {"not_below": "10%"},
            {"either_of": ["10%", "5%"]},
            {"not_published": "比例未列"},
        )
        # A share that people set of what can be below nothing would be set at its lower end to pay most.
        of = self.money(entity, depth) if not isinstance(rate, dict) else self.one("rent", {"this_year": "sales"})
        if rate in RATES and self.chance(20):
            of = self.one({"not_published": "基数未列"}, {"either_of": ["rent", {"this_year": "sales"}]})
        written = {"share": rate, "of": of}
        return written | ({"base_cap": self.one(*_CAPS, "deposit")} if self.chance(30) else {})

    def _term(self, entity: str, depth: int) -> dict[str, Any]:
        term = self.money(entity, depth)
        if not isinstance(term, dict) or "by" in term:  # a table is written as `tiers`
            return {"exact": term}
        return term

    def _tiers(self, entity: str) -> dict[str, Any]:
        key, rows = self.rows(entity, 1)
        tiers = [{**row, **self.amount(entity, 0)} for row in rows]
        return {"by": key, "tiers": tiers, **self._rest(entity)}

    def _tier_cases(self, entity: str) -> dict[str, Any]:
        asked = [self.conditions(entity, 2) for _ in self.many(1, 2)]
        asked = both_ways(asked) if self.chance(50) else asked
        cases = [case(one, self.amount(entity, 0)) for one in asked]
        return {"tier_cases": cases, **self._rest(entity)}

    def _rest(self, entity: str) -> dict[str, Any]:
        return {"otherwise": self.amount(entity, 0)} if self.chance(40) else {}

    def _less_granted(self, entity: str) -> Any:
        clause = self.one(*self.clauses)
        return (
            {"of": [clause], **self.for_the_same(entity, clause)} if entity != COMPANY and self.chance(50) else clause
        )

    def _modifiers(self, entity: str, depth: int) -> dict[str, Any]:
        all_of: dict[str, Callable[[], Any]] = {
            "plus": lambda: self.amount(entity, 0),
            "less_granted": lambda: self._less_granted(entity),
            "with_support": lambda: {"of": "support", "at_most": self.one("100万元", "deposit")},
            "floor": lambda: self.one("1万元", "20万元"),
            "rounding": lambda: {
                "to": self.one("元", "百元", "千元", "万元"),
                "mode": self.one("down", "half_up", "up"),
            },
            "nothing_below": lambda: self.one("10万元", "1万元"),
            "cap": lambda: self.one(
                *(self.one(*_CAPS), {"this_year": "spending"}, {"at": "deposit", "per": "item"}),
                {"not_published": "上限未列"},
            ),
        }
        if depth <= 0:
            del all_of["plus"]
        chosen = {self.one(*all_of) for _ in self.many(1, 3)}
        # In an order that is not the one of the language, which must not matter.
        return {key: all_of[key]() for key in sorted(chosen)}


def _unpaid(award: dict[str, Any]) -> bool:
    """Whether an award grants no money: it is a title or a relief, or every tier of it is."""
    rows = [*award.get("tiers", award.get("tier_cases", []))]
    rows += [award["otherwise"]] if rows and "otherwise" in award else []
    alike = set.intersection(*({*row} for row in rows)) if rows else set()
    return bool(_UNPAID & (award.keys() | alike)) and not _beside_money(award)


def _beside_money(award: dict[str, Any]) -> bool:
    """Whether a title, or what is given in kind, stands beside the amount that comes with it."""
    return award.get("recognition") == _TITLE_WITH_MONEY or award.get("in_kind") == _GIVEN_WITH_MONEY


def _left_to_people(award: dict[str, Any]) -> bool:
    """Whether an authority sets any part of an amount."""
    return any(
        f"'{key}'" in repr(award)
        for key in ("up_to", "not_below", "between", "either_of", "discretionary", "not_published")
    )
