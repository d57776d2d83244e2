"""What an award comes to in a world: one number of yuan, before it is paid in whole fen."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.oracle_conditions import listed, told
from tests.oracle_curves import fits
from tests.oracle_terms import HEADS, amount, granted, head_of, headed, same, value
from tests.oracle_values import number
from tests.oracle_world import View

Fields = Mapping[str, Any]
NOTHING = Fraction(0)

FORMS = (
    *("exact", "up_to", "not_below", "between", "discretionary", "not_published", "relief"),
    *("tiers", "tier_cases", "adds_up", "either_of"),
)
_UNITS = {"元": 1, "百元": 100, "千元": 1000, "万元": 10_000}


def form_of(award: Fields) -> str | None:
    """Which form an award has; None where it is worked out. Beside an amount a recognition is a title with it."""
    form = next((form for form in FORMS if form in award), None)
    return "recognition" if form is None and not award.keys() & set(HEADS) else form


def payable(clause: Fields, view: View) -> int:
    """The award of a clause in whole fen, what is smaller left away; never less than nothing.

    Where all who apply share what there is, people decide how much of it is paid.
    """
    worked_out = paid_in_years(clause["award"], view)
    if any(
        budget.get("limits_awards") for one in (view.world.policy, clause) for budget in _several(one.get("budget"))
    ):
        worked_out = view.world.people.set_between(clause, view.key, NOTHING, worked_out)
    return max(int(worked_out * 100), 0) if worked_out > 0 else 0


def _several(written: Any) -> list[Any]:
    return written if isinstance(written, list) else [] if written is None else [written]


def paid_in_years(award: Fields, view: View) -> Fraction:
    """Where each year's equal part has its own limit.

    A sum is the same every year; of a limit that is worked out this year's is known, of the later ones people decide.
    """
    whole = worth(award, view)
    instalments = award.get("instalments")
    if not isinstance(instalments, Mapping) or "each_up_to" not in instalments:
        return whole
    years = int(instalments["years"])
    part = whole / years
    if isinstance(instalments["each_up_to"], str):
        return years * min(part, amount(instalments["each_up_to"], view))
    first = min(part, amount(instalments["each_up_to"], view))
    return first + view.world.people.set_between(instalments, view.key, NOTHING, whole - part)


def worth(award: Fields, view: View) -> Fraction:
    """The form, and then what is done to it, in the order that the language fixes."""
    total = _form(award, view)
    if "plus" in award:
        total = _part(total) + _part(worth(award["plus"], view))
    if "less_granted" in award:
        written = award["less_granted"]
        of, those = (written["of"], same(written)) if isinstance(written, Mapping) else (written, {})
        total -= granted(of if isinstance(of, list) else [of], view, **those)
    if "with_support" in award:
        support = award["with_support"]
        total = min(total, amount(support["at_most"], view) - amount(support["of"], view))
    if "floor" in award:
        total = max(total, amount(award["floor"], view))
    if "rounding" in award:
        total = _rounded(total, award["rounding"])
    if "nothing_below" in award and total < number(award["nothing_below"]):
        total = NOTHING
    caps = award.get("cap")
    for cap in caps if isinstance(caps, list) else [caps]:
        if isinstance(cap, Mapping) and "not_published" in cap:
            total = view.world.people.set_between(cap, view.key, NOTHING, total)
        elif cap is not None and not is_wide(cap):
            at = cap["at"] if isinstance(cap, Mapping) and "at" in cap else cap
            most = amount(at, view)
            if isinstance(cap, Mapping) and _is_yearly(cap):
                clauses = [name for name, one in view.world.policy["clauses"].items() if one["award"] is award]
                most -= granted(clauses, view, this_year=True, same=True)
                most = _part(most)
            total = min(total, most)
    return total


def _part(amount: Fraction) -> Fraction:
    """What is below nothing pays nothing, and takes nothing from what it is added to."""
    return max(amount, NOTHING)


def is_wide(cap: Any) -> bool:
    """Whether a cap is for the company as a whole, and so a matter of stacking."""
    return isinstance(cap, Mapping) and cap.get("per") not in (None, "item") and not _is_yearly(cap)


def _is_yearly(cap: Fields) -> bool:
    """Whether a cap is for all that one item is granted in a year."""
    return cap.get("per") == ["item", "year"]


def tier_of(award: Fields, view: View) -> Fields | None:
    """The tier that an award reaches."""
    if "tiers" in award:
        reached = value(award["by"], view.timed(award))
        return next((row for row in award["tiers"] if fits(row, reached)), award.get("otherwise"))
    return next((row for row in award["tier_cases"] if listed(told(row), view)), award.get("otherwise"))


def tiers_with_limits(award: Fields) -> list[tuple[Fields, Fields]]:
    """Each cap for the company that a tier has of its own, with the tier."""
    rows = [*award.get("tiers", award.get("tier_cases", []))]
    rows += [award["otherwise"]] if rows and "otherwise" in award else []
    return [(row, cap) for row in rows for cap in _several(row.get("cap")) if is_wide(cap)]


def _form(award: Fields, view: View) -> Fraction:
    form = form_of(award)
    people, key = view.world.people, view.key
    match form:
        case "exact":
            return amount(award["exact"], view)
        case "up_to":
            return people.set_between(award, key, NOTHING, amount(award["up_to"], view))
        case "not_below":
            return people.set_between(award, key, amount(award["not_below"], view), None)
        case "between":
            low, high = (amount(end, view) for end in award["between"])
            return people.set_between(award, key, low, high)
        case "either_of":
            several = [
                worth(one, view) if isinstance(one, Mapping) and "by" not in one else amount(one, view)
                for one in award["either_of"]
            ]
            return people.set_between(award, key, min(several), max(several))
        case "discretionary" | "not_published":
            return people.set_between(award, key, NOTHING, None)
        case "recognition" | "relief" | "in_kind":
            return NOTHING
        case "tiers" | "tier_cases":
            row = tier_of(award, view)
            return NOTHING if row is None else worth(row, view.timed(award) if form == "tiers" else view)
        case "adds_up":
            return sum((_part(worth(part, view)) for part in award["adds_up"]), NOTHING)
    if "share" in award:
        return _share_of_base(award, view.timed(award))
    found = headed(head_of(award), award, view)
    assert isinstance(found, Fraction)
    return found


def _share_of_base(award: Fields, view: View) -> Fraction:
    of = award["of"]
    unstated = isinstance(of, Mapping) and "not_published" in of
    if isinstance(of, Mapping) and "either_of" in of:
        several = [amount(one, view) for one in of["either_of"]]
        base = view.world.people.set_between(of, view.key, min(several), max(several))
    else:
        base = view.world.people.set_between(of, view.key, NOTHING, None) if unstated else amount(of, view)
    if "base_cap" in award:
        base = min(base, amount(award["base_cap"], view))
    return _rate(award["share"], view) * base


def _rate(share: Any, view: View) -> Fraction:
    """A rate, or what people decide of it."""
    if not isinstance(share, Mapping) or any(head in share for head in HEADS):
        return amount(share, view)
    [(form, ends)] = share.items()
    match form:
        case "up_to":
            low, high = NOTHING, number(ends)
        case "either_of":
            low, high = min(map(number, ends)), max(map(number, ends))
        case "not_below":
            return view.world.people.set_between(share, view.key, number(ends), None)
        case "between":
            low, high = (number(end) for end in ends)
        case _:
            return view.world.people.set_between(share, view.key, NOTHING, None)
    return view.world.people.set_between(share, view.key, low, high)


def _rounded(total: Fraction, rounding: Fields) -> Fraction:
    """In whole units, of the amount without its sign."""
    unit = _UNITS[rounding["to"]]
    whole, rest = divmod(abs(total), unit)
    more = {"down": False, "up": rest > 0, "half_up": 2 * rest >= unit}[rounding["mode"]]
    rounded = Fraction((whole + (1 if more else 0)) * unit)
    return rounded if total >= 0 else -rounded
