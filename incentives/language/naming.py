"""Which clause is meant by an id, a title, or an id behind that of its policy. Imports the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incentives.language.model import Policy
from incentives.records import NamedTuple


class ClauseName(NamedTuple):
    """A clause by the ids of its policy and its own, which nothing else has together."""

    policy: str
    clause: str

    def __str__(self) -> str:
        return f"{self.policy}/{self.clause}"


def clauses_named(written: str, policies: Iterable[Policy]) -> tuple[ClauseName, ...]:
    """The clauses that have that id or title, or that id behind a slash and their policy's; several may."""
    return tuple(dict.fromkeys(name for called, name in _called(policies) if called == written))


def clause_named(written: str, policies: Sequence[Policy]) -> ClauseName:
    """The one clause of that name. Raises `KeyError` where there is none or more than one, with those there are."""
    found = clauses_named(written, policies)
    if len(found) > 1:
        raise KeyError(f"several clauses are called `{written}`: {', '.join(f'`{one}`' for one in found)}")
    if not found:
        known = ", ".join(sorted({clause.id for policy in policies for clause in policy.clauses}))
        raise KeyError(f"no clause `{written}`; known: {known}")
    return found[0]


def names_of_clauses(policies: Iterable[Policy]) -> tuple[str, ...]:
    """All that clauses can be called by, to say what was meant where nothing has a name."""
    return tuple([called for called, _ in _called(policies)])


def _called(policies: Iterable[Policy]) -> list[tuple[str, ClauseName]]:
    named = [(clause, ClauseName(policy.id, clause.id)) for policy in policies for clause in policy.clauses]
    return [(called, name) for clause, name in named for called in (clause.id, clause.title, str(name))]
