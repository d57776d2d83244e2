"""Whether a condition holds in a world: true or false, with open lists ruled by people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle_terms import HEADS, divided, head_of, headed, is_name, named, two_years, value
from tests.oracle_values import Value, duration, literal, moved, number
from tests.oracle_world import Gap, View

Fields = Mapping[str, Any]
_BOUNDS = ("at_least", "more_than", "at_most", "less_than")
_IN_A_ROW = (
    "fact",
    "some",
    "every",
    "none",
    "has_title",
    "where",
    "level",
    "event",
    "valid",
    "within_last",
    "in_year",
)
_TESTS = ("is", "in", *_BOUNDS, "includes_any", "starts_with", "year", "each_year", "any_year")


def listed(conditions: Any, view: View) -> bool:
    """A list of conditions that must all hold; one may stand without a list."""
    return all(holds(one, view) for one in (conditions if isinstance(conditions, list) else [conditions]))


def told(row: Fields) -> Any:
    """What a case asks: its `when`, or what its own row says beside what it gives."""
    if "when" in row:
        return row["when"]
    assert not {"open", "judgement"} & row.keys(), "people are asked once for each condition, and this is a copy"
    return {key: part for key, part in row.items() if key in (*_IN_A_ROW, *_TESTS)}


def holds(condition: Fields, view: View) -> bool:
    if "all" in condition:
        return all(holds(one, view) for one in condition["all"])
    if "any" in condition:
        return any(holds(one, view) for one in condition["any"])
    if "conditions_at_least" in condition:
        met = [one for one in condition["of"] if holds(one, view)]
        return len(met) >= int(condition["conditions_at_least"])
    if "in_case" in condition:
        return not listed(condition["in_case"], view) or listed(condition["must"], view)
    if "not" in condition:
        return not holds(condition["not"], view)
    if "not_published" in condition:
        return view.world.people.covered(condition, view.key)
    if "has_title" in condition:
        return any(_is_title(condition, view.at("title", item)) for item in view.world.items("title"))
    if "average_growth_of" in condition:
        here = view.timed({key: part for key, part in condition.items() if key == "year"})
        now, before = two_years(condition["average_growth_of"], here, condition["years"])
        times = divided(now, max(before, Fraction(0)), condition, here)  # how many times what it was
        return all(_beyond_each_year(times, name, condition) for name in _BOUNDS if name in condition)
    for quantity in ("some", "every", "none"):
        if quantity in condition:
            entity = condition[quantity]
            passing = [listed(condition["where"], view.at(entity, item).plain()) for item in view.world.items(entity)]
            return {"some": any(passing), "every": all(passing), "none": not any(passing)}[quantity]
    for repeated, together in (("each_year", all), ("any_year", any)):
        if repeated in condition:
            span = view.span(condition[repeated])
            assert span.first is not None
            rest = {key: part for key, part in condition.items() if key != repeated}
            years = range(span.first, span.last + 1)
            return together([_tested(rest, view._replace(year=year, years=None)) for year in years])
    return _tested(condition, view)


def _tested(condition: Fields, view: View) -> bool:
    if "fact" in condition:
        here = view.timed(condition)
        name = condition["fact"]
        found = named(name, here)
        ranks = _ranks(name, here)
    else:
        found, ranks = headed(head_of(condition), condition, view), None
    return compare(found, condition, view, ranks)


def compare(found: Value, test: Fields, view: View, ranks: list[str] | None = None) -> bool:
    """A value against the tests beside it."""
    if any(bound in test for bound in _BOUNDS):
        return all(_beyond(found, name, test[name], view, ranks) for name in _BOUNDS if name in test)
    if "within_last" in test:
        assert isinstance(found, date)
        unit, by = duration(test["within_last"])
        return moved(view.world.on, unit, -by) < found <= view.world.on
    if "in_year" in test:
        assert isinstance(found, date)
        written = test["in_year"]
        if isinstance(written, Mapping) and "years_ago" not in written:
            years = view.span(written)
            return (years.first is None or years.first <= found.year) and found.year <= years.last
        return found.year == view.calendar_year(written)
    if "is" in test:
        return found == _operand(test["is"], found, view)
    if "in" in test:
        passed = found in [_operand(one, found, view) for one in test["in"]]
    elif "includes_any" in test:
        assert isinstance(found, frozenset)
        passed = any(str(one) in found for one in test["includes_any"])
    else:
        prefixes = [str(prefix) for prefix in test["starts_with"]]
        passed = any(str(found).startswith(prefix) for prefix in prefixes)
        if not passed and any(prefix.startswith(str(found)) for prefix in prefixes):
            raise Gap("the code in full")
    if passed or not test.get("open") or found == frozenset():
        return passed
    return view.world.people.covered(test, view.key)


def _beyond_each_year(times: Fraction, bound: str, condition: Fields) -> bool:
    """How many times what it was, against a rate of growth for each of several years."""
    end = (1 + Fraction(number(condition[bound]))) ** int(condition["years"])
    if bound in ("at_least", "more_than"):
        return times > end or (times == end and bound == "at_least")
    return times < end or (times == end and bound == "at_most")


def _operand(written: Any, found: Value, view: View) -> Value:
    """What a value is held against: a word where the value is one, a term, or a value written out."""
    if isinstance(written, Mapping):
        return value(written, view.plain())
    if isinstance(found, str):
        return str(written)
    return named(written, view.plain()) if is_name(written) else literal(written)


def _beyond(found: Value, bound: str, written: Any, view: View, ranks: list[str] | None) -> bool:
    end: Any = _operand(written, found, view)
    here: Any = found
    if ranks is not None and isinstance(found, str):
        here, end = ranks.index(found), ranks.index(str(written))
    match bound:
        case "at_least":
            return bool(here >= end)
        case "more_than":
            return bool(here > end)
        case "at_most":
            return bool(here <= end)
        case _:
            return bool(here < end)


def _ranks(name: str, view: View) -> list[str] | None:
    """The words of an ordered choice, from the lowest on."""
    definition = view.world.definition(name)
    if definition is not None:
        order: list[str] | None = definition.get("order")
        return order
    declared = view.declared(name)
    return list(declared[2]["choices"]) if declared is not None and declared[2].get("ordered") else None


def _is_title(condition: Fields, view: View) -> bool:
    wanted = {"has_title": "title_kind", "level": "title_level", "event": "event"}
    for key, fact in wanted.items():
        if key in condition:
            words = condition[key] if isinstance(condition[key], list) else [condition[key]]
            if view.fact(fact) not in [str(word) for word in words]:
                return False
    if condition.get("valid") is True and view.fact("valid_until") < view.world.on:  # type: ignore[operator]
        return False
    dated = [name for name in ("within_last", "in_year") if name in condition]
    return all(compare(view.fact("granted_on"), {name: condition[name]}, view) for name in dated)


__all__ = ["HEADS", "compare", "holds", "listed"]
