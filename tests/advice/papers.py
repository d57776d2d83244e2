"""A small policy, but for its clauses, and the day on which it is asked about."""

from __future__ import annotations

from datetime import date

from tests.generators import VOCABULARY_FILE
from tests.verdicts import vocabulary_of

VOCABULARY = vocabulary_of(VOCABULARY_FILE.read_text(encoding="utf-8"))
ON = date(2024, 7, 1)
PAPER = """
incentives: 2
policy: small
title: 示例（来源中没有这样的条款）
issuer: 某区
document: {kind: official_text, title: 示例, number: not_published, publisher: 某区, published_on: 2024-01-01}
in_force: {from: 2024-01-01, until: 2025-12-31}
stacking: cumulative
clauses:
"""
