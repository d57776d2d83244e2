"""What counts of each award where several policies are checked: together it is the total of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentives import Evaluator, Explanation, engines_present, render_report
from incentives.explain.glance import Glance
from incentives.explain.interviews import result_lines
from incentives.explain.terminal import render_check, render_clauses, render_overview
from incentives.explain.view import ItemView
from incentives.texts import Lang
from incentives.values import Possible
from tests.conformance.cases import CASES
from tests.verdicts import policy_set, vocabulary_of
from tests.written_policies import exact_award, written_policy

VOCABULARY = (CASES / "vocabulary.yaml").read_text(encoding="utf-8")
ON = date(2026, 7, 1)
NAMES = ("a", "b", "c")
Rules = list[dict[str, Any]]


def policy(name: str, amounts: list[int], rules: Rules, still_open: Sequence[str] = ()) -> str:
    """A policy of as many clauses as amounts in 万元, which everybody meets but for those that wait for a fact."""
    waits = {"when": [{"fact": "high_tech", "is": True}]}
    clauses = {
        clause: exact_award(f"{name}{clause}", f"{amount}万元") | (waits if clause in still_open else {})
        for clause, amount in zip(NAMES, amounts, strict=False)
    }
    return written_policy(name, clauses, rules, f"政策{name}")


def evaluator(*texts: str, engine: str = "native") -> Evaluator:
    return Evaluator(policy_set(vocabulary_of(VOCABULARY), *texts), engine)


def marked(item: ItemView) -> Possible:
    """What the screen of all policies tells to be counted of an award."""
    if item.among_all is not None:
        return item.among_all
    return item.counted.possible if item.counted is not None else item.determination.award.interval.possible


CLAUSE = st.sampled_from(NAMES)
OWN = st.lists(
    st.one_of(
        st.lists(CLAUSE, min_size=2, max_size=3, unique=True).map(lambda some: {"higher_of": some}),
        st.lists(CLAUSE, min_size=2, max_size=2, unique=True).map(lambda two: {"exclusive": two[0], "with": two[1]}),
        st.tuples(st.lists(CLAUSE, min_size=2, max_size=3, unique=True), st.integers(1, 9)).map(
            lambda cap: {"cap": {"at": f"{cap[1] * 10}万元", "per": "application"}, "over": cap[0]}
        ),
    ),
    max_size=2,
    unique_by=lambda rule: next(iter(rule)),
)
BETWEEN = st.lists(
    st.tuples(CLAUSE, st.sampled_from(["right", "other"]), CLAUSE), min_size=1, max_size=3, unique=True
)
AMOUNTS = st.lists(st.sampled_from([10, 20, 30, 40, 55, 80]), min_size=3, max_size=3)


@settings(max_examples=200, deadline=None)
@given(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), st.tuples(OWN, OWN, OWN), BETWEEN, st.booleans())
def test_what_is_marked_as_counted_is_the_total(
    amounts: tuple[list[int], ...],
    own: tuple[Rules, ...],
    between: list[tuple[str, str, str]],
    whole: bool,
) -> None:
    rules: Rules = [{"exclusive": one, "with": f"{there}/{other}"} for one, there, other in between]
    excluding: Rules = [{"policy_excludes": "other"}] if whole else []
    texts = [
        policy("left", amounts[0], [*own[0], *rules]),
        policy("right", amounts[1], [*own[1], *excluding]),
        policy("other", amounts[2], own[2]),
    ]
    found = Explanation.of(evaluator(*texts), {"name": "某公司"}, ON)
    counted = Decimal(0)
    for view in found.policies:
        items = [item for clause in view.clauses for item in clause.items]
        parts = [Decimal(str(marked(item))) for item in items]
        assert sum(parts) == (view.among_all.possible if view.among_all is not None else view.total.possible)
        counted += sum(parts)
        if view.among_all is not None:
            named = [item.determination.title for item, part in zip(items, parts, strict=True) if part]
            assert list(view.among_all.awards) == sorted(named)
    assert counted == found.total.possible


OPEN = st.lists(CLAUSE, max_size=2, unique=True)


@settings(max_examples=200, deadline=None)
@given(st.tuples(AMOUNTS, AMOUNTS), st.tuples(OWN, OWN), st.tuples(OPEN, OPEN), BETWEEN, st.booleans())
def test_what_is_open_is_marked_by_the_upper_end_where_others_exclude_its_policy(
    amounts: tuple[list[int], ...],
    own: tuple[Rules, ...],
    still_open: tuple[list[str], ...],
    between: list[tuple[str, str, str]],
    whole: bool,
) -> None:
    rules: Rules = [
        {"exclusive": one, "with": f"right/{other}"}
        for one, other in dict.fromkeys((one, to) for one, _, to in between)
    ]
    excluding: Rules = [{"policy_excludes": "left"}] if whole else []
    texts = [
        policy("left", amounts[0], [*own[0], *rules], still_open[0]),
        policy("right", amounts[1], [*own[1], *excluding], still_open[1]),
    ]
    found = Explanation.of(evaluator(*texts), {"name": "某公司"}, ON)
    for view in found.policies:
        if view.among_all is not None:
            parts = [Decimal(str(marked(item))) for clause in view.clauses for item in clause.items]
            assert sum(parts) == view.among_all.possible
    ends = [view.among_all.possible if view.among_all is not None else view.total.possible for view in found.policies]
    assert sum(Decimal(str(end)) for end in ends) == found.total.possible


GROWTH = [80, 55]
"""One that excludes a clause of another policy, and one that counts in its place."""
RIVALS: Rules = [
    {"higher_of": ["a", "b"], "says": "就高不重复"},
    {"exclusive": "a", "with": "right/a", "says": "不重复"},
]


@pytest.mark.parametrize("engine", engines_present())
@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "zh",
            [
                "按“不重复”不计政策left·lefta，已计政策right·righta；改计leftb，合计少25万元",
                "全部政策的最高金额中改计55万元：leftb",
                "lefta80万元（全部政策的最高金额中不计）",
                "leftb55万元（全部政策的最高金额中计入）",
            ],
        ),
        (
            "en",
            [
                "政策left·leftaisnotpaidbeside政策right·righta;leftbinitsplace:250,000yuanlessinall",
                "intheupperlimitofallpolicies550,000yuaninstead,counted:leftb",
                "lefta800,000yuan(notcountedintheupperlimitofallpolicies)",
                "leftb550,000yuan(countedintheupperlimitofallpolicies)",
            ],
        ),
    ],
)
def test_what_comes_in_for_what_is_given_up_is_told_wherever_all_policies_are(
    engine: str, lang: Lang, texts: list[str]
) -> None:
    policies = evaluator(policy("left", GROWTH, RIVALS), policy("right", [70, 15], []), engine=engine)
    found = Explanation.of(policies, {"name": "某公司"}, ON)
    assert found.total.possible == 1_400_000
    for report in (
        render_check(found, lang, date_given=True),
        render_clauses(found, lang, date_given=True),
        "\n".join(result_lines(found, lang)),
    ):
        told = "".join(report.split())
        assert [text for text in texts if text not in told] == []


def test_of_a_policy_that_is_excluded_whole_nothing_is_marked_as_counted() -> None:
    excluding: Rules = [{"policy_excludes": "right", "says": "不得重复申报"}]
    policies = evaluator(policy("left", [80, 55], excluding), policy("right", [70, 15], []))
    text = "".join(render_clauses(Explanation.of(policies, {"name": "某公司"}, ON), "zh", date_given=True).split())
    assert "righta70万元（全部政策的最高金额中不计）" in text
    assert "rightb15万元（全部政策的最高金额中不计）" in text
    assert "lefta80万元✓leftb55万元" in text


def test_a_policy_looked_at_alone_is_told_by_itself() -> None:
    policies = evaluator(policy("left", GROWTH, RIVALS), policy("right", [70, 15], []))
    found = Explanation.of(policies, {"name": "某公司"}, ON, "left")
    assert "全部政策" not in render_check(found, "zh", date_given=True)


@pytest.mark.parametrize(
    ("lang", "mark"),
    [
        ("zh", "全部政策的最高金额中改计55万元：leftb"),
        ("en", "intheupperlimitofallpolicies550,000yuaninstead,counted:leftb"),
    ],
)
def test_on_one_screen_a_policy_is_marked_whose_money_all_policies_do_not_count(lang: Lang, mark: str) -> None:
    policies = evaluator(policy("left", GROWTH, RIVALS), policy("right", [70, 15], []))
    found = Explanation.of(policies, {"name": "某公司"}, ON)
    glance = Glance.of(policies, {"name": "某公司"}, found)
    screen = render_overview(found, glance, lang, date_given=True).splitlines()
    [row] = [number for number, line in enumerate(screen) if "".join(line.split()) == mark]
    assert "政策left" in screen[row - 1]
    document = "".join(render_report(found, ".md", lang).decode().split())
    assert mark in document


def test_where_certain_and_possible_are_different_combinations_the_sum_says_so() -> None:
    either: Rules = [{"higher_of": ["a", "b"], "says": "就高不重复"}]
    policies = evaluator(policy("left", [20, 30], either, still_open=["b"]))
    found = Explanation.of(policies, {"name": "某公司"}, ON)
    told = "".join(render_check(found, "zh", date_given=True).split())
    assert "lefta20万元" in told
    assert "可确定和最高取自不同的组合，各条后面标注的金额不能相加" in told
    settled = Explanation.of(policies, {"name": "某公司", "high_tech": True}, ON)
    assert "不同的组合" not in render_check(settled, "zh", date_given=True)
