"""Draws whole policies: definitions, clauses with awards, and how they stack."""

from __future__ import annotations

import random
from typing import Any

from tests.generators import COMPANY, END, START
from tests.whole.awards import AwardWriter
from tests.whole.terms import KINDS, WORDS, Definition

CLAUSES = ("c-1", "c-2", "c-3")
POLICY = "generated"


class PolicyWriter(AwardWriter):
    def policy(self) -> dict[str, Any]:
        """A whole policy; or one clause of which one thing is hard, so that what is open in it shows."""
        focused = self.chance(60)
        self.clauses = CLAUSES[: 1 if focused else self.one(1, 2, 2, 3)]
        same = self.one("project", "contract") if self.chance(30) else None
        entities = {name: same or self.one(COMPANY, COMPANY, "project", "contract") for name in self.clauses}
        policy: dict[str, Any] = {
            "incentives": 2,
            "policy": POLICY,
            "title": "生成的政策",
            "issuer": "某区",
            "document": {
                "kind": "official_text",
                "title": "生成的政策",
                "number": "not_published",
                "publisher": "某区",
                "published_on": START.isoformat(),
            },
            "in_force": {"from": START.isoformat(), "until": END.isoformat()},
        }
        if self.chance(15):
            policy["in_force"] |= {"from": "not_published", "counted_from": "not_published"}
        if self.chance(30):
            policy["this_year"] = "year_before_application"
        policy["stacking"] = "cumulative" if focused else self._stacking(same is not None)
        definitions = self._definitions()
        if definitions:
            policy["definitions"] = definitions
        if not focused and self.chance(15):
            policy["common_conditions"] = self.conditions(COMPANY, 1)
        clause = self._hard if focused else self._clause
        policy["clauses"] = {name: clause(entities[name]) for name in self.clauses}
        self._by_kind(policy, same)
        return policy

    def _by_kind(self, policy: dict[str, Any], one_list: str | None) -> None:
        """Rules that hold for each kind of item, and numbers that the ledger uses up.

        They are drawn apart from all else, so that nothing else depends on them.
        """
        apart = random.Random(repr(policy))
        stacking = policy["stacking"]
        if isinstance(stacking, str):
            if apart.random() < 0.8:
                return
            stacking = policy["stacking"] = {"otherwise": stacking, "rules": []}
        kind = {"same": KINDS[one_list]} if one_list is not None else {}
        for rule in stacking["rules"]:
            if {"higher_of", "exclusive"} & rule.keys() and kind and apart.random() < 0.4:
                rule.pop("within", None)
                rule.update(kind)
        if apart.random() < 0.4:
            of = apart.choice(("all", self.clauses[0]))
            per = apart.choice(("company", ["company", "year"], "application"))
            beside: dict[str, Any] = kind if kind and apart.random() < 0.5 else {"per": per}
            stacking["rules"].append(apart.choice(({"one_item_of": of}, {"items_at_most": 2, "of": of})) | beside)
        if not stacking["rules"]:
            policy["stacking"] = stacking["otherwise"]

    def numbers(self, policy: dict[str, Any]) -> None:
        """How many items may be paid: of all clauses, of one, of two of which another such rule may name one."""
        if not self.chance(30 if len(self.clauses) > 1 else 10):
            return
        stacking = policy["stacking"]
        if isinstance(stacking, str):
            stacking = policy["stacking"] = {"otherwise": stacking, "rules": []}
        for _ in self.many(1, 2):
            of = self.one("all", self.clauses[0], list(self.clauses[:2]), list(self.clauses[-2:]))
            most = self.one(1, 2, "2项", 3)
            stacking["rules"].append({"one_item_of": of} if self.chance(20) else {"items_at_most": most, "of": of})

    def budgets(self, policy: dict[str, Any]) -> None:
        """What money there is, for the whole policy and for single clauses."""
        if self.chance(10):
            policy["budget"] = self.one(self._budget(), [self._budget(), self._budget()])
        for clause in policy["clauses"].values():
            if self.chance(10):
                clause["budget"] = self._budget()

    def _budget(self) -> dict[str, Any]:
        written: dict[str, Any] = {"at": self.one("5000万元", {"not_below": "1亿元"}, "not_published")}
        if self.chance(20):
            written = {"places": self.one("5个", "not_published")}
        if self.chance(50):
            written["per"] = "year"
        if self.chance(50):
            written["limits_awards"] = True
        return {**written, "says": "年度总额控制"}

    def _definitions(self) -> dict[str, Any]:
        written: dict[str, Any] = {}
        for name in ("first_known", "second_known", "third_known")[: self.one(0, 0, 1, 2, 3)]:
            entity = self.one(COMPANY, COMPANY, "project", "contract")
            kind = self.one("money", "rate", "words", "yes")
            definition: dict[str, Any] = {"title": "定义"}
            if entity != COMPANY:
                definition["for_each"] = entity
            definition |= self._defined(kind, entity)
            written[name] = definition
            given = tuple(word for word in WORDS if word in _given(definition))
            self.definitions[name] = Definition(kind, entity, given)
        return written

    def _defined(self, kind: str, entity: str) -> dict[str, Any]:
        match kind:
            case "money":
                term = self.money(entity, 1)
                return term if isinstance(term, dict) else {"value_of": term}
            case "rate":
                term = self.rate(entity, 1)
                return term if isinstance(term, dict) else {"value_of": term}
            case "yes":
                return {"when": self.conditions(entity, 2)}
            case _:
                return self.one(self.table, self.cases)("words", entity, 1)

    def _hard(self, entity: str) -> dict[str, Any]:
        """One condition with a plain award, or an award without a condition."""
        clause: dict[str, Any] = {"title": "条款"}
        if entity != COMPANY:
            clause["for_each"] = entity
        award: dict[str, Any] = {"exact": "10万元"}
        if self.chance(40):
            clause["when"] = self.test(entity, 2)
        else:
            award = self.amount(entity, 2) if self.chance(50) else {"exact": self.money(entity, 2)}
        clause["award"] = {"kind": "奖励", **award, "paid_to": "企业"}
        clause["source"] = {"article": "第一条", "says": "原文"}
        return clause

    def _clause(self, entity: str) -> dict[str, Any]:
        clause: dict[str, Any] = {"title": "条款"}
        if entity != COMPANY:
            clause["for_each"] = entity
        if self.chance(10):
            clause["in_force"] = {
                "from": "2024-01-01",
                "until": self.one("2024-06-30", "2024-12-31", "none", "6个月", "1年"),
            }
        if self.chance(10):
            clause[self.one("once_only", "once_for_each") if entity != COMPANY else "once_only"] = "一次性"
        if self.chance(50):
            clause["when"] = self.conditions(entity, 2)
        clause["award"] = self.award(entity)
        clause["source"] = {"article": "第一条", "says": "原文"}
        return clause

    # ------------------------------------------------------------ stacking

    def _stacking(self, one_list: bool) -> Any:
        """`one_list` where all clauses are for the items of one list, so that rules can hold for each item."""
        word = self.one("cumulative", "cumulative", "not_published")
        rules: list[dict[str, Any]] = []
        if len(self.clauses) > 1 and self.chance(50):
            within = [self._within() if one_list else {} for _ in self.many(1, 2)]
            rules += [{**(self._higher_of() if self.chance(60) else self._exclusive()), **own} for own in within]
        if self.chance(30):
            over = self.one("all", self.clauses[0], list(self.clauses[:2]))
            rules.append(
                {"cap": self.one("100万元", "500万元", {"last_year": "spending"}), "over": over, **self._per()}
            )
        if word == "not_published" and len(self.clauses) > 1 and self.chance(40):
            rules.append({"together": self.one("all", sorted(self.rng.sample(self.clauses, 2)))})
        return {"otherwise": word, "rules": rules} if rules else word

    def _per(self) -> dict[str, Any]:
        return {"per": self.one("application", "company", ["company", "year"])}

    def _within(self) -> dict[str, Any]:
        return {"within": self.one("company", "item")} if self.chance(60) else {}

    def _higher_of(self) -> dict[str, Any]:
        names = self.rng.sample(self.clauses, len(self.clauses))
        sets = names if len(names) < 3 or self.chance(50) else [names[0], names[1:]]
        return {"higher_of": sets, "says": "就高不重复"}

    def _exclusive(self) -> dict[str, Any]:
        first, *others = self.rng.sample(self.clauses, len(self.clauses))
        return {"exclusive": first, "with": self.one(others, others[:1])}


def _given(definition: dict[str, Any]) -> list[Any]:
    """The words that a definition can come to."""
    rows = definition.get("rows") or definition.get("cases") or []
    return [definition.get("otherwise"), *(row["gives"] for row in rows)]
