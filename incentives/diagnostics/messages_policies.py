"""Messages about policy and vocabulary files (E02, E03). Imports the codes and the shape of a message."""

from __future__ import annotations

from incentives.diagnostics import Code
from incentives.diagnostics.message import Message

POLICIES: dict[Code, Message] = {
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
    Code.BAD_PATTERN: Message(
        "`{written}` 不能用来匹配代码",
        "`{written}` cannot be used to match codes",
        ("用字母、数字和 `[…]`、`(…)`、`|`、`?`、`{{2,4}}` 写成，如 `[A-T]([0-9]{{2,4}})?`",),
        ("write it with letters, digits and `[…]`, `(…)`, `|`, `?`, `{{2,4}}`, such as `[A-T]([0-9]{{2,4}})?`",),
    ),
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
}
