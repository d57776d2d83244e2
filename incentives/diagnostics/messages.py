"""The message and the advice for each code, in Chinese and English. Imports diagnostics.

Lower case, no full stop, what was written in backticks. Advice is a list: the first whose blanks can be
filled is given. `docs/errors.md` explains each code at length.
"""

from __future__ import annotations

from typing import NamedTuple

from incentives.diagnostics import Code
from incentives.texts import Lang


class Message(NamedTuple):
    zh: str
    en: str
    zh_help: tuple[str, ...] = ()
    en_help: tuple[str, ...] = ()

    def says(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def helps(self, lang: Lang) -> tuple[str, ...]:
        return self.zh_help if lang == "zh" else self.en_help


MESSAGES: dict[Code, Message] = {
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
    Code.UNKNOWN_KEY: Message(
        "没有 `{key}` 这个键",
        "unknown key `{key}`",
        ("是不是 `{nearest}`？", "可用的键：{known}"),
        ("did you mean `{nearest}`?", "known keys: {known}"),
    ),
    Code.MISSING_KEY: Message("缺少 `{key}`", "`{key}` is missing"),
    Code.WRONG_SHAPE: Message(
        "这里应为{expected}", "{expected} expected here", ('加引号："{quoted}"',), ('put it in quotes: "{quoted}"',)
    ),
    Code.NOT_A_CONDITION: Message(
        "条件应恰好写 `all`、`any`、`not`、`fact` 中的一个",
        "a condition has exactly one of `all`, `any`, `not`, `fact`",
        ("是不是把 `{nearest}` 写成了 `{key}`？",),
        ("did you mean `{nearest}` where it says `{key}`?",),
    ),
    Code.TEST_MISSING: Message(
        "一个条件应恰好有一种检验",
        "a condition has exactly one kind of test",
        ("写了 {written}；留下一种检验，或分成几个条件", "写一种检验：{known}"),
        ("it has {written}; keep one test, or write several conditions", "write one of: {known}"),
    ),
    Code.LANGUAGE_VERSION: Message(
        "不认识这个规则语言版本",
        "this version of the rule language is not known",
        ("此程序能读版本 {known}：写 `incentives: {known}`",),
        ("this program reads version {known}: write `incentives: {known}`",),
    ),
    Code.BAD_ID: Message(
        "`{written}` 不能作标识",
        "`{written}` cannot be an id",
        ("用小写字母、数字和连字符，如 `new-project`",),
        ("use lower-case letters, digits and hyphens, such as `new-project`",),
    ),
    Code.EMPTY_LIST: Message("`{key}` 是空的", "`{key}` is empty", ("至少写一项",), ("give at least one entry",)),
    Code.KEY_MISPLACED: Message("这里不能写 `{key}`", "`{key}` cannot stand here", ("{advice}",), ("{advice}",)),
    Code.NOT_ALLOWED_HERE: Message("这里只能写 {expected}", "only {expected} is allowed here"),
    Code.EMPTY_VALUE: Message(
        "`{key}` 后面没有写值",
        "nothing is written after `{key}`",
        ("写出值，或去掉这个键",),
        ("write a value, or leave the key out",),
    ),
    Code.UNKNOWN_FACT: Message(
        "词汇表里没有事实 `{written}`",
        "unknown fact `{written}`",
        ("是不是 `{nearest}`？", "`incentives facts` 列出全部事实"),
        ("did you mean `{nearest}`?", "`incentives facts` lists every fact"),
    ),
    Code.AMBIGUOUS_FACT: Message(
        "`{written}` 可以指几个事实",
        "`{written}` can mean several facts",
        ("写明其中一个：{choices}",),
        ("name one of them: {choices}",),
    ),
    Code.UNKNOWN_ENTITY: Message(
        "没有 `{written}` 这类对象",
        "unknown entity `{written}`",
        ("是不是 `{nearest}`？", "可用的对象：{known}"),
        ("did you mean `{nearest}`?", "known entities: {known}"),
    ),
    Code.TEST_DOES_NOT_FIT: Message(
        "`{test}` 不能用于 `{fact}`（{title}）",
        "`{test}` cannot be used on `{fact}`",
        ("上下限用于金额、比例、数量和日期；多值事实用 `includes_any`；是否类用 `is`；其余用 `is` 或 `in`",),
        (
            "bounds go with money, rates, numbers and dates, `includes_any` with facts of many values, "
            "`is` with yes or no, `is` and `in` with the rest",
        ),
    ),
    Code.FACT_OUT_OF_REACH: Message(
        "`{written}` 是 `{entity}` 的事实，此条款看不到",
        "`{written}` is a fact of `{entity}`, which this clause does not look at",
        ("给条款加上 `for_each: {entity}`",),
        ("give the clause `for_each: {entity}`",),
    ),
    Code.BAND_IS_EMPTY: Message(
        "这个区间里没有任何值", "nothing lies in this range", ("检查上下限是否写反",), ("are the two ends swapped?",)
    ),
    Code.BOUND_TWICE: Message(
        "同一端写了两个界限：{written}", "the same end is bounded twice: {written}", ("只留一个",), ("keep one",)
    ),
    Code.OPEN_WITHOUT_LIST: Message(
        "`open` 只用于 `in` 或 `includes_any` 的清单", "`open` belongs to a list: `in` or `includes_any`"
    ),
    Code.AWARD_FORM: Message(
        "奖补应恰好写一种金额形式",
        "an award states its amount in exactly one way",
        ("写了 {written}；只留一种", "写其中一种：{known}"),
        ("it has {written}; keep one", "write one of: {known}"),
    ),
    Code.VERSIONS_OVERLAP: Message(
        "有效期与版本 {version}（{file}）重叠",
        "in force at the same time as version {version} ({file})",
        ("给较早的版本写明 `until`",),
        ("give the earlier version an `until`",),
    ),
    Code.DUPLICATE_VERSION: Message(
        "版本 {version} 已在 {file} 中",
        "version {version} is already in {file}",
        ("改 `version`",),
        ("change `version`",),
    ),
    Code.PERIOD_REVERSED: Message("终止日早于起始日 {start}", "the last day is before the first, {start}"),
    Code.POLICY_ID_DIFFERS: Message(
        "政策标识 `{written}` 与文件夹名 `{folder}` 不一致",
        "policy id `{written}` differs from its folder `{folder}`",
        ("让两者相同",),
        ("make them the same",),
    ),
    Code.UNKNOWN_POLICY: Message(
        "没有政策 `{written}`",
        "unknown policy `{written}`",
        ("是不是 `{nearest}`？", "可用的政策：{known}"),
        ("did you mean `{nearest}`?", "known policies: {known}"),
    ),
    Code.NO_POLICIES: Message(
        "这里没有政策文件",
        "there are no policies here",
        ("文件夹里应有 `政策标识/policy.yaml`",),
        ("the folder should hold `policy-id/policy.yaml`",),
    ),
    Code.STRAY_FILE: Message(
        "这个文件不在任何政策的文件夹里",
        "this file is in no policy's folder",
        ("放进以政策标识命名的文件夹；词汇表的文件名是 `vocabulary.yaml`",),
        ("put it into a folder named by the policy's id; the vocabulary's name is `vocabulary.yaml`",),
    ),
    Code.MONEY_BARE_NUMBER: Message(
        "金额 `{written}` 没有单位",
        "amount `{written}` has no unit",
        ("写明单位，如 `{written}元` 或 `{written}万元`",),
        ("say which, such as `{written}元` or `{written}万元`",),
    ),
    Code.MONEY_WITHOUT_YUAN: Message(
        "金额 `{written}` 没有写“元”",
        "amount `{written}` does not say 元",
        ("写 `{instead}`",),
        ("write `{instead}`",),
    ),
    Code.MONEY_UNREADABLE: Message(
        "`{written}` 不是能读的金额",
        "`{written}` cannot be read as an amount",
        ("写一个数字加人民币单位，如 `1000万元`、`1.2亿元`、`99999999.99元`",),
        ("write one number with its unit in yuan, such as `1000万元`, `1.2亿元`, `99999999.99元`",),
    ),
    Code.MONEY_BELOW_FEN: Message("金额 `{written}` 细到分以下", "amount `{written}` is finer than a fen (0.01元)"),
    Code.MONEY_TOO_LARGE: Message(
        "金额 `{written}` 超过 1000万亿元",
        "amount `{written}` is above 1000万亿元",
        ("检查单位",),
        ("is the unit right?",),
    ),
    Code.NEGATIVE: Message("`{written}` 不能为负", "`{written}` must not be negative"),
    Code.THOUSANDS: Message(
        "`{written}` 里的千分位逗号位置不对",
        "the thousands commas in `{written}` stand in the wrong place",
        ("每三位一个，如 `1,000万元`，或不写",),
        ("one for every three digits, as in `1,000万元`, or none",),
    ),
    Code.RATE_BARE_NUMBER: Message(
        "比例 `{written}` 没有百分号",
        "rate `{written}` has no percent sign",
        ("写明 `{written}%`，或折算后写百分比",),
        ("write `{written}%`, or convert it to percent",),
    ),
    Code.RATE_UNREADABLE: Message(
        "`{written}` 不是能读的比例", "`{written}` cannot be read as a rate", ("如 `12.5%`",), ("such as `12.5%`",)
    ),
    Code.DATE_UNREADABLE: Message(
        "`{written}` 不是能读的日期",
        "`{written}` cannot be read as a date",
        ("写成 `2024-03-01` 或 `2024年3月1日`",),
        ("write `2024-03-01` or `2024年3月1日`",),
    ),
    Code.COUNT_UNREADABLE: Message(
        "`{written}` 不是以“{unit}”计的整数",
        "`{written}` is not a whole number of {unit}",
        ("如 `120{unit}`",),
        ("such as `120{unit}`",),
    ),
    Code.QUANTITY_UNREADABLE: Message(
        "`{written}` 不是以“{unit}”为单位的数",
        "`{written}` is not a number of {unit}",
        ("如 `12.5{unit}`",),
        ("such as `12.5{unit}`",),
    ),
    Code.NUMBER_TOO_LARGE: Message("`{written}` 大得不合理", "`{written}` is too large to be meant"),
    Code.NOT_BOOLEAN: Message(
        "`{written}` 不是 true 或 false",
        "`{written}` is neither true nor false",
        ("写 `true` 或 `false`，不加引号",),
        ("write `true` or `false`, without quotes",),
    ),
    Code.NOT_TEXT: Message(
        "`{written}` 不是文字",
        "`{written}` is not text",
        ('加引号："{quoted}"', "写出文字；不知道就去掉这一行"),
        ('put it in quotes: "{quoted}"', "write the text, or leave the key out where it is not known"),
    ),
    Code.NOT_A_CHOICE: Message(
        "`{written}` 不在可选范围内",
        "`{written}` is not one of the choices",
        ("是不是 `{nearest}`？可选：{choices}", "可选：{choices}"),
        ("did you mean `{nearest}`? the choices are {choices}", "the choices are {choices}"),
    ),
    Code.CODE_UNREADABLE: Message(
        "`{written}` 不是 {system} 的代码",
        "`{written}` is not a code of {system}",
        ("是不是 {named}？", "写 {digits} 位数字"),
        ("did you mean {named}?", "write {digits} digits"),
    ),
    Code.USCC_UNREADABLE: Message(
        "`{written}` 不是统一社会信用代码",
        "`{written}` is not a unified social credit code",
        ("18 位数字或大写字母，不含 I、O、Z、S、V",),
        ("18 digits or capital letters, without I, O, Z, S and V",),
    ),
    Code.USCC_CHECK_DIGIT: Message(
        "统一社会信用代码 `{written}` 的校验位不符",
        "the check digit of unified social credit code `{written}` does not fit",
        ("核对代码；少数早年发放的代码确实如此",),
        ("compare it with the licence; a few early codes are like that",),
    ),
    Code.NOT_ONE_VALUE: Message("这里应为一个值，不是 `{written}`", "one value is expected here, not `{written}`"),
    Code.NOT_A_LIST: Message(
        "`{written}` 应为列表",
        "`{written}` must be a list",
        ("写 `[{instead}]`；没有就写 `[]`", "每一项从 `{item}` 写起；没有就写 `[]`", "没有就写 `[]`"),
        (
            "write `[{instead}]`, or `[]` for none",
            "start each item with `{item}`, or write `[]` for none",
            "write `[]` for none",
        ),
    ),
    Code.UNKNOWN_PROFILE_FACT: Message(
        "没有 `{key}` 这个事实",
        "unknown fact `{key}`",
        ("是不是 `{nearest}`？", "`incentives facts` 列出全部事实"),
        ("did you mean `{nearest}`?", "`incentives facts` lists every fact"),
    ),
    Code.FACT_ELSEWHERE: Message(
        "`{key}` 不该写在这里",
        "`{key}` does not belong here",
        (
            "它是{entity}的事实：写在 `{list}` 的一项里，键为 `{meant}`",
            "它是申报主体的事实：写在最外层，键为 `{meant}`",
        ),
        (
            "it is a fact of {entity}: write it in an item of `{list}`, as `{meant}`",
            "it is a fact of the company: write it at the top level, as `{meant}`",
        ),
    ),
    Code.ITEM_NOT_A_MAPPING: Message(
        "`{list}` 的每一项应为键值对",
        "each item of `{list}` must hold keys with values",
        ("从 `- name: 名称` 写起",),
        ("start it with `- name: …`",),
    ),
    Code.ITEM_WITHOUT_NAME: Message(
        "`{list}` 的这一项没有 `name` 或 `id`",
        "this item of `{list}` has neither `name` nor `id`",
        ("写 `name`，让结果说得清是哪一项",),
        ("give it a `name`, so that the answer can say which it is",),
    ),
    Code.DUPLICATE_ITEM: Message(
        "`{list}` 里有两个 `{name}`",
        "`{list}` holds `{name}` twice",
        ("用不同的 `id` 区分",),
        ("tell them apart by `id`",),
    ),
    Code.ENGINE_UNAVAILABLE: Message(
        "这里没有装引擎 `{written}`",
        "engine `{written}` is not installed here",
        ("可用的引擎：{known}",),
        ("engines present: {known}",),
    ),
}
