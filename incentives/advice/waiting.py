"""Whether it is enough to apply later: the first day on which a clause is not refused. Imports trials and ways."""

from __future__ import annotations

from datetime import date, timedelta

from incentives.advice.trial import Trial
from incentives.advice.ways import Way
from incentives.engines.rows import OUTCOMES
from incentives.language.model import Clause
from incentives.language.nodes import ApplicationDay, Elapsed
from incentives.language.reads import everything_in
from incentives.values import State


def waiting(trial: Trial, until: date) -> Way | None:
    """Applying later in the same year, up to the day `until`; None where no such day is enough.

    A later year has facts of its own, which nobody knows yet.
    """
    if trial.state() is not State.FAILS or not _looks_at_the_day(trial.clause):
        return None
    last = min(until, date(trial.on.year, 12, 31))
    for days in range(1, (last - trial.on).days + 1):
        later = trial.on + timedelta(days=days)
        state = trial._replace(on=later).state()
        if state is not None and state is not State.FAILS:
            return Way((), OUTCOMES[state], apply_on=later)
    return None


def _looks_at_the_day(clause: Clause) -> bool:
    return any(
        isinstance(part, ApplicationDay) or (isinstance(part, Elapsed) and part.until is None)
        for part in everything_in(clause.condition)
    )
