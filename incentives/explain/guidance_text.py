"""Explanations and plans as text for a terminal of 80 columns. Imports guidance and layout; computes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from incentives.explain import phrases, sentences
from incentives.explain.amounts import yuan_text
from incentives.explain.combination import lost_sentence
from incentives.explain.guidance import Asked, ChangeView, FactView, GainView, GapPlan, WayView, Why
from incentives.explain.layout import Style, unstyled, wrapped
from incentives.explain.ui import OUTCOME_STATES, OUTCOME_SYMBOLS, OUTCOMES, word
from incentives.texts import Lang, in_language
from incentives.values import Interval, Outcome

SHOWN = 10
"""Entries of a plan that are shown unless all are asked for."""


def render_why(found: Sequence[Why], lang: Lang, style: Style = unstyled) -> str:
    """Each clause and item with the facts that settle it, and what would change it."""
    lines: list[str] = []
    policy = ""
    for why in found:
        if not lines:
            lines += wrapped(f"{why.company or word('no_name', lang)}  {why.on.isoformat()}")
        if why.policy != policy:
            policy = why.policy
            lines += ["", *wrapped(why.policy_title)]
        lines += ["", *_why(why, lang, style)]
    return "\n".join(lines) + "\n"


def render_plan(plan: GapPlan, lang: Lang, *, show_all: bool = False) -> str:
    """The total as it is, then what could be done."""
    lines = wrapped(f"{plan.company or word('no_name', lang)}  {word('plan_day', lang)} {plan.on.isoformat()}")
    lines += wrapped(f"{word('plan_now', lang)}  {_total(plan.total, lang)}")
    if not plan.gains:
        lines += ["", *wrapped(word("plan_none", lang))]
    else:
        lines += ["", *wrapped(word("plan_head", lang))]
    shown = plan.gains if show_all else plan.gains[:SHOWN]
    several = len({gain.policy for gain in plan.gains}) > 1
    for number, gain in enumerate(shown, start=1):
        lines += ["", *_gain(number, gain, lang, name_policy=several)]
    if len(shown) < len(plan.gains):
        lines += ["", *wrapped(word("plan_more", lang, count=str(len(plan.gains) - len(shown))))]
    lines += _reaching(plan, lang)
    return "\n".join(lines) + "\n"


def _why(why: Why, lang: Lang, style: Style) -> Iterator[str]:
    item = f" · {why.item.name}" if why.item is not None else ""
    outcome = in_language(OUTCOMES[why.outcome], lang)
    if why.rests_on_assumption:
        outcome += phrases.bracketed([word("by_assumption_short", lang)], lang)
    mark = style(f"{OUTCOME_SYMBOLS[why.outcome]} {outcome}", OUTCOME_STATES[why.outcome])
    yield from wrapped(f"{mark}  {why.title}{item}")
    if why.because is None:
        yield from _open(why, lang)
    elif not why.because:
        yield from wrapped(word("because_always", lang), "  ")
    else:
        key = "because_met" if why.outcome is Outcome.QUALIFIED else "because_refused"
        yield from wrapped(word(key, lang), "  ")
        for fact in why.because:
            yield from _fact(fact, lang)
    if why.outcome is Outcome.NOT_QUALIFIED:
        yield from wrapped(word("ways" if why.ways else "no_ways", lang), "  ")
        for number, way in enumerate(why.ways, start=1):
            yield from _way(f"{number}. ", way, lang, "    ")
    yield from wrapped(word("article", lang, article=why.source.article, says=why.source.says), "  ")


def _open(why: Why, lang: Lang) -> Iterator[str]:
    if why.missing:
        yield from wrapped(word("because_open", lang), "  ")
        for fact in why.missing:
            who = sentences.supplied_by(fact, lang)
            yield from wrapped(f"? {sentences.fact_name(fact, lang)}{phrases.bracketed([who], lang)}", "    ")
    if why.judgements:
        yield from wrapped(word("because_person", lang), "  ")
        for reason in why.judgements:
            said = reason.judgement or reason.says or (in_language(reason.title, lang) if reason.title else "")
            yield from wrapped(f"? {said}", "    ")


def _fact(fact: FactView, lang: Lang) -> Iterator[str]:
    notes = [word("self_declared", lang)] if fact.self_declared else []
    text = f"{in_language(fact.name, lang)}  {in_language(fact.value, lang)}"
    yield from wrapped(f"- {text}{phrases.bracketed(notes, lang) if notes else ''}", "    ")
    yield from _asked(fact.asked, fact.name.zh, lang, "      ")


def _asked(asked: Iterable[Asked], name: str, lang: Lang, indent: str) -> Iterator[str]:
    """What is asked of a fact; its title again only where it is another than the fact's own."""
    for one in asked:
        title = "" if one.title.zh in name else in_language(one.title, lang)
        text = word("asked_by", lang, asked=f"{title} {in_language(one.needed, lang)}".strip())
        quoted = f"  {word('quoted', lang, says=one.says)}" if one.says is not None else ""
        assumed = f"  {word('assumption', lang)}: {one.assumption}" if one.assumption is not None else ""
        yield from wrapped(f"{text}{quoted}{assumed}", indent)


def _way(head: str, way: WayView, lang: Lang, indent: str) -> Iterator[str]:
    inner = indent + " " * len(head)
    lines: list[str] = []
    if way.apply_on is not None:
        later = word("apply_on", lang, day=way.apply_on.isoformat(), days=str(way.days_later))
        lines += wrapped(later, inner)
    if way.adds is not None:
        lines += wrapped(word("adds", lang, entity=in_language(way.adds, lang)), inner)
    for change in way.changes:
        lines += _change(change, lang, inner)
    lines += wrapped(word("then", lang, outcome=in_language(OUTCOMES[way.outcome], lang)), inner)
    first, *rest = lines
    yield f"{indent}{head}{first[len(inner) :]}"
    yield from rest


def _change(change: ChangeView, lang: Lang, indent: str) -> Iterator[str]:
    name, after = in_language(change.name, lang), in_language(change.after, lang)
    if change.or_else:
        others = phrases.listing((in_language(other, lang) for other in change.or_else), lang)
        after += (
            f"{' ' if lang == 'en' else ''}{phrases.bracketed([word('or_else', lang, others=others)], lang).strip()}"
        )
    if change.before is None:
        text = word("would_be", lang, name=name, after=after)
    else:
        text = word("changes_to", lang, name=name, before=in_language(change.before, lang), after=after)
    if change.by is not None:
        text += phrases.bracketed([in_language(change.by, lang)], lang)
    yield from wrapped(text, indent)
    if change.before is not None:
        yield from _asked(change.asked, change.name.zh, lang, indent + "  ")


def _gain(number: int, gain: GainView, lang: Lang, *, name_policy: bool) -> Iterator[str]:
    item = f" · {gain.item.name}" if gain.item is not None else ""
    head = f"{number}. "
    award = word("brings", lang, amount=phrases.worth(gain.award, lang, certain=True))
    yield from wrapped(f"{head}{gain.title}{item}  {award}")
    if name_policy:
        yield from wrapped(gain.policy_title, "   ")
    yield from _way("- ", gain.way, lang, "   ")
    before, after = (_total(total, lang) for total in (gain.before, gain.after))
    yield from wrapped(word("policy_total", lang, before=before, after=after), "     ")
    for loss in gain.lost:
        yield from wrapped(lost_sentence(loss, lang), "     ")
    for other in gain.elsewhere:
        ends = {"before": _total(other.before, lang), "after": _total(other.after, lang)}
        yield from wrapped(word("elsewhere", lang, title=other.title, **ends), "     ")
    if gain.cost is not None:
        yield from wrapped(word("cost", lang, amount=in_language(yuan_text(gain.cost), lang)), "     ")


def _reaching(plan: GapPlan, lang: Lang) -> Iterator[str]:
    if plan.reach is None:
        return
    amount = in_language(yuan_text(plan.reach), lang)
    yield ""
    if plan.reached_already:
        yield from wrapped(word("reached", lang, amount=amount))
        return
    yield from wrapped(word("reaching" if plan.reaching else "reaching_none", lang, amount=amount))
    for one in plan.reaching:
        numbers = phrases.listing((str(place + 1) for place in one.gains), lang)
        total = _total(one.total, lang)
        yield from wrapped(f"- {word('reaching_one', lang, numbers=numbers, total=total)}", "  ")


def _total(total: Interval, lang: Lang) -> str:
    return phrases.worth(total, lang, certain=True)
