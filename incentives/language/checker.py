"""From syntax to model: names resolved, operands typed, contradictions refused. Imports syntax, model and facts.

Every problem of a file is found in one go: what is unsound is left out and the rest still checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as AnyMapping
from datetime import date
from types import MappingProxyType

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.facts.types import MoneyType
from incentives.facts.vocabulary import COMPANY, Vocabulary
from incentives.language.awards import AwardReader, ReadAward
from incentives.language.budgets import budgets_of
from incentives.language.conditions import ConditionReader
from incentives.language.definitions import SECTION, PolicyNames
from incentives.language.model import (
    Announced,
    Application,
    Budget,
    Cap,
    Citation,
    Clause,
    Definition,
    Document,
    DocumentKind,
    Exclusion,
    HigherOf,
    Per,
    Period,
    Policy,
    Reading,
    Shared,
    Stacking,
    sides,
)
from incentives.language.nodes import (
    All,
    Condition,
    ItemExists,
    Literal,
    Measured,
    Steps,
    TermBound,
)
from incentives.language.periods import PeriodReader, counts_from, first_day_in, has_begun, in_year_or_month
from incentives.language.reach import reach
from incentives.language.reads import everything_in
from incentives.language.shown import declaration
from incentives.language.stacking import StackingReader, overlapping
from incentives.language.syntax import (
    KNOWN_VERSIONS,
    LANGUAGE_VERSION,
    NOT_PUBLISHED,
    POLICY,
    UNREAD,
    ApplicationRecord,
    ClauseRecord,
    PolicyRecord,
    ReadingRecord,
)
from incentives.language.walks import walk
from incentives.language.written import NAME, Scope
from incentives.records import NamedTuple
from incentives.source.loader import Loaded
from incentives.source.shapes import Entries
from incentives.source.tree import Mapping, Node, plain
from incentives.values import ZERO

_THIS_YEAR = {"year_of_application": 0, "year_before_application": 1}
_COMMON = "common_conditions"
"""No clause can have this id."""


class ImportCycle(NamedTuple):
    """An import that leads back to the policy that has it: the ids on the way, from that policy to itself."""

    path: tuple[str, ...]


Imported = Callable[[str], Policy | ImportCycle | None]
"""The policy another one imports, by its id or `id@version`; None where there is none to be had."""


def check_policy(
    loaded: Loaded, vocabulary: Vocabulary, imported: Imported = lambda _: None, versions: Sequence[Loaded] = ()
) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """The policy in a text already read, and everything found; no policy when any of that is an error.

    `versions` are the texts of the other versions of the policy: under the earliest of them something can have been
    granted already.
    """
    if loaded.root is None:
        return None, loaded.diagnostics
    if is_no_policy(loaded.root):
        return None, (*loaded.diagnostics, Diagnostic(Code.NOT_A_POLICY, loaded.root.span))
    root, problems = loaded.root, list[Diagnostic]()
    record = POLICY.read(root, root.entries[0][0] if root.entries else root, problems)
    policy: Policy | None = None
    if record is not None:
        checker = _Checker(root, vocabulary, imported)
        checker.earlier = [day for version in versions if (day := first_day_in(version)) is not None]
        policy = checker.policy(record)
        problems += checker.problems
        problems = [_with_declaration(finding, root) for finding in problems]
    already = {finding.span for finding in loaded.diagnostics}
    problems = [*loaded.diagnostics, *(finding for finding in problems if finding.span not in already)]
    return (None if any(finding.is_error for finding in problems) else policy), tuple(problems)


def is_no_policy(root: Mapping) -> bool:
    """Whether a file has none of what makes a policy or a vocabulary, and so is something else: a profile."""
    return bool(root.entries) and not root.by_key.keys() & _OF_A_POLICY


_OF_A_POLICY = frozenset(
    ("incentives", "policy", "title", "issuer", "document", "in_force", "stacking", "definitions", "clauses")
)


def _with_declaration(finding: Diagnostic, root: Mapping) -> Diagnostic:
    """An unknown fact with the lines that would declare it as it is used."""
    if finding.code is not Code.UNKNOWN_FACT:
        return finding
    return finding._replace(words={**finding.words, "declared": declaration(root, finding.span) or ""})


class _Checker:
    def __init__(self, root: Mapping, vocabulary: Vocabulary, imported: Imported) -> None:
        self._root = root
        self._vocabulary = vocabulary
        self._imported = imported
        self.problems: list[Diagnostic] = []
        self._periods = PeriodReader(self.problems)
        self.earlier: Sequence[date] = ()
        """The first days of other versions."""

    def policy(self, record: PolicyRecord) -> Policy | None:
        if record.incentives not in KNOWN_VERSIONS:
            newer = str(record.incentives) if record.incentives > LANGUAGE_VERSION else ""
            self._report(
                Code.LANGUAGE_VERSION, record.at, "incentives", {"known": str(LANGUAGE_VERSION), "newer": newer}
            )
        imported = self._imports(record)
        names = PolicyNames(
            self._vocabulary,
            this_year=_THIS_YEAR[record.this_year],
            written=self._mapping(record.definitions),
            imported=imported,
            problems=self.problems,
            policy_id=record.policy,
        )
        names.unreadable |= record.imports.keys() - imported.keys()
        awards = AwardReader(names, self.problems)
        conditions = ConditionReader(names, self.problems, awards)
        awards.where = conditions.filter
        awards.policy_id = record.policy
        awards.clause_titles = {key: clause.title for key, clause in record.clauses.items()}
        period = self._periods.period(record.in_force, self._key_span(record.at, "in_force"))
        awards.first_year = min((period.start, *self.earlier)).year if period is not None else 0
        names.read_with(awards, conditions)
        definitions = names.define_all()
        budgets = budgets_of(record.budgets, awards)
        limits = tuple(budget for budget in budgets if budget.limits_awards)
        common = self._common(record, conditions, period)
        rules = StackingReader(awards)
        clauses: list[Clause] = []
        for key, clause in record.clauses.items():
            span = self._key_span(self._entries(record.at, "clauses"), key)
            found = self._clause(key, span, clause, common, conditions, awards, rules, limits)
            if found is not None:
                clauses.append(found)
        rules.lists = {clause.id: clause.for_each for clause in clauses}
        stacking = rules.stacking(record.stacking) if record.stacking is not None else Stacking.NOT_PUBLISHED
        self._check_caps(rules)
        self._check_items(rules, clauses)
        self._check_that_it_says_something(record, definitions)
        unpublished = record.document.published_on == NOT_PUBLISHED
        dated = record.document.published_on not in (NOT_PUBLISHED, UNREAD)
        published_in = in_year_or_month(record.document.published_on) if dated else None
        known = dated and published_in is None
        published_on = self._periods.day(record.document.at, "published_on") if known else None
        if period is None or (published_on is None and published_in is None and not unpublished):
            return None
        document = Document(
            kind=DocumentKind(record.document.kind),
            title=_published(record.document.title),
            number=_published(record.document.number),
            publisher=_published(record.document.publisher),
            published_on=published_on,
            note=record.document.note,
            published_in=published_in,
        )
        announced = record.announced
        return Policy(
            id=record.policy,
            version=record.version,
            title=record.title,
            issuer=_published(record.issuer),
            document=document,
            period=period,
            application=_application(record.application),
            announced=Announced(announced.says, announced.fields, announced.open_list) if announced else None,
            stacking=stacking,
            rules=tuple(rules.rules),
            beside=tuple(rules.beside),
            readings=_readings(record.readings),
            definitions=MappingProxyType(definitions),
            common=common,
            clauses=tuple(clauses),
            span=self._key_span(record.at, "policy"),
            content=plain(self._root),
            to_others=frozenset(clause.id for clause in clauses if clause.award.to_other),
            budgets=budgets,
        )

    def _imports(self, record: PolicyRecord) -> dict[str, AnyMapping[str, Definition]]:
        """The definitions of each policy imported, by the name it is called here."""
        found: dict[str, AnyMapping[str, Definition]] = {}
        written = self._entries(record.at, "imports")
        for alias, policy_id in record.imports.items():
            if not NAME.match(alias) or "." in alias or alias in self._vocabulary.entities:
                code = Code.NAME_TAKEN if alias in self._vocabulary.entities else Code.BAD_NAME
                self.problems.append(Diagnostic(code, self._key_span(written, alias), {"written": alias}))
            policy = self._imported(policy_id)
            if policy is None:
                self._report(Code.UNKNOWN_IMPORT, written, alias, {"written": policy_id})
            elif isinstance(policy, ImportCycle):
                self._report(Code.IMPORT_CYCLE, written, alias, {"path": " → ".join(policy.path)})
            else:
                found[alias] = policy.definitions
        return found

    def _common(self, record: PolicyRecord, conditions: ConditionReader, period: Period | None) -> Condition | None:
        """What every clause asks for; also that the policy has begun, where only its year or month is known."""
        node = record.common_conditions
        of: tuple[Condition, ...] = ()
        span = self._key_span(record.at, "in_force")
        if period is not None and period.start_by is not None:
            of = (has_begun(period, period.start_by, "in_force", span),)
        if node is not None:
            span = node.span
            of = (*conditions.listed(node, _COMMON, Scope(self._vocabulary.company), _COMMON), *of)
        return Condition(_COMMON, span, COMPANY, None, None, All(of)) if of else None

    def _check_that_it_says_something(self, record: PolicyRecord, definitions: AnyMapping[str, Definition]) -> None:
        """A policy grants something, or it defines what others import."""
        if "clauses" not in record.at and not definitions and not {"clauses", SECTION} & self._root.by_key.keys():
            self.problems.append(Diagnostic(Code.MISSING_KEY, self._root.span, {"key": "clauses"}))
        for key in ("clauses", SECTION):
            written = record.at[key][1] if key in record.at else None
            if isinstance(written, Mapping) and not written.entries:
                self.problems.append(Diagnostic(Code.EMPTY_LIST, written.span, {"key": key, "written": ""}))

    def _check_caps(self, rules: StackingReader) -> None:
        caps = [rule for rule in rules.rules if isinstance(rule, Cap)]
        crossing = overlapping(caps)
        if crossing is not None:
            first, second = crossing
            self.problems.append(Diagnostic(Code.CAPS_OVERLAP, second.span, {"line": str(first.span.line)}))

    def _check_items(self, rules: StackingReader, clauses: Sequence[Clause]) -> None:
        """Clauses can only meet at an item where all of them go through the same list."""
        lists = {clause.id: clause.for_each.id if clause.for_each is not None else COMPANY for clause in clauses}
        for rule in rules.rules:
            if not isinstance(rule, HigherOf | Exclusion) or rule.within is not Shared.ITEM:
                continue
            named = [name for side in sides(rule) for name in side if name in lists]
            if len({lists[name] for name in named}) > 1 or COMPANY in {lists[name] for name in named}:
                found = ", ".join(f"{name}: {lists[name]}" for name in named)
                self.problems.append(Diagnostic(Code.ITEMS_DIFFER, rule.span, {"found": found}))

    def _clause(
        self,
        key: str,
        span: Span,
        record: ClauseRecord,
        common: Condition | None,
        conditions: ConditionReader,
        awards: AwardReader,
        rules: StackingReader,
        limits: tuple[Budget, ...],
    ) -> Clause | None:
        entity = conditions.entity(record.at["for_each"][1]) if record.for_each is not None else None
        scope = Scope(entity or self._vocabulary.company)
        parts: list[Condition] = []
        if entity is not None:
            parts.append(Condition(f"{key}/item", span, entity.id, None, None, ItemExists(entity)))
        if common is not None:
            parts.append(common)
        period: Period | None = None
        if record.in_force is not None:
            period = self._periods.period(record.in_force, self._key_span(record.at, "in_force"))
        if period is not None:
            parts.append(counts_from(period, f"{key}/in_force", span))
            by = period.start_by
            parts += [has_begun(period, by, f"{key}/in_force", span)] if by is not None else []
        for once_key, says in (("once_only", record.once_only), ("once_for_each", record.once_for_each)):
            once = self._once(key, once_key, record, says, awards, scope) if says is not None else None
            parts += [once] if once is not None else []
        if record.when is not None and (record.for_each is None or entity is not None):
            parts += conditions.listed(record.when, f"{key}/when", scope)
        budgets = budgets_of(record.budgets, awards)
        limits += tuple(budget for budget in budgets if budget.limits_awards)
        articles = tuple(source.article for source in record.sources)
        award = awards.award(record.award, key, scope, limits, articles)
        if award is None:
            return None
        rules.rules += award.caps
        if record.once_only is not None:
            self._once_and_again(record, award)
        parts += reach(award.in_all, f"{key}/award", award.span, parts)
        condition = Condition(key, span, scope.item.id, None, None, All(tuple(parts)))
        return Clause(
            id=key,
            title=record.title,
            for_each=entity,
            period=period,
            condition=condition,
            assumed=tuple(node for node in walk(condition) if node.assumption is not None),
            award=award.award,
            sources=tuple(Citation(source.article, source.says) for source in record.sources),
            readings=_readings(record.readings),
            span=span,
            budgets=budgets,
        )

    def _once_and_again(self, record: ClauseRecord, award: ReadAward) -> None:
        """Tell where a clause that pays once goes by steps or has a cap by years: 一次性 may mean in one sum."""
        if any(record.once_only in reading.of for reading in _readings(record.readings) if record.once_only):
            return  # how it was read is said
        by_steps = any(isinstance(part, Steps) for part in everything_in(award.in_all))
        if by_steps or any(cap.per is Per.COMPANY_YEAR for cap in award.caps):
            beside = "first_time_reaching" if by_steps else "per: [company, year]"
            self._report(Code.ONCE_AND_AGAIN, record.at, "once_only", {"written": beside})

    def _once(
        self, clause: str, key: str, record: ClauseRecord, says: str, awards: AwardReader, scope: Scope
    ) -> Condition | None:
        """一次性: nothing was granted under this clause before, or nothing for the item at hand."""
        span = record.at[key][1].span
        for_item = awards.item_of(scope, record.at[key][0].span, key) if key == "once_for_each" else None
        granted = awards.granted((clause,), span, this_year=False, for_item=for_item)
        if granted is None:
            return None
        nothing = TermBound(Literal(ZERO, MoneyType()), inclusive=True)
        form = Measured(granted, MoneyType(), None, None, nothing, None)
        return Condition(f"{clause}/{key}", span, for_item or COMPANY, says, None, form)

    def _mapping(self, node: Node | None) -> Mapping | None:
        """The mapping that stands there, None where there is nothing; anything else is reported."""
        if node is None or isinstance(node, Mapping):
            return node
        self.problems.append(Diagnostic(Code.WRONG_SHAPE, node.span, {"expected": "mapping", "quoted": ""}))
        return None

    def _entries(self, at: Entries, key: str) -> Entries:
        """The entries of the mapping at a key, none where there is no such mapping."""
        node = at[key][1] if key in at else None
        return node.by_key if isinstance(node, Mapping) else {}

    def _key_span(self, at: Entries, key: str) -> Span:
        """The place of a key; of the whole where something stands in for it."""
        return at[key][0].span if key in at else self._root.span

    def _report(self, code: Code, at: Entries, key: str, words: dict[str, str]) -> None:
        self.problems.append(Diagnostic(code, at[key][1].span, words))


def _readings(records: tuple[ReadingRecord, ...]) -> tuple[Reading, ...]:
    return tuple(Reading(record.of, record.reading) for record in records)


def _application(record: ApplicationRecord | None) -> Application | None:
    if record is None:
        return None
    return Application(
        window=_published(record.window),
        materials=_published(record.materials),
        department=_published(record.department),
        phone=_published(record.phone),
    )


def _published(text: str) -> str | None:
    return None if text == NOT_PUBLISHED else text
