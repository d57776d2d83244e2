"""Every smallest set of changes and of what new items would be with which a clause is not refused.

A description says of some facts of new items what they would be, and beside that what is changed of what is there
already, and a later day of application. It will do where nothing that can be true of the items besides refuses the
clause; whatever else is not known stays open, and is nothing that a new item has to make up for. What has to be said
is found by contradiction, as sets of changes are (see `smallest`): as long as what is left open of the items can
refuse the clause, some fact of those that it takes for that has to be something else, or something that is there.

Imports what opposes, moves and the search for thresholds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import islice, product
from typing import NamedTuple

from incentives.advice.alike import Description, Is, Spread, values_of, within
from incentives.advice.avoiding import Avoiding, Without
from incentives.advice.filling import Filled
from incentives.advice.grid import Days, Line
from incentives.advice.grown import Added
from incentives.advice.moves import Moves
from incentives.advice.opposing import Opposing, Said, Supposing
from incentives.advice.telling import MOST_TOGETHER, Telling
from incentives.advice.thresholds import TooLong
from incentives.advice.trial import DAY
from incentives.amounts.ranges import Open
from incentives.facts.places import Place
from incentives.facts.types import PlainValue, Series, Value

_Opens = Sequence[tuple[Supposing, Supposing]]
"""What could still be in each choice of what to do without: all of it, and without what keeps the clause refused."""

_Stretch = tuple[tuple[int, int], bool]
"""The ends of some numbers of a line, and whether the lower one is the nearer."""


class Found(NamedTuple):
    """A description that will do, and how it is spread over items; it is of the items `adds`."""

    adds: tuple[Added, ...]
    said: Description
    spread: Spread


class Describing:
    """A search for descriptions of the new items `adds`; `own` is the key of the item the clause is held against.

    `found` are those that were found of fewer items: nothing is looked for that says as much as one of them or more.
    The clause is asked no more than `most` times.
    """

    def __init__(
        self,
        opposing: Opposing,
        moves: Moves,
        adds: tuple[Added, ...],
        own: str | None,
        found: Sequence[Found],
        most: int,
    ) -> None:
        self._opposing = opposing
        self._moves = moves
        self._adds = adds
        self._before = found
        self.telling = Telling(opposing, moves, adds, own)
        self._avoiding = Avoiding(self._line, adds, own)
        for one in found:
            self._avoiding.add(one.said, one.adds)
        self._most = most
        self.left_out = False
        self.ended_at_once = True
        """Whether nothing could do that does without something of each description that was found before."""

    def smallest(self, seeds: Iterable[Description]) -> list[Found]:
        """Every description that will do, from which nothing can be left out, and in which nothing can go less far.

        Each says what one of the `seeds` says of what is there already, or more.
        """
        every: dict[Spread, Found] = {}
        for found, told in self._found(seeds):
            choices = {place: (one.value, *one.or_else) for place, one in told.items()}
            for values in islice(product(*choices.values()), MOST_TOGETHER):
                instead = zip(choices, values, strict=True)
                one = {**found, **{place: found[place]._replace(value=value) for place, value in instead}}
                every.setdefault(self.telling.spread(one), Found(self._adds, one, self.telling.spread(one)))
        each = [*self._before, *every.values()]
        return [
            one
            for one in every.values()
            if not any(other is not one and within(other.spread, one.spread) for other in each)
        ]

    def _found(self, seeds: Iterable[Description]) -> Iterator[tuple[Description, Filled]]:
        """Descriptions that will do, with choices that do as well; of others with such choices none is given."""
        follow: deque[Description] = deque(seeds)
        before = [one.spread for one in self._before]
        told: list[Filled] = []
        followed: set[Spread] = set()
        while follow:
            said = follow.popleft()
            key = self.telling.spread(said)
            if key in followed or any(within(one, key) for one in before):
                continue
            if any(self.telling.is_told(key, one) for one in told):
                continue
            followed.add(key)
            if self._opposing.asked > self._most:
                self.left_out = True
                return
            try:
                against = self._opposing.refusal(values_of(said))
            except TooLong:
                self.left_out = True
                continue
            if against is None:
                self.ended_at_once = False
                found = self._no_further_than_needed(said)
                taken = self.telling.told(found)
                told.append({place: taken[place] for place in found})
                before.append(self.telling.spread(found))
                for place, one in told[-1].items():
                    for value in (one.value, *one.or_else):
                        self._avoiding.add({**found, place: found[place]._replace(value=value)}, self._adds)
                yield found, told[-1]
                continue
            follow += self._next(said, against)

    def _next(self, said: Description, against: Said) -> Iterator[Description]:
        """The description with one thing more, or with one thing going further: something has to.

        One of what is not said, and keeps the clause refused whatever the others are, has to be something else.
        """
        refused = {**values_of(said), **against}
        kept: dict[Place, None] = {}
        opens: list[tuple[Supposing, Supposing]] = []
        for one in self._avoiding.choices:
            open_ = self._open_to(said, one)
            if open_ is not None and not self._opposing.is_refused({**values_of(said), **open_}):
                others = {place: value for place, value in open_.items() if place not in against}
                keeping: tuple[Place, ...] = ()
                if not self._opposing.is_refused({**refused, **others}):
                    keeping = self._keeping(refused, others, [], list(others))
                kept |= dict.fromkeys(keeping)
                opens.append((open_, {place: value for place, value in others.items() if place not in keeping}))
        if not opens:
            return
        self.ended_at_once = False
        moved = [place for place in kept if not self._opposing.is_of_new(place)]
        changed = self._opposing.of_every(values_of(said))
        beside = [one for place in moved for one in self._moves.beside(place, changed) if one not in said]
        for place in dict.fromkeys((*beside, *moved)):
            for value in self._options(place, said, against):
                yield self._with(said, place, value)
        for place in against:
            yield from self._with_another(place, said, against, opens)
        for place in said:
            if self._opposing.is_of_new(place):
                for further in self._further(place, said, against, opens):
                    yield self._with(said, place, further)

    def _with(self, said: Description, place: Place, is_: Is) -> Description:
        """The description with one thing more, or going further."""
        return self._dated({**said, place: is_})

    def _dated(self, said: Description) -> Description:
        """The description with the day of application that it takes."""
        on = self._opposing.applied_on(values_of(said))
        later = self._opposing.applied_on({}) != on
        return {**said, DAY: Is(on, upward=True)} if later and isinstance(on, date) else said

    def _open_to(self, said: Description, without: Without) -> dict[Place, Value | Open] | None:
        """All that could be: what is there and is not changed, and what is said of numbers and days, or further.

        None where something is said already that is to be done without.
        """
        found: dict[Place, Value | Open] = {}
        for place in dict.fromkeys((*self._moves.places, *without.ends, *without.values, *said)):
            taken, line = said.get(place), self._line(place)
            if taken is not None and taken.value in without.values.get(place, ()):
                return None
            if line is None:
                if taken is None or (isinstance(taken.value, frozenset) and not self._opposing.is_of_new(place)):
                    found[place] = self._anything(place, without.values.get(place, frozenset()))
                continue
            low, high = without.ends.get(place, (line.low, line.high))
            if taken is not None:
                at = line.below(taken.value)
                low, high = (max(low, at), high) if taken.upward else (low, min(high, at))
                if low > high:
                    return None
                found[place] = line.between(low, high)
            elif place not in without.ends:
                found[place] = self._moves.anything(place)
            elif self._opposing.is_of_new(place):
                found[place] = line.between(low, max(low, high))
            else:
                low = low if self._moves.can_fall(place) else max(low, line.below(self._moves.now[place]))
                found |= {place: line.between(low, high)} if low < high else {}
        return found

    def _anything(self, place: Place, but: Set[PlainValue]) -> Value | Open:
        """Everything that a place can be that is no number, but for some of it."""
        every = self._moves.anything(place)
        return every._replace(among=every.among - but) if isinstance(every, Open) and every.among else every

    def _line(self, place: Place) -> Line | None:
        return self._opposing.line(place) if self._opposing.is_of_new(place) else self._moves.line(place)

    def _line_of(self, place: Place) -> Line:
        line = self._line(place)
        assert line is not None, "a number among numbers"
        return line

    def _keeping(
        self, refused: Said, open_: Supposing, opened: list[Place], places: Sequence[Place]
    ) -> tuple[Place, ...]:
        """Of some places those that keep the clause refused whatever the others are."""
        if self._opposing.is_refused({**refused, **{place: open_[place] for place in (*opened, *places)}}):
            opened += places
            return ()
        if len(places) <= 1:
            return tuple(places)
        middle = len(places) // 2
        first = self._keeping(refused, open_, opened, places[:middle])
        return (*first, *self._keeping(refused, open_, opened, places[middle:]))

    def _options(self, place: Place, said: Description, against: Said) -> Iterator[Is]:
        """What something that is there could be; where it is changed already, what goes further than that."""
        line, taken = self._moves.line(place), said.get(place)
        rest = {other: one for other, one in values_of(said).items() if other != place}
        others = [one for one in self._moves.places if one != place and one not in said]
        found: dict[PlainValue, None] = {}
        for some in (rest | dict(against), rest):
            found |= dict.fromkeys(self._moves.options(place, self._opposing.of_every(some), others))
        for value in found:
            upward = None if line is None else value > self._moves.now[place]  # type: ignore[operator]
            if taken is None or self._moves.no_further(place, taken.value, value):
                yield Is(value, upward)

    def _with_another(self, place: Place, said: Description, against: Said, opens: _Opens) -> Iterator[Description]:
        """The description with a fact of a new item that is something else than where the clause is refused."""
        opposing, base = self._opposing, values_of(said)
        if place in opposing.over:
            return
        if opposing.line(place) is None:
            for some in (opposing.telling(place), opposing.several(place), opposing.others(place)):
                values = opposing.apart_from(place, some, against[place])
                for value in values:
                    yield from self._with_choice(place, value, said, opens)
                if any(not opposing.is_refused({**base, place: value}) for value in values):
                    return
            return
        rest = {other: value for other, value in against.items() if other != place}
        away = [*_away_from(self._line_of(place), against[place])]
        numbers = [*self._thresholds(place, {**base, **rest}, away)]
        if rest and opposing.is_refused({**base, place: against[place]}):
            numbers += self._thresholds(place, base, away)
        for open_, left in opens:
            if opposing.is_refused({**base, **open_, place: against[place]}):
                numbers += self._thresholds(place, {**base, **open_}, away)
            beside = {**base, **self._beside(place, left), **rest}
            if opposing.is_refused({**beside, place: against[place]}):
                numbers += self._thresholds(place, beside, away)
        for number in dict.fromkeys(numbers):
            yield self._with(said, place, number)

    def _with_choice(
        self, place: Place, value: PlainValue, said: Description, opens: _Opens
    ) -> Iterator[Description]:
        """The description with a choice; without its numbers where those were enough only for another one."""
        choices = {other: one for other, one in said.items() if one.upward is None}
        for some in (said, choices):
            base = {**values_of(some), place: value}
            if any(not self._opposing.is_refused({**base, **open_}) for open_, _ in opens):
                yield {**some, place: Is(value)}
                return

    def _further(self, place: Place, said: Description, against: Said, opens: _Opens) -> Iterator[Is]:
        """The number that does whatever else is so, in place of one that does only with something else."""
        taken = said[place]
        if taken.upward is None or place in self._opposing.weighed:
            return
        rest = {other: value for other, value in values_of(said).items() if other != place}
        beside: list[Supposing] = [{**rest, **against}]
        for open_, left in opens:
            beside += [{**rest, **against, **open_}, {**rest, **against, **self._beside(place, left)}]
        for number, some in enumerate(beside):
            if number == 0 or self._opposing.is_refused({**some, place: taken.value}):
                yield from self._thresholds(place, some, _beyond(self._line_of(place), taken))

    def _beside(self, place: Place, open_: Supposing) -> dict[Place, Value | Open]:
        """Of what is open that which no test weighs against a number: of what is, less of one does for more of it."""
        return {
            other: value
            for other, value in open_.items()
            if self._line(other) is None or not self._opposing.are_weighed(place, other)
        }

    def _thresholds(self, place: Place, beside: Supposing, stretches: Iterable[_Stretch]) -> Iterator[Is]:
        """The first number of some stretches at which the clause is not refused."""
        line = self._line_of(place)

        def asked(value: Value | Open) -> bool:
            return not self._opposing.is_refused({**beside, place: value})

        for ends, upward in stretches:
            try:
                number = self._opposing.first(place, line, ends, asked, upward=upward)
            except TooLong:
                self.left_out = True
                continue
            if number is not None:
                yield Is(line.at(number), upward)

    def _no_further_than_needed(self, said: Description) -> Description:
        """A description that will do, without what nothing needs, and with no number further away than needed."""
        kept: Description = said
        while True:
            before, kept = kept, self._without_needless(kept)
            kept = {**kept}
            for place, taken in list(kept.items()):
                if taken.upward is not None:
                    kept[place] = self._nearest(place, self._from_below(place, taken, kept), kept)
            if kept == before:
                break
        return self._dated(kept)

    def _without_needless(self, said: Description) -> Description:
        kept = said
        for place in reversed(list(said)):
            fewer = {other: value for other, value in kept.items() if other != place}
            if self._opposing.will_do(values_of(fewer)):
                kept = fewer
        return kept

    def _from_below(self, place: Place, taken: Is, said: Description) -> Is:
        """A number of a new item that was reached from above, as one from below where the least does not do."""
        if taken.upward is not False or not self._opposing.is_of_new(place):
            return taken
        line = self._line_of(place)
        return (
            taken if self._opposing.will_do({**values_of(said), place: line.at(line.low)}) else Is(taken.value, True)
        )

    def _nearest(self, place: Place, taken: Is, said: Mapping[Place, Is]) -> Is:
        """The number that is nearest to where it came from, all else being as it is said."""
        line = self._line_of(place)
        rest = {other: value for other, value in values_of(said).items() if other != place}
        at = line.below(taken.value)
        first, last = line.low, line.high
        if not self._opposing.is_of_new(place):
            first = last = line.below(self._moves.now[place])
        against: list[Said] = [{}]

        def asked(value: Value | Open) -> bool:
            if any(self._opposing.is_refused({**rest, **one, place: value}) for one in against):
                return False
            if isinstance(value, Open | Series):
                return True
            refusal = self._opposing.refusal({**rest, place: value})
            against.extend([] if refusal is None else [refusal])
            return refusal is None

        ends = (first, at - 1) if taken.upward else (at + 1, last)
        try:
            number = self._opposing.first(place, line, ends, asked, upward=bool(taken.upward))
        except TooLong:
            self.left_out = True
            return taken
        return taken if number is None else taken._replace(value=line.at(number))


def _away_from(line: Line, start: PlainValue) -> Iterator[_Stretch]:
    """Where another number is looked for, up and down from one. Of days it is always the first to come."""
    if isinstance(line, Days):
        yield (line.low, line.high), True
        return
    at = line.below(start)
    yield (at + 1, line.high), True
    yield (line.low, at - 1), False


def _beyond(line: Line, taken: Is) -> Iterator[_Stretch]:
    """Where a number is looked for that goes further than one."""
    at = line.below(taken.value)
    yield ((at + 1, line.high), True) if taken.upward else ((line.low, at - 1), False)
