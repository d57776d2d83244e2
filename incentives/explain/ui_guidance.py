"""The fixed words of explanations and plans, in both languages. Imports values."""

from __future__ import annotations

from incentives.values import Bilingual

GUIDANCE = {
    "because_refused": Bilingual(
        "这些事实已经决定了结论，其他事实怎样都不改变它：",
        "These facts decide it, whatever all the others are:",
    ),
    "because_met": Bilingual(
        "这些事实已足够符合，其他事实怎样都不改变结论：",
        "These facts are enough, whatever all the others are:",
    ),
    "because_always": Bilingual("不取决于任何事实。", "It depends on no fact."),
    "because_open": Bilingual("还没有结论，缺这些事实：", "Not settled yet; these facts are missing:"),
    "because_person": Bilingual("还没有结论，须由人认定：", "Not settled yet; a person has to decide:"),
    "ways": Bilingual("怎样会有不同的结论（每一种都须全部做到）：", "What would change it (each way as a whole):"),
    "no_ways": Bilingual(
        "没有可以改变的事实能改变这个结论：所依据的是已经发生的事，或申报主体本身是什么。",
        "Nothing that can be changed would change it: it rests on what has happened, or on what the applicant is.",
    ),
    "asked_by": Bilingual("条件：{asked}", "condition: {asked}"),
    "quoted": Bilingual("“{says}”", "“{says}”"),
    "changes_to": Bilingual("{name}  {before} → {after}", "{name}  {before} → {after}"),
    "would_be": Bilingual("{name}  {after}", "{name}  {after}"),
    "more_by": Bilingual("多 {amount}", "{amount} more"),
    "less_by": Bilingual("少 {amount}", "{amount} less"),
    "or_else": Bilingual("或 {others}", "or {others}"),
    "new_one": Bilingual("新增的{entity}", "the new {entity}"),
    "adds": Bilingual("新增一个{entity}", "one more {entity}"),
    "apply_on": Bilingual("在 {day} 或以后申报（晚 {days} 天）", "apply on {day} or later ({days} days later)"),
    "then": Bilingual("之后：{outcome}", "then: {outcome}"),
    "article": Bilingual("出处  {article}：{says}", "source  {article}：{says}"),
    "plan_now": Bilingual("现在", "now"),
    "plan_day": Bilingual("申报日期", "day of application"),
    "plan_none": Bilingual(
        "没有找到能带来更多奖补的改变。不能改变的事实（历史、申报主体是什么、指定不变的）不在考虑之列。",
        "No change was found that would bring more. History, what the applicant is and what was held fixed were left"
        " out of account.",
    ),
    "plan_head": Bilingual(
        "可以做的（单独看每一项；值得的在前，各项不相加）",
        "What could be done (each on its own, the most worth first; they do not add up)",
    ),
    "plan_more": Bilingual("另有 {count} 项，加 --all 列出", "{count} more with --all"),
    "brings": Bilingual("奖补 {amount}", "award {amount}"),
    "policy_total": Bilingual("本政策合计：{before} → {after}", "this policy in all: {before} → {after}"),
    "cost": Bilingual("花费 {amount}", "costs {amount}"),
    "elsewhere": Bilingual("同时影响《{title}》：{before} → {after}", "also changes {title}: {before} → {after}"),
    "reaching": Bilingual("要达到最高 {amount}，可以：", "To come to up to {amount}:"),
    "reaching_none": Bilingual(
        "以上各项（最多三项一起）达不到最高 {amount}。",
        "Nothing of this, three of them together at most, comes to up to {amount}.",
    ),
    "reached": Bilingual("已经达到最高 {amount}。", "It comes to up to {amount} already."),
    "reaching_one": Bilingual("第 {numbers} 项，合计{total}", "number {numbers}, in all {total}"),
}
