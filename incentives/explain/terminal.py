"""An explanation as text for a terminal of 80 columns. Imports the view, phrases and layout; computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from incentives.decision.result import Determination, MissingFact, PolicyStatus
from incentives.engines.subjects import Presence
from incentives.explain import phrases
from incentives.explain.combination import combination_lines
from incentives.explain.layout import labelled, wrapped
from incentives.explain.ui import OUTCOME_SYMBOLS, OUTCOMES, RESTS, STACKING, SYMBOLS, word
from incentives.explain.view import ClauseView, ConditionView, Explanation, ItemView, PolicyView
from incentives.language.model import Stacking
from incentives.texts import Lang, in_language
from incentives.texts.width import columns
from incentives.values import NOTHING, Basis, Interval, NotBounded, Outcome, State

Style = Callable[[str, State], str]
"""Colours a text by a state; the identity where the output is no terminal."""

_OUTCOME_STATES = {
    Outcome.QUALIFIED: State.HOLDS,
    Outcome.NOT_QUALIFIED: State.FAILS,
    Outcome.UNDETERMINED: State.MISSING,
    Outcome.NEEDS_REVIEW: State.JUDGEMENT,
}
_COLUMNS: dict[Lang, tuple[int, int, int, int]] = {"zh": (20, 24, 20, 6), "en": (20, 21, 16, 13)}
_NARROWEST = 8
"""However deep conditions lie in each other, their titles keep so many columns."""


def unstyled(text: str, _state: State) -> str:
    return text


def render_check(
    explanation: Explanation, lang: Lang, *, date_given: bool, show_all: bool = True, style: Style = unstyled
) -> str:
    """The whole report: the summary of each policy, what is missing, then each policy with its clauses.

    Unless `show_all`, policies of which nothing can be had are named in one line each.
    """
    return "\n".join(_Report(lang, style).check(explanation, date_given, show_all)) + "\n"


class _Report:
    def __init__(self, lang: Lang, style: Style) -> None:
        self._lang = lang
        self._style = style

    def check(self, explanation: Explanation, date_given: bool, show_all: bool) -> Iterable[str]:
        name = explanation.company or self._word("no_name")
        yield from wrapped(f"{name}  {explanation.code}" if explanation.code else name)
        on = explanation.on.isoformat()
        day = (
            on
            if date_given
            else f"{on} ({self._word('today')})"
            if self._lang == "en"
            else f"{on}（{self._word('today')}）"
        )
        yield f"{self._word('as_of')} {day}  {self._word('engine')} {explanation.engine}"
        if explanation.no_earlier_grants:
            yield from wrapped(self._word("no_earlier_grants"))
        if not explanation.policies:
            yield self._word("nothing_in_force")
        shown = [policy for policy in explanation.policies if show_all or policy.can_bring_something]
        for policy in shown:
            yield ""
            yield from self._summary(policy)
        if len(shown) < len(explanation.policies):
            yield ""
            yield self._word("refused_policies")
            for policy in explanation.policies:
                if policy not in shown:
                    yield from wrapped(f"- {policy.title}", "  ")
        if explanation.missing:
            yield ""
            yield from self._missing(explanation.missing)
        for policy in shown:
            yield ""
            yield from self._policy(policy)
        if explanation.receipt is not None:
            receipt = explanation.receipt
            yield ""
            yield self._word("receipt")
            yield from wrapped(f"{', '.join(receipt.policies)}  {receipt.on.isoformat()}", "  ")
            yield f"  incentives {receipt.engine_version} ({receipt.engine})"
            yield f"  {self._word('policies_hash')}"
            yield f"    {receipt.policies_sha256}"
            yield f"  {self._word('profile_hash')}"
            yield f"    {receipt.profile_sha256}"

    # One policy ------------------------------------------------------------------------------------

    def _summary(self, view: PolicyView) -> Iterable[str]:
        yield from wrapped(view.title)
        if view.status is not PolicyStatus.IN_FORCE:
            yield from wrapped(self._not_in_force(view), "  ")
            return
        yield from wrapped(self._total(view), "  ")
        yield from wrapped(phrases.witness(view.document, self._lang), "  ")
        if view.combined is not None:
            yield from combination_lines(view.combined, self._lang)
        if view.shared:
            shared = phrases.listing((in_language(fact.title, self._lang) for fact in view.shared), self._lang)
            yield from wrapped(self._word("shared", facts=shared), "  ")
        if view.refused_by_assumption:
            yield from wrapped(self._word("by_assumption"), "  ")
            for assumption in view.refused_by_assumption:
                yield from wrapped(f"- {assumption}", "    ")
        for clause in view.clauses:
            for item in clause.items:
                found = item.determination
                line = f"{self._mark(found)}  {clause.title}{self._subject(clause, found)}"
                if found.outcome is not Outcome.NOT_QUALIFIED:
                    line += f"  {self._at_stake(clause, found)}"
                yield from wrapped(line, "  ")

    def _at_stake(self, clause: ClauseView, found: Determination) -> str:
        """The award as the clause states it; for each item where the list of items was not given."""
        award = found.award
        amount = phrases.amount(award.basis, award.amount, award.words, self._lang)
        if not amount:
            certain = found.outcome is Outcome.QUALIFIED
            amount = phrases.worth(award.interval, self._lang, certain=certain)
        if found.presence is Presence.ABSENT_LIST and clause.entity is not None:
            amount = f"{self._word('for_each', entity=in_language(clause.entity, self._lang))} {amount}"
        return amount if found.outcome is Outcome.QUALIFIED else self._word("if_qualified", amount=amount)

    def _policy(self, view: PolicyView) -> Iterable[str]:
        if view.clauses:
            yield self._word("details")
        yield from wrapped(f"{view.issuer}  {view.policy}", "  ")
        yield from wrapped(phrases.citation(view.document, self._lang), "  ")
        if view.document.note is not None:
            yield from wrapped(view.document.note, "  ")
        yield from wrapped(phrases.period(view.period, self._lang), "  ")
        if view.status is not PolicyStatus.IN_FORCE:
            return
        yield ""
        names = (self._word("condition"), self._word("needed"), self._word("actual"), "")
        yield f"    {columns(names, _COLUMNS[self._lang])[0]}"
        if view.common:
            yield self._word("common")
            for condition in view.common:
                yield from self._condition(condition)
        for number, clause in enumerate(view.clauses):
            if number or view.common:
                yield ""
            yield from self._clause(clause)
        yield from self._gaps(view)

    def _total(self, view: PolicyView) -> str:
        total = view.total
        worth = phrases.worth(total, self._lang, certain=True, whole=True)
        if total == NOTHING:
            return worth
        ruled = view.combined is not None
        notes = [
            *self._how_summed(view, total),
            in_language((RESTS if ruled else STACKING)[view.stacking], self._lang),
        ]
        if ruled:
            notes.insert(0, self._word("by_rules"))
        if total.guaranteed and view.stacking is Stacking.NOT_PUBLISHED:
            notes.append(self._word("largest_certain"))
        return f"{worth}{phrases.bracketed(notes, self._lang)}"

    def _how_summed(self, view: PolicyView, total: Interval) -> list[str]:
        bases = {
            item.determination.award.basis
            for clause in view.clauses
            for item in clause.items
            if item.determination.outcome is not Outcome.NOT_QUALIFIED
        }
        if isinstance(total.possible, NotBounded):
            if view.unbounded_by:
                return [
                    self._word(
                        "unbounded_by",
                        lists=phrases.listing(
                            (in_language(one, self._lang) for one in view.unbounded_by), self._lang
                        ),
                    )
                ]
            return [self._word("unbounded_gap" if Basis.UNPUBLISHED in bases else "unbounded_discretion")]
        return [self._word("sum_of_ceilings" if bases == {Basis.CEILING} else "sum_of_awards")]

    def _not_in_force(self, view: PolicyView) -> str:
        if view.status is PolicyStatus.NOT_YET_IN_FORCE:
            return self._word("not_yet", start=view.period.start.isoformat())
        end = view.period.end
        return self._word("no_longer", end=end.isoformat() if end is not None else "")

    # One clause ------------------------------------------------------------------------------------

    def _clause(self, view: ClauseView) -> Iterable[str]:
        award = view.items[0].determination.award
        granted = phrases.award(award, view.formula, self._lang)
        yield from wrapped(f"{view.title}  {granted}")
        for item in view.items:
            yield from self._item(view, item)
        for text in phrases.duties(award, self._lang):
            yield from wrapped(text, "  ")
        yield from labelled(self._word("source"), [f"{view.source.article}：{view.source.says}"])
        yield from labelled(self._word("readings_short"), phrases.readings(view.readings))

    def _item(self, clause: ClauseView, view: ItemView) -> Iterable[str]:
        found = view.determination
        yield from wrapped(f"{self._mark(found)}{self._subject(clause, found)}")
        if view.common_state is State.FAILS:
            yield f"  {SYMBOLS[State.FAILS]} {self._word('common_fails')}"
        elif view.common_state is not None and view.common_state.unknown:
            yield f"  {SYMBOLS[view.common_state]} {self._word('common_open')}"
        for condition in view.conditions:
            yield from self._condition(condition)

    def _mark(self, found: Determination) -> str:
        outcome = in_language(OUTCOMES[found.outcome], self._lang)
        if found.rests_on_assumption:
            outcome += phrases.bracketed([self._word("by_assumption_short")], self._lang)
        return self._style(f"{OUTCOME_SYMBOLS[found.outcome]} {outcome}", _OUTCOME_STATES[found.outcome])

    def _subject(self, clause: ClauseView, found: Determination) -> str:
        """The item by name, or why there is none."""
        if found.item is not None:
            return f" · {found.item.name}"
        if clause.entity is None:
            return ""
        key = "absent_list" if found.presence is Presence.ABSENT_LIST else "empty_list"
        return f" · {self._word(key, entity=in_language(clause.entity, self._lang))}"

    def _condition(self, view: ConditionView) -> Iterable[str]:
        symbol = self._style(SYMBOLS[view.state], view.state)
        indent = "  " * view.depth
        title, needed, actual, mark = _COLUMNS[self._lang]
        cells = (
            in_language(view.title, self._lang),
            in_language(view.needed, self._lang) if view.needed is not None else "",
            self._actual(view),
            self._word("self_declared") if view.self_declared else "",
        )
        first, *rest = columns(cells, (max(title - len(indent), _NARROWEST), needed, actual, mark))
        yield f"  {indent}{symbol} {first}"
        yield from (f"  {indent}  {line}".rstrip() for line in rest)
        if view.open_list is not None:
            yield from wrapped(self._word("judge_open", word=view.open_list), f"    {indent}")
        if view.judgement is not None:
            yield from wrapped(f"{self._word('judge')}: {view.judgement}", f"    {indent}")
        if view.assumption is not None:
            yield from wrapped(f"{self._word('assumption')}: {view.assumption}", f"    {indent}")

    def _actual(self, view: ConditionView) -> str:
        if view.needed is None:
            return ""
        if view.actual is None:
            return self._word("judge" if view.state is State.JUDGEMENT else "missing_value")
        actual = in_language(view.actual, self._lang)
        if view.short_by is None:
            return actual
        return f"{actual}{phrases.bracketed([in_language(view.short_by, self._lang)], self._lang)}"

    # What is open ----------------------------------------------------------------------------------

    def _missing(self, facts: Iterable[MissingFact]) -> Iterable[str]:
        yield self._word("missing")
        for fact in facts:
            title = in_language(fact.title, self._lang)
            name = f"{fact.item.name} · {title}" if fact.item is not None else title
            who = (
                self._word("supplied_by", who=in_language(fact.supplier, self._lang))
                if fact.supplier is not None
                else self._word("company_itself")
            )
            if fact.years:
                name += self._word("years", years=phrases.listing((str(year) for year in fact.years), self._lang))
            yield from wrapped(f"? {name}{phrases.bracketed([who], self._lang)}", "  ")
            yield from wrapped(in_language(fact.question, self._lang), "    ")

    def _gaps(self, view: PolicyView) -> Iterable[str]:
        yield ""
        yield self._word("whole_policy")
        yield from labelled(self._word("readings_short"), phrases.readings(view.readings))
        if view.announced is not None:
            yield from labelled(
                self._word("announced"), [self._word("beyond_clauses", fields=phrases.announced(view.announced))]
            )
        yield from wrapped(phrases.application(view.application, self._lang), "  ")

    # Small words -----------------------------------------------------------------------------------

    def _word(self, key: str, **blanks: str) -> str:
        return word(key, self._lang, **blanks)
