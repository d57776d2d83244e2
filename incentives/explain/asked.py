"""What conditions ask of facts, in words. Imports advice, evidence and words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from incentives.advice.trial import Trial
from incentives.engines.rows import Row
from incentives.explain.evidence import condition_view
from incentives.explain.scores import ScorePart, parts_of
from incentives.explain.words import needed_not
from incentives.facts.places import Place
from incentives.language.nodes import Condition, Defined, Measured, Not
from incentives.language.reads import reads_in
from incentives.language.walks import children
from incentives.values import Bilingual, State


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that looks at a fact: what it asks for, and the words of the source.

    `actual` is what comes out of the facts, where the condition looks at something that is worked out from them;
    `then` what would come out after a way, where that is something else; `short_by` how far it is from what would
    do, where that can be said. `is_named` where what it looks at is worked out by a definition, such as a score. With
    `of_award` it is no condition, but a bound of the award: the row, the step or the cap that is then reached. Of a
    score `parts` are what it adds up, after a way those that change.
    """

    node: str
    title: Bilingual
    needed: Bilingual
    actual: Bilingual | None
    short_by: Bilingual | None
    says: str | None
    article: str | None
    assumption: str | None
    then: Bilingual | None = None
    is_named: bool = False
    of_award: bool = False
    parts: tuple[ScorePart, ...] = ()


def row_of(trial: Trial) -> Row:
    """A clause on its item, with what each of its conditions comes to."""
    subject = trial.subject()
    assert subject is not None, "what is told of an item has its item"
    return Row(trial.clause, subject, trial.states(trial.clause.condition))


class Leaf(NamedTuple):
    """A condition that joins no others, where it stands in a clause.

    `says` are the words of the source for it, or for the nearest group that it stands in, and `article` where these
    stand. What is `negated` is asked not to hold.
    """

    condition: Condition
    negated: bool
    says: str | None
    article: str | None

    def settles(self, row: Row, settled: State) -> bool:
        """Whether it comes out as its clause does."""
        own = {State.FAILS: State.HOLDS, State.HOLDS: State.FAILS}.get(settled, settled) if self.negated else settled
        return row.states.get(self.condition.id) is own

    def refuses(self, row: Row) -> bool:
        """Whether it is not as it is asked to be."""
        return self.settles(row, State.FAILS)


def _leaves(row: Row, settled: State | None) -> Iterator[Leaf]:
    """The conditions of a clause that join no others, in the order of the paper, each once.

    Where the clause is `settled`, those alone that make it so: what stands in a group that is not is no ground.
    """
    seen: set[tuple[str, bool]] = set()
    waiting = [Leaf(row.clause.condition, negated=False, says=None, article=None)]
    while waiting:
        leaf = waiting.pop()
        node, negated, said, where = leaf
        if (node.id, negated) in seen or (settled is not None and not leaf.settles(row, settled)):
            continue
        seen.add((node.id, negated))
        words = (node.says, node.article) if node.says is not None else (said, where)
        parts = children(node)
        if not parts:
            yield Leaf(node, negated, *words)
        inside = negated is not isinstance(node.form, Not)
        waiting += [Leaf(part, inside, *words) for part in reversed(parts)]


def asked_of(place: Place, row: Row, settled: State | None) -> tuple[Asked, ...]:
    """What conditions ask that look at a fact and came out as the whole did; all where nothing is settled."""
    return tuple(asked for leaf in looking(place, row, settled) for asked in asks(leaf, row))


def looking(place: Place, row: Row, settled: State | None) -> Iterator[Leaf]:
    """The conditions that look at a fact, or at a list; see `_leaves`."""
    for leaf in _leaves(row, settled):
        reads = reads_in(leaf.condition)
        if (place.entity, place.fact) in reads.facts if place.fact is not None else place.entity in reads.lists:
            yield leaf


def asks(leaf: Leaf, row: Row) -> list[Asked]:
    """What a condition asks for, with what it measured; nothing where it asks for no value."""
    node = leaf.condition
    view = condition_view(node, row)
    if view.needed is None:
        return []
    needed = needed_not(node) if leaf.negated else view.needed
    short_by = None if leaf.negated else view.short_by
    actual = view.actual if isinstance(node.form, Measured) else None
    named = isinstance(node.form, Measured) and isinstance(node.form.term, Defined)
    said = (leaf.says, leaf.article, node.assumption)
    settled = isinstance(node.form, Measured) and not row.states[node.id].unknown
    parts = parts_of(node.form, row.subject) if isinstance(node.form, Measured) and settled else ()
    return [Asked(node.id, view.title, needed, actual, short_by, *said, is_named=named, parts=parts)]


def refused_by_day(trial: Trial, failed: Collection[str]) -> tuple[Asked, ...]:
    """Of the conditions that `failed` those that do by the day of application alone, which is no fact."""
    row = row_of(trial)
    leaves = [
        leaf
        for leaf in _leaves(row, None)
        if leaf.condition.id in failed and isinstance(leaf.condition.form, Measured)
    ]
    reading = [(leaf, reads_in(leaf.condition)) for leaf in leaves]
    return tuple(
        [asked for leaf, reads in reading if not reads.facts and not reads.lists for asked in asks(leaf, row)]
    )
