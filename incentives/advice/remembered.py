"""A clause's tests under many suppositions, each settled once for all that it looks at. Imports definitions.

What a test comes to hangs on nothing but what it looks at, so it is asked again only where some of that is supposed
to be otherwise; the evaluator then joins the tests as it always does.
"""

from __future__ import annotations

from collections.abc import Iterator

from incentives.advice.definitions import Definitions, Recalled, Sight, sight_of
from incentives.advice.trial import NOTHING_SUPPOSED, Supposed, Trial
from incentives.amounts.ranges import Open
from incentives.decision.reasons import awaited_by, open_atoms
from incentives.decision.result import MissingFact
from incentives.engines.atoms import opposite, passes, settle
from incentives.engines.ranges_of_facts import Found
from incentives.engines.reference import Trace, evaluate
from incentives.engines.subjects import Subject
from incentives.engines.terms.evaluate import evaluate as worked_out
from incentives.facts.places import Place
from incentives.language.nodes import All, AnyOf, AtLeast, Condition, Holds, Not, Term
from incentives.language.walks import children, walk
from incentives.values import State

_COST_OF_ANY = 20
_COST_OF_A_PART = 2
_DEFINED_AT_COST = 5
"""Parts of definitions that add one to what a test costs; most of them are known from before."""


class Remembered:
    """One trial, whose item is there, with what its tests came to."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.tests: tuple[Condition, ...] = tuple(
            node
            for node in walk(trial.clause.condition)
            if not isinstance(node.form, All | AnyOf | AtLeast | Not | Holds)
        )
        self.best: dict[str, State] = dict(_best(trial.clause.condition))
        """Of the tests that can only help one way, with which answer each does."""
        self._sights: dict[int, tuple[Condition | Term, Sight]] = {}
        """With each test or part of one itself, so that no other can come to have its identity."""
        self._definitions = Definitions(self.tests)
        self.spent = 0
        """What settling tests has cost, in about two microseconds each."""
        self._looking: dict[Place, tuple[Condition, ...]] = {}
        self._found: dict[tuple[str, frozenset[object]], State] = {}
        self._awaited: dict[tuple[str, frozenset[object]], tuple[MissingFact, ...]] = {}

    def looking_at(self, place: Place) -> tuple[Condition, ...]:
        """The tests that look at a place."""
        found = self._looking.get(place)
        if found is None:
            found = self._looking[place] = tuple(test for test in self.tests if self.sight(test).has(place))
        return found

    def state(self, supposed: Supposed = NOTHING_SUPPOSED) -> State:
        """The state of the clause's whole condition."""
        return self._trace(supposed)[self.trial.clause.condition.id]

    def waits_for(self, supposed: Supposed = NOTHING_SUPPOSED) -> Iterator[MissingFact]:
        """What the clause waits for because it is missing, or lies somewhere in a range; test by test."""
        # Of what lies in a range a test only says that it is open; of what is not known, also what that is.
        known = {place: value for place, value in supposed.items() if not isinstance(value, Open)}
        asked = self._asked(known)
        for test in open_atoms(self.trial.clause.condition, self._trace(supposed), State.MISSING):
            key = (test.id, frozenset(asked.get(test.id, ())))
            if key not in self._awaited:
                self._awaited[key] = tuple(awaited_by(test, self._subject(known)))
            yield from self._awaited[key]

    def _asked(self, supposed: Supposed) -> dict[str, list[object]]:
        """What is supposed of all that each test looks at, by the test's id."""
        asked: dict[str, list[object]] = {}
        for place, value in supposed.items():
            for test in self.looking_at(place):
                asked.setdefault(test.id, []).append((place, value))
        return asked

    def _trace(self, supposed: Supposed) -> Trace:
        """The states of the clause's conditions."""
        asked = self._asked(supposed)
        trace: Trace = {}
        subject: Subject | None = None
        for test in self.tests:
            key = (test.id, frozenset(asked.get(test.id, ())))
            state = self._found.get(key)
            if state is None:
                subject = subject if subject is not None else self._subject(supposed)
                state = self._found[key] = self._settled(test, subject)
            trace[test.id] = state
        if subject is not None:
            self._keep(subject)
        evaluate(self.trial.clause.condition, subject or self._subject(NOTHING_SUPPOSED), trace)
        return trace

    def state_of(self, test: Condition, supposed: Supposed) -> State:
        """The state of one test."""
        key = (test.id, self.seen(test, supposed))
        state = self._found.get(key)
        if state is None:
            subject = self._subject(supposed)
            state = self._found[key] = self._settled(test, subject)
            self._keep(subject)
        return state

    def sight(self, of: Condition | Term) -> Sight:
        """What a test, or a part of one, looks at."""
        if id(of) not in self._sights:
            self._sights[id(of)] = (of, sight_of(of))
        return self._sights[id(of)][1]

    def seen(self, of: Condition | Term, supposed: Supposed) -> frozenset[object]:
        """What is supposed of all that a test, or a part of one, looks at."""
        sight = self.sight(of)
        return frozenset([one for one in supposed.items() if sight.has(one[0])])

    def found(self, part: Term, supposed: Supposed) -> Found:
        """What a part of a test comes to."""
        self._spend(part)
        subject = self._subject(supposed)
        found = worked_out(part, subject, passes)
        self._keep(subject)
        return found

    def _settled(self, test: Condition, subject: Subject) -> State:
        self._spend(test)
        return settle(test, subject)

    def _spend(self, of: Condition | Term) -> None:
        sight = self.sight(of)
        self.spent += _COST_OF_ANY + _COST_OF_A_PART * sight.own + sight.defined // _DEFINED_AT_COST

    def _keep(self, subject: Subject) -> None:
        if isinstance(subject.worked_out, Recalled):
            self._definitions.keep(subject.worked_out)

    def _subject(self, supposed: Supposed) -> Subject:
        subject = self.trial.subject(supposed)
        assert subject is not None, "what is remembered of an item has its item"
        known = self._definitions.known(supposed)
        return subject if known is None else subject._replace(worked_out=known)


def _best(condition: Condition) -> Iterator[tuple[str, State]]:
    """Each test below a condition that it never gains by failing, or never by holding, with the other answer."""
    wanted: dict[str, set[State]] = {}
    waiting = [(condition, State.HOLDS)]
    while waiting:
        node, answer = waiting.pop()
        if answer in wanted.setdefault(node.id, set()):
            continue
        wanted[node.id].add(answer)
        below = opposite(answer) if isinstance(node.form, Not) else answer
        waiting += [(child, below) for child in children(node)]
    yield from ((name, answers.pop()) for name, answers in wanted.items() if len(answers) == 1)
