"""Facts as a profile gives them: one value, or one for each year. Imports diagnostics, the tree and reading.

A year that is not given, or given as `null`, is unknown.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from incentives.diagnostics import Code, Diagnostic
from incentives.facts.reading import read_value
from incentives.facts.types import NUMBERS, FactType, PlainValue, Series, SingleType, Value, YearlyType
from incentives.facts.written import normal, refuse
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Node, Scalar

EARLIER_HIGHEST = "earlier_highest"
"""The key for the highest of all the years before the first one given."""

FIRST_YEAR, LAST_YEAR = 1900, 2200

_YEAR = r"[0-9]{4}\Z"
_NO_SPACE = r"([0-9]{4})[:：]\s*(\S.*)\Z"


def read_fact(fact_id: str, fact_type: FactType, node: Node) -> tuple[Value | None, tuple[Diagnostic, ...]]:
    """What a profile says of a fact at `node`, and what is wrong with it.

    The value is None where something is wrong, and where nothing is known: `null`, or no year with a value.
    """
    if _is_null(node):
        return None, ()
    if isinstance(fact_type, YearlyType):
        return _read_series(fact_type.of, node)
    if isinstance(node, Mapping) and node.entries and all(_is_of_years(key.text) for key, _ in node.entries):
        single = node.entries[0][1] if len(node.entries) == 1 else None
        words = {"fact": fact_id, "single": single.text if isinstance(single, Scalar) else ""}
        return None, refuse(Code.NOT_BY_YEARS, node, words)
    reading = read_value(fact_type, node)
    return (None, reading) if isinstance(reading, tuple) else (reading, ())


def _read_series(of: SingleType, node: Node) -> tuple[Series | None, tuple[Diagnostic, ...]]:
    if not isinstance(node, Mapping):
        dated = node.text if isinstance(node, Scalar) and not isinstance(read_value(of, node), tuple) else ""
        return None, refuse(Code.YEAR_MISSING, node, {"dated": dated})
    years: dict[int, PlainValue] = {}
    without: list[int] = []
    highest: PlainValue | None = None
    problems: list[Diagnostic] = []
    for key, value in node.entries:
        year = year_of(key.text)
        if year is None and not (key.text == EARLIER_HIGHEST and isinstance(of, NUMBERS)):
            problems.append(_not_a_year(key, value, of))
        elif _is_null(value):
            without += [] if year is None else [year]
        elif isinstance(reading := read_value(of, value), tuple):
            problems += reading
            without += [] if year is None else [year]
        elif year is None:
            highest = reading
        else:
            years[year] = reading
    if problems:
        return None, tuple(problems)
    first = min((*years, *without), default=None)
    if highest is not None and first not in years:
        # Had it been read, the value of that year, once learnt, could contradict it.
        words = {"key": EARLIER_HIGHEST, "year": str(first or "")}
        return None, refuse(Code.EARLIER_THAN_NOTHING, node, words)
    return (Series(MappingProxyType(dict(sorted(years.items()))), highest) if years else None), ()


def _not_a_year(key: Scalar, value: Node, of: SingleType) -> Diagnostic:
    words = {"key": key.text, "spaced": "", "nearest": ""}
    run_together = re.match(_NO_SPACE, key.text)
    meant = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", normal(key.text))
    if run_together and _is_null(value):
        words["spaced"] = f"{run_together[1]}: {run_together[2]}"
    elif meant and year_of(meant[0]):
        words["nearest"] = meant[0]
    elif isinstance(of, NUMBERS):
        words["nearest"] = nearest(key.text, (EARLIER_HIGHEST,)) or ""
    return Diagnostic(Code.NOT_A_YEAR, key.span, words)


def year_of(text: str) -> int | None:
    """The year that four digits say; None where they are none that a profile can have."""
    year = int(text) if re.match(_YEAR, text) else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _is_of_years(key: str) -> bool:
    return year_of(key) is not None or key == EARLIER_HIGHEST


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None
