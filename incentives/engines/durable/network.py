"""A policy compiled to forward-chaining rules, as plain data. Imports the model only.

Negation is pushed down to the atoms: under an odd number of `not`s a node stands for its own failing, so
an `all` there chains like an `any`. Each node then has one proposition, and every rule is positive. Run
over what certainly holds and over what possibly holds, the same rules give both ends of the truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, assert_never

from incentives.language.model import (
    All,
    AnyOf,
    Condition,
    Equals,
    IncludesAny,
    ItemExists,
    Not,
    OneOf,
    Policy,
    Within,
    children,
    walk,
)

PATTERNS_PER_RULE = 12
"""durable-rules fails on a rule past 16 patterns; a longer list is chained through parts."""

ROW_EXISTS = 1
"""The proposition that there is such a row: a conclusion about it may follow from the company alone."""


class Pattern(NamedTuple):
    """A message of this proposition: about one row, on which the rule joins, or about the company."""

    proposition: int
    about_row: bool


class Rule(NamedTuple):
    """When every pattern is matched, for one and the same row, the conclusion holds of that row."""

    when: tuple[Pattern, ...]
    concludes: int


class Leaf(NamedTuple):
    """An atom with its proposition; `negated` when the proposition is that the atom fails."""

    atom: Condition
    proposition: int
    negated: bool


class Inner(NamedTuple):
    """A node whose truth the network gives. `negated` when its proposition is that the node fails."""

    node: Condition
    proposition: int
    negated: bool


class Part(NamedTuple):
    """One tree of conditions: a clause, or the conditions common to all clauses."""

    leaves: tuple[Leaf, ...]
    inner: tuple[Inner, ...]


class Network(NamedTuple):
    """The rules of one policy.

    `truth` chains propositions. `openness` runs on the nodes that truth left open, with two numbers to a
    proposition: `open_of` says the node is open, `data_of` that it waits for missing data; the second
    chains upward through open nodes.
    """

    truth: tuple[Rule, ...]
    openness: tuple[Rule, ...]
    common: Part
    clauses: Mapping[str, Part]


def open_of(proposition: int) -> int:
    return 2 * proposition


def data_of(proposition: int) -> int:
    return 2 * proposition + 1


def compile_policy(policy: Policy) -> Network:
    return _Compiler().network(policy)


class _Compiler:
    def __init__(self) -> None:
        self._propositions: dict[str, int] = {}
        self._last = ROW_EXISTS
        self._truth: list[Rule] = []
        self._openness: list[Rule] = []

    def network(self, policy: Policy) -> Network:
        common = Part((), ())
        if policy.common is not None:
            common = self._part(policy.common, frozenset(), about_row=False)
        # Every node, so that a `not`, which has no proposition of its own, is not taken for the clause's.
        shared = frozenset(node.id for node in walk(policy.common)) if policy.common is not None else frozenset()
        clauses = {clause.id: self._part(clause.condition, shared, about_row=True) for clause in policy.clauses}
        return Network(tuple(self._truth), tuple(self._openness), common, clauses)

    def _part(self, root: Condition, shared: frozenset[str], *, about_row: bool) -> Part:
        """The rules of one tree, about one row or the company; what is `shared` is about the company."""
        leaves: list[Leaf] = []
        inner: list[Inner] = []
        for node, negated in _signed(root, negated=False):
            if node.id in shared:
                continue
            match node.form:
                case All() | AnyOf():
                    inner.append(Inner(node, self._proposition(node), negated))
                    patterns = [
                        Pattern(self._proposition(child), about_row and child.id not in shared)
                        for child in children(node)
                    ]
                    together = isinstance(node.form, All) != negated
                    self._chain(Pattern(self._proposition(node), about_row), patterns, together)
                case Not():
                    inner.append(Inner(node, self._proposition(node), negated))
                case Within() | Equals() | OneOf() | IncludesAny() | ItemExists():
                    leaves.append(Leaf(node, self._proposition(node), negated))
                case _:
                    assert_never(node.form)
        return Part(tuple(leaves), tuple(inner))

    def _proposition(self, node: Condition) -> int:
        """A `not` shares the proposition of what it negates: one holds where the other fails."""
        while isinstance(node.form, Not):
            node = node.form.of
        if node.id not in self._propositions:
            self._propositions[node.id] = self._new()
        return self._propositions[node.id]

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _chain(self, conclusion: Pattern, patterns: list[Pattern], together: bool) -> None:
        waiting = Pattern(open_of(conclusion.proposition), conclusion.about_row)
        self._openness += [
            Rule(
                (waiting, Pattern(data_of(pattern.proposition), pattern.about_row)),
                data_of(conclusion.proposition),
            )
            for pattern in patterns
        ]
        if not together:
            self._truth += [Rule((pattern,), conclusion.proposition) for pattern in patterns]
            return
        # A conclusion is about a row as soon as one of its patterns is, so those come first.
        remaining = sorted(patterns, key=lambda pattern: not pattern.about_row)
        if conclusion.about_row and not (remaining and remaining[0].about_row):
            remaining.insert(0, Pattern(ROW_EXISTS, about_row=True))
        while len(remaining) > PATTERNS_PER_RULE:
            part = self._new()
            self._truth.append(Rule(tuple(remaining[:PATTERNS_PER_RULE]), part))
            remaining = [Pattern(part, remaining[0].about_row), *remaining[PATTERNS_PER_RULE:]]
        self._truth.append(Rule(tuple(remaining), conclusion.proposition))


def _signed(node: Condition, *, negated: bool) -> Iterator[tuple[Condition, bool]]:
    """Every node with whether it stands under an odd number of `not`s."""
    yield node, negated
    for child in children(node):
        yield from _signed(child, negated=negated != isinstance(node.form, Not))
