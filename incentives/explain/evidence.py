"""Each condition as it came out: what is needed, what is there, by how much it is short, who vouches for it.

Imports rows, reasons, the nodes, words and figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from incentives.amounts.ranges import INFINITE, Number, Open
from incentives.decision.reasons import AwaitedJudgement, awaited_judgement, undefined_in, value_of
from incentives.engines.atoms import passes
from incentives.engines.rows import Row
from incentives.engines.subjects import Presence, Subject
from incentives.engines.terms.evaluate import evaluate
from incentives.explain.amounts import listed, measured_text, value_text
from incentives.explain.distance import End, is_whole, short_by
from incentives.explain.figures import FigureView
from incentives.explain.same import Same
from incentives.explain.vouching import NOBODY, Vouched, vouching
from incentives.explain.words import needed, title
from incentives.explain.worked_out import behind, is_worked_out, passing
from incentives.facts.types import CountType, DateType, FactType, MoneyType, QuantityType, RateType, Value
from incentives.language.nodes import (
    Bound,
    Condition,
    Elapsed,
    FactValue,
    InCase,
    ItemExists,
    Items,
    Literal,
    Measured,
    Steps,
    Term,
    TermBound,
    Test,
    Unit,
    Within,
)
from incentives.language.walks import children
from incentives.records import NamedTuple, frozen
from incentives.values import Bilingual, State


@frozen
class ConditionView:
    """One condition as it came out. `depth` is its nesting below the clause.

    `self_declared` marks a value for which the company alone vouches; `suppliers` are the authorities that hold
    what else was read for it. Nobody declares what is worked out: `worked_from` is what it comes from, and what an
    end comes from that is not written out, with those who vouch for each. Where a person is asked, `judgement` says
    about what; `open_list` holds the word that leaves a list open where the value is not on it, `undefined` why there
    is no value. `article` is where `says` stands, where that is another place than the clause's.
    """

    node: str
    depth: int
    state: State
    title: Bilingual
    needed: Bilingual | None
    actual: Bilingual | None
    short_by: Bilingual | None
    says: str | None
    article: str | None
    assumption: str | None
    judgement: str | None
    open_list: str | None
    undefined: Bilingual | None
    self_declared: bool
    suppliers: tuple[Bilingual, ...]
    worked_from: tuple[FigureView, ...]


_NOTHING_AWAITED = AwaitedJudgement(None, None)


class Placed(NamedTuple):
    """A condition, its nesting below the clause, and what is said of it whatever the facts are."""

    condition: Condition
    depth: int
    worded: Worded


def laid_out(conditions: Sequence[Condition]) -> tuple[Placed, ...]:
    """Conditions with those below them; what a definition rests on is shown where it is first used."""
    placed: list[Placed] = []
    shown: set[str] = set()
    waiting = [(condition, 0) for condition in reversed(conditions)]
    while waiting:
        condition, depth = waiting.pop()
        placed.append(Placed(condition, depth, _worded(Same(condition))))
        parts = _told_below(condition)
        waiting += [(part, depth + 1) for part in reversed(parts) if part.id not in shown]
        shown.update([part.id for part in parts])
    return tuple(placed)


def condition_views(placed: Iterable[Placed], row: Row) -> tuple[ConditionView, ...]:
    """Every condition as it came out on a row; of what is asked of some alone, nothing where it is not the case."""
    views: list[ConditionView] = []
    left_out: int | None = None
    for one in placed:
        if left_out is None or one.depth <= left_out:
            form = one.condition.form
            left_out = one.depth if isinstance(form, InCase) and _is_not_the_case(form, row) else None
            views.append(_view(one, row))
    return tuple(views)


def _told_below(condition: Condition) -> tuple[Condition, ...]:
    """The conditions told below another: of what is asked of some alone, of whom and what."""
    asked = condition.form
    return (asked.case, asked.must) if isinstance(asked, InCase) else children(condition)


def _is_not_the_case(asked: InCase, row: Row) -> bool:
    return row.states[asked.case.id] is State.FAILS


def condition_view(condition: Condition, row: Row) -> ConditionView:
    """One condition by itself."""
    return _view(Placed(condition, 0, _worded(Same(condition))), row)


def _view(placed: Placed, row: Row) -> ConditionView:
    condition, depth, words = placed
    state = row.states[condition.id]
    actual: Bilingual | None = None
    short: Bilingual | None = None
    form = condition.form
    if isinstance(form, Test):
        value = value_of(form, row.subject)
        if value is not None:
            actual = value_text(form.fact.type, value)
            short = _short_of_fact(form, value) if state is State.FAILS else None
    elif isinstance(form, Measured):
        actual = _worked_out(condition, row)
        short = _short_of_measure(form, row) if state is State.FAILS else None
    elif isinstance(form, Items) and not state.unknown:
        actual = passing(form, row.subject)
    elif isinstance(form, ItemExists) and row.subject.presence is Presence.EMPTY_LIST:
        actual = Bilingual("无（清单为空）", "none (the list is empty)")
    if isinstance(form, InCase) and _is_not_the_case(form, row):
        told = words.title
        words = words._replace(title=Bilingual(f"{told.zh}（不属于这种情形）", f"{told.en} (not the case here)"))
    needed_here = words.needed
    if isinstance(form, Measured) and needed_here is not None and (ends := _ends_worked_out(form, row)):
        told = listed(ends)
        needed_here = Bilingual(f"{needed_here.zh}（即{told.zh}）", f"{needed_here.en} (that is {told.en})")
    awaited = awaited_judgement(condition, row.subject) if state is State.JUDGEMENT else _NOTHING_AWAITED
    return ConditionView(
        node=condition.id,
        depth=depth,
        state=state,
        title=words.title,
        needed=needed_here,
        actual=actual,
        short_by=short,
        says=condition.says,
        article=condition.article,
        assumption=condition.assumption,
        judgement=awaited.judgement,
        open_list=awaited.open_list,
        undefined=undefined_in(condition, row.subject) if state is State.JUDGEMENT else None,
        self_declared=words.vouched.own_word and actual is not None,
        suppliers=words.vouched.suppliers if actual is not None else (),
        worked_from=behind(form, row.subject) if isinstance(form, Measured) else (),
    )


class Worded(NamedTuple):
    """What is said of a condition whatever the facts are."""

    title: Bilingual
    needed: Bilingual | None
    vouched: Vouched


@lru_cache(maxsize=16384)
def _worded(of: Same[Condition]) -> Worded:
    """Kept, since a portal explains the same conditions to one company after another."""
    form = of.one.form
    vouched = NOBODY if isinstance(form, Measured) and is_worked_out(form.term) else vouching(of.one)
    return Worded(title(of.one), needed(of.one), vouched)


def _worked_out(condition: Condition, row: Row) -> Bilingual | None:
    """What a condition that measures something comes to; None of other conditions, and where it is open."""
    if not isinstance(condition.form, Measured) or row.states[condition.id].unknown:
        return None
    if isinstance(condition.form.term, Steps):
        return _against_steps(condition.form.term, row.subject)
    shown, of = _shown(condition.form)
    return measured_text(of, evaluate(shown, row.subject, passes))


def _against_steps(steps: Steps, subject: Subject) -> Bilingual | None:
    """What is there now, and the most there was before."""
    now, before = (measured_text(steps.key, evaluate(part, subject, passes)) for part in (steps.of, steps.before))
    if now is not None and evaluate(steps.before, subject, passes) == -INFINITE:
        return Bilingual(f"{now.zh}，此前没有年度", f"{now.en}, no year before")
    if now is None or before is None:
        return now
    return Bilingual(f"{now.zh}，此前最高{before.zh}", f"{now.en}, at most {before.en} before")


def _short_of_fact(test: Test, value: Value) -> Bilingual | None:
    if not isinstance(test, Within):
        return None
    whole = is_whole(FactValue(test.fact))
    return short_by(test.fact.type, _end(test.low), _end(test.high), value, whole=whole)


def _end(bound: Bound | None) -> End | None:
    return End(bound.value, bound.inclusive) if bound is not None else None


_MEASURES = (MoneyType, RateType, CountType, QuantityType, DateType)
"""Types whose values lie some way apart."""


def _short_of_measure(form: Measured, row: Row) -> Bilingual | None:
    """How far what a condition measures lies outside; None where it is no single value, or told by its day alone."""
    by_year = isinstance(form.type, RateType) and form.type.averaged_over > 1
    told_apart = by_year or isinstance(form.term, Steps) or _shown(form)[0] is not form.term
    if told_apart or not isinstance(form.type, _MEASURES):
        return None

    def known(term: Term) -> Value | Number | None:
        found = evaluate(term, row.subject, passes)
        return None if isinstance(found, Open) else found

    def end(bound: TermBound | None) -> End | None:
        at = known(bound.of) if bound is not None else None
        return End(at, bound.inclusive) if bound is not None and at is not None else None

    value = known(form.term)
    if value is None:
        return None
    return short_by(form.type, end(form.low), end(form.high), value, whole=is_whole(form.term))


def _ends_worked_out(form: Measured, row: Row) -> list[Bilingual]:
    """What the ends come to that are not written out, as far as they are known: a definition's name is no figure."""
    ends = [end.of for end in (form.low, form.high) if end is not None and not isinstance(end.of, Literal)]
    if not isinstance(form.type, _MEASURES):
        return []
    found = [measured_text(form.type, evaluate(end, row.subject, passes)) for end in ends]
    return [*dict.fromkeys(text for text in found if text is not None)]


def _shown(form: Measured) -> tuple[Term, FactType]:
    """What people are shown of a measured term: of the year a day lies in, the day itself."""
    if isinstance(form.term, Elapsed) and form.term.unit is Unit.CALENDAR_YEARS:
        return form.term.since, DateType()
    return form.term, form.type
