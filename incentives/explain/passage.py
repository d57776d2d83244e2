"""A clause before and after a way: what it asks of the facts that change, in words. Imports advice, evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from incentives.advice.additions import with_new_items
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, Way, after_way
from incentives.engines.rows import Row
from incentives.explain.asked import Asked, Leaf, asks, looking, row_of
from incentives.explain.award_bounds import Sides, bounds_passed
from incentives.explain.evidence import condition_view
from incentives.explain.scores import parts_that_change
from incentives.facts.places import Place
from incentives.language.nodes import Measured
from incentives.values import State


class Passage(NamedTuple):
    """A clause before and after a way: `row` has the new items of it, `here` is as things are, `then` after it.

    `here` is None where the clause is held against a new item.
    """

    trial: Trial
    way: Way
    here: Row | None
    row: Row
    then: Row

    @staticmethod
    def of(trial: Trial, way: Way, *, of_new: bool = True) -> Passage:
        """With `of_new` the clause is held against the first of the items that are added, where it has one."""
        begun = with_new_items(trial, way.adds) if of_new else trial
        here = row_of(trial) if begun.item == trial.item else None
        return Passage(trial, way, here, row_of(begun), row_of(after(trial, way, of_new=of_new)))

    def met(self, place: Place, settled: State | None) -> tuple[Asked, ...]:
        """What is asked of a fact, of that only which does not refuse a clause any more."""
        leaves = [leaf for leaf in looking(place, self.row, settled) if not leaf.refuses(self.then)]
        return tuple(asked for leaf in leaves for asked in self._asked(leaf))

    def met_by(self, change: Change) -> tuple[Asked, ...]:
        """What is asked of a fact that changes: of several items or years, what each of them is there for.

        What any of them meets stands at all of them; what holds without them is not asked of a new item.
        """
        new = self.way.is_of_new(change)
        settled = None if new or change.before is None else State.FAILS
        before = self.row if new or self.here is None else self.here
        leaves = [leaf for leaf in looking(change.place, before, settled) if not leaf.refuses(self.then)]
        alike = [other for other in self.way.changes if _same_fact(other, change)]
        needing = {other.place: self._needing(leaves, other) for other in alike}
        by_any = self._needing(leaves, *alike) - frozenset[str]().union(*needing.values())
        leaves = [leaf for leaf in leaves if leaf.condition.id in needing[change.place] | by_any]
        return tuple(asked for leaf in leaves for asked in self._asked(leaf))

    def passed(self, places: Sequence[Place]) -> tuple[Asked, ...]:
        """The bounds of the award that a change of some places goes past."""
        sides = Sides(self.row.subject, self.then.subject, tuple(places))
        return tuple(
            Asked(one.node, one.title, one.needed, None, None, None, None, None, of_award=True)
            for one in bounds_passed(self.row.clause.award.amount, sides)
        )

    def waiting(self, places: Collection[Place]) -> tuple[Asked, ...]:
        """What is asked of facts that are still to be given after the way, of several of them together."""
        leaves = {leaf.condition.id: leaf for of in places for leaf in looking(of, self.then, State.MISSING)}
        return tuple(asked for leaf in leaves.values() for asked in asks(leaf, self.then))

    def _needing(self, leaves: Sequence[Leaf], *changes: Change) -> frozenset[str]:
        """Of some conditions those that are not settled without some changes."""
        less = replace(self.way, changes=tuple(other for other in self.way.changes if other not in changes))
        without = row_of(after(self.trial, less))
        return frozenset(leaf.condition.id for leaf in leaves if not leaf.settles(without, State.HOLDS))

    def _asked(self, leaf: Leaf) -> Iterator[Asked]:
        """What a condition asks for after the way, with what it measures before and after."""
        after, form = condition_view(leaf.condition, self.then), leaf.condition.form
        then, moves = after.actual, isinstance(form, Measured) and not leaf.negated
        before = self.row if self.here is None else self.here
        parts = parts_that_change(form, before.subject, self.then.subject) if isinstance(form, Measured) else ()
        for asked in asks(leaf, self.row):
            actual = asked.actual
            if actual is None and self.here is not None and isinstance(form, Measured):
                actual = condition_view(leaf.condition, self.here).actual
            known = isinstance(form, Measured) and actual is not None and then not in (None, actual)
            needed = after.needed if moves and after.needed is not None else asked.needed
            yield replace(asked, needed=needed, actual=actual, then=then if known else None, parts=parts)


def after(trial: Trial, way: Way, *, of_new: bool = True) -> Trial:
    """The clause after everything a way says was done; with `of_new` on the first new item, where it has one."""
    item = with_new_items(trial, way.adds).item if of_new else trial.item
    return Trial(trial.clause, after_way(trial.profile, way), way.apply_on or trial.on, item)


def asked_in(way: Way, trial: Trial, *, of_new: bool) -> tuple[Asked, ...]:
    """What refuses a clause, as `trial` has it before the way is gone, and what the way changes then meets.

    With `of_new` on the first of the items that are added.
    """
    passage = Passage.of(trial, way, of_new=of_new)
    places = [change.place for change in way.changes]
    places += [Place(added.entity, None, None) for added in way.adds]
    if passage.row.states[trial.clause.condition.id] is not State.FAILS:
        return () if of_new else passage.passed(places)
    found = {one.node: one for place in places for one in passage.met(place, State.FAILS)}
    return tuple(found.values())


def _same_fact(one: Change, other: Change) -> bool:
    return (one.place.entity, one.place.fact) == (other.place.entity, other.place.fact)
