"""The figures behind an amount are told beside it, so that an officer can check the sum."""

from __future__ import annotations

import re
from datetime import date

from incentives import Evaluator, Explanation, load_policies
from incentives.explain.terminal import render_check
from incentives.explain.view import ItemView
from incentives.texts import Lang

EVALUATOR = Evaluator(load_policies(), "native")
ON = date(2025, 6, 1)


def explained(name: str, policy: str) -> Explanation:
    return Explanation.of(EVALUATOR, f"policies/{policy}/examples/{name}.yaml", ON, policy)


def text(found: Explanation, lang: Lang = "zh") -> str:
    return re.sub(r"\s+", "" if lang == "zh" else " ", render_check(found, lang, date_given=True))


def items(found: Explanation) -> list[ItemView]:
    return [item for view in found.policies for clause in view.clauses for item in clause.items]


def test_the_base_of_an_award_is_told_with_its_year() -> None:
    found = explained("cap-and-ledger", "fuqing-headquarters-2022")
    assert "金额依据：上年地方经济贡献额增量2000万元" in text(found)
    assert "worked out from: " in text(found, "en")


def test_what_a_condition_shows_already_is_not_told_again() -> None:
    found = explained("cap-and-ledger", "fuqing-headquarters-2022")
    for item in items(found):
        shown = {(one.title.zh, one.actual.zh) for one in item.conditions if one.actual is not None}
        line = next((part for part in text(found).split("金额依据：")[1:]), "")
        assert not any(f"{title}{actual}；" in line for title, actual in shown)


def test_a_refused_clause_has_no_figures_and_what_is_missing_is_no_figure() -> None:
    for item in items(explained("missing-facts", "fuqing-headquarters-2022")):
        known = {one.title.zh for one in item.figures if one.actual is not None}
        missing = {fact.title.zh for fact in item.determination.missing}
        assert not known & missing
