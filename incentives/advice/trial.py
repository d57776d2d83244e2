"""One clause on one item, decided again and again under suppositions. Imports the reference evaluator and the model.

Advice has no meaning of its own: whatever it says of a clause is what the reference evaluator answers when some
facts are supposed to be something else, to lie in a range, or not to be known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from incentives.advice.grown import grown
from incentives.amounts.ranges import Open
from incentives.engines.reference import evaluate
from incentives.engines.subjects import Subject, company_subject, subject_at
from incentives.facts.places import Place, without
from incentives.facts.profile import Profile
from incentives.facts.types import Value
from incentives.language.model import Clause
from incentives.language.nodes import Condition
from incentives.values import State

if TYPE_CHECKING:
    from incentives.advice.findings import Findings

Supposed = Mapping[Place, Value | Open]
"""What is taken of some facts in place of what the profile says.

Of a whole list, a place without a fact, it is how many more items there are; open, the list is not known. Of `DAY`
it is the day of application, in the same year.
"""

NOTHING_SUPPOSED: Supposed = {}

DAY: Final = Place("", None, None)
"""Stands for the day of application among places."""


class Trial(NamedTuple):
    """One clause on one item of a profile. `item` is the item's key; None for the company, or where no item is.

    `findings` are of other trials for the same advice, in which much is asked again.
    """

    clause: Clause
    profile: Profile
    on: date
    item: str | None
    findings: Findings | None = None

    def subject(self, supposed: Supposed = NOTHING_SUPPOSED) -> Subject | None:
        """What the clause is held against; None where the item is not there, or not known to be."""
        # What definitions come to under one supposition says nothing about another: each has a company of its own.
        company = company_subject(self.profile, self.on)._replace(supposed=supposed or None)
        for place in [place for place in supposed if place.fact is None]:
            company = _with(company, place, supposed[place])
        return subject_at(self.clause, company, self.item)

    def state(self, supposed: Supposed = NOTHING_SUPPOSED) -> State | None:
        """The state of the clause's whole condition; None where the item is not there."""
        subject = self.subject(supposed)
        return None if subject is None else evaluate(self.clause.condition, subject, {})

    def states(self, condition: Condition, supposed: Supposed = NOTHING_SUPPOSED) -> dict[str, State]:
        """The state of a part of the clause's condition, and of every node below it."""
        trace: dict[str, State] = {}
        subject = self.subject(supposed)
        assert subject is not None, "a trial of a part has its item"
        evaluate(condition, subject, trace)
        return trace


def _with(company: Subject, place: Place, value: Value | Open) -> Subject:
    """The company with another day of application, or with a list that is longer or not known."""
    if place == DAY:
        if isinstance(value, date):
            return company._replace(on=value)
        assert isinstance(value, Open), "a day, or a range of days"
        return company._replace(some_day=value)
    if isinstance(value, Open):
        return company._replace(profile=without(company.profile, [place]))
    assert isinstance(value, int), "so many more items"
    return company._replace(profile=grown(company.profile, place.entity, value) if value else company.profile)
