"""Messages about values, profiles and the command line (E04 to E06, W05). Imports the codes and their shape."""

from __future__ import annotations

from incentives.diagnostics import Code
from incentives.diagnostics.message import Message

_MORE_CHOICES = """\
vocabulary: 1
entities:
  {entity}:
    facts:
      {fact}: {{more_choices: [{more}]}}"""

PROFILES: dict[Code, Message] = {
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
        (
            "这是每个单位的标准：奖补里写 `per_unit: {per_unit}`，并用 `of` 写明按什么计",
            "这是比例：奖补里写 `share: {share}`，并用 `of` 写明按什么计",
            "写一个数字加人民币单位，如 `1000万元`、`1.2亿元`、`99999999.99元`",
        ),
        (
            "this is a price for each unit: an award has it as `per_unit: {per_unit}`, and `of` says of what",
            "this is a share: an award has it as `share: {share}`, and `of` says of what",
            "write one number with its unit in yuan, such as `1000万元`, `1.2亿元`, `99999999.99元`",
        ),
    ),
    Code.MONEY_BELOW_FEN: Message("金额 `{written}` 细到分以下", "amount `{written}` is finer than a fen (0.01元)"),
    Code.MONEY_TOO_LARGE: Message(
        "金额 `{written}` 超过 1000万亿元",
        "amount `{written}` is above 1000万亿元",
        ("检查单位",),
        ("is the unit right?",),
    ),
    Code.NEGATIVE: Message(
        "`{written}` 不能为负",
        "`{written}` must not be negative",
        (
            "核对正负号：这里的数不小于 {least}",
            "以“{unit}”计的数不能为负；净增减由政策用两年的数相减（`increase_of`）",
            "本可为负的事实，在声明它的 `vocabulary.yaml` 里写 `may_be_negative: true`",
        ),
        (
            "check the sign: what is asked for here is {least} or more",
            "a number of {unit} cannot be negative; a policy takes a net change from two years (`increase_of`)",
            "a fact that can be negative has `may_be_negative: true` in the `vocabulary.yaml` that declares it",
        ),
    ),
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
        "`{written}` 不是能读的比例",
        "`{written}` cannot be read as a rate",
        ("写成 `{instead}`", "如 `12.5%`"),
        ("write `{instead}`", "such as `12.5%`"),
    ),
    Code.DATE_UNREADABLE: Message(
        "`{written}` 不是能读的日期",
        "`{written}` cannot be read as a date",
        ("写成 `2024-03-01` 或 `2024年3月1日`；这里也可写 {forms}", "写成 `2024-03-01` 或 `2024年3月1日`"),
        ("write `2024-03-01` or `2024年3月1日`; here also {forms}", "write `2024-03-01` or `2024年3月1日`"),
    ),
    Code.COUNT_UNREADABLE: Message(
        "`{written}` 不是以“{unit}”计的整数",
        "`{written}` is not a whole number of {unit}",
        ("哪一年写成 `{year}`，多少年写成 `5{unit}`", "如 `120{unit}`"),
        ("a year is written as `{year}`, a length of time as `5{unit}`", "such as `120{unit}`"),
    ),
    Code.QUANTITY_UNREADABLE: Message(
        "`{written}` 不是以“{unit}”为单位的数",
        "`{written}` is not a number of {unit}",
        ("如 `12.5{unit}`",),
        ("such as `12.5{unit}`",),
    ),
    Code.NUMBER_TOO_LARGE: Message("`{written}` 大得不合理", "`{written}` is too large to be meant"),
    Code.ABOVE_UPPER: Message(
        "`{written}` 超过了最大可能值 `{upper}`",
        "`{written}` is above `{upper}`, the most it can be",
        ("检查单位和口径",),
        ("are the unit and the basis right?",),
    ),
    Code.UNIT_NOT_EVEN: Message(
        "`{written}` 换算成 `{unit}` 除不尽",
        "`{written}` does not come out even in `{unit}`",
        ("直接写以 `{unit}` 计的数",),
        ("write the number of `{unit}` itself",),
    ),
    Code.YEAR_MISSING: Message(
        "`{written}` 没有写明是哪一年的",
        "`{written}` does not say of which year it is",
        ("按年份写，如 `{{2024: {dated}}}`", "按年份写，如 `{{2024: …}}`"),
        ("write it by years, such as `{{2024: {dated}}}`", "write it by years, such as `{{2024: …}}`"),
    ),
    Code.NOT_BY_YEARS: Message(
        "`{fact}` 不分年度",
        "`{fact}` is not given by years",
        ("只写一个值：`{fact}: {single}`", "去掉年份，只写一个值"),
        ("write one value: `{fact}: {single}`", "write one value, without the year"),
    ),
    Code.NOT_A_YEAR: Message(
        "`{key}` 不是年份",
        "`{key}` is not a year",
        ("冒号后空一格：`{spaced}`", "是不是 `{nearest}`？", "写四位数字，从 1900 到 2200，如 `2024`"),
        (
            "put a space after the colon: `{spaced}`",
            "did you mean `{nearest}`?",
            "write four digits, from 1900 to 2200, such as `2024`",
        ),
    ),
    Code.EARLIER_THAN_NOTHING: Message(
        "`{key}` 说的是最早一年以前，这里最早一年没有值",
        "`{key}` speaks of the years before the first one, which has no value here",
        ("写出 `{year}` 的值，或去掉这一年", "写出至少一年的值"),
        ("give the value of `{year}`, or leave that year out", "give the value of at least one year"),
    ),
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
        (
            "是不是 `{nearest}`？可选：{choices}\n"
            "新的选项在政策旁的 `vocabulary.yaml` 里用 `more_choices` 加到 `{fact}`",
            f"可选：{{choices}}\n没有的，在政策旁的 `vocabulary.yaml` 里加上：\n{_MORE_CHOICES}",
            "是不是 `{nearest}`？可选：{choices}",
            "可选：{choices}",
        ),
        (
            "did you mean `{nearest}`? the choices are {choices}\n"
            "a `vocabulary.yaml` beside the policy adds others to `{fact}` by `more_choices`",
            f"the choices are {{choices}}\nadd another in a `vocabulary.yaml` beside the policy:\n{_MORE_CHOICES}",
            "did you mean `{nearest}`? the choices are {choices}",
            "the choices are {choices}",
        ),
    ),
    Code.CODE_UNREADABLE: Message(
        "`{written}` 不是 {system} 的代码",
        "`{written}` is not a code of {system}",
        ("是不是 {named}？", "写 {digits} 位数字", "如 `{example}`"),
        ("did you mean {named}?", "write {digits} digits", "such as `{example}`"),
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
    Code.FOUNDED_LATER: Message(
        "成立日期 `{written}` 晚于申报日期 `{on}`",
        "founded on `{written}`, after the day of application, `{on}`",
        ("核对成立日期；成立以后申报的，用 `--as-of` 写明申报日期",),
        ("is the date right? An application after it has its day in `--as-of`",),
    ),
    Code.DAY_LATER: Message(
        "{name} `{written}` 晚于申报日期 `{on}`",
        "{name} `{written}` comes after the day of application, `{on}`",
        ("核对日期；那一天以后才申报的，用 `--as-of` 写明申报日期",),
        ("is the date right? An application after it has its day in `--as-of`",),
    ),
    Code.NOT_ONE_VALUE: Message(
        "这里应为一个值，不是 `{written}`",
        "one value is expected here, not `{written}`",
        ("写 `{instead}`",),
        ("write `{instead}`",),
    ),
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
            "it is a fact of each {entity}: write it in an item of `{list}`, as `{meant}`",
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
    Code.NOT_A_PROFILE: Message(
        "这个文件是政策，不是企业画像：写有 `policy` 和 `clauses`",
        "this file is a policy, not a company's profile: it has `policy` and `clauses`",
        ("把企业画像写在这里，政策文件用 `--policies` 给出；`incentives new-profile` 给出画像的模板",),
        ("give the profile here, and the policy by `--policies`; `incentives new-profile` prints a template",),
    ),
    Code.ENGINE_UNAVAILABLE: Message(
        "这里没有装引擎 `{written}`",
        "engine `{written}` is not installed here",
        ("可用的引擎：{known}",),
        ("engines present: {known}",),
    ),
    Code.REPORT_FORMAT: Message(
        "报告不能写成 `{written}`：格式由后缀决定",
        "no report can be written as `{written}`: its format goes by the ending",
        ("写成 `{printed}`，再在浏览器里打印为 PDF", "是不是 `{nearest}`？", "可用的后缀：{known}"),
        (
            "write `{printed}`, and print it as PDF in a browser",
            "did you mean `{nearest}`?",
            "known endings: {known}",
        ),
    ),
    Code.REPORT_EXTRA: Message(
        "这里没有装写 `{written}` 所需的组件",
        "what it takes to write `{written}` is not installed here",
        ('`pip install "incentives[{extra}]"`，或写成 `.html`',),
        ('`pip install "incentives[{extra}]"`, or write `.html`',),
    ),
    Code.REPORT_OF_SEVERAL: Message(
        "一份报告只写一家企业，这里给了 {count} 份画像",
        "a report is of one company, and {count} profiles were given",
        ("逐份检查，每份写一个文件",),
        ("check them one by one, each with a file of its own",),
    ),
    Code.SAVED_OVER_ANOTHER: Message(
        "`{written}` 已存在，不是这次问答开始时的画像，不会替换它",
        "`{written}` is there already and is not the profile this interview begins with: it is not replaced",
        ("换一个文件名；要接着它回答，`--save` 之外也把它作为画像写上",),
        ("save under another name; to go on from it, give it as the profile too, beside `--save`",),
    ),
    Code.NO_PLACE_TO_WRITE: Message(
        "无法写入 `{file}`：{reason}",
        "`{file}` cannot be written: {reason}",
        ("先建好文件夹 `{folder}`，或换一个位置", "换一个位置或文件名"),
        ("make the folder `{folder}` first, or name another place", "name another place or another file"),
    ),
    Code.CLAUSE_NOT_FOUND: Message(
        "没有条款 `{written}`",
        "unknown clause `{written}`",
        ("是不是 `{nearest}`？", "`incentives show 政策标识` 列出条款"),
        ("did you mean `{nearest}`?", "`incentives show POLICY` lists the clauses"),
    ),
    Code.CLAUSE_AMBIGUOUS: Message(
        "几项政策都有条款 `{written}`",
        "several policies have a clause `{written}`",
        ("写明其中一条：{choices}",),
        ("name one of them: {choices}",),
    ),
    Code.DAY_IS_PAST: Message(
        "计划的申报日期早于 {start}",
        "the day planned for is before {start}",
        ("`--by` 不能早于 `--as-of`",),
        ("`--by` is not before `--as-of`",),
    ),
    Code.TARGET_OF_NOTHING: Message(
        "目标金额 `{written}` 不大于零",
        "a target of `{written}` is not above nothing",
        ("写合计的最高金额要达到多少，如 `--target 500万元`",),
        ("write what the upper limit of the total is to come to, such as `--target 500万元`",),
    ),
    Code.NOT_A_NUMBER_FACT: Message(
        "事实 `{written}` 不是数，不能沿着它画曲线",
        "fact `{written}` is not a number, so there is no curve over it",
        ("换一个金额、比例或数量",),
        ("choose an amount, a rate or a count",),
    ),
    Code.ITEM_NEEDED: Message(
        "`{written}` 要指明是哪一个对象的",
        "`{written}` belongs to one of several items",
        ("用 `--item` 写出其中一个：{known}",),
        ("name one of them with `--item`: {known}",),
    ),
    Code.NO_SUCH_ITEM: Message(
        "画像里没有 `{written}` 所说的对象",
        "the profile has no item for `{written}`",
        ("是不是 `{nearest}`？", "已有的：{known}", "先把它写进画像的清单，至少写名称"),
        (
            "did you mean `{nearest}`?",
            "there are: {known}",
            "write it into its list of the profile first, with a name",
        ),
    ),
    Code.RANGE_REVERSED: Message(
        "`--to` 小于 `--from`",
        "`--to` is less than `--from`",
        ("把两者对调",),
        ("swap the two",),
    ),
    Code.PICTURE_FORMAT: Message(
        "不能按 `{written}` 的扩展名画图",
        "a curve cannot be drawn as `{written}`",
        ("用 `.svg` 或 `.png` 结尾",),
        ("end the name in `.svg` or `.png`",),
    ),
    Code.PICTURE_EXTRA: Message(
        "这里不能写 PNG：没有装 CairoSVG，或系统里没有 cairo",
        "PNG cannot be written here: CairoSVG, or the cairo library that it needs, is not installed",
        ("运行 `pip install 'incentives[png]'`，或改写 `.svg`",),
        ("run `pip install 'incentives[png]'`, or write an `.svg`",),
    ),
    Code.YEAR_UNREADABLE: Message(
        "`{written}` 不是年份",
        "`{written}` is no year",
        ("写四位数字，从 1900 到 2200，如 `2025`",),
        ("write four digits, from 1900 to 2200, such as `2025`",),
    ),
    Code.NOT_OF_AN_ITEM: Message(
        "`{written}` 是企业自己的事实，不属于哪一个对象",
        "`{written}` is a fact of the company itself, and of no item",
        ("去掉 `--item`",),
        ("leave `--item` out",),
    ),
    Code.NOT_BY_YEAR: Message(
        "`{written}` 不分年度",
        "`{written}` has no years",
        ("去掉 `--year`",),
        ("leave `--year` out",),
    ),
}
