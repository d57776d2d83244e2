"""Days in force from the tree to the model. Imports the model and the nodes; used by the checker alone.

A source may show a day, a month or a year alone, a length of time, or nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from incentives.amounts.days import shifted
from incentives.diagnostics import Code, Diagnostic, Span
from incentives.facts.reading import read_date
from incentives.facts.types import DateType
from incentives.facts.vocabulary import COMPANY
from incentives.facts.written import normal
from incentives.language.model import Period
from incentives.language.nodes import AnyOf, ApplicationDay, Condition, Form, Literal, Measured, TermBound, Unstated
from incentives.language.syntax import NOT_PUBLISHED, UNREAD, PeriodRecord
from incentives.language.written import read_duration
from incentives.records import NamedTuple
from incentives.source.loader import Loaded
from incentives.source.shapes import Entries
from incentives.source.tree import Scalar, node_at

_NO_END = "none"
_FORMS = "`2024年`, `2024年3月`, not_published"
_FORMS_OF_THE_END = "`2024年`, `2024年3月`, `3年`, none, not_published"


class _Days(NamedTuple):
    """The days of a year or a month, both ends included."""

    first: date
    last: date


class PeriodReader:
    """Turns what is written of days into a period, and adds to `problems` what cannot be one."""

    def __init__(self, problems: list[Diagnostic]) -> None:
        self.problems = problems

    def period(self, written: PeriodRecord, span: Span) -> Period | None:
        """The days of a policy or clause; None where they cannot be read, which is reported."""
        if UNREAD in (written.from_day, written.counted_from):
            return None
        from_published = written.from_day != NOT_PUBLISHED
        if from_published and written.counted_from is not None:
            words = {"key": "counted_from", "advice_zh": "只与 `from: not_published` 同用"}
            words |= {"advice_en": "it goes with `from: not_published`"}
            self._report(Code.KEY_MISPLACED, written.at, "counted_from", words)
        if not from_published and written.counted_from is None:
            self.problems.append(Diagnostic(Code.MISSING_KEY, span, {"key": "counted_from"}))
            return None
        nowhere = not from_published and written.counted_from == NOT_PUBLISHED
        key = "from" if from_published else "counted_from"
        within = _days_in(written.from_day if from_published else written.counted_from)
        if nowhere or within is not None:
            start: date | None = date.min if within is None else within.first
        else:
            start = self.day(written.at, key)
        end_published = written.until != NOT_PUBLISHED
        if start is None:
            return None
        ends_in = _days_in(written.until)
        lasts = read_duration(written.until) is not None and ends_in is None
        if lasts and (nowhere or within is not None):
            words = {
                "key": "until",
                "advice_zh": "没有第一天；写日期、`2028年`、`2028年3月`、none 或 not_published",
                "advice_en": "there is no first day; write a date, `2028年`, `2028年3月`, none or not_published",
            }
            self._report(Code.KEY_MISPLACED, written.at, "until", words)
            return None
        end = self._end(written, start) if ends_in is None else ends_in.last
        if end is not None and end < start:
            self._report(Code.PERIOD_REVERSED, written.at, "until", {"start": start.isoformat()})
        return Period(start, from_published, end, end_published, start_by=within.last if within is not None else None)

    def _end(self, written: PeriodRecord, start: date) -> date | None:
        """The last day: written out, or as a length of time from the first day (`3年`); None where there is none."""
        if written.until in (NOT_PUBLISHED, _NO_END):
            return None
        lasts = read_duration(written.until)
        if lasts is None:
            return self.day(written.at, "until")
        unit, count = lasts
        after = shifted(start, unit.value, count)
        assert isinstance(after, date), "a day that is known"
        return after - timedelta(days=1)

    def day(self, at: Entries, key: str) -> date | None:
        """The day written at a key; None where there is none, or none that can be read, which is reported.

        A day of an act may be written in more ways than a day of a company, and the report names them.
        """
        node = at[key][1] if key in at else None
        if not isinstance(node, Scalar):
            return None
        day = read_date(node)
        if isinstance(day, tuple):
            forms = _FORMS_OF_THE_END if key == "until" else _FORMS
            self.problems += [one._replace(words={**one.words, "forms": forms}) for one in day]
            return None
        return day

    def _report(self, code: Code, at: Entries, key: str, words: dict[str, str]) -> None:
        self.problems.append(Diagnostic(code, at[key][1].span, words))


def first_day_in(version: Loaded) -> date | None:
    """The first day in force as a text has it; None where it is not written as it should be, which is told there."""
    if version.root is None:
        return None
    for key in ("from", "counted_from"):
        node = node_at(version.root, ("in_force", key))
        if isinstance(node, Scalar) and node.text != NOT_PUBLISHED:
            within = _days_in(node.text)
            day = read_date(node) if within is None else within.first
            return day if isinstance(day, date) else None
    return date.min if isinstance(node_at(version.root, ("in_force", "from")), Scalar) else None


def _days_in(written: str | None) -> _Days | None:
    """The days of the year or month that stands for a day, `2028年`, `2028年3月`; None of anything else."""
    text = in_year_or_month(written) if written is not None else None
    if text is None:
        return None
    year, month = int(text[:4]), text[5:].removesuffix("月")
    if not month:
        return _Days(date(year, 1, 1), date(year, 12, 31))
    return _Days(date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1]))


def in_year_or_month(written: str) -> str | None:
    """`2017年` or `2017年3月`, where a source shows no more of a day; None of anything else."""
    text = normal(written).replace(" ", "")
    return text if re.fullmatch(r"[1-9][0-9]{3}年((0?[1-9]|1[0-2])月)?", text) else None


def has_begun(period: Period, by: date, in_force: str, span: Span) -> Condition:
    """That a policy or clause of which only the first year or month is known has begun: until `by` nobody can say."""
    node_id = f"{in_force}/{'from' if period.start_published else 'counted_from'}"
    after = TermBound(Literal(by, DateType()), inclusive=False)
    month = "" if period.start.month != by.month else f"{by.month}月"
    gap = f"来源只写了{by.year}年{month}，从哪一天起施行不明"
    forms: tuple[Form, ...] = (Measured(ApplicationDay(), DateType(), None, after, None, None), Unstated(gap))
    options = tuple(
        Condition(f"{node_id}/{place}", span, COMPANY, None, None, form) for place, form in enumerate(forms)
    )
    return Condition(node_id, span, COMPANY, None, None, AnyOf(options))


def counts_from(period: Period, node_id: str, span: Span) -> Condition:
    """A clause with days of its own is refused outside them; it does not vanish."""
    end = TermBound(Literal(period.end, DateType()), inclusive=True) if period.end is not None else None
    start = TermBound(Literal(period.start, DateType()), inclusive=True)
    form = Measured(ApplicationDay(), DateType(), None, start, end, None)
    return Condition(node_id, span, COMPANY, None, None, form)
