"""What definitions come to on many profiles that have most in common. Imports places, nodes and what these read.

An interview asks the same clauses of hundreds of profiles that differ in one answer: what does not look at it is
worked out once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from incentives.facts.vocabulary import COMPANY
from incentives.language.nodes import Condition, Term
from incentives.language.reads import Reads, reads_in

if TYPE_CHECKING:
    from incentives.engines.native.place import Place

_MOST: Final = 20_000


class Recalled:
    """What was worked out, by what it was worked out from. For one interview: it is not shared between threads.

    A value is told by being the very same one, and is held so that no other can come to have its identity.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[int, ...], tuple[object, tuple[object, ...]]] = {}

    def of(self, way: int, read: tuple[object, ...], worked_out: Callable[[], object]) -> object:
        """What is known of what was read, asked in one of several ways; worked out where it is not known."""
        mark = (way, *map(id, read))
        found = self._found.get(mark)
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            found = self._found[mark] = (worked_out(), read)
        return found[0]


class Recalling:
    """A definition of which it is recalled what it comes to, where that is the same `everywhere`."""

    def __init__(self, definition: Condition | Term, *, everywhere: bool) -> None:
        self._definition = definition
        self._everywhere = everywhere
        self._reads: Reads | None = None

    def at(self, place: Place, way: int, worth: Callable[[Place], object]) -> object:
        """What it comes to at a place, asked in one of several ways that are told apart."""
        recalled = place.recalled
        if recalled is None or place.narrowed or not self._everywhere:
            return worth(place)
        return recalled.of(way, self._read(place), lambda: worth(place))

    def _read(self, place: Place) -> tuple[object, ...]:
        if self._reads is None:  # who asks of one profile alone does not wait for it
            self._reads = reads_in(self._definition)
        company, lists = place.company, place.lists.get
        facts = [company(fact) for entity, fact in self._reads.facts if entity == COMPANY]
        return (self._definition, place.on, *facts, *map(lists, self._reads.lists))
