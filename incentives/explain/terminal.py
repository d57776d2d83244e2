"""An explanation as text for a terminal of 80 columns. Imports the view, sentences and layout; computes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from incentives.decision.result import Determination, PolicyStatus
from incentives.explain import missing_sentences, phrases, sentences
from incentives.explain.combination import combination_sentences
from incentives.explain.evidence import ConditionView
from incentives.explain.figures import FigureView
from incentives.explain.layout import WIDTH, Style, labelled, unstyled, wrapped
from incentives.explain.line_by_line import every_clause
from incentives.explain.overview import SCREEN, overview, reasons, together
from incentives.explain.ui import OUTCOME_STATES, OUTCOME_SYMBOLS, SYMBOLS, word
from incentives.explain.view import ClauseView, Explanation, ItemView, PolicyView
from incentives.texts import Lang, in_language
from incentives.texts.width import columns
from incentives.values import Outcome

if TYPE_CHECKING:
    from incentives.explain.glance import Glance

_COLUMNS: dict[Lang, tuple[int, int, int, int]] = {"zh": (20, 24, 20, 6), "en": (20, 21, 16, 13)}
_NARROWEST = 8
"""However deep conditions lie in each other, their titles keep so many columns."""


def render_check(explanation: Explanation, lang: Lang, *, date_given: bool, style: Style = unstyled) -> str:
    """The whole report: of a policy its summary and its grounds, and what is missing.

    Of several policies what all come to stands above them, and what is missing below.
    """
    report = _Report(lang, style)
    body = report.several(explanation) if len(explanation.policies) > 1 else report.one(explanation)
    return _joined([*report.head(explanation, date_given), *body, *report.receipt(explanation)])


def render_clauses(explanation: Explanation, lang: Lang, *, date_given: bool, style: Style = unstyled) -> str:
    """Several policies with every clause of theirs in a line, those that are not met as well."""
    report = _Report(lang, style)
    lines = [*together(explanation, lang), *every_clause(explanation, lang, style)]
    return _joined([*report.head(explanation, date_given), *lines, *report.receipt(explanation)])


def render_overview(
    explanation: Explanation,
    glance: Glance,
    lang: Lang,
    *,
    date_given: bool,
    screen: int = SCREEN,
    style: Style = unstyled,
) -> str:
    """Several policies on one screen of so many lines: what each brings, and what to look at first."""
    report = _Report(lang, style)
    head = list(report.head(explanation, date_given))
    lines = overview(explanation, glance, lang, above=len(head), screen=screen, style=style)
    return _joined([*head, *lines, *report.receipt(explanation)])


def render_reasons(
    explanation: Explanation, glance: Glance, lang: Lang, *, screen: int = SCREEN, style: Style = unstyled
) -> str:
    """Several policies on one screen of so many lines: why each came out as it did, and what to look at first."""
    head = list(_Report(lang, style).head(explanation, date_given=True))
    return _joined([*head, *reasons(explanation, glance, lang, above=len(head), screen=screen, style=style)])


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


class _Report:
    def __init__(self, lang: Lang, style: Style) -> None:
        self._lang = lang
        self._style = style
        self._told: sentences.Told = set()

    def head(self, explanation: Explanation, date_given: bool) -> Iterable[str]:
        name = sentences.company(explanation, self._lang)
        yield from wrapped(f"{name}  {explanation.code}" if explanation.code else name)
        day = sentences.day(explanation.on, self._lang, given=date_given)
        yield f"{self._word('as_of')} {day}  {self._word('engine')} {explanation.engine}"
        if explanation.no_earlier_grants:
            yield from wrapped(self._word("no_earlier_grants"))

    def one(self, explanation: Explanation) -> Iterable[str]:
        if not explanation.policies:
            yield self._word("nothing_in_force")
        for policy in explanation.policies:
            yield ""
            yield from self._summary(policy)
        yield from self._missing(explanation)
        for policy in explanation.policies:
            yield ""
            yield from self._policy(policy)

    def several(self, explanation: Explanation) -> Iterable[str]:
        yield from together(explanation, self._lang)
        for policy in explanation.policies:
            yield ""
            yield from self._summary(policy)
            if policy.missing:
                names = (missing_sentences.fact_name(fact, self._lang) for fact in policy.missing)
                yield from wrapped(self._word("still_missing", facts=phrases.listing(names, self._lang)), "  ")
            yield ""
            yield from self._policy(policy)
        yield from self._missing(explanation)

    def receipt(self, explanation: Explanation) -> Iterable[str]:
        receipt = explanation.receipt
        if receipt is None:
            return
        yield ""
        yield self._word("receipt")
        yield from wrapped(f"{', '.join(receipt.policies)}  {receipt.on.isoformat()}", "  ")
        yield f"  incentives {receipt.engine_version} ({receipt.engine})"
        yield f"  {self._word('policies_hash')}"
        yield f"    {receipt.policies_sha256}"
        yield f"  {self._word('profile_hash')}"
        yield f"    {receipt.profile_sha256}"

    # One policy ------------------------------------------------------------------------------------

    def _summary(self, view: PolicyView) -> Iterable[str]:
        yield from wrapped(view.title)
        if view.status is not PolicyStatus.IN_FORCE:
            yield from wrapped(sentences.not_in_force(view, self._lang), "  ")
            return
        yield from wrapped(sentences.policy_total(view, self._lang), "  ")
        others = sentences.paid_to_others(view.paid_to_others, self._lang)
        yield from wrapped(others, "  ") if others is not None else ()
        not_due = sentences.met_not_due(view, self._lang)
        yield from wrapped(not_due, "  ") if not_due is not None else ()
        yield from wrapped(phrases.witness(view.document, view.period, self._lang), "  ")
        if view.combined is not None:
            for depth, text in combination_sentences(view.combined, self._lang):
                yield from wrapped(text, "  " * (depth + 1))
        if view.among_all is not None:
            yield from wrapped(sentences.counted_among_all(view.among_all, self._lang), "  ")
        if view.refused_by_assumption:
            yield from wrapped(self._word("by_assumption"), "  ")
            for assumption in view.refused_by_assumption:
                yield from wrapped(f"- {assumption}", "    ")
        for clause in view.clauses:
            for item in clause.items:
                found = item.determination
                line = f"{self._mark(found)}  {clause.title}{self._subject(clause, found)}"
                if found.outcome is not Outcome.NOT_QUALIFIED:
                    line += f"  {sentences.at_stake(clause, item, self._lang)}"
                yield from wrapped(line, "  ")
        shared = sentences.shared_facts(view, self._lang)
        if shared is not None:
            yield from wrapped(shared, "  ")

    def _policy(self, view: PolicyView) -> Iterable[str]:
        self._told.clear()
        if view.clauses:
            yield self._word("details")
        yield from wrapped(f"{phrases.issuer(view.issuer, self._lang)}  {view.policy}", "  ")
        yield from wrapped(phrases.citation(view.document, self._lang), "  ")
        if view.document.note is not None:
            yield from wrapped(view.document.note, "  ")
        yield from wrapped(phrases.period(view.period, self._lang), "  ")
        if view.status is not PolicyStatus.IN_FORCE:
            return
        yield ""
        names = (self._word("condition"), self._word("needed"), self._word("actual"), "")
        yield f"    {columns(names, _COLUMNS[self._lang])[0]}"
        if view.common:
            yield self._word("common")
            for condition in view.common:
                yield from self._condition(condition)
        for number, clause in enumerate(view.clauses):
            if number or view.common:
                yield ""
            yield from self._clause(clause)
        yield from self._gaps(view)

    # One clause ------------------------------------------------------------------------------------

    def _clause(self, view: ClauseView) -> Iterable[str]:
        award = view.items[0].determination.award
        granted = phrases.award(award, view.formula, self._lang)
        yield from wrapped(f"{view.title}  {granted}")
        for limit in view.limits:
            yield from wrapped(in_language(limit, self._lang), "  ")
        for item in view.items:
            yield from self._item(view, item)
        for text in phrases.duties(award, self._lang):
            yield from wrapped(text, "  ")
        for budget in view.budgets:
            if budget not in award.budgets:
                yield from wrapped(phrases.budget(budget, self._lang), "  ")
        yield from labelled(self._word("source"), phrases.sources(view.sources, award, self._lang))
        yield from labelled(self._word("readings_short"), phrases.readings(view.readings))

    def _item(self, clause: ClauseView, view: ItemView) -> Iterable[str]:
        found = view.determination
        yield from wrapped(f"{self._mark(found)}{self._subject(clause, found)}")
        common = sentences.common_state(view.common_state, self._lang)
        if common is not None and view.common_state is not None:
            yield f"  {SYMBOLS[view.common_state]} {common}"
        for condition in view.conditions:
            yield from self._condition(condition)
        worked_from = sentences.worked_from(view, self._lang)
        yield from wrapped(worked_from, "  ") if worked_from is not None else ()
        for text in sentences.amount_judged(found, self._lang):
            yield from wrapped(text, "  ")

    def _mark(self, found: Determination) -> str:
        outcome = sentences.outcome(found, self._lang)
        return self._style(f"{OUTCOME_SYMBOLS[found.outcome]} {outcome}", OUTCOME_STATES[found.outcome])

    def _subject(self, clause: ClauseView, found: Determination) -> str:
        name = sentences.item(clause, found, self._lang)
        return f" · {name}" if name else ""

    def _condition(self, view: ConditionView) -> Iterable[str]:
        symbol = self._style(SYMBOLS[view.state], view.state)
        indent = "  " * view.depth
        if view.needed is None:
            yield from self._group(view, symbol, indent)
            return
        title, needed, actual, mark = _COLUMNS[self._lang]
        found = sentences.actual(view, self._lang)
        if view.short_by is not None:
            found += phrases.bracketed([in_language(view.short_by, self._lang)], self._lang)
        cells = (
            in_language(view.title, self._lang),
            in_language(view.needed, self._lang),
            found,
            self._word("self_declared") if view.self_declared else "",
        )
        first, *rest = columns(cells, (max(title - len(indent), _NARROWEST), needed, actual, mark))
        yield f"  {indent}{symbol} {first}"
        yield from (f"  {indent}  {line}".rstrip() for line in rest)
        for figure in sentences.figures_behind(view, self._told):
            yield from self._figure(figure, f"{indent}{'  ' * (figure.depth + 1)}")
        if view.article is not None and view.says is not None:
            yield from wrapped(phrases.quoted(view.article, view.says, self._lang), f"    {indent}")
        for text in sentences.remarks(view, self._lang):
            yield from wrapped(text, f"    {indent}")

    def _figure(self, view: FigureView, indent: str) -> Iterable[str]:
        """What a condition is worked out from: its value below that of the condition. Nothing is asked of it."""
        title, needed, actual, mark = _COLUMNS[self._lang]
        cells = (
            in_language(view.title, self._lang),
            sentences.figure(view, self._lang),
            self._word("self_declared") if view.self_declared else "",
        )
        lines = columns(cells, (max(title + 2 + needed - len(indent), _NARROWEST), actual, mark))
        yield from (f"    {indent}{line}".rstrip() for line in lines)

    def _group(self, view: ConditionView, symbol: str, indent: str) -> Iterable[str]:
        """What joins several conditions, with the words of the paper for all of them."""
        room = max(WIDTH - 4 - len(indent), _NARROWEST)
        first, *rest = columns((in_language(view.title, self._lang),), (room,))
        yield f"  {indent}{symbol} {first}"
        yield from (f"  {indent}  {line}".rstrip() for line in rest)
        if view.says is not None:
            yield from wrapped(phrases.quoted(view.article, view.says, self._lang), f"    {indent}")
        for text in sentences.remarks(view, self._lang):
            yield from wrapped(text, f"    {indent}")

    # What is open ----------------------------------------------------------------------------------

    def _missing(self, explanation: Explanation) -> Iterable[str]:
        if explanation.missing:
            yield ""
            money = len(explanation.missing) > 1 and any(one.at_stake != 0 for one in explanation.waiting)
            yield from wrapped(self._word("missing_in_order" if money else "missing"))
        for fact, waiting in zip(explanation.missing, explanation.waiting, strict=True):
            name, who = missing_sentences.fact_name(fact, self._lang), missing_sentences.supplied_by(fact, self._lang)
            notes = [who, *missing_sentences.stake(waiting.at_stake, self._lang)]
            yield from wrapped(f"? {name}{phrases.bracketed(notes, self._lang)}", "  ")
            for text in missing_sentences.question(fact, self._lang):
                yield from wrapped(text, "    ")
            several = len(explanation.policies) > 1
            if named := missing_sentences.waiting_clauses(waiting.awards, self._lang, several=several):
                clauses = ("；" if self._lang == "zh" else "; ").join(named)
                yield from wrapped(self._word("which_wait", clauses=clauses), "    ")

    def _gaps(self, view: PolicyView) -> Iterable[str]:
        yield ""
        yield self._word("whole_policy")
        yield from labelled(self._word("readings_short"), phrases.readings(view.readings))
        if view.announced is not None:
            yield from labelled(self._word("announced"), [sentences.beyond_clauses(view.announced, self._lang)])
        for budget in view.budgets:
            yield from wrapped(phrases.budget(budget, self._lang), "  ")
        yield from wrapped(phrases.application(view.application, self._lang), "  ")

    # Small words -----------------------------------------------------------------------------------

    def _word(self, key: str, **blanks: str) -> str:
        return word(key, self._lang, **blanks)
