"""An explanation put together as a document: the answer first, then its grounds, then what is open.

Imports the view, sentences and the document. It takes words from the explanation and the plan and computes
nothing.
"""

from __future__ import annotations

from incentives.explain import guidance_sentences, missing_sentences, phrases, sentences, ui
from incentives.explain.amounts import yuan_text
from incentives.explain.combination import lost_sentence
from incentives.explain.guidance import GapPlan
from incentives.explain.outlook import Standing, Waiting
from incentives.explain.view import Explanation, PolicyView
from incentives.report.document import (
    Blanks,
    Block,
    Bullets,
    Cell,
    Document,
    Figures,
    Pairs,
    Paragraph,
    Section,
    Table,
    Tone,
)
from incentives.report.policy import (
    about,
    condensed_section,
    determinations,
    grounds,
    notes,
    policy_section,
    refused_section,
    result,
)
from incentives.report.wording import STANDING_STATES, STANDINGS, word
from incentives.texts import Count, Lang, in_language
from incentives.values import NotBounded, Outcome


def report_on(
    explanation: Explanation, lang: Lang, *, date_given: bool, show_all: bool, plan: GapPlan | None = None
) -> Document:
    """The report on one company.

    Of several policies it tells, unless `show_all`, the grounds of what is met, of what is open while something of it
    holds, and of what the plan comes to first; of all else in a row what it waits for or fails on. With a plan there
    is a section on what could be done.
    """
    head = [(word("company", lang), sentences.company(explanation, lang))]
    if explanation.code is not None:
        head.append((word("code", lang), explanation.code))
    head.append((word("day", lang), sentences.day(explanation.on, lang, given=date_given)))
    todo = [_plan(plan, lang)] if plan is not None else []
    if len(explanation.policies) > 1:
        told = _in_full(explanation, lang) if show_all else _condensed(explanation, plan, lang)
        body = [*todo, _missing(explanation, lang), Section(word("grounds", lang), tuple(told))]
    else:
        told = [block for view in explanation.policies for block in (about(view, lang), *grounds(view, lang))]
        body = [Section(word("grounds", lang), tuple(told)), _missing(explanation, lang), *todo]
    return Document(
        lang=lang,
        title=word("title", lang),
        about=tuple(head),
        sections=(_summary(explanation, lang), *body, *_receipt(explanation, lang), _signing(lang)),
    )


def _in_full(explanation: Explanation, lang: Lang) -> list[Block]:
    return [policy_section(view, lang) for view in explanation.policies]


def _condensed(explanation: Explanation, plan: GapPlan | None, lang: Lang) -> list[Block]:
    """The policies that something is met, open or near in; below, on what the others fail."""
    near = {
        (gain.policy, gain.clause, gain.item.key if gain.item is not None else None)
        for part in (guidance_sentences.parts(plan, lang, show_all=False) if plan is not None else ())
        for _, gain in part.entries
    }
    close = {policy for policy, _, _ in near}
    shown: list[Block] = []
    refused: list[Block] = []
    for view in explanation.policies:
        if view.standing in (Standing.MET, Standing.OPEN) or view.policy in close:
            shown.append(condensed_section(view, near, lang))
        elif view.standing is Standing.REFUSED:
            refused.append(refused_section(view, lang))
    return [*shown, *([Section(word("refused_policies", lang), tuple(refused))] if refused else [])]


def _summary(explanation: Explanation, lang: Lang) -> Section:
    several = len(explanation.policies) > 1
    total = explanation.total
    blocks: list[Block] = [
        Figures(
            (
                (word("certain", lang), sentences.certain_alone(total, lang)),
                (word("possible", lang), sentences.possible_alone(total, lang)),
            )
        )
    ]
    if several:
        summed = sentences.how_totalled_together(explanation, lang)
    else:
        summed = [note for view in explanation.policies for note in sentences.how_totalled(view, lang)]
    if summed and total.possible != 0:
        told = word("how_totalled", lang, notes=phrases.noted(summed, lang))
        blocks.append(Paragraph(f"{told}{'' if lang == 'zh' else ' '}{word('ceiling_note', lang)}", Tone.REMARK))
    others = sentences.paid_to_others(explanation.paid_to_others, lang)
    blocks += [Paragraph(others)] if others is not None else []
    if explanation.no_earlier_grants:
        blocks.append(Paragraph(ui.word("no_earlier_grants", lang), Tone.CAUTION))
    if several:
        blocks.append(Paragraph(ui.word("not_official", lang), Tone.CAUTION))
        excluding = [(0, sentences.beside(pair, lang)) for pair in explanation.beside]
        excluding += [(1, lost_sentence(loss, lang)) for loss in explanation.lost]
        blocks += [Bullets(tuple(excluding))] if excluding else []
        blocks += _met(explanation, lang)
        blocks.append(_policies(explanation, lang))
    for view in () if several else explanation.policies:
        blocks += _only_policy(view, lang)
    return Section(word("summary", lang), tuple(blocks))


def _only_policy(view: PolicyView, lang: Lang) -> list[Block]:
    """What the summary says of the one policy that was checked: its total stands above already."""
    if view.standing is Standing.NOT_IN_FORCE:
        return result(view, lang)
    witness = Paragraph(phrases.witness(view.document, view.period, lang), Tone.CAUTION)
    return [
        Pairs(((word("policy_checked", lang), view.title),)),
        witness,
        *notes(view, lang),
        *determinations(view, lang),
    ]


def _met(explanation: Explanation, lang: Lang) -> list[Block]:
    """What can be had: every clause that is met, of the policy that brings most first."""
    rows = tuple(
        (
            Cell(clause.title, (view.title,)),
            Cell(sentences.item(clause, item.determination, lang) or word("company", lang)),
            Cell(sentences.at_stake(clause, item, lang)),
        )
        for view in explanation.policies
        for clause in view.clauses
        for item in clause.items
        if item.determination.outcome is Outcome.QUALIFIED
    )
    head = tuple(word(key, lang) for key in ("clause", "item", "amount"))
    return [Table(word("met_clauses", lang), head, (46, 28, 26), rows)] if rows else []


def _policies(explanation: Explanation, lang: Lang) -> Table:
    """Every policy that was looked at, whether or not its grounds follow."""
    head = ("policy", "outcome", "certain_column", "possible_column", "missing_column")
    return Table(
        caption=word("policies", lang),
        head=tuple(word(key, lang) for key in head),
        widths=(42, 18, 14, 16, 10),
        rows=tuple(_policy(view, lang) for view in explanation.policies),
    )


def _policy(view: PolicyView, lang: Lang) -> tuple[Cell, ...]:
    none = word("none", lang)
    is_over = view.standing is Standing.NOT_IN_FORCE
    standing = Cell(
        in_language(STANDINGS[view.standing], lang),
        (sentences.when_in_force(view, lang),) if is_over else (),
        state=STANDING_STATES[view.standing],
    )
    missing = word("count", lang, count=str(len(view.missing))) if view.missing else none
    told: list[str] = []
    if view.brings_money:
        others = sentences.others_alone(view.paid_to_others, lang)
        told += [others] if others is not None else []
        certain, possible = sentences.certain_alone(view.total, lang), sentences.possible_alone(view.total, lang)
    else:
        is_open = view.standing in (Standing.MET, Standing.OPEN)
        certain, possible = none, sentences.without_money(view, lang) if is_open else none
    if view.among_all is not None:
        told.append(sentences.counted_among_all(view.among_all, lang))
    return Cell(view.title), standing, Cell(certain), Cell(possible, tuple(told)), Cell(missing)


def _missing(explanation: Explanation, lang: Lang) -> Section:
    title = word("missing", lang)
    if not explanation.missing:
        return Section(title, (Paragraph(word("nothing_missing", lang)),))
    rows = []
    several = len({award.policy for waiting in explanation.waiting for award in waiting.awards}) > 1
    for fact, waiting in zip(explanation.missing, explanation.waiting, strict=True):
        asked, *remarks = missing_sentences.question(fact, lang)
        waits = missing_sentences.waiting_clauses(waiting.awards, lang, several=several)
        rows.append(
            (
                Cell(missing_sentences.fact_name(fact, lang)),
                Cell(asked, tuple(remarks)),
                Cell(missing_sentences.supplied_by(fact, lang)),
                Cell(_at_stake(waiting, lang)),
                Cell(waits[0] if waits else "", tuple(waits[1:])),
            )
        )
    head = tuple(word(key, lang) for key in ("fact", "question", "supplier", "at_stake", "waits"))
    table = Table(title, head, (18, 26, 13, 13, 30), tuple(rows))
    return Section(title, (Paragraph(word("missing_intro", lang)), table))


def _at_stake(waiting: Waiting, lang: Lang) -> str:
    """The money that hangs on a missing fact, whoever would be paid."""
    if isinstance(waiting.at_stake, NotBounded):
        return ui.word("not_known", lang)
    return in_language(yuan_text(waiting.at_stake), lang) if waiting.at_stake else word("none", lang)


def _plan(plan: GapPlan, lang: Lang) -> Section:
    """The first entries of the plan: what need only be told, then what would have to change."""
    title = word("plan", lang)
    none_found = guidance_sentences.none_found(plan, lang)
    if not plan.gains:
        return Section(title, (Paragraph(none_found or ""),))
    parts = guidance_sentences.parts(plan, lang, show_all=False)
    blocks: list[Block] = [Paragraph(guidance_sentences.caveat(plan, lang), Tone.CAUTION)]
    for part in parts:
        blocks.append(Paragraph(part.head))
        blocks += [
            Section(
                guidance_sentences.gain_title(gain, lang),
                (Paragraph(gain.policy_title, Tone.REMARK), Bullets(tuple(guidance_sentences.gain(gain, lang)))),
            )
            for _, gain in part.entries
        ]
    blocks += [Paragraph(none_found)] if none_found is not None else []
    left = len(plan.gains) - sum(len(part.entries) for part in parts)
    notes = [Paragraph(ui.word("plan_more_told", lang, count=Count(left)), Tone.REMARK)] if left else []
    return Section(title, (*blocks, *notes))


def _receipt(explanation: Explanation, lang: Lang) -> list[Section]:
    receipt = explanation.receipt
    if receipt is None:
        return []
    titles = {f"{view.policy}@{view.version}": view.title for view in explanation.policies}
    rows = (
        (word("day", lang), receipt.on.isoformat()),
        *(
            (word("versions", lang), f"{titles[one]}{phrases.bracketed([one], lang)}" if one in titles else one)
            for one in receipt.policies
        ),
        (word("policies_hash", lang), receipt.policies_sha256),
        (word("profile_hash", lang), receipt.profile_sha256),
        (
            word("program", lang),
            word("engine", lang, version=f"incentives {receipt.engine_version}", engine=receipt.engine),
        ),
    )
    return [Section(word("reproducing", lang), (Paragraph(word("reproducing_intro", lang)), Pairs(rows)))]


def _signing(lang: Lang) -> Section:
    labels = tuple(word(key, lang) for key in ("sign_seal", "sign_person", "sign_day"))
    return Section(word("signing", lang), (Blanks(labels),))
