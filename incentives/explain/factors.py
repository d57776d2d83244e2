"""What kind of number a term is: a measure, a share, a factor. Imports the nodes and fact types."""

from __future__ import annotations

from incentives.facts.types import QuantityType, RateType, YearlyType
from incentives.language import nodes
from incentives.language.nodes import Term


def is_measured(term: Term) -> bool:
    """Whether a term is a measure, such as an area, and no number of things."""
    match term:
        case nodes.FactValue(fact):
            return isinstance(fact.type, QuantityType)
        case nodes.YearValue(fact):
            return isinstance(fact.type, YearlyType) and isinstance(fact.type.of, QuantityType)
        case nodes.OverItems(_, _, of):
            return is_measured(of)
        case _:
            return False


def is_rate(term: Term) -> bool:
    """Whether a factor is a share of the other: a rate, or what an authority sets of one."""
    match term:
        case nodes.Literal(_, of):
            return isinstance(of, RateType)
        case nodes.FactValue(fact):
            return isinstance(fact.type, RateType)
        case nodes.YearValue(fact):
            return isinstance(fact.type, YearlyType) and isinstance(fact.type.of, RateType)
        case nodes.Decided(low, high):
            ends = [end for end in (low, high) if end is not None]
            return not ends or any(is_rate(end) for end in ends)
        case nodes.Table(_, _, _, rows):
            return any(is_rate(row.gives) for row in rows)
        case nodes.Cases(_, cases):
            return any(is_rate(case.gives) for case in cases)
        case nodes.Combined(_, parts):
            return any(is_rate(part) for part in parts)
        case nodes.Defined(_, _, of):
            return is_rate(of)
        case _:
            return isinstance(term, nodes.Ratio | nodes.Growth)


def is_factor(rate: Term, of: Term) -> bool:
    """Whether a rate is told as a factor: 5,000元×125%, 5,000元×时段系数. Of what is no figure, 10% is a share."""
    return isinstance(of, nodes.Literal) or isinstance(rate, nodes.Defined | nodes.Cases | nodes.Table)
