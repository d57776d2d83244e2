"""Every stored case, on every engine present."""

from __future__ import annotations

from pathlib import Path

import pytest

from incentives import load_policies
from tests.conformance.cases import CASES, FOUND, ROOT, Case, expectation, stored_cases
from tests.generators import read_raw
from tests.verdicts import assert_agreement, decide

_STORED = stored_cases()


@pytest.mark.parametrize("case", _STORED, ids=lambda case: case.name)
def test_each_engine_decides_what_is_expected(case: Case, engine: str) -> None:
    if case.expected is None:
        pytest.skip("a found case without a written expectation: engines and oracle are compared instead")
    found = decide(case.policy_set(), case.read_profile(), case.on, engine)
    assert expectation(found) == case.expected, case.title


@pytest.mark.parametrize("case", _STORED, ids=lambda case: case.name)
def test_engines_and_oracle_agree(case: Case) -> None:
    asked = (read_raw(case.vocabulary), read_raw(case.profile), case.on)
    assert_agreement(case.policy_set(), case.raw_policies(), asked)


def test_every_case_outside_found_has_an_expectation() -> None:
    unwritten = [case.name for case in _STORED if case.expected is None and case.folder.parent != FOUND]
    assert unwritten == []


def test_every_folder_of_cases_is_read() -> None:
    folders = {file.parent for file in CASES.glob("*/*/profile.yaml")} | {
        file.parent for file in CASES.glob("*/*/expected.yaml")
    }
    assert folders <= {case.folder for case in _STORED}


def test_every_shipped_example_is_a_case() -> None:
    shipped = {file.read_text(encoding="utf-8") for file in (ROOT / "policies").glob("*/examples/*")}
    assert shipped <= {case.profile for case in _STORED}


def test_a_folder_of_versions_loads_like_the_files_of_a_case(tmp_path: Path) -> None:
    """Cases are read file by file; a folder of the same files gives the same policies."""
    case = next(case for case in _STORED if len(case.policies) > 1)
    (tmp_path / "vocabulary.yaml").write_text(case.vocabulary, encoding="utf-8")
    for number, text in enumerate(case.policies):
        folder = tmp_path / read_raw(text)["policy"]
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    loaded = load_policies(tmp_path)
    assert decide(loaded, case.read_profile(), case.on) == decide(case.policy_set(), case.read_profile(), case.on)
