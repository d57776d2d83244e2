"""The durable engine leaves nothing behind: no thread, nothing of the reference, no state after a failure."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from incentives import Evaluator, PolicySet, Profile
from incentives.engines.durable.network import Network, compile_policy
from incentives.language.model import Policy
from tests.generators import DAYS
from tests.marks import needs_durable
from tests.verdicts import decide

pytestmark = needs_durable

ON = DAYS[0]
_TASKS = Path("/proc/self/task")


@pytest.fixture
def profile(shipped: PolicySet) -> Profile:
    projects = [{"name": f"项目{number}", "sector": "微波射频"} for number in range(20)]
    facts = {"name": "某公司", "entity_type": "企业法人", "industry_fields": ["微波射频"], "projects": projects}
    return Evaluator(shipped, "reference").profile(facts)


def running() -> int:
    """Threads of the process; where the system does not list them, those Python knows."""
    return len(list(_TASKS.iterdir())) if _TASKS.is_dir() else threading.active_count()


def test_no_thread_is_left_running(shipped: PolicySet, profile: Profile) -> None:
    before = running()
    for _ in range(3):
        decide(shipped, profile, ON, "durable")
    assert running() == before


def test_nothing_of_the_reference_evaluator_is_imported() -> None:
    program = (
        "import sys, incentives.engines.durable.engine\n"
        "assert 'incentives.engines.reference' not in sys.modules\n"
        "assert 'durable' not in sys.modules, 'the host of the package starts threads'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_it_decides_as_before_after_a_policy_could_not_be_compiled(shipped: PolicySet, profile: Profile) -> None:
    from incentives.engines.durable.engine import DurableEngine

    attempts: list[Policy] = []

    def fails_once(policy: Policy) -> Network:
        attempts.append(policy)
        if len(attempts) == 1:
            raise MemoryError
        return compile_policy(policy)

    evaluator = Evaluator(shipped, DurableEngine(fails_once))
    with pytest.raises(MemoryError):
        evaluator.check(profile, ON)
    assert evaluator.check(profile, ON) == decide(shipped, profile, ON)


@pytest.mark.parametrize("failing_message", [1, 2, 7, 30, 100])
def test_it_decides_as_before_after_a_run_was_cut_short(
    shipped: PolicySet, profile: Profile, failing_message: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run asserted before it failed must not count in the next one."""
    from incentives.engines.durable import rete

    evaluator = Evaluator(shipped, "durable")
    evaluator.check({"name": "第一次检查", "projects": []}, ON)
    sent = 0

    def cut_short(*message: Any) -> int:
        nonlocal sent
        sent += 1
        if sent == failing_message:
            raise KeyboardInterrupt
        return real(*message)

    real = rete._assert
    with monkeypatch.context() as patch:
        patch.setattr(rete, "_assert", cut_short)
        with pytest.raises(KeyboardInterrupt):
            evaluator.check(profile, ON)
    assert evaluator.check(profile, ON) == decide(shipped, profile, ON)
