"""Which openness rules cannot matter, worked out from the policy: no profile shows their removal.

Such a rule says of one part: it waits for data, so what joins the parts does. It cannot matter where the part
can only wait for a person; nor where, whatever the part waits for, another part waits for too or else settles
the whole. Of two tests of one fact in one `all`, either rule can go, though not both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from incentives.engines.durable.network import Network, data_of, open_of
from incentives.facts.vocabulary import COMPANY
from incentives.language.model import (
    Policy,
)
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
from incentives.language.reads import reads_in
from incentives.language.walks import children

Awaited = frozenset[str]
"""What can be missing: facts as `entity.fact`, lists by their entity."""

NOTHING: Awaited = frozenset()


def redundant_openness(policy: Policy, network: Network) -> set[int]:
    """The places, among the openness rules of `network`, of those that cannot matter."""
    propositions: dict[str, int] = {}
    for tree in (network.common, *network.clauses.values()):
        propositions |= {leaf.atom.id: leaf.proposition for leaf in tree.leaves}
        propositions |= {inner.node.id: inner.proposition for inner in tree.inner}
    steps = {
        frozenset({open_of(propositions[parent.id]), data_of(propositions[part.id])})
        for clause in policy.clauses
        for parent, negated in _joining(clause.condition, negated=False)
        for part in children(parent)
        if _cannot_matter(part, parent, negated)
    }
    return {
        place
        for place, rule in enumerate(network.openness)
        if frozenset(pattern.proposition for pattern in rule.when) in steps
    }


def _joining(node: Condition, negated: bool) -> Iterator[tuple[Condition, bool]]:
    """The nodes that join others, with whether they stand under an odd number of `not`s."""
    match node.form:
        case All(of) | AnyOf(of) | AtLeast(of):
            yield node, negated
            for part in of:
                yield from _joining(part, negated)
        case Not(of):
            yield from _joining(of, not negated)
        case _:
            return


def _cannot_matter(part: Condition, parent: Condition, negated: bool) -> bool:
    together = None if isinstance(parent.form, AtLeast) else isinstance(parent.form, All) != negated
    elsewhere = [_surely(other, negated, together) for other in children(parent) if other is not part]
    return _awaited(part) <= NOTHING.union(*elsewhere)


def _awaited(node: Condition) -> Awaited:
    """Everything whose being missing can leave the node waiting for data."""
    match node.form:
        case All(of) | AnyOf(of) | AtLeast(of):
            return NOTHING.union(*(_awaited(part) for part in of))
        case Not(of):
            return _awaited(of)
        case ItemExists():
            return frozenset({node.entity})
        case Within() | Equals() | OneOf() | IncludesAny() | StartsWith() as test:
            of_list = NOTHING if node.entity == COMPANY else frozenset({node.entity})
            return of_list if test.judgement is not None else of_list | {f"{node.entity}.{test.fact.id}"}
        case Holds(_, of):
            return _awaited(of)
        case Unstated():
            return NOTHING
        case Measured() if not any(reads_in(node)):
            return NOTHING  # the day of application, which is never open
        case Measured() | Items():
            # Several facts can keep it open, any of them alone: but for the item none is sure to be waited for.
            return frozenset({node.id}) | (NOTHING if node.entity == COMPANY else {node.entity})
        case _:
            assert_never(node.form)


def _surely(node: Condition, negated: bool, together: bool | None) -> Awaited:
    """Everything whose being missing leaves the node waiting, unless it settles an `all` or `any` around it.

    `together` says which of the two is around it, an `all` or its like; None where one part never settles it.
    """
    match node.form:
        case All(of) | AnyOf(of):
            if (isinstance(node.form, All) != negated) is together or len(of) == 1:
                return NOTHING.union(*(_surely(part, negated, together) for part in of))
            return NOTHING
        case AtLeast():
            return NOTHING
        case Not(of):
            return _surely(of, not negated, together)
        case Holds(_, of):
            return _surely(of, negated, together)
        case _:
            return _awaited(node)
