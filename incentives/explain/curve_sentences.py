"""What is said of a curve: its head, and what changes at each threshold. Imports the curve, phrases and words."""

from __future__ import annotations

from decimal import Decimal

from incentives.explain import phrases
from incentives.explain.amounts import value_text, yuan_text
from incentives.explain.curve_views import CurveChange, CurveLoss, CurveThreshold, Number
from incentives.explain.curves import Curve
from incentives.explain.ui import OUTCOMES, word
from incentives.facts.types import QuantityType, RateType
from incentives.texts import Lang, in_language
from incentives.values import Interval, Outcome

MOST_TOLD = 40
"""Thresholds that are told in words; the others are counted, and stand in the JSON."""


def heading(curve: Curve, lang: Lang) -> str:
    """What is drawn: the total against which fact, of which item and year."""
    item = f"{curve.item} · " if curve.item is not None else ""
    year = word("years", lang, years=str(curve.year)) if curve.year is not None else ""
    return word("curve_of", lang, fact=f"{item}{in_language(curve.title, lang)}{year}")


def now(curve: Curve, lang: Lang) -> str:
    """What the profile says, and what it comes to."""
    if curve.current is None or curve.at_current is None:
        return word("curve_unknown", lang)
    return word("curve_now", lang, value=number_text(curve, curve.current, lang), total=total(curve.at_current, lang))


def nothing(curve: Curve, lang: Lang) -> str:
    """That the total comes to nothing wherever the fact lies, and whether anything else changes."""
    changes = bool(curve.thresholds) or not curve.exact
    ends = {"start": number_text(curve, curve.start, lang), "end": number_text(curve, curve.end, lang)}
    return word("curve_nothing" if changes else "curve_nothing_at_all", lang, **ends)


def number_text(curve: Curve, number: Number, lang: Lang) -> str:
    """A value of the fact as people write it."""
    match curve.unit:
        case "元":
            return in_language(yuan_text(Decimal(number)), lang)
        case "%":
            return in_language(value_text(RateType(), number), lang)
        case unit:
            return in_language(value_text(QuantityType(unit), number), lang)


def total(interval: Interval, lang: Lang) -> str:
    return phrases.worth(interval, lang, certain=True)


def threshold(curve: Curve, one: CurveThreshold, lang: Lang) -> list[tuple[int, str]]:
    """What changes there: sentences, each with its depth."""
    kink = not one.jumps and all(_is_same(change) for change in one.changes)
    key = "curve_kink" if kink else "curve_beyond" if one.beyond else "curve_from"
    head = f"{one.number}. {word(key, lang, at=in_language(one.text, lang))}"
    if one.jumps:
        told = word("curve_jump", lang, change=phrases.becomes(one.before, one.after, lang))
    else:
        told = word("curve_same", lang, after=total(one.after, lang))
    lines = [(0, f"{head}  {told}")]
    for change in one.changes:
        is_cut = any(
            loss.begins and loss.policy == change.policy and _name(change) in loss.awards for loss in one.losses
        )
        lines += [(1, text) for text in _change(curve, change, lang, is_cut=is_cut)]
    lines += [(1, _loss(loss, lang)) for loss in one.losses]
    return lines


def roundings(curve: Curve, lang: Lang) -> list[str]:
    """How amounts are rounded, each way once with the awards that are rounded so."""
    told: dict[str, dict[str, None]] = {}
    for award in (award for policy in curve.policies for award in policy.awards):
        for how in award.rounded:
            told.setdefault(in_language(how, lang), {})[award.title] = None
    return [
        word("curve_rounded", lang, awards=phrases.listing(titles, lang), how=how) for how, titles in told.items()
    ]


def _is_same(change: CurveChange) -> bool:
    """Whether an award comes to the same on both sides, and only its pace is another."""
    return (change.before, change.outcome_before) == (change.after, change.outcome_after)


def _turn(before: Decimal, after: Decimal) -> str:
    """The word for what happens where an award does not jump: it begins to grow, ends, or goes on at another pace."""
    if before == 0 < after:
        return "curve_begins"
    if after == 0 < before:
        return "curve_ends"
    if before < 0 or after < 0:
        return "curve_turns"
    return "curve_faster" if after > before else "curve_slower"


def _name(change: CurveChange) -> str:
    return change.title if change.item is None else f"{change.title} · {change.item}"


def _change(curve: Curve, change: CurveChange, lang: Lang, *, is_cut: bool) -> list[str]:
    name = _name(change)
    paces = change.grows_before, change.grows_after
    turns = change.before == change.after and paces[0] != paces[1] and None not in paces
    told = [_moved(change, lang), *([word(_turn(*paces), lang)] if turns else [])]  # type: ignore[arg-type]
    lines = [f"{name}  {phrases.comma([text for text in told if text], lang)}".rstrip()]
    for condition in change.conditions:
        needed = in_language(condition.needed, lang) if condition.needed is not None else ""
        title = in_language(condition.title, lang)
        asked = f"{title}{needed}" if title.endswith("：") else f"{title} {needed}".strip()
        lines.append(f"- {word('asked_by_award', lang, asked=asked) if condition.of_award else asked}")
    if change.grows_before != change.grows_after and None not in (change.grows_before, change.grows_after):
        assert change.grows_before is not None
        assert change.grows_after is not None
        before, after = (in_language(yuan_text(one), lang) for one in (change.grows_before, change.grows_after))
        step = in_language(curve.step, lang)
        grows = word("curve_grows", lang, step=step, before=before, after=after)
        lines.append(f"- {grows}{phrases.bracketed([word('curve_uncut', lang)], lang) if is_cut else ''}")
    lines += [f"- {source.article}：{source.says}" for source in change.sources]
    return lines


def _moved(change: CurveChange, lang: Lang) -> str:
    """From which outcome to which, and from what amount to what."""
    before, after = change.outcome_before, change.outcome_after
    texts: list[str] = []
    if before is not after and before is not None and after is not None:
        outcomes = (in_language(OUTCOMES[one], lang) for one in (before, after))
        texts.append(" → ".join(outcomes))
    if change.before != change.after and Outcome.NOT_QUALIFIED in (before, after):
        amounts = (
            "—" if outcome is Outcome.NOT_QUALIFIED else phrases.worth_alone(interval, lang)
            for outcome, interval in ((before, change.before), (after, change.after))
        )
        texts.append(" → ".join(amounts))
    elif change.before != change.after:
        texts.append(phrases.becomes(change.before, change.after, lang))
    return phrases.comma(texts, lang)


def _loss(loss: CurveLoss, lang: Lang) -> str:
    key = "curve_loss_begins" if loss.begins else "curve_loss_ends"
    rule = loss.says if loss.says is not None else word("curve_rule", lang)
    return word(key, lang, rule=rule, awards=phrases.listing(loss.awards, lang))
