"""Days in force from the tree to the model. Imports the model and the nodes; used by the checker alone.

A source may show a day, a year alone, a length of time, or nothing.
"""

from __future__ import annotations

import re
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
from incentives.language.written import read_calendar_year, read_duration
from incentives.source.loader import Loaded
from incentives.source.shapes import Entries
from incentives.source.tree import Scalar, node_at

_NO_END = "none"


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
        in_year = None if from_published else year_in(written.at, "counted_from")
        if nowhere or in_year is not None:
            start: date | None = date.min if in_year is None else date(in_year, 1, 1)
        else:
            start = self.day(written.at, "from" if from_published else "counted_from")
        end_published = written.until != NOT_PUBLISHED
        if start is None:
            return None
        last_year = year_in(written.at, "until")
        lasts = read_duration(written.until) is not None and last_year is None
        if lasts and (nowhere or in_year is not None):
            words = {
                "key": "until",
                "advice_zh": "没有第一天；写日期、`2028年`、none 或 not_published",
                "advice_en": "there is no first day; write a date, `2028年`, none or not_published",
            }
            self._report(Code.KEY_MISPLACED, written.at, "until", words)
            return None
        end = self._end(written, start) if last_year is None else date(last_year, 12, 31)
        if end is not None and end < start:
            self._report(Code.PERIOD_REVERSED, written.at, "until", {"start": start.isoformat()})
        return Period(start, from_published, end, end_published, start_in_year=in_year is not None)

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
        """The day written at a key; None where there is none, or none that can be read, which is reported."""
        node = at[key][1] if key in at else None
        if not isinstance(node, Scalar):
            return None
        day = read_date(node)
        if isinstance(day, tuple):
            self.problems += day
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
            year = read_calendar_year(node) if key == "counted_from" else None
            day = read_date(node) if year is None else date(year.number, 1, 1)
            return day if isinstance(day, date) else None
    return date.min if isinstance(node_at(version.root, ("in_force", "from")), Scalar) else None


def year_in(at: Entries, key: str) -> int | None:
    """The year of the calendar that stands for a day, such as `2028年`; None where something else is written."""
    node = at[key][1] if key in at else None
    year = read_calendar_year(node) if node is not None else None
    return None if year is None else year.number


def in_year_or_month(written: str) -> str | None:
    """`2017年` or `2017年3月`, where a source shows no more of a day; None of anything else."""
    text = normal(written)
    return text if re.fullmatch(r"[1-9][0-9]{3}年((0?[1-9]|1[0-2])月)?", text) else None


def has_begun(period: Period, node_id: str, span: Span) -> Condition:
    """That a policy or clause of which only the first year is known has begun: in that year nobody can say."""
    after = TermBound(Literal(date(period.start.year + 1, 1, 1), DateType()), inclusive=True)
    gap = f"来源只写了{period.start.year}年，从哪一天起施行不明"
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
