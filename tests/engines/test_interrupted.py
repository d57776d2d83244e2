"""A run that is cut short anywhere leaves nothing behind for the next company."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from incentives import Evaluator, load_policies
from tests.marks import needs_durable

EXAMPLES = Path(__file__).parents[2] / "policies" / "wuhou-microwave-rf-2023" / "examples"
ON = date(2026, 3, 1)


@needs_durable
@pytest.mark.parametrize(
    "call", ["assert_fact", "delete_state", "start_action_for_state", "complete_and_start_action"]
)
@pytest.mark.parametrize("place", [1, 2, 3, 7, 12])
def test_the_next_company_is_decided_as_ever(call: str, place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from incentives.engines.durable import rete

    policies = load_policies()
    rich, poor = EXAMPLES / "all-three.yaml", EXAMPLES / "one-fen-below.yaml"
    expected = Evaluator(policies, "reference").check(poor, ON)
    evaluator = Evaluator(policies, "durable")
    evaluator.check(poor, ON)
    real: Any = vars(rete)["durable"]
    calls = 0

    class CutShort:
        """The library, whose call is interrupted after it has done its work."""

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name) if name != call else self.interrupted

        def interrupted(self, *arguments: Any) -> Any:
            nonlocal calls
            calls += 1
            answer = getattr(real, call)(*arguments)
            if calls == place:
                raise KeyboardInterrupt
            return answer

    monkeypatch.setattr(rete, "durable", CutShort())
    try:
        evaluator.check(rich, ON)
    except KeyboardInterrupt:
        pass
    else:
        assert calls < place
    monkeypatch.setattr(rete, "durable", real)
    assert evaluator.check(poor, ON) == expected
