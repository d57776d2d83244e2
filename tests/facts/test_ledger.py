"""That nothing was granted before is never taken for granted: only where it is asked for, and never over a ledger."""

from __future__ import annotations

from pathlib import Path

from incentives import load_policies
from incentives.facts.ledger import without_earlier_grants
from incentives.facts.reader import profile_of
from tests.cli.run import run

VOCABULARY = load_policies().vocabulary
POLICY = """\
incentives: 2
policy: once
title: 一次性奖励
issuer: 某区
document: {kind: official_text, title: 一次性奖励, number: 一号, publisher: 某区, published_on: 2024-01-01}
in_force: {from: 2024-01-01, until: none}
stacking: cumulative
clauses:
  first:
    title: 一次性奖励
    once_only: 一次性
    award: {kind: 奖励, exact: 10万元, paid_to: 企业}
    source: {article: 第一条, says: 一次性奖励10万元}
"""


def test_an_empty_ledger_is_put_where_there_is_none() -> None:
    profile = without_earlier_grants(profile_of({"name": "某公司"}, VOCABULARY), VOCABULARY)
    assert profile.lists["grant"] == ()
    assert profile.company.values["ledger_from"] == 0


def test_a_ledger_that_was_given_stays() -> None:
    given = profile_of(
        {"name": "某公司", "grants": [{"name": "去年", "policy": "once"}], "ledger_from": "2020年"}, VOCABULARY
    )
    assert without_earlier_grants(given, VOCABULARY) is given


def test_the_command_says_that_it_assumed_it(tmp_path: Path) -> None:
    (tmp_path / "once.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "company.yaml").write_text("name: 某公司\n", encoding="utf-8")
    company, policy = str(tmp_path / "company.yaml"), str(tmp_path / "once.yaml")
    asked = ("check", company, "--policies", policy, "--as-of", "2024-07-01", "--lang", "zh")
    plain, assumed = run(*asked), run(*asked, "--no-earlier-grants")
    assert "可确定 0元" in plain.stdout
    assert "假定" not in plain.stdout
    assert "假定此前没有兑现过奖补" in assumed.stdout
    assert "可确定 10万元" in assumed.stdout
