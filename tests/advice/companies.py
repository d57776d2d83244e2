"""Companies that answer questions, for measuring interviews: which there are is stated here and seeded.

A company knows everything it is asked, and answers each fact independently of the others:
- a number or a day lies with the same chance in each of the ranges that the thresholds of all policies cut it into;
- a choice is each of its choices with the same chance, a yes or no either;
- a code or a word is each of those that policies name, or another one, with the same chance; a set of words is empty,
  or one of these;
- a list has no item in five of ten companies, one in four, two in one.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from incentives import Evaluator, Profile
from incentives.advice.answers import Answered, answers, with_answer
from incentives.advice.questions import Questions
from incentives.advice.reads import Read
from incentives.facts.places import Place, value_at
from incentives.facts.profile import Item

Choose = Callable[[Profile, frozenset[Place]], Place | None]
"""What to ask of a profile, given what nobody knows; None to end."""

_SIZES, _CHANCES = (0, 1, 2), (5, 4, 1)


class Company:
    """The company of that number: the same answers in whatever order it is asked."""

    def __init__(self, number: int, questions: Questions) -> None:
        self._number = number
        self._questions = questions

    def answer(self, place: Place, profile: Profile) -> Answered:
        rng = random.Random(f"{self._number} {place}")
        if place.fact is None:
            [size] = rng.choices(_SIZES, _CHANCES)
            names = [f"{place.entity}-{number}" for number in range(size)]
            return tuple(Item(name, name, {}) for name in names)
        [first, *others] = self._questions.reads(place, profile)
        merged = Read(first.fact)
        for read in (first, *others):
            merged.add(read)
        possible = answers(merged)
        [drawn] = rng.choices(possible, [one.weight for one in possible])
        return drawn.value


def interviewed(company: Company, choose: Choose, evaluator: Evaluator) -> int:
    """How many questions it takes until nothing is asked any more."""
    profile, unknowable = evaluator.profile({"name": "某公司"}), frozenset[Place]()
    count = 0
    while (place := choose(profile, unknowable)) is not None:
        count += 1
        value = company.answer(place, profile)
        if place.fact is not None and value == value_at(profile, place):
            unknowable |= {place}  # no more is known than what was said
        profile = with_answer(profile, place, value)
    return count
