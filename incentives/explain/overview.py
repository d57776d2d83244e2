"""Several policies at a glance: what fits the first screen of a terminal. Imports the view, sentences and layout.

One line for each policy that brings something, what is met and worth most first; then the facts that alone settle
something; then how many policies were looked at. What does not fit is counted, and stands below.
"""

from __future__ import annotations

from collections.abc import Sequence

from incentives.explain import phrases, sentences
from incentives.explain.combination import lost_sentence
from incentives.explain.layout import WIDTH, Style, wrapped
from incentives.explain.outlook import Standing
from incentives.explain.ui import SYMBOLS, word
from incentives.explain.view import Explanation, PolicyView
from incentives.texts import Lang
from incentives.texts.width import display_width, pad, shortened
from incentives.values import State

_SCREEN = 24
"""Lines of a terminal."""
_FACTS = 3
_FEWEST_ROWS = 3
_MARKS = {Standing.MET: State.HOLDS, Standing.OPEN: State.MISSING}


def overview(explanation: Explanation, lang: Lang, *, above: int, show_all: bool, style: Style) -> list[str]:
    """The first screen, of which `above` lines are taken already."""
    total = wrapped(f"{word('all_policies', lang)}  {sentences.together(explanation, lang)}")
    others = sentences.paid_to_others(explanation.paid_to_others, lang)
    total += wrapped(others, "  ") if others is not None else []
    for pair in explanation.beside:
        total += wrapped(sentences.beside(pair, lang), "  ")
    for loss in explanation.lost:
        total += wrapped(lost_sentence(loss, lang), "    ")
    end = [*_facts(explanation, lang), "", *_counts(explanation, lang, show_all)]
    room = _SCREEN - above - len(total) - len(end) - 3
    shown = [view for view in explanation.policies if view.standing in _MARKS]
    if len(shown) > room:
        shown = shown[: max(room - 1, _FEWEST_ROWS)]
    left = sum(view.standing in _MARKS for view in explanation.policies) - len(shown)
    lines = ["", *total]
    if shown:
        lines += ["", *_table(shown, lang, style)]
    if left:
        lines.append(f"  {word('more_policies', lang, count=str(left))}")
    return lines + end


def _table(views: Sequence[PolicyView], lang: Lang, style: Style) -> list[str]:
    """The head and a row for each policy: figures under each other, the title as long as they leave room for."""
    head = [word(key, lang) for key in ("certain_column", "possible_column", "missing_column")]
    cells = [head, *(_cells(view, lang) for view in views)]
    widths = [max(display_width(row[place]) for row in cells) for place in range(len(head))]
    room = WIDTH - 4 - sum(width + 2 for width in widths)
    lines: list[str] = []
    for view, row in zip((None, *views), cells, strict=True):
        mark = " " if view is None else style(SYMBOLS[_MARKS[view.standing]], _MARKS[view.standing])
        title = pad("" if view is None else shortened(view.title, room), room)
        figures = [f"{' ' * (width - display_width(cell))}{cell}" for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join((f"  {mark} {title}", *figures)).rstrip())
    return lines


def _cells(view: PolicyView, lang: Lang) -> list[str]:
    missing = word("missing_count", lang, count=str(len(view.missing))) if view.missing else ""
    if not view.brings_money:
        return ["", sentences.without_money(view, lang), missing]
    return [sentences.certain_alone(view.total, lang), sentences.possible_alone(view.total, lang), missing]


def _facts(explanation: Explanation, lang: Lang) -> list[str]:
    """The facts that alone settle something, each with what it settles in one line."""
    decisive = explanation.decisive
    if not decisive:
        return []
    lines = ["", word("one_fact_short", lang)]
    for fact, waiting in decisive[:_FACTS]:
        titles = dict.fromkeys(award.clause for award in waiting.settled)
        text = f"{sentences.fact_name(fact, lang)} → {phrases.listing(titles, lang)}"
        lines.append(f"  ? {shortened(text, WIDTH - 4)}")
    if len(decisive) > _FACTS:
        lines.append(f"  {word('more_facts', lang, count=str(len(decisive) - _FACTS))}")
    return lines


def _counts(explanation: Explanation, lang: Lang, show_all: bool) -> list[str]:
    """How many policies there are of each standing."""
    standings = [view.standing for view in explanation.policies]
    refused, ended = standings.count(Standing.REFUSED), standings.count(Standing.NOT_IN_FORCE)
    parts = [word("count_brings", lang, count=str(len(standings) - refused - ended))]
    if refused:
        parts.append(word("count_refused", lang, count=str(refused)))
    if ended:
        parts.append(word("count_not_in_force", lang, count=str(ended)))
    passed_over = bool(refused or ended) and not show_all
    see = phrases.bracketed([word("see_all", lang)], lang) if passed_over else ""
    return wrapped(f"{phrases.comma(parts, lang)}{see}")
