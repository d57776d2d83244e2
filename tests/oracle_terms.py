"""What a term comes to in a world: sums, years, lists, growth, ratios, dates. Tables are in `oracle_curves`.

Written from the language's description, on raw data; it shares no code with the package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle_values import Value, accounting_years, completed, duration, literal, moved, number
from tests.oracle_world import COMPANY, NAME, OFFSETS, Gap, View, first_year, item_key, ledger_reaches

SEVERAL = ("sum_of", "mean_of", "largest_of", "smallest_of")
ELAPSED = {"years_since": "years", "months_since": "months", "days_since": "days"}
HEADS = (
    *("value_of", *OFFSETS, *SEVERAL, "count_of", "growth_of", "increase_of", "ratio_of", "difference_of", "share"),
    *("product_of", *ELAPSED, "day", "by", "cases", "slices_of", "slices_of_increase", "first_time_reaching"),
    *(
        "for_every",
        "in_whole",
        "per_unit",
        "already_granted",
        "years_granted",
        "times_granted",
        "accounting_years_since",
        "years_since_first_granted",
    ),
)


def value(term: Any, view: View) -> Value:
    """A value written out, a name, or a mapping with one head."""
    if isinstance(term, Mapping):
        return headed(head_of(term), term, view)
    return named(term, view) if is_name(term) else literal(term)


def amount(term: Any, view: View) -> Fraction:
    found = value(term, view)
    assert isinstance(found, Fraction), (term, found)
    return found


def is_name(written: Any) -> bool:
    return isinstance(written, str) and NAME.fullmatch(written) is not None


def head_of(term: Mapping[str, Any]) -> str:
    heads = [head for head in HEADS if head in term]
    # `this_year` is a head, and beside what asks the ledger a mark.
    return next((head for head in ("already_granted", "times_granted") if head in heads), heads[0])


def named(name: str, view: View) -> Value:
    from tests.oracle_conditions import listed

    if name == "application_day":
        return view.world.on
    definition = view.world.definition(name)
    if definition is None:
        return view.fact(name)
    place = view.plain()
    if "when" in definition:
        return listed(definition["when"], place)
    return value(definition, place)


def headed(head: str, term: Mapping[str, Any], view: View) -> Value:
    from tests import oracle_curves as curves

    view = view.timed(term)
    argument = term[head]
    if head in OFFSETS:
        return value(argument, view._replace(year=view.calendar_year(head), years=None))
    if head in SEVERAL:
        return _several(head, term, view)
    if head in ELAPSED:
        until = _day(term["until"], view) if "until" in term else view.world.on
        return Fraction(completed(ELAPSED[head], _day(argument, view), until))
    match head:
        case "accounting_years_since":
            until = _day(term["until"], view) if "until" in term else view.world.on
            return Fraction(accounting_years(_day(argument, view), until))
        case "years_granted":
            clauses = argument if isinstance(argument, list) else [argument]
            years = {number(entry["year"]) for entry in grants(clauses, view, **same(term))}
            return Fraction(len([year for year in years if year < view.world.on.year]))
        case "years_since_first_granted":
            clauses = argument if isinstance(argument, list) else [argument]
            found = [number(_told(entry, "year")) for entry in grants(clauses, view, **same(term))]
            return Fraction(max(view.world.on.year - min(found, default=view.world.on.year), 0))
        case "times_granted":
            clauses = argument if isinstance(argument, list) else [argument]
            return Fraction(len(list(grants(clauses, view, this_year=term.get("this_year") is True, **same(term)))))
        case "value_of":
            return value(argument, view)
        case "count_of" if argument not in view.world.vocabulary["entities"]:
            several = view.fact(argument)
            assert isinstance(several, frozenset)
            return Fraction(len([one for one in several if one in term.get("among", several)]))
        case "count_of":
            return Fraction(len(_passing(argument, term, view)))
        case "growth_of" | "increase_of":
            now, before = two_years(argument, view)
            if head == "increase_of":
                return now - before
            return divided(now - before, max(before, Fraction(0)), term, view)
        case "ratio_of":
            return divided(amount(argument, view), amount(term["to"], view), term, view)
        case "difference_of":
            return amount(argument, view) - amount(term["minus"], view)
        case "share":
            return amount(argument, view) * amount(term["of"], view)
        case "product_of":
            product = Fraction(1)
            for factor in argument:
                product *= amount(factor, view)
            return product
        case "day":
            start = _day(argument, view)
            for key, sign in (("plus", 1), ("minus", -1)):
                if key in term:
                    unit, by = duration(term[key])
                    start = moved(start, unit, sign * by)
            return start
        case "already_granted":
            clauses = argument if isinstance(argument, list) else [argument]
            return granted(clauses, view, this_year=term.get("this_year") is True, **same(term))
        case "by" | "cases":
            return curves.table(head, term, view)
        case "slices_of":
            return curves.slices(amount(argument, view), term["slices"])
        case "slices_of_increase":
            return curves.slices_of_increase(term, *two_years(argument, view), view)
        case "first_time_reaching":
            return curves.steps(term, view)
        case "in_whole":
            return curves.in_whole(term, amount(term["of"], view))
        case "for_every":
            return curves.further(term, amount(term["of"], view))
        case _:
            price = number(str(argument).partition("/")[0])
            return price * amount(term["of"], view)


def divided(of: Fraction, to: Fraction, term: Mapping[str, Any], view: View) -> Fraction:
    """Of nothing a person decides, unless the policy rules it."""
    if to != 0:
        return of / to
    if "when_undefined" in term:
        return amount(term["when_undefined"], view)
    return view.world.people.undefined(term, view.key)


def two_years(name: str, view: View, back: int = 1) -> tuple[Fraction, Fraction]:
    year = view.world.this_year if view.year is None else view.year
    now, before = view.in_year(name, year), view.in_year(name, year - back)
    assert isinstance(now, Fraction)
    assert isinstance(before, Fraction)
    return now, before


def same(term: Mapping[str, Any]) -> dict[str, Any]:
    """Which grants count: for the item at hand, or for one of the kind that a name tells."""
    return {"same": term.get("same_item") is True, "kind": term.get("same")}


def granted(
    clauses: list[str],
    view: View,
    *,
    this_year: bool = False,
    same: bool = False,
    kind: str | None = None,
    tier: str | None = None,
) -> Fraction:
    """What the ledger holds under these clauses of this policy; with `same`, for the item at hand alone."""
    found = grants(clauses, view, this_year=this_year, same=same, kind=kind, tier=tier)
    return sum((number(entry["amount"]) for entry in found), Fraction(0))


def grants(
    clauses: list[str],
    view: View,
    *,
    this_year: bool = False,
    same: bool = False,
    kind: str | None = None,
    tier: str | None = None,
) -> Iterator[Mapping[str, Any]]:
    """The entries of the ledger that count."""
    world = view.world
    if not ledger_reaches(world.profile, world.on.year if this_year else first_year(world.policy)):
        raise Gap("ledger_from")
    for entry in world.items("grant"):
        if _told(entry, "policy") != world.policy["policy"] or _told(entry, "clause") not in clauses:
            continue
        if this_year and number(_told(entry, "year")) != world.on.year:
            continue
        if same and _told(entry, "matter") not in (view.key, (view.item or {}).get("name")):
            continue
        if kind is not None and _told(entry, "matter_kind") != value(kind, view.plain()):
            continue
        if tier is not None and _told(entry, "tier") != tier:
            continue
        yield entry


def _told(entry: Mapping[str, Any], fact: str) -> Any:
    if entry.get(fact) is None:
        raise Gap(fact)
    return entry[fact]


def _several(head: str, term: Mapping[str, Any], view: View) -> Fraction:
    argument = term[head]
    if isinstance(argument, list):
        values = [amount(part, view) for part in argument]
    elif view.years is not None:
        view.world.people.asked |= view.years.first is None and head != "largest_of"
        values = view.over(argument, view.years)
    else:
        entity = argument.partition(".")[0]
        of = argument.partition(".")[2]
        name = of if view.world.definition(of) is not None else argument
        values = [amount(name, place) for place in _passing(entity, term, view)]
    if head == "sum_of":
        return sum(values, Fraction(0))
    if not values:
        ruled = "when_undefined" in term
        return amount(term["when_undefined"], view) if ruled else view.world.people.undefined(term, view.key)
    if head == "mean_of":
        return sum(values, Fraction(0)) / len(values)
    return max(values) if head == "largest_of" else min(values)


def _passing(entity: str, term: Mapping[str, Any], view: View) -> list[View]:
    """The items of a list that pass the filter, each as a place to look from."""
    from tests.oracle_conditions import listed

    places = [view.at(entity, item) for item in view.world.items(entity)]
    return [place for place in places if "where" not in term or listed(term["where"], place.plain())]


def _day(term: Any, view: View) -> date:
    found = value(term, view)
    assert isinstance(found, date), (term, found)
    return found


__all__ = ["COMPANY", "amount", "item_key", "value"]
