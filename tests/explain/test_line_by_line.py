"""Every clause of several policies in a line: what it brings, what it waits for, on what it fails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incentives.explain.terminal import render_clauses
from incentives.texts import LANGUAGES, Lang
from tests.cli.columns import width
from tests.explain.test_overview import HERE, MORE_DESKS, MORE_STAFF, THERE, explained, policy


def lines(tmp_path: Path, *written: tuple[str, str], lang: Lang = "zh") -> list[str]:
    return render_clauses(explained(tmp_path, *written), lang, date_given=True).splitlines()


def test_what_is_met_tells_its_money_and_what_is_not_what_fails(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        policy("a", "exact: 10万元, paid_to: 企业"),
        policy("b", "exact: 10万元, paid_to: 企业", MORE_DESKS),
        policy("c", "exact: 10万元, paid_to: 企业", MORE_STAFF),
        policy("d", "exact: 10万元, paid_to: 企业", f"{THERE}, {MORE_DESKS}"),
        policy("e", "exact: 10万元, paid_to: 企业", until="2021-12-31"),
    )
    assert "  ✓ 一条  10万元" in found
    assert "  ✗ 一条  工位数：9个（要求 10个（含）以上）" in found
    assert "  ? 一条  若符合 10万元，缺职工数" in found
    assert "  ✗ 一条  所在地：甲地（要求 乙地），另有 1 个条件不满足" in found
    assert "政策e  该日政策已失效（至 2021-12-31 止），不作认定。" in found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_clause_has_a_line_and_all_of_its_reason_below(tmp_path: Path, lang: Lang) -> None:
    long = "很长的条款名称" * 9
    refused = [policy(name, "exact: 10万元, paid_to: 企业", MORE_DESKS, clause=long) for name in "abc"]
    found = lines(tmp_path, *refused, policy("d", "exact: 1万元, paid_to: 企业", HERE), lang=lang)
    assert len([line for line in found if line.startswith("  ✗ 很长")]) == 3
    assert max(width(line) for line in found) <= 80
    reason = {"zh": "工位数：9个（要求10个（含）以上）", "en": "desks:9(needed:atleast10)"}[lang]
    assert re.sub(r"\s", "", "".join(found)).count(re.sub(r"\s", "", reason)) == 3
