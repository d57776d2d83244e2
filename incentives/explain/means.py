"""A mean that comes to a share of one amount: of x, x and nothing it is two thirds of x. Imports yearly, nodes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from incentives.explain.yearly import HOWS
from incentives.language import nodes
from incentives.language.nodes import Term
from incentives.records import NamedTuple
from incentives.values import Bilingual


class Share(NamedTuple):
    """So much of one amount: at most all of it."""

    part: Fraction
    of: Term


def as_share(of: Sequence[Term]) -> Share | None:
    """The mean of some terms as a share of the one amount among them; None where there are different ones."""
    amounts = [term for term in of if not is_nothing(term)]
    if not amounts:
        return Share(Fraction(1), of[0])
    if any(term != amounts[0] for term in amounts[1:]):
        return None
    return Share(Fraction(len(amounts), len(of)), amounts[0])


def is_nothing(term: Term) -> bool:
    """Whether a term is a number that is written out and is 0."""
    if not isinstance(term, nodes.Literal) or isinstance(term.value, bool):
        return False
    return isinstance(term.value, int | Decimal) and term.value == 0


_CHINESE: Final = "零一二三四五六七八九十"
_ENGLISH: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS: Final = ("", "", "half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def share_text(part: Fraction, of: Bilingual) -> Bilingual:
    """三分之二, two thirds; in figures where it takes parts of more than ten. A part of a sum is one of the sum."""
    few, many = part.numerator, part.denominator
    if many == 1:
        return of
    if any(of.en.startswith(f"{how.en} of ") for how in HOWS.values()):
        of = Bilingual(of.zh, f"the {of.en}")
    if many >= len(_CHINESE):
        return Bilingual(f"{of.zh}的{many}分之{few}", f"{few}/{many} of {of.en}")
    chinese = "一半" if many == 2 else f"{_CHINESE[many]}分之{_CHINESE[few]}"
    english = "half" if many == 2 else f"{_ENGLISH[few]} {_PARTS[many]}{'' if few == 1 else 's'}"
    return Bilingual(f"{of.zh}的{chinese}", f"{english} of {of.en}")
