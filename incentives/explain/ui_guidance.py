"""The fixed words of explanations and plans, in both languages. Imports values."""

from __future__ import annotations

from incentives.values import Bilingual

GUIDANCE = {
    "because_refused": Bilingual(
        "不符合的原因（仅凭这些就不符合，其他事实不影响）：",
        "Not qualified because (these alone decide it, whatever the other facts are):",
    ),
    "because_met": Bilingual(
        "符合的依据（有这些就够，其他事实不影响）：",
        "Qualified because (these are enough, whatever the other facts are):",
    ),
    "ask_first": Bilingual(
        "先问清：政策来源并未写明这一要求，请先向受理单位核实；如不要求，就不必改变。",
        "Ask first: the source does not say this is required. Check with the authority; if it is not, nothing has to"
        " change.",
    ),
    "because_always": Bilingual("不取决于任何事实。", "It depends on no fact."),
    "because_open": Bilingual("还没有结论，缺这些事实：", "Not settled yet; these facts are missing:"),
    "because_person": Bilingual("还没有结论，须由人认定：", "Not settled yet; a person has to decide:"),
    "ways": Bilingual(
        "怎样才能符合（任选一种，所列各点都要做到）：", "What would change that (any one; all its points):"
    ),
    "no_ways": Bilingual(
        "没有找到能改变这个结论的办法：就本次申报，它依据的事实已经发生、是申报主体本身的情况，或没有列为可以改变"
        "（含用 --fix 指定不变的）。",
        "Nothing was found that would change it: for this application what it rests on has happened, is what the"
        " applicant is, or is not listed as open to change (or held with --fix).",
    ),
    "later_years": Bilingual(
        "以后年度可用 plan --by 日期 看。",
        "For later years see plan --by DATE.",
    ),
    "no_ways_firm": Bilingual(
        "没有找到能改变这个结论的办法：本年内不论哪一天申报、其他事实怎样，仅凭这些不能改变的事实就不符合：",
        "Nothing was found that would change it: on whatever day of this year the application is made, and whatever"
        " the other facts are, these alone refuse it and cannot change:",
    ),
    "no_ways_by_day": Bilingual(
        "没有找到能改变这个结论的办法：这一天申报，不在规定的日期之内。",
        "Nothing was found that would change it: an application on this day is outside the days that are set.",
    ),
    "ways_not_tried": Bilingual(
        "没有找到能改变这个结论的办法，但要改的事实太多，没有全部试过。",
        "Nothing was found that would change it; there are too many facts to change for everything to be tried.",
    ),
    "more_ways": Bilingual(
        "没有全部列出：还有或可能还有其他办法。", "Not all are listed: there are or may be other ways."
    ),
    "most_ways": Bilingual(
        "没有全部列出：还有或可能还有其他办法。至多列 {most} 种，改动事实少的在前。",
        "Not all are listed: there are or may be other ways. At most {most} are listed, those that change the fewest"
        " facts first.",
    ),
    "plan_ways_left": Bilingual(
        "这些条款还有或可能还有其他办法，没有试：{clauses}",
        "Of these clauses there are or may be other ways, which were not tried: {clauses}",
    ),
    "asked_by": Bilingual("条件：{asked}", "condition: {asked}"),
    "asked_by_award": Bilingual("奖补标准：{asked}", "bound of the award: {asked}"),
    "comes_to": Bilingual("实际 {actual}", "actual {actual}"),
    "score_parts": Bilingual("其中：{parts}", "of which: {parts}"),
    "quoted": Bilingual("“{says}”", "“{says}”"),
    "changes_to": Bilingual("{name}  {before} → {after}", "{name}  {before} → {after}"),
    "would_be": Bilingual("{name}  {after}", "{name}  {after}"),
    "last_known": Bilingual("{year}年 {value}", "{value} in {year}"),
    "or_else": Bilingual("或 {others}", "or {others}"),
    "any_but": Bilingual("除 {others} 以外的任一种", "any but {others}"),
    "one_of_many": Bilingual("{first} 等 {count} 种之一", "one of {count}, such as {first}"),
    "day_on": Bilingual("{day} 或以后的任一天", "{day} or any later day"),
    "or_more": Bilingual("{value}（含）以上", "at least {value}"),
    "or_less": Bilingual("{value}（含）以内", "at most {value}"),
    "day_between": Bilingual("{day} 至 {until} 之间的任一天", "any day from {day} to {until}"),
    "adds": Bilingual("新增一个{entity}", "one more {entity}"),
    "adds_many": Bilingual("新增{count}个{entity}，每个都要：", "{count} more {entity}, each with:"),
    "adds_any": Bilingual("新增{count}个{entity}", "{count} more {entity}"),
    "same_way": Bilingual("{adds}：同“{item}”的第{number}种", "{adds}: as number {number} of “{item}”"),
    "shares": Bilingual(
        "合计的数字可以由几项分担：别的一项多一些，这一项就可以少一些。",
        "what is added up can be shared by several items: with more of another one, less of this one will do.",
    ),
    "trades": Bilingual(
        "这些数字可以此多彼少，以上只是其中一种：第一个数字改得最少，后面的依次按前面的算出。",
        "More of one of these figures does for less of another; this is only one example, in which the first figure"
        " changes as little as it can and each of the others as little as it then has to.",
    ),
    "again": Bilingual("，过后要到 {day} 才又可以", ", after that not until {day}"),
    "apply_on": Bilingual("在 {day} 申报（晚 {days} 天）", "apply on {day} ({days:day|days} later)"),
    "apply_between": Bilingual(
        "在 {day} 至 {until} 之间申报（晚 {days} 天）", "apply between {day} and {until} ({days:day|days} later)"
    ),
    "then": Bilingual("之后：{outcome}", "then: {outcome}"),
    "then_missing": Bilingual("之后还须补：{facts}", "then still to be given: {facts}"),
    "article": Bilingual("出处  {article}：{says}", "source  {article}: {says}"),
    "from_article": Bilingual("出处  {articles}", "source  {articles}"),
    "plan_now": Bilingual("现在", "now"),
    "plan_day": Bilingual("申报日期", "day of application"),
    "plan_validity": Bilingual(
        "有效期未公布，到 {day} 是否还有效请先向主管部门核实：{titles}",
        "Validity not published; ask the authority whether still in force on {day}: {titles}",
    ),
    "plan_lapsed": Bilingual(
        "到 {day} 已经失效，不在计划之内：{titles}", "No longer in force on {day}, so not planned for: {titles}"
    ),
    "plan_none": Bilingual(
        "没有找到能让申报主体得到更多奖补、资格认定或减免的改变。"
        "已发生的事实、申报主体是什么、没有列为可以改变的、用 --fix 指定不变的，未作考虑；"
        "至多两条一起看，随数字按比例增加的部分不逐项列出（见 curve）。",
        "No change was found that would bring the applicant more money, titles or reliefs. What has happened, what"
        " the applicant is, what is not listed as open to change and what is held with --fix were not considered; no"
        " more than two clauses were looked at together, and what grows in proportion to a figure is not listed (see"
        " `curve`).",
    ),
    "plan_none_beside": Bilingual(
        "除补齐所缺的事实以外，没有找到能让申报主体得到更多奖补、资格认定或减免的改变。"
        "已发生的事实、申报主体是什么、没有列为可以改变的、用 --fix 指定不变的，未作考虑；"
        "至多两条一起看，随数字按比例增加的部分不逐项列出（见 curve）。",
        "Besides supplying what is missing, no change was found that would bring the applicant more money, titles or"
        " reliefs. What has happened, what the applicant is, what is not listed as open to change and what is held"
        " with --fix were not considered; no more than two clauses were looked at together, and what grows in"
        " proportion to a figure is not listed (see `curve`).",
    ),
    "plan_without_money": Bilingual(
        "不涉及金额的（资格认定、减免、实物或服务；改动小的在前；没有写花费的，花费未估计）",
        "What brings no money, but a title, a relief or something in kind (what asks for least comes first; where no"
        " cost is told it was not estimated)",
    ),
    "plan_adds_nothing": Bilingual(
        "涉及这一条、但不增加申报主体合计的（付给他人，不与其他奖补重复享受，或只是补齐事实；改动小的在前；没有写花费的，花费未估计）",
        "What concerns this clause but adds nothing to the applicant's own total (it is paid to others, or not beside"
        " other awards, or only facts are supplied; what asks for least comes first; where no cost is told it was not"
        " estimated)",
    ),
    "without_money": Bilingual("不涉及金额", "no money is involved"),
    "plan_head": Bilingual(
        "可以考虑做的（每项单独计算，金额不能直接相加；改动小的在前，花费都知道的省钱的在前；没有写花费的，花费未估计）",
        "What could be done (each counted on its own, so the amounts cannot simply be added; what asks for least"
        " comes first, and where the costs are known, the cheapest; where none is told it was not estimated)",
    ),
    "plan_told": Bilingual("先补填（不用花钱）", "First fill in (no cost)"),
    "plan_missing": Bilingual(
        "还缺 {count} 项事实，补齐才有完整的结论：{facts}",
        "{count:fact is still missing and comes|facts are still missing and come} first: {facts}",
    ),
    "and_others": Bilingual("{facts}等", "{facts}, and others"),
    "plan_caveat": Bilingual(
        "“最高”都是上限，实际数由受理单位核定。所列数值须真实发生，不得为达标改填。本结果不是官方决定。",
        "“Up to” is a ceiling; the authority decides. Figures must be real, never filled in to fit. This is no"
        " official decision.",
    ),
    "plan_caveat_without_money": Bilingual(
        "所列数值须真实发生，不得为达标改填。本结果不是官方决定。",
        "Figures must be real, never filled in to fit. This is no official decision.",
    ),
    "assumed_only": Bilingual(
        "现在不符合只依据编制者的假定：先向受理单位核实是否真有此要求",
        "refused now only by the encoder's assumption: ask the authority first whether it is required",
    ),
    "plan_more_told": Bilingual(
        "另有 {count} 项没有列出；incentives plan --all 列出全部",
        "{count} more not listed; incentives plan --all lists all",
    ),
    "plan_more": Bilingual("另有 {count} 项，加 --all 列出", "{count} more with --all"),
    "brings": Bilingual("奖补 {amount}", "award {amount}"),
    "raises": Bilingual("奖补 {change}", "award {change}"),
    "also_award": Bilingual("同时 {award}：{change}", "also {award}: {change}"),
    "new_one_may": Bilingual(
        "新增的这一个是否也符合以下条款，还不能确定（{outcome}）：{awards}",
        "whether the new one also meets these is open ({outcome}): {awards}",
    ),
    "the_new_one": Bilingual("新增的这一个", "the new one"),
    "net_of_all": Bilingual("全部政策合计：{change}", "all policies together: {change}"),
    "policy_total": Bilingual("本政策合计：{change}", "this policy in all: {change}"),
    "cost": Bilingual("花费 {amount}", "costs {amount}"),
    "cost_part": Bilingual("花费至少 {amount}", "costs at least {amount}"),
    "elsewhere": Bilingual("同时影响《{title}》：{change}", "also changes {title}: {change}"),
    "reaching": Bilingual("要使最高金额达到 {amount}，可以：", "To bring the upper limit to {amount}:"),
    "reaching_none": Bilingual(
        "找到的各项合在一起，最高金额也达不到 {amount}。"
        "须两条以上同时满足才更多的，只试过两条；随数字按比例增加的，没有试。",
        "Not even all that was found would together come to {amount}. Of what takes several clauses at once to"
        " bring more only two were tried at a time, and what grows in proportion to a figure was not.",
    ),
    "reaching_not_found": Bilingual(
        "没有找到能使最高金额达到 {amount} 的组合。试过的有：带来最多的 {worth_most} 项中至多 {at_a_time} 项一起，"
        "全部各项中能合在一起的一起；其余组合没有试。",
        "No set of these was found that comes to {amount}. Tried were: up to {at_a_time} at a time of the"
        " {worth_most} that bring most, and as many of all as go together; no other sets.",
    ),
    "reaching_open": Bilingual(
        "第 {numbers} 项，合计{total}：目前不知道有没有上限，达得到达不到要看由人认定或补齐的事实",
        "number {numbers}, in all {total}: nothing is known to limit it; whether it comes to that depends on a"
        " person's decision or on facts still to be given",
    ),
    "reached": Bilingual(
        "现在的最高金额已不低于 {amount}（最高不等于可得）。",
        "The upper limit is {amount} or more already (an upper limit is not money due).",
    ),
    "reach_unknown": Bilingual(
        "现在的最高金额尚不能确定，目前不知道有没有上限，不排除已不低于 {amount}；先补齐缺的事实。",
        "The upper limit is not known now: nothing is known to limit it, so it may be {amount} or more already;"
        " supply the missing facts first.",
    ),
    "reaching_one": Bilingual("第 {numbers} 项，合计{total}", "number {numbers}, in all {total}"),
}
