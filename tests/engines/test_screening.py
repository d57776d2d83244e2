"""Screening is the decision without its explanations: on every engine, for generated and stored cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given

from incentives import Evaluator, Outcome, PolicySet, Profile, engines_present
from incentives.decision.screening import PolicyScreening, Screening, verdict_of
from incentives.engines import make_engine
from incentives.engines.atoms import settle
from incentives.engines.native import clauses
from incentives.engines.native import engine as native
from incentives.engines.native.conditions import Single, single
from incentives.engines.native.engine import NativeEngine
from incentives.engines.rows import Awaiting, Engine
from incentives.engines.subjects import Awaited, Collected, Subject, company_subject, subjects
from incentives.facts.vocabulary import COMPANY
from incentives.language.nodes import All, AnyOf, AtLeast, Holds, Not, Test
from incentives.language.walks import walk
from incentives.values import State
from tests.conformance.cases import Case, stored_cases
from tests.engines.faults import NATIVE_FAULTS, Fault, Patch, seeded
from tests.generators import VOCABULARY_FILE
from tests.profiles import GeneratedCase, cases, examples
from tests.verdicts import policy_set, profile_of, profile_of_raw, vocabulary_of
from tests.whole.profiles import whole_case

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))


def projected(policies: PolicySet, profile: Profile, on: date) -> Screening:
    """What the reference decides, cut down to what screening tells."""
    decision = Evaluator(policies, "reference").check(profile, on)
    found = [
        PolicyScreening(
            policy.policy,
            policy.version,
            policy.status,
            tuple(map(verdict_of, policy.determinations)),
            policy.total,
            policy.paid_to_others,
        )
        for policy in decision.policies
    ]
    return Screening(decision.on, decision.company, tuple(found), decision.total, decision.paid_to_others)


def screened(policies: PolicySet, profile: Profile, on: date, engine: str | Engine) -> Screening:
    return Evaluator(policies, engine).screen(profile, on)


@pytest.mark.parametrize("case", stored_cases(), ids=lambda case: case.name)
def test_a_stored_case_is_screened_as_it_is_decided(case: Case, engine: str) -> None:
    asked = (case.policy_set(), case.read_profile(), case.on)
    assert screened(*asked, engine) == projected(*asked)


@given(case=cases())
def test_a_generated_case_is_screened_as_it_is_decided(case: GeneratedCase) -> None:
    asked = (policy_set(VOCABULARY, case.policy_text), profile_of(case.profile_text, VOCABULARY), case.on)
    expected = projected(*asked)
    for engine in engines_present():
        assert screened(*asked, engine) == expected


def forget_the_last_part(patch: Patch) -> None:
    parts = clauses._parts
    patch.setattr(clauses, "_parts", lambda condition, common: parts(condition, common)[:-1])


def forget_the_first_part(patch: Patch) -> None:
    settling = clauses._settling
    patch.setattr(
        clauses, "_settling", lambda steps: settling([step for step in steps if step[3] is not steps[0][3]])
    )


def settle_singles_at_the_company(patch: Patch) -> None:
    def of_company(form: Test) -> Single | None:
        found = single(form)
        return None if found is None else found._replace(own=False)

    patch.setattr(clauses, "single", of_company)


def leave_all_to_closures(patch: Patch) -> None:
    """What is written instead has faults of its own, in `test_written`."""
    patch.setattr(native, "source_of", lambda *_: ("", {}))
    patch.setattr(native, "made_of", lambda _source, _constants: lambda _profile, _on, _recalled: None)


SCREENING_FAULTS: dict[str, Fault] = {
    "the last part of a clause is forgotten": forget_the_last_part,
    "the first part of a clause is forgotten": forget_the_first_part,
    "facts of items are looked for at the company": settle_singles_at_the_company,
    **NATIVE_FAULTS,
}
# What joins the parts of a clause is not made of the order of an `all`.
del SCREENING_FAULTS["judgement comes before missing data"]


@pytest.fixture(scope="module")
def prepared() -> list[tuple[PolicySet, Profile, date, Screening]]:
    asked = [
        (policy_set(VOCABULARY, case.policy_text), profile_of(case.profile_text, VOCABULARY), case.on)
        for case in examples(300)
    ]
    return [(*one, projected(*one)) for one in asked]


@pytest.mark.parametrize("fault", SCREENING_FAULTS.values(), ids=SCREENING_FAULTS.keys())
def test_a_fault_in_what_screens_is_seen(
    prepared: list[tuple[PolicySet, Profile, date, Screening]], fault: Fault
) -> None:
    with seeded(fault), seeded(leave_all_to_closures):
        engine = make_engine("native")
        assert any(
            screened(policies, profile, on, engine) != expected for policies, profile, on, expected in prepared
        )


def test_a_policy_that_is_not_in_force_is_listed_without_verdicts(shipped: PolicySet, engine: str) -> None:
    found = Evaluator(shipped, engine).screen({"name": "某公司"}, date(1990, 1, 1))
    assert [policy.policy for policy in found.policies] == list(shipped.ids())
    undated = {policy.id for policy in shipped.policies if policy.period.start == date.min}
    assert all(policy.verdicts == () for policy in found.policies if policy.policy not in undated)


def test_one_policy_alone_can_be_screened(shipped: PolicySet, engine: str) -> None:
    evaluator = Evaluator(shipped, engine)
    found = evaluator.screen({"name": "某公司"}, date(2026, 3, 1), policy="wuhou-microwave-rf-2023")
    [policy] = found.policies
    assert {verdict.outcome for verdict in policy.verdicts} == {Outcome.UNDETERMINED}
    with pytest.raises(KeyError):
        evaluator.screen({}, date(2026, 3, 1), policy="no-such-policy")


def test_a_test_asked_alone_comes_to_what_the_reference_says_and_waits_for_the_same() -> None:
    found: Counter[State] = Counter()
    joins = All | AnyOf | AtLeast | Not | Holds
    for number in range(300):
        case = whole_case(number, most_gaps=6)
        [policy] = policy_set(VOCABULARY, case.policy_text).policies
        company = company_subject(profile_of_raw(case.profile, VOCABULARY), case.on)
        engine = NativeEngine()
        for clause in policy.clauses:
            for subject in subjects(clause, company):
                for test in walk(clause.condition):
                    if not isinstance(test.form, joins):
                        at = subject if test.entity != COMPANY else company
                        state, waits = engine.asked_alone(policy, test, at)
                        awaited: Collected = {}
                        assert state is settle(test, at._replace(awaited=awaited)), (number, test.id)
                        if state is State.MISSING:
                            assert {*waits} == {*_gaps(awaited, at)}, (number, test.id)
                        found[state] += 1
    assert all(found[state] > 20 for state in State), found


def _gaps(awaited: Collected, at: Subject) -> Iterator[Awaiting]:
    """What the reference waits for, as verdicts tell it; what only a person can say is not among it."""
    for one in awaited.values():
        if isinstance(one, Awaited) and one.fact is None:
            entity = one.entity or at.list_entity
            assert entity is not None
            yield Awaiting(entity.id, None, None)
        elif isinstance(one, Awaited) and one.fact is not None and not one.fact.judgement:
            yield Awaiting(one.fact.entity, one.item.key if one.item is not None else None, one.fact.id)
