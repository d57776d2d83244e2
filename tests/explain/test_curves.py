"""The curve as people get it: thresholds at their clauses, whatever the profile leaves out, drawn to scale."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree

import pytest

import incentives
from incentives import NOT_BOUNDED, Curve, Interval, Outcome, Place
from incentives.drawing.svg import render_svg
from incentives.drawing.terminal import render_curve
from incentives.texts import LANGUAGES, Lang
from tests.advice.policies import ON, clause, evaluator, policy
from tests.cli.columns import width

POLICIES = Path(__file__).parents[2] / "policies"
EVALUATOR = incentives.Evaluator(incentives.load_policies())
WUHOU, FUQING = "wuhou-microwave-rf-2023", "fuqing-headquarters-2022"
NOTHING, MILLION = Decimal(0), Decimal(10) ** 6


def wuhou(example: str, item: str, **range_shown: Decimal) -> Curve:
    path = POLICIES / WUHOU / "examples" / f"{example}.yaml"
    over = Place("project", item, "investment")
    start, end = range_shown.get("start"), range_shown.get("end")
    return Curve.of(EVALUATOR, path, date(2026, 3, 1), over, start=start, end=end, policy=WUHOU)


def fuqing(example: str = "cap-and-ledger") -> Curve:
    path = POLICIES / FUQING / "examples" / f"{example}.yaml"
    over = Place("company", None, "local_contribution", 2024)
    return Curve.of(EVALUATOR, path, date(2025, 6, 1), over, policy=FUQING)


CURVES = {"cliff": wuhou("all-three", "射频芯片封测基地"), "slices": fuqing()}


def test_a_cliff_stands_at_its_number_with_its_clause_and_condition() -> None:
    curve = CURVES["cliff"]
    [found] = curve.thresholds
    assert (found.at, found.beyond, found.jumps) == (100 * MILLION, False, True)
    assert (found.before, found.after) == (Interval(NOTHING, 22 * MILLION), Interval(NOTHING, 32 * MILLION))
    [change] = found.changes
    assert (change.clause, change.item) == ("new-project", "射频芯片封测基地")
    assert (change.outcome_before, change.outcome_after) == (Outcome.NOT_QUALIFIED, Outcome.QUALIFIED)
    assert [one.says for one in change.conditions] == ["投资1亿元（含）以上"]
    before, after = curve.total
    assert (before.end, after.start) == (100 * MILLION - Decimal("0.01"), 100 * MILLION)


def test_slices_are_kinks_and_the_cap_is_told_by_its_own_words() -> None:
    curve = CURVES["slices"]
    assert [one.jumps for one in curve.thresholds] == [False] * 4
    first, second, cap, last = curve.thresholds
    assert [one.at for one in (first, second, last)] == [22 * MILLION, 26 * MILLION, 32 * MILLION]
    grows = [(one.changes[0].grows_before, one.changes[0].grows_after) for one in (first, second, last)]
    assert grows == [(NOTHING, Decimal(6000)), (Decimal(6000), Decimal(7000)), (Decimal(7000), Decimal(8000))]
    assert [(loss.says, loss.begins) for loss in cap.losses] == [("每年最高不超过500万元", True)]
    assert cap.after.guaranteed == Decimal(3_500_000)


def test_what_an_award_grows_by_is_told_as_before_a_rule_that_begins_to_take_from_it() -> None:
    clauses = [clause("a", "{fact: employees_average, year: this_year, at_least: 1人, says: 人}", "exact: 30万元")]
    share = "share: 1%, of: {this_year: revenue}, cap: {at: 100万元, per: [company, year]}"
    clauses.append(clause("b", "{fact: revenue, year: this_year, at_least: 1亿元, says: 亿}", share))
    known = evaluator(
        policy("rules", clauses, stacking="{rules: [{higher_of: [a, b], says: 就高}], otherwise: cumulative}")
    )
    company = {"name": "乙", "employees_average": {2026: "5人"}, "revenue": {2026: "1.2亿元"}, "grants": []}
    curve = Curve.of(known, {**company, "ledger_from": "2020年"}, ON, Place("company", None, "revenue", 2026))
    told = render_curve(curve, "zh", "2026-03-01")
    assert "每增加1万元：0元 → 100元（叠加规则扣减以前）" in told
    assert "扣减以前" not in render_curve(CURVES["cliff"], "zh", "2026-03-01")


def test_the_range_can_be_said_and_may_hold_no_change() -> None:
    curve = wuhou("all-three", "射频芯片封测基地", start=Decimal(110 * MILLION), end=Decimal(120 * MILLION))
    assert (curve.start, curve.end, curve.thresholds) == (110 * MILLION, 120 * MILLION, ())
    assert "没有变化" in render_curve(curve, "zh", "2026-03-01")


def test_a_fact_that_nobody_has_given_is_supposed_and_the_others_stay_open() -> None:
    curve = wuhou("missing-facts", "微波组件产业化项目")
    assert (curve.current, curve.at_current) == (None, None)
    [found] = curve.thresholds
    assert found.at == 100 * MILLION
    assert {piece.at_start.possible for piece in curve.total} == {NOT_BOUNDED}


def test_places_without_a_number_are_refused() -> None:
    for over in (
        Place("project", "射频芯片封测基地", "sector"),
        Place("project", "没有", "investment"),
        Place("project", None, "no_such_fact"),
        Place("company", None, "local_contribution"),
    ):
        path = POLICIES / WUHOU / "examples" / "all-three.yaml"
        with pytest.raises(ValueError, match=r"number|item|fact"):
            Curve.of(EVALUATOR, path, date(2026, 3, 1), over)
    with pytest.raises(ValueError, match="begins"):
        wuhou("all-three", "射频芯片封测基地", start=Decimal(2), end=Decimal(1))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CURVES)
def test_a_chart_fits_a_terminal(name: str, lang: incentives.texts.Lang) -> None:
    lines = render_curve(CURVES[name], lang, "2026-03-01").splitlines()
    assert max(map(width, lines)) <= 80
    chart = lines[: next(place for place, line in enumerate(lines) if line.startswith("1. ")) - 1]
    assert len(chart) <= 24
    assert len({width(line[: line.index("|")]) for line in chart if "|" in line}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CURVES)
def test_the_picture_is_one_whole_document_and_marks_every_threshold(name: str, lang: incentives.texts.Lang) -> None:
    curve = CURVES[name]
    text = render_svg(curve, lang, "2026-03-01")
    root = ElementTree.fromstring(text)
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    words = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    for one in curve.thresholds:
        assert str(one.number) in words
        assert any(line.startswith(f"{one.number}. ") for line in words)
    height = float(root.attrib["height"])
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 < float(element.attrib["y"]) < height


def test_the_picture_is_drawn_to_scale() -> None:
    text = render_svg(CURVES["cliff"], "zh", "2026-03-01")
    lines = re.findall(r'<path class="possible" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"/>', text)
    [(left, low, jump, _), (_, high, right, _)] = [tuple(map(float, line)) for line in lines]
    assert (jump - left) / (right - left) == pytest.approx(2 / 3, abs=0.001)
    bottom = float(re.findall(r'<path class="certain" d="M150 ([\d.]+)L', text)[0])
    assert (bottom - low) / (bottom - high) == pytest.approx(22 / 32, abs=0.001)


def test_names_of_the_profile_cannot_become_part_of_the_picture() -> None:
    project = {"name": "<script>&", "sector": "微波射频", "investment": "2亿元"}
    over = Place("project", "<script>&", "investment")
    curve = Curve.of(EVALUATOR, {"projects": [project]}, date(2026, 3, 1), over, policy=WUHOU)
    text = render_svg(curve, "zh", "2026-03-01")
    ElementTree.fromstring(text)
    assert "<script>" not in text


def test_a_curve_does_not_go_on_far_beyond_what_changes() -> None:
    """The price for each unit of land is no area, however many digits it has."""
    path = POLICIES / "liuhe-key-industries-2018" / "examples" / "below-intensity.yaml"
    over = Place("project", "扩产一期", "land_area")
    curve = Curve.of(EVALUATOR, path, date(2026, 3, 1), over, policy="liuhe-key-industries-2018")
    assert [str(one.at) for one in curve.thresholds] == ["60.00"]
    assert curve.end == 80


def test_where_only_an_outcome_turns_it_is_told_on_which_side_of_the_number() -> None:
    path = POLICIES / "huangpu-manufacturing-2020" / "examples" / "at-the-cap.yaml"
    over = Place("company", None, "contribution_rank", 2025)
    curve = Curve.of(EVALUATOR, path, date(2026, 3, 1), over, policy="huangpu-manufacturing-2020")
    text = render_curve(curve, "zh", "2026-03-01")
    assert "1. 超过 50位  合计" in text
    assert "符合 → 缺数据" in text


def drawn(policy_of: str, example: str, over: Place) -> Curve:
    path = POLICIES / policy_of / "examples" / f"{example}.yaml"
    return Curve.of(EVALUATOR, path, date(2026, 3, 1), over, policy=policy_of)


def test_of_steps_without_end_the_first_are_drawn() -> None:
    over = Place("company", None, "revenue", 2025)
    curve = drawn("shuangliu-liyuan-2025", "second-band", over)
    assert curve.thresholds[-1].at == 400 * 100 * MILLION
    assert curve.end == 400 * 100 * MILLION


def test_where_nothing_says_how_far_to_go_a_curve_goes_as_far_as_people_speak_of() -> None:
    curve = drawn("binjiang-ic-2020", "all-capped", Place("contract", "高速接口IP", "application_scale"))
    assert (curve.thresholds, curve.end) == ((), 1_500_000)


def test_a_rate_is_no_bound_of_money_and_what_money_is_held_against_is() -> None:
    one = clause("one", "{ratio_of: rd_expense, to: revenue, year: last_year, at_least: 60%}")
    known = evaluator(policy("own", [one]))
    over = Place("company", None, "revenue", 2025)
    company = {"name": "甲", "rd_expense": {2025: "300万元"}}
    curve = Curve.of(known, known.profile(company), ON, over)
    assert [found.at for found in curve.thresholds] == [0, 5 * MILLION]
    assert curve.end == 6_500_000


@pytest.mark.parametrize(
    ("lang", "said", "follows"),
    [
        ("zh", "0元 至 150万元 之间合计始终为 0元，结论也没有变化。", "以下是"),
        ("en", "From 0 yuan to 1,500,000 yuan the total is nothing, and no outcome changes.", "follows"),
    ],
)
def test_nothing_is_said_to_follow_where_nothing_does(lang: Lang, said: str, follows: str) -> None:
    one = clause("one", "{fact: legal_person, is: true}").replace(
        "exact: 10万元", "share: 10%, of: {last_year: revenue}"
    )
    known = evaluator(policy("own", [one]))
    over = Place("company", None, "revenue", 2025)
    text = render_curve(Curve.of(known, {"name": "甲", "legal_person": False}, ON, over), lang, "2026-03-01")
    assert text.splitlines()[-1] == said
    assert follows not in text


def test_a_shorter_range_is_not_drawn_where_it_finds_less() -> None:
    over = Place("company", None, "revenue", 2025)
    with patch("incentives.explain.curves.nearer", return_value=2000 * 10**4 * 100):
        curve = drawn("sme-classification-2011", "missing-facts", over)
    assert [found.text.zh for found in curve.thresholds] == ["1000万元", "5000万元"]


@pytest.mark.parametrize(
    ("mode", "begins", "beyond", "zh"),
    [
        ("down", 500_000, False, "不足100元的部分舍去"),
        ("half_up", 499_500, False, "四舍五入到100元"),
        ("up", 499_000, True, "不足100元的部分按100元计"),
    ],
)
def test_the_steps_of_rounding_are_no_thresholds_and_the_pace_is_that_of_the_clause(
    mode: str, begins: int, beyond: bool, zh: str
) -> None:
    award = (
        f"share: 10%, of: {{this_year: revenue}}, rounding: {{to: 百元, mode: {mode}}}, "
        "nothing_below: 5万元, cap: 60万元"
    )
    held = evaluator(policy("p", [clause("a", "{fact: revenue, year: this_year, more_than: 0元, says: 有}", award)]))
    over = Place("company", None, "revenue", 2026)
    known = {"name": "某公司", "revenue": {2026: "1元"}}
    curve = Curve.of(held, known, ON, over, end=Decimal(7 * 10**6))
    starts, ends = [one for one in curve.thresholds if one.changes and one.at >= 400_000]
    assert (starts.at, starts.beyond) == (Decimal(begins), beyond)
    assert (starts.before, starts.after) == (Interval(NOTHING, NOTHING), Interval(Decimal(50_000), Decimal(50_000)))
    assert starts.changes[0].grows_after == Decimal(1000)
    assert ends.at == Decimal(6_000_000)
    assert (ends.changes[0].grows_before, ends.changes[0].grows_after) == (Decimal(1000), NOTHING)
    for at in (510_050, 1_234_567, 3_000_099, 5_999_999, 6_000_001):
        [decided] = held.check({**known, "revenue": {2026: f"{at}元"}}, ON).policies
        piece = next(one for one in curve.total if one.start <= at <= one.end)
        share = (Decimal(at) - piece.start) / (piece.end - piece.start)
        assert isinstance(piece.at_end.possible, Decimal)
        assert isinstance(piece.at_start.possible, Decimal)
        assert isinstance(decided.total.possible, Decimal)
        drawn = piece.at_start.possible + share * (piece.at_end.possible - piece.at_start.possible)
        assert abs(drawn - decided.total.possible) <= piece.within <= Decimal("100.02")
    [found] = curve.policies[0].awards
    assert [one.zh for one in found.rounded] == [zh]
    assert f"a：金额取整（{zh}），每一级取整不另列出。" in render_curve(curve, "zh", "").replace("\n", "")


def test_what_stacking_takes_is_told_by_item() -> None:
    """Of two places one counts: where the larger one changes, it is said which is taken and which is not."""
    rent = clause(
        "rent", "{fact: held_by, is: 租用}", "per_unit: 100元/平方米, of: self_used_area", for_each="premise"
    )
    stacking = "\n  otherwise: cumulative\n  rules:\n    - {one_item_of: rent, says: 限一处}"
    known = evaluator(policy("own", [rent], stacking))
    places = [
        {"name": name, "held_by": "租用", "self_used_area": area}
        for name, area in (("甲", "100平方米"), ("乙", "300平方米"))
    ]
    over = Place("premise", "甲", "self_used_area")
    curve = Curve.of(known, {"name": "某", "premises": places}, ON, over, end=Decimal(1000))
    [crossing] = [one for one in curve.thresholds if one.losses]
    assert {(loss.begins, loss.awards) for loss in crossing.losses} == {
        (True, ("奖rent · 乙",)),
        (False, ("奖rent · 甲",)),
    }
