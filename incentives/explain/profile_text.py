"""A profile as the YAML that `check` reads. Imports the vocabulary, profiles, places and texts; computes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from incentives.facts.places import EARLIER, Place
from incentives.facts.profile import Item, Profile
from incentives.facts.series import EARLIER_HIGHEST
from incentives.facts.types import Series
from incentives.facts.vocabulary import Entity, Vocabulary
from incentives.facts.writing import written, written_text
from incentives.texts import Lang, in_language
from incentives.values import Bilingual

_UNKNOWN = Bilingual("以下各项问过，回答是不知道：", "asked, and not known:")
_HIGHEST = Bilingual("此前各年最高", "the highest of the years before")


def profile_text(profile: Profile, vocabulary: Vocabulary, lang: Lang, unknowable: Collection[Place] = ()) -> str:
    """The whole profile, in the order of the vocabulary; what is not known stands in comments."""
    lines = [f"name: {written_text(profile.company.name)}" if profile.company.name else "name:"]
    lines += _facts(profile.company, vocabulary.company)
    for entity in vocabulary.entities.values():
        items = profile.lists.get(entity.id)
        if items is None or entity.list_key is None:
            continue
        lines.append(f"{entity.list_key}:" if items else f"{entity.list_key}: []")
        for item in items:
            first, *rest = _item(item, entity)
            lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    if unknowable:
        lines.append(f"# {in_language(_UNKNOWN, lang)}")
        lines += sorted(f"# - {place_text(place, profile, vocabulary, lang)}" for place in unknowable)
    return "\n".join(lines) + "\n"


def place_text(place: Place, profile: Profile, vocabulary: Vocabulary, lang: Lang) -> str:
    """What a place is called: the item, the fact, the year."""
    entity = vocabulary.entities[place.entity]
    title = in_language(entity.title if place.fact is None else entity.facts[place.fact].title, lang)
    named = [item.name for item in profile.lists.get(entity.id, ()) if item.key == place.item]
    if place.year is not None:
        year = in_language(_HIGHEST, lang) if place.year == EARLIER else str(place.year)
        title += f"（{year}）" if lang == "zh" else f" ({year})"
    return " · ".join([*named, title])


def _item(item: Item, entity: Entity) -> Iterator[str]:
    if item.key != item.name:
        yield f"id: {written_text(item.key)}"
    yield f"name: {written_text(item.name)}"
    yield from _facts(item, entity)


def _facts(holder: Item, entity: Entity) -> Iterator[str]:
    for fact in entity.facts.values():
        value = holder.values.get(fact.id)
        if value is None:
            continue
        if not isinstance(value, Series):
            yield f"{fact.id}: {written(fact.type, value)}"
            continue
        yield f"{fact.id}:"
        yield from (f"  {year}: {written(fact.type, one)}" for year, one in value.years.items())
        if value.earlier_highest is not None:
            yield f"  {EARLIER_HIGHEST}: {written(fact.type, value.earlier_highest)}"
