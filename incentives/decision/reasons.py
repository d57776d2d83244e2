"""Why a row came out as it did: which conditions failed, are missing, wait for a person. Imports rows and results.

All of it is read off the states that an engine found, so that every engine gives the same reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, assert_never

from incentives.decision.result import ItemName, MissingFact, Reason, award_node, merged
from incentives.engines.atoms import passes, settle
from incentives.engines.rows import Row
from incentives.engines.subjects import Awaited, Collected, Judged, Presence, Subject, Undefined, Waiting, holder_of
from incentives.engines.terms.evaluate import evaluate
from incentives.facts.ledger import EVERY_YEAR, LEDGER
from incentives.facts.types import Value
from incentives.facts.vocabulary import COMPANY
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    CountItems,
    CountValues,
    Defined,
    Equals,
    FactValue,
    Growth,
    Holds,
    InCase,
    IncludesAny,
    Increase,
    ItemExists,
    Items,
    Measured,
    Not,
    OneOf,
    OverItems,
    OverYears,
    StartsWith,
    Term,
    Test,
    Unstated,
    Within,
    YearValue,
)
from incentives.language.walks import children
from incentives.records import NamedTuple
from incentives.values import Bilingual, State

States = Mapping[str, State]


def item_name(subject: Subject) -> ItemName | None:
    item = subject.item
    return ItemName(subject.entity, item.key, item.name) if item is not None else None


def failed(row: Row) -> tuple[Reason, ...]:
    """The conditions whose failing makes the clause fail. Of an empty list nothing is said but that it is empty."""
    found = [
        node
        for node in _failing(row.clause.condition, row.states, set())
        if row.subject.presence is not Presence.EMPTY_LIST
        or node.entity == COMPANY
        or isinstance(node.form, ItemExists)
    ]
    return tuple([reason(node) for node in found])


def missing(row: Row) -> tuple[MissingFact, ...]:
    """The facts the outcome waits for, each once. Where a list is absent it is the list that is missing."""
    return merged(
        fact
        for node in open_atoms(row.clause.condition, row.states, State.MISSING)
        for fact in awaited_by(node, row.subject)
    )


def awaited_by(node: Condition, subject: Subject) -> Iterator[MissingFact]:
    """The facts that an open atom looked for and did not find."""
    gone: Collected = {}
    settle(node, subject._replace(awaited=gone))
    yield from _facts(gone, subject, node.id)


def _facts(gone: Collected, subject: Subject, node: str) -> Iterator[MissingFact]:
    for one in gone.values():
        found = missing_fact(one, subject, (node,)) if isinstance(one, Awaited) else None
        if found is not None:
            yield found


def missing_fact(awaited: Awaited, subject: Subject, nodes: tuple[str, ...]) -> MissingFact | None:
    """What was looked for, as it is told; None for what only a person can say."""
    fact = awaited.fact
    if fact is None:
        entity = awaited.entity or subject.list_entity
        assert entity is not None, "only a list can be missing without a fact"
        asked = entity.list_question or entity.title
        # What reads the ledger like any other list reads every year of it.
        back_to = EVERY_YEAR if awaited.back_to is None and entity.id == LEDGER else awaited.back_to
        return MissingFact(entity.id, None, None, (), entity.title, asked, None, nodes, back_to=back_to)
    if fact.judgement:
        return None
    item = ItemName(fact.entity, awaited.item.key, awaited.item.name) if awaited.item is not None else None
    return MissingFact(
        fact.entity,
        item,
        fact.id,
        awaited.years,
        fact.title,
        fact.question,
        fact.supplier,
        nodes,
        earlier=awaited.earlier,
        back_to=awaited.back_to,
    )


class AwardWaits(NamedTuple):
    """What the amount of an award waits for: facts, and what a person decides in it."""

    missing: tuple[MissingFact, ...]
    judgements: tuple[Reason, ...]


WAITS_FOR_NOTHING: Final = AwardWaits((), ())


def award_waits(row: Row, gone: Collected) -> AwardWaits:
    """What was asked for and is open while the award was worked out, as it is told."""
    if not gone:
        return WAITS_FOR_NOTHING
    node = award_node(row.clause.id)
    judged = dict.fromkeys(told for one in gone.values() if (told := _judged_in_award(one, node)) is not None)
    return AwardWaits(tuple(_facts(gone, row.subject, node)), tuple(judged))


def missing_for_limit(rule: str, limit: Term, company: Subject) -> tuple[MissingFact, ...]:
    """The facts that a limit on several awards waits for."""
    gone: Collected = {}
    evaluate(limit, company._replace(awaited=gone), passes)
    return tuple(_facts(gone, company, rule))


UNDEFINED = {
    Undefined.RATIO: Bilingual("比值无定义（除数为零）", "the ratio is undefined (it divides by nothing)"),
    Undefined.GROWTH: Bilingual(
        "增长率无定义（上一年为零或为负）", "the growth is undefined (the year before was nothing or a loss)"
    ),
    Undefined.OF_NONE: Bilingual("没有可以计算的一项", "there is nothing to work it out from"),
    Undefined.OF_NO_YEAR: Bilingual("没有更早的年度", "there is no earlier year"),
    Undefined.NO_ROW: Bilingual("没有写明的情形", "a case that the policy does not name"),
}
"""What a person is told where a value is undefined and the policy does not rule it."""


def _judged_in_award(one: Waiting, node: str) -> Reason | None:
    """What a person decides in an amount; None for a fact that somebody else can give."""
    match one:
        case Undefined():
            return Reason(node, None, None, undefined=UNDEFINED[one])
        case Awaited(_, _, fact):
            if fact is None or not fact.judgement:
                return None
            return Reason(node, fact.id, fact.title)
        case Judged(condition, place):
            told = awaited_judgement(condition, place)
            return replace(
                reason(condition),
                node=node,
                judgement=told.judgement,
                open_list=told.open_list,
                undefined=undefined_in(condition, place),
            )
        case _:
            assert_never(one)


def judgements(row: Row) -> tuple[Reason, ...]:
    """The conditions that wait for a person."""
    found = open_atoms(row.clause.condition, row.states, State.JUDGEMENT)
    return tuple(
        [
            replace(
                reason(node),
                **awaited_judgement(node, row.subject)._asdict(),
                undefined=undefined_in(node, row.subject),
            )
            for node in found
        ]
    )


def undefined_in(node: Condition, subject: Subject) -> Bilingual | None:
    """What of the value that a condition measures is undefined."""
    if not isinstance(node.form, Measured) or node.form.judgement is not None:
        return None
    gone: Collected = {}
    settle(node, subject._replace(awaited=gone))
    return next((UNDEFINED[one] for one in gone.values() if isinstance(one, Undefined)), None)


class AwaitedJudgement(NamedTuple):
    """What a person is asked: what the condition says is to be judged, or whether an open list covers the value."""

    judgement: str | None
    open_list: str | None


def awaited_judgement(node: Condition, subject: Subject) -> AwaitedJudgement:
    """What a condition that is open by judgement waits for."""
    match node.form:
        case OneOf() | IncludesAny() | StartsWith() as test if value_of(test, subject) is not None:
            return AwaitedJudgement(None, test.open)
        case Within() | Equals() | OneOf() | IncludesAny() | StartsWith() | Measured() as test:
            return AwaitedJudgement(test.judgement, None)
        case Unstated(gap):
            return AwaitedJudgement(gap, None)
        case _:
            return AwaitedJudgement(None, None)


def rests_on_assumption(row: Row) -> bool:
    """Whether a clause that fails would not fail if the encoder's assumptions were open questions."""
    return bool(row.clause.assumed) and not _Assumptions(row.states).certain(row.clause.condition, State.FAILS)


def refusing_assumptions(row: Row) -> tuple[Reason, ...]:
    """The encoder's conditions that a refusal comes from, the outermost of each branch."""
    found = _assumed_against(row.clause.condition, row.states, State.FAILS, set())
    return tuple([reason(node) for node in found])


def value_of(test: Test, subject: Subject) -> Value | None:
    """What is known of the fact that a test looks at."""
    holder = holder_of(test.fact, subject)
    return holder.values.get(test.fact.id) if holder is not None else None


def reason(node: Condition) -> Reason:
    """A condition by what it looks at, with the words of the paper and what the encoder assumed."""
    fact, title = _about(node)
    return Reason(node.id, fact, title, node.says, node.article, node.assumption)


def _about(node: Condition) -> tuple[str | None, Bilingual | None]:
    """The one fact, list or definition that a condition is about, where it is about one."""
    match node.form:
        case Within() | Equals() | OneOf() | IncludesAny() | StartsWith() as test:
            return test.fact.id, test.fact.title
        case ItemExists(entity) | Items(_, entity, _):
            return None, entity.title
        case Not(Condition(form=Within() | Equals() | OneOf() | IncludesAny() | StartsWith() as test)):
            return test.fact.id, test.fact.title
        case Holds(title, _):
            return None, Bilingual(title, title)
        case Measured(term):
            return _looked_at(term)
        case All() | AnyOf() | AtLeast() | Not() | Unstated():
            return None, None
        case _:
            assert_never(node.form)


def _looked_at(term: Term) -> tuple[str | None, Bilingual | None]:
    """The one fact or definition a term is about, where it is about one."""
    match term:
        case CountValues(FactValue(fact)):
            return fact.id, fact.title
        case FactValue(fact) | YearValue(fact) | OverYears(_, fact) | Growth(fact) | Increase(fact):
            return fact.id, fact.title
        case Defined(_, title):
            return None, Bilingual(title, title)
        case CountItems(entity) | OverItems(_, entity):
            return None, entity.title
        case _:
            return None, None


def _failing(node: Condition, states: States, seen: set[str]) -> Iterator[Condition]:
    if states[node.id] is not State.FAILS or node.id in seen:
        return
    seen.add(node.id)
    match node.form:
        case InCase() as asked:
            yield from _failing(asked.must, states, seen)
        case All(of) | AnyOf(of) | AtLeast(of):
            for part in of:
                yield from _failing(part, states, seen)
        case Holds(_, of):
            yield from _failing(of, states, seen)
        case Not():
            yield node
        case (
            Within()
            | Equals()
            | OneOf()
            | IncludesAny()
            | StartsWith()
            | Measured()
            | Unstated()
            | Items()
            | ItemExists()
        ):
            yield node
        case _:
            assert_never(node.form)


def _assumed_against(
    node: Condition, states: States, decisive: State, seen: set[tuple[str, State]]
) -> Iterator[Condition]:
    """The assumed nodes by which `node` has come to its decisive state, the outermost of each branch."""
    if states[node.id] is not decisive or (node.id, decisive) in seen:
        return
    seen.add((node.id, decisive))
    if node.assumption is not None:
        yield node
        return
    for part in children(node):
        yield from _assumed_against(
            part, states, _opposite(decisive) if isinstance(node.form, Not) else decisive, seen
        )


def _opposite(decisive: State) -> State:
    return State.HOLDS if decisive is State.FAILS else State.FAILS


def open_atoms(node: Condition, states: States, kind: State) -> Iterator[Condition]:
    """The tests that a condition waits for, each once: those of that kind reached through open nodes alone."""
    yield from _open(node, states, kind, set())


def _open(node: Condition, states: States, kind: State, seen: set[str]) -> Iterator[Condition]:
    if not states[node.id].unknown or node.id in seen:
        return
    seen.add(node.id)
    below = children(node)
    if not below and states[node.id] is kind:
        yield node
    for part in below:
        yield from _open(part, states, kind, seen)


class _Assumptions:
    """What a row's conditions come to for certain: even with every assumed condition left open."""

    def __init__(self, states: States) -> None:
        self._states = states
        self._known: dict[tuple[str, State], bool] = {}

    def certain(self, node: Condition, decisive: State) -> bool:
        """Whether `node` still holds, or still fails."""
        known = self._known.get((node.id, decisive))
        if known is None:
            known = self._known[node.id, decisive] = self._of_form(node, decisive)
        return known

    def _of_form(self, node: Condition, decisive: State) -> bool:
        if node.assumption is not None:
            return False
        match node.form:
            case All(of):
                together = any if decisive is State.FAILS else all
                return together(self.certain(part, decisive) for part in of)
            case AnyOf(of):
                together = all if decisive is State.FAILS else any
                return together(self.certain(part, decisive) for part in of)
            case AtLeast(of, number) as form:
                enough = form.failures if decisive is State.FAILS else number
                return sum(self.certain(part, decisive) for part in of) >= enough
            case Not(of):
                return self.certain(of, _opposite(decisive))
            case Holds(_, of):
                return self.certain(of, decisive)
            case (
                Within()
                | Equals()
                | OneOf()
                | IncludesAny()
                | StartsWith()
                | Measured()
                | Unstated()
                | Items()
                | ItemExists()
            ):
                return self._states[node.id] is decisive
            case _:
                assert_never(node.form)
