"""The guide for those who write policies: every key it names exists, every condition it shows loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incentives.facts.vocabulary import load_vocabulary
from incentives.language.checker import check_policy
from incentives.language.store import shipped_policies
from incentives.language.syntax import (
    AnnouncedRecord,
    ApplicationRecord,
    CitationRecord,
    ClauseRecord,
    DocumentRecord,
    PeriodRecord,
    PolicyRecord,
    ReadingRecord,
)
from incentives.source.loader import load_text

GUIDE = (Path(__file__).parents[2] / "policies" / "README.md").read_text(encoding="utf-8")
RECORDS = (
    AnnouncedRecord,
    ApplicationRecord,
    CitationRecord,
    ClauseRecord,
    DocumentRecord,
    PeriodRecord,
    PolicyRecord,
    ReadingRecord,
)
CONDITIONS = re.findall(r"^\| `(\{fact: .*?\})` \|", GUIDE, re.MULTILINE)
POLICY = """\
incentives: 1
policy: guide
title: 指南
issuer: 示例区
document: {{kind: official_text, title: 示例, number: 示例1号, publisher: 示例区, published_on: 2026-01-01}}
in_force: {{from: 2026-01-01, until: none}}
stacking: cumulative
clauses:
  one:
    title: 一
    for_each: {entity}
    when: {condition}
    award: {{kind: 奖励, exact: 1元, paid_to: 企业}}
    source: {{article: 第一条, says: 示例}}
"""


def test_the_guide_names_every_key_of_the_language() -> None:
    known = {field.alias or name for record in RECORDS for name, field in record.model_fields.items()}
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`]*`", GUIDE))))
    assert known <= named, known - named


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_of_the_guide_loads(condition: str) -> None:
    vocabulary = load_vocabulary(shipped_policies() / "vocabulary.yaml")
    [fact] = re.findall(r"fact: (\w+)", condition)
    [entity] = [entity.id for entity in vocabulary.entities.values() if fact in entity.facts]
    text = POLICY.format(entity=entity, condition=condition)
    policy, found = check_policy(load_text(text, "guide.yaml"), vocabulary)
    assert policy is not None, found


def test_the_guide_shows_conditions() -> None:
    assert len(CONDITIONS) >= 8
