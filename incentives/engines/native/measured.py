"""Terms held against their ends compiled. Imports nodes and amounts.

A ratio against a figure is compared without dividing: a / b ≥ c is a ≥ c × b where b is above nothing, exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, Inexact
from operator import ge, gt
from typing import cast

from incentives.amounts.ranges import Amount, Open
from incentives.engines.native.place import Check, Compiling, Place, Worth
from incentives.engines.native.tables import key_fits
from incentives.engines.native.years import compile_two_years
from incentives.engines.ranges_of_facts import among, beyond
from incentives.language.nodes import Bound, Growth, Literal, Measured, Ratio, Term, TermBound
from incentives.values import EXACT, State

HOLDS, FAILS, MISSING, JUDGEMENT = State.HOLDS, State.FAILS, State.MISSING, State.JUDGEMENT


def compile_measured(form: Measured, making: Compiling) -> Check:
    general = _general(form, making)
    if form.values is not None:
        return _one_of(making.term(form.term), frozenset(form.values), general)
    low, high = _figure(form.low), _figure(form.high)
    if (form.low is not None and low is None) or (form.high is not None and high is None):
        return general
    holds = key_fits(low, high, None)
    match form.term:
        case Ratio(of, to) if _are_decimals(low, high):
            return _without_dividing(_pair(of, to, making), low, high, general)
        case Growth(fact, year, _, years) if _are_decimals(low, high):
            # (this − before) / before ≥ c is this / before ≥ 1 + c
            return _without_dividing(compile_two_years(fact, year, years), _onto_one(low), _onto_one(high), general)
    term = making.term(form.term)

    def state(place: Place) -> State:
        value = term(place)
        if type(value) is Open:
            return general(place)
        return HOLDS if holds(value) else FAILS

    return state


def _one_of(term: Worth, values: frozenset[object], general: Check) -> Check:
    def state(place: Place) -> State:
        value = term(place)
        if type(value) is Open:
            return general(place)
        return HOLDS if value in values else FAILS

    return state


def _figure(end: TermBound | None) -> Bound | None:
    """An end that is written out; None where there is none, or it is worked out."""
    return Bound(end.of.value, end.inclusive) if end is not None and isinstance(end.of, Literal) else None


def _are_decimals(*ends: Bound | None) -> bool:
    return all(end is None or isinstance(end.value, Decimal) for end in ends)


def _onto_one(end: Bound | None) -> Bound | None:
    return None if end is None else Bound(EXACT.add(cast(Decimal, end.value), 1), end.inclusive)


def _pair(of: Term, to: Term, making: Compiling) -> Callable[[Place], tuple[Amount, Amount]]:
    upper, lower = making.number(of), making.number(to)

    def pair(place: Place) -> tuple[Amount, Amount]:
        divisor = lower(place)
        return upper(place), divisor

    return pair


def _without_dividing(
    pair: Callable[[Place], tuple[Amount, Amount]], low: Bound | None, high: Bound | None, general: Check
) -> Check:
    least, above = (None, ge) if low is None else (cast(Decimal, low.value), ge if low.inclusive else gt)
    most, below = (None, ge) if high is None else (cast(Decimal, high.value), ge if high.inclusive else gt)
    multiply = EXACT.multiply

    def state(place: Place) -> State:
        of, to = pair(place)
        if type(of) is not Decimal or type(to) is not Decimal or to <= 0:
            return general(place)
        try:
            holds = (least is None or above(of, multiply(least, to))) and (
                most is None or below(multiply(most, to), of)
            )
        except Inexact:
            return general(place)  # more digits than that arithmetic holds
        return HOLDS if holds else FAILS

    return state


def _general(form: Measured, making: Compiling) -> Check:
    """A term against its ends, any of them open: open where what is not known could go both ways."""
    term, values = making.term(form.term), form.values
    low = making.term(form.low.of) if form.low is not None else None
    high = making.term(form.high.of) if form.high is not None else None
    low_inside = form.low is not None and form.low.inclusive
    high_inside = form.high is not None and form.high.inclusive
    judged = form.judgement is not None

    def state(place: Place) -> State:
        value = term(place)
        found = [value]
        sides: list[bool | None]
        if values is not None:
            sides = [among(value, values) if isinstance(value, Open) else value in values]
        else:
            sides = []
            if low is not None:
                least = low(place)
                found.append(least)
                sides.append(beyond(value, least, low_inside))
            if high is not None:
                most = high(place)
                found.append(most)
                sides.append(beyond(most, value, high_inside))
        if False in sides:
            return FAILS
        if None not in sides:
            return HOLDS
        # What is judged is the value; an end that is not known is a fact that somebody can give.
        data = found[1:] if judged else found
        waiting = any(isinstance(one, Open) and one.state is MISSING for one in data)
        return MISSING if waiting else JUDGEMENT

    return state
