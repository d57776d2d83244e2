"""Which question to ask next. Imports the parts of a decision, answers, relevance, the model and facts.

Every clause that waits for facts is so much open money, times the questions it may still take. Of each open fact it
is worked out, by deciding the clauses that wait for it anew for one answer of each cell, how much of all that an
answer closes on average; the fact that closes most is asked, unless no answer to it can change anything any more. A
fact that many clauses read counts in each of them. What cannot come out best is not worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from incentives.advice.answers import Answer, answers
from incentives.advice.looks import Look
from incentives.advice.missing import width
from incentives.advice.parts import Part
from incentives.advice.question import Question, question_at
from incentives.advice.reads import Read
from incentives.advice.relevance import matters
from incentives.advice.settling import Tried
from incentives.decision.assemble import status_on
from incentives.decision.evaluator import AnyProfile, Evaluator
from incentives.decision.result import PolicyStatus
from incentives.engines.native.engine import NativeEngine
from incentives.facts.places import EARLIER, Place
from incentives.facts.profile import Profile
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import Cap, terms_of
from incentives.language.nodes import Literal
from incentives.values import NotBounded, Possible

_OF_NUMBER = 0.1
"""What the share of open determinations weighs beside the share of open money."""

_MOST_ANSWERS = 6
"""How many answers of a question each clause is decided for."""

_PLACES = 9
"""Decimal places to which two facts close the same."""


class Hanging(NamedTuple):
    """A part that waits for a place, and how much it leaves open."""

    part: Part
    open: float


_Hangings = Mapping[Place, list[Hanging]]
"""Every place that is waited for, with the parts that wait for it."""


class Questions:
    """The questions that the policies in force on a day leave open, for one interview at a time.

    It decides on the native engine, and remembers from one question to the next what the answer did not touch.
    Raises `KeyError` for an unknown policy id.
    """

    def __init__(self, evaluator: Evaluator, on: date, policy: str | None = None) -> None:
        prepared = evaluator.prepared(("questions", on, policy), lambda: _parts(evaluator, on, policy))
        engine = prepared.engine.recalling()
        self.clauses = [part.afresh(engine) for part in prepared.clauses]
        self.totals = [part.afresh(engine) for part in prepared.totals]
        self._tried = Tried()
        entities = evaluator.policies.vocabulary.entities.values()
        facts = [(entity.id, fact) for entity in entities for fact in (None, *entity.facts)]
        self._order = {fact: number for number, fact in enumerate(facts)}

    def next(self, profile: Profile, unknowable: Collection[Place] = frozenset()) -> Place | None:
        """What to ask next of a profile; None where no answer can change a determination or a total any more.

        What is `unknowable` is never asked; where that is a list, what the award to each of its items goes by can be.
        """
        return next(self.in_turn(profile, unknowable), None)

    def in_turn(self, profile: Profile, unknowable: Collection[Place] = frozenset()) -> Iterator[Place]:
        """What could be asked of a profile as it stands: what an answer settles most of first, as in `next`."""
        yield from self._best(self.clauses, profile, unknowable)
        # What a cap takes from awards shows only when these are known.
        yield from self._best(self.totals, profile, unknowable)

    def _best(self, parts: list[Part], profile: Profile, unknowable: Collection[Place]) -> Iterator[Place]:
        """The places that matter to some parts, those first that close most of what these leave open."""
        hanging, openness = _hanging(parts, profile, unknowable)
        # The most that an answer can close is all that hangs on it: only the first few are worked out.
        heap = [
            (-sum(one.open for one in on_it), True, self.in_order(place), place) for place, on_it in hanging.items()
        ]
        heapify(heap)
        while heap:
            _, at_most, order, place = heappop(heap)
            if at_most:
                closed = self._closed(place, hanging[place], profile, openness)
                heappush(heap, (-round(closed, _PLACES), False, order, place))
            elif self._matters(place, hanging, profile, unknowable):
                yield self._single_year(place, hanging, profile, unknowable)

    def first(
        self, profile: Profile, key: Callable[[Place], Any], unknowable: Collection[Place] = frozenset()
    ) -> Place | None:
        """What to ask next where the order is given: the first that can still change something; None as in `next`."""
        for parts in (self.clauses, self.totals):
            hanging, _ = _hanging(parts, profile, unknowable)
            for place in sorted(hanging, key=key):
                if self._matters(place, hanging, profile, unknowable):
                    return self._single_year(place, hanging, profile, unknowable)
        return None

    def _matters(self, place: Place, hanging: _Hangings, profile: Profile, unknowable: Collection[Place]) -> bool:
        return any(matters(one.part, place, profile, unknowable, self._tried) for one in hanging[place])

    def _single_year(
        self, place: Place, hanging: _Hangings, profile: Profile, unknowable: Collection[Place]
    ) -> Place:
        """Before the highest of all earlier years every single year: it is of those before the first one known."""
        if place.year == EARLIER:
            for other in sorted(hanging, key=self.in_order):
                if other.year and other[:3] == place[:3] and self._matters(other, hanging, profile, unknowable):
                    return other
        return place

    def waiting(self, profile: Profile, unknowable: Collection[Place] = frozenset()) -> tuple[Place, ...]:
        """Everything that is waited for, in order, whether or not an answer can change anything."""
        hanging, _ = _hanging([*self.clauses, *self.totals], profile, unknowable)
        return tuple(sorted(hanging, key=self.in_order))

    def in_order(self, place: Place) -> tuple[int, str, int, int]:
        """Sorts places as the vocabulary has them, one item after the other, later years before earlier ones."""
        of_list = self._order[place.entity, None]
        return of_list, place.item or "", self._order[place.entity, place.fact], -(place.year or 0)

    def places(self) -> tuple[Place, ...]:
        """Every fact of the company, and every list, that any part looks at, in order."""
        spots = {spot for part in (*self.clauses, *self.totals) for spot in part.reads}
        of_company = [
            Place(entity, None, fact, year) for entity, fact, year in spots if entity == COMPANY or not fact
        ]
        return tuple(sorted((place for place in of_company if place.year != EARLIER), key=self.in_order))

    def reads(self, place: Place, profile: Profile) -> tuple[Read, ...]:
        """What each part tells apart at a place that it reads."""
        return tuple(part.read(place, profile) for part in (*self.clauses, *self.totals) if part.can_read(place))

    def _closed(self, place: Place, hanging: list[Hanging], profile: Profile, openness: _Openness) -> float:
        """How much an answer closes on average of what hangs on it."""
        reads = [one.part.read(place, profile) for one in hanging]
        merged = Read(reads[0].fact, reads[0].list_of)
        for read in reads:
            merged.add(read)
        possible = answers(merged)
        closed = 0.0
        for one, read in zip(hanging, reads, strict=True):
            some = _told_apart(possible, read)
            whole = sum(answer.weight for answer in some)
            left = sum(answer.weight * openness.of(one.part.after(profile, place, answer.value)) for answer in some)
            closed += one.open - left / whole
        return closed


def _hanging(parts: list[Part], profile: Profile, unknowable: Collection[Place]) -> tuple[_Hangings, _Openness]:
    looks = [part.look(profile) for part in parts]
    openness = _Openness(looks, unknowable)
    found: dict[Place, list[Hanging]] = {}
    for part, look in zip(parts, looks, strict=True):
        waits = look.waits_for(unknowable)
        if waits:
            one = Hanging(part, openness.of(look))
            for place in waits:
                found.setdefault(place, []).append(one)
    return found, openness


def next_question(
    evaluator: Evaluator,
    profile: AnyProfile,
    on: date,
    policy: str | None = None,
    unknowable: Collection[Place] = frozenset(),
) -> Question | None:
    """The question whose answer settles most, of those that can still change something; None where there is none.

    Checks every policy, or the one whose id is `policy`; what is `unknowable` is not asked. For one question after
    another an `Interview` is faster. Raises what `Evaluator.check` raises.
    """
    questions = Questions(evaluator, on, policy)
    known = evaluator.profile(profile)
    place = questions.next(known, unknowable)
    if place is None:
        return None
    reads = questions.reads(place, known)
    return question_at(place, known, evaluator.policies, reads, lambda: evaluator.fast.check(known, on, policy))


def _told_apart(possible: Iterable[Answer], read: Read) -> list[Answer]:
    """One answer of each cell of a part, with the weight of all in it; evenly chosen ones of many."""
    cells: dict[object, Answer] = {}
    for answer in possible:
        cell = read.cell(answer.value)
        first = cells.get(cell)
        cells[cell] = answer if first is None else first._replace(weight=first.weight + answer.weight)
    some = list(cells.values())
    if len(some) <= _MOST_ANSWERS:
        return some
    return [some[number * len(some) // _MOST_ANSWERS] for number in range(_MOST_ANSWERS)]


class _Openness:
    """How much a part leaves open: its share of all open money, and a little for each open determination.

    A condition of n tests takes 2 − 2^(1 − n) questions on average where each test fails half of the time; a list
    that nobody gave takes as many as there can be. What nothing bounds counts as the largest amount that something
    does.
    """

    def __init__(self, looks: Iterable[Look], unknowable: Collection[Place]) -> None:
        self._unknowable = unknowable
        rows = [row for look in looks for row in look.rows if row.can_be_asked(unknowable)]
        widths = [width(row.verdict.award) for row in rows]
        self._most = max((float(one) for one in widths if not isinstance(one, NotBounded)), default=0.0) or 1.0
        self._money = sum(map(self._yuan, widths)) or 1.0
        self._of_each = _OF_NUMBER / (len(widths) or 1)

    def of(self, look: Look) -> float:
        total = 0.0
        for row in look.rows:
            waits = frozenset(row.can_be_asked(self._unknowable))
            if waits:
                questions = 1.0 if any(place.fact is None for place in waits) else 1 - 0.5 ** len(waits)
                total += questions * (self._yuan(width(row.verdict.award)) / self._money + self._of_each)
        return total

    def _yuan(self, wide: Possible) -> float:
        return self._most if isinstance(wide, NotBounded) else float(wide)


class _Prepared(NamedTuple):
    """The clauses of the policies in force, and the totals that are decided beside them, and by which engine."""

    engine: NativeEngine
    clauses: list[Part]
    totals: list[Part]


def _parts(evaluator: Evaluator, on: date, policy: str | None) -> _Prepared:
    engine = NativeEngine()
    clauses: list[Part] = []
    totals: list[Part] = []
    for version in evaluator.applicable(on, policy):
        if status_on(version, on) is PolicyStatus.IN_FORCE:
            clauses += [Part(version, clause, on, engine) for clause in version.clauses]
            of_tiers = any(isinstance(rule, Cap) and rule.tier is not None for rule in version.rules)
            terms = [term for rule in version.rules for term in terms_of(rule)]
            if of_tiers or not all(isinstance(term, Literal) for term in terms):
                totals.append(Part(version, None, on, engine))
    return _Prepared(engine, clauses, totals)
