"""The frame of a policy file as it is written, before anything is resolved. Imports the source package only.

`policies/README.md` explains each key to the people who write them. Conditions, awards, definitions and
stacking rules are parts of many forms; their readers are beside this module.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from incentives.source.record import Record

LANGUAGE_VERSION = 2
KNOWN_VERSIONS = (1, 2)
"""Files of version 1 mean in version 2 what they meant: the language has only grown."""

NOT_PUBLISHED = "not_published"

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


Part = Any
"""A condition, an amount or a rule: open to many forms, so read straight from the tree, with its own messages."""


class ReadingRecord(Record):
    """How the encoder read a word that the source leaves open."""

    of: Text
    reading: Text


class CitationRecord(Record):
    """Where in the document a clause stands, and its words."""

    article: Text
    says: Text


class PeriodRecord(Record):
    """The days on which a policy or a clause is in force, both ends included."""

    from_day: Text = Field(alias="from")
    counted_from: Text | None = None
    until: Text


class ClauseRecord(Record):
    """The unit that grants."""

    title: Text
    for_each: Text | None = None
    in_force: PeriodRecord | None = None
    once_only: Text | None = None
    once_for_each: Text | None = None
    when: Part = None
    award: Part
    source: CitationRecord
    readings: list[ReadingRecord] = Field(default_factory=list)


class DocumentRecord(Record):
    """The document the policy was encoded from, and how good a witness it is."""

    kind: Literal["official_text", "reprint", "press_report"]
    title: Text
    number: Text
    publisher: Text
    published_on: Text
    note: Text | None = None


class ApplicationRecord(Record):
    """How one applies. Each field is text or `not_published`."""

    window: Text
    materials: Text
    department: Text
    phone: Text


class AnnouncedRecord(Record):
    """What the source announces without publishing its content."""

    says: Text
    fields: Annotated[list[Text], Field(min_length=1)]
    open_list: Text | None = Field(default=None, alias="open")


class PolicyRecord(Record):
    """One policy file."""

    incentives: int
    policy: Identifier
    version: Text = "1"
    title: Text
    issuer: Text
    document: DocumentRecord
    in_force: PeriodRecord
    application: ApplicationRecord | None = None
    announced: AnnouncedRecord | None = None
    this_year: Literal["year_of_application", "year_before_application"] = "year_of_application"
    imports: dict[Text, Text] = Field(default_factory=dict)
    stacking: Part
    readings: list[ReadingRecord] = Field(default_factory=list)
    definitions: Part = None
    common_conditions: Part = None
    clauses: dict[Identifier, ClauseRecord] = Field(default_factory=dict)
