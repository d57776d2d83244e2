"""A failing case made smaller: parts of the policy and of the profile are left out as long as it still fails."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.generators import read_raw, vocabulary, write
from tests.whole.gaps import reads
from tests.whole.profiles import WholeCase

MOST_TRIES = 600

Path = tuple[Any, ...]
_KEPT = ("incentives", "policy", "title", "issuer", "document", "in_force")


def smaller(case: WholeCase, fails: Callable[[WholeCase], bool]) -> WholeCase:
    """The smallest case found on which `fails` is still true. A policy that is refused does not count as failing."""
    tries = 0
    shrunk = True
    while shrunk:
        shrunk = False
        for candidate in _candidates(case):
            tries += 1
            if tries > MOST_TRIES:
                return case
            if fails(candidate):
                case, shrunk = candidate, True
                break
    return case


def _candidates(case: WholeCase) -> Iterator[WholeCase]:
    policy = read_raw(case.policy_text)
    for path in _paths({key: part for key, part in policy.items() if key not in _KEPT}):
        for changed in _without(policy, path):
            yield case._replace(policy_text=write(changed), read=reads(changed, vocabulary()))
    for path in _paths(case.full):
        if path != ("name",):
            parts = [next(_without(part, path), part) for part in (case.full, case.profile)]
            yield case._replace(full=parts[0], profile=parts[1])


def _paths(part: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in nested data, the outer ones first."""
    entries = (
        list(part.items()) if isinstance(part, Mapping) else list(enumerate(part)) if isinstance(part, list) else []
    )
    for key, _ in entries:
        yield (*path, key)
    for key, inner in entries:
        yield from _paths(inner, (*path, key))


def _without(data: Any, path: Path) -> Iterator[Any]:
    """The data without what is at `path`; and with a part of it in its place."""
    for keep in (False, True):
        changed = copy.deepcopy(data)
        holder = changed
        try:
            for key in path[:-1]:
                holder = holder[key]
            inner = holder[path[-1]]
        except (KeyError, IndexError, TypeError):
            return
        if not keep:
            del holder[path[-1]]
            yield changed
        elif isinstance(inner, Mapping):
            for part in inner.values():
                holder[path[-1]] = part
                yield copy.deepcopy(changed)
