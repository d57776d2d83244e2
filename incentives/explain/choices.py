"""What a fact that is no number would be, in words: also where any that the paper does not name will do.

Imports advice, amounts in words and facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from incentives.advice.changeable import UNNAMED, Changeable, is_unnamed
from incentives.advice.ways import Change
from incentives.explain.amounts import value_text
from incentives.explain.words import any_begun_with
from incentives.facts.types import CodeType, ManyType, PlainValue, SingleType
from incentives.facts.writing import Given, given
from incentives.language.model import Clause
from incentives.values import Bilingual

_OTHER: Final = Bilingual("其他", "something else")


@dataclass(frozen=True, slots=True)
class ValueView:
    """What a fact would be, as a profile holds it.

    `value` is None where the paper names none that would do: then any code that begins as `begins` says, or with
    `any_other` whatever it does not name. Of a fact of several words `any_other` is one more beside those of `value`.
    """

    value: Given | None
    begins: str | None
    any_other: bool


def value_given(of: SingleType | ManyType, value: PlainValue) -> ValueView:
    """A value that a change leads to, for programs."""
    begins = _beginning(of, value)
    if begins is not None:
        return ValueView(None, begins, any_other=False)
    if value == UNNAMED:
        return ValueView(None, None, any_other=True)
    if isinstance(value, frozenset) and UNNAMED in value:
        return ValueView(given(of, value - {UNNAMED}), None, any_other=True)
    return ValueView(given(of, value), None, any_other=False)


def choices_told(change: Change, clause: Clause, changeable: Changeable) -> Iterator[Bilingual]:
    """What a fact would be and its other choices that will do, those first that the clause names, in its order.

    Where any code does that begins so, that is told, with those that will not do.
    """
    of, named = changeable.type_of(change.place), changeable.named(change.place, clause)
    values = (change.after, *sorted(change.or_else, key=lambda one: named.index(one) if one in named else len(named)))
    begun = {_first(of, value): _beginning(of, value) for value in values}
    for value in values:
        begins = begun[value] if value in begun and isinstance(value, str) else _beginning(of, value)
        if _first(of, value) in values:
            continue
        if isinstance(of, CodeType) and begins is not None:
            but_for = [one for one in named if one.startswith(begins) and one not in values]
            yield any_begun_with(begins, [value_text(of, one) for one in but_for], of)
        else:
            yield _choice_text(of, value)


def choices_that_will_not_do(change: Change, clause: Clause, changeable: Changeable) -> tuple[Bilingual, ...]:
    """Those of which no other will do, where all that will are known."""
    of = changeable.type_of(change.place)
    others = changeable.but_for(change.place, clause, (change.after, *change.or_else))
    return tuple(value_text(of, other) for other in others)


def is_any_other(change: Change) -> bool:
    """Whether whatever the clause does not name will do."""
    return any(value in (UNNAMED, frozenset({UNNAMED})) for value in (change.after, *change.or_else))


def _beginning(of: SingleType | ManyType, value: PlainValue) -> str | None:
    """How a value begins that stands for all codes which begin so."""
    if isinstance(of, CodeType) and isinstance(value, str) and is_unnamed(value) and value != UNNAMED:
        return value.removesuffix(UNNAMED)
    return None


def _first(of: SingleType | ManyType, value: PlainValue) -> str | None:
    """The code that goes on with noughts, of those for which a value stands."""
    begins = _beginning(of, value)
    return of.begun_with(begins) if isinstance(of, CodeType) and begins is not None else None


def _choice_text(of: SingleType | ManyType, value: PlainValue) -> Bilingual:
    """A choice in words: also one of which nothing can be said but that it is something else."""
    if value == UNNAMED:
        return _OTHER
    if isinstance(value, frozenset) and value:
        each = [_OTHER if one == UNNAMED else value_text(of, one) for one in sorted(value, reverse=True)]
        return Bilingual("和".join(one.zh for one in each), " and ".join(one.en for one in each))
    return value_text(of, value)
