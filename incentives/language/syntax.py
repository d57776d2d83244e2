"""The frame of a policy file as it is written, before anything is resolved. Imports the source package only.

`policies/README.md` explains each key to the people who write them. Conditions, awards, definitions and
stacking rules are parts of many forms; their readers are beside this module. Of each record, `at` is where its
keys were written.
"""

from __future__ import annotations

from incentives.records import NamedTuple
from incentives.source.shapes import Entries, Flag, Keys, ListOf, Named, OneOf, OneOrMore, Part, Text, Whole
from incentives.source.tree import Node

LANGUAGE_VERSION = 2
KNOWN_VERSIONS = (1, 2)
"""Files of version 1 mean in version 2 what they meant: the language has only grown."""

NOT_PUBLISHED = "not_published"

_IDENTIFIER = r"[a-z0-9]+([-_][a-z0-9]+)*\Z"
_CLAUSE_ID = rf"(?!common_conditions\Z){_IDENTIFIER}"
"""What the conditions of every clause are called is the id of none."""
UNREAD = ""
"""Stands in for what could not be read, so that the rest is still checked; no text of a policy is empty."""


class ReadingRecord(NamedTuple):
    """How the encoder read a word that the source leaves open."""

    at: Entries
    of: str
    reading: str


class CitationRecord(NamedTuple):
    """Where in the document a clause stands, and its words."""

    at: Entries
    article: str
    says: str


class BudgetRecord(NamedTuple):
    """The money there is, shared by all who apply."""

    at: Entries
    says: str
    amount: Node | None = None
    places: str | None = None
    per: str | None = None
    limits_awards: bool = False


class PeriodRecord(NamedTuple):
    """The days on which a policy or a clause is in force, both ends included."""

    at: Entries
    from_day: str
    until: str
    counted_from: str | None = None


class ClauseRecord(NamedTuple):
    """The unit that grants."""

    at: Entries
    title: str
    award: Node
    sources: tuple[CitationRecord, ...]
    for_each: str | None = None
    in_force: PeriodRecord | None = None
    once_only: str | None = None
    once_for_each: str | None = None
    when: Node | None = None
    readings: tuple[ReadingRecord, ...] = ()
    budgets: tuple[BudgetRecord, ...] = ()


class DocumentRecord(NamedTuple):
    """The document the policy was encoded from, and how good a witness it is."""

    at: Entries
    kind: str
    title: str
    number: str
    publisher: str
    published_on: str
    note: str | None = None


class ApplicationRecord(NamedTuple):
    """How one applies. Each field is text or `not_published`."""

    at: Entries
    window: str
    materials: str
    department: str
    phone: str


class AnnouncedRecord(NamedTuple):
    """What the source announces without publishing its content."""

    at: Entries
    says: str
    fields: tuple[str, ...]
    open_list: str | None = None


class PolicyRecord(NamedTuple):
    """One policy file."""

    at: Entries
    incentives: int
    policy: str
    title: str
    issuer: str
    document: DocumentRecord
    in_force: PeriodRecord
    stacking: Node | None
    version: str = "1"
    application: ApplicationRecord | None = None
    announced: AnnouncedRecord | None = None
    this_year: str = "year_of_application"
    imports: dict[str, str] = {}  # noqa: RUF012 (never changed: records are frozen)
    readings: tuple[ReadingRecord, ...] = ()
    budgets: tuple[BudgetRecord, ...] = ()
    definitions: Node | None = None
    common_conditions: Node | None = None
    clauses: dict[str, ClauseRecord] = {}  # noqa: RUF012 (never changed: records are frozen)


_TEXT = Text()
_ONCE = Text(paper="一次性")
_READING = Keys(ReadingRecord, {"of": _TEXT, "reading": _TEXT})
_READINGS = ListOf(_READING, empty=True)
_CITATION = Keys(CitationRecord, {"article": _TEXT, "says": _TEXT})
_BUDGETS = OneOrMore(
    Keys(
        BudgetRecord,
        {
            "at": Part(),
            "places": _TEXT,
            "per": OneOf[str]("year"),
            "limits_awards": Flag(),
            "says": _TEXT,
        },
        names={"at": "amount"},
        spare=("limits_awards",),
    )
)
_DAYS = {"from": _TEXT, "counted_from": _TEXT, "until": _TEXT}
_NAMES = {"from": "from_day"}
CLAUSE = Keys(
    ClauseRecord,
    {
        "title": _TEXT,
        "for_each": _TEXT,
        "in_force": Keys(PeriodRecord, _DAYS, names=_NAMES),
        "once_only": _ONCE,
        "once_for_each": _ONCE,
        "when": Part(),
        "award": Part(),
        "source": OneOrMore(_CITATION),
        "readings": _READINGS,
        "budget": _BUDGETS,
    },
    names={"source": "sources", "budget": "budgets"},
    spare=("readings", "budget", "in_force", "once_only", "once_for_each"),
)
_DOCUMENT = Keys(
    DocumentRecord,
    {
        "kind": OneOf[str]("official_text", "reprint", "press_report", "draft"),
        "title": _TEXT,
        "number": _TEXT,
        "publisher": _TEXT,
        "published_on": _TEXT,
        "note": _TEXT,
    },
    instead={
        "kind": "reprint",
        "title": UNREAD,
        "number": NOT_PUBLISHED,
        "publisher": UNREAD,
        "published_on": UNREAD,
        "note": None,
    },
)
_PERIOD = Keys(
    PeriodRecord, _DAYS, names=_NAMES, instead={"from": UNREAD, "counted_from": UNREAD, "until": NOT_PUBLISHED}
)
_APPLICATION = Keys(ApplicationRecord, {"window": _TEXT, "materials": _TEXT, "department": _TEXT, "phone": _TEXT})
_ANNOUNCED = Keys(
    AnnouncedRecord, {"says": _TEXT, "fields": ListOf(_TEXT), "open": _TEXT}, names={"open": "open_list"}
)
POLICY = Keys(
    PolicyRecord,
    {
        "incentives": Whole(),
        "policy": Text(pattern=_IDENTIFIER),
        "version": _TEXT,
        "title": _TEXT,
        "issuer": _TEXT,
        "document": _DOCUMENT,
        "in_force": _PERIOD,
        "application": _APPLICATION,
        "announced": _ANNOUNCED,
        "this_year": OneOf[str]("year_of_application", "year_before_application"),
        "imports": Named(_TEXT, whole=True),
        "stacking": Part(),
        "readings": _READINGS,
        "budget": _BUDGETS,
        "definitions": Part(),
        "common_conditions": Part(),
        "clauses": Named(CLAUSE, pattern=_CLAUSE_ID),
    },
    instead={
        "incentives": LANGUAGE_VERSION,
        "policy": UNREAD,
        "version": UNREAD,
        "title": UNREAD,
        "issuer": UNREAD,
        "document": DocumentRecord({}, "reprint", UNREAD, NOT_PUBLISHED, UNREAD, UNREAD),
        "in_force": PeriodRecord({}, UNREAD, NOT_PUBLISHED),
        "stacking": None,
        "clauses": {},
    },
    names={"budget": "budgets"},
    spare=("application", "announced", "readings", "budget", "imports", "this_year"),
)
"""The frame of a policy file. Something stands in for each part without which the rest could not be checked."""
