"""Messages about policy and vocabulary files (E02, E03). Imports the codes and the shape of a message."""

from __future__ import annotations

from incentives.diagnostics import Code
from incentives.diagnostics.message import Message

_NEW_FACT = """\
vocabulary: 1
entities:
  {entity}:
    facts:
      {fact}:
        title: …
        type: money  # boolean, rate, count, quantity, date, text, choice, code
        question: …
        supplied_by: company"""
_USED_FACT = """\
vocabulary: 1
entities:
  {entity}:
    facts:
      {fact}: {{title: …, {declared}, question: …, supplied_by: company}}"""
_NEW_ENTITY = """\
vocabulary: 1
entities:
  {new}:
    title: …
    list: {new}_list
    question: …
    facts: {{}}"""

POLICIES: dict[Code, Message] = {
    Code.UNKNOWN_KEY: Message(
        "没有 `{key}` 这个键",
        "unknown key `{key}`",
        ("{advice}", "是不是 `{nearest}`？", "可用的键：{known}"),
        ("{advice}", "did you mean `{nearest}`?", "known keys: {known}"),
    ),
    Code.MISSING_KEY: Message("缺少 `{key}`", "`{key}` is missing", ("{advice}",), ("{advice}",)),
    Code.WRONG_SHAPE: Message(
        "这里应为{expected}",
        "{expected} expected here",
        ("照写政策的话，如 `{paper}`", "写条款，如 `{clause}`", '加引号："{quoted}"'),
        (
            "write the words of the paper, such as `{paper}`",
            "write clauses, such as `{clause}`",
            'put it in quotes: "{quoted}"',
        ),
    ),
    Code.NOT_A_CONDITION: Message(
        "条件应恰好写一个说明种类的键：`all`、`any`、`not`、`fact` 或一种算法",
        "a condition has exactly one key that says its kind: `all`, `any`, `not`, `fact` or a way to a value",
        (
            "没有 `{implying}`；“其中……的，还须……”写 `in_case: {{…}}` 和 `must: {{…}}`",
            "是不是把 `{nearest}` 写成了 `{key}`？",
            "写了 {written}；分成几个条件，放进 `all` 或 `any`",
            "如 `{{fact: investment, at_least: 1亿元}}`、`{{growth_of: revenue, year: last_year, at_least: 20%}}`",
        ),
        (
            "there is no `{implying}`; what is asked of some alone is `in_case: {{…}}` with `must: {{…}}`",
            "did you mean `{nearest}` where it says `{key}`?",
            "it has {written}; write several conditions under `all` or `any`",
            "such as `{{fact: investment, at_least: 1亿元}}` or "
            "`{{growth_of: revenue, year: last_year, at_least: 20%}}`",
        ),
    ),
    Code.TEST_MISSING: Message(
        "这里应恰好写一种检验",
        "exactly one kind of test is expected here",
        ("写了 {written}；留下一种检验，或分成几个条件", "写一种检验：{known}"),
        ("it has {written}; keep one test, or write several conditions", "write one of: {known}"),
    ),
    Code.LANGUAGE_VERSION: Message(
        "不认识这个规则语言版本",
        "this version of the rule language is not known",
        (
            "文件是为更新的版本 {newer} 写的：请升级本程序；它能读版本 1 至 {known}",
            "此程序能读版本 1 至 {known}：写 `incentives: {known}`",
        ),
        (
            "the file was written for the newer version {newer}: upgrade this program, which reads 1 to {known}",
            "this program reads versions 1 to {known}: write `incentives: {known}`",
        ),
    ),
    Code.BAD_ID: Message(
        "`{written}` 不能作标识",
        "`{written}` cannot be an id",
        ("用小写字母、数字、连字符和下划线，如 `new-project`",),
        ("use lower-case letters, digits, hyphens and underscores, such as `new-project`",),
    ),
    Code.EMPTY_LIST: Message("`{key}` 是空的", "`{key}` is empty", ("至少写一项",), ("give at least one entry",)),
    Code.KEY_MISPLACED: Message("这里不能写 `{key}`", "`{key}` cannot stand here", ("{advice}",), ("{advice}",)),
    Code.BAD_PATTERN: Message(
        "`{written}` 不能用来匹配代码",
        "`{written}` cannot be used to match codes",
        ("用字母、数字和 `[…]`、`(…)`、`|`、`?`、`{{2,4}}` 写成，如 `[A-T]([0-9]{{2,4}})?`",),
        ("write it with letters, digits and `[…]`, `(…)`, `|`, `?`, `{{2,4}}`, such as `[A-T]([0-9]{{2,4}})?`",),
    ),
    Code.NOT_ALLOWED_HERE: Message(
        "这里只能写 {expected}", "only {expected} is allowed here", ("{advice}",), ("{advice}",)
    ),
    Code.EMPTY_VALUE: Message(
        "`{key}` 后面没有写值",
        "nothing is written after `{key}`",
        ("写出值，或去掉这个键；花括号里的文字有半角逗号，要加引号",),
        ("write a value, or leave the key out; words with a comma inside braces need quotes",),
    ),
    Code.UNKNOWN_FACT: Message(
        "词汇表里没有事实 `{written}`",
        "unknown fact `{written}`",
        (
            "是不是 `{nearest}`？新的事实在政策旁的 `vocabulary.yaml` 里声明",
            f"`incentives facts` 列出全部事实；没有的，在政策旁的 `vocabulary.yaml` 里声明：\n{_USED_FACT}",
            f"`incentives facts` 列出全部事实；没有的，在政策旁的 `vocabulary.yaml` 里声明：\n{_NEW_FACT}",
            "`incentives facts` 列出全部事实",
        ),
        (
            "did you mean `{nearest}`? a new fact is declared in a `vocabulary.yaml` beside the policy",
            "`incentives facts` lists every fact; a new one is declared in a `vocabulary.yaml` beside the policy:\n"
            f"{_USED_FACT}",
            "`incentives facts` lists every fact; a new one is declared in a `vocabulary.yaml` beside the policy:\n"
            f"{_NEW_FACT}",
            "`incentives facts` lists every fact",
        ),
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
        (
            "`{single}` 是只有一个值的事实；能数的是一类对象，或有几个值的事实（`many: true`）",
            "是不是 `{nearest}`？新的对象在政策旁的 `vocabulary.yaml` 里声明",
            f"可用的对象：{{known}}\n没有的，在政策旁的 `vocabulary.yaml` 里声明：\n{_NEW_ENTITY}",
            "可用的对象：{known}",
        ),
        (
            "`{single}` has one value; what is counted is a kind of item, or a fact of several values (`many: true`)",
            "did you mean `{nearest}`? a new kind of item is declared in a `vocabulary.yaml` beside the policy",
            f"known entities: {{known}}\ndeclare a new one in a `vocabulary.yaml` beside the policy:\n{_NEW_ENTITY}",
            "known entities: {known}",
        ),
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
        "`{written}` 是 `{entity}` 的事实，这里看不到",
        "`{written}` is a fact of `{entity}`, which is not looked at here",
        ("给条款加上 `for_each: {entity}`，或用 `some: {entity}`、`count_of: {entity}` 等看整张清单",),
        ("give the clause `for_each: {entity}`, or look at the list by `some: {entity}`, `count_of: {entity}` …",),
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
        (
            "`{title}` 写在整个奖补上，不写在其中一档或一部分里",
            "写了 {written}；算出来的金额“最高不超过”写 `cap: {ceiling}`",
            "写了 {written}；只留一种",
            "写其中一种：{known}",
        ),
        (
            "`{title}` stands beside the whole award, not in a tier or a part of it",
            "it has {written}; the most that a worked-out amount can be is `cap: {ceiling}`",
            "it has {written}; keep one",
            "write one of: {known}",
        ),
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
        (
            "`{own}` 是这项政策自己的文件夹：写它的上一级文件夹，或直接写这个文件",
            "放进以政策标识命名的文件夹；词汇表的文件名是 `vocabulary.yaml`",
        ),
        (
            "`{own}` is this policy's own folder: name the folder above it, or this file",
            "put it into a folder named by the policy's id; the vocabulary's name is `vocabulary.yaml`",
        ),
    ),
    Code.NOT_A_POLICY: Message(
        "这个文件不是政策：没有 `incentives`、`policy`，也没有 `clauses`",
        "this file is no policy: it has no `incentives`, no `policy` and no `clauses`",
        (
            "像是一份企业画像：用 `incentives check 这个文件` 检查；示例画像放进政策文件夹里的 `examples/`，"
            "其他画像放在政策文件夹以外",
        ),
        (
            "it looks like a company's profile: `incentives check FILE` reads it; an example goes into the folder "
            "`examples/` of its policy, any other profile out of the folder of policies",
        ),
    ),
    Code.NOT_A_TERM: Message(
        "这里应写一个金额、数值或它的算法",
        "an amount, a value or the way to it is expected here",
        (
            "是不是把 `{nearest}` 写成了 `{key}`？",
            "写了 {written}；只留一种",
            "写值、事实的名称，或一种算法，如 {known}",
        ),
        (
            "did you mean `{nearest}` where it says `{key}`?",
            "it has {written}; keep one",
            "write a value, the name of a fact, or a way such as {known}",
        ),
    ),
    Code.YEAR_NEEDED: Message(
        "`{fact}` 每年一个值，要写明是哪一年",
        "`{fact}` has a value for each year: say which year",
        (
            "在 `{head}` 旁边写 `year: this_year` 或 `year: last_year`",
            "如 `{{last_year: {fact}}}`，或在旁边写 `year: this_year`、`years: 3`",
        ),
        (
            "write `year: this_year` or `year: last_year` beside `{head}`",
            "such as `{{last_year: {fact}}}`, or `year: this_year` or `years: 3` beside it",
        ),
    ),
    Code.NOT_YEARLY: Message(
        "`{fact}` 不是逐年的事实",
        "`{fact}` is not a fact with a value for each year",
        ("这里要用词汇表中标了 `yearly: true` 的事实",),
        ("only a fact with `yearly: true` in the vocabulary can stand here",),
    ),
    Code.TYPES_DIFFER: Message(
        "这里应为{wanted}，写的是{found}",
        "{wanted} expected here, not {found}",
        (
            "`{condition}` 是条件：按它分情形写 `cases: [{{when: {{fact: {condition}, is: true}}, gives: …}}]`，"
            "奖补写 `tier_cases`",
            "只有同类、同单位的值能相加、相比、相除；每亩多少用 `per_unit: 30万元/亩`，按比例取用 `share`",
        ),
        (
            "`{condition}` is a condition: what goes by it is "
            "`cases: [{{when: {{fact: {condition}, is: true}}, gives: …}}]`, in an award `tier_cases`",
            "only values of one kind and unit add up, compare or divide; so much for each unit is "
            "`per_unit: 30万元/亩`, a part is `share`",
        ),
    ),
    Code.DEFINITION_CYCLE: Message(
        "定义绕回了自己：{path}",
        "a definition comes back to itself: {path}",
        ("改写其中一个，不再用到另一个",),
        ("write one of them without the other",),
    ),
    Code.UNKNOWN_CLAUSE: Message(
        "没有条款 `{written}`", "unknown clause `{written}`", ("本政策的条款：{known}",), ("this policy's: {known}",)
    ),
    Code.CAPS_OVERLAP: Message(
        "与第 {line} 行的上限只有部分条款相同，无法确定先后",
        "this cap shares some clauses with the one in line {line}, and neither holds the other",
        ("让一个上限包含另一个，或让两者没有相同的条款",),
        ("let one hold all clauses of the other, or none",),
    ),
    Code.UNKNOWN_IMPORT: Message(
        "引用不到政策 `{written}`",
        "the policy `{written}` cannot be imported",
        ("写已有政策的标识，或 `标识@版本`",),
        ("give the id of a policy, or `id@version`",),
    ),
    Code.NAME_TAKEN: Message(
        "`{written}` 已是词汇表中的名称",
        "`{written}` is already a name of the vocabulary",
        ("换一个名称，或直接用词汇表中的",),
        ("take another name, or use the one of the vocabulary",),
    ),
    Code.BAD_NAME: Message(
        "`{written}` 不能作名称",
        "`{written}` cannot be a name",
        ("用小写字母、数字、下划线和连字符，以字母开头，如 `enterprise_size`",),
        ("use lower-case letters, digits, underscores and hyphens after a letter, such as `enterprise_size`",),
    ),
    Code.NOT_A_LIST_FACT: Message(
        "`{written}` 不是清单中的事实",
        "`{written}` is not a fact of a list",
        ("清单写 `contract.contract_amount`，逐年的事实加 `years: 3`，几个值写 `[a, b]`",),
        ("`contract.contract_amount` sums a list, `years: 3` a yearly fact, `[a, b]` several values",),
    ),
    Code.NOT_A_DURATION: Message(
        "`{written}` 不是期限",
        "`{written}` is not a length of time",
        ("如 `2年`、`18个月`、`365天`",),
        ("such as `2年`, `18个月`, `365天`",),
    ),
    Code.STEPS_OUT_OF_ORDER: Message(
        "`{written}` 不高于前一档",
        "`{written}` is not above the step before",
        ("从低到高写",),
        ("write them from low to high",),
    ),
    Code.UNIT_DIFFERS: Message(
        "单价的单位与事实的单位不一致",
        "the unit of the price is not the unit of the fact",
        ("写 `{instead}`",),
        ("write `{instead}`",),
    ),
    Code.NO_LEDGER: Message(
        "词汇表里没有兑现台账",
        "the vocabulary has no ledger of grants",
        ("需要清单 `grant`（policy、clause、year、amount、matter；各档单独封顶的还要 tier）和事实 `ledger_from`",),
        (
            "it needs the list `grant` (policy, clause, year, amount, matter; tier for limits of single tiers) "
            "and the fact `ledger_from`",
        ),
    ),
    Code.NO_TITLES: Message(
        "词汇表里没有这样的资质清单",
        "the vocabulary has no such list of titles",
        ("需要清单 `title`（title_kind、title_level、event、granted_on、valid_until）",),
        ("it needs the list `title` (title_kind, title_level, event, granted_on, valid_until)",),
    ),
    Code.CLAUSE_TWICE: Message(
        "条款 `{written}` 在一条规则里写了两次",
        "the clause `{written}` stands twice in one rule",
        ("留下一处",),
        ("keep one",),
    ),
    Code.RULE_FORM: Message(
        "叠加规则应恰好写一种：`higher_of`、`one_item_of`、`items_at_most`、`together`、`exclusive`、`cap` "
        "或 `policy_excludes`",
        "a stacking rule has exactly one of `higher_of`, `one_item_of`, `items_at_most`, `together`, `exclusive`, "
        "`cap`, `policy_excludes`",
        (
            "是不是把 `{nearest}` 写成了 `{key}`？",
            "写了 {written}；分成几条规则",
            "如 `{{higher_of: [a, b], says: 就高不重复}}`",
        ),
        (
            "did you mean `{nearest}` where it says `{key}`?",
            "it has {written}; write several rules",
            "such as `{{higher_of: [a, b], says: 就高不重复}}`",
        ),
    ),
    Code.ITEMS_DIFFER: Message(
        "`within: item` 的条款要看同一种清单，这里是 {found}",
        "clauses under `within: item` go through the same list, not {found}",
        ("只写 `for_each` 相同的条款，或去掉 `within`",),
        ("name only clauses with the same `for_each`, or leave `within` out",),
    ),
    Code.WORD_IS_A_NAME: Message(
        "`{written}` 是事实的名称，这里会被当作一个词",
        "`{written}` is the name of a fact, and would be taken for a word here",
        ("要与那个事实相比，写 `is: {{value_of: {written}}}`",),
        ("to compare with that fact, write `is: {{value_of: {written}}}`",),
    ),
    Code.ROW_UNREACHABLE: Message(
        "前面的各行已包括这一行的全部情形，永远轮不到它",
        "the rows before it take everything that fits this row, so it can never be reached",
        ("改这一行或前面各行的界限：取第一个相符的行",),
        ("change its ends or those of the rows before it: the first row that fits counts",),
    ),
    Code.ROWS_APART: Message(
        "与第 {line} 行的一档之间有空档，落在其中的没有规定",
        "between this row and the one in line {line} lies what no row says anything of",
        ("原文如此就不用改；否则让界限相接，或用 `{rest}` 写明其余", "原文如此就不用改；否则让界限相接"),
        (
            "leave it where the paper says so; else let the ends meet, or say with `{rest}` what holds there",
            "leave it where the paper says so; else let the ends meet",
        ),
    ),
    Code.EXCLUDES_NOBODY: Message(
        "这里没有 `{written}`：这条规则现在不起作用",
        "there is no `{written}` here: the rule does nothing for now",
        ("是不是 `{nearest}`？", "那项政策编入以后，规则自然起作用"),
        ("did you mean `{nearest}`?", "it will, once that policy is here"),
    ),
    Code.TITLES_BY_NAME: Message(
        "`same_item` 认的是资质的名称，同一种荣誉的另一级名称不同，就不抵",
        "`same_item` goes by the name of a title, which another level of the same honour does not have",
        ("晋级享差额写 `same: title_kind`；确是只认同一名称的，不用改",),
        ("write `same: title_kind` for what a lower level of the honour brought; leave it where the name is meant",),
    ),
    Code.ONCE_AND_AGAIN: Message(
        "`once_only` 与 `{written}` 同写：得过一次的企业，以后达到更高一档或到下一年都不再给",
        "`once_only` beside `{written}`: what was paid once is not paid for a higher step, nor in another year",
        ("原文的“一次性”只是一次付清的，去掉 `once_only`；确是一家企业只给一次的，在条款的 `readings` 里写明怎样读",),
        (
            "leave `once_only` out where the paper only says that it is paid in one sum; where a company is "
            "paid once and never again, say in `readings` of the clause how it was read",
        ),
    ),
    Code.EXCLUDES_ITSELF: Message(
        "政策 `{written}` 不能排除自己",
        "the policy `{written}` cannot exclude itself",
        ("写另一项政策的标识；本政策条款之间用 `exclusive` 或 `higher_of`",),
        ("name another policy; between clauses of this one write `exclusive` or `higher_of`",),
    ),
    Code.IMPORT_CYCLE: Message(
        "政策互相引用：{path}",
        "policies import each other: {path}",
        ("把两边都要用的定义放进另一项政策，让两边都引用它",),
        ("put the definitions that both need into another policy, and import that one",),
    ),
    Code.TIER_UNNAMED: Message(
        "这一档单独按企业或按年封顶，要有名称，台账才写得明哪一档兑现过",
        "a tier with a limit of its own per company or year needs a name, by which the ledger tells its grants",
        ("写 `tier: 名称`，台账的记录写同样的 `tier`",),
        ("write `tier: name`; grants of the ledger give the same `tier`",),
    ),
    Code.DECLARED_OTHERWISE: Message(
        "`{written}` 已在 {place} 声明，这里写的不同：{keys}",
        "`{written}` is declared at {place}, and otherwise here: {keys}",
        (
            "只加选项：写 `{written}: {{more_choices: [{more}]}}`",
            "含义不同就换一个名称；相同就去掉这里的声明；整个词汇表自成一套才写 `extends: nothing`",
        ),
        (
            "to add options alone, write `{written}: {{more_choices: [{more}]}}`",
            "what means something else needs another name, what means the same need not stand here; "
            "only a vocabulary that stands alone says `extends: nothing`",
        ),
    ),
    Code.INSTALMENTS_DO_NOT_FIT: Message(
        "各期合计是 `{written}`，拼不成整笔奖补",
        "the parts come to `{written}`, which does not make up the award",
        (
            "各期 `share` 合计100%，或各期 `exact` 合计为奖补的金额；"
            "其余以后结算的，最后一期写 `{{rest: true, after: 验收}}`",
        ),
        (
            "the `share` of all parts comes to 100%, or the `exact` of all to the award; a rest that is settled "
            "later is the last part, `{{rest: true, after: 验收}}`",
        ),
    ),
    Code.CHOICES_WITHOUT_ORDER: Message(
        "`{written}` 的选项有高低次序，看不出新的排在哪里",
        "the options of `{written}` have an order, in which the new ones have no place",
        ("从低到高把全部选项写出来，原有的次序不变：{choices}",),
        ("list all of them from the lowest to the highest, those there are in their order: {choices}",),
    ),
    Code.FACT_OF_ANOTHER: Message(
        "`{written}` 是另一项政策自己的事实，声明在 {place}",
        "`{written}` is a fact of another policy's own, declared at {place}",
        ("几项政策都要用的，移到政策文件夹的 `vocabulary.yaml`",),
        ("move what several policies use to the `vocabulary.yaml` of the policies folder",),
    ),
}
