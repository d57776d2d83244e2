"""Facts that an outcome rests on and what they would have to be, in words. Imports advice, evidence and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from incentives.advice.changeable import Changeable
from incentives.advice.trial import Trial
from incentives.advice.ways import Change, Way
from incentives.decision.reasons import missing
from incentives.decision.result import MissingFact
from incentives.explain.amounts import difference_text, value_text
from incentives.explain.asked import Asked, asked_of, row_of
from incentives.explain.choices import ValueView, choices_that_will_not_do, choices_told, is_any_other, value_given
from incentives.explain.passage import Passage
from incentives.facts.places import EARLIER, Place, value_at, year_before
from incentives.facts.profile import Profile
from incentives.facts.types import PlainValue
from incentives.facts.vocabulary import COMPANY, Entity, Vocabulary
from incentives.facts.writing import Given, given
from incentives.texts import plural
from incentives.values import Bilingual, Outcome


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

    `value_before` and `value_after` are what a profile holds before and after; `entity`, `item` by its id, `fact` and
    `year` say where, and of a new item `added` which.
    `or_else` are other choices that do as well, those that the paper names first, with `any_other` also whatever it
    does not name; `but_for` those that would not do, where all others are known to. `asked` are the conditions that
    it would then meet, as they are now. Of a day `until` is the last one up to which all of them do, and `again` the
    next that does; of a number of a new item `or_more` is whether all above do as well, or all below. `added` is of
    which of the items that are added it is, by their place among them; None of what is there. `is_figure` marks
    numbers and days. `last_known` is what it was in the year `last_year`, the last one known, where it has years and
    this one is open.
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
    value_before: Given | None
    value_after: ValueView
    by: Bilingual | None
    or_else: tuple[Bilingual, ...]
    but_for: tuple[Bilingual, ...]
    any_other: bool
    until: date | None
    or_more: bool | None
    again: date | None
    added: int | None
    is_figure: bool
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class AddedView:
    """A kind of item of which there would be so many more, all alike: what is said of one is said of each.

    `entity` is its id and `list_key` the key of its list in a profile.
    """

    entity: str
    list_key: str
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
    still_asked: tuple[Asked, ...]
    """The conditions that wait for facts of new items, which these have to meet together."""


def because_views(
    places: Sequence[Place] | None, trial: Trial, vocabulary: Vocabulary
) -> tuple[FactView, ...] | None:
    """The facts that settle a clause, with what each is asked for; None where it is open."""
    if places is None:
        return None
    row, profile = row_of(trial), trial.profile
    settled = row.states[row.clause.condition.id]
    views: list[FactView] = []
    for place in places:
        asked = asked_of(place, row, settled)
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
    passage, vocabulary = Passage.of(trial, way), changeable.vocabulary
    waits_for = _still_missing(passage)
    return WayView(
        changes=tuple(_change_view(change, passage, changeable) for change in way.changes),
        adds=tuple(_added_view(vocabulary.entities[one.entity], len(one.keys)) for one in way.adds),
        apply_on=way.apply_on,
        apply_until=way.apply_until,
        apply_again=way.apply_again,
        days_later=(way.apply_on - trial.on).days if way.apply_on is not None else None,
        trades=way.trades,
        shares=way.shares,
        outcome=way.outcome,
        still_missing=tuple(waits_for),
        still_asked=passage.waiting([place for place in waits_for.values() if place is not None]),
    )


def _added_view(entity: Entity, how_many: int) -> AddedView:
    assert entity.list_key is not None, "items are added to a list"
    return AddedView(entity.id, entity.list_key, entity.title, how_many)


def _still_missing(passage: Passage) -> dict[MissingFact, Place | None]:
    """What a clause waits for after everything a way says was done, of a new item with its place."""
    way, found = passage.way, dict[MissingFact, Place | None]()
    if way.outcome is Outcome.UNDETERMINED:
        for one in missing(passage.then):
            place = Place(one.entity, one.item.key if one.item is not None else None, one.fact)
            is_new = any(added.has(place) for added in way.adds)
            found[replace(one, item=None) if is_new else one] = place if is_new else None
    return found


def _change_view(change: Change, passage: Passage, changeable: Changeable) -> ChangeView:
    place, fact, way, row = change.place, changeable.fact(change.place), passage.way, passage.row
    added = next((number for number, one in enumerate(way.adds) if one.has(place)), None)
    new = added is not None
    asked = passage.met_by(change)
    after, *or_else = choices_told(change, row.clause, changeable)
    asked = tuple(replace(one, then=None) if one.then == after else one for one in asked)
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
        after=after,
        value_before=given(fact.type, change.before) if change.before is not None else None,
        value_after=value_given(changeable.type_of(place), change.after),
        by=_apart(change, changeable),
        or_else=tuple(or_else),
        but_for=choices_that_will_not_do(change, row.clause, changeable),
        any_other=is_any_other(change),
        until=change.until,
        or_more=change.or_more,
        again=change.again,
        added=added,
        is_figure=changeable.grid(place) is not None or isinstance(change.after, date),
        asked=asked or passage.passed([place]),
    )


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


def _name(place: Place, profile: Profile, vocabulary: Vocabulary) -> Bilingual:
    """What a fact is called: of which item, in which year."""
    entity = vocabulary.entities[place.entity]
    if place.fact is None:
        return Bilingual(f"{entity.title.zh}清单", f"list of {plural(entity.title.en)}")
    named = entity.facts[place.fact].title
    if place.year == EARLIER:
        named = Bilingual(f"{named.zh}（此前各年最高）", f"{named.en} (highest before)")
    elif place.year is not None:
        named = Bilingual(f"{named.zh}（{place.year}年）", f"{named.en} ({place.year})")
    if place.entity == COMPANY or place.item is None:
        return named
    item = next((one.name for one in profile.lists.get(place.entity, ()) if one.key == place.item), place.item)
    return Bilingual(f"{item} · {named.zh}", f"{item} · {named.en}")
