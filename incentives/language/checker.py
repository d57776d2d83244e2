"""From syntax to model: names resolved, operands typed, contradictions refused. Imports syntax, model and facts.

Every problem of a file is found in one go: what is unsound is left out and the rest still checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as AnyMapping
from datetime import date, timedelta
from types import MappingProxyType

from incentives.amounts.days import shifted
from incentives.diagnostics import Code, Diagnostic, Span
from incentives.facts.reading import read_date
from incentives.facts.types import DateType, MoneyType
from incentives.facts.vocabulary import COMPANY, Entity, Vocabulary
from incentives.language.awards import AwardReader
from incentives.language.conditions import ConditionReader
from incentives.language.definitions import SECTION, PolicyNames
from incentives.language.model import (
    Announced,
    Application,
    Cap,
    Citation,
    Clause,
    Definition,
    Document,
    DocumentKind,
    Period,
    Policy,
    Reading,
    Shared,
    Stacking,
    sides,
)
from incentives.language.nodes import All, ApplicationDay, Condition, ItemExists, Literal, Measured, TermBound, walk
from incentives.language.stacking import StackingReader, overlapping
from incentives.language.syntax import (
    KNOWN_VERSIONS,
    LANGUAGE_VERSION,
    NOT_PUBLISHED,
    ApplicationRecord,
    ClauseRecord,
    PeriodRecord,
    PolicyRecord,
    ReadingRecord,
)
from incentives.language.written import NAME, Scope, read_duration
from incentives.source.loader import Loaded
from incentives.source.record import ReadRecord, read_record
from incentives.source.tree import Mapping, Node, Path, Plain, Scalar, key_span_at, node_at, plain, span_at
from incentives.values import ZERO

_THIS_YEAR = {"year_of_application": 0, "year_before_application": 1}
_NO_END = "none"
_COMMON = "common_conditions"
"""No clause can have this id: ids hold no underscore."""
_OPTIONAL = ("application", "announced", "readings", "imports", "this_year")


Imported = Callable[[str], Policy | None]
"""The policy another one imports, by its id or `id@version`; None where there is none to be had."""


def check_policy(
    loaded: Loaded, vocabulary: Vocabulary, imported: Imported = lambda _: None, versions: Sequence[Loaded] = ()
) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """The policy in a text already read, and every problem found; no policy when there is any.

    `versions` are the texts of the other versions of the policy: under the earliest of them something can have been
    granted already.
    """
    if loaded.root is None:
        return None, loaded.diagnostics
    reading = read_record(PolicyRecord, loaded.root, _cuttable, _STAND_INS)
    problems = reading.problems
    policy: Policy | None = None
    if reading.record is not None:
        checker = _Checker(loaded.root, reading, vocabulary, imported)
        checker.earlier = [day for version in versions if (day := _first_day_in(version)) is not None]
        policy = checker.policy(reading.record)
        problems += checker.problems
    already = {finding.span for finding in loaded.diagnostics}
    problems = [*loaded.diagnostics, *(finding for finding in problems if finding.span not in already)]
    return (None if problems else policy), tuple(problems)


def _cuttable(path: Path) -> Path | None:
    """What can be left out so that the rest is still checked: an optional part, else a clause."""
    for end in range(len(path), 1, -1):
        if isinstance(path[end - 1], int):
            return path[:end]
    if len(path) >= 3 and path[2] in ("readings", "in_force", "once_only", "once_for_each"):
        return path[:3]
    if len(path) >= 2 and path[0] == "clauses":
        return path[:2]
    return path[:1] if path and path[0] in _OPTIONAL else None


_STAND_INS: dict[str, Plain] = {
    "incentives": LANGUAGE_VERSION,
    "policy": "unread",
    "version": "unread",
    "title": "unread",
    "issuer": "unread",
    "document": {
        "kind": "reprint",
        "title": "unread",
        "number": NOT_PUBLISHED,
        "publisher": "unread",
        "published_on": "unread",
    },
    "in_force": {"from": "unread", "until": NOT_PUBLISHED},
    "stacking": NOT_PUBLISHED,
    "clauses": {
        "unread": {
            "title": "unread",
            "award": {"kind": "unread", "discretionary": "unread", "paid_to": "unread"},
            "source": {"article": "unread", "says": "unread"},
        }
    },
}
"""Take the place of what could not be read, so that the rest is still checked; the policy is refused all the same."""


class _Checker:
    def __init__(
        self, root: Mapping, reading: ReadRecord[PolicyRecord], vocabulary: Vocabulary, imported: Imported
    ) -> None:
        self._root = root
        self._written_at = reading.written_at
        self._vocabulary = vocabulary
        self._imported = imported
        self.problems: list[Diagnostic] = []
        self.earlier: Sequence[date] = ()
        """The first days of other versions."""

    def policy(self, record: PolicyRecord) -> Policy | None:
        if record.incentives not in KNOWN_VERSIONS:
            newer = str(record.incentives) if record.incentives > LANGUAGE_VERSION else ""
            self._report(Code.LANGUAGE_VERSION, ("incentives",), {"known": str(LANGUAGE_VERSION), "newer": newer})
        imported = self._imports(record)
        names = PolicyNames(
            self._vocabulary,
            this_year=_THIS_YEAR[record.this_year],
            written=self._mapping((SECTION,)),
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
        period = self._period(record.in_force, ("in_force",))
        awards.first_year = min((period.start, *self.earlier)).year if period is not None else 0
        names.read_with(awards, conditions)
        definitions = names.define_all()
        common = self._common(conditions)
        rules = StackingReader(awards)
        clauses: list[Clause] = []
        for key, clause in record.clauses.items():
            found = self._clause(key, clause, common, conditions, awards, rules)
            if found is not None:
                clauses.append(found)
        stacking_node = node_at(self._root, self._written_at(("stacking",)))
        stacking = rules.stacking(stacking_node) if stacking_node is not None else Stacking.NOT_PUBLISHED
        self._check_caps(rules)
        self._check_items(rules, clauses)
        self._check_that_it_says_something(definitions)
        unpublished = record.document.published_on == NOT_PUBLISHED
        published_on = None if unpublished else self._date(("document", "published_on"))
        if period is None or (published_on is None and not unpublished):
            return None
        document = Document(
            kind=DocumentKind(record.document.kind),
            title=record.document.title,
            number=_published(record.document.number),
            publisher=record.document.publisher,
            published_on=published_on,
            note=record.document.note,
        )
        announced = record.announced
        return Policy(
            id=record.policy,
            version=record.version,
            title=record.title,
            issuer=record.issuer,
            document=document,
            period=period,
            application=_application(record.application),
            announced=Announced(announced.says, tuple(announced.fields), announced.open_list) if announced else None,
            stacking=stacking,
            rules=tuple(rules.rules),
            beside=tuple(rules.beside),
            readings=_readings(record.readings),
            definitions=MappingProxyType(definitions),
            common=common,
            clauses=tuple(clauses),
            span=self._key_span(("policy",)),
            content=plain(self._root),
            to_others=frozenset(clause.id for clause in clauses if clause.award.to_other),
        )

    def _imports(self, record: PolicyRecord) -> dict[str, AnyMapping[str, Definition]]:
        """The definitions of each policy imported, by the name it is called here."""
        found: dict[str, AnyMapping[str, Definition]] = {}
        for alias, policy_id in record.imports.items():
            if not NAME.match(alias) or "." in alias or alias in self._vocabulary.entities:
                code = Code.NAME_TAKEN if alias in self._vocabulary.entities else Code.BAD_NAME
                self.problems.append(Diagnostic(code, self._key_span(("imports", alias)), {"written": alias}))
            policy = self._imported(policy_id)
            if policy is None:
                self._report(Code.UNKNOWN_IMPORT, ("imports", alias), {"written": policy_id})
            else:
                found[alias] = policy.definitions
        return found

    def _common(self, conditions: ConditionReader) -> Condition | None:
        node = node_at(self._root, self._written_at((_COMMON,)))
        if node is None or _is_null(node):
            return None
        of = conditions.listed(node, _COMMON, Scope(self._vocabulary.company), _COMMON)
        return Condition(_COMMON, self._span((_COMMON,)), COMPANY, None, None, All(of))

    def _check_that_it_says_something(self, definitions: AnyMapping[str, Definition]) -> None:
        """A policy grants something, or it defines what others import."""
        written = node_at(self._root, self._written_at(("clauses",)))
        if written is None and not definitions and node_at(self._root, (SECTION,)) is None:
            self.problems.append(Diagnostic(Code.MISSING_KEY, self._root.span, {"key": "clauses"}))
        if isinstance(written, Mapping) and not written.entries:
            self.problems.append(Diagnostic(Code.EMPTY_LIST, written.span, {"key": "clauses", "written": ""}))
        section = node_at(self._root, self._written_at((SECTION,)))
        if isinstance(section, Mapping) and not section.entries:
            self.problems.append(Diagnostic(Code.EMPTY_LIST, section.span, {"key": SECTION, "written": ""}))

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
            if isinstance(rule, Cap) or rule.within is not Shared.ITEM:
                continue
            named = [name for side in sides(rule) for name in side if name in lists]
            if len({lists[name] for name in named}) > 1 or COMPANY in {lists[name] for name in named}:
                found = ", ".join(f"{name}: {lists[name]}" for name in named)
                self.problems.append(Diagnostic(Code.ITEMS_DIFFER, rule.span, {"found": found}))

    def _clause(
        self,
        key: str,
        record: ClauseRecord,
        common: Condition | None,
        conditions: ConditionReader,
        awards: AwardReader,
        rules: StackingReader,
    ) -> Clause | None:
        path: Path = ("clauses", key)
        entity: Entity | None = None
        if record.for_each is not None:
            for_each = node_at(self._root, self._written_at((*path, "for_each")))
            entity = conditions.entity(for_each)
        span = self._key_span(path)
        scope = Scope(entity or self._vocabulary.company)
        parts: list[Condition] = []
        if entity is not None:
            parts.append(Condition(f"{key}/item", span, entity.id, None, None, ItemExists(entity)))
        if common is not None:
            parts.append(common)
        period = self._period(record.in_force, (*path, "in_force")) if record.in_force is not None else None
        if period is not None:
            parts.append(_counts_from(period, f"{key}/in_force", span))
        for once_key, says in (("once_only", record.once_only), ("once_for_each", record.once_for_each)):
            once = self._once((*path, once_key), says, awards, scope) if says is not None else None
            parts += [once] if once is not None else []
        if record.for_each is None or entity is not None:
            when = node_at(self._root, self._written_at((*path, "when")))
            if when is not None and not _is_null(when):
                parts += conditions.listed(when, f"{key}/when", scope)
        condition = Condition(key, span, scope.item.id, None, None, All(tuple(parts)))
        node = node_at(self._root, self._written_at((*path, "award")))
        award = awards.award(node, key, scope) if node is not None and not _is_null(node) else None
        if award is None:
            return None
        rules.rules += award.caps
        return Clause(
            id=key,
            title=record.title,
            for_each=entity,
            period=period,
            condition=condition,
            assumed=tuple(node for node in walk(condition) if node.assumption is not None),
            award=award.award,
            source=Citation(record.source.article, record.source.says),
            readings=_readings(record.readings),
            span=span,
        )

    def _once(self, path: Path, says: str, awards: AwardReader, scope: Scope) -> Condition | None:
        """一次性: nothing was granted under this clause before, or nothing for the item at hand."""
        _, clause, key = path
        span = self._span(path)
        for_item = awards.item_of(scope, span) if key == "once_for_each" else None
        granted = awards.granted((str(clause),), span, this_year=False, for_item=for_item)
        if granted is None:
            return None
        nothing = TermBound(Literal(ZERO, MoneyType()), inclusive=True)
        form = Measured(granted, MoneyType(), None, None, nothing, None)
        return Condition(f"{clause}/{key}", span, for_item or COMPANY, says, None, form)

    def _period(self, written: PeriodRecord, path: Path) -> Period | None:
        from_published = written.from_day != NOT_PUBLISHED
        if from_published and written.counted_from is not None:
            words = {"key": "counted_from", "advice_zh": "只与 `from: not_published` 同用"}
            words |= {"advice_en": "it goes with `from: not_published`"}
            self._report(Code.KEY_MISPLACED, (*path, "counted_from"), words)
        if not from_published and written.counted_from is None:
            span = self._key_span(path)
            self.problems.append(Diagnostic(Code.MISSING_KEY, span, {"key": "counted_from"}))
            return None
        nowhere = not from_published and written.counted_from == NOT_PUBLISHED
        start = date.min if nowhere else self._date((*path, "from" if from_published else "counted_from"))
        end_published = written.until != NOT_PUBLISHED
        if start is None:
            return None
        end = self._end(written.until, (*path, "until"), start)
        if end is not None and end < start:
            self._report(Code.PERIOD_REVERSED, (*path, "until"), {"start": start.isoformat()})
        return Period(start, from_published, end, end_published)

    def _end(self, until: str, path: Path, start: date) -> date | None:
        """The last day: written out, or as a length of time from the first day (`3年`); None where there is none."""
        if until in (NOT_PUBLISHED, _NO_END):
            return None
        lasts = read_duration(until)
        if lasts is None:
            return self._date(path)
        unit, count = lasts
        after = shifted(start, unit.value, count)
        assert isinstance(after, date), "a day that is known"
        return after - timedelta(days=1)

    def _mapping(self, path: Path) -> Mapping | None:
        """The mapping at a path, None where there is none; anything else there is reported."""
        node = node_at(self._root, self._written_at(path))
        if node is None or _is_null(node) or isinstance(node, Mapping):
            return node if isinstance(node, Mapping) else None
        self._report(Code.WRONG_SHAPE, path, {"expected": "mapping", "quoted": ""})
        return None

    def _date(self, path: Path) -> date | None:
        node = node_at(self._root, self._written_at(path))
        if not isinstance(node, Scalar):
            return None
        day = read_date(node)
        if isinstance(day, tuple):
            self.problems += day
            return None
        return day

    def _span(self, path: Path) -> Span:
        return span_at(self._root, self._written_at(path))

    def _key_span(self, path: Path) -> Span:
        return key_span_at(self._root, self._written_at(path))

    def _report(self, code: Code, path: Path, words: dict[str, str]) -> None:
        self.problems.append(Diagnostic(code, self._span(path), words))


def _first_day_in(version: Loaded) -> date | None:
    """The first day in force as a text has it; None where it is not written as it should be, which is told there."""
    if version.root is None:
        return None
    for key in ("from", "counted_from"):
        node = node_at(version.root, ("in_force", key))
        if isinstance(node, Scalar) and node.text != NOT_PUBLISHED:
            day = read_date(node)
            return day if isinstance(day, date) else None
    return date.min if isinstance(node_at(version.root, ("in_force", "from")), Scalar) else None


def _counts_from(period: Period, node_id: str, span: Span) -> Condition:
    """A clause with days of its own is refused outside them; it does not vanish."""
    end = TermBound(Literal(period.end, DateType()), inclusive=True) if period.end is not None else None
    start = TermBound(Literal(period.start, DateType()), inclusive=True)
    form = Measured(ApplicationDay(), DateType(), None, start, end, None)
    return Condition(node_id, span, COMPANY, None, None, form)


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _readings(records: list[ReadingRecord]) -> tuple[Reading, ...]:
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
