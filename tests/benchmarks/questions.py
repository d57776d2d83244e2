"""How many questions an interview takes, and how long one is thought about. Companies are those of `tests.advice`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date
from itertools import product
from statistics import mean, median
from typing import Any

from incentives import Evaluator, PolicySet, Profile, load_policies
from incentives.advice.answers import answers, with_answer
from incentives.advice.questions import Questions
from incentives.facts.places import Place
from incentives.facts.vocabulary import COMPANY
from tests.advice.companies import Choose, Company, interviewed
from tests.generators import write
from tests.verdicts import policy_set

ON = date(2026, 3, 1)
THINKING = 50
"""Milliseconds of thinking about one question that are asked at most."""
FACTS = (
    "legal_person",
    "mainland_registered",
    "resident_enterprise",
    "own_brand",
    "licensed_tools",
    "paid_in_capital",
)
"""What the small policies test: yes or no, and an amount against one threshold."""


def measure_questions(*, quick: bool) -> None:
    """Over the shipped policies: what settles most first, against the order of the vocabulary and any order."""
    evaluator = Evaluator(load_policies(), "native")
    companies = range(2 if quick else 60)
    questions = Questions(evaluator, ON)
    rng = random.Random(0)
    orders: dict[str, Choose] = {
        "what settles most first": questions.next,
        "in the order of the vocabulary": _in_order(questions, questions.in_order),
        "in any order": _in_order(questions, lambda _: rng.random()),
    }
    for name, choose in orders.items():
        counts = [interviewed(Company(number, questions), choose, evaluator) for number in companies]
        print(f"questions to a company, {name:32} {mean(counts):6.1f}")


def _in_order(questions: Questions, key: Callable[[Place], Any]) -> Choose:
    def choose(profile: Profile, unknowable: frozenset[Place]) -> Place | None:
        return questions.first(profile, key, unknowable)

    return choose


def measure_against_the_optimum(*, quick: bool) -> None:
    """On small policies, where the best order of all can be found: every answer counts alike."""
    ours: list[float] = []
    best: list[float] = []
    in_order: list[float] = []
    for seed in range(2 if quick else 30):
        small = _Small(seed)
        ours.append(small.expected(small.questions.next))
        in_order.append(small.expected(_in_order(small.questions, small.questions.in_order)))
        best.append(small.optimum())
        assert best[-1] <= ours[-1] + 1e-9, "nothing is better than the optimum"
    ratio = f"{mean(ours) / mean(best):.3f} × the optimum; in order {mean(in_order) / mean(best):.3f} ×"
    print(f"questions, small policies  {mean(ours):6.3f} on average, best {mean(best):6.3f}   {ratio}")


class _Small:
    """A policy of at most six facts, with every answer to each of them."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        policies = policy_set(load_policies().vocabulary, write(self._policy()))
        self._evaluator = Evaluator(policies, "native")
        self.questions = Questions(self._evaluator, ON)
        self._best: dict[tuple[object, ...], float] = {}

    def _policy(self) -> dict[str, Any]:
        rng = self._rng
        clauses = {
            f"c-{number}": {
                "title": "条款",
                "when": [self._condition(2) for _ in range(rng.randint(1, 3))],
                "award": {"kind": "奖励", "exact": f"{rng.choice((10, 20, 50, 100, 500))}万元", "paid_to": "企业"},
                "source": {"article": "第一条", "says": "原文"},
            }
            for number in range(rng.randint(1, 3))
        }
        document = {"kind": "official_text", "title": "小", "number": "not_published", "publisher": "某区",
                    "published_on": "2026-01-01"}  # fmt: skip
        return {
            "incentives": 2, "policy": "small", "title": "小", "issuer": "某区", "document": document,
            "in_force": {"from": "2026-01-01", "until": "2026-12-31"}, "stacking": "cumulative", "clauses": clauses,
        }  # fmt: skip

    def _condition(self, depth: int) -> dict[str, Any]:
        rng = self._rng
        if depth and rng.random() < 0.5:
            kind = rng.choice(("all", "any", "not"))
            if kind == "not":
                return {"not": self._condition(depth - 1)}
            return {kind: [self._condition(depth - 1) for _ in range(rng.randint(2, 3))]}
        fact = rng.choice(FACTS)
        return {
            "fact": fact,
            **({"at_least": "100万元"} if fact == "paid_in_capital" else {"is": rng.random() < 0.7}),
        }

    def expected(self, choose: Choose, profile: Profile | None = None) -> float:
        """How many questions an order takes on average over all answers."""
        known = self._evaluator.profile({"name": "某公司"}) if profile is None else profile
        place = choose(known, frozenset())
        return 0.0 if place is None else 1 + self._mean(place, known, lambda then: self.expected(choose, then))

    def optimum(self, profile: Profile | None = None) -> float:
        """How many the best order takes, which is found by trying all of them."""
        known = self._evaluator.profile({"name": "某公司"}) if profile is None else profile
        key = tuple(known.company.values.get(fact) for fact in FACTS)
        if key not in self._best:
            if self.questions.next(known) is None:
                self._best[key] = 0.0
            else:
                waiting = self.questions.waiting(known)
                self._best[key] = 1 + min(self._mean(place, known, self.optimum) for place in waiting)
        return self._best[key]

    def _mean(self, place: Place, profile: Profile, of: Callable[[Profile], float]) -> float:
        [read, *_] = self.questions.reads(place, profile)
        possible = answers(read)
        whole = sum(answer.weight for answer in possible)
        return sum(answer.weight / whole * of(with_answer(profile, place, answer.value)) for answer in possible)


def many_clauses(policies: PolicySet, count: int) -> PolicySet:
    """The shipped policies that are in force, again under other ids, until there are so many clauses."""
    found = []
    clauses = 0
    in_force = [policy for policy in policies.policies if policy.period.contains(ON)]
    for number, policy in product(range(count), in_force):
        if clauses >= count:
            break
        some = policy.clauses[: count - clauses]
        found.append(policy._replace(id=f"{policy.id}-{number}", clauses=some))
        clauses += len(some)
    return PolicySet(policies.vocabulary, tuple(sorted(found, key=lambda policy: policy.id)))


def measure_thinking(*, quick: bool) -> None:
    """One question with 200 clauses loaded and 60 facts known, against the plain check of the same profile."""
    policies = many_clauses(load_policies(), 200)
    evaluator = Evaluator(policies, "native")
    questions = Questions(evaluator, ON)
    times: list[float] = []
    checks: list[float] = []
    screens: list[float] = []
    for number in range(1 if quick else 20):
        profile = _with_facts(number, 60, questions, evaluator)
        questions.next(evaluator.profile({"name": "另一家"}))  # nothing of this profile is remembered
        times.append(_seconds(lambda known=profile: questions.next(known)))  # type: ignore[misc]
        checks.append(_seconds(lambda known=profile: evaluator.check(known, ON)))  # type: ignore[misc]
        screens.append(_seconds(lambda known=profile: evaluator.screen(known, ON)))  # type: ignore[misc]
    thought, checked, screened = median(times) * 1e3, median(checks) * 1e3, median(screens) * 1e3
    ratio = f"{thought / checked:.1f} × check with reasons ({checked:.1f} ms), {thought / screened:.1f} × plain check"
    most = f"(most {max(times) * 1e3:.1f})"
    print(f"next question, 200 clauses, 60 facts  {thought:6.1f} ms {most}   {ratio}   bar {THINKING} ms")


def measure_not_knowing(*, quick: bool) -> None:
    """Interviews in which everything is 不知道, of single policies and of all at once, against the plain check."""
    evaluator = Evaluator(load_policies(), "native")
    profile = evaluator.profile({"name": "某公司"})
    every = [None, *evaluator.policies.ids()]
    times: list[float] = []
    screens: list[float] = []
    for policy in ["quality-sme", "wuhou-microwave-rf-2023"] if quick else every:
        evaluator.screen(profile, ON, policy)  # compiled before anything is measured
        screens.append(_seconds(lambda of=policy: evaluator.screen(profile, ON, of)))  # type: ignore[misc]
        times += _not_knowing(evaluator, policy, profile)
    ratio = f"{mean(times) / mean(screens):.1f} × plain check"
    most = f"(most {max(times) * 1e3:.1f})"
    print(f"next question, nothing known  {mean(times) * 1e3:6.1f} ms {most}   {ratio}   bar {THINKING} ms")


def _not_knowing(evaluator: Evaluator, policy: str | None, profile: Profile) -> list[float]:
    """How long each question of an interview is thought about; what is not asked then changes nothing by itself."""
    questions = Questions(evaluator, ON, policy)
    unknowable: set[Place] = set()
    times: list[float] = []
    while True:
        start = time.process_time()
        place = questions.next(profile, frozenset(unknowable))
        times.append(time.process_time() - start)
        if place is None:
            break
        assert place not in unknowable, "nothing is asked twice"
        unknowable.add(place)
    for part in (*questions.clauses, *questions.totals):
        look = part.look(profile)
        for place in look.waits_for(unknowable):
            for answer in part.answers(place, profile):
                assert not part.after(profile, place, answer.value).tells_more_than(look), (place, answer)
    return times


def _with_facts(number: int, count: int, questions: Questions, evaluator: Evaluator) -> Profile:
    """A profile in which so many facts of the company are known, whichever they are."""
    company, rng = Company(number, questions), random.Random(number)
    empty = evaluator.profile({"name": "某公司"})
    places = [place for place in questions.places() if place.entity == COMPANY]
    profile = empty
    for place in rng.sample(places, count):
        profile = with_answer(profile, place, company.answer(place, profile))
    return profile


def _seconds(call: Callable[[], object]) -> float:
    """Processor time of one call: what else the machine does is not counted."""
    start = time.process_time()
    call()
    return time.process_time() - start
