"""Whether an amount can come out below nothing, as far as its form tells. Imports the nodes and facts."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from incentives.facts.types import FactType, MoneyType, RateType, YearlyType
from incentives.language import nodes
from incentives.language.nodes import How, Term
from incentives.language.walks import inner


def can_be_negative(term: Term) -> bool:
    """False only where no profile and nobody's decision can make it negative."""
    match term:
        case nodes.Literal(value):
            return isinstance(value, int | Decimal) and value < 0
        case nodes.FactValue(fact) | nodes.YearValue(fact):
            return _may_be_negative(fact.type)
        case nodes.OverYears(_, fact, undefined=undefined):
            return _may_be_negative(fact.type) or (undefined is not None and can_be_negative(undefined))
        case nodes.Difference() | nodes.Increase() | nodes.Growth() | nodes.Elapsed():
            return True
        case nodes.Combined(how, of):
            signs = [can_be_negative(part) for part in of]
            return all(signs) if how is How.LARGEST else any(signs)
        case nodes.Product(left, right):
            return can_be_negative(left) or can_be_negative(right)
        case nodes.Ratio(of, to, undefined):
            return undefined is None or any(can_be_negative(part) for part in (of, to, undefined))
        case nodes.Table(_, _, _, rows, otherwise):
            return otherwise is None or any(
                can_be_negative(part) for part in (otherwise, *(row.gives for row in rows))
            )
        case nodes.Cases(_, _, otherwise, complete):
            return (otherwise is None and not complete) or any(can_be_negative(part) for part in inner(term))
        case nodes.OverItems(_, _, of) | nodes.Rounded(of) | nodes.Defined(_, _, of):
            return can_be_negative(of)
        case nodes.NothingBelow(of, at):
            return at < 0 and can_be_negative(of)
        case nodes.Decided(low):
            return low is not None and can_be_negative(low)
        case (
            nodes.CountItems()
            | nodes.CountValues()
            | nodes.Slices()
            | nodes.GrowthSlices()
            | nodes.Steps()
            | nodes.Further()
            | nodes.WholeUnits()
            | nodes.Granted()
            | nodes.YearsGranted()
            | nodes.TimesGranted()
            | nodes.YearsSinceGranted()
            | nodes.ApplicationDay()
            | nodes.Shifted()
        ):
            return False
        case _:
            assert_never(term)


def _may_be_negative(of: FactType) -> bool:
    if isinstance(of, YearlyType):
        return _may_be_negative(of.of)
    return isinstance(of, MoneyType | RateType) and of.negative
