"""The ledger 兑现台账: what was granted before, and since when that is known. Imports the vocabulary and profiles."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from types import MappingProxyType
from typing import Final

from incentives.facts.profile import Profile
from incentives.facts.vocabulary import Vocabulary

LEDGER = "grant"
"""The entity whose items are earlier grants, the year in which one was granted, and the facts each has."""
LEDGER_YEAR = "year"
LEDGER_FACTS = ("policy", "clause", LEDGER_YEAR, "amount")
LEDGER_MATTER = "matter"
"""The fact of a grant that says for which item it was granted."""
LEDGER_KIND = "matter_kind"
"""The fact of a grant that says of which kind its item was, by the fact that a clause goes by."""
LEDGER_TIER = "tier"
"""The fact of a grant that says in which tier of its clause it was granted."""
LEDGER_FROM = "ledger_from"
"""The fact of the company that says from which year on the ledger is complete."""
FOUNDED = "founded"
"""The fact of the company that says since when there is anybody to whom something could be granted."""

_EVER = 0


class EveryYear(Enum):
    """How far back a ledger must reach where nothing says when the first grant can have been: to the beginning."""

    EVERY_YEAR = "every_year"

    def __str__(self) -> str:
        return self.value


EVERY_YEAR: Final = EveryYear.EVERY_YEAR

BackTo = int | EveryYear
"""The first year of which the grants can matter."""


def furthest(years: Iterable[BackTo | None]) -> BackTo | None:
    """The earliest of some first years; None where there is none."""
    found = [year for year in years if year is not None]
    return EVERY_YEAR if EVERY_YEAR in found else min((year for year in found if isinstance(year, int)), default=None)


def without_earlier_grants(profile: Profile, vocabulary: Vocabulary) -> Profile:
    """The profile with an empty ledger, complete for all years; as it is where it has a ledger of its own.

    Only for those who say so and print it: a ledger nobody has given proves nothing.
    """
    if LEDGER not in vocabulary.entities or LEDGER in profile.lists:
        return profile
    company = profile.company
    values = MappingProxyType({**company.values, LEDGER_FROM: _EVER})
    lists = MappingProxyType({**profile.lists, LEDGER: ()})
    return profile._replace(company=company._replace(values=values), lists=lists)
