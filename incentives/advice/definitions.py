"""What definitions came to under many suppositions, each worked out once for all that it looks at. Imports trials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from incentives.advice.trial import DAY, Supposed
from incentives.engines.subjects import WorkedOut
from incentives.facts.places import Place
from incentives.facts.vocabulary import Fact
from incentives.language.nodes import ApplicationDay, Condition, Defined, Elapsed, Holds, Term
from incentives.language.reads import everything_in, read_by


class Sight(NamedTuple):
    """What a test or a definition looks at: facts, paired with their entities, lists, and the day of application.

    `own` is of how many parts it is made but for those of definitions, `defined` of how many of these.
    """

    facts: frozenset[tuple[str, str]]
    lists: frozenset[str]
    day: bool
    own: int
    defined: int

    def has(self, place: Place) -> bool:
        """Whether it looks at a place."""
        if place == DAY:
            return self.day
        if place.fact is None:
            return place.entity in self.lists
        return (place.entity, place.fact) in self.facts


def sight_of(part: Condition | Term) -> Sight:
    facts: set[tuple[str, str]] = set()
    lists: set[str] = set()
    day = False
    parts = tuple(everything_in(part))
    for one in parts:
        day |= isinstance(one, ApplicationDay) or (isinstance(one, Elapsed) and one.until is None)
        for read in read_by(one):
            if isinstance(read, Fact):
                facts.add((read.entity, read.id))
            else:
                lists.add(read.id)
    defined = {id(one) for of in map(_defined_by, parts) if of is not None for one in everything_in(of)}
    return Sight(frozenset(facts), frozenset(lists), day, len(parts) - len(defined), len(defined))


class Recalled(WorkedOut):
    """What definitions came to under one supposition, of which `asked` says what each looks at.

    The first of them, so many as were `recalled`, are kept already.
    """

    __slots__ = ("asked", "recalled")

    def __init__(self, asked: Mapping[object, frozenset[object]]) -> None:
        super().__init__()
        self.asked = asked
        self.recalled = 0


class Definitions:
    """The definitions of some tests."""

    def __init__(self, tests: Iterable[Condition]) -> None:
        self._sights: dict[int, Sight] = {}
        for of in (of for test in tests for part in everything_in(test) if (of := _defined_by(part)) is not None):
            if id(of) not in self._sights:
                self._sights[id(of)] = sight_of(of)
        self._looking: dict[Place, tuple[int, ...]] = {}
        self._found: dict[tuple[object, frozenset[object]], WorkedOut] = {}
        self._otherwise = WorkedOut()
        """What those come to that look at nothing of what is supposed."""

    def known(self, supposed: Supposed) -> Recalled | None:
        """What is known of them already where something is supposed; None where there are none."""
        if not self._sights:
            return None
        found = Recalled(self._asked(supposed))
        found.definitions |= {
            key: one for key, one in self._otherwise.definitions.items() if key[0] not in found.asked
        }
        for definition, some in found.asked.items():
            if (definition, some) in self._found:
                found.definitions |= self._found[definition, some].definitions
        found.recalled = len(found.definitions)
        return found

    def keep(self, found: Recalled) -> None:
        """Keep what they came to where something is supposed."""
        for key, one in islice(found.definitions.items(), found.recalled, None):
            some = found.asked.get(key[0])
            kept = self._otherwise if some is None else self._found.setdefault((key[0], some), WorkedOut())
            kept.definitions[key] = one
        found.recalled = len(found.definitions)

    def _asked(self, supposed: Supposed) -> dict[object, frozenset[object]]:
        """What is supposed of all that each definition looks at, by its identity."""
        asked: dict[object, list[object]] = {}
        for one in supposed.items():
            for definition in self._looking_at(one[0]):
                asked.setdefault(definition, []).append(one)
        return {definition: frozenset(some) for definition, some in asked.items()}

    def _looking_at(self, place: Place) -> tuple[int, ...]:
        found = self._looking.get(place)
        if found is None:
            found = self._looking[place] = tuple(name for name, sight in self._sights.items() if sight.has(place))
        return found


def _defined_by(part: Condition | Term) -> Condition | Term | None:
    """What the name stands for that a part is; None where it is none."""
    if isinstance(part, Condition):
        return part.form.of if isinstance(part.form, Holds) else None
    return part.of if isinstance(part, Defined) else None
