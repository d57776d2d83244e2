"""Hypothesis strategies for policies of version 1: conditions on facts, and how they are joined.

Policies are made as plain data and written out as YAML or JSON, so that they take the way every file takes:
through the strict reader, with positions, and the checker. `tests.profiles` makes profiles to go with them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml
from hypothesis import strategies as st

from tests.written import ORDERED, Raw, Written, around, spellings, values

VOCABULARY_FILE = Path(__file__).parent / "cases" / "vocabulary.yaml"
COMPANY = "company"
DEEPEST = 4

LISTS = ("project", "platform")
"""The lists that clauses of version 1 go through; `tests.whole` writes policies over the others as well."""

START, END = date(2024, 1, 1), date(2025, 12, 31)
DAYS = (date(2024, 7, 1), START, END, date(2023, 12, 31), date(2026, 1, 1))
"""The day of an application: inside the period, its two ends, the days just outside."""

_Value = TypeVar("_Value")


class Draw(Protocol):
    def __call__(self, strategy: st.SearchStrategy[_Value]) -> _Value: ...


@cache
def vocabulary() -> Raw:
    """The vocabulary of the tests, as raw data."""
    raw: Raw = read_raw(VOCABULARY_FILE.read_text(encoding="utf-8"))
    return raw


def plain_facts(entity: str) -> Raw:
    """The facts that policies of version 1 test, by id."""
    facts = vocabulary()["entities"][entity]["facts"]
    return {name: fact for name, fact in facts.items() if name not in _LATER}


_LATER = (
    *("sales", "spending", "surplus", "headcount", "exporter", "rating", "deposit", "rent", "support", "wafers"),
    *("stance", "industry", "panel_share", "ledger_from"),
)


def read_raw(text: str) -> Any:
    """YAML or JSON as plain data, by a reader the package does not use."""
    return yaml.load(text, Loader=_Loader)


def write(data: Any, as_json: bool = False) -> str:
    """Plain data as a file's text."""
    if as_json:
        return json.dumps(data, ensure_ascii=False, indent=1)
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return text


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Booleans, whole numbers and null; all else, dates among it, is text as it was written."""


_PLAIN = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:null")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in _PLAIN]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Parts that are equal are written out each time: the package reads no anchors."""
        return True


@dataclass
class PolicyWriter:
    """Draws one policy. `operands` keeps what each fact is held against, for profiles to stand beside."""

    draw: Draw
    operands: dict[tuple[str, str], list[int | str]] = field(default_factory=dict)

    def one(self, *options: _Value) -> _Value:
        return self.draw(st.sampled_from(options))

    def chance(self, percent: int) -> bool:
        return self.draw(st.integers(0, 99)) >= 100 - percent

    def policy(self) -> dict[str, Any]:
        ids = self.draw(st.permutations(("new-project", "rent", "b-2", "common")))
        clauses = ids[: self.one(1, 2, 3, 3)]
        policy: dict[str, Any] = {
            "incentives": 1,
            "policy": "generated",
            "title": "生成的政策",
            "issuer": "某区",
            "document": {
                "kind": "official_text",
                "title": "生成的政策",
                "number": "not_published",
                "publisher": "某区",
                "published_on": START.isoformat(),
            },
            "in_force": self._period(),
            "stacking": self.one("not_published", "cumulative"),
        }
        if self.chance(40):
            policy["common_conditions"] = self._conditions(COMPANY, most=2)
        # So that awards of several clauses meet often enough to see how they combine.
        generous = self.chance(15)
        policy["clauses"] = {clause_id: self._clause(generous) for clause_id in clauses}
        return policy

    def _period(self) -> dict[str, str]:
        until = self.one(END.isoformat(), "2025年12月31日", "none", "not_published")
        if self.chance(30):
            return {"from": "not_published", "counted_from": START.isoformat(), "until": until}
        return {"from": START.isoformat(), "until": until}

    def _clause(self, generous: bool) -> dict[str, Any]:
        clause: dict[str, Any] = {"title": "条款"}
        entity = self.one("project", "platform", COMPANY)
        if entity != COMPANY:
            clause["for_each"] = entity
        if not self.chance(80 if generous else 20):
            clause["when"] = self._conditions(entity, most=3)
        amount = self.one("1000万元", "200万元", "50.01元", "1,000,000元", "0元")
        exact: dict[str, str] = {"exact": amount}
        award = exact if generous else self.one({"up_to": amount}, exact, {"discretionary": "一事一议"})
        clause["award"] = {"kind": "奖励", **award, "paid_to": "企业"}
        clause["source"] = {"article": "第一条", "says": "原文"}
        return clause

    def _conditions(self, entity: str, most: int) -> list[dict[str, Any]] | dict[str, Any]:
        """A list of conditions, or one without a list: a person may write either."""
        if self.chance(4):
            return self._long(entity)
        count = min(self.one(1, 1, 2, 3), most)
        conditions = [self._condition(entity, DEEPEST) for _ in range(count)]
        return conditions[0] if count == 1 and self.chance(50) else conditions

    def _long(self, entity: str) -> list[dict[str, Any]]:
        """A list longer than a rule of the network holds, sometimes than a whole ruleset does."""
        kinds = [self._condition(entity, 1) for _ in range(self.draw(st.integers(1, 2)))]
        return [kinds[place % len(kinds)] for place in range(self.one(13, 25, 64))]

    def _condition(self, entity: str, depth: int) -> dict[str, Any]:
        forms = ("fact", "fact", "fact", "any", "all", "not", "several", "in_case")
        form = self.one(*forms) if depth > 0 else "fact"
        match form:
            case "fact":
                condition = self._test(entity)
            case "not":
                condition = {"not": self._condition(entity, depth - 1)}
            case "in_case":
                condition = {key: self._of_some(entity, depth - 1) for key in ("in_case", "must")}
            case "several":
                of = [self._condition(entity, depth - 1) for _ in range(self.draw(st.integers(1, 4)))]
                condition = self._several(self._long(entity) if self.chance(3) else of)
            case _ if self.chance(3):
                condition = {form: self._long(entity)}
            case _:
                count = self.draw(st.integers(1, 3))
                condition = {form: [self._condition(entity, depth - 1) for _ in range(count)]}
        if self.chance(15):
            condition["assumption"] = "编制者的假定"
        return condition

    def _of_some(self, entity: str, depth: int) -> Any:
        of = [self._condition(entity, depth) for _ in range(self.draw(st.integers(1, 2)))]
        return of[0] if len(of) == 1 and self.chance(70) else of

    def _several(self, of: list[dict[str, Any]]) -> dict[str, Any]:
        number = self.one(*{min(few, len(of)) for few in (1, 2, 3)}, len(of))
        return {"conditions_at_least": number, "of": of}

    def _test(self, entity: str) -> dict[str, Any]:
        scope = self.one(entity, entity, COMPANY)
        fact_id = self.one(*plain_facts(scope))
        # Where the company and the item share a fact's id, the bare id would mean two things.
        ambiguous = entity != COMPANY and all(
            fact_id in vocabulary()["entities"][owner]["facts"] for owner in (entity, COMPANY)
        )
        name = f"{scope}.{fact_id}" if ambiguous or self.chance(10) else fact_id
        fact = vocabulary()["entities"][scope]["facts"][fact_id]
        test: dict[str, Any] = {"fact": name, **self._operands(scope, fact_id, fact)}
        if self.chance(10):
            test["judgement"] = "由专家认定"
        return test

    def _operands(self, scope: str, fact_id: str, fact: Raw) -> dict[str, Any]:
        seen = self.operands.setdefault((scope, fact_id), [])
        if fact["type"] == "boolean":
            return {"is": self.one(True, True, False)}

        def operand(value: int | str) -> Written:
            seen.append(value)
            return self.one(*spellings(fact, value))

        known = values(fact)
        if fact["type"] in ORDERED and self.chance(75):
            return self._bounds(known, operand)
        if fact.get("many") or self.chance(60):
            listed = self.draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True))
            test: dict[str, Any] = {
                "includes_any" if fact.get("many") else "in": [operand(value) for value in listed]
            }
            return test | ({"open": "等"} if self.chance(40) else {})
        return {"is": operand(self.one(*known))}

    def _bounds(self, known: tuple[int | str, ...], operand: Callable[[int | str], Written]) -> dict[str, Any]:
        low, high = self.one("at_least", "more_than"), self.one("at_most", "less_than")
        ends = sorted({self.one(*known), self.one(*known)}, key=int)
        if not self.chance(40):
            return {self.one(low, high): operand(ends[0])}
        if len(ends) == 1:
            return {"at_least": operand(ends[0]), "at_most": operand(ends[0])}
        return {low: operand(ends[0]), high: operand(ends[1])}

    def near(self, scope: str, fact_id: str, fact: Raw) -> list[int | str]:
        """What a profile may hold of a fact, so that the tests of the policy tell the values apart."""
        used = self.operands.get((scope, fact_id), [])
        if fact["type"] not in ORDERED:
            return [*used, *used, *values(fact)]
        return [beside for value in used for beside in around(fact, int(value))] or list(values(fact))
