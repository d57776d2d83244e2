"""What of new items could refuse a clause, given what is said of them and beside them. Imports changeable and grids.

Everything that is open of new items is held against the clause: a choice is each of its choices or something that
nobody names, a number or a day one of its ends or the first at which the clause is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations

from incentives.advice.changeable import Changeable
from incentives.advice.grid import Days, Line
from incentives.advice.grown import Added
from incentives.advice.reads import Spot, reads_of_condition
from incentives.advice.remembered import Remembered
from incentives.advice.thresholds import Asked, TooLong, search
from incentives.advice.trial import DAY, Trial
from incentives.advice.working import Working, working
from incentives.amounts.days import day_ends
from incentives.amounts.ranges import Open
from incentives.facts.places import EARLIER, Place
from incentives.facts.types import DateType, PlainValue, Series, Value
from incentives.values import State

MOST_OPPOSED = 600
"""What is tried against one description at most."""

MOST_ALONE = 16
"""Numbers of which each alone refuses nothing: where so many are open together, all are that are left."""

MOST_ASKED = 250
"""Ranges of one fact that are asked about."""

Said = Mapping[Place, PlainValue]
"""What is said of facts of new items, of several that are alike of the first; of what is there, and of `DAY`."""

Supposing = Mapping[Place, Value | Open]
"""The same, of which some is only known to lie in a range."""


class Opposing:
    """The clause of a trial, whose profile has the new items already; `last` is the last day of application."""

    def __init__(self, trial: Trial, changeable: Changeable, adds: Sequence[Added], last: date) -> None:
        self._clause = trial.clause
        self._applied_on = trial.on
        self._last = last
        self._remembered = Remembered(trial)
        self._changeable = changeable
        self._adds = adds
        by_added = [
            (added, place, is_over)
            for added in adds
            for place, is_over in changeable.read_of_new(trial.clause, trial.on, added.entity, added.keys[0])
        ]
        self._keys = {place: added.keys for added, place, _ in by_added}
        self.over = {place for _, place, is_over in by_added if is_over}
        """The facts of new items that are of years that are over, of which nothing can be said."""
        self._reads = reads_of_condition(trial.clause.condition, trial.on)
        events = {added.entity: changeable.event_days(added.entity) for added in adds}
        self._events = {place for place in self._keys if place.fact in events[place.entity]}
        numbers = [place for place in self.places if self.line(place) is not None and not self.is_day(place)]
        self._working = tuple(working(trial.clause.condition, trial.on))
        self.weighed = _weighed(self._working, numbers)
        """The numbers that one condition weighs against one another: one makes up for what another one is."""
        self._turns: dict[tuple[Place, date], tuple[int, ...] | None] = {}
        self._new: dict[date, dict[Place, Open]] = {}
        """What is known of the new items for an application on a day."""
        self._telling: dict[Place, tuple[PlainValue, ...]] = {}
        self._tried = 0
        self._refused: dict[tuple[frozenset[tuple[Place, Value | Open]], bool], bool] = {}

    @property
    def asked(self) -> int:
        """Of how much it was asked whether it refuses the clause."""
        return len(self._refused)

    @property
    def places(self) -> tuple[Place, ...]:
        """The facts of new items of which something can be said: of the first of those that are alike."""
        return tuple(place for place in self._keys if place not in self.over)

    def is_of_new(self, place: Place) -> bool:
        return place in self._keys

    def is_day(self, place: Place) -> bool:
        return isinstance(self._changeable.type_of(place), DateType)

    @property
    def since(self) -> date:
        """The day from which on things can be changed."""
        return self._changeable.since

    def line(self, place: Place, by: date | None = None) -> Line | None:
        """What a fact moves along for an application by a day; None where it is one thing or another."""
        if self.is_day(place):
            return self._changeable.days_of_new(self._changeable.fact(place), by or self._last)
        return self._changeable.grid(place)

    def proposals(self, place: Place) -> tuple[PlainValue, ...]:
        """What a fact that is no number could be said to be."""
        return self._changeable.choices(place, None, self._clause)

    def telling(self, place: Place) -> tuple[PlainValue, ...]:
        """Of these what the clause may tell apart."""
        if place not in self._telling:
            self._telling[place] = self._changeable.telling(place, self._clause)
        return self._telling[place]

    def apart_from(self, place: Place, values: Sequence[PlainValue], than: PlainValue) -> tuple[PlainValue, ...]:
        """Of some choices those that the clause may tell apart from another one; of those it does not, one."""
        read = self._reads.get(Spot(place.entity, place.fact, place.year))
        if read is None:
            return tuple(value for value in values if value != than)
        cells = {read.cell(than): than}
        return tuple(value for value in values if cells.setdefault(read.cell(value), value) == value != than)

    def like(self, place: Place, values: Sequence[PlainValue]) -> tuple[PlainValue, ...]:
        """The choices for which some of those values stand, where all that stand for them are among the values."""
        return self._changeable.untold(place, self._clause, values)

    def several(self, place: Place) -> tuple[PlainValue, ...]:
        """Two words of those that could be said of a fact that has several."""
        words = [one for one in self.proposals(place) if isinstance(one, frozenset)]
        return tuple(one | other for one, other in combinations(words, 2))

    def others(self, place: Place) -> tuple[PlainValue, ...]:
        """What it could be beside that, of which nothing can be said but that it is something else."""
        return self._changeable.others(place, self._clause)

    def are_weighed(self, one: Place, other: Place) -> bool:
        """Whether some condition works with two numbers at once: more of one could do for less of the other."""
        both = {Spot(place.entity, place.fact, place.year) for place in (one, other)}
        return any(
            both <= working.spots and (one.item == other.item or working.of_several or one.entity != other.entity)
            for working in self._working
        )

    def is_added_up(self, place: Place) -> bool:
        """Whether some condition works with a number of all items of its list at once."""
        spot = Spot(place.entity, place.fact, place.year)
        return any(spot in working.spots and working.of_several for working in self._working)

    def applied_on(self, said: Supposing) -> Value | Open:
        """The day of application: not before what is said to have happened by then."""
        on = said.get(DAY, self._applied_on)
        for place in self._events & said.keys():
            on = _later(on, said[place])
        return on

    def of_every(self, said: Said) -> dict[Place, PlainValue]:
        """What is said of the first of several that are alike, of each of them."""
        return {
            place._replace(item=key): value
            for place, value in said.items()
            for key in self._keys.get(place, (place.item,))
        }

    def comes_to(self, said: Supposing) -> tuple[State, frozenset[tuple[str, str | None]]]:
        """What the clause comes to with what is said, and for which facts it then waits."""
        supposed = self.supposed(said)
        waits = frozenset((one.entity, one.fact) for one in self._remembered.waits_for(supposed))
        return self._remembered.state(supposed), waits

    def is_refused(self, said: Supposing, *, past: bool = False) -> bool:
        """Whether the clause is refused whatever else is so of the new items; with `past`, on any day."""
        key = (frozenset(said.items()), past)
        if key not in self._refused:
            self._refused[key] = self._remembered.state(self.supposed(said, past=past)) is State.FAILS
        return self._refused[key]

    def refusal(self, said: Said, *, past: bool = False) -> Said | None:
        """What else of the new items refuses the clause, no more of it than that takes; None where nothing does.

        Days that are not said are still to come, and of what happens no later than the application; with `past` they
        are any. Raises `TooLong`.
        """
        self._tried = 0
        found = self._against(said, {}, past)
        if found is None:
            return None
        for place in list(found):
            fewer = {other: value for other, value in found.items() if other != place}
            if self.is_refused({**said, **fewer}, past=past):
                found = fewer
        return found

    def will_do(self, said: Said, *, past: bool = False) -> bool:
        """Whether nothing that can be true of the new items besides refuses the clause, as far as can be told."""
        try:
            return self.refusal(said, past=past) is None
        except TooLong:
            return False

    def refused_in(self, place: Place, said: Said, ends: tuple[int, int]) -> int | None:
        """The first number or day between two ends at which something that is open can refuse. Raises `TooLong`."""
        line = self._of_any_day(place)
        met: list[PlainValue] = []

        def asked(value: Value | Open) -> bool:
            supposed = {**said, place: value}
            if self.is_refused(supposed):
                return True
            if isinstance(value, Open | Series):
                return bool(self._open(supposed, past=False))
            if self.refusal({**said, place: value}) is not None:
                return True
            met.append(value)
            if len(met) > MOST_ALONE and not isinstance(line, Days):
                raise TooLong
            return False

        return self.first(place, line, ends, asked, upward=True, on=self._fixed_day(said))

    def _refused_alone(self, place: Place, said: Said, ends: tuple[int, int], past: bool) -> int | None:
        """The first number or day between two ends at which the clause is refused, nothing else being open."""
        line = self._of_any_day(place)

        def asked(value: Value | Open) -> bool:
            supposed = {**said, place: value}
            return self.is_refused(supposed, past=past) or place in self._open(supposed, past)

        return self.first(place, line, ends, asked, upward=True, on=self._fixed_day(said))

    def _of_any_day(self, place: Place) -> Line:
        line = self.line(place, date.max)
        assert line is not None, "a number among numbers"
        return line

    def _fixed_day(self, said: Said) -> date | None:
        on = self.applied_on(said)
        return on if isinstance(on, date) else None

    def first(
        self,
        place: Place,
        line: Line,
        ends: tuple[int, int],
        asked: Asked,
        *,
        upward: bool,
        on: date | None = None,
    ) -> int | None:
        """The first number between two ends for which `asked` says yes, or the last. Raises `TooLong`.

        Where the clause tells the numbers of a new item apart at some alone, only those are asked about; so it is
        with days where the application is made `on` a day whichever of them it is.
        """
        turns = None
        if self.is_of_new(place) and (on is not None or not isinstance(line, Days)):
            key = (place, on or self._applied_on)
            if key not in self._turns:
                self._turns[key] = self._turning(place, line, key[1])
            turns = self._turns[key]
        if turns is None:
            return search(line, ends, asked, upward=upward, most=MOST_ASKED)
        low, high = ends
        inside = [one for one in turns if low < one <= high]
        tried = [low, *inside] if upward else [high, *(one - 1 for one in reversed(inside))]
        return next((one for one in tried if low <= one <= high and asked(line.at(one))), None)

    def _turning(self, place: Place, line: Line, on: date) -> tuple[int, ...] | None:
        """The numbers of a line at which a clause begins to tell it apart from less; None where it works with it."""
        reads = self._reads if on == self._applied_on else reads_of_condition(self._clause.condition, on)
        spot = Spot(place.entity, place.fact, place.year)
        read = reads.get(spot)
        in_all_years = place.year is not None and spot._replace(year=EARLIER) in reads
        if read is None or read.works_with or in_all_years:
            return None
        found: set[int] = set()
        for value, after in read.cuts:
            at = line.below(value)
            found.add(at if line.at(at) == value and not after else at + 1)
        return tuple(sorted(found))

    def supposed(self, said: Supposing, *, past: bool = False) -> dict[Place, Value | Open]:
        """What is supposed of every new item, of what is there, and of the day of application."""
        found: dict[Place, Value | Open] = {}
        on = self.applied_on(said)
        if not past:
            assert isinstance(on, date | Open), "an application is made on a day"
            by = day_ends(on)[1] or date.max
            if by not in self._new:
                every = (self._changeable.of_new_items(added.entity, added.keys, by) for added in self._adds)
                self._new[by] = {place: within for some in every for place, within in some.items()}
            found |= self._new[by]
        for place, value in said.items():
            found |= {place._replace(item=key): value for key in self._keys.get(place, (place.item,))}
        return found if on == self._applied_on else found | {DAY: on}

    def _against(self, said: Said, against: dict[Place, PlainValue], past: bool) -> dict[Place, PlainValue] | None:
        together = {**said, **against}
        if self.is_refused(together, past=past):
            return against
        self._tried += 1
        if self._tried > MOST_OPPOSED:
            raise TooLong
        for place in self._next(together, against, past):
            for value in self._worst(place, together, past):
                found = self._against(said, {**against, place: value}, past)
                if found is not None:
                    return found
        return None

    def _next(self, together: Said, against: Said, past: bool) -> Sequence[Place]:
        """A fact that is still open; of numbers that are weighed against one another every one on its own."""
        open_ = [one for one in self._open(together, past) if one not in together]
        others = [one for one in open_ if one not in self.weighed]
        if others:
            return others[:1]
        facts = {(one.entity, one.fact, one.year) for one in against if one in self.weighed}
        return [one for one in open_ if not facts or (one.entity, one.fact, one.year) in facts]

    def _worst(self, place: Place, said: Said, past: bool) -> list[PlainValue]:
        """What a fact could be to refuse the clause, by itself or together with others; the first choices last."""
        applied_on = self.applied_on(said)
        assert isinstance(applied_on, date), "on one day"
        line = self.line(place, applied_on)
        if line is None:
            return [*self.others(place), *reversed(self.telling(place))]
        if past and isinstance(line, Days):
            line = Days(date.min.toordinal(), date.max.toordinal())
        if place in self.weighed:
            ends_and_inside = ((line.low, line.low + 1), (line.high, line.high - 1))
            return [
                line.at(end)
                for end, inside in ends_and_inside
                if self._says_something(place, said, end, inside, line, past)
            ]
        ends: list[PlainValue] = [line.at(line.low), line.at(line.high)]
        others = [one for one in self._open(said, past) if one != place]
        if others or any(self.is_refused({**said, place: end}, past=past) for end in ends):
            return ends
        inside = self._refused_alone(place, said, (line.low, line.high), past)
        return ends if inside is None else [line.at(inside)]

    def _says_something(self, place: Place, said: Said, end: int, inside: int, line: Line, past: bool) -> bool:
        """Whether the end of a number refuses that is weighed against an open one, and what is beside it as well.

        At its very end it may say only that nothing can be weighed against it.
        """
        if not any(one.item == place.item and one != place and one not in said for one in self.weighed):
            return True
        at_end = self.is_refused({**said, place: line.at(end)}, past=past)
        return not at_end or self.is_refused({**said, place: line.at(inside)}, past=past)

    def _open(self, said: Supposing, past: bool) -> list[Place]:
        """The facts of new items that the clause still waits for."""
        waits: set[Place] = set()
        for one in self._remembered.waits_for(self.supposed(said, past=past)):
            if one.item is not None:
                waits |= {Place(one.entity, one.item.key, one.fact, year) for year in one.years or (None,)}
        return [place for place, keys in self._keys.items() if any(place._replace(item=key) in waits for key in keys)]


def _later(on: Value | Open, event: Value | Open) -> Value | Open:
    """The day of application that is not before an event; both may be any of some days."""
    first, last = _ends(on)
    low, high = _ends(event)
    return Days(0, 0).between(max(first, low), max(last, high))


def _ends(day: Value | Open) -> tuple[int, int]:
    assert isinstance(day, date | Open), "a day among days"
    first, last = day_ends(day)
    return (first or date.min).toordinal(), (last or date.max).toordinal()


def _weighed(working: Iterable[Working], numbers: Sequence[Place]) -> set[Place]:
    """The numbers that a condition works with beside others of the same item."""
    found: set[Place] = set()
    for one in working:
        seen = [place for place in numbers if Spot(place.entity, place.fact, place.year) in one.spots]
        keys = [place.item for place in seen]
        found.update(place for place in seen if keys.count(place.item) > 1)
    return found
