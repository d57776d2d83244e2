"""The list of facts and the template of a profile, for facts that the shipped vocabulary does not have."""

from __future__ import annotations

import re

import pytest

from incentives.explain.catalogue import how_written, profile_template, render_facts, render_policy
from incentives.facts.reader import read_profile
from incentives.source.loader import load_text
from incentives.texts import LANGUAGES, Lang
from tests.bad.cases import vocabulary
from tests.verdicts import policy_of

UNDATED = """\
incentives: 2
policy: p
title: 某办法
issuer: 某区
document: {kind: reprint, title: 某办法, number: not_published, publisher: not_published, published_on: not_published}
in_force: {from: not_published, counted_from: not_published, until: not_published}
stacking: cumulative
clauses:
  a:
    title: 奖励
    award: {kind: 奖励, exact: 1万元, paid_to: 企业}
    source: {article: 第一条, says: 奖励1万元}
"""


@pytest.mark.parametrize(
    ("fact", "zh", "en"),
    [
        ("revenue", "{2024: 1.2亿元, …}", "{2024: 1.2亿元, …}"),
        ("year_end_staff", "{2024: 120人, …}", "{2024: 120人, …}"),
        ("audited", "{2024: true / false, …}", "{2024: true / false, …}"),
        ("size", "微型 < 小型 < 中型 < 大型", "微型 < 小型 < 中型 < 大型"),
        ("industry", "GB/T 4754-2017 如 C3973", "GB/T 4754-2017 such as C3973"),
        ("months_in_use", "12个月", "12个月"),
    ],
)
def test_a_fact_says_how_it_is_written(fact: str, zh: str, en: str) -> None:
    fact_type = vocabulary().company.facts[fact].type
    assert how_written(fact_type, "zh") == zh
    assert how_written(fact_type, "en") == en


@pytest.mark.parametrize(
    ("lang", "named"), [("zh", "projects:  建设项目（政策中写 project）"), ("en", "(in policies project)")]
)
def test_the_list_of_facts_says_what_a_policy_calls_a_kind_of_item(lang: Lang, named: str) -> None:
    assert named in render_facts(vocabulary(), lang)


@pytest.mark.parametrize(("lang", "said"), [("zh", "发布单位未公布"), ("en", "publisher not published")])
def test_a_publisher_that_the_source_does_not_show_is_said_in_words(lang: Lang, said: str) -> None:
    shown = render_policy(policy_of(UNDATED, vocabulary()), lang)
    assert said in " ".join(shown.split())
    assert "not_published" not in shown


@pytest.mark.parametrize(("lang", "title"), [("zh", "年末职工人数（期末）"), ("en", "staff at the end of")])
def test_the_list_of_facts_says_the_basis_after_the_title(lang: Lang, title: str) -> None:
    listed = render_facts(vocabulary(), lang)
    [line] = [line for line in listed.splitlines() if line.startswith("  year_end_staff ")]
    assert title in line
    assert "(end of the" in listed or lang == "zh"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_shows_how_a_fact_by_years_is_written(lang: Lang) -> None:
    template = profile_template(vocabulary(), lang)
    assert "\n# revenue: {2024: 1.2亿元}\n" in template
    assert "\n# audited: {2024: true}\n" in template
    assert "earlier_highest" in template
    assert not read_profile(load_text(template, "template.yaml"), vocabulary()).company.values


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_by_years_loads_as_it_stands(lang: Lang) -> None:
    lines = profile_template(vocabulary(), lang).splitlines()
    by_years = [line.removeprefix("# ") for line in lines if re.fullmatch(r"# \w+: \{2024: .*\}", line)]
    assert len(by_years) == 3
    values = read_profile(load_text("\n".join(by_years), "template.yaml"), vocabulary()).company.values
    assert set(values) == {"revenue", "year_end_staff", "audited"}


@pytest.mark.parametrize(("lang", "basis"), [("zh", "？  期末  {"), ("en", "?  end of the year  {")])
def test_the_basis_stands_beside_the_question(lang: Lang, basis: str) -> None:
    lines = profile_template(vocabulary(), lang).splitlines()
    assert basis in lines[lines.index("# year_end_staff: {2024: 120人}") - 1]


@pytest.mark.parametrize(
    ("years", "zh", "en"),
    [
        ("2023年", "在2023年", "in 2023"),
        ("{from: 2021年, through: 2023年}", "在2021年至2023年", "in 2021 to 2023"),
        ("last_year", "在申报的上一年", "in the year before the application"),
        (
            "{last: 3, through: this_year}",
            "在申报前第2年至申报当年",
            "from the 2nd year before that of the application to the year of application",
        ),
        (
            "{through: year_before_last}",
            "在申报前第2年或更早",
            "in the 2nd year before that of the application or earlier",
        ),
        (
            "{last: 12, through: last_year}",
            "在申报前第12年至申报的上一年",
            "from the 12th year before that of the application to the year before the application",
        ),
    ],
)
def test_the_years_in_which_a_day_must_lie_are_said(years: str, zh: str, en: str) -> None:
    text = UNDATED.replace("    award:", f"    when: {{fact: founded, in_year: {years}}}\n    award:")
    policy = policy_of(text, vocabulary())
    assert zh in "".join(render_policy(policy, "zh").split())
    assert en in " ".join(render_policy(policy, "en").split())


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "未公布的基数（基数没有写）的20%"), ("en", "20% of a base that is not published (基数没有写)")],
)
def test_a_base_that_the_source_does_not_show_is_said(lang: Lang, said: str) -> None:
    text = UNDATED.replace("exact: 1万元", "share: 20%, of: {not_published: 基数没有写}")
    assert said in " ".join(render_policy(policy_of(text, vocabulary()), lang).split())


def test_a_policy_whose_issuer_is_not_published_is_shown_so() -> None:
    shown = render_policy(policy_of(UNDATED.replace("issuer: 某区", "issuer: not_published"), vocabulary()), "zh")
    assert "发布单位未公布  p" in shown
    assert "not_published" not in shown
