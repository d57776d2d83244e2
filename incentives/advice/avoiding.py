"""What can still be where nothing is done that ends a refusal by itself. Imports alike, grids and grown lists.

Whatever else ends it does without something of each of the descriptions that do, or with less of it. So all of that
is found where for every choice of what to do without all else is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from incentives.advice.alike import Description, Is, no_further
from incentives.advice.grid import Line
from incentives.advice.grown import Added
from incentives.facts.places import Place
from incentives.facts.types import PlainValue

MOST_CHOICES = 12
"""Choices of what to do without; where there are more, nothing is done without."""


class Without(NamedTuple):
    """What places can be: numbers lie between two of their line, and what is no number is none of some values."""

    ends: Mapping[Place, tuple[int, int]]
    values: Mapping[Place, frozenset[PlainValue]]


ALL_OPEN = Without({}, {})


class _Part(NamedTuple):
    """Something that is said: of one place, or of any of several new items."""

    places: frozenset[Place]
    is_: Is


class Avoiding:
    """Choices of what to do without, for new items `adds`; `own` is the key of the one a clause is held against."""

    def __init__(self, line: Callable[[Place], Line | None], adds: Sequence[Added], own: str | None) -> None:
        self._line = line
        self._adds = adds
        self._own = own
        self._choices: list[frozenset[_Part]] = [frozenset()]
        self.choices: tuple[Without, ...] = (ALL_OPEN,)

    def add(self, said: Description, adds: Sequence[Added]) -> None:
        """Do without something of a description of so many new items that ends a refusal.

        Where it says more than one thing of them nothing is known of it: each could do without another one.
        """
        parts = [*self._parts(said, adds)]
        of_new = [place for place in said if any(one.has(place) for one in adds)]
        if len(of_new) > 1 or not parts or self._has_fewer_than(adds) or not self._choices:
            return
        more: list[frozenset[_Part]] = []
        for one in self._choices:
            is_without = any(_is_part_of(part, other) for part in one for other in parts)
            more += [one] if is_without else [one | {part} for part in parts]
        self._choices = [one for one in dict.fromkeys(more) if not any(other < one for other in more)]
        if len(self._choices) > MOST_CHOICES:
            self._choices = []
        self.choices = tuple(map(self._without, self._choices)) or (ALL_OPEN,)

    def _has_fewer_than(self, adds: Sequence[Added]) -> bool:
        """Whether there are fewer new items of some list here."""
        counts, here = _counts(adds), _counts(self._adds)
        return any(count > here.get(entity, 0) for entity, count in counts.items())

    def _parts(self, said: Description, adds: Sequence[Added]) -> Iterator[_Part]:
        for place, is_ in said.items():
            of_new = any(one.has(place) for one in adds)
            own = place.item == self._own
            keys = [
                added.keys[0]
                for added in self._adds
                if added.entity == place.entity and (self._own in added.keys) == own
            ]
            yield _Part(frozenset(place._replace(item=key) for key in (keys if of_new else (place.item,))), is_)

    def _without(self, choice: frozenset[_Part]) -> Without:
        ends: dict[Place, tuple[int, int]] = {}
        values: dict[Place, frozenset[PlainValue]] = {}
        for places, is_ in choice:
            for place in places:
                line = self._line(place)
                if line is None:
                    values[place] = values.get(place, frozenset[PlainValue]()) | {is_.value}
                    continue
                at = line.below(is_.value)
                low, high = ends.get(place, (line.low, line.high))
                ends[place] = (low, min(high, at - 1)) if is_.upward else (max(low, at + 1), high)
        return Without(ends, values)


def _is_part_of(one: _Part, other: _Part) -> bool:
    """Whether whoever does without one thing does without the other."""
    return one.places == other.places and no_further(one.is_, other.is_)


def _counts(adds: Sequence[Added]) -> dict[str, int]:
    """How many items there are of each list."""
    counts: dict[str, int] = {}
    for added in adds:
        counts[added.entity] = counts.get(added.entity, 0) + len(added.keys)
    return counts
