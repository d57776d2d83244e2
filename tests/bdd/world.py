"""What one scenario has said so far: the policy, the applicant, and the decision once it has applied.

Knows every policy by the Chinese titles of its vocabulary and clauses, so a new policy needs no new steps.
"""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

from incentives import Determination, Evaluator, IncentivesError, Outcome, PolicyDecision, load_policies
from incentives.decision.result import Combined, ItemName
from incentives.engines.atoms import passes
from incentives.engines.subjects import company_subject
from incentives.engines.terms.evaluate import evaluate
from incentives.facts.ledger import LEDGER, LEDGER_FROM
from incentives.facts.profile import Profile
from incentives.facts.types import FactType, YearlyType
from incentives.facts.vocabulary import COMPANY, Entity, Vocabulary
from incentives.language.nodes import Condition
from incentives.language.store import shipped_policies
from incentives.values import State

from .wording import NO, OUTCOMES, UNKNOWN, YES, content, fail, listed, look_up, reason_text, told_value

POLICIES_VARIABLE = "INCENTIVES_POLICIES"
"""Environment variable: the folder whose policies the scenarios are held against, instead of the shipped one."""

SAMPLES = Path(__file__).resolve().parents[2] / "features" / "sample" / "policies"


@lru_cache
def evaluators(folder: Path, engine: str) -> Evaluator:
    return Evaluator(load_policies(folder), engine)


class World:
    """The state that the steps of one scenario share."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self._evaluator: Evaluator | None = None
        self._policy = ""
        self._company = ""
        self._facts: dict[str, object] = {}
        self._lists: dict[str, dict[str, dict[str, object]]] = {}
        self._decision: PolicyDecision | None = None
        self._applied: tuple[Profile, date] | None = None

    # What 假如 says.

    def choose_policy(self, title: str) -> None:
        """The policy of that title: in the folder under test, else among the samples."""
        known: dict[str, tuple[Evaluator, str]] = {}
        for folder in (Path(os.environ.get(POLICIES_VARIABLE) or shipped_policies()), SAMPLES):
            evaluator = evaluators(folder, self._engine)
            for policy in evaluator.policies.policies:
                known.setdefault(policy.title, (evaluator, policy.id))
        self._evaluator, self._policy = look_up("政策", title, known)

    def new_company(self, name: str, cells: dict[str, str]) -> None:
        self._company, self._facts, self._lists = name, {}, {}
        for fact, text in cells.items():
            self.set_fact(fact, text)

    def set_fact(self, title: str, text: str) -> None:
        self._set(self._vocabulary.company, self._applicant(), title, text)

    def add_item(self, entity_title: str, name: str, cells: dict[str, str]) -> None:
        entity = self._entity(entity_title)
        items = self._lists.setdefault(entity.list_key or "", {})
        if name in items:
            fail(f"“{entity_title}”中已有“{name}”；每项的名称不能相同")
        items[name] = {}
        for fact, text in cells.items():
            self._set(entity, items[name], fact, text)

    def set_item_fact(self, entity_title: str, name: str, fact: str, text: str) -> None:
        entity = self._entity(entity_title)
        item = look_up(entity_title, name, self._lists.get(entity.list_key or "", {}))
        self._set(entity, item, fact, text)

    def empty_list(self, entity_title: str) -> None:
        self._lists[self._entity(entity_title).list_key or ""] = {}

    def absent_list(self, entity_title: str) -> None:
        self._lists.pop(self._entity(entity_title).list_key or "", None)

    def set_year(self, title: str, year: int | str, text: str) -> None:
        self._set_year(self._vocabulary.company, self._applicant(), title, year, text)

    def set_item_year(self, entity_title: str, name: str, title: str, year: int | str, text: str) -> None:
        entity = self._entity(entity_title)
        item = look_up(entity_title, name, self._lists.get(entity.list_key or "", {}))
        self._set_year(entity, item, title, year, text)

    def begin_ledger(self, year: int) -> None:
        """The ledger is complete from that year on; what it holds is said grant by grant."""
        self._applicant()[LEDGER_FROM] = year
        self._grants()

    def add_grant(self, year: int, clause_title: str, amount: str) -> None:
        policies = [one for one in self._chosen().policies.policies if one.id == self._policy]
        clauses = {clause.title: clause.id for policy in policies for clause in policy.clauses}
        clause = look_up("条款", clause_title, clauses)
        grants = self._grants()
        grant = {"policy": self._policy, "clause": clause, "year": year, "amount": amount}
        grants[f"第{len(grants) + 1}笔"] = grant

    # What 当 does.

    def apply(self, on: date) -> None:
        evaluator = self._chosen()
        self._applicant()
        lists = {key: [{"name": name, **item} for name, item in items.items()] for key, items in self._lists.items()}
        try:
            profile = evaluator.profile({"name": self._company, **self._facts, **lists})
            decision = evaluator.check(profile, on, self._policy)
        except IncentivesError as problem:
            fail(f"企业资料不能用：{problem}")
        [self._decision] = decision.policies
        self._applied = profile, on

    # What 那么 looks at.

    @property
    def decision(self) -> PolicyDecision:
        return self._decision or fail("还没有申报；先写“当 在2026年3月1日申报”")

    def whose(self, item: ItemName | None) -> str:
        """The item by its name, else the applicant."""
        return item.name if item else self._company

    def supplier(self, authority: str | None) -> str:
        """Who can supply a fact: an authority, else the applicant itself."""
        return authority or self._vocabulary.company.title.zh

    def determination(self, name: str, clause: str) -> Determination:
        """What was decided on one clause for the item of that name, or for the applicant."""
        found = [one for one in self.decision.determinations if one.title == clause]
        if not found:
            known = dict.fromkeys(one.title for one in self.decision.determinations)
            look_up("条款结论", clause, known)
        return look_up(f"“{clause}”申报对象", name, {self.whose(one.item): one for one in found})

    def combined(self) -> Combined:
        return self.decision.combined or fail("这项政策没有写叠加规则")

    def claim(self, name: str, clause: str) -> str:
        """What stacking calls the award of a determination."""
        found = self.determination(name, clause)
        return f"{found.clause}/{found.item.key}" if found.item else found.clause

    def definition(self, title: str) -> str:
        """What a definition of the policy comes to for the applicant, in words."""
        profile, on = self._applied if self._decision and self._applied else fail("还没有申报；先写“当 在……申报”")
        [policy] = self._chosen().applicable(on, self._policy)
        known = {one.title.zh: one for one in policy.definitions.values() if one.entity == COMPANY}
        found = look_up("定义", title, known)
        subject = company_subject(profile, on)
        if not isinstance(found.of, Condition):
            return told_value(found.type, evaluate(found.of, subject, passes))
        return {State.HOLDS: YES, State.FAILS: NO}.get(passes(found.of, subject), UNKNOWN)

    def _set(self, entity: Entity, values: dict[str, object], title: str, text: str) -> None:
        fact_id, fact_type = _fact(entity, title)
        values[fact_id] = content(title, fact_type, text)
        self._decision = None

    def _set_year(self, entity: Entity, values: dict[str, object], title: str, year: int | str, text: str) -> None:
        fact_id, fact_type = _fact(entity, title)
        if not isinstance(fact_type, YearlyType):
            fail(f"“{title}”不是逐年的事实；写“它的“{title}”为……”")
        known = values.get(fact_id)
        values[fact_id] = {**(known if isinstance(known, dict) else {}), year: content(title, fact_type.of, text)}
        self._decision = None

    def _grants(self) -> dict[str, dict[str, object]]:
        """What the ledger holds so far; it holds nothing until a grant is said."""
        self._applicant()
        self._decision = None
        return self._lists.setdefault(self._vocabulary.entities[LEDGER].list_key or "", {})

    def _entity(self, title: str) -> Entity:
        self._applicant()
        self._decision = None
        entities = {one.title.zh: one for one in self._vocabulary.entities.values() if one.id != COMPANY}
        return look_up("清单", title, entities)

    def _applicant(self) -> dict[str, object]:
        if not self._company:
            fail("还没有申报主体；先写“假如 申报主体“示例甲””")
        return self._facts

    def _chosen(self) -> Evaluator:
        return self._evaluator or fail("还没有政策；先写“假如 政策“……””")

    @property
    def _vocabulary(self) -> Vocabulary:
        return self._chosen().policies.vocabulary


def _fact(entity: Entity, title: str) -> tuple[str, FactType]:
    facts = {fact.title.zh: (fact.id, fact.type) for fact in entity.facts.values()}
    return look_up(f"{entity.title.zh}事实", title, facts)


def told(found: Determination) -> str:
    """An outcome with its reasons, for messages."""
    words = next(word for word, outcome in OUTCOMES.items() if outcome is found.outcome)
    match found.outcome:
        case Outcome.NOT_QUALIFIED:
            return f"{words}（未满足{listed(map(reason_text, found.failed))}）"
        case Outcome.UNDETERMINED:
            return f"{words}（缺少{listed(fact.title.zh for fact in found.missing)}）"
        case Outcome.NEEDS_REVIEW:
            return f"{words}（{listed(map(reason_text, found.judgements))}）"
        case _:
            return words
