"""How awards combine, from the tree to the model. Imports the model and the reader of amounts."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as Several

from incentives.diagnostics import Code, Span
from incentives.facts.types import CountType
from incentives.facts.vocabulary import Entity
from incentives.language.awards import PER, AwardReader, per_of
from incentives.language.model import (
    Alongside,
    Cap,
    Exclusion,
    HigherOf,
    Kinds,
    Per,
    PolicyExclusion,
    Quota,
    Rule,
    Shared,
    Stacking,
)
from incentives.language.modifiers import listed
from incentives.language.nodes import Term, TimesGranted
from incentives.language.written import Fields, Scope
from incentives.source.tree import Mapping, Node, Scalar, Sequence

FORMS = {
    "higher_of": ("within", "same", "says"),
    "one_item_of": ("same", "per", "says"),
    "items_at_most": ("of", "same", "per", "says"),
    "together": ("says",),
    "exclusive": ("with", "within", "same", "says"),
    "cap": ("over", "per", "says"),
    "policy_excludes": ("says",),
}
_WORDS = (str(Stacking.NOT_PUBLISHED), str(Stacking.CUMULATIVE))
ALL_CLAUSES = "all"


class StackingReader:
    """Reads `stacking`: a word, or what combines otherwise and the rules."""

    def __init__(self, awards: AwardReader) -> None:
        self._read = awards
        self.rules: list[Rule] = []
        self.beside: list[PolicyExclusion] = []
        self.lists: AnyMapping[str, Entity | None] = {}
        """The list that each clause goes through, None for one of the company."""

    def stacking(self, node: Node) -> Stacking:
        """How awards combine that no rule names; the rules are added to `rules` and `beside`."""
        if not isinstance(node, Mapping):
            word = self._read.one_of(node, _WORDS)
            return Stacking(word) if word is not None else Stacking.NOT_PUBLISHED
        fields = self._read.fields(node, ("otherwise", "rules"))
        for key in ("otherwise", "rules"):
            if key not in fields:
                self._read.report(Code.MISSING_KEY, node.span, {"key": key})
        for place, rule in enumerate(self._read.items(fields.get("rules"), "rules")):
            mapping = self._read.mapping(rule)
            if mapping is not None:
                self._rule(mapping, f"stacking/rules/{place}")
        word = self._read.one_of(fields.get("otherwise"), _WORDS)
        return Stacking(word) if word is not None else Stacking.NOT_PUBLISHED

    def _rule(self, node: Mapping, rule_id: str) -> None:
        head = self._read.head(node, tuple(FORMS), Code.RULE_FORM, tuple(FORMS))
        if head is None:
            return
        fields = self._read.fields(node, (head, *FORMS[head]))
        if head not in fields:
            return
        if head == "cap":
            self._cap(fields, node, rule_id)
            return
        if head in ("one_item_of", "items_at_most"):
            self._quota(head, fields, node, rule_id)
            return
        says = self._read.text(fields.get("says"))
        within = self._within(fields)
        match head:
            case "higher_of":
                sets = tuple(self._clauses(one, head) for one in self._read.items(fields[head], head))
                if len(sets) == 1:
                    self._read.report(Code.NOT_ALLOWED_HERE, fields[head].span, {"expected": "`[a, b]`"})
                self._disjoint(sets, fields[head].span)
                same = self._same(fields, tuple(name for one in sets for name in one))
                self.rules.append(HigherOf(rule_id, node.span, sets, within, says, same))
            case "together":
                over = self._clauses(fields[head], head)
                if not _is_all(fields[head]) and len(listed(fields[head])) < 2:
                    self._read.report(Code.NOT_ALLOWED_HERE, fields[head].span, {"expected": "`[a, b]`"})
                self._disjoint((over,), fields[head].span)
                self.rules.append(Alongside(rule_id, node.span, over, says))
            case "exclusive":
                clause = self._clause(fields[head])
                if "with" not in fields:
                    self._read.report(Code.MISSING_KEY, node.span, {"key": "with"})
                    return
                own = self._clauses_elsewhere(fields, node, rule_id, clause, says)
                if own is None:
                    return
                others = self._clauses(own, "with")
                if _is_all(fields["with"]):
                    others = tuple(name for name in others if name != clause)
                if clause is not None:
                    self._disjoint(((clause,), others), fields["with"].span)
                    same = self._same(fields, (clause, *others))
                    self.rules.append(Exclusion(rule_id, node.span, clause, others, within, says, same))
            case _:
                name = self._read.text(fields[head])
                if name == self._read.policy_id:
                    self._read.report(Code.EXCLUDES_ITSELF, fields[head].span, {"written": name})
                elif name is not None:
                    self.beside.append(PolicyExclusion(rule_id, node.span, name, says))

    def _clauses_elsewhere(
        self, fields: Fields, node: Mapping, rule_id: str, clause: str | None, says: str | None
    ) -> Node | None:
        """Keep what is written under `with` of other policies, `policy/clause`; what is left is of this one."""
        written = fields["with"]
        beyond: dict[str, list[str]] = {}
        for one in listed(written):
            text = one.text if isinstance(one, Scalar) else ""
            policy, slash, other = text.partition("/")
            if slash and policy == self._read.policy_id:
                self._read.report(Code.EXCLUDES_ITSELF, one.span, {"written": policy})
            elif slash:
                beyond.setdefault(policy, []).append(other)
        if not beyond:
            return written
        for key in ("within", "same"):
            if key in fields:
                words = {"key": key, "advice_zh": "两项政策的条款之间不写"}
                words["advice_en"] = "leave it out between clauses of two policies"
                self._read.report(Code.KEY_MISPLACED, fields[key].span, words)
        for place, (policy, names) in enumerate(beyond.items()):
            own_id = f"{rule_id}/{place}" if place else rule_id
            if clause is not None:
                self.beside.append(PolicyExclusion(own_id, node.span, policy, says, clause, tuple(names)))
        left = [one for one in listed(written) if not (isinstance(one, Scalar) and "/" in one.text)]
        return Sequence(tuple(left), written.span) if left else None

    def _cap(self, fields: Fields, node: Mapping, rule_id: str) -> None:
        if "over" not in fields:
            self._read.report(Code.MISSING_KEY, node.span, {"key": "over"})
            return
        over = self._clauses(fields["over"], "over")
        self._disjoint((over,), fields["over"].span)
        inner = tuple(entry for entry in node.entries if entry[0].text != "cap")
        limit = fields["cap"]
        # `{cap: 100万元, per: company}`, or as an award has it: `{cap: {at: 100万元, per: company}}`.
        as_in_awards = isinstance(limit, Mapping) and limit.get("at") is not None
        at = (
            limit.entries
            if isinstance(limit, Mapping) and as_in_awards
            else ((Scalar("at", "at", limit.span), limit),)
        )
        cap = self._read.cap(Mapping((*at, *inner), node.span), rule_id, over, ("application", *PER))
        if cap is not None and over:
            self.rules.append(cap)

    def _quota(self, head: str, fields: Fields, node: Mapping, rule_id: str) -> None:
        """`one_item_of: a`, or `items_at_most: 4` with `of: [a, b]`."""
        of = "of" if head == "items_at_most" else head
        if of not in fields:
            self._read.report(Code.MISSING_KEY, node.span, {"key": of})
            return
        at_most = self._read.value(CountType("项"), fields[head]) if head == "items_at_most" else 1
        if at_most == 0:
            self._read.report(Code.NOT_ALLOWED_HERE, fields[head].span, {"expected": "`1`, `2`, …"})
        over = self._clauses(fields[of], of)
        self._disjoint((over,), fields[of].span)
        same = self._same(fields, over)
        per, granted = self._number_per(fields, over)
        if isinstance(at_most, int) and at_most > 0 and over:
            says = self._read.text(fields.get("says"))
            self.rules.append(Quota(rule_id, node.span, at_most, over, says, same, per, granted))

    def _number_per(self, fields: Fields, over: tuple[str, ...]) -> tuple[Per, Term | None]:
        """What a number of items holds for, and how many were granted before: `per: [company, year]`."""
        if "per" not in fields:
            return Per.APPLICATION, None
        if "same" in fields:
            words = {"key": "per", "advice_zh": "按种类的数目只就本次申报而言"}
            words["advice_en"] = "a number of each kind is one of this application"
            self._read.report(Code.KEY_MISPLACED, fields["per"].span, words)
        per = per_of(fields["per"])
        if per is None:
            expected = ", ".join(f"`{word}`" for word in ("application", *PER))
            self._read.report(Code.NOT_ALLOWED_HERE, fields["per"].span, {"expected": expected})
        if per in (None, Per.APPLICATION):
            return Per.APPLICATION, None
        granted = self._read.granted(over, fields["per"].span, this_year=per is Per.COMPANY_YEAR)
        return per or Per.APPLICATION, None if granted is None else TimesGranted(granted)

    def _same(self, fields: Fields, clauses: tuple[str, ...]) -> Kinds:
        """`same: title_kind`: by what the items of these clauses are told to be of one kind."""
        if "same" not in fields:
            return ()
        node = fields["same"]
        if "within" in fields:
            words = {"key": "same", "advice_zh": "与 `within` 只写一个", "advice_en": "write it or `within`"}
            self._read.report(Code.KEY_MISPLACED, node.span, words)
            return ()
        found: list[tuple[str, Term]] = []
        for clause in clauses:
            if clause not in self.lists:
                continue  # what is wrong with that clause is told already
            entity = self.lists[clause]
            scope = Scope(self._read.names.vocabulary.company if entity is None else entity)
            if self._read.item_of(scope, node.span, "same") is None:
                return ()
            kind = self._read.kind_of_item(node, scope)
            if kind is None:
                return ()
            found.append((clause, kind))
        return tuple(found)

    def _within(self, fields: Fields) -> Shared:
        word = self._read.one_of(fields.get("within"), [str(shared) for shared in Shared])
        return Shared(word) if word is not None else Shared.COMPANY

    def _clauses(self, node: Node, key: str) -> tuple[str, ...]:
        """One clause, several, or all of them."""
        return tuple(self._read.clause_titles) if _is_all(node) else self._read.clauses(node, key)

    def _clause(self, node: Node) -> str | None:
        """The one clause that a rule is about."""
        if isinstance(node, Sequence):
            self._read.report(Code.NOT_ONE_VALUE, node.span, {"written": "[…]"})
            return None
        return next(iter(self._read.clauses(node, "exclusive")), None)

    def _disjoint(self, sets: Several[tuple[str, ...]], span: Span) -> None:
        names = [name for one in sets for name in one]
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                self._read.report(Code.CLAUSE_TWICE, span, {"written": name})


def _is_all(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == ALL_CLAUSES


def overlapping(caps: Several[Cap]) -> tuple[Cap, Cap] | None:
    """Two caps of which neither holds the other and that share a clause; None where all of them nest."""
    for place, cap in enumerate(caps):
        for other in caps[:place]:
            shared = set(cap.over) & set(other.over)
            if shared and not set(cap.over) <= set(other.over) and not set(other.over) <= set(cap.over):
                return other, cap
    return None
