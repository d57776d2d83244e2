"""What people read of rules that go by kinds, of numbers that earlier grants used up, of years since the first."""

from __future__ import annotations

import pytest

from incentives import Evaluator, Explanation
from incentives.explain.catalogue import render_policy
from incentives.explain.terminal import render_check
from incentives.texts import Lang
from tests.conformance.cases import CASES, Case, read_case


def plain(text: str) -> str:
    """The text without what only lays it out."""
    return "".join(text.split())


def case(name: str) -> Case:
    return read_case(CASES / name)


def checked(name: str, lang: Lang) -> str:
    one = case(name)
    found = Explanation.of(Evaluator(one.policy_set(), "native"), one.read_profile(), one.on)
    return plain(render_check(found, lang, date_given=True))


def shown(name: str, lang: Lang) -> str:
    one = case(name)
    [policy] = one.policy_set().policies
    return plain(render_policy(policy, lang))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "按“累计不超过3个”不计 项目支持 · 乙 30万元，名额已被此前的兑现用完"),
        ("en", "under “累计不超过3个”, 项目支持 · 乙 300,000 yuan is not paid: earlier grants used it up"),
    ],
)
def test_what_earlier_grants_have_used_up_is_told_so(lang: Lang, text: str) -> None:
    assert plain(text) in checked("number-of-items-per-year/used-up", lang)


def test_what_is_lost_to_another_of_its_kind_is_told_with_the_rule() -> None:
    text = checked("same-kind/both-levels", "zh")
    lost = "按“同一企业获多个级别同类荣誉的，按最高一级支持”不计 荣誉支持 · 市级企业技术中心 50万元"
    assert plain(lost) in text


@pytest.mark.parametrize(
    ("name", "lang", "text"),
    [
        ("same-kind/both-levels", "zh", "资质名称相同的每家只享受一项：荣誉支持"),
        ("same-kind/both-levels", "en", "only one item of the same kind of title is paid: 荣誉支持"),
        ("same-kind/both-levels", "zh", "为资质名称相同的对象此前已兑现金额（荣誉支持）"),
        ("kinds-across-clauses/one-kind", "zh", "类别相同的就高不重复：自建补贴、使用补贴"),
        ("number-of-items-per-year/used-up", "zh", "每家每年最多享受2项：项目支持"),
        ("number-of-items-per-year/used-up", "en", "at most 3 items are paid, earlier grants included: 项目支持"),
        ("years-since-first-grant/third-year", "zh", "为该对象首次兑现之年起已满的年数（房租补贴）"),
        (
            "years-since-first-grant/third-year",
            "en",
            "years since the year of the first grant for the item (房租补贴)",
        ),
    ],
)
def test_a_policy_shows_them_in_words(name: str, lang: Lang, text: str) -> None:
    assert plain(text) in shown(name, lang)
