"""Two hundred clauses and a profile of sixty facts: what reasons and a plan cost beside the plain check.

The facts are money, counts, yes or no, and grades; each clause asks for four to six of them. Drawn from one seed,
so that every run measures the same.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import incentives
from incentives.facts.vocabulary import Vocabulary
from incentives.facts.vocabulary_files import read_vocabulary
from incentives.source.loader import load_text
from tests.generators import write
from tests.verdicts import policy_set, profile_of_raw

ON = date(2026, 3, 1)
CLAUSES = 200
MONEY, COUNTS, FLAGS, GRADES = 30, 10, 12, 8
WORDS = ("甲", "乙", "丙", "丁")


def made() -> tuple[incentives.PolicySet, incentives.Profile]:
    """The policy and the profile; about a third of its facts fall short of what clauses ask."""
    rng = random.Random(4)
    vocabulary = _vocabulary()
    clauses = {f"clause-{number:03}": _clause(number, rng) for number in range(CLAUSES)}
    policy = {
        "incentives": 2,
        "policy": "two-hundred",
        "title": "二百条",
        "issuer": "某区",
        "document": {
            "kind": "official_text",
            "title": "二百条",
            "number": "not_published",
            "publisher": "某区",
            "published_on": "2024-01-01",
        },
        "in_force": {"from": "2024-01-01", "until": "2027-12-31"},
        "stacking": "cumulative",
        "clauses": clauses,
    }
    facts: dict[str, Any] = {"name": "某公司"}
    facts |= {f"money_{number}": f"{rng.randrange(20, 120)}万元" for number in range(MONEY)}
    facts |= {f"count_{number}": rng.randrange(20, 120) for number in range(COUNTS)}
    facts |= {f"flag_{number}": rng.random() < 0.8 for number in range(FLAGS)}
    facts |= {f"grade_{number}": rng.choice(WORDS) for number in range(GRADES)}
    policies = policy_set(vocabulary, write(policy))
    return policies, profile_of_raw(facts, vocabulary)


def _vocabulary() -> Vocabulary:
    facts: dict[str, Any] = {}
    for name, count, declared in (
        ("money", MONEY, {"type": "money"}),
        ("count", COUNTS, {"type": "count", "unit": "人"}),
        ("flag", FLAGS, {"type": "boolean"}),
        ("grade", GRADES, {"type": "choice", "choices": list(WORDS)}),
    ):
        for number in range(count):
            title = {"zh": f"{name}{number}", "en": f"{name} {number}"}
            facts[f"{name}_{number}"] = {**declared, "title": title, "question": title, "supplied_by": "company"}
    company = {"title": {"zh": "企业", "en": "company"}, "can_change": list(facts), "facts": facts}
    text = write({"vocabulary": 1, "entities": {"company": company}})
    return read_vocabulary(load_text(text, "vocabulary.yaml"))


def _clause(number: int, rng: random.Random) -> dict[str, Any]:
    tests: list[dict[str, Any]] = []
    for _ in range(rng.randrange(4, 7)):
        match rng.randrange(4):
            case 0 | 1:
                tests.append({"fact": f"money_{rng.randrange(MONEY)}", "at_least": f"{rng.randrange(10, 90)}万元"})
            case 2:
                tests.append({"fact": f"count_{rng.randrange(COUNTS)}", "at_least": f"{rng.randrange(10, 90)}人"})
            case _:
                grade = {"fact": f"grade_{rng.randrange(GRADES)}", "in": rng.sample(WORDS, 3)}
                tests.append(rng.choice((grade, {"fact": f"flag_{rng.randrange(FLAGS)}", "is": True})))
    if rng.random() < 0.3:
        tests = [*tests[:2], {"any": tests[2:]}]
    award = rng.choice(({"exact": f"{number + 1}万元"}, {"up_to": f"{number + 1}万元"}))
    return {
        "title": f"条款{number}",
        "when": tests,
        "award": {"kind": "奖励", **award, "paid_to": "企业"},
        "source": {"article": f"第{number}条", "says": "原文"},
    }
