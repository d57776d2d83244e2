"""What a policy means, worked out a second time from the laws alone.

It reads the raw data of a policy, a vocabulary and a profile, with operands as a person wrote them
(`1亿元`, `50%`), and shares no code with the package. Where the engines carry four states, it carries the
reasons themselves: the answer to a condition is true, false, or the set of everything it waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.oracle_values import day, fen, passes

Raw = Mapping[str, Any]
"""A mapping as a YAML reader gives it."""

Why = tuple[str, ...]
"""`("missing", entity, item, fact)`, with "" for what does not apply, or `("judgement", node)`."""

Answer = bool | frozenset[Why]

Ruling = Callable[[str, str], bool | None]
"""What a person decides of an open list at a node, for an item or ""; None while nobody has decided."""

Fen = int
COMPANY = "company"


@dataclass(frozen=True)
class Finding:
    """One clause on one item. `possible` is None where nothing bounds it."""

    outcome: str
    failed: frozenset[str]
    missing: frozenset[Why]
    judgements: frozenset[str]
    assumptions: frozenset[str]
    rests_on_assumption: bool
    basis: str
    guaranteed: Fen
    possible: Fen | None


@dataclass(frozen=True)
class Verdict:
    """One policy on a day. Findings by clause and item; "" for the company and for a list without items."""

    status: str
    findings: Mapping[tuple[str, str], Finding]
    guaranteed: Fen
    possible: Fen | None


def verdict(policy: Raw, vocabulary: Raw, profile: Raw, on: date, ruling: Ruling | None = None) -> Verdict:
    """What `policy` says of `profile` on the day `on`."""
    status = _status(policy["in_force"], on)
    findings: dict[tuple[str, str], Finding] = {}
    if status == "in_force":
        for clause_id, clause in policy["clauses"].items():
            entity = clause.get("for_each", COMPANY)
            for item, key in _items(vocabulary, profile, entity):
                view = _View(vocabulary, profile, entity, item, key, ruling)
                findings[clause_id, key] = _finding(policy, clause_id, clause, view)
    sums: dict[str, list[Finding]] = {}
    for (clause_id, _), finding in findings.items():
        sums.setdefault(clause_id, []).append(finding)
    certain = [sum(finding.guaranteed for finding in found) for found in sums.values()]
    guaranteed = sum(certain) if policy["stacking"] == "cumulative" else max(certain, default=0)
    return Verdict(status, findings, guaranteed, _sum(finding.possible for finding in findings.values()))


def _status(period: Raw, on: date) -> str:
    first = period["counted_from"] if period["from"] == "not_published" else period["from"]
    start = date.min if first == "not_published" else day(first)
    if on < start:
        return "not_yet_in_force"
    if period["until"] in ("none", "not_published") or on <= day(period["until"]):
        return "in_force"
    return "no_longer_in_force"


def _items(vocabulary: Raw, profile: Raw, entity: str) -> list[tuple[Raw | None, str]]:
    """The items of a list with their keys; one place without an item where there is none to look at."""
    if entity == COMPANY:
        return [(None, "")]
    given = profile.get(vocabulary["entities"][entity]["list"]) or []
    return [(item, " ".join(str(item.get("id") or item["name"]).split())) for item in given] or [(None, "")]


def _finding(policy: Raw, clause_id: str, clause: Raw, view: _View) -> Finding:
    parts: list[tuple[str, Any]] = []
    if view.entity != COMPANY:
        parts.append((f"{clause_id}/item", _ITEM))
    common = policy.get("common_conditions")
    for path, condition in _listed("common_conditions", common, COMPANY) if common else ():
        parts.append((path, condition))
    if clause.get("when"):
        parts += _listed(f"{clause_id}/when", clause["when"], view.entity)
    answer = view.all(parts, assuming=True)
    refused = answer is False
    reasons = frozenset() if isinstance(answer, bool) else answer
    guaranteed, possible = _worth(clause["award"], answer, view.list_is_absent)
    return Finding(
        outcome=_outcome(answer),
        failed=frozenset(node for part in parts for node in view.failing(*part)) if refused else frozenset(),
        missing=frozenset(why for why in reasons if why[0] == "missing"),
        judgements=frozenset(why[1] for why in reasons if why[0] == "judgement"),
        assumptions=frozenset(node for part in parts for node in _assumed(*part)),
        rests_on_assumption=refused and view.all(parts, assuming=False) is not False,
        basis={"exact": "exact", "up_to": "ceiling", "discretionary": "discretionary"}[_form(clause["award"])],
        guaranteed=guaranteed,
        possible=possible,
    )


def _outcome(answer: Answer) -> str:
    if isinstance(answer, bool):
        return "qualified" if answer else "not_qualified"
    return "undetermined" if any(why[0] == "missing" for why in answer) else "needs_review"


def _form(award: Raw) -> str:
    return next(form for form in ("exact", "up_to", "discretionary") if form in award)


def _worth(award: Raw, answer: Answer, list_is_absent: bool) -> tuple[Fen, Fen | None]:
    form = _form(award)
    amount = None if form == "discretionary" else fen(award[form])
    if answer is False:
        return 0, 0
    if answer is True:
        return (amount or 0, amount) if form == "exact" else (0, amount)
    return 0, None if list_is_absent and amount != 0 else amount


def _sum(amounts: Iterator[Fen | None]) -> Fen | None:
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


_ITEM = "there is an item"


def _listed(path: str, conditions: Any, entity: str) -> list[tuple[str, Any]]:
    listed = conditions if isinstance(conditions, list) else [conditions]
    return [(f"{path}/{index}", (condition, entity)) for index, condition in enumerate(listed)]


def _below(node: str, condition: Raw, entity: str) -> list[tuple[str, Any]]:
    if "not" in condition:
        return [(f"{node}/not", (condition["not"], entity))]
    if "in_case" in condition:
        return [part for key in ("in_case", "must") for part in _listed(f"{node}/{key}", condition[key], entity)]
    listed = condition.get("all") or condition.get("any") or condition["of"]
    return _listed(node, listed, entity)


def _assumed(node: str, part: Any) -> Iterator[str]:
    if part is _ITEM:
        return
    condition, entity = part
    if condition.get("assumption"):
        yield node
    if "fact" not in condition:
        for below in _below(node, condition, entity):
            yield from _assumed(*below)


@dataclass(frozen=True)
class _View:
    """A profile as one clause looks at it: the company's facts and those of one item, if there is one."""

    vocabulary: Raw
    profile: Raw
    entity: str
    item: Raw | None
    key: str
    ruling: Ruling | None

    @property
    def list_is_absent(self) -> bool:
        if self.entity == COMPANY or self.item is not None:
            return False
        return self.profile.get(self.vocabulary["entities"][self.entity]["list"]) is None

    @property
    def list_is_empty(self) -> bool:
        return self.entity != COMPANY and self.item is None and not self.list_is_absent

    def answer(self, node: str, part: Any, assuming: bool) -> Answer:
        """`assuming` False leaves every condition that the encoder added as an open question."""
        if part is _ITEM:
            return self._no_item() if self.item is None else True
        condition, entity = part
        if condition.get("assumption") and not assuming:
            return frozenset({("assumed", node)})
        if "fact" in condition:
            return self._test(node, condition, entity)
        if "in_case" in condition:
            case, must = (
                self.all(_listed(f"{node}/{key}", condition[key], entity), assuming) for key in ("in_case", "must")
            )
            return True if case is False or must is True else must if case is True else _union([case, must], False)
        below = _below(node, condition, entity)
        if "all" in condition:
            return self.all(below, assuming)
        answers = [self.answer(*each, assuming) for each in below]
        if "any" in condition:
            return True if True in answers else _union(answers, otherwise=False)
        if "conditions_at_least" in condition:
            missed = len(answers) - condition["conditions_at_least"]
            if answers.count(False) > missed:
                return False
            return answers.count(True) + missed >= len(answers) or _union(answers, otherwise=False)
        [negated] = answers
        return not negated if isinstance(negated, bool) else negated

    def all(self, parts: list[tuple[str, Any]], assuming: bool) -> Answer:
        answers = [self.answer(*part, assuming) for part in parts]
        return False if False in answers else _union(answers, otherwise=True)

    def failing(self, node: str, part: Any) -> Iterator[str]:
        """The tests and `not`s that fail, reached through what fails. An empty list says nothing of its items."""
        if self.answer(node, part, assuming=True) is not False:
            return
        if part is _ITEM:
            yield node
            return
        condition, entity = part
        if "not" not in condition and "fact" not in condition:
            asked = {"all": condition["must"]} if "in_case" in condition else condition
            for below in _below(f"{node}/must" if "in_case" in condition else node, asked, entity):
                yield from self.failing(*below)
        elif not (self.list_is_empty and self._looks_at_item(condition, entity)):
            yield node

    def _looks_at_item(self, condition: Raw, entity: str) -> bool:
        if "fact" in condition:
            return self._owner(condition["fact"], entity)[0] != COMPANY
        return any(self._looks_at_item(*part) for _, part in _below("", condition, entity))

    def _no_item(self) -> Answer:
        return frozenset({("missing", self.entity, "", "")}) if self.list_is_absent else False

    def _owner(self, name: str, entity: str) -> tuple[str, str]:
        owner, dot, fact = name.rpartition(".")
        if dot:
            return owner, fact
        return (entity if name in self.vocabulary["entities"][entity]["facts"] else COMPANY), name

    def _test(self, node: str, condition: Raw, entity: str) -> Answer:
        owner, fact = self._owner(condition["fact"], entity)
        if owner != COMPANY and self.item is None:
            return self._no_item()
        declared = self.vocabulary["entities"][owner]["facts"][fact]
        holder = self.profile if owner == COMPANY or self.item is None else self.item
        key = "" if owner == COMPANY else self.key
        written = holder.get(fact)
        if written is None:
            by_person = condition.get("judgement") or declared.get("judgement")
            return frozenset({("judgement", node) if by_person else ("missing", owner, key, fact)})
        if passes(condition, declared, written):
            return True
        if not condition.get("open") or written == []:
            return False
        ruled = self.ruling(node, key) if self.ruling else None
        return frozenset({("judgement", node)}) if ruled is None else ruled


def _union(answers: list[Answer], otherwise: bool) -> Answer:
    reasons = frozenset(why for answer in answers if not isinstance(answer, bool) for why in answer)
    return reasons or otherwise
