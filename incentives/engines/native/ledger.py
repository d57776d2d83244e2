"""What the ledger holds, compiled: amounts, years and times of what was granted before. Imports nodes and amounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from incentives.amounts.ranges import Amount, Open
from incentives.engines.native.place import Place, Worth
from incentives.engines.ranges_of_facts import Found, number, over_some
from incentives.facts.ledger import LEDGER_KIND
from incentives.facts.types import Value
from incentives.facts.vocabulary import Fact
from incentives.language.nodes import Granted, How
from incentives.values import ZERO, State


def compile_granted(term: Granted, kind: Worth | None) -> Worth:
    """What the ledger holds under some clauses; more, where it does not cover all the years that count."""
    amount_fact, more = term.entity.facts["amount"], Open(State.MISSING, ZERO)
    counting, covered = _counting(term, kind), _covered(term)

    def worth(place: Place) -> Found:
        entries = counting(place)
        if entries is None:
            return more
        certain: list[Amount] = []
        perhaps: list[tuple[State, Amount]] = []
        for entry, waits in entries:
            value = entry.own("amount")
            if value is None:
                entry.await_fact(amount_fact)
            amount: Amount = more if value is None else number(value)
            if waits is None:
                certain.append(amount)
            else:
                perhaps.append((waits, amount))
        if not covered(place):
            perhaps.append((State.MISSING, more))
        return over_some(How.SUM, certain, perhaps)

    return worth


def compile_years_granted(term: Granted, kind: Worth | None) -> Worth:
    """In how many years before this one the ledger shows a grant; in any number, where it is not complete."""
    year_fact, counting, covered = term.entity.facts["year"], _counting(term, kind), _covered(term)

    def worth(place: Place) -> Found:
        entries = counting(place)
        if entries is None:
            return Open(State.MISSING, 0)
        states: dict[int, bool] = {}
        dated = True
        undated = 0
        for entry, waits in entries:
            year = entry.own("year")
            if not isinstance(year, int):
                entry.await_fact(year_fact)
                undated, dated = undated + 1, False
            elif year < place.year:
                states[year] = states.get(year, False) or waits is None
        least = sum(states.values())
        if not covered(place):
            return Open(State.MISSING, least)
        most = len(states) + undated
        return least if most == least else Open(_open(entries, dated), least, most)

    return worth


def compile_years_since_granted(term: Granted, kind: Worth | None) -> Worth:
    """How many years this one comes after the first with a grant: 0 without one, more where there may be one."""
    year_fact, founded = term.entity.facts["year"], term.founded
    counting, covered = _counting(term, kind), _covered(term)

    def furthest(place: Place) -> int:
        since = place.company(founded.id) if founded is not None else None
        first = max(term.first_year, since.year) if isinstance(since, date) else term.first_year
        return max(place.year - first, 0)

    def worth(place: Place) -> Found:
        entries = counting(place)
        if entries is None:
            return Open(State.MISSING, 0, furthest(place))
        certain, possible = [0], [0]
        dated = True
        for entry, waits in entries:
            year = entry.own("year")
            if not isinstance(year, int):
                entry.await_fact(year_fact)
                dated = False
            else:
                (certain if waits is None else possible).append(place.year - year)
        complete = covered(place)
        if not (complete and dated):
            possible.append(furthest(place))
        least = max(certain)
        most = max(least, *possible)
        return least if most == least else Open(_open(entries, complete and dated), least, most)

    return worth


def compile_times_granted(term: Granted, kind: Worth | None) -> Worth:
    """How many grants the ledger shows; any number more, where it is not complete."""
    counting, covered = _counting(term, kind), _covered(term)

    def worth(place: Place) -> Found:
        entries = counting(place)
        if entries is None:
            return Open(State.MISSING, 0)
        least = len([waits for _, waits in entries if waits is None])
        if not covered(place):
            return Open(State.MISSING, least)
        return least if len(entries) == least else Open(_open(entries, complete=True), least, len(entries))

    return worth


_Counting = list[tuple[Place, State | None]]
"""Entries that count; with what each waits for that may count."""


def _open(entries: _Counting, complete: bool) -> State:
    """What a count waits for: a person alone, or a fact as well."""
    return State.JUDGEMENT if complete and all(waits is not State.MISSING for _, waits in entries) else State.MISSING


def _counting(term: Granted, kind: Worth | None) -> Callable[[Place], _Counting | None]:
    """The entries that count at a place, at least perhaps; None where nobody gave the ledger."""
    entity, facts, for_item = term.entity.id, term.entity.facts, term.for_item is not None
    wanted: list[tuple[Fact, Callable[[Value, Place], bool]]] = [
        (facts["policy"], lambda policy, _: policy == term.policy),
        (facts["clause"], lambda clause, _: clause in term.clauses),
    ]
    if term.this_year:
        wanted.append((facts["year"], lambda year, place: year == place.year))
    if for_item:
        wanted.append((facts["matter"], lambda matter, place: matter in place.names or not any(place.names)))

    def counts(entry: Place, place: Place) -> bool | State:
        gaps: list[Fact] = []
        for fact, fits in wanted:
            value = entry.own(fact.id)
            if value is None:
                gaps.append(fact)
            elif not fits(value, place):
                return False
        waits = State.MISSING if gaps or (for_item and not any(place.names)) else None
        if kind is not None:
            told, own = entry.own(LEDGER_KIND), kind(place)
            if told is None:
                gaps.append(facts[LEDGER_KIND])
                waits = State.MISSING
            elif not isinstance(own, Open):
                if own != told:
                    return False
            elif own.among is not None and told not in own.among:
                return False
            else:
                waits = waits or own.state
        for fact in gaps:
            entry.await_fact(fact)
        return True if waits is None else waits

    def counting(place: Place) -> _Counting | None:
        places = place.items_of(entity)
        if places is None:
            return None
        found = [(entry, counts(entry, place)) for entry in places]
        return [(entry, None if one is True else one) for entry, one in found if one is not False]

    return counting


def _covered(term: Granted) -> Callable[[Place], bool]:
    """Whether the ledger is complete from the first year on in which something could have been granted."""
    ledger_from, founded = term.ledger_from, term.founded

    def covered(place: Place) -> bool:
        begins = place.company(ledger_from.id)
        if isinstance(begins, int):
            if begins <= (place.year if term.this_year else term.first_year):
                return True
            since = place.company(founded.id) if founded is not None else None
            if isinstance(since, date) and begins <= since.year:
                return True
            if founded is not None and since is None:
                place.await_fact(founded)
                return False
        place.await_fact(ledger_from)
        return False

    return covered
