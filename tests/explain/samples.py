"""The head of a small policy, below which tests write clauses of their own."""

from __future__ import annotations

HEAD = """\
incentives: 2
policy: sample
title: 示例政策
issuer: 示例区
document: {kind: official_text, title: 示例, number: 示例1号, publisher: 示例区, published_on: 2024-01-01}
in_force: {from: 2024-01-01, until: none}
stacking: cumulative
"""
