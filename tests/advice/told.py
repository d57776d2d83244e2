"""Companies that answer an interview from what is so of them, and what a decision then says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import pytest

from incentives import Evaluator, Outcome, PolicySet, Profile
from incentives.advice.answers import with_answer
from incentives.advice.questions import Questions
from incentives.facts.places import EARLIER, Place, given, value_at, without, year_before
from incentives.facts.profile import Item
from incentives.facts.types import Series
from incentives.facts.vocabulary import COMPANY
from tests.advice.papers import VOCABULARY
from tests.generators import vocabulary
from tests.verdicts import policy_set, profile_of_raw
from tests.whole.completions import completions
from tests.whole.profiles import WholeCase


def said(evaluator: Evaluator, profile: Profile, on: date) -> object:
    """What a decision comes to: everything that is not refused, by outcome and amount, and every total."""
    decision = evaluator.check(profile, on)
    rows = {
        (found.policy, found.clause, found.item.key if found.item else "", found.outcome, found.award.interval)
        for found in decision.determinations
        if found.outcome is not Outcome.NOT_QUALIFIED
    }
    totals = [(policy.total, policy.paid_to_others) for policy in decision.policies]
    return rows, totals, decision.total, decision.paid_to_others


class Told:
    """One company that answers what it is asked from what is so; some of it nobody knows."""

    def __init__(self, case: WholeCase, full: Mapping[str, Any], unknown: float) -> None:
        self.policies: PolicySet = policy_set(VOCABULARY, case.policy_text)
        self.case = case
        self.on = case.on
        self.start = profile_of_raw(case.profile, VOCABULARY)
        self.full = _without_judgements(profile_of_raw(full, VOCABULARY), self.start)
        self._raw = full
        self._rng = random.Random(case.policy_text)
        self._unknown = unknown
        self.questions = Questions(Evaluator(self.policies, "native"), self.on)

    def interview(self) -> Iterator[Moment]:
        """Each profile with what is asked of it; at the end the last one, of which nothing is asked."""
        profile, raw, unknowable = self.start, self.case.profile, frozenset[Place]()
        for _ in range(200):
            place = self.questions.next(profile, unknowable)
            yield Moment(profile, raw, unknowable, place)
            if place is None:
                return
            value = self._value(place, profile)
            forgotten = self._rng.random() < self._unknown
            if value is None or forgotten or value == value_at(profile, place):
                unknowable |= {place}
            else:
                raw = self._more(raw, place, profile)
                profile = with_answer(profile, place, value)
        pytest.fail("the interview does not end")

    def _value(self, place: Place, profile: Profile) -> Any:
        if place.fact is None:
            items = self.full.lists.get(place.entity)
            return None if items is None else tuple(Item(item.key, item.name, {}) for item in items)
        if place.year == EARLIER:
            return value_at(self.full, place._replace(year=self._highest(place, profile)))
        return value_at(self.full, place)

    def _highest(self, place: Place, profile: Profile) -> int:
        """The year that was the highest of those before the first one known; `EARLIER` for one before them all."""
        assert place.fact is not None
        known = profile.company.values.get(place.fact)
        series = self.full.company.values[place.fact]
        assert isinstance(series, Series)
        first = min(known.years) if isinstance(known, Series) else self.on.year + 1
        years: dict[int, Any] = {year: value for year, value in series.years.items() if year < first}
        if series.earlier_highest is not None:
            years[EARLIER] = series.earlier_highest
        return max(years, key=lambda year: years[year], default=EARLIER)

    def _more(self, raw: Mapping[str, Any], place: Place, profile: Profile) -> dict[str, Any]:
        """The profile as it is written with one more answer, taken from the full one."""
        if place.entity == COMPANY:
            year = self._highest(place, profile) if place.year == EARLIER else place.year
            return {**raw, **_given(raw, self._raw, place, year)}
        listed = vocabulary()["entities"][place.entity]["list"]
        if place.fact is None:
            return {**raw, listed: [{"name": item["name"]} for item in self._raw[listed]]}
        full = {item["name"]: item for item in self._raw[listed]}
        answered = [
            {**item, **_given(item, full[place.item], place, place.year)} if item["name"] == place.item else item
            for item in raw[listed]
        ]
        return {**raw, listed: answered}


class Moment(NamedTuple):
    """A profile, also as it is written; what nobody knows; and what is asked, None at the end."""

    profile: Profile
    raw: Mapping[str, Any]
    unknowable: frozenset[Place]
    place: Place | None


def _given(holder: Mapping[str, Any], full: Mapping[str, Any], place: Place, year: int | None) -> dict[str, Any]:
    """A fact of a holder as it is written, with the answer that the full profile gives for a year."""
    assert place.fact is not None
    if place.year is None:
        return {place.fact: full[place.fact]}
    value = full[place.fact]["earlier_highest" if year == EARLIER else year]
    known = dict(holder.get(place.fact) or {})
    if place.year == EARLIER:
        return {place.fact: {**known, "earlier_highest": value}}
    if place.year < min((of for of in known if isinstance(of, int)), default=place.year):
        known.pop("earlier_highest", None)  # it spoke of other years
    return {place.fact: {**known, place.year: value}}


def bounded(profile: Profile, place: Place) -> bool:
    """Whether the highest of the years before the first one given speaks of a year that nobody knows."""
    earlier = value_at(profile, place._replace(year=EARLIER)) if place.year and place.fact else None
    return earlier is not None and year_before(profile, place) is None


def completed(
    case: WholeCase, profile: Mapping[str, Any], rng: random.Random, most: int
) -> Iterator[Mapping[str, Any]]:
    """Profiles without gaps that say nothing else: a list that is given is complete, the ledger as well."""
    for full in completions(case.policy, vocabulary(), profile, case.on, rng, most):
        if all(len(value) == len(full[key]) for key, value in profile.items() if isinstance(value, list)):
            yield full


def _without_judgements(full: Profile, start: Profile) -> Profile:
    """What only a person can say stays open where it was open."""
    known = set(given(start))
    judged = [
        place
        for place in given(full)
        if place.fact is not None
        and vocabulary()["entities"][place.entity]["facts"][place.fact].get("judgement")
        and place not in known
    ]
    return without(full, judged)
