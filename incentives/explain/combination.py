"""How awards were combined: what counts, what was lost and to which rule. Imports decisions and phrases."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import assert_never

from incentives.decision.claims import claim_of
from incentives.decision.result import Combined, Determination, Limit, Lost, MissingFact
from incentives.explain import phrases
from incentives.explain.amounts import listed, yuan_text
from incentives.explain.counted import award_name, counts_apart, which_count
from incentives.explain.terms import term_text
from incentives.explain.ui import word
from incentives.language.model import Alongside, Cap, Exclusion, HigherOf, Kinds, Per, Policy, Quota, Rule, Shared
from incentives.records import frozen
from incentives.texts import Lang, in_language
from incentives.values import Bilingual, NotBounded, Possible


@frozen
class LostView:
    """One award that stacking took, or cut, in the words of people.

    With `waits` a limit cuts it only for as long as it is not known how much of the limit is left; with `used_up`
    earlier grants have left nothing of a number of items. With `whole` a limit leaves nothing of the award. `instead`
    are the awards that count in its place: then `amount` is what the whole is less by.
    """

    award: str
    rule: Bilingual
    to: tuple[str, ...]
    amount: Possible
    waits: bool = False
    used_up: bool = False
    whole: bool = False
    instead: tuple[str, ...] = ()


@frozen
class CombinedView:
    """The best combination of what is certain and of what can still come, by the names of what counts in it.

    With `apart` some award is counted as certain and not, or not as much, as possible: what is said to count of each
    award then adds up to neither end.
    """

    certain: tuple[str, ...]
    possible: tuple[str, ...]
    equal: tuple[tuple[str, ...], ...]
    lost_certain: tuple[LostView, ...]
    lost_possible: tuple[LostView, ...]
    proved: bool
    apart: bool


def combined_view(
    combined: Combined | None,
    determinations: Sequence[Determination],
    rules: Iterable[Rule],
    missing: Iterable[MissingFact],
    limits: Iterable[Limit],
) -> CombinedView | None:
    """How a total was chosen. What is not paid beside others is lost as far as the limits of its clause let it be."""
    if combined is None:
        return None
    rules = tuple(rules)
    ruled = {rule.id: _rule_text(rule) for rule in rules}
    numbers = {rule.id for rule in rules if isinstance(rule, Quota)}
    names = {claim_of(found).id: award_name(found) for found in determinations}
    waiting = {node for fact in missing for node in fact.nodes}
    at_most = {clause: limit.at_most for limit in limits for clause in limit.clauses if len(limit.clauses) == 1}

    def named(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(names[one] for one in ids)

    def lost(
        losses: Iterable[Lost], amounts: Mapping[str, Possible], open_limits: Container[str] = ()
    ) -> tuple[LostView, ...]:
        return tuple(
            LostView(
                names[loss.award],
                ruled[loss.rule],
                named(loss.to),
                of(loss),
                waits=loss.rule in open_limits,
                used_up=loss.rule in numbers,
                whole=not loss.to and loss.amount == amounts[loss.award],
            )
            for loss in losses
        )

    def of(loss: Lost) -> Possible:
        limit = at_most.get(loss.award.partition("/")[0]) if loss.to else None
        if limit is None or isinstance(limit, NotBounded):
            return loss.amount
        return limit if isinstance(loss.amount, NotBounded) else min(limit, loss.amount)

    sure, most = which_count(combined, determinations, rules)
    worth = {claim_of(found).id: found.award.interval for found in determinations}
    return CombinedView(
        certain=named(sure),
        possible=named(most),
        equal=tuple(named(one) for one in combined.equal_possible) if most else (),
        lost_certain=lost(combined.lost, {name: one.guaranteed for name, one in worth.items()}, waiting),
        lost_possible=lost(combined.lost_possible, {name: one.possible for name, one in worth.items()}),
        proved=combined.proved,
        apart=any(counts_apart(found, combined, rules) for found in determinations),
    )


def lost_policies(
    lost: Iterable[Lost], policies: Iterable[Policy], instead: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[LostView, ...]:
    """What one policy, or clauses of it, loses to another that excludes it, by the titles of both.

    `instead` are the awards that then count in place of what a policy gives up, by its id.
    """
    known = {policy.id: policy for policy in policies}

    def named(award: str) -> str:
        policy, *clauses = award.split("/")
        titles = [known[policy].clause(clause).title for clause in clauses]
        return " · ".join([known[policy].title, "、".join(titles)] if titles else [known[policy].title])

    return tuple(
        LostView(
            named(one.award),
            _not_beside(one.says),
            tuple(map(named, one.to)),
            one.amount,
            instead=(instead or {}).get(one.award.partition("/")[0], ()),
        )
        for one in lost
    )


def _not_beside(says: str | None) -> Bilingual:
    if says is not None:
        return Bilingual(f"“{says}”", f"“{says}”")
    return Bilingual("不可同时享受", "the rule that they exclude each other")


def lost_views(lost: Iterable[Lost], policy: Policy, names: Mapping[str, str]) -> tuple[LostView, ...]:
    """Losses told without a decision at hand; an award that is not in `names` goes by the title of its clause."""
    ruled = {rule.id: _rule_text(rule) for rule in policy.rules}
    numbers = {rule.id for rule in policy.rules if isinstance(rule, Quota)}

    def named(award: str) -> str:
        return names.get(award) or names[award.partition("/")[0]]

    return tuple(
        LostView(
            named(loss.award),
            ruled[loss.rule],
            tuple(named(one) for one in loss.to),
            loss.amount,
            used_up=loss.rule in numbers,
        )
        for loss in lost
    )


def _rule_text(rule: Rule) -> Bilingual:
    """A rule in the paper's words; where it has none, what kind of rule it is."""
    if rule.says is not None:
        return Bilingual(f"“{rule.says}”", f"“{rule.says}”")
    match rule:
        case Cap(stated=stated, called=called):
            limit, tier = term_text(stated), _of_tier(called)
            return Bilingual(f"{tier.zh}合计上限{limit.zh}", f"{tier.en}the limit of {limit.en}")
        case Quota():
            number = _number_text(rule)
            return Bilingual(number.zh, f"the rule that {number.en}")
        case HigherOf():
            scope = _scope_text(rule)
            return Bilingual(f"{scope.zh}就高不重复", f"the rule that only the higher is paid{scope.en}")
        case Exclusion():
            return _not_beside(None)
        case Alongside():
            return Bilingual("可同时享受", "the rule that they are paid together")
        case _:
            assert_never(rule)


def rule_text(rule: Rule, titles: Mapping[str, str]) -> Bilingual:
    """A rule with the clauses it is about."""

    def named(sets: Iterable[Iterable[str]]) -> Bilingual:
        names = ["＋".join(titles.get(clause, clause) for clause in one) for one in sets]
        return listed([Bilingual(name, name) for name in names])

    match rule:
        case Quota(over=over):
            counted, number = named((one,) for one in over), _number_text(rule)
            return Bilingual(f"{number.zh}：{counted.zh}", f"{number.en}: {counted.en}")
        case HigherOf(sets=sets):
            one_of, scope = named(sets), _scope_text(rule)
            return Bilingual(f"{scope.zh}就高不重复：{one_of.zh}", f"only the highest{scope.en}: {one_of.en}")
        case Exclusion(clause=clause, others=others):
            scope = _scope_text(rule)
            one, beside = named([(clause,)]), named((other,) for other in others)
            return Bilingual(
                f"{scope.zh}不同时享受：{one.zh} 与 {beside.zh}",
                f"not beside each other{scope.en}: {one.en}, {beside.en}",
            )
        case Cap(over=over):
            limit, together = cap_text(rule), named((one,) for one in over)
            return Bilingual(f"{limit.zh}：{together.zh}", f"{limit.en}: {together.en}")
        case Alongside(over=over):
            beside = named((one,) for one in over)
            return Bilingual(f"可同时享受：{beside.zh}", f"may be paid together: {beside.en}")
        case _:
            assert_never(rule)


def _scope_text(rule: HigherOf | Exclusion) -> Bilingual:
    """What awards share between which a rule holds, before and after what it says."""
    if rule.same:
        return _kind_text(rule.same)
    return Bilingual("同一对象", " for one item") if rule.within is Shared.ITEM else Bilingual("", "")


def _kind_text(same: Kinds) -> Bilingual:
    kind = term_text(same[0][1])
    return Bilingual(f"{kind.zh}相同的", f" of the same {kind.en}")


def _number_text(rule: Quota) -> Bilingual:
    """How many items are paid, of what and in which time."""
    kind = _kind_text(rule.same) if rule.same else Bilingual("", "")
    per = {
        Per.APPLICATION: Bilingual("每家", ""),
        Per.COMPANY: Bilingual("每家累计", ", earlier grants included"),
        Per.COMPANY_YEAR: Bilingual("每家每年", " in a year, earlier grants included"),
    }[rule.per]
    if rule.at_most == 1:
        return Bilingual(f"{kind.zh}{per.zh}只享受一项", f"only one item{kind.en} is paid{per.en}")
    number = f"at most {rule.at_most} items{kind.en} are paid{per.en}"
    return Bilingual(f"{kind.zh}{per.zh}最多享受{rule.at_most}项", number)


PER = {
    Per.APPLICATION: Bilingual("每次申报合计", "in one application"),
    Per.COMPANY: Bilingual("每家企业累计", "for a company in all"),
    Per.COMPANY_YEAR: Bilingual("每家企业每年", "for a company in a year"),
}


def cap_text(cap: Cap) -> Bilingual:
    """A cap with what it holds for."""
    limit, per, tier = term_text(cap.stated), PER[cap.per], _of_tier(cap.called)
    return Bilingual(f"{tier.zh}{per.zh}最高{limit.zh}", f"{tier.en}at most {limit.en} {per.en}")


def limits_of_clause(rules: Iterable[Rule], clause: str) -> tuple[tuple[Cap, Bilingual], ...]:
    """The caps on all that one clause pays, with what each holds for and the paper's words."""

    def told(cap: Cap) -> Bilingual:
        limit = cap_text(cap)
        return limit if cap.says is None else Bilingual(f"{limit.zh}（{cap.says}）", f"{limit.en} ({cap.says})")

    return tuple((rule, told(rule)) for rule in rules if isinstance(rule, Cap) and rule.over == (clause,))


def _of_tier(called: str | None) -> Bilingual:
    """Which tier a cap is of, before what it says."""
    return Bilingual("", "") if called is None else Bilingual(f"{called}：", f"{called}: ")


def combination_sentences(view: CombinedView, lang: Lang) -> Iterable[tuple[int, str]]:
    """What counts at either end, then one step deeper what was lost; nothing where nothing was."""
    if not view.lost_certain and not view.lost_possible:
        return
    if view.certain == view.possible:
        if view.possible:
            yield 0, word("counted", lang, awards=phrases.listing(view.possible, lang))
    else:
        if view.certain:
            yield 0, word("counted_certain", lang, awards=phrases.listing(view.certain, lang))
        if view.possible:
            yield 0, word("counted_possible", lang, awards=phrases.listing(view.possible, lang))
    if view.apart:
        yield 0, word("counted_apart", lang)
    for other in view.equal:
        yield 0, word("counted_equal", lang, awards=phrases.listing(other, lang))
    for loss in view.lost_possible:
        yield 1, lost_sentence(loss, lang)
    for loss in () if view.lost_certain == view.lost_possible else view.lost_certain:
        yield 1, f"{word('of_the_certain', lang)}{lost_sentence(loss, lang)}"
    if not view.proved:
        yield 0, word("not_proved", lang)


def lost_sentence(loss: LostView, lang: Lang) -> str:
    """What was lost, by which rule and to what."""
    rule = in_language(loss.rule, lang)
    amount = "" if isinstance(loss.amount, NotBounded) else in_language(yuan_text(loss.amount), lang)
    if loss.instead and amount:
        others, to = phrases.listing(loss.instead, lang), phrases.listing(loss.to, lang)
        return word("lost_for_others", lang, award=loss.award, rule=rule, to=to, others=others, amount=amount)
    if loss.to:
        award = f"{loss.award} {amount}".rstrip()
        return word("lost_to", lang, award=award, rule=rule, to=phrases.listing(loss.to, lang))
    if loss.waits:
        return word("not_known_left", lang, award=loss.award, amount=amount, rule=rule)
    if loss.used_up:
        return word("used_up", lang, award=f"{loss.award} {amount}".rstrip(), rule=rule)
    if loss.whole and amount:
        return word("cut_to_nothing", lang, award=f"{loss.award} {amount}", rule=rule)
    return word("cut_by" if amount else "capped_by", lang, award=loss.award, amount=amount, rule=rule)
