"""`incentives facts TEXT`: the facts that a word of the paper may be, with all their options. Imports the catalogue.

A word is looked for in ids, titles, questions, options and the labels of codes, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incentives.explain.catalogue import fact_title, fact_written, supplier_of
from incentives.explain.layout import WIDTH, wrapped
from incentives.explain.ui import word
from incentives.facts.types import ChoiceType, CodeType, FactType, ManyType, YearlyType
from incentives.facts.vocabulary import Entity, Fact, Vocabulary
from incentives.texts import Lang, in_language
from incentives.texts.width import display_width
from incentives.values import Bilingual

_SEVERAL = Bilingual("一项或几项，写成列表：", "one or several, as a list:")
_BY_YEAR = Bilingual("每年一项：", "one for each year:")


def facts_with(text: str, vocabulary: Vocabulary) -> tuple[tuple[Entity, Fact], ...]:
    """The facts in which the text occurs, whatever its case; all facts of a list whose name it is part of."""
    wanted = text.casefold()
    return tuple(
        (entity, fact)
        for entity in vocabulary.entities.values()
        for fact in entity.facts.values()
        if any(wanted in said.casefold() for said in (*_names(entity), *_said(fact)))
    )


def render_facts_with(found: Sequence[tuple[Entity, Fact]], lang: Lang) -> str:
    """Each fact with its list, how it is written, what is asked for it and who can supply it."""
    lines: list[str] = []
    for entity, fact in found:
        if lines:
            lines.append("")
        kept_in = f"  {entity.list_key} {in_language(entity.title, lang)}" if entity.list_key is not None else ""
        lines += wrapped(f"{fact.id}  {fact_title(fact, lang)}{kept_in}")
        lines += [f"  {line}" for line in _how_written(fact, lang)]
        lines += wrapped(in_language(fact.question, lang), "  ")
        who = supplier_of(fact, lang)
        lines += wrapped(who if fact.supplier is None else word("supplied_by", lang, who=who), "  ")
    return "\n".join(lines) + "\n"


def _names(entity: Entity) -> tuple[str, ...]:
    """What a list is called; the company itself is called everywhere."""
    if entity.list_key is None:
        return ()
    return entity.id, entity.list_key, entity.title.zh, entity.title.en


def _said(fact: Fact) -> Iterator[str]:
    yield fact.id
    texts = (fact.title, fact.question, fact.basis, fact.supplier)
    yield from (said for text in texts if text is not None for said in (text.zh, text.en))
    of = _single(fact.type)
    if isinstance(of, ChoiceType):
        yield from of.choices
    if isinstance(of, CodeType):
        yield of.system
        yield from (label for _, label in of.labels)


def _single(of: FactType) -> FactType:
    return _single(of.of) if isinstance(of, ManyType | YearlyType) else of


def _how_written(fact: Fact, lang: Lang) -> list[str]:
    """As in the list of all facts, but with options that are never cut in two."""
    of = fact.type
    single = _single(of)
    if not isinstance(single, ChoiceType):
        return [fact_written(fact, lang)]
    lines = [
        in_language(said, lang)
        for kind, said in ((ManyType, _SEVERAL), (YearlyType, _BY_YEAR))
        if isinstance(of, kind)
    ]
    lines.append("")
    for option in single.choices:
        sign = " < " if single.ordered else " / "
        longer = f"{lines[-1]}{sign}{option}" if lines[-1] else option
        if display_width(longer) > WIDTH - 2 and lines[-1]:
            lines[-1] += sign.rstrip()
            longer = option
            lines.append("")
        lines[-1] = longer
    return lines
