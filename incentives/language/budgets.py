"""The money there is for a policy or a clause, or how many are chosen. Imports the model and the award reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from incentives.diagnostics import Code
from incentives.facts.types import MoneyType
from incentives.language.awards import AwardReader
from incentives.language.model import Budget
from incentives.language.syntax import NOT_PUBLISHED, BudgetRecord
from incentives.source.tree import Mapping, Node, Scalar


def budgets_of(records: Sequence[BudgetRecord], awards: AwardReader) -> tuple[Budget, ...]:
    """Each as it was written: `at`, a sum that all who apply share, or `places`, how many of them are chosen.

    What is unsound is left out and reported.
    """
    return tuple(budget for record in records if (budget := _budget(record, awards)) is not None)


def _budget(record: BudgetRecord, awards: AwardReader) -> Budget | None:
    yearly = record.per is not None
    if record.places is not None:
        if record.amount is not None:
            advice = {"advice_zh": "与 `at` 只写一个", "advice_en": "write it or `at`, not both"}
            awards.report(Code.KEY_MISPLACED, record.at["places"][0].span, {"key": "places", **advice})
        if record.places == NOT_PUBLISHED:
            return Budget(None, False, yearly, record.limits_awards, record.says, "")
        if not re.fullmatch(r"[1-9][0-9]{0,5}[^0-9\s]+", record.places):
            expected = "`5个`, `10家`, …, `not_published`"
            awards.report(Code.NOT_ALLOWED_HERE, record.at["places"][1].span, {"expected": expected})
            return None
        return Budget(None, False, yearly, record.limits_awards, record.says, record.places)
    if record.amount is None:
        awards.report(Code.MISSING_KEY, record.at["says"][0].span, {"key": "at"})
        return None
    return _sum(record, record.amount, yearly, awards)


def _sum(record: BudgetRecord, written: Node, yearly: bool, awards: AwardReader) -> Budget | None:
    """A sum, `{not_below: …}`, or `not_published`."""
    at_least = isinstance(written, Mapping)
    if isinstance(written, Mapping):
        inner = awards.fields(written, ("not_below",)).get("not_below")
        if inner is None:
            awards.report(Code.MISSING_KEY, written.span, {"key": "not_below"})
            return None
        written = inner
    if isinstance(written, Scalar) and written.text == NOT_PUBLISHED:
        return Budget(None, at_least, yearly, record.limits_awards, record.says)
    at = awards.value(MoneyType(), written)
    return Budget(at, at_least, yearly, record.limits_awards, record.says) if isinstance(at, Decimal) else None
