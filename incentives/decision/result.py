"""What a check answers, as plain frozen data. Imports presence, the model's citations and values.

Two decisions are equal when they say the same; which engine found them is not part of them. Their order
does not depend on the order of the input: policies by id, determinations by clause and item.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from incentives.engines.subjects import Presence
from incentives.facts.ledger import BackTo, furthest
from incentives.language.model import Budget, Citation, Document, Instalment, Period, Stacking
from incentives.language.naming import clause_named
from incentives.records import NamedTuple, frozen
from incentives.values import Basis, Bilingual, Interval, Outcome, Possible, Yuan

if TYPE_CHECKING:
    from incentives.decision.evaluator import Evaluator
    from incentives.explain.guidance import Why
    from incentives.facts.profile import Profile


@frozen
class Reason:
    """A condition that counts in a determination, by its node id: stable, and the path in the policy file.

    `says` are the words of the paper that it encodes, and `article` where these stand, where that is another place
    than the clause's. Where it waits for a person, `open_list` holds the word that leaves its list open (等) and the
    value is not on the list; else `judgement` says what is to be judged, or `undefined` what has no value and is not
    ruled.
    """

    node: str
    fact: str | None
    title: Bilingual | None
    says: str | None = None
    article: str | None = None
    assumption: str | None = None
    judgement: str | None = None
    open_list: str | None = None
    undefined: Bilingual | None = None


@frozen
class ItemName:
    """An item of a list: what tells it from the others, and what people call it."""

    entity: str
    key: str
    name: str


@frozen
class MissingFact:
    """A fact nobody has given and the outcome waits for. `fact` is None where a whole list is missing.

    `years` are those missing of a yearly fact; with `earlier` every year before them is missing as well, and the
    highest of those is enough. `supplier` is the authority that holds the fact, None where the
    company itself can say. `nodes` are the conditions, awards and limits on several awards that wait for it. Of the
    ledger and of how far it reaches, `back_to` is the first year that matters to any of these, or that every year
    does; None of any other fact.
    """

    entity: str
    item: ItemName | None
    fact: str | None
    years: tuple[int, ...]
    title: Bilingual
    question: Bilingual
    supplier: Bilingual | None
    nodes: tuple[str, ...]
    earlier: bool = False
    back_to: BackTo | None = None


@frozen
class AwardResult:
    """What a determination comes to. `amount` is the sum or ceiling the clause states, None where it works one out.

    `words` are the paper's where a person decides, nothing was published, or something is recognised.
    `interval` is what of it is certain and possible given the outcome; `if_met` what it comes to once the clause is
    met, for each item where their list was not given, and nothing where the clause is refused. What goes `to_other`
    than the company is no part of its own total; `or_in_kind` says what may be given in place of money. `source` is
    where the award stands, where that is another place than the clause's. `budgets` are those that limit it: nothing
    of it is certain. `recognises` is the title that is conferred together with the money, `in_kind` what is given
    with it that is no money; `in_tiers` are the words
    of the tiers that may be the one reached, where tiers grant no money, `tier_names` the paper's names of them.
    """

    kind: str
    basis: Basis
    amount: Yuan | None
    words: str | None
    paid_to: str
    interval: Interval
    if_met: Interval
    instalments: tuple[Instalment, ...]
    obligations: tuple[str, ...]
    claw_back: str | None
    to_other: bool
    or_in_kind: str | None
    source: Citation | None
    budgets: tuple[Budget, ...]
    recognises: str | None
    in_kind: str | None
    in_tiers: tuple[str, ...]
    tier_names: tuple[str, ...]


@frozen
class Determination:
    """One clause on one item.

    `item` is None for a clause on the company and where a list is empty or absent; `presence` says which.
    `rests_on_assumption` says that a refusal would not stand without conditions the encoder added;
    `refusing_assumptions` are those.
    """

    policy: str
    clause: str
    title: str
    item: ItemName | None
    presence: Presence
    outcome: Outcome
    award: AwardResult
    failed: tuple[Reason, ...]
    missing: tuple[MissingFact, ...]
    judgements: tuple[Reason, ...]
    assumptions: tuple[Reason, ...]
    rests_on_assumption: bool
    refusing_assumptions: tuple[Reason, ...]
    sources: tuple[Citation, ...]


def award_node(clause: str) -> str:
    """By what an award is named among the nodes that wait for something."""
    return f"{clause}/award"


def item_node(clause: str) -> str:
    """By what the condition of a clause is named that there is an item of its list."""
    return f"{clause}/item"


def merged(facts: Iterable[MissingFact]) -> tuple[MissingFact, ...]:
    """Every missing fact once, with all the conditions that wait for it and all its years."""
    found: dict[tuple[str, str | None, str | None], MissingFact] = {}
    for fact in facts:
        key = (fact.entity, fact.item.key if fact.item else None, fact.fact)
        known = found.get(key)
        if known is None:
            found[key] = fact
        elif fact != known:
            nodes = tuple(dict.fromkeys((*known.nodes, *fact.nodes)))
            years = tuple(sorted({*known.years, *fact.years}))
            earlier, back_to = known.earlier or fact.earlier, furthest((known.back_to, fact.back_to))
            found[key] = replace(fact, nodes=nodes, years=years, earlier=earlier, back_to=back_to)
    return tuple(found.values())


def merged_missing(determinations: Iterable[Determination]) -> tuple[MissingFact, ...]:
    """Every fact that any determination waits for, once."""
    return merged(fact for determination in determinations for fact in determination.missing)


@frozen
class Lost:
    """What stacking takes from an award: by which rule, in favour of which others (none for a cap), how much.

    Awards are named by clause, or clause and item: `rent/一号厂房`; between policies by policy, and then the rule by
    policy and rule.
    """

    award: str
    rule: str
    says: str | None
    to: tuple[str, ...]
    amount: Possible


@frozen
class Combined:
    """The best combination under the stacking rules: of what is certain, and of what can still come.

    Where the two differ, neither is chosen for the company. `equal` are other combinations worth the same. Where
    it is not `proved`, the work limit was reached: the guaranteed total is reached, the possible is an upper bound.
    """

    chosen: tuple[str, ...]
    chosen_possible: tuple[str, ...]
    equal: tuple[tuple[str, ...], ...]
    equal_possible: tuple[tuple[str, ...], ...]
    proved: bool
    lost: tuple[Lost, ...]
    lost_possible: tuple[Lost, ...]


@frozen
class Limit:
    """What a rule lets be paid at most for the awards of some clauses together, in yuan; earlier grants are off."""

    rule: str
    clauses: tuple[str, ...]
    at_most: Possible


class PolicyStatus(StrEnum):
    IN_FORCE = "in_force"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    NO_LONGER_IN_FORCE = "no_longer_in_force"


@frozen
class PolicyDecision:
    """One policy on the date. Without determinations where it is not in force.

    `missing` are the facts that its determinations and its total wait for. `shared` are those of which a
    value is read in two places, or for each of two items: for their sake the interval may be wider than any
    completion reaches.
    """

    policy: str
    version: str
    title: str
    status: PolicyStatus
    period: Period
    document: Document
    stacking: Stacking
    determinations: tuple[Determination, ...]
    total: Interval
    """What the company itself is paid."""
    paid_to_others: Interval
    combined: Combined | None
    """How the total was chosen; None where no stacking rule is written."""
    limits: tuple[Limit, ...]
    """The caps on whole clauses, as far as they are known."""
    missing: tuple[MissingFact, ...]
    shared: tuple[MissingFact, ...]


@frozen
class CountedAmong:
    """What the company's possible total of all policies counts of one that others exclude, whole or by clauses.

    `given_up` are the clauses it is without, all of them where it is excluded whole; `total` is what the others come
    to, and `combined` how that was chosen, None where no rule chooses.
    """

    policy: str
    given_up: tuple[str, ...]
    total: Interval
    combined: Combined | None


@frozen
class Receipt:
    """The same policies, profile and date give the same decision, on any engine."""

    on: date
    policies: tuple[str, ...]
    """Each policy as `id@version`."""
    policies_sha256: str
    profile_sha256: str
    engine: str
    engine_version: str


class Origin(NamedTuple):
    """Who decided, and on which profile: what it takes to explain a decision."""

    evaluator: Evaluator
    profile: Profile


class Remembering:
    """Remembers what a decision was found from, outside of what it says.

    It is no field: equality, JSON, pickles and `replace` know nothing of it, and no profile travels with a decision.
    """

    __slots__ = ("_origin",)

    _origin: Origin


@frozen
class Decision(Remembering):
    """Everything a company was told on a date."""

    on: date
    company: str
    policies: tuple[PolicyDecision, ...]
    total: Interval
    """What the company itself is paid."""
    paid_to_others: Interval
    lost: tuple[Lost, ...]
    """What the possible total loses where one policy excludes another by name: each award is a policy, by its id, or
    what it gives up of its clauses, `policy/clause`."""
    counted: tuple[CountedAmong, ...]
    """Each policy of which the possible total counts other awards than those that count in the policy by itself."""

    @property
    def determinations(self) -> tuple[Determination, ...]:
        return tuple(found for policy in self.policies for found in policy.determinations)

    @property
    def missing(self) -> tuple[MissingFact, ...]:
        """Every missing fact once, with all the conditions, awards and limits that wait for it."""
        return merged(fact for policy in self.policies for fact in policy.missing)

    def found_by(self, evaluator: Evaluator, profile: Profile) -> Decision:
        """The same decision, which can explain itself."""
        object.__setattr__(self, "_origin", Origin(evaluator, profile))
        return self

    def explain(
        self, clause: str | None = None, policy: str | None = None, *, fixed: Iterable[str] = ()
    ) -> tuple[Why, ...]:
        """Why each clause came out as it did on each item, and what would change that, as `Why.of` says it.

        For the clause of that id or title, `policy/clause` where several have it, or for all; of that policy, or of
        all in force. `fixed` are facts, and kinds of items, that are held as they are. Raises `KeyError` where no
        policy has that id, and no clause that name or more than one, and `LookupError` for a decision that was not
        found by an evaluator in this process, such as one read from a pickle.
        """
        from incentives.explain.guidance import Why

        try:
            evaluator, profile = self._origin
        except AttributeError:
            raise LookupError("this decision no longer knows its profile: ask `Why.of`") from None
        decided = [one.policy for one in self.policies if policy in (None, one.policy)]
        if policy is not None and not decided:
            raise KeyError(f"no policy `{policy}` in this decision")
        wanted: list[tuple[str, str | None]] = [(one, None) for one in decided]
        if clause is not None:
            wanted = [clause_named(clause, [evaluator.policies.applicable(one, self.on) for one in decided])]
        held = tuple(fixed)
        return tuple(why for of, one in wanted for why in Why.of(evaluator, profile, self.on, of, one, fixed=held))

    def to_dict(self) -> dict[str, Any]:
        """The decision as JSON-ready data: money as text in yuan, dates in ISO form."""
        from incentives.decision.json import to_data

        return to_data(Decision, self)

    def to_json(self) -> str:
        """The decision as JSON text."""
        from incentives.decision.json import to_text

        return to_text(Decision, self)
