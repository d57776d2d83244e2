"""The fixed words of reports: each in both languages, with the same blanks, and each used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import incentives
from incentives.explain.ui import WORDS

PACKAGE = Path(incentives.__file__).parent
CODE = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if not path.name.startswith("ui"))


@pytest.mark.parametrize("key", WORDS)
def test_a_word_is_used_and_has_the_same_blanks_in_both_languages(key: str) -> None:
    words = WORDS[key]
    assert words.zh
    assert words.en
    blanks = re.compile(r"\{(\w+)(?:\}|:)")
    assert sorted(blanks.findall(words.zh)) == sorted(blanks.findall(words.en))
    assert f'"{key}"' in CODE or f"'{key}'" in CODE
