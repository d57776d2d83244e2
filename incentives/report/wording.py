"""The fixed words of documents, in both languages. Imports texts, the standings of policies and values."""

from __future__ import annotations

from incentives.explain.outlook import Standing
from incentives.texts import Count, Lang, in_language
from incentives.values import Bilingual, State

STATES = {
    State.HOLDS: Bilingual("满足", "met"),
    State.FAILS: Bilingual("不满足", "not met"),
    State.MISSING: Bilingual("缺数据", "missing"),
    State.JUDGEMENT: Bilingual("需人工认定", "for a person"),
}
STANDINGS = {
    Standing.MET: Bilingual("有符合的条款", "met"),
    Standing.OPEN: Bilingual("尚不能确定", "open"),
    Standing.REFUSED: Bilingual("不符合", "not met"),
    Standing.NOT_IN_FORCE: Bilingual("不在施行期", "not in force"),
}
STANDING_STATES = {
    Standing.MET: State.HOLDS,
    Standing.OPEN: State.MISSING,
    Standing.REFUSED: State.FAILS,
    Standing.NOT_IN_FORCE: None,
}

WORDS = {
    "title": Bilingual("惠企政策核对报告", "Report on public incentives"),
    "company": Bilingual("申报主体", "Applicant"),
    "code": Bilingual("统一社会信用代码", "Unified social credit code"),
    "day": Bilingual("核对日期", "Day of application"),
    "contents": Bilingual("目录", "Contents"),
    "summary": Bilingual("结论", "Summary"),
    "certain": Bilingual("可确定金额", "Certain"),
    "possible": Bilingual("最高金额", "Up to"),
    "ceiling_note": Bilingual(
        "“最高”是上限，不是应付金额；“可确定”只计条件均已满足、金额已定的部分。",
        "“Up to” is a limit and not money due; “certain” counts only what is met in full and fixed in amount.",
    ),
    "how_totalled": Bilingual("合计方式：{notes}。", "How it was summed: {notes}."),
    "determinations": Bilingual("各条认定", "Determinations"),
    "policies": Bilingual("各项政策", "Policies"),
    "policy": Bilingual("政策", "policy"),
    "policy_checked": Bilingual("核对的政策", "Policy"),
    "clause": Bilingual("条款", "clause"),
    "item": Bilingual("对象", "item"),
    "outcome": Bilingual("结论", "outcome"),
    "amount": Bilingual("金额", "amount"),
    "certain_column": Bilingual("可确定", "certain"),
    "possible_column": Bilingual("最高", "up to"),
    "missing_column": Bilingual("还缺", "missing"),
    "count": Bilingual("{count}项", "{count}"),
    "none": Bilingual("—", "–"),
    "grounds": Bilingual("认定依据", "Grounds"),
    "grounds_left_out": Bilingual(
        "以下只列已符合、差一点即可符合以及已有条件满足的条款的依据；其余条款缺什么、因何不符合见上表。",
        "Below are the grounds of what is met, nearly met, or open with a condition met already; the table above "
        "says what the others wait for or fail on.",
    ),
    "met_clauses": Bilingual("已符合的条款", "What is met"),
    "refused_policies": Bilingual("不符合的政策", "Policies that are not met"),
    "fails_on": Bilingual("不符合之处", "what fails"),
    "issuer": Bilingual("发布单位", "Issued by"),
    "document": Bilingual("政策文件", "Document"),
    "document_note": Bilingual("文件说明", "On the document"),
    "in_force": Bilingual("施行期", "Period"),
    "application": Bilingual("申报方式", "How to apply"),
    "budget": Bilingual("资金", "Money"),
    "announced": Bilingual("已宣布", "Announced"),
    "totalled": Bilingual("本项政策合计", "Total of the policy"),
    "common": Bilingual("各条共同条件", "Conditions common to all clauses"),
    "evidence": Bilingual("逐项条件", "Conditions"),
    "evidence_of": Bilingual("逐项条件：{item}", "Conditions: {item}"),
    "condition": Bilingual("条件", "condition"),
    "needed": Bilingual("要求", "needed"),
    "actual": Bilingual("实际", "actual"),
    "short": Bilingual("差距", "short by"),
    "vouched": Bilingual("数据来源", "vouched for by"),
    "result": Bilingual("结果", "result"),
    "self_declared": Bilingual("企业自报", "self-declared"),
    "paper_says": Bilingual("原文：{words}", "source: {words}"),
    "award": Bilingual("奖补", "Award"),
    "how_paid": Bilingual("兑现", "Payment"),
    "reading": Bilingual("编制读法", "Reading"),
    "readings": Bilingual("编制说明", "Readings of the encoder"),
    "missing": Bilingual("还缺的事实", "What is missing"),
    "missing_intro": Bilingual(
        "缺的事实按未知处理，既不当作零，也不当作“否”。补上以后，已符合的不会变为不符合。待定金额多的在前；"
        "incentives ask 逐项提问时先问一个回答最能定下结论的，次序可以不同。",
        "A missing fact is unknown, neither zero nor no. Learning it never turns what is met into what is not. The "
        "most money at stake stands first; `incentives ask` begins with what settles most, so its order can differ.",
    ),
    "fact": Bilingual("事实", "fact"),
    "question": Bilingual("要回答的问题", "question"),
    "supplier": Bilingual("由谁提供", "who can tell"),
    "at_stake": Bilingual("待定金额", "at stake up to"),
    "waits": Bilingual("影响的条款", "clauses that wait"),
    "nothing_missing": Bilingual("没有缺的事实。", "No fact is missing."),
    "plan": Bilingual("怎样可以享受更多", "What could be done"),
    "reproducing": Bilingual("核验信息", "How to find the same decision"),
    "reproducing_intro": Bilingual(
        "同一版本的政策、同一企业画像和同一日期，得出同一结论。下列两个摘要相同，即可确认两者未变。",
        "The same policies, profile and day give the same decision; the two hashes tell whether they are the same.",
    ),
    "versions": Bilingual("政策及版本", "Policies and versions"),
    "policies_hash": Bilingual("政策摘要（SHA-256）", "Policies (SHA-256)"),
    "profile_hash": Bilingual("画像摘要（SHA-256）", "Profile (SHA-256)"),
    "program": Bilingual("程序版本", "Program"),
    "engine": Bilingual("{version}，引擎 {engine}", "{version}, engine {engine}"),
    "signing": Bilingual("填报单位确认", "For the applicant"),
    "sign_seal": Bilingual("填报单位（盖章）", "Applicant (seal)"),
    "sign_person": Bilingual("经办人（签字）", "Signed by"),
    "sign_day": Bilingual("日期", "Date"),
}


def word(key: str, lang: Lang, **blanks: str | Count) -> str:
    """The fixed words under `key`, with their blanks filled."""
    return in_language(WORDS[key], lang).format(**blanks)
