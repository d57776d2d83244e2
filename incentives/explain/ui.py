"""The fixed words of reports, in both languages. Imports the model, texts and values."""

from __future__ import annotations

from incentives.explain.ui_guidance import GUIDANCE
from incentives.language.model import DocumentKind, Stacking
from incentives.texts import Count, Lang, in_language
from incentives.values import Basis, Bilingual, Outcome, State

SYMBOLS = {State.HOLDS: "✓", State.FAILS: "✗", State.MISSING: "?", State.JUDGEMENT: "?"}
OUTCOME_SYMBOLS = {
    Outcome.QUALIFIED: "✓",
    Outcome.NOT_QUALIFIED: "✗",
    Outcome.UNDETERMINED: "?",
    Outcome.NEEDS_REVIEW: "?",
}
OUTCOME_STATES = {
    Outcome.QUALIFIED: State.HOLDS,
    Outcome.NOT_QUALIFIED: State.FAILS,
    Outcome.UNDETERMINED: State.MISSING,
    Outcome.NEEDS_REVIEW: State.JUDGEMENT,
}
"""The state of a condition that an outcome is coloured like."""
OUTCOMES = {
    Outcome.QUALIFIED: Bilingual("符合", "qualified"),
    Outcome.NOT_QUALIFIED: Bilingual("不符合", "not qualified"),
    Outcome.UNDETERMINED: Bilingual("缺数据", "undetermined"),
    Outcome.NEEDS_REVIEW: Bilingual("需人工认定", "needs review"),
}
BASES = {
    Basis.EXACT: Bilingual("定额", "exact"),
    Basis.CEILING: Bilingual("上限", "ceiling"),
    Basis.FLOOR: Bilingual("只有下限", "floor only"),
    Basis.RANGE: Bilingual("区间", "range"),
    Basis.DISCRETIONARY: Bilingual("由主管部门决定", "at discretion"),
    Basis.UNPUBLISHED: Bilingual("金额未公布", "amount not published"),
    Basis.RECOGNITION: Bilingual("认定，不涉及金额", "recognition, no money"),
    Basis.RELIEF: Bilingual("减免，金额不在本条计算", "relief, what it saves is not worked out"),
    Basis.IN_KIND: Bilingual("实物或服务，不折算金额", "in kind, no sum is worked out"),
}
DOCUMENT_KINDS = {
    DocumentKind.OFFICIAL_TEXT: Bilingual("官方文本", "official text"),
    DocumentKind.REPRINT: Bilingual("转载文本", "reprint"),
    DocumentKind.DRAFT: Bilingual("征求意见稿", "draft"),
    DocumentKind.PRESS_REPORT: Bilingual("新闻报道", "press report"),
}
STACKING = {
    Stacking.CUMULATIVE: Bilingual("可叠加", "awards may be held together"),
    Stacking.NOT_PUBLISHED: Bilingual("叠加规则未公布", "how awards combine is not published"),
}
RESTS = {
    Stacking.CUMULATIVE: Bilingual("其余可叠加", "the others may be held together"),
    Stacking.NOT_PUBLISHED: Bilingual("其余叠加规则未公布", "how the others combine is not published"),
}
"""The same of what no stacking rule names."""

WORDS = {
    **GUIDANCE,
    "no_name": Bilingual("（未填名称）", "(no name given)"),
    "as_of": Bilingual("日期", "date"),
    "engine": Bilingual("引擎", "engine"),
    "today": Bilingual("未指定日期，取今天", "today, as no date was given"),
    "certain": Bilingual("可确定 {amount}", "certain {amount}"),
    "possible": Bilingual("最高 {amount}", "up to {amount}"),
    "at_least": Bilingual("至少 {amount}", "at least {amount}"),
    "between": Bilingual("{low}至{high}", "{low} to {high}"),
    "not_below": Bilingual("不低于 {amount}", "not below {amount}"),
    "no_earlier_grants": Bilingual(
        "假定此前没有兑现过奖补（未提供兑现台账）", "assumed: nothing was granted before (no ledger was given)"
    ),
    "certain_column": Bilingual("可确定", "certain"),
    "possible_column": Bilingual("最高", "up to"),
    "missing_column": Bilingual("还缺", "missing"),
    "missing_count": Bilingual("{count}项", "{count}"),
    "not_known": Bilingual("尚不能确定", "not known"),
    "recognition": Bilingual("认定", "recognition"),
    "relief": Bilingual("减免", "relief"),
    "in_kind": Bilingual("实物或服务", "in kind"),
    "and_in_kind": Bilingual("并{words}", "together with {words}"),
    "all_policies": Bilingual("全部政策", "all policies"),
    "policies_unstated": Bilingual(
        "政策之间能否同时享受未公布", "whether policies may be held together is not published"
    ),
    "policies_not_beside": Bilingual(
        "除下列以外，政策之间能否同时享受未公布",
        "but for what follows, whether policies may be held together is not published",
    ),
    "largest_policy": Bilingual("可确定部分只计最高的一项政策", "of what is certain only the largest policy counts"),
    "policies_summed": Bilingual("最高金额为各项之和", "the upper limit is their sum"),
    "not_beside": Bilingual("不同时享受：{policy} 与 {other}", "not beside each other: {policy}, {other}"),
    "more_policies": Bilingual("另有 {count} 项政策", "{count:more policy|more policies}"),
    "more_exclusions": Bilingual(
        "还有 {count} 对政策不同时享受（--full）",
        "{count:more pair|more pairs} of policies not beside each other (--full)",
    ),
    "first_facts": Bilingual(
        "还缺 {count} 项事实，先问最能定下结论的：",
        "{count:fact is|facts are} missing; those that settle most first:",
    ),
    "clauses_counted": Bilingual("{count}条", "{count:clause|clauses}"),
    "which_wait": Bilingual("影响：{clauses}", "waiting for it: {clauses}"),
    "clauses_wait": Bilingual("影响 {count} 条", "{count:clause waits|clauses wait}"),
    "settles": Bilingual("问清即可定：{clauses}", "alone settles {clauses}"),
    "more_facts": Bilingual(
        "另有 {count} 项（incentives ask 逐项问）", "{count:more|more} (incentives ask goes through them)"
    ),
    "near_misses": Bilingual("差一点就符合：", "Nearly met:"),
    "more_misses": Bilingual("另有 {count} 条（incentives plan）", "{count:more|more} (incentives plan)"),
    "is_over": Bilingual("已是往年的数，供下次参考", "of a year that is over: for the next time"),
    "clauses_met": Bilingual("符合 {count} 条", "{count:award|awards} met"),
    "waits_for": Bilingual("缺{fact}", "missing: {fact}"),
    "waits_for_more": Bilingual("缺 {count} 项，如{fact}", "{count} missing, such as {fact}"),
    "fails_on": Bilingual("不符合：{facts}", "fails on {facts}"),
    "count_brings": Bilingual("符合或待定 {count} 项政策", "met or still open: {count:policy|policies}"),
    "count_refused": Bilingual("不符合 {count} 项", "not met: {count}"),
    "count_not_in_force": Bilingual("不在施行期 {count} 项", "not in force: {count}"),
    "see_rest": Bilingual(
        "逐条 --all；依据和问题 --policy 标识（incentives policies 列出），全部 --full",
        "clauses: --all; grounds, questions: --policy ID (incentives policies), --full",
    ),
    "see_reasons": Bilingual(
        "逐条 --all；一项政策 --policy 标识（incentives policies 列出）；一条写其名称",
        "clauses: --all; one policy: --policy ID (incentives policies); or name a clause",
    ),
    "see_grounds": Bilingual(
        "依据 --policy 标识（incentives policies 列出），全部依据 --full",
        "grounds: --policy ID (see incentives policies); all grounds: --full",
    ),
    "fails_with": Bilingual("{fact}：{actual}（要求 {needed}）", "{fact}: {actual} (needed: {needed})"),
    "fails_more": Bilingual("另有 {count} 个条件不满足", "{count:more condition fails|more conditions fail}"),
    "judged_first": Bilingual("须人工认定{what}", "for a person to judge: {what}"),
    "still_missing": Bilingual("还缺：{facts}", "missing: {facts}"),
    "rules": Bilingual("叠加规则", "how awards combine"),
    "counted_items": Bilingual("{entity}须符合：", "{entity} that counts:"),
    "otherwise": Bilingual("其余", "otherwise"),
    "definitions": Bilingual("定义", "definitions"),
    "beside_clauses": Bilingual("不与 {policy} 同时享受", "is not paid beside {policy}"),
    "beside": Bilingual("不与政策 {policy} 同时享受", "not beside the policy {policy}"),
    "instalments": Bilingual("分期：{parts}", "paid in parts: {parts}"),
    "instalment": Bilingual("第{year}年{share}", "{share} in year {year}"),
    "paid_after": Bilingual("兑现时间：{after}后", "paid after: {after}"),
    "instalment_after": Bilingual("{after}后{share}", "{share} after {after}"),
    "instalment_number": Bilingual("第{number}笔{share}", "part {number}: {share}"),
    "rest": Bilingual("其余", "the rest"),
    "equal_instalments": Bilingual("分期：分{years}年等额支付", "paid in equal parts over {years} years"),
    "obligations": Bilingual("义务：{texts}", "obligations: {texts}"),
    "budget": Bilingual("资金总额：{amount}（{notes}）", "budget: {amount} ({notes})"),
    "budget_unpublished": Bilingual("未公布", "not published"),
    "budget_of_year": Bilingual("年度资金总额：{amount}（{notes}）", "budget of a year: {amount} ({notes})"),
    "budget_limits": Bilingual(
        "各申报主体共用，奖补可能因总额不足而减少或不予支持",
        "shared by all who apply; awards may be cut or refused for lack of it",
    ),
    "places": Bilingual("名额：{amount}（{notes}）", "places: {amount} ({notes})"),
    "places_of_year": Bilingual("每年名额：{amount}（{notes}）", "places in a year: {amount} ({notes})"),
    "places_limits": Bilingual(
        "各申报主体竞争，符合条件也可能选不上",
        "all who apply compete for them; whoever meets the conditions may not be chosen",
    ),
    "claw_back": Bilingual("退还：{text}", "to be paid back: {text}"),
    "by_rules": Bilingual("按叠加规则计算", "under its stacking rules"),
    "counted": Bilingual("计入：{awards}", "counted: {awards}"),
    "counted_certain": Bilingual("可确定部分计入：{awards}", "counted as certain: {awards}"),
    "counted_possible": Bilingual("最高金额计入：{awards}", "counted for the upper limit: {awards}"),
    "counted_apart": Bilingual(
        "可确定和最高取自不同的组合，各条后面标注的金额不能相加",
        "What is certain and the upper limit come from different combinations: the amounts beside the clauses do not"
        " add up",
    ),
    "counted_equal": Bilingual("同样金额的另一种组合：{awards}", "another combination worth the same: {awards}"),
    "of_the_certain": Bilingual("可确定部分：", "of what is certain: "),
    "not_proved": Bilingual(
        "组合太多，未能证明已是最优；最高金额是上界",
        "too many combinations to prove this the best; the upper limit is a bound",
    ),
    "lost_to": Bilingual("按{rule}不计 {award}，已计 {to}", "under {rule}, {award} is not paid beside {to}"),
    "cut_by": Bilingual("按{rule}减去 {award} {amount}", "{rule} cuts {award} by {amount}"),
    "cut_to_nothing": Bilingual("按{rule}不计 {award}", "{rule} leaves nothing of {award}"),
    "not_known_left": Bilingual(
        "{rule}还剩多少额度不知道，暂不计 {award} {amount}",
        "how much is left under {rule} is not known: {award} {amount} is not counted yet",
    ),
    "used_up": Bilingual(
        "按{rule}不计 {award}，名额已被此前的兑现用完",
        "under {rule}, {award} is not paid: earlier grants used it up",
    ),
    "capped_by": Bilingual("{award} 按{rule}封顶", "{rule} caps {award}"),
    "lost_for_others": Bilingual(
        "按{rule}不计 {award}，已计 {to}；改计 {others}，合计少 {amount}",
        "under {rule}, {award} is not paid beside {to}; {others} in its place: {amount} less in all",
    ),
    "among_all": Bilingual(
        "全部政策的最高金额中计 {amount}", "{amount} of it counted in the upper limit of all policies"
    ),
    "whole_among_all": Bilingual("全部政策的最高金额中计入", "counted in the upper limit of all policies"),
    "not_among_all": Bilingual("全部政策的最高金额中不计", "not counted in the upper limit of all policies"),
    "counted_among_all": Bilingual(
        "全部政策的最高金额中改计 {amount}：{awards}",
        "in the upper limit of all policies {amount} instead, counted: {awards}",
    ),
    "in_all": Bilingual("合计{amount}", "in all {amount}"),
    "capped": Bilingual("封顶", "capped"),
    "counts_as": Bilingual("按叠加规则计 {amount}", "{amount} under the stacking rules"),
    "counts_for_nothing": Bilingual("按叠加规则不计", "not paid under the stacking rules"),
    "years": Bilingual("（{years}年）", " ({years})"),
    "years_and_earlier": Bilingual("（{years}年及更早各年）", " ({years} and all years before)"),
    "earlier_at_once": Bilingual(
        "更早的各年不必逐年填：写其中最高的一年即可；成立以前没有年度，填了成立日期就不再问。",
        "Earlier years need not be given one by one: the highest of them is enough. "
        "Before the company was founded there are none: with its founding date they are no longer asked for.",
    ),
    "grants_back_to": Bilingual("须列全{year}年以来的。", "All since {year} are needed."),
    "grants_of_every_year": Bilingual(
        "各年的都要列全，从企业成立起。", "Those of every year are needed, from the founding of the company on."
    ),
    "ledger_back_to": Bilingual("须追溯到{year}年。", "It must reach back to {year}."),
    "ledger_to_the_founding": Bilingual(
        "须追溯到企业成立的那一年。", "It must reach back to the year in which the company was founded."
    ),
    "if_qualified": Bilingual("若符合 {amount}", "if qualified {amount}"),
    "shared": Bilingual(
        "还缺的{facts}在计算中用到不止一次，合计的两端分别按最不利和最有利的情形估计；补上以后范围会变窄，"
        "不会超出这里的两端。",
        "What is missing of {facts} is used more than once: each time the lower end takes it at its worst, the upper "
        "end at its best. Once it is known the range is narrower, and never outside these ends.",
    ),
    "met_not_worked_out": Bilingual(
        "“符合”指条件满足；金额要等还缺的事实补上才能算出。",
        "“Qualified” says that the conditions are met; the amount waits for the missing facts.",
    ),
    "met_not_judged": Bilingual(
        "“符合”指条件满足；金额要等人工认定才能算出。",
        "“Qualified” says that the conditions are met; the amount waits for what a person decides.",
    ),
    "met_not_due": Bilingual(
        "“符合”指条件满足；写“最高”的不是应得的钱，给多少由主管部门决定。",
        "“Qualified” says that the conditions are met; “up to” is no money due: the authority decides how much.",
    ),
    "several_without_money": Bilingual("{kinds}，金额不在本条计算", "{kinds}; no sums are worked out"),
    "not_in_sums": Bilingual("另有{kinds}，金额不在其中", "and {kinds}, not in these sums"),
    "policies_hash": Bilingual("政策 sha256", "policies sha256"),
    "profile_hash": Bilingual("画像 sha256", "profile sha256"),
    "possible_unknown": Bilingual("最高金额尚不能确定", "upper limit not known"),
    "details": Bilingual("依据", "Grounds"),
    "whole_policy": Bilingual("关于整项政策", "The policy as a whole"),
    "sum_of_ceilings": Bilingual("各条上限之和", "sum of the ceilings"),
    "sum_of_awards": Bilingual("各条金额之和", "sum of the awards"),
    "unbounded_by": Bilingual("未提供清单：{lists}", "lists not given: {lists}"),
    "unbounded_discretion": Bilingual("由主管部门决定，无上限", "at the authority's discretion, no ceiling"),
    "unbounded_open": Bilingual("缺的事实补上才知道上限", "there is a limit once the missing facts are known"),
    "unbounded_judged": Bilingual("人工认定后才知道上限", "there is a limit once a person has decided"),
    "unbounded_gap": Bilingual(
        "有金额未公布，上限不知", "some amounts are not published, so there is no known limit"
    ),
    "largest_certain": Bilingual("可确定部分只计最高一条", "of the certain awards only the largest counts"),
    "by_assumption": Bilingual(
        "以下不符合只依据编制者的假定，政策来源并未写明：",
        "Refused only by an assumption of the encoder, not by the source:",
    ),
    "by_assumption_short": Bilingual("只依据编制者的假定", "only by the encoder's assumption"),
    "assumption": Bilingual("假定", "assumption"),
    "not_yet": Bilingual(
        "该日政策尚未施行（自 {start} 起），不作认定。",
        "Not yet in force on that day (from {start}); nothing is determined.",
    ),
    "no_longer": Bilingual(
        "该日政策已失效（至 {end} 止），不作认定。",
        "No longer in force on that day (until {end}); nothing is determined.",
    ),
    "start_unpublished": Bilingual(
        "生效日期未公布（自 {start} 起算）", "effective date not published (counted from {start})"
    ),
    "start_unknown": Bilingual("生效日期未公布", "effective date not published"),
    "title_unpublished": Bilingual("名称未公布", "title not published"),
    "publisher_unpublished": Bilingual("发布单位未公布", "publisher not published"),
    "day_unpublished": Bilingual("日期未公布", "date not published"),
    "start_in_year": Bilingual(
        "施行日期未公布，只知道是{year}年", "the first day was not published, only that it lies in {year}"
    ),
    "start_in_month": Bilingual(
        "施行日期未公布，只知道是{year}年{month}月",
        "the first day was not published, only that it lies in {year}-{month}",
    ),
    "start_published": Bilingual("自 {start} 起施行", "in force from {start}"),
    "end_unpublished": Bilingual("有效期未公布", "validity not published"),
    "end_none": Bilingual("未设截止日期", "no end date"),
    "end_published": Bilingual("至 {end} 止", "until {end}"),
    "press_report": Bilingual(
        "来源是新闻报道，政策全文未找到。", "The source is a press report; the full text was not found."
    ),
    "draft": Bilingual(
        "来源是征求意见稿，还没有正式发布，内容可能变动。",
        "The source is a draft for comments: it is not issued yet and may change.",
    ),
    "reprint": Bilingual(
        "来源是转载文本，未与原文核对。", "The source is a reprint, not compared with the original."
    ),
    "undated": Bilingual(
        "来源没有施行日期：这里算作在申报日施行，是否施行请向发布单位核实。",
        "The source has no first day in force: here it counts as in force on the day; ask the issuer whether it is.",
    ),
    "not_official": Bilingual("本结果不是官方决定。", "This is no official decision."),
    "source": Bilingual("来源", "source"),
    "number_unpublished": Bilingual("文号未公布", "document number not published"),
    "common": Bilingual("各条共同条件", "conditions common to all clauses"),
    "common_fails": Bilingual("共同条件不满足（见上）", "a common condition fails (see above)"),
    "common_open": Bilingual("共同条件尚未确定（见上）", "a common condition is open (see above)"),
    "payee_unpublished": Bilingual("谁未公布", "whom is not published"),
    "paid_to": Bilingual("支付给{payee}", "paid to {payee}"),
    "paid_to_other": Bilingual("支付给{payee}（不计入企业合计）", "paid to {payee} (no part of the company's total)"),
    "worked_from": Bilingual("金额依据：{figures}", "worked out from: {figures}"),
    "paid_to_others": Bilingual("另付他人", "paid to others"),
    "recognised_as": Bilingual("并给予认定：{title}", "together with the title {title}"),
    "either_of": Bilingual("或", " or "),
    "or_in_kind": Bilingual("或{words}", "or in kind: {words}"),
    "self_declared": Bilingual("自报", "self-declared"),
    "condition": Bilingual("条件", "condition"),
    "needed": Bilingual("要求", "needed"),
    "actual": Bilingual("实际", "actual"),
    "amount_judged": Bilingual("金额待人工认定：{what}", "the amount is for a person to decide: {what}"),
    "missing_value": Bilingual("缺", "missing"),
    "known_in_part": Bilingual("未全知，已知部分足以判定", "known in part, and that settles it"),
    "judge": Bilingual("需人工认定", "needs a person"),
    "absent_list": Bilingual("未提供{entity}清单", "no list of {entity} was given"),
    "empty_list": Bilingual("没有{entity}", "no {entity}"),
    "judge_open": Bilingual(
        "需人工认定: 清单以“{word}”结尾，其他类别由人认定",
        "needs a person: the list ends in “{word}”",
    ),
    "at_stake": Bilingual("待定金额最高 {amount}", "at stake up to {amount}"),
    "at_stake_short": Bilingual("待定金额最高 {amount}", "up to {amount}"),
    "at_stake_unbounded_short": Bilingual("待定金额尚无上限", "at stake: no limit yet"),
    "at_stake_unbounded": Bilingual("待定金额尚无上限", "at stake without a known limit"),
    "missing": Bilingual("还缺这些事实", "Missing facts"),
    "missing_in_order": Bilingual(
        "还缺这些事实，待定金额多的在前（incentives ask 先问最能定下结论的）",
        "Missing facts, the most money at stake first (`incentives ask` begins with what settles most)",
    ),
    "supplied_by": Bilingual("由{who}提供", "supplied by the {who}"),
    "company_itself": Bilingual("企业自己填报", "to be declared by the company"),
    "supplied_by_in_short": Bilingual("{who}提供", "by the {who}"),
    "company_in_short": Bilingual("企业填报", "by the company"),
    "readings_short": Bilingual("读法", "reading"),
    "not_published": Bilingual("未公布", "not published"),
    "not_recorded": Bilingual("规则文件未记载", "not recorded in the rule file"),
    "announced": Bilingual("已宣布", "announced"),
    "beyond_clauses": Bilingual(
        "{fields}（除上列条款外，内容未公布）", "{fields} (nothing published beyond the clauses above)"
    ),
    "application": Bilingual("申报方式", "how to apply"),
    "window": Bilingual("申报窗口", "window"),
    "materials": Bilingual("申报材料", "materials"),
    "department": Bilingual("责任单位", "department"),
    "phone": Bilingual("咨询电话", "phone"),
    "receipt": Bilingual("回执", "receipt"),
    "list_of": Bilingual("{entity}清单", "list of {entity}"),
    "for_each": Bilingual("每个{entity}", "for each {entity}"),
    "version": Bilingual("版本", "version"),
    "curve_of": Bilingual("奖补合计随“{fact}”的变化", "total award against {fact}"),
    "curve_now": Bilingual("目前 {value}：{total}", "now {value}: {total}"),
    "curve_unknown": Bilingual("企业画像未填此项", "the profile does not give it"),
    "curve_certain": Bilingual("可确定", "certain"),
    "curve_possible": Bilingual("最高", "up to"),
    "curve_unbounded": Bilingual("无法限定", "not bounded"),
    "curve_nothing": Bilingual(
        "{start} 至 {end} 之间合计始终为 0元；认定、减免等不涉及金额，以下是结论的变化。",
        "From {start} to {end} the total is nothing; titles and reliefs are no money. What changes of them follows.",
    ),
    "curve_nothing_at_all": Bilingual(
        "{start} 至 {end} 之间合计始终为 0元，结论也没有变化。",
        "From {start} to {end} the total is nothing, and no outcome changes.",
    ),
    "curve_level": Bilingual("在此范围内没有变化。", "Nothing changes in this range."),
    "curve_more": Bilingual("另有{count}处变化，见 --json", "{count:more change|more changes}, see --json"),
    "curve_rounded": Bilingual(
        "{awards}：金额取整（{how}），每一级取整不另列出。",
        "{awards}: the amount is {how}; the steps of that are not listed.",
    ),
    "curve_inexact": Bilingual(
        "变化太多，没有逐一算出；虚线处只有两端准确。",
        "There are too many changes to find each; where the line is broken only its ends are exact.",
    ),
    "curve_from": Bilingual("达到 {at}", "from {at}"),
    "curve_beyond": Bilingual("超过 {at}", "above {at}"),
    "curve_kink": Bilingual("自 {at} 起", "from {at} on"),
    "curve_jump": Bilingual("合计 {change}", "total {change}"),
    "curve_same": Bilingual("合计 {after}", "total {after}"),
    "curve_begins": Bilingual("从这里起开始增加", "begins to grow here"),
    "curve_ends": Bilingual("到这里为止，不再增加（封顶）", "grows no further (its ceiling)"),
    "curve_faster": Bilingual("从这里起增加得更快", "grows faster from here"),
    "curve_slower": Bilingual("从这里起增加得更慢", "grows more slowly from here"),
    "curve_turns": Bilingual("从这里起变化的快慢不同", "changes at another pace from here"),
    "curve_grows": Bilingual("每增加{step}：{before} → {after}", "for each further {step}: {before} → {after}"),
    "curve_uncut": Bilingual("叠加规则扣减以前", "before the stacking rules take their part"),
    "curve_loss_begins": Bilingual("“{rule}”从这里起扣减：{awards}", "from here “{rule}” takes from {awards}"),
    "curve_loss_ends": Bilingual(
        "“{rule}”从这里起不再扣减：{awards}", "from here “{rule}” no longer takes from {awards}"
    ),
    "curve_rule": Bilingual("叠加规则", "a stacking rule"),
    "nothing_in_force": Bilingual("没有可检查的政策。", "There is no policy to check."),
}


def word(key: str, lang: Lang, **blanks: str | Count) -> str:
    """The fixed words under `key`, with their blanks filled."""
    return in_language(WORDS[key], lang).format(**blanks)
