"""The durable-rules engine: atoms settled exactly, everything above them chained on the network.

Imports the model, atoms, rows, the network and the Rete driver; nothing of the reference evaluator.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple, assert_never

from incentives.engines.atoms import settle
from incentives.engines.clashes import Candidate, Clash
from incentives.engines.durable.clashes import Clashing, compile_clashes, concluded_clashes
from incentives.engines.durable.network import (
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
            _settle(number, self.network.clauses[clause.id], subject)
            for number, (clause, subject) in enumerate(pairs, start=1)
        ]
        truth = self._truths([common, *settled])
        shared = truth[COMPANY_ROW]
        return tuple(
            [Row(clause, subject, shared | truth[number]) for number, (clause, subject) in enumerate(pairs, start=1)]
        )

    def _truths(self, parts: Sequence[_Settled]) -> list[dict[str, State]]:
        """The state of every node of every part: two passes for the ends of the truth, a third for what is open."""
        certain = self._pass(self.truth, parts, _certain)
        anything_open = any(state.unknown for part in parts for _, state in part.leaves)
        possible = self._pass(self.truth, parts, _possible) if anything_open else certain
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
        messages: list[list[Message]] = []
        for part, still_open in zip(parts, open_nodes, strict=True):
            batch = [(open_of(inner.proposition), part.row) for inner in still_open if _is_own(inner, part)]
            batch += [(data_of(leaf.proposition), part.row) for leaf, state in part.leaves if state is State.MISSING]
            messages.append(batch)
        waiting = self.openness.conclude(messages[0], messages[1:])
        for part, own, still_open in zip(parts, states, open_nodes, strict=True):
            for inner in still_open:
                row = part.row if inner.about_row else COMPANY_ROW
                by_data = (data_of(inner.proposition), row) in waiting
                own[inner.node.id] = State.MISSING if by_data else State.JUDGEMENT

    def _pass(self, rete: Rete, parts: Sequence[_Settled], holds: Callable[[State, bool], bool]) -> set[Message]:
        messages = [
            [(leaf.proposition, part.row) for leaf, state in part.leaves if holds(state, leaf.negated)]
            + ([(ROW_EXISTS, part.row)] if part.row != COMPANY_ROW else [])
            for part in parts
        ]
        return rete.conclude(messages[0], messages[1:])


def _settle(row: int, part: Part, subject: Subject) -> _Settled:
    return _Settled(row, tuple([(leaf, settle(leaf.atom, subject)) for leaf in part.leaves]), part.inner)


def _is_own(inner: Inner, part: _Settled) -> bool:
    """Whether an open node is this part's to tell of: what is about the company is told once."""
    return inner.about_row or part.row == COMPANY_ROW


def _certain(state: State, negated: bool) -> bool:
    """Whether an atom's proposition holds whatever is still unknown."""
    match state:
        case State.HOLDS:
            return not negated
        case State.FAILS:
            return negated
        case State.MISSING | State.JUDGEMENT:
            return False
        case _:
            assert_never(state)


def _possible(state: State, negated: bool) -> bool:
    """Whether an atom's proposition can still hold."""
    return state.unknown or _certain(state, negated)
