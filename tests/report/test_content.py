"""What every report must hold, in every format: the answer, its evidence and sources, what is open, the receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from incentives import Evaluator, Explanation, GapPlan, load_policies
from incentives.explain import phrases
from incentives.explain.evidence import ConditionView
from incentives.report.formats import render_report
from incentives.texts import LANGUAGES, Lang, in_language
from incentives.values import Outcome, State
from tests.conformance.cases import CASES, read_case
from tests.explain.test_overview import explained as of_policies
from tests.explain.test_overview import policy
from tests.marks import needs_docx
from tests.report.read_back import docx_text, flat, markdown_text, page

WUHOU = "wuhou-microwave-rf-2023"
POLICIES = Path(__file__).parents[2] / "policies"
REPORTED = [
    ("wuhou-microwave-rf-2023", "all-three", date(2026, 3, 1)),
    ("wuhou-microwave-rf-2023", "missing-facts", date(2026, 3, 1)),
    ("wuhou-microwave-rf-2023", "another-district", date(2026, 3, 1)),
    ("fuqing-headquarters-2022", "cap-and-ledger", date(2025, 6, 1)),
]
TEXTS: dict[str, Callable[[bytes], str]] = {
    ".html": lambda content: page(content).text,
    ".md": markdown_text,
    ".docx": docx_text,
}
FORMATS = [".html", ".md", pytest.param(".docx", marks=needs_docx)]


@cache
def evaluator() -> Evaluator:
    return Evaluator(load_policies(), "reference")


@cache
def explained(policy_id: str, name: str, on: date, *, alone: bool = True) -> Explanation:
    profile = POLICIES / policy_id / "examples" / f"{name}.yaml"
    return Explanation.of(evaluator(), profile, on, policy_id if alone else None, with_receipt=True)


def text(found: Explanation, suffix: str, lang: Lang = "zh", *, show_all: bool = True) -> str:
    return flat(TEXTS[suffix](render_report(found, suffix, lang, show_all=show_all)))


def conditions(found: Explanation) -> list[ConditionView]:
    inside = [item.conditions for view in found.policies for clause in view.clauses for item in clause.items]
    return [one for views in (*inside, *(view.common for view in found.policies)) for one in views]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(("policy_id", "name", "on"), REPORTED)
def test_nothing_of_the_explanation_is_left_out(policy_id: str, name: str, on: date, suffix: str, lang: Lang) -> None:
    found = explained(policy_id, name, on)
    said = text(found, suffix, lang)
    [view] = found.policies
    expected = [
        found.company,
        found.code or "",
        on.isoformat(),
        view.title,
        phrases.issuer(view.issuer, lang),
        (view.document.title or "").replace("《", "〈").replace("》", "〉"),
    ]
    for clause in view.clauses:
        cited = [*clause.sources, *(item.determination.award.source for item in clause.items)]
        expected += [clause.title, *(part for one in cited if one is not None for part in (one.article, one.says))]
        expected += [part for reading in clause.readings for part in (reading.of, reading.reading)]
        expected += [item.determination.item.name for item in clause.items if item.determination.item is not None]
    for condition in conditions(found):
        worded = (condition.title, condition.needed, condition.actual, condition.short_by, *condition.suppliers)
        expected += [in_language(words, lang) for words in worded if words is not None]
        own = (condition.says, condition.article, condition.assumption, condition.judgement)
        expected += [words for words in own if words]
    expected += [budget.says for clause in view.clauses for budget in clause.budgets]
    expected += [budget.says for budget in view.budgets]
    expected += [in_language(words, lang) for fact in found.missing for words in (fact.title, fact.question)]
    expected += [*view.refused_by_assumption, *(part for one in view.readings for part in (one.of, one.reading))]
    assert found.receipt is not None
    expected += [*found.receipt.policies, found.receipt.policies_sha256, found.receipt.profile_sha256]
    assert [words for words in expected if flat(words) not in said] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_a_person_decides_in_an_amount_is_told(suffix: str) -> None:
    case = read_case(CASES / "award-reasons" / "ratio-over-nothing")
    found = Explanation.of(Evaluator(case.policy_set(), "reference"), case.read_profile(), case.on, with_receipt=True)
    assert flat("金额待人工认定：比值无定义（除数为零）") in text(found, suffix)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_answer_stands_before_its_grounds_and_the_receipt_at_the_end(suffix: str) -> None:
    said = text(explained(*REPORTED[1]), suffix)
    if suffix != ".docx":  # whose tables are read apart from its paragraphs
        places = [said.index(words) for words in ("可确定金额", "各条共同条件", "由谁提供", "政策摘要")]
        assert places == sorted(places)
    assert "尚不能确定" in said
    assert "本结果不是官方决定" in said
    assert "企业自报" in said
    assert "市场监督管理部门" in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_loss_and_a_refusal_by_assumption_are_said_in_the_summary(suffix: str) -> None:
    said = text(explained(*REPORTED[3]), suffix)
    loss = "按“每年最高不超过500万元”减去现有综合型总部企业地方贡献增长奖励950万元"
    assumed = "以下不符合只依据编制者的假定，政策来源并未写明"
    assert said.index("一、结论") < said.index(loss) < said.index("二、认定依据")
    assert said.index(assumed) < said.index("二、认定依据")
    assert said.count(loss) == 1


@pytest.mark.parametrize("suffix", FORMATS)
def test_all_policies_are_in_the_summary_and_those_that_bring_something_in_the_grounds(suffix: str) -> None:
    policy_id, name, on = REPORTED[3]
    found = explained(policy_id, name, on, alone=False)
    short, whole = text(found, suffix, show_all=False), text(found, suffix, show_all=True)
    for view in found.policies:
        title = flat(view.title)
        assert title in short
        source = flat(f"发布单位{view.issuer}") if suffix != ".md" else flat(f"发布单位:{view.issuer}")
        assert (source in whole) or suffix == ".docx"
    refused = next(view for view in found.policies if view.standing.value == "refused")
    kept = next(view for view in found.policies if view.standing.value == "met")
    assert flat(refused.clauses[0].sources[0].says) not in short
    assert flat(refused.clauses[0].sources[0].says) in whole
    outcomes = {item.determination.outcome: clause for clause in kept.clauses for item in clause.items}
    assert flat(outcomes[Outcome.QUALIFIED].sources[0].says) in short


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(("policy_id", "name", "on"), REPORTED)
def test_no_word_of_the_program_is_shown(policy_id: str, name: str, on: date, suffix: str, lang: Lang) -> None:
    said = TEXTS[suffix](render_report(explained(policy_id, name, on), suffix, lang))
    for inner in ("None", "True", "False", "Decimal", "State.", "Outcome.", "not_bounded", "not_qualified"):
        assert inner not in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_policies_lose_to_each_other_is_in_the_summary(suffix: str, tmp_path: Path) -> None:
    rule = "{policy_excludes: b, says: 不得重复申报}"
    found = of_policies(
        tmp_path,
        policy("a", "exact: 10万元, paid_to: 企业", rules=rule),
        policy("b", "exact: 20万元, paid_to: 企业"),
    )
    said = text(found, suffix)
    assert "不同时享受：政策a与政策b（“不得重复申报”）" in said
    assert "按“不得重复申报”不计政策a10万元，已计政策b" in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_goes_to_others_is_told_apart_from_the_total(suffix: str, tmp_path: Path) -> None:
    found = of_policies(
        tmp_path,
        policy("a", "exact: 10万元, paid_to: 企业"),
        policy("b", "exact: 20万元, paid_to: {other: 管理团队}, or_in_kind: 等值实物"),
    )
    said = text(found, suffix)
    assert said.count("另付他人20万元") == 3, "in all, in the table of policies, and with the policy"
    assert "20万元（支付给管理团队）" in said
    assert "或等值实物，支付给管理团队（不计入企业合计）" in said
    assert "30万元" not in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_money_that_hangs_on_a_missing_fact_stands_beside_it(suffix: str) -> None:
    said = text(explained(*REPORTED[1]), suffix).replace("|", "")
    assert "待定金额影响的条款" in said
    assert "企业自己填报1000万元新建成项目奖励" in said
    assert "企业自己填报尚不能确定公共服务平台补贴" in said
    in_english = text(explained(*REPORTED[1]), suffix, "en").replace("|", "")
    assert flat("who can tell at stake up to clauses that wait") in in_english


def test_the_json_report_is_the_explanation() -> None:
    found = explained(*REPORTED[0])
    assert render_report(found, ".json").decode() == found.to_json() + "\n"


def test_a_policy_that_is_not_in_force_is_said_to_be_so() -> None:
    found = explained("wuhou-microwave-rf-2023", "all-three", date(2023, 12, 23))
    said = text(found, ".html")
    assert "该日政策尚未施行（自2023-12-24起），不作认定。" in said
    assert "1000万元" not in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_could_be_done_is_told_with_what_it_brings(suffix: str) -> None:
    wuhou, _, on = REPORTED[0]
    found = explained(wuhou, "one-fen-below", on)
    plan = GapPlan.of(evaluator(), POLICIES / wuhou / "examples" / "one-fen-below.yaml", on, wuhou)
    said = flat(TEXTS[suffix](render_report(found, suffix, "zh", plan=plan)))
    for words in ("怎样可以享受更多", "99,999,999.99元 → 1亿元（多 0.01元）", "之后：符合", "花费 0.01元"):
        assert flat(words) in said, words
    assert flat("怎样可以享受更多") not in text(found, suffix)


def test_clauses_of_several_policies_that_wait_for_a_fact_are_told_with_their_policy(tmp_path: Path) -> None:
    more = "{fact: staff, at_least: 10人}"
    both = of_policies(tmp_path, *(policy(name, "exact: 10万元, paid_to: 企业", more) for name in "ab"))
    assert flat("政策a：一条 政策b：一条") in text(both, ".md")


def test_of_many_clauses_that_wait_for_a_fact_it_is_told_how_many() -> None:
    found = explained("wuhou-microwave-rf-2023", "missing-facts", date(2026, 3, 1), alone=False)
    said = text(found, ".md", show_all=False)
    counted = [len({one.clause for one in waiting.awards if "滨江" in one.policy}) for waiting in found.waiting]
    assert max(counted) == 6
    assert flat("杭州高新区（滨江）关于进一步加快集成电路产业发展的实施意见（6条）") in said


@cache
def planned(name: str) -> tuple[Explanation, GapPlan]:
    profile = POLICIES / "wuhou-microwave-rf-2023" / "examples" / f"{name}.yaml"
    plan = GapPlan.of(Evaluator(load_policies(), "native"), evaluator().profile(profile), date(2026, 3, 1))
    return explained("wuhou-microwave-rf-2023", name, date(2026, 3, 1), alone=False), plan


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_of_several_policies_what_can_be_had_stands_first_and_the_grounds_last(suffix: str) -> None:
    found, plan = planned("missing-facts")
    said = flat(TEXTS[suffix](render_report(found, suffix, "zh", plan=plan)))
    body = said[said.rindex("一、结论") :]
    met = flat("军工装备研制项目补助 武侯区加快建设微波射频产业高质量发展引领区的政策措施")
    places = [body.index(words) for words in (met, "二、怎样可以享受更多", "三、还缺的事实", "四、认定依据")]
    assert places == sorted(places)


def test_whole_grounds_are_told_where_something_is_met_near_or_partly_met() -> None:
    """Of other clauses it is told in a row what they wait for or fail on; under `show_all` all is told."""
    found, plan = planned("missing-facts")
    told = {
        clause.sources[0].says: any(
            item.determination.outcome is Outcome.QUALIFIED
            or any(one.state is State.HOLDS for one in item.conditions)
            for item in clause.items
        )
        for view in found.policies
        for clause in view.clauses
        if clause.sources[0].says is not None
    }
    assert set(told.values()) == {True, False}
    short = flat(markdown_text(render_report(found, ".md", plan=plan)))
    whole = flat(markdown_text(render_report(found, ".md", plan=plan, show_all=True)))
    for says, worth_reading in told.items():
        assert flat(says) in whole
        assert (f">{flat(says)}" in short or f"：{flat(says)}" in short) or not worth_reading, says
    unknown = next(view for view in found.policies if view.policy == "binjiang-ic-2020")
    assert flat(unknown.clauses[0].title) in short
    assert flat(str(unknown.clauses[0].sources[0].says)) not in short


def test_what_is_refused_and_near_is_told_with_its_grounds_the_rest_with_what_it_fails_on() -> None:
    found, plan = planned("one-fen-below")
    said = flat(markdown_text(render_report(found, ".md", plan=plan)))
    near, far = (next(v for v in found.policies if v.policy == one) for one in (WUHOU, "liuhe-key-industries-2018"))
    assert near.standing is far.standing
    assert flat("投资1亿元（含）以上") in said
    assert "差0.01元" in said
    refused = said[said.rindex("不符合的政策") : said.index("政策及版本")]
    assert flat(near.title) not in refused
    assert flat(far.title) in refused
    assert flat(far.clauses[0].title) in refused
    assert "注册地行政区划代码" in refused


def test_the_policies_of_the_receipt_have_their_titles() -> None:
    found = explained("wuhou-microwave-rf-2023", "missing-facts", date(2026, 3, 1), alone=False)
    said = text(found, ".html", show_all=False)
    for view in found.policies:
        assert flat(f"{view.title}（{view.policy}@{view.version}）") in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_fact_that_need_only_be_told_is_no_change_to_make(suffix: str) -> None:
    on, profile = date(2026, 3, 1), POLICIES / WUHOU / "examples" / "missing-facts.yaml"
    plan = GapPlan.of(evaluator(), profile, on, WUHOU)
    said = flat(TEXTS[suffix](render_report(explained(WUHOU, "missing-facts", on), suffix, "zh", plan=plan)))
    assert any(gain.only_told for gain in plan.gains)
    assert flat("先补填（不用花钱）") in said
    assert flat("不得为达标改填") in said
    assert (flat("可以考虑做的") in said) is any(not gain.only_told for gain in plan.gains)
