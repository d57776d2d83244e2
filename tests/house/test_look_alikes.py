"""Texts that look the same are read the same or refused; never told apart by what nobody sees."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from enum import Enum
from pathlib import Path

import pytest

import incentives
from incentives.facts.reader import profile_of
from incentives.facts.vocabulary_files import read_vocabulary
from incentives.source.loader import load_text

ON = date(2026, 3, 1)
VOCABULARY = """\
vocabulary: 1
entities:
  company:
    title: {zh: 企业, en: company}
    facts:
      size:
        title: {zh: 规模, en: size}
        type: choice
        choices: [小型（微型）, 大型]
        question: {zh: 规模, en: size}
        supplied_by: company
      staff:
        title: {zh: 人数, en: staff}
        type: count
        unit: 人
        question: {zh: 人数, en: staff}
        supplied_by: company
"""


class Field(str, Enum):  # noqa: UP042 (what callers have: not every one is a StrEnum)
    MICROWAVE = "微波射频"


@pytest.mark.parametrize(
    "sign", ["\u200b", "\ufeff", "\u00ad", "\ufe0f", "\u202e", "\ud800"], ids=lambda sign: f"U+{ord(sign):04X}"
)
def test_a_sign_that_nobody_sees_is_refused(sign: str) -> None:
    evaluator = incentives.Evaluator(incentives.load_policies())
    with pytest.raises(incentives.ProfileRefused, match="E0119"):
        evaluator.profile({"industry_fields": [f"微波射频{sign}"]})


@pytest.mark.parametrize("written", ["微波射频", " 微波射频 ", "微波射频\n", Field.MICROWAVE], ids=repr)
def test_what_looks_the_same_is_the_same(written: str) -> None:
    evaluator = incentives.Evaluator(incentives.load_policies())
    assert evaluator.profile({"industry_fields": [written]}).company.values["industry_fields"] == {"微波射频"}


def test_a_radical_is_read_as_the_character_it_looks_like() -> None:
    evaluator = incentives.Evaluator(incentives.load_policies())
    assert evaluator.profile({"industry_fields": ["⽣物医药"]}).company.values["industry_fields"] == {"生物医药"}


def test_a_line_break_in_a_value_becomes_a_space() -> None:
    evaluator = incentives.Evaluator(incentives.load_policies())
    profile = evaluator.profile({"projects": [{"name": "一", "sector": "甲\n✓ 符合"}]})
    assert profile.lists["project"][0].values["sector"] == "甲 ✓ 符合"


def test_choices_and_counts_are_read_whatever_their_signs_and_length() -> None:
    vocabulary = read_vocabulary(load_text(VOCABULARY, "vocabulary.yaml"))
    for written in ("小型（微型）", "小型(微型)"):
        assert profile_of({"size": written}, vocabulary).company.values["size"] == "小型（微型）"
    for number in (10**30, "1" * 35, 10**5000):
        with pytest.raises(incentives.ProfileRefused, match="E0420"):
            profile_of({"staff": number}, vocabulary)


def test_versions_that_do_not_follow_each_other_may_not_share_a_number(tmp_path: Path) -> None:
    text = """\
incentives: 1
policy: sample
version: "%s"
title: 示例
issuer: 示例区
document: {kind: official_text, title: 示例, number: 示例1号, publisher: 示例区, published_on: 2020-01-01}
in_force: {from: %s-01-01, until: %s-12-31}
stacking: cumulative
clauses:
  one:
    title: 一
    award: {kind: 奖励, exact: 1元, paid_to: 企业}
    source: {article: 第一条, says: 示例}
"""
    folder = tmp_path / "sample"
    folder.mkdir()
    for version, year in (("1", 2020), ("2", 2021), ("1", 2022)):
        (folder / f"{year}.yaml").write_text(text % (version, year, year), encoding="utf-8")
    with pytest.raises(incentives.PolicyRefused, match="E0308"):
        incentives.load_policies(tmp_path)
    (folder / "2022.yaml").write_text(text % ("3", 2022, 2022), encoding="utf-8")
    assert len(incentives.load_policies(tmp_path).policies) == 3


def test_decisions_and_errors_travel_between_processes() -> None:
    decision = incentives.Evaluator(incentives.load_policies()).check({}, ON)
    assert pickle.loads(pickle.dumps(decision)) == decision == copy.deepcopy(decision)
    absent = pickle.loads(pickle.dumps(incentives.EngineUnavailable("x", ("reference",))))
    assert str(absent) == "engine `x` is not installed here; present: reference"
