"""How a description that will do is told: with other choices that do as well, and the days up to which it does.

Imports what opposes and moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice, product

from incentives.advice.alike import Description, Spread, is_told, spread, values_of, within
from incentives.advice.filling import Filled, Taken
from incentives.advice.grid import Days, Line
from incentives.advice.grown import Added
from incentives.advice.moves import Moves
from incentives.advice.opposing import Opposing, Said
from incentives.advice.thresholds import TooLong
from incentives.advice.trial import DAY
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import PlainValue, Value

MOST_TOGETHER = 64
"""Other choices of several facts that are held against one another."""


class Telling:
    """Tells descriptions of the new items `adds`; `own` is the key of the item that the clause is held against."""

    def __init__(self, opposing: Opposing, moves: Moves, adds: Sequence[Added], own: str | None) -> None:
        self._opposing = opposing
        self._moves = moves
        self._adds = adds
        self._own = own

    def spread(self, said: Description) -> Spread:
        return spread(said, self._adds, self._own)

    def is_told(self, said: Spread, told: Filled) -> bool:
        """Whether all is said that a description tells, with choices told there, in some order of the items."""
        return is_told(said, told, self._adds, self._own)

    def told(self, found: Description, others: Sequence[Spread] = (), before: Sequence[Filled] = ()) -> Filled:
        """A description with the other choices that do as well, all with one another, and the days it needs.

        No choice that does with less, as one of the `others` says, nor one that was told `before`.
        """
        said = values_of(found)
        or_else: dict[Place, list[PlainValue]] = {
            place: [value] for place, value in said.items() if self._line(place) is None
        }
        for place, values in or_else.items():
            for value in self._choices(place):
                if value not in values and self._does_as_well(found, or_else, place, value, others, before):
                    values.append(value)
        taken = {place: Taken(value, tuple(or_else.get(place, ())[1:])) for place, value in said.items()}
        days = {place: self._opposing.since for place in self._opposing.places if self._is_untold_day(place, said)}
        for place in list(days):
            if self._opposing.will_do(
                said | {other: day for other, day in days.items() if other != place}, past=True
            ):
                del days[place]
        taken |= {place: Taken(day) for place, day in days.items()}
        for place in taken:
            if not self._opposing.is_of_new(place):
                continue
            if self._opposing.is_day(place):
                taken[place] = self._with_last_day(place, taken[place], said | days)
            elif (upward := found[place].upward) is not None and place not in self._opposing.weighed:
                or_more = upward if self._all_beyond(place, said, upward=upward) else None
                taken[place] = taken[place]._replace(or_more=or_more)
        return taken

    def with_all_choices(self, told: Filled) -> Filled:
        """A description with every choice that is like one of those that are told, for the clause names neither."""
        values = {place: taken.value for place, taken in told.items()}
        return {
            place: taken._replace(
                or_else=(
                    *taken.or_else,
                    *[
                        value
                        for value in self._like(place, taken)
                        if self._opposing.will_do({**values, place: value})
                    ],
                )
            )
            for place, taken in told.items()
        }

    def trades(self, found: Description) -> bool:
        """Whether some number that is said could be less with more of another one that a test weighs it against."""
        said = self._numbers(found)
        every = {place: line.between(line.low, line.high) for place, line in said.items()}
        return any(self._could_be_less(place, found, every) for place in said)

    def shares(self, found: Description, one_more: Added) -> bool:
        """Whether some number could be less with the same one of another new item, which is less than it as well.

        A number of a new item with that of one more, a number of what is there with that of a new item of which
        nothing is said. A bound that some item has to keep by itself is no sum: another that is less is of no use.
        """
        return any(
            self._can_share(place, line, found, other)
            for place, line in self._numbers(found).items()
            if self._opposing.is_added_up(place)
            for other in ([one_more] if self._opposing.is_of_new(place) else self._adds)
            if other.entity == place.entity and place._replace(item=other.keys[0]) not in found
        )

    def _can_share(self, place: Place, line: Line, found: Description, other: Added) -> bool:
        at = line.below(found[place].value)
        low, high = (line.low, at - 1) if found[place].upward else (at + 1, line.high)
        if low > high:
            return False
        less = line.between(low, high)
        here = less if self._opposing.is_of_new(place) else self._moves.now[place]
        both = {place: here, place._replace(item=other.keys[0]): less}
        return not self._opposing.is_refused({**values_of(found), **both})

    def added_up(self, found: Description) -> frozenset[str]:
        """The lists of which some condition works with a number that is said of all items at once."""
        return frozenset(place.entity for place in self._numbers(found) if self._opposing.is_added_up(place))

    def _numbers(self, found: Description) -> dict[Place, Line]:
        """The numbers that a description says, with what they move along; no days."""
        lines = {place: self._line(place) for place, one in found.items() if not isinstance(one.value, date)}
        return {place: line for place, line in lines.items() if line is not None}

    def _is_number(self, place: Place, found: Description) -> bool:
        """Whether a place is a number of which a description says nothing."""
        line = self._line(place)
        return place not in found and line is not None and not isinstance(line, Days) and place.fact is not None

    def _could_be_less(self, place: Place, found: Description, others: Mapping[Place, Value | Open]) -> bool:
        """Whether a number could be nearer to where it came from with some others that it is weighed against."""
        weighed = {one: value for one, value in others.items() if self._opposing.are_weighed(one, place)}
        weighed.pop(place, None)
        line = self._line(place)
        assert line is not None, "a number among numbers"
        at, first, last = line.below(found[place].value), line.low, line.high
        if not self._opposing.is_of_new(place):
            first = last = line.below(self._moves.now[place])
        low, high = (first, at - 1) if found[place].upward else (at + 1, last)
        if not weighed or low > high:
            return False
        return not self._opposing.is_refused({**values_of(found), **weighed, place: line.between(low, high)})

    def _line(self, place: Place) -> Line | None:
        return self._opposing.line(place) if self._opposing.is_of_new(place) else self._moves.line(place)

    def _choices(self, place: Place) -> tuple[PlainValue, ...]:
        if self._opposing.is_of_new(place):
            return (*self._opposing.telling(place), *self._opposing.others(place))
        return self._moves.choices(place)

    def _like(self, place: Place, taken: Taken) -> tuple[PlainValue, ...]:
        if self._opposing.is_of_new(place):
            return self._opposing.like(place, (taken.value, *taken.or_else))
        return ()

    def _is_untold_day(self, place: Place, said: Said) -> bool:
        return place not in said and self._opposing.is_day(place)

    def _all_beyond(self, place: Place, said: Said, *, upward: bool) -> bool:
        """Whether every number above that which is said does as well, or below it."""
        line = self._opposing.line(place)
        assert line is not None, "a number among numbers"
        at = line.below(said[place])
        ends = (at + 1, line.high) if upward else (line.low, at - 1)
        rest = {other: value for other, value in said.items() if other != place}
        try:
            return self._opposing.refused_in(place, rest, ends) is None
        except TooLong:
            return False

    def _does_as_well(
        self,
        found: Description,
        or_else: Mapping[Place, Sequence[PlainValue]],
        place: Place,
        value: PlainValue,
        others: Sequence[Spread],
        before: Sequence[Filled],
    ) -> bool:
        """Whether a choice comes to the same with each of those that are told of the other facts, and to no less."""
        if self._opposing.comes_to(values_of(found) | {place: value}) != self._opposing.comes_to(values_of(found)):
            return False
        told = {other: values for other, values in or_else.items() if other != place}
        together = list(islice(product(*told.values()), MOST_TOGETHER + 1))
        if len(together) > MOST_TOGETHER:
            return False
        for some in together:
            choices = {**dict(zip(told, some, strict=True)), place: value}
            instead = {**found, **{one: found[one]._replace(value=of) for one, of in choices.items()}}
            key = self.spread(instead)
            less = any(within(one, key) and not within(key, one) for one in others)
            twice = any(self.is_told(key, other) for other in before)
            if less or twice or not self._opposing.will_do(values_of(instead)):
                return False
        return True

    def _with_last_day(self, place: Place, taken: Taken, said: Said) -> Taken:
        """A day with the last one up to which every one from it on will do, and the next after that which will."""
        first, by = said[place], self._opposing.applied_on(said)
        assert isinstance(by, date), "an application is made on a day"
        line = self._opposing.line(place, by)
        assert isinstance(line, Days), "a day among days"
        rest = {**{other: value for other, value in said.items() if other != place}, DAY: by}
        after = line.below(first) + 1
        try:
            other = self._opposing.refused_in(place, rest, (after, line.high))
        except TooLong:
            return taken._replace(until=line.at(after - 1))
        if other is None:
            return taken._replace(until=line.at(line.high))
        again = self._once_more(place, rest, line, other + 1)
        return taken._replace(until=line.at(other - 1), again=None if again is None else line.at(again))

    def _once_more(self, place: Place, rest: Said, line: Days, after: int) -> int | None:
        """The first day from one on that will do."""

        def asked(value: Value | Open) -> bool:
            if isinstance(value, date):
                return self._opposing.will_do({**rest, place: value})
            return not self._opposing.is_refused({**rest, place: value})

        on = rest[DAY]
        try:
            return self._opposing.first(
                place, line, (after, line.high), asked, upward=True, on=on if isinstance(on, date) else None
            )
        except TooLong:
            return None
