"""A clause's tests under many suppositions, each settled once for all that it looks at. Imports findings.

What a test comes to hangs on nothing but what it looks at, so it is asked again only where some of that is supposed
to be otherwise; the evaluator then joins the tests as it always does.
"""

from __future__ import annotations

from collections.abc import Iterator

from incentives.advice.findings import Findings, Mark, Part, Sight, Some
from incentives.advice.trial import NOTHING_SUPPOSED, Supposed, Trial
from incentives.amounts.ranges import Open
from incentives.decision.reasons import awaited_by, open_atoms
from incentives.decision.result import MissingFact
from incentives.engines.atoms import passes, settle
from incentives.engines.ranges_of_facts import Found
from incentives.engines.reference import Trace, evaluate
from incentives.engines.subjects import Subject, WorkedOut, at_item
from incentives.engines.terms.evaluate import evaluate as worked_out
from incentives.facts.places import Place
from incentives.language.nodes import Condition, Term
from incentives.values import State

_COST_OF_ANY = 20
_COST_OF_A_PART = 2
_DEFINED_AT_COST = 5
"""Parts of definitions that add one to what a test costs; most of them are known from before."""


At = tuple[tuple[str, str], ...]
"""The items at which something is worked out: of each list gone through, the key of one."""


class Remembered:
    """One trial, whose item is there, with what its tests came to."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self._findings = trial.findings if trial.findings is not None else Findings(trial.profile)
        self.tests, self.best, self._definitions = self._findings.tests_of(trial.clause.condition)
        self.spent = 0
        """What settling tests has cost, in about two microseconds each, wherever else they were asked."""
        self._looking: dict[Place, tuple[Condition, ...]] = {}
        self._found: dict[tuple[str, Some], State] = {}
        self._marks: dict[int, Mark] = {}
        self._marks_of_definitions: dict[int, Mark] = {}
        self._defined_by: dict[Place, tuple[int, ...]] = {}
        """The definitions that look at a place, by their identities."""
        self._joined: dict[tuple[State, ...], State] = {}
        """The state of the whole condition, by those of the tests."""
        self._as_it_is = _there(trial, NOTHING_SUPPOSED)

    def looking_at(self, place: Place) -> tuple[Condition, ...]:
        """The tests that look at a place."""
        found = self._looking.get(place)
        if found is None:
            found = self._looking[place] = tuple([test for test in self.tests if self.sight(test).has(place)])
        return found

    def state(self, supposed: Supposed = NOTHING_SUPPOSED) -> State:
        """The state of the clause's whole condition."""
        states = self._states(supposed)
        joined = self._joined.get(states)
        if joined is None:
            joined = self._joined[states] = self._trace(states)[self.trial.clause.condition.id]
        return joined

    def waits_for(self, supposed: Supposed = NOTHING_SUPPOSED) -> Iterator[MissingFact]:
        """What the clause waits for because it is missing, or lies somewhere in a range; test by test."""
        # Of what lies in a range a test only says that it is open; of what is not known, also what that is.
        known = {place: value for place, value in supposed.items() if not isinstance(value, Open)}
        asked = self._asked(known)
        trace = self._trace(self._states(supposed))
        for test in open_atoms(self.trial.clause.condition, trace, State.MISSING):
            key = (self._mark(test), frozenset(asked.get(test.id, ())))
            if key not in self._findings.waits:
                found = tuple(awaited_by(test, self._subject(known)))
                self._findings.make_room()
                self._findings.waits[key] = found
            yield from self._findings.waits[key]

    def _asked(self, supposed: Supposed) -> dict[str, list[object]]:
        """What is supposed of all that each test looks at, by the test's id."""
        asked: dict[str, list[object]] = {}
        for place, value in supposed.items():
            for test in self.looking_at(place):
                asked.setdefault(test.id, []).append((place, value))
        return asked

    def _states(self, supposed: Supposed) -> tuple[State, ...]:
        """What each test comes to."""
        asked = self._asked(supposed)
        states: list[State] = []
        subject: Subject | None = None
        for test in self.tests:
            some = frozenset(asked.get(test.id, ()))
            state = self._found.get((test.id, some))
            if state is None:
                state = self._known(test, some)
            if state is None:
                subject = subject if subject is not None else self._subject(supposed)
                state = self._settled(test, some, subject)
            states.append(state)
        return tuple(states)

    def _trace(self, states: tuple[State, ...]) -> Trace:
        """The states of the clause's conditions, by those of its tests."""
        trace = {test.id: state for test, state in zip(self.tests, states, strict=True)}
        evaluate(self.trial.clause.condition, self._as_it_is, trace)
        return trace

    def state_of(self, test: Condition, supposed: Supposed) -> State:
        """The state of one test."""
        some = self.seen(test, supposed)
        state = self._found.get((test.id, some))
        if state is None:
            state = self._known(test, some)
        return self._settled(test, some, self._subject(supposed)) if state is None else state

    def sight(self, of: Part) -> Sight:
        """What a test, or a part of one, looks at."""
        return self._findings.sight(of)

    def seen(self, of: Part, supposed: Supposed) -> Some:
        """What is supposed of all that a test, or a part of one, looks at."""
        sight = self.sight(of)
        return frozenset([one for one in supposed.items() if sight.has(one[0])])

    def found(self, part: Term, supposed: Supposed) -> Found:
        """What a part of a test comes to."""
        self._spend(part)
        found = self.found_at(part, (), supposed)
        assert not isinstance(found, State), "a term comes to a value"
        return found

    def found_at(self, part: Part, at: At, supposed: Supposed) -> Found | State:
        """What a test or a part of one comes to at an item of each list that is gone through down to it."""
        key = (self._mark(part), at, self.seen(part, supposed))
        parts = self._findings.parts
        if key not in parts:
            subject = self._subject(supposed)
            for entity, item in at:
                subject = at_item(
                    subject, entity, next(one for one in subject.profile.lists[entity] if one.key == item)
                )
            found = passes(part, subject) if isinstance(part, Condition) else worked_out(part, subject, passes)
            self._findings.make_room()
            parts[key] = found
        return parts[key]

    def _known(self, test: Condition, some: Some) -> State | None:
        """What a test is known to come to from another trial."""
        self._spend(test)
        state = self._findings.states.get((self._mark(test), some))
        if state is not None:
            self._found[test.id, some] = state
        return state

    def _settled(self, test: Condition, some: Some, subject: Subject) -> State:
        state = self._found[test.id, some] = settle(test, subject)
        self._findings.make_room()
        self._findings.states[self._mark(test), some] = state
        return state

    def _mark(self, of: Part) -> Mark:
        if id(of) not in self._marks:
            self._marks[id(of)] = self._findings.mark(of, self.trial, at_its_item=True)
        return self._marks[id(of)]

    def _spend(self, of: Part) -> None:
        sight = self.sight(of)
        self.spent += _COST_OF_ANY + _COST_OF_A_PART * sight.own + sight.defined // _DEFINED_AT_COST

    def _subject(self, supposed: Supposed) -> Subject:
        """What the clause is held against where something is supposed, with what definitions are known to come to."""
        as_it_is = all(place.fact is not None for place in supposed)  # also the day is a place without a fact
        there = self._as_it_is if as_it_is else _there(self.trial, supposed)
        known = self._recalled(supposed) if self._definitions else WorkedOut()
        return there._replace(supposed=supposed or None, worked_out=known)

    def _recalled(self, supposed: Supposed) -> WorkedOut:
        """What definitions are known to come to where something is supposed."""
        if not self._marks_of_definitions:
            self._marks_of_definitions = {
                id(of): self._findings.mark(of, self.trial, at_its_item=False) for of in self._definitions
            }
        asked: dict[int, list[object]] = {}
        for one in supposed.items():
            for definition in self._defined_by_what_looks_at(one[0]):
                asked.setdefault(definition, []).append(one)
        some = {definition: frozenset(places) for definition, places in asked.items()}
        return self._findings.recalled(self._marks_of_definitions, some)

    def _defined_by_what_looks_at(self, place: Place) -> tuple[int, ...]:
        found = self._defined_by.get(place)
        if found is None:
            found = tuple([id(of) for of in self._definitions if self.sight(of).has(place)])
            self._defined_by[place] = found
        return found


def _there(trial: Trial, supposed: Supposed) -> Subject:
    subject = trial.subject(supposed)
    assert subject is not None, "what is remembered of an item has its item"
    return subject
