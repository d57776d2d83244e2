"""The guide for those who write policies: every example gives what it says, every key of the language is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from incentives.facts import vocabulary_files
from incentives.language import amounts, awards, conditions, definitions, granted, modifiers, stacking, syntax, tables
from incentives.source.shapes import Keys
from tests.house.guide import GUIDES, Example, blocks, examples

EXAMPLES = examples(GUIDES["en"])
LANGUAGE = Path(syntax.__file__).parent
GRAMMAR = (
    *(granted.EVERY_HEAD, conditions.HEADS, amounts.FORMS, stacking.FORMS),
    dict.fromkeys((*tables.ROW_TESTS, *modifiers.MODIFIERS, *awards.AROUND, *definitions.AROUND), ()),
)
WORDS = "day_of_application application_day item application company year all"
"""Words that can stand as values, and are named by no table."""


def _keys() -> set[str]:
    """Every key of vocabularies and policies: from the records, the grammar's tables, and what readers ask for."""
    known = set(vocabulary_files.KEYS)
    known |= {key for one in vars(syntax).values() if isinstance(one, Keys) for key in one.keys}
    known |= {key for table in GRAMMAR for head, keys in table.items() for key in (head, *keys)}
    for file in LANGUAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fields":
                parts = [part for argument in node.args[1:] for part in ast.walk(argument)]
                known |= {str(part.value) for part in parts if isinstance(part, ast.Constant)}
    return known


@pytest.mark.parametrize("lang", GUIDES)
def test_the_guide_names_every_key_of_the_language(lang: str) -> None:
    text = GUIDES[lang].read_text(encoding="utf-8")
    shown = " ".join([*re.findall(r"`[^`\n]+`", text), *blocks(GUIDES[lang])])
    known = _keys()
    assert len(known) > 100
    assert known <= set(re.findall(r"[a-z_]+", shown)), known - set(re.findall(r"[a-z_]+", shown))


def test_the_guides_show_the_same_examples_in_the_same_order() -> None:
    english, chinese = (blocks(GUIDES[lang]) for lang in ("en", "zh"))
    assert english == chinese
    assert len(EXAMPLES) == len(english), "every block says what comes out"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_gives_what_the_guide_says(example: Example, tmp_path: Path) -> None:
    assert example.trials
    for trial in example.trials:
        assert example.decide(trial, tmp_path) == list(trial.results), trial.profile


def test_the_examples_use_nearly_every_key_of_the_language() -> None:
    """What is only told about is little, and told about in the tables."""
    used = set(re.findall(r"[a-z_]+", " ".join(example.text for example in EXAMPLES)))
    rare = {
        *("announced", "application", "department", "fields", "materials", "of", "phone", "readings", "reading"),
        *("window", "note", "version", "common_conditions"),
        *("above", "when_undefined", "months_since", "until", "years_ago"),
        *(
            "extends",
            "spent",
            "many",
            "choices",
            "ordered",
            "system",
            "digits",
            "pattern",
            "example",
            "labels",
            "upper",
        ),
    }
    assert _keys() - used <= rare, _keys() - used - rare


@pytest.mark.parametrize("lang", GUIDES)
def test_every_link_inside_the_guide_leads_to_a_heading(lang: str) -> None:
    text = GUIDES[lang].read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-")
        for line in re.findall(r"^## (.*)", text, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings
