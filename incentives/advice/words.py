"""What a fact that has several words could become: with some more of them, or some fewer. Imports the language.

A change is the words that come or go. What a test asks for is there with one of its words and gone with all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from incentives.facts.places import Place
from incentives.facts.types import PlainValue
from incentives.language.nodes import Condition, IncludesAny, Measured
from incentives.language.reads import everything_in

WORDS_TOGETHER = 3
"""Changes of one fact that are made together, at most."""


def become(
    place: Place, now: frozenset[str], more: Sequence[str], tests: Sequence[Condition]
) -> list[frozenset[str]]:
    """What the words could be after one change: one `more`, or all gone that a test names, or one where it counts.

    Of words that the tests cannot tell apart one stands for all.
    """
    named = [frozenset(one.values) for test in tests for one in _including(place, test)]
    tells_more = not all(isinstance(test.form, IncludesAny) for test in tests)
    alike: dict[object, str] = {}
    for word in more:
        by = frozenset(number for number, words in enumerate(named) if word in words)
        alike.setdefault(word if tells_more else by, word)
    if not tells_more:
        alike.pop(frozenset(), None)
    gone = [
        *dict.fromkeys(words & now for words in named),
        *(frozenset({word}) for word in sorted(now) if tells_more),
    ]
    return [*(now | {word} for word in alike.values()), *(now - words for words in dict.fromkeys(gone) if words)]


def several(
    now: frozenset[str], singly: Sequence[PlainValue], tests: Sequence[Condition]
) -> Iterator[frozenset[str]]:
    """What the words could be after several such changes, the fewest first."""
    changed = [value ^ now for value in singly if isinstance(value, frozenset)]
    counted = any(isinstance(test.form, Measured) for test in tests)
    most = WORDS_TOGETHER if counted else min(len(tests), WORDS_TOGETHER)
    for size in range(2, most + 1):
        for some in combinations(changed, size):
            yield now.symmetric_difference(frozenset[str]().union(*some))


def _including(place: Place, test: Condition) -> Iterator[IncludesAny]:
    for part in everything_in(test):
        form = part.form if isinstance(part, Condition) else part
        if isinstance(form, IncludesAny) and (form.fact.entity, form.fact.id) == (place.entity, place.fact):
            yield form
