"""Every bad case answers exactly as written beside it, and every answer is fit to be read."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from incentives.diagnostics import Code, Diagnostic, Refused, Span
from incentives.diagnostics.messages import MESSAGES
from incentives.diagnostics.render import help_text, message
from incentives.texts import LANGUAGES, Lang
from tests.bad.cases import ROOT, Case, cases
from tests.bad.made import made_cases

ERRORS = Path(__file__).parents[2] / "docs" / "errors.md"
CASES = [*cases(), *made_cases()]
READ = [case for case in CASES if case.refused is not None]
WHOLE_FILE = {
    Code.FILE_MISSING,
    Code.FILE_IS_DIRECTORY,
    Code.FILE_TOO_LARGE,
    Code.FILE_NOT_TEXT,
    Code.FILE_UNREADABLE,
    Code.NO_POLICIES,
    Code.STRAY_FILE,
}
"""Findings about a file as a whole, which have no line."""


def _name(case: Case) -> str:
    return case.name


def _refused(case: Case) -> Refused:
    assert case.refused is not None
    return case.refused()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_bad_input_is_answered_as_written(case: Case, lang: Lang) -> None:
    assert case.answers(lang) == case.expected(lang), "`python -m tests.bad.rewrite` writes it anew: read it first"


def test_every_text_belongs_to_a_case() -> None:
    known = {case.expected_file(lang) for case in CASES for lang in LANGUAGES}
    assert set(ROOT.glob("*/*.txt")) == known


@pytest.mark.parametrize("case", READ, ids=_name)
def test_a_finding_has_its_place_and_findings_stand_in_order(case: Case) -> None:
    refused = _refused(case)
    assert refused.diagnostics
    for finding in refused.diagnostics:
        assert (finding.span.line > 0) == (finding.code not in WHOLE_FILE), finding
        assert (finding.span.column > 0) == (finding.span.line > 0), finding
    places = [finding.span[:3] for finding in refused.diagnostics]
    assert places == sorted(places)


@pytest.mark.parametrize("case", READ, ids=_name)
def test_nothing_is_said_twice(case: Case) -> None:
    said = [(finding.code, finding.span, message(finding, "zh")) for finding in _refused(case).diagnostics]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("case", READ, ids=_name)
def test_every_message_is_fit_to_be_read(case: Case) -> None:
    for finding in _refused(case).diagnostics:
        for lang in LANGUAGES:
            _assert_fit(message(finding, lang), lang)
            if (advice := help_text(finding, lang)) is not None:
                for line in advice.splitlines():
                    _assert_fit(line, lang, is_help=True)


@pytest.mark.parametrize("case", READ, ids=_name)
def test_a_finding_quotes_what_stands_at_its_place(case: Case) -> None:
    """The caret is not beside the point: what the message quotes is on the line, unless it was shortened."""
    refused = _refused(case)
    for finding in refused.diagnostics:
        source = refused.sources.get(finding.span.file, "")
        lines = re.split("\r?\n", source)[max(finding.span.line - 1, 0) : finding.span.end_line]
        written = finding.words.get("written", "")
        is_value = finding.code.startswith("E04")
        if written and is_value and not set(written) & set('…"\\') and "item" not in finding.words:
            assert any(written in line for line in lines), finding


def _assert_fit(text: str, lang: Lang, *, is_help: bool = False) -> None:
    bare = re.sub(r"`[^`]*`|\"[^\"]*\"", "", text)
    assert not re.search(r"\{[a-z_]+\}", text), text
    assert "\n" not in text
    assert text.isprintable(), text
    assert "None" not in bare, text
    assert not re.search(r"\b[A-Z][a-z]+[A-Z]\w*|\b(str|dict|tuple|NoneType|int)\b", bare), text
    assert not text.rstrip("`").endswith((".", "。")), text
    if lang == "en" and not is_help:
        assert bare == "" or not bare.lstrip()[:1].isupper(), text
        assert not re.search("[一-鿿]", re.sub("元|万亿|人|项|个月|年", "", bare)), text


def test_every_code_has_a_message_and_a_bad_case_and_a_page() -> None:
    answers = "".join(case.expected("en") for case in CASES)
    shown = set(re.findall(r"^(?:error|warning)\[([EW]\d{4})\]", answers, flags=re.MULTILINE))
    page = ERRORS.read_text(encoding="utf-8")
    explained = re.findall(r"^### ([EW]\d{4}) ", page, flags=re.MULTILINE)
    codes = [code.value for code in Code]
    assert set(MESSAGES) == set(Code)
    assert shown == set(codes)
    assert explained == sorted(codes), "each code once, in order"


def test_every_page_section_is_short_and_in_both_languages() -> None:
    sections = re.split(r"^### ", ERRORS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    for section in sections:
        title, *lines = section.splitlines()
        body = [line for line in lines if line and not line.startswith("## ")]
        assert re.search("[一-鿿]", section), title
        assert re.search("^(Wrong|Written|Seen)", section, flags=re.MULTILINE), f"{title} has no example"
        assert len(body) <= 14, title


@pytest.mark.parametrize("code", list(Code))
def test_every_wording_of_a_message_uses_blanks_that_both_languages_know(code: Code) -> None:
    """A blank that only one language fills would leave the other with a hole."""
    known = MESSAGES[code]
    assert _blanks([known.zh]) - {"title"} == _blanks([known.en])
    assert [_blanks([one]) for one in known.zh_help] == [_blanks([one]) for one in known.en_help]


def _blanks(texts: list[str]) -> set[str]:
    return set(chain.from_iterable(re.findall(r"\{(\w+)\}", text) for text in texts))


def test_what_was_written_cannot_reach_the_terminal_as_a_command() -> None:
    finding = Diagnostic(Code.UNKNOWN_PROFILE_FACT, Span("x.yaml", 1, 1, 1, 2), {"key": "\x1b[31m红\n字"})
    assert message(finding, "zh") == "没有 `�[31m红 字` 这个事实"
