"""A policy file as it is written, before anything is resolved. Imports the source package only.

`policies/README.md` explains each key to the people who write them. Operands stay as written here: what
`1亿元` or `true` means depends on the fact it is held against, which only the checker knows.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from incentives.source.record import Record

LANGUAGE_VERSION = 1

NOT_PUBLISHED = "not_published"

Operand = str | int | bool
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


class AllRecord(Record):
    """Every condition in the list must hold."""

    all_of: Annotated[list[ConditionRecord], Field(min_length=1)] = Field(alias="all")
    says: Text | None = None
    assumption: Text | None = None


class AnyRecord(Record):
    """At least one condition in the list must hold."""

    any_of: Annotated[list[ConditionRecord], Field(min_length=1)] = Field(alias="any")
    says: Text | None = None
    assumption: Text | None = None


class NotRecord(Record):
    """The condition must not hold."""

    negated: ConditionRecord = Field(alias="not")
    says: Text | None = None
    assumption: Text | None = None


class FactRecord(Record):
    """A test of one fact: equality, membership, or one or two bounds."""

    fact: Text
    equals: Operand | None = Field(default=None, alias="is")
    one_of: Annotated[list[Operand], Field(min_length=1)] | None = Field(default=None, alias="in")
    includes_any: Annotated[list[Operand], Field(min_length=1)] | None = None
    at_least: Operand | None = None
    more_than: Operand | None = None
    at_most: Operand | None = None
    less_than: Operand | None = None
    open_list: Text | None = Field(default=None, alias="open")
    says: Text | None = None
    assumption: Text | None = None
    judgement: Text | None = None


CONDITION_KEYS = ("all", "any", "not", "fact")
"""The keys of which a condition has exactly one."""


def _kind(written: Any) -> str | None:
    """Which of the condition forms a mapping has; None where it has none of them or several."""
    kinds = [f"<{key}>" for key in CONDITION_KEYS if isinstance(written, dict) and key in written]
    return kinds[0] if len(kinds) == 1 else None


ConditionRecord = Annotated[
    Annotated[AllRecord, Tag("<all>")]
    | Annotated[AnyRecord, Tag("<any>")]
    | Annotated[NotRecord, Tag("<not>")]
    | Annotated[FactRecord, Tag("<fact>")],
    Discriminator(_kind),
]


def _as_list(written: Any) -> Any:
    return [written] if isinstance(written, dict) else written


Conditions = Annotated[list[ConditionRecord], Field(min_length=1), BeforeValidator(_as_list)]
"""One condition, or a list of them that must all hold."""


class ReadingRecord(Record):
    """How the encoder read a word that the source leaves open."""

    of: Text
    reading: Text


class CitationRecord(Record):
    """Where in the document a clause stands, and its words."""

    article: Text
    says: Text


class AwardRecord(Record):
    """What a clause grants: exactly one of `exact`, `up_to` and `discretionary`."""

    kind: Text
    exact: Operand | None = None
    up_to: Operand | None = None
    discretionary: Text | None = None
    paid_to: Text


class ClauseRecord(Record):
    """The unit that grants."""

    title: Text
    for_each: Text | None = None
    when: Conditions | None = None
    award: AwardRecord
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


class PeriodRecord(Record):
    """The days on which the policy is in force, both ends included."""

    from_day: Text = Field(alias="from")
    counted_from: Text | None = None
    until: Text


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
    stacking: Literal["not_published", "cumulative"]
    readings: list[ReadingRecord] = Field(default_factory=list)
    common_conditions: Conditions | None = None
    clauses: Annotated[dict[Identifier, ClauseRecord], Field(min_length=1)]
