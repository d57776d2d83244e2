"""What the ledger says was granted before. Imports the nodes, subjects and the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from incentives.amounts.ranges import Amount, Open
from incentives.engines.ranges_of_facts import Found, number, over_some
from incentives.engines.subjects import Subject, at_item, await_fact, await_list, known
from incentives.engines.terms.lists import items_of
from incentives.facts.ledger import EVERY_YEAR, LEDGER_KIND, LEDGER_MATTER, LEDGER_TIER, BackTo
from incentives.facts.profile import Item
from incentives.facts.types import Value
from incentives.language.nodes import Granted, How
from incentives.records import NamedTuple
from incentives.values import ZERO, State

Kind = Callable[[], Found]
"""Tells the kind of the item at hand, where grants for one of the same kind count."""


class Entry(NamedTuple):
    """An entry of the ledger that counts, for certain or, where it `waits` for something, perhaps."""

    item: Item
    waits: State | None


def granted(term: Granted, subject: Subject, kind: Kind) -> Found:
    """What the ledger holds under some clauses; more, where it does not cover all the years that count."""
    entries = _entries(term, subject, kind)
    if entries is None:
        return Open(State.MISSING, ZERO)
    certain: list[Amount] = []
    perhaps: list[tuple[State, Amount]] = []
    for item, waits in entries:
        value = known(term.entity.facts["amount"], at_item(subject, term.entity.id, item))
        amount: Amount = Open(State.MISSING, ZERO) if value is None else number(value)
        if waits is None:
            certain.append(amount)
        else:
            perhaps.append((waits, amount))
    if not _covered(term, subject):
        perhaps.append((State.MISSING, Open(State.MISSING, ZERO)))
    return over_some(How.SUM, certain, perhaps)


def years_granted(term: Granted, subject: Subject, kind: Kind) -> Found:
    """In how many years before this one the ledger shows a grant; in any number, where it is not complete."""
    entries = _entries(term, subject, kind)
    if entries is None:
        return Open(State.MISSING, 0)
    certain: set[int] = set()
    perhaps: set[int] = set()
    undated = 0
    for item, waits in entries:
        year = known(term.entity.facts["year"], at_item(subject, term.entity.id, item))
        if not isinstance(year, int):
            undated += 1
        elif year < subject.on.year:
            (certain if waits is None else perhaps).add(year)
    if not _covered(term, subject):
        return Open(State.MISSING, len(certain))
    most = len(certain | perhaps) + undated
    return most if most == len(certain) else Open(_waiting(entries, undated), len(certain), most)


def years_since_granted(term: Granted, subject: Subject, kind: Kind) -> Found:
    """How many years this one comes after the first with a grant: 0 without one, more where there may be one.

    A grant that the ledger may lack can be of any year since the policy began or, later, the company was founded.
    """
    entries = _entries(term, subject, kind)
    if entries is None:
        return Open(State.MISSING, 0, _years_back(term, subject))
    least, most, undated = 0, 0, 0
    for item, waits in entries:
        year = known(term.entity.facts["year"], at_item(subject, term.entity.id, item))
        if not isinstance(year, int):
            undated += 1
            continue
        back = max(subject.on.year - year, 0)
        most = max(most, back)
        least = max(least, back) if waits is None else least
    covered = _covered(term, subject)
    if undated or not covered:
        most = max(most, _years_back(term, subject))
    state = State.MISSING if not covered else _waiting(entries, undated)
    return least if least == most else Open(state, least, most)


def times_granted(term: Granted, subject: Subject, kind: Kind) -> Found:
    """How many grants the ledger shows; more, where it does not cover all the years that count."""
    entries = _entries(term, subject, kind)
    if entries is None:
        return Open(State.MISSING, 0)
    certain = len([entry for entry in entries if entry.waits is None])
    if not _covered(term, subject):
        return Open(State.MISSING, certain)
    most = len(entries)
    return certain if most == certain else Open(_waiting(entries, 0), certain, most)


def _waiting(entries: Iterable[Entry], undated: int) -> State:
    """What it waits for to know how many count: a fact, or a person alone."""
    states = {entry.waits for entry in entries}
    return State.JUDGEMENT if not undated and State.MISSING not in states else State.MISSING


def _years_back(term: Granted, subject: Subject) -> int:
    """How many years ago the first grant can have been."""
    return max(subject.on.year - _first_year(term, subject), 0)


def _first_year(term: Granted, subject: Subject) -> int:
    """The year from which on something can have been granted: the policy's, or later that of the founding."""
    founded = known(term.founded, subject._replace(awaited=None)) if term.founded is not None else None
    return max(term.first_year, founded.year) if isinstance(founded, date) else term.first_year


def _back_to(term: Granted, subject: Subject) -> BackTo:
    """The first year of which a grant can matter: this one, or where all count that in which one can have been."""
    first = subject.on.year if term.this_year else min(_first_year(term, subject), subject.on.year)
    return first if first > date.min.year else EVERY_YEAR


def _entries(term: Granted, subject: Subject, kind: Kind) -> list[Entry] | None:
    """The entries of the ledger that count, at least perhaps; None where nobody gave it, which is awaited."""
    items = items_of(term.entity, subject)
    if items is None:
        await_list(term.entity, subject, _back_to(term, subject))
        return None
    found = [(item, _is_grant(item, term, subject, kind)) for item in items]
    return [Entry(item, None if counts is True else counts) for item, counts in found if counts is not False]


def _is_grant(item: Item, term: Granted, subject: Subject, kind: Kind) -> bool | State:
    """Whether an entry of the ledger counts; what it waits for where that is not known, as for an item of no name.

    The kind of the item at hand is asked for last: where the rest of the entry leaves it to that.
    """
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
    waits = State.MISSING if gaps or (term.for_item is not None and not any(names)) else None
    if term.same is not None:
        told, own = item.values.get(LEDGER_KIND), kind()
        if told is not None and not can_be(own, told):
            return False
        gaps += [LEDGER_KIND] if told is None else []
        waits = State.MISSING if told is None else waits or (own.state if isinstance(own, Open) else None)
    for fact in gaps:
        await_fact(term.entity.facts[fact], at_item(subject, term.entity.id, item))
    return True if waits is None else waits


def can_be(found: Found, word: Value) -> bool:
    """Whether words that may be open can come out as one of them."""
    if isinstance(found, Open):
        return found.among is None or word in found.among
    return found == word


def _covered(term: Granted, subject: Subject) -> bool:
    """Whether the ledger is complete from the first year on in which something could have been granted.

    That is the policy's or, where it is later, the year in which the company was founded. Where the ledger does not
    reach the one and the other is not known, it is asked for that alone: how far the ledger reaches was said.
    """
    back_to = _back_to(term, subject)
    begins = known(term.ledger_from, subject, back_to)
    if not isinstance(begins, int):
        return False
    if begins <= (subject.on.year if term.this_year else term.first_year):
        return True
    founded = known(term.founded, subject) if term.founded is not None else None
    if isinstance(founded, date) and begins <= founded.year:
        return True
    if term.founded is None or founded is not None:
        await_fact(term.ledger_from, subject, back_to=back_to)
    return False
