"""Several policies at once: which goes first, what one screen holds, what is counted, and the whole on demand."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from incentives import Decision, Evaluator, Explanation, Interval, load_policies, render_report
from incentives.decision.result import Lost
from incentives.explain.catalogue import render_policy
from incentives.explain.glance import Glance
from incentives.explain.outlook import Standing
from incentives.explain.terminal import render_check, render_overview, render_reasons
from incentives.texts import Lang
from tests.cli.columns import column_of, width

ON = date(2026, 3, 1)
VOCABULARY = """\
vocabulary: 1
extends: nothing
entities:
  company:
    title: {zh: 申报主体, en: applicant}
    can_change: [desks, staff]
    facts:
      founded:
        title: {zh: 成立日期, en: founding date}
        type: date
        question: {zh: 哪天成立？, en: When?}
        supplied_by: company
      region:
        title: {zh: 所在地, en: region}
        type: text
        question: {zh: 在哪里？, en: Where?}
        supplied_by: company
      staff:
        title: {zh: 职工数, en: staff}
        type: count
        unit: 人
        question: {zh: 多少人？, en: How many?}
        supplied_by: company
      desks:
        title: {zh: 工位数, en: desks}
        type: count
        unit: 个
        question: {zh: 多少个？, en: How many desks?}
        supplied_by: company
"""
POLICY = """\
incentives: 1
policy: {id}
title: {title}
issuer: 示例区
document: {{kind: official_text, title: 示例, number: 示例1号, publisher: 示例区, published_on: 2020-01-01}}
in_force: {{from: 2020-01-01, until: {until}}}
stacking: {stacking}
clauses:
  only:
    title: {clause}
    when: [{when}]
    award: {{kind: 奖励, {award}}}
    source: {{article: 第一条, says: 示例}}
"""
PROFILE: dict[str, object] = {"name": "示例公司", "region": "甲地", "desks": 9}
HERE, THERE = "{fact: region, is: 甲地}", "{fact: region, is: 乙地}"
MORE_STAFF = "{fact: staff, at_least: 10人}"
MORE_DESKS = "{fact: desks, at_least: 10个}"
FOUNDED = "{fact: founded, at_least: 2020-01-01}"


def policy(
    name: str,
    award: str,
    when: str = HERE,
    *,
    clause: str = "一条",
    until: str = "none",
    rules: str = "",
    title: str | None = None,
) -> tuple[str, str]:
    stacking = f"{{otherwise: cumulative, rules: [{rules}]}}" if rules else "cumulative"
    text = POLICY.format(
        id=name, title=title or f"政策{name}", award=award, when=when, clause=clause, until=until, stacking=stacking
    )
    for form, kind in (("recognition", "认定"), ("relief", "减免")):
        text = text.replace("kind: 奖励", f"kind: {kind}") if form in award else text
    return name, text


def explained(tmp_path: Path, *written: tuple[str, str], profile: dict[str, object] | None = None) -> Explanation:
    return Explanation.of(_evaluator(tmp_path, *written), profile or PROFILE, ON)


def decided(tmp_path: Path, *written: tuple[str, str]) -> Decision:
    return _evaluator(tmp_path, *written).check(PROFILE, ON)


def _evaluator(tmp_path: Path, *written: tuple[str, str]) -> Evaluator:
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    for name, text in written:
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text(text, encoding="utf-8")
    return Evaluator(load_policies(tmp_path), "reference")


def whole(found: Explanation, lang: Lang = "zh") -> str:
    return render_check(found, lang, date_given=True)


def one_screen(
    tmp_path: Path,
    *written: tuple[str, str],
    lang: Lang = "zh",
    lines: int = 36,
    profile: dict[str, object] = PROFILE,
) -> list[str]:
    evaluator = _evaluator(tmp_path, *written)
    found = Explanation.of(evaluator, profile, ON)
    glance = Glance.of(evaluator, profile, found)
    return render_overview(found, glance, lang, date_given=True, screen=lines).splitlines()


def test_what_is_met_goes_first_and_then_by_money(tmp_path: Path) -> None:
    found = explained(
        tmp_path,
        policy("a-open-unlimited", "discretionary: 一事一议, paid_to: 企业", MORE_STAFF),
        policy("b-open-certain-none", "exact: 900万元, paid_to: 企业", MORE_STAFF),
        policy("c-met-small", "exact: 10万元, paid_to: 企业"),
        policy("d-met-large", "exact: 20万元, paid_to: 企业"),
        policy("e-met-ceiling", "up_to: 5000万元, paid_to: 企业"),
        policy("f-met-unlimited", "discretionary: 一事一议, paid_to: 企业"),
        policy("g-met-recognition", "recognition: 示范企业"),
        policy("h-refused", "exact: 1亿元, paid_to: 企业", THERE),
        policy("i-over", "exact: 1亿元, paid_to: 企业", until="2021-12-31"),
        policy("j-same-as-c", "exact: 10万元, paid_to: 企业"),
    )
    assert [view.policy[0] for view in found.policies] == list("dcjfeabghi")
    standings = [view.standing for view in found.policies]
    assert standings == [
        *[Standing.MET] * 5,
        *[Standing.OPEN] * 2,
        Standing.MET,
        Standing.REFUSED,
        Standing.NOT_IN_FORCE,
    ]
    assert [view.brings_money for view in found.policies[:8]] == [True] * 7 + [False]


TEAM = "paid_to: {other: 核心团队}"


def test_money_for_others_counts_in_the_order_but_in_no_total(tmp_path: Path) -> None:
    both = policy("d-both", "exact: 15万元, paid_to: 企业")[1]
    second = both[both.index("  only:") :].replace("only:", "other:").replace("paid_to: 企业", TEAM)
    written = (
        policy("a-own", "exact: 10万元, paid_to: 企业"),
        policy("b-team", f"exact: 20万元, {TEAM}"),
        policy("c-recognition", "recognition: 示范企业"),
        ("d-both", both + second),
        policy("e-team-open", f"up_to: 1500万元, {TEAM}", MORE_STAFF),
        policy("f-relief", "relief: 免征房产税"),
    )
    found = explained(tmp_path / "found", *written)
    assert [view.policy[0] for view in found.policies] == list("dbaecf")
    assert found.total.possible == Decimal(250_000)
    assert found.paid_to_others.possible == Decimal(15_350_000)
    screen = one_screen(tmp_path / "zh", *written)
    rows = [line.split() for line in screen if re.match("  [✓?] 政策|    另付他人", line)]
    assert rows == [
        ["✓", "政策d-both", "15万元", "15万元"],
        ["另付他人", "15万元"],
        ["✓", "政策b-team", "另付他人", "20万元"],
        ["✓", "政策a-own", "10万元", "10万元"],
        ["?", "政策e-team-open", "另付他人", "最高", "1500万元", "1项"],
        ["✓", "政策c-recognition", "认定"],
        ["✓", "政策f-relief", "减免"],
    ]
    english = one_screen(tmp_path / "en", *written, lang="en", lines=24)
    assert any("paid to others up to 15,000,000 yuan" in line and "政策e" in line for line in english)
    assert max(width(line) for line in english) <= 80


def _forty() -> list[tuple[str, str]]:
    met = [policy(f"met-{n}", f"exact: {n + 1}万元, paid_to: 企业", title="很长的政策名称" * 9) for n in range(15)]
    open_ = [policy(f"open-{n}", "up_to: 30万元, paid_to: 企业", MORE_STAFF) for n in range(10)]
    days = [FOUNDED.replace("01-01", f"01-{n + 1:02}") for n in range(5)]
    dated = [policy(f"dated-{n}", "up_to: 30万元, paid_to: 企业", day) for n, day in enumerate(days)]
    refused = [policy(f"refused-{n}", "up_to: 30万元, paid_to: 企业", THERE) for n in range(6)]
    near = [policy(f"near-{n}", "up_to: 30万元, paid_to: 企业", MORE_DESKS) for n in range(2)]
    over = [policy(f"over-{n}", "up_to: 30万元, paid_to: 企业", until="2021-12-31") for n in range(2)]
    return [*met, *open_, *dated, *refused, *near, *over]


@pytest.mark.parametrize("lines", [24, 36, 60])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_forty_policies_fit_one_screen(tmp_path: Path, lang: Lang, lines: int) -> None:
    screen = one_screen(tmp_path, *_forty(), lang=lang, lines=lines)
    assert len(screen) <= lines
    assert max(width(line) for line in screen) <= 80
    first = next(line for line in screen if line.startswith("  ✓"))
    assert first.startswith("  ✓ 很长的政策名称")
    assert "…" in first
    assert "15万元" in first if lang == "zh" else "150,000 yuan" in first
    assert any("--policy" in line and "--all" in line for line in [" ".join(screen[-2:])])


@pytest.mark.parametrize("lines", [24, 36, 60])
def test_what_does_not_fit_the_screen_is_counted(tmp_path: Path, lines: int) -> None:
    screen = one_screen(tmp_path, *_forty(), lines=lines)
    rows = [line for line in screen if re.match("  [✓?] (很长|政策)", line)]
    left = [line for line in screen if re.fullmatch(r"  另有 \d+ 项政策", line)]
    assert left == ([f"  另有 {30 - len(rows)} 项政策"] if len(rows) < 30 else [])
    assert len(rows) >= 3
    assert screen[-2] == "符合或待定 30 项政策，不符合 8 项，不在施行期 2 项"


def test_a_screen_holds_as_many_policies_as_there_is_room_for(tmp_path: Path) -> None:
    found = [len(one_screen(tmp_path / str(lines), *_forty(), lines=lines)) for lines in (24, 36, 48)]
    assert found == [24, 36, 48]


def test_the_figures_stand_under_their_heads(tmp_path: Path) -> None:
    screen = one_screen(tmp_path, *_forty())
    head = next(line for line in screen if line.split() == ["可确定", "最高", "还缺"])
    rows = [line for line in screen if re.match("  ✓ ", line)]
    end = column_of(head, "最高") + 4
    assert {width(row) for row in rows} == {end}


def test_the_facts_that_settle_most_are_asked_first_and_the_rest_counted(tmp_path: Path) -> None:
    screen = one_screen(
        tmp_path,
        policy("a", "exact: 10万元, paid_to: 企业", MORE_STAFF, clause="按人数"),
        policy("b", "exact: 10万元, paid_to: 企业", f"{MORE_STAFF}, {FOUNDED}", clause="两样都要"),
        policy("c", "exact: 90万元, paid_to: 企业", MORE_STAFF, clause="也按人数"),
    )
    at = screen.index("还缺 2 项事实，先问最能定下结论的：")
    assert screen[at + 1 : at + 7] == [
        "  ? 职工数（企业自己填报，待定金额最高 110万元，影响 3 条，问清即可定：也按人",
        "    数、按人数）",
        "    多少人？",
        "  ? 成立日期（企业自己填报，待定金额最高 10万元，影响 1 条）",
        "    哪天成立？",
        "",
    ]


def test_where_the_screen_is_full_each_fact_is_one_line_with_the_money_that_hangs_on_it(tmp_path: Path) -> None:
    written = [
        policy("a", "exact: 10万元, paid_to: 企业", MORE_STAFF, clause="按人数"),
        policy("b", "discretionary: 一事一议, paid_to: 企业", FOUNDED, clause="按日期"),
        policy("c", "recognition: 示范企业", f"{MORE_STAFF}, {{fact: desks, at_least: 1个}}", clause="按人数"),
    ]
    profile: dict[str, object] = {"name": "示例公司", "region": "甲地"}
    chinese = one_screen(tmp_path / "zh", *written, lines=16, profile=profile)
    assert [line for line in chinese if line.startswith("  ? ") and "政策" not in line] == [
        "  ? 职工数（企业自己填报，待定金额最高 10万元，影响 2 条，问清即可定：按人数）",
        "  ? 成立日期（企业自己填报，待定金额尚无上限，影响 1 条，问清即可定：按日期）",
        "  ? 工位数（企业自己填报，影响 1 条）",
    ]
    english = one_screen(tmp_path / "en", *written, lines=16, lang="en", profile=profile)
    assert [line for line in english if line.startswith("  ? ") and "政策" not in line] == [
        "  ? staff (to be declared by the company; up to 100,000 yuan; 2 clauses wait)",
        "  ? founding date (by the company; at stake: no limit yet; 1 clause waits)",
        "  ? desks (to be declared by the company; 1 clause waits)",
    ]
    assert "依据和问题 --policy" in chinese[-1]
    assert "questions" in " ".join(english[-2:])


@pytest.mark.parametrize(("lang", "who"), [("zh", "填报|提供"), ("en", "by the ")])
@pytest.mark.parametrize("lines", [16, 30, 60])
def test_who_can_tell_a_fact_stands_beside_it_on_every_screen(lines: int, lang: Lang, who: str) -> None:
    evaluator, profile = Evaluator(load_policies(), "native"), {"name": "示例公司"}
    found = Explanation.of(evaluator, profile, ON)
    glance = Glance.of(evaluator, evaluator.profile(profile), found)
    shown = render_overview(found, glance, lang, date_given=True, screen=lines)
    _, _, facts = shown.partition("还缺 " if lang == "zh" else "facts are missing")
    told = re.findall(r"^  \? .*(?:\n {4}.*)*", facts, re.MULTILINE)
    assert told
    assert all(re.search(who, one) for one in told)


LEDGER = "cap: {at: 60万元, per: [company, year]}, paid_to: 企业"
GROWN = "{fact: employees_average, year: last_year, at_least: 50人}"


@pytest.mark.parametrize("lines", [36, 12])
def test_the_ledger_that_a_cap_reads_is_told_with_its_money_and_the_year_it_must_reach(
    tmp_path: Path, lines: int
) -> None:
    """Of what no clause itself waits for, no number of clauses is ever told as none."""
    names = "ab"
    for name, text in (policy(name, f"exact: 70万元, {LEDGER}", GROWN, clause=f"用工{name}") for name in names):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text(text, encoding="utf-8")
    evaluator = Evaluator(load_policies(tmp_path), "reference")
    profile: dict[str, object] = {"name": "示例公司", "employees_average": {2025: "60人"}, "grants": []}
    found = Explanation.of(evaluator, profile, ON)
    [waiting] = found.waiting
    assert [(award.policy, award.clause) for award in waiting.awards] == [("政策a", "用工a"), ("政策b", "用工b")]
    glance = Glance.of(evaluator, profile, found)
    said: tuple[tuple[Lang, str], ...] = (("zh", "须追溯到2026年"), ("en", "t must reach back to 2026"))
    for lang, year in said:
        screen = " ".join(render_overview(found, glance, lang, date_given=True, screen=lines).split())
        assert year in screen
        assert ("最高 120万元" if lang == "zh" else "up to 1,200,000 yuan") in screen
        assert "影响 0" not in screen
        assert " 0 clauses" not in screen
    written = render_report(found, ".md", "zh").decode()
    assert "政策a：用工a" in written, "and the report says which awards wait for it"


def test_a_refusal_that_one_small_change_ends_is_named_with_the_change(tmp_path: Path) -> None:
    screen = one_screen(
        tmp_path, policy("a", "exact: 10万元, paid_to: 企业", MORE_DESKS), policy("b", "exact: 1元, paid_to: 企业")
    )
    at = screen.index("差一点就符合：")
    assert screen[at + 1 : at + 4] == ["  ✗ 一条  最高 10万元（政策a）", "    工位数  9个 → 10个（多 1个）", ""]


def test_what_is_far_away_or_what_the_company_is_is_no_near_miss(tmp_path: Path) -> None:
    far = MORE_DESKS.replace("10个", "20个")
    screen = one_screen(
        tmp_path, policy("a", "exact: 1元, paid_to: 企业", far), policy("b", "exact: 1元, paid_to: 企业", THERE)
    )
    assert "差一点就符合：" not in screen


def test_the_reasons_of_all_policies_stand_in_a_line_each(tmp_path: Path) -> None:
    written = [
        policy("a", "exact: 10万元, paid_to: 企业"),
        policy("b", "exact: 10万元, paid_to: 企业", MORE_STAFF),
        policy("c", "exact: 10万元, paid_to: 企业", f"{MORE_STAFF}, {FOUNDED}"),
        policy("d", "exact: 10万元, paid_to: 企业", THERE),
    ]
    evaluator = _evaluator(tmp_path, *written)
    found = Explanation.of(evaluator, PROFILE, ON)
    text = render_reasons(found, Glance.of(evaluator, PROFILE, found), "zh")
    rows = [line.split() for line in text.splitlines() if re.match("  [✓?✗] 政策", line)]
    assert rows == [
        ["✓", "政策a", "符合", "1", "条"],
        ["?", "政策b", "缺职工数"],
        ["?", "政策c", "缺", "2", "项，如职工数"],
        ["✗", "政策d", "不符合：所在地"],
    ]


def test_the_total_of_several_says_what_is_not_known_of_them(tmp_path: Path) -> None:
    alone = [policy("a", "exact: 10万元, paid_to: 企业"), policy("b", "exact: 20万元, paid_to: 企业", THERE)]
    assert "全部政策  可确定 10万元 · 最高 10万元\n" in whole(explained(tmp_path, *alone))
    (tmp_path / "more").mkdir()
    both = [policy("a", "exact: 10万元, paid_to: 企业"), policy("b", "exact: 20万元, paid_to: 企业")]
    text = "".join(whole(explained(tmp_path / "more", *both)).split("\n"))
    assert (
        "可确定 20万元 · 最高 30万元（政策之间能否同时享受未公布，可确定部分只计最高的一项政策，最高金额为各项之和）"
        in text
    )


def test_policies_that_exclude_each_other_are_named_with_the_words_of_the_paper(tmp_path: Path) -> None:
    rule = "{policy_excludes: b, says: 不得重复申报}"
    both = [policy("a", "exact: 10万元, paid_to: 企业", rules=rule), policy("b", "exact: 20万元, paid_to: 企业")]
    found = explained(tmp_path, *both)
    text = whole(found)
    assert (
        "\n  不同时享受：政策a 与 政策b（“不得重复申报”）\n    按“不得重复申报”不计 政策a 10万元，已计 政策b\n"
        in text
    )
    assert "可确定 20万元 · 最高 20万元（除下列以外" in text
    english = " ".join(whole(found, "en").split())
    assert "under “不得重复申报”, 政策a 100,000 yuan is not paid beside 政策b" in english


def test_clauses_of_two_policies_that_exclude_each_other_are_named(tmp_path: Path) -> None:
    rule = "{exclusive: only, with: b/only, says: 本条与乙办法第一条不重复享受}"
    both = [policy("a", "exact: 10万元, paid_to: 企业", rules=rule), policy("b", "exact: 20万元, paid_to: 企业")]
    text = whole(explained(tmp_path, *both))
    assert "不同时享受：政策a · 一条 与 政策b · 一条（“本条与乙办法第一条不重复享受”）" in text
    assert "按“本条与乙办法第一条不重复享受”不计 政策a · 一条 10万元，已计 政策b · 一条" in "".join(
        line.strip() for line in text.split("\n")
    )
    shown = render_policy(load_policies(tmp_path).applicable("a", ON), "zh")
    assert "一条 不与 b/only 同时享受" in shown


def test_what_a_policy_loses_to_another_is_in_the_decision(tmp_path: Path) -> None:
    rule = "{policy_excludes: b}"
    pay = ("exact: 30万元, paid_to: 企业", "exact: 20万元, paid_to: 企业")
    found = decided(tmp_path, policy("a", pay[0], rules=rule), policy("b", pay[1]), policy("c", pay[1]))
    [lost] = found.lost
    assert lost == Lost("b", "a/stacking/rules/0", None, ("a",), Decimal(200_000))
    assert found.to_dict()["lost"] == [
        {"award": "b", "rule": "a/stacking/rules/0", "says": None, "to": ["a"], "amount": "200000.00"}
    ]
    assert found.total == Interval(Decimal(300_000), Decimal(500_000))


def test_policies_that_exclude_each_other_are_not_named_where_one_brings_nothing(tmp_path: Path) -> None:
    rule = "{policy_excludes: b, says: 不得重复申报}"
    both = [
        policy("a", "exact: 10万元, paid_to: 企业", rules=rule),
        policy("b", "exact: 20万元, paid_to: 企业", THERE),
    ]
    assert "不同时享受" not in whole(explained(tmp_path, *both))


def test_what_is_refused_or_not_in_force_is_counted_and_shown_on_demand(tmp_path: Path) -> None:
    written = [
        policy("a", "exact: 10万元, paid_to: 企业"),
        policy("b", "exact: 10万元, paid_to: 企业", THERE),
        policy("c", "exact: 10万元, paid_to: 企业", until="2021-12-31"),
    ]
    screen = one_screen(tmp_path / "screen", *written)
    assert "符合或待定 1 项政策，不符合 1 项，不在施行期 1 项" in screen
    assert not any("政策b" in line or "政策c" in line for line in screen)
    everything = whole(explained(tmp_path / "whole", *written))
    assert "✗ 不符合  一条" in everything
    assert "该日政策已失效（至 2021-12-31 止），不作认定。" in everything
    assert "--all" not in everything


def test_each_missing_fact_is_asked_once_at_the_end(tmp_path: Path) -> None:
    both = [policy(name, "exact: 10万元, paid_to: 企业", MORE_STAFF) for name in ("a", "b")]
    text = whole(explained(tmp_path, *both))
    asked = "\n还缺这些事实\n  ? 职工数（企业自己填报，待定金额最高 20万元）\n    多少人？\n"
    asked += "    影响：政策a：一条；政策b：一条\n"
    assert text.endswith(asked)
    assert text.count("多少人？") == 1
    assert text.count("\n  还缺：职工数\n") == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_of_the_program_is_shown(tmp_path: Path, lang: Lang) -> None:
    text = whole(explained(tmp_path / "whole", *_forty()), lang)
    text += "\n".join(one_screen(tmp_path / "screen", *_forty(), lang=lang))
    assert not re.search(r"None|Standing|not_bounded|[a-z]+_[a-z]+", text)


@pytest.mark.parametrize("lines", [32, 36])
def test_a_name_is_not_cut_to_nothing_for_who_supplies_the_fact(lines: int) -> None:
    evaluator = Evaluator(load_policies(), "native")
    profile = evaluator.profile(Path("policies", "chengdu-ic-2023", "examples", "one-fen-below.yaml"))
    found = Explanation.of(evaluator, profile, ON)
    glance = Glance.of(evaluator, profile, found)
    shown = render_overview(found, glance, "en", date_given=True, screen=lines).splitlines()
    facts = [line.removeprefix("  ? ") for line in shown if line.startswith("  ? ") and "at stake" in line]
    assert facts
    assert all(len(fact.partition("…")[0].partition(" (")[0]) > 5 for fact in facts)


def test_of_many_policies_that_exclude_each_other_a_screen_names_a_few_and_counts_the_others(tmp_path: Path) -> None:
    pairs = [("a", "f"), ("b", "g"), ("c", "h"), ("d", "i"), ("e", "j")]
    written = [
        policy(one, "exact: 10万元, paid_to: 企业", rules=f"{{policy_excludes: {other}}}") for one, other in pairs
    ]
    written += [policy(other, "exact: 20万元, paid_to: 企业") for _, other in pairs]
    screen = "".join(line.strip() for line in one_screen(tmp_path / "screen", *written))
    assert screen.count("不计 政策") == 3
    assert "还有 2 对政策不同时享受（--full）" in screen
    assert "不同时享受：" not in screen
    text = whole(explained(tmp_path / "whole", *written))
    assert text.count("不同时享受：") == 5
    assert "对政策不同时享受" not in text
