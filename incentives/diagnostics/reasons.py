"""What parsers and the operating system say, in the words of the people who write the files. Imports texts.

The wording of parsers differs between versions; what is recognised here reads the same everywhere. What is
not recognised is passed on as it is.
"""

from __future__ import annotations

from incentives.texts import Lang

_REASONS: tuple[tuple[str, str, str], ...] = (
    # YAML
    ("mapping values are not allowed", "这里不能再写“键: 值”", "a key with a value cannot stand here"),
    ("sequence entries are not allowed", "这里不能写列表项", "a list item cannot stand here"),
    ("tab character that violates", "缩进用了制表符", "the line is indented with a tab"),
    ("cannot start any token", "不加引号的文字不能以这个符号开头", "text cannot start with this sign without quotes"),
    ("expected ',' or ']'", "方括号没有写完", "a square bracket is not closed"),
    ("expected ',' or '}'", "花括号没有写完", "a brace is not closed"),
    ("unexpected end of stream", "引号没有配对", "a quote is not closed"),
    ("expected key", "这一行的缩进与前面不一致", "the indentation of this line does not fit the lines before"),
    (
        "expected '-' indicator",
        "列表项的缩进与前面不一致",
        "the indentation of this list item does not fit the others",
    ),
    (
        "expected <block end>",
        "这一行的缩进与前面不一致",
        "the indentation of this line does not fit the lines before",
    ),
    ("could not find expected ':'", "键后面缺少冒号", "a colon is missing after a key"),
    ("unknown escape character", "反斜杠后面的符号不认识", "the sign after the backslash is not known"),
    ("invalid unicode character escape", "转义的字符不完整", "an escaped sign is not complete"),
    # JSON
    ("trailing comma", "最后一项后面多了逗号", "a comma follows the last entry"),
    ("expecting property name", "键要写在双引号里", "a key stands in double quotes"),
    ("expecting ',' delimiter", "缺少逗号", "a comma is missing"),
    ("expecting ':' delimiter", "键后面缺少冒号", "a colon is missing after a key"),
    ("expecting value", "这里缺少一个值", "a value is missing here"),
    ("extra data", "结尾之后还有内容", "something follows the end"),
    ("invalid control character", "文字里有换行或制表符", "a text holds a line break or a tab"),
    ("unterminated string", "引号没有配对", "a quote is not closed"),
    ("invalid \\escape", "反斜杠后面的符号不认识", "the sign after the backslash is not known"),
    # The operating system
    ("permission denied", "没有读取权限", "permission denied"),
    ("file name too long", "文件名太长", "the file name is too long"),
)


def reason_text(reason: str, lang: Lang) -> str:
    """A reason given by a parser or the operating system, in the language asked for where it is known."""
    said = reason.lower()
    for part, zh, en in _REASONS:
        if part in said:
            return zh if lang == "zh" else en
    return reason[:1].lower() + reason[1:]
