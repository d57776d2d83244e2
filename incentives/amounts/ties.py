"""All the best combinations of a part, in the order of their ids: which one is chosen and which are its equals.

Imports nothing of this project but the search.
"""

from __future__ import annotations

from collections.abc import Sequence

from incentives.amounts.payments import bits
from incentives.amounts.search import OutOfWork, Search
from incentives.records import NamedTuple


class _Branch(NamedTuple):
    """Those before `place` are decided; the open ones must still add `lacking`, as `witness` does if there is one."""

    place: int
    open_: int
    room: Sequence[int]
    lacking: int
    taken: int
    refused: int
    witness: int | None


def best_sets(
    search: Search, part: int, room: Sequence[int], worth: int, witness: int, order: Sequence[int], at_most: int
) -> list[int]:
    """The first `at_most` combinations out of `part` that add `worth`, and to which nothing can be added.

    `order` lists the candidates; of two combinations that first comes which has the first candidate they do not
    share. `worth` is the most that can be added and `witness` adds it. Fewer, down to none, if the work runs out.
    """
    found: list[int] = []
    branches = [_Branch(0, part, room, worth, 0, 0, witness)]
    try:
        while branches and len(found) < at_most:
            branch: _Branch | None = branches.pop()
            while branch is not None:
                branch = _step(search, branch, order, branches, found)
    except OutOfWork:
        pass
    return found


def _step(
    search: Search, branch: _Branch, order: Sequence[int], branches: list[_Branch], found: list[int]
) -> _Branch | None:
    """Decide one candidate: the branch to go on with, if any; the other one is put by."""
    place, open_, room, lacking, taken, refused, witness = branch
    if witness is None:
        witness = _reach(search, open_, room, lacking)
        if witness is None:
            return None
    if not open_:
        if not refused:
            found.append(taken)
        return None
    while not open_ >> order[place] & 1:
        place += 1
    one = order[place]
    without = _Branch(place + 1, open_ ^ 1 << one, room, lacking, taken, refused | 1 << one, witness)

    left = list(room)
    needed = search.kept_out(one, open_ ^ 1 << one, room)
    lacking -= search.pay(1 << one, search.amounts, left)
    full = search.full(left)
    open_ &= ~(search.conflicts[one] | full | 1 << one)
    refused &= ~(search.conflicts[one] | full)
    # One refused for nothing could be added after all: the combination would be listed without a reason to lack it.
    possible = all(search.kept_out(other, open_, left) for other in bits(refused))
    certain = witness >> one & 1 == 1
    then = (witness & open_) if certain else (_reach(search, open_, left, lacking) if possible else None)
    taking = _Branch(place + 1, open_, left, lacking, taken | 1 << one, refused, then)

    if not needed:
        return taking if possible else None
    if not possible or then is None:
        return without if not certain else without._replace(witness=None)
    branches.append(without._replace(witness=None) if certain else without)
    return taking


def _reach(search: Search, open_: int, room: Sequence[int], lacking: int) -> int | None:
    """A combination out of `open_` that adds what is lacking; `None` if there is none."""
    if lacking <= 0:
        return 0
    if search.pay(open_, search.amounts, list(room)) < lacking:
        return None
    if search.work <= 0:
        raise OutOfWork
    best = search.best(open_, search.amounts, room, lacking - 1, lacking)
    if best.least >= lacking:
        return best.chosen
    if best.most >= lacking:
        raise OutOfWork
    return None
