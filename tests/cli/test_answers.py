"""The answer in JSON, receipts, and the commands that show what there is to check against."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from incentives import load_policies
from incentives.cli.exits import Exit
from incentives.explain.view import Explanation
from incentives.facts.reader import read_profile
from incentives.source.loader import load_text
from incentives.texts import LANGUAGES
from tests.cli.run import DAY, EXAMPLES, NAMES, WUHOU, check, report, run

FIXED = ("--as-of", DAY, "--engine", "reference", "--lang", "zh", "--policy", WUHOU.name)


@pytest.fixture
def bad_profile(tmp_path: Path) -> str:
    path = tmp_path / "bad.yaml"
    path.write_text("name: 甲公司\nentity_tipe: 企业法人\n", encoding="utf-8")
    return str(path)


# JSON and receipts --------------------------------------------------------------------------------


def _json(name: str, *options: str) -> Any:
    result = check(name, "--json", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", NAMES)
def test_json_is_what_its_schema_says_and_reads_back(name: str) -> None:
    text = check(name, "--json").stdout
    adapter = TypeAdapter(Explanation)
    assert adapter.dump_json(adapter.validate_json(text), indent=2).decode() + "\n" == text


def test_money_in_json_is_text_to_the_fen() -> None:
    [policy] = _json("all-three")["policies"]
    assert policy["total"] == {"guaranteed": "0.00", "possible": "32000000.00"}
    numbers = [value for value in _leaves(_json("all-three")) if isinstance(value, float)]
    assert numbers == []


def test_an_absent_list_leaves_json_not_bounded() -> None:
    [policy] = _json("missing-facts")["policies"]
    assert policy["total"] == {"guaranteed": "0.00", "possible": "not_bounded"}


def test_json_does_not_depend_on_the_language() -> None:
    assert check("all-three", "--json", lang="zh").stdout == check("all-three", "--json", lang="en").stdout


def test_several_profiles_give_a_list_in_which_a_refused_one_has_its_problems(bad_profile: str) -> None:
    files = [str(EXAMPLES / f"{name}.yaml") for name in ("all-three", "one-fen-below")]
    result = run("check", files[0], bad_profile, files[1], *FIXED, "--json")
    assert result.exit_code == Exit.BAD_PROFILE
    first, refused, last = json.loads(result.stdout)
    assert [first, last] == [_json("all-three"), _json("one-fen-below")]
    assert refused["refused"] == bad_profile
    assert [(one["code"], one["line"], one["column"]) for one in refused["problems"]] == [("E0501", 2, 1)]
    alone = run("check", bad_profile, "no-such-file.yaml", *FIXED, "--json")
    assert alone.exit_code == Exit.BAD_PROFILE
    assert json.loads(alone.stdout) == [
        refused,
        {
            "refused": "no-such-file.yaml",
            "problems": [
                {
                    "code": "E0101",
                    "message": {"zh": "找不到文件", "en": "no such file"},
                    "help": {"zh": "检查路径和文件名", "en": "check the path and the spelling"},
                    **dict.fromkeys(("line", "column", "end_line", "end_column")),
                }
            ],
        },
    ]
    schema = Draft202012Validator(json.loads(run("schema", "explanations").stdout))
    assert all(schema.is_valid(json.loads(answer.stdout)) for answer in (result, alone))
    assert not schema.is_valid(_json("all-three")), "of one profile it is an explanation itself"


def test_what_is_refused_is_told_in_both_languages_and_the_same_in_each(bad_profile: str) -> None:
    given = ("check", bad_profile, "-", *FIXED, "--json")
    answers = [run(*given, "--lang", lang, stdin="a").stdout for lang in LANGUAGES]
    assert answers[0] == answers[1]
    [[problem], _] = [one["problems"] for one in json.loads(answers[0])]
    assert problem["help"] == {"zh": "是不是 `entity_type`？", "en": "did you mean `entity_type`?"}
    assert problem["message"] == {"zh": "没有 `entity_tipe` 这个事实", "en": "unknown fact `entity_tipe`"}


def _leaves(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return [leaf for value in data.values() for leaf in _leaves(value)]
    if isinstance(data, list):
        return [leaf for value in data for leaf in _leaves(value)]
    return [data]


def test_a_receipt_says_what_it_takes_to_decide_again() -> None:
    receipt = _json("all-three", "--receipt")["receipt"]
    assert (receipt["on"], receipt["engine"]) == (DAY, "reference")
    assert receipt["policies"] == ["wuhou-microwave-rf-2023@2023"]
    assert re.fullmatch("[0-9a-f]{64}", receipt["policies_sha256"])
    assert re.fullmatch("[0-9a-f]{64}", receipt["profile_sha256"])
    assert _json("all-three")["receipt"] is None
    text = check("all-three", "--receipt").stdout
    assert text.startswith(report("all-three"))
    for said in (receipt["policies_sha256"], receipt["profile_sha256"], "wuhou-microwave-rf-2023@2023"):
        assert said in text


def test_a_receipt_knows_one_profile_from_another_and_a_comment_from_a_fact(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    text = (EXAMPLES / "all-three.yaml").read_text(encoding="utf-8")
    path.write_text(f"# 另一份\n{text.replace('1.2亿元', '12000万元')}", encoding="utf-8")
    again = json.loads(run("check", str(path), *FIXED, "--json", "--receipt").stdout)["receipt"]
    assert again == _json("all-three", "--receipt")["receipt"]
    assert again["profile_sha256"] != _json("two-projects", "--receipt")["receipt"]["profile_sha256"]


# The other commands -------------------------------------------------------------------------------


def test_policies_are_listed_as_of_a_day() -> None:
    assert "尚未施行" in run("policies", "--lang", "zh", "--as-of", "2023-12-23").stdout
    assert "施行中" in run("policies", "--lang", "zh", "--as-of", DAY).stdout


def test_every_fact_is_listed_with_its_title() -> None:
    vocabulary = load_policies().vocabulary
    for lang in ("zh", "en"):
        listed = re.sub(r"\s+", "", run("facts", "--lang", lang).stdout)
        for entity in vocabulary.entities.values():
            for fact in entity.facts.values():
                assert fact.id in listed


@pytest.mark.parametrize("text", ["首版", "TITLE_kind", "kind of title", "资质名称"])
def test_a_fact_is_found_by_any_of_its_words(text: str) -> None:
    found = run("facts", text, "--lang", "zh").stdout
    assert "title_kind  资质名称  titles 资质荣誉\n" in found
    assert "首版（次）产品" in found, "options are not cut in two"
    assert "registered_district" not in found


def test_a_list_is_found_with_all_of_its_facts() -> None:
    project = load_policies().vocabulary.entities["project"]
    listed = run("facts", project.title.zh, "--lang", "zh").stdout
    assert all(f"{fact.id}  " in listed for fact in project.facts.values())


def test_a_word_that_no_fact_has_is_refused() -> None:
    refused = run("facts", "驴", "--lang", "zh")
    assert refused.exit_code == 2
    assert not refused.stdout
    assert "没有事实 `驴`" in refused.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_of_a_profile_is_one_whatever_is_filled_in(lang: str) -> None:
    vocabulary = load_policies().vocabulary
    template = run("new-profile", "--lang", lang).stdout
    assert not read_profile(load_text(template, "template.yaml"), vocabulary).company.values
    filled = re.sub(r"^# ", "", template, flags=re.MULTILINE)
    assert filled.count("\n##") == template.count("\n##")
    for text in (filled, filled.replace("- name:", "- name: 甲")):
        loaded = load_text(text, "template.yaml")
        assert loaded.diagnostics == ()
    keys = set(re.findall(r"^\s*(?:- )?(\w+):", filled, flags=re.MULTILINE))
    facts = {fact for entity in vocabulary.entities.values() for fact in entity.facts}
    assert keys == facts | set(vocabulary.lists()) | {"name"}
    read_profile(load_text(filled.replace("- name:", "- name: 甲"), "template.yaml"), vocabulary)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_loads_with_any_one_line_filled_in(lang: str) -> None:
    vocabulary = load_policies().vocabulary
    lines = run("new-profile", "--lang", lang).stdout.splitlines()
    company = [number for number, line in enumerate(lines) if re.fullmatch(r"# \w+:", line)]
    assert len(company) >= 7
    for number in company:
        one = [line.removeprefix("# ") if place == number else line for place, line in enumerate(lines)]
        read_profile(load_text("\n".join(one), "template.yaml"), vocabulary)


def test_the_version_names_the_engines() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert re.fullmatch(
        r"incentives \d+\.\d+\.\d+\n"
        r"engines: (durable \(default\), native|durable \(not installed\), native \(default\)), reference\n"
        r"Python \d+\.\d+\.\d+\S*\n",
        result.stdout,
    )


@pytest.mark.parametrize("command", ["check", "policies", "show", "facts", "new-profile"])
def test_every_command_explains_itself_in_both_languages(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert re.search("[一-鿿]", result.stdout)
