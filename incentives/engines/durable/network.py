"""A policy compiled to forward-chaining rules, as plain data. Imports the model only.

Negation is pushed down to the atoms: under an odd number of `not`s a node stands for its own failing, so
an `all` there chains like an `any`. Every rule is then positive; a definition that is used both ways has a
proposition for each. Run
over what certainly holds and over what possibly holds, the same rules give both ends of the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from incentives.facts.vocabulary import COMPANY
from incentives.language.model import Policy
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
from incentives.language.walks import children, walk
from incentives.records import NamedTuple

PATTERNS_PER_RULE = 12
"""durable-rules fails on a rule past 16 patterns; a longer list is chained through parts."""

ROW_EXISTS = 1
"""The proposition that there is such a row: a conclusion about it may follow from the company alone."""

COMPANY_EXISTS = 2
"""The same of the company: a clause that asks nothing of it holds."""


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
    """A node whose truth the network gives. `negated` when its proposition is that the node fails.

    `about_row` is False where the proposition is about the company, as that of a definition can be.
    """

    node: Condition
    proposition: int
    negated: bool
    about_row: bool


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
        self._propositions: dict[Signed, int] = {}
        self._last = COMPANY_EXISTS
        self._truth: list[Rule] = []
        self._openness: list[Rule] = []
        self._chained: set[Signed] = set()
        self._shared: set[str] = set()
        """The nodes that are about the company wherever they are used."""

    def network(self, policy: Policy) -> Network:
        roots = [policy.common] if policy.common is not None else []
        roots += [clause.condition for clause in policy.clauses]
        used = _company_definitions(roots)
        for root in ([policy.common] if policy.common is not None else []) + [node for node, _ in used]:
            self._shared |= {node.id for node in walk(root)}
        seen: set[Signed] = set()
        shared = [(policy.common, False)] if policy.common is not None else []
        parts = [self._part(node, seen, negated=negated, about_row=False) for node, negated in [*shared, *used]]
        company = Part(
            tuple([leaf for part in parts for leaf in part.leaves]),
            tuple([inner for part in parts for inner in part.inner]),
        )
        clauses = {
            clause.id: self._part(clause.condition, set(), negated=False, about_row=clause.for_each is not None)
            for clause in policy.clauses
        }
        return Network(tuple(self._truth), tuple(self._openness), company, clauses)

    def _part(self, root: Condition, seen: set[Signed], *, negated: bool, about_row: bool) -> Part:
        """The rules of one tree but for what was `seen`, about one row or the company.

        What is shared is about the company.
        """
        leaves: list[Leaf] = []
        inner: list[Inner] = []
        for node, sign in _signed(root, seen, negated=negated):
            if about_row and node.id in self._shared:
                continue
            proposition = self._proposition(node, sign)
            own = about_row and _base(node, sign)[0].id not in self._shared
            match node.form:
                case All() | AnyOf() | AtLeast() as form:
                    inner.append(Inner(node, proposition, sign, own))
                    patterns = [self._pattern(child, sign, about_row) for child in children(node)]
                    if (node.id, sign) not in self._chained:
                        self._chained.add((node.id, sign))
                        self._join(form, sign, Pattern(proposition, about_row), patterns)
                case Not() | Holds():
                    inner.append(Inner(node, proposition, sign, own))
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
                    leaves.append(Leaf(node, proposition, sign))
                case _:
                    assert_never(node.form)
        return Part(tuple(leaves), tuple(inner))

    def _pattern(self, child: Condition, negated: bool, about_row: bool) -> Pattern:
        base, _ = _base(child, negated)
        return Pattern(self._proposition(child, negated), about_row and base.id not in self._shared)

    def _proposition(self, node: Condition, negated: bool) -> int:
        base, sign = _base(node, negated)
        key = (base.id, sign)
        if key not in self._propositions:
            self._propositions[key] = self._new()
        return self._propositions[key]

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _join(self, form: All | AnyOf | AtLeast, negated: bool, conclusion: Pattern, patterns: list[Pattern]) -> None:
        """What joins several propositions; negated, that it fails by those that their nodes fail."""
        waiting = Pattern(open_of(conclusion.proposition), conclusion.about_row)
        self._openness += [
            Rule(
                (waiting, Pattern(data_of(pattern.proposition), pattern.about_row)),
                data_of(conclusion.proposition),
            )
            for pattern in patterns
        ]
        if isinstance(form, AtLeast):
            self._count(conclusion, patterns, form.failures if negated else form.number)
        elif isinstance(form, All) != negated:
            self._together(conclusion, patterns)
        else:
            for pattern in patterns:
                self._truth.append(Rule(_of_row(conclusion, pattern), conclusion.proposition))

    def _count(self, conclusion: Pattern, patterns: list[Pattern], number: int) -> None:
        """That at least `number` of the patterns hold, counted pattern by pattern."""
        # A conclusion is about a row as soon as one of its patterns is, so those come first.
        ordered = sorted(patterns, key=lambda pattern: not pattern.about_row)
        counted: dict[int, Pattern] = {}
        """That at least so many of the patterns so far hold."""
        for place, pattern in enumerate(ordered, start=1):
            last = place == len(ordered)
            so_far: dict[int, Pattern] = {}
            for many in range(max(1, number - len(ordered) + place), min(place, number) + 1):
                found = conclusion if last else Pattern(self._new(), ordered[0].about_row)
                if many in counted:
                    self._truth.append(Rule(_of_row(found, counted[many]), found.proposition))
                if many == 1 or many - 1 in counted:
                    before = () if many == 1 else (counted[many - 1],)
                    self._truth.append(Rule(_of_row(found, *before, pattern), found.proposition))
                so_far[many] = found
            counted = so_far

    def _together(self, conclusion: Pattern, patterns: list[Pattern]) -> None:
        # A conclusion is about a row as soon as one of its patterns is, so those come first.
        remaining = sorted(patterns, key=lambda pattern: not pattern.about_row)
        if conclusion.about_row and not (remaining and remaining[0].about_row):
            remaining.insert(0, Pattern(ROW_EXISTS, about_row=True))
        elif not remaining:
            remaining = [Pattern(COMPANY_EXISTS, about_row=False)]
        while len(remaining) > PATTERNS_PER_RULE:
            part = self._new()
            self._truth.append(Rule(tuple(remaining[:PATTERNS_PER_RULE]), part))
            remaining = [Pattern(part, remaining[0].about_row), *remaining[PATTERNS_PER_RULE:]]
        self._truth.append(Rule(tuple(remaining), conclusion.proposition))


def _of_row(conclusion: Pattern, *patterns: Pattern) -> tuple[Pattern, ...]:
    """The patterns, among them one about the row where the conclusion is about it."""
    if conclusion.about_row and not any(pattern.about_row for pattern in patterns):
        return (Pattern(ROW_EXISTS, about_row=True), *patterns)
    return patterns


Signed = tuple[str, bool]
"""A node by its id, and whether it is its failing that counts."""


def _base(node: Condition, negated: bool) -> tuple[Condition, bool]:
    """The node whose proposition a `not` or the use of a definition shares: one holds where the other fails."""
    while isinstance(node.form, Not | Holds):
        negated = negated != isinstance(node.form, Not)
        node = node.form.of
    return node, negated


def _signed(node: Condition, seen: set[Signed], *, negated: bool) -> Iterator[tuple[Condition, bool]]:
    """Every node not `seen` yet, once each way, with whether it stands under an odd number of `not`s."""
    waiting = [(node, negated)]
    while waiting:
        one, sign = waiting.pop()
        if (one.id, sign) in seen:
            continue
        seen.add((one.id, sign))
        yield one, sign
        below = sign != isinstance(one.form, Not)
        waiting += [(child, below) for child in reversed(children(one))]


def _company_definitions(roots: Iterable[Condition]) -> list[tuple[Condition, bool]]:
    """The definitions about the company that are used, each in the polarities it is used in."""
    found: dict[Signed, tuple[Condition, bool]] = {}
    seen: set[Signed] = set()
    for root in roots:
        for node, negated in _signed(root, seen, negated=False):
            if isinstance(node.form, Holds) and node.form.of.entity == COMPANY:
                found.setdefault((node.form.of.id, negated), (node.form.of, negated))
    return list(found.values())
