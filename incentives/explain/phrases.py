"""Sentences that several reports share: sources, periods, awards. Imports the fixed words and the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import assert_never

from incentives.decision.result import AwardResult
from incentives.explain.amounts import value_text, yuan_text
from incentives.explain.ui import BASES, DOCUMENT_KINDS, word
from incentives.facts.types import RateType
from incentives.language.model import (
    Announced,
    Application,
    Award,
    Budget,
    Citation,
    Document,
    DocumentKind,
    Instalment,
    Period,
    Reading,
)
from incentives.texts import Lang, in_language
from incentives.values import WITHOUT_MONEY, Basis, Bilingual, Interval, NotBounded, Possible, Yuan


def comma(parts: Iterable[str], lang: Lang) -> str:
    return ("，" if lang == "zh" else ", ").join(parts)


def listing(parts: Iterable[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(parts)


def enumerated(parts: Iterable[str], lang: Lang) -> str:
    """Several things as a part of a sentence: a, b and c."""
    *most, last = parts
    return listing([*most, last], lang) if lang == "zh" or not most else f"{listing(most, lang)} and {last}"


def bracketed(notes: Iterable[str], lang: Lang) -> str:
    told = noted(notes, lang)
    return f"（{told}）" if lang == "zh" else f" ({told})"


def noted(notes: Iterable[str], lang: Lang) -> str:
    """Remarks one behind the other, which may have commas of their own."""
    return ("，" if lang == "zh" else "; ").join(notes)


def citation(document: Document, lang: Lang) -> str:
    """The document a policy was encoded from."""
    number = document.number or word("number_unpublished", lang)
    kind = in_language(DOCUMENT_KINDS[document.kind], lang)
    on = document.published_on
    published = on.isoformat() if on is not None else _published_in(document, lang)
    publisher = issuer(document.publisher, lang)
    if document.title is None:
        titled = word("title_unpublished", lang)
    else:  # inside 《》 a title stands in 〈〉 (GB/T 15834)
        titled = f"《{document.title.replace('《', '〈').replace('》', '〉')}》"
    if lang == "zh":
        return f"{kind}  {titled} {publisher} {published} {number}"
    return f"{kind}: {listing([titled, publisher, published, number], lang)}"


def issuer(named: str | None, lang: Lang) -> str:
    """Who issued or published, or that the source does not show it."""
    return named or word("publisher_unpublished", lang)


def _published_in(document: Document, lang: Lang) -> str:
    """The year or month in which a document was published, where no day is shown; else that nothing is."""
    shown = document.published_in
    if shown is None:
        return word("day_unpublished", lang)
    return shown if lang == "zh" else "-".join(re.findall("[0-9]+", shown))


def witness(document: Document, in_force: Period, lang: Lang) -> str:
    """How good a witness the document is, whether it has a first day, and that the answer decides nothing."""
    match document.kind:
        case DocumentKind.PRESS_REPORT:
            parts = [word("press_report", lang)]
        case DocumentKind.DRAFT:
            parts = [word("draft", lang)]
        case DocumentKind.REPRINT:
            parts = [word("reprint", lang)]
        case DocumentKind.OFFICIAL_TEXT:
            parts = []
        case _:
            assert_never(document.kind)
    parts += [word("undated", lang)] if in_force.start == date.min else []
    return ("" if lang == "zh" else " ").join([*parts, word("not_official", lang)])


def period(in_force: Period, lang: Lang) -> str:
    """From when until when, or that it was not published."""
    counted = "start_published" if in_force.start_published else "start_unpublished"
    known = in_force.start != date.min
    first = word(counted, lang, start=in_force.start.isoformat()) if known else word("start_unknown", lang)
    if in_force.start_by is not None:
        year, month = str(in_force.start.year), f"{in_force.start:%m}" if lang == "en" else str(in_force.start.month)
        by_month = in_force.start.month == in_force.start_by.month
        first = word("start_in_month" if by_month else "start_in_year", lang, year=year, month=month)
    if in_force.end is not None:
        last = word("end_published", lang, end=in_force.end.isoformat())
    else:
        last = word("end_none" if in_force.end_published else "end_unpublished", lang)
    return comma([first, last], lang)


def application(how: Application | None, lang: Lang) -> str:
    """How one applies; what was not published is said once."""
    if how is None:
        return f"{word('application', lang)}: {word('not_recorded', lang)}"
    fields = {"window": how.window, "materials": how.materials, "department": how.department, "phone": how.phone}
    parts = [f"{word(key, lang)}: {text}" for key, text in fields.items() if text is not None]
    unpublished = [word(key, lang) for key, text in fields.items() if text is None]
    if unpublished:
        parts.append(f"{listing(unpublished, lang)}: {word('not_published', lang)}")
    return ("；" if lang == "zh" else "; ").join(parts)


def readings(found: Iterable[Reading]) -> list[str]:
    """Each reading behind the words of the source that it reads."""
    return [f"“{reading.of}”{reading.reading}" for reading in found]


def announced(by_source: Announced, lang: Lang) -> str:
    """The fields that the source announces; its own word stands at the end where the list is open."""
    named, left_open = listing(by_source.fields, lang), by_source.open or ""
    return f"{named} {left_open}".rstrip() if lang == "en" else named + left_open


def sources(of_clause: Iterable[Citation], granted: Award | AwardResult, lang: Lang) -> list[str]:
    """Each place that a clause was encoded from, then that of its award where it has one of its own."""
    own = [granted.source] if granted.source is not None else []
    return [cited(source.article, source.says, lang) for source in (*of_clause, *own)]


def budget(of: Budget, lang: Lang) -> str:
    """How much money there is, or how many are chosen; whether awards depend on it, and the paper's words."""
    depends = word("budget_limits" if of.places is None else "places_limits", lang)
    notes = [*([depends] if of.limits_awards else []), f"“{of.says}”"]
    told = ("；" if lang == "zh" else "; ").join(notes)
    if of.places is not None:
        number = of.places or word("budget_unpublished", lang)
        return word("places_of_year" if of.each_year else "places", lang, amount=number, notes=told)
    sum_of_money = word("budget_unpublished", lang)
    if of.at is not None:
        sum_of_money = amount(Basis.FLOOR if of.at_least else Basis.EXACT, of.at, None, lang)
    return word("budget_of_year" if of.each_year else "budget", lang, amount=sum_of_money, notes=told)


def cited(article: str, says: str, lang: Lang) -> str:
    """The words of the source behind their place in it."""
    return f"{article}{'：' if lang == 'zh' else ': '}{says}"


def quoted(article: str | None, says: str, lang: Lang) -> str:
    """The words of the source for a condition, with their place where that is another than the clause's."""
    return f"“{says}”" if article is None else f"{word('source', lang)}: {cited(article, says, lang)}"


def amount(basis: Basis, yuan: Yuan | None, words: str | None, lang: Lang) -> str:
    """The sum, the ceiling as 最高, the floor as 不低于, or the words of the paper."""
    if words is not None:
        return words
    if yuan is None:
        return ""
    text = in_language(yuan_text(yuan), lang)
    match basis:
        case Basis.CEILING:
            return word("possible", lang, amount=text)
        case Basis.FLOOR:
            return word("not_below", lang, amount=text)
        case Basis.EXACT | Basis.RANGE | Basis.DISCRETIONARY | Basis.UNPUBLISHED:
            return text
        case Basis.RECOGNITION | Basis.RELIEF | Basis.IN_KIND:
            return text
        case _:
            assert_never(basis)


def award(granted: Award | AwardResult, formula: Bilingual | None, lang: Lang) -> str:
    """What a clause grants, how it is worked out where it is not one figure, on what basis and to whom."""
    stated = granted.stated if isinstance(granted, Award) else granted.amount
    figure = amount(granted.basis, stated, granted.words, lang)
    worked = in_language(formula, lang) if formula is not None else ""
    left_open = in_language(BASES[granted.basis], lang)
    basis = bracketed([left_open], lang)
    if granted.words is not None and granted.basis not in WITHOUT_MONEY and worked not in ("", left_open):
        # Within which limits an amount is left open stands beside the paper's words, and says itself that it is.
        figure, basis = comma([granted.words, worked], lang), ""
    elif not figure:
        figure = worked
        basis = "" if left_open in worked else basis  # of which part it is said there
    if granted.basis is Basis.EXACT and stated is None:
        basis = ""  # what is worked out says itself how it is fixed
    parts = [f"{granted.kind} {figure}{basis}"]
    parts += besides(granted, lang)
    if granted.or_in_kind is not None:
        parts.append(word("or_in_kind", lang, words=granted.or_in_kind))
    if granted.basis not in WITHOUT_MONEY:
        payee = granted.paid_to or word("payee_unpublished", lang)
        parts.append(word("paid_to_other" if granted.to_other else "paid_to", lang, payee=payee))
    return comma(parts, lang)


def without_money(granted: AwardResult, lang: Lang) -> str:
    """What is granted that is no money, and that it is none."""
    words = granted.words if granted.words is not None else word("either_of", lang).join(granted.in_tiers)
    is_title = granted.basis is Basis.RECOGNITION  # which its words say themselves
    basis = word("without_money", lang) if is_title else in_language(BASES[granted.basis], lang)
    return f"{granted.kind} {words}{bracketed([basis], lang)}"


def besides(granted: Award | AwardResult, lang: Lang) -> list[str]:
    """What comes together with the money: a title, and what is given in kind."""
    title = [word("recognised_as", lang, title=granted.recognises)] if granted.recognises is not None else []
    return title + ([word("and_in_kind", lang, words=granted.in_kind)] if granted.in_kind is not None else [])


def worth(interval: Interval, lang: Lang, *, certain: bool, whole: bool = False) -> str:
    """What of an amount is certain and what is possible; one figure where both are the same, unless `whole`."""
    if isinstance(interval.possible, NotBounded):
        possible = word("possible_unknown", lang)
    else:
        if certain and not whole and interval.possible == interval.guaranteed:
            return in_language(yuan_text(interval.guaranteed), lang)
        possible = word("possible", lang, amount=in_language(yuan_text(interval.possible), lang))
    if not certain:
        return possible
    return f"{word('certain', lang, amount=in_language(yuan_text(interval.guaranteed), lang))} · {possible}"


def becomes(before: Interval, after: Interval, lang: Lang) -> str:
    """An amount before and after a change; of two that are not settled each end by itself, that which moves."""
    if before.guaranteed == before.possible or after.guaranteed == after.possible:
        return " → ".join(worth_alone(one, lang) for one in (before, after))
    sure = _from_to(*(in_language(yuan_text(one.guaranteed), lang) for one in (before, after)))
    most = _from_to(*(upper_end(one.possible, lang) for one in (before, after)))
    told = [word("certain", lang, amount=sure)] if before.guaranteed or after.guaranteed else []
    if isinstance(before.possible, NotBounded) and isinstance(after.possible, NotBounded):
        return comma([*told, word("possible_unknown", lang)], lang)
    return comma([*told, word("possible", lang, amount=most)], lang)


def _from_to(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def worth_alone(interval: Interval, lang: Lang) -> str:
    """What an award comes to; where nothing of it is certain, its upper end alone."""
    settled = interval.guaranteed == interval.possible
    return worth(interval, lang, certain=settled or interval.guaranteed > 0)


def worth_if_met(interval: Interval, lang: Lang) -> str:
    """What an amount comes to once its clause is met: the sum, the range, or no more than its upper end."""
    low, high = interval.guaranteed, interval.possible
    if isinstance(high, NotBounded):
        return limits(interval, lang) or word("possible_unknown", lang)
    if 0 < low < high:
        return word("between", lang, low=in_language(yuan_text(low), lang), high=in_language(yuan_text(high), lang))
    return worth(interval, lang, certain=low == high)


def limits(interval: Interval, lang: Lang) -> str:
    """Within which ends an amount lies that nobody has worked out; empty where it has none."""
    low, high = interval.guaranteed, interval.possible
    if low == high:
        return in_language(yuan_text(low), lang)
    ends = [word("at_least", lang, amount=in_language(yuan_text(low), lang))] if low else []
    if not isinstance(high, NotBounded):
        ends.append(word("possible", lang, amount=in_language(yuan_text(high), lang)))
    return listing(ends, lang)


def counting(
    amount: str,
    award: Interval,
    counted: Interval | None,
    limit: Yuan | None,
    among_all: Possible | None,
    lang: Lang,
    *,
    certain: bool,
) -> str:
    """An amount with what of it counts after the stacking rules; where a limit alone bounds it, with the limit.

    Where all policies count something else of it, `among_all`, it is that which is told.
    """
    notes: list[str] = []
    if isinstance(award.possible, NotBounded) and limit is not None:
        most = counted if counted is not None and counted.possible == limit else Interval(award.guaranteed, limit)
        amount = word("in_all", lang, amount=worth(most, lang, certain=certain))
        notes.append(word("capped", lang))
    if among_all is not None:
        whole = "whole_among_all" if among_all == award.possible else "among_all"
        key = whole if among_all != 0 else "not_among_all"
        notes.append(word(key, lang, amount=upper_end(among_all, lang)))
    elif counted is not None and (not notes or counted.possible != limit):
        key = "counts_as" if counted.possible != 0 else "counts_for_nothing"
        notes.append(word(key, lang, amount=worth(counted, lang, certain=certain)))
    return f"{amount}{bracketed(notes, lang)}" if notes else amount


def upper_end(amount: Possible, lang: Lang) -> str:
    """An upper end as a figure, where it is said already that it is one."""
    return word("not_known", lang) if isinstance(amount, NotBounded) else in_language(yuan_text(amount), lang)


def _instalments(parts: Sequence[Instalment], lang: Lang) -> str:
    """When an award is paid: in equal parts, in years, or after what the paper names."""
    shares = [_part(part, lang) for part in parts]
    told: list[str] = []
    for number, (part, share) in enumerate(zip(parts, shares, strict=True), 1):
        if share is None:
            return word("equal_instalments", lang, years=str(len(parts)))
        if part.after is not None and part.share == 1:
            return word("paid_after", lang, after=part.after)
        if part.after is not None:
            told.append(word("instalment_after", lang, after=part.after, share=share))
        elif part.year is not None:
            told.append(word("instalment", lang, year=str(part.year), share=share))
        else:
            told.append(word("instalment_number", lang, number=str(number), share=share))
    return word("instalments", lang, parts=listing(told, lang))


def _part(part: Instalment, lang: Lang) -> str | None:
    """What of an award one part is; None where all are equal."""
    if part.rest:
        return word("rest", lang)
    if part.exact is not None:
        return in_language(yuan_text(part.exact), lang)
    return None if part.share is None else in_language(value_text(RateType(), part.share), lang)


def duties(granted: Award | AwardResult, lang: Lang) -> list[str]:
    """The budgets that limit an award, when it is paid, what it obliges to, when it is taken back."""
    lines = [budget(one, lang) for one in granted.budgets]
    if granted.instalments:
        lines.append(_instalments(granted.instalments, lang))
    if granted.obligations:
        lines.append(word("obligations", lang, texts=listing(granted.obligations, lang)))
    if granted.claw_back is not None:
        lines.append(word("claw_back", lang, text=granted.claw_back))
    return lines
