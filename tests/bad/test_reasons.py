"""What parsers and the operating system say is told in the reader's language, whichever parser is there."""

from __future__ import annotations

import errno
import os
import re
from unittest.mock import patch

import pytest
import yaml

from incentives.diagnostics import Code
from incentives.diagnostics.reasons import reason_of, reason_text
from incentives.diagnostics.render import message
from incentives.source.loader import load_text

PARSERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]
WRONG = (
    *("a: b: c", "a: - b", "a:\n\t- b", "a: @b", "a: [1, 2\nb: 3", "a: {b: 1\nc: 2", "a: {b: c: d}"),
    *("a: 'x", 'a: "x', "a:\n  b: 1\n c: 2", "a:\n  - 1\n  b: 2", "a: 1\nb\nc: 2", "- a\n b\n-c: d", "a: ? b"),
    *("a: 'b'c", "a: b\n... c", 'a: "\\q"', 'a: "\\x4"', 'a: "\\ud"', "a: &", "a: *", "a: ]", "a: [1,,2]"),
    *("a: |0\n x", "a: >5x\n x", "a: 'b\n---\nc'", "%YAML 1.x\n---\na: 1", "%YAML 3.0\n---\na: 1"),
    *("%YAML\n---\na: 1", "%YAML 1.1 x\n---\na: 1", "%YAML 1.1\n%YAML 1.1\n---\na: 1", "%TAG !\n---\na: 1"),
    *("%TAG x y\n---\na: 1", "%TAG ! a\n%TAG ! b\n---\na: 1", "a: !<x y", "a: !<>", "a: !x!y b", "a: !%zz b"),
    *("a: !%e b", "a: !a%ff b"),
)
"""Each of the ways, that somebody may meet, in which a text is no YAML."""


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.__name__)
@pytest.mark.parametrize("text", WRONG)
def test_what_a_parser_says_is_told_in_both_languages(text: str, parser: type) -> None:
    with patch("incentives.source.yaml_reader._PARSER", parser):
        found = [one for one in load_text(text, "a.yaml").diagnostics if one.code is Code.YAML_SYNTAX]
    assert found
    for one in found:
        assert not re.search(r"[A-Za-z]", message(one, "zh").removeprefix("不是有效的 YAML"))
        assert "says" not in message(one, "en")


@pytest.mark.parametrize(
    ("number", "zh"),
    [
        (errno.ENOENT, "没有这个文件或文件夹"),
        (errno.EACCES, "没有权限"),
        (errno.EISDIR, "这是文件夹，不是文件"),
        (errno.ENOTDIR, "路径中有一段不是文件夹"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.ENAMETOOLONG, "文件名太长"),
        (errno.EMFILE, "打开的文件太多"),
    ],
)
def test_what_the_system_says_goes_by_its_number_not_by_its_words(number: int, zh: str) -> None:
    for words in (os.strerror(number), "Datei oder Verzeichnis nicht gefunden"):
        assert reason_text(reason_of(OSError(number, words)), "zh") == zh


def test_what_is_not_known_is_passed_on_as_the_words_of_others() -> None:
    rare = OSError(errno.EXDEV, "Invalid cross-device link")
    assert reason_text(reason_of(rare), "zh") == f"系统或解析程序报告“{errno.EXDEV}: Invalid cross-device link”"
    assert reason_text("quite new", "en") == "the system or the parser says “quite new”"
