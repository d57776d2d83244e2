"""The verdicts of a clause written as Python statements. Imports expressions, rows and values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from incentives.engines.native.expressions import Asked, Names, Wait
from incentives.engines.native.logic import both, either
from incentives.engines.rows import Awaiting, Verdict
from incentives.engines.subjects import Presence
from incentives.records import NamedTuple
from incentives.values import NOTHING, Interval, Outcome

Branches = list[tuple[str, list[str]]]
"""What is done where each text is the first that is true."""


class Ends(NamedTuple):
    """What an award comes to for those who qualify, and while that is open.

    `needs` is the one fact that it depends on: where it is known `paid` says how many yuan that makes, where it is
    not the award comes to the `unknown` ends.
    """

    certain: str
    open: str
    needs: Wait | None = None
    paid: str = ""
    unknown: tuple[str, str] = ("", "")


class Telling:
    """Writes the verdicts of one clause: on the company, on an item, or where nobody gave the list."""

    def __init__(self, names: Names, clause: str, entity: str | None, *, gone: bool) -> None:
        self._names = names
        self._clause = clause
        self._entity = None if gone else entity
        self._presence = Presence.ABSENT_LIST if gone else Presence.PRESENT

    def with_award(self, outcome: Outcome, waits: Sequence[Wait], award: Ends) -> list[str]:
        qualified = outcome is Outcome.QUALIFIED
        text = award.certain if qualified else award.open
        if award.needs is None:
            return self.lines(outcome, waits, text)
        unknown = award.unknown[0 if qualified else 1]
        return [
            f"if {award.needs.when}:",
            *indented(self.lines(outcome, [*waits, Wait(award.needs.asked, "True")], unknown)),
            "else:",
            f"    paid = {award.paid}",
            *indented(self.lines(outcome, waits, text)),
        ]

    def lines(self, outcome: Outcome, waits: Sequence[Wait], award: str) -> list[str]:
        """A verdict, made beforehand where it can only be this one."""
        whens: dict[Asked, dict[str, list[str]]] = {}
        guards: dict[str, str] = {}  # each worked out once, however much waits for it
        for asked, when, around in sorted(waits, key=_in_order):
            named = [guards.setdefault(guard, f"open{len(guards)}") for guard in around]
            whens.setdefault(asked, {}).setdefault(when, []).append(both(named))
        constants = self._names.constants
        if self._entity is None and len(whens) < 2 and (award == "NOTHING" or award in constants):
            # Where it waits for one thing at most, it does wait for that.
            worth = NOTHING if award == "NOTHING" else cast(Interval, constants[award])
            missing = tuple([Awaiting(entity, None, fact) for entity, fact in whens])
            made = Verdict(self._clause, None, self._presence, outcome, missing, worth)
            return [f"add({self._names.constant(made)})"]
        clause = self._names.constant(self._clause)
        key = "None" if self._entity is None else "key"
        presence = self._presence.name
        head, tail = f"add(new(Verdict, ({clause}, {key}, {presence}, {outcome.name}", f"{award})))"
        if not whens:
            return [f"{head}, (), {tail}"]
        lines = [*(f"{name} = {guard}" for guard, name in guards.items()), "missing = ()"]
        for asked, of in whens.items():
            when = either([both([when, either(guards)]) for when, guards in of.items()])
            more = f"missing += {self._awaiting(asked)}"
            lines += [more] if when == "True" else [f"if {when}:", f"    {more}"]
        return [*lines, f"{head}, missing, {tail}"]

    def _awaiting(self, asked: Asked) -> str:
        entity, fact = asked
        if entity != self._entity:
            return self._names.constant((Awaiting(entity, None, fact),))
        return f"(new(Awaiting, ({self._names.constant(entity)}, key, {self._names.constant(fact)})),)"


def _in_order(wait: Wait) -> tuple[str, str]:
    """As `in_order` sorts what is missing: of one item there is but one."""
    entity, fact = wait.asked
    return entity, fact or ""


def chosen(branches: Branches) -> list[str]:
    """The branches as one `if`; those that can never be taken are left out."""
    lines: list[str] = []
    word = "if"
    for when, body in branches:
        if when == "False":
            continue
        if when == "True":
            return [*lines, "else:", *indented(body)] if lines else body
        lines += [f"{word} {when}:", *indented(body)]
        word = "elif"
    return lines


def indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
