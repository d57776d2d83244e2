"""The public interface: an explicit list of names, typed, with their meaning written down."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path

import pytest

import incentives
from incentives.diagnostics import Span
from incentives.language.nodes import Holds, ItemExists
from incentives.language.store import PolicySet
from incentives.language.walks import walk

NAMES = [
    "NOT_BOUNDED",
    "Awaiting",
    "AwardResult",
    "Basis",
    "Choice",
    "Code",
    "Curve",
    "Decision",
    "Determination",
    "Diagnostic",
    "EngineUnavailable",
    "Evaluator",
    "Explanation",
    "GapPlan",
    "HangingAward",
    "IncentivesError",
    "Interval",
    "Interview",
    "MissingFact",
    "OpenFact",
    "Outcome",
    "Place",
    "PolicyDecision",
    "PolicyRefused",
    "PolicyScreening",
    "PolicySet",
    "PolicyStatus",
    "Problem",
    "Profile",
    "ProfileRefused",
    "Question",
    "Reason",
    "Receipt",
    "Refusal",
    "Screening",
    "Verdict",
    "Why",
    "__version__",
    "engines_present",
    "json_schema",
    "load_policies",
    "next_question",
    "open_facts",
    "render_report",
]
WUHOU = "wuhou-microwave-rf-2023"


@pytest.fixture(scope="module")
def shipped() -> PolicySet:
    return incentives.load_policies()


def test_the_public_names_are_these_and_no_others() -> None:
    assert sorted(incentives.__all__) == sorted(NAMES)
    for name in NAMES:
        assert hasattr(incentives, name)


@pytest.mark.parametrize("name", [name for name in NAMES if name[0].isupper() and name != "NOT_BOUNDED"])
def test_each_public_class_says_what_it_means(name: str) -> None:
    assert inspect.getdoc(getattr(incentives, name)), name


def test_the_package_is_marked_as_typed() -> None:
    assert (Path(incentives.__file__).parent / "py.typed").is_file()


def test_every_node_of_every_policy_has_a_place_and_an_id_of_its_own(shipped: PolicySet) -> None:
    for policy in shipped.policies:
        # What all clauses share, and definitions, are one node wherever they are used.
        common = {node.id for node in walk(policy.common)} if policy.common is not None else set()
        common |= {
            node.id
            for clause in policy.clauses
            for use in walk(clause.condition)
            if isinstance(use.form, Holds)
            for node in walk(use.form.of)
        }
        seen: set[str] = set(common)
        for clause in policy.clauses:
            for node in walk(clause.condition):
                assert isinstance(node.span, Span)
                assert node.span.line > 0
                assert node.span.column > 0
                assert node.span.file.endswith(".yaml")
                if node.id not in common:
                    assert node.id not in seen
                    seen.add(node.id)
                if isinstance(node.form, ItemExists):
                    assert node.form.of.list_key is not None


def test_a_profile_may_be_a_dict_a_path_or_read_before(shipped: PolicySet) -> None:
    evaluator = incentives.Evaluator(shipped)
    on = date(2026, 3, 1)
    by_dict = evaluator.check({"name": "示例", "projects": []}, on)
    assert by_dict == evaluator.check(evaluator.profile({"name": "示例", "projects": []}), on)
    example = Path(__file__).parents[2] / "policies" / WUHOU / "examples" / "all-three.yaml"
    assert evaluator.check(example, on, policy=WUHOU) == evaluator.check(str(example), on, policy=WUHOU)


def test_asking_for_an_unknown_policy_or_engine_says_so(shipped: PolicySet) -> None:
    with pytest.raises(KeyError):
        incentives.Evaluator(shipped).check({}, date(2026, 3, 1), policy="no-such-policy")
    with pytest.raises(incentives.EngineUnavailable, match="no-such-engine"):
        incentives.Evaluator(shipped, "no-such-engine")


def test_refused_input_prints_every_problem() -> None:
    with pytest.raises(incentives.ProfileRefused) as refused:
        incentives.Evaluator(incentives.load_policies()).profile({"investment": 3, "entity_type": 0.5})
    assert "E0502" in str(refused.value)
    assert "E0114" in str(refused.value)


def test_a_receipt_tells_content_from_layout(shipped: PolicySet) -> None:
    evaluator = incentives.Evaluator(shipped)
    on = date(2026, 3, 1)
    one = {"projects": [{"name": "甲", "investment": "1亿元"}, {"name": "乙"}]}
    shuffled = {"projects": [{"name": "乙"}, {"investment": "10000万元", "name": "甲"}]}
    other = {"projects": [{"name": "甲", "investment": "1.1亿元"}, {"name": "乙"}]}
    assert evaluator.receipt(one, on) == evaluator.receipt(shuffled, on)
    assert evaluator.receipt(one, on).profile_sha256 != evaluator.receipt(other, on).profile_sha256


def test_json_says_not_bounded_and_money_as_text(shipped: PolicySet) -> None:
    data = incentives.Evaluator(shipped).check({}, date(2026, 3, 1)).to_dict()
    assert data["total"] == {"guaranteed": "0.00", "possible": "not_bounded"}
    assert data["on"] == "2026-03-01"


@pytest.mark.parametrize("name", ["\x1b[31m甲", "甲\u202e乙", "甲\x07"])
def test_a_name_that_a_terminal_would_act_on_is_refused(name: str, shipped: PolicySet) -> None:
    evaluator = incentives.Evaluator(shipped)
    with pytest.raises(incentives.ProfileRefused, match="E0119"):
        evaluator.profile({"name": name})
