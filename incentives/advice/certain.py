"""What makes an open clause certain, whatever is not known: the clause without that. Imports trials and nodes."""

from __future__ import annotations

from typing import assert_never

from incentives.advice.trial import Trial
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
from incentives.values import State


def without_what_is_open(trial: Trial) -> Trial | None:
    """The clause of a trial where what is open speaks against it; None where it is refused or met already.

    What it takes to meet that makes the clause certain by what is known alone.
    """
    condition = trial.clause.condition
    states = trial.states(condition)
    if not states[condition.id].unknown:
        return None
    return trial._replace(clause=trial.clause._replace(condition=_against(condition, states, State.FAILS)))


def _against(condition: Condition, states: dict[str, State], answer: State) -> Condition:
    """A condition in which every open test has come to one answer, or under a not to the other."""
    match condition.form:
        case All(of):
            form: All | AnyOf | AtLeast | Not | Holds = All(tuple(_against(part, states, answer) for part in of))
        case AnyOf(of):
            form = AnyOf(tuple(_against(part, states, answer) for part in of))
        case AtLeast(of, number):
            form = AtLeast(tuple(_against(part, states, answer) for part in of), number)
        case Not(of):
            form = Not(_against(of, states, State.HOLDS if answer is State.FAILS else State.FAILS))
        case Holds(title, of):
            form = Holds(title, _against(of, states, answer))
        case (
            Within()
            | Equals()
            | OneOf()
            | IncludesAny()
            | StartsWith()
            | Measured()
            | Unstated()
            | Items()
            | ItemExists()
        ):
            if not states[condition.id].unknown:
                return condition
            form = AnyOf(()) if answer is State.FAILS else All(())
        case _:
            assert_never(condition.form)
    return Condition(
        f"{condition.id}/certain", condition.span, condition.entity, condition.says, condition.assumption, form
    )
