"""What tests, definitions and parts of them came to in the trials of one advice, each found once. Imports trials.

Trials can be of several clauses and items, and of profiles with other items. What something comes to hangs on nothing
but what it looks at: what the profile says of that, what is supposed of it, the day, and the item at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from incentives.advice.contents import Looking
from incentives.advice.trial import DAY, Trial
from incentives.decision.result import MissingFact
from incentives.engines.atoms import opposite
from incentives.engines.ranges_of_facts import Found
from incentives.engines.subjects import CameTo, WorkedOut
from incentives.facts.places import Place
from incentives.facts.profile import Profile
from incentives.facts.vocabulary import COMPANY, Fact
from incentives.language.nodes import (
    All,
    AnyOf,
    ApplicationDay,
    AtLeast,
    Condition,
    Defined,
    Elapsed,
    Granted,
    Holds,
    ItemExists,
    Not,
    Term,
)
from incentives.language.reads import everything_in, read_by
from incentives.language.walks import children, walk
from incentives.values import State

MOST_KEPT = 50_000
"""What is kept of each kind; all of it is forgotten where it would be more."""

Part = Condition | Term

Some = frozenset[object]
"""What is supposed of all that something looks at."""

Mark = int
"""Stands for something at an item, on a day, and for all that a profile says of what it looks at."""


class Sight(NamedTuple):
    """What a test or a definition looks at: facts, paired with their entities, lists, and the day of application.

    `looking` is where in a profile it looks at all: also at items of lists, or whether there are any. `own` is of how
    many parts it is made but for those of definitions, `defined` of how many of these.
    """

    facts: frozenset[tuple[str, str]]
    lists: frozenset[str]
    day: bool
    looking: Looking
    own: int
    defined: int

    def has(self, place: Place) -> bool:
        """Whether it looks at a place."""
        if place == DAY:
            return self.day
        if place.fact is None:
            return place.entity in self.lists
        return (place.entity, place.fact) in self.facts


class Tests(NamedTuple):
    """The tests that a condition joins, and the definitions that they look up.

    `best` is, of those that can only help one way, with which answer each does.
    """

    tests: tuple[Condition, ...]
    best: Mapping[str, State]
    definitions: tuple[Part, ...]


@dataclass(slots=True)
class Findings:
    """What was found for one profile, and for others that differ little from it."""

    profile: Profile
    states: dict[tuple[Mark, Some], State] = field(default_factory=dict)
    parts: dict[tuple[Mark, object, Some], Found | State] = field(default_factory=dict)
    waits: dict[tuple[Mark, Some], tuple[MissingFact, ...]] = field(default_factory=dict)
    _definitions: dict[tuple[Mark, Some], dict[object, CameTo]] = field(default_factory=dict)
    _marks: dict[tuple[object, ...], Mark] = field(default_factory=dict)
    _sights: dict[int, tuple[Part, Sight]] = field(default_factory=dict)
    """With each part itself, so that no other can come to have its identity."""
    _tests: dict[int, tuple[Condition, Tests]] = field(default_factory=dict)

    def tests_of(self, condition: Condition) -> Tests:
        """What a clause's condition is made of."""
        if id(condition) not in self._tests:
            self._tests[id(condition)] = (condition, _tests_of(condition))
        return self._tests[id(condition)][1]

    def sight(self, of: Part) -> Sight:
        """What a test, a definition or a part of one looks at."""
        if id(of) not in self._sights:
            self._sights[id(of)] = (of, _sight_of(of))
        return self._sights[id(of)][1]

    def mark(self, of: Part, trial: Trial, *, at_its_item: bool) -> Mark:
        """Stands for all that a part can look at in a trial; `at_its_item` where it is held against the item."""
        looking, each = self.sight(of).looking, trial.clause.for_each
        own = (each.id, trial.item) if at_its_item and each is not None and each.id in looking.lists else None
        key = (id(of), trial.on, own, looking.contents(trial.profile, self.profile))
        return self._marks.setdefault(key, len(self._marks))

    def make_room(self) -> None:
        """Forget what was found, where it has become much."""
        for kept in (self.states, self.parts, self.waits, self._definitions):
            if len(kept) > MOST_KEPT:
                kept.clear()

    def recalled(self, marks: Mapping[int, Mark], asked: Mapping[int, Some]) -> Recalled:
        """What definitions, by their identities, come to where some of what they look at is supposed."""
        return Recalled(self._definitions, marks, asked)


class Recalled(WorkedOut):
    """What definitions came to before, and under one supposition come to now."""

    __slots__ = ("_asked", "_kept", "_marks", "_of")

    def __init__(
        self,
        kept: dict[tuple[Mark, Some], dict[object, CameTo]],
        marks: Mapping[int, Mark],
        asked: Mapping[int, Some],
    ) -> None:
        super().__init__()
        self._kept = kept
        self._marks = marks
        self._asked = asked
        self._of: dict[int, dict[object, CameTo]] = {}

    def find(self, key: tuple[int, object]) -> CameTo | None:
        return self._among(key[0]).get(key)

    def keep(self, key: tuple[int, object], found: CameTo) -> None:
        self._among(key[0])[key] = found

    def _among(self, definition: int) -> dict[object, CameTo]:
        found = self._of.get(definition)
        if found is None:
            some = (self._marks[definition], self._asked.get(definition, frozenset()))
            found = self._of[definition] = self._kept.setdefault(some, {})
        return found


def defined_by(part: Part) -> Part | None:
    """What the name stands for that a part is; None where it is none."""
    if isinstance(part, Condition):
        return part.form.of if isinstance(part.form, Holds) else None
    return part.of if isinstance(part, Defined) else None


def _tests_of(condition: Condition) -> Tests:
    tests = tuple(node for node in walk(condition) if not isinstance(node.form, All | AnyOf | AtLeast | Not | Holds))
    definitions = {
        id(of): of for test in tests for part in everything_in(test) if (of := defined_by(part)) is not None
    }
    return Tests(tests, dict(_best(condition)), tuple(definitions.values()))


def _best(condition: Condition) -> Iterator[tuple[str, State]]:
    """Each test below a condition that it never gains by failing, or never by holding, with the other answer."""
    wanted: dict[str, set[State]] = {}
    waiting = [(condition, State.HOLDS)]
    while waiting:
        node, answer = waiting.pop()
        if answer in wanted.setdefault(node.id, set()):
            continue
        wanted[node.id].add(answer)
        below = opposite(answer) if isinstance(node.form, Not) else answer
        waiting += [(child, below) for child in children(node)]
    yield from ((name, answers.pop()) for name, answers in wanted.items() if len(answers) == 1)


def _sight_of(part: Part) -> Sight:
    facts: set[tuple[str, str]] = set()
    lists: set[str] = set()
    at_items: set[str] = set()
    day = False
    parts = tuple(everything_in(part))
    for one in parts:
        day |= isinstance(one, ApplicationDay) or (isinstance(one, Elapsed) and one.until is None)
        at_items |= set(_items_at(one))
        for read in read_by(one):
            if isinstance(read, Fact):
                facts.add((read.entity, read.id))
            else:
                lists.add(read.id)
    defined = {id(one) for of in map(defined_by, parts) if of is not None for one in everything_in(of)}
    of_company = sorted(fact for entity, fact in facts if entity == COMPANY)
    looked_into = ({entity for entity, _ in facts} | lists | at_items) - {COMPANY}
    looking = Looking(tuple(of_company), tuple(sorted(looked_into)))
    return Sight(frozenset(facts), frozenset(lists), day, looking, len(parts) - len(defined), len(defined))


def _items_at(part: Part) -> Iterator[str]:
    """The entities whose items a part looks at, whatever facts it reads of them."""
    match part.form if isinstance(part, Condition) else part:
        case ItemExists(entity):
            yield entity.id
        case Granted(for_item=str() as entity):
            yield entity
        case Defined(entity=entity):
            yield entity
        case _:
            pass
    if isinstance(part, Condition):
        yield part.entity
