"""What trials of one advice find for one another is what each would find alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from incentives import Profile
from incentives.advice.findings import MOST_KEPT, Findings
from incentives.advice.grown import grown
from incentives.advice.remembered import Remembered
from incentives.advice.trial import DAY, Trial
from incentives.amounts.days import days_between
from incentives.amounts.ranges import Open
from incentives.engines.ranges_of_facts import unknown
from incentives.engines.subjects import company_subject, subjects
from incentives.facts.ledger import LEDGER
from incentives.facts.places import Place, with_value
from incentives.facts.types import Value
from incentives.language.model import Policy
from incentives.values import State
from tests.advice.policies import clause, evaluator, policy
from tests.advice.test_supposed import END, others, places_of
from tests.advice.trials import VOCABULARY
from tests.verdicts import policy_of, profile_of_raw
from tests.whole.profiles import ON, whole_case


def profiles_like(profile: Profile, policy: Policy, rng: random.Random) -> Iterator[Profile]:
    """A profile, others with one more item in a list, and others in which one fact is something else."""
    yield profile
    yield from (grown(profile, entity) for entity in profile.lists if entity != LEDGER)
    for trial in trials(policy, profile):
        for place in rng.sample(places := places_of(trial), min(len(places), 2)):
            yield with_value(profile, place, rng.choice(others(trial, place)))


def trials(policy: Policy, profile: Profile) -> Iterator[Trial]:
    for of in policy.clauses:
        for subject in subjects(of, company_subject(profile, ON)):
            yield Trial(of, profile, ON, subject.item.key if subject.item is not None else None)


def test_what_is_found_for_other_clauses_items_and_profiles_is_what_the_evaluator_says() -> None:
    rng, asked, kept = random.Random(3), 0, 0
    for seed in range(40):
        case = whole_case(seed)
        policy, profile = policy_of(case.policy_text, VOCABULARY), profile_of_raw(case.full, VOCABULARY)
        findings = Findings(profile)
        supposing: dict[object, Value] = {}
        for one in (*profiles_like(profile, policy, rng), profile_of_raw(case.profile, VOCABULARY)):
            for trial in trials(policy, one):
                remembered = Remembered(trial._replace(findings=findings))
                supposed = dict.fromkeys(rng.sample(places := places_of(trial), min(len(places), rng.randint(0, 2))))
                values = {
                    place: supposing.setdefault(place, rng.choice(others(trial, place)))
                    if rng.randrange(2)
                    else unknown(VOCABULARY.entities[place.entity].facts[place.fact or ""].type)
                    for place in supposed
                }
                if rng.randrange(4) == 0:
                    values[DAY] = rng.choice((END, days_between(State.MISSING, trial.on, END)))
                assert remembered.state(values) is trial.state(values), (seed, trial.clause.id, trial.item, values)
                asked += len(remembered.tests)
        kept += len(findings.states)
    assert kept < asked / 2  # most of it is known from another trial


SCORES = """definitions:
  size:
    title: 规模分
    by: {this_year: revenue}
    rows: [{at_least: 600万元, gives: 20分}, {at_least: 300万元, gives: 10分}]
    otherwise: 0分
  age: {title: 年限分, by: {years_since: founded}, rows: [{at_least: 2年, gives: 20分}], otherwise: 5分}
  titles:
    title: 资质分
    by: {count_of: title, where: {fact: title_level, is: 省级, says: 省}}
    rows: [{at_least: 2项, gives: 20分}, {at_least: 1项, gives: 10分}]
    otherwise: 0分
  score: {title: 总分, sum_of: [size, age, titles]}
clauses:
"""


PLACES = (("company", None, "revenue", 2026), ("company", None, "founded"), ("title", None, None))


def test_what_definitions_come_to_goes_by_the_profile_the_day_and_what_is_supposed() -> None:
    rng = random.Random(5)
    written = [clause(f"p{points}", f"{{fact: score, at_least: {points}分, says: 分}}") for points in (20, 30, 45)]
    known = evaluator(policy("score", ["".join(written)]).replace("clauses:\n", SCORES))
    companies = [
        known.profile(
            {
                "name": "乙",
                "revenue": {year: f"{rng.choice((200, 400, 800))}万元" for year in (2025, 2026)},
                "founded": rng.choice(("2023-01-05", "2024-08-13")),
                "titles": [
                    {"name": str(number), "title_level": rng.choice(("省级", "市级"))} for number in range(number)
                ],
            }
        )
        for number in (0, 1, 2, 2, 3)
    ]
    findings, states = Findings(companies[0]), set()
    revenue, founded, titles = (Place(*one) for one in PLACES)
    for _ in range(400):
        of, on = rng.choice(known.applicable(ON)[0].clauses), rng.choice((date(2025, 9, 1), date(2026, 3, 1)))
        trial = Trial(of, rng.choice(companies), on, None)
        could_be: dict[Place, tuple[Value | Open, ...]] = {
            revenue: (Decimal(3_000_000), Open(State.MISSING, Decimal(3_000_000), Decimal(5_000_000))),
            founded: (date(2024, 2, 29), date(2020, 1, 1)),
            titles: (1, 2, Open(State.MISSING)),
            DAY: (date(on.year, 12, 1), days_between(State.MISSING, on, date(on.year, 12, 31))),
        }
        supposed = {place: rng.choice(could_be[place]) for place in rng.sample([*could_be], rng.randint(0, 2))}
        state = Remembered(trial._replace(findings=findings)).state(supposed)
        assert state is trial.state(supposed), (of.id, trial.profile, on, supposed)
        states.add(state)
    assert states == {State.HOLDS, State.FAILS, State.MISSING}


def test_what_has_become_much_is_forgotten() -> None:
    case = whole_case(3)
    profile = profile_of_raw(case.full, VOCABULARY)
    findings = Findings(profile)
    findings.states = {(-number, frozenset()): State.HOLDS for number in range(1, MOST_KEPT + 2)}
    [trial, *_] = [one for one in trials(policy_of(case.policy_text, VOCABULARY), profile) if Remembered(one).tests]
    assert Remembered(trial._replace(findings=findings)).state() is trial.state()
    assert 0 < len(findings.states) < 100
