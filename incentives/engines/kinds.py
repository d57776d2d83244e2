"""Of which kind the items of awards are, where stacking rules go by that. Imports clashes, terms and subjects.

A rule can hold for the items of each kind by themselves (同类荣誉就高): what they share are words, a fact of the item
or a definition worked out for it. Words that are not known are all that they can still be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from incentives.amounts.ranges import Open
from incentives.engines.atoms import passes
from incentives.engines.clashes import Candidate
from incentives.engines.subjects import Presence, Subject, subjects
from incentives.engines.terms.evaluate import evaluate
from incentives.language.model import Choosing, Policy
from incentives.language.nodes import Defined, FactValue, Term
from incentives.records import NamedTuple


class Kind(NamedTuple):
    """What the item of an award is told by, under one rule.

    `words` are those it can be, one where it is known; None for any words at all. `term` is what tells it, at
    `place`: the fact or definition `name`. `several` marks what stands for any number of items.
    """

    rule: str
    name: str
    words: frozenset[str] | None
    term: Term
    place: Subject
    several: bool

    @property
    def known(self) -> str | None:
        """The words, where they are known."""
        return next(iter(self.words)) if self.words is not None and len(self.words) == 1 else None


KindsOf = Mapping[tuple[str, str], tuple[Kind, ...]]
"""The kinds of awards by their clause and the key of their item, under each rule that goes by kinds."""


def kinds_of(policy: Policy, company: Subject) -> KindsOf:
    """The kind of every item that a rule looks at; nothing where no rule goes by kinds."""
    rules = [rule for rule in policy.rules if isinstance(rule, Choosing) and rule.same]
    if not rules:
        return {}
    found: dict[tuple[str, str], tuple[Kind, ...]] = {}
    for clause in policy.clauses:
        terms = [(rule.id, term) for rule in rules for name, term in rule.same if name == clause.id]
        for place in subjects(clause, company) if terms else ():
            key = place.item.key if place.item is not None else ""
            found[clause.id, key] = tuple(_kinds(terms, place))
    return found


def _kinds(terms: list[tuple[str, Term]], place: Subject) -> Iterator[Kind]:
    several = place.presence is not Presence.PRESENT
    for rule, term in terms:
        worth = evaluate(term, place, passes)
        if not isinstance(worth, Open):
            words: frozenset[str] | None = frozenset({str(worth)})
        else:
            words = None if worth.among is None else frozenset(map(str, worth.among))
        yield Kind(rule, _name(term), words, term, place, several)


def _name(term: Term) -> str:
    match term:
        case FactValue(fact):
            return fact.id
        case Defined(id):
            return id
        case _:
            raise TypeError(f"items are told by a name, not by {term!r}")


def with_kinds(found: Sequence[Candidate], kinds: KindsOf) -> Sequence[Candidate]:
    """The candidates with the kinds of their items, where rules go by them."""
    if not kinds:
        return found
    return [
        one._replace(kinds=tuple([(kind.rule, kind.words) for kind in kinds.get((one.clause, one.item), ())]))
        for one in found
    ]
