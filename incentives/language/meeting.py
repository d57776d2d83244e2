"""In how many places of a condition or an amount each fact is read. Imports the nodes and what they read.

Where a value is read in two places, an interval that is put together place by place can be wider than need be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from incentives.facts.vocabulary import Entity, Fact
from incentives.language import nodes
from incentives.language.keys import apart, by_one_fact, key_of, one_sided
from incentives.language.nodes import Condition, Form, Row, Term
from incentives.language.reads import below, everything_in, read_by
from incentives.records import NamedTuple


class Read(NamedTuple):
    """A fact that is read: of a yearly one, the years from `first` to `last`; None where there is no such end.

    With `in_list` it is read of every item of a list that is gone through, else of the company or the item at hand.
    """

    entity: str
    fact: str
    first: int | None
    last: int | None
    in_list: bool


Times = Mapping[Read, int]
"""In how many places each is read; 2 stands for more as well."""


class Readings:
    """Counts the places of a policy in which facts are read, for applications of one year.

    `several` are the lists with more than one item: what is not the item's own is read again for each.
    """

    def __init__(self, year: int, several: frozenset[str]) -> None:
        self._year = year
        self._several = several
        # By identity: a definition is one and the same object wherever it is named.
        self._known: dict[int, Times] = {}

    def of(self, part: Condition | Term) -> Times:
        """In how many places of a condition or term each fact is read, wherever it is named."""
        found = self._known.get(id(part))
        if found is None:
            found = self._known[id(part)] = self._count(part, part.form if isinstance(part, Condition) else part)
        return found

    def _count(self, part: Condition | Term, form: Form | Term) -> Times:
        match form:
            case nodes.Literal():
                return {}
            case nodes.Within() | nodes.Equals() | nodes.OneOf() | nodes.IncludesAny() | nodes.StartsWith():
                return {Read(form.fact.entity, form.fact.id, None, None, False): 1}
            case nodes.Items(_, entity, where):
                return self._in_list(entity, [where])
            case nodes.CountItems(entity, where):
                return self._in_list(entity, [] if where is None else [where])
            case nodes.OverItems(_, entity, of, where):
                return self._in_list(entity, [of] if where is None else [of, where])
            case nodes.Table(_, by, _, rows, otherwise):
                given = [row.gives for row in rows]
                key = key_of(form)
                if key is not None and _tight(rows, otherwise, key.fact):
                    # A row is worked out with the key in that row: both are one reading.
                    return self._one_of([by, *given], otherwise)
                return together([self.of(by), self._one_of(given, otherwise)])
            case nodes.Cases(_, rows, otherwise):
                table = by_one_fact(form)
                if table is not None:
                    return self._count(table, table)
                asked = [self.of(case.when) for case in rows]
                return together([*asked, self._one_of([case.gives for case in rows], otherwise)])
            case _:
                return together([self._own(part, form), *(self.of(inside) for inside in below(part))])

    def _own(self, part: Condition | Term, form: Form | Term) -> Times:
        """What one node reads itself."""
        facts = [read for read in read_by(part) if isinstance(read, Fact)]
        if not facts:
            return {}
        if isinstance(form, nodes.Growth) and form.over > 1:
            of, this = form.fact, form.year.at(self._year)
            return {Read(of.entity, of.id, year, year, False): 1 for year in (this - form.over, this)}
        first, last = self._years(form)
        ledger = form.entity.id if isinstance(form, nodes.Granted) else None
        return {Read(fact.entity, fact.id, first, last, fact.entity == ledger): 1 for fact in facts}

    def _years(self, form: Form | Term) -> tuple[int | None, int | None]:
        match form:
            case nodes.YearValue(_, year):
                return year.at(self._year), year.at(self._year)
            case nodes.Growth(_, year) | nodes.Increase(_, year) | nodes.GrowthSlices(_, year):
                return year.at(self._year) - 1, year.at(self._year)
            case nodes.OverYears(_, _, first, last):
                return None if first is None else first.at(self._year), last.at(self._year)
            case _:
                return None, None

    def _in_list(self, entity: Entity, parts: Iterable[Condition | Term]) -> Times:
        """What is read at every item of a list."""
        found: list[Times] = []
        for read, times in together(self.of(part) for part in parts).items():
            of_item = read.entity == entity.id and not read.in_list
            again = entity.id in self._several and not of_item
            found.append({read._replace(in_list=read.in_list or of_item): 2 if again else times})
        return together(found)

    def _one_of(self, given: Iterable[Term], otherwise: Term | None) -> Times:
        """What is read where one of several terms counts."""
        most: dict[Read, int] = {}
        for term in (*given, *(() if otherwise is None else (otherwise,))):
            for read, times in self.of(term).items():
                most[read] = max(times, most.get(read, 0))
        return most


def _tight(rows: Sequence[Row], otherwise: Term | None, key: Fact) -> bool:
    """Whether each row counts on one stretch of the key, and what holds past them as well where it reads the key."""
    return apart(rows) and (otherwise is None or one_sided(rows) or key not in _read_in(otherwise))


def _read_in(term: Term) -> set[object]:
    return {read for part in everything_in(term) for read in read_by(part)}


def together(parts: Iterable[Times]) -> Times:
    """What is read in several parts."""
    some = [part for part in parts if part]
    if len(some) == 1:
        return some[0]
    found: dict[Read, int] = {}
    for part in some:
        for read, times in part.items():
            found[read] = min(2, found.get(read, 0) + times)
    return found
