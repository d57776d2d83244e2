"""What reports say of a decision, in one sentence each. Imports the view, phrases and the fixed words.

The terminal wraps them, documents set them in cells; none of them knows where it will stand.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from incentives.decision.result import AwardResult, Determination, PolicyStatus, Reason, award_node
from incentives.engines.subjects import Presence
from incentives.explain import phrases
from incentives.explain.amounts import yuan_text
from incentives.explain.evidence import ConditionView
from incentives.explain.figures import FigureView
from incentives.explain.in_force import OutOfForce
from incentives.explain.outlook import Standing
from incentives.explain.ui import BASES, OUTCOMES, RESTS, STACKING, word
from incentives.explain.view import AmongAllView, BesideView, ClauseView, Explanation, ItemView, PolicyView
from incentives.language.model import Announced, Stacking
from incentives.texts import Count, Lang, in_language, several
from incentives.values import (
    NOTHING,
    WITHOUT_MONEY,
    Basis,
    Bilingual,
    Interval,
    NotBounded,
    Outcome,
    Possible,
    State,
    Yuan,
)


def company(explanation: Explanation, lang: Lang) -> str:
    return explanation.company or word("no_name", lang)


def day(on: date, lang: Lang, *, given: bool) -> str:
    """The day, and whether it was taken for want of another."""
    text = on.isoformat()
    return text if given else f"{text}{phrases.bracketed([word('today', lang)], lang)}"


# A policy -----------------------------------------------------------------------------------------


def policy_total(view: PolicyView, lang: Lang) -> str:
    """What a policy comes to, and how that was summed."""
    bases = _bases(view)
    if bases and bases <= WITHOUT_MONEY:
        return _alone_without_money(bases, lang)
    worth = phrases.worth(view.total, lang, certain=True, whole=True)
    beside = _open_without_money(view) - {Basis.RECOGNITION}
    not_in_sums = [word("not_in_sums", lang, kinds=kinds_without_money(beside, lang))] if beside else []
    notes = not_in_sums if view.total == NOTHING else [*how_totalled(view, lang), *not_in_sums]
    return f"{worth}{phrases.bracketed(notes, lang)}" if notes else worth


def _bases(view: PolicyView) -> set[Basis]:
    """What kinds of awards a policy has."""
    return {item.determination.award.basis for clause in view.clauses for item in clause.items}


def _open_without_money(view: PolicyView) -> set[Basis]:
    """What a policy grants, or may, that pays nothing."""
    decided = [item.determination for clause in view.clauses for item in clause.items]
    return {one.award.basis for one in decided if one.outcome is not Outcome.NOT_QUALIFIED} & WITHOUT_MONEY


def kinds_without_money(bases: AbstractSet[Basis], lang: Lang) -> str:
    """The words for what pays nothing: titles, reliefs, what is given in kind."""
    kinds = {
        Basis.RECOGNITION: word("recognition", lang),
        Basis.RELIEF: word("relief", lang),
        Basis.IN_KIND: word("in_kind", lang),
    }
    return phrases.listing([told for basis, told in kinds.items() if basis in bases], lang)


def _alone_without_money(bases: AbstractSet[Basis], lang: Lang) -> str:
    """What a policy is said to come to that pays nothing."""
    if len(bases) == 1:
        [basis] = bases
        return in_language(BASES[basis], lang)
    return word("several_without_money", lang, kinds=kinds_without_money(bases, lang))


def met_not_due(view: PolicyView, lang: Lang) -> str | None:
    """That what is met is no money due; None where all that is met is certain, or nothing is met."""
    decided = [item.determination for clause in view.clauses for item in clause.items]
    met = [found.award for found in decided if found.outcome is Outcome.QUALIFIED]
    undue = [one for one in met if one.interval.guaranteed == 0 and one.interval.possible != 0]
    if not undue:
        return None
    # An amount that is worked out waits for facts, or for a person; of every other an authority decides.
    if any(one.basis is not Basis.EXACT for one in undue):
        return word("met_not_due", lang)
    return word("met_not_worked_out" if view.missing else "met_not_judged", lang)


def paid_to_others(total: Interval, lang: Lang) -> str | None:
    """What goes to others than the company; None where nothing can."""
    if total.possible == 0:
        return None
    return f"{word('paid_to_others', lang)} {phrases.worth(total, lang, certain=True)}"


def how_totalled(view: PolicyView, lang: Lang) -> list[str]:
    """What a policy's total rests on: its rules, what was summed, what is known of the rest."""
    ruled = view.combined is not None
    notes = [word("by_rules", lang)] if ruled else []
    notes += [_how_summed(view, lang), in_language((RESTS if ruled else STACKING)[view.stacking], lang)]
    if view.total.guaranteed and view.stacking is Stacking.NOT_PUBLISHED:
        notes.append(word("largest_certain", lang))
    return notes


def _how_summed(view: PolicyView, lang: Lang) -> str:
    awards = [
        item.determination.award
        for clause in view.clauses
        for item in clause.items
        if item.determination.outcome is not Outcome.NOT_QUALIFIED and not item.determination.award.to_other
    ]
    if isinstance(view.total.possible, NotBounded):
        bases = {award.basis for award in awards if isinstance(award.interval.possible, NotBounded)}
        if view.unbounded_by:
            lists = phrases.listing((several(one, lang) for one in view.unbounded_by), lang)
            return word("unbounded_by", lang, lists=lists)
        if Basis.UNPUBLISHED in bases:
            return word("unbounded_gap", lang)
        if bases & {Basis.DISCRETIONARY, Basis.FLOOR}:
            return word("unbounded_discretion", lang)
        return word("unbounded_open" if view.missing else "unbounded_judged", lang)
    ceilings = {award.basis for award in awards} == {Basis.CEILING}
    return word("sum_of_ceilings" if ceilings else "sum_of_awards", lang)


def out_of_force(of: OutOfForce, lang: Lang) -> str:
    """That a policy that was asked for is not in force, so that nothing is said of it."""
    return f"{of.title}{'：' if lang == 'zh' else ': '}{not_in_force(of, lang)}"


def not_in_force(view: PolicyView | OutOfForce, lang: Lang) -> str:
    if view.status is PolicyStatus.NOT_YET_IN_FORCE:
        return word("not_yet", lang, start=view.period.start.isoformat())
    end = view.period.end
    return word("no_longer", lang, end=end.isoformat() if end is not None else "")


def when_in_force(view: PolicyView, lang: Lang) -> str:
    """From when or until when a policy is in force that is not on the day."""
    if view.status is PolicyStatus.NOT_YET_IN_FORCE:
        return word("start_published", lang, start=view.period.start.isoformat())
    end = view.period.end
    return word("end_published", lang, end=end.isoformat() if end is not None else "")


def beyond_clauses(announced: Announced, lang: Lang) -> str:
    """What the source announces without its content."""
    return word("beyond_clauses", lang, fields=phrases.announced(announced, lang))


def shared_facts(view: PolicyView, lang: Lang) -> str | None:
    """That the total may be wider than any completion reaches, for the sake of which facts; None of what has none."""
    if not view.shared or _bases(view) <= WITHOUT_MONEY:
        return None
    facts = phrases.enumerated(dict.fromkeys(in_language(fact.title, lang) for fact in view.shared), lang)
    return word("shared", lang, facts=facts)


# A determination ----------------------------------------------------------------------------------


def outcome(found: Determination, lang: Lang) -> str:
    text = in_language(OUTCOMES[found.outcome], lang)
    if found.rests_on_assumption:
        text += phrases.bracketed([word("by_assumption_short", lang)], lang)
    return text


def item(clause: ClauseView, found: Determination, lang: Lang) -> str:
    """The item by name, or why there is none; empty for a clause on the company."""
    if found.item is not None:
        return found.item.name
    if clause.entity is None:
        return ""
    if found.presence is Presence.ABSENT_LIST:
        return word("absent_list", lang, entity=several(clause.entity, lang))
    return word("empty_list", lang, entity=in_language(clause.entity, lang))


def at_stake(clause: ClauseView, view: ItemView, lang: Lang) -> str:
    """The award as the clause states it, for each item where their list was not given, and what of it counts."""
    found = view.determination
    each = clause.entity if found.presence is Presence.ABSENT_LIST else None
    return offered(found.award, found.outcome, each, view.counted, view.limit, view.among_all, lang)


def offered(
    award: AwardResult,
    outcome: Outcome,
    each: Bilingual | None,
    counted: Interval | None,
    limit: Yuan | None,
    among_all: Possible | None,
    lang: Lang,
) -> str:
    """An award as far as it is known, for `each` item of a list that was not given, and what of it counts.

    Where it has no upper end itself, `limit` is what limits let it come to; `among_all` is what the possible total of
    all policies counts of it, where that is something else.
    Of a clause that is open it is what it comes to once the clause is met, and says so.
    """
    certain = outcome is Outcome.QUALIFIED
    amount = phrases.amount(award.basis, award.amount, award.words, lang)
    if award.in_tiers:
        amount = word("either_of", lang).join(award.in_tiers)
    elif not amount:
        known = phrases.worth(award.interval, lang, certain=True)
        amount = known if certain else phrases.worth_if_met(award.if_met, lang)
    elif award.words is not None and (within := phrases.limits(award.if_met, lang)) and award.if_met != NOTHING:
        amount = f"{within}{phrases.bracketed([award.words], lang)}"
    if award.tier_names:
        amount += phrases.bracketed([word("either_of", lang).join(award.tier_names)], lang)
    amount = phrases.comma([amount, *phrases.besides(award, lang)], lang)
    if each is not None:
        amount = f"{word('for_each', lang, entity=in_language(each, lang))} {amount}"
    if award.to_other and award.paid_to:
        amount += phrases.bracketed([word("paid_to", lang, payee=award.paid_to)], lang)
    if award.basis in WITHOUT_MONEY - {Basis.RECOGNITION}:
        amount += phrases.bracketed([in_language(BASES[award.basis], lang)], lang)
    amount = phrases.counting(amount, award.interval, counted, limit, among_all, lang, certain=certain)
    return amount if certain else word("if_qualified", lang, amount=amount)


def worked_from(view: ItemView, lang: Lang) -> str | None:
    """The figures behind an award, but for those that its conditions show already; None where there are none."""
    behind = [figure for one in view.conditions for figure in one.worked_from]
    shown_above = [(one.title, one.actual) for part in (view.conditions, behind) for one in part]
    told = {(title.zh, in_language(actual, lang)) for title, actual in shown_above if actual is not None}
    known = [(one.title, in_language(one.actual, lang)) for one in view.figures if one.actual is not None]
    shown = [f"{in_language(title, lang)} {actual}" for title, actual in known if (title.zh, actual) not in told]
    if not shown:
        return None
    return word("worked_from", lang, figures=("；" if lang == "zh" else "; ").join(shown))


def common_state(state: State | None, lang: Lang) -> str | None:
    """That a condition common to all clauses fails or is open; None where all hold or there are none."""
    if state is State.FAILS:
        return word("common_fails", lang)
    return word("common_open", lang) if state is not None and state.unknown else None


# A condition --------------------------------------------------------------------------------------


def actual(view: ConditionView, lang: Lang) -> str:
    """The value found, or what stands in its place; empty for a combination, whose parts say theirs."""
    if view.needed is None:
        return ""
    if view.actual is None:
        settled = "known_in_part" if not view.state.unknown else "missing_value"
        return word("judge" if view.state is State.JUDGEMENT else settled, lang)
    return in_language(view.actual, lang)


Told = set[tuple[str, Bilingual | None, tuple[FigureView, ...]]]
"""What has been told once already: what it is called, what it comes to, and from what."""


def figures_behind(view: ConditionView, told: Told) -> tuple[FigureView, ...]:
    """What a condition is worked out from, where that is not `told` yet: a score stands in many clauses."""
    mark = view.title.zh, view.actual, view.worked_from
    if mark in told:
        return ()
    told.add(mark)
    return view.worked_from


def figure(view: FigureView, lang: Lang) -> str:
    """The value of a figure, or that there is none."""
    return in_language(view.actual, lang) if view.actual is not None else word("missing_value", lang)


def remarks(view: ConditionView, lang: Lang) -> list[str]:
    """What a person is asked, and what the encoder assumed."""
    texts: list[str] = []
    if view.open_list is not None:
        texts.append(word("judge_open", lang, word=view.open_list))
    if view.undefined is not None:
        texts.append(f"{word('judge', lang)}: {in_language(view.undefined, lang)}")
    if view.judgement is not None:
        texts.append(f"{word('judge', lang)}: {view.judgement}")
    if view.assumption is not None:
        texts.append(f"{word('assumption', lang)}: {view.assumption}")
    return texts


def amount_judged(found: Determination, lang: Lang) -> list[str]:
    """What a person decides in the amount, each once."""
    told = [
        _asked_of_a_person(reason, lang) for reason in found.judgements if reason.node == award_node(found.clause)
    ]
    return [word("amount_judged", lang, what=text) for text in dict.fromkeys(told)]


def _asked_of_a_person(reason: Reason, lang: Lang) -> str:
    named = reason.undefined or reason.title
    texts = [in_language(named, lang)] if named is not None else []
    if reason.says is not None:
        where = phrases.bracketed([reason.article], lang) if reason.article is not None else ""
        texts.append(f"“{reason.says}”{where}")
    if reason.judgement is not None:
        texts.append(reason.judgement)
    if reason.open_list is not None:
        texts.append(f"“{reason.open_list}”")
    return phrases.listing(texts, lang)


# Several policies ---------------------------------------------------------------------------------


def together(explanation: Explanation, lang: Lang) -> str:
    """What all policies come to together, and how that was summed."""
    worth = phrases.worth(explanation.total, lang, certain=True, whole=True)
    notes = how_totalled_together(explanation, lang)
    return f"{worth}{phrases.bracketed(notes, lang)}" if notes else worth


def counts(explanation: Explanation, lang: Lang) -> str:
    """How many policies there are of each standing."""
    standings = [view.standing for view in explanation.policies]
    refused, ended = standings.count(Standing.REFUSED), standings.count(Standing.NOT_IN_FORCE)
    parts = [word("count_brings", lang, count=Count(len(standings) - refused - ended))]
    if refused:
        parts.append(word("count_refused", lang, count=Count(refused)))
    if ended:
        parts.append(word("count_not_in_force", lang, count=Count(ended)))
    return phrases.comma(parts, lang)


def counted_among_all(view: AmongAllView, lang: Lang) -> str:
    """What all policies count of one that others exclude, in place of what counts in it by itself."""
    if not view.awards:
        return word("not_among_all", lang)
    awards = phrases.listing(view.awards, lang)
    return word("counted_among_all", lang, amount=phrases.upper_end(view.possible, lang), awards=awards)


def how_totalled_together(explanation: Explanation, lang: Lang) -> list[str]:
    """What the total of several policies rests on; nothing where one of them alone brings money."""
    total = explanation.total
    if sum(policy.brings_money for policy in explanation.policies) < 2:
        return []
    notes = [word("policies_not_beside" if explanation.beside else "policies_unstated", lang)]
    if total.guaranteed:
        notes.append(word("largest_policy", lang))
    if not isinstance(total.possible, NotBounded) and not explanation.beside:
        notes.append(word("policies_summed", lang))
    return notes


def beside(pair: BesideView, lang: Lang) -> str:
    """That two policies exclude each other, with the words of the paper where there are any."""
    text = word("not_beside", lang, policy=pair.policy, other=pair.other)
    return f"{text}{phrases.bracketed([f'“{pair.says}”'], lang)}" if pair.says is not None else text


def possible_alone(total: Interval, lang: Lang) -> str:
    """The possible end as a figure of a table, whose head says that it is an upper limit."""
    return phrases.upper_end(total.possible, lang)


def without_money(view: PolicyView, lang: Lang) -> str:
    """In place of a figure, where the company is paid nothing: what others are paid, or what else it is granted."""
    return others_alone(view.paid_to_others, lang) or kinds_without_money(_open_without_money(view), lang)


def others_alone(total: Interval, lang: Lang) -> str | None:
    """What goes to others, in short: what is certain only where something is. None where nothing can."""
    if total.possible == 0:
        return None
    return f"{word('paid_to_others', lang)} {phrases.worth(total, lang, certain=total.guaranteed != 0)}"


def certain_alone(total: Interval, lang: Lang) -> str:
    return in_language(yuan_text(total.guaranteed), lang)
