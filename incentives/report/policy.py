"""One policy as a section of a document: where it stands, what it comes to, each clause with its evidence.

Imports the view, sentences and the document; computes nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from incentives.decision.result import PolicyStatus
from incentives.explain import phrases, sentences, ui
from incentives.explain.combination import combination_sentences
from incentives.explain.evidence import ConditionView
from incentives.explain.figures import FigureView
from incentives.explain.line_by_line import told_beside
from incentives.explain.view import ClauseView, ItemView, PolicyView
from incentives.report.document import Block, Bullets, Cell, Pairs, Paragraph, Section, Table, Tone
from incentives.report.wording import STATES, word
from incentives.texts import Lang, in_language
from incentives.values import Outcome, State

ClauseKey = tuple[str, str, str | None]
"""A clause on an item, or on the company: the policy, the clause, the key of the item."""


def policy_section(view: PolicyView, lang: Lang) -> Section:
    """Everything about one policy."""
    return Section(view.title, (about(view, lang), *result(view, lang), *grounds(view, lang)))


def condensed_section(view: PolicyView, near: Container[ClauseKey], lang: Lang) -> Section:
    """A policy with what it waits for or fails on in a row for each clause, and the grounds of those worth reading.

    These are what is met, what is `near` to it, and what is open while something of it holds already.
    """
    kept = [
        replace(clause, items=tuple(one for one in clause.items if _worth_reading(view, clause, one, near)))
        for clause in view.clauses
    ]
    shown = replace(view, clauses=tuple(clause for clause in kept if clause.items))
    blocks: list[Block] = [about(view, lang), *result(view, lang, reasons=True)]
    if shown.clauses:
        if shown != view:
            blocks.append(Paragraph(word("grounds_left_out", lang), Tone.REMARK))
        blocks += grounds(shown, lang)
    return Section(view.title, tuple(blocks))


def refused_section(view: PolicyView, lang: Lang) -> Section:
    """On what a policy fails of which nothing is open: what clauses fail on together stands once."""
    failing: dict[str, list[str]] = {}
    for clause in view.clauses:
        for item in clause.items:
            name = sentences.item(clause, item.determination, lang)
            told = told_beside(view, clause, item, lang) or sentences.outcome(item.determination, lang)
            failing.setdefault(told, []).append(f"{clause.title} · {name}" if name else clause.title)
    rows = tuple((Cell(phrases.listing(clauses, lang)), Cell(told)) for told, clauses in failing.items())
    head = (word("clause", lang), word("fails_on", lang))
    return Section(view.title, (Table(word("determinations", lang), head, (50, 50), rows),))


def _worth_reading(view: PolicyView, clause: ClauseView, item: ItemView, near: Container[ClauseKey]) -> bool:
    found = item.determination
    match found.outcome:
        case Outcome.QUALIFIED | Outcome.NEEDS_REVIEW:
            return True
        case Outcome.UNDETERMINED if any(one.state is State.HOLDS for one in item.conditions):
            return True
        case Outcome.UNDETERMINED | Outcome.NOT_QUALIFIED:
            return (view.policy, clause.clause, found.item.key if found.item is not None else None) in near
        case _:
            assert_never(found.outcome)


def result(view: PolicyView, lang: Lang, *, reasons: bool = False) -> list[Block]:
    """What a policy comes to, what counts and what was lost, and the outcome of each clause."""
    if view.status is not PolicyStatus.IN_FORCE:
        return [Paragraph(sentences.not_in_force(view, lang), Tone.CAUTION)]
    others = sentences.paid_to_others(view.paid_to_others, lang)
    blocks: list[Block] = [
        Paragraph(f"{word('totalled', lang)}{_colon(lang)}{sentences.policy_total(view, lang)}"),
        *([Paragraph(others)] if others is not None else []),
        Paragraph(phrases.witness(view.document, view.period, lang), Tone.CAUTION),
        *notes(view, lang),
    ]
    return [*blocks, *determinations(view, lang, reasons=reasons)]


def notes(view: PolicyView, lang: Lang) -> list[Block]:
    """What a reader could misread: what is met and not due, how the total was chosen, what was only assumed."""
    not_due = sentences.met_not_due(view, lang)
    blocks: list[Block] = [Paragraph(not_due, Tone.CAUTION)] if not_due is not None else []
    if view.combined is not None:
        counted = tuple(combination_sentences(view.combined, lang))
        blocks += [Bullets(counted)] if counted else []
    if view.among_all is not None:
        blocks.append(Paragraph(sentences.counted_among_all(view.among_all, lang)))
    if view.refused_by_assumption:
        blocks.append(Paragraph(ui.word("by_assumption", lang), Tone.CAUTION))
        blocks.append(Bullets(tuple((0, text) for text in view.refused_by_assumption)))
    return blocks


def grounds(view: PolicyView, lang: Lang) -> list[Block]:
    """The conditions common to all clauses, each clause with its evidence, and how the encoder read the whole."""
    blocks: list[Block] = []
    told: sentences.Told = set()
    if view.common:
        common = _evidence(word("evidence", lang), view.common, told, lang)
        blocks.append(Section(word("common", lang), (common,)))
    blocks += [_clause(clause, told, lang) for clause in view.clauses]
    if view.readings:
        readings = tuple((0, text) for text in phrases.readings(view.readings))
        blocks.append(Section(word("readings", lang), (Bullets(readings),)))
    return blocks


def determinations(view: PolicyView, lang: Lang, *, reasons: bool = False) -> list[Block]:
    """Each clause on each item, with its outcome and what it comes to; below, why the total may be wide.

    With `reasons` what is not met is told with what it waits for or fails on.
    """
    shared = sentences.shared_facts(view, lang)
    return [_outcomes(view, lang, reasons), *([Paragraph(shared, Tone.REMARK)] if shared is not None else [])]


def _outcomes(view: PolicyView, lang: Lang, reasons: bool) -> Table:
    """Each clause on each item, in the order of the paper, with its outcome and what it comes to."""
    rows = []
    for clause in view.clauses:
        for item in clause.items:
            found = item.determination
            amount = (
                word("none", lang)
                if found.outcome is Outcome.NOT_QUALIFIED
                else sentences.at_stake(clause, item, lang)
            )
            if reasons:
                amount = told_beside(view, clause, item, lang) or amount
            rows.append(
                (
                    Cell(clause.title),
                    Cell(sentences.item(clause, found, lang) or word("company", lang)),
                    Cell(sentences.outcome(found, lang), state=ui.OUTCOME_STATES[found.outcome]),
                    Cell(amount),
                )
            )
    head = tuple(word(key, lang) for key in ("clause", "item", "outcome", "amount"))
    widths = (28, 22, 12, 38) if reasons else (30, 28, 18, 24)
    return Table(word("determinations", lang), head, widths, tuple(rows))


def about(view: PolicyView, lang: Lang) -> Pairs:
    """Who issued a policy, where it stands, when it is in force and how one applies."""
    rows = [
        (word("issuer", lang), phrases.issuer(view.issuer, lang)),
        (word("document", lang), phrases.citation(view.document, lang)),
    ]
    if view.document.note is not None:
        rows.append((word("document_note", lang), view.document.note))
    rows.append((word("in_force", lang), phrases.period(view.period, lang)))
    if view.announced is not None:
        rows.append((word("announced", lang), sentences.beyond_clauses(view.announced, lang)))
    rows += [(word("budget", lang), phrases.budget(budget, lang)) for budget in view.budgets]
    unknown = ui.word("not_recorded", lang)
    how = phrases.application(view.application, lang) if view.application is not None else unknown
    return Pairs((*rows, (word("application", lang), how)))


# One clause ---------------------------------------------------------------------------------------


def _clause(view: ClauseView, told: sentences.Told, lang: Lang) -> Section:
    """What the paper says and grants; then each item with its outcome and its evidence."""
    award = view.items[0].determination.award
    limits = [in_language(limit, lang) for limit in view.limits]
    rows = [(word("award", lang), phrases.comma([phrases.award(award, view.formula, lang), *limits], lang))]
    rows += [(word("how_paid", lang), text) for text in phrases.duties(award, lang)]
    own_money = [budget for budget in view.budgets if budget not in award.budgets]
    rows += [(word("budget", lang), phrases.budget(budget, lang)) for budget in own_money]
    rows += [(word("reading", lang), text) for text in phrases.readings(view.readings)]
    blocks: list[Block] = [
        *(Paragraph(text, Tone.QUOTE) for text in phrases.sources(view.sources, award, lang)),
        Pairs(tuple(rows)),
    ]
    for item in view.items:
        blocks += _item(view, item, told, lang)
    return Section(view.title, tuple(blocks))


def _item(clause: ClauseView, view: ItemView, told: sentences.Told, lang: Lang) -> list[Block]:
    found = view.determination
    name = sentences.item(clause, found, lang)
    outcome = sentences.outcome(found, lang)
    state = ui.OUTCOME_STATES[found.outcome]
    head = f"{ui.SYMBOLS[state]} {outcome}{f' · {name}' if name else ''}"
    if found.outcome is not Outcome.NOT_QUALIFIED:
        head += f"{_colon(lang)}{sentences.at_stake(clause, view, lang)}"
    blocks: list[Block] = [Paragraph(head, state=state)]
    common = sentences.common_state(view.common_state, lang)
    if common is not None:
        blocks.append(Paragraph(common, Tone.REMARK, view.common_state))
    if view.conditions:
        caption = word("evidence_of", lang, item=name) if name else word("evidence", lang)
        blocks.append(_evidence(caption, view.conditions, told, lang))
    worked_from = sentences.worked_from(view, lang)
    blocks += [Paragraph(worked_from, Tone.REMARK)] if worked_from is not None else []
    blocks += [Paragraph(text, Tone.REMARK, State.JUDGEMENT) for text in sentences.amount_judged(found, lang)]
    return blocks


def _evidence(caption: str, conditions: Iterable[ConditionView], told: sentences.Told, lang: Lang) -> Table:
    """Each condition with what is asked, what was found, by how much it is short, who vouches, and the result.

    Below one that is worked out, what it comes from, but for what was `told` above.
    """
    head = tuple(word(key, lang) for key in ("condition", "needed", "actual", "short", "vouched", "result"))
    rows: list[tuple[Cell, ...]] = []
    for condition in conditions:
        rows.append(_row(condition, lang))
        rows += [_figure(one, condition.depth, lang) for one in sentences.figures_behind(condition, told)]
    return Table(caption, head, (24, 22, 18, 12, 12, 12), tuple(rows))


def _row(view: ConditionView, lang: Lang) -> tuple[Cell, ...]:
    remarks: list[str] = []
    if view.says is not None:
        words = phrases.cited(view.article, view.says, lang) if view.article is not None else view.says
        remarks.append(word("paper_says", lang, words=words))
    remarks += sentences.remarks(view, lang)
    combination = view.needed is None
    return (
        Cell(in_language(view.title, lang), tuple(remarks), view.depth),
        Cell(in_language(view.needed, lang) if view.needed is not None else ""),
        Cell(sentences.actual(view, lang)),
        Cell(in_language(view.short_by, lang) if view.short_by is not None else ""),
        Cell("" if combination else phrases.listing(_vouching(view, lang), lang)),
        Cell(f"{ui.SYMBOLS[view.state]} {in_language(STATES[view.state], lang)}", state=view.state),
    )


def _figure(view: FigureView, below: int, lang: Lang) -> tuple[Cell, ...]:
    title = Cell(in_language(view.title, lang), depth=below + view.depth + 1)
    vouched = Cell(phrases.listing(_vouching(view, lang), lang))
    return title, Cell(""), Cell(sentences.figure(view, lang)), Cell(""), vouched, Cell("")


def _vouching(view: ConditionView | FigureView, lang: Lang) -> Sequence[str]:
    own = [word("self_declared", lang)] if view.self_declared else []
    return [*own, *(in_language(supplier, lang) for supplier in view.suppliers)]


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "
