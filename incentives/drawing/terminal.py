"""A curve drawn with plain signs for a terminal of 80 columns, then its thresholds. Imports scales and sentences."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from incentives.drawing.scale import Axis, Height, across, height, upright
from incentives.explain import curve_sentences as say
from incentives.explain import sentences
from incentives.explain.amounts import yuan_text
from incentives.explain.curves import Curve
from incentives.explain.layout import WIDTH, wrapped
from incentives.explain.ui import word
from incentives.texts import Count, Lang, in_language
from incentives.texts.width import display_width

_ROWS = 12
_CERTAIN, _POSSIBLE = "#", ":"


def render_curve(curve: Curve, lang: Lang, day: str) -> str:
    """The head, the chart and a list of everything that changes. `day` is the day of application in words."""
    if curve.not_in_force:
        told = [line for one in curve.not_in_force for line in wrapped(sentences.out_of_force(one, lang))]
        return "\n".join(told) + "\n"
    lines = [
        *wrapped(f"{curve.company or word('no_name', lang)}  {word('as_of', lang)} {day}"),
        *wrapped(say.heading(curve, lang)),
        *wrapped(say.now(curve, lang), "  "),
        "",
        *(_chart(curve, lang) if curve.pays else wrapped(say.nothing(curve, lang))),
    ]
    told = list(_list(curve, lang))
    lines += ["", *told] if told else []
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _chart(curve: Curve, lang: Lang) -> Iterable[str]:
    money = upright(curve, 4)
    labels = {round(money.share(tick) * _ROWS): in_language(yuan_text(tick), lang) for tick in money.ticks}
    left = max(map(display_width, labels.values()))
    plain = [*_columns(curve, WIDTH - left - 3)]
    signs = f"{_CERTAIN} {word('curve_certain', lang)}  {_POSSIBLE} {word('curve_possible', lang)}"
    yield f"  {signs}{_limitless(curve, lang)}"
    for row in range(_ROWS, 0, -1):
        label = labels.get(row, "")
        drawn = "".join(_sign(one, money, row) for one in plain)
        yield f"{' ' * (left - display_width(label))}{label} |{drawn}"
    label = labels.get(0, "")
    yield f"{' ' * (left - display_width(label))}{label} +{'-' * len(plain)}"
    indent = " " * (left + 2)
    marks = _marks(curve, len(plain))
    if marks.strip():
        yield f"{indent}{marks}"
    yield f"{indent}{_ends(curve, len(plain), lang)}"


def _limitless(curve: Curve, lang: Lang) -> str:
    limitless = any(not isinstance(piece.at_start.possible, Decimal) for piece in curve.total)
    return f"  ^ {word('curve_unbounded', lang)}" if limitless else ""


def _columns(curve: Curve, width: int) -> Iterable[Height | None]:
    """The height at the middle of each column."""
    low, high = Fraction(curve.start), Fraction(curve.end)
    pieces = curve.total
    for column in range(width):
        at = low + (high - low) * (2 * column + 1) / (2 * width)
        found = height(pieces, at)
        if found is None and pieces:
            before = [piece for piece in pieces if Fraction(piece.end) < at]
            found = height(pieces, Fraction((before[-1] if before else pieces[0]).end))
        yield found


def _sign(found: Height | None, money: Axis, row: int) -> str:
    if found is None:
        return " "
    if found.certain and max(round(money.share(found.certain) * _ROWS), 1) >= row:
        return _CERTAIN
    if found.possible is None:
        return "^" if row == _ROWS else _POSSIBLE
    return _POSSIBLE if found.possible and max(round(money.share(found.possible) * _ROWS), 1) >= row else " "


def _marks(curve: Curve, width: int) -> str:
    """The numbers of the thresholds under the places where they lie; those that have no room are left out."""
    axis = across(curve, 4)
    row = [" "] * width
    for one in curve.thresholds:
        column = min(int(axis.share(one.at) * width), width - 1)
        text = str(one.number)
        free = row[max(column - 1, 0) : column + len(text) + 1]
        if column + len(text) <= width and not "".join(free).strip():
            row[column : column + len(text)] = text
    return "".join(row)


def _ends(curve: Curve, width: int, lang: Lang) -> str:
    """What stands at both ends of the axis and, where there is room, in the middle."""
    first, last = (say.number_text(curve, end, lang) for end in (curve.start, curve.end))
    middle = width - display_width(first) - display_width(last)
    return f"{first}{' ' * max(middle, 1)}{last}"


def _list(curve: Curve, lang: Lang) -> Iterable[str]:
    if not curve.thresholds and curve.exact and curve.pays:
        yield word("curve_level", lang)
    for one in curve.thresholds[: say.MOST_TOLD]:
        for depth, text in say.threshold(curve, one, lang):
            yield from wrapped(text, "   " * depth)
    if len(curve.thresholds) > say.MOST_TOLD:
        yield word("curve_more", lang, count=Count(len(curve.thresholds) - say.MOST_TOLD))
    for text in say.roundings(curve, lang):
        yield from wrapped(text)
    if not curve.exact:
        yield from wrapped(word("curve_inexact", lang))
