"""The facts that keep an outcome: told only these it is the same, told any fewer it is open."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from incentives.advice.keeping import keeping
from incentives.facts.places import Place, only
from tests.advice.trials import generated


def test_keeping_the_facts_keeps_the_outcome_and_keeping_fewer_does_not() -> None:
    sizes: Counter[int] = Counter()
    for trial in generated(250):
        kept = keeping(trial)
        state = trial.state()
        if state is None or state.unknown:
            assert kept is None
            continue
        assert kept is not None
        own = trial.clause.for_each
        granted = [Place(own.id, None, None)] if own is not None and trial.item is not None else []
        assert trial._replace(profile=only(trial.profile, [*granted, *kept])).state() is state
        for size in range(len(kept)):
            for fewer in combinations(kept, size):
                found = trial._replace(profile=only(trial.profile, [*granted, *fewer])).state()
                assert found is not None
                assert found.unknown, (kept, fewer)
        sizes[len(kept)] += 1
    assert sizes[1] > 50
    assert sum(count for size, count in sizes.items() if size > 1) > 50
