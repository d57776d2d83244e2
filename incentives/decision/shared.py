"""The missing facts of a policy that are read in two places. Imports rows, results and what the language reads.

For their sake an interval can be wider than any completion reaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incentives.decision.limits import OpenRule
from incentives.decision.result import Determination, MissingFact, award_node
from incentives.engines.rows import Row
from incentives.engines.subjects import Subject
from incentives.facts.vocabulary import COMPANY
from incentives.language.meeting import Read, Readings, Times, together
from incentives.language.model import Policy
from incentives.language.nodes import Condition
from incentives.language.walks import children
from incentives.records import NamedTuple


class Place(NamedTuple):
    """What is read in one place that waits for something: at an item, or about the company where it is None."""

    item: str | None
    times: Times


def read_twice(
    policy: Policy,
    found: Iterable[tuple[Row, Determination]],
    limits: Iterable[OpenRule],
    missing: Sequence[MissingFact],
    company: Subject,
) -> tuple[MissingFact, ...]:
    """Those of the missing facts of which a value is read twice by what waits for it, or for each of two items.

    What every clause asks for in common is read once for all of them, and `limits` once each.
    """
    if not missing:
        return ()
    several = frozenset(entity for entity, items in company.profile.lists.items() if len(items) > 1)
    readings = Readings(company.on.year, several)
    places = [Place(limit.item, readings.of(limit.term)) for limit in limits]
    common: Times = {}
    for row, determination in found:
        if not determination.missing:
            continue
        condition = _Open(policy, row, readings)
        item = row.subject.item.key if row.subject.item is not None else None
        places.append(Place(item, condition.times(row.clause.condition)))
        common = common or condition.common
        places.append(Place(item, _of_award(row, determination, readings)))
    places.append(Place(None, common))
    return tuple([fact for fact in missing if fact.fact is not None and _most(fact, places) > 1])


class _Open:
    """What the open parts of a row's condition read; what all clauses ask in common is kept apart."""

    def __init__(self, policy: Policy, row: Row, readings: Readings) -> None:
        self._common = policy.common
        self._states = row.states
        self._readings = readings
        self._clause = row.clause
        self._known: dict[str, Times] = {}
        self.common: Times = {}

    def times(self, node: Condition) -> Times:
        if node is self._common:
            self.common = self._inside(node)
            return {}
        return self._inside(node)

    def _inside(self, node: Condition) -> Times:
        found = self._known.get(node.id)
        if found is None:
            found = self._known[node.id] = self._of_node(node)
        return found

    def _of_node(self, node: Condition) -> Times:
        if not self._states[node.id].unknown or self._clause.is_of_award(node):
            return {}  # that a tier is reached is read where the award is worked out, and with it
        parts = children(node)
        return together(self.times(part) for part in parts) if parts else self._readings.of(node)


def _of_award(row: Row, determination: Determination, readings: Readings) -> Times:
    """What the amount reads of the facts that it waits for."""
    node = award_node(row.clause.id)
    waited = {(fact.entity, fact.fact) for fact in determination.missing if node in fact.nodes}
    if not waited:
        return {}
    times = readings.of(row.clause.award.amount)
    return {read: count for read, count in times.items() if (read.entity, read.fact) in waited}


def _most(fact: MissingFact, places: Iterable[Place]) -> int:
    """In how many places a value of the fact is read, whichever it is; of a yearly one each year is a value."""
    reads = [
        (read, times)
        for place in places
        for read, times in place.times.items()
        if (read.entity, read.fact) == (fact.entity, fact.fact) and _is_read_at(place, read, fact)
    ]
    if not fact.years:
        return sum(times for _, times in reads)
    return max(sum(times for read, times in reads if _covers(read, year)) for year in fact.years)


def _is_read_at(place: Place, read: Read, fact: MissingFact) -> bool:
    item = fact.item.key if fact.item is not None else None
    return read.in_list or read.entity == COMPANY or place.item == item


def _covers(read: Read, year: int) -> bool:
    return (read.first is None or read.first <= year) and (read.last is None or year <= read.last)
