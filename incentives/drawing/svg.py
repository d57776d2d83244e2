"""A curve as a standalone SVG picture with its thresholds told below. Imports scales and sentences.

Readable in black and white: what is certain is a thick line, what is possible a thin one, what lies between is grey.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape
from typing import Final

from incentives.drawing.scale import Axis, across, upright
from incentives.explain import curve_sentences as say
from incentives.explain.amounts import yuan_text
from incentives.explain.curve_views import CurvePiece, CurveThreshold, Number
from incentives.explain.curves import Curve
from incentives.explain.ui import word
from incentives.texts import Count, Lang, in_language
from incentives.texts.width import wrap
from incentives.values import NotBounded

_WIDTH: Final = 960
_LEFT, _RIGHT, _TOP, _HEIGHT = 150, 40, 138, 340
_PLOT = _WIDTH - _LEFT - _RIGHT
_LINE = 20
"""Height of a line of the list."""
_COLUMNS = 132
"""Columns of text in the list: at 13 pixels a sign of two columns is 13 wide."""
_STAGGER = 3
"""Rows in which the numbers of thresholds close to each other stand."""
_FONTS = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',"
    "sans-serif"
)
_STYLE = f"""text{{font-family:{_FONTS};font-size:13px;fill:#111}}
.head{{font-size:18px;font-weight:bold}}.small{{font-size:12px}}.end{{text-anchor:end}}.mid{{text-anchor:middle}}
.grid{{stroke:#ddd}}.axis{{stroke:#111}}.band{{fill:#e4e4e4}}
.certain{{stroke:#111;stroke-width:3.5;fill:none}}.possible{{stroke:#111;stroke-width:1.4;fill:none}}
.broken{{stroke-dasharray:2 5}}.jump{{stroke:#111;stroke-dasharray:1 3}}.mark{{stroke:#777;stroke-dasharray:4 4}}
.now{{stroke:#111;stroke-width:1.2;stroke-dasharray:9 4}}
.dot{{fill:#111;stroke:#111}}.ring{{fill:#fff;stroke:#111}}"""


def render_svg(curve: Curve, lang: Lang, day: str) -> str:
    """The picture as one SVG document. `day` is the day of application in words."""
    drawing = _Drawing(curve, lang, day)
    body = [*drawing.head(), *drawing.axes(), *drawing.lines(), *drawing.marks()]
    tail = list(drawing.told())
    height = _TOP + _HEIGHT + 80 + _LINE * len(tail) + 20
    told = [
        f'<text x="{30 + 22 * depth}" y="{_TOP + _HEIGHT + 80 + _LINE * place}">{escape(text)}</text>'
        for place, (depth, text) in enumerate(tail)
    ]
    title = escape(say.heading(curve, lang))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
            f'viewBox="0 0 {_WIDTH} {height}" lang="{"zh-Hans" if lang == "zh" else "en"}" role="img">',
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style>",
            f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
            *body,
            *told,
            "</svg>\n",
        ]
    )


class _Drawing:
    def __init__(self, curve: Curve, lang: Lang, day: str) -> None:
        self._curve = curve
        self._lang = lang
        self._day = day
        self._across = across(curve, 6)
        self._upright: Axis = upright(curve, 6)

    def head(self) -> Iterator[str]:
        curve, lang = self._curve, self._lang
        yield f'<text class="head" x="30" y="36">{escape(say.heading(curve, lang))}</text>'
        company = f"{curve.company or word('no_name', lang)}  {word('as_of', lang)} {self._day}"
        yield f'<text x="30" y="60">{escape(company)}</text>'
        yield f'<text x="30" y="80">{escape(say.now(curve, lang))}</text>'
        yield f'<path class="certain" d="M{_WIDTH - 260} 55h34"/>'
        yield f'<text x="{_WIDTH - 218}" y="60">{word("curve_certain", lang)}</text>'
        yield f'<path class="possible" d="M{_WIDTH - 140} 55h34"/>'
        yield f'<text x="{_WIDTH - 98}" y="60">{word("curve_possible", lang)}</text>'

    def axes(self) -> Iterator[str]:
        bottom = _TOP + _HEIGHT
        for tick in self._upright.ticks:
            y = self._y(Fraction(tick))
            yield f'<path class="grid" d="M{_LEFT} {y}H{_WIDTH - _RIGHT}"/>'
            text = in_language(yuan_text(tick), self._lang)
            yield f'<text class="small end" x="{_LEFT - 8}" y="{_number(float(y) + 4)}">{text}</text>'
        for tick in self._across.ticks:
            x = self._x(tick)
            yield f'<path class="axis" d="M{x} {bottom}v5"/>'
            text = say.number_text(self._curve, tick, self._lang)
            yield f'<text class="small mid" x="{x}" y="{bottom + 22}">{escape(text)}</text>'
        name = escape(in_language(self._curve.title, self._lang))
        yield f'<text class="mid" x="{_LEFT + _PLOT // 2}" y="{bottom + 46}">{name}</text>'
        yield f'<path class="axis" d="M{_LEFT} {_TOP}V{bottom}H{_WIDTH - _RIGHT}" fill="none"/>'

    def lines(self) -> Iterator[str]:
        pieces = self._curve.total
        for piece in pieces:
            xs = (self._x(piece.start), self._x(piece.end))
            certain, possible = self._ends(piece)
            if certain != possible:
                yield (
                    f'<path class="band" d="M{xs[0]} {certain[0]}L{xs[1]} {certain[1]}'
                    f'L{xs[1]} {possible[1]}L{xs[0]} {possible[0]}Z"/>'
                )
        for place, piece in enumerate(pieces):
            xs = (self._x(piece.start), self._x(piece.end))
            broken = "" if piece.exact else " broken"
            limitless = isinstance(piece.at_start.possible, NotBounded)
            for name, ys in zip(("certain", "possible"), self._ends(piece), strict=True):
                dashed = " broken" if name == "possible" and limitless else broken
                yield f'<path class="{name}{dashed}" d="M{xs[0]} {ys[0]}L{xs[1]} {ys[1]}"/>'
            if limitless:
                yield f'<text class="small" x="{xs[0]}" y="{_TOP - 6}">{word("curve_unbounded", self._lang)}</text>'
            if place and pieces[place - 1].end != piece.start:
                yield from self._jump(pieces[place - 1], piece)

    def marks(self) -> Iterator[str]:
        """The thresholds, numbered, and what the profile says."""
        row, last = 0, -1000.0
        for one in self._curve.thresholds[: say.MOST_TOLD]:
            x = self._x(one.at)
            row = (row + 1) % _STAGGER if float(x) - last < 20 else 0
            last = float(x)
            y = _TOP - 16 - 17 * row if not self._limitless() else _TOP - 24 - 12 * row
            yield f'<path class="mark" d="M{x} {y + 8}V{_TOP + _HEIGHT}"/>'
            yield f'<circle class="ring" cx="{x}" cy="{y}" r="8"/>'
            yield f'<text class="small mid" x="{x}" y="{y + 4}">{one.number}</text>'
        current = self._curve.current
        if current is not None and self._curve.start <= current <= self._curve.end:
            x = self._x(current)
            yield f'<path class="now" d="M{x} {_TOP}V{_TOP + _HEIGHT}"/>'
            yield f'<path class="dot" d="M{x} {_TOP + _HEIGHT}l-5 8h10z"/>'

    def told(self) -> Iterator[tuple[int, str]]:
        """The lines of the list below, each with its depth."""
        curve, lang = self._curve, self._lang
        if not curve.thresholds:
            yield 0, word("curve_level", lang)
        for one in curve.thresholds[: say.MOST_TOLD]:
            yield from self._threshold(one)
        if len(curve.thresholds) > say.MOST_TOLD:
            yield 0, word("curve_more", lang, count=Count(len(curve.thresholds) - say.MOST_TOLD))
        if not curve.exact:
            yield 0, word("curve_inexact", lang)

    def _threshold(self, one: CurveThreshold) -> Iterator[tuple[int, str]]:
        for depth, text in say.threshold(self._curve, one, self._lang):
            first, *more = wrap(text, _COLUMNS - 4 * depth)
            yield depth, first
            yield from ((depth + 1, line) for line in more)

    def _jump(self, before: CurvePiece, after: CurvePiece) -> Iterator[str]:
        """A dotted line across a jump; the full dot is on the side to which the threshold itself belongs."""
        at = next((one for one in self._curve.thresholds if one.at in (before.end, after.start)), None)
        if at is None or not at.jumps:
            return
        x = self._x(at.at)
        for left, right in zip(self._ends(before), self._ends(after), strict=True):
            if left[1] != right[0]:
                yield f'<path class="jump" d="M{x} {left[1]}V{right[0]}"/>'
                ring, dot = (right[0], left[1]) if at.beyond else (left[1], right[0])
                yield f'<circle class="ring" cx="{x}" cy="{ring}" r="4"/>'
                yield f'<circle class="dot" cx="{x}" cy="{dot}" r="4"/>'

    def _ends(self, piece: CurvePiece) -> tuple[tuple[str, str], tuple[str, str]]:
        """Where a piece begins and ends: what is certain, and what is possible; without a limit at the top."""
        ends = (piece.at_start, piece.at_end)
        certain = [self._y(Fraction(end.guaranteed)) for end in ends]
        possible = [
            str(_TOP) if isinstance(end.possible, NotBounded) else self._y(Fraction(end.possible)) for end in ends
        ]
        return (certain[0], certain[1]), (possible[0], possible[1])

    def _limitless(self) -> bool:
        return any(isinstance(piece.at_start.possible, NotBounded) for piece in self._curve.total)

    def _x(self, number: Number) -> str:
        return _number(_LEFT + _PLOT * self._across.share(number))

    def _y(self, yuan: Fraction) -> str:
        return _number(_TOP + _HEIGHT * (1 - self._upright.share(yuan)))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
