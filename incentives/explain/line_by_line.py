"""Every clause of several policies: what it brings, what it waits for, or on what it fails.

Imports the view, sentences and the fixed words; computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from incentives.decision.result import PolicyStatus
from incentives.engines.subjects import Presence
from incentives.explain import missing_sentences, phrases, sentences
from incentives.explain.evidence import ConditionView
from incentives.explain.layout import WIDTH, Style, wrapped
from incentives.explain.ui import OUTCOME_STATES, OUTCOME_SYMBOLS, word
from incentives.explain.view import ClauseView, Explanation, ItemView, PolicyView
from incentives.texts import Count, Lang, in_language
from incentives.texts.width import display_width, shortened, wrap
from incentives.values import Outcome, State

_NAME = 34
"""Columns of a clause and its item, so that what is said of them has room beside it."""


def every_clause(explanation: Explanation, lang: Lang, style: Style) -> Iterator[str]:
    """Each policy with what it comes to, and below it each clause on each item."""
    for view in explanation.policies:
        yield ""
        if view.status is not PolicyStatus.IN_FORCE:
            yield from wrapped(f"{view.title}  {sentences.not_in_force(view, lang)}")
            continue
        yield from wrapped(f"{view.title}  {sentences.policy_total(view, lang)}")
        if view.among_all is not None:
            yield from wrapped(sentences.counted_among_all(view.among_all, lang), "  ")
        for clause in view.clauses:
            for item in clause.items:
                yield from _lines(view, clause, item, lang, style)
    yield ""
    yield from wrapped(word("see_grounds", lang))


def _lines(view: PolicyView, clause: ClauseView, item: ItemView, lang: Lang, style: Style) -> Iterator[str]:
    """One line where it holds all: else the name gives way first, and what is said of it goes on below."""
    found = item.determination
    # A list that nobody gave is told with what the clause waits for; what is refused without it does not need it.
    named = None if found.presence is Presence.ABSENT_LIST else sentences.item(clause, found, lang)
    name, told = f"{clause.title} · {named}" if named else clause.title, told_beside(view, clause, item, lang)
    if display_width(f"{name}  {told}") > WIDTH - 4:
        name = shortened(name, _NAME)
    mark = style(OUTCOME_SYMBOLS[found.outcome], OUTCOME_STATES[found.outcome])
    first, *rest = wrap(f"{name}  {told}".rstrip(), WIDTH - 4, WIDTH - 8)
    yield f"  {mark} {first}"
    yield from (f"        {line}" for line in rest)


def told_beside(view: PolicyView, clause: ClauseView, item: ItemView, lang: Lang) -> str:
    """What stands beside a clause: the money, with what it waits for first where it is open; or why not."""
    found = item.determination
    match found.outcome:
        case Outcome.QUALIFIED:
            return sentences.at_stake(clause, item, lang)
        case Outcome.NOT_QUALIFIED if found.presence is Presence.EMPTY_LIST:
            return ""  # that there is no item stands beside the clause
        case Outcome.NOT_QUALIFIED:
            common = view.common if item.common_state is State.FAILS else ()
            return _fails_on([one for one in (*common, *item.conditions) if _is_ground(one)], lang)
        case Outcome.UNDETERMINED | Outcome.NEEDS_REVIEW:
            named = [missing_sentences.fact_name(fact, lang) for fact in found.missing] or [
                in_language(reason.title, lang) for reason in found.judgements if reason.title is not None
            ]
            several = "waits_for" if len(named) == 1 else "waits_for_more"
            waits = [word(several, lang, fact=named[0], count=Count(len(named)))] if found.missing else []
            judged = [word("judged_first", lang, what=named[0])] if named and not found.missing else []
            return phrases.comma([sentences.at_stake(clause, item, lang), *waits, *judged], lang)


def _is_ground(view: ConditionView) -> bool:
    """Whether a condition fails and says itself what it asks for: a combination leaves that to its parts."""
    return view.state is State.FAILS and view.needed is not None


def _fails_on(grounds: list[ConditionView], lang: Lang) -> str:
    """The first condition that fails, with what is there and what is asked; how many more do."""
    if not grounds:
        return ""
    first, *others = grounds
    assert first.needed is not None, "a ground says what it asks for"
    told = word(
        "fails_with",
        lang,
        fact=in_language(first.title, lang),
        actual=sentences.actual(first, lang),
        needed=in_language(first.needed, lang),
    )
    return phrases.comma([told, word("fails_more", lang, count=Count(len(others)))], lang) if others else told
