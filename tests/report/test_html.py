"""The HTML file: whole, alone, readable without a mouse or an eye, and harmless whatever a name holds."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from incentives import Explanation
from incentives.report.formats import render_report
from incentives.texts import LANGUAGES, Lang
from tests.report.read_back import Page, page
from tests.report.test_content import REPORTED, evaluator, explained

ALL = ("fuqing-headquarters-2022", "cap-and-ledger", date(2025, 6, 1))
PAGES = [(case, lang) for case in (*REPORTED, None) for lang in LANGUAGES]


def shown(case: tuple[str, str, date] | None, lang: Lang) -> bytes:
    found = explained(*ALL, alone=False) if case is None else explained(*case)
    return render_report(found, ".html", lang)


@pytest.fixture(params=PAGES, ids=lambda one: f"{one[0][1] if one[0] else 'all'}-{one[1]}")
def found(request: pytest.FixtureRequest) -> Page:
    return page(shown(*request.param))


def test_every_element_is_closed_in_its_place(found: Page) -> None:
    assert (found.wrong, found.open) == ([], [])


def test_nothing_is_fetched_and_nothing_runs(found: Page) -> None:
    assert found.all("script", "link", "img", "iframe", "object", "form", "base") == []
    for _, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "action")]
    assert all((one["href"] or "").startswith("#") for one in found.all("a"))
    [style] = re.findall(r"<style>(.*?)</style>", shown(REPORTED[0], "zh").decode(), flags=re.DOTALL)
    assert not re.search(r"url\(|@import|https?:|expression", style)
    policies = [one for one in found.all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert [one["content"] for one in policies] == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_it_says_its_language_its_title_and_that_it_fits_a_phone(found: Page) -> None:
    [html] = found.all("html")
    assert html["lang"] in ("zh-CN", "en")
    assert found.elements[2:3] == [("meta", {"charset": "utf-8"})]
    assert any(one.get("name") == "viewport" for one in found.all("meta"))
    assert len(found.all("title")) == len(found.all("main")) == len(found.all("h1")) == 1


def test_headings_go_down_one_step_at_a_time_and_are_named(found: Page) -> None:
    levels = [int(name[1]) for name, _ in found.elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [one["id"] for _, one in found.elements if "id" in one]
    assert len(ids) == len(set(ids))
    assert {one["aria-labelledby"] for one in found.all("section")} <= set(ids)
    assert {(one["href"] or "")[1:] for one in found.all("a")} <= set(ids)


def test_every_table_has_a_caption_and_heads_of_columns_and_rows(found: Page) -> None:
    tables = len(found.all("table"))
    assert tables == len(found.all("caption")) == len(found.all("thead")) > 0
    assert all(one.get("scope") in ("col", "row") for one in found.all("th"))
    assert all(one.get("role") in ("cell",) and one.get("data-label") for one in found.all("td"))


def test_only_a_report_with_many_sections_has_a_table_of_contents() -> None:
    assert page(shown(None, "zh")).all("nav") != []
    assert page(shown(REPORTED[0], "zh")).all("nav") == []


def test_chinese_in_an_english_report_says_that_it_is_chinese() -> None:
    english, chinese = shown(REPORTED[0], "en").decode(), shown(REPORTED[0], "zh").decode()
    assert '<span lang="zh-CN">射频芯片封测基地</span>' in english
    outside = re.sub(
        r'<span lang="zh-CN">[^<]*</span>|<title>.*?</title>|<style>.*?</style>', "", english, flags=re.S
    )
    assert re.findall("[\u4e00-\u9fff]+", outside) == []
    assert 'lang="zh-CN">射频' not in chinese


def test_it_prints_on_a4_with_page_numbers_whole_rows_and_repeated_heads() -> None:
    text = shown(REPORTED[0], "zh").decode()
    for said in (
        "size: A4",
        "counter(page)",
        "thead { display: table-header-group; }",
        "break-inside: avoid",
        "@media print",
        "@media screen and (max-width: 40rem)",
    ):
        assert said in text


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table><h1>伪</h1>",
    "&lt;b&gt;&amp;#39;",
    "</style><style>*{display:none}",
    "一行\n二行",
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_and_stays_text(name: str, lang: Lang) -> None:
    profile = {"name": name, "registered_district": "510107", "projects": [{"name": name, "sector": name}]}
    explanation = Explanation.of(evaluator(), profile, date(2026, 3, 1), "wuhou-microwave-rf-2023")
    ours = {**profile, "name": "甲", "projects": [{"name": "乙", "sector": "丙"}]}
    harmless = Explanation.of(evaluator(), ours, date(2026, 3, 1), "wuhou-microwave-rf-2023")
    found, expected = (page(render_report(one, ".html", lang)) for one in (explanation, harmless))
    names = [[tag for tag, attributes in one.elements if "lang" not in attributes] for one in (found, expected)]
    assert names[0] == names[1]
    assert (found.wrong, found.open) == ([], [])
    assert found.text.count(" ".join(name.splitlines())) >= 3
