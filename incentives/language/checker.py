"""From syntax to model: names resolved, operands typed, contradictions refused. Imports syntax, model and facts.

Every problem of a file is found in one go: what is unsound is left out and the rest still checked.
"""

from __future__ import annotations

from datetime import date

from incentives.diagnostics import Code, Diagnostic, Span
from incentives.facts.reading import read_date, read_value
from incentives.facts.types import MoneyType
from incentives.facts.vocabulary import COMPANY, Entity, Vocabulary
from incentives.language.conditions import ConditionChecker
from incentives.language.model import (
    All,
    Announced,
    Application,
    Award,
    Citation,
    Clause,
    Condition,
    Document,
    DocumentKind,
    ItemExists,
    Period,
    Policy,
    Reading,
    Stacking,
    walk,
)
from incentives.language.syntax import (
    CONDITION_KEYS,
    LANGUAGE_VERSION,
    NOT_PUBLISHED,
    ApplicationRecord,
    AwardRecord,
    ClauseRecord,
    PolicyRecord,
    ReadingRecord,
)
from incentives.source.loader import Loaded
from incentives.source.record import ReadRecord, read_record
from incentives.source.spelling import nearest
from incentives.source.tree import Mapping, Path, Plain, Scalar, key_span_at, node_at, plain, span_at
from incentives.values import NOT_BOUNDED, ZERO, Basis, Interval

_NO_END = "none"
_COMMON = "common_conditions"
"""No clause can have this id: ids hold no underscore."""
_AMOUNTS = {"exact": Basis.EXACT, "up_to": Basis.CEILING, "discretionary": Basis.DISCRETIONARY}


def check_policy(loaded: Loaded, vocabulary: Vocabulary) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """The policy in a text already read, and every problem found; no policy when there is any."""
    if loaded.root is None:
        return None, loaded.diagnostics
    reading = read_record(PolicyRecord, loaded.root, _cuttable, _STAND_INS, CONDITION_KEYS)
    problems = reading.problems
    policy: Policy | None = None
    if reading.record is not None:
        checker = _Checker(loaded.root, reading, vocabulary)
        policy = checker.policy(reading.record)
        problems += checker.problems
    already = {finding.span for finding in loaded.diagnostics}
    problems = [*loaded.diagnostics, *(finding for finding in problems if finding.span not in already)]
    return (None if problems else policy), tuple(problems)


def _cuttable(path: Path) -> Path | None:
    """What can be left out so that the rest is still checked: a condition, an optional part, else a clause."""
    for end in range(len(path), 1, -1):
        if isinstance(path[end - 1], int):
            return path[:end]
    if len(path) >= 3 and path[2] in ("when", "readings"):
        return path[:3]
    if len(path) >= 2 and path[0] == "clauses":
        return path[:2]
    return path[:1] if path and path[0] in ("application", "announced", "readings", _COMMON) else None


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
    def __init__(self, root: Mapping, reading: ReadRecord[PolicyRecord], vocabulary: Vocabulary) -> None:
        self._root = root
        self._written_at = reading.written_at
        self._vocabulary = vocabulary
        self.problems: list[Diagnostic] = []
        self._conditions = ConditionChecker(root, reading.written_at, vocabulary, self.problems)

    def policy(self, record: PolicyRecord) -> Policy | None:
        if record.incentives != LANGUAGE_VERSION:
            self._report(Code.LANGUAGE_VERSION, ("incentives",), {"known": str(LANGUAGE_VERSION)})
        common: Condition | None = None
        if record.common_conditions is not None:
            path: Path = (_COMMON,)
            of = self._conditions.listed(record.common_conditions, path, _COMMON, self._vocabulary.company)
            common = Condition(_COMMON, self._span(path), COMPANY, None, None, All(of))
        clauses = tuple(self._clause(key, clause, common) for key, clause in record.clauses.items())
        period = self._period(record)
        published_on = self._date(("document", "published_on"))
        if period is None or published_on is None:
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
            stacking=Stacking(record.stacking),
            readings=_readings(record.readings),
            common=common,
            clauses=clauses,
            span=self._key_span(("policy",)),
            content=plain(self._root),
        )

    def _clause(self, key: str, record: ClauseRecord, common: Condition | None) -> Clause:
        path: Path = ("clauses", key)
        entity: Entity | None = None
        if record.for_each is not None:
            entity = self._vocabulary.entities.get(record.for_each)
            lists = [name for name in self._vocabulary.entities if name != COMPANY]
            if entity is None or entity.id == COMPANY:
                words = {"written": record.for_each, "nearest": nearest(record.for_each, lists) or ""}
                self._report(Code.UNKNOWN_ENTITY, (*path, "for_each"), words | {"known": ", ".join(lists)})
                entity = None
        span = self._key_span(path)
        scope = entity or self._vocabulary.company
        parts: list[Condition] = []
        if entity is not None:
            parts.append(Condition(f"{key}/item", span, entity.id, None, None, ItemExists(entity)))
        if common is not None:
            parts.append(common)
        unknown_entity = record.for_each is not None and entity is None
        own = (
            self._conditions.listed(record.when, (*path, "when"), f"{key}/when", scope)
            if record.when and not unknown_entity
            else ()
        )
        condition = Condition(key, span, scope.id, None, None, All((*parts, *own)))
        return Clause(
            id=key,
            title=record.title,
            for_each=entity,
            condition=condition,
            assumed=tuple(node for node in walk(condition) if node.assumption is not None),
            award=self._award(record.award, (*path, "award")),
            source=Citation(record.source.article, record.source.says),
            readings=_readings(record.readings),
            span=span,
        )

    def _award(self, record: AwardRecord, path: Path) -> Award:
        given = {"exact": record.exact, "up_to": record.up_to, "discretionary": record.discretionary}
        forms = [form for form, written in given.items() if written is not None]
        nothing = Award(record.kind, Basis.DISCRETIONARY, None, None, record.paid_to, _OPEN, _OPEN)
        if len(forms) != 1:
            words = {"written": ", ".join(forms), "known": ", ".join(_AMOUNTS)}
            self.problems.append(Diagnostic(Code.AWARD_FORM, self._key_span(path), words))
            return nothing
        [form] = forms
        basis = _AMOUNTS[form]
        if basis is Basis.DISCRETIONARY:
            return Award(record.kind, basis, None, record.discretionary, record.paid_to, _OPEN, _OPEN)
        node = node_at(self._root, self._written_at((*path, form)))
        amount = read_value(MoneyType(), node) if node is not None else ()
        if isinstance(amount, tuple):
            self.problems += amount
            return nothing
        yuan = ZERO + amount  # type: ignore[operator]
        when_open = Interval(ZERO, yuan)
        when_qualified = Interval(yuan, yuan) if basis is Basis.EXACT else when_open
        return Award(record.kind, basis, yuan, None, record.paid_to, when_qualified, when_open)

    def _period(self, record: PolicyRecord) -> Period | None:
        written = record.in_force
        from_published = written.from_day != NOT_PUBLISHED
        if from_published and written.counted_from is not None:
            words = {"key": "counted_from", "advice_zh": "只与 `from: not_published` 同用"}
            words |= {"advice_en": "it goes with `from: not_published`"}
            self._report(Code.KEY_MISPLACED, ("in_force", "counted_from"), words)
        if not from_published and written.counted_from is None:
            span = self._key_span(("in_force",))
            self.problems.append(Diagnostic(Code.MISSING_KEY, span, {"key": "counted_from"}))
            return None
        start = self._date(("in_force", "from" if from_published else "counted_from"))
        end_published = written.until != NOT_PUBLISHED
        end = self._date(("in_force", "until")) if written.until not in (NOT_PUBLISHED, _NO_END) else None
        if start is None:
            return None
        if end is not None and end < start:
            self._report(Code.PERIOD_REVERSED, ("in_force", "until"), {"start": start.isoformat()})
        return Period(start, from_published, end, end_published)

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


_OPEN = Interval(ZERO, NOT_BOUNDED)


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
