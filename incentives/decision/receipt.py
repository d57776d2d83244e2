"""Receipts: what it takes to find the same decision again. Imports facts and the language.

Hashes are SHA-256 over canonical JSON, so that neither the order of keys or items nor comments and layout
of a file change them; the content does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from incentives import __version__
from incentives.decision.result import Receipt
from incentives.facts.profile import Item, Profile
from incentives.facts.types import Series, Value
from incentives.language.model import Policy
from incentives.language.store import PolicySet
from incentives.values import EXACT


def make_receipt(
    policies: Iterable[Policy], policy_set: PolicySet, profile: Profile, on: date, engine: str
) -> Receipt:
    versions = sorted(policies, key=lambda policy: (policy.id, policy.version))
    content = {
        "vocabulary": policy_set.vocabulary.content,
        "policies": [policy.content for policy in versions],
    }
    return Receipt(
        on=on,
        policies=tuple(f"{policy.id}@{policy.version}" for policy in versions),
        policies_sha256=_sha256(content),
        profile_sha256=_sha256(canonical_profile(profile)),
        engine=engine,
        engine_version=__version__,
    )


def canonical_profile(profile: Profile) -> dict[str, Any]:
    """What a profile says, as JSON-ready data that does not depend on how or in which order it was written."""
    return {
        "company": _canonical_item(profile.company),
        "lists": {
            entity: sorted((_canonical_item(item) for item in items), key=lambda item: str(item["key"]))
            for entity, items in profile.lists.items()
        },
    }


def _canonical_item(item: Item) -> dict[str, Any]:
    return {"key": item.key, "name": item.name, "facts": _canonical_facts(item.values)}


def _canonical_facts(values: Mapping[str, Value]) -> dict[str, Any]:
    return {fact: _canonical_value(value) for fact, value in values.items()}


def _canonical_value(value: Value) -> Any:
    if isinstance(value, Series):
        years = {str(year): _canonical_value(one) for year, one in value.years.items()}
        highest = value.earlier_highest
        return {"years": years, "earlier_highest": None if highest is None else _canonical_value(highest)}
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return format(value.normalize(EXACT), "f")
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _sha256(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
