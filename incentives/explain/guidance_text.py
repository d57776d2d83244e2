"""Explanations and plans as text for a terminal of 80 columns. Imports guidance and layout; computes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from incentives.advice.ways import MOST_WAYS
from incentives.explain import guidance_sentences, missing_sentences, phrases, sentences
from incentives.explain.changes import FactView, WayView
from incentives.explain.guidance import GapPlan, Why
from incentives.explain.guidance_sentences import Sentence
from incentives.explain.in_force import OutOfForce
from incentives.explain.layout import Style, unstyled, wrapped
from incentives.explain.ui import OUTCOME_STATES, OUTCOME_SYMBOLS, OUTCOMES, word
from incentives.texts import Count, Lang, in_language
from incentives.values import Outcome


def render_why(
    found: Sequence[Why], lang: Lang, style: Style = unstyled, not_in_force: Sequence[OutOfForce] = ()
) -> str:
    """Each clause and item with the facts that settle it, and what would change it.

    What could be added is often the same for each item of a clause: it is told in full at the first of them. Of the
    policies that are `not_in_force` no more is said.
    """
    lines = [line for one in not_in_force for line in wrapped(sentences.out_of_force(one, lang))]
    told: dict[tuple[str, str, WayView], tuple[str, int]] = {}
    policy = ""
    for why in found:
        if not policy:
            lines += wrapped(f"{why.company or word('no_name', lang)}  {why.on.isoformat()}")
        if why.policy != policy:
            policy = why.policy
            lines += ["", *wrapped(why.policy_title), *wrapped(phrases.witness(why.document, why.period, lang))]
        of = (why.policy, why.clause)
        lines += ["", *_why(why, {way: told[*of, way] for way in why.ways if (*of, way) in told}, lang, style)]
        for number, way in enumerate(why.ways, start=1):
            if way.adds and why.item is not None:
                told.setdefault((*of, way), (why.item.name, number))
    return "\n".join(lines) + "\n"


def render_plan(plan: GapPlan, lang: Lang, *, show_all: bool = False) -> str:
    """The total as it is, then what could be done."""
    lines = wrapped(f"{plan.company or word('no_name', lang)}  {word('plan_day', lang)} {plan.on.isoformat()}")
    lines += wrapped(f"{word('plan_now', lang)}  {guidance_sentences.now(plan, lang)}")
    lines += wrapped(guidance_sentences.caveat(plan, lang))
    lines += [line for text in guidance_sentences.validity(plan, lang) for line in wrapped(text)]
    if plan.missing:
        facts = guidance_sentences.missing_facts(plan.missing, lang)
        lines += ["", *wrapped(word("plan_missing", lang, count=Count(len(plan.missing)), facts=facts))]
    parts = guidance_sentences.parts(plan, lang, show_all=show_all)
    several = len({gain.policy for gain in plan.gains}) > 1
    for part in parts:
        lines += ["", *wrapped(part.head)]
        for number, gain in part.entries:
            lines += ["", *wrapped(f"{number}. {guidance_sentences.gain_title(gain, lang)}")]
            lines += wrapped(gain.policy_title, "   ") if several else []
            lines += _listed("- ", guidance_sentences.gain(gain, lang), "   ")
    none_found = guidance_sentences.none_found(plan, lang)
    lines += ["", *wrapped(none_found)] if none_found is not None else []
    left = len(plan.gains) - sum(len(part.entries) for part in parts)
    lines += ["", *wrapped(word("plan_more", lang, count=Count(left)))] if left else []
    if plan.ways_left:
        lines += ["", *wrapped(word("plan_ways_left", lang, clauses=phrases.listing(plan.ways_left, lang)))]
    reaching = list(guidance_sentences.reaching(plan, lang))
    lines += [""] if reaching else []
    for depth, text in reaching:
        lines += wrapped(f"- {text}" if depth else text, "  " * depth)
    return "\n".join(lines) + "\n"


def _why(why: Why, told_before: Mapping[WayView, tuple[str, int]], lang: Lang, style: Style) -> Iterator[str]:
    """`told_before` are those of its ways that were told of another item, with its name and their number there."""
    item = f" · {why.item.name}" if why.item is not None else ""
    outcome = in_language(OUTCOMES[why.outcome], lang)
    if why.rests_on_assumption:
        outcome += phrases.bracketed([word("by_assumption_short", lang)], lang)
    mark = style(f"{OUTCOME_SYMBOLS[why.outcome]} {outcome}", OUTCOME_STATES[why.outcome])
    yield from wrapped(f"{mark}  {why.title}{item}{_award(why, lang)}")
    if why.because is None:
        yield from _open(why, lang)
    elif not why.because and not why.by_day:
        yield from wrapped(word("because_always", lang), "  ")
    else:
        key = "because_met" if why.outcome is Outcome.QUALIFIED else "because_refused"
        yield from wrapped(word(key, lang), "  ")
        yield from _facts(why.because, lang)
        for told in guidance_sentences.asked_of(why.by_day, "", lang, distance=True):
            yield from wrapped(f"- {told}", "    ")
    if why.rests_on_assumption:
        yield from wrapped(word("ask_first", lang), "  ")
    if why.outcome is Outcome.NOT_QUALIFIED:
        if why.ways:
            yield from wrapped(word("ways", lang), "  ")
        else:
            yield from _no_ways(why, lang)
        for number, way in enumerate(why.ways, start=1):
            before = told_before.get(way)
            if before is None:
                yield from _listed(f"{number}. ", guidance_sentences.way(way, lang), "    ")
            else:
                yield from wrapped(f"{number}. {guidance_sentences.same_way(way, *before, lang)}", "    ")
        if why.ways and why.more_ways:
            key = "most_ways" if len(why.ways) >= MOST_WAYS else "more_ways"
            yield from wrapped(word(key, lang, most=str(MOST_WAYS)), "    ")
    for source in why.sources:
        yield from wrapped(word("article", lang, article=source.article, says=source.says), "  ")


def _no_ways(why: Why, lang: Lang) -> Iterator[str]:
    """That nothing was found, for what it rests on, and whether a later year is worth a look."""
    later = [word("later_years", lang)] if why.later_years else []
    if why.firm and not set(why.firm) <= set(why.because or ()):
        yield from wrapped(word("no_ways_firm", lang), "  ")
        yield from _facts(why.firm, lang)
        yield from (line for text in later for line in wrapped(text, "  "))
        return
    if why.firm is None:
        none = "ways_not_tried" if why.more_ways else "no_ways"
    else:
        none = "no_ways_by_day" if why.by_day and not why.firm else "no_ways"
    yield from wrapped(("" if lang == "zh" else " ").join([word(none, lang), *later]), "  ")


def _award(why: Why, lang: Lang) -> str:
    """What the clause comes to where it is met or can still be, and what of it counts; nothing for a recognition."""
    if why.outcome is Outcome.NOT_QUALIFIED or why.award.possible == 0:
        return ""
    return f"  {sentences.offered(why.granted, why.outcome, why.each, why.counted, why.limit, None, lang)}"


def _open(why: Why, lang: Lang) -> Iterator[str]:
    if why.missing:
        yield from wrapped(word("because_open", lang), "  ")
        for fact in why.missing:
            who = missing_sentences.supplied_by(fact, lang)
            yield from wrapped(f"? {missing_sentences.fact_name(fact, lang)}{phrases.bracketed([who], lang)}", "    ")
            for text in missing_sentences.question(fact, lang):
                yield from wrapped(text, "      ")
    if why.judgements:
        yield from wrapped(word("because_person", lang), "  ")
        for reason in why.judgements:
            named = reason.undefined or reason.title
            said = reason.judgement or reason.says or (in_language(named, lang) if named is not None else "")
            where = phrases.bracketed([reason.article], lang) if reason.article is not None else ""
            yield from wrapped(f"? {said}{where}", "    ")


def _facts(facts: Sequence[FactView], lang: Lang) -> Iterator[str]:
    """Each fact; what several of them are asked for together stands once, below the last of them."""
    for place, fact in enumerate(facts):
        notes = [word("self_declared", lang)] if fact.self_declared else []
        text = f"{in_language(fact.name, lang)}  {in_language(fact.value, lang)}"
        yield from wrapped(f"- {text}{phrases.bracketed(notes, lang) if notes else ''}", "    ")
        later = {asked.node for other in facts[place + 1 :] for asked in other.asked}
        asked = [one for one in fact.asked if one.node not in later]
        for told in guidance_sentences.asked_of(asked, fact.name.zh, lang, distance=True):
            yield from wrapped(told, "      ")


def _listed(head: str, told: Iterable[Sentence], indent: str) -> Iterator[str]:
    """Sentences below one another, the first behind its mark."""
    inner = indent + " " * len(head)
    lines = [line for depth, text in told for line in wrapped(text, inner + "  " * depth)]
    yield f"{indent}{head}{lines[0][len(inner) :]}"
    yield from lines[1:]
