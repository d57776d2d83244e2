"""A rule engine for public incentive policies.

The names listed in `__all__` are the public interface; everything else may move. Each is imported when it is
first used, so that a small command does not wait for what it does not need.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from incentives.advice.interview import Interview
    from incentives.advice.missing import HangingAward, OpenFact, open_facts
    from incentives.advice.question import Choice, Question
    from incentives.advice.questions import next_question
    from incentives.decision.evaluator import Evaluator
    from incentives.decision.result import (
        AwardResult,
        Decision,
        Determination,
        MissingFact,
        PolicyDecision,
        PolicyStatus,
        Reason,
        Receipt,
    )
    from incentives.decision.screening import PolicyScreening, Screening
    from incentives.diagnostics import (
        Code,
        Diagnostic,
        EngineUnavailable,
        IncentivesError,
        PolicyRefused,
        ProfileRefused,
    )
    from incentives.diagnostics.refusal import Problem, Refusal
    from incentives.engines import engines_present
    from incentives.engines.rows import Awaiting, Verdict
    from incentives.explain.curves import Curve
    from incentives.explain.guidance import GapPlan, Why
    from incentives.explain.schemas import json_schema
    from incentives.explain.view import Explanation
    from incentives.facts.places import Place
    from incentives.facts.profile import Profile
    from incentives.language.store import PolicySet, load_policies
    from incentives.report.formats import render_report
    from incentives.values import NOT_BOUNDED, Basis, Interval, Outcome

__version__ = "0.3.0"

_HOMES = {
    "Awaiting": "incentives.engines.rows",
    "AwardResult": "incentives.decision.result",
    "Basis": "incentives.values",
    "Choice": "incentives.advice.question",
    "Code": "incentives.diagnostics",
    "Curve": "incentives.explain.curves",
    "Decision": "incentives.decision.result",
    "Determination": "incentives.decision.result",
    "Diagnostic": "incentives.diagnostics",
    "EngineUnavailable": "incentives.diagnostics",
    "Evaluator": "incentives.decision.evaluator",
    "Explanation": "incentives.explain.view",
    "GapPlan": "incentives.explain.guidance",
    "HangingAward": "incentives.advice.missing",
    "IncentivesError": "incentives.diagnostics",
    "Interval": "incentives.values",
    "Interview": "incentives.advice.interview",
    "MissingFact": "incentives.decision.result",
    "NOT_BOUNDED": "incentives.values",
    "OpenFact": "incentives.advice.missing",
    "Outcome": "incentives.values",
    "Place": "incentives.facts.places",
    "PolicyDecision": "incentives.decision.result",
    "PolicyRefused": "incentives.diagnostics",
    "PolicyScreening": "incentives.decision.screening",
    "PolicySet": "incentives.language.store",
    "PolicyStatus": "incentives.decision.result",
    "Profile": "incentives.facts.profile",
    "Problem": "incentives.diagnostics.refusal",
    "ProfileRefused": "incentives.diagnostics",
    "Question": "incentives.advice.question",
    "Reason": "incentives.decision.result",
    "Receipt": "incentives.decision.result",
    "Refusal": "incentives.diagnostics.refusal",
    "Screening": "incentives.decision.screening",
    "Verdict": "incentives.engines.rows",
    "Why": "incentives.explain.guidance",
    "engines_present": "incentives.engines",
    "json_schema": "incentives.explain.schemas",
    "load_policies": "incentives.language.store",
    "next_question": "incentives.advice.questions",
    "open_facts": "incentives.advice.missing",
    "render_report": "incentives.report.formats",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module `incentives` has no name `{name}`")
    return getattr(import_module(_HOMES[name]), name)


__all__ = [
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
