"""The way in for programs: load policies once, check profiles as often as needed. Imports all of the engine room."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from incentives.decision.assemble import decision, policy_decision, status_on
from incentives.decision.result import Decision, PolicyStatus, Receipt
from incentives.decision.screening import Screening, screening
from incentives.engines import FAST, make_engine
from incentives.engines.clashes import Clash
from incentives.engines.kinds import kinds_of, with_kinds
from incentives.engines.rows import Engine, Row, candidates
from incentives.engines.subjects import Subject, company_subject
from incentives.facts.profile import Profile
from incentives.facts.reader import load_profile, profile_of
from incentives.language.model import Policy
from incentives.language.store import PolicySet
from incentives.records import NamedTuple

AnyProfile = Profile | Mapping[str, object] | Path | str
Prepared = TypeVar("Prepared")

_MOST_KEPT = 4
"""How many prepared things an evaluator keeps: those of the day, and of a few others."""


class Examination(NamedTuple):
    """A decision and what it was found from: the profile as read, and the rows of each policy."""

    profile: Profile
    rows: tuple[tuple[Policy, tuple[Row, ...]], ...]
    decision: Decision


class Evaluator:
    """Checks profiles against a policy set. Safe to share between threads; holds nothing of a profile.

    `engine` is the name of an engine or one made elsewhere; by default the preferred engine that is present.
    Raises `EngineUnavailable`.
    """

    def __init__(self, policies: PolicySet, engine: str | Engine | None = None) -> None:
        self.policies = policies
        self._engine = make_engine(engine) if engine is None or isinstance(engine, str) else engine
        self._prepared: dict[Hashable, Any] = {}

    @cached_property
    def fast(self) -> Evaluator:
        """The same policies on the fast engine, for what decides many times over: plans, questions, curves."""
        return self if self.engine == FAST else Evaluator(self.policies, FAST)

    def prepared(self, key: Hashable, make: Callable[[], Prepared]) -> Prepared:
        """What somebody makes of these policies once, for a day perhaps, and asks for again: the last few are kept.

        It holds nothing of a profile, and nobody changes it: threads may share it.
        """
        kept: Prepared | None = self._prepared.get(key)
        if kept is None:
            kept = make()
            for old in list(self._prepared)[: -_MOST_KEPT + 1]:
                self._prepared.pop(old, None)
            self._prepared[key] = kept
        return kept

    @property
    def engine(self) -> str:
        """The name of the engine that decides."""
        return self._engine.name

    def profile(self, profile: AnyProfile, on: date | None = None) -> Profile:
        """A profile from a file's path or from Python data. Raises `ProfileRefused`.

        With the day of application, what does not fit it is among the warnings of the profile.
        """
        if isinstance(profile, Profile):
            return profile
        if isinstance(profile, Mapping):
            return profile_of(profile, self.policies.vocabulary, on)
        if isinstance(profile, Path | str):
            return load_profile(Path(profile), self.policies.vocabulary, on=on)
        raise TypeError(f"a profile is a path, a mapping or a Profile, not {type(profile).__name__}")

    def check(self, profile: AnyProfile, on: date, policy: str | None = None) -> Decision:
        """The decision on a profile for an application made on the day `on`.

        Checks every policy, or the one whose id is `policy`. Raises `ProfileRefused`; `KeyError` for an
        unknown policy id; `TypeError` for what is neither a profile nor a day.
        """
        return self.examine(profile, on, policy).decision

    def examine(self, profile: AnyProfile, on: date, policy: str | None = None) -> Examination:
        """The decision together with the state of every condition, which explanations are made from.

        Raises what `check` raises.
        """
        known = self.profile(profile)
        rows = tuple([(version, self._rows(version, known, on)) for version in self.applicable(on, policy)])
        company = company_subject(known, on)
        decisions = [
            (version, policy_decision(version, status_on(version, on), found, company, clashes))
            for version, found in rows
            for clashes in [self._clashes(version, found, company)]
        ]
        return Examination(known, rows, decision(on, company, decisions).found_by(self, known))

    def screen(self, profile: AnyProfile, on: date, policy: str | None = None) -> Screening:
        """The outcomes, missing facts and amounts that `check` would give, without its explanations, and faster.

        Raises what `check` raises.
        """
        return screening(self.applicable(on, policy), self._engine, self.profile(profile), on)

    def applicable(self, on: date, policy: str | None = None) -> tuple[Policy, ...]:
        """The version of each policy that counts on the day, whether or not it is in force then."""
        if not isinstance(on, date) or isinstance(on, datetime):
            raise TypeError(f"the day of application is a datetime.date, not {type(on).__name__}")
        known = self.policies.ids()
        if policy is not None and policy not in known:
            raise KeyError(f"no policy `{policy}`; known: {', '.join(known)}")
        ids = known if policy is None else (policy,)
        return tuple([self.policies.applicable(policy_id, on) for policy_id in ids])

    def _rows(self, policy: Policy, profile: Profile, on: date) -> tuple[Row, ...]:
        """The state of every condition; none where the policy is not in force."""
        if status_on(policy, on) is not PolicyStatus.IN_FORCE:
            return ()
        return self._engine.rows(policy, profile, on)

    def _clashes(self, policy: Policy, rows: Sequence[Row], company: Subject) -> frozenset[Clash]:
        if not policy.rules:
            return frozenset()
        return self._engine.clashes(policy, with_kinds(candidates(rows), kinds_of(policy, company)))

    def receipt(self, profile: AnyProfile, on: date, policy: str | None = None) -> Receipt:
        """What it takes to reproduce the decision on the same profile and day."""
        from incentives.decision.receipt import make_receipt

        return make_receipt(self.applicable(on, policy), self.policies, self.profile(profile), on, self.engine)
