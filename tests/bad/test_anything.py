"""Whatever is fed to the readers, they read it or refuse it by name; no other exception leaves them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incentives.diagnostics import Diagnostic, PolicyRefused, ProfileRefused
from incentives.diagnostics.render import render_diagnostics
from incentives.facts.reader import profile_of, read_profile
from incentives.facts.vocabulary_files import load_vocabulary, read_vocabulary
from incentives.language.awards import AwardReader
from incentives.language.checker import check_policy
from incentives.language.conditions import ConditionReader
from incentives.language.store import shipped_policies
from incentives.language.terms import TermReader
from incentives.source.loader import Loaded, load_text
from incentives.texts import LANGUAGES
from tests.bad.cases import ROOT, vocabulary
from tests.house.guide import GUIDES, examples

WORDS = (
    *("name", "id", "projects", "platforms", "investment", "sector", "newly_completed", "staff", "profit", "founded"),
    *("incentives", "policy", "title", "issuer", "document", "in_force", "stacking", "clauses", "when", "award"),
    *("fact", "all", "any", "not", "is", "in", "at_least", "less_than", "open", "says", "for_each", "source", "kind"),
    *("vocabulary", "entities", "company", "facts", "type", "list", "question", "supplied_by", "zh", "en", "unit"),
    *("revenue", "audited", "earlier_highest", "2024", "yearly", "basis", "ordered", "pattern", "example", "upper"),
    *("extends", "nothing", "choices", "more_choices", "entity_type", "can_change", "spent"),
    *(
        "1亿元",
        "1亿",
        "50%",
        "2024-03-01",
        "money",
        "微波射频",
        "not_published",
        "",
        "yes",
        "~",
        "0x1F",
        "1e5",
        "-0元",
    ),
)
KEYS = st.sampled_from(WORDS) | st.text(max_size=8) | st.integers(1000, 9999)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=12)
DATA = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
MAPPINGS = st.dictionaries(KEYS, DATA, max_size=6)
STORED = [
    file.read_bytes().decode("utf-8", "replace")
    for kind in ("profiles", "policies", "vocabularies")
    for file in sorted((ROOT / kind).rglob("*"))
    if file.suffix in (".yaml", ".json") and file.stat().st_size < 4000
]
SHIPPED = load_vocabulary(shipped_policies() / "vocabulary.yaml")
GUIDE = [example.policy() for example in examples(GUIDES["en"])]
"""Policies that use nearly every key of the language."""
SIGNS = st.sampled_from(
    [*"{}[]:,-#&*!|>'\"%@`?~<\t\n \\0123456789eE._元万亿％：，", "\ufeff", "\x85", "\u2028", "\x07"]
)


def _read(loaded: Loaded) -> None:
    """Every reader on one text; what refuses it says why, in words that can be printed."""
    try:
        read_profile(loaded, vocabulary())
    except ProfileRefused as refused:
        _said(refused.diagnostics, loaded)
    for base in (None, vocabulary()):
        try:
            read_vocabulary(loaded, base)
        except PolicyRefused as refused:
            _said(refused.diagnostics, loaded)
    policy, found = check_policy(loaded, vocabulary())
    assert (policy is None) == any(one.is_error for one in found)
    if found:
        _said(PolicyRefused(found).diagnostics, loaded)


def _said(found: tuple[Diagnostic, ...], loaded: Loaded) -> None:
    assert found
    for lang in LANGUAGES:
        assert render_diagnostics(found, {loaded.name: loaded.text}, lang).replace("\n", "").isprintable()


@given(text=st.text(max_size=200), name=st.sampled_from(("x.yaml", "x.json")))
def test_any_text(text: str, name: str) -> None:
    _read(load_text(text, name))


@given(
    text=st.lists(SIGNS | st.sampled_from(WORDS), max_size=40).map("".join),
    name=st.sampled_from(("x.yaml", "x.json")),
)
def test_any_text_of_signs_that_yaml_and_json_care_about(text: str, name: str) -> None:
    _read(load_text(text, name))


@given(data=DATA)
def test_any_data_as_json(data: Any) -> None:
    _read(load_text(json.dumps(data), "x.json"))
    _read(load_text(json.dumps(data, ensure_ascii=False, indent=1), "x.json"))


@given(data=DATA, flow=st.booleans())
def test_any_data_as_yaml(data: Any, flow: bool) -> None:
    _read(load_text(yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow), "x.yaml"))


@given(data=st.data())
def test_any_stored_file_with_a_part_left_out_or_put_in(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(STORED))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    instead = data.draw(st.text(SIGNS, max_size=3) | st.sampled_from(WORDS))
    _read(load_text(text[:start] + instead + text[end:], data.draw(st.sampled_from(("x.yaml", "x.json")))))


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Every place in nested data: what holds it, and its key or index there."""
    entries = list(data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ())
    return [(data, key) for key, _ in entries] + [place for _, inner in entries for place in _places(inner)]


PARTS = [holder[key] for policy in GUIDE for holder, key in _places(policy)]
GUIDE_KEYS = sorted({str(key) for policy in GUIDE for _, key in _places(policy)})


READS = ((ConditionReader, "condition"), (TermReader, "term"), (AwardReader, "award"), (AwardReader, "amount"))


@contextmanager
def _dropped() -> Iterator[list[str]]:
    """The parts that were read as nothing at all while this lasts."""
    dropped: list[str] = []

    def watched(name: str, read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(*parts: Any, **more: Any) -> Any:
            found = read(*parts, **more)
            if found is None:
                dropped.append(name)
            return found

        return reading

    with ExitStack() as stack:
        for reader, name in READS:
            stack.enter_context(patch.object(reader, name, watched(name, getattr(reader, name))))
        yield dropped


@given(data=st.data())
def test_any_policy_of_the_guide_with_keys_and_values_changed(data: st.DataObject) -> None:
    policy = deepcopy(data.draw(st.sampled_from(GUIDE)))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(_places(policy)))
        match data.draw(st.sampled_from(("left out", "renamed", "replaced", "put in a list"))):
            case "left out":
                del holder[key]
            case "renamed" if isinstance(holder, dict):
                holder[data.draw(st.sampled_from(GUIDE_KEYS))] = holder.pop(key)
            case "put in a list":
                holder[key] = [holder[key]]
            case _:
                holder[key] = deepcopy(data.draw(st.sampled_from(PARTS) | LEAVES))
    loaded = load_text(yaml.safe_dump(policy, allow_unicode=True, sort_keys=False), "x.yaml")
    with _dropped() as dropped:
        checked, found = check_policy(loaded, SHIPPED)
    assert (checked is None) == any(one.is_error for one in found)
    assert found or not dropped, "what is left out of a policy is named"
    if found:
        _said(PolicyRefused(found).diagnostics, loaded)
        said = [(one.code, one.span, tuple(one.words.items())) for one in found]
        assert len(said) == len(set(said)), "nothing is said twice"
        assert all(one.span.line > 0 for one in found)


@given(data=MAPPINGS)
def test_any_python_data(data: dict[str, Any]) -> None:
    try:
        profile_of(data, vocabulary())
    except ProfileRefused as refused:
        _said(refused.diagnostics, Loaded("profile", "", None))


@pytest.mark.parametrize("signs", ["9" * 5000, "-" + "9" * 5000, "0." + "1" * 5000 + "亿元", "9" * 5000 + "万元"])
def test_a_number_of_any_length_costs_nothing(signs: str) -> None:
    for name in ("x.yaml", "x.json"):
        _read(load_text(f'{{"profit": {signs}, "staff": "{signs}"}}', name))
