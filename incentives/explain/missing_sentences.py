"""What reports say of a missing fact: what it is, who can supply it, what waits for it. Imports phrases and words.

As in sentences, nothing here knows where it will stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from incentives.decision.result import MissingFact
from incentives.explain import phrases
from incentives.explain.amounts import yuan_text
from incentives.explain.outlook import AwardName
from incentives.explain.ui import word
from incentives.facts.ledger import BackTo, EveryYear
from incentives.texts import Count, Lang, in_language, several
from incentives.values import NotBounded, Possible

_NAMED = 2
"""So many clauses of a policy are named where several policies wait for a fact; of more, how many they are."""


def fact_name(fact: MissingFact, lang: Lang) -> str:
    """What is missing, of which item and of which years; or that it is a list."""
    title = what_is_missing(fact, lang)
    if fact.fact is None:
        return title
    name = f"{fact.item.name} · {title}" if fact.item is not None else title
    if fact.years:
        several = "years_and_earlier" if fact.earlier else "years"
        name += word(several, lang, years=phrases.listing((str(year) for year in fact.years), lang))
    return name


def what_is_missing(fact: MissingFact, lang: Lang) -> str:
    """The fact or the list alone, wherever and of whichever year it is."""
    if fact.fact is None:
        return word("list_of", lang, entity=several(fact.title, lang))
    return in_language(fact.title, lang)


def question(fact: MissingFact, lang: Lang) -> list[str]:
    """What is asked of a missing fact; how all earlier years are told at once, and how far back it must reach."""
    remarks = [word("earlier_at_once", lang)] if fact.earlier else []
    if fact.back_to is not None:
        remarks.append(how_far_back(fact.back_to, lang, of_list=fact.fact is None))
    return [in_language(fact.question, lang), *remarks]


def waiting_clauses(awards: Iterable[AwardName], lang: Lang, *, several: bool) -> list[str]:
    """The clauses that wait for a fact; under their policies where those are several, and many only counted."""
    clauses: dict[str, dict[str, None]] = {}
    for award in awards:
        clauses.setdefault(award.policy, {})[award.clause] = None
    if not several:
        titles = [clause for named in clauses.values() for clause in named]
        return [phrases.listing(titles, lang)] if titles else []
    colon = "：" if lang == "zh" else ": "
    return [
        f"{policy}{colon}{phrases.listing(named, lang)}"
        if len(named) <= _NAMED
        else f"{policy}{phrases.bracketed([word('clauses_counted', lang, count=Count(len(named)))], lang)}"
        for policy, named in clauses.items()
    ]


def how_far_back(back_to: BackTo, lang: Lang, *, of_list: bool) -> str:
    """Since when grants must be listed, or to which year the ledger must reach."""
    if isinstance(back_to, EveryYear):
        return word("grants_of_every_year" if of_list else "ledger_to_the_founding", lang)
    return word("grants_back_to" if of_list else "ledger_back_to", lang, year=str(back_to))


def supplied_by(fact: MissingFact, lang: Lang) -> str:
    if fact.supplier is None:
        return word("company_itself", lang)
    return word("supplied_by", lang, who=in_language(fact.supplier, lang))


def supplied_in_short(fact: MissingFact, lang: Lang) -> str:
    """The same in fewer words, where a line must hold all that is told of a fact."""
    if fact.supplier is None:
        return word("company_in_short", lang)
    return word("supplied_by_in_short", lang, who=in_language(fact.supplier, lang))


def stake(amount: Possible, lang: Lang) -> list[str]:
    """The money that hangs on a missing fact; nothing where no money does."""
    if isinstance(amount, NotBounded):
        return [word("at_stake_unbounded", lang)]
    return [word("at_stake", lang, amount=in_language(yuan_text(amount), lang))] if amount else []


def stake_in_short(amount: Possible, lang: Lang) -> list[str]:
    """The same in fewer words, where a line must hold all that is told of a fact."""
    if isinstance(amount, NotBounded):
        return [word("at_stake_unbounded_short", lang)]
    return [word("at_stake_short", lang, amount=in_language(yuan_text(amount), lang))] if amount else []


def back_to_in_short(fact: MissingFact, lang: Lang) -> list[str]:
    """How far back it must reach, as a part of a sentence; nothing where no year matters."""
    if fact.back_to is None:
        return []
    said = how_far_back(fact.back_to, lang, of_list=fact.fact is None)
    return [f"{said[0].lower()}{said[1:]}".rstrip("。.")]
