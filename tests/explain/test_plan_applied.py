"""What a program reads in a plan can be done: each entry of its JSON is applied to the profile as it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from incentives import Evaluator, load_policies
from incentives.decision.json import to_data
from incentives.decision.result import Decision
from incentives.explain.guidance import GapPlan, Why, why_json
from incentives.facts.types import CodeType

POLICIES = Path(__file__).parents[2] / "policies"
EVALUATOR = Evaluator(load_policies(), "native")
VOCABULARY = EVALUATOR.policies.vocabulary
ON = date(2026, 3, 1)
EXAMPLES = [
    "wuhou-microwave-rf-2023/examples/one-fen-below",
    "wuhou-microwave-rf-2023/examples/another-district",
    "wuhou-microwave-rf-2023/examples/two-projects",
    "liuhe-key-industries-2018/examples/herb-bases",
    "fuqing-headquarters-2022/examples/cap-and-ledger",
]


def as_written(name: str) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        match value:
            case dict():
                return {key: plain(one) for key, one in value.items()}
            case list():
                return [plain(one) for one in value]
            case date():
                return value.isoformat()
            case _:
                return value

    found: dict[str, Any] = plain(yaml.safe_load((POLICIES / f"{name}.yaml").read_text(encoding="utf-8")))
    return found


def applied(raw: dict[str, Any], way: dict[str, Any]) -> dict[str, Any]:
    """A profile as it would be written after a way, from what the JSON of the way says alone."""
    then = deepcopy(raw)
    added: list[list[dict[str, Any]]] = []
    for place, kind in enumerate(way["adds"]):
        new: list[dict[str, Any]] = [{"name": f"新{place}{number}"} for number in range(kind["how_many"])]
        then.setdefault(kind["list_key"], []).extend(new)
        added.append(new)
    for change in way["changes"]:
        for holder in holders(then, change, added):
            put(holder, change)
    return then


def holders(then: dict[str, Any], change: dict[str, Any], added: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    if change["added"] is not None:
        return added[change["added"]]
    if change["item"] is None:
        return [then]
    items = then[VOCABULARY.entities[change["entity"]].list_key or ""]
    return [item for item in items if item.get("id", item["name"]) == change["item"]]


def put(holder: dict[str, Any], change: dict[str, Any]) -> None:
    after = change["value_after"]
    value = after["value"]
    if after["begins"] is not None:
        value = after["begins"].ljust(6, "0")
    elif after["any_other"]:
        of = VOCABULARY.entities[change["entity"]].facts[change["fact"]].type
        other = "110101" if isinstance(of, CodeType) else "别的"
        value = [*value, other] if isinstance(value, list) else other
    write(holder, change, value)


def write(holder: dict[str, Any], change: dict[str, Any], value: Any) -> None:
    if change["year"] is None:
        holder[change["fact"]] = value
    else:
        holder.setdefault(change["fact"], {})[change["year"]] = value


def on(way: dict[str, Any]) -> date:
    return date.fromisoformat(way["apply_on"]) if way["apply_on"] is not None else ON


def decided(raw: dict[str, Any], day: date, policy: str) -> dict[str, Any]:
    return to_data(Decision, EVALUATOR.check(raw, day, policy))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_entry_of_a_plan_brings_what_it_says(name: str) -> None:
    raw = as_written(name)
    plan = json.loads(GapPlan.of(EVALUATOR, raw, ON, name.partition("/")[0]).to_json())
    seen = 0
    for gain in plan["gains"]:
        if not gain["way"]["changes"] and not gain["way"]["adds"]:
            continue
        [policy] = decided(applied(raw, gain["way"]), on(gain["way"]), gain["policy"])["policies"]
        assert policy["total"] == gain["after"], gain["title"]
        seen += 1
    assert seen


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_way_of_an_explanation_leads_where_it_says(name: str) -> None:
    raw = as_written(name)
    policy = name.partition("/")[0]
    whys = json.loads(why_json(list(Why.of(EVALUATOR, raw, ON, policy))))
    for why, way in ((one, way) for one in whys for way in one["ways"]):
        [found] = decided(applied(raw, way), on(way), policy)["policies"]
        assert way["outcome"] in outcomes(found, why), (why["title"], why["item"])


def outcomes(policy: dict[str, Any], why: dict[str, Any]) -> Iterator[str]:
    """What the clause comes to, on its item or on a new one."""
    for one in policy["determinations"]:
        if one["clause"] == why["clause"] and (why["item"] is None or one["item"] is not None):
            yield one["outcome"]


@pytest.mark.parametrize("name", [one for one in EXAMPLES if "two-projects" not in one and "fuqing" not in one])
def test_what_there_was_is_told_as_the_profile_holds_it(name: str) -> None:
    raw = as_written(name)
    plan = json.loads(GapPlan.of(EVALUATOR, raw, ON, name.partition("/")[0]).to_json())
    changes = [change for gain in plan["gains"] for change in gain["way"]["changes"]]
    for change in changes:
        if change["value_before"] is not None:
            again = deepcopy(raw)
            [holder] = holders(again, change, [])
            write(holder, change, change["value_before"])
            assert EVALUATOR.profile(again) == EVALUATOR.profile(raw)
    assert any(change["value_before"] is not None for change in changes)
