"""Of many choices of a fact that would do the first are told and how many they are, or the few that would not do."""

from __future__ import annotations

import pytest

from incentives import Why
from incentives.explain.guidance_text import render_why
from incentives.texts import Lang
from tests.advice.policies import ON, clause, evaluator, policy

KINDS = (
    "设计中心",
    "重点实验室",
    "技术研究院",
    "企业技术中心",
    "企业工程中心",
    "院士专家工作站",
    "博士后工作站",
    "科研机构",
)
COMPANY = {"name": "乙", "research_institutions": []}


def flat(text: str) -> str:
    return "".join(text.split())


def refused(where: str) -> Why:
    when = f"{{some: research_institution, where: {where}}}"
    [found] = Why.of(evaluator(policy("own", [clause("one", when)])), COMPANY, ON, "own")
    return found


def among(*kinds: str) -> str:
    return f"{{fact: institution_kind, in: [{', '.join(kinds)}]}}"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "资质名称 众创空间、质量奖、科技奖励 等 8 种之一"),
        ("en", "one of 8, such as 众创空间, 质量奖, 科技奖励"),
    ],
)
def test_of_many_the_first_that_the_paper_names_are_told(lang: Lang, said: str) -> None:
    titles = ["质量奖", "科技奖励", "创业苗圃", "众创空间", "世界500强", "著名商标", "名牌产品", "功勋企业"]
    policies = evaluator(policy("own", [clause("one", f"{{has_title: [{', '.join(titles)}]}}")]))
    [why] = Why.of(policies, {"name": "乙", "titles": []}, ON, "own")
    assert flat(said) in flat(render_why([why], lang))
    [change] = why.ways[0].changes
    assert [one.zh for one in change.or_else] == [title for title in titles if title != change.after.zh]
    assert len(change.but_for) > 20


@pytest.mark.parametrize(("lang", "said"), [("zh", "机构类型 除 其他 以外的任一种"), ("en", "any but 其他")])
@pytest.mark.parametrize("where", ["{not: {fact: institution_kind, is: 其他}}", among(*KINDS)])
def test_where_all_but_a_few_do_those_are_told_that_do_not(where: str, lang: Lang, said: str) -> None:
    why = refused(where)
    assert flat(said) in flat(render_why([why], lang))
    [change] = why.ways[0].changes
    assert [one.zh for one in change.but_for] == ["其他"]


def test_a_few_are_all_told() -> None:
    assert flat("技术研究院（或 设计中心、重点实验室）") in flat(render_why([refused(among(*KINDS[:3]))], "zh"))


REGISTERED = "{fact: registered_district, %s}"


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        ('starts_with: ["5101"]', "成都市（代码以5101开头的任一个）", "成都市 (any code beginning with 5101)"),
        ('starts_with: ["5106"]', "代码以5106开头的任一个", "any code beginning with 5106"),
        ('is: "510100"', "510100 成都市", "510100 成都市"),
        ('starts_with: ["510104"]', "510104 成都市锦江区", "510104 成都市锦江区"),
    ],
)
def test_a_code_that_stands_for_all_that_begin_so_is_told_as_any_of_them(when: str, zh: str, en: str) -> None:
    [why] = why_of_registered(REGISTERED % when)
    assert (why.ways[0].changes[0].after.zh, why.ways[0].changes[0].after.en) == (zh, en)


def test_of_codes_that_begin_so_those_of_which_more_is_said_are_left_out() -> None:
    within, but = REGISTERED % 'starts_with: ["5101"]', REGISTERED % 'is: "510104"'
    [why] = why_of_registered(f"{{all: [{within}, {{not: {but}}}]}}")
    assert why.ways[0].changes[0].after.zh == "成都市（代码以5101开头的任一个，510104 成都市锦江区 除外）"
    other = REGISTERED % 'starts_with: ["5106"]'
    [either] = why_of_registered(f"{{any: [{other}, {but}]}}")
    [change] = either.ways[0].changes
    assert [one.zh for one in (change.after, *change.or_else)] == ["代码以5106开头的任一个", "510104 成都市锦江区"]


def why_of_registered(when: str) -> tuple[Why, ...]:
    company = {"name": "乙", "registered_district": "330108"}
    return Why.of(evaluator(policy("own", [clause("one", when)])), company, ON, "own")


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        (
            "{not: {fact: registered_district, starts_with: ['5107']}}",
            "注册地行政区划代码 510703 → 除 510700 绵阳市 以外的任一种",
            "district of registration 510703 → any but 510700 绵阳市",
        ),
        (
            "{fact: registered_district, starts_with: ['5101']}",
            "注册地行政区划代码 510703 → 成都市（代码以5101开头的任一个）",
            "district of registration 510703 → 成都市 (any code beginning with 5101)",
        ),
        (
            "all: [{fact: registered_district, starts_with: ['5101']}, "
            "{not: {fact: registered_district, in: ['510100', '510107']}}]",
            "510703 → 成都市（代码以5101开头的任一个，510100 成都市、510107 成都市武侯区 除外）",
            "510703 → 成都市 (any code beginning with 5101 but for 510100 成都市, 510107 成都市武侯区)",
        ),
        (
            "{not: {fact: functional_zones, includes_any: [成都高新区, 四川天府新区]}}",
            "所在功能区 成都高新区 → 无",
            "functional zones 成都高新区 → none",
        ),
    ],
)
def test_a_code_or_words_would_be_something_else(when: str, zh: str, en: str) -> None:
    company = {"name": "乙", "registered_district": "510703", "functional_zones": ["成都高新区"]}
    [why] = Why.of(evaluator(policy("own", [clause("one", when)])), company, ON, "own")
    assert flat(zh) in flat(render_why([why], "zh"))
    assert flat(en) in flat(render_why([why], "en"))
