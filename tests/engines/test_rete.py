"""The driver of the Rete network by itself: it draws what follows, nothing else, one small ruleset after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.engines.durable.network import Pattern, Rule, compile_policy
from incentives.language.store import PolicySet
from tests.marks import needs_durable

pytestmark = needs_durable

Message = tuple[int, int]
ROWS = 20
"""More than are joined in one run."""


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    """Rules in any order, none in a circle; a conclusion is about a row where a pattern is, and that comes first."""
    about_row = [draw(st.booleans()) for _ in range(draw(st.integers(2, 16)))]
    made: list[Rule] = []
    for concluded in range(1, len(about_row)):
        below = [p for p in range(concluded) if about_row[concluded] or not about_row[p]]
        for _ in range(draw(st.integers(0, 3))) if below else ():
            when = draw(st.lists(st.sampled_from(below), min_size=1, max_size=6, unique=True))
            if any(about_row[p] for p in when) is not about_row[concluded]:
                continue
            ordered = sorted(when, key=lambda p: not about_row[p])
            made.append(Rule(tuple(Pattern(p + 1, about_row[p]) for p in ordered), concluded + 1))
    return draw(st.permutations(made))


@st.composite
def told(draw: st.DrawFn) -> tuple[list[Rule], list[Message]]:
    made = draw(rules())
    company = sorted({p.proposition for rule in made for p in rule.when if not p.about_row})
    of_rows = sorted({p.proposition for rule in made for p in rule.when if p.about_row})
    given_of_company = draw(st.lists(st.sampled_from(company), unique=True)) if company else []
    messages = [(p, 0) for p in given_of_company]
    for row in range(1, draw(st.integers(0, ROWS)) + 1):
        messages += [(p, row) for p in (draw(st.lists(st.sampled_from(of_rows), unique=True)) if of_rows else [])]
    return made, messages


def follows(made: Sequence[Rule], messages: Sequence[Message]) -> set[Message]:
    """What the rules conclude, tried again and again on every row until nothing is new."""
    known = set(messages)
    rows = {row for _, row in known} | {0}
    while True:
        new = {
            (rule.concludes, row if rule.when[0].about_row else 0)
            for rule in made
            for row in rows
            if (row != 0) is rule.when[0].about_row
            and all((one.proposition, row if one.about_row else 0) in known for one in rule.when)
        }
        if new <= known:
            return known
        known |= new


@given(told())
def test_it_draws_what_follows_and_nothing_else(both: tuple[list[Rule], list[Message]]) -> None:
    from incentives.engines.durable.rete import Rete

    made, messages = both
    rete = Rete("told", made)
    for _ in range(2):  # what a run leaves behind would show in the next
        assert rete.conclude(messages) == follows(made, messages)


@given(rules())
def test_no_ruleset_waits_for_what_a_later_one_concludes(made: list[Rule]) -> None:
    from incentives.engines.durable.rete import _chunks

    concluded: set[int] = set()
    later = [rule.concludes for rule in made]
    for chunk in _chunks(made):
        for number in chunk:
            needed = {pattern.proposition for pattern in made[number].when}
            assert not needed & set(later), "all rules that conclude it have come before"
            concluded.add(made[number].concludes)
            later.remove(made[number].concludes)
    assert not later


def test_the_state_of_one_ruleset_alone_is_alive_at_a_time(
    shipped: PolicySet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several at once take so much memory that the system takes it back after every run."""
    from incentives.engines.durable import rete

    network = compile_policy(max(shipped.policies, key=lambda policy: len(policy.clauses)))
    told = [
        (pattern.proposition, row)
        for pattern in dict.fromkeys(pattern for rule in network.truth for pattern in rule.when)
        for row in (range(1, ROWS) if pattern.about_row else [0])
    ]
    alive: set[int] = set()
    most: list[int] = []

    class Watched:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def assert_fact(self, handle: int, text: str) -> tuple[int, int]:
            alive.add(handle)
            most.append(len(alive))
            found: tuple[int, int] = real.assert_fact(handle, text)
            return found

        def delete_state(self, handle: int, state: str) -> None:
            real.delete_state(handle, state)
            alive.remove(handle)

    real: Any = vars(rete)["durable"]
    monkeypatch.setattr(rete, "durable", Watched())
    made = rete.Rete("watched", network.truth)
    made.conclude(told)
    monkeypatch.undo()
    assert max(most) == 1
    assert not alive


def test_a_ruleset_that_is_told_nothing_is_not_compiled() -> None:
    from incentives.engines.durable.rete import PATTERNS_PER_RULESET, Rete

    made = [
        Rule((Pattern(2 * number, about_row=False),), 2 * number + 1) for number in range(1, 3 * PATTERNS_PER_RULESET)
    ]
    rete = Rete("lazy", made)
    assert rete.conclude([(4, 0)]) == {(4, 0), (5, 0)}
    assert len(rete._handles) == 1
    assert len(rete._chunks) > 2
