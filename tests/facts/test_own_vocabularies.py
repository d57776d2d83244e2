"""Policies with facts of their own: where those are declared, who sees them, and that no other policy changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from incentives import Code, Decision, Evaluator, Outcome, PolicyRefused, load_policies
from tests.cli.run import run

ON = date(2026, 3, 1)
SHARED = """\
vocabulary: 1
entities:
  company:
    facts:
      key_task: {title: 承担重点任务, type: boolean, question: 是否承担？, supplied_by: 科技局}
  title:
    facts:
      title_kind: {more_choices: [智能工厂]}
"""
OWN = """\
vocabulary: 1
entities:
  company:
    facts:
      night_shifts: {title: 夜班数, type: count, unit: 班, question: 几班？, supplied_by: company}
"""
SHOPS = """\
vocabulary: 1
entities:
  shop:
    title: 门店
    list: shops
    question: 有哪些门店？
    facts:
      floor_area: {title: 面积, type: quantity, unit: 平方米, question: 多大？, supplied_by: company}
"""


def _policy(policy_id: str, when: str, **keys: Any) -> str:
    whole = {
        "incentives": 2,
        "policy": policy_id,
        "title": "示例",
        "issuer": "某区",
        "document": {
            "kind": "official_text",
            "title": "示例",
            "number": "一号",
            "publisher": "某区",
            "published_on": "2024-01-01",
        },
        "in_force": {"from": "2024-01-01", "until": "none"},
        "stacking": "cumulative",
        **keys,
    }
    clause = {
        "title": "奖励",
        "award": {"kind": "奖励", "exact": "1万元", "paid_to": "企业"},
        "source": {"article": "一", "says": "奖励1万元"},
    }
    head = json.dumps(whole, ensure_ascii=False)[1:-1]
    clause_text = json.dumps(clause, ensure_ascii=False)[1:-1]
    return f'{{{head}, "clauses": {{"it": {{{clause_text}, "when": {when}}}}}}}'


def _folder(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _codes(path: Path) -> list[tuple[Code, str]]:
    with pytest.raises(PolicyRefused) as refused:
        load_policies(path)
    return [(finding.code, Path(finding.span.file).parent.name) for finding in refused.value.diagnostics]


TASK = "{fact: key_task, is: true}"
NIGHT = "{fact: night_shifts, at_least: 2班}"


def test_a_folder_adds_facts_and_options_to_the_shipped_ones(tmp_path: Path, engine: str) -> None:
    when = f"[{TASK}, {{has_title: 智能工厂}}, {{fact: legal_person, is: true}}]"
    root = _folder(tmp_path, {"vocabulary.yaml": SHARED, "a/1.yaml": _policy("a", when)})
    profile: dict[str, Any] = {
        "key_task": True,
        "legal_person": True,
        "titles": [{"name": "甲", "title_kind": "智能工厂"}],
    }
    evaluator = Evaluator(load_policies(root), engine)
    assert _outcome(evaluator.check(profile, ON)) is Outcome.QUALIFIED
    assert _outcome(evaluator.check(profile | {"key_task": False}, ON)) is Outcome.NOT_QUALIFIED
    del profile["key_task"]
    missing = evaluator.check(profile, ON)
    [reason] = missing.policies[0].determinations[0].missing
    assert (_outcome(missing), reason.fact) == (Outcome.UNDETERMINED, "key_task")


def test_a_kind_of_item_of_ones_own(tmp_path: Path, engine: str) -> None:
    policy = _policy("a", "{some: shop, where: {fact: floor_area, at_least: 100平方米}}")
    root = _folder(tmp_path, {"vocabulary.yaml": SHOPS, "a/1.yaml": policy})
    evaluator = Evaluator(load_policies(root), engine)
    assert _outcome(evaluator.check({"shops": [{"name": "甲", "floor_area": "100平方米"}]}, ON)) is Outcome.QUALIFIED
    assert _outcome(evaluator.check({"shops": []}, ON)) is Outcome.NOT_QUALIFIED
    assert _outcome(evaluator.check({}, ON)) is Outcome.UNDETERMINED


def test_what_one_policy_declares_another_does_not_see(tmp_path: Path) -> None:
    files = {"a/vocabulary.yaml": OWN, "a/1.yaml": _policy("a", NIGHT), "b/1.yaml": _policy("b", NIGHT)}
    assert _codes(_folder(tmp_path, files)) == [(Code.FACT_OF_ANOTHER, "b")]
    kinds = {
        "a/vocabulary.yaml": SHOPS,
        "b/1.yaml": _policy("b", "{some: shop, where: {fact: floor_area, at_least: 1平方米}}"),
    }
    assert _codes(
        _folder(tmp_path, kinds | {"a/1.yaml": _policy("a", TASK.replace("key_task", "legal_person"))})
    ) == [(Code.FACT_OF_ANOTHER, "b")]


def test_a_profile_may_hold_what_any_of_them_declares_also_where_one_policy_is_asked_for(tmp_path: Path) -> None:
    files = {"vocabulary.yaml": SHARED, "a/vocabulary.yaml": OWN, "a/1.yaml": _policy("a", NIGHT)}
    root = _folder(tmp_path, files | {"b/1.yaml": _policy("b", TASK)})
    profile = {"key_task": True, "night_shifts": "1班"}
    whole, part = load_policies(root), load_policies(root, "b")
    assert whole.vocabulary.content == part.vocabulary.content
    assert part.ids() == ("b",)
    assert _outcome(Evaluator(part).check(profile, ON)) is Outcome.QUALIFIED


def test_a_policy_means_the_same_beside_others_with_facts_of_the_names_it_uses(tmp_path: Path) -> None:
    """A fact of the company with the name of a project's fact, and one with the name of a definition."""
    definitions = {"busy": {"title": "忙", "when": {"fact": "legal_person", "is": True}}}
    sector = "{some: project, where: {fact: sector, is: 微波射频}}"
    policy = _policy("b", f"[{sector}, {{fact: busy, is: true}}]", definitions=definitions)
    other = """\
vocabulary: 1
entities:
  company:
    facts:
      sector: {title: 主业, type: text, question: 主业？, supplied_by: company}
      busy: {title: 忙碌, type: boolean, question: 忙？, supplied_by: company}
"""
    profile: dict[str, Any] = {"legal_person": True, "projects": [{"name": "一", "sector": "微波射频"}]}
    alone = load_policies(_folder(tmp_path / "alone", {"b/1.yaml": policy}))
    files = {"b/1.yaml": policy, "a/vocabulary.yaml": other, "a/1.yaml": _policy("a", "{fact: busy, is: true}")}
    beside = load_policies(_folder(tmp_path / "beside", files))
    for facts in ({}, {"sector": "食品", "busy": False}):
        [found] = [one for one in Evaluator(beside).check(profile | facts, ON).policies if one.policy == "b"]
        assert found == Evaluator(alone).check(profile, ON).policies[0]
        assert found.determinations[0].outcome is Outcome.QUALIFIED


def test_a_shipped_policy_that_is_imported_is_not_touched(tmp_path: Path) -> None:
    own = OWN.replace("night_shifts", "small_or_medium")
    policy = _policy("a", "{fact: sme.small_or_medium, is: true}", imports={"sme": "sme-classification-2011"})
    assert load_policies(_folder(tmp_path, {"vocabulary.yaml": own, "a/1.yaml": policy})).ids() == ("a",)


def test_two_policies_may_declare_one_fact_in_the_same_way_only(tmp_path: Path) -> None:
    files = {"a/1.yaml": _policy("a", NIGHT), "b/1.yaml": _policy("b", NIGHT)}
    same = files | {"a/vocabulary.yaml": OWN, "b/vocabulary.yaml": OWN}
    assert load_policies(_folder(tmp_path / "same", same)).ids() == ("a", "b")
    differing = same | {"b/vocabulary.yaml": OWN.replace("unit: 班", "unit: 个班")}
    assert _codes(_folder(tmp_path / "differing", differing)) == [(Code.DECLARED_OTHERWISE, "b")]


@pytest.mark.parametrize(
    "files",
    [
        {"vocabulary.yaml": OWN},
        {"../vocabulary.yaml": OWN},
        {"../vocabulary.yaml": SHARED, "vocabulary.yaml": OWN},
    ],
    ids=["beside", "above", "both"],
)
def test_a_single_file_has_the_vocabulary_beside_it_and_in_its_folder_of_policies(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(tmp_path / "a", {"1.yaml": _policy("a", NIGHT), **files})
    for path in (folder / "1.yaml", Path("1.yaml"), Path("../a/1.yaml")):
        monkeypatch.chdir(folder)
        assert Outcome.QUALIFIED is _outcome(Evaluator(load_policies(path)).check({"night_shifts": "2班"}, ON))


def test_a_single_file_elsewhere_takes_nothing_from_the_folder_above(tmp_path: Path) -> None:
    root = _folder(tmp_path, {"vocabulary.yaml": OWN, "drafts/1.yaml": _policy("a", NIGHT)})
    assert _codes(root / "drafts" / "1.yaml") == [(Code.UNKNOWN_FACT, "drafts")]


def test_a_folder_may_stand_alone(tmp_path: Path) -> None:
    alone = "vocabulary: 1\nextends: nothing\nentities:\n  company: {title: 企业, facts: {}}\n"
    root = _folder(tmp_path, {"vocabulary.yaml": alone, "a/1.yaml": _policy("a", "{fact: legal_person, is: true}")})
    assert _codes(root) == [(Code.UNKNOWN_FACT, "a")]
    single = {"vocabulary.yaml": SHARED, "a/vocabulary.yaml": alone, "a/1.yaml": _policy("a", TASK)}
    assert _codes(_folder(tmp_path / "policies", single)) == [(Code.KEY_MISPLACED, "a")]


def test_a_vocabulary_under_another_name_is_not_passed_over(tmp_path: Path) -> None:
    files = {"a/vocabulary.yml": OWN, "a/1.yaml": _policy("a", NIGHT)}
    assert _codes(_folder(tmp_path, files)) == [(Code.STRAY_FILE, "a")]


def test_a_receipt_tells_what_the_facts_were_declared_to_be(tmp_path: Path) -> None:
    def receipt(name: str, files: dict[str, str]) -> str:
        root = _folder(tmp_path / name, {"a/1.yaml": _policy("a", NIGHT), **files})
        return Evaluator(load_policies(root)).receipt({}, ON).policies_sha256

    shared = receipt("shared", {"vocabulary.yaml": OWN})
    assert receipt("own", {"a/vocabulary.yaml": OWN}) == shared
    assert receipt("other", {"vocabulary.yaml": OWN.replace("夜班数", "夜间班数")}) != shared


def test_the_commands_know_the_facts(tmp_path: Path) -> None:
    files = {"vocabulary.yaml": SHARED, "a/vocabulary.yaml": OWN, "a/1.yaml": _policy("a", f"[{TASK}, {NIGHT}]")}
    root = str(_folder(tmp_path, files))
    facts = run("facts", "--policies", root, "--lang", "zh").stdout
    template = run("new-profile", "--policies", root, "--lang", "zh").stdout
    for name in ("key_task", "night_shifts"):
        assert name in facts
    assert "智能工厂" in "".join(facts.split())
    assert "# key_task:" in template
    assert "# night_shifts:" in template


def _outcome(decision: Decision) -> Outcome:
    return decision.policies[0].determinations[0].outcome


NEEDED = {"busy": {"title": "繁忙", "when": {"fact": "night_shifts", "at_least": "2班"}}}


@pytest.mark.parametrize(
    ("files", "asked"),
    [
        ({"vocabulary.yaml": OWN, "a.yaml": "a", "b.yaml": "b", "company.yaml": ""}, "a.yaml"),
        ({"vocabulary.yaml": OWN, "a/policy.yaml": "a", "b/policy.yaml": "b"}, "a/policy.yaml"),
        ({"vocabulary.yaml": OWN, "a.yaml": "a", "b/policy.yaml": "b"}, "a.yaml"),
    ],
    ids=["beside", "folders", "in a folder beside"],
)
def test_a_single_file_imports_a_policy_beside_it(files: dict[str, str], asked: str, tmp_path: Path) -> None:
    texts = {
        "a": _policy("a", "{fact: other.busy, is: true}", imports={"other": "b"}),
        "b": _policy("b", NIGHT, definitions=NEEDED),
        "": "name: 某公司\n",
    }
    folder = _folder(tmp_path, {file: texts.get(text, text) for file, text in files.items()})
    policies = load_policies(folder / asked)
    assert policies.ids() == ("a",)
    [found] = Evaluator(policies).check({"night_shifts": "2班"}, ON).policies
    assert found.determinations[0].outcome is Outcome.QUALIFIED


def test_files_that_import_each_other_are_told_the_way_round(tmp_path: Path) -> None:
    files = {
        "vocabulary.yaml": OWN,
        "a.yaml": _policy("a", "{fact: other.busy, is: true}", imports={"other": "b"}),
        "b.yaml": _policy("b", NIGHT, imports={"other": "a"}),
    }
    with pytest.raises(PolicyRefused) as refused:
        load_policies(_folder(tmp_path, files) / "a.yaml")
    assert {one.code for one in refused.value.diagnostics} == {Code.IMPORT_CYCLE}
