"""Tables, cases, slices, steps in a world: what `oracle_terms` leaves to this module."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.oracle_terms import amount, value
from tests.oracle_values import Value, literal, number
from tests.oracle_world import Span, View

Fields = Mapping[str, Any]


def fits(row: Fields, key: Value) -> bool:
    """Whether a key passes the test that a row asks of it."""
    if "is" in row:
        return key == literal(row["is"])
    if "in" in row:
        return key in [literal(word) for word in row["in"]]
    assert not isinstance(key, str | frozenset)
    ends: dict[str, Any] = {
        name: literal(row[name]) for name in ("at_least", "more_than", "at_most", "less_than") if name in row
    }
    return all(
        (
            "at_least" not in ends or key >= ends["at_least"],
            "more_than" not in ends or key > ends["more_than"],
            "at_most" not in ends or key <= ends["at_most"],
            "less_than" not in ends or key < ends["less_than"],
        )
    )


def table(head: str, term: Fields, view: View) -> Value:
    """The first row that fits; where none does and the policy does not say what then holds, a person decides."""
    from tests.oracle_conditions import listed, told

    if head == "cases":
        row = next((row for row in term["cases"] if listed(told(row), view.plain())), None)
    else:
        key = value(term["by"], view)
        row = next((row for row in term["rows"] if fits(row, key)), None)
    if row is not None:
        return value(row["gives"], view)
    if "otherwise" in term:
        return value(term["otherwise"], view)
    return view.world.people.undefined(term, view.key)


def slices(of: Fraction, rows: list[Fields]) -> Fraction:
    """Each slice at its own rate: count yuan by yuan, in effect."""
    total = Fraction(0)
    for row in rows:
        low, high = ends(row)
        inside = max(min(of, high) if high is not None else of, low) - low
        total += inside * number(row["rate"])
    return total


def slices_of_increase(term: Fields, now: Fraction, before: Fraction, view: View) -> Fraction:
    """The slices are of growth, so each end stands for an amount: what `now` would be with that growth.

    From nothing, growth is undefined: a person decides, up to what any other growth without limit would give.
    """
    rows = term["slices"]
    if before == 0 and now > 0:
        without_limit = sum((number(row["rate"]) for row in rows if ends(row)[1] is None), Fraction(0))
        return min(max(view.world.people.undefined(term, view.key), Fraction(0)), now * without_limit)
    if before <= 0:
        return Fraction(0)
    total = Fraction(0)
    for row in rows:
        low, high = ends(row)
        bottom, top = before * (1 + low), now if high is None else min(now, before * (1 + high))
        total += max(top - bottom, Fraction(0)) * number(row["rate"])
    return total


def steps(term: Fields, view: View) -> Fraction:
    """首次突破: the steps that were never reached before and are now."""
    if view.year is None:
        view = view._replace(year=view.world.this_year, years=None)
    assert view.year is not None
    now = amount(term["first_time_reaching"], view)
    if "before" in term:
        before: Fraction | None = amount(term["before"], view)
    else:
        before = max(view.over(term["first_time_reaching"], Span(None, view.year - 1)), default=None)
        if before is None or before < min(number(at) for at in term["steps"]) or term.get("then_every"):
            view.world.people.asked |= not view.all_told(term["first_time_reaching"], view.year - 1)
    rows = [(number(at), number(gives)) for at, gives in term["steps"].items()]
    new = [gives for at, gives in rows if now >= at and (before is None or before < at)]
    paid = sum(new, Fraction(0)) if term["pays"] == "every_step" else max(new, default=Fraction(0))
    for every, gives in (term.get("then_every") or {}).items():
        last, step = rows[-1][0], number(every)
        crossed = [_whole(reached - last, step) for reached in (now, before or Fraction(0))]
        paid += max(crossed[0] - crossed[1], 0) * number(gives)
    return paid


def further(term: Fields, of: Fraction) -> Fraction:
    above = number(term["above"]) if "above" in term else Fraction(0)
    return _whole(of - above, number(term["for_every"])) * number(term["gives"])


def in_whole(term: Fields, of: Fraction) -> Fraction:
    """In whole units: a rest counts as one more, or does not, as the term says."""
    each = number(term["each"]) if "each" in term else Fraction(1)
    of = max(of, Fraction(0))
    whole = _whole(of, each)
    rest, counts = of - whole * each, term["rest_counts"]
    if counts in ("always", "never"):
        return Fraction(whole + (counts == "always" and rest > 0))
    [(bound, at)] = counts.items()
    least = number(at)
    return Fraction(whole + (rest > least or (bound == "at_least" and rest == least)))


def _whole(length: Fraction, step: Fraction) -> int:
    """How many whole steps fit into a length."""
    return max(length // step, 0)


def ends(row: Fields) -> tuple[Fraction, Fraction | None]:
    low = next((number(row[name]) for name in ("at_least", "more_than") if name in row), Fraction(0))
    high = next((number(row[name]) for name in ("at_most", "less_than") if name in row), None)
    return low, high
