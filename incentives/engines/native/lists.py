"""Terms over the items of a list compiled, and what the ledger holds. Imports nodes and amounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from incentives.amounts import ranges
from incentives.amounts.ranges import INFINITE, Amount, Open
from incentives.engines.native.place import Check, Compiling, Place, Sized, Worth
from incentives.engines.ranges_of_facts import Found, number, over_some
from incentives.facts.profile import Item
from incentives.facts.types import Value
from incentives.facts.vocabulary import Fact
from incentives.language.nodes import CountItems, Granted, How, OverItems
from incentives.values import ZERO, State


def compile_over_items(term: OverItems, making: Compiling) -> Worth:
    where = making.check(term.where) if term.where is not None else None
    return _over_items(term.how, term.entity.id, making.number(term.of), where)


def compile_count(term: CountItems, making: Compiling) -> Worth:
    where = making.check(term.where) if term.where is not None else None
    return _over_items(How.SUM, term.entity.id, lambda _: 1, where)


_BLANK = Item("", "", {})


def _over_items(how: How, entity: str, of: Sized, where: Check | None) -> Worth:
    def worth(place: Place) -> Found:
        places = place.items_of(entity)
        if places is None:
            return absent(place)
        if where is None:
            return over_some(how, [of(item) for item in places], ())
        certain: list[Amount] = []
        perhaps: list[tuple[State, Amount]] = []
        awaited = place.awaited
        for item in places:
            item.awaited = awaited  # another that goes through the same list may have asked otherwise
            state = where(item)
            if state is State.HOLDS:
                certain.append(of(item))
            elif state is not State.FAILS:
                perhaps.append((state, of(item)))
        return over_some(how, certain, perhaps)

    def absent(place: Place) -> Open:
        """A sum over any number of items; of none nothing else is defined."""
        if how is not How.SUM:
            return Open(State.MISSING)
        low, high = ranges.ends(of(place.at_item(_BLANK)))
        return Open(State.MISSING, -INFINITE if low < 0 else 0, INFINITE if high > 0 else 0)

    return worth


def compile_granted(term: Granted) -> Worth:
    """What the ledger holds under some clauses; more, where it does not cover all the years that count."""
    entity, amount_fact = term.entity.id, term.entity.facts["amount"]
    more = Open(State.MISSING, ZERO)
    counts, covered = _counts(term), _covered(term)

    def worth(place: Place) -> Found:
        places = place.items_of(entity)
        if places is None:
            return more
        certain: list[Amount] = []
        perhaps: list[tuple[State, Amount]] = []
        for entry in places:
            is_grant = counts(entry, place)
            if is_grant is False:
                continue
            value = entry.own("amount")
            if value is None:
                entry.await_fact(amount_fact)
            amount: Amount = more if value is None else number(value)
            if is_grant:
                certain.append(amount)
            else:
                perhaps.append((State.MISSING, amount))
        if not covered(place):
            perhaps.append((State.MISSING, more))
        return over_some(How.SUM, certain, perhaps)

    return worth


def compile_years_granted(term: Granted) -> Worth:
    """In how many years before this one the ledger shows a grant; in any number, where it is not complete."""
    entity, year_fact = term.entity.id, term.entity.facts["year"]
    counts, covered = _counts(term), _covered(term)

    def worth(place: Place) -> Found:
        places = place.items_of(entity)
        if places is None:
            return Open(State.MISSING, 0)
        states: dict[int, bool] = {}
        undated = 0
        for entry in places:
            is_grant = counts(entry, place)
            if is_grant is False:
                continue
            year = entry.own("year")
            if not isinstance(year, int):
                entry.await_fact(year_fact)
                undated += 1
            elif year < place.year:
                states[year] = states.get(year, False) or is_grant is True
        least = sum(states.values())
        if not covered(place):
            return Open(State.MISSING, least)
        most = len(states) + undated
        return least if most == least else Open(State.MISSING, least, most)

    return worth


def compile_years_since_granted(term: Granted) -> Worth:
    """How many years this one comes after the first with a grant: 0 without one, more where there may be one."""
    entity, year_fact, founded = term.entity.id, term.entity.facts["year"], term.founded
    counts, covered = _counts(term), _covered(term)

    def furthest(place: Place) -> int:
        since = place.company(founded.id) if founded is not None else None
        first = max(term.first_year, since.year) if isinstance(since, date) else term.first_year
        return max(place.year - first, 0)

    def worth(place: Place) -> Found:
        entries = place.items_of(entity)
        if entries is None:
            return Open(State.MISSING, 0, furthest(place))
        certain, possible = [0], [0]
        for entry in entries:
            is_grant = counts(entry, place)
            if is_grant is False:
                continue
            year = entry.own("year")
            if not isinstance(year, int):
                entry.await_fact(year_fact)
                possible.append(furthest(place))
            else:
                (certain if is_grant else possible).append(place.year - year)
        if not covered(place):
            possible.append(furthest(place))
        least = max(certain)
        most = max(least, *possible)
        return least if most == least else Open(State.MISSING, least, most)

    return worth


def compile_times_granted(term: Granted) -> Worth:
    """How many grants the ledger shows; any number more, where it is not complete."""
    entity, counts, covered = term.entity.id, _counts(term), _covered(term)

    def worth(place: Place) -> Found:
        entries = place.items_of(entity)
        if entries is None:
            return Open(State.MISSING, 0)
        least = most = 0
        for entry in entries:
            is_grant = counts(entry, place)
            least += is_grant is True
            most += is_grant is not False
        if not covered(place):
            return Open(State.MISSING, least)
        return least if most == least else Open(State.MISSING, least, most)

    return worth


def _counts(term: Granted) -> Callable[[Place, Place], bool | None]:
    """Whether an entry of the ledger counts at a place; None where it does not say enough, or no item is named."""
    facts = term.entity.facts
    wanted: list[tuple[Fact, Callable[[Value, Place], bool]]] = [
        (facts["policy"], lambda policy, _: policy == term.policy),
        (facts["clause"], lambda clause, _: clause in term.clauses),
    ]
    if term.this_year:
        wanted.append((facts["year"], lambda year, place: year == place.year))
    if term.for_item is not None:
        wanted.append((facts["matter"], lambda matter, place: matter in place.names or not any(place.names)))

    def counts(entry: Place, place: Place) -> bool | None:
        gaps: list[Fact] = []
        for fact, fits in wanted:
            value = entry.own(fact.id)
            if value is None:
                gaps.append(fact)
            elif not fits(value, place):
                return False
        for fact in gaps:
            entry.await_fact(fact)
        return None if gaps or (term.for_item is not None and not any(place.names)) else True

    return counts


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
