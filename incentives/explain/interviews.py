"""What an interview says, in lines for a terminal of 80 columns. Imports questions, missing facts and phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from incentives.advice.missing import OpenFact
from incentives.advice.question import Question
from incentives.decision.result import Decision
from incentives.explain import missing_sentences, phrases, sentences
from incentives.explain.amounts import yuan_text
from incentives.explain.catalogue import fact_written
from incentives.explain.combination import combination_sentences
from incentives.explain.layout import wrapped
from incentives.explain.outlook import Standing
from incentives.explain.overview import together
from incentives.explain.ui import OUTCOME_SYMBOLS, OUTCOMES
from incentives.explain.ui import word as report_word
from incentives.explain.view import ClauseView, Explanation, ItemView, PolicyView
from incentives.facts.places import EARLIER
from incentives.facts.types import ManyType, TextType, YearlyType
from incentives.facts.vocabulary import Fact
from incentives.texts import Lang, in_language
from incentives.values import NOTHING, Basis, Bilingual, Interval, NotBounded, Outcome, Possible

_AWARDS_SHOWN = 6

WORDS = {
    "welcome": Bilingual(
        "逐项提问，先问一个回答能定下最多金额的（check 的清单按待定金额多少排列，次序可以不同）；"
        "不会再影响结果的不问。可随时输入：",
        "Questions, those first whose answers settle most money (`check` lists by the money at stake, so its order "
        "can differ). At any time:",
    ),
    "commands": Bilingual(
        "?（为什么问）  不知道  返回  保存 [文件]  退出", "? (why)  unknown  back  save [FILE]  quit"
    ),
    "name": Bilingual("企业名称是什么？（空行跳过）", "What is the company's name? (An empty line skips this.)"),
    "year": Bilingual("{year}年：", "{year}: "),
    "earlier": Bilingual("{year}年以前各年中最高的一年：", "The highest of all the years before {year}: "),
    "first_earlier": Bilingual("更早各年中最高的一年：", "The highest of all earlier years: "),
    "basis": Bilingual("口径：{basis}", "counted as: {basis}"),
    "supplier": Bilingual("数据来源：{who}", "held by: {who}"),
    "written": Bilingual("写法：{form}", "written: {form}"),
    "by_number": Bilingual("填序号", "give the number"),
    "by_numbers": Bilingual(
        "可填多个序号，用空格隔开；没有填“无”", "several numbers with spaces between; `none` for none"
    ),
    "or_else": Bilingual("，或直接填写", ", or write it out"),
    "several_words": Bilingual("用顿号隔开；没有填“无”", "with commas between; `none` for none"),
    "names": Bilingual(
        "逐个输入名称，空行结束；一个也没有填“无”", "One name to a line, an empty line to end; `none` for none"
    ),
    "total": Bilingual("目前合计：{total}；还有 {count} 项事实待定", "So far: {total}; facts still open: {count}"),
    "why": Bilingual("问这一项，是因为有奖补要看它。", "This is asked because awards depend on it; "),
    "why_total": Bilingual(
        "问这一项，是因为合计的上限要看它。", "This is asked because a cap on the total depends on it."
    ),
    "at_stake": Bilingual("待定金额：{amount}", "at stake: {amount}"),
    "unbounded": Bilingual("尚无上限", "without a known limit"),
    "no_money": Bilingual("不涉及金额", "no money"),
    "more": Bilingual("……另有 {count} 项", "… and {count} more"),
    "taken": Bilingual("已照此记入；写错了，用 返回 收回", "It was taken as it is; `back` takes it back."),
    "not_a_choice": Bilingual("没有这个序号：`{written}`", "there is no choice `{written}`"),
    "not_yes_or_no": Bilingual("请填序号，或“是”“否”", "give the number, or yes or no"),
    "unreadable": Bilingual("这一行无法读取（编码不对）", "this line cannot be read (its encoding is another)"),
    "one_at_least": Bilingual("一个也没有请填“无”", "where there is none, answer `none`"),
    "nothing_before": Bilingual("前面没有可以返回的问题", "there is no earlier question to go back to"),
    "save_where": Bilingual("保存到哪个文件？请写：保存 文件名", "save where? Write: save FILE"),
    "saved": Bilingual("已保存到 {file}", "saved to {file}"),
    "not_saved": Bilingual("无法保存到 {file}：{reason}", "could not save to {file}: {reason}"),
    "not_replaced": Bilingual(
        "{file} 已存在，既不是这次问答开始时的画像，也不是这次保存的文件，没有改动。请换一个文件名；要接着它回答：",
        "{file} is there already and is neither the profile this interview began with nor one that it saved: it was"
        " left as it is. Save under another name; to go on from that file:",
    ),
    "kept": Bilingual("已回答的都在 {file}", "what was answered is in {file}"),
    "rescued": Bilingual("没有保存的回答已写入 {file}", "the answers that were not saved are in {file}"),
    "lost": Bilingual(
        "这些回答没有保存（用 --save 文件 可边答边存）",
        "These answers are not saved (--save FILE saves while you answer).",
    ),
    "lost_since": Bilingual(
        "这些回答没有保存，{file} 里没有（用 --save 文件 可边答边存）",
        "These answers are not saved, {file} is without them (--save FILE saves while you answer).",
    ),
    "save_now": Bilingual(
        "有回答还没有保存。保存请写：保存 文件名；空行不保存就结束",
        "Some answers are not saved. `save FILE` keeps them; an empty line ends without.",
    ),
    "save_or_back": Bilingual(
        "有回答还没有保存。保存请写：保存 文件名；返回 可收回上一个回答；空行不保存就结束",
        "Some answers are not saved. `save FILE` keeps them; `back` takes the last answer back; an empty line ends"
        " without.",
    ),
    "back_now": Bilingual(
        "返回 可收回上一个回答；空行结束", "`back` takes the last answer back; an empty line ends."
    ),
    "name_back": Bilingual("已去掉：{name}", "taken back: {name}"),
    "names_later": Bilingual(
        "正在输入的清单，空行结束后才记入", "the list at hand is no answer yet: an empty line ends it"
    ),
    "names_dropped": Bilingual(
        "清单没有用空行结束，未记入：{names}", "the list was not ended by an empty line and is no answer: {names}"
    ),
    "end": Bilingual("问完了：再回答什么都不会改变结果。", "That is all: no further answer would change anything."),
    "end_unknown": Bilingual(
        "能问的都问完了；回答“不知道”的查到后，结果还可能改变。",
        "All has been asked; learning what was answered by “unknown” can still change the result.",
    ),
    "stopped": Bilingual(
        "提前结束；以下是按已有回答的结果。", "Stopped here; this is the result of what was answered."
    ),
    "result": Bilingual("结果", "Result"),
    "nothing": Bilingual("没有可享受的奖补。", "There is no award to be had."),
    "left": Bilingual("仍未确定的事实，以及由谁提供", "Facts still open, and who can supply them"),
    "left_more": Bilingual("……另有 {count} 项", "… and {count} more"),
    "more_refused": Bilingual("……另有 {count} 条不符合", "… and {count} more not qualified"),
    "judged": Bilingual("须由主管部门认定", "For the authority to judge"),
    "check": Bilingual("完整依据：", "For all the grounds:"),
    "ask": Bilingual("接着回答：", "To go on:"),
}

_LEFT_SHOWN = 12
_AWARDS_IN_ALL = 20

_REFUSED_OF_ONE = 5
"""Clauses that are not met and are told of one policy among several."""


def word(key: str, lang: Lang, **blanks: str) -> str:
    return in_language(WORDS[key], lang).format(**blanks)


def said(key: str, lang: Lang, **blanks: str) -> list[str]:
    """A sentence, in lines."""
    return wrapped(word(key, lang, **blanks))


def question_lines(
    question: Question, fact: Fact | None, number: int, first_known: int | None, lang: Lang
) -> list[str]:
    """A question with all that it takes to answer it. `first_known` is the first year given of a yearly fact."""
    asked = spoken(question.question, lang)
    if question.year == EARLIER:
        asked = (
            word("first_earlier", lang) if first_known is None else word("earlier", lang, year=str(first_known))
        ) + asked
    elif question.year is not None:
        asked = word("year", lang, year=str(question.year)) + asked
    item = f"{question.item.name} · " if question.item is not None else ""
    lines = [*wrapped(f"{number}. {item}{asked}")]
    if question.back_to is not None:
        lines += wrapped(missing_sentences.how_far_back(question.back_to, lang, of_list=question.fact is None), "   ")
    if question.basis is not None:
        lines += wrapped(word("basis", lang, basis=in_language(question.basis, lang)), "   ")
    if question.supplier is not None:
        lines += wrapped(word("supplier", lang, who=in_language(question.supplier, lang)), "   ")
    for place, choice in enumerate(question.choices, 1):
        lines += wrapped(f"{place}) {in_language(choice.title, lang)}", "   ")
    return [*lines, *wrapped(_how(question, fact, lang), "   ")]


def _how(question: Question, fact: Fact | None, lang: Lang) -> str:
    if fact is None:
        return word("names", lang)
    single = fact.type.of if isinstance(fact.type, YearlyType | ManyType) else fact.type
    each = fact_written(fact._replace(type=single), lang)
    form = "" if isinstance(single, TextType) else each
    if not question.choices:
        if question.several:
            return word("several_words", lang)
        return word("written", lang, form=form or each)
    how = word("by_numbers" if question.several else "by_number", lang)
    if question.open_ended:
        how += word("or_else", lang) + (phrases.bracketed([form], lang) if form else "")
    return how


def total_line(decision: Decision, lang: Lang) -> list[str]:
    """What is certain and possible by now, and how many facts are open."""
    total = phrases.worth(decision.total, lang, certain=True, whole=True)
    others = sentences.others_alone(decision.paid_to_others, lang)
    total += f"{_semicolon(lang)}{others}" if others is not None else ""
    first, *rest = wrapped(f"> {word('total', lang, total=total, count=str(len(decision.missing)))}")
    return [first.removeprefix("> "), *rest]  # which stands before it where what is typed is not shown


def why_lines(at_stake: OpenFact | None, lang: Lang) -> list[str]:
    """The awards that hang on a question, and the money."""
    if at_stake is None or not at_stake.awards:
        return wrapped(word("why_total", lang))
    lines = wrapped(f"{word('why', lang)}{word('at_stake', lang, amount=stake_text(at_stake.at_stake, lang))}")
    for award in at_stake.awards[:_AWARDS_SHOWN]:
        item = f" · {award.item.name}" if award.item is not None else ""
        lines += wrapped(f"- {award.title}{item}  {stake_text(award.at_stake, lang)}", "  ")
    if len(at_stake.awards) > _AWARDS_SHOWN:
        lines += wrapped(word("more", lang, count=str(len(at_stake.awards) - _AWARDS_SHOWN)), "  ")
    return lines


def stake_text(amount: Possible, lang: Lang) -> str:
    """Money at stake in words; a recognition or relief brings none."""
    if isinstance(amount, NotBounded):
        return word("unbounded", lang)
    if not amount:
        return word("no_money", lang)
    return report_word("possible", lang, amount=in_language(yuan_text(amount), lang))


def spoken(question: Bilingual, lang: Lang) -> str:
    """A question as it is asked in a conversation: without how a file says that there is none."""
    if lang == "zh":
        return "".join(part for part in re.findall(r"[^。？]*[。？]|[^。？]+$", question.zh) if "空列表" not in part)
    parts = re.split(r"(?<=[.?]) ", question.en)
    return " ".join(part for part in parts if "empty list" not in part)


def result_lines(explanation: Explanation, lang: Lang) -> Iterator[str]:
    """What the interview came to: what can be had and what not, how it was summed, what is open and with whom."""
    yield word("result", lang)
    open_ones = [(view, found) for view in explanation.policies if (found := _not_refused(view))]
    several = len(explanation.policies) > 1
    if len(open_ones) > 1:
        yield from together(explanation, lang, "  ")[1:]
    shown = 0
    for view, found in open_ones:
        yield from wrapped(f"{view.title}  {_paid(view, lang)}", "  ")
        for depth, text in combination_sentences(view.combined, lang) if view.combined is not None else ():
            yield from wrapped(text, "  " * (depth + 2))
        if view.among_all is not None:
            yield from wrapped(sentences.counted_among_all(view.among_all, lang), "    ")
        for clause, item in found:
            shown += 1
            if shown <= _AWARDS_IN_ALL or item.determination.outcome is Outcome.QUALIFIED:
                yield from wrapped(_award(clause, item, lang), "    ")
        if shown <= _AWARDS_IN_ALL:  # else something of it that can be had is left out already
            yield from _refused(view, _REFUSED_OF_ONE if several else None, lang)
    if shown > _AWARDS_IN_ALL:
        yield from wrapped(word("more", lang, count=str(shown - _AWARDS_IN_ALL)), "  ")
    over = [view for view in explanation.policies if view.standing is Standing.NOT_IN_FORCE]
    for view in over if not several else ():
        yield from wrapped(view.title, "  ")
        yield from wrapped(sentences.not_in_force(view, lang), "    ")
    if not shown and (several or not over):
        yield f"  {word('nothing', lang)}"
    if several:
        yield from wrapped(sentences.counts(explanation, lang), "  ")
    elif not shown:
        for view in explanation.policies:
            yield from _refused(view, None, lang)
    yield from _left(explanation, lang)
    yield from _judged(explanation, lang)


def _not_refused(view: PolicyView) -> list[tuple[ClauseView, ItemView]]:
    """What a policy grants or still may, what is met first."""
    found = [(clause, item) for clause in view.clauses for item in clause.items]
    left = [one for one in found if one[1].determination.outcome is not Outcome.NOT_QUALIFIED]
    return sorted(left, key=lambda one: one[1].determination.outcome is not Outcome.QUALIFIED)


def _refused(view: PolicyView, most: int | None, lang: Lang) -> Iterator[str]:
    """The clauses of a policy that are not met, as `check` tells them; no more than so many."""
    refused = [
        (clause, item.determination)
        for clause in view.clauses
        for item in clause.items
        if item.determination.outcome is Outcome.NOT_QUALIFIED
    ]
    told = refused if most is None else refused[:most]
    for clause, found in told:
        named = sentences.item(clause, found, lang)
        item = f" · {named}" if named else ""
        outcome = f"{OUTCOME_SYMBOLS[found.outcome]} {sentences.outcome(found, lang)}"
        yield from wrapped(f"{outcome}  {clause.title}{item}", "    ")
    if len(refused) > len(told):
        yield from wrapped(word("more_refused", lang, count=str(len(refused) - len(told))), "    ")


def _paid(view: PolicyView, lang: Lang) -> str:
    """What a policy pays the company, and what others; where it pays others alone, only that."""
    others = sentences.others_alone(view.paid_to_others, lang)
    possible = {item.determination.award.basis for _, item in _not_refused(view)}
    unpaid = possible & {Basis.RELIEF, Basis.IN_KIND}
    if others is None and view.total == NOTHING and unpaid:
        return sentences.kinds_without_money(unpaid, lang)
    if others is None:
        return _worth(view.total, lang, certain=True)
    own = f"{_worth(view.total, lang, certain=True)}{_semicolon(lang)}" if view.total != NOTHING else ""
    return f"{own}{others}"


def _semicolon(lang: Lang) -> str:
    return "；" if lang == "zh" else "; "


def _award(clause: ClauseView, view: ItemView, lang: Lang) -> str:
    found = view.determination
    item = f" · {found.item.name}" if found.item is not None else ""
    outcome = f"{OUTCOME_SYMBOLS[found.outcome]} {in_language(OUTCOMES[found.outcome], lang)}"
    return f"{outcome}  {found.title}{item}  {sentences.at_stake(clause, view, lang)}"


def _worth(interval: Interval, lang: Lang, *, certain: bool) -> str:
    return word("no_money", lang) if interval == NOTHING else phrases.worth(interval, lang, certain=certain)


def _left(explanation: Explanation, lang: Lang) -> Iterator[str]:
    facts = list(zip(explanation.missing, explanation.waiting, strict=True))
    if not facts:
        return
    yield word("left", lang)
    for missing, waiting in facts[:_LEFT_SHOWN]:
        who = [missing_sentences.supplied_by(missing, lang), *missing_sentences.stake(waiting.at_stake, lang)]
        yield from wrapped(f"? {missing_sentences.fact_name(missing, lang)}{phrases.bracketed(who, lang)}", "  ")
    if len(facts) > _LEFT_SHOWN:
        yield from wrapped(word("left_more", lang, count=str(len(facts) - _LEFT_SHOWN)), "  ")


def _judged(explanation: Explanation, lang: Lang) -> Iterator[str]:
    judged = [
        (item.determination.title, text)
        for view in explanation.policies
        for clause in view.clauses
        for item in clause.items
        for reason in item.determination.judgements
        if (text := reason.says or reason.judgement or (in_language(reason.title, lang) if reason.title else None))
    ]
    if judged:
        yield word("judged", lang)
        for title, text in dict.fromkeys(judged):
            yield from wrapped(f"- {title}: {text}", "  ")


def listed(names: Iterable[str], lang: Lang) -> str:
    return phrases.listing(names, lang)
