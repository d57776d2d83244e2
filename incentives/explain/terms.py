"""Amounts, rates and dates in words, in both languages. Imports the nodes, scales, fact types and values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from incentives.explain.amounts import value_text
from incentives.explain.factors import is_factor, is_measured, is_rate
from incentives.explain.means import as_share, share_text
from incentives.explain.roundings import rounding
from incentives.explain.scales import called, joined, listed, row_text, sliced, steps, whole_units
from incentives.explain.ui import BASES
from incentives.explain.yearly import HOWS, of_year, over_years
from incentives.facts.types import MoneyType, QuantityType, RateType
from incentives.language import nodes
from incentives.language.nodes import How, Term, Unit
from incentives.language.reach import NOT_REACHED
from incentives.texts import Count, plural
from incentives.values import Basis, Bilingual

LIMITS = {
    How.SMALLEST: Bilingual("最高", "at most"),
    How.LARGEST: Bilingual("至少", "at least"),
}
"""What each end is to an amount that is held to it."""

_ELAPSED = {
    Unit.YEARS: Bilingual("满年数", "completed years"),
    Unit.MONTHS: Bilingual("满月数", "completed months"),
    Unit.DAYS: Bilingual("天数", "days"),
    Unit.CALENDAR_YEARS: Bilingual("年度间隔", "calendar years"),
    Unit.ACCOUNTING_YEARS: Bilingual("完整会计年度数", "full accounting years"),
}
_UNITS = {
    Unit.YEARS: Bilingual("年", "year|years"),
    Unit.MONTHS: Bilingual("个月", "month|months"),
    Unit.DAYS: Bilingual("天", "day|days"),
    Unit.CALENDAR_YEARS: Bilingual("个年度", "calendar year|calendar years"),
    Unit.ACCOUNTING_YEARS: Bilingual("个会计年度", "accounting year|accounting years"),
}


def term_text(term: Term) -> Bilingual:
    """What a term is, in the order of the paper."""
    match term:
        case nodes.Literal(_, _, str() as words):
            return Bilingual(words, words)
        case nodes.Literal(value, of):
            return value_text(of, value)
        case nodes.FactValue(fact):
            return fact.title
        case nodes.Defined(_, title):
            return Bilingual(title, title)
        case nodes.YearValue(fact, year):
            return of_year(fact, year)
        case nodes.OverYears(how, fact, first, last, since):
            return over_years(how, fact, first, last, since)
        case nodes.OverItems(how, entity, of, where):
            which, inside = _which(where), _whole(of)
            every = "all " if where is None else ""
            # The fact may say of itself what it is a fact of: 合同 and 合同实际发生费用.
            of_zh = inside.zh.removeprefix(entity.title.zh) if inside.zh != entity.title.zh else inside.zh
            return Bilingual(
                f"{entity.title.zh}{which.zh}{of_zh}{HOWS[how].zh}",
                f"{HOWS[how].en} of {inside.en} over {every}{plural(entity.title.en)}{which.en}",
            )
        case nodes.CountItems(entity, where):
            which = _which(where)
            return Bilingual(f"{entity.title.zh}数{which.zh}", f"number of {plural(entity.title.en)}{which.en}")
        case nodes.CountValues(nodes.FactValue(fact), among):
            if among is None:
                return Bilingual(f"{fact.title.zh}的项数", f"number of {fact.title.en}")
            values = listed(Bilingual(value, value) for value in among)
            return Bilingual(f"{fact.title.zh}中{values.zh}的项数", f"number of {values.en} among {fact.title.en}")
        case nodes.Combined(how, of):
            limited = _limited(term)
            return limited if limited is not None else _combined(how, of)
        case nodes.Difference(left, right):
            return joined(_part(left), "减去", " less ", _whole(right))
        case nodes.Product(nodes.Literal(price, QuantityType() as unit), of):
            base, each = _whole(of), value_text(unit, price)
            told = f"{each.en} of {base.en}" if is_measured(of) else f"{base.en} at {each.en}"
            return Bilingual(f"{base.zh}按{each.zh}", told)
        case nodes.Product(left, right) if not is_rate(left) or is_factor(left, right):
            return joined(_whole(right), "×", " × ", _whole(left))
        case nodes.Product(left, right):
            base = _or_gap(right, Bilingual("未公布的基数", "a base that is not published"))
            rate = _or_gap(left, Bilingual("未公布的比例", "a rate that is not published"))
            return Bilingual(f"{base.zh}的{rate.zh}", f"{rate.en} of {base.en}")
        case nodes.Ratio(of, to):
            part, whole = _whole(of), _whole(to)
            return Bilingual(f"{part.zh}占{whole.zh}的比例", f"ratio of {part.en} to {whole.en}")
        case nodes.Growth(fact, year, _, years) if years > 1:
            base = of_year(fact, year)
            return Bilingual(f"{base.zh}的{years}年年均增速", f"yearly growth of {base.en} over {years} years")
        case nodes.Growth(fact, year):
            base = of_year(fact, year)
            return Bilingual(f"{base.zh}同比增速", f"growth of {base.en}")
        case nodes.Increase(fact, year):
            base = of_year(fact, year)
            return Bilingual(f"{base.zh}增量", f"increase of {base.en}")
        case nodes.Elapsed(unit, since, until):
            begin = term_text(since)
            if until is None:
                return Bilingual(f"自{begin.zh}起{_ELAPSED[unit].zh}", f"{_ELAPSED[unit].en} since {begin.en}")
            end = term_text(until)
            return Bilingual(
                f"自{begin.zh}至{end.zh}{_ELAPSED[unit].zh}", f"{_ELAPSED[unit].en} from {begin.en} to {end.en}"
            )
        case nodes.ApplicationDay():
            return Bilingual("申报日", "the day of application")
        case nodes.Shifted(day, unit, by):
            base = term_text(day)
            word, word_en = ("后", "after") if by >= 0 else ("前", "before")
            length = f"{Count(abs(by)):{_UNITS[unit].en}}"
            return Bilingual(f"{base.zh}{word}{abs(by)}{_UNITS[unit].zh}", f"{length} {word_en} {base.en}")
        case nodes.Table(_, by, key, rows, otherwise):
            parts = [called(row.called, joined(row_text(row, key), "：", ": ", term_text(row.gives))) for row in rows]
            parts += _rest(otherwise)
            head = term_text(by)
            return Bilingual(
                f"按{head.zh}（{'；'.join(part.zh for part in parts)}）",
                f"by {head.en} ({'; '.join(part.en for part in parts)})",
            )
        case nodes.Cases(_, cases, otherwise):
            parts = [*map(_case_text, cases), *_rest(otherwise)]
            return Bilingual(
                f"分情形（{'；'.join(part.zh for part in parts)}）",
                f"by case ({'; '.join(part.en for part in parts)})",
            )
        case nodes.Slices(of, slices):
            return sliced(
                Bilingual(f"{term_text(of).zh}分段累进", f"{term_text(of).en}, slice by slice"), slices, MoneyType()
            )
        case nodes.GrowthSlices(fact, year, slices):
            base = of_year(fact, year)
            head = Bilingual(f"{base.zh}增量分段累进", f"increase of {base.en}, slice by slice")
            return sliced(head, slices, RateType())
        case nodes.Steps():
            return steps(term_text(term.of), term)
        case nodes.Further(of, key, above, every, gives):
            base, each = _whole(of), value_text(MoneyType(), gives)
            start, step = value_text(key, above), value_text(key, every)
            beyond, beyond_en = ("", "") if above == 0 else (f"超过{start.zh}后", f" beyond {start.en}")
            return Bilingual(
                f"{base.zh}{beyond}每满{step.zh}给{each.zh}", f"{each.en} for each {step.en} of {base.en}{beyond_en}"
            )
        case nodes.WholeUnits(of, key, unit, each, rest, inclusive):
            return whole_units(
                _whole(of), value_text(key, each), unit, None if rest is None else (rest, inclusive, key)
            )
        case nodes.Decided(None, high, False, str() as words) if high is not None:
            text = term_text(high)
            return Bilingual(f"{text.zh}，上限未公布（{words}）", f"{text.en}, its ceiling not published ({words})")
        case nodes.Decided(nodes.Combined(How.SMALLEST, of), nodes.Combined(How.LARGEST, others)) if of == others:
            parts = [_whole(part) for part in of]
            return Bilingual(
                f"{'或'.join(part.zh for part in parts)}（来源没有写按哪一个）",
                f"{' or '.join(part.en for part in parts)} (the source does not say which)",
            )
        case nodes.Decided(None, None, unpublished, str() as words):
            left_open = _decided(None, None, unpublished)
            return Bilingual(f"{words}（{left_open.zh}）", f"{words} ({left_open.en})")
        case nodes.Decided(low, high, unpublished):
            return _decided(low, high, unpublished)
        case nodes.Granted():
            when, when_en, whose, whose_en = _of_grants(term)
            named, named_en = "、".join(term.titles), ", ".join(term.titles)
            return Bilingual(
                f"{when}{whose}此前已兑现金额（{named}）", f"amount granted before{whose_en}{when_en} ({named_en})"
            )
        case nodes.YearsGranted(of):
            _, _, whose, whose_en = _of_grants(of)
            named, named_en = "、".join(of.titles), ", ".join(of.titles)
            return Bilingual(
                f"{whose}已兑现的年度数（{named}）", f"number of years granted before{whose_en} ({named_en})"
            )
        case nodes.YearsSinceGranted(of):
            _, _, whose, whose_en = _of_grants(of)
            named, named_en = "、".join(of.titles), ", ".join(of.titles)
            return Bilingual(
                f"{whose or '自'}首次兑现之年起已满的年数（{named}）",
                f"years since the year of the first grant{whose_en} ({named_en})",
            )
        case nodes.TimesGranted(of):
            when, when_en, whose, whose_en = _of_grants(of)
            named, named_en = "、".join(of.titles), ", ".join(of.titles)
            return Bilingual(
                f"{when}{whose}此前已兑现的次数（{named}）",
                f"number of times granted before{when_en}{whose_en} ({named_en})",
            )
        case nodes.Rounded(of):
            base, mode = _whole(of), rounding(term)
            return Bilingual(f"{base.zh}（{mode.zh}）", f"{base.en} ({mode.en})")
        case nodes.NothingBelow(of, at):
            least, base = value_text(MoneyType(), at), _whole(of)
            if at == 0:
                return Bilingual(f"{base.zh}（小于零时为零）", f"{base.en} (nothing where it is negative)")
            return Bilingual(f"{base.zh}（不足{least.zh}不予补助）", f"{base.en} (nothing below {least.en})")
        case _:
            assert_never(term)


def _which(where: nodes.Condition | None) -> Bilingual:
    """Which items of a list are counted or added up, behind the name of one; nothing where all are."""
    if where is None:
        return Bilingual("", "")
    told = _in_line(where)
    return Bilingual(f"（{told.zh}）", f" ({told.en})")


def _in_line(condition: nodes.Condition) -> Bilingual:
    from incentives.explain.words import in_line  # which words what conditions measure by what is here

    return in_line(condition)


def _case_text(case: nodes.Case) -> Bilingual:
    """What is granted in a case, and when that is."""
    when, gives = _in_line(case.when), term_text(case.gives)
    return called(case.called, Bilingual(f"{when.zh}：{gives.zh}", f"{gives.en} where {when.en}"))


def _rest(otherwise: Term | None) -> list[Bilingual]:
    """What holds where no row fits; a sum of nothing that is written out is told, since it makes a difference."""
    if otherwise is None or otherwise is NOT_REACHED:
        return []
    rest = term_text(otherwise)
    return [Bilingual(f"其余：{rest.zh}", f"otherwise: {rest.en}")]


def _whole(factor: Term) -> Bilingual:
    """A factor as one thing: what is joined of several parts stands in brackets."""
    joined = isinstance(factor, nodes.Difference) or (
        isinstance(factor, nodes.Combined) and factor.how is not How.MEAN
    )
    return _bracketed(factor) if joined else term_text(factor)


def _part(term: Term) -> Bilingual:
    """A part of a sum: one that has limits of its own stands in brackets, so that they limit nothing beside it."""
    limited = isinstance(term, nodes.Combined) and term.how in (How.SMALLEST, How.LARGEST)
    return _bracketed(term) if limited else term_text(term)


def _bracketed(term: Term) -> Bilingual:
    text = term_text(term)
    return Bilingual(f"（{text.zh}）", f"({text.en})")


def _limited(term: nodes.Combined) -> Bilingual | None:
    """What is left open within a floor or a cap: 至少20万元、最高500万元（金额未公布）. None of any other amount."""
    limits: list[Bilingual] = []
    inside: Term = term
    while isinstance(inside, nodes.Combined) and inside.how in LIMITS:
        limit = LIMITS[inside.how]
        inside, *ends = inside.of
        limits = [joined(limit, "", " ", listed(_whole(end) for end in ends)), *limits]
    if not isinstance(inside, nodes.Decided) or (inside.low, inside.high) != (None, None):
        return None
    told, left_open = listed(limits), term_text(inside)
    return Bilingual(f"{told.zh}（{left_open.zh}）", f"{told.en} ({left_open.en})")


def _combined(how: How, of: Sequence[Term]) -> Bilingual:
    parts = [_part(part) for part in of]
    match how:
        case How.SUM:
            return Bilingual("＋".join(part.zh for part in parts), " + ".join(part.en for part in parts))
        case How.SMALLEST:
            return _held_to(how, of)
        case How.LARGEST if all(isinstance(end, nodes.Literal) for end in of[1:]):
            return _held_to(how, of)
        case How.MEAN if (share := as_share(of)) is not None:
            return share_text(share.part, _whole(share.of))
        case How.MEAN | How.LARGEST:
            told = listed(parts)
            return Bilingual(f"{told.zh}的{HOWS[how].zh}", f"{HOWS[how].en} of {told.en}")
        case _:
            assert_never(how)


def _held_to(how: How, of: Sequence[Term]) -> Bilingual:
    """An amount with its cap or its floor behind it; a cap behind a floor needs no brackets."""
    first, *ends = of
    if how is How.SMALLEST and len(ends) == 1 and (most := _most_in_a_year(ends[0])) is not None:
        behind = Bilingual("", " for each item in a year")
        return joined(term_text(first), "，每个对象每年最高", ", at most ", term_text(most), behind)
    limits = joined(LIMITS[how], "", " ", listed(_part(end) for end in ends))
    return joined(term_text(first), "，", ", ", limits)


def _most_in_a_year(end: Term) -> Term | None:
    """The cap for an item in a year, of which the amount can take what the ledger leaves; None for another end."""
    match end:
        case nodes.Combined(
            How.LARGEST, (nodes.Difference(most, nodes.Granted(this_year=True, for_item=str(), same=None)), _)
        ):
            return most
        case _:
            return None


def _of_grants(of: nodes.Granted) -> tuple[str, str, str, str]:
    """Of when, and for what, earlier grants count, in both languages."""
    when, when_en = ("本年", " this year") if of.this_year else ("", "")
    if of.same is not None:
        kind = term_text(of.same)
        return when, when_en, f"为{kind.zh}相同的对象", f" for what is of the same {kind.en}"
    whose, whose_en = ("", "") if of.for_item is None else ("为该对象", " for the item")
    return when, when_en, whose, whose_en


def _or_gap(term: Term, gap: Bilingual) -> Bilingual:
    """A part of a product, named for what it is where the source leaves it out."""
    if not isinstance(term, nodes.Decided) or not term.unpublished:
        return _whole(term)
    words = term.words
    return gap if words is None else Bilingual(f"{gap.zh}（{words}）", f"{gap.en} ({words})")


def _decided(low: Term | None, high: Term | None, unpublished: bool) -> Bilingual:
    if unpublished:
        return BASES[Basis.UNPUBLISHED]
    match low, high:
        case None, None:
            return BASES[Basis.DISCRETIONARY]
        case None, nodes.Decided(None) as open_already:
            return term_text(open_already)
        case None, _:
            assert high is not None
            text = term_text(high)
            amount = "an amount " if isinstance(high, nodes.Decided) and high.high is None else ""
            return Bilingual(f"最高{text.zh}", f"up to {amount}{text.en}")
        case _, None:
            assert low is not None
            text = term_text(low)
            return Bilingual(f"不低于{text.zh}", f"not below {text.en}")
        case _:
            assert low is not None
            assert high is not None
            return joined(term_text(low), "至", " to ", term_text(high))
