"""Policies and the vocabulary as people read them, without any company.

Imports the policy set, the vocabulary, the model, phrases and layout."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from incentives.decision.assemble import status_on
from incentives.decision.result import PolicyStatus
from incentives.explain import phrases
from incentives.explain.combination import limits_of_clause, rule_text
from incentives.explain.layout import WIDTH, labelled, wrapped
from incentives.explain.terms import term_text
from incentives.explain.ui import RESTS, STACKING, word
from incentives.explain.words import needed, title
from incentives.facts.ledger import LEDGER, LEDGER_FROM, LEDGER_YEAR
from incentives.facts.types import (
    BooleanType,
    ChoiceType,
    CodeType,
    CountType,
    DateType,
    FactType,
    ManyType,
    MoneyType,
    QuantityType,
    RateType,
    SingleType,
    TextType,
    UsccType,
    YearlyType,
)
from incentives.facts.vocabulary import COMPANY, Fact, Vocabulary
from incentives.language.model import Cap, Clause, Definition, Policy
from incentives.language.nodes import (
    All,
    AnyOf,
    Cases,
    Condition,
    CountItems,
    Defined,
    Holds,
    InCase,
    ItemExists,
    Measured,
    OverItems,
    Term,
)
from incentives.language.reach import NOT_REACHED
from incentives.language.store import PolicySet
from incentives.language.walks import children, terms_within, walk
from incentives.texts import Lang, in_language
from incentives.texts.width import columns
from incentives.values import Bilingual

_STATUS = {
    PolicyStatus.IN_FORCE: Bilingual("施行中", "in force"),
    PolicyStatus.NOT_YET_IN_FORCE: Bilingual("尚未施行", "not yet in force"),
    PolicyStatus.NO_LONGER_IN_FORCE: Bilingual("已失效", "no longer in force"),
}

_UNDATED = Bilingual("施行日期不详", "days in force not known")

_BY_YEARS = Bilingual(
    "## 分年度的事实按年份填写，如 {2023: 1亿元, 2024: 1.2亿元}；没写的年份按未知处理。\n"
    "## 所写最早一年以前各年的最高值，可写在 earlier_highest。",
    "## A fact by years is {2023: 1亿元, 2024: 1.2亿元}; a year left out is unknown. The highest of all the years\n"
    "## before the first one given goes into earlier_highest.",
)


def render_policies(policies: PolicySet, on: date, lang: Lang) -> str:
    """Every policy with the version that counts on the day."""
    lines = []
    for policy_id in policies.ids():
        policy = policies.applicable(policy_id, on)
        undated = policy.period.start == date.min and policy.period.end is None and not policy.period.end_published
        status = in_language(_UNDATED if undated else _STATUS[status_on(policy, on)], lang)
        lines.append(f"{policy.id}  {word('version', lang)} {policy.version}  {status}")
        lines += wrapped(f"{policy.title}  {phrases.issuer(policy.issuer, lang)}", "  ")
        lines += wrapped(phrases.period(policy.period, lang), "  ")
    return "\n".join(lines) + "\n"


def render_policy(policy: Policy, lang: Lang) -> str:
    """A policy's clauses with what they ask for, what they grant and where they stand in the source."""
    lines = wrapped(policy.title)
    lines += wrapped(
        f"{phrases.issuer(policy.issuer, lang)}  {policy.id}  {word('version', lang)} {policy.version}", "  "
    )
    lines += wrapped(phrases.citation(policy.document, lang), "  ")
    if policy.document.note:
        lines += wrapped(policy.document.note, "  ")
    lines += wrapped(phrases.period(policy.period, lang), "  ")
    lines += wrapped(in_language((RESTS if policy.rules else STACKING)[policy.stacking], lang), "  ")
    lines += wrapped(phrases.application(policy.application, lang), "  ")
    lines += labelled(word("readings_short", lang), phrases.readings(policy.readings))
    if policy.announced is not None:
        lines += labelled(word("announced", lang), [policy.announced.says])
    lines += [line for budget in policy.budgets for line in wrapped(phrases.budget(budget, lang), "  ")]
    shown = {id(definition.of) for definition in policy.definitions.values()}
    rules = _rules(policy, lang, shown)
    lines += ["", word("rules", lang), *rules] if rules else []
    if policy.definitions:
        lines += ["", word("definitions", lang)]
        for definition in policy.definitions.values():
            lines += _definition(definition, lang, shown)
    if policy.common is not None:
        lines += ["", word("common", lang), *_conditions(children(policy.common), lang, 0, shown)]
    for clause in policy.clauses:
        lines += ["", *_clause(policy, clause, lang, shown)]
    return "\n".join(lines) + "\n"


def _rules(policy: Policy, lang: Lang, shown: set[int]) -> list[str]:
    """The rules about several clauses, each with the paper's words; the cap of one stands at that clause."""
    titles = {clause.id: clause.title for clause in policy.clauses}
    lines: list[str] = []
    for rule in policy.rules:
        if isinstance(rule, Cap) and len(rule.over) == 1:
            continue
        said = phrases.bracketed([f"“{rule.says}”"], lang) if rule.says is not None else ""
        lines += wrapped(f"- {in_language(rule_text(rule, titles), lang)}{said}", "  ")
        if isinstance(rule, Cap):
            lines += _cases(rule.stated, lang, shown)
    for other in policy.beside:
        said = phrases.bracketed([f"“{other.says}”"], lang) if other.says is not None else ""
        named = phrases.listing([f"{other.policy}/{clause}" for clause in other.others], lang) or other.policy
        own = "" if other.clause is None else f"{titles[other.clause]} "
        lines += wrapped(f"- {own}{word('beside_clauses' if own else 'beside', lang, policy=named)}{said}", "  ")
    return lines


def _definition(definition: Definition, lang: Lang, shown: set[int]) -> list[str]:
    lines = wrapped(f"{in_language(definition.title, lang)}  {definition.id}", "  ")
    if definition.says is not None:
        lines += wrapped(f"“{definition.says}”", "    ")
    if isinstance(definition.of, Condition):
        return [*lines, *_conditions((definition.of,), lang, 1, shown)]
    return [
        *lines,
        *wrapped(in_language(term_text(definition.of), lang), "    "),
        *_cases(definition.of, lang, shown),
    ]


def _cases(term: Term, lang: Lang, shown: set[int]) -> list[str]:
    """Each case and each filter of a term with its conditions, which one line cannot hold.

    What is in `shown` is told where it is defined; what an imported definition rests on, where it is first used.
    """
    lines: list[str] = []
    parts = list(terms_within(term, shown))
    defined = {id(part.of) for part in parts if isinstance(part, Defined)}
    places = [id(part) for part in terms_within(term, defined) if isinstance(part, Cases)]
    for part in parts:
        if isinstance(part, OverItems | CountItems) and part.where is not None:
            lines += wrapped(f"- {word('counted_items', lang, entity=in_language(part.entity.title, lang))}", "    ")
            lines += _conditions((part.where,), lang, 2, shown)
        if isinstance(part, Cases) and not all(_in_one_line(case.when) for case in part.rows):
            at = _place(places.index(id(part)) + 1, lang) if len(places) > 1 and id(part) in places else ""
            for case in part.rows:
                named = f"【{case.called}】" if case.called is not None else ""
                lines += wrapped(f"- {at}{named}{in_language(term_text(case.gives), lang)}", "    ")
                lines += _conditions((case.when,), lang, 2, shown)
            if part.otherwise is not None and part.otherwise is not NOT_REACHED:
                rest = in_language(term_text(part.otherwise), lang)
                lines += wrapped(f"- {at}{word('otherwise', lang)} {rest}", "    ")
    return lines


def _place(number: int, lang: Lang) -> str:
    """Which of several tables of cases in one amount a row belongs to, in the order in which the amount has them."""
    return in_language(Bilingual(f"第{number}处分情形：", f"by case ({number}): "), lang)


def _in_one_line(condition: Condition) -> bool:
    """Whether what a case asks is one condition, which the amount tells already with nothing left out."""
    alone = _alone(condition)
    return not children(alone) and (alone.says, alone.article, alone.assumption) == (None, None, None)


def render_facts(vocabulary: Vocabulary, lang: Lang) -> str:
    """Every fact a profile may hold: its key, its meaning, how it is written and who can supply it."""
    lines: list[str] = []
    for entity in vocabulary.entities.values():
        if lines:
            lines.append("")
        heading = in_language(entity.title, lang)
        named = in_language(Bilingual(f"政策中写 {entity.id}", f"in policies {entity.id}"), lang)
        listed = f"{entity.list_key}:  {heading}{phrases.bracketed([named], lang)}"
        lines += wrapped(listed, "  ") if entity.list_key else [heading]
        for fact in entity.facts.values():
            cells = (fact.id, fact_title(fact, lang), fact_written(fact, lang), supplier_of(fact, lang))
            lines += [f"  {row}" for row in columns(cells, (22, 20, 17, 13))]
    return "\n".join(lines) + "\n"


def profile_template(vocabulary: Vocabulary, lang: Lang) -> str:
    """A profile to fill in: every line is a comment until it is known, so that the template itself is valid."""
    zh = lang == "zh"
    lines = (
        [
            "## 企业画像。知道的一行去掉行首的“# ”再填写；不知道的保持不动：缺的事实按未知处理，不当作零或“否”。",
            "## 金额连同单位填写，如 1.2亿元、800万元；是否类填 true 或 false；确实没有某类项目，填空列表 []。",
            "name:",
        ]
        if zh
        else [
            "## A company profile. Take away the leading `# ` of the lines you know and fill them in; leave the",
            "## rest: a fact left out is unknown, never zero and never no. Amounts carry a unit (1.2亿元, 800万元);",
            "## a yes or no is true or false; a list that is known to be empty is [].",
            "name:",
        ]
    )
    facts = [fact for entity in vocabulary.entities.values() for fact in entity.facts.values()]
    if any(isinstance(fact.type, YearlyType) for fact in facts):
        lines.insert(-1, in_language(_BY_YEARS, lang))
    for entity in vocabulary.entities.values():
        lines.append("")
        if entity.id == COMPANY:
            for fact in entity.facts.values():
                lines += _template_fact(fact, "", lang)
            continue
        lines.append(f"## {in_language(entity.list_question or entity.title, lang)}")
        lines += [f"# {entity.list_key}:", "#   - name:"]
        for fact in entity.facts.values():
            lines += _template_fact(fact, "    ", lang)
    return "\n".join(lines) + "\n"


def fact_written(fact: Fact, lang: Lang) -> str:
    """An example or the form of its values; the years of the ledger are those of the calendar, and not a length."""
    if fact.id == LEDGER_FROM or (fact.entity, fact.id) == (LEDGER, LEDGER_YEAR):
        return "2020年"
    return how_written(fact.type, lang)


def how_written(fact_type: FactType, lang: Lang) -> str:
    """An example or the form of a value of that type."""
    match fact_type:
        case ManyType():
            return f"[{how_written(fact_type.of, lang)}, …]"
        case YearlyType():
            of = fact_type.of
            one = _example(of, lang) if isinstance(of, MoneyType) else how_written(of, lang)
            return f"{{2024: {one}, …}}"
        case BooleanType():
            return "true / false"
        case MoneyType():
            return "1.2亿元, 800万元"
        case RateType():
            return "12.5%"
        case CountType():
            return f"{120 if fact_type.upper is None else min(120, fact_type.upper)}{fact_type.unit}"
        case QuantityType():
            return f"12.5{fact_type.unit}"
        case DateType():
            return "2024-03-01"
        case TextType():
            return in_language(Bilingual("文字", "text"), lang)
        case ChoiceType():
            return (" < " if fact_type.ordered else " / ").join(fact_type.choices)
        case CodeType():
            if fact_type.example is not None:
                return f"{fact_type.system} {in_language(Bilingual('如', 'such as'), lang)} {fact_type.example}"
            digits = in_language(Bilingual(f"{fact_type.digits} 位代码", f"{fact_type.digits} digits"), lang)
            return f"{fact_type.system} {digits}"
        case UsccType():
            return in_language(Bilingual("18 位代码", "18 signs"), lang)
        case _:
            assert_never(fact_type)


def _example(fact_type: SingleType, lang: Lang) -> str:
    """One value of that type, as a profile can hold it."""
    match fact_type:
        case MoneyType():
            return "1.2亿元"
        case BooleanType():
            return "true"
        case ChoiceType():
            return fact_type.choices[0]
        case _:
            return how_written(fact_type, lang)


def _template_fact(fact: Fact, indent: str, lang: Lang) -> list[str]:
    question = in_language(fact.question, lang)
    basis = f"  {in_language(fact.basis, lang)}" if fact.basis is not None else ""
    by_years = f" {{2024: {_example(fact.type.of, lang)}}}" if isinstance(fact.type, YearlyType) else ""
    return [
        f"##{indent} {question}{basis}  {fact_written(fact, lang)}  {supplier_of(fact, lang)}",
        f"# {indent}{fact.id}:{by_years}",
    ]


def fact_title(fact: Fact, lang: Lang) -> str:
    """What a fact is called, with the basis it is counted on."""
    title = in_language(fact.title, lang)
    if fact.basis is None:
        return title
    return in_language(Bilingual(f"{title}（{fact.basis.zh}）", f"{title} ({fact.basis.en})"), lang)


def supplier_of(fact: Fact, lang: Lang) -> str:
    """Who can supply a fact; that it is the company's own word where no authority holds it."""
    if fact.supplier is None:
        return word("self_declared", lang)
    return in_language(fact.supplier, lang)


def _clause(policy: Policy, clause: Clause, lang: Lang, shown: set[int]) -> list[str]:
    award = clause.award
    granted = phrases.award(award, term_text(award.amount), lang)
    lines = wrapped(f"{clause.title}  {granted}")
    for cap, told in limits_of_clause(policy.rules, clause.id):
        lines += wrapped(in_language(told, lang), "  ")
        lines += _cases(cap.stated, lang, shown)
    if clause.for_each is not None:
        lines += wrapped(word("for_each", lang, entity=in_language(clause.for_each.title, lang)), "  ")
    own = [
        part
        for part in children(clause.condition)
        if part is not policy.common and not isinstance(part.form, ItemExists) and not clause.is_of_award(part)
    ]
    lines += _conditions(own, lang, 0, shown)
    lines += _cases(award.amount, lang, shown)
    lines += [line for text in phrases.duties(award, lang) for line in wrapped(text, "  ")]
    own_money = [budget for budget in clause.budgets if budget not in award.budgets]
    lines += [line for budget in own_money for line in wrapped(phrases.budget(budget, lang), "  ")]
    lines += labelled(word("source", lang), phrases.sources(clause.sources, award, lang))
    return [*lines, *labelled(word("readings_short", lang), phrases.readings(clause.readings))]


def _conditions(conditions: Iterable[Condition], lang: Lang, depth: int, shown: set[int]) -> list[str]:
    lines: list[str] = []
    for written in conditions:
        condition = _alone(written)
        asked = needed(condition)
        indent = "  " * (depth + 1)
        if asked is None:
            room = max(WIDTH - len(indent), 22)
            lines += [f"{indent}{row}" for row in columns((in_language(title(condition), lang),), (room,))]
        else:
            cells = (in_language(title(condition), lang), in_language(asked, lang))
            lines += [f"{indent}{row}" for row in columns(cells, (22, WIDTH - 26 - len(indent)))]
        lines += _words_of(condition, lang, "  " * (depth + 2))
        if isinstance(condition.form, InCase):
            for part in walk(condition.form.case):
                lines += _words_of(part, lang, "  " * (depth + 2))
            lines += _conditions((condition.form.must,), lang, depth + 1, shown)
            continue
        if isinstance(condition.form, Measured):
            lines += _cases(condition.form.term, lang, shown)
        if not isinstance(condition.form, Holds):
            lines += _conditions(children(condition), lang, depth + 1, shown)
    return lines


def _words_of(condition: Condition, lang: Lang, indent: str) -> list[str]:
    """The words of the paper for a condition, and what the encoder assumed."""
    lines: list[str] = []
    if condition.says is not None:
        lines += wrapped(phrases.quoted(condition.article, condition.says, lang), indent)
    if condition.assumption is not None:
        lines += wrapped(f"{word('assumption', lang)}: {condition.assumption}", indent)
    return lines


def _alone(condition: Condition) -> Condition:
    """What a condition that joins one other comes to."""
    while isinstance(condition.form, All | AnyOf) and len(condition.form.of) == 1:
        [condition] = condition.form.of
    return condition
