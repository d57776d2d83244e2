"""What plans and explanations say, in one sentence each with its depth. Imports guidance, phrases, fixed words.

The terminal wraps them, documents list them; none of them knows where it will stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from incentives.advice.reaching import AT_A_TIME, WORTH_MOST
from incentives.decision.result import MissingFact
from incentives.explain import missing_sentences, phrases, sentences
from incentives.explain.amounts import yuan_text
from incentives.explain.asked import Asked
from incentives.explain.changes import AddedView, ChangeView, WayView
from incentives.explain.combination import lost_sentence
from incentives.explain.guidance import AwardView, GainView, GapPlan, Lapsed
from incentives.explain.scores import ScorePart
from incentives.explain.ui import OUTCOMES, word
from incentives.texts import Count, Lang, in_language, several
from incentives.values import Interval, NotBounded, Outcome

SHOWN = 10
"""Entries of a plan that bring money and are shown unless all are asked for."""

SHOWN_WITHOUT_MONEY = 5
"""Entries beside them that bring none."""

MOST_CHOICES = 6
"""Choices that are all told."""

FEW_CHOICES = 3
"""Of more those that are told: the first of them, or those that would not do."""

NAMED = 5
"""Missing facts that are named in one sentence."""

Sentence = tuple[int, str]
"""How deep it lies below what it belongs to, and the text."""


def asked_of(asked: Iterable[Asked], name: str, lang: Lang, *, distance: bool) -> Iterator[str]:
    """What is asked of a fact, each of what reads alike once; its title again only where it is not the fact's `name`.

    With `distance` also how far that is.
    """
    told: set[str] = set()
    for one in asked:
        title = "" if one.title.zh in name else in_language(one.title, lang)
        key = "asked_by_award" if one.of_award else "asked_by"
        text = word(key, lang, asked=_asks(title, in_language(one.needed, lang), lang))
        notes = [word("comes_to", lang, actual=_measured(one, lang))] if one.actual is not None else []
        notes += [in_language(one.short_by, lang)] if one.short_by is not None and distance else []
        text += phrases.bracketed(notes, lang) if notes else ""
        quoted = f"  {_quoted(one, lang)}" if one.says is not None else ""
        assumed = f"  {word('assumption', lang)}: {one.assumption}" if one.assumption is not None else ""
        sentence = f"{text}{quoted}{assumed}"
        if sentence not in told:
            yield sentence
            if one.parts:
                yield word("score_parts", lang, parts=_parts(one.parts, lang))
        told.add(sentence)


_NO_BOUNDS = ("at least one (", "every one (", "none (", "one of ", "includes ", "not (", "not granted before")
"""How what is asked for begins in English where it is no bound, which would go on from the title as one sentence."""


def _asks(title: str, needed: str, lang: Lang) -> str:
    """What a condition looks at and what it asks for."""
    apart = lang == "en" and title and needed.startswith(_NO_BOUNDS)
    return f"{title}: {needed}" if apart else f"{title} {needed}".strip()


def _parts(parts: Sequence[ScorePart], lang: Lang) -> str:
    told = [_part(part, lang) for part in parts]
    if all(part.row is None for part in parts):
        return phrases.listing(told, lang)
    return ("；" if lang == "zh" else "; ").join(told)


def _part(part: ScorePart, lang: Lang) -> str:
    """A part of a score with its points; where they would be others, with those and the row that gives them."""
    points = word("not_known", lang) if part.points is None else in_language(part.points, lang)
    name = f"{in_language(part.title, lang)} {points}"
    if part.then is None:
        return name
    row = phrases.bracketed([in_language(part.row, lang)], lang) if part.row is not None else ""
    return f"{name} → {in_language(part.then, lang)}{row}"


def _measured(asked: Asked, lang: Lang) -> str:
    """What a condition measures, and what it would measure where that is something else."""
    return " → ".join(in_language(one, lang) for one in (asked.actual, asked.then) if one is not None)


def _quoted(asked: Asked, lang: Lang) -> str:
    """The words of the paper for what is asked, with their place where that is another one than the clause's."""
    if asked.says is None:
        return ""
    where = phrases.bracketed([asked.article], lang) if asked.article is not None else ""
    return f"{word('quoted', lang, says=asked.says)}{where}"


def way(view: WayView, lang: Lang) -> Iterator[Sentence]:
    """What there is to do, and what then comes of it."""
    if view.apply_on is not None:
        yield 0, apply_later(view, lang)
    there = [change for change in view.changes if change.added is None]
    told: set[str] = set()
    for place, change in enumerate(there):
        later = {one.node for other in there[place + 1 :] for one in other.asked}
        asked = tuple(one for one in change.asked if one.of_award or one.node not in later)
        yield from _change(change, asked, told, lang)
    measured = {one.node for change in there for one in change.asked}
    for number, added in enumerate(view.adds):
        own, told = [change for change in view.changes if change.added == number], set()
        yield 0, _adds(added, lang, each=bool(own))
        for change in own:
            asked = tuple(replace(one, then=None) if one.node in measured else one for one in change.asked)
            yield from ((depth + 1, text) for depth, text in _change(change, asked, told, lang))
    yield from ((0, said) for said in asked_of(_scores_left(view), "", lang, distance=False))
    if view.trades:
        yield 0, word("trades", lang)
    if view.shares:
        yield 0, word("shares", lang)
    if view.still_missing:
        yield 0, word("then_missing", lang, facts=missing_facts(view.still_missing, lang))
        yield from ((1, one) for one in asked_of(view.still_asked, "", lang, distance=False))
    else:
        yield 0, word("then", lang, outcome=in_language(OUTCOMES[view.outcome], lang))


def _scores_left(view: WayView) -> list[Asked]:
    """The scores that a way changes and that stand at none of its figures: words of a new item tell no condition."""
    told = {one.node for change in view.changes if change.added is None or change.is_figure for one in change.asked}
    scores = [one for change in view.changes for one in change.asked if one.is_named and one.then is not None]
    return list({one.node: one for one in scores if one.node not in told}.values())


def apply_later(view: WayView, lang: Lang) -> str:
    """The later days on which to apply."""
    assert view.apply_on is not None, "there are some"
    assert view.apply_until is not None, "with a last one"
    key = "apply_on" if view.apply_on == view.apply_until else "apply_between"
    first, last = view.apply_on.isoformat(), view.apply_until.isoformat()
    told = word(key, lang, day=first, until=last, days=Count(view.days_later or 0))
    return told if view.apply_again is None else told + word("again", lang, day=view.apply_again.isoformat())


def same_way(view: WayView, item: str, number: int, lang: Lang) -> str:
    """That a way is the one that was told of another item, under that number."""
    adds = phrases.listing((_adds(added, lang, each=False) for added in view.adds), lang)
    return word("same_way", lang, adds=adds, item=item, number=str(number))


def _adds(added: AddedView, lang: Lang, *, each: bool) -> str:
    """That there would be more of something; with `each` it follows what each of them has to be."""
    key = "adds" if added.how_many == 1 else "adds_many" if each else "adds_any"
    kind = in_language(added.kind, lang) if added.how_many == 1 else several(added.kind, lang)
    return word(key, lang, entity=kind, count=str(added.how_many))


def missing_facts(facts: Sequence[MissingFact], lang: Lang) -> str:
    """The first of some missing facts by name."""
    named = phrases.listing((missing_sentences.fact_name(fact, lang) for fact in facts[:NAMED]), lang)
    return named if len(facts) <= NAMED else word("and_others", lang, facts=named)


def now(plan: GapPlan, lang: Lang) -> str:
    """What the policies come to as things are; of those that pay nobody, that they do not."""
    return total(plan.total, lang) if plan.brings_money else word("without_money", lang)


def caveat(plan: GapPlan, lang: Lang) -> str:
    """What a plan is and is not; of sums only where there are any."""
    return word("plan_caveat" if plan.brings_money else "plan_caveat_without_money", lang)


class Part(NamedTuple):
    """Entries of a plan that stand below one heading, each with its number."""

    head: str
    entries: tuple[tuple[int, GainView], ...]


def parts(plan: GapPlan, lang: Lang, *, show_all: bool) -> list[Part]:
    """The entries by what there is to do and what it brings: not all of them, unless `show_all`."""
    numbered = list(enumerate(plan.gains, start=1))
    paying = [(number, gain) for number, gain in numbered if gain.pays]
    others = [(number, gain) for number, gain in numbered if not gain.pays]
    shown = numbered if show_all else [*paying[:SHOWN], *others[:SHOWN_WITHOUT_MONEY]]
    keys = ("plan_told", "plan_head", "plan_without_money", "plan_adds_nothing")
    found: dict[str, list[tuple[int, GainView]]] = {key: [] for key in keys}
    for number, gain in shown:
        of_money = any(one.is_money and one.clause == gain.clause for one in gain.awards)
        without = "plan_adds_nothing" if of_money else "plan_without_money"
        key = "plan_told" if gain.only_told else "plan_head" if gain.pays else without
        found[key].append((number, gain))
    return [Part(word(key, lang), tuple(entries)) for key, entries in found.items() if entries]


def none_found(plan: GapPlan, lang: Lang) -> str | None:
    """That there is nothing to do that would bring more, or that nothing is in force; None where there is."""
    if plan.not_in_force:
        told = {one.policy for one in plan.lapsed}
        out = [sentences.out_of_force(one, lang) for one in plan.not_in_force if one.policy not in told]
        return phrases.listing(out, lang) or None
    if not all(gain.only_told for gain in plan.gains):
        return None
    return word("plan_none_beside" if plan.missing else "plan_none", lang)


def gain_title(gain: GainView, lang: Lang) -> str:
    """The clause, the item, and what it then grants; what it grants now too, where that is anything."""
    item = f" · {gain.item.name}" if gain.item is not None else ""
    if gain.granted is not None and not gain.pays:
        return f"{gain.title}{item}  {phrases.without_money(gain.granted, lang)}"
    award = word("brings", lang, amount=_offered(gain, lang))
    if gain.award_before.possible != 0 and gain.award_before != gain.award:
        award = word("raises", lang, change=phrases.becomes(gain.award_before, gain.award, lang))
    return f"{gain.title}{item}  {award}"


def _offered(gain: GainView, lang: Lang) -> str:
    """What the award then comes to: a figure, or the words of the paper."""
    if gain.granted is None:
        return phrases.worth_alone(gain.award, lang)
    return sentences.offered(gain.granted, Outcome.QUALIFIED, None, None, None, None, lang)


def gain(view: GainView, lang: Lang) -> Iterator[Sentence]:
    """What there is to do, what it does to awards and totals, what stacking then takes, what it costs."""
    if view.rests_on_assumption:
        yield 0, word("assumed_only", lang)
    yield from way(view.way, lang)
    told = {_words_of(one) for change in view.way.changes for one in change.asked}
    unsure = [one for one in view.other_awards if _is_unsure_of_new(one)]
    for award in view.other_awards:
        if award in unsure:
            continue
        yield 0, _award_changes(award, view.policy, lang)
        others = [one for one in award.asked if _words_of(one) not in told]
        yield from ((1, one) for one in asked_of(others, "", lang, distance=False))
    for outcome in dict.fromkeys(one.outcome_after for one in unsure):
        named = phrases.listing(
            (_named(one, view.policy, lang) for one in unsure if one.outcome_after is outcome), lang
        )
        yield 0, word("new_one_may", lang, outcome=in_language(OUTCOMES[outcome], lang), awards=named)
    if view.pays or view.before != view.after:
        yield 0, word("policy_total", lang, change=phrases.becomes(view.before, view.after, lang))
    for loss in view.lost:
        yield 0, lost_sentence(loss, lang)
    for other in view.elsewhere:
        yield 0, word("elsewhere", lang, title=other.title, change=phrases.becomes(other.before, other.after, lang))
        yield from ((1, lost_sentence(loss, lang)) for loss in other.lost)
    yield from ((0, lost_sentence(loss, lang)) for loss in view.excluded)
    if view.elsewhere or view.excluded:
        yield 0, word("net_of_all", lang, change=phrases.becomes(view.all_before, view.all_after, lang))
    yield 0, word("from_article", lang, articles=phrases.listing((one.article for one in view.sources), lang))
    if not view.only_told and view.way.changes and (view.cost_is_whole or view.cost):
        key = "cost" if view.cost_is_whole else "cost_part"
        yield 0, word(key, lang, amount=in_language(yuan_text(view.cost), lang))


def _words_of(asked: Asked) -> tuple[object, ...]:
    """What makes two conditions read alike."""
    return asked.title, asked.needed, asked.says, asked.assumption


def _is_unsure_of_new(award: AwardView) -> bool:
    """Whether it is of an item that would be new, of which too little is said to tell whether the clause is met."""
    return award.is_new and award.outcome_after is not Outcome.QUALIFIED


def _named(award: AwardView, policy: str, lang: Lang) -> str:
    notes = [award.policy_title] if award.policy != policy else []
    return f"{award.title}{phrases.bracketed(notes, lang) if notes else ''}"


def _award_changes(award: AwardView, policy: str, lang: Lang) -> str:
    """An award that comes out otherwise, with its policy where that is another; the outcome where no money does."""
    item = award.item.name if award.item is not None else word("the_new_one", lang) if award.is_new else None
    named = award.title if item is None else f"{award.title} · {item}"
    notes = [*([award.policy_title] if award.policy != policy else []), *award.articles]
    of = notes[0] if len(notes) == 1 and notes[0].startswith("（") else phrases.bracketed(notes, lang)
    if award.before == award.after:
        outcomes = (award.outcome_before, award.outcome_after)
        change = " → ".join(in_language(OUTCOMES[outcome], lang) for outcome in outcomes)
    else:
        change = phrases.becomes(award.before, award.after, lang)
        if award.outcome_after is not Outcome.QUALIFIED and award.outcome_before is not award.outcome_after:
            change += phrases.bracketed([in_language(OUTCOMES[award.outcome_after], lang)], lang)
    return word("also_award", lang, award=f"{named}{of}", change=change)


def validity(plan: GapPlan, lang: Lang) -> Iterator[str]:
    """What is not known, and what is known, of how long policies are in force, where a later day is planned for."""
    day = plan.on.isoformat()
    if plan.validity_unpublished:
        yield word("plan_validity", lang, day=day, titles=phrases.listing(plan.validity_unpublished, lang))
    if plan.lapsed:
        over = [f"{one.title}{phrases.bracketed([_until(one, lang)], lang)}" for one in plan.lapsed]
        yield word("plan_lapsed", lang, day=day, titles=phrases.listing(over, lang))


def _until(lapsed: Lapsed, lang: Lang) -> str:
    end = lapsed.period.end
    return word("end_published", lang, end=end.isoformat()) if end is not None else ""


def reaching(plan: GapPlan, lang: Lang) -> Iterator[Sentence]:
    """How the sum that was asked for can be reached; nothing where none was."""
    if plan.reach is None:
        return
    amount = in_language(yuan_text(plan.reach), lang)
    if plan.reached_already or isinstance(plan.total.possible, NotBounded):
        yield 0, word("reached" if plan.reached_already else "reach_unknown", lang, amount=amount)
        return
    if not plan.reaching:
        limits = {"worth_most": str(WORTH_MOST), "at_a_time": str(AT_A_TIME)}
        yield (
            0,
            word("reaching_none" if plan.every_set_tried else "reaching_not_found", lang, amount=amount, **limits),
        )
        return
    yield 0, word("reaching", lang, amount=amount)
    for one in plan.reaching:
        numbers = phrases.listing((str(place + 1) for place in one.gains), lang)
        key = "reaching_open" if isinstance(one.total.possible, NotBounded) else "reaching_one"
        yield 1, word(key, lang, numbers=numbers, total=total(one.total, lang))


def total(interval: Interval, lang: Lang) -> str:
    return phrases.worth(interval, lang, certain=True)


def _change(change: ChangeView, asked: Sequence[Asked], told: set[str], lang: Lang) -> Iterator[Sentence]:
    """What a fact would be, and what asks for it: of what is not there yet the words of the paper, once.

    Of a definition, such as a score, also what it then comes to.
    """
    yield 0, changes_to(change, lang)
    if change.before is not None or change.last_known is not None:
        yield from ((1, one) for one in asked_of(asked, change.name.zh, lang, distance=False))
    elif change.is_figure:
        for one in asked:
            scored = one.is_named and one.then is not None
            for said in asked_of([one], "", lang, distance=False) if scored else [_quoted(one, lang)]:
                if said and said not in told:
                    told.add(said)
                    yield 1, said


def _either(change: ChangeView, lang: Lang) -> str:
    """The choices that do; of many the first, and how many they are, or the few that do not."""
    after, others = in_language(change.after, lang), [in_language(other, lang) for other in change.or_else]
    many = 1 + len(others)
    if change.any_other:
        but_for = phrases.listing((in_language(one, lang) for one in change.but_for), lang)
        return word("any_but", lang, others=but_for) if but_for else after
    if many <= MOST_CHOICES:
        told = word("or_else", lang, others=phrases.listing(others, lang))
        in_brackets = after.endswith(("）", ")"))
        return phrases.comma([after, told], lang) if in_brackets else after + phrases.bracketed([told], lang)
    if 0 < len(change.but_for) <= FEW_CHOICES:
        return word("any_but", lang, others=phrases.listing((in_language(one, lang) for one in change.but_for), lang))
    first = phrases.listing([after, *others[: FEW_CHOICES - 1]], lang)
    return word("one_of_many", lang, first=first, count=str(many))


def changes_to(change: ChangeView, lang: Lang) -> str:
    """What a fact is and what it would be, and how far apart the two are."""
    name, after = in_language(change.name, lang), in_language(change.after, lang)
    if change.until == date.max:
        after = word("day_on", lang, day=after)
    elif change.until is not None and change.until.isoformat() != after:
        after = word("day_between", lang, day=after, until=change.until.isoformat())
    if change.again is not None:
        after += word("again", lang, day=change.again.isoformat())
    if change.or_more is not None:
        after = word("or_more" if change.or_more else "or_less", lang, value=after)
    if change.or_else or change.any_other:
        after = _either(change, lang)
    if change.before is None:
        text = word("would_be", lang, name=name, after=after)
        if change.last_known is not None:
            last = {"year": str(change.last_year), "value": in_language(change.last_known, lang)}
            text += phrases.bracketed([word("last_known", lang, **last)], lang)
    else:
        text = word("changes_to", lang, name=name, before=in_language(change.before, lang), after=after)
    if change.by is not None:
        text += phrases.bracketed([in_language(change.by, lang)], lang)
    return text
