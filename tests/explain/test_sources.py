"""Where a clause is made of several places of its document, whoever reads any report sees each of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from incentives import Evaluator, Explanation, GapPlan, Why, load_policies, render_report
from incentives.explain.catalogue import render_policy
from incentives.explain.guidance import why_json
from incentives.explain.guidance_text import render_plan, render_why
from incentives.explain.terminal import render_check
from incentives.texts import Lang
from tests.explain.samples import HEAD

POLICY = f"""\
{HEAD}clauses:
  one:
    title: 一
    when: {{fact: registered_district, is: "510107", article: 第二条, says: 在区内注册}}
    award: {{kind: 奖励, exact: 50万元, paid_to: 企业, article: 第九条, says: 给予50万元}}
    source: [{{article: 第三条, says: 符合条件的}}, {{article: 附件二, says: 申报说明}}]
"""
PLACES = {"第二条": "在区内注册", "第九条": "给予50万元", "第三条": "符合条件的", "附件二": "申报说明"}
ON = date(2026, 3, 1)
PROFILE = {"registered_district": "510107"}


@pytest.fixture
def evaluator(tmp_path: Path) -> Evaluator:
    file = tmp_path / "sample.yaml"
    file.write_text(POLICY, encoding="utf-8")
    return Evaluator(load_policies(file))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_place_is_shown_with_its_words(evaluator: Evaluator, lang: Lang) -> None:
    found = Explanation.of(evaluator, PROFILE, ON)
    [policy] = evaluator.applicable(ON)
    texts = [
        render_policy(policy, lang),
        render_check(found, lang, date_given=True),
        render_why(Why.of(evaluator, PROFILE, ON, "sample"), lang),
        render_report(found, ".md", lang).decode(),
    ]
    for text in texts:
        assert [part for place in PLACES.items() for part in place if part not in text] == []


def test_programs_are_given_every_place(evaluator: Evaluator) -> None:
    [policy] = json.loads(Explanation.of(evaluator, PROFILE, ON).to_json())["policies"]
    [clause] = policy["clauses"]
    [item] = clause["items"]
    [condition] = item["conditions"]
    written = [*clause["sources"], item["determination"]["award"]["source"], condition]
    assert {place["article"]: place["says"] for place in written} == PLACES
    assert item["determination"]["sources"] == clause["sources"]
    [why] = json.loads(why_json(Why.of(evaluator, PROFILE, ON, "sample")))
    told = [*why["sources"], *(asked for fact in why["because"] for asked in fact["asked"])]
    assert {place["article"]: place["says"] for place in told} == PLACES


JUDGED = POLICY.replace('is: "510107", article: 第二条', 'in: ["510104"], open: 等, article: 第二条')


def test_a_reason_carries_where_its_words_stand(tmp_path: Path) -> None:
    file = tmp_path / "sample.yaml"
    file.write_text(POLICY, encoding="utf-8")
    [refused] = Evaluator(load_policies(file)).check({"registered_district": "510104"}, ON).determinations
    assert [(reason.article, reason.says) for reason in refused.failed] == [("第二条", "在区内注册")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_person_decides_is_told_with_its_place(tmp_path: Path, lang: Lang) -> None:
    file = tmp_path / "sample.yaml"
    file.write_text(JUDGED, encoding="utf-8")
    evaluator = Evaluator(load_policies(file))
    [open_one] = evaluator.check(PROFILE, ON).determinations
    assert [reason.article for reason in open_one.judgements] == ["第二条"]
    text = render_why(Why.of(evaluator, PROFILE, ON, "sample"), lang)
    assert "? 在区内注册（第二条）" in text if lang == "zh" else "? 在区内注册 (第二条)" in text


def test_a_plan_names_the_places_of_each_clause(tmp_path: Path) -> None:
    file = tmp_path / "sample.yaml"
    file.write_text(POLICY, encoding="utf-8")
    found = GapPlan.of(Evaluator(load_policies(file), "native"), {"registered_district": "510104"}, ON)
    assert [[source.article for source in gain.sources] for gain in found.gains] == [["第三条", "附件二", "第九条"]]
    assert "出处  第三条、附件二、第九条" in render_plan(found, "zh")
