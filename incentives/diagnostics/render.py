"""Findings as people read them: what is wrong, where, and what to write instead. Imports diagnostics and widths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from incentives.diagnostics import Diagnostic, Span
from incentives.diagnostics.messages import MESSAGES
from incentives.diagnostics.reasons import reason_text
from incentives.texts import Lang
from incentives.texts.width import display_width

_KIND = {("E", "zh"): "错误", ("E", "en"): "error", ("W", "zh"): "提醒", ("W", "en"): "warning"}
_LONGEST_WORD = 60
_EXCERPT_BEFORE, _EXCERPT_COLUMNS = 40, 72
_LISTS = (
    *("known", "place", "choices", "more", "keys", "choices_zh", "choices_en", "expected", "reason", "file"),
    "folder",
    *("advice_zh", "advice_en"),
)
"""Words that must stand in full."""
_HELP = {"zh": "建议", "en": "help"}
_EXPECTED = {
    "text": ("文字", "text"),
    "list": ("列表", "a list"),
    "mapping": ("键值对", "keys with values"),
    "boolean": ("true 或 false", "true or false"),
    "whole_number": ("整数", "a whole number"),
    "words": ("文字，或 `{zh: 名称, en: name}`", "words, or `{zh: 名称, en: name}`"),
    "supplier": (
        "`company`（企业自己提供）或部门：`税务部门`、`{zh: 税务部门, en: tax authority}`",
        "`company` (the company itself) or an authority: `税务部门`, `{zh: 税务部门, en: tax authority}`",
    ),
}


def render_diagnostics(found: Iterable[Diagnostic], sources: Mapping[str, str], lang: Lang) -> str:
    """All findings, in file order, each with the line it is about and a caret under the place."""
    lines = {name: text.splitlines() for name, text in sources.items()}
    return "\n".join(_render(finding, lines.get(finding.span.file, []), lang) for finding in found)


def message(found: Diagnostic, lang: Lang) -> str:
    """What is wrong, on one line."""
    return MESSAGES[found.code].says(lang).format_map(_words(found, lang))


def help_text(found: Diagnostic, lang: Lang) -> str | None:
    """What to write instead: the first wording whose blanks can all be filled."""
    words = _words(found, lang)
    for template in MESSAGES[found.code].helps(lang):
        try:
            filled = template.format_map(_Filled(words))
        except KeyError:
            continue
        return filled
    return None


class _Filled(dict[str, str]):
    """Words of which an empty one counts as missing."""

    def __getitem__(self, key: str) -> str:
        word = super().__getitem__(key)
        if not word:
            raise KeyError(key)
        return word


def _words(found: Diagnostic, lang: Lang) -> dict[str, str]:
    words = {key: _printable(word) if key in _LISTS else _shown(word) for key, word in found.words.items()}
    words |= {key.removesuffix(f"_{lang}"): word for key, word in words.items() if key.endswith(f"_{lang}")}
    if "reason" in words:
        words["reason"] = reason_text(words["reason"], lang)
    expected = _EXPECTED.get(words.get("expected", ""))
    if expected is not None:
        words["expected"] = expected[0 if lang == "zh" else 1]
    return words


def _shown(word: str) -> str:
    """What was written, on one line, without signs that a terminal would obey, and not endless."""
    plain = _printable(" ".join(word.split())) or ('""' if word else "")
    return plain if len(plain) <= _LONGEST_WORD else f"{plain[: _LONGEST_WORD - 1]}…"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _render(found: Diagnostic, source: list[str], lang: Lang) -> str:
    lines = [f"{_KIND[found.code[0], lang]}[{found.code}]: {message(found, lang)}"]
    lines.append(f"  --> {_place(found.span)}")
    lines += _excerpt(found.span, source)
    advice = help_text(found, lang)
    if advice is not None:
        first, *more = advice.splitlines()
        lines += [f"  = {_HELP[lang]}: {first}", *(f"      {line}" for line in more)]
    return "\n".join(lines)


def _place(span: Span) -> str:
    name = _printable(span.file)
    return f"{name}:{span.line}:{span.column}" if span.line else name


def _excerpt(span: Span, lines: list[str]) -> list[str]:
    """The line written, and a caret under the part meant. Long lines are shown around the place."""
    if not 1 <= span.line <= len(lines):
        return []
    text = _printable(lines[span.line - 1].replace("\t", " "))
    end = span.end_column if span.end_line == span.line else len(text) + 1
    start = span.column - 1
    while start > 0 and display_width(text[start - 1 : span.column - 1]) <= _EXCERPT_BEFORE:
        start -= 1
    shown = text[start : start + _EXCERPT_COLUMNS]
    while display_width(shown) > _EXCERPT_COLUMNS:
        shown = shown[:-1]
    before = display_width(text[start : span.column - 1])
    meant = display_width(shown[span.column - 1 - start : max(end, span.column) - 1 - start])
    gutter = " " * len(str(span.line))
    return [
        f"{gutter} |",
        f"{span.line} | {shown}",
        f"{gutter} | {' ' * before}{'^' * max(meant, 1)}",
    ]
