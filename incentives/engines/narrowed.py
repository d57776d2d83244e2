"""What the key of a table can still be where one of its rows counts. Imports the nodes and ranges.

Shared by the engines: while a row's amount is worked out, the fact that is the key lies in that row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from incentives.amounts.ranges import Open
from incentives.engines.ranges_of_facts import row_fits
from incentives.language.nodes import Row


def reached(rows: Sequence[Row], key: Open) -> Iterator[tuple[Row | None, Open]]:
    """The rows that may be the first that an open key fits, each with what the key then is; past them all, None."""
    rest = key
    for row in rows:
        fits = row_fits(row, key)
        if fits is False:
            continue
        inside = _inside(row, rest)
        if inside is not None:
            yield row, inside
        if fits is True:
            return
        rest = _outside(row, rest)
    yield None, rest


def _inside(row: Row, key: Open) -> Open | None:
    """What the key can be in a row; None where the rows before it take all of that."""
    if key.among is not None:
        among = key.among & frozenset(row.values or ())
        return key._replace(among=among) if among else None
    if row.values is not None:
        values = [value for value in row.values if isinstance(value, int | Decimal) and key.low <= value <= key.high]
        return key._replace(low=min(values), high=max(values)) if values else None
    low = key.low if row.low is None else max(key.low, _number(row.low.value))
    high = key.high if row.high is None else min(key.high, _number(row.high.value))
    return key._replace(low=low, high=high) if low <= high else None


def _outside(row: Row, key: Open) -> Open:
    """What the key can be where it does not fit a row: less, where the row takes one end of it."""
    if key.among is not None:
        return key._replace(among=key.among - frozenset(row.values or ()))
    if row.values is not None:
        return key
    if row.low is None or _number(row.low.value) <= key.low:
        return key if row.high is None else key._replace(low=max(key.low, _number(row.high.value)))
    if row.high is None or _number(row.high.value) >= key.high:
        return key._replace(high=min(key.high, _number(row.low.value)))
    return key


def _number(value: object) -> int | Decimal:
    assert isinstance(value, int | Decimal), "the ends of a key that is a number"
    return value
