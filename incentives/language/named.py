"""Facts and definitions named in a policy, in the year that counts. Imports the nodes, facts and parts."""

from __future__ import annotations

import re

from incentives.diagnostics import Code, Span
from incentives.facts.ledger import FOUNDED
from incentives.facts.types import NUMBERS, DateType, FactType, YearlyType
from incentives.facts.vocabulary import Fact
from incentives.language.kinds import alike, kind_word
from incentives.language.model import Definition
from incentives.language.nodes import (
    ApplicationDay,
    Condition,
    Defined,
    FactValue,
    How,
    OverYears,
    Term,
    Year,
    YearValue,
)
from incentives.language.written import Fields, Reader, Scope, Years, read_calendar_year
from incentives.records import NamedTuple
from incentives.source.tree import Mapping, Node, Scalar, Sequence

APPLICATION_DAY = "application_day"

YEARS = {"this_year": 0, "last_year": 1, "year_before_last": 2}
"""The words for a year, with how long ago it is."""


class Typed(NamedTuple):
    term: Term
    type: FactType


class Placed(NamedTuple):
    """The type of what stands at a place."""

    type: FactType
    span: Span


class NameReader(Reader):
    """Reads what stands for one value: a name, and the year or years that go with it."""

    def name(self, node: Node, scope: Scope) -> Typed | None:
        """A fact or a definition by its name, in the year that counts here."""
        if isinstance(node, Scalar) and node.text == APPLICATION_DAY:
            return Typed(ApplicationDay(), DateType())
        if not isinstance(node, Scalar):
            self.report(Code.NOT_ONE_VALUE, node.span, {"written": "[…]" if isinstance(node, Sequence) else "{…}"})
            return None
        found = self.names_here(node, scope)
        match found:
            case None:
                return None
            case Definition():
                if isinstance(found.of, Condition):
                    self._not_a_number(found.type, node.span, condition=node.text)
                    return None
                return Typed(Defined(found.id, found.title.zh, found.of, found.entity), found.type)
            case _:
                return self._fact_term(found, node.span, scope)

    def names_here(self, node: Scalar, scope: Scope) -> Fact | Definition | None:
        return self.named(node, scope)

    def founded(self) -> Fact | None:
        """The day on which a company was founded, where the vocabulary has one."""
        fact = self.names.vocabulary.company.facts.get(FOUNDED)
        return fact if fact is not None and isinstance(fact.type, DateType) else None

    def _fact_term(self, fact: Fact, span: Span, scope: Scope) -> Typed | None:
        if not isinstance(fact.type, YearlyType):
            return Typed(FactValue(fact), fact.type)
        if scope.years is not None:
            return Typed(OverYears(How.SUM, fact, *scope.years), fact.type.of)
        if scope.year is not None:
            return Typed(YearValue(fact, scope.year), fact.type.of)
        self.report(Code.YEAR_NEEDED, span, {"fact": fact.id})
        return None

    def _yearly(self, head: str | None, node: Node, scope: Scope) -> Fact | None:
        """The yearly fact that is named: its year stands beside `head`, or other years count than one of its own."""
        if not isinstance(node, Scalar):
            words = {"written": "[…]" if isinstance(node, Sequence) else "{…}", "instead": _beside(head, node)}
            self.report(Code.NOT_ONE_VALUE, node.span, words)
            return None
        found = self.named(node, scope)
        if isinstance(found, Fact) and isinstance(found.type, YearlyType):
            return found if self.is_number(found.type.of, node.span) else None
        if found is not None:
            self.report(Code.NOT_YEARLY, node.span, {"fact": node.text})
        return None

    # ------------------------------------------------------------ years

    def _year_beside(self, head: str, fact: Fact, scope: Scope, span: Span) -> Year:
        """The year of what `head` names; where none is named, that is told and any year will do."""
        if scope.year is None:
            self.report(Code.YEAR_NEEDED, span, {"fact": fact.id, "head": head})
        return scope.year or Year(0)

    def timed(self, fields: Fields, scope: Scope) -> Scope:
        """The scope with the year or years that are named among the fields."""
        if "year" in fields:
            # A year that was refused still is one: nobody is told twice that it is needed.
            scope = scope._replace(year=self.year(fields["year"]) or Year(0), years=None)
        if "years" in fields:
            last = Years(Year(1), Year(1), None)
            scope = scope._replace(year=None, years=self.years(fields["years"], scope) or last)
        return scope

    def ago(self, years: int) -> Year:
        """The year so many before the one that the policy calls this year."""
        return Year(years + self.names.this_year)

    def year(self, node: Node) -> Year | None:
        """`this_year`, `last_year`, `year_before_last` or `{years_ago: 3}`; or a year of the calendar, `2020年`."""
        if isinstance(node, Mapping):
            fields = self.fields(node, ("years_ago",))
            if "years_ago" not in fields:
                self.report(Code.MISSING_KEY, node.span, {"key": "years_ago"})
                return None
            count = self.whole(fields["years_ago"], 0, 100)
            return None if count is None else self.ago(count)
        fixed = read_calendar_year(node)
        if fixed is not None:
            return fixed
        word = self.one_of(node, (*YEARS, "2020年"))
        return self.ago(YEARS[word]) if word in YEARS else None

    def years(self, node: Node, scope: Scope) -> Years | None:
        """`3` for the last three, `all` for every year up to the last, or a mapping that says more."""
        if isinstance(node, Scalar) and node.text == "all":
            return Years(None, self.ago(1), None)
        if not isinstance(node, Mapping):
            count = self.whole(node, 1, 100, "年")
            return None if count is None else Years(self.ago(count), self.ago(1), None)
        fields = self.fields(node, ("last", "from", "through", "since"))
        if not fields:
            self.report(Code.MISSING_KEY, node.span, {"key": "last"})
            return None
        through = self.year(fields["through"]) if "through" in fields else self.ago(1)
        since = self._founding(fields["since"], scope) if "since" in fields else None
        count = self.whole(fields["last"], 1, 100, "年") if "last" in fields else None
        if through is None or ("since" in fields and since is None) or ("last" in fields and count is None):
            return None
        if "from" in fields:
            return self._from_year(fields, through, since)
        return Years(None if count is None else through.before(count - 1), through, since)

    def _from_year(self, fields: Fields, through: Year, since: Fact | None) -> Years | None:
        """`{from: 2021年, through: 2023年}`, both included."""
        if "last" in fields:
            advice = {
                "advice_zh": "`from` 已写明从哪一年起",
                "advice_en": "`from` says already with which year it begins",
            }
            self.report(Code.KEY_MISPLACED, fields["last"].span, {"key": "last", **advice})
            return None
        first = self.year(fields["from"])
        if first is None:
            return None
        if first.fixed is through.fixed and first.at(0) > through.at(0):
            self.report(Code.BAND_IS_EMPTY, fields["from"].span)
        return Years(first, through, since)

    def _founding(self, node: Node, scope: Scope) -> Fact | None:
        """The fact that is the day from which on years count."""
        since = self.name(node, scope)
        if since is None or not self.fits(since.type, DateType(), node.span):
            return None
        if isinstance(since.term, FactValue):
            return since.term.fact
        self.report(Code.NOT_ALLOWED_HERE, node.span, {"expected": "`founded`"})
        return None

    def whole(self, node: Node, least: int, most: int, unit: str = "") -> int | None:
        """A whole number between two ends, both allowed; it can be written with its `unit`, `3年`."""
        number = node.value if isinstance(node, Scalar) else None
        if unit and isinstance(number, str) and re.fullmatch(rf"[0-9]{{1,4}}{unit}", number):
            number = int(number.removesuffix(unit))
        if isinstance(number, int) and not isinstance(number, bool) and least <= number <= most:
            return number
        self.report(Code.NOT_ALLOWED_HERE, node.span, {"expected": f"{least}–{most}"})
        return None

    # ------------------------------------------------------------ types

    def same_type(self, parts: list[Placed]) -> bool:
        """Whether all are of the type of the first; reported at each that is not."""
        fitting = [self.fits(part.type, parts[0].type, part.span) for part in parts[1:]]
        return all(fitting)

    def is_number(self, of: FactType, span: Span) -> bool:
        """Whether values of a type can be added and multiplied; reported where they cannot."""
        if not isinstance(of, NUMBERS):
            self._not_a_number(of, span)
        return isinstance(of, NUMBERS)

    def _not_a_number(self, found: FactType, span: Span, condition: str = "") -> None:
        words = {
            "wanted_zh": "金额、比例或数量",
            "wanted_en": "an amount, a rate or a number",
            "condition": condition,
        }
        words |= {"found_zh": kind_word(found, "zh"), "found_en": kind_word(found, "en")}
        self.report(Code.TYPES_DIFFER, span, words)

    def fits(self, found: FactType, wanted: FactType, span: Span) -> bool:
        if alike(found, wanted):
            return True
        words = {"found_zh": kind_word(found, "zh"), "wanted_zh": kind_word(wanted, "zh")}
        words |= {"found_en": kind_word(found, "en"), "wanted_en": kind_word(wanted, "en")}
        self.report(Code.TYPES_DIFFER, span, words)
        return False


def _beside(head: str | None, node: Node) -> str:
    """How to write a yearly fact of which the year stands with its name, as in `{last_year: revenue}`."""
    named = {key.text: value for key, value in node.entries} if isinstance(node, Mapping) else {}
    year = next((word for word in YEARS if word in named), None)
    fact, when = (named[year], year) if year is not None else (named.get("value_of"), named.get("year"))
    if isinstance(when, Scalar):
        when = when.text
    if not isinstance(fact, Scalar) or not isinstance(when, str):
        return ""
    return fact.text if head is None else f"{head}: {fact.text}, year: {when}"
