"""The closed set of types a fact can have. Imports records.

A value is held as plain data: `bool`, `int` for counts, `Decimal` for money (yuan), rates (1 is 100%) and
quantities, `date`, `str` for text, choices and codes, `frozenset[str]` for facts with many values, a `Series`
of such values for facts that have one for each year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from incentives.records import NamedTuple

PlainValue = bool | int | Decimal | date | str | frozenset[str]
"""A value that does not depend on the year: what a policy writes, and what a series holds for each year."""


class Series(NamedTuple):
    """What a yearly fact is in each year. A year that is not in `years` is unknown.

    `earlier_highest` is the highest of all the years before the first one in `years`; None where it is not
    known, and wherever `years` is empty.
    """

    years: Mapping[int, PlainValue]
    earlier_highest: PlainValue | None = None


Value = PlainValue | Series


class BooleanType:
    """True or false."""


class MoneyType(NamedTuple):
    """Yuan, to the fen. A `price` for each of something may be finer: what all of them come to is paid to the fen."""

    negative: bool = False
    price: bool = False


class RateType(NamedTuple):
    """`upper` is what no value can exceed: 1 for a share of something.

    A rate of growth `averaged_over` several years is held as what it comes to over all of them, which is exact: 5% a
    year over two years is 10.25%. People are told the rate for each year.
    """

    negative: bool = False
    upper: Decimal | None = None
    averaged_over: int = 1


class CountType(NamedTuple):
    """A whole number of something, with the unit people say after it. No value can exceed `upper`."""

    unit: str
    upper: int | None = None


class QuantityType(NamedTuple):
    """A measured number; always written with its unit."""

    unit: str


class DateType:
    """A calendar day."""


class TextType:
    """Any words."""


class ChoiceType(NamedTuple):
    """One of a closed list of words. Where `ordered`, they are listed from the lowest to the highest."""

    choices: tuple[str, ...]
    ordered: bool = False


LONGEST_CODE = 32
"""Signs of a code whose length no number of digits sets."""


class CodeType(NamedTuple):
    """A code of a published system: 510107 of GB/T 2260, C3973 of GB/T 4754.

    Either `digits` is the length of every code, or `pattern` is what the whole code matches, and `example` one.
    `labels` say what codes mean, and what all codes mean that begin so: 5101 is 成都市.
    """

    system: str
    digits: int | None
    labels: tuple[tuple[str, str], ...] = ()
    pattern: str | None = None
    example: str | None = None

    def label(self, code: str) -> str | None:
        """What a code means; one that ends in noughts what all that begin so mean: 510100 is 成都市."""
        labels = dict(self.labels)
        return labels.get(code, labels.get(code.rstrip("0")))

    def begun_with(self, prefix: str) -> str | None:
        """The longest code that begins so and goes on with noughts; None where no code begins so."""
        return next(self._beginning(prefix), None)

    def goes_on_after(self, prefix: str) -> bool:
        """Whether a code can begin so and go on."""
        return any(code != prefix for code in self._beginning(prefix))

    def _beginning(self, prefix: str) -> Iterator[str]:
        """The codes that begin so and go on with noughts, the longest first."""
        most = self.digits if self.digits is not None else LONGEST_CODE
        codes = (prefix + "0" * length for length in range(max(most - len(prefix), 0), -1, -1))
        return filter(self.fits, codes)

    def fits(self, text: str) -> bool:
        """Whether `text` is written as a code of the system is."""
        return self._matches(self.digits, text)

    def can_begin_with(self, text: str) -> bool:
        """Whether a code of the system can begin with `text`: `5101` of six digits, `C39` where that is a code."""
        return self._matches(1, text)

    def _matches(self, fewest: int | None, text: str) -> bool:
        expression = self.pattern if self.pattern is not None else f"[0-9]{{{fewest},{self.digits}}}"
        return 0 < len(text) <= LONGEST_CODE and re.fullmatch(expression, text, re.ASCII) is not None


class UsccType:
    """统一社会信用代码, GB 32100-2015."""


SingleType = (
    BooleanType
    | MoneyType
    | RateType
    | CountType
    | QuantityType
    | DateType
    | TextType
    | ChoiceType
    | CodeType
    | UsccType
)


class ManyType(NamedTuple):
    """A set of words or codes; complete as given."""

    of: TextType | ChoiceType | CodeType


class YearlyType(NamedTuple):
    """One value for each year; of money, rates, counts, quantities, booleans and choices only."""

    of: SingleType


FactType = SingleType | ManyType | YearlyType

NUMBERS = (MoneyType, RateType, CountType, QuantityType)
"""The types whose values are numbers, so that they can be added and the highest of several has a meaning."""

ORDERED = (MoneyType, RateType, CountType, QuantityType, DateType)
"""The types whose values have an order, so that a bound can be put on them."""
