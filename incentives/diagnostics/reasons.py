"""What parsers and the operating system say, in the words of the people who write the files. Imports texts.

The wording of parsers differs between versions, that of systems between systems; what is recognised here reads the
same everywhere. What is not recognised is passed on as it is, and said to be their words.
"""

from __future__ import annotations

import errno

from incentives.texts import Lang

_INDENTED = ("这一行的缩进与前面不一致", "the indentation of this line does not fit the lines before")
_QUOTE_OPEN = ("引号没有配对", "a quote is not closed")
_MORE = ("结尾之后还有内容", "something follows the end")
_NO_VALUE = ("这里缺少一个值", "a value is missing here")
_NO_COLON = ("键后面缺少冒号", "a colon is missing after a key")
_ESCAPED = ("反斜杠后面的符号不认识", "the sign after the backslash is not known")
_ESCAPED_IN_PART = ("转义的字符不完整", "an escaped sign is not complete")
_BLOCK = ("`|` 或 `>` 后面写得不对", "what stands behind `|` or `>` is not right")
_TAG = ("`!` 开头的标签写得不对", "a tag, which begins with `!`, is not right")
_DIRECTIVE = ("`%` 开头的行写得不对", "a line that begins with `%` is not right")

_SAID: tuple[tuple[str, tuple[str, str]], ...] = (
    # YAML, by the C parser and by the one in Python
    (
        "follows the value",
        ("值在这里已经结束；后面的文字也要写进引号", "the value ends here; put the whole of it in quotes"),
    ),
    ("mapping values are not allowed", ("这里不能再写“键: 值”", "a key with a value cannot stand here")),
    ("mapping keys are not allowed", ("这里不能用 `?` 写键", "a key with `?` cannot stand here")),
    ("sequence entries are not allowed", ("这里不能写列表项", "a list item cannot stand here")),
    ("tab character", ("缩进用了制表符", "the line is indented with a tab")),
    ("cannot start any", ("不加引号的文字不能以这个符号开头", "text cannot start with this sign without quotes")),
    ("expected ',' or ']'", ("方括号没有写完，或缺少逗号", "a square bracket is not closed, or a comma is missing")),
    ("expected ',' or '}'", ("花括号没有写完，或缺少逗号", "a brace is not closed, or a comma is missing")),
    ("unexpected end of stream", _QUOTE_OPEN),
    ("document separator", _QUOTE_OPEN),
    ("document indicator", _QUOTE_OPEN),
    ("document start", _MORE),
    ("expected key", _INDENTED),
    ("expected <block end>", _INDENTED),
    ("expected '-'", ("列表项的缩进与前面不一致", "the indentation of this list item does not fit the others")),
    ("expected ':'", _NO_COLON),
    ("node content", _NO_VALUE),
    ("unknown escape character", _ESCAPED),
    ("unicode character escape", _ESCAPED_IN_PART),
    ("expected escape sequence", _ESCAPED_IN_PART),
    ("hexdecimal number", _ESCAPED_IN_PART),
    ("alphabetic or numeric", ("`&` 或 `*` 后面缺少名称", "a name is missing after `&` or `*`")),
    ("indentation indicator", _BLOCK),
    ("line break", _BLOCK),
    ("tag handle", _TAG),
    ("expected '!'", _TAG),
    ("expected '>'", _TAG),
    ("uri", _TAG),
    ("utf-8", _TAG),
    ("whitespace", _TAG),
    ("directive", _DIRECTIVE),
    ("yaml document", _DIRECTIVE),
    ("version number", _DIRECTIVE),
    ("alphabetical character", _DIRECTIVE),
    ("digit", _DIRECTIVE),
    ("max depth", ("括号套得太深", "brackets are nested too deeply")),
    # JSON
    ("trailing comma", ("最后一项后面多了逗号", "a comma follows the last entry")),
    ("expecting property name", ("键要写在双引号里", "a key stands in double quotes")),
    ("expecting ',' delimiter", ("缺少逗号", "a comma is missing")),
    ("expecting ':' delimiter", _NO_COLON),
    ("expecting value", _NO_VALUE),
    ("extra data", _MORE),
    ("invalid control character", ("文字里有换行或制表符", "a text holds a line break or a tab")),
    ("unterminated string", _QUOTE_OPEN),
    ("invalid \\escape", _ESCAPED),
    ("invalid \\uxxxx", _ESCAPED_IN_PART),
)
"""By a part of what is said, in small letters: the first that is found."""

_SYSTEM = {
    "EACCES": ("没有权限", "permission denied"),
    "EBADF": ("没有打开，或不能这样使用", "it is not open, or not for this"),
    "EBUSY": ("正被占用", "it is in use"),
    "EDQUOT": ("磁盘配额已用完", "the quota of the disk is used up"),
    "EEXIST": ("已有同名文件", "there is a file of this name already"),
    "EFBIG": ("文件太大", "the file is too large"),
    "EINVAL": ("名称或位置无效", "the name or the place is not valid"),
    "EIO": ("设备读写出错", "the device reports an error"),
    "EISDIR": ("这是文件夹，不是文件", "it is a folder, not a file"),
    "ELOOP": ("符号链接绕成了圈", "symbolic links lead in a circle"),
    "EMFILE": ("打开的文件太多", "too many files are open"),
    "ENAMETOOLONG": ("文件名太长", "the file name is too long"),
    "ENFILE": ("打开的文件太多", "too many files are open"),
    "ENOENT": ("没有这个文件或文件夹", "there is no such file or folder"),
    "ENOSPC": ("磁盘已满", "the disk is full"),
    "ENOTDIR": ("路径中有一段不是文件夹", "a part of the path is no folder"),
    "EPERM": ("系统不允许", "the system does not permit it"),
    "EPIPE": ("对方已不再读取", "nobody reads it any more"),
    "EROFS": ("磁盘是只读的", "the disk is read-only"),
    "ESPIPE": ("这是管道或设备，不是普通文件", "it is a pipe or a device, not a plain file"),
    "ETIMEDOUT": ("等待超时", "it takes too long to answer"),
}
"""By the name of the error, which is the same on all systems."""


def reason_of(problem: OSError) -> str:
    """A problem of the operating system as a finding holds it: by its name where that has words here."""
    name = errno.errorcode.get(problem.errno or 0, "")
    return name if name in _SYSTEM else f"{problem.errno}: {problem.strerror}"


def reason_text(reason: str, lang: Lang) -> str:
    """A reason given by a parser, or by the operating system (`reason_of`), in the language asked for."""
    said = reason.lower()
    found = _SYSTEM.get(reason) or next((words for part, words in _SAID if part in said), None)
    if found is None:
        found = (f"系统或解析程序报告“{reason}”", f"the system or the parser says “{reason}”")
    return found[0 if lang == "zh" else 1]
