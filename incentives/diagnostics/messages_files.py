"""Messages about a file as text (E01). Imports the codes and the shape of a message."""

from __future__ import annotations

from incentives.diagnostics import Code
from incentives.diagnostics.message import Message

FILES: dict[Code, Message] = {
    Code.FILE_MISSING: Message(
        "找不到文件", "no such file", ("检查路径和文件名",), ("check the path and the spelling",)
    ),
    Code.FILE_IS_DIRECTORY: Message(
        "这是文件夹，不是文件", "this is a folder, not a file", ("写出其中一个文件的路径",), ("name a file in it",)
    ),
    Code.FILE_TOO_LARGE: Message(
        "文件超过 {limit}",
        "the file is larger than {limit}",
        ("分成几个较小的文件",),
        ("split it into smaller files",),
    ),
    Code.FILE_NOT_TEXT: Message(
        "不是 UTF-8 文本",
        "this is not UTF-8 text",
        ("如果是表格或 Word 文件，请另存为 YAML 或 JSON；如果是 GBK 编码，请另存为 UTF-8",),
        ("save a spreadsheet or document as YAML or JSON; save text in another encoding as UTF-8",),
    ),
    Code.FILE_UNREADABLE: Message("无法读取文件：{reason}", "the file cannot be read: {reason}"),
    Code.FILE_EMPTY: Message(
        "文件是空的",
        "the file is empty",
        ("企业画像可用 `incentives new-profile` 生成模板",),
        ("for a profile, `incentives new-profile` prints a template to fill in",),
    ),
    Code.YAML_SYNTAX: Message(
        "不是有效的 YAML：{reason}",
        "this is not valid YAML: {reason}",
        ("检查这里和上一行的缩进、冒号后的空格、引号和括号",),
        ("look at indentation, spaces after colons, quotes and brackets here and on the line before",),
    ),
    Code.JSON_SYNTAX: Message(
        "不是有效的 JSON：{reason}",
        "this is not valid JSON: {reason}",
        ("检查逗号、引号和括号",),
        ("look at commas, quotes and brackets",),
    ),
    Code.CONTROL_CHARACTER: Message(
        "含有看不见的字符",
        "an invisible character stands here",
        ("删去它，或重新输入这一行",),
        ("delete it, or type the line again",),
    ),
    Code.NOT_A_MAPPING: Message(
        "文件最外层应为键值对",
        "the file must hold keys with values",
        ("冒号要用半角的 `:`，后面空一格，不用 `{colon}`", "以 `键: 值` 开头"),
        ("the colon is the plain `:` with a space after it, not `{colon}`", "start with `key: value`"),
    ),
    Code.DUPLICATE_KEY: Message(
        "键 `{key}` 重复，已在第 {line} 行写过",
        "key `{key}` is given twice, first on line {line}",
        ("只保留一个",),
        ("keep one of the two",),
    ),
    Code.KEY_NOT_TEXT: Message(
        "键 `{key}` 不是文字",
        "key `{key}` is not text",
        ('给它加引号："{quoted}"', "键只能是文字，如 `name`"),
        ('put it in quotes: "{quoted}"', "a key is text, such as `name`"),
    ),
    Code.ANCHOR: Message(
        "不接受锚点、引用和合并键 `{name}`",
        "anchors, aliases and merge keys such as `{name}` are not accepted",
        ("把内容完整写出",),
        ("write the content out in full",),
    ),
    Code.TAG: Message(
        "不接受标签 `{tag}`", "tags such as `{tag}` are not accepted", ("去掉标签",), ("leave the tag out",)
    ),
    Code.TOO_DEEP: Message("嵌套超过 {limit} 层", "nested deeper than {limit} levels"),
    Code.BOOLEAN_WORD: Message(
        "`{word}` 在 YAML 里有歧义",
        "`{word}` means different things to different YAML readers",
        ('是否类写 `{instead}`；文字加引号："{word}"',),
        ('write `{instead}` for a yes or no, or put text in quotes: "{word}"',),
    ),
    Code.NUMBER_NOTATION: Message(
        "`{number}` 不是普通十进制整数的写法",
        "`{number}` is not written as a plain decimal number",
        ('写成普通数字；如果是代码，加引号："{number}"',),
        ('write a plain number, or put a code in quotes: "{number}"',),
    ),
    Code.FLOAT: Message(
        "带小数点或指数的数字 `{number}` 没有单位",
        "number `{number}` has a fraction or an exponent and no unit",
        ("连同单位一起写，如 `1.2亿元`、`12.5%`",),
        ("write it with its unit, such as `1.2亿元` or `12.5%`",),
    ),
    Code.SEVERAL_DOCUMENTS: Message(
        "一个文件里有多份文档",
        "the file holds several documents",
        ("每份存成一个文件",),
        ("save each in a file of its own",),
    ),
    Code.CUT_BY_COMMA: Message(
        "花括号里的逗号在 `{written}` 前把数字切断了",
        "inside braces the comma before `{written}` ends the number",
        ("去掉千分位逗号，或给整个数加引号",),
        ("leave the thousands comma out, or put the whole number in quotes",),
    ),
    Code.WORDS_CUT_BY_COMMA: Message(
        "花括号里的半角逗号在 `{written}` 前把 `{key}` 的文字切断了",
        "inside braces the comma before `{written}` ends the words of `{key}`",
        ('给整段文字加引号：`{key}: "{quoted}"`',),
        ('put all the words in quotes: `{key}: "{quoted}"`',),
    ),
}
