"""An interview: a profile that grows by one answer at a time. Imports questions, missing facts and the evaluator.

It asks nobody and writes nothing: it says what to ask, reads what was answered, and can go back.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from incentives.advice.answers import Answered, with_answer
from incentives.advice.missing import OpenFact, open_facts
from incentives.advice.question import Question, question_at
from incentives.advice.questions import Questions
from incentives.decision.evaluator import AnyProfile, Evaluator
from incentives.decision.result import Decision
from incentives.diagnostics import Diagnostic
from incentives.facts.places import EARLIER, Place, value_at
from incentives.facts.profile import Profile
from incentives.facts.types import Series
from incentives.facts.vocabulary import COMPANY

Written = str | bool | list[str]
"""An answer as it is given: a text, a yes or no, or several texts."""


class Understood(NamedTuple):
    """An answer as a profile holds it. `remarks` are what is worth a second look in it, such as a day after that of
    application.
    """

    value: Answered
    remarks: tuple[Diagnostic, ...]


class _Moment(NamedTuple):
    profile: Profile
    unknowable: frozenset[Place]


class Interview:
    """One interview of one company. Not to be shared between threads.

    Raises `ProfileRefused`, and `KeyError` for an unknown policy id.
    """

    def __init__(self, evaluator: Evaluator, profile: AnyProfile, on: date, policy: str | None = None) -> None:
        self._evaluator = evaluator
        self._on = on
        self._policy = policy
        self._questions = Questions(evaluator, on, policy)
        self._now = _Moment(evaluator.profile(profile), frozenset())
        self._asked: tuple[_Moment, Place | None] | None = None
        self._before: list[tuple[_Moment, Place | None]] = []
        """What was known before each answer, and what it answered; the company's name where that is None."""
        self._decided: tuple[Profile, Decision] | None = None

    @property
    def profile(self) -> Profile:
        """What is known by now."""
        return self._now.profile

    @property
    def unknowable(self) -> frozenset[Place]:
        """What was asked and is not known."""
        return self._now.unknowable

    @property
    def question(self) -> Question | None:
        """What to ask now; None where no answer can change anything any more."""
        place = self._place
        return None if place is None else self.question_at(place)

    @property
    def settled(self) -> bool:
        """Whether nothing more can change at all: no answer either to what is not known, as far as can be seen."""
        if self._place is not None:
            return False
        return not self.unknowable or self._questions.next(self.profile) is None

    @property
    def decision(self) -> Decision:
        """The decision on what is known by now."""
        if self._decided is None or self._decided[0] is not self.profile:
            self._decided = self.profile, self._evaluator.fast.check(self.profile, self._on, self._policy)
        return self._decided[1]

    @property
    def at_stake(self) -> OpenFact | None:
        """What hangs on the question at hand: the awards that wait for it, and the money."""
        place = self._place
        if place is None:
            return None
        found = [one for one in open_facts(self.decision) if (one.entity, one.fact) == (place.entity, place.fact)]
        return next((one for one in found if (one.item.key if one.item else None) == place.item), None)

    def question_at(self, place: Place) -> Question:
        """The question that was or could be asked about a place."""
        reads = self._questions.reads(place, self.profile)
        return question_at(place, self.profile, self._evaluator.policies, reads, lambda: self.decision)

    def read(self, written: Written) -> Answered:
        """The answer to the question at hand, as a profile holds it. Raises `ProfileRefused` with what is wrong."""
        return self.understood(written).value

    def remarks(self, written: Written) -> tuple[Diagnostic, ...]:
        """What is worth a second look in an answer that can be read. Raises `ProfileRefused`."""
        return self.understood(written).remarks

    def understood(self, written: Written) -> Understood:
        """The answer to the question at hand with what is to be said of it, read once. Raises `ProfileRefused`."""
        place = self._place
        assert place is not None, "nothing is asked"
        entity = self._evaluator.policies.vocabulary.entities[place.entity]
        if place.fact is None:
            names = [written] if isinstance(written, str) else written
            assert isinstance(names, list), "a list is answered with the names of its items"
            assert entity.list_key is not None, "every entity but the company is a list"
            listed = self._evaluator.profile({entity.list_key: [{"name": name} for name in names]}, self._on)
            return Understood(listed.lists[entity.id], listed.warnings)
        year = None if place.year is None else self._on.year if place.year == EARLIER else place.year
        facts = {place.fact: written if year is None else {year: written}}
        if place.entity == COMPANY:
            found = self._evaluator.profile(facts, self._on)
            value = found.company.values[place.fact]
        else:
            assert entity.list_key is not None, "every entity but the company is a list"
            found = self._evaluator.profile({entity.list_key: [{"name": "-", **facts}]}, self._on)
            value = found.lists[entity.id][0].values[place.fact]
        answered = value.years[year] if isinstance(value, Series) and year is not None else value
        return Understood(answered, found.warnings)  # type: ignore[arg-type]

    def answer(self, value: Answered) -> None:
        """The question at hand is answered. The same answer as before says that no more is known than that."""
        place = self._place
        assert place is not None, "nothing is asked"
        same = place.fact is not None and value_at(self.profile, place) == value
        unknowable = self.unknowable | {place} if same else self.unknowable
        self._go_on(with_answer(self.profile, place, value), unknowable, place)

    def unknown(self) -> None:
        """Nobody knows the answer: it is not asked again."""
        place = self._place
        assert place is not None, "nothing is asked"
        self._go_on(self.profile, self.unknowable | {place}, place)

    def call(self, name: str) -> None:
        """The company's name. Raises `ProfileRefused`."""
        company = self._evaluator.profile({"name": name}).company
        values = MappingProxyType(dict(self.profile.company.values))
        named = self.profile._replace(company=company._replace(values=values))
        self._before.append((self._now, None))
        self._now = self._now._replace(profile=named)

    def back(self) -> bool:
        """Takes back the last answer and asks again, or the name that was called. False where there is neither.

        A name that was called later than an answer stays when that is taken back.
        """
        if not self._before:
            return False
        name = self.profile.company.name
        moment, place = self._before.pop()
        if place is None:
            self._now = moment
            return True
        company = moment.profile.company._replace(name=name)
        self._now = moment._replace(profile=moment.profile._replace(company=company))
        self._asked = self._now, place
        return True

    @property
    def can_go_back(self) -> bool:
        """Whether there is an answer or a name to take back."""
        return bool(self._before)

    @property
    def _place(self) -> Place | None:
        """What to ask now. It is worked out when it is needed: by then the last answer is in the profile already."""
        if self._asked is None or self._asked[0] is not self._now:
            self._asked = self._now, self._questions.next(self.profile, self.unknowable)
        return self._asked[1]

    def _go_on(self, profile: Profile, unknowable: frozenset[Place], answered: Place) -> None:
        self._before.append((self._now, answered))
        self._now = _Moment(profile, unknowable)
