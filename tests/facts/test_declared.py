"""What a vocabulary can declare: the types its keys make. What it cannot is among the bad cases."""

from __future__ import annotations

from decimal import Decimal

import pytest

from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    FactType,
    ManyType,
    MoneyType,
    QuantityType,
    RateType,
    YearlyType,
)
from incentives.facts.vocabulary import Fact
from incentives.facts.vocabulary_files import read_vocabulary
from incentives.source.loader import load_text
from incentives.values import Bilingual

VOCABULARY = """\
vocabulary: 1
entities:
  company:
    title: {zh: 申报主体, en: applicant}
    facts:
      fact:
        title: {zh: 事实, en: fact}
        question: {zh: 是什么？, en: What is it?}
        supplied_by: company
"""


def _fact(*lines: str) -> Fact:
    text = VOCABULARY + "".join(f"        {line}\n" for line in lines)
    return read_vocabulary(load_text(text, "vocabulary.yaml")).company.facts["fact"]


TYPES: list[tuple[str, FactType]] = [
    ("type: money, yearly: true", YearlyType(MoneyType())),
    ("type: money, yearly: true, may_be_negative: true", YearlyType(MoneyType(negative=True))),
    ("type: rate, upper: 100%", RateType(upper=Decimal(1))),
    ("type: rate, upper: 15%, may_be_negative: true, yearly: true", YearlyType(RateType(True, Decimal("0.15")))),
    ("type: count, unit: 个月, upper: 12", CountType("个月", 12)),
    ("type: count, unit: 个月, upper: 12个月", CountType("个月", 12)),
    ("type: quantity, unit: 平方米, yearly: true", YearlyType(QuantityType("平方米"))),
    ("type: choice, choices: [小型, 大型], ordered: true", ChoiceType(("小型", "大型"), ordered=True)),
    ("type: choice, choices: [小型, 大型], yearly: true", YearlyType(ChoiceType(("小型", "大型")))),
    ("type: choice, choices: [甲, 乙], many: true", ManyType(ChoiceType(("甲", "乙")))),
    ("type: code, system: 示例, digits: 4", CodeType("示例", 4)),
    (
        'type: code, system: 示例, pattern: "[A-T]([0-9]{2,4})?", example: C39, labels: {C39: 电子}',
        CodeType("示例", None, (("C39", "电子"),), "[A-T]([0-9]{2,4})?", "C39"),
    ),
    (
        'type: code, many: true, system: 示例, pattern: "[1-9]", example: "7"',
        ManyType(CodeType("示例", None, (), "[1-9]", "7")),
    ),
]


def _same(made: object, expected: object) -> bool:
    """Equal as records of one type: named tuples of different types are equal where their fields are."""
    if type(made) is not type(expected):
        return False
    parts = getattr(made, "of", None), getattr(expected, "of", None)
    return made == expected and (parts == (None, None) or _same(*parts))


@pytest.mark.parametrize(("keys", "fact_type"), TYPES, ids=[keys for keys, _ in TYPES])
def test_the_keys_make_the_type(keys: str, fact_type: FactType) -> None:
    made = _fact(*_lines(keys)).type
    assert _same(made, fact_type), made


def test_a_yearly_boolean_is_one_of_each_year() -> None:
    made = _fact("type: boolean", "yearly: true").type
    assert isinstance(made, YearlyType)
    assert isinstance(made.of, BooleanType)


def test_the_basis_is_kept_beside_the_title() -> None:
    assert _fact("type: money").basis is None
    assert _fact("type: money", "basis: {zh: 期末, en: end of the year}").basis == Bilingual(
        "期末", "end of the year"
    )


def _lines(keys: str) -> list[str]:
    """`a: 1, b: [2, 3]` as lines of their own."""
    lines: list[str] = []
    depth = 0
    for part in keys.split(", "):
        if depth:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
        depth += sum(part.count(sign) for sign in "[{") - sum(part.count(sign) for sign in "]}")
    return lines
