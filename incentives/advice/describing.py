"""Every smallest description of new items with which a clause is not refused, whatever else they are.

A description says of some facts of new items what they would be. It will do where nothing that can be true of them
besides refuses the clause; whatever else is not known stays open, and is nothing that a new item has to make up for.
What has to be said is found by contradiction, as sets of changes are (see `smallest`): as long as what is left open
of the items can refuse the clause, some fact of those that it takes for that has to be something else.

Imports what opposes, grids and the search for thresholds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, product
from typing import NamedTuple

from incentives.advice.alike import Alike, Description, Is, values_of
from incentives.advice.changeable import Changeable
from incentives.advice.filling import Filled, Taken
from incentives.advice.grid import Days
from incentives.advice.grown import Added
from incentives.advice.opposing import ANYTHING_ELSE, Opposing, Said
from incentives.advice.thresholds import TooLong, search
from incentives.advice.trial import Trial
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import PlainValue, Value

MOST_FOLLOWED = 250
"""Descriptions that are followed up for one set of items."""

MOST_DESCRIBED = 8
"""Descriptions that are told of one set of items, the shortest first."""

MOST_ASKED = 250
"""Ranges of one fact that are asked about for one threshold."""

MOST_TOGETHER = 64
"""Other choices of several facts that are held against one another."""


class Descriptions(NamedTuple):
    """What new items would be, each of which will do; `left_out` where there are or may be others.

    `weighed` are the numbers of which more of one does for less of another. What items that are there already could
    do in part is not looked for, and counts as left out.
    """

    told: tuple[Filled, ...]
    weighed: frozenset[Place]
    left_out: bool


def descriptions(trial: Trial, changeable: Changeable, adds: Sequence[Added]) -> Descriptions:
    """The smallest descriptions of new items of a profile that has them; none where nothing would do.

    They are of the first item of each group, for which all of the group are alike. Of a day that has to be known it
    is the first one to come that will do, with the last up to which all of them do. Of numbers that a condition
    weighs against one another, where more of one does for less of another, only what one of them must be is said.
    """
    opposing = Opposing(trial, changeable, adds)
    describing = _Describing(opposing, changeable.since, Alike.of(adds, trial.item))
    smallest = describing.smallest()
    told: list[Filled] = []
    for one in smallest:
        if not any(describing.alike.is_told(one, other) for other in told):
            told.append(describing.told(one, smallest, told))
    every = [describing.with_all_choices(one) for one in told]
    order = {place: number for number, place in enumerate(opposing.places)}
    in_order = [
        {place: one[place] for place in sorted(one, key=order.__getitem__) if one[place].value not in ANYTHING_ELSE}
        for one in every
    ]
    return Descriptions(
        tuple(in_order[:MOST_DESCRIBED]),
        frozenset(opposing.weighed),
        describing.left_out or len(told) > MOST_DESCRIBED or any(map(opposing.can_be_shared, told)),
    )


class _Describing:
    def __init__(self, opposing: Opposing, since: date, alike: Alike) -> None:
        self._opposing = opposing
        self._since = since
        self.alike = alike
        self.left_out = False

    def smallest(self) -> list[Description]:
        """Every description that will do, from which nothing can be left out; of the same items in one order."""
        every: dict[object, Description] = {}
        for found, told in self._found():
            choices = {place: (one.value, *one.or_else) for place, one in told.items() if place in found}
            for values in islice(product(*choices.values()), MOST_TOGETHER):
                instead = zip(choices, values, strict=True)
                one = {**found, **{place: found[place]._replace(value=value) for place, value in instead}}
                every.setdefault(self.alike.items_of(one), one)
        each = list(every.values())
        return [one for one in each if not any(other is not one and self.alike.within(other, one) for other in each)]

    def _found(self) -> Iterator[tuple[Description, Filled]]:
        """Descriptions that will do, with choices that do as well; of others with such choices none is given."""
        follow: deque[Description] = deque([{}])
        done: list[tuple[Description, Filled]] = []
        followed: set[object] = set()
        while follow:
            said = follow.popleft()
            key = self.alike.items_of(said)
            if key in followed or any(
                self.alike.within(one, said) or self.alike.is_told(said, told) for one, told in done
            ):
                continue
            followed.add(key)
            if len(followed) > MOST_FOLLOWED:
                self.left_out = True
                return
            try:
                against = self._opposing.refusal(values_of(said))
            except TooLong:
                self.left_out = True
                continue
            if against is None:
                found = self._without_needless(said)
                done.append((found, self.told(found)))
                yield done[-1]
                continue
            for place in against:
                follow += self._with_another(place, said, against)
            for place, taken in said.items():
                follow += [{**said, place: further} for further in self._further(place, taken, said, against)]

    def told(self, found: Description, others: Sequence[Description] = (), before: Sequence[Filled] = ()) -> Filled:
        """A description with the other choices that do as well, all with one another, and the days it needs.

        No choice that does with less, as one of the `others` says, nor one that was told `before`.
        """
        said = values_of(found)
        or_else: dict[Place, list[PlainValue]] = {
            place: [value] for place, value in said.items() if self._opposing.line(place) is None
        }
        for place, values in or_else.items():
            for value in self._opposing.telling(place):
                if value not in values and self._does_as_well(found, or_else, place, value, others, before):
                    values.append(value)
        taken = {place: Taken(value, tuple(or_else.get(place, ())[1:])) for place, value in said.items()}
        days = {place: self._since for place in self._opposing.places if self._is_day(place) and place not in said}
        for place in list(days):
            if self._will_do(said | {other: day for other, day in days.items() if other != place}, past=True):
                del days[place]
        taken |= {place: Taken(day) for place, day in days.items()}
        for place in taken:
            if self._is_day(place):
                taken[place] = taken[place]._replace(until=self._last_alike(place, said | days))
            elif (upward := found[place].upward) is not None and place not in self._opposing.weighed:
                or_more = upward if self._all_beyond(place, said, upward=upward) else None
                taken[place] = taken[place]._replace(or_more=or_more)
        return taken

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

    def with_all_choices(self, told: Filled) -> Filled:
        """A description with every choice that is like one of those that are told, for the clause names neither."""
        values = {place: taken.value for place, taken in told.items()}
        return {
            place: taken._replace(
                or_else=(
                    *taken.or_else,
                    *[
                        value
                        for value in self._opposing.like(place, (taken.value, *taken.or_else))
                        if self._will_do({**values, place: value})
                    ],
                )
            )
            for place, taken in told.items()
        }

    def _does_as_well(
        self,
        found: Description,
        or_else: Mapping[Place, Sequence[PlainValue]],
        place: Place,
        value: PlainValue,
        others: Sequence[Description],
        before: Sequence[Filled],
    ) -> bool:
        """Whether a choice does with each of those that are told of the other facts, and with no less than that."""
        told = {other: values for other, values in or_else.items() if other != place}
        together = list(islice(product(*told.values()), MOST_TOGETHER + 1))
        if len(together) > MOST_TOGETHER:
            return False
        for some in together:
            choices = {**dict(zip(told, some, strict=True)), place: value}
            instead = {**found, **{one: found[one]._replace(value=of) for one, of in choices.items()}}
            less = any(self.alike.within(one, instead) and not self.alike.within(instead, one) for one in others)
            twice = any(self.alike.is_told(instead, other) for other in before)
            if less or twice or not self._will_do(values_of(instead)):
                return False
        return True

    def _will_do(self, said: Said, *, past: bool = False) -> bool:
        try:
            return self._opposing.refusal(said, past=past) is None
        except TooLong:
            return False

    def _without_needless(self, said: Description) -> Description:
        kept = dict(said)
        for place in reversed(list(said)):
            fewer = {other: value for other, value in kept.items() if other != place}
            if self._will_do(values_of(fewer)):
                kept = fewer
        return kept

    def _with_another(self, place: Place, said: Description, against: Said) -> Iterator[Description]:
        """The description with a fact that is something else than where the clause is refused."""
        opposing, base = self._opposing, values_of(said)
        if place in opposing.over:
            return
        if opposing.line(place) is None:
            for some in (opposing.telling(place), opposing.several(place), opposing.others(place)):
                values = [value for value in some if value != against[place]]
                will_do = [one for value in values for one in self._with_choice(place, value, said)]
                if will_do:
                    yield from will_do
                    return
            return
        rest = {other: value for other, value in against.items() if other != place}
        numbers = [*self._thresholds(place, {**base, **rest}, against[place])]
        if rest and opposing.is_refused({**base, place: against[place]}):
            numbers += self._thresholds(place, base, against[place])
        for number in numbers:
            yield {**said, place: number}

    def _with_choice(self, place: Place, value: PlainValue, said: Description) -> Iterator[Description]:
        """The description with a choice; without its numbers where those were enough only for another one."""
        choices = {other: one for other, one in said.items() if one.upward is None}
        for some in (said, choices):
            if not self._opposing.is_refused({**values_of(some), place: value}):
                yield {**some, place: Is(value)}
                return

    def _further(self, place: Place, taken: Is, said: Description, against: Said) -> Iterator[Is]:
        """The number that does whatever else is so, in place of one that does only with something else."""
        if taken.upward is not None and place not in self._opposing.weighed:
            rest = {other: value for other, value in values_of(said).items() if other != place}
            for one in self._thresholds(place, {**rest, **against}, taken.value):
                if one.upward is taken.upward:
                    yield one

    def _thresholds(self, place: Place, beside: Said, start: PlainValue) -> Iterator[Is]:
        """The next numbers above and below one at which the clause is not refused; of days the first that does."""
        line = self._opposing.line(place)
        assert line is not None, "a number among numbers"

        def asked(value: Value | Open) -> bool:
            return not self._opposing.is_refused({**beside, place: value})

        at = line.below(start)
        for ends, upward in (((at + 1, line.high), True), ((line.low, at - 1), False)):
            try:
                number = search(line, ends, asked, upward=upward, most=MOST_ASKED)
                if number is not None and isinstance(line, Days) and not upward:
                    before = self._opposing.refused_in(place, beside, (line.low, number - 1), upward=False)
                    number = line.low if before is None else before + 1
            except TooLong:
                self.left_out = True
                continue
            if number is not None:
                yield Is(line.at(number), upward)

    def _is_day(self, place: Place) -> bool:
        return isinstance(self._opposing.line(place), Days)

    def _last_alike(self, place: Place, said: Said) -> date:
        """The last day up to which every one from that on which is said will do."""
        line, first = self._opposing.line(place), said[place]
        assert isinstance(line, Days), "a day among days"
        rest = {other: value for other, value in said.items() if other != place}
        after = line.below(first) + 1
        try:
            other = self._opposing.refused_in(place, rest, (after, line.high))
        except TooLong:
            other = after
        return line.at(line.high if other is None else other - 1)
