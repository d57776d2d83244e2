"""The native engine: compiles each policy on first use, to closures and a function that screens.

Imports the model, rows and clashes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import copy
from datetime import date

from incentives.engines.clashes import Candidate, Clash, plain_clashes
from incentives.engines.native.clauses import CompiledClause, compile_clause
from incentives.engines.native.compiler import Compiler, Node, States
from incentives.engines.native.place import Place
from incentives.engines.native.recalled import Recalled
from incentives.engines.native.written import Screen, made_of, source_of
from incentives.engines.rows import Awaiting, Row, Verdict
from incentives.engines.subjects import Presence, Subject, company_subject, subjects
from incentives.facts.profile import Profile
from incentives.language.model import Policy
from incentives.language.nodes import Condition
from incentives.records import NamedTuple
from incentives.values import State


class NativeEngine:
    """Safe to share between threads: what is compiled holds nothing of a profile."""

    name = "native"

    def __init__(self) -> None:
        self._compiled: dict[int, CompiledPolicy] = {}
        self._screens: dict[int, Screen] = {}
        self._recalled: Recalled | None = None

    def recalling(self) -> NativeEngine:
        """The same engine for one who asks of many profiles that have most in common; for one thread at a time."""
        other = copy(self)
        other._recalled = Recalled()
        return other

    def rows(self, policy: Policy, profile: Profile, on: date) -> tuple[Row, ...]:
        compiled = self._of(policy)
        company = Place(profile, on)
        seen_from_company = company_subject(profile, on)
        shared: States = {}
        if compiled.common is not None:
            compiled.common.record(company, shared)
        rows: list[Row] = []
        for clause, node, *_ in compiled.clauses:
            for subject in subjects(clause, seen_from_company):
                states = shared.copy()
                node.record(_place(company, subject), states)
                rows.append(Row(clause, subject, states))
        company.items.clear()
        return tuple(rows)

    def verdicts(self, policy: Policy, profile: Profile, on: date) -> tuple[Verdict, ...]:
        compiled = self._of(policy)
        written = self._screen_of(compiled)(profile, on, self._recalled)
        return tuple(written) if written is not None else by_closures(compiled, profile, on, self._recalled)

    def asked_alone(self, policy: Policy, test: Condition, subject: Subject) -> tuple[State, Collection[Awaiting]]:
        """What a test of a policy's clauses comes to, and what it waits for where it is open by missing data."""
        company = Place(subject.profile, subject.on, self._recalled)
        place = _place(company, subject)
        waits: dict[Awaiting, None] = {}
        place.awaited = waits
        state = self._of(policy).node(test).state(place)
        company.items.clear()
        return state, waits

    def clashes(self, policy: Policy, found: Sequence[Candidate]) -> frozenset[Clash]:
        return plain_clashes(policy, found)

    def _screen_of(self, compiled: CompiledPolicy) -> Screen:
        """Written when it is first asked for: who wants decisions alone does not wait for it."""
        known = self._screens.get(id(compiled.policy))
        if known is None:
            written = source_of(compiled.by_id, compiled.policy.common, compiled.node)
            known = self._screens[id(compiled.policy)] = made_of(*written)
        return known

    def _of(self, policy: Policy) -> CompiledPolicy:
        known = self._compiled.get(id(policy))
        if known is None:
            known = self._compiled[id(policy)] = _compile(policy)
        return known


class CompiledPolicy(NamedTuple):
    """A policy's closures. It holds the policy, so that no other can come to have its identity."""

    policy: Policy
    common: Node | None
    clauses: tuple[CompiledClause, ...]
    by_id: tuple[CompiledClause, ...]
    node: Callable[[Condition], Node]


def by_closures(
    compiled: CompiledPolicy, profile: Profile, on: date, recalled: Recalled | None = None
) -> tuple[Verdict, ...]:
    """The verdicts of every clause asked of its closures."""
    company = Place(profile, on, recalled)
    common = compiled.common.state(company) if compiled.common is not None else None
    found: list[Verdict] = []
    for clause in compiled.by_id:
        found += clause.verdicts(company, common)
    company.items.clear()  # places of items hold it in turn, and would wait for the garbage collector
    return tuple(found)


def _compile(policy: Policy) -> CompiledPolicy:
    compiler = Compiler()
    common = compiler.shared(policy.common) if policy.common is not None else None
    clauses = tuple([compile_clause(clause, policy.common, compiler) for clause in policy.clauses])
    by_id = tuple(sorted(clauses, key=lambda compiled: compiled.clause.id))
    return CompiledPolicy(policy, common, clauses, by_id, compiler.node)


def _place(company: Place, subject: Subject) -> Place:
    if subject.item is not None:
        return company.at_item(subject.item)
    if subject.presence is Presence.PRESENT:
        return company
    return company.without_item(subject.entity, subject.presence)
