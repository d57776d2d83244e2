"""Prints the measurements. `--quick` measures little and still checks every answer.

Times are of the processor, so that what else the machine does is not counted, but for that of a whole process; where
a bar is set it stands beside.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from typing import NamedTuple

import incentives
from incentives.decision.screening import Screening
from incentives.facts.reader import profile_of
from incentives.language.store import shipped_policies
from tests.benchmarks import advice, fifty, scores
from tests.benchmarks.by_hand import qualified_by_hand
from tests.benchmarks.questions import (
    measure_against_the_optimum,
    measure_not_knowing,
    measure_questions,
    measure_thinking,
)
from tests.generators import write
from tests.verdicts import policy_set, vocabulary_of

ON = date(2026, 3, 1)
SEED = 2026
WUHOU = "wuhou-microwave-rf-2023"
POLICY = shipped_policies() / WUHOU
AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed package is compiled: where the environment forbids to keep that, a checkout would be compiled anew."""
SCREENING, REASONS, PLAN = 15, 20, 2000
"""What is asked at most: µs for three clauses without explanations, ms for two hundred with reasons and a plan."""
EXPECTED = {
    "all-three": {"defence-development", "new-project", "public-platform"},
    "exactly-100-million": {"new-project"},
    "one-fen-below": set[str](),
    "two-projects": {"new-project"},
    "institution": {"public-platform"},
    "another-district": set[str](),
}


def timed(call: Callable[[], object], rounds: int, calls: int) -> float:
    """Median microseconds of processor time of one call."""
    return timed_in_turn(call, lambda: None, rounds, calls)[0]


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


class Ran(NamedTuple):
    """Milliseconds of a whole process: by the clock, and of processor time."""

    wall: float
    cpu: float


def run(process: list[str], expected: str) -> Ran:
    """One run of a command that prints what is expected."""
    before, start = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    ran = subprocess.run(process, capture_output=True, check=True, env=AS_INSTALLED)
    wall, after = time.perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    said = ran.stdout.decode("utf-8")
    assert expected in said, said[:400]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(wall * 1e3, cpu * 1e3)


def in_turn(one: Callable[[], Ran], other: Callable[[], Ran], *, quick: bool) -> tuple[Ran, Ran]:
    """Medians of two commands run one after the other, the first run of each not counted."""
    pairs = [(one(), other()) for _ in range(3 if quick else 21)][1:]
    return medians([first for first, _ in pairs]), medians([second for _, second in pairs])


def medians(runs: list[Ran]) -> Ran:
    return Ran(median(ran.wall for ran in runs), median(ran.cpu for ran in runs))


def measure_fifty_clauses(*, quick: bool) -> None:
    """A check of fifty clauses on the native engine, in turn with the same clauses written by hand."""
    described = fifty.clauses(SEED)
    vocabulary = vocabulary_of(write(fifty.vocabulary()))
    policies = policy_set(vocabulary, write(fifty.policy(described)))
    by_hand = fifty.by_hand(described)
    evaluator = incentives.Evaluator(policies, "native")
    for known in (1.0, 0.9, 0.6, 0.0):
        for seed in range(5 if quick else 50):
            profile = profile_of(fifty.profile(seed, known), vocabulary)
            found, guaranteed, possible = by_hand(profile)
            assert found_by_screening(evaluator.screen(profile, ON)) == (found, guaranteed, possible), (seed, known)
        profile = profile_of(fifty.profile(SEED, known), vocabulary)
        screened, hand = timed_in_turn(
            lambda p=profile: evaluator.screen(p, ON),  # type: ignore[misc]
            lambda p=profile: by_hand(p),  # type: ignore[misc]
            *((3, 5) if quick else (101, 50)),
        )
        ratio = f"{screened / hand:.2f} × the same by hand ({hand:.1f} µs)"
        print(f"fifty clauses, {known:4.0%} of the facts known    {screened:8.1f} µs   {ratio}")


def measure_screening(*, quick: bool) -> None:
    """The three clauses of the Wuhou policy without explanations, on the native engine."""
    evaluator = incentives.Evaluator(incentives.load_policies(), "native")
    for name in ("all-three", "missing-facts"):
        profile = evaluator.profile(POLICY / "examples" / f"{name}.yaml")
        screening, decision = evaluator.screen(profile, ON, WUHOU), evaluator.check(profile, ON, WUHOU)
        [policy] = screening.policies
        assert [one.outcome for one in policy.verdicts] == [one.outcome for one in decision.determinations]
        rounds, calls = (3, 5) if quick else (101, 200)
        screened = timed(lambda p=profile: evaluator.screen(p, ON, WUHOU), rounds, calls)  # type: ignore[misc]
        print(f"screening of three clauses, {name:14} native {screened:8.1f} µs   bar {SCREENING} µs")


def found_by_screening(screening: Screening) -> tuple[list[fifty.Found], object, object]:
    """What the engine tells, as what is written by hand tells it."""
    [policy] = screening.policies
    found = [
        fifty.Found(
            one.clause,
            one.outcome.value,
            tuple(fact.fact or "" for fact in one.missing),
            one.award.guaranteed,
            one.award.possible if isinstance(one.award.possible, Decimal) else Decimal("Infinity"),
        )
        for one in policy.verdicts
    ]
    return found, policy.total.guaranteed, policy.total.possible


def timed_in_turn(
    first: Callable[[], object], second: Callable[[], object], rounds: int, calls: int
) -> tuple[float, float]:
    """Median microseconds of processor time of one call of each, in turn so that both meet the same machine."""
    both: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, samples in zip((first, second), both, strict=True):
            start = time.process_time()
            for _ in range(calls):
                call()
            samples.append((time.process_time() - start) / calls * 1e6)
    return median(both[0]), median(both[1])


def measure_start_up(*, quick: bool) -> None:
    """The whole process of a check, of one policy and of all, against the smallest comparable commands."""
    command = Path(sysconfig.get_path("scripts")) / "incentives"
    check = [str(command)] if command.exists() else [sys.executable, "-m", "incentives"]
    check += ["check", str(POLICY / "examples" / "all-three.yaml"), "--as-of", ON.isoformat(), "--lang", "zh"]
    here = Path(__file__)
    smallest = [sys.executable, str(here.with_name("start_up.py")), str(POLICY / "policy.yaml")]
    whole, least = in_turn(
        lambda: run([*check, "--policy", WUHOU], "最高 3200万元"), lambda: run(smallest, "ok"), quick=quick
    )
    ratio = f"{whole.wall / least.wall:.2f} × smallest typer command ({least.wall:.0f} ms)"
    print(f"check of one policy, whole process    {whole.wall:6.0f} ms   {ratio}")
    root = shipped_policies()
    files = [str(root / "vocabulary.yaml"), *(str(policy) for policy in sorted(root.glob("*/*.yaml")))]
    parse = [sys.executable, str(here.with_name("parse.py")), *files]
    load = "import incentives; print(*incentives.load_policies().ids())"
    for name, command_line, said in (
        ("loading all policies", [sys.executable, "-c", load], WUHOU),
        ("check of all policies", [*check, "--full"], WUHOU),
        ("the same on one screen", check, "--policy"),
    ):
        every, parsed = in_turn(
            lambda line=command_line, text=said: run(line, text),  # type: ignore[misc]
            lambda: run(parse, f"{len(files)} files"),
            quick=quick,
        )
        ratio = f"{every.cpu / parsed.cpu:.2f} × parsing the same {len(files)} files alone ({parsed.cpu:.0f} ms)"
        print(f"{name:22}, processor time {every.cpu:6.0f} ms   {ratio}")


def measure_loading_many(*, quick: bool) -> None:
    """How long a clause takes to load where there are few of them and where there are many, in one policy."""
    few, many = (250, 1000) if quick else (1250, 5000)
    each: dict[int, float] = {}
    for count in (few, many):
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder) / "many"
            own.mkdir()
            clauses = "".join(_CLAUSE.format(number=number) for number in range(1, count + 1))
            (own / "policy.yaml").write_text(_MANY + clauses, encoding="utf-8")
            began = time.process_time()
            loaded = incentives.load_policies(folder)
            each[count] = (time.process_time() - began) / count * 1e6
            assert len(loaded.policies[0].clauses) == count
    ratio = f"{each[many] / each[few]:.2f} × that of {few} ({each[few]:.0f} µs)"
    print(f"loading {many} clauses, each    {each[many]:8.1f} µs   {ratio}")


_MANY = """incentives: 2
policy: many
title: 条款很多的政策
issuer: 某区
document: {kind: official_text, title: 条款很多的政策, number: 1号, publisher: 某区, published_on: 2024-01-01}
in_force: {from: 2024-01-01, until: none}
stacking: cumulative
clauses:
"""
_CLAUSE = """  c{number}:
    title: 第{number}条
    for_each: project
    when:
      - {{fact: sector, is: 微波射频}}
      - {{fact: investment, at_least: {number}万元}}
    award: {{kind: 奖励, share: 5%, of: investment, cap: 100万元, paid_to: 企业}}
    source: {{article: 第{number}条, says: 原文}}
"""


def measure_advice(*, quick: bool) -> None:
    """Reasons and plans over two hundred clauses, beside the plain check of the same profile in the same run."""
    policies, profile = advice.made()
    measure_reasons(policies, profile, quick=quick)
    evaluator = incentives.Evaluator(policies, "native")
    plan = incentives.GapPlan.of(evaluator, profile, advice.ON)
    assert len(plan.gains) > 20, len(plan.gains)
    found = evaluator.check(profile, advice.ON)
    refused = [one for one in found.determinations if one.outcome is incentives.Outcome.NOT_QUALIFIED]
    whys = incentives.Why.of(evaluator, profile, advice.ON, found.policies[0].policy, refused[0].clause)
    assert whys[0].ways, refused[0].clause
    rounds = 1 if quick else 7
    checked = timed(lambda: evaluator.check(profile, advice.ON), rounds, 1 if quick else 10)
    clause = refused[0].clause
    for name, bar, call in (
        ("why one clause", "", lambda: incentives.Why.of(evaluator, profile, advice.ON, "two-hundred", clause)),
        ("plan", f"   bar {PLAN} ms", lambda: incentives.GapPlan.of(evaluator, profile, advice.ON)),
    ):
        took = timed(call, rounds, 1)
        ratio = f"{took / checked:6.1f} × check ({checked / 1e3:.2f} ms)"
        print(f"200 clauses  {name:26} {took / 1e3:8.1f} ms   {ratio}{bar}")


def measure_reasons(policies: incentives.PolicySet, profile: incentives.Profile, *, quick: bool) -> None:
    """A check of two hundred clauses, and with every reason in words, on each engine."""
    for engine in incentives.engines_present():
        evaluator = incentives.Evaluator(policies, engine)
        explained = incentives.Explanation.of(evaluator, profile, advice.ON)
        found = evaluator.check(profile, advice.ON)
        assert explained.total == found.total, (engine, explained.total, found.total)
        checked, worded = timed_in_turn(
            lambda e=evaluator: e.check(profile, advice.ON),  # type: ignore[misc]
            lambda e=evaluator: incentives.Explanation.of(e, profile, advice.ON),  # type: ignore[misc]
            *((1, 1) if quick else (21, 3)),
        )
        ratio = f"{worded / checked:.1f} × check ({checked / 1e3:.2f} ms)"
        print(f"200 clauses  every reason in words, {engine:10} {worded / 1e3:8.1f} ms   {ratio}   bar {REASONS} ms")


def measure_scores(*, quick: bool) -> None:
    """A plan over scores that share their parts, beside the plain check of the same profile in the same run."""
    policies, profile = scores.made()
    evaluator = incentives.Evaluator(policies, "native")
    wrong = list(scores.wrong_gains(evaluator, profile))
    assert not wrong, wrong
    checked, planned = timed_in_turn(
        lambda: evaluator.check(profile, scores.ON),
        lambda: incentives.GapPlan.of(evaluator, profile, scores.ON),
        *((1, 1) if quick else (3, 1)),
    )
    ratio = f"{planned / checked:6.0f} × check ({checked / 1e3:.2f} ms)"
    print(f"4 scores     plan                       {planned / 1e3:8.1f} ms   {ratio}   bar {PLAN} ms")


def main() -> None:
    quick = "--quick" in sys.argv
    measure_checks(quick=quick)
    measure_screening(quick=quick)
    measure_fifty_clauses(quick=quick)
    measure_advice(quick=quick)
    measure_scores(quick=quick)
    measure_start_up(quick=quick)
    measure_loading_many(quick=quick)
    measure_thinking(quick=quick)
    measure_not_knowing(quick=quick)
    measure_questions(quick=quick)
    measure_against_the_optimum(quick=quick)


if __name__ == "__main__":
    main()
