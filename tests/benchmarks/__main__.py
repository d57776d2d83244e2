"""Prints the measurements. `--quick` measures little and still checks every answer."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import incentives
from incentives.language.store import shipped_policies
from tests.benchmarks.by_hand import qualified_by_hand

ON = date(2026, 3, 1)
WUHOU = "wuhou-microwave-rf-2023"
POLICY = shipped_policies() / WUHOU
EXPECTED = {
    "all-three": {"defence-development", "new-project", "public-platform"},
    "exactly-100-million": {"new-project"},
    "one-fen-below": set[str](),
    "two-projects": {"new-project"},
    "institution": {"public-platform"},
    "another-district": set[str](),
}


def timed(call: Callable[[], object], rounds: int, calls: int) -> float:
    """Median microseconds of one call."""
    samples = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        samples.append((time.perf_counter() - start) / calls * 1e6)
    return median(samples)


def measure_checks(*, quick: bool) -> None:
    policies = incentives.load_policies()
    rounds, calls = (3, 5) if quick else (21, 200)
    for engine in incentives.engines_present():
        evaluator = incentives.Evaluator(policies, engine)
        for name, clauses in EXPECTED.items():
            profile = evaluator.profile(POLICY / "examples" / f"{name}.yaml")
            by_hand = qualified_by_hand(profile)
            found = [
                (one.clause, one.item.key if one.item else "")
                for one in evaluator.check(profile, ON, WUHOU).determinations
                if one.outcome is incentives.Outcome.QUALIFIED
            ]
            assert found == sorted(by_hand), (engine, name, found, by_hand)
            assert {clause for clause, _ in found} == clauses, (engine, name, found)
        complete = evaluator.profile(POLICY / "examples" / "all-three.yaml")
        open_one = evaluator.profile(POLICY / "examples" / "missing-facts.yaml")
        hand = timed(lambda p=complete: qualified_by_hand(p), rounds, calls)  # type: ignore[misc]
        checked = timed(lambda p=complete, e=evaluator: e.check(p, ON, WUHOU), rounds, calls)  # type: ignore[misc]
        left_open = timed(lambda p=open_one, e=evaluator: e.check(p, ON, WUHOU), rounds, calls)  # type: ignore[misc]
        ratio = f"{checked / hand:.1f} × hand-written ifs ({hand:.2f} µs)"
        print(f"check, every fact given    {engine:10} {checked:8.1f} µs   {ratio}")
        slower = f"{left_open / checked:.1f} × every fact given"
        print(f"check, facts missing       {engine:10} {left_open:8.1f} µs   {slower}")


def measure_start_up(*, quick: bool) -> None:
    """The whole process of a check against the smallest comparable command, in turn."""
    command = Path(sysconfig.get_path("scripts")) / "incentives"
    check = [str(command)] if command.exists() else [sys.executable, "-m", "incentives"]
    check += ["check", str(POLICY / "examples" / "all-three.yaml"), "--policy", WUHOU]
    check += ["--as-of", ON.isoformat(), "--lang", "zh"]
    smallest = [sys.executable, str(Path(__file__).with_name("start_up.py")), str(POLICY / "policy.yaml")]
    checks: list[float] = []
    smallests: list[float] = []
    for _ in range(3 if quick else 21):
        for process, samples in ((check, checks), (smallest, smallests)):
            start = time.perf_counter()
            ran = subprocess.run(process, capture_output=True, check=True)
            samples.append((time.perf_counter() - start) * 1e3)
            expected = "最高 3200万元" if process is check else "ok"
            assert expected in ran.stdout.decode("utf-8"), ran.stdout
    whole, least = median(checks[1:]), median(smallests[1:])
    print(f"whole process  {whole:8.1f} ms   {whole / least:7.2f} × smallest typer command ({least:.1f} ms)")


def main() -> None:
    quick = "--quick" in sys.argv
    measure_checks(quick=quick)
    measure_start_up(quick=quick)


if __name__ == "__main__":
    main()
