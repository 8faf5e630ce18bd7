"""Plots of blocks as pictures inside HTML: lines with marks, and their legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from game.blocks import Plot, Series
from game.plots import bounds, length, names, told

_WIDTH, _HEIGHT = 720, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 14, 12, 44
_SPARK: Final = (96, 20)
_LETTER: Final = 7.4
"""How wide a letter of the names below is, about."""

_DASHES: Final = ("", "8 4", "2 4", "9 3 2 3")
_SHAPES: Final = (
    "M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0Z",
    "M0,-5.5L5.5,0L0,5.5L-5.5,0Z",
    "M0,-5.5L5.2,4.2L-5.2,4.2Z",
    "M-4.2,-4.2H4.2V4.2H-4.2Z",
)
"""The marks of `GLYPHS`, drawn: four shapes that are filled, and the same four hollow."""


def plot_svg(plot: Plot, name: str) -> Iterator[str]:
    """A plot as a figure; `name` makes its ids different from those of others."""
    yield '<figure class="plot">'
    if plot.title:
        yield f"<figcaption>{escape(plot.title)}</figcaption>"
    if length(plot):
        yield (
            f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
            f'aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        )
        yield f'<title id="{name}-title">{escape(plot.title or "Plot")}</title>'
        yield f'<desc id="{name}-desc">{escape(_description(plot))}</desc>'
        drawing = _Drawing(plot)
        yield from drawing.frame()
        for number, series in enumerate(plot.series):
            yield from drawing.line(number, series)
        yield "</svg>"
    yield '<ul class="legend">'
    for number, series in enumerate(plot.series):
        last = f" {series.values[-1]}" if series.values else ""
        yield (
            f'<li><svg viewBox="-16 -7 32 14" class="{_class(number)}" aria-hidden="true">'
            f'<path class="line" stroke-dasharray="{_dashes(number)}" d="M-16,0H16"/>'
            f"{_mark(number, 0, 0)}</svg> {escape(series.label)}<b>{last}</b></li>"
        )
    yield "</ul>"
    yield "</figure>"


def sparkline(history: Sequence[int]) -> str:
    """Numbers from 0 to 100 as a small line, with the numbers for whoever cannot see it."""
    wide, high = _SPARK
    apart = max(1, len(history) - 1)
    points = " ".join(
        f"{wide * at / apart:.1f},{high - high * max(0, min(100, value)) / 100:.1f}"
        for at, value in enumerate(history)
    )
    said = ", ".join(map(str, history))
    return (
        f'<svg class="spark" viewBox="-2 -2 {wide + 4} {high + 4}" role="img" '
        f'aria-label="{said}"><polyline points="{points}"/></svg>'
    )


class _Drawing:
    """Where the points of a plot lie."""

    def __init__(self, plot: Plot) -> None:
        self._low, self._high = bounds(plot)
        self._names = names(plot)

    def frame(self) -> Iterator[str]:
        """The lines of the scale with their numbers, and the names below."""
        step = 10 if self._high - self._low <= 50 else 20
        first = -(-self._low // step) * step
        for value in range(first, self._high + 1, step):
            y = self._y(value)
            yield f'<path class="grid" d="M{_LEFT},{y:.1f}H{_WIDTH - _RIGHT}"/>'
            yield f'<text class="number" x="{_LEFT - 8}" y="{y + 4:.1f}">{value}</text>'
        ends = [0.0, 0.0]
        for at, name in enumerate(self._names):
            wide = _LETTER * len(name)
            x = min(self._x(at), _WIDTH - wide)
            row = next((number for number, end in enumerate(ends) if x > end), None)
            if name:
                bottom = _HEIGHT - _BOTTOM
                yield f'<path class="grid" d="M{self._x(at):.1f},{_TOP}V{bottom + 5}"/>'
            if name and row is not None:
                ends[row] = x + wide + _LETTER
                y = _HEIGHT - _BOTTOM + 20 + 16 * row
                yield f'<text x="{x:.1f}" y="{y}">{escape(name)}</text>'

    def line(self, number: int, series: Series) -> Iterator[str]:
        """A line and the marks on it, each with what it says in words."""
        points = [(self._x(at), self._y(value)) for at, value in enumerate(series.values)]
        yield f'<g class="{_class(number)}">'
        yield (
            f'<polyline class="line" stroke-dasharray="{_dashes(number)}" '
            f'points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
        )
        for (x, y), value, name in zip(points, series.values, self._names, strict=False):
            said = f"{series.label}{f', {name}' if name else ''}: {value}"
            yield _mark(number, x, y, f"<title>{escape(said)}</title>")
        yield "</g>"

    def _x(self, at: int) -> float:
        return _LEFT + 8 + (_WIDTH - _LEFT - _RIGHT - 16) * at / max(1, len(self._names) - 1)

    def _y(self, value: int) -> float:
        inside = max(self._low, min(self._high, value))
        tall = _HEIGHT - _TOP - _BOTTOM
        return _TOP + tall * (self._high - inside) / (self._high - self._low)


def _description(plot: Plot) -> str:
    return " ".join(
        f"{name}: {course}. {points}." if points else f"{name}: {course}."
        for name, course, points in told(plot)
    )


def _class(number: int) -> str:
    return f"s{number % 8}{' hollow' if number % 8 >= len(_SHAPES) else ''}"


def _dashes(number: int) -> str:
    return _DASHES[number % len(_DASHES)]


def _mark(number: int, x: float, y: float, inside: str = "") -> str:
    place = f'transform="translate({x:.1f},{y:.1f})"'
    return f'<path class="mark" {place} d="{_SHAPES[number % len(_SHAPES)]}">{inside}</path>'
