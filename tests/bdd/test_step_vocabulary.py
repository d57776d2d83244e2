"""`features/README.md` lists exactly the steps there are, and the features use them soundly."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pytest_bdd.feature import get_features
from pytest_bdd.parser import Feature, ScenarioTemplate

from incentives import load_policies

from .template import TABLE_FOLLOWS, Template, bound
from .wording import DOCUMENTS, OUTCOMES, STACKING, STATUSES
from .world import SAMPLES

FEATURES = Path(__file__).resolve().parents[2] / "features"
README = (FEATURES / "README.md").read_text(encoding="utf-8")
TYPES = {"given": "假如", "when": "当", "then": "那么"}
TEMPLATES = [(keyword, words, Template(words)) for keyword, words in bound]
ALL_FEATURES = get_features([str(FEATURES)])


def listed_steps() -> list[tuple[str, str, str]]:
    """Keyword, step and example of every row of the README's tables."""
    rows: list[tuple[str, str, str]] = []
    for part in README.split("\n### ")[1:]:
        keyword = part.split("：")[0]
        found = re.findall(r"^\| `([^`]+)` \| .+ \| `([^`]+)` \|$", part, re.MULTILINE)
        rows += [(keyword, step, example) for step, example in found]
    return rows


def steps_of(feature: Feature) -> list[tuple[ScenarioTemplate, str, str]]:
    """Scenario, keyword and text of every step as it runs, each example filled in."""
    steps: list[tuple[ScenarioTemplate, str, str]] = []
    for scenario in feature.scenarios.values():
        contexts = [context for examples in scenario.examples for context in examples.as_contexts()] or [{}]
        for context in contexts:
            rendered = scenario.render(context)
            steps += [(scenario, TYPES[step.type], step.name) for step in rendered.steps]
    return steps


def matching(keyword: str, text: str) -> list[str]:
    return [words for kind, words, template in TEMPLATES if kind == keyword and template.is_matching(text)]


def test_the_readme_lists_exactly_the_steps_that_are_bound() -> None:
    assert Counter((keyword, step) for keyword, step, _ in listed_steps()) == Counter(bound)


@pytest.mark.parametrize(("keyword", "step", "example"), listed_steps())
def test_each_example_in_the_readme_is_an_example_of_its_step(keyword: str, step: str, example: str) -> None:
    assert matching(keyword, example) == [step]


def test_the_readme_gives_every_word_an_outcome_or_status_can_have() -> None:
    words = [*OUTCOMES, *STATUSES, *STACKING.values(), *DOCUMENTS.values()]
    assert [word for word in words if word not in README] == []


@pytest.mark.parametrize("feature", ALL_FEATURES, ids=lambda feature: Path(feature.filename).stem)
def test_every_step_of_a_feature_has_exactly_one_meaning(feature: Feature) -> None:
    unclear = [text for _, keyword, text in steps_of(feature) if len(matching(keyword, text)) != 1]
    assert unclear == []


def test_every_step_is_used_in_some_feature() -> None:
    used = {
        (keyword, words)
        for feature in ALL_FEATURES
        for _, keyword, text in steps_of(feature)
        for words in matching(keyword, text)
    }
    assert set(bound) - used == set()


@pytest.mark.parametrize("feature", ALL_FEATURES, ids=lambda feature: Path(feature.filename).stem)
def test_scenario_names_are_unique(feature: Feature) -> None:
    """Of two scenarios with one name, the first would silently not run."""
    written = re.findall(r"^\s*(?:场景|场景大纲|剧本|剧本大纲): *(.+?) *$", text_of(feature), re.MULTILINE)
    assert Counter(written) == Counter(list(feature.scenarios))


@pytest.mark.parametrize("feature", ALL_FEATURES, ids=lambda feature: Path(feature.filename).stem)
def test_every_scenario_applies_and_expects_something(feature: Feature) -> None:
    for scenario in feature.scenarios.values():
        assert {TYPES[step.type] for step in scenario.render({}).steps} == {"假如", "当", "那么"}, scenario.name


@pytest.mark.parametrize("feature", ALL_FEATURES, ids=lambda feature: Path(feature.filename).stem)
def test_outlines_use_each_of_their_columns_and_have_one_for_each_placeholder(feature: Feature) -> None:
    for scenario in feature.scenarios.values():
        own = scenario.render({})
        cells = [
            str(cell)
            for step in own.steps
            for row in (step.datatable.raw() if step.datatable is not None else ())
            for cell in row
        ]
        texts = [scenario.name, *(step.name for step in own.steps), *cells]
        used = set(re.findall("<(.+?)>", " ".join(texts)))
        columns = [set(context) for examples in scenario.examples for context in examples.as_contexts()]
        assert all(names == used for names in columns or [set()]), scenario.name


@pytest.mark.parametrize("feature", ALL_FEATURES, ids=lambda feature: Path(feature.filename).stem)
def test_features_speak_of_titles_and_never_of_ids(feature: Feature) -> None:
    ids: set[str] = set()
    for folder in (None, SAMPLES):
        policies = load_policies(folder)
        for entity in policies.vocabulary.entities.values():
            ids |= {entity.id, *entity.facts}
        ids |= {clause.id for policy in policies.policies for clause in policy.clauses}
    assert [word for word in ids if re.search(rf"\b{re.escape(word)}\b", text_of(feature))] == []


@pytest.mark.parametrize(("keyword", "words"), bound)
def test_a_step_with_one_sign_changed_is_no_step(keyword: str, words: str) -> None:
    example = next(example for kind, step, example in listed_steps() if (kind, step) == (keyword, words))
    fixed = max(re.split("〈.+?〉", words), key=len)
    assert matching(keyword, example.replace(fixed, fixed[:-1] + "错")) == []
    assert matching(keyword, f"又{example}") in ([], [words])
    assert matching(keyword, f"{example.removesuffix(TABLE_FOLLOWS)}了吗，") == []


def text_of(feature: Feature) -> str:
    return Path(feature.filename).read_text(encoding="utf-8")
