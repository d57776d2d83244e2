"""A rule engine for public incentive policies.

The names listed in `__all__` are the public interface; everything else may move.
"""

__version__ = "0.1.0"  # before the imports, which need it

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
from incentives.diagnostics import (
    Code,
    Diagnostic,
    EngineUnavailable,
    IncentivesError,
    PolicyRefused,
    ProfileRefused,
)
from incentives.engines import engines_present
from incentives.facts.profile import Profile
from incentives.language.store import PolicySet, load_policies
from incentives.values import NOT_BOUNDED, Basis, Interval, Outcome

__all__ = [
    "NOT_BOUNDED",
    "AwardResult",
    "Basis",
    "Code",
    "Decision",
    "Determination",
    "Diagnostic",
    "EngineUnavailable",
    "Evaluator",
    "IncentivesError",
    "Interval",
    "MissingFact",
    "Outcome",
    "PolicyDecision",
    "PolicyRefused",
    "PolicySet",
    "PolicyStatus",
    "Profile",
    "ProfileRefused",
    "Reason",
    "Receipt",
    "__version__",
    "engines_present",
    "load_policies",
]
