"""What the ledger says was granted before. Imports the nodes, subjects and the lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from incentives.amounts.ranges import Amount, Open
from incentives.engines.ranges_of_facts import Found, number, over_some
from incentives.engines.subjects import Subject, at_item, await_fact, await_list, known
from incentives.engines.terms.lists import items_of
from incentives.facts.ledger import LEDGER_MATTER, LEDGER_TIER
from incentives.facts.profile import Item
from incentives.facts.types import Value
from incentives.language.nodes import Granted, How
from incentives.values import ZERO, State


def granted(term: Granted, subject: Subject) -> Found:
    """What the ledger holds under some clauses; more, where it does not cover all the years that count."""
    items = items_of(term.entity, subject)
    if items is None:
        await_list(term.entity, subject)
        return Open(State.MISSING, ZERO)
    known_grants: list[Amount] = []
    perhaps: list[tuple[State, Amount]] = []
    for item in items:
        counts = _is_grant(item, term, subject)
        if counts is False:
            continue
        value = known(term.entity.facts["amount"], at_item(subject, term.entity.id, item))
        amount: Amount = Open(State.MISSING, ZERO) if value is None else number(value)
        if counts:
            known_grants.append(amount)
        else:
            perhaps.append((State.MISSING, amount))
    if not _covered(term, subject):
        perhaps.append((State.MISSING, Open(State.MISSING, ZERO)))
    return over_some(How.SUM, known_grants, perhaps)


def years_granted(term: Granted, subject: Subject) -> Found:
    """In how many years before this one the ledger shows a grant; in any number, where it is not complete."""
    items = items_of(term.entity, subject)
    if items is None:
        await_list(term.entity, subject)
        return Open(State.MISSING, 0)
    certain: set[int] = set()
    perhaps: set[int] = set()
    undated = 0
    for item in items:
        counts = _is_grant(item, term, subject)
        if counts is False:
            continue
        year = known(term.entity.facts["year"], at_item(subject, term.entity.id, item))
        if not isinstance(year, int):
            undated += 1
        elif year < subject.on.year:
            (certain if counts else perhaps).add(year)
    if not _covered(term, subject):
        return Open(State.MISSING, len(certain))
    most = len(certain | perhaps) + undated
    return most if most == len(certain) else Open(State.MISSING, len(certain), most)


def years_since_granted(term: Granted, subject: Subject) -> Found:
    """How many years this one comes after the first with a grant: 0 without one, more where there may be one.

    A grant that the ledger may lack can be of any year since the policy began or, later, the company was founded.
    """
    items = items_of(term.entity, subject)
    if items is None:
        await_list(term.entity, subject)
        return Open(State.MISSING, 0, _years_back(term, subject))
    least, most = 0, 0
    for item in items:
        counts = _is_grant(item, term, subject)
        if counts is False:
            continue
        year = known(term.entity.facts["year"], at_item(subject, term.entity.id, item))
        back = max(subject.on.year - year, 0) if isinstance(year, int) else None
        least = max(least, back or 0) if counts else least
        most = max(most, _years_back(term, subject) if back is None else back)
    if not _covered(term, subject):
        most = max(most, _years_back(term, subject))
    return least if least == most else Open(State.MISSING, least, most)


def _years_back(term: Granted, subject: Subject) -> int:
    """How many years ago the first grant can have been."""
    founded = known(term.founded, subject._replace(awaited=None)) if term.founded is not None else None
    first = max(term.first_year, founded.year if isinstance(founded, date) else term.first_year)
    return max(subject.on.year - first, 0)


def times_granted(term: Granted, subject: Subject) -> Found:
    """How many grants the ledger shows; more, where it does not cover all the years that count."""
    items = items_of(term.entity, subject)
    if items is None:
        await_list(term.entity, subject)
        return Open(State.MISSING, 0)
    found = [_is_grant(item, term, subject) for item in items]
    certain, perhaps = found.count(True), found.count(None)
    if not _covered(term, subject):
        return Open(State.MISSING, certain)
    return Open(State.MISSING, certain, certain + perhaps) if perhaps else certain


def _is_grant(item: Item, term: Granted, subject: Subject) -> bool | None:
    """Whether an entry of the ledger counts; None where it does not say enough, or may be for an item of no name."""
    wanted: dict[str, Callable[[Value], bool]] = {
        "policy": lambda policy: policy == term.policy,
        "clause": lambda clause: clause in term.clauses,
    }
    if term.this_year:
        wanted["year"] = lambda year: year == subject.on.year
    names = (subject.item.key, subject.item.name) if subject.item is not None else ()
    if term.for_item is not None and any(names):
        wanted[LEDGER_MATTER] = lambda matter: matter in names
    if term.tier is not None:
        wanted[LEDGER_TIER] = lambda tier: tier == term.tier
    values = {fact: item.values.get(fact) for fact in wanted}
    if any(value is not None and not wanted[fact](value) for fact, value in values.items()):
        return False
    gaps = [fact for fact, value in values.items() if value is None]
    for fact in gaps:
        await_fact(term.entity.facts[fact], at_item(subject, term.entity.id, item))
    return None if gaps or (term.for_item is not None and not any(names)) else True


def _covered(term: Granted, subject: Subject) -> bool:
    """Whether the ledger is complete from the first year on in which something could have been granted.

    That is the policy's or, where it is later, the year in which the company was founded. Where the ledger does not
    reach the one and the other is not known, it is asked for that alone: how far the ledger reaches was said.
    """
    begins = known(term.ledger_from, subject)
    if not isinstance(begins, int):
        return False
    if begins <= (subject.on.year if term.this_year else term.first_year):
        return True
    founded = known(term.founded, subject) if term.founded is not None else None
    if isinstance(founded, date) and begins <= founded.year:
        return True
    if term.founded is None or founded is not None:
        await_fact(term.ledger_from, subject)
    return False
