"""The durable-rules engine: atoms settled exactly, everything above them chained on the network.

Imports the model, atoms, rows, the network and the Rete driver; nothing of the reference evaluator.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from incentives.engines.atoms import settle
from incentives.engines.clashes import Candidate, Clash
from incentives.engines.durable.clashes import Clashing, compile_clashes, concluded_clashes
from incentives.engines.durable.network import (
    COMPANY_EXISTS,
    ROW_EXISTS,
    Inner,
    Leaf,
    Network,
    Part,
    compile_policy,
    data_of,
    open_of,
)
from incentives.engines.durable.rete import COMPANY_ROW, Message, Rete
from incentives.engines.rows import Row
from incentives.engines.subjects import Subject, company_subject, subjects
from incentives.facts.profile import Profile
from incentives.language.model import Policy
from incentives.records import NamedTuple
from incentives.values import State


class DurableEngine:
    """Compiles each policy on first use, once for each thread that asks."""

    name = "durable"

    def __init__(
        self,
        compiler: Callable[[Policy], Network] = compile_policy,
        stacking: Callable[[Policy], Clashing] = compile_clashes,
    ) -> None:
        self._compile = compiler
        self._compile_stacking = stacking
        self._thread = threading.local()

    def rows(self, policy: Policy, profile: Profile, on: date) -> tuple[Row, ...]:
        with self._compiled(policy) as compiled:
            return compiled.rows(profile, on)

    def clashes(self, policy: Policy, found: Sequence[Candidate]) -> frozenset[Clash]:
        if not policy.rules:
            return frozenset()
        with self._compiled(policy) as compiled:
            return concluded_clashes(compiled.clashing, compiled.stacking, found)

    @contextmanager
    def _compiled(self, policy: Policy) -> Iterator[_Compiled]:
        """The policy's rulesets, taken out while they run: cut short they may hold messages and are dropped."""
        kept: dict[int, _Compiled] | None = getattr(self._thread, "compiled", None)
        if kept is None:
            kept = self._thread.compiled = {}
        known = kept.pop(id(policy), None)
        if known is None:
            known = self._made(policy)
        yield known
        kept[id(policy)] = known

    def _made(self, policy: Policy) -> _Compiled:
        network, clashing = self._compile(policy), self._compile_stacking(policy)
        truth, openness = Rete("truth", network.truth), Rete("openness", network.openness)
        return _Compiled(policy, network, truth, openness, clashing, Rete("stacking", clashing.rules))


class _Settled(NamedTuple):
    """The atoms and inner nodes of one row, with the states of its atoms."""

    row: int
    leaves: tuple[tuple[Leaf, State], ...]
    inner: tuple[Inner, ...]


class _Compiled(NamedTuple):
    """A policy's rulesets. It holds the policy, so that no other can come to have its identity."""

    policy: Policy
    network: Network
    truth: Rete
    openness: Rete
    clashing: Clashing
    stacking: Rete

    def rows(self, profile: Profile, on: date) -> tuple[Row, ...]:
        company = company_subject(profile, on)
        common = _settle(COMPANY_ROW, self.network.common, company)
        pairs = [(clause, subject) for clause in self.policy.clauses for subject in subjects(clause, company)]
        settled = [
            _settle(COMPANY_ROW if clause.for_each is None else number, self.network.clauses[clause.id], subject)
            for number, (clause, subject) in enumerate(pairs, start=1)
        ]
        truth = self._truths([common, *settled])
        shared = truth[COMPANY_ROW]
        return tuple(
            [Row(clause, subject, shared | truth[number]) for number, (clause, subject) in enumerate(pairs, start=1)]
        )

    def _truths(self, parts: Sequence[_Settled]) -> list[dict[str, State]]:
        """The state of every node of every part: two passes for the ends of the truth, a third for what is open."""
        surely, perhaps = _certain(parts), _possible(parts)
        certain = self.truth.conclude(surely)
        possible = self.truth.conclude(perhaps) if perhaps != surely else certain
        states: list[dict[str, State]] = []
        open_nodes: list[list[Inner]] = []
        for part in parts:
            own = {leaf.atom.id: state for leaf, state in part.leaves}
            still_open: list[Inner] = []
            for inner in part.inner:
                message = (inner.proposition, part.row if inner.about_row else COMPANY_ROW)
                if message in certain:
                    own[inner.node.id] = State.FAILS if inner.negated else State.HOLDS
                elif message not in possible:
                    own[inner.node.id] = State.HOLDS if inner.negated else State.FAILS
                else:
                    still_open.append(inner)
            states.append(own)
            open_nodes.append(still_open)
        if any(open_nodes):
            self._tell_apart(parts, states, open_nodes)
        return states

    def _tell_apart(
        self,
        parts: Sequence[_Settled],
        states: list[dict[str, State]],
        open_nodes: list[list[Inner]],
    ) -> None:
        """Open by missing data, or by nothing but a person's judgement."""
        messages: list[Message] = []
        for part, still_open in zip(parts, open_nodes, strict=True):
            messages += [(open_of(inner.proposition), part.row) for inner in still_open if _is_own(inner, part)]
            missing = [leaf for leaf, state in part.leaves if state is State.MISSING]
            messages += [(data_of(leaf.proposition), part.row) for leaf in missing]
        waiting = self.openness.conclude(messages)
        for part, own, still_open in zip(parts, states, open_nodes, strict=True):
            for inner in still_open:
                row = part.row if inner.about_row else COMPANY_ROW
                by_data = (data_of(inner.proposition), row) in waiting
                own[inner.node.id] = State.MISSING if by_data else State.JUDGEMENT


def _settle(row: int, part: Part, subject: Subject) -> _Settled:
    return _Settled(row, tuple([(leaf, settle(leaf.atom, subject)) for leaf in part.leaves]), part.inner)


def _is_own(inner: Inner, part: _Settled) -> bool:
    """Whether an open node is this part's to tell of: what is about the company is told once."""
    return inner.about_row or part.row == COMPANY_ROW


def _certain(parts: Iterable[_Settled]) -> list[Message]:
    """The propositions of atoms that hold whatever is still unknown, with the rows there are."""
    return [
        (leaf.proposition, part.row)
        for part in parts
        for leaf, state in part.leaves
        if state is (State.FAILS if leaf.negated else State.HOLDS)
    ] + _rows_of(parts)


def _possible(parts: Iterable[_Settled]) -> list[Message]:
    """The propositions of atoms that can still hold, with the rows there are."""
    return [
        (leaf.proposition, part.row)
        for part in parts
        for leaf, state in part.leaves
        if state is not (State.HOLDS if leaf.negated else State.FAILS)
    ] + _rows_of(parts)


def _rows_of(parts: Iterable[_Settled]) -> list[Message]:
    rows = [(ROW_EXISTS, part.row) for part in parts if part.row != COMPANY_ROW]
    return [(COMPANY_EXISTS, COMPANY_ROW), *rows]
