"""Several policies on one screen of a terminal. Imports the view, the glance, sentences and layout.

One line for each policy, what is met and worth most first; then the facts that settle most, with their questions
where there is room; then the refusals that are nearest; then how many policies were looked at, and how to see the
rest. What does not fit is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from incentives.decision.result import MissingFact
from incentives.explain import missing_sentences, phrases, sentences
from incentives.explain.combination import LostView, lost_sentence
from incentives.explain.layout import WIDTH, Style, wrapped
from incentives.explain.outlook import Standing, Waiting
from incentives.explain.ui import SYMBOLS, word
from incentives.explain.view import BesideView, Explanation, PolicyView
from incentives.texts import Count, Lang, in_language
from incentives.texts.width import display_width, pad, shortened
from incentives.values import Outcome, State

if TYPE_CHECKING:
    from incentives.explain.glance import Glance, NearMissView

SCREEN = 36
"""Lines of a screen, where nobody says how many there are."""

_ROOMY = 32
"""Lines from which on as many facts and near misses are named as ever are; on less, the fewest."""
_FACTS, _FEWEST_FACTS = 5, 3
_MISSES, _FEWEST_MISSES = 3, 1
_FEWEST_ROWS = 3
_EXCLUSIONS = 3
"""So many policies that exclude each other are named above the others, before what brings money has no room."""
_REASON = 36
"""Columns of the reason behind the title of a policy."""
_MARKS = {Standing.MET: State.HOLDS, Standing.OPEN: State.MISSING, Standing.REFUSED: State.FAILS}

_Rows = Callable[[Sequence[PolicyView]], list[str]]
_Told = Callable[[MissingFact, Waiting, Lang], list[str]]


def overview(
    explanation: Explanation, glance: Glance, lang: Lang, *, above: int, screen: int, style: Style
) -> list[str]:
    """What all policies come to and each that brings something; `above` lines of the `screen` are taken already."""
    views = [view for view in explanation.policies if view.standing in (Standing.MET, Standing.OPEN)]
    total = together(explanation, lang, most=_EXCLUSIONS)
    room = screen - above - len(total)
    return [
        *total,
        *_fitting(
            views,
            lambda some: _table(some, lang, style),
            room,
            _ends(explanation, glance, lang, screen, style, "see_rest"),
            lang,
        ),
    ]


def reasons(
    explanation: Explanation, glance: Glance, lang: Lang, *, above: int, screen: int, style: Style
) -> list[str]:
    """Why each policy came out as it did, in a line each; `above` lines of the `screen` are taken already."""
    views = [view for view in explanation.policies if view.standing in _MARKS]
    first = [fact for fact, _ in glance.facts]

    def rows(some: Sequence[PolicyView]) -> list[str]:
        return [_reason_row(view, first, lang, style) for view in some]

    return _fitting(views, rows, screen - above, _ends(explanation, glance, lang, screen, style, "see_reasons"), lang)


def together(explanation: Explanation, lang: Lang, indent: str = "", most: int | None = None) -> list[str]:
    """What all policies come to, which exclude each other, and what is lost by that.

    Where more than `most` exclude each other so many alone are told, what is lost first, and the others counted.
    """
    lines = ["", *wrapped(f"{word('all_policies', lang)}  {sentences.together(explanation, lang)}", indent)]
    others = sentences.paid_to_others(explanation.paid_to_others, lang)
    lines += wrapped(others, f"{indent}  ") if others is not None else []
    pairs, losses = _excluding(explanation, most)
    for pair in pairs:
        lines += wrapped(sentences.beside(pair, lang), f"{indent}  ")
    for loss in losses:
        lines += wrapped(lost_sentence(loss, lang), f"{indent}    ")
    named = {frozenset((loss.award, other)) for loss in losses for other in loss.to}
    left = [one for one in explanation.beside if one not in pairs and frozenset((one.policy, one.other)) not in named]
    if left:
        lines += wrapped(word("more_exclusions", lang, count=Count(len(left))), f"{indent}  ")
    return lines


def _excluding(explanation: Explanation, most: int | None) -> tuple[Sequence[BesideView], Sequence[LostView]]:
    """Which policies exclude each other and what is lost by that: all, or no more than `most`, the losses first."""
    if most is None or len(explanation.beside) <= most:
        return explanation.beside, explanation.lost
    losses = explanation.lost[:most]
    return explanation.beside[: most - len(losses)], losses


def _fitting(
    views: Sequence[PolicyView], rows: _Rows, room: int, ends: Sequence[Sequence[str]], lang: Lang
) -> list[str]:
    """Rows for the policies, and the first of the `ends` for which there is room below them.

    Where there is room for none, the last of them below as many policies as there is room for, the others counted.
    """
    lines = ["", *rows(views)] if views else []
    for end in ends:
        if len(lines) + len(end) <= room:
            return [*lines, *end]
    for kept in range(len(views) - 1, _FEWEST_ROWS - 1, -1):
        left = word("more_policies", lang, count=Count(len(views) - kept))
        lines = ["", *rows(views[:kept]), f"  {left}"]
        if len(lines) + len(ends[-1]) <= room:
            break
    return [*lines, *ends[-1]]


def _ends(
    explanation: Explanation, glance: Glance, lang: Lang, screen: int, style: Style, rest: str
) -> list[list[str]]:
    """What stands below the policies, the facts told in ever fewer lines."""
    roomy = screen >= _ROOMY
    named = glance.facts[: _FACTS if roomy else _FEWEST_FACTS]
    below = [
        *_misses(glance.misses, _MISSES if roomy else _FEWEST_MISSES, lang, style),
        "",
        *wrapped(sentences.counts(explanation, lang)),
        *wrapped(word(rest, lang)),
    ]
    return [[*_facts(explanation, named, lang, told), *below] for told in _TOLD]


# A line for each policy ---------------------------------------------------------------------------


def _table(views: Sequence[PolicyView], lang: Lang, style: Style) -> list[str]:
    """The head and a row for each policy: figures under each other, the title as long as they leave room for."""
    head = [word(key, lang) for key in ("certain_column", "possible_column", "missing_column")]
    cells = [head, *(_cells(view, lang) for view in views)]
    figures = [row for row in cells if row[0]]
    widths = [max(display_width(row[place]) for row in (figures if place < 2 else cells)) for place in range(3)]
    # What stands in the place of both figures takes the room of both.
    widest = max((display_width(row[1]) for row in cells if not row[0]), default=0)
    widths[0] = max(widths[0], widest - widths[1] - 2)
    room = WIDTH - 4 - sum(width + 2 for width in widths)
    lines: list[str] = []
    for view, (certain, possible, missing) in zip((None, *views), cells, strict=True):
        title = f"    {pad('', room)}" if view is None else _titled(view, room, style)
        both = f"{_right(certain, widths[0])}  {_right(possible, widths[1])}" if certain else possible
        lines.append(f"{title}  {_right(both, widths[0] + 2 + widths[1])}  {_right(missing, widths[2])}".rstrip())
        if view is not None and view.brings_money:
            others = sentences.others_alone(view.paid_to_others, lang)
            lines += wrapped(others, "    ") if others is not None else []
        if view is not None and view.among_all is not None:
            lines.append(f"    {shortened(sentences.counted_among_all(view.among_all, lang), WIDTH - 4)}")
    return lines


def _right(text: str, width: int) -> str:
    return f"{' ' * (width - display_width(text))}{text}"


def _titled(view: PolicyView, room: int, style: Style) -> str:
    state = _MARKS[view.standing]
    return f"  {style(SYMBOLS[state], state)} {pad(shortened(view.title, room), room)}"


def _cells(view: PolicyView, lang: Lang) -> list[str]:
    missing = word("missing_count", lang, count=Count(len(view.missing))) if view.missing else ""
    if not view.brings_money:
        return ["", sentences.without_money(view, lang), missing]
    return [sentences.certain_alone(view.total, lang), sentences.possible_alone(view.total, lang), missing]


def _reason_row(view: PolicyView, first: Sequence[MissingFact], lang: Lang, style: Style) -> str:
    title = _titled(view, WIDTH - 6 - _REASON, style)
    return f"{title}  {shortened(_reason(view, first, lang), _REASON)}".rstrip()


def _reason(view: PolicyView, first: Sequence[MissingFact], lang: Lang) -> str:
    """How many clauses are met, what the others wait for, or on what most of them fail."""
    decided = [item.determination for clause in view.clauses for item in clause.items]
    met = sum(found.outcome is Outcome.QUALIFIED for found in decided)
    parts = [word("clauses_met", lang, count=Count(met))] if met else []
    if view.missing:
        named = next((fact for fact in first if fact.title in [one.title for one in view.missing]), view.missing[0])
        several = "waits_for" if len(view.missing) == 1 else "waits_for_more"
        count = Count(len(view.missing))
        parts.append(word(several, lang, count=count, fact=missing_sentences.what_is_missing(named, lang)))
    if view.standing is Standing.REFUSED:
        failed = Counter(reason.title for found in decided for reason in found.failed if reason.title is not None)
        most = (in_language(title, lang) for title, _ in failed.most_common(2))
        parts.append(word("fails_on", lang, facts=phrases.listing(most, lang)))
    return ("；" if lang == "zh" else "; ").join(parts)


# What to look at first ----------------------------------------------------------------------------


def _facts(
    explanation: Explanation, first: Sequence[tuple[MissingFact, Waiting]], lang: Lang, told: _Told
) -> list[str]:
    """The facts that settle most, each with who can tell it and what waits for it."""
    if not first:
        return []
    lines = ["", *wrapped(word("first_facts", lang, count=Count(len(explanation.missing))))]
    for fact, waiting in first:
        lines += told(fact, waiting, lang)
    left = len(explanation.missing) - len(first)
    return [*lines, f"  {word('more_facts', lang, count=Count(left))}"] if left else lines


def _fact_with_question(fact: MissingFact, waiting: Waiting, lang: Lang) -> list[str]:
    asked = (line for said in missing_sentences.question(fact, lang) for line in wrapped(said, "    "))
    return [*_noted(fact, waiting, lang, []), *asked]


def _fact_with_notes(fact: MissingFact, waiting: Waiting, lang: Lang) -> list[str]:
    return _noted(fact, waiting, lang, missing_sentences.back_to_in_short(fact, lang))


def _noted(fact: MissingFact, waiting: Waiting, lang: Lang, more: list[str]) -> list[str]:
    money = missing_sentences.stake(waiting.at_stake, lang)
    notes = [
        missing_sentences.supplied_by(fact, lang),
        *money,
        *more,
        *_wait(waiting, lang),
        *_settled(waiting, lang),
    ]
    return wrapped(f"? {missing_sentences.fact_name(fact, lang)}{phrases.bracketed(notes, lang)}", "  ")


def _fact_in_a_line(fact: MissingFact, waiting: Waiting, lang: Lang) -> list[str]:
    """A missing fact in one line: where it does not fit, the clauses that wait are left out, and its name is cut.

    Who supplies it goes before more than half of the name does.
    """
    who, briefly = missing_sentences.supplied_by(fact, lang), missing_sentences.supplied_in_short(fact, lang)
    needed = [
        *missing_sentences.stake_in_short(waiting.at_stake, lang),
        *missing_sentences.back_to_in_short(fact, lang),
    ]
    wait, name, room = _wait(waiting, lang), missing_sentences.fact_name(fact, lang), WIDTH - 4
    fullest = [who, *needed, *wait]
    for notes in ([*fullest, *_settled(waiting, lang)], fullest, [briefly, *needed, *wait], [briefly, *needed]):
        text = f"{name}{phrases.bracketed(notes, lang)}"
        if display_width(text) <= room:
            return [f"  ? {text}"]
    behind = phrases.bracketed([briefly, *needed], lang)
    if needed and 2 * (room - display_width(behind)) < display_width(name):
        behind = phrases.bracketed(needed, lang)
    return [f"  ? {shortened(name, room - display_width(behind))}{behind}"]


_TOLD = (_fact_with_question, _fact_with_notes, _fact_in_a_line)


def _wait(waiting: Waiting, lang: Lang) -> list[str]:
    """How many clauses wait; nothing where only a total does."""
    count = len(waiting.awards)
    return [word("clauses_wait", lang, count=Count(count))] if count else []


def _settled(waiting: Waiting, lang: Lang) -> list[str]:
    titles = dict.fromkeys(award.clause for award in waiting.settled)
    return [word("settles", lang, clauses=phrases.listing(titles, lang))] if titles else []


def _misses(misses: Sequence[NearMissView], most: int, lang: Lang, style: Style) -> list[str]:
    """The nearest refusals: the clause with what it would grant, and below it the change."""
    if not misses:
        return []
    lines = ["", *wrapped(word("near_misses", lang))]
    for miss in misses[:most]:
        item = f" · {miss.item}" if miss.item is not None else ""
        worth = phrases.worth(miss.award, lang, certain=False)
        worth = worth if miss.award.possible else sentences.kinds_without_money({miss.basis}, lang)
        policy = phrases.bracketed([miss.policy_title], lang)
        mark = style(SYMBOLS[State.FAILS], State.FAILS)
        lines.append(f"  {mark} {shortened(f'{miss.title}{item}  {worth}{policy}', WIDTH - 4)}")
        lines += wrapped(_change(miss, lang), "    ")
    left = len(misses) - most
    return [*lines, f"  {word('more_misses', lang, count=Count(left))}"] if left > 0 else lines


def _change(miss: NearMissView, lang: Lang) -> str:
    """The one change, and that it comes too late this time where it does."""
    from incentives.explain import guidance_sentences  # what a check of one policy does without

    way = miss.way
    if way.apply_on is not None:
        return guidance_sentences.apply_later(way, lang)
    [change] = way.changes

    text = guidance_sentences.changes_to(change, lang)
    return f"{text}{phrases.bracketed([word('is_over', lang)], lang)}" if miss.is_over else text
