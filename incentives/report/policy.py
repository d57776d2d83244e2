"""One policy as a section of a document: where it stands, what it comes to, each clause with its evidence.

Imports the view, sentences and the document; computes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incentives.decision.result import PolicyStatus
from incentives.explain import phrases, sentences, ui
from incentives.explain.combination import combination_sentences
from incentives.explain.evidence import ConditionView
from incentives.explain.view import ClauseView, ItemView, PolicyView
from incentives.report.document import Block, Bullets, Cell, Pairs, Paragraph, Section, Table, Tone
from incentives.report.wording import STATES, word
from incentives.texts import Lang, in_language
from incentives.values import Outcome, State


def policy_section(view: PolicyView, lang: Lang) -> Section:
    """Everything about one policy."""
    return Section(view.title, (about(view, lang), *result(view, lang), *grounds(view, lang)))


def result(view: PolicyView, lang: Lang) -> list[Block]:
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
    return [*blocks, *determinations(view, lang)]


def notes(view: PolicyView, lang: Lang) -> list[Block]:
    """What a reader could misread: what is met and not due, how the total was chosen, what was only assumed."""
    not_due = sentences.met_not_due(view, lang)
    blocks: list[Block] = [Paragraph(not_due, Tone.CAUTION)] if not_due is not None else []
    if view.combined is not None:
        counted = tuple(combination_sentences(view.combined, lang))
        blocks += [Bullets(counted)] if counted else []
    if view.refused_by_assumption:
        blocks.append(Paragraph(ui.word("by_assumption", lang), Tone.CAUTION))
        blocks.append(Bullets(tuple((0, text) for text in view.refused_by_assumption)))
    return blocks


def grounds(view: PolicyView, lang: Lang) -> list[Block]:
    """The conditions common to all clauses, each clause with its evidence, and how the encoder read the whole."""
    blocks: list[Block] = []
    if view.common:
        common = _evidence(word("evidence", lang), view.common, lang)
        blocks.append(Section(word("common", lang), (common,)))
    blocks += [_clause(clause, lang) for clause in view.clauses]
    if view.readings:
        told = tuple((0, text) for text in phrases.readings(view.readings))
        blocks.append(Section(word("readings", lang), (Bullets(told),)))
    return blocks


def determinations(view: PolicyView, lang: Lang) -> list[Block]:
    """Each clause on each item, with its outcome and what it comes to; below, why the total may be wide."""
    shared = sentences.shared_facts(view, lang)
    return [_outcomes(view, lang), *([Paragraph(shared, Tone.REMARK)] if shared is not None else [])]


def _outcomes(view: PolicyView, lang: Lang) -> Table:
    """Each clause on each item, in the order of the paper, with its outcome and what it comes to."""
    rows = []
    for clause in view.clauses:
        for item in clause.items:
            found = item.determination
            refused = found.outcome is Outcome.NOT_QUALIFIED
            rows.append(
                (
                    Cell(clause.title),
                    Cell(sentences.item(clause, found, lang) or word("company", lang)),
                    Cell(sentences.outcome(found, lang), state=ui.OUTCOME_STATES[found.outcome]),
                    Cell(word("none", lang) if refused else sentences.at_stake(clause, item, lang)),
                )
            )
    head = tuple(word(key, lang) for key in ("clause", "item", "outcome", "amount"))
    return Table(word("determinations", lang), head, (30, 28, 18, 24), tuple(rows))


def about(view: PolicyView, lang: Lang) -> Pairs:
    """Who issued a policy, where it stands, when it is in force and how one applies."""
    rows = [
        (word("issuer", lang), view.issuer),
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


def _clause(view: ClauseView, lang: Lang) -> Section:
    """What the paper says and grants; then each item with its outcome and its evidence."""
    award = view.items[0].determination.award
    limits = [in_language(limit, lang) for limit in view.limits]
    rows = [(word("award", lang), phrases.comma([phrases.award(award, view.formula, lang), *limits], lang))]
    rows += [(word("how_paid", lang), text) for text in phrases.duties(award, lang)]
    own_money = [budget for budget in view.budgets if budget not in award.budgets]
    rows += [(word("budget", lang), phrases.budget(budget, lang)) for budget in own_money]
    rows += [(word("reading", lang), text) for text in phrases.readings(view.readings)]
    blocks: list[Block] = [
        *(Paragraph(text, Tone.QUOTE) for text in phrases.sources(view.sources, award)),
        Pairs(tuple(rows)),
    ]
    for item in view.items:
        blocks += _item(view, item, lang)
    return Section(view.title, tuple(blocks))


def _item(clause: ClauseView, view: ItemView, lang: Lang) -> list[Block]:
    found = view.determination
    name = sentences.item(clause, found, lang)
    outcome = sentences.outcome(found, lang)
    state = ui.OUTCOME_STATES[found.outcome]
    told = f"{ui.SYMBOLS[state]} {outcome}{f' · {name}' if name else ''}"
    if found.outcome is not Outcome.NOT_QUALIFIED:
        told += f"{_colon(lang)}{sentences.at_stake(clause, view, lang)}"
    blocks: list[Block] = [Paragraph(told, state=state)]
    common = sentences.common_state(view.common_state, lang)
    if common is not None:
        blocks.append(Paragraph(common, Tone.REMARK, view.common_state))
    if view.conditions:
        caption = word("evidence_of", lang, item=name) if name else word("evidence", lang)
        blocks.append(_evidence(caption, view.conditions, lang))
    blocks += [Paragraph(text, Tone.REMARK, State.JUDGEMENT) for text in sentences.amount_judged(found, lang)]
    return blocks


def _evidence(caption: str, conditions: Iterable[ConditionView], lang: Lang) -> Table:
    """Each condition with what is asked, what was found, by how much it is short, who vouches, and the result."""
    head = tuple(word(key, lang) for key in ("condition", "needed", "actual", "short", "vouched", "result"))
    rows = tuple(_row(condition, lang) for condition in conditions)
    return Table(caption, head, (24, 22, 18, 12, 12, 12), rows)


def _row(view: ConditionView, lang: Lang) -> tuple[Cell, ...]:
    remarks: list[str] = []
    if view.says is not None:
        words = phrases.cited(view.article, view.says) if view.article is not None else view.says
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


def _vouching(view: ConditionView, lang: Lang) -> Sequence[str]:
    own = [word("self_declared", lang)] if view.self_declared else []
    return [*own, *(in_language(supplier, lang) for supplier in view.suppliers)]


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "
