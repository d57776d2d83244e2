"""Facts of a year and what they come to over years, in both languages. Imports the nodes, facts and values."""

from __future__ import annotations

from incentives.facts.vocabulary import Fact
from incentives.language.nodes import How, Year
from incentives.values import Bilingual

HOWS = {
    How.SUM: Bilingual("合计", "sum"),
    How.MEAN: Bilingual("平均", "mean"),
    How.LARGEST: Bilingual("最高值", "largest"),
    How.SMALLEST: Bilingual("最低值", "smallest"),
}
"""What several values are put together to."""

_YEARS = (
    Bilingual("本年", "this year's"),
    Bilingual("上年", "last year's"),
    Bilingual("前年", "the year before last's"),
)
_NAMED = (
    Bilingual("本年", "this year"),
    Bilingual("上年", "last year"),
    Bilingual("前年", "the year before last"),
)


def of_year(fact: Fact, year: Year) -> Bilingual:
    """What a fact was in a year: 上年营业收入, 2023年营业收入."""
    ago = year.number
    if year.fixed:
        return Bilingual(f"{ago}年{fact.title.zh}", f"{fact.title.en} of {ago}")
    if ago < len(_YEARS):
        word = _YEARS[ago]
        return Bilingual(f"{word.zh}{fact.title.zh}", f"{word.en} {fact.title.en}")
    return Bilingual(f"{ago}年前{fact.title.zh}", f"{fact.title.en} {ago} years ago")


def over_years(how: How, fact: Fact, first: Year | None, last: Year, since: Fact | None) -> Bilingual:
    """What a yearly fact comes to over years: the wrong last one turns 首次 upside down, and so is always told."""
    span = _span(first, last)
    if since is not None and first is None:
        end = _named_year(last)
        span = Bilingual(
            f"自{since.title.zh}当年起至{end.zh}各年", f"every year from that of the {since.title.en} to {end.en}"
        )
    elif since is not None:
        span = Bilingual(
            f"{span.zh}（自{since.title.zh}当年起，不足按实际）",
            f"{span.en} (from that of the {since.title.en} on)",
        )
    return Bilingual(f"{span.zh}{fact.title.zh}{HOWS[how].zh}", f"{HOWS[how].en} of {fact.title.en} over {span.en}")


def _span(first: Year | None, last: Year) -> Bilingual:
    end = _named_year(last)
    if first is None:
        return Bilingual(f"截至{end.zh}历年", f"every year up to {end.en}")
    if first == last:
        return end
    if first.fixed or last.fixed:
        begin = _named_year(first)
        return Bilingual(f"{begin.zh}至{end.zh}", f"{begin.en} to {end.en}")
    many = first.number - last.number + 1
    return Bilingual(f"截至{end.zh}近{many}年", f"the {many} years up to {end.en}")


def _named_year(year: Year) -> Bilingual:
    ago = year.number
    if year.fixed:
        return Bilingual(f"{ago}年", str(ago))
    return _NAMED[ago] if ago < len(_NAMED) else Bilingual(f"{ago}年前", f"{ago} years ago")
