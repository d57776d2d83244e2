"""How amounts are rounded, in words. Imports the nodes, amounts in words and values."""

from __future__ import annotations

from typing import assert_never

from incentives.explain.amounts import yuan_text
from incentives.language.nodes import Rounded, RoundingMode, Term
from incentives.language.walks import terms_within
from incentives.values import Bilingual


def rounding(of: Rounded) -> Bilingual:
    """To what an amount is rounded, and which way."""
    to = yuan_text(of.to)
    match of.mode:
        case RoundingMode.DOWN:
            return Bilingual(f"不足{to.zh}的部分舍去", f"rounded down to {to.en}")
        case RoundingMode.UP:
            return Bilingual(f"不足{to.zh}的部分按{to.zh}计", f"rounded up to {to.en}")
        case RoundingMode.HALF_UP:
            return Bilingual(f"四舍五入到{to.zh}", f"rounded to the nearest {to.en}, halves up")
        case _:
            assert_never(of.mode)


def roundings(term: Term) -> tuple[Bilingual, ...]:
    """Each way in which something of an amount is rounded, once."""
    return tuple(dict.fromkeys(rounding(part) for part in terms_within(term) if isinstance(part, Rounded)))
