"""Vocabularies that add to another one: what they may add, and that nothing declared before means anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentives.diagnostics import Code, PolicyRefused
from incentives.facts.types import ChoiceType, ManyType, YearlyType
from incentives.facts.vocabulary import Vocabulary
from incentives.facts.vocabulary_files import read_vocabulary
from incentives.source.loader import load_text
from tests.generators import COMPANY, read_raw, write
from tests.written import Raw

BASE = """\
vocabulary: 1
entities:
  company:
    title: 申报主体
    can_change: [staff]
    facts:
      staff: {title: 职工人数, type: count, unit: 人, question: 有多少职工？, supplied_by: company}
      size: {title: 规模, type: choice, choices: [小型, 大型], ordered: true, question: 规模？, supplied_by: 统计部门}
      zones: {title: 园区, type: choice, choices: [东区, 西区], many: true, question: 园区？, supplied_by: company}
      status: {title: 状态, type: choice, choices: [在库, 不在], yearly: true, question: 状态？, supplied_by: company}
  project:
    title: 项目
    list: projects
    question: 有哪些项目？
    facts:
      sector: {title: 领域, type: text, question: 领域？, supplied_by: company}
"""


def _read(text: str, base: Vocabulary | None = None) -> Vocabulary:
    return read_vocabulary(load_text(text, "own.yaml" if base is not None else "base.yaml"), base)


def _added(entities: str, base: str = BASE) -> Vocabulary:
    """The base with what stands under `entities` of another file."""
    return _read(f"vocabulary: 1\nentities:\n{entities}", _read(base))


def _refused(entities: str, base: str = BASE) -> list[tuple[Code, int]]:
    with pytest.raises(PolicyRefused) as refused:
        _added(entities, base)
    return [(finding.code, finding.span.line) for finding in refused.value.diagnostics]


def test_a_fact_of_the_company_and_one_of_an_item_are_added() -> None:
    found = _added(
        "  company: {facts: {leased: {title: 租赁, type: boolean, question: 是否租赁？, supplied_by: company}}}\n"
        "  project: {facts: {site: {title: 地点, type: text, question: 在哪？, supplied_by: company}}}\n"
    )
    assert [*found.company.facts] == ["staff", "size", "zones", "status", "leased"]
    assert [*found.entities["project"].facts] == ["sector", "site"]
    assert found.entities["project"].list_key == "projects"
    assert found.company.can_change == {"staff"}


def test_a_kind_of_item_is_added() -> None:
    found = _added("  store: {title: 门店, list: stores, question: 有哪些？, can_add: true, facts: {}}\n")
    assert found.lists().keys() == {"projects", "stores"}
    assert found.entities["store"].can_add


@pytest.mark.parametrize(("fact", "wider"), [("zones", ManyType), ("status", YearlyType)])
def test_options_are_added_behind_those_there_are(fact: str, wider: type[ManyType] | type[YearlyType]) -> None:
    before = _read(BASE).company.facts[fact].type
    assert isinstance(before, wider)
    assert isinstance(before.of, ChoiceType)
    found = _added(f"  company: {{facts: {{{fact}: {{more_choices: [新, {before.of.choices[0]}]}}}}}}\n")
    after = found.company.facts[fact].type
    assert after == before._replace(of=ChoiceType((*before.of.choices, "新")))


def test_options_with_an_order_are_listed_whole() -> None:
    found = _added("  company: {facts: {size: {more_choices: [微型, 小型, 中型, 大型]}}}\n")
    assert found.company.facts["size"].type == ChoiceType(("微型", "小型", "中型", "大型"), ordered=True)


@pytest.mark.parametrize("listed", ["微型", "微型, 小型", "大型, 中型, 小型"])
def test_without_their_order_they_are_refused(listed: str) -> None:
    refused = _refused(f"  company: {{facts: {{size: {{more_choices: [{listed}]}}}}}}\n")
    assert refused == [(Code.CHOICES_WITHOUT_ORDER, 3)]


def test_options_that_are_there_already_change_nothing() -> None:
    assert _added("  company: {facts: {size: {more_choices: [大型]}}}\n").content == _read(BASE).content


def test_the_same_declaration_changes_nothing() -> None:
    base = _read(BASE)
    assert _read(BASE, base) == base


def test_what_can_change_is_part_of_the_declaration() -> None:
    """Else what another policy says could decide what a company is advised to do."""
    staff = "{title: 职工人数, type: count, unit: 人, question: 有多少职工？, supplied_by: company}"
    assert _refused(f"  company: {{facts: {{staff: {staff}}}}}\n") == [(Code.DECLARED_OTHERWISE, 3)]
    assert _added(f"  company: {{can_change: [staff], facts: {{staff: {staff}}}}}\n").content == _read(BASE).content
    store = "  store: {title: 门店, list: stores, question: 有哪些？, facts: {}}\n"
    more = BASE + store.replace("facts", "can_add: true, facts")
    assert _refused(store, more) == [(Code.DECLARED_OTHERWISE, 3)]


@pytest.mark.parametrize(
    ("entities", "code"),
    [
        ("  company: {title: 企业}\n", Code.DECLARED_OTHERWISE),
        ("  project: {list: items}\n", Code.DECLARED_OTHERWISE),
        ("  project: {can_add: true}\n", Code.DECLARED_OTHERWISE),
        ("  company: {can_change: [size]}\n", Code.DECLARED_OTHERWISE),
        ("  company: {facts: {staff: {title: 人数, type: count, unit: 人}}}\n", Code.DECLARED_OTHERWISE),
        ("  company: {facts: {size: {choices: [小型, 大型]}}}\n", Code.DECLARED_OTHERWISE),
        ("  company: {facts: {staff: {more_choices: [多]}}}\n", Code.KEY_MISPLACED),
        ("  company: {facts: {sizes: {more_choices: [多]}}}\n", Code.UNKNOWN_FACT),
        ("  company: {can_change: [sector]}\n", Code.UNKNOWN_FACT),
        (
            "  company: {facts: {Staff: {title: 人数, type: text, question: 数, supplied_by: company}}}\n",
            Code.BAD_NAME,
        ),
        (
            "  company: {facts: {projects: {title: 数, type: text, question: 数, supplied_by: company}}}\n",
            Code.NAME_TAKEN,
        ),
        ("  store: {title: 门店, list: staff, question: 有哪些？, facts: {}}\n", Code.NAME_TAKEN),
        ("  store: {title: 门店, list: name, question: 有哪些？, facts: {}}\n", Code.DUPLICATE_KEY),
        ("  store: {title: 门店, list: stores, question: 有哪些？}\n", Code.MISSING_KEY),
    ],
)
def test_nothing_that_is_there_is_changed(entities: str, code: Code) -> None:
    assert _refused(entities) == [(code, 3)]


def test_everything_missing_is_named_at_once() -> None:
    assert _refused("  store: {}\n") == [(Code.MISSING_KEY, 3)] * 4


def test_a_vocabulary_that_extends_nothing_stands_alone() -> None:
    alone = "vocabulary: 1\nextends: nothing\nentities:\n  company: {title: 企业, facts: {}}\n"
    found = _read(alone, _read(BASE))
    assert found.company.title.zh == "企业"
    assert not found.company.facts


@st.composite
def _parts(draw: st.DrawFn) -> tuple[Raw, Raw]:
    """A vocabulary in two files: some facts, options and kinds of item in the second."""
    first: Raw = read_raw(BASE)
    second: Raw = {"vocabulary": 1, "entities": {}}
    for key in sorted(first["entities"]):
        entity = first["entities"][key]
        if key != COMPANY and draw(st.booleans()):
            second["entities"][key] = first["entities"].pop(key)
            continue
        moved = {name: entity["facts"].pop(name) for name in sorted(entity["facts"]) if draw(st.booleans())}
        more = {}
        for name, fact in entity["facts"].items():
            if len(fact.get("choices", ())) > 1 and not fact.get("ordered") and draw(st.booleans()):
                first_one, *others = fact["choices"]
                fact["choices"], more[name] = [first_one], {"more_choices": others}
        changed = {
            list_key: [name for name in entity.get(list_key, ()) if name in moved]
            for list_key in ("can_change", "spent")
        }
        for list_key, names in changed.items():
            if list_key in entity:
                entity[list_key] = [name for name in entity[list_key] if name not in names]
        facts = draw(st.permutations([*(moved | more).items()]))
        second["entities"][key] = {"facts": dict(facts), **{name: ids for name, ids in changed.items() if ids}}
    return first, second


@given(parts=_parts())
def test_what_stands_in_two_files_is_what_would_stand_in_one(parts: tuple[Raw, Raw]) -> None:
    first, second = parts
    whole = _read(BASE)
    found = _read(write(second), _read(write(first)))
    assert found.content == whole.content
    assert repr(_without_places(found)) == repr(_without_places(whole))


def _without_places(found: Vocabulary) -> list[tuple[object, ...]]:
    """Entities and facts but for where they stand, and in which order."""
    return sorted(
        (*entity[:4], sorted(entity.can_change), entity.can_add, sorted(fact[:2] for fact in entity.facts.values()))
        for entity in found.entities.values()
    )
