"""A question as it is put to people: whose fact, which year, what can be answered. Imports facts and reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from incentives.advice.reads import Read
from incentives.decision.result import Decision, ItemName
from incentives.facts.ledger import LEDGER, LEDGER_FROM, BackTo
from incentives.facts.places import Place
from incentives.facts.profile import Profile
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    DateType,
    FactType,
    ManyType,
    MoneyType,
    QuantityType,
    RateType,
    TextType,
    UsccType,
    YearlyType,
)
from incentives.facts.vocabulary import COMPANY, Fact, Vocabulary
from incentives.language.store import PolicySet
from incentives.values import Bilingual


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a question offers: what the profile then says, and what people call it."""

    value: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask. `fact` is None where a whole list is asked for: the names of its items, none of them as well.

    `year` is one year of a yearly fact, 0 for the highest of all the years before the first one known. `supplier`
    is the authority that holds the fact, None where the company itself can say. Where `open_ended`, the choices are
    those that policies name and others can be given; else there are no others. Of the ledger and of how far it
    reaches, `back_to` is the first year that matters, or that every year does; None of anything else.
    """

    entity: str
    item: ItemName | None
    fact: str | None
    year: int | None
    title: Bilingual
    question: Bilingual
    basis: Bilingual | None
    supplier: Bilingual | None
    choices: tuple[Choice, ...]
    open_ended: bool
    several: bool
    """Whether more than one choice can be given, or none."""
    back_to: BackTo | None = None

    @property
    def place(self) -> Place:
        """Where in a profile the answer goes."""
        return Place(self.entity, self.item.key if self.item is not None else None, self.fact, self.year)

    def to_dict(self) -> dict[str, Any]:
        """The question as JSON-ready data."""
        from incentives.decision.json import to_data

        return to_data(Question, self)


def question_at(
    place: Place, profile: Profile, policies: PolicySet, reads: Iterable[Read], decided: Callable[[], Decision]
) -> Question:
    """The question for a place that parts of a decision wait for, which tell these things apart there.

    What is `decided` on the profile is asked for only where the question is about the ledger.
    """
    entity = policies.vocabulary.entities[place.entity]
    back_to = _back_to(place, decided()) if (place.entity, place.fact) in _REACHING_BACK else None
    if place.fact is None:
        asked = entity.list_question or entity.title
        return Question(
            entity.id,
            None,
            None,
            None,
            entity.title,
            asked,
            None,
            None,
            (),
            open_ended=True,
            several=True,
            back_to=back_to,
        )
    fact = entity.facts[place.fact]
    item = next((one for one in profile.lists.get(entity.id, ()) if one.key == place.item), None)
    named = ItemName(entity.id, item.key, item.name) if item is not None and entity.id != COMPANY else None
    choices, open_ended = _choices(fact, tuple(reads), policies)
    return Question(
        entity.id,
        named,
        fact.id,
        place.year,
        fact.title,
        fact.question,
        fact.basis,
        fact.supplier,
        choices,
        open_ended,
        isinstance(fact.type, ManyType),
        back_to,
    )


_REACHING_BACK = ((LEDGER, None), (COMPANY, LEDGER_FROM))
"""The ledger itself, and how far it reaches."""


def _back_to(place: Place, decision: Decision) -> BackTo | None:
    """How far back the ledger must reach for what waits for it."""
    asked = [one for one in decision.missing if (one.entity, one.fact) == (place.entity, place.fact)]
    return asked[0].back_to if asked else None


def fact_asked(question: Question, vocabulary: Vocabulary) -> Fact | None:
    """The fact that a question is about; None where it is about a list."""
    return vocabulary.entities[question.entity].facts[question.fact] if question.fact is not None else None


def _choices(fact: Fact, reads: tuple[Read, ...], policies: PolicySet) -> tuple[tuple[Choice, ...], bool]:
    named = sorted({str(value) for read in reads for value in read.values})
    if fact.entity == LEDGER and fact.id == "policy":
        return tuple(_policies(policies)), True
    if fact.entity == LEDGER and fact.id == "clause":
        return tuple(_clauses(policies, named)), True
    return tuple(_of_type(fact.type, named, reads)), _is_open_ended(fact.type)


def _of_type(of: FactType, named: list[str], reads: tuple[Read, ...]) -> Iterator[Choice]:
    match of:
        case YearlyType(single) | ManyType(single):
            yield from _of_type(single, named, reads)
        case BooleanType():
            yield from (Choice("true", Bilingual("是", "yes")), Choice("false", Bilingual("否", "no")))
        case ChoiceType(choices):
            yield from (Choice(choice, Bilingual(choice, choice)) for choice in choices)
        case CodeType():
            codes = sorted({prefix for read in reads for prefix in read.prefixes if of.fits(prefix)} | {*named})
            for code in codes:
                label = of.label(code)
                if label is not None:
                    yield Choice(code, Bilingual(f"{label}（{code}）", f"{label} ({code})"))
        case TextType():
            yield from (Choice(word, Bilingual(word, word)) for word in named)
        case MoneyType() | RateType() | CountType() | QuantityType() | DateType() | UsccType():
            pass


def _is_open_ended(of: FactType) -> bool:
    single = of.of if isinstance(of, YearlyType | ManyType) else of
    return not isinstance(single, BooleanType | ChoiceType)


def _policies(policies: PolicySet) -> Iterator[Choice]:
    for policy_id in policies.ids():
        title = policies.versions(policy_id)[-1].title
        yield Choice(policy_id, Bilingual(title, title))


def _clauses(policies: PolicySet, named: list[str]) -> Iterator[Choice]:
    titles = {clause.id: clause.title for policy in policies.policies for clause in policy.clauses}
    for clause_id in named:
        title = titles.get(clause_id, clause_id)
        yield Choice(clause_id, Bilingual(title, title))
