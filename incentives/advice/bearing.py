"""What can bear on a clause together with one fact: read off its tests, without trying an answer. Imports engines.

Under Kleene's logic an answer changes what a condition comes to only along a way up from a test that reads the fact.
On that way an `all` comes to hold only where each of its parts can, and fails whatever the others are; an `any` the
other way round. So of most facts it is seen at once that they bring nothing any more, and of the others which facts
an answer can need beside it. Tests are taken to have nothing to do with each other: that can only let more through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple, assert_never

from incentives.advice.contents import Looking
from incentives.advice.crossings import Comparison, comparisons
from incentives.advice.reads import Read, Spot, Spots, compared_in_test, is_among, reads_of_condition
from incentives.advice.settling import Asked, Shown, Tried, Where
from incentives.engines.reference import Trace, evaluate
from incentives.engines.rows import Awaiting
from incentives.engines.subjects import Presence, Subject, company_subject, subject_at, subjects
from incentives.facts.ledger import LEDGER
from incentives.facts.places import Place
from incentives.facts.profile import Profile
from incentives.facts.types import CodeType, TextType
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import Clause
from incentives.language.nodes import (
    All,
    AnyOf,
    AtLeast,
    Condition,
    Equals,
    Holds,
    IncludesAny,
    ItemExists,
    Items,
    Measured,
    Not,
    OneOf,
    StartsWith,
    Unstated,
    Within,
)
from incentives.language.reads import everything_in
from incentives.language.walks import children, walk
from incentives.values import State

_NONE: Spots = frozenset()

Alone = Callable[[Condition, Subject], tuple[State, Collection[Awaiting]]]
"""What a test comes to by itself, and what it waits for."""


class Bearing(NamedTuple):
    """How an answer can change what a condition comes to.

    Each of the `ways` is the facts that it can need beside it. Those `shown` are sets of answers to other questions
    with which an answer brings a test to where the condition goes with it, unless they bring it there themselves.
    `complete` where nothing was left out for want of time.
    """

    ways: frozenset[Spots]
    shown: tuple[Shown, ...]
    complete: bool


class _Test(NamedTuple):
    """A test, what it reads, how much it works out, and what of it compares facts."""

    test: Condition
    reads: Mapping[Spot, Read]
    looking: Looking
    size: int
    compared: tuple[Comparison, ...]

    @staticmethod
    def of(test: Condition, on: date) -> _Test:
        reads = reads_of_condition(test, on)
        size = sum(1 for _ in everything_in(test))
        return _Test(test, reads, Looking.at(reads), size, comparisons(compared_in_test(test, on), on))


class Tests:
    """The tests of a clause's condition, and what each of them reads."""

    def __init__(self, clause: Clause, on: date) -> None:
        self._clause = clause
        self._on = on
        joins = All | AnyOf | AtLeast | Not | Holds
        self._tests = [_Test.of(node, on) for node in walk(clause.condition) if not isinstance(node.form, joins)]

    def at(self, profile: Profile, alone: Alone, where: Where) -> tuple[Standing, ...]:
        """How they stand on a profile, for each item that the clause looks at."""
        company = company_subject(profile, self._on)
        return tuple([self._at(subject, alone, where) for subject in subjects(self._clause, company)])

    def _at(self, seen_from: Subject, alone: Alone, where: Where) -> Standing:
        states: Trace = {}
        tests: dict[str, _Open] = {}
        item = seen_from.item.key if seen_from.item is not None else None
        for test, reads, looking, size, compared in self._tests:

            def at(profile: Profile, of: Condition = test) -> tuple[State, Collection[Awaiting]]:
                company = company_subject(profile, self._on)
                subject = company if of.entity == COMPANY else subject_at(self._clause, company, item)
                assert subject is not None, "answers leave the items where they are"
                return alone(of, subject)

            own = item if test.entity != COMPANY else None
            asked = Asked(test, own, reads, looking, size, compared, at, where, self._on)
            stands = asked.stands(seen_from.profile)
            states[test.id] = stands.state
            if stands.state is State.MISSING:
                is_there = seen_from.presence is Presence.PRESENT or test.entity == COMPANY
                can_be_tried = is_there and not any(map(_is_held_against_others, reads.items()))
                lists = {Spot(place.entity, None) for place in stands.waits if place.fact is None}
                waits, judged = frozenset(stands.waits), _can_be_judged(test)
                tests[test.id] = _Open(frozenset({*reads, *lists}), waits, judged, asked if can_be_tried else None)
        evaluate(self._clause.condition, seen_from, states)
        return Standing(self._clause.condition, states, tests)


def _is_held_against_others(read: tuple[Spot, Read]) -> bool:
    """Whether what stands there is held against the words of others, of which a test alone knows nothing."""
    spot, how = read
    return spot.entity == LEDGER or (
        how.works_with and how.fact is not None and isinstance(how.fact.type, TextType | CodeType)
    )


class _Open(NamedTuple):
    """Of a test that waits for facts, what it reads, where what it waits for can be given, and how it is asked."""

    reads: Spots
    waits: frozenset[Place]
    can_be_judged: bool
    asked: Asked | None


class Standing(NamedTuple):
    """A clause's condition on one item: what each node comes to, and its open tests."""

    condition: Condition
    states: Mapping[str, State]
    tests: Mapping[str, _Open]

    def bearing(self, place: Place, profile: Profile, unknowable: Collection[Place], tried: Tried | None) -> Bearing:
        """How an answer can change what the condition comes to on the profile it stands on.

        What it can bring single tests to is looked for where something is `tried`.
        """
        reach = _Reach(self, unknowable)
        reading = {test: reach.states_of(test) for test, one in self.tests.items() if is_among(place, one.reads)}
        ways = reach.ways(self.condition, reading)
        if not ways or tried is None:
            return Bearing(ways, (), complete=True)
        shown: list[Shown] = []
        complete = True
        for test, states in reading.items():
            alone = {state: reach.ways(self.condition, {test: frozenset({state})}) for state in states}
            wanted = frozenset(state for state, ways in alone.items() if ways)
            reading[test] = wanted
            asked = self.tests[test].asked
            if asked is not None and wanted:
                found = tried.settling(asked, place, wanted, profile, unknowable)
                at_once = [state for state in found.shown if self.tests[test].reads in alone[state]]
                shown += [found.shown[state] for state in at_once]
                complete = complete and found.complete
                reading[test] = frozenset(found.shown) if found.complete else wanted
        return Bearing(reach.ways(self.condition, reading), tuple(shown), complete)

    def can_hold(self, unknowable: Collection[Place]) -> bool:
        """Whether the condition can come to hold, or does."""
        return State.HOLDS in _Reach(self, unknowable).states(self.condition)

    def unsettled(self, unknowable: Collection[Place]) -> Spots:
        """What is read by the tests that can still come to something else."""
        return _Reach(self, unknowable).unsettled(self.condition)


_Ways = dict[State, frozenset[Spots]]
"""What an answer can bring a condition to, and of each way to it what it can need."""

_NOT_JUDGED = frozenset({State.HOLDS, State.FAILS})
_OPPOSITE = {State.HOLDS: State.FAILS, State.FAILS: State.HOLDS, State.JUDGEMENT: State.JUDGEMENT}


class _Reach:
    """What conditions can come to by what can be known, each worked out once."""

    def __init__(self, standing: Standing, unknowable: Collection[Place]) -> None:
        self._standing = standing
        self._unknowable = unknowable
        self._states: dict[str, frozenset[State]] = {}
        self._unsettled: dict[str, Spots] = {}

    def states(self, node: Condition) -> frozenset[State]:
        """What a condition can come to; to wait for facts is not among it."""
        found = self._states.get(node.id)
        if found is None:
            now = self._standing.states[node.id]
            found = frozenset(self._reached(node)) if now is State.MISSING else frozenset({now})
            self._states[node.id] = found
        return found

    def unsettled(self, node: Condition) -> Spots:
        """What its tests read that can still come to something else."""
        if self._standing.states[node.id] is not State.MISSING:
            return _NONE
        found = self._unsettled.get(node.id)
        if found is None:
            below = children(node)
            if below:
                found = _NONE.union(*map(self.unsettled, below))
            else:
                test = self._standing.tests[node.id]
                found = test.reads if self._can_change(test) else _NONE
            self._unsettled[node.id] = found
        return found

    def states_of(self, test: str) -> frozenset[State]:
        """What a test that waits for facts can come to, by its id."""
        return frozenset(self._of_test(self._standing.tests[test]))

    def ways(self, node: Condition, brought: Mapping[str, frozenset[State]]) -> frozenset[Spots]:
        """The ways to change a condition by what tests can be brought to: of each, what is read on it."""
        return frozenset[Spots]().union(*self._ways(node, brought).values())

    def _ways(self, node: Condition, brought: Mapping[str, frozenset[State]]) -> _Ways:
        if self._standing.states[node.id] is not State.MISSING:
            return {}
        match node.form:
            case All(of):
                return self._joined(node, of, len(of), 1, brought)
            case AnyOf(of):
                return self._joined(node, of, 1, len(of), brought)
            case AtLeast(of) as form:
                return self._joined(node, of, form.number, form.failures, brought)
            case Not(of):
                return {_OPPOSITE[state]: ways for state, ways in self._ways(of, brought).items()}
            case Holds(_, of):
                return self._ways(of, brought)
            case _:
                own = frozenset({self._standing.tests[node.id].reads})
                return dict.fromkeys(brought.get(node.id, ()), own)

    def _joined(
        self,
        node: Condition,
        of: tuple[Condition, ...],
        holding: int,
        failing: int,
        brought: Mapping[str, frozenset[State]],
    ) -> _Ways:
        """Of parts of which so many must hold for the whole to hold, and so many fail for it to fail."""
        below = [self._ways(part, brought) for part in of]
        if not any(below):
            return {}
        found: _Ways = {}
        reached, every = self.states(node), frozenset({self.unsettled(node)})
        for state, number in ((State.HOLDS, holding), (State.FAILS, failing)):
            parts = [ways[state] for ways in below if state in ways]
            if parts and state in reached:
                found[state] = frozenset[Spots]().union(*parts) if number == 1 else every
        if State.JUDGEMENT in reached:
            found[State.JUDGEMENT] = every
        return found

    def _reached(self, node: Condition) -> Iterator[State]:
        match node.form:
            case All(of):
                yield from self._of_parts(of, len(of), 1)
            case AnyOf(of):
                yield from self._of_parts(of, 1, len(of))
            case AtLeast(of) as form:
                yield from self._of_parts(of, form.number, form.failures)
            case Not(of):
                yield from (_OPPOSITE[state] for state in self.states(of))
            case Holds(_, of):
                yield from self.states(of)
            case _:
                yield from self._of_test(self._standing.tests[node.id])

    def _of_parts(self, of: tuple[Condition, ...], holding: int, failing: int) -> Iterator[State]:
        parts = [self.states(part) for part in of]
        settled = ((State.HOLDS, holding), (State.FAILS, failing))
        yield from (state for state, number in settled if sum(state in part for part in parts) >= number)
        # A person is asked where no part waits for facts any more, and none decides by itself.
        beside = (
            {State.JUDGEMENT} | ({State.HOLDS} if holding > 1 else set()) | ({State.FAILS} if failing > 1 else set())
        )
        if all(part & beside for part in parts) and any(State.JUDGEMENT in part for part in parts):
            yield State.JUDGEMENT

    def _of_test(self, test: _Open) -> Iterator[State]:
        if self._can_change(test):
            yield from _NOT_JUDGED
            if test.can_be_judged:
                yield State.JUDGEMENT

    def _can_change(self, test: _Open) -> bool:
        return any(place not in self._unknowable for place in test.waits)


def _can_be_judged(test: Condition) -> bool:
    """Whether a person may be asked what a test comes to."""
    match test.form:
        case Within() | Equals() as form:
            return form.judgement is not None
        case OneOf() | IncludesAny() | StartsWith() as form:
            return form.judgement is not None or form.open is not None
        case ItemExists():
            return False
        case Measured() | Items() | Unstated():
            return True
        case All() | AnyOf() | AtLeast() | Not() | Holds():
            raise TypeError(f"{test.id} is no test")
        case _:
            assert_never(test.form)
