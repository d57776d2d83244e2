"""Facts that an outcome rests on and what they would have to be, in words. Imports advice, evidence and words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from incentives.advice.additions import with_new_items
from incentives.advice.changeable import Changeable
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, Way, after_way
from incentives.decision.reasons import missing
from incentives.decision.result import MissingFact
from incentives.engines.rows import Row
from incentives.explain.amounts import difference_text, value_text
from incentives.explain.award_bounds import Sides, bounds_passed
from incentives.explain.evidence import condition_view
from incentives.explain.words import needed_not
from incentives.facts.places import EARLIER, Place, value_at, year_before
from incentives.facts.profile import Profile
from incentives.facts.types import PlainValue
from incentives.facts.vocabulary import COMPANY, Vocabulary
from incentives.language.nodes import Condition, Measured, Not
from incentives.language.reads import reads_in
from incentives.language.walks import children
from incentives.values import Bilingual, Outcome, State


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that looks at a fact: what it asks for, and the words of the source.

    `actual` is what comes out of the facts, where the condition looks at something that is worked out from them;
    `short_by` how far it is from what would do, where that can be said. With `of_award` it is no condition, but a
    bound of the award: the row, the step or the cap that is then reached.
    """

    node: str
    title: Bilingual
    needed: Bilingual
    actual: Bilingual | None
    short_by: Bilingual | None
    says: str | None
    article: str | None
    assumption: str | None
    of_award: bool = False


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact that an outcome rests on. `fact` is None where it is that the list is complete as given."""

    entity: str
    item: str | None
    fact: str | None
    year: int | None
    name: Bilingual
    value: Bilingual
    self_declared: bool
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A fact that would be something else; `by` is how far apart the two are, where that can be said.

    `or_else` are other choices that do as well, those that the paper names first, `but_for` those that would not do,
    where all choices are known. `asked` are the conditions that it would then meet, as they are now. Of a day `until`
    is the last one up to which all of them do, and `again` the next that does; of a number of a new item `or_more` is
    whether all above do as well, or all below. `added` is of which of the items that are added it is, by their place
    among them; None of what is there. `is_figure` marks numbers and days. `last_known` is what it was in the year
    `last_year`, the last one known, where it has years and this one is open.
    """

    entity: str
    item: str | None
    fact: str
    year: int | None
    name: Bilingual
    before: Bilingual | None
    last_year: int | None
    last_known: Bilingual | None
    after: Bilingual
    by: Bilingual | None
    or_else: tuple[Bilingual, ...]
    but_for: tuple[Bilingual, ...]
    until: date | None
    or_more: bool | None
    again: date | None
    added: int | None
    is_figure: bool
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class AddedView:
    """A kind of item of which there would be so many more, all alike: what is said of one is said of each."""

    kind: Bilingual
    how_many: int


@dataclass(frozen=True, slots=True)
class WayView:
    """Changes that together change an outcome; `adds` are items that there would be more of.

    With `trades` the figures stand for many: more of one of them does for less of another. With `shares` a figure can
    be shared by several items: with more of another one, less of it does. An application on any day from `apply_on`
    to `apply_until` will do, where they are later than the one that was asked about, and then not again before
    `apply_again`.
    """

    changes: tuple[ChangeView, ...]
    adds: tuple[AddedView, ...]
    apply_on: date | None
    apply_until: date | None
    apply_again: date | None
    days_later: int | None
    trades: bool
    shares: bool
    outcome: Outcome
    still_missing: tuple[MissingFact, ...]
    """What the outcome then still waits for."""


def because_views(
    places: Sequence[Place] | None, trial: Trial, vocabulary: Vocabulary
) -> tuple[FactView, ...] | None:
    """The facts that settle a clause, with what each is asked for; None where it is open."""
    if places is None:
        return None
    row, profile = _row(trial), trial.profile
    settled = row.states[row.clause.condition.id]
    views: list[FactView] = []
    for place in places:
        asked = _asked_of(place, row, settled)
        name = _name(place, profile, vocabulary)
        if place.fact is None:
            count = len(profile.lists[place.entity])
            value = Bilingual(f"共{count}项，清单完整", f"{count} in all, the list is complete")
            if not count:
                value = Bilingual("无（清单为空）", "none (the list is empty)")
            views.append(FactView(place.entity, None, None, None, name, value, True, asked))
            continue
        fact = vocabulary.entities[place.entity].facts[place.fact]
        known = value_at(profile, place)
        assert known is not None, "an outcome rests on what is known"
        views.append(
            FactView(
                place.entity,
                place.item,
                place.fact,
                place.year,
                name,
                value_text(fact.type, known),
                fact.supplier is None,
                asked,
            )
        )
    return tuple(views)


def way_view(way: Way, trial: Trial, changeable: Changeable) -> WayView:
    """A way in words, as `trial` has the clause before it is gone."""
    row, then, vocabulary = _row(with_new_items(trial, way.adds)), _row(_after(trial, way)), changeable.vocabulary
    return WayView(
        changes=tuple(_change_view(change, row, then, way, changeable) for change in way.changes),
        adds=tuple(AddedView(vocabulary.entities[one.entity].title, len(one.keys)) for one in way.adds),
        apply_on=way.apply_on,
        apply_until=way.apply_until,
        apply_again=way.apply_again,
        days_later=(way.apply_on - trial.on).days if way.apply_on is not None else None,
        trades=way.trades,
        shares=way.shares,
        outcome=way.outcome,
        still_missing=_still_missing(way, trial),
    )


def asked_in(way: Way, trial: Trial, *, of_new: bool) -> tuple[Asked, ...]:
    """What refuses a clause, as `trial` has it before the way is gone, and what the way changes then meets.

    With `of_new` on the first of the items that are added.
    """
    row = _row(with_new_items(trial, way.adds) if of_new else trial)
    then = _row(_after(trial, way, of_new=of_new))
    places = [change.place for change in way.changes]
    places += [Place(added.entity, None, None) for added in way.adds]
    if row.states[row.clause.condition.id] is not State.FAILS:
        return () if of_new else _passed(row, then, places)
    found = {one.node: one for place in places for one in _met(place, row, then, State.FAILS)}
    return tuple(found.values())


def _after(trial: Trial, way: Way, *, of_new: bool = True) -> Trial:
    """The clause after everything a way says was done; with `of_new` on the first new item, where it has one."""
    item = with_new_items(trial, way.adds).item if of_new else trial.item
    return Trial(trial.clause, after_way(trial.profile, way), way.apply_on or trial.on, item)


def _met(place: Place, row: Row, then: Row, settled: State | None) -> tuple[Asked, ...]:
    """What is asked of a fact, of that only which does not refuse a clause any more."""
    looking = _looking(place, row, settled)
    return tuple(asked for leaf in looking if not leaf.refuses(then) for asked in _asked(leaf, row))


def _passed(row: Row, then: Row, places: Sequence[Place]) -> tuple[Asked, ...]:
    """The bounds of the award that a change of some places goes past."""
    sides = Sides(row.subject, then.subject, tuple(places))
    return tuple(
        Asked(one.node, one.title, one.needed, None, None, None, None, None, of_award=True)
        for one in bounds_passed(row.clause.award.amount, sides)
    )


def _still_missing(way: Way, trial: Trial) -> tuple[MissingFact, ...]:
    """What a clause waits for after everything a way says was done."""
    if way.outcome is not Outcome.UNDETERMINED:
        return ()
    found: dict[MissingFact, None] = {}
    for one in missing(_row(_after(trial, way))):
        place = Place(one.entity, one.item.key if one.item is not None else None, one.fact)
        is_new = any(added.has(place) for added in way.adds)
        found[replace(one, item=None) if is_new else one] = None
    return tuple(found)


def _row(trial: Trial) -> Row:
    subject = trial.subject()
    assert subject is not None, "what is told of an item has its item"
    return Row(trial.clause, subject, trial.states(trial.clause.condition))


def _change_view(change: Change, row: Row, then: Row, way: Way, changeable: Changeable) -> ChangeView:
    place, fact = change.place, changeable.fact(change.place)
    added = next((number for number, one in enumerate(way.adds) if one.has(place)), None)
    new = added is not None
    asked = _met(place, row, then, None if new or change.before is None else State.FAILS)
    earlier = year_before(row.subject.profile, place) if change.before is None else None
    was = value_at(row.subject.profile, earlier) if earlier is not None else None
    return ChangeView(
        entity=place.entity,
        item=None if new else place.item,
        fact=fact.id,
        year=place.year,
        name=_name(place._replace(item=None) if new else place, row.subject.profile, changeable.vocabulary),
        before=value_text(fact.type, change.before) if change.before is not None else None,
        last_year=earlier.year if earlier is not None else None,
        last_known=value_text(fact.type, was) if was is not None else None,
        after=value_text(fact.type, change.after),
        by=_apart(change, changeable),
        or_else=tuple(value_text(fact.type, other) for other in _as_in_the_paper(change, row, changeable)),
        but_for=tuple(
            value_text(fact.type, other)
            for other in changeable.but_for(place, row.clause, (change.after, *change.or_else))
        ),
        until=change.until,
        or_more=change.or_more,
        again=change.again,
        added=added,
        is_figure=changeable.grid(place) is not None or isinstance(change.after, date),
        asked=asked or _passed(row, then, [place]),
    )


def _as_in_the_paper(change: Change, row: Row, changeable: Changeable) -> list[PlainValue]:
    """The other choices of a fact that will do: those that the clause names first, in its order."""
    named = changeable.named(change.place, row.clause)
    place = {name: number for number, name in enumerate(named)}
    return sorted(change.or_else, key=lambda one: place.get(one, len(place)) if isinstance(one, str) else len(place))


def _apart(change: Change, changeable: Changeable) -> Bilingual | None:
    """How much more or less a number would be."""
    before, after = change.before, change.after
    if changeable.grid(change.place) is None or not _is_number(before) or not _is_number(after):
        return None
    more = after > before  # type: ignore[operator]
    large, small = (after, before) if more else (before, after)
    apart = difference_text(changeable.type_of(change.place), large, small)  # type: ignore[arg-type]
    if more:
        return Bilingual(f"多 {apart.zh}", f"{apart.en} more")
    return Bilingual(f"少 {apart.zh}", f"{apart.en} less")


def _is_number(value: PlainValue | None) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


class _Leaf(NamedTuple):
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


def _leaves(row: Row, settled: State | None) -> Iterator[_Leaf]:
    """The conditions of a clause that join no others, in the order of the paper, each once.

    Where the clause is `settled`, those alone that make it so: what stands in a group that is not is no ground.
    """
    seen: set[tuple[str, bool]] = set()
    waiting = [_Leaf(row.clause.condition, negated=False, says=None, article=None)]
    while waiting:
        leaf = waiting.pop()
        node, negated, said, where = leaf
        if (node.id, negated) in seen or (settled is not None and not leaf.settles(row, settled)):
            continue
        seen.add((node.id, negated))
        words = (node.says, node.article) if node.says is not None else (said, where)
        parts = children(node)
        if not parts:
            yield _Leaf(node, negated, *words)
        inside = negated is not isinstance(node.form, Not)
        waiting += [_Leaf(part, inside, *words) for part in reversed(parts)]


def _asked_of(place: Place, row: Row, settled: State | None) -> tuple[Asked, ...]:
    """What conditions ask that look at a fact and came out as the whole did; all where nothing is settled."""
    return tuple(asked for leaf in _looking(place, row, settled) for asked in _asked(leaf, row))


def _looking(place: Place, row: Row, settled: State | None) -> Iterator[_Leaf]:
    for leaf in _leaves(row, settled):
        reads = reads_in(leaf.condition)
        if (place.entity, place.fact) in reads.facts if place.fact is not None else place.entity in reads.lists:
            yield leaf


def _asked(leaf: _Leaf, row: Row) -> list[Asked]:
    """What a condition asks for, with what it measured; nothing where it asks for no value."""
    node = leaf.condition
    view = condition_view(node, row)
    if view.needed is None:
        return []
    needed = needed_not(node) if leaf.negated else view.needed
    short_by = None if leaf.negated else view.short_by
    actual = view.actual if isinstance(node.form, Measured) else None
    return [Asked(node.id, view.title, needed, actual, short_by, leaf.says, leaf.article, node.assumption)]


def refused_by_day(trial: Trial, failed: Collection[str]) -> tuple[Asked, ...]:
    """Of the conditions that `failed` those that do by the day of application alone, which is no fact."""
    row = _row(trial)
    leaves = [
        leaf
        for leaf in _leaves(row, None)
        if leaf.condition.id in failed and isinstance(leaf.condition.form, Measured)
    ]
    reading = [(leaf, reads_in(leaf.condition)) for leaf in leaves]
    return tuple(
        [asked for leaf, reads in reading if not reads.facts and not reads.lists for asked in _asked(leaf, row)]
    )


def _name(place: Place, profile: Profile, vocabulary: Vocabulary) -> Bilingual:
    """What a fact is called: of which item, in which year."""
    entity = vocabulary.entities[place.entity]
    if place.fact is None:
        return Bilingual(f"{entity.title.zh}清单", f"{entity.title.en} list")
    named = entity.facts[place.fact].title
    if place.year == EARLIER:
        named = Bilingual(f"{named.zh}（此前各年最高）", f"{named.en} (highest before)")
    elif place.year is not None:
        named = Bilingual(f"{named.zh}（{place.year}年）", f"{named.en} ({place.year})")
    if place.entity == COMPANY or place.item is None:
        return named
    item = next((one.name for one in profile.lists.get(place.entity, ()) if one.key == place.item), place.item)
    return Bilingual(f"{item} · {named.zh}", f"{item} · {named.en}")
